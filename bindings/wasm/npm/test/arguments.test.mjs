// Arguments that cannot be taken: a typed error that names them, and nothing has changed.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as wxkf from "wxkf";
import { OPTIONS, thrownAs } from "./support/pushes.mjs";

const { Account, Conversation, Dedupe, TokenKeeper } = wxkf;
const account = new Account(OPTIONS);

function detached(buffer = new ArrayBuffer(3)) {
  structuredClone(buffer, { transfer: [buffer] });
  return buffer;
}

function detachedView() {
  const view = new DataView(new ArrayBuffer(8));
  detached(view.buffer);
  return view;
}

/** An object that no stack is deep enough for. */
function deep() {
  const root = {};
  for (let at = root, depth = 0; depth < 1e5; depth++) at = at.a = {};
  return root;
}

const WRONG = [
  [() => new Account(), "options"],
  [() => new Account(null), "options"],
  [() => new Account({ ...OPTIONS, kind: "mini_game" }), "kind"],
  [() => new Account({ ...OPTIONS, token: undefined }), "token"],
  [() => new Account({ ...OPTIONS, appId: 7 }), "appId"],
  [() => new Account({ ...OPTIONS, mode: "open" }), "mode"],
  [() => new Account({ ...OPTIONS, maxBody: -1 }), "maxBody"],
  [() => new Account({ ...OPTIONS, maxBody: 2 ** 40 }), "maxBody"],
  [() => new Account({ ...OPTIONS, toleranceMs: 0.5 }), "toleranceMs"],
  [() => new Account({ ...OPTIONS, acceptIds: "wx1" }), "acceptIds"],
  [() => new Account({ ...OPTIONS, previousTokens: [7] }), "previousTokens"],
  [() => account.verifyUrl(undefined), "source"],
  [() => account.verifyUrl(null), "source"],
  [() => account.receive("a=b"), "body"],
  [() => account.receive("a=b", [1, 2]), "body"],
  [() => account.receive("a=b", "", -1), "now"],
  [() => account.receive("a=b", "", NaN), "now"],
  [() => account.receive("a=b", "", 2 ** 53), "now"],
  [() => account.receive("a=b", "", "1"), "now"],
  [() => account.receive("a=b", "", 1n), "now"],
  [() => account.reply({}, "hi"), "to"],
  [() => account.reply("{}", "hi", { random: new Uint8Array(15) }), "random"],
  [() => account.reply("{}", { type: "text", content: 1n }), "reply"],
  [() => account.seal("x").replyBody("yaml"), "format"],
  [() => wxkf.decodeUnverified(7), "body"],
  [() => new Conversation(undefined), "policy"],
  [() => new Conversation("mini_program").observe("key"), "push"],
  [() => new Conversation("mini_program").observe({ trigger: null }), "key"],
  [() => new Conversation("mini_program").observe({ key: "k", trigger: "click" }), "trigger"],
  [() => new Conversation("mini_program").observe({ key: "k", trigger: null, at: -1 }), "at"],
  [() => new Conversation("mini_program").settle(1.5, "delivered"), "id"],
  [() => new Conversation("mini_program").settle(1, "sent"), "as"],
  [() => new Conversation("mini_program").settle(1, { errcode: "0" }), "as.errcode"],
  [() => Conversation.restore("", undefined), "policy"],
  [() => Conversation.restore(7, "mini_program"), "snapshot"],
  [() => new Dedupe({ capacity: -1, horizonMs: 1 }), "capacity"],
  [() => new Dedupe({ capacity: 1 }), "horizonMs"],
  [() => new Dedupe({ capacity: 1, horizonMs: 1 }).observe(7), "push"],
  [() => new TokenKeeper("oauth"), "source"],
  [() => new TokenKeeper().fetched(1, { token: "t", expiresIn: "7200" }), "expiresIn"],
  [() => new TokenKeeper().fetchFailed(1, "oops"), "failure"],
  [() => wxkf.request("stable_token", undefined), "params"],
  [() => wxkf.request("stable_token", { appid: 1n }), "params"],
  [() => wxkf.request("stable_token", {}, { kind: "mini_game" }), "kind"],
  [() => wxkf.request("message.custom.send", { msgid: 23241477706429916 }), "msgid"],
  [() => wxkf.request("getcallbackip", {}).url(), "token"],
  [() => wxkf.decode("stable_token", undefined), "response"],
  [() => wxkf.decode("stable_token", { status: 1e6, body: "{}" }), "status"],
  [() => wxkf.splitText(7), "text"],
  [() => wxkf.splitText("x", { maxBytes: 5e9 }), "maxBytes"],
  [() => wxkf.errcode("45047"), "code"],
  [() => wxkf.explain({}, "", ""), "this"],
  // Half a character would become another one on its way, and a key the key of something else.
  [() => wxkf.splitText("a\ud800"), "text"],
  [() => new Dedupe({ capacity: 1, horizonMs: 1 }).observe("\udfff"), "push"],
  [() => new Conversation("mini_program").observe({ key: "\ud800", trigger: null }), "key"],
  [() => account.receive("a=\ud800", ""), "source"],
  // Bytes that are there no longer, or never were.
  [() => account.receive("a=b", detached()), "body"],
  [() => account.receive("a=b", detachedView()), "body"],
  [() => account.receive("a=b", new SharedArrayBuffer(3)), "body"],
  [() => account.receive("a=b", { [Symbol.toStringTag]: "ArrayBuffer", length: 1e12 }), "body"],
  [() => wxkf.request("message.custom.send", deep()), "params"],
  [() => new TokenKeeper(7), "source"],
  [() => new Conversation("mini_program", 7), "snapshot"],
];

for (const [call, field] of WRONG) {
  test(`${String(call).slice(6)} names ${field}`, () => {
    assert.throws(call, thrownAs("binding.argument_invalid", field));
  });
}

test("what is refused changes nothing", () => {
  const conversation = new Conversation("mini_program");
  conversation.observe({ key: "k", trigger: "message" }, 1000);
  const before = conversation.snapshot();
  for (const call of [
    () => conversation.observe({ key: "l", trigger: "click" }, 2000),
    () => conversation.reserve(-1),
    () => conversation.settle(1, "sent", 2000),
  ]) {
    assert.throws(call);
    assert.deepEqual(conversation.snapshot(), before);
  }
});

test("names of the core are refused by the core, with its codes", () => {
  assert.throws(() => new Conversation("mini"), thrownAs("config.policy_invalid", "preset"));
  assert.throws(() => wxkf.request("no.such.call", {}), (error) => error.code.startsWith("request."));
  assert.throws(() => wxkf.request("message.custom.typing", { touser: "o" }), thrownAs("request.field_missing", "command"));
  assert.throws(() => TokenKeeper.restore(new Uint8Array(3)), (error) => error.code.startsWith("snapshot."));
  assert.throws(() => account.reply("{", "hi"), wxkf.isWxkfError);
});

test("an argument that frees the account in between is met by a typed error", () => {
  const mortal = new Account(OPTIONS);
  const source = {
    get href() {
      mortal.free();
      return "a=b";
    },
  };
  assert.throws(() => mortal.receive(source, ""), thrownAs("binding.freed"));
});
