// Builds dist/ from src/ and glue/. `cargo xtask npm` writes glue/ and calls this.

import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { build } from "esbuild";
import { rollup } from "rollup";
import { dts } from "rollup-plugin-dts";

process.chdir(new URL("..", import.meta.url).pathname);

// Not shortened: it is what people see in a stack, and their own bundlers shorten it.
const common = {
  bundle: true,
  platform: "neutral",
  target: "es2022",
  // A file with other characters takes its runtime twice the memory.
  charset: "ascii",
  logLevel: "warning",
  // The file of the module is the same for all who do not carry it inside.
  external: ["./wxkf.wasm", "./wxkf.wasm?module", "wxkf"],
};

/**
 * The module as text, or read from its file, in a script of its own: a runtime prints the line that throws, and it
 * must not be the text.
 */
const beside = (extension) => ({
  name: "beside",
  setup({ onResolve }) {
    onResolve({ filter: /\.wasm\?base64$/ }, () => ({ path: `./wasm.${extension}`, external: true }));
    onResolve({ filter: /\.wasm\?file$/ }, () => ({ path: "./module.cjs", external: true }));
  },
});

await rm("dist", { recursive: true, force: true });
await mkdir("dist");
await Promise.all([
  bundle("src/entry/index.ts", "index", ["esm", "cjs"]),
  bundle("src/entry/node.ts", "node", ["esm", "cjs"]),
  bundle("src/entry/slim.ts", "slim", ["esm", "cjs"]),
  bundle("src/entry/workerd.ts", "workerd", ["esm"]),
  bundle("src/entry/edge-light.ts", "edge-light", ["esm"]),
  bundle("src/host/index.ts", "host", ["esm", "cjs"]),
  cp("glue/core_bg.wasm", "dist/wxkf.wasm"),
  cp("src/entry/module.cjs", "dist/module.cjs"),
  module("wasm"),
  types("src/index.ts", "index"),
  types("src/entry/slim.ts", "slim"),
  types("src/host/index.ts", "host"),
]);

async function bundle(entry, name, formats) {
  for (const format of formats) {
    const extension = format === "cjs" ? "cjs" : "js";
    const outfile = `dist/${name}.${extension}`;
    await build({ ...common, entryPoints: [entry], outfile, format, plugins: [beside(extension)] });
  }
}

async function module(name) {
  const base64 = JSON.stringify(await readFile("glue/core_bg.wasm", "base64"));
  await writeFile(`dist/${name}.js`, `export const base64 = ${base64};\n`);
  await writeFile(`dist/${name}.cjs`, `exports.base64 = ${base64};\n`);
}

// One file of types an entry, the same for both kinds of modules.
async function types(entry, name) {
  const bundle = await rollup({
    input: entry,
    external: (id) => id === "wxkf",
    plugins: [dts({ tsconfig: "tsconfig.json" })],
  });
  const { output } = await bundle.generate({ format: "es" });
  await bundle.close();
  // Without this a program for ES2022 does not know `Symbol.dispose`.
  const text = `/// <reference lib="esnext.disposable" />\n${output[0].code}`;
  await writeFile(`dist/${name}.d.ts`, text);
  await writeFile(`dist/${name}.d.cts`, text);
}
