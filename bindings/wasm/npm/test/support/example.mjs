// Examples, run as they are: a copy of their folder, and what `npm install` would put beside it.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const npm = new URL("../..", import.meta.url).pathname;

/** A copy of all examples; gives its folder. */
export async function copyExamples() {
  const dir = await mkdtemp(join(tmpdir(), "wxkf-examples-"));
  await cp(new URL("../../../examples", import.meta.url).pathname, dir, { recursive: true });
  await mkdir(join(dir, "node_modules", "@hono"), { recursive: true });
  await symlink(npm, join(dir, "node_modules", "wxkf"), "dir");
  for (const name of ["@hono/node-server", "hono", "redis"]) {
    await symlink(join(npm, "node_modules", name), join(dir, "node_modules", name), "dir");
  }
  return dir;
}

/** The variables that every example reads. */
export function variables(platform) {
  return {
    WXKF_KIND: platform.account.kind,
    WXKF_APP_ID: platform.account.appId,
    WXKF_TOKEN: platform.account.token,
    WXKF_ENCODING_AES_KEY: platform.account.encodingAesKey,
    WXKF_SECRET: platform.secret,
    WXKF_BASE_URL: platform.url,
  };
}

/** Starts a program that prints "listening on PORT"; gives its URL, what it printed, and what ends it. */
export async function startProgram(command, args, { cwd, env }) {
  const child = spawn(command, args, { cwd, env: { PATH: process.env.PATH, HOME: cwd, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  const printed = [];
  const lines = [child.stdout, child.stderr].map((input) => createInterface({ input }));
  for (const input of lines) input.on("line", (line) => printed.push(line));
  const port = await new Promise((resolve, reject) => {
    const look = (line) => {
      const match = /listening on (\d+)/.exec(line);
      if (match) resolve(match[1]);
    };
    for (const input of lines) input.on("line", look);
    child.once("exit", () => reject(new Error(printed.join("\n"))));
    child.once("error", reject);
  });
  return {
    url: `http://127.0.0.1:${port}/wechat`,
    printed,
    async close() {
      child.kill();
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    },
  };
}
