package dev.wxkf.test;

import static dev.wxkf.test.Checks.fails;
import static dev.wxkf.test.Checks.holds;
import static dev.wxkf.test.Checks.refusesClosed;
import static dev.wxkf.test.Checks.same;
import static dev.wxkf.test.World.NOW;
import static dev.wxkf.test.World.bytes;

import dev.wxkf.Account;
import dev.wxkf.Conversation;
import dev.wxkf.Dedupe;
import dev.wxkf.Observation;
import dev.wxkf.Received;
import dev.wxkf.Refusal;
import dev.wxkf.Reservation;
import dev.wxkf.Reserved;
import dev.wxkf.Sealed;
import dev.wxkf.Settled;
import dev.wxkf.TokenKeeper;
import dev.wxkf.TokenStep;
import java.util.Arrays;

/** The records: conversation, dedupe, token. */
final class MachineTests {
    private static final String POLICY = "\"mini_program\"";

    private MachineTests() {}

    static void all(Checks checks) {
        checks.test("conversation", MachineTests::conversation);
        checks.test("conversation and push", MachineTests::push);
        checks.test("snapshot", MachineTests::snapshot);
        checks.test("typing", MachineTests::typing);
        checks.test("dedupe", MachineTests::dedupe);
        checks.test("token", MachineTests::token);
        checks.test("refresh token", MachineTests::refreshToken);
    }

    private static void conversation() throws Exception {
        try (Conversation it = new Conversation(POLICY)) {
            Refusal closed = (Refusal) it.reserve(NOW);
            same("window_closed", closed.reason());
            same(null, it.allowance(NOW).closesAt());
            same(Observation.NEW, it.observePush("k", "message", null, NOW));
            same(Observation.REPEAT, it.observePush("k", "message", null, NOW));
            holds(it.allowance(NOW).atLeast() > 0 && it.allowance(NOW).closesAt() > NOW);
            Reservation held = (Reservation) it.reserve(NOW);
            same(true, held.sure());
            same(1L, it.allowance(NOW).held());
            same(new Settled("applied", null), it.settle(held.id(), "delivered", NOW));
            same(new Settled("stale", null), it.settle(held.id(), "delivered", NOW));
            Reservation next = (Reservation) it.reserve(NOW);
            Settled tooEarly = it.settleErrcode(next.id(), 45047, NOW);
            same("retry_after", tooEarly.name());
            holds(tooEarly.retryAfterMs() > 0);
            Reserved last = it.reserve(NOW);
            for (int i = 0; i < 100 && last instanceof Reservation; i++) last = it.reserve(NOW);
            same("quota_held", ((Refusal) last).reason());
            holds(it.nextDeadline() > NOW && it.keepUntil() > NOW);
            it.forget("k");
            same(Observation.NEW, it.observePush("k", null, NOW, NOW));
            fails("binding.argument_invalid", "caller", () -> it.settle(held.id(), "perhaps", NOW));
            fails("binding.argument_invalid", "caller", () -> it.observePush("k", "wave", null, NOW));
        }
        fails("config.policy_invalid", "caller", () -> new Conversation("\"nobody\""));
        Conversation closed = new Conversation(POLICY);
        closed.close();
        closed.close();
        refusesClosed(() -> closed.reserve(NOW));
    }

    private static void push() {
        try (Account account = World.mini(); Conversation it = new Conversation(POLICY)) {
            Sealed push = World.push(account, World.json("x"), "json");
            try (Received received = account.receive(push.query(), bytes(push.body()), NOW)) {
                same(Observation.NEW, it.observe(received, NOW));
                same(Observation.REPEAT, it.observe(received, NOW));
                it.forget(received.dedupeKey());
                same(Observation.NEW, it.observe(received, NOW));
            }
        }
    }

    private static void snapshot() throws Exception {
        try (Conversation it = new Conversation(POLICY)) {
            it.observePush("k", "message", null, NOW);
            it.reserve(NOW);
            byte[] snapshot = it.snapshot();
            holds(snapshot.length <= 512);
            try (Conversation again = Conversation.restore(snapshot, POLICY)) {
                holds(Arrays.equals(snapshot, again.snapshot()));
                same(it.allowance(NOW), again.allowance(NOW));
                same(Observation.REPEAT, again.observePush("k", "message", null, NOW));
            }
        }
        fails("snapshot.malformed", "caller", () -> Conversation.restore(bytes("no"), POLICY));
        fails("snapshot.malformed", "caller", () -> Conversation.restore(new byte[0], POLICY));
    }

    private static void typing() {
        try (Conversation it = new Conversation(POLICY)) {
            holds(it.startTyping(NOW) != null);
            it.observePush("k", "message", null, NOW);
            same(null, it.startTyping(NOW));
            it.settleTyping("not_sent", NOW);
            same(null, it.startTyping(NOW));
            it.settleTypingErrcode(45081, NOW);
            same("already_typing", it.startTyping(NOW).reason());
            it.stopTyping();
            long before = it.allowance(NOW).atLeast();
            it.sentElsewhere(NOW, NOW);
            it.sentElsewhere(null, NOW);
            same(before - 2, it.allowance(NOW).atLeast());
        }
        try (Conversation it = new Conversation(POLICY)) {
            Observation seen = Observation.NEW;
            for (int i = 0; i < 5000 && seen == Observation.NEW; i++) {
                seen = it.observePush("" + i, "message", NOW, NOW);
            }
            same(Observation.OVERFLOW, seen);
            same(Observation.REPEAT, it.observePush("0", "message", NOW, NOW + 50_000));
        }
    }

    private static void dedupe() throws Exception {
        try (Dedupe it = new Dedupe(10, 60_000)) {
            same(null, it.observe("a", NOW));
            same(NOW, it.observe("a", NOW + 5));
            same(1L, it.size());
            try (Dedupe again = Dedupe.restore(it.snapshot(), 10, 60_000)) {
                same(NOW, again.observe("a", NOW + 5));
            }
            it.forget("a");
            same(null, it.observe("a", NOW));
        }
        fails("snapshot.malformed", "caller", () -> Dedupe.restore(bytes("no"), 10, 60_000));
    }

    private static void token() throws Exception {
        try (TokenKeeper it = new TokenKeeper()) {
            TokenStep.Fetch fetch = (TokenStep.Fetch) it.step(NOW);
            same(false, fetch.force());
            holds(((TokenStep.Wait) it.step(NOW)).until() > NOW);
            same(true, it.fetched(fetch.id(), "A", 7200, null, NOW));
            same(false, it.fetched(fetch.id(), "B", 7200, null, NOW));
            same(new TokenStep.Use("A"), it.step(NOW));
            holds(!it.step(NOW).toString().contains("A"));
            try (TokenKeeper again = TokenKeeper.restore(it.snapshot())) {
                same(new TokenStep.Use("A"), again.step(NOW));
                same(it.nextDeadline(), again.nextDeadline());
            }
            same(true, it.rejected("A", NOW + 1000));
            TokenStep.Fetch second = (TokenStep.Fetch) it.step(NOW + 1000);
            same(true, it.fetchFailed(second.id(), "temporary", NOW + 1000));
            same(null, it.refreshToken());
        }
        fails("binding.argument_invalid", "caller", () -> new TokenKeeper("cloud", null));
        fails("snapshot.malformed", "caller", () -> TokenKeeper.restore(bytes("no")));
    }

    private static void refreshToken() {
        try (TokenKeeper it = new TokenKeeper("authorizer", "R")) {
            same("R", it.refreshToken());
        }
    }
}
