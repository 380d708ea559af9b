package dev.wxkf;

import dev.wxkf.Layout.Buf;
import java.util.List;

/** What needs no account: calls of the platform's API, texts in parts, return codes, messages from other gates. */
public final class Wxkf {
    private Wxkf() {}

    /** The version of the library that was loaded.
     * @return such as {@code 0.1.0} */
    public static String version() {
        return Lib.C.wxkf_version().text();
    }

    /** The number of the ABI of the library that was loaded. Another one than this package's is not loaded.
     * @return the number */
    public static int abi() {
        return Lib.C.wxkf_abi();
    }

    /** Makes a call.
     * @param endpoint its name, such as {@code message.custom.send}
     * @param params WeChat's parameters, of body and query together, as JSON
     * @return what to send */
    public static Request request(String endpoint, String params) {
        return request(endpoint, params, null);
    }

    /** Makes a call, checking what the kind of account may send.
     * @param endpoint its name, such as {@code message.custom.send}
     * @param params WeChat's parameters, of body and query together, as JSON
     * @param kind {@code mini_program} or {@code official_account}; null to check nothing
     * @return what to send */
    public static Request request(String endpoint, String params, String kind) {
        try (Call call = new Call()) {
            Buf head = call.result();
            Buf body = call.result();
            call.check(Lib.C.wxkf_request(call.text(endpoint, "endpoint"), call.text(params, "params"),
                    call.maybeText(kind, "kind"), head, body, call.error));
            String json = call.takeText(head);
            return new Request(JsonText.text(json, "endpoint"), JsonText.text(json, "method"),
                    JsonText.text(json, "path"), JsonText.text(json, "query"), JsonText.text(json, "content_type"),
                    JsonText.text(json, "auth"), JsonText.text(json, "caution"), call.take(body));
        }
    }

    /** Reads the answer to a call.
     * @param endpoint its name
     * @param status the HTTP status
     * @param body the raw body; null if there is none
     * @return accepted or rejected */
    public static Outcome decode(String endpoint, int status, byte[] body) {
        return decode(endpoint, status, null, null, body);
    }

    /** Reads the answer to a call that may be a file.
     * @param endpoint its name
     * @param status the HTTP status
     * @param contentType the header {@code Content-Type}, or null
     * @param contentDisposition the header {@code Content-Disposition}, or null
     * @param body the raw body; null if there is none
     * @return accepted or rejected */
    public static Outcome decode(String endpoint, int status, String contentType, String contentDisposition,
            byte[] body) {
        if (status < 0 || status > 0xffff) throw WxkfException.argument("status", "not of sixteen bits");
        try (Call call = new Call()) {
            Buf outcome = call.result();
            call.check(Lib.C.wxkf_decode(call.text(endpoint, "endpoint"), (short) status,
                    call.maybeText(contentType, "content_type"),
                    call.maybeText(contentDisposition, "content_disposition"), call.maybeBytes(body), outcome,
                    call.error));
            return outcome(call.takeText(outcome));
        }
    }

    /** Splits a text between paragraphs, sentences or words where it can, and never inside a character or a link.
     * @param text the text
     * @param maxBytes of a part; WeChat was seen to take 2,048
     * @param maxParts at most so many
     * @return the parts and the rest */
    public static Split splitText(String text, long maxBytes, long maxParts) {
        try (Call call = new Call()) {
            Buf split = call.result();
            call.check(Lib.C.wxkf_split_text(call.text(text, "text"), Given.count(maxBytes, "max_bytes"),
                    Given.count(maxParts, "max_parts"), split, call.error));
            String json = call.takeText(split);
            List<String> parts = JsonText.parts(JsonText.member(json, "parts"));
            return new Split(parts.stream().map(JsonText::unquote).toList(), JsonText.text(json, "rest"), json);
        }
    }

    /** What a return code of WeChat's means and what to do about it.
     * @param code the code
     * @return JSON with {@code errcode}, {@code kind}, {@code meaning} and {@code advice}; null if it is unknown */
    public static String errcode(long code) {
        try (Call call = new Call()) {
            Buf info = call.result();
            return Lib.C.wxkf_errcode(code, info) == 0 ? null : call.takeText(info);
        }
    }

    /** What to do about a rejection.
     * @param errcode WeChat's code
     * @return {@code token_rejected}, {@code quota_exhausted}, …, {@code unknown} */
    public static String rejectionKind(long errcode) {
        return Lib.C.wxkf_rejection_kind(errcode).text();
    }

    /** Decodes a message that came through another gate, such as a cloud function (云函数). <b>Nothing is
     * verified.</b> Never use it for what anybody can post.
     * @param body the message; null if there is none
     * @return the message */
    public static Decoded decodeUnverified(byte[] body) {
        try (Call call = new Call()) {
            Buf decoded = call.result();
            Buf tree = call.result();
            call.check(Lib.C.wxkf_decode_unverified(call.maybeBytes(body), decoded, tree, call.error));
            String json = call.takeText(decoded);
            return new Decoded(JsonText.text(json, "format"), JsonText.member(json, "inbound"), call.takeText(tree));
        }
    }

    private static Outcome outcome(String json) {
        String accepted = JsonText.member(json, "accepted");
        if (accepted != null) return new Outcome.Accepted(accepted, "".equals(JsonText.text(accepted, "media_base64")));
        String rejected = JsonText.member(json, "rejected");
        return new Outcome.Rejected(rejected, Long.parseLong(JsonText.member(rejected, "errcode")),
                JsonText.text(rejected, "errmsg"), JsonText.text(rejected, "rid"), JsonText.text(rejected, "kind"));
    }
}
