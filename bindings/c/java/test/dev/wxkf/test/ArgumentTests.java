package dev.wxkf.test;

import static dev.wxkf.test.Checks.fails;
import static dev.wxkf.test.Checks.same;
import static dev.wxkf.test.Checks.wrong;
import static dev.wxkf.test.World.NOW;
import static dev.wxkf.test.World.RANDOM;
import static dev.wxkf.test.World.bytes;

import dev.wxkf.Account;
import dev.wxkf.Conversation;
import dev.wxkf.Dedupe;
import dev.wxkf.Observation;
import dev.wxkf.Received;
import dev.wxkf.Reply;
import dev.wxkf.Sealed;
import dev.wxkf.TokenKeeper;
import dev.wxkf.Wxkf;

/** What is null or negative and must not be is refused by its name; nothing of it reaches a record. */
final class ArgumentTests {
    private static final String POLICY = "\"mini_program\"";
    /** A moment that a program does not have. */
    private static final Long NO_TIME = null;

    private ArgumentTests() {}

    static void all(Checks checks) {
        checks.test("arguments: account", ArgumentTests::account);
        checks.test("arguments: pushes", ArgumentTests::pushes);
        checks.test("arguments: answers", ArgumentTests::answers);
        checks.test("arguments: calls", ArgumentTests::calls);
        checks.test("arguments: conversation", ArgumentTests::conversation);
        checks.test("arguments: dedupe", ArgumentTests::dedupe);
        checks.test("arguments: token", ArgumentTests::token);
    }

    private static void account() throws Exception {
        wrong("tolerance_ms", () -> Account.officialAccount("wx1", "t").toleranceMs(-1));
        wrong("max_body", () -> Account.officialAccount("wx1", "t").maxBody(-1));
        wrong("encoding_aes_key", () -> Account.officialAccount("wx1", "t").encodingAesKey(null));
        wrong("previous_encoding_aes_key", () -> Account.officialAccount("wx1", "t").previousEncodingAesKey(null));
        wrong("previous_token", () -> Account.officialAccount("wx1", "t").previousToken(null));
        wrong("accept_id", () -> Account.officialAccount("wx1", "t").acceptId(null));
        wrong("mode", () -> Account.officialAccount("wx1", "t").mode(null));
        wrong("options", () -> Account.officialAccount("wx1", "t").option(null, "x"));
        wrong("kind", () -> Account.builder(null, "wx1", "t").build());
        wrong("app_id", () -> Account.miniProgram(null, "t").build());
        wrong("token", () -> Account.miniProgram("wx1", null).build());
    }

    private static void pushes() throws Exception {
        try (Account account = World.official()) {
            Sealed push = World.push(account, World.xml("x", "7", NOW), "xml");
            byte[] body = bytes(push.body());
            for (Long now : new Long[] {NO_TIME, -1L, Long.MIN_VALUE}) {
                wrong("now", () -> account.verifyUrl(push.query(), now));
                wrong("now", () -> account.receive(push.query(), body, now));
                wrong("now", () -> account.open(push.query(), body, now));
                wrong("now", () -> account.explain(push.query(), body, now));
                wrong("now", () -> account.seal(body, "xml", null, RANDOM, "7", now));
            }
            // What a stranger leaves out is the stranger's mistake: servers say null where there is no query.
            fails("callback.parameter_missing", "peer", () -> account.receive(null, body, NOW));
            fails("callback.body_malformed", "peer", () -> account.receive(push.query(), null, NOW));
            wrong("timestamp", () -> account.sign(null, "7"));
            wrong("nonce", () -> account.sign("1", null));
            wrong("message", () -> account.seal(null, "xml", null));
            wrong("format", () -> account.seal(body, null, null));
            try (Received received = account.receive(push.query(), body, NOW)) {
                wrong("name", () -> received.field(null));
            }
        }
    }

    private static void answers() throws Exception {
        try (Account account = World.official()) {
            Sealed push = World.push(account, World.xml("x", "7", NOW), "xml");
            try (Received received = account.receive(push.query(), bytes(push.body()), NOW)) {
                String kept = received.replyTo();
                wrong("received", () -> account.reply((Received) null, Reply.success()));
                wrong("reply_to", () -> account.reply((String) null, Reply.success()));
                wrong("reply", () -> account.reply(received, null));
                wrong("reply", () -> account.reply(kept, null));
                wrong("random", () -> account.reply(received, Reply.text("y"), new byte[3], null, NOW));
                for (Long now : new Long[] {NO_TIME, -1L}) {
                    wrong("now", () -> account.reply(received, Reply.text("y"), RANDOM, null, now));
                    wrong("now", () -> account.reply(kept, Reply.text("y"), RANDOM, null, now));
                }
            }
        }
        wrong("reply", () -> Reply.caution(null));
        wrong("content", () -> Reply.text(null));
        wrong("media_id", () -> Reply.image(null));
        wrong("media_id", () -> Reply.voice(null));
    }

    private static void calls() throws Exception {
        wrong("endpoint", () -> Wxkf.request(null, "{}"));
        wrong("params", () -> Wxkf.request("getcallbackip", null));
        wrong("endpoint", () -> Wxkf.decode(null, 200, bytes("{}")));
        fails("response.malformed", "platform", () -> Wxkf.decode("message.custom.send", 200, null));
        wrong("status", () -> Wxkf.decode("message.custom.send", -1, bytes("{}")));
        wrong("text", () -> Wxkf.splitText(null, 10, 1));
        wrong("max_bytes", () -> Wxkf.splitText("x", -1, 1));
        wrong("max_parts", () -> Wxkf.splitText("x", 10, -1));
        fails("callback.body_malformed", "peer", () -> Wxkf.decodeUnverified(null));
    }

    private static void conversation() throws Exception {
        wrong("policy", () -> new Conversation(null));
        wrong("snapshot", () -> Conversation.restore(null, POLICY));
        try (Conversation it = new Conversation(POLICY)) {
            byte[] before = it.snapshot();
            wrong("received", () -> it.observe(null));
            wrong("key", () -> it.observePush(null, "message", null, NOW));
            wrong("at", () -> it.observePush("k", "message", -1L, NOW));
            wrong("key", () -> it.forget(null));
            wrong("settlement", () -> it.settle(1, null, NOW));
            wrong("settlement", () -> it.settleTyping(null, NOW));
            wrong("at", () -> it.sentElsewhere(-1L, NOW));
            wrong("id", () -> it.settle(-1, "delivered", NOW));
            wrong("id", () -> it.settleErrcode(-1, 0, NOW));
            for (Long now : new Long[] {NO_TIME, -1L}) {
                wrong("now", () -> it.observePush("k", "message", null, now));
                wrong("now", () -> it.reserve(now));
                wrong("now", () -> it.settle(1, "delivered", now));
                wrong("now", () -> it.settleErrcode(1, 0, now));
                wrong("now", () -> it.startTyping(now));
                wrong("now", () -> it.settleTyping("delivered", now));
                wrong("now", () -> it.settleTypingErrcode(0, now));
                wrong("now", () -> it.sentElsewhere(null, now));
                wrong("now", () -> it.allowance(now));
            }
            same(new String(before, java.nio.charset.StandardCharsets.ISO_8859_1),
                    new String(it.snapshot(), java.nio.charset.StandardCharsets.ISO_8859_1));
            same(Observation.NEW, it.observePush("k", null, null, NOW));
        }
    }

    private static void dedupe() throws Exception {
        wrong("capacity", () -> new Dedupe(-1, 60_000));
        wrong("horizon_ms", () -> new Dedupe(10, -1));
        wrong("snapshot", () -> Dedupe.restore(null, 10, 60_000));
        try (Dedupe it = new Dedupe(10, 60_000)) {
            wrong("key", () -> it.observe(null, NOW));
            wrong("now", () -> it.observe("a", NO_TIME));
            wrong("now", () -> it.observe("a", -1L));
            wrong("key", () -> it.forget(null));
            same(0L, it.size());
        }
    }

    private static void token() throws Exception {
        wrong("source", () -> new TokenKeeper(null, null));
        wrong("snapshot", () -> TokenKeeper.restore(null));
        try (TokenKeeper it = new TokenKeeper()) {
            wrong("id", () -> it.fetched(-1, "A", 7200, null, NOW));
            wrong("token", () -> it.fetched(1, null, 7200, null, NOW));
            wrong("expires_in_s", () -> it.fetched(1, "A", -1, null, NOW));
            wrong("id", () -> it.fetchFailed(-1, "temporary", NOW));
            wrong("failure", () -> it.fetchFailed(1, null, NOW));
            wrong("token", () -> it.rejected(null, NOW));
            for (Long now : new Long[] {NO_TIME, -1L}) {
                wrong("now", () -> it.step(now));
                wrong("now", () -> it.fetched(1, "A", 7200, null, now));
                wrong("now", () -> it.fetchFailed(1, "temporary", now));
                wrong("now", () -> it.rejected("A", now));
            }
        }
    }
}
