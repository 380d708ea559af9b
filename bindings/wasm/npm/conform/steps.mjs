// The state machines: each op is a machine and the steps it takes, with one result a step.

import { BadLine, count, object, option, text } from "./want.mjs";

/** What may be sent to one user. */
export function conversation(wxkf, op) {
  const { policy } = op;
  if (policy === undefined) throw new BadLine();
  let machine = new wxkf.Conversation(policy);
  return run(op, {
    allowance(_, now) {
      const { atLeast, atMost, held, closesAt } = machine.allowance(now());
      return { at_least: atLeast, at_most: atMost, held, closes_at: closesAt };
    },
    forget(key) {
      machine.forget(text(key));
      return "forgotten";
    },
    observe(push, now) {
      const { trigger, key, at } = object(push);
      const when = now();
      const pushed = { key: text(key), trigger: option(text)(trigger) ?? null, at: option(count)(at) ?? when };
      return machine.observe(pushed, when);
    },
    reload() {
      machine = wxkf.Conversation.restore(machine.snapshot(), policy);
      return "ok";
    },
    reserve(_, now) {
      const it = machine.reserve(now());
      return it.ok ? { id: it.id, sure: it.sure } : { refused: it.refused };
    },
    settle(settlement, now) {
      const { id, as, errcode } = object(settlement);
      if (errcode != null && as != null && as !== "rejected") throw new BadLine();
      const it = machine.settle(count(id), errcode == null ? text(as) : { errcode }, now());
      return it.settled === "retry_after" ? { retry_after_ms: it.retryAfterMs } : it.settled;
    },
    typing(what, now) {
      if (what === "stop") machine.stopTyping();
      else if (what !== "start") throw new BadLine();
      else {
        const it = machine.startTyping(now());
        if (!it.ok) return { refused: it.refused };
      }
      return "ok";
    },
  });
}

/** Which pushes were here already. */
export function dedupe(wxkf, op) {
  const options = { capacity: count(op.capacity), horizonMs: count(op.horizon_ms) };
  let machine = new wxkf.Dedupe(options);
  return run(op, {
    forget(key) {
      machine.forget(text(key));
      return "forgotten";
    },
    observe(key, now) {
      const seen = machine.observe(text(key), now());
      return seen.repeat ? { repeat_since: seen.since } : "new";
    },
    reload() {
      machine = wxkf.Dedupe.restore(machine.snapshot(), options);
      return "ok";
    },
  });
}

/** The token of an account. */
export function token(wxkf, op) {
  let machine = new wxkf.TokenKeeper(option(text)(op.source));
  return run(op, {
    fetch_failed(what, now) {
      const { id, failure } = object(what);
      return machine.fetchFailed(count(id), option(text)(failure) ?? "temporary", now());
    },
    fetched(what, now) {
      const { id, token, expires_in } = object(what);
      return machine.fetched(count(id), { token: text(token), expiresIn: count(expires_in) }, now());
    },
    rejected(what, now) {
      return machine.rejected(text(object(what).token), now());
    },
    reload() {
      machine = wxkf.TokenKeeper.restore(machine.snapshot());
      return "ok";
    },
    step(_, now) {
      const step = machine.step(now());
      if (step.do === "use") return { use: step.token };
      if (step.do === "wait") return { wait_until: step.until };
      return { fetch: step.id, force: step.force };
    },
  });
}

function run(op, steps) {
  if (!Array.isArray(op.steps)) throw new BadLine();
  return op.steps.map((step) => {
    const name = Object.keys(object(step)).find((name) => Object.hasOwn(steps, name));
    if (name === undefined) throw new BadLine();
    return steps[name](step[name], () => count(step.now));
  });
}
