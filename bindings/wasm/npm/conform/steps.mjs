// The state machines: each op is a machine and the steps it takes, with one result a step.

import { BadLine, count, object, option, text } from "./want.mjs";

/** What may be sent to one user. */
export function conversation(wxkf, op) {
  const { policy } = op;
  if (policy === undefined) throw new BadLine();
  let machine = new wxkf.Conversation(policy);
  const life = new Life();
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
      return it.ok ? { id: life.show(it.id), sure: it.sure } : { refused: it.refused };
    },
    sent_elsewhere(message, now) {
      const when = now();
      machine.sentElsewhere(option(count)(object(message).at), when);
      return "ok";
    },
    settle(settlement, now) {
      const id = life.id(count(object(settlement).id));
      const it = machine.settle(id, told(settlement), now());
      return it.settled === "retry_after" ? { retry_after_ms: it.retryAfterMs } : it.settled;
    },
    typing(what, now) {
      if (what === "stop") machine.stopTyping();
      else if (what !== "start") machine.settleTyping(told(object(what)), now());
      else {
        const it = machine.startTyping(now());
        if (!it.ok) return { refused: it.refused };
      }
      return "ok";
    },
  });
}

/** By its name, or by the errcode that WeChat answered; beside that one the name may be `rejected`. */
function told({ as, errcode }) {
  if (errcode == null) return text(as);
  if (as != null && as !== "rejected") throw new BadLine();
  return { errcode };
}

/** Ids are numbers of a life here, 1, 2, …: that of the last one which was shown. */
class Life {
  #began = 0;

  show(id) {
    const number = id % 2 ** 21;
    this.#began = id - number;
    return number;
  }

  id(number) {
    return this.#began + number;
  }
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
  const life = new Life();
  return run(op, {
    fetch_failed(what, now) {
      const { id, failure } = object(what);
      return machine.fetchFailed(life.id(count(id)), option(text)(failure) ?? "temporary", now());
    },
    fetched(what, now) {
      const { id, token, expires_in } = object(what);
      return machine.fetched(life.id(count(id)), { token: text(token), expiresIn: count(expires_in) }, now());
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
      return { fetch: life.show(step.id), force: step.force };
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
