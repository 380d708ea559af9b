// What is in the tarball: the files that are expected and no others, and nothing of this machine.

import { readdirSync, readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join, relative, resolve } from "node:path";
import { here, run, tool, versionOf } from "./tools.mjs";

const PACKAGE = resolve(here, "..");
const REPOSITORY = resolve(here, "../../../..");

/** Packs the package into a folder; the path of the tarball, and the names that are in it. */
export async function pack(folder) {
  const args = ["pack", "--json", "--pack-destination", folder];
  const said = await run("npm", args, { cwd: PACKAGE });
  // Scripts of the package may have said something before.
  const answer = JSON.parse(said.slice(said.search(/^[[{]/m)));
  const [packed] = Array.isArray(answer) ? answer : Object.values(answer);
  return { path: join(folder, packed.filename), files: packed.files.map((file) => file.path) };
}

/** Everything about the tarball that needs no other program than npm. */
export async function checks({ report, tarball, installed }) {
  await report.check("tarball-files", "", () => files(tarball.files, installed));
  await report.check("tarball-paths", "", () => noPathOfThisMachine(installed));
  await report.check("tarball-metadata", "", () => metadata(installed));
  const publint = [tool("publint"), "run", tarball.path, "--strict"];
  await report.check("publint", versionOf("publint"), async () => {
    await run(process.execPath, publint);
  });
  const attw = [tool("attw"), tarball.path, "--exclude-entrypoints", "wxkf.wasm", "--no-color"];
  await report.check("arethetypeswrong", versionOf("@arethetypeswrong/cli"), async () => {
    await run(process.execPath, attw);
  });
}

/** Every file has a reason to be there: npm's own three, or the manifest leads to it. */
function files(names, installed) {
  const manifest = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  const expected = new Set(["package.json", "README.md", "README.zh-CN.md", "LICENSE-APACHE", "LICENSE-MIT"]);
  for (const path of targets(manifest.exports)) expected.add(path.replace("./", ""));
  const reached = reachable(installed, [...expected]);
  const superfluous = names.filter((name) => !reached.has(name));
  const missing = [...reached].filter((name) => !names.includes(name));
  if (superfluous.length > 0) throw new Error(`nothing leads to ${superfluous.join(", ")}`);
  if (missing.length > 0) throw new Error(`not in the tarball: ${missing.join(", ")}`);
  return `${names.length} files`;
}

function targets(exports) {
  return typeof exports === "string" ? [exports] : Object.values(exports).flatMap(targets);
}

/** These files of the package and all that they import. */
export function reachable(folder, names) {
  const reached = new Set();
  const walk = (name) => {
    if (reached.has(name)) return;
    reached.add(name);
    if (!/\.(js|cjs|ts|cts)$/.test(name)) return;
    const text = readFileSync(join(folder, name), "utf8");
    for (const [, path] of text.matchAll(/(?:from|import|require)\s*\(?\s*["'](\.[^"']+)["']/g)) {
      const file = join(name, "..", path.replace("?module", ""));
      // A declaration file imports the script that it declares.
      walk(/\.d\.c?ts$/.test(name) ? file.replace(/\.(c?)js$/, ".d.$1ts") : file);
    }
  };
  names.forEach(walk);
  return reached;
}

/** No file holds a path of whoever built it, be it text or wasm. */
function noPathOfThisMachine(installed) {
  const paths = [homedir(), REPOSITORY, process.cwd(), "/.cargo/", "/.rustup/"];
  // A home folder of one segment would be found in any URL.
  const needles = paths.map((path) => (path === "/root" ? "/root/" : path)).filter((path) => path !== "/");
  const all = everyFile(installed);
  for (const file of all) {
    const text = readFileSync(file, "latin1") + inlined(file);
    for (const needle of needles) {
      if (text.includes(needle)) throw new Error(`${relative(installed, file)} holds ${needle}`);
    }
    if (text.includes("sourceMappingURL")) throw new Error(`${relative(installed, file)} has a source map`);
  }
  return `${all.length} files read`;
}

/** The module that a script carries as base64, as what it is. */
function inlined(file) {
  const [base64 = ""] = /AGFzbQEAAAA[\w+/=]*/.exec(readFileSync(file, "latin1")) ?? [];
  return Buffer.from(base64, "base64").toString("latin1");
}

function everyFile(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? everyFile(path) : [path];
  });
}

function metadata(installed) {
  const manifest = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  const version = /^version = "(.+)"$/m.exec(readFileSync(join(REPOSITORY, "Cargo.toml"), "utf8"))?.[1];
  const wrong = [
    manifest.license !== "MIT OR Apache-2.0" && "license",
    manifest.version !== version && `version, which is ${version} in Cargo.toml`,
    Object.keys(manifest.dependencies ?? {}).length > 0 && "dependencies",
    manifest.scripts?.postinstall !== undefined && "postinstall",
  ].filter(Boolean);
  if (wrong.length > 0) throw new Error(`in package.json: ${wrong.join(", ")}`);
  return `${manifest.license}, no dependencies`;
}
