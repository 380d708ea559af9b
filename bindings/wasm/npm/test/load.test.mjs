// Loading touches nothing that some runtime forbids outside a request: no randomness, clock, network or timer.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import test from "node:test";

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
  for (const file of ["index.js", "index.cjs", "host.js", "host.cjs"]) {
    assert.deepEqual(used(file)[0], [], file);
  }
});

test("what is used is seen", () => {
  const [, later] = used("index.js");
  assert.ok(later.includes("crypto") && later.includes("now"), later.join());
});
