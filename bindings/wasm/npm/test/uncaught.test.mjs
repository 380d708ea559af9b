// An error that nobody catches: a terminal shows the line that threw, and that must be one that people can read.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { installed, needs } from "./support/absent.mjs";

const dist = new URL("../dist/", import.meta.url);
const file = (name) => new URL(name, dist).href;

/** What goes wrong, and the function of ours that has to be named: in the facade, in the core, in the kit. */
const FAILURES = [
  ["index", "new it.Account({ kind: 'mini_program' })", "new Account"],
  ["index", "it.request('no.such.call', {})", "request"],
  ["index", "it.splitText(7)", "splitText"],
  ["host", "it.createBot({})", "createBot"],
];

/** Runs a program that ends with that, and gives what it prints for people. */
function uncaught(command, args, extension, entry, act) {
  const folder = mkdtempSync(join(tmpdir(), "wxkf-uncaught-"));
  try {
    const { pathname } = new URL(`${entry}.${extension === "cjs" ? "cjs" : "js"}`, dist);
    const load = extension === "cjs" ? `const it = require(${JSON.stringify(pathname)})` : `import * as it from ${JSON.stringify(file(`${entry}.js`))}`;
    const path = join(folder, `bot.${extension}`);
    writeFileSync(path, `${load};\n${act};\n`);
    const env = { PATH: process.env.PATH, HOME: folder, NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" };
    const { status, stderr } = spawnSync(command, [...args, path], { encoding: "utf8", env });
    assert.notEqual(status, 0);
    return stderr;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function isReadable(stderr, name) {
  assert.ok(stderr.length < 3000, `${stderr.length} characters: ${stderr.slice(0, 300)}`);
  assert.match(stderr, /WxkfError: [a-z]+\.[a-z_]+: \w/);
  assert.match(stderr, new RegExp(`at (?:Module\\.|Object\\.)?${name} \\(.*dist/\\w+\\.c?js:\\d+:\\d+\\)`));
}

for (const [entry, act, name] of FAILURES) {
  for (const extension of ["mjs", "cjs"]) {
    test(`Node, ${extension}: ${act}`, () => isReadable(uncaught(process.execPath, [], extension, entry, act), name));
  }
  // Deno finds what the kit imports only in a project, as the packaging has it.
  if (entry !== "host") test(`Deno: ${act}`, { skip: needs({ deno: installed("deno") }) }, () => {
    isReadable(uncaught(installed("deno"), ["run", "--no-prompt", "--no-remote"], "mjs", entry, act), name);
  });
}

test("no line of code is longer than people read", () => {
  for (const name of readdirSync(dist).filter((name) => /\.c?js$/.test(name))) {
    for (const line of readFileSync(new URL(name, dist), "utf8").split("\n")) {
      const isModule = line.includes("AGFzbQ");
      assert.ok(isModule ? /^wasm\./.test(name) : line.length <= 600, `${name}: ${line.slice(0, 200)}`);
    }
  }
});
