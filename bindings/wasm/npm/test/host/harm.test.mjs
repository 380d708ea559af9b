// What a store, a network, a clock or a host may do to a bot: nothing is lost, doubled or told to strangers.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Account } from "wxkf";
import { createBot, memoryStore } from "wxkf/host";

import { pause } from "../support/bot.mjs";
import { ACCOUNT } from "../support/platform.mjs";
import { thrownAs } from "../support/pushes.mjs";

const account = new Account({ kind: "official_account", ...ACCOUNT });
const json = (value) => new Response(JSON.stringify(value), { headers: { "content-type": "application/json" } });

let pushes = 0;

/** A push as WeChat makes it, of one more message. */
function push(user = "o1", on = account) {
  pushes += 1;
  const sealed = on.seal(
    `<xml><ToUserName>gh_1</ToUserName><FromUserName>${user}</FromUserName><CreateTime>${Math.floor(Date.now() / 1000)}` +
      `</CreateTime><MsgType>text</MsgType><Content>hi</Content><MsgId>${pushes}</MsgId></xml>`,
  );
  return () =>
    new Request(`http://bot.example/?${sealed.query}`, { method: "POST", body: sealed.pushBody("xml", "gh_1") });
}

/** A bot whose calls are answered by `answer`, and what it called. */
function make(options = {}, answer = () => json({ errcode: 0, errmsg: "ok" })) {
  const [errors, calls] = [[], []];
  const bot = createBot({
    account,
    token: async () => "token",
    store: memoryStore(),
    onError: (error, where) => errors.push({ error, where }),
    fetch: async (url, init) => {
      const call = { url: String(url), ...JSON.parse(init.body) };
      calls.push(call);
      return answer(call, init);
    },
    ...options,
  });
  return { bot, calls, errors };
}

const text = async (response) => `${response.status} ${await response.text()}`;

/** A store that fails while `isAway(key)` says so. */
function failing(isAway) {
  const inner = memoryStore();
  const guard = (act) => async (key, ...rest) => {
    if (isAway(key)) throw new Error("away");
    return act(key, ...rest);
  };
  return { get: guard(inner.get), compareAndSet: guard(inner.compareAndSet) };
}

test("a store that fails between two parts: what was sent is told, and the rest is not lost", async () => {
  let isAway = false;
  const { bot, calls, errors } = make({
    store: failing(() => isAway),
    onMessage: async ({ send }) => {
      const long = `${"x".repeat(2000)}\n${"y".repeat(2000)}`;
      const result = await send(long);
      assert.deepEqual([result.ok, result.sent, result.reason, result.rest], [false, 1, "store", "y".repeat(2000)]);
      throw new Error("then it broke");
    },
  }, () => {
    isAway = true;
    return json({ errcode: 0, errmsg: "ok" });
  });
  const request = push();
  assert.equal(await text(await bot.handle(request())), "200 success"); // the user has seen some of it
  isAway = false;
  assert.equal(await text(await bot.handle(request())), "200 success");
  assert.equal(calls.length, 1);
  assert.deepEqual(errors.map(({ where }) => where), ["settle", "handler"]);
});

test("a returned text that met a store that is away comes when WeChat pushes again", async () => {
  const mini = new Account({ kind: "mini_program", ...ACCOUNT });
  let failures = 0;
  let handled = 0;
  const { bot, calls } = make({
    account: mini,
    store: failing(() => failures-- > 0),
    onMessage: () => {
      handled += 1;
      failures = handled === 1 ? 1 : 0;
      return "hello";
    },
  });
  const request = push("o1", mini);
  assert.equal((await bot.handle(request())).status, 500);
  assert.equal((await bot.handle(request())).status, 200);
  assert.deepEqual(calls.map(({ text: { content } }) => content), ["hello"]);
});

test("a clock that is set back does not put off the deadline", async (t) => {
  const real = Date.now;
  let shift = 0;
  t.mock.method(Date, "now", () => real() + shift);
  const store = memoryStore();
  const { bot } = make({
    passiveDeadlineMs: 100,
    now: real,
    store: {
      get: (key) => {
        shift = -3_600_000;
        return store.get(key);
      },
      compareAndSet: store.compareAndSet,
    },
    onMessage: () => pause(600),
  });
  const request = push()();
  const begun = performance.now();
  assert.equal(await text(await bot.handle(request)), "200 success");
  assert.ok(performance.now() - begun < 500);
});

test("an onError that fails later ends no process", async (t) => {
  t.mock.method(console, "error", () => {});
  const { bot } = make({ onError: async () => Promise.reject(new Error("no log")) });
  assert.equal((await bot.handle(new Request("http://bot.example/"))).status, 400);
  await pause(10);
  assert.equal(console.error.mock.callCount(), 1);
});

test("what stands in place of a lifetime is ignored, and one that throws is reported", async () => {
  const { bot, errors } = make({ onMessage: () => "yes" });
  for (const other of [{ remoteAddr: {} }, null, "next", () => {}]) {
    assert.match(await text(await bot.handle(push()(), other)), /^200 <xml>/);
  }
  const over = { waitUntil: () => { throw new Error("the request is over"); } };
  assert.match(await text(await bot.handle(push()(), over)), /^200 <xml>/);
  assert.deepEqual(errors.map(({ where }) => where), ["background"]);
});

test("null is nothing", async () => {
  const { bot, errors } = make({ onMessage: () => null });
  assert.equal(await text(await bot.handle(push()())), "200 success");
  assert.deepEqual(errors, []);
});

test("a method that is none of ours hears which are", async () => {
  const { bot } = make();
  for (const method of ["HEAD", "PUT", "DELETE", "OPTIONS"]) {
    const response = await bot.handle(new Request("http://bot.example/", { method }));
    assert.deepEqual([response.status, response.headers.get("allow")], [405, "GET, POST"]);
  }
});

test("a body that was read before is the host's mistake, and says so", async () => {
  const { bot, errors } = make();
  const request = push()();
  await request.text();
  assert.equal(await text(await bot.handle(request)), "500 ");
  thrownAs("binding.argument_invalid", "request")(errors[0].error);
});

test("many refusals of one token are one refusal for the host", async () => {
  const told = [];
  let current = "old";
  const { bot, calls } = make(
    {
      token: async (rejected) => {
        if (rejected !== null) {
          told.push(rejected);
          await pause(30);
          current = "new";
        }
        return current;
      },
      policy: { preset: "official_account", rules: { message: { limit: 20, window_s: 1000 } } },
    },
    ({ url }) => (url.includes("=old") ? json({ errcode: 40001, errmsg: "invalid credential" }) : json({ errcode: 0 })),
  );
  await bot.handle(push()());
  const results = await Promise.all(Array.from({ length: 10 }, (_, at) => bot.send("o1", `${at}`)));
  assert.ok(results.every(({ ok }) => ok), JSON.stringify(results));
  assert.deepEqual(told, ["old"]);
  assert.equal(calls.filter(({ url }) => url.includes("=old")).length, 10);
});

/** What a bot calls with, by the last word of the path; whoever refuses a token is asked for another. */
function calling(options) {
  const made = make(options, ({ url }) => {
    const path = url.split("?")[0].split("/").at(-1);
    if (/=refused/.test(url)) return json({ errcode: 40001, errmsg: "invalid credential" });
    return json({ errcode: 0, access_token: "kept", expires_in: 7200, component_access_token: "c", pre_auth_code: "p", path });
  });
  const tokens = () => made.calls.map(({ url }) => /access_token=(\w+)/.exec(url)?.[0] ?? "none");
  return { ...made, tokens };
}

const COMPONENT = { component_appid: "wx0123456789abcdef", component_appsecret: "s", component_verify_ticket: "t" };
const AUTHORIZER = { component_appid: "wx0123456789abcdef", authorizer_appid: "wx1", authorizer_refresh_token: "r" };

test("a call has the token that it names: none, the account's, the component's", async () => {
  const sources = { token: async () => "account", componentToken: async () => "component" };
  const { bot, tokens } = calling(sources);
  await bot.call("stable_token", { grant_type: "client_credential", appid: "wx1", secret: "s" });
  await bot.call("component.api_component_token", COMPONENT);
  await bot.call("component.api_authorizer_token", AUTHORIZER).catch(() => {});
  await bot.call("message.custom.typing", { touser: "o1", command: "Typing" });
  assert.deepEqual(tokens(), ["none", "none", "access_token=component", "access_token=account"]);
});

test("a call that names no token asks nobody for one", async () => {
  const never = async () => assert.fail("it was asked");
  const { bot, tokens } = calling({ token: never, componentToken: never });
  assert.equal((await bot.call("stable_token", { grant_type: "client_credential", appid: "wx1", secret: "s" })).ok, true);
  assert.equal((await bot.call("component.api_component_token", COMPONENT)).ok, true);
  assert.deepEqual(tokens(), ["none", "none"]);
});

test("a refused token of the component is replaced by its own source", async () => {
  const told = [];
  const { bot, tokens } = calling({
    token: async () => assert.fail("the account's"),
    componentToken: async (rejected) => {
      told.push(rejected);
      return rejected === null ? "refused" : "fresh";
    },
  });
  await bot.call("component.api_authorizer_token", AUTHORIZER).catch(() => {});
  assert.deepEqual([told, tokens()], [[null, "refused"], ["access_token=refused", "access_token=fresh"]]);
});

test("a token that the bot has no source for is named", async () => {
  const { bot, calls } = make({ token: undefined });
  const missing = (field) => (error) => {
    thrownAs("host.no_token")(error);
    thrownAs("binding.argument_invalid", field)(error.cause);
    assert.match(error.message, new RegExp(`^host\\.no_token: .*expected .* in \`${field}\``));
    return true;
  };
  await assert.rejects(bot.call("message.custom.typing", { touser: "o1", command: "Typing" }), missing("secret"));
  await assert.rejects(bot.call("component.api_authorizer_token", AUTHORIZER), missing("componentToken"));
  assert.deepEqual(calls, []);
});

test("the same id and secret with white space around are the same", async () => {
  const padded = { kind: "official_account", ...ACCOUNT, appId: ` ${ACCOUNT.appId}\n` };
  const keys = new Set();
  const inner = memoryStore();
  const store = { ...inner, get: (key) => (keys.add(key), inner.get(key)) };
  const { bot, calls } = make({ account: padded, token: undefined, secret: " 0123456789abcdef\n", store }, () =>
    json({ errcode: 0, access_token: "kept", expires_in: 7200 }),
  );
  assert.equal((await bot.call("message.custom.typing", { touser: "o1", command: "Typing" })).ok, true);
  const [{ appid, secret }] = calls;
  assert.deepEqual([appid, secret], [ACCOUNT.appId, "0123456789abcdef"]);
  await bot.allowance("o1");
  assert.deepEqual([...keys], [`wxkf:t:${ACCOUNT.appId}`, `wxkf:c:${ACCOUNT.appId}:o1`]);
  assert.equal(new Account(padded).appId, ACCOUNT.appId);
});

test("a user who does more than is remembered is not handled, and the host hears of it", async () => {
  const handled = new Set();
  const { bot, errors } = make({ onMessage: ({ inbound }) => void handled.add(inbound.msg_id) });
  let refused = null;
  let last;
  for (let number = 0; number < 1100; number += 1) {
    last = push("o1");
    const { status } = await bot.handle(last());
    if (status === 500) refused ??= number;
  }
  assert.ok(refused >= 1000, `${refused}`);
  assert.equal((await bot.handle(last())).status, 500);
  assert.equal(handled.size, refused);
  assert.deepEqual([errors[0].where, errors[0].error.code], ["store", "host.flooded"]);
  // Of others nobody hears less.
  assert.equal((await bot.handle(push("o2")())).status, 200);
});

test("what is blank is no secret", () => {
  for (const secret of ["", " ", "\n\t"]) {
    assert.throws(() => make({ secret }), thrownAs("binding.argument_invalid", "secret"));
  }
});

test("what is no Request is the host's mistake, and ends nothing", async () => {
  for (const [request, what] of [[undefined, "undefined"], [{ method: "POST", body: {} }, "an object"], [{ httpVersion: "1.1" }, "toNode"]]) {
    const { bot, errors } = make();
    assert.equal(await text(await bot.handle(request)), "500 ");
    assert.ok(errors[0].error.message.includes(what), errors[0].error.message);
  }
});

test("a token that is none spends nothing of the quota", async () => {
  const { bot, calls } = make({ token: async () => undefined });
  await bot.handle(push()());
  const before = await bot.allowance("o1");
  const result = await bot.send("o1", "hi");
  assert.deepEqual([result.reason, result.rest, calls.length], ["no_token", "hi", 0]);
  assert.deepEqual(await bot.allowance("o1"), before);
});

test("a token that ends as it comes is not fetched for ever", async () => {
  const { bot, calls } = make({ token: undefined, secret: "s".repeat(32) }, () =>
    json({ access_token: "t", expires_in: 0 }),
  );
  await bot.handle(push()());
  const result = await bot.send("o1", "hi");
  const fetches = calls.filter(({ url }) => url.includes("stable_token")).length;
  assert.ok(fetches < 10, `${fetches} fetches, ${result.reason}`);
});

test("no error of the network tells the token", async () => {
  const { bot } = make({ token: async () => "SECRET-TOKEN" }, ({ url }) => {
    throw new TypeError("fetch failed", { cause: new Error(`error sending request for url (${url}): refused`) });
  });
  await bot.handle(push()());
  const result = await bot.send("o1", "hi");
  assert.equal(result.reason, "unknown");
  assert.match(result.error.message, /refused/);
  assert.ok(!`${result.error.stack}${JSON.stringify(result)}${result.error.cause}`.includes("SECRET"));
});

test("an id cannot reach into the records of another account", async () => {
  const keys = [];
  const inner = memoryStore();
  const store = { ...inner, get: (key) => (keys.push(key), inner.get(key)) };
  const make2 = (appId) => createBot({ account: { kind: "official_account", ...ACCOUNT, appId }, store });
  await make2("wx:a").allowance("b");
  await make2("wx").allowance("a:b");
  assert.equal(new Set(keys).size, 2, keys.join());
});

test("nobody is no user", async () => {
  const { bot } = make();
  for (const user of [undefined, null, 7, ""]) {
    const names = (field) => thrownAs("binding.argument_invalid", field);
    await assert.rejects(bot.allowance(user), names("user"));
    await assert.rejects(bot.send(user, "hi"), (error) => /^(binding|request)\./.test(error.code));
    await assert.rejects(bot.typing(user), (error) => /^(binding|request)\./.test(error.code));
  }
});

test("options that would fail only later are refused", () => {
  const wrong = [
    [undefined, "options"],
    [{ store: {} }, "store"],
    [{ account: "wx1" }, "options"],
    [{ account: undefined }, "options"],
    [{ onMessage: "hi" }, "onMessage"],
    [{ token: "t" }, "token"],
    [{ now: 7 }, "now"],
    [{ secret: 7 }, "secret"],
    [{ baseUrl: "api.weixin.qq.com" }, "baseUrl"],
    ...["4000", -1, NaN, Infinity, 2 ** 31].map((passiveDeadlineMs) => [{ passiveDeadlineMs }, "passiveDeadlineMs"]),
  ];
  for (const [options, field] of wrong) {
    const all = options && { account, store: memoryStore(), ...options };
    assert.throws(() => createBot(all), thrownAs("binding.argument_invalid", field), field);
  }
});

test("a push that was noted too late is acknowledged, and its answer goes out as a message", async () => {
  const inner = memoryStore();
  let isSlow = true;
  const { bot, calls } = make({
    passiveDeadlineMs: 50,
    store: {
      get: async (key) => {
        if (isSlow) await pause(100);
        isSlow = false;
        return inner.get(key);
      },
      compareAndSet: inner.compareAndSet,
    },
    onMessage: () => "hello",
  });
  assert.equal(await text(await bot.handle(push()())), "200 success");
  await pause(50);
  assert.deepEqual(calls.map(({ text: { content } }) => content), ["hello"]);
});

test("what is no answer is reported, and WeChat is not asked to push again", async () => {
  const kinds = { official_account: account, mini_program: new Account({ kind: "mini_program", ...ACCOUNT }) };
  for (const on of Object.values(kinds)) {
    for (const returned of ["", "half \ud800", { type: "news", articles: [] }, { type: "poem" }, 7, { content: 1n }]) {
      const { bot, calls, errors } = make({ account: on, onMessage: () => returned });
      assert.equal(await text(await bot.handle(push("o1", on)())), "200 success", String(returned));
      assert.deepEqual([errors.map(({ where }) => where), calls.length], [["reply"], 0]);
    }
  }
});
