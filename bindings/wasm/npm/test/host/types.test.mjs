// The types of the kit beside those of the clients that hosts bring.

import { execFile } from "node:child_process";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";

import { installed, needs } from "../support/absent.mjs";
import { copyExamples } from "../support/example.mjs";

const run = async (program, args, options) => {
  await promisify(execFile)(program, args, options).catch((error) => {
    throw new Error(error.stdout + error.stderr);
  });
};

test("the clients of Redis and the bindings of Cloudflare fit", { skip: needs({ tsc: installed("tsc") }) }, () =>
  run(installed("tsc"), ["-p", new URL("types", import.meta.url).pathname]));

test("the example for Deno, as Deno checks it", { skip: needs({ deno: installed("deno") }) }, async (t) => {
  const dir = await copyExamples();
  t.after(() => rm(dir, { recursive: true, force: true }));
  await run(installed("deno"), ["check", "--no-remote", "main.ts"], { cwd: join(dir, "deno") });
});
