// Two copies of the package in one program, as a bundle or an older runtime brings about.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { inspect } from "node:util";
import * as esm from "wxkf";
import { NOW, OPTIONS, push, thrownAs } from "./support/pushes.mjs";

const require = createRequire(import.meta.url);
const cjs = require("../dist/index.cjs");

test("import and require of this Node give the same copy", () => {
  assert.equal(require("wxkf").Account, esm.Account);
  assert.notEqual(cjs.Account, esm.Account);
  assert.deepEqual(Object.keys(cjs).sort(), Object.keys(esm).sort());
});

test("errors are known across copies", () => {
  for (const [here, there] of [[esm, cjs], [cjs, esm]]) {
    assert.throws(() => there.splitText(7), (error) => here.isWxkfError(error) && !(error instanceof here.WxkfError));
  }
  assert.equal(esm.isWxkfError(new Error("x")), false);
  assert.equal(esm.isWxkfError({ name: "WxkfError", code: "x" }), false);
});

test("handles are not: their memory is elsewhere", () => {
  const account = new cjs.Account(OPTIONS);
  assert.throws(() => esm.explain(account, "", ""), thrownAs("binding.argument_invalid", "this"));
  assert.throws(() => esm.Account.prototype.sign.call(account, "1", "2"), thrownAs("binding.argument_invalid", "this"));
});

test("data and snapshots are", () => {
  const { query, body } = push();
  const received = new cjs.Account(OPTIONS).receive(query, body);
  assert.match(new esm.Account(OPTIONS).reply(received, "hi").body, /<Encrypt>/);
  const conversation = new cjs.Conversation("official_account");
  conversation.observe(received, NOW);
  const copy = esm.Conversation.restore(conversation.snapshot(), "official_account");
  assert.equal(copy.observe(received, NOW), "repeat");
});

test("no secret is printed", () => {
  const account = new esm.Account({ ...OPTIONS, previousTokens: ["formerToken"] });
  const keeper = new esm.TokenKeeper("authorizer", { refreshToken: "refreshSecret" });
  keeper.fetched(keeper.step(NOW).id, { token: "accessSecret", expiresIn: 7200 }, NOW);
  const secrets = [OPTIONS.token, OPTIONS.encodingAesKey, "formerToken", "refreshSecret", "accessSecret"];
  for (const it of [account, keeper]) {
    const shown = [
      inspect(it, { showHidden: true, depth: 20, getters: false }),
      JSON.stringify(it),
      String(it),
      JSON.stringify(Object.getOwnPropertyDescriptors(it)),
    ];
    for (const text of shown) for (const secret of secrets) assert.equal(text.includes(secret), false, text);
  }
  const { query, body } = push();
  assert.throws(() => account.receive(query, body.replace("A", "B")), (error) => {
    const text = inspect(error);
    return secrets.every((secret) => !text.includes(secret));
  });
});
