// The types: what they let through, and what not.

import { execFile } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";

import { installed, needs } from "./support/absent.mjs";

test("the main flows as TypeScript sees them", { skip: needs({ tsc: installed("tsc") }) }, async () => {
  const project = new URL("types", import.meta.url).pathname;
  await promisify(execFile)(installed("tsc"), ["-p", project]).catch(({ stdout }) => {
    throw new Error(stdout);
  });
});
