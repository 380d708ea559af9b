// Where WebAssembly may not be compiled at run time: workerd and edge-runtime.

import { copyFileSync, readFileSync } from "node:fs";
import { basename, dirname, join, normalize } from "node:path";
import { EdgeVM } from "@edge-runtime/vm";
import { build } from "esbuild";
import { reachable } from "../tarball.mjs";
import { run, tool, versionOf, write } from "../tools.mjs";

const TEST = `import * as wxkf from "wxkf";
import * as host from "wxkf/host";
import { exercise } from "EXERCISE";
export default {
  async test() {
    console.log(await exercise(wxkf, host));
  },
};
`;

export async function projects(context) {
  const { report } = context;
  await report.check("workerd", versionOf("workerd"), () => workerd(context));
  await report.check("workerd-bundled", versionOf("workerd"), () => workerdBundled(context));
  await report.check("edge-runtime", versionOf("@edge-runtime/vm"), () => edgeRuntime(context));
}

/** The package's files as they are, named as modules in a configuration. */
async function workerd(context) {
  // "host", as a bare name is looked up beside whoever imports it: from "wxkf/host" there is no "wxkf".
  const worker = TEST.replace("EXERCISE", "exercise").replace("wxkf/host", "host");
  const folder = context.project("workerd", { "worker.js": worker });
  const { exports } = JSON.parse(readFileSync(join(context.installed, "package.json"), "utf8"));
  const names = {
    [normalize(exports["."].workerd.default)]: "wxkf",
    [normalize(exports["./host"].default.default)]: "host",
  };
  const modules = [
    ["worker", "esModule", "worker.js"],
    ["exercise", "esModule", "../exercise.mjs"],
  ];
  for (const file of reachable(context.installed, Object.keys(names))) {
    const type = file.endsWith(".wasm") ? "wasm" : "esModule";
    modules.push([names[file] ?? basename(file), type, join("../node_modules/wxkf", file)]);
  }
  return workerdTest(context, folder, modules);
}

/** What wrangler does: a bundle with the condition `workerd`, and each .wasm a module beside it. */
async function workerdBundled(context) {
  const folder = context.project("workerd-bundled", {
    "worker.js": TEST.replace("EXERCISE", "../exercise.mjs"),
  });
  const modules = [["worker", "esModule", "bundle.js"]];
  const wasm = {
    name: "wasm-modules",
    setup({ onResolve }) {
      onResolve({ filter: /\.wasm$/ }, ({ path, importer }) => {
        copyFileSync(join(dirname(importer), path), join(folder, "module.wasm"));
        modules.push(["./module.wasm", "wasm", "module.wasm"]);
        return { path: "./module.wasm", external: true };
      });
    },
  };
  await build({
    entryPoints: [join(folder, "worker.js")],
    outfile: join(folder, "bundle.js"),
    bundle: true,
    format: "esm",
    platform: "browser",
    conditions: ["workerd", "worker", "browser"],
    plugins: [wasm],
    logLevel: "error",
  });
  if (modules.length !== 2) throw new Error(`${modules.length - 1} wasm modules instead of 1`);
  return workerdTest(context, folder, modules);
}

async function workerdTest({ same }, folder, modules) {
  const list = modules.map(([name, type, file]) => `(name = "${name}", ${type} = embed "${file}")`);
  write(folder, {
    "config.capnp": `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [(name = "main", worker = .worker)]);
const worker :Workerd.Worker = (
  compatibilityDate = "2026-10-01",
  modules = [${list.join(", ")}],
);
`,
  });
  // The log of a worker goes to the streams of workerd.
  const args = ["test", "config.capnp", "--verbose"];
  return same(await run("sh", ["-c", '"$0" "$@" 2>&1', tool("workerd"), ...args], { cwd: folder }));
}

/**
 * Vercel's edge: the host compiles the module, and the code inside may compile nothing. This runtime
 * allows wasm unless it is told not to, so it is told.
 */
async function edgeRuntime(context) {
  const folder = context.project("edge-runtime", {
    "main.js": `import * as wxkf from "wxkf";
import * as host from "wxkf/host";
import { exercise } from "../exercise.mjs";
globalThis.result = exercise(wxkf, host);
`,
  });
  let file = null;
  const wasm = {
    name: "wasm-modules",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /\.wasm\?module$/ }, ({ path, importer }) => {
        file = join(dirname(importer), path.replace("?module", ""));
        return { path: file, namespace: "wasm-module" };
      });
      onLoad({ filter: /.*/, namespace: "wasm-module" }, () => ({
        contents: "export default globalThis.wxkfModule;",
      }));
    },
  };
  const bundle = await build({
    entryPoints: [join(folder, "main.js")],
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
    conditions: ["edge-light"],
    plugins: [wasm],
    logLevel: "error",
  });
  if (file === null) throw new Error("the condition edge-light was not taken");
  const module = new WebAssembly.Module(readFileSync(file));
  const vm = new EdgeVM({
    codeGeneration: { strings: false, wasm: false },
    extend: (context) => Object.assign(context, { wxkfModule: module }),
  });
  vm.evaluate(bundle.outputFiles[0].text);
  return context.same(await vm.evaluate("globalThis.result"));
}
