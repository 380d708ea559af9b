// The state machines and the calls, from JavaScript's side.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Account, BASE_URL, Conversation, decode, Dedupe, errcode, request, splitText, TokenKeeper } from "wxkf";
import { NOW, OPTIONS, push, thrownAs } from "./support/pushes.mjs";

const account = new Account(OPTIONS);

test("a conversation counts, and survives as bytes", () => {
  const { query, body } = push();
  const received = account.receive(query, body);
  let conversation = new Conversation("official_account");
  assert.equal(conversation.keepUntil(), null);
  assert.deepEqual(conversation.reserve(NOW), { ok: false, refused: "window_closed", retryAt: null });
  assert.equal(conversation.observe(received, NOW), "new");
  assert.equal(conversation.observe(received.inbound, NOW + 1), "repeat");
  conversation.forget(received);
  assert.equal(conversation.observe(received, NOW + 2), "new");

  const held = conversation.reserve(NOW + 1000);
  assert.deepEqual(held, { ok: true, id: held.id, sure: true });
  // An id names the life of its record beside its number.
  assert.deepEqual([held.id % 2 ** 21, Number.isSafeInteger(held.id), held.id > 2 ** 21], [1, true, true]);
  conversation = Conversation.restore(conversation.snapshot(), { preset: "official_account", cautious: true });
  const allowance = conversation.allowance(NOW + 1000);
  assert.deepEqual(allowance, { atLeast: 4, atMost: 5, held: 1, closesAt: NOW + 48 * 3600_000 });
  assert.deepEqual(conversation.settle(held.id, "delivered", NOW + 1100), { settled: "applied" });
  assert.deepEqual(conversation.settle(held.id, "delivered", NOW + 1100), { settled: "stale" });
  const second = conversation.reserve(NOW + 1200);
  assert.deepEqual(conversation.settle(second.id, { errcode: 45047 }, NOW + 1300), { settled: "retry_after", retryAfterMs: 1000 });
  assert.ok(conversation.keepUntil() >= NOW);
  assert.ok(conversation.nextDeadline() > NOW);
});

test("typing is shown once", () => {
  const conversation = new Conversation("mini_program");
  conversation.observe({ key: "k", trigger: "message" }, NOW);
  assert.deepEqual(conversation.startTyping(NOW), { ok: true });
  assert.equal(conversation.startTyping(NOW + 1).refused, "already_typing");
  conversation.stopTyping();
  assert.deepEqual(conversation.startTyping(NOW + 2), { ok: true });
});

test("what became of typing is told, by name and by code", () => {
  const begun = () => {
    const conversation = new Conversation("mini_program");
    conversation.observe({ key: "k", trigger: "message" }, NOW);
    assert.deepEqual(conversation.startTyping(NOW + 15_000), { ok: true });
    return conversation;
  };
  for (const [as, refused] of [
    ["delivered", "already_typing"],
    [{ errcode: 0 }, "already_typing"],
    [{ errcode: 45081 }, "already_typing"],
    ["not_sent", undefined],
    [{ errcode: 40001 }, undefined],
    [{ errcode: 45080 }, "no_recent_message"],
    ["window_closed", "window_closed"],
  ]) {
    const conversation = begun();
    conversation.settleTyping(as, NOW + 15_010);
    assert.equal(conversation.startTyping(NOW + 15_020).refused, refused, JSON.stringify(as));
  }
  const conversation = begun();
  const before = conversation.snapshot();
  for (const wrong of ["sent", "rejected", { errcode: "0" }, undefined]) {
    assert.throws(() => conversation.settleTyping(wrong, NOW), ({ code }) => code === "binding.argument_invalid");
    assert.deepEqual(conversation.snapshot(), before);
  }
});

test("a message that went out elsewhere is counted", () => {
  const conversation = new Conversation("mini_program");
  conversation.observe({ key: "k", trigger: "message" }, NOW);
  const { atLeast } = conversation.allowance(NOW + 1000);
  conversation.sentElsewhere(NOW + 1000, NOW + 2000);
  conversation.sentElsewhere(undefined, NOW + 2000);
  assert.equal(conversation.allowance(NOW + 2000).atLeast, atLeast - 2);
  assert.throws(() => conversation.sentElsewhere("now"), thrownAs("binding.argument_invalid", "at"));
});

test("a user of whom more came than is remembered is told apart", () => {
  const conversation = new Conversation("mini_program");
  const seen = Array.from({ length: 1100 }, (_, at) => conversation.observe({ key: `${at}`, trigger: "message" }, NOW));
  assert.deepEqual([seen[999], seen[1099]], ["new", "overflow"]);
  assert.equal(conversation.observe({ key: "0", trigger: "message" }, NOW + 30_000), "repeat");
  assert.ok(conversation.snapshot().length < 16_384);
});

test("the times of a policy are checked by name", () => {
  const policy = { preset: "mini_program", travel_ms: 1, traffic_ms: 60_000, typing_ms: 2 };
  const conversation = new Conversation(policy);
  conversation.observe({ key: "k", trigger: "message" }, NOW);
  assert.deepEqual(conversation.startTyping(NOW + 50_000), { ok: true });
  assert.deepEqual(conversation.startTyping(NOW + 50_002), { ok: true });
  assert.throws(() => new Conversation({ ...policy, travel_ms: -1 }), thrownAs("config.policy_invalid", "travel_ms"));
});

test("a memory of pushes", () => {
  let dedupe = new Dedupe({ capacity: 2, horizonMs: 1000 });
  assert.deepEqual(dedupe.observe("a", 5), { repeat: false });
  assert.deepEqual(dedupe.observe("a", 6), { repeat: true, since: 5 });
  dedupe = Dedupe.restore(dedupe.snapshot(), { capacity: 2, horizonMs: 1000 });
  assert.equal(dedupe.size, 1);
  dedupe.forget("a");
  assert.deepEqual(dedupe.observe("a", 7), { repeat: false });
});

test("one fetches the token, the others wait", () => {
  let keeper = new TokenKeeper();
  const step = keeper.step(NOW);
  assert.deepEqual(step, { do: "fetch", id: step.id, force: false });
  assert.deepEqual([step.id % 2 ** 21, Number.isSafeInteger(step.id), step.id > 2 ** 21], [1, true, true]);
  assert.equal(keeper.step(NOW + 1).do, "wait");
  assert.equal(keeper.fetched(step.id, { token: "T", expiresIn: 7200 }, NOW + 100), "applied");
  keeper = TokenKeeper.restore(keeper.snapshot());
  assert.deepEqual(keeper.step(NOW + 200), { do: "use", token: "T" });
  assert.equal(keeper.rejected("other", NOW + 300), "stale");
  assert.equal(keeper.rejected("T", NOW + 20_000), "applied");
  assert.equal(keeper.step(NOW + 20_000).do, "fetch");
  assert.equal(keeper.refreshToken, null);
  const authorizer = new TokenKeeper("authorizer", { refreshToken: "R" });
  assert.equal(authorizer.refreshToken, "R");
  assert.equal(authorizer.fetchFailed(authorizer.step(NOW).id, "busy", NOW), "applied");
});

test("a call is ready for fetch", () => {
  const call = request("message.custom.send", { touser: "o", msgtype: "text", text: { content: "你好" } });
  assert.equal(call.method, "POST");
  assert.equal(call.body, '{"touser":"o","msgtype":"text","text":{"content":"你好"}}');
  assert.equal(call.url("a+b'c"), `${BASE_URL}/cgi-bin/message/custom/send?access_token=a%2Bb%27c`);
  assert.equal(call.url("t", "http://localhost:1//"), "http://localhost:1/cgi-bin/message/custom/send?access_token=t");
  const sent = new Request(call.url("t"), call);
  assert.deepEqual([sent.method, sent.headers.get("content-type")], ["POST", call.headers["content-type"]]);
  const get = request("customservice.getkflist", {});
  assert.deepEqual([get.method, "body" in get, get.headers], ["GET", false, {}]);
});

test("parameters as text keep their long ids", () => {
  const call = request("customservice.msgrecord.getmsglist", '{"starttime":1,"endtime":2,"msgid":9007199254740993,"number":1}');
  assert.match(call.body, /"msgid":9007199254740993\b/);
});

test("a file goes out as a form", () => {
  const media = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
  const random = new Uint8Array(16).fill(7);
  const call = request("media.upload", { type: "image", media, filename: "p.jpg" }, { random });
  assert.match(call.headers["content-type"], /^multipart\/form-data; boundary=/);
  assert.ok(call.body instanceof Uint8Array);
  assert.ok(Buffer.from(call.body).includes(media));
  assert.equal(call.url("t").endsWith("?access_token=t&type=image"), true);
  assert.throws(() => request("media.upload", { type: "image", media: "text" }), (error) => error.code.startsWith("request."));
});

test("an answer is accepted or rejected", async () => {
  const rejected = decode("message.custom.send", { status: 200, body: '{"errcode":45047,"errmsg":"out of limit rid: 60a1b2c3-1a2b3c4d-5e6f7a8b"}' });
  assert.deepEqual([rejected.ok, rejected.rejection.kind, rejected.rejection.rid], [false, "quota_exhausted", "60a1b2c3-1a2b3c4d-5e6f7a8b"]);
  assert.deepEqual(decode("message.custom.send", { status: 200, body: '{"errcode":0}' }), { ok: true, value: {} });
  const response = new Response('{"access_token":"T","expires_in":7200}');
  assert.deepEqual(await decode("stable_token", response), { ok: true, value: { access_token: "T", expires_in: 7200 } });
  assert.throws(() => decode("stable_token", { status: 502, body: "<html>" }), thrownAs("response.malformed", undefined));
});

test("a file comes as bytes", async () => {
  const file = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0xd, 0xa, 0x1a, 0xa, 0xff]);
  const headers = { "content-type": "image/png", "content-disposition": 'attachment; filename="a.png"' };
  const { ok, value } = await decode("media.get", new Response(file, { headers }));
  assert.equal(ok, true);
  assert.deepEqual(value.media, file);
  assert.equal(value.content_type, "image/png");
  assert.equal("media_base64" in value, false);
});

test("a long text is split", () => {
  assert.deepEqual(splitText("hello world", { maxBytes: 6 }), { parts: ["hello ", "world"], rest: "" });
  assert.deepEqual(splitText("hello world", { maxBytes: 6, maxParts: 1 }), { parts: ["hello "], rest: "world" });
  assert.equal(splitText("好".repeat(1000)).parts.length, 2);
});

test("return codes have advice", () => {
  const quota = errcode(45047);
  assert.equal(quota.kind, "quota_exhausted");
  assert.match(quota.advice.en, /\w/);
  assert.match(quota.advice.zh, /\p{Script=Han}/u);
  assert.equal(errcode(123456789), null);
});
