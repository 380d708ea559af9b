// What an error says: what was expected, where, and what came instead; never a secret.

import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { test } from "node:test";
import { Account, Conversation, decode, decodeUnverified, explain, request, splitText, TokenKeeper } from "wxkf";
import { createBot, memoryStore } from "wxkf/host";
import { OPTIONS, push } from "./support/pushes.mjs";

const account = new Account(OPTIONS);
const { query, body } = push();
const parsed = { ToUserName: "gh_0123456789ab", Encrypt: "A" };
const bot = (options) => createBot({ account, store: memoryStore(), ...options });

class Config {}

const SAYS = [
  [() => new Account(), "expected the options of the account in `options`, got undefined"],
  [() => new Account("wx1"), "expected the options of the account in `options`, got a string"],
  [() => new Account({ ...OPTIONS, appId: undefined }), "expected the AppID in `appId`, got undefined"],
  [() => new Account({ ...OPTIONS, appId: null }), "expected the AppID in `appId`, got null"],
  [() => new Account({ ...OPTIONS, token: 4711 }), "expected the Token of the message push in `token`, got a number"],
  [() => new Account({ ...OPTIONS, encodingAesKey: ["k"] }), "expected the EncodingAESKey in `encodingAesKey`, got an array"],
  [() => new Account({ ...OPTIONS, token: Promise.resolve("t") }), "expected the Token of the message push in `token`, got a promise: `await` it"],
  [() => new Account({ ...OPTIONS, token: () => "t" }), "expected the Token of the message push in `token`, got a function"],
  [() => new Account({ ...OPTIONS, token: new Config() }), "expected the Token of the message push in `token`, got a Config"],
  [() => new Account({ ...OPTIONS, kind: "mini_game" }), 'expected "mini_program" or "official_account" in `kind`, got "mini_game"'],
  [() => new Account({ ...OPTIONS, kind: undefined }), 'expected "mini_program" or "official_account" in `kind`, got undefined'],
  [() => new Account({ ...OPTIONS, mode: "open" }), 'expected "compatible", "plain" or "secure" in `mode`, got "open"'],
  [() => new Account({ ...OPTIONS, maxBody: 2 ** 40 }), "expected a number that is in reach in `maxBody`, got 1099511627776"],
  [() => new Account({ ...OPTIONS, toleranceMs: "5" }), "expected a whole number from 0 to 9007199254740991 in `toleranceMs`, got a string"],
  [() => new Account({ ...OPTIONS, toleranceMs: -1 }), "expected a whole number from 0 to 9007199254740991 in `toleranceMs`, got -1"],
  [() => new Account({ ...OPTIONS, acceptIds: "wx1" }), "expected an array of strings in `acceptIds`, got a string"],
  [() => new Account({ ...OPTIONS, previousTokens: [undefined] }), "expected a string of whole characters in `previousTokens`, got undefined"],
  [() => splitText("a\ud800"), "expected a string of whole characters in `text`, got a string with half a character"],
  [() => account.verifyUrl({ signature: "a" }), "expected the URL of the request, or its query string, in `source`, got an object"],
  [() => account.receive(query), "expected the body as it came, bytes or a string, in `body`, got undefined"],
  [() => account.receive(query, body, new Date()), "expected milliseconds since 1970 in `now`, got a Date"],
  [() => account.receive(query, body, 1.5), "expected milliseconds since 1970 in `now`, got 1.5"],
  [() => account.seal("x").replyBody("yaml"), 'expected "json" or "xml" in `format`, got "yaml"'],
  [() => account.reply({}, "hi"), "expected what was received, or its `replyTo`, in `to`, got an object"],
  [() => account.reply("{}", { type: "text", content: 1n }), "expected what JSON can hold in `reply`, got an object"],
  [() => new Conversation("mini_program").settle(1, "sent"), /^expected "delivered", .* or "window_closed", or an errcode, in `as`, got "sent"$/],
  [() => new Conversation("mini_program").observe({ key: "k", trigger: "click" }), /^expected "enter", .* or "unsubscribe", or null, in `trigger`, got "click"$/],
  [() => new TokenKeeper("oauth"), 'expected "authorizer", "stable_token" or "token" in `source`, got "oauth"'],
  [() => request("getcallbackip", {}).url(), "expected the access token in `token`, got undefined"],
  [() => request("message.custom.send", { msgid: 23241477706429916 }), "expected a number that JavaScript can hold, or a string, in `msgid`, got 23241477706429916"],
  [() => explain({}, "", ""), "expected an object of this copy of wxkf in `this`, got an object"],
  [() => bot({ store: new Map() }), "expected a store, with `get` and `compareAndSet`, in `store`, got a Map"],
  [() => bot({ secret: 7 }), "expected the AppSecret in `secret`, got a number"],
  [() => bot({ onMessage: "hi" }), "expected a function in `onMessage`, got a string"],
  [() => bot({ passiveDeadlineMs: NaN }), "expected milliseconds in `passiveDeadlineMs`, got NaN"],
];

for (const [call, sentence] of SAYS) {
  test(`${String(call).slice(6)}: ${sentence}`, () => {
    assert.throws(call, (error) => {
      const said = error.message.replace(/^binding\.argument_invalid: /, "");
      if (typeof sentence === "string") assert.equal(said, sentence);
      else assert.match(said, sentence);
      return true;
    });
  });
}

test("a body that a parser had is told from raw bytes", () => {
  const hint = /binding\.argument_invalid: expected the body as it came, bytes or a string, in `body`, got an? (object|array): a body parser has been here/;
  for (const made of [parsed, {}, [], Object.create(null), { xml: parsed }]) {
    assert.throws(() => account.receive(query, made), hint);
    assert.throws(() => account.open(query, made), hint);
    assert.throws(() => explain(account, query, made), hint);
  }
  assert.throws(() => account.receive(query, Readable.from([body])), /got a Readable: a stream, read it first$/);
  assert.throws(() => decodeUnverified({ MsgType: "text" }), /got an object: hand over the text, or `JSON.stringify` it$/);
  assert.throws(() => account.verifyUrl({ query: {} }), /in `source`, got an object$/);
});

test("no value of a secret is in a message", () => {
  const secret = "5f4dcc3b5aa765d61d8327deb882cf99";
  for (const wrong of [`${secret}\ud800`, [secret], { secret }, 5413]) {
    for (const name of ["appId", "token", "encodingAesKey"]) {
      assert.throws(() => new Account({ ...OPTIONS, [name]: wrong }), ({ message }) => !/5f4d|5413/.test(message));
    }
    if (typeof wrong !== "string") assert.throws(() => bot({ secret: wrong }), ({ message }) => !/5f4d|5413/.test(message));
  }
});

test("what cannot be looked at is an object", () => {
  const hostile = new Proxy({}, {
    get() {
      throw new Error("no");
    },
    getPrototypeOf() {
      throw new Error("no");
    },
  });
  assert.throws(() => splitText(hostile), /got an object$/);
});

test("a detail of the core is part of the message", () => {
  assert.throws(
    () => decode("getcallbackip", { status: 502, body: "<html>Bad gateway" }),
    ({ message, detail }) => typeof detail === "string" && message.endsWith(`: ${detail}`),
  );
});
