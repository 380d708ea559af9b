// Bundlers, and what they make run in a browser and in Node.

import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import * as esbuild from "esbuild";
import { build as viteBuild } from "vite";
import webpack from "webpack";
import { browser, CSP_WITHOUT_WASM } from "../browser.mjs";
import { run, versionOf, write } from "../tools.mjs";

const MAIN = `import * as wxkf from "wxkf";
import * as host from "wxkf/host";
import { exercise } from "../exercise.mjs";
const result = exercise(wxkf, host);
`;
// One entry for pages and programs: the page reads the text once it is there.
const FILES = {
  "main.js": `${MAIN}result.then((text) => ((globalThis.result = text), console.log(text)));\n`,
  "index.html": page("./main.js"),
};

export async function projects(context) {
  const chromium = await browser(context.root);
  try {
    for (const project of [viteBoth, webpackBoth, esbuildBoth, rawPage]) await project(context, chromium);
    await treeShaking(context);
  } finally {
    await chromium?.close();
  }
}

function page(script, head = "") {
  return `<!doctype html><title>wxkf</title>${head}<script type="module" src="${script}"></script>\n`;
}

/** Shows a built page, if there is a browser. */
async function shown(context, chromium, name, path, policy) {
  if (chromium === null) {
    context.report.absent(`${name}-chromium`, "chromium");
    return;
  }
  await context.report.check(`${name}-chromium`, chromium.version, async () =>
    context.same(await chromium.show(path, policy)),
  );
}

async function viteBoth(context, chromium) {
  if (!context.report.wants("vite")) return;
  const root = context.project("vite", FILES);
  await context.report.check("vite-node", versionOf("vite"), async () => {
    const build = { ssr: "main.js", outDir: "out" };
    await viteBuild({ root, build, ssr: { noExternal: true }, logLevel: "error", configFile: false });
    return context.same(await run(process.execPath, ["out/main.js"], { cwd: root }));
  });
  await context.report.check("vite-build", versionOf("vite"), async () => {
    await viteBuild({ root, base: "./", logLevel: "error", configFile: false });
    const built = readdirSync(join(root, "dist/assets"));
    return `${built.length} file(s), ${size(built.map((file) => join(root, "dist/assets", file)))}`;
  });
  await shown(context, chromium, "vite", "vite/dist/index.html");
}

async function webpackBoth(context, chromium) {
  if (!context.report.wants("webpack")) return;
  const { report, same } = context;
  const folder = context.project("webpack", FILES);
  const pack = (target, filename) => {
    const options = { mode: "production", context: folder, entry: "./main.js", target };
    const output = { path: join(folder, "out"), filename };
    return new Promise((resolve, reject) => {
      webpack({ ...options, output, performance: false }, (error, stats) => {
        if (error) reject(error);
        else if (stats.hasErrors() || stats.hasWarnings()) reject(new Error(stats.toString("errors-warnings")));
        else resolve(size([join(output.path, filename)]));
      });
    });
  };
  await report.check("webpack-node", versionOf("webpack"), async () => {
    await pack("node", "node.cjs");
    return same(await run(process.execPath, ["out/node.cjs"], { cwd: folder }));
  });
  await report.check("webpack-web", versionOf("webpack"), () => pack("web", "web.js"));
  write(folder, { "web.html": page("./out/web.js") });
  await shown(context, chromium, "webpack", "webpack/web.html");
}

async function esbuildBoth(context, chromium) {
  if (!context.report.wants("esbuild")) return;
  const { report, same } = context;
  const folder = context.project("esbuild", FILES);
  const bundle = async (outfile, options) => {
    const entryPoints = [join(folder, "main.js")];
    outfile = join(folder, outfile);
    await esbuild.build({ entryPoints, outfile, bundle: true, minify: true, logLevel: "error", ...options });
    return outfile;
  };
  await report.check("esbuild-node", versionOf("esbuild"), async () => {
    const esm = await bundle("out/node.mjs", { platform: "node", format: "esm" });
    same(await run(process.execPath, [esm], { cwd: folder }));
    const cjs = await bundle("out/node.cjs", { platform: "node", format: "cjs" });
    return same(await run(process.execPath, [cjs], { cwd: folder }));
  });
  // With conditions of its own a bundler may not know `module`: it takes what Node loads, and the text behind it.
  await report.check("esbuild-node-conditions", versionOf("esbuild"), async () => {
    const conditions = ["mine"];
    const esm = await bundle("out/mine.mjs", { platform: "node", format: "esm", conditions });
    same(await run(process.execPath, [esm], { cwd: folder }));
    const cjs = await bundle("out/mine.cjs", { platform: "node", format: "cjs", conditions });
    return same(await run(process.execPath, [cjs], { cwd: folder }));
  });
  await report.check("esbuild-web", versionOf("esbuild"), async () =>
    size([await bundle("out/web.js", { platform: "browser", format: "esm" })]),
  );
  write(folder, { "web.html": page("./out/web.js") });
  await shown(context, chromium, "esbuild", "esbuild/web.html");
}

/** No bundler at all: an import map names the package's file. */
async function rawPage(context, chromium) {
  const { exports } = JSON.parse(readFileSync(join(context.installed, "package.json"), "utf8"));
  const url = (path) => `/${relative(context.root, join(context.installed, path))}`;
  const imports = { wxkf: url(exports["."].browser.default), "wxkf/host": url(exports["./host"].default.default) };
  const map = `<script type="importmap" nonce="map">${JSON.stringify({ imports })}</script>`;
  context.project("raw", { "main.js": FILES["main.js"], "index.html": page("./main.js", map) });
  await shown(context, chromium, "raw-esm", "raw/index.html");
  if (chromium === null) return;
  // Without this the policy of the pages above might be no policy at all.
  await context.report.check("csp-is-needed", chromium.version, async () => {
    const refused = await chromium.show("raw/index.html", CSP_WITHOUT_WASM).catch((error) => error.message);
    if (!/^WebAssembly.*Content Security Policy/i.test(refused)) throw new Error(refused);
    return "without 'wasm-unsafe-eval' the page is refused";
  });
}

/** Who only receives does not carry the texts of return codes and explanations. */
async function treeShaking(context) {
  if (!context.report.wants("tree-shaking")) return;
  const folder = context.project("tree-shaking", {
    "account.js": 'export { Account } from "wxkf";\n',
    "texts.js": 'export { Account, errcode, explain } from "wxkf";\n',
  });
  await context.report.check("tree-shaking", versionOf("esbuild"), async () => {
    const bundle = async (name) => {
      const entryPoints = [join(folder, name)];
      const options = { bundle: true, minify: true, write: false, format: "esm", platform: "browser" };
      return (await esbuild.build({ entryPoints, ...options, logLevel: "error" })).outputFiles[0].text;
    };
    const [account, texts] = await Promise.all([bundle("account.js"), bundle("texts.js")]);
    const sentence = "message count limit for this user reached"; // the meaning of 45047
    if (!texts.includes(sentence)) throw new Error(`a bundle with errcode lacks ${sentence}`);
    if (account.includes(sentence)) throw new Error("a bundle of Account alone holds the texts");
    return `${kib(account.length)} instead of ${kib(texts.length)}`;
  });
}

const size = (files) => kib(files.reduce((sum, file) => sum + statSync(file).size, 0));
const kib = (bytes) => `${Math.ceil(bytes / 1024)} KiB`;
