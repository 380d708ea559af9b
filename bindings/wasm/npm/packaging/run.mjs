// Packs the package, installs the tarball outside the tree and uses it in every runtime and bundler.
// `node run.mjs deno bun` runs only the checks whose names begin like that.
//
// One installation is shared by all projects: each is a folder beside it, so each finds it as its own.
// What runs and bundles them is in this folder's own node_modules, with versions from the lock file.

import { copyFileSync, existsSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Report } from "./report.mjs";
import { checks, pack } from "./tarball.mjs";
import { here, run, write } from "./tools.mjs";

if (!existsSync(join(here, "node_modules"))) {
  await run("npm", ["ci", "--no-audit", "--no-fund"], { cwd: here, timeout: 300_000 });
}
// Modules that only exist after this installation.
const groups = ["node", "typescript", "runtimes", "workers", "browsers", "readme"];
const projects = await Promise.all(groups.map((group) => import(`./projects/${group}.mjs`)));

const report = new Report(process.argv.slice(2));
const root = realpathSync(mkdtempSync(join(tmpdir(), "wxkf-packaging-")));
try {
  const tarball = await pack(root);
  write(root, { "package.json": '{ "private": true, "type": "module" }\n' });
  copyFileSync(join(here, "exercise.mjs"), join(root, "exercise.mjs"));
  const install = ["install", "--offline", "--no-audit", "--no-fund", tarball.path];
  await run("npm", install, { cwd: root });
  const installed = join(root, "node_modules/wxkf");

  let first = null;
  const context = {
    report,
    root,
    tarball,
    installed,
    /** A new folder beside the installation. */
    project(name, files) {
      const folder = join(root, name);
      write(folder, { "package.json": '{ "private": true, "type": "module" }\n', ...files });
      return folder;
    },
    /** The line of the exercise in what a program said; the same everywhere, or it throws. */
    same(said) {
      const line = /exercise: \d+ checks, digest \w+/.exec(said)?.[0];
      if (line === undefined) throw new Error(`no line of the exercise in: ${said}`);
      first ??= line;
      if (line !== first) throw new Error(`${line}, but the first was ${first}`);
      return line;
    },
  };
  await checks(context);
  for (const group of projects) await group.projects(context);
} finally {
  rmSync(root, { recursive: true, force: true });
}
if (!report.finish()) process.exitCode = 1;
