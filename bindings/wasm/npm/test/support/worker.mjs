// A worker as it is deployed: one bundle, and the wasm beside it as a module of its own.

import { copyFile, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { build } from "esbuild";

/** Bundles `entry` to `worker.js` in a new folder, with `wxkf.wasm` and the configuration; gives the folder. */
export async function bundleWorker(entry, config) {
  const dir = await mkdtemp(join(tmpdir(), "wxkf-worker-"));
  await build({
    entryPoints: [entry],
    outfile: join(dir, "worker.js"),
    bundle: true,
    format: "esm",
    target: "es2022",
    conditions: ["workerd"],
    external: ["*.wasm"],
    // That of the package is for its sources, and not in the package.
    tsconfigRaw: {},
    logLevel: "error",
  });
  await copyFile(new URL("../../dist/wxkf.wasm", import.meta.url), join(dir, "wxkf.wasm"));
  await copyFile(config, join(dir, "config.capnp"));
  return dir;
}
