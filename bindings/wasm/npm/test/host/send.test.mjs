// What goes out: quota, parts, typing, tokens, and every way in which a call can end.

import assert from "node:assert/strict";
import { test } from "node:test";

import { createBot, memoryStore } from "wxkf/host";

import { needs, platformProgram } from "../support/absent.mjs";
import { pause, startBoth } from "../support/bot.mjs";
import { asRequest } from "../support/platform.mjs";

const skip = needs({ "the platform model": platformProgram() });

/** The user writes, and the bot knows. */
async function write({ platform, bot }, user = "o1") {
  const attempt = await platform.push(user, "write", "hi");
  const response = await bot.handle(asRequest(attempt));
  assert.equal(response.status, 200);
  await platform.answer(attempt, response);
}

const calls = (platform, path) => platform.calls.filter((call) => call.path.endsWith(path)).length;

test("five messages, and the sixth is refused here and not there", { skip }, async (t) => {
  const both = await startBoth(t, { kind: "mini_program" });
  const { platform, bot } = both;
  const closed = await bot.send("o1", "hello?");
  assert.deepEqual([closed.reason, closed.refusal.refused, closed.rest], ["refused", "window_closed", "hello?"]);
  await write(both);
  for (let number = 1; number <= 5; number += 1) {
    assert.deepEqual(await bot.send("o1", `number ${number}`), { ok: true, sent: 1 });
  }
  const { ok, sent, reason, refusal, rest } = await bot.send("o1", "number 6");
  assert.deepEqual([ok, sent, reason, refusal.refused, rest], [false, 0, "refused", "quota_exhausted", "number 6"]);
  assert.deepEqual([calls(platform, "custom/send"), (await platform.stats()).refused], [5, 0]);
});

test("what changes nothing is not written", { skip }, async (t) => {
  const inner = memoryStore();
  let writes = 0;
  const store = { ...inner, compareAndSet: (...args) => inner.compareAndSet(...args).finally(() => (writes += 1)) };
  const both = await startBoth(t, {}, { store });
  const count = async (act) => {
    writes = 0;
    await act();
    return writes;
  };
  assert.equal(await count(() => both.bot.send("o1", "hi")), 2); // a token was fetched
  assert.equal(await count(() => both.bot.send("o1", "hi")), 0); // there is no window
  assert.equal(await count(() => both.bot.allowance("o1")), 0);
  const attempt = await both.platform.push("o1", "write", "hi");
  assert.equal(await count(() => both.bot.handle(asRequest(attempt))), 1);
  assert.equal(await count(() => both.bot.handle(asRequest(attempt))), 0); // a repeat
  assert.equal(await count(() => both.bot.send("o1", "hi")), 2); // reserved, and settled
});

test("sends at the same time never exceed the quota", { skip }, async (t) => {
  const both = await startBoth(t);
  await write(both);
  const results = await Promise.all(Array.from({ length: 20 }, (_, index) => both.bot.send("o1", `${index}`)));
  assert.equal(results.filter((result) => result.ok).length, 5);
  const refused = results.filter((result) => !result.ok).map(({ refusal }) => refusal.refused);
  assert.ok(refused.every((reason) => reason === "quota_held" || reason === "quota_exhausted"), `${refused}`);
  const { sent, refused: count } = await both.platform.stats();
  assert.deepEqual([sent, count], [5, 0]);
});

test("a long text goes out in parts, and what the quota has no room for comes back", { skip }, async (t) => {
  const both = await startBoth(t);
  const { platform, bot } = both;
  await write(both);
  const line = `${"一二三四五六七八九十".repeat(6)}。\n`;
  const short = line.repeat(25);
  assert.deepEqual(await bot.send("o1", short), { ok: true, sent: 3 });
  assert.equal((await platform.told("o1")).join(""), short);
  const long = line.repeat(60);
  const result = await bot.send("o1", { msgtype: "text", text: { content: long } });
  assert.deepEqual([result.ok, result.sent, result.reason], [false, 2, "refused"]);
  assert.equal(result.refusal.refused, "quota_exhausted");
  const told = (await platform.told("o1")).slice(3).join("");
  assert.equal(told + result.rest.text.content, long);
  // The user writes again, and the rest goes out as it came back.
  await write(both);
  assert.equal((await bot.send("o1", result.rest)).ok, true);
  assert.equal((await platform.told("o1")).slice(3).join(""), long);
});

test("typing", { skip }, async (t) => {
  const both = await startBoth(t);
  const { platform, bot } = both;
  assert.equal((await bot.typing("o1")).refusal.refused, "window_closed");
  await write(both);
  assert.deepEqual(await bot.typing("o1"), { ok: true });
  assert.equal((await platform.user("o1")).typing, true);
  assert.equal((await bot.typing("o1")).refusal.refused, "already_typing");
  assert.deepEqual(await bot.typing("o1", false), { ok: true });
  assert.equal((await platform.user("o1")).typing, false);
  assert.deepEqual(await bot.typing("o1"), { ok: true });
  assert.equal(calls(platform, "custom/typing"), 3);
});

test("what became of typing is told to the record", { skip }, async (t) => {
  const both = await startBoth(t);
  const { platform, bot } = both;
  await write(both);
  const typing = (body) => {
    platform.intercept = ({ path }) => (path.endsWith("custom/typing") ? body : null);
    return bot.typing("o1");
  };
  const says = (errcode) => ({ status: 200, body: JSON.stringify({ errcode, errmsg: "" }) });
  // It was refused for another reason: nothing is shown, so it may be tried again.
  assert.equal((await typing(says(48001))).rejection.errcode, 48001);
  // It is shown already, by somebody else: so it is.
  assert.equal((await typing(says(45081))).rejection.errcode, 45081);
  assert.equal((await typing(says(0))).refusal.refused, "already_typing");
  assert.deepEqual(await bot.typing("o1", false), { ok: true });
  // The platform knows of no message: nor does the record, until there is one.
  assert.equal((await typing(says(45080))).rejection.errcode, 45080);
  assert.equal((await typing(says(0))).refusal.refused, "no_recent_message");
  await write(both);
  assert.deepEqual(await typing(says(0)), { ok: true });
});

test("a token that has died is replaced once, and the message goes out once", { skip }, async (t) => {
  const both = await startBoth(t);
  const { platform, bot } = both;
  await write(both);
  await bot.send("o1", "one");
  await platform.ask("kill_token");
  assert.deepEqual(await bot.send("o1", "two"), { ok: true, sent: 1 });
  assert.deepEqual(await bot.send("o1", "three"), { ok: true, sent: 1 });
  assert.deepEqual(await platform.told("o1"), ["one", "two", "three"]);
  assert.equal(calls(platform, "custom/send"), 4);
  assert.equal((await bot.allowance("o1")).atLeast, 2);
});

test("a token whose time is over is never used", { skip }, async (t) => {
  const both = await startBoth(t, { token_lifetime_ms: 2000, token_overlap_ms: 0 });
  let rejected = 0;
  both.platform.watch = ({ body }) => {
    rejected += Number(/"errcode":4[02]001/.test(body));
  };
  await write(both);
  for (let number = 0; number < 5; number += 1) {
    assert.deepEqual(await both.bot.send("o1", `${number}`), { ok: true, sent: 1 });
    await pause(700);
  }
  assert.equal(rejected, 0);
  assert.equal(calls(both.platform, "stable_token"), 2);
});

test("the call that fetches a token is made once for all who wait", { skip }, async (t) => {
  const both = await startBoth(t);
  const { platform, bot } = both;
  for (const user of ["o1", "o2", "o3"]) await write(both, user);
  const results = await Promise.all(["o1", "o2", "o3", "o1", "o2"].map((user) => bot.send(user, "hi")));
  assert.ok(results.every((result) => result.ok));
  assert.equal(calls(platform, "stable_token"), 1);
});

test("a token that the host brings: it hears of the one that was refused", { skip }, async (t) => {
  const asked = [];
  let current = "wrong";
  const both = await startBoth(t, {}, {
    secret: undefined,
    token: async (rejected) => {
      asked.push(rejected);
      if (rejected !== null) {
        const { body } = await both.platform.ask("call", {
          method: "POST",
          target: "/cgi-bin/stable_token",
          body: JSON.stringify({
            grant_type: "client_credential",
            appid: both.platform.account.appId,
            secret: both.platform.secret,
          }),
        });
        current = JSON.parse(body).access_token;
      }
      return current;
    },
  });
  await write(both);
  assert.deepEqual(await both.bot.send("o1", "hi"), { ok: true, sent: 1 });
  assert.deepEqual(asked, [null, "wrong"]);
});

test("no token: no call, and nothing is held", { skip }, async (t) => {
  const both = await startBoth(t, {}, {
    token: async () => {
      throw new Error("the vault is shut");
    },
  });
  await write(both);
  const result = await both.bot.send("o1", "hi");
  assert.deepEqual([result.reason, result.rest, result.error.code], ["no_token", "hi", "host.no_token"]);
  assert.equal(result.error.cause.message, "the vault is shut");
  assert.equal((await both.bot.allowance("o1")).atLeast, 5);
});

test("why there is no token, from WeChat and from the options", { skip }, async (t) => {
  const wrong = await startBoth(t, {}, { secret: "0".repeat(32) });
  await write(wrong);
  const begun = Date.now();
  const { reason, error } = await wrong.bot.send("o1", "hi");
  assert.deepEqual([reason, error.cause.errcode, error.cause.kind], ["no_token", 40125, "misconfigured"]);
  // Waiting is of no use, and asking again would be counted.
  assert.ok(Date.now() - begun < 2000);
  assert.equal((await wrong.bot.send("o1", "hi")).reason, "no_token");
  assert.equal(calls(wrong.platform, "stable_token"), 1);

  const none = await startBoth(t, {}, { secret: undefined });
  await write(none);
  const { error: why } = await none.bot.send("o1", "hi");
  assert.deepEqual([why.cause.code, why.cause.field], ["binding.argument_invalid", "secret"]);
});

test("WeChat may hear late of what the user did: once more, after a second", { skip }, async (t) => {
  const both = await startBoth(t, { lateness_ms: 600 });
  await write(both);
  const begun = Date.now();
  assert.deepEqual(await both.bot.send("o1", "hi"), { ok: true, sent: 1 });
  assert.ok(Date.now() - begun >= 900);
  assert.equal(calls(both.platform, "custom/send"), 2);
  assert.equal((await both.platform.stats()).refused, 1);
});

test("without an answer nobody knows, and it is not sent again", { skip }, async (t) => {
  const both = await startBoth(t);
  const { platform, bot } = both;
  await write(both);
  await bot.send("o1", "first");
  platform.intercept = ({ path }) => (path.endsWith("custom/send") ? "break" : null);
  const one = await bot.send("o1", "hi");
  assert.deepEqual([one.ok, one.reason, one.rest, one.doubtful.text.content], [false, "unknown", null, "hi"]);
  platform.intercept = ({ path }) => (path.endsWith("custom/send") ? { status: 502, body: "<html>" } : null);
  assert.equal((await bot.send("o1", "ho")).reason, "unknown");
  // In parts, what was not tried comes back.
  const long = "一二三四五六七八九十\n".repeat(150);
  const two = await bot.send("o1", long);
  assert.equal(two.doubtful.text.content + two.rest, long);
  const { atLeast, atMost, held } = await bot.allowance("o1");
  assert.deepEqual([atLeast, atMost, held], [1, 4, 0]);
});

test("what WeChat refuses comes back with its reason, and costs nothing", { skip }, async (t) => {
  const both = await startBoth(t);
  const { platform, bot } = both;
  await write(both);
  const result = await bot.send("o1", { msgtype: "image", image: { media_id: "nobody_knows_this" } });
  assert.deepEqual([result.reason, result.rejection.errcode], ["rejected", 40007]);
  assert.deepEqual(result.rest, { msgtype: "image", image: { media_id: "nobody_knows_this" } });
  assert.equal((await bot.allowance("o1")).atLeast, 5);
  const outcome = await bot.call("customservice.getkflist", {});
  assert.equal(outcome.ok, true);
  assert.equal(calls(platform, "custom/send"), 1);
});

test("what is no message is thrown, and holds nothing", { skip }, async (t) => {
  const both = await startBoth(t);
  await write(both);
  await assert.rejects(both.bot.send("o1", ""), { code: "request.field_invalid" });
  await assert.rejects(both.bot.send("", "hi"), { code: "request.field_invalid" });
  await assert.rejects(both.bot.send("o1", { msgtype: "text" }), { code: "request.field_missing" });
  await assert.rejects(both.bot.send("o1", null), { code: "binding.argument_invalid", field: "message" });
  assert.equal((await both.bot.allowance("o1")).held, 0);
});

test("bad options are known before the first push", () => {
  const account = { kind: "mini_program", appId: "wx0123456789abcdef", token: "t", mode: "plain" };
  const code = (options, expected) =>
    assert.throws(() => createBot({ account, store: memoryStore(), ...options }), { code: expected });
  code({ account: { ...account, encodingAesKey: "short" } }, "config.key_invalid");
  code({ policy: "of_my_own" }, "config.policy_invalid");
  code({ account: undefined }, "binding.argument_invalid");
  code({ store: new Map() }, "binding.argument_invalid");
  code({ passiveDeadlineMs: "soon" }, "binding.argument_invalid");
});

test("neither secret nor token is in what a bot shows", { skip }, async (t) => {
  const { inspect } = await import("node:util");
  const both = await startBoth(t);
  await write(both);
  await both.bot.send("o1", "hi");
  both.platform.intercept = ({ path }) => (path.endsWith("custom/send") ? "break" : null);
  const failed = await both.bot.send("o1", "ho");
  const token = /access_token=|5f4dcc3b5aa765d61d8327deb882cf99|wxkfModelKey/;
  assert.doesNotMatch(inspect([both.bot, failed, both.errors], { depth: 9, showHidden: true }), token);
});
