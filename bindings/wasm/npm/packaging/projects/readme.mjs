// A new user's path: the first program of the README, in an empty project, with the tarball.

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { run, tool, versionOf } from "../tools.mjs";
import { freePort } from "../../test/support/port.mjs";

const MOST_LINES = 21;
const SETTINGS = {
  WXKF_APP_ID: "wx0123456789abcdef",
  WXKF_TOKEN: "callbackToken",
  WXKF_ENCODING_AES_KEY: "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
  WXKF_SECRET: "0123456789abcdef0123456789abcdef",
};

export async function projects(context) {
  const { report, installed } = context;
  const english = snippet(join(installed, "README.md"));
  await report.check("readme-snippet", "", () => {
    const lines = english.trimEnd().split("\n").length;
    if (lines > MOST_LINES) throw new Error(`${lines} lines`);
    const chinese = snippet(join(installed, "README.zh-CN.md"));
    if (chinese !== english) throw new Error("README.zh-CN.md has another program");
    return `${lines} lines, the same in both languages`;
  });
  await report.check("readme-types", versionOf("typescript"), () => types(context, english));
  await report.check("readme-bot", process.versions.node, () => bot(context, english));
}

/** The first block of JavaScript after the command that installs. */
function snippet(file) {
  const text = readFileSync(file, "utf8");
  const after = text.indexOf("npm install wxkf");
  const block = /```js\n([\s\S]*?)```/.exec(text.slice(after));
  if (after === -1 || block === null) throw new Error(`${file} has no program`);
  return block[1];
}

/** What the README's other blocks take as given. */
const GIVEN = `declare module "wxkf/wxkf.wasm" {
  const module: WebAssembly.Module;
  export default module;
}
declare const appId: string, token: string, encodingAesKey: string;
declare const request: Request, body: Uint8Array;
declare const touser: string, accessToken: string;
`;

/** Every other block of the README, each a module of its own, has to compile. */
async function types(context, program) {
  const text = readFileSync(join(context.installed, "README.md"), "utf8");
  const blocks = [...text.matchAll(/```js\n([\s\S]*?)```/g)].map(([, block]) => block);
  const others = blocks.filter((block) => block !== program);
  const options = { strict: true, target: "es2022", module: "esnext", moduleResolution: "bundler" };
  const compilerOptions = { ...options, lib: ["es2022", "dom"], types: [], noEmit: true };
  const files = { "given.d.ts": GIVEN, "tsconfig.json": JSON.stringify({ compilerOptions }) };
  others.forEach((block, index) => {
    const imports = block.match(/^import .*$/gm) ?? [];
    const rest = block.replace(/^import .*$/gm, "");
    files[`block${index}.ts`] = `${imports.join("\n")}\nexport async function run() {\n${rest}\n}\n`;
  });
  const folder = context.project("readme-types", files);
  await run(tool("tsc"), ["--pretty", "false", "--project", folder]);
  return `${others.length} blocks`;
}

async function bot(context, program) {
  const folder = context.project("readme", { "bot.mjs": program });
  const port = await freePort();
  const env = { ...process.env, ...SETTINGS, PORT: String(port) };
  const child = spawn(process.execPath, ["bot.mjs"], { cwd: folder, env });
  let said = "";
  child.stdout.on("data", (chunk) => (said += chunk));
  child.stderr.on("data", (chunk) => (said += chunk));
  try {
    await listening(port, child);
    return await talk(`http://127.0.0.1:${port}/`, context.installed);
  } catch (error) {
    throw new Error(`${error.message}\nThe program said: ${said}`);
  } finally {
    child.kill();
  }
}

/** WeChat's part: saves the URL, pushes a text twice, and reads the answers. */
async function talk(url, installed) {
  const wxkf = await import(pathToFileURL(join(installed, "dist/index.js")));
  const account = new wxkf.Account({
    kind: "official_account",
    appId: SETTINGS.WXKF_APP_ID,
    token: SETTINGS.WXKF_TOKEN,
    encodingAesKey: SETTINGS.WXKF_ENCODING_AES_KEY,
  });
  const seconds = String(Math.floor(Date.now() / 1000));
  const check = `timestamp=${seconds}&nonce=n&signature=${account.sign(seconds, "n")}&echostr=4375120948`;
  const echo = await (await fetch(`${url}?${check}`)).text();
  if (echo !== "4375120948") throw new Error(`the check of the URL was answered with ${echo}`);

  const message =
    "<xml><ToUserName>gh_1</ToUserName><FromUserName>oUser</FromUserName>" +
    `<CreateTime>${seconds}</CreateTime><MsgType>text</MsgType>` +
    "<Content><![CDATA[hello 你好]]></Content><MsgId>1</MsgId></xml>";
  const push = async () => {
    const sealed = account.seal(message);
    const headers = { "content-type": "text/xml" };
    const body = sealed.pushBody("xml", "gh_1");
    const response = await fetch(`${url}?${sealed.query}`, { method: "POST", headers, body });
    return { status: response.status, text: await response.text() };
  };
  const first = await push();
  if (first.status !== 200) throw new Error(`${first.status}: ${first.text}`);
  const part = (name) => new RegExp(`<${name}>(?:<!\\[CDATA\\[)?([^<\\]]+)`).exec(first.text)?.[1];
  const query =
    `timestamp=${part("TimeStamp")}&nonce=${part("Nonce")}` +
    `&encrypt_type=aes&msg_signature=${part("MsgSignature")}`;
  const { inbound } = wxkf.decodeUnverified(account.open(query, first.text));
  if (inbound.content.content !== "You wrote: hello 你好") throw new Error(JSON.stringify(inbound));
  const second = await push();
  if (second.text !== "success") throw new Error(`a repeat was answered with ${second.text}`);
  const forged = await fetch(`${url}?${query}`, { method: "POST", body: "<xml/>" });
  if (forged.ok) throw new Error(`a forged push was answered with ${forged.status}`);
  return "URL checked, echoed, repeat known, forged refused";
}

async function listening(port, child) {
  for (let tries = 0; tries < 100; tries += 1) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
    try {
      await fetch(`http://127.0.0.1:${port}/`);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  throw new Error("it does not listen");
}
