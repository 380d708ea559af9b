package dev.wxkf.test;

import static dev.wxkf.test.Checks.fails;
import static dev.wxkf.test.Checks.holds;
import static dev.wxkf.test.Checks.refusesClosed;
import static dev.wxkf.test.Checks.same;
import static dev.wxkf.test.World.NOW;
import static dev.wxkf.test.World.RANDOM;
import static dev.wxkf.test.World.bytes;

import dev.wxkf.Account;
import dev.wxkf.Answer;
import dev.wxkf.Received;
import dev.wxkf.Reply;
import dev.wxkf.Sealed;
import dev.wxkf.WxkfException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** Callbacks: what comes in and its answer. */
final class AccountTests {
    private AccountTests() {}

    static void all(Checks checks) {
        checks.test("verify url", AccountTests::verifyUrl);
        checks.test("xml", AccountTests::xml);
        checks.test("json", AccountTests::json);
        checks.test("answer elsewhere", AccountTests::answerElsewhere);
        checks.test("forged", AccountTests::forged);
        checks.test("options", AccountTests::options);
        checks.test("closed", AccountTests::closed);
        checks.test("explain", AccountTests::explain);
        checks.test("threads", AccountTests::threads);
        checks.test("closed while in use", AccountTests::closedInUse);
        checks.test("left to the collector", AccountTests::collected);
    }

    private static void verifyUrl() {
        try (Account account = World.official()) {
            String query = "signature=" + account.sign("1763700000", "n") + "&timestamp=1763700000&nonce=n&echostr=42";
            same("42", new String(account.verifyUrl(query, NOW), StandardCharsets.UTF_8));
            same("secure", account.mode());
            holds(account.largestBody() > 1000);
        }
    }

    private static void xml() {
        try (Account account = World.official()) {
            byte[] message = World.xml("你好 😀", "7", NOW);
            Sealed push = World.push(account, message, "xml");
            try (Received received = account.receive(push.query(), bytes(push.body()), NOW)) {
                same("oUser", received.from());
                same("gh_a", received.to());
                same("7", received.msgId());
                same("text", received.kind());
                same("message", received.trigger());
                same("你好 😀", received.content());
                same("你好 😀", received.field("Content"));
                same(null, received.field("MediaId"));
                same(null, received.event());
                same("xml", received.format());
                same(NOW, received.created());
                same(0, received.keyIndex());
                same(true, received.isSealed());
                same(new String(message, StandardCharsets.UTF_8),
                        new String(received.plaintext(), StandardCharsets.UTF_8));
                Answer answer = account.reply(received, Reply.text("a\n\"b\""), RANDOM, "99", NOW);
                holds(answer.contentType().contains("xml"));
                holds(opened(account, answer).contains("a\n\"b\""));
            }
        }
    }

    private static String opened(Account account, Answer answer) {
        String document = new String(answer.body(), StandardCharsets.UTF_8);
        String query = "encrypt_type=aes&msg_signature=" + World.element(document, "MsgSignature") + "&timestamp="
                + World.element(document, "TimeStamp") + "&nonce=" + World.element(document, "Nonce");
        String push = "<xml><ToUserName>gh_a</ToUserName><Encrypt>" + World.element(document, "Encrypt")
                + "</Encrypt></xml>";
        return new String(account.open(query, bytes(push), NOW), StandardCharsets.UTF_8);
    }

    private static void json() throws Exception {
        try (Account account = World.mini()) {
            Sealed push = World.push(account, World.json("x"), "json");
            try (Received received = account.receive(push.query(), bytes(push.body()), NOW)) {
                same("json", received.format());
                same("9007199254740993", received.msgId());
                holds(received.tree().contains("\"MsgId\":9007199254740993"));
                holds(received.inbound().contains("\"msg_id\":\"9007199254740993\""));
                Answer answer = account.reply(received, Reply.transferCustomerService(), null, null, NOW);
                String sealed = new String(answer.body(), StandardCharsets.UTF_8);
                holds(sealed.startsWith("{\"Encrypt\":") && !sealed.contains("transfer_customer_service"));
                fails("reply.unsupported", "caller", () -> account.reply(received, Reply.text("x")));
                same(null, Reply.caution(Reply.text("x".repeat(2048))));
                same("long_reply", Reply.caution(Reply.text("x".repeat(2049))));
                fails("reply.unsupported", "caller", () -> Reply.caution("{\"type\":\"dance\"}"));
            }
        }
    }

    private static void answerElsewhere() {
        try (Account account = World.official()) {
            Sealed push = World.push(account, World.xml("x", "7", NOW), "xml");
            try (Received received = account.receive(push.query(), bytes(push.body()), NOW)) {
                Answer here = account.reply(received, Reply.text("y"), RANDOM, null, NOW);
                Answer elsewhere = account.reply(received.replyTo(), Reply.text("y"), RANDOM, null, NOW);
                same(new String(here.body(), StandardCharsets.UTF_8),
                        new String(elsewhere.body(), StandardCharsets.UTF_8));
                same(here.contentType(), elsewhere.contentType());
            }
        }
    }

    private static void forged() throws Exception {
        try (Account account = World.official()) {
            Sealed push = World.push(account, World.xml("x", "7", NOW), "xml");
            String query = push.query().replace("msg_signature=", "msg_signature=0");
            WxkfException error = fails("callback.signature_mismatch", "peer",
                    () -> account.receive(query, bytes(push.body()), NOW));
            holds(error.isPeer());
            fails("callback.signature_mismatch", "peer", () -> account.open(query, bytes(push.body()), NOW));
            fails("callback.parameter_missing", "peer", () -> account.verifyUrl("", NOW));
            fails("callback.parameter_missing", "peer", () -> account.verifyUrl(null, NOW));
            fails("binding.argument_invalid", "caller", () -> account.verifyUrl("\ud800", NOW));
        }
    }

    private static void options() throws Exception {
        WxkfException error = fails("binding.argument_invalid", "caller",
                () -> Account.officialAccount("wx1", "t").option("colour", "red").build());
        same("options", error.field());
        fails("config.key_invalid", "caller", () -> Account.miniProgram("wx1", "t").encodingAesKey("k").build());
        fails("config.token_empty", "caller", () -> Account.miniProgram("wx1", "").build());
        fails("binding.argument_invalid", "caller", () -> Account.builder("robot", "wx1", "t").build());
        // A key that was forgotten opens no door.
        fails("config.mode_needs_key", "caller", () -> Account.officialAccount("wx1", "t").build());
        Account.Builder plain = Account.officialAccount(" wx1\n", "t").mode("plain");
        try (Account account = plain.maxBody(10).toleranceMs(1000).build()) {
            same("plain", account.mode());
            same("wx1", account.appId());
            same(10L, account.largestBody());
        }
    }

    private static void closed() throws Exception {
        Account account = World.official();
        Sealed push = World.push(account, World.xml("x", "7", NOW), "xml");
        Received received = account.receive(push.query(), bytes(push.body()), NOW);
        account.close();
        account.close();
        refusesClosed(account::mode);
        same("x", received.field("Content"));
        received.close();
        same("oUser", received.from());
        refusesClosed(received::tree);
        try (Account other = World.official()) {
            refusesClosed(() -> other.reply(received, Reply.success()));
        }
    }

    private static void explain() {
        try (Account account = World.official()) {
            Sealed push = World.push(account, World.xml("x", "7", NOW), "xml");
            holds(account.explain(push.query(), bytes(push.body()), NOW).contains("\"accepted\":true"));
            String why = account.explain(push.query() + "0", bytes(push.body()), NOW);
            holds(why.contains("callback.signature_mismatch") && why.contains("\"zh\":"));
        }
    }

    private static void threads() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try (Account account = World.official()) {
            for (var result : pool.invokeAll(IntStream.range(0, 200).mapToObj(i -> round(account, i)).toList())) {
                result.get();
            }
        } finally {
            pool.shutdown();
        }
    }

    private static Callable<Void> round(Account account, int i) {
        return () -> {
            Sealed push = World.push(account, World.xml("text " + i, "" + i, NOW), "xml");
            try (Received received = account.receive(push.query(), bytes(push.body()), NOW)) {
                same("text " + i, received.content());
                holds(opened(account, account.reply(received, Reply.text("to " + i))).contains("to " + i));
            }
            return null;
        };
    }

    private static void closedInUse() throws Exception {
        for (int i = 0; i < 20; i++) {
            Account account = World.official();
            Thread user = new Thread(() -> {
                try {
                    while (true) account.sign("1", "2");
                } catch (IllegalStateException closed) {
                    // As it has to be.
                }
            });
            user.start();
            Thread.sleep(2);
            account.close();
            user.join(10_000);
            holds(!user.isAlive());
        }
    }

    private static void collected() {
        for (int i = 0; i < 20_000; i++) {
            same("secure", World.official().mode());
            if (i % 5_000 == 0) System.gc();
        }
    }
}
