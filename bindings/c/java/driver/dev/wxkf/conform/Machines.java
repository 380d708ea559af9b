package dev.wxkf.conform;

import static dev.wxkf.conform.Json.quote;

import dev.wxkf.Allowance;
import dev.wxkf.Conversation;
import dev.wxkf.Dedupe;
import dev.wxkf.Observation;
import dev.wxkf.Refusal;
import dev.wxkf.Reservation;
import dev.wxkf.Reserved;
import dev.wxkf.Settled;
import dev.wxkf.TokenKeeper;
import dev.wxkf.TokenStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The state machines: each op is a machine and the steps it takes, with one result a step. */
final class Machines {
    private static final Set<String> CONVERSATION =
            Set.of("allowance", "forget", "observe", "reload", "reserve", "sent_elsewhere", "settle", "typing");
    private static final Set<String> DEDUPE = Set.of("forget", "observe", "reload");
    private static final Set<String> TOKEN = Set.of("fetch_failed", "fetched", "rejected", "reload", "step");

    private Machines() {}

    static String conversation(Map<String, Json> op) {
        List<Step> steps = steps(op, CONVERSATION);
        if (op.get("policy") == null) throw new BadLine();
        String policy = op.get("policy").raw();
        Conversation machine = new Conversation(policy);
        Life life = new Life();
        List<String> results = new ArrayList<>();
        try {
            for (Step step : steps) {
                if (step.name.equals("reload")) machine = reloaded(machine, policy);
                results.add(step.name.equals("reload") ? quote("ok") : answer(machine, life, step));
            }
        } finally {
            machine.close();
        }
        return list(results);
    }

    private static Conversation reloaded(Conversation machine, String policy) {
        Conversation restored = Conversation.restore(machine.snapshot(), policy);
        machine.close();
        return restored;
    }

    private static String answer(Conversation machine, Life life, Step step) {
        switch (step.name) {
            case "allowance" -> {
                Allowance it = machine.allowance(step.now());
                return "{\"at_least\":" + it.atLeast() + ",\"at_most\":" + it.atMost() + ",\"held\":" + it.held()
                        + ",\"closes_at\":" + it.closesAt() + "}";
            }
            case "forget" -> {
                machine.forget(Want.text(step.what));
                return quote("forgotten");
            }
            case "observe" -> {
                Observation seen = machine.observePush(Want.text(step.get("key")),
                        Want.maybeText(step.get("trigger")), Want.maybeCount(step.get("at")), step.now());
                return quote(seen.name().toLowerCase(Locale.ROOT));
            }
            case "reserve" -> {
                Reserved it = machine.reserve(step.now());
                if (it instanceof Reservation held) return "{\"id\":" + life.show(held.id()) + ",\"sure\":" + held.sure() + "}";
                return refused((Refusal) it);
            }
            case "sent_elsewhere" -> {
                machine.sentElsewhere(Want.maybeCount(step.get("at")), step.now());
                return quote("ok");
            }
            case "settle" -> {
                return settle(machine, life, step);
            }
            default -> {
                return typing(machine, step);
            }
        }
    }

    private static String settle(Conversation machine, Life life, Step step) {
        long id = life.id(step.get("id"));
        Told told = Told.of(step);
        Settled it = told.code != null
                ? machine.settleErrcode(id, told.code, step.now())
                : machine.settle(id, told.as, step.now());
        return it.retryAfterMs() == null ? quote(it.name()) : "{\"retry_after_ms\":" + it.retryAfterMs() + "}";
    }

    private static String typing(Conversation machine, Step step) {
        if (step.what.value() instanceof Map) {
            Told told = Told.of(step);
            if (told.code != null) machine.settleTypingErrcode(told.code, step.now());
            else machine.settleTyping(told.as, step.now());
            return quote("ok");
        }
        if (Want.text(step.what).equals("stop")) {
            machine.stopTyping();
            return quote("ok");
        }
        if (!Want.text(step.what).equals("start")) throw new BadLine();
        Refusal no = machine.startTyping(step.now());
        return no == null ? quote("ok") : refused(no);
    }

    private static String refused(Refusal refusal) {
        return "{\"refused\":" + quote(refusal.reason()) + "}";
    }

    static String dedupe(Map<String, Json> op) {
        List<Step> steps = steps(op, DEDUPE);
        long capacity = Want.count(op.get("capacity"));
        long horizon = Want.count(op.get("horizon_ms"));
        Dedupe machine = new Dedupe(capacity, horizon);
        List<String> results = new ArrayList<>();
        try {
            for (Step step : steps) {
                if (step.name.equals("observe")) {
                    Long since = machine.observe(Want.text(step.what), step.now());
                    results.add(since == null ? quote("new") : "{\"repeat_since\":" + since + "}");
                } else if (step.name.equals("forget")) {
                    machine.forget(Want.text(step.what));
                    results.add(quote("forgotten"));
                } else {
                    Dedupe restored = Dedupe.restore(machine.snapshot(), capacity, horizon);
                    machine.close();
                    machine = restored;
                    results.add(quote("ok"));
                }
            }
        } finally {
            machine.close();
        }
        return list(results);
    }

    static String token(Map<String, Json> op) {
        List<Step> steps = steps(op, TOKEN);
        String source = Want.maybeText(op.get("source"));
        TokenKeeper machine = new TokenKeeper(source == null ? "stable_token" : source, null);
        Life life = new Life();
        List<String> results = new ArrayList<>();
        try {
            for (Step step : steps) {
                if (step.name.equals("reload")) {
                    TokenKeeper restored = TokenKeeper.restore(machine.snapshot());
                    machine.close();
                    machine = restored;
                }
                results.add(answer(machine, life, step));
            }
        } finally {
            machine.close();
        }
        return list(results);
    }

    private static String answer(TokenKeeper machine, Life life, Step step) {
        switch (step.name) {
            case "fetch_failed" -> {
                String failure = Want.maybeText(step.get("failure"));
                return applied(machine.fetchFailed(life.id(step.get("id")),
                        failure == null ? "temporary" : failure, step.now()));
            }
            case "fetched" -> {
                return applied(machine.fetched(life.id(step.get("id")), Want.text(step.get("token")),
                        Want.count(step.get("expires_in")), null, step.now()));
            }
            case "rejected" -> {
                return applied(machine.rejected(Want.text(step.get("token")), step.now()));
            }
            case "step" -> {
                TokenStep it = machine.step(step.now());
                if (it instanceof TokenStep.Use use) return "{\"use\":" + quote(use.token()) + "}";
                if (it instanceof TokenStep.Wait wait) return "{\"wait_until\":" + wait.until() + "}";
                TokenStep.Fetch fetch = (TokenStep.Fetch) it;
                return "{\"fetch\":" + life.show(fetch.id()) + ",\"force\":" + fetch.force() + "}";
            }
            default -> {
                return quote("ok");
            }
        }
    }

    private static String applied(boolean applied) {
        return quote(applied ? "applied" : "stale");
    }

    private static String list(List<String> results) {
        return "[" + String.join(",", results) + "]";
    }

    private static List<Step> steps(Map<String, Json> op, Set<String> names) {
        return Want.list(op.get("steps")).stream().map(json -> Step.of(Want.object(json), names)).toList();
    }

    /** A line counts ids 1, 2, … within the life of the record: that of the last one which was shown. */
    private static final class Life {
        private long began;

        long show(long id) {
            long number = id & ((1L << 21) - 1);
            began = id - number;
            return number;
        }

        long id(Json number) {
            return began + Math.min(Want.count(number), Long.MAX_VALUE - began);
        }
    }

    /** What became of a call: its name, or the code that WeChat answered; beside that one it may be rejected. */
    private record Told(String as, Long code) {
        static Told of(Step step) {
            String as = Want.maybeText(step.get("as"));
            Json code = step.get("errcode");
            if (Want.isAbsent(code)) return new Told(orBad(as), null);
            if (as != null && !as.equals("rejected")) throw new BadLine();
            return new Told(null, Want.whole(code));
        }

        private static String orBad(String as) {
            if (as == null) throw new BadLine();
            return as;
        }
    }

    /** What is done, with what, and when. */
    private record Step(String name, Json what, Json at) {
        static Step of(Map<String, Json> step, Set<String> names) {
            String name = step.keySet().stream().filter(names::contains).findFirst().orElseThrow(BadLine::new);
            return new Step(name, step.get(name), step.get("now"));
        }

        Json get(String member) {
            return Want.object(what).get(member);
        }

        long now() {
            return Want.count(at);
        }
    }
}
