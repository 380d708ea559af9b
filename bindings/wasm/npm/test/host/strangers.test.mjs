// Servers that stand in the open: no request of a stranger may end the process, and WeChat is served after it.

import assert from "node:assert/strict";
import { readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { test } from "node:test";

import { Account } from "wxkf";

import { copyExamples, startProgram } from "../support/example.mjs";
import { freePort } from "../support/port.mjs";
import { ACCOUNT } from "../support/platform.mjs";

const HEAD = "Host: bot.example\r\nConnection: close\r\n";
const post = (headers, body) => `POST PATH HTTP/1.1\r\n${HEAD}${headers}\r\n${body}`;
const sized = (type, body, headers = "") =>
  post(`Content-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${headers}`, body);
const chunked = (body) => post("Content-Type: text/xml\r\nTransfer-Encoding: chunked\r\n", body);
const REQUESTS = [
  ...["TRACE", "HEAD", "PUT", "OPTIONS", "DELETE", "PATCH", "CONNECT", "PROPFIND", "NONSENSE", ""].map(
    (method) => `${method} PATH HTTP/1.1\r\n${HEAD}\r\n`,
  ),
  ...["*", "//", "/%", "PATH?%", "PATH/%ff?a=%ff", "PATH#", "http://[", "http://other.example/", "x://@:99999999/", "\u0000"].map(
    (target) => `GET ${target} HTTP/1.1\r\n${HEAD}\r\n`,
  ),
  ...["Host: [\r\n", "Host: a b\r\n", "Host: \r\n", "Host: a\r\nHost: b\r\n", "", "Host: bot.example:99999999\r\n"].map(
    (host) => `GET PATH?echostr=1 HTTP/1.1\r\n${host}Connection: close\r\n\r\n`,
  ),
  `GET PATH?${"a".repeat(15_000)} HTTP/1.1\r\n${HEAD}\r\n`,
  `GET PATH?${"a=b&".repeat(30_000)} HTTP/1.1\r\n${HEAD}\r\n`,
  `GET PATH HTTP/1.1\r\n${HEAD}X-Long: ${"x".repeat(100_000)}\r\n\r\n`,
  `GET PATH HTTP/1.1\r\n${HEAD}${"X-Many: x\r\n".repeat(3000)}\r\n`,
  `GET PATH HTTP/0.9\r\n\r\n`,
  `POST PATH HTTP/1.0\r\n\r\nbody`,
  post("Content-Length: 100\r\n", "less"),
  post("Content-Type: text/xml\r\nContent-Length: 100\r\n", "<xml>"),
  post("Content-Type: application/json\r\nContent-Length: 100\r\n", '{"a":'),
  post("Content-Length: 1\r\n", "more than that"),
  post("Content-Length: -1\r\n", "x"),
  post("Content-Length: 5\r\nContent-Length: 6\r\n", "xxxxx"),
  post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "xxxxx"),
  post("Expect: 100-continue\r\nContent-Length: 3\r\n", "xml"),
  post("Upgrade: websocket\r\nConnection: Upgrade\r\n", ""),
  chunked("zz\r\n"),
  chunked("5\r\n<xml>\r\n"),
  chunked("5\r\n<xml>\r\n0\r\n\r\n"),
  post("Content-Length: 9000000\r\n", "x".repeat(9_000_000)),
  ...["", "{", "null", "7", '"x"', "[]", "{}", '{"Encrypt":7}', '{"__proto__":{"a":1}}', "[".repeat(50_000)].flatMap((body) => [
    sized("application/json", body),
    sized("text/xml", body),
  ]),
  ...["a=b", "Encrypt[]=1&Encrypt[a]=2", "%", "a[".repeat(1000)].map((body) => sized("application/x-www-form-urlencoded", body)),
  sized("multipart/form-data; boundary=x", "--x\r\n"),
  sized("text/xml; charset=nonsense", "<xml/>"),
  sized("text/xml", "not gzip", "Content-Encoding: gzip\r\n"),
  sized("application/json", "not gzip", "Content-Encoding: gzip\r\n"),
  sized("text/xml", "x", "Content-Encoding: nonsense\r\n"),
  sized("text/xml", "<xml/>") + sized("text/xml", "<xml/>"),
];

/** Sends bytes as they are, and waits for the end; or goes away in the middle. */
async function shout(port, bytes, patience = 300) {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {}).resume();
  socket.write(bytes, "latin1");
  setTimeout(() => socket.destroy(), patience).unref();
  await new Promise((resolve) => socket.once("close", resolve));
}

/** The bot of the README, as WeChat sees it. */
const account = new Account({ kind: "official_account", ...ACCOUNT });
let pushes = 0;

/** A push of the user's text, and what it is answered. */
async function served(url, format = "xml") {
  pushes += 1;
  const seconds = Math.floor(Date.now() / 1000);
  const message = { ToUserName: "gh_1", FromUserName: "o1", CreateTime: seconds, MsgType: "text", Content: "hi", MsgId: pushes };
  const xml = Object.entries(message).map(([name, value]) => `<${name}>${value}</${name}>`).join("");
  const sealed = account.seal(format === "xml" ? `<xml>${xml}</xml>` : JSON.stringify(message));
  const headers = { "content-type": format === "xml" ? "text/xml" : "application/json" };
  const response = await fetch(`${url}?${sealed.query}`, { method: "POST", headers, body: sealed.pushBody(format, "gh_1") });
  const body = await response.text();
  return response.status === 200 ? /Encrypt/.test(body) || body : response.status;
}

/** `answers`: what pushes in XML and in JSON are answered, `true` if they are served. */
async function survives(bot, path = "/wechat", answers = { xml: true, json: true }) {
  const { port } = new URL(bot.url);
  await Promise.all(REQUESTS.map((request) => shout(port, request.replaceAll("PATH", path))));
  await Promise.all(REQUESTS.map((request) => shout(port, request.replaceAll("PATH", path), 1)));
  const url = `http://127.0.0.1:${port}${path}`;
  const response = await fetch(`${url}?echostr=1`);
  assert.equal(`${response.status} ${await response.text()}`, "400 ", path);
  const seconds = String(Math.floor(Date.now() / 1000));
  const check = `timestamp=${seconds}&nonce=n&signature=${account.sign(seconds, "n")}&echostr=4375120948`;
  assert.equal(await (await fetch(`${url}?${check}`)).text(), "4375120948", path);
  for (const [format, answer] of Object.entries(answers)) assert.equal(await served(url, format), answer, `${path}, ${format}`);
  assert.ok(!bot.printed.some((line) => line.includes("Node.js v")), bot.printed.join("\n"));
}

const variables = {
  WXKF_KIND: "official_account",
  WXKF_APP_ID: ACCOUNT.appId,
  WXKF_TOKEN: ACCOUNT.token,
  WXKF_ENCODING_AES_KEY: ACCOUNT.encodingAesKey,
};

test("the bot of the README", async (t) => {
  for (const readme of ["README.md", "README.zh-CN.md"]) {
    const dir = await copyExamples();
    t.after(() => rm(dir, { recursive: true, force: true }));
    const page = await readFile(new URL(`../../${readme}`, import.meta.url), "utf8");
    const code = page.match(/```js\n(import \{ createServer[\s\S]*?)```/)[1];
    const said = code.replace(/\);\s*$/, ', () => console.log("listening on " + process.env.PORT));\n');
    await writeFile(join(dir, "bot.mjs"), said);
    const PORT = String(await freePort());
    const bot = await startProgram(process.execPath, ["bot.mjs"], { cwd: dir, env: { PORT, ...variables } });
    t.after(() => bot.close());
    await survives(bot);
  }
});

test("the example for node:http", async (t) => {
  const dir = await copyExamples();
  t.after(() => rm(dir, { recursive: true, force: true }));
  const env = { PORT: "0", ...variables };
  const bot = await startProgram(process.execPath, ["server.mjs"], { cwd: join(dir, "node-echo"), env });
  t.after(() => bot.close());
  await survives(bot);
});

/** What each body parser leaves of a push, in XML and in JSON: it is served, or that answer is given. */
const BEHIND = {
  none: { xml: true, json: true },
  json: { xml: true, json: 500 },
  "json-all": { xml: 400, json: 500 }, // Express itself answers XML that is no JSON
  urlencoded: { xml: true, json: true },
  "urlencoded-all": { xml: 500, json: 500 },
  text: { xml: true, json: true },
  raw: { xml: true, json: true },
  usual: { xml: true, json: 500 },
  "raw-body": { xml: 400, json: true },
  consumed: { xml: 500, json: 500 },
};

for (const [name, version] of [["express-4", "4."], ["express", "5."]]) {
  test(`Express ${version}x, before and behind every body parser`, async (t) => {
    const { default: found } = await import(`${name}/package.json`, { with: { type: "json" } });
    assert.ok(found.version.startsWith(version), found.version);
    const program = new URL("../support/express-bot.mjs", import.meta.url).pathname;
    const bot = await startProgram(process.execPath, [program], {
      cwd: new URL("../..", import.meta.url).pathname,
      env: { EXPRESS: name, ...variables },
    });
    t.after(() => bot.close());
    for (const [route, answers] of Object.entries(BEHIND)) await survives(bot, `/${route}`, answers);
    assert.ok(bot.printed.some((line) => line.includes("a body parser has been here")), bot.printed.slice(-5).join("\n"));
  });
}
