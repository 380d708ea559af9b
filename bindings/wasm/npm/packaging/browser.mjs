// A real browser without a screen, and the pages it is shown.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { inPath, run } from "./tools.mjs";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript" };
/** What a page needs that runs the package: its own scripts, and WebAssembly. */
export const CSP = "default-src 'none'; script-src 'self' 'nonce-map' 'wasm-unsafe-eval'";
/** The same without WebAssembly. */
export const CSP_WITHOUT_WASM = "default-src 'none'; script-src 'self' 'nonce-map'";
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Chromium with pages from a folder, or nothing if the machine has none. */
export async function browser(root) {
  const executablePath = inPath("chromium");
  if (executablePath === null) return null;
  const version = /\d[\d.]*/.exec(await run(executablePath, ["--version"]))[0];
  const { chromium } = await import("playwright-core");
  const profile = mkdtempSync(join(tmpdir(), "wxkf-chromium-"));
  const context = await chromium.launchPersistentContext(profile, { executablePath, args: FLAGS });
  let csp = CSP;
  const server = createServer((request, response) => serve(root, csp, request, response));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    version: version.split(".").slice(0, 2).join("."),
    /** What the page at that path says in `result`, or the error that it ran into. */
    async show(path, policy = CSP) {
      csp = policy;
      const page = await context.newPage();
      // The first thing that goes wrong in the page ends the waiting.
      const failure = new Promise((_, reject) => {
        page.on("pageerror", reject);
        page.on("console", (line) => line.type() === "error" && reject(new Error(line.text())));
      });
      const said = async () => {
        await page.goto(`http://127.0.0.1:${server.address().port}/${path}`);
        await page.waitForFunction(() => "result" in globalThis, null, { timeout: 10_000 });
        return page.evaluate(() => globalThis.result);
      };
      try {
        return await Promise.race([said(), failure]);
      } finally {
        await page.close();
      }
    },
    async close() {
      await context.close();
      server.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

function serve(root, csp, request, response) {
  const path = normalize(new URL(request.url, "http://host").pathname);
  try {
    const bytes = readFileSync(join(root, path));
    const type = TYPES[extname(path)] ?? "application/octet-stream";
    response.writeHead(200, { "content-type": type, "content-security-policy": csp }).end(bytes);
  } catch {
    response.writeHead(404).end();
  }
}
