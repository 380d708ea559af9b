// Node: both module systems, the entry that loads nothing, and the paths of the package.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { here, run, UNCAUGHT, uncaught, versionOf } from "../tools.mjs";

/** A second Node; its package is there for one system only. */
const LATEST = join(here, "node_modules/node-latest/bin/node");
const node = (folder, ...args) => run(process.execPath, args, { cwd: folder });

const ESM = `import * as wxkf from "wxkf";
import * as host from "wxkf/host";
import { exercise } from "../exercise.mjs";
console.log(await exercise(wxkf, host));
`;
const CJS = `const wxkf = require("wxkf");
const host = require("wxkf/host");
import("../exercise.mjs").then(({ exercise }) => exercise(wxkf, host)).then(console.log);
`;
// Before init everything says what to do; after it the entry is as the others.
const SLIM = `import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as host from "wxkf/host";
import * as wxkf from "wxkf/slim";
import { exercise } from "../exercise.mjs";
try {
  wxkf.splitText("too early");
  throw new Error("slim worked without init");
} catch (error) {
  if (!wxkf.isWxkfError(error) || !error.message.includes("init")) throw error;
}
wxkf.init(readFileSync(fileURLToPath(import.meta.resolve("wxkf/wxkf.wasm"))));
console.log(await exercise(wxkf, host));
`;
const PATHS = `import { createRequire } from "node:module";
const require = createRequire(import.meta.url);
const { name } = require("wxkf/package.json");
if (name !== "wxkf") throw new Error(name);
for (const resolve of [require.resolve, import.meta.resolve]) {
  if (!resolve("wxkf/wxkf.wasm").endsWith(".wasm")) throw new Error(resolve("wxkf/wxkf.wasm"));
}
for (const inside of ["wxkf/dist/index.js", "wxkf/glue/core_bg.js"]) {
  try {
    import.meta.resolve(inside);
  } catch {
    continue;
  }
  throw new Error(inside + " can be reached");
}
`;

export async function projects(context) {
  const { report, same } = context;
  const version = process.versions.node;
  const folder = context.project("node", {
    "esm.mjs": ESM,
    "cjs.cjs": CJS,
    "slim.mjs": SLIM,
    "paths.mjs": PATHS,
    "uncaught.mjs": UNCAUGHT,
  });
  await report.check("node-esm", version, async () => same(await node(folder, "esm.mjs")));
  await report.check("node-cjs", version, async () => same(await node(folder, "cjs.cjs")));
  const old = "--no-experimental-require-module";
  await report.check("node-cjs-old", version, async () => same(await node(folder, old, "cjs.cjs")));
  if (existsSync(LATEST)) {
    await report.check("node-latest", versionOf("node-latest"), async () => {
      same(await run(LATEST, ["esm.mjs"], { cwd: folder }));
      await uncaught(run(LATEST, ["uncaught.mjs"], { cwd: folder }));
      return same(await run(LATEST, ["cjs.cjs"], { cwd: folder }));
    });
  } else report.absent("node-latest", "the package node-latest");
  await report.check("node-slim", version, async () => same(await node(folder, "slim.mjs")));
  await report.check("node-uncaught", version, () => uncaught(node(folder, "uncaught.mjs")));
  await report.check("node-paths", version, () => node(folder, "paths.mjs").then(() => ""));
}
