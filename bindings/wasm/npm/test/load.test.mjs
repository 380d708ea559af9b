// Loading touches nothing that some runtime forbids outside a request: no randomness, clock, network or timer. In
// Node it reads the module from its file.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";

const poison = `
  const used = [];
  const forbid = (holder, name) => {
    const real = holder[name];
    Object.defineProperty(holder, name, { configurable: true, get() { used.push(name); return real; } });
  };
  for (const name of ["crypto", "fetch", "performance", "setTimeout", "setInterval", "queueMicrotask"]) forbid(globalThis, name);
  for (const [holder, name] of [[Date, "now"], [Math, "random"], [process, "getBuiltinModule"]]) forbid(holder, name);
`;

/** What a file of the package uses of that while it loads, and then while it draws random bytes. */
function used(file) {
  const url = new URL(`../dist/${file}`, import.meta.url).href;
  const script = `${poison}
    const wxkf = await import(${JSON.stringify(url)});
    const atLoad = [...used];
    if (wxkf.Account) {
      new wxkf.Account({ kind: "mini_program", appId: "wx0123456789abcdef", token: "t", encodingAesKey: "${"a".repeat(43)}" }).seal("x");
    }
    console.log(JSON.stringify([atLoad, used]));`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", script]);
  assert.equal(status, 0, String(stderr));
  return JSON.parse(stdout);
}

test("loading needs no randomness, clock, network or timer", () => {
  for (const file of ["index.js", "index.cjs", "node.js", "node.cjs", "host.js", "host.cjs"]) {
    assert.deepEqual(used(file)[0], [], file);
  }
});

test("what is used is seen", () => {
  const [, later] = used("index.js");
  assert.ok(later.includes("crypto") && later.includes("now"), later.join());
});

/** The scripts that hold or bring the module and that Node has run, after a program has loaded an entry from a folder. */
function brought(folder, entry) {
  const load = entry.endsWith(".cjs") ? `require("./${entry}")` : `await import("./${entry}")`;
  const program = `import { createRequire } from "node:module";
    const require = createRequire(import.meta.url);
    const { splitText } = ${load};
    splitText("x", { maxBytes: 9, maxParts: 1 });
    console.log(Object.keys(require.cache).filter((path) => /(module|wasm)\\.cjs$/.test(path)).join());`;
  writeFileSync(join(folder, "program.mjs"), program);
  const { status, stdout, stderr } = spawnSync(process.execPath, ["program.mjs"], { cwd: folder, encoding: "utf8" });
  assert.equal(status, 0, stderr);
  return stdout.trim().split(",").map((path) => path.slice(path.lastIndexOf("/") + 1)).sort();
}

test("Node reads the module from its file, and the text only where that was left behind", () => {
  const folder = mkdtempSync(join(tmpdir(), "wxkf-load-"));
  try {
    cpSync(fileURLToPath(new URL("../dist", import.meta.url)), folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    for (const entry of ["node.js", "node.cjs"]) assert.deepEqual(brought(folder, entry), ["module.cjs"], entry);
    rmSync(join(folder, "wxkf.wasm"));
    for (const entry of ["node.js", "node.cjs"]) {
      assert.deepEqual(brought(folder, entry), ["module.cjs", "wasm.cjs"], entry);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
