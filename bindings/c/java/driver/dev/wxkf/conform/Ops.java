package dev.wxkf.conform;

import static dev.wxkf.conform.Json.quote;

import dev.wxkf.Account;
import dev.wxkf.Answer;
import dev.wxkf.Decoded;
import dev.wxkf.Outcome;
import dev.wxkf.Received;
import dev.wxkf.Request;
import dev.wxkf.Wxkf;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ops of the protocol. Each answers with JSON. */
final class Ops {
    private static final Pattern TIMESTAMP = Pattern.compile("(?:^|&)timestamp=(\\d{1,12})(?:&|$)");

    private Ops() {}

    static String run(Map<String, Json> op) {
        return switch (Want.text(op.get("op"))) {
            case "verify_url" -> verifyUrl(op);
            case "receive" -> receive(op);
            case "decode" -> decode(op);
            case "reply" -> reply(op);
            case "seal" -> seal(op);
            case "open" -> open(op);
            case "request" -> request(op);
            case "response" -> response(op);
            case "split_text" -> Wxkf.splitText(Want.text(op.get("text")), Want.count(op.get("max_bytes")),
                    Want.count(op.get("parts"))).json();
            case "conversation" -> Machines.conversation(op);
            case "dedupe" -> Machines.dedupe(op);
            case "token" -> Machines.token(op);
            default -> throw new BadLine();
        };
    }

    private static String verifyUrl(Map<String, Json> op) {
        String query = Want.text(op.get("query"));
        long now = Want.count(op.get("now"));
        try (Account account = Accounts.of(op.get("account"))) {
            return "{\"echo\":" + quote(lossy(account.verifyUrl(query, now))) + "}";
        }
    }

    private static String receive(Map<String, Json> op) {
        try (Account account = Accounts.of(op.get("account")); Received received = received(account, op)) {
            return "{\"sealed\":" + received.isSealed() + ",\"format\":" + quote(received.format())
                    + ",\"plaintext\":" + quote(lossy(received.plaintext())) + ",\"key_index\":" + received.keyIndex()
                    + ",\"token_index\":" + received.tokenIndex() + ",\"inbound\":" + received.inbound() + "}";
        }
    }

    private static String decode(Map<String, Json> op) {
        Decoded decoded = Wxkf.decodeUnverified(Want.body(op));
        return "{\"format\":" + quote(decoded.format()) + ",\"inbound\":" + decoded.inbound() + ",\"tree\":"
                + decoded.tree() + "}";
    }

    private static String reply(Map<String, Json> op) {
        if (op.get("reply") == null) throw new BadLine();
        String reply = op.get("reply").raw();
        String nonce = Want.maybeText(op.get("nonce"));
        byte[] random = Want.random(op.get("random"));
        try (Account account = Accounts.of(op.get("account")); Received received = received(account, op)) {
            Answer answer = account.reply(received, reply, random, nonce, Want.count(op.get("now")));
            return "{\"body\":" + quote(lossy(answer.body())) + ",\"content_type\":" + quote(answer.contentType())
                    + "}";
        }
    }

    private static String seal(Map<String, Json> op) {
        byte[] message = Want.text(op.get("plaintext")).getBytes(StandardCharsets.UTF_8);
        String format = Want.text(op.get("format"));
        String nonce = Want.text(op.get("nonce"));
        Json timestamp = op.get("timestamp");
        boolean isText = timestamp != null && timestamp.value() instanceof String;
        long seconds = isText ? Want.unsigned((String) timestamp.value()) : Want.count(timestamp);
        byte[] random = Want.random(op.get("random"));
        try (Account account = Accounts.of(op.get("account"))) {
            return quote(account.seal(message, format, null, random, nonce, Want.millis(seconds)).body());
        }
    }

    private static String open(Map<String, Json> op) {
        String query = Want.text(op.get("query"));
        // `open` asks about the seal, not about the time.
        Long told = Want.maybeCount(op.get("now"));
        Matcher said = TIMESTAMP.matcher(query);
        long now = told != null ? told : said.find() ? Want.millis(Long.parseLong(said.group(1))) : 0;
        try (Account account = Accounts.of(op.get("account"))) {
            byte[] opened = account.open(query, Want.body(op), now);
            String text = utf8(opened);
            return text != null ? quote(text) : "{\"base64\":" + base64(opened) + "}";
        }
    }

    private static String request(Map<String, Json> op) {
        String endpoint = Want.text(op.get("endpoint"));
        String params = Want.isAbsent(op.get("params")) ? "{}" : op.get("params").raw();
        Request request = Wxkf.request(endpoint, params, Accounts.kind(op.get("account")));
        StringBuilder json = new StringBuilder("{\"method\":").append(quote(request.method()))
                .append(",\"path\":").append(quote(request.path()))
                .append(",\"query\":").append(quote(request.query()));
        if (request.contentType() != null) {
            json.append(",\"content_type\":").append(quote(request.contentType()));
            String text = utf8(request.body());
            if (text != null) json.append(",\"body\":").append(quote(text));
            else json.append(",\"body_base64\":").append(base64(request.body()));
        }
        return json.append('}').toString();
    }

    private static String response(Map<String, Json> op) {
        long status = Want.count(op.get("status"));
        if (status < 0 || status > 0xffff) throw new BadLine();
        byte[] body = Want.body(op);
        Outcome outcome = Wxkf.decode(Want.text(op.get("endpoint")), (int) status,
                Want.maybeText(op.get("content_type")), null, body);
        if (!(outcome instanceof Outcome.Accepted accepted)) return "{\"rejected\":" + outcome.json() + "}";
        String json = accepted.json();
        // The file is the body itself.
        if (accepted.isFile()) json = json.replace("\"media_base64\":\"\"", "\"media_base64\":" + base64(body));
        return "{\"accepted\":" + json + "}";
    }

    private static Received received(Account account, Map<String, Json> op) {
        return account.receive(Want.text(op.get("query")), Want.body(op), Want.count(op.get("now")));
    }

    private static String base64(byte[] bytes) {
        return quote(Base64.getEncoder().encodeToString(bytes));
    }

    private static String lossy(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException notUtf8) {
            return null;
        }
    }
}
