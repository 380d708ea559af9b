// What a test needs and this machine may not have.

import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const isRequired = process.env.WXKF_REQUIRE_ALL === "1";

/** The `skip` option of a test: says what is absent. With WXKF_REQUIRE_ALL=1 the test runs, and fails. */
export function needs(things) {
  const absent = Object.entries(things).filter(([, path]) => path === null);
  const names = absent.map(([name]) => name).join(", ");
  return names === "" || isRequired ? false : `ABSENT: ${names}`;
}

const PROBE = fileURLToPath(new URL("../../../../../tests/probe", import.meta.url));

/** A program of the machine by its name, if it is there and works, or null. */
export function program(name) {
  return spawnSync(PROBE, [name]).status === 0 ? name : null;
}

/** The path of a program that npm has installed here, or null. */
export function installed(name) {
  const path = new URL(`../../node_modules/.bin/${name}`, import.meta.url).pathname;
  return isExecutable(path) ? path : null;
}

/** The model of the platform, as cargo has built it (`cargo build -p wxkf-tests --bin platform`), or null. */
export function platformProgram() {
  const target = process.env.CARGO_TARGET_DIR ?? new URL("../../../../../target", import.meta.url).pathname;
  const paths = ["release", "debug"].map((profile) => join(target, profile, "platform"));
  return [process.env.WXKF_PLATFORM, ...paths].find((path) => path && isExecutable(path)) ?? null;
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
