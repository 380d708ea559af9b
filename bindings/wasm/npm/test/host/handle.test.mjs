// What comes in: the check of the URL, pushes, repeats, answers and the deadline.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Account } from "wxkf";
import { createBot, memoryStore } from "wxkf/host";

import { needs, platformProgram } from "../support/absent.mjs";
import { pause, startBoth, until } from "../support/bot.mjs";
import { ACCOUNT, asRequest } from "../support/platform.mjs";

const skip = needs({ "the platform model": platformProgram() });

const text = async (response) => `${response.status} ${await response.text()}`;

test("the check of the URL is answered with its echo", { skip }, async (t) => {
  const { platform, bot } = await startBoth(t);
  const { query, echo } = await platform.ask("verification");
  const response = await bot.handle(new Request(`http://bot.example/?${query}`));
  assert.equal(await text(response), `200 ${echo}`);
  assert.match(response.headers.get("content-type"), /^text\/plain/);
});

test("whoever is not WeChat hears nothing but a number", { skip }, async (t) => {
  const { platform, bot, errors } = await startBoth(t, {}, { onMessage: () => assert.fail("handled") });
  const attempt = await platform.push("o1", "write", "hi");
  const forged = { ...attempt, query: attempt.query.replace(/msg_signature=./, "msg_signature=x") };
  assert.equal(await text(await bot.handle(asRequest(forged))), "403 ");
  assert.equal(await text(await bot.handle(asRequest({ ...attempt, query: "" }))), "400 ");
  assert.equal(await text(await bot.handle(asRequest({ ...attempt, body: "<xml>" }))), "400 ");
  assert.equal(await text(await bot.handle(asRequest({ ...attempt, body: "x".repeat(3 << 20) }))), "400 ");
  assert.equal(await text(await bot.handle(new Request("http://bot.example/?echostr=1"))), "400 ");
  assert.equal(await text(await bot.handle(new Request("http://bot.example/", { method: "PUT" }))), "405 ");
  assert.deepEqual(new Set(errors.map(({ where }) => where)), new Set(["request"]));
});

test("what a handler returns is the passive reply, and costs nothing", { skip }, async (t) => {
  const { platform, bot, errors } = await startBoth(t, {}, {
    onMessage: ({ inbound }) => `You wrote: ${inbound.content.content}`,
    onEvent: ({ inbound }) => ({ type: "text", content: inbound.kind }),
  });
  for (const [action, words] of [["write", "在吗"], ["subscribe", ""]]) {
    const attempt = await platform.push("o1", action, words);
    await platform.answer(attempt, await bot.handle(asRequest(attempt)));
  }
  assert.deepEqual(await platform.told("o1"), ["You wrote: 在吗", "event.subscribe"]);
  assert.deepEqual([(await platform.user("o1")).remaining, (await bot.allowance("o1")).atMost], [5, 5]);
  assert.deepEqual([platform.calls, errors], [[], []]);
});

test("a text that is too long for an answer goes out in parts", { skip }, async (t) => {
  const long = `${"一".repeat(600)}。\n`.repeat(2);
  const { platform, bot, errors } = await startBoth(t, {}, { onMessage: () => long });
  const attempt = await platform.push("o1", "write", "hi");
  const response = await bot.handle(asRequest(attempt));
  assert.equal(await response.clone().text(), "success");
  await platform.answer(attempt, response);
  const told = await platform.told("o1");
  assert.deepEqual([told.length, told.join(""), errors], [2, long, []]);
});

test("a repeat is answered success and not handled, also while the first is being handled", { skip }, async (t) => {
  let handled = 0;
  const { platform, bot } = await startBoth(t, {}, {
    onMessage: async () => {
      handled += 1;
      await pause(100);
      return "once";
    },
  });
  const attempt = await platform.push("o1", "write", "hi");
  const responses = await Promise.all([1, 2, 3].map(() => bot.handle(asRequest(attempt))));
  const bodies = await Promise.all(responses.map(text));
  assert.equal(bodies.filter((body) => body === "200 success").length, 2);
  assert.equal(await text(await bot.handle(asRequest(attempt))), "200 success");
  assert.equal(handled, 1);
});

test("a handler that fails has the push repeated, and the repeat is handled", { skip }, async (t) => {
  let handled = 0;
  const { platform, bot, errors } = await startBoth(t, {}, {
    onMessage: () => {
      handled += 1;
      if (handled === 1) throw new Error("the database is away");
      return "now";
    },
  });
  const attempt = await platform.push("o1", "write", "hi");
  assert.equal(await text(await bot.handle(asRequest(attempt))), "500 ");
  await platform.answer(attempt, await bot.handle(asRequest(attempt)));
  assert.deepEqual(await platform.told("o1"), ["now"]);
  assert.equal(handled, 2);
  assert.deepEqual(errors.map(({ error, where }) => [error.message, where]), [["the database is away", "handler"]]);
  // What the user did grants only once.
  assert.equal((await bot.allowance("o1")).atMost, 5);
});

test("a handler that fails after it has sent is not run again", { skip }, async (t) => {
  let handled = 0;
  const { platform, bot, errors } = await startBoth(t, {}, {
    onMessage: async ({ send }) => {
      handled += 1;
      assert.deepEqual(await send("first"), { ok: true, sent: 1 });
      throw new Error("then it broke");
    },
  });
  const attempt = await platform.push("o1", "write", "hi");
  assert.equal(await text(await bot.handle(asRequest(attempt))), "200 success");
  assert.equal(await text(await bot.handle(asRequest(attempt))), "200 success");
  assert.deepEqual([handled, errors.length, await platform.told("o1")], [1, 1, ["first"]]);
});

test("a handler that fails after a send that reached nobody is run again", { skip }, async (t) => {
  let handled = 0;
  const { platform, bot } = await startBoth(t, {}, {
    policy: { preset: "official_account", rules: { message: null } },
    onMessage: async ({ send }) => {
      handled += 1;
      assert.equal((await send("first")).reason, "refused");
      throw new Error("then it broke");
    },
  });
  const attempt = await platform.push("o1", "write", "hi");
  assert.equal(await text(await bot.handle(asRequest(attempt))), "500 ");
  assert.equal(await text(await bot.handle(asRequest(attempt))), "500 ");
  assert.equal(handled, 2);
});

test("the deadline: success, and what comes later goes out as a message", { skip }, async (t) => {
  const alive = [];
  let signal;
  const { platform, bot, errors } = await startBoth(t, {}, {
    passiveDeadlineMs: 150,
    onMessage: async (context) => {
      signal = context.signal;
      assert.equal(signal.aborted, false);
      await pause(400);
      assert.equal(context.reply("too late for this"), false);
      return "late";
    },
  });
  const attempt = await platform.push("o1", "write", "hi");
  const begun = Date.now();
  const response = await bot.handle(asRequest(attempt), { waitUntil: (promise) => alive.push(promise) });
  const took = Date.now() - begun;
  assert.ok(took >= 100 && took < 390, `${took} ms`);
  assert.equal(signal.aborted, true);
  await platform.answer(attempt, response);
  assert.equal(alive.length, 1);
  await Promise.all(alive);
  assert.deepEqual(await platform.told("o1"), ["late"]);
  assert.deepEqual(errors, []);
});

test("an answer before the end of the handler", { skip }, async (t) => {
  const { platform, bot } = await startBoth(t, {}, {
    onMessage: async ({ reply, send }) => {
      assert.equal(reply("one moment"), true);
      await pause(50);
      await send("here it is");
    },
  });
  const attempt = await platform.push("o1", "write", "hi");
  await platform.answer(attempt, await bot.handle(asRequest(attempt)));
  await until(async () => (await platform.told("o1")).length === 2);
  assert.deepEqual(await platform.told("o1"), ["one moment", "here it is"]);
});

test("a mini program cannot answer with a text: it is sent", { skip }, async (t) => {
  const { platform, bot, errors } = await startBoth(t, { kind: "mini_program", format: "json" }, {
    onMessage: ({ inbound }) =>
      inbound.content.content === "agent" ? { type: "transfer_customer_service" } : "hello",
    onEvent: () => "welcome",
  });
  for (const [action, words] of [["enter", "shop"], ["write", "hi"], ["write", "agent"]]) {
    const attempt = await platform.push("o1", action, words);
    const response = await bot.handle(asRequest(attempt));
    const body = await response.clone().text();
    assert.equal(body === "success", words !== "agent", body);
    await platform.answer(attempt, response);
  }
  assert.deepEqual(await platform.told("o1"), ["welcome", "hello"]);
  assert.deepEqual(errors, []);
});

test("what could not be sent is reported, with all of it", { skip }, async (t) => {
  const { platform, bot, errors } = await startBoth(t, { kind: "mini_program" }, {
    policy: { preset: "mini_program", rules: { message: null } },
    onMessage: () => "nobody may hear this",
  });
  const attempt = await platform.push("o1", "write", "hi");
  assert.equal(await text(await bot.handle(asRequest(attempt))), "200 success");
  const [{ error, where }] = errors;
  assert.deepEqual([where, error.code, error.cause.rest], ["reply", "host.reply_unsent", "nobody may hear this"]);
  assert.equal(error.cause.refusal.refused, "window_closed");
});

test("payment events hear ErrCode, and pushes without a user are known too", async () => {
  const account = new Account({ kind: "mini_program", ...ACCOUNT });
  const seen = [];
  const bot = createBot({ account, store: memoryStore(), onEvent: ({ inbound }) => void seen.push(inbound.kind) });
  const push = (message) => {
    const sealed = account.seal(JSON.stringify(message));
    const body = sealed.pushBody("json", message.ToUserName ?? "gh_1");
    return bot.handle(new Request(`http://bot.example/?${sealed.query}`, { method: "POST", body }));
  };
  const pay = {
    ToUserName: "gh_1", FromUserName: "o1", CreateTime: 1796000000,
    MsgType: "event", Event: "xpay_goods_deliver_notify", OutTradeNo: "7",
  };
  const nobody = { ToUserName: "gh_1", CreateTime: 1796000000, MsgType: "event", Event: "unheard_of" };
  const open = async (response) => {
    const body = await response.text();
    if (body === "success") return body;
    const { MsgSignature, TimeStamp, Nonce } = JSON.parse(body);
    const query = `msg_signature=${MsgSignature}&timestamp=${TimeStamp}&nonce=${Nonce}&encrypt_type=aes`;
    return new TextDecoder().decode(account.open(query, body));
  };
  for (const [message, answer] of [[pay, '{"ErrCode":0,"ErrMsg":"success"}'], [nobody, "success"]]) {
    assert.equal(await open(await push(message)), answer);
    assert.equal(await open(await push(message)), answer);
  }
  assert.equal(seen.length, 2);
});

test("an onError that throws, and an account that is freed meanwhile, harm nobody", { skip }, async (t) => {
  const { platform } = await startBoth(t);
  const account = new Account(platform.account);
  const bot = createBot({
    account,
    store: memoryStore(),
    passiveDeadlineMs: 50,
    onError: () => {
      throw new Error("no log either");
    },
    onMessage: async () => {
      account.free();
      await pause(100);
    },
  });
  t.mock.method(console, "error", () => {});
  const attempt = await platform.push("o1", "write", "hi");
  assert.equal(await text(await bot.handle(asRequest(attempt))), "500 ");
  await pause(100);
  assert.equal(console.error.mock.callCount(), 2);
});

test("a store that is away: WeChat is to push again", { skip }, async (t) => {
  let isAway = true;
  const inner = memoryStore();
  const store = {
    get: (key) => (isAway ? Promise.reject(new Error("away")) : inner.get(key)),
    compareAndSet: (...args) => inner.compareAndSet(...args),
  };
  const { platform, bot, errors } = await startBoth(t, {}, { store, onMessage: () => "yes" });
  const attempt = await platform.push("o1", "write", "hi");
  assert.equal(await text(await bot.handle(asRequest(attempt))), "500 ");
  assert.deepEqual(errors.map(({ where }) => where), ["store"]);
  isAway = false;
  await platform.answer(attempt, await bot.handle(asRequest(attempt)));
  assert.deepEqual(await platform.told("o1"), ["yes"]);
});
