// Asks the package in every runtime that is here the same lines as `wxkf conform`, and compares the answers
// byte for byte: node scripts/conform-diff.mjs LINES [WXKF [RUNTIME…]]
//
// LINES is what `WXKF_CONFORM_LINES=LINES cargo test -p wxkf-tests --test suite` has written. Deno, Bun and
// workerd are looked for in PATH; with WXKF_REQUIRE_ALL=1 it is a failure if one is absent.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { access, cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "../test/support/port.mjs";

const here = fileURLToPath(new URL("..", import.meta.url));
const driver = join(here, "conform.mjs");
const [linesFile, wxkf = join(here, "../../../target/debug/wxkf"), ...only] = process.argv.slice(2);
if (!linesFile) throw new Error("usage: node scripts/conform-diff.mjs LINES [WXKF [RUNTIME…]]");

const runtimes = [
  ["node", (lines) => pipe(process.execPath, [driver], lines)],
  ["deno", (lines) => pipe("deno", ["run", "--no-prompt", driver], lines)],
  ["bun", (lines) => pipe("bun", ["run", driver], lines)],
  ["workerd", askWorkerd],
];

const lines = [...new Set((await readFile(linesFile, "utf8")).split("\n"))].filter((line) => line !== "");
const expected = await pipe(wxkf, ["conform"], lines);
let isFine = lines.length > 0 && expected.length === lines.length;
console.log(`wxkf conform: ${expected.length} answers to ${lines.length} lines`);

for (const [name, ask] of runtimes) {
  if (only.length > 0 && !only.includes(name)) continue;
  if (name !== "node" && !(await isInPath(name))) {
    console.log(`ABSENT the same answers in ${name}: no ${name} in PATH`);
    isFine &&= process.env.WXKF_REQUIRE_ALL !== "1";
    continue;
  }
  const started = performance.now();
  const answers = await ask(lines);
  const others = lines.filter((_, at) => answers[at] !== expected[at]);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${name}: ${lines.length - others.length} of ${lines.length} the same, ${seconds} s`);
  for (const line of others.slice(0, 20)) {
    const at = lines.indexOf(line);
    console.log(`  ${cut(line)}\n    rust ${cut(expected[at])}\n    here ${cut(answers[at])}`);
  }
  isFine &&= others.length === 0 && answers.length === lines.length;
}
process.exitCode = isFine ? 0 : 1;

function cut(text = "nothing") {
  return text.length > 600 ? `${text.slice(0, 600)}…` : text;
}

async function pipe(command, args, lines) {
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.on("error", () => {}); // it says so by its answers, which are too few
  child.stdin.end(lines.map((line) => `${line}\n`).join(""));
  const chunks = await child.stdout.toArray();
  return Buffer.concat(chunks).toString().split("\n").slice(0, -1);
}

async function askWorkerd(lines) {
  const folder = await mkdtemp(join(tmpdir(), "wxkf-workerd-"));
  const port = await freePort();
  const modules = ["dist/workerd.js", "conform/answer.mjs", "conform/lines.mjs"];
  modules.push("conform/steps.mjs", "conform/want.mjs");
  for (const path of [...modules, "dist/wxkf.wasm"]) await cp(join(here, path), join(folder, path));
  await writeFile(
    join(folder, "worker.mjs"),
    `import { driver } from "./conform/answer.mjs";
    import * as wxkf from "./dist/workerd.js";
    const answer = driver(wxkf);
    export default {
      async fetch(request) {
        return new Response((await request.text()).split("\\n").map(answer).join("\\n"));
      },
    };`,
  );
  await writeFile(
    join(folder, "config.capnp"),
    `using Workerd = import "/workerd/workerd.capnp";
    const config :Workerd.Config = (
      services = [(name = "main", worker = .worker)],
      sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
    );
    const worker :Workerd.Worker = (
      modules = [
        ${["worker.mjs", ...modules].map((path) => `(name = "${path}", esModule = embed "${path}"),`).join("\n")}
        (name = "dist/wxkf.wasm", wasm = embed "dist/wxkf.wasm"),
      ],
      compatibilityDate = "2025-10-01",
    );`,
  );
  const child = spawn("workerd", ["serve", join(folder, "config.capnp")], { stdio: ["ignore", "inherit", "inherit"] });
  try {
    for (let tries = 0; ; tries++) {
      try {
        const body = lines.join("\n");
        return (await (await fetch(`http://127.0.0.1:${port}/`, { method: "POST", body })).text()).split("\n");
      } catch (error) {
        if (tries === 100 || child.exitCode !== null) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  } finally {
    child.kill();
    await once(child, "exit").catch(() => {});
    await rm(folder, { recursive: true });
  }
}

async function isInPath(name) {
  const found = process.env.PATH.split(delimiter).map((folder) => access(join(folder, name)).then(() => true));
  return (await Promise.allSettled(found)).some(({ value }) => value);
}
