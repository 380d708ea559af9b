// Servers that stand in the open: no request of a stranger may end the process.

import assert from "node:assert/strict";
import { readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { test } from "node:test";

import { copyExamples, startProgram } from "../support/example.mjs";
import { freePort } from "../support/port.mjs";
import { ACCOUNT } from "../support/platform.mjs";

const HEAD = "Host: bot.example\r\nConnection: close\r\n";
const REQUESTS = [
  ...["TRACE", "HEAD", "PUT", "OPTIONS", "DELETE"].map((method) => `${method} /wechat HTTP/1.1\r\n${HEAD}\r\n`),
  ...["*", "//", "/%", "/?%", "http://[", "http://other.example/", "x://@:99999999/"].map(
    (target) => `GET ${target} HTTP/1.1\r\n${HEAD}\r\n`,
  ),
  `POST /wechat HTTP/1.1\r\n${HEAD}Content-Length: 100\r\n\r\nless`,
  `POST /wechat HTTP/1.1\r\n${HEAD}Transfer-Encoding: chunked\r\n\r\nzz\r\n`,
  `POST /wechat HTTP/1.1\r\n${HEAD}Content-Length: 9000000\r\n\r\n${"x".repeat(9_000_000)}`,
];

/** Sends bytes as they are, and waits for the end. */
async function shout(port, bytes) {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {}).resume();
  socket.write(bytes);
  setTimeout(() => socket.destroy(), 300).unref();
  await new Promise((resolve) => socket.once("close", resolve));
}

async function survives(port, isAlive) {
  for (const request of REQUESTS) await shout(port, request);
  const response = await fetch(`http://127.0.0.1:${port}/wechat?echostr=1`);
  assert.equal(`${response.status} ${await response.text()}`, "400 ");
  assert.ok(isAlive());
}

test("the bot of the README", async (t) => {
  for (const readme of ["README.md", "README.zh-CN.md"]) {
    const dir = await copyExamples();
    t.after(() => rm(dir, { recursive: true, force: true }));
    const page = await readFile(new URL(`../../${readme}`, import.meta.url), "utf8");
    const code = page.match(/```js\n(import \{ createServer[\s\S]*?)```/)[1];
    const said = code.replace(/\);\s*$/, ', () => console.log("listening on " + process.env.PORT));\n');
    await writeFile(join(dir, "bot.mjs"), said);
    const PORT = String(await freePort());
    const env = { PORT, WX_APPID: ACCOUNT.appId, WX_TOKEN: ACCOUNT.token, WX_AES_KEY: ACCOUNT.encodingAesKey };
    const bot = await startProgram(process.execPath, ["bot.mjs"], { cwd: dir, env });
    t.after(() => bot.close());
    await survives(PORT, () => !bot.printed.some((line) => line.includes("Node.js v")));
  }
});

test("the adapter for node:http", async (t) => {
  const dir = await copyExamples();
  t.after(() => rm(dir, { recursive: true, force: true }));
  const env = {
    PORT: "0",
    WXKF_KIND: "official_account",
    WXKF_APP_ID: ACCOUNT.appId,
    WXKF_TOKEN: ACCOUNT.token,
    WXKF_ENCODING_AES_KEY: ACCOUNT.encodingAesKey,
  };
  const bot = await startProgram(process.execPath, ["server.mjs"], { cwd: join(dir, "node-echo"), env });
  t.after(() => bot.close());
  await survives(new URL(bot.url).port, () => !bot.printed.some((line) => line.includes("Node.js v")));
});
