// The files of the package have floors: none imports, be it for a type alone, what leads back to it.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";

const SRC = new URL("../src/", import.meta.url);

/** What each file imports of this package, by their URLs. */
function imports() {
  const files = readdirSync(SRC, { recursive: true }).filter((name) => /(?<!\.d)\.ts$/.test(name));
  return new Map(
    files.map((name) => {
      const url = new URL(name, SRC);
      const named = readFileSync(url, "utf8").matchAll(/\bfrom "(\.[^"]+)\.js"/g);
      return [url.href, [...named].map(([, path]) => new URL(`${path}.ts`, url).href)];
    }),
  );
}

/** The files of one circle, if there is one. */
function circle(graph) {
  const done = new Set();
  const walk = (file, path) => {
    if (path.includes(file)) return path.slice(path.indexOf(file));
    if (done.has(file)) return null;
    for (const next of graph.get(file) ?? []) {
      const found = walk(next, [...path, file]);
      if (found) return found;
    }
    done.add(file);
    return null;
  };
  for (const file of graph.keys()) {
    const found = walk(file, []);
    if (found) return found.map((file) => file.replace(SRC.href, ""));
  }
  return null;
}

test("no file leads back to itself", () => {
  const graph = imports();
  assert.ok(graph.size > 40, `${graph.size} files`);
  assert.ok([...graph.values()].flat().length > 2 * graph.size);
  assert.equal(circle(graph), null);
});

test("a circle is seen", () => {
  const graph = imports();
  const file = (name) => new URL(name, SRC).href;
  graph.get(file("seen.ts")).push(file("account.ts"));
  const found = circle(graph);
  assert.ok(found?.includes("seen.ts") && found.includes("account.ts"), String(found));
});
