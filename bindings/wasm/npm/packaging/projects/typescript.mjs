// TypeScript: both ways to find modules, both module systems, an old compiler and a new one, and the
// package's own declarations checked as well.

import { copyFileSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { here, run, versionOf } from "../tools.mjs";

const COMPILERS = ["typescript", "typescript-5.4"];
const STRICT = {
  strict: true,
  target: "es2022",
  skipLibCheck: false,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  outDir: "out",
  rootDir: ".",
};
const NODE = { module: "node16", moduleResolution: "node16", lib: ["es2022"], types: ["node"] };
const WEB = { module: "esnext", moduleResolution: "bundler", lib: ["es2022", "dom"], types: [] };
// Consumers: the name of the check, its options, its source, what comes out.
const CONSUMERS = [
  ["ts-node16-esm", NODE, "consumer.mts", "out/consumer.mjs"],
  ["ts-node16-cjs", NODE, "consumer.cts", "out/consumer.cjs"],
  ["ts-bundler", WEB, "consumer.ts", "out/consumer.js"],
];

export async function projects(context) {
  for (const compiler of COMPILERS) {
    for (const consumer of CONSUMERS) {
      const name = compiler === "typescript" ? consumer[0] : `${consumer[0]}-old`;
      const act = () => compileAndRun(context, name, compiler, consumer);
      await context.report.check(name, versionOf(compiler), act);
    }
  }
}

async function compileAndRun(context, name, compiler, [, options, source, out]) {
  const tsconfig = { compilerOptions: { ...STRICT, ...options }, files: [source] };
  const folder = context.project(name, { "tsconfig.json": JSON.stringify(tsconfig, null, 2) });
  copyFileSync(join(here, "fixtures/consumer.ts"), join(folder, source));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(join(here, "node_modules/@types"), join(folder, "node_modules/@types"));
  const { bin } = JSON.parse(readFileSync(join(here, "node_modules", compiler, "package.json"), "utf8"));
  const tsc = join(here, "node_modules", compiler, bin.tsc);
  await run(process.execPath, [tsc, "--pretty", "false"], { cwd: folder });
  const said = await run(process.execPath, [out], { cwd: folder });
  if (said !== "consumer: echoed\n") throw new Error(said);
}
