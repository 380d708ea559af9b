// What comes in, and what is answered.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Account, Conversation, decodeUnverified, explain, isWxkfError, replyCaution, WxkfError } from "wxkf";
import { NOW, OPTIONS, plainPush, push, textMessage, thrownAs } from "./support/pushes.mjs";

const account = new Account(OPTIONS);

test("an account shows what it is", () => {
  assert.equal(account.kind, "official_account");
  assert.equal(account.appId, OPTIONS.appId);
  assert.equal(account.mode, "secure");
  assert.equal(new Account({ ...OPTIONS, mode: "compatible" }).mode, "compatible");
  assert.equal(new Account({ kind: "mini_program", appId: "wx1", token: "t", mode: "plain" }).mode, "plain");
});

test("the check of the URL is answered, whatever has the URL", () => {
  const query = `signature=${account.sign("1763700000", "7")}&timestamp=1763700000&nonce=7&echostr=42`;
  const url = `https://bot.example/wx?${query}#top`;
  for (const source of [query, `?${query}`, `/wx?${query}`, url, new URL(url), { url: `/wx?${query}` }]) {
    assert.equal(account.verifyUrl(source, NOW), "42");
  }
  assert.throws(() => account.verifyUrl("/wx"), thrownAs("callback.parameter_missing", "echostr"));
});

test("a push is received, and its times are in milliseconds", () => {
  const { query, body } = push();
  const received = account.receive(query, body);
  assert.equal(received.sealed, true);
  assert.equal(received.format, "xml");
  assert.equal(received.keyIndex, 0);
  assert.equal(received.tokenIndex, 0);
  assert.equal(received.wantsErrCode, false);
  assert.equal(received.inbound.kind, "text");
  assert.equal(received.inbound.content.content, "hello");
  assert.equal(received.inbound.created, NOW);
  assert.equal(received.plaintext, textMessage());
  assert.equal(received.tree.Content, "hello");
  assert.deepEqual(Buffer.from(account.open(query, body)).toString(), textMessage());
});

test("what was received is plain data", () => {
  const { query, body } = push();
  const received = account.receive(query, body);
  const copy = JSON.parse(JSON.stringify(received));
  assert.deepEqual(Object.keys(copy).sort(), Object.keys(received).sort());
  assert.deepEqual(copy.inbound, received.inbound);
  assert.equal(account.reply(copy, "hi").contentType, "text/xml; charset=utf-8");
});

test("the text is read again even if the body was written over", () => {
  const { query, body } = push();
  for (const dress of [(it) => it, ({ buffer }) => buffer, ({ buffer }) => new DataView(buffer)]) {
    const bytes = new TextEncoder().encode(body);
    const received = account.receive(query, dress(bytes));
    bytes.fill(0);
    assert.equal(received.plaintext, textMessage());
  }
});

test("a request that was read before is refused as what it is", async () => {
  const { query, body } = push();
  const request = new Request(`https://bot.example/wx?${query}`, { method: "POST", body });
  await request.text();
  await assert.rejects(account.receive(request, NOW), thrownAs("binding.argument_invalid", "request"));
});

test("a message of any time can be taken note of", () => {
  for (const created of ["0", "-5", "1e3", "99999999999999", "9007199254740993", "99999999999999999999"]) {
    const { inbound } = decodeUnverified(`{"MsgType":"text","Content":"hi","CreateTime":${created}}`);
    assert.equal(new Conversation("mini_program").observe(inbound, NOW), "new");
  }
});

test("a tree inside typed content keeps its long numbers", () => {
  const message = `{"FromUserName":"o","CreateTime":1763700000,"MsgType":"event","Event":"open_product_order_pay","order_info":{"order_id":12345678901234567890,"number":7}}`;
  const { inbound } = decodeUnverified(message);
  assert.deepEqual(inbound.content, { order_info: { order_id: "12345678901234567890", number: 7 } });
});

test("bytes may come in any dress", () => {
  const { query, body } = push();
  const bytes = Buffer.from(`xx${body}`).subarray(2);
  const exact = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  for (const dress of [body, bytes, new Uint8Array(bytes), exact, new DataView(exact)]) {
    assert.equal(account.receive(query, dress).inbound.kind, "text");
  }
});

test("a request in the style of fetch is read once", async () => {
  const { query, body } = push();
  const request = new Request(`https://bot.example/wx?${query}`, { method: "POST", body });
  assert.equal((await account.receive(request, NOW)).inbound.kind, "text");
  assert.equal(request.bodyUsed, true);
  const empty = new Request(`https://bot.example/wx?${query}`, { method: "POST" });
  await assert.rejects(account.receive(empty), isWxkfError);
});

test("of a body without end no more is read than can be accepted", async () => {
  const small = new Account({ ...OPTIONS, maxBody: 1000 });
  let given = 0;
  const endless = new ReadableStream({
    pull(controller) {
      given += 1000;
      controller.enqueue(new Uint8Array(1000).fill(65));
    },
  });
  const { query } = push();
  const request = new Request(`https://bot.example/?${query}`, { method: "POST", body: endless, duplex: "half" });
  await assert.rejects(small.receive(request), thrownAs("callback.body_too_large", undefined));
  assert.ok(given < 20_000, `${given} bytes were asked for`);
  assert.throws(() => small.receive(query, new Uint8Array(1e7)), thrownAs("callback.body_too_large", undefined));
});

test("replies are sealed if the push was, and open again", () => {
  const { query, body } = push();
  const received = account.receive(query, body);
  const random = new Uint8Array(16).fill(1);
  const reply = account.reply(received, "你好", { now: NOW, nonce: "9", random });
  assert.deepEqual(account.reply(received.replyTo, { type: "text", content: "你好" }, { now: NOW, nonce: "9", random }), reply);
  const [, signature] = /<MsgSignature><!\[CDATA\[(.*?)\]\]>/.exec(reply.body);
  const opened = account.open(`timestamp=${NOW / 1000}&nonce=9&msg_signature=${signature}`, reply.body);
  assert.match(Buffer.from(opened).toString(), /<Content><!\[CDATA\[你好\]\]><\/Content>/);
  assert.deepEqual(account.reply(received, { type: "success" }), { body: "success", contentType: "text/plain; charset=utf-8" });
  assert.deepEqual(account.reply(received, { type: "empty" }), { body: "", contentType: "text/plain; charset=utf-8" });
});

test("an answer that WeChat is known to refuse has a caution", () => {
  assert.equal(replyCaution("好".repeat(682)), null);
  assert.equal(replyCaution("好".repeat(683)), "long_reply");
  assert.equal(replyCaution({ type: "text", content: "x".repeat(2049) }), "long_reply");
  assert.equal(replyCaution({ type: "success" }), null);
  assert.throws(() => replyCaution({ type: "poem" }), isWxkfError);
});

test("white space around what was pasted is dropped", () => {
  const pasted = Object.fromEntries(Object.entries(OPTIONS).map(([name, value]) => [name, name === "kind" ? value : ` ${value}\n`]));
  const same = new Account(pasted);
  const { query, body } = push();
  assert.equal(same.receive(query, body).inbound.kind, "text");
  assert.equal(same.appId, OPTIONS.appId);
});

test("an account without a key is plain by name only", () => {
  const { encodingAesKey: _, ...open } = OPTIONS;
  for (const mode of [undefined, "secure", "compatible"]) {
    assert.throws(() => new Account({ ...open, mode }), thrownAs("config.mode_needs_key", "mode"));
  }
  assert.equal(new Account({ ...open, mode: "plain" }).mode, "plain");
});

test("two answers differ, as the random bytes are fresh", () => {
  const { query, body } = push();
  const received = account.receive(query, body);
  assert.notEqual(account.reply(received, "hi", { now: NOW }).body, account.reply(received, "hi", { now: NOW }).body);
});

test("a mini program is told what it cannot answer", () => {
  const options = { ...OPTIONS, kind: "mini_program" };
  const program = new Account(options);
  const json = JSON.stringify({ ToUserName: "gh_0123456789ab", FromUserName: "o", CreateTime: 1, MsgType: "text", Content: "x", MsgId: 7 });
  const { query, body } = push(json, options);
  const received = program.receive(query, body);
  assert.equal(received.format, "json");
  assert.throws(() => program.reply(received, "hi"), thrownAs("reply.unsupported", undefined));
  const handed = program.reply(received, { type: "transfer_customer_service" });
  assert.equal(handed.contentType, "application/json; charset=utf-8");
});

test("an event that has to be answered by a code says so", () => {
  const event = "<MsgType>event</MsgType><Event>xpay_goods_deliver_notify</Event>";
  const { query, body } = push(textMessage().replace(/<MsgType>.*<\/MsgId>/, event));
  assert.equal(account.receive(query, body).wantsErrCode, true);
});

test("long ids stay what they are", () => {
  const json = '{"MsgType":"text","MsgId":18446744073709551615,"order":{"id":3705115058471208929,"n":7}}';
  const decoded = decodeUnverified(json);
  assert.equal(decoded.inbound.msg_id, "18446744073709551615");
  assert.deepEqual(decoded.tree.order, { id: "3705115058471208929", n: 7 });
  assert.equal(decoded.treeJson, json);
  const plain = new Account({ ...OPTIONS, encodingAesKey: undefined, mode: "plain" });
  const { query, body } = plainPush(json, OPTIONS);
  assert.equal(plain.receive(query, body).tree.MsgId, "18446744073709551615");
});

test("an error has a code, an origin, a field and a sentence", () => {
  const { query, body } = push();
  try {
    account.receive(query.replace(/msg_signature=./, "msg_signature=x"), body);
    assert.fail("it was accepted");
  } catch (error) {
    assert.ok(error instanceof WxkfError && isWxkfError(error));
    assert.equal(error.name, "WxkfError");
    assert.equal(error.code, "callback.signature_mismatch");
    assert.equal(error.origin, "peer");
    assert.match(error.message, /^callback\.signature_mismatch: .* \[msg_signature\]$/);
  }
  assert.throws(() => new Account({ ...OPTIONS, encodingAesKey: "short" }), thrownAs("config.key_invalid", "encoding_aes_key"));
});

test("a refusal is explained in two languages", () => {
  const { query, body } = push();
  assert.deepEqual(explain(account, query, body).accepted, true);
  const other = new Account({ ...OPTIONS, token: "another" });
  const { accepted, code, steps } = explain(other, query, body);
  assert.deepEqual([accepted, code], [false, "callback.signature_mismatch"]);
  const last = steps.at(-1);
  assert.equal(last.verdict, "fails");
  assert.match(last.en, /\w/);
  assert.match(last.zh, /\p{Script=Han}/u);
});
