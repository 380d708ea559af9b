// The module that is shipped can reach nothing but the glue that came with it: no clock, no randomness, no
// network. And it holds nothing that only people read.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

const dist = (name) => readFileSync(new URL(`../dist/${name}`, import.meta.url));
/** AES where the runtime has it, which ends in a hash of wasm-bindgen's, and what its start asks for. */
const GLUE = [/^__wbg_aes_256_cbc_/, /^__wbindgen_init_externref_table$/];

/** The imports of a module that are no glue. */
function strangers(bytes) {
  return WebAssembly.Module.imports(new WebAssembly.Module(bytes)).filter(
    ({ module, name, kind }) =>
      module !== "./core_bg.js" || kind !== "function" || !GLUE.some((known) => known.test(name)),
  );
}

test("the shipped module imports only its glue", () => {
  const bytes = dist("wxkf.wasm");
  assert.deepEqual(strangers(bytes), []);
  assert.ok(WebAssembly.Module.imports(new WebAssembly.Module(bytes)).length > 0);
});

test("the module has one function besides those of its memory", () => {
  const exports = WebAssembly.Module.exports(new WebAssembly.Module(dist("wxkf.wasm")));
  const functions = exports.filter(({ kind }) => kind === "function").map(({ name }) => name);
  assert.deepEqual(functions.sort(), ["__wbindgen_free", "__wbindgen_malloc", "__wbindgen_start", "call"]);
});

test("texts for people are apart from the module", () => {
  // Links to the platform's pages, and requests in Chinese.
  for (const text of ["https://developers.weixin.qq.com", "请"]) {
    assert.ok(!dist("wxkf.wasm").includes(text), text);
  }
  assert.ok(dist("index.js").includes("\\u8BF7"));
});

test("the copies in scripts are the shipped module", () => {
  const base64 = dist("wxkf.wasm").toString("base64");
  for (const name of ["wasm.js", "wasm.cjs"]) {
    assert.ok(dist(name).includes(base64), `${name} carries another module`);
  }
});

test("any other import is seen", () => {
  const text = (value) => [value.length, ...Buffer.from(value)];
  const module = (from, name) => {
    const imported = [1, ...text(from), ...text(name), 0, 0];
    const types = [1, 4, 1, 0x60, 0, 0];
    return Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...types, 2, imported.length, ...imported]);
  };
  assert.equal(strangers(module("./core_bg.js", "__wbindgen_init_externref_table")).length, 0);
  assert.equal(strangers(module("./core_bg.js", "now")).length, 1);
  assert.equal(strangers(module("env", "__wbindgen_init_externref_table")).length, 1);
});
