// Starting programs, finding them, writing files.

import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);

/** A program of this folder's own packages. */
export const tool = (name) => join(here, "node_modules/.bin", name);

/** The version of one of this folder's own packages, as the lock file has it. */
export function versionOf(name) {
  const { devDependencies, optionalDependencies } = require("./package.json");
  return { ...devDependencies, ...optionalDependencies }[name].split("@").at(-1);
}

/** Where a program of the machine is, if it is there and works. */
export function inPath(name) {
  if (spawnSync(join(here, "../../../../tests/probe"), [name]).status !== 0) return null;
  return process.env.PATH.split(delimiter).map((folder) => join(folder, name)).find(existsSync);
}

/** Runs a program to its end and gives what it printed. A failure holds both of its streams. */
export function run(command, args, { cwd, env = {}, timeout = 90_000 } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, timeout });
    let out = "";
    let err = "";
    child.stdout.on("data", (chunk) => (out += chunk));
    child.stderr.on("data", (chunk) => (err += chunk));
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === 0) resolve(out);
      else reject(new Error(`${command} ${args.join(" ")}: ${signal ?? code}\n${out}${err}`));
    });
  });
}

/** A program that ends with an error of the package. */
export const UNCAUGHT = `import { Account } from "wxkf";
new Account({ kind: "mini_program" });
`;

/** The line that names what went wrong, in what a program printed as it ended with {@link UNCAUGHT}. */
export async function uncaught(running) {
  const { message } = await running.then(() => Promise.reject(new Error("it did not fail")), (error) => error);
  if (message.length > 4000) throw new Error(`${message.length} characters are printed`);
  if (!/new Account/.test(message)) throw new Error(`no function is named: ${message}`);
  const said = /expected the AppID in `appId`, got undefined/.exec(message);
  if (said === null) throw new Error(message);
  return `${message.length} characters`;
}

/** Writes files into a folder, by their names. */
export function write(folder, files) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}
