// Objects in the memory of the core: freed by hand or by the garbage collector, and then of no use.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { NOW, OPTIONS, push, thrownAs } from "./support/pushes.mjs";

setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc");

// A copy of the package whose memory can be seen.
const Instance = WebAssembly.Instance;
let memory;
WebAssembly.Instance = class extends Instance {
  constructor(...args) {
    super(...args);
    memory = this.exports.memory;
  }
};
const slim = await import("wxkf/slim");

test("before init everything says what to call", () => {
  for (const call of [
    () => new slim.Account(OPTIONS),
    () => new slim.Conversation("mini_program"),
    () => new slim.Dedupe({ capacity: 1, horizonMs: 1 }),
    () => new slim.TokenKeeper(),
    () => slim.decodeUnverified("<xml/>"),
    () => slim.request("getcallbackip", {}),
    () => slim.decode("getcallbackip", { status: 200, body: "{}" }),
    () => slim.splitText("x"),
  ]) {
    assert.throws(call, (error) => thrownAs("binding.not_loaded", undefined)(error) && /init\(/.test(error.message));
  }
});

test("init takes the module's bytes, once", async () => {
  for (const wrong of [undefined, "wasm", {}]) {
    assert.throws(() => slim.init(wrong), thrownAs("binding.argument_invalid", "module"));
  }
  const bytes = await readFile(createRequire(import.meta.url).resolve("wxkf/wxkf.wasm"));
  slim.init(bytes);
  const first = memory;
  slim.init(new WebAssembly.Module(bytes));
  assert.equal(memory, first);
  WebAssembly.Instance = Instance;
  assert.equal(slim.splitText("x").rest, "");
});

test("what was freed throws, and may be freed again", () => {
  const account = new slim.Account(OPTIONS);
  const { query, body } = push();
  const received = account.receive(query, body);
  account.free();
  account.free();
  for (const call of [
    () => account.receive(query, body),
    () => account.verifyUrl(query),
    () => account.sign("1", "2"),
    () => account.reply(received, "hi"),
    () => slim.explain(account, query, body),
    () => received.plaintext,
    () => received.tree,
  ]) {
    assert.throws(call, thrownAs("binding.freed", undefined));
  }
  assert.equal(received.inbound.kind, "text");
  const conversation = new slim.Conversation("mini_program");
  conversation[Symbol.dispose]();
  assert.throws(() => conversation.reserve(NOW), thrownAs("binding.freed", undefined));
});

test("a hundred thousand objects that are freed take no memory", () => {
  const use = () => {
    for (let i = 0; i < 20_000; i++) {
      const conversation = new slim.Conversation("mini_program");
      conversation.observe({ key: String(i), trigger: "message" }, NOW);
      conversation.free();
    }
  };
  use();
  const before = memory.buffer.byteLength;
  for (let round = 0; round < 4; round++) use();
  assert.equal(memory.buffer.byteLength, before);
});

test("objects that are let go are collected", async () => {
  const round = async () => {
    for (let i = 0; i < 5_000; i++) new slim.Account(OPTIONS);
    gc();
    await setTimeout(5); // the registry's callbacks come after this turn
  };
  for (let warm = 0; warm < 3; warm++) await round();
  const before = memory.buffer.byteLength;
  for (let more = 0; more < 8; more++) await round();
  assert.ok(memory.buffer.byteLength <= before * 1.2, `${before} bytes became ${memory.buffer.byteLength}`);
});

test("errors free what they have begun", () => {
  const fail = () => {
    for (let i = 0; i < 20_000; i++) {
      assert.throws(() => new slim.Account({ ...OPTIONS, mode: "open" }));
      assert.throws(() => new slim.Account({ ...OPTIONS, encodingAesKey: "short" }));
      assert.throws(() => new slim.Conversation("none"));
    }
  };
  fail();
  const before = memory.buffer.byteLength;
  fail();
  assert.equal(memory.buffer.byteLength, before);
});
