// How large the package is, and how long a new process takes to its first message. It measures and says
// which goals are met. A time means something only beside the others of the same run.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { transform } from "esbuild";
import { coldStarts } from "./cold.mjs";
import { installed, named } from "./peers.mjs";

const ROUNDS = 21;
const PACKAGE = fileURLToPath(new URL("../", import.meta.url));

const kib = (bytes) => `${(bytes / 1024).toFixed(1)} KiB`;
const gzip = (bytes) => gzipSync(bytes, { level: 9 }).length;
const print = (name, ...figures) => console.log(`${name.padEnd(44)} ${figures.join("  ")}`);

await sizes();
if (installed) cold();
else print("cold start (P6)", "not measured: `npm ci` in packaging/ brings what it is compared with");

async function sizes() {
  const dist = (name) => readFileSync(join(PACKAGE, "dist", name));
  const wasm = dist("wxkf.wasm");
  print("wasm", `raw ${kib(wasm.length)}`, `gzip ${kib(gzip(wasm))}`, `brotli ${kib(brotliCompressSync(wasm).length)}`);
  upTo("wasm, gzip (P7)", gzip(wasm), 64 * 1024);
  // What a program carries of it, texts included only where they are used.
  for (const [name, file, most] of [
    ["facade and glue without the module (P7)", "index.js", 12 * 1024],
    ["host", "host.js"],
  ]) {
    const bytes = gzip(await minified(dist(file)));
    if (most) upTo(`${name}, gzip`, bytes, most);
    else print(`${name}, gzip`, kib(bytes));
  }
  print("index.js as it is", `raw ${kib(dist("index.js").length)}`, `gzip ${kib(gzip(dist("index.js")))}`);
  tarball();
}

/** A script without the module that it may carry. */
async function minified(bytes) {
  const text = bytes.toString().replace(/AGFzbQEAAAA[\w+/=]*/, "");
  return Buffer.from((await transform(text, { minify: true, format: "esm" })).code);
}

function tarball() {
  const folder = mkdtempSync(join(tmpdir(), "wxkf-size-"));
  try {
    const args = ["pack", "--silent", "--pack-destination", folder];
    const name = execFileSync("npm", args, { cwd: PACKAGE, encoding: "utf8" }).trim().split("\n").at(-1);
    print("tarball", kib(readFileSync(join(folder, name)).length));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function upTo(name, bytes, most) {
  print(name, `${kib(bytes)}, goal ${kib(most)}: ${bytes <= most ? "ok" : "over"}`);
}

function cold() {
  const programs = ["wxkf.mjs", "wxkf.cjs", "wecom.cjs", "wechat.cjs"];
  const times = coldStarts(programs, ROUNDS);
  console.log(`\ncold start (P6): load and first sealed push, Node ${process.versions.node}, median of ${ROUNDS}`);
  const ms = (program) => `${times.get(program).toFixed(1)} ms`;
  print("wxkf, import", ms("wxkf.mjs"));
  print("wxkf, require", ms("wxkf.cjs"));
  const compare = (program, names, goal) => {
    const ratio = times.get(program) / times.get("wxkf.mjs");
    const verdict = ratio >= goal ? "ok" : "under";
    print(named(...names), ms(program), `${ratio.toFixed(2)} times as long, goal ${goal}: ${verdict}`);
  };
  compare("wecom.cjs", ["@wecom/crypto", "fast-xml-parser"], 2.5);
  compare("wechat.cjs", ["wechat-crypto", "xml2js"], 5);
}
