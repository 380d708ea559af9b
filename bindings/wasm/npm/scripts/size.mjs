// How large the package is, and how long a new process takes to its first message. A size above its goal is a
// failure; a time means something only beside the others of the same run.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build } from "esbuild";
import { coldStarts } from "./cold.mjs";
import { installed, named } from "./peers.mjs";

const ROUNDS = 21;
const PACKAGE = fileURLToPath(new URL("../", import.meta.url));

const kib = (bytes) => `${(bytes / 1024).toFixed(1)} KiB`;
const gzip = (bytes) => gzipSync(bytes, { level: 9 }).length;
const print = (name, ...figures) => console.log(`${name.padEnd(44)} ${figures.join("  ")}`);

await sizes();
if (installed) await cold();
else print("cold start (P6)", "not measured: `npm ci` in packaging/ brings what it is compared with");

async function sizes() {
  const dist = (name) => readFileSync(join(PACKAGE, "dist", name));
  const wasm = dist("wxkf.wasm");
  print("wasm", `raw ${kib(wasm.length)}`, `gzip ${kib(gzip(wasm))}`, `brotli ${kib(brotliCompressSync(wasm).length)}`);
  upTo("wasm, gzip (P7)", gzip(wasm), 230 * 1024);
  // What a bundle carries of it: all there is, but texts for people only where they are asked for.
  const { errcode, explain, ...rest } = await import("../dist/slim.js");
  const [facade, texts] = await Promise.all([bundled(rest), bundled({ ...rest, errcode, explain })]);
  upTo("facade and glue without the module (P7), gzip", facade, 16 * 1024);
  print("the same with errcode and explain, gzip", kib(texts));
  print("host, gzip", kib(gzip(dist("host.js"))));
  print("index.js as it is", `raw ${kib(dist("index.js").length)}`, `gzip ${kib(gzip(dist("index.js")))}`);
  tarball();
}

/** How large those exports of the facade are, as a bundler leaves them. */
async function bundled(exports) {
  const stdin = { contents: `export { ${Object.keys(exports)} } from "./slim.js";`, resolveDir: join(PACKAGE, "dist") };
  const { outputFiles } = await build({ stdin, bundle: true, minify: true, write: false, format: "esm" });
  return gzip(outputFiles[0].contents);
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
  if (bytes > most) process.exitCode = 1;
  print(name, `${kib(bytes)}, goal ${kib(most)}: ${bytes <= most ? "ok" : "over"}`);
}

async function cold() {
  const programs = ["wxkf.mjs", "wxkf.cjs", "wxkf.mjs index.js", "wecom.cjs", "wechat.cjs"];
  const times = await coldStarts(programs, ROUNDS);
  console.log(`\ncold start (P6): load and first sealed push, Node ${process.versions.node}, median of ${ROUNDS}`);
  const ms = (program) => `${times.get(program).toFixed(1)} ms`;
  print("wxkf, import", ms("wxkf.mjs"));
  print("wxkf, require", ms("wxkf.cjs"));
  print("wxkf, import, the module as a text", ms("wxkf.mjs index.js"));
  const compare = (program, names, goal) => {
    const ratio = times.get(program) / times.get("wxkf.mjs");
    const verdict = ratio >= goal ? "ok" : "under";
    print(named(...names), ms(program), `${ratio.toFixed(2)} times as long, goal ${goal}: ${verdict}`);
  };
  compare("wecom.cjs", ["@wecom/crypto", "fast-xml-parser"], 1.5);
  compare("wechat.cjs", ["wechat-crypto", "xml2js"], 2.5);
}
