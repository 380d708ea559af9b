// Every example, run where it says it runs, between a user and the model of the platform.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, rm } from "node:fs/promises";
import http from "node:http";
import { dirname, join } from "node:path";
import { test } from "node:test";

import { EdgeRuntime } from "edge-runtime";
import { build } from "esbuild";

import { installed, needs, platformProgram, program } from "../support/absent.mjs";
import { pause, until } from "../support/bot.mjs";
import { copyExamples, startProgram, variables } from "../support/example.mjs";
import { freePort } from "../support/port.mjs";
import { startPlatform } from "../support/platform.mjs";
import { redisClient, startRedis } from "../support/redis.mjs";
import { bundleWorker } from "../support/worker.mjs";

const model = { "the platform model": platformProgram() };

/** The platform and the copy of the examples. What is given to `after` is ended first. */
async function start(t, options) {
  const [platform, dir] = [await startPlatform(options), await copyExamples()];
  const ends = [() => platform.close(), () => rm(dir, { recursive: true, force: true })];
  t.after(async () => {
    for (const end of ends.reverse()) await end();
  });
  return { platform, dir, after: (end) => ends.push(end) };
}

/** The check of the URL, a push, its repeat, and something that is not from WeChat. */
async function converse(platform, post, expected) {
  const { query, echo } = await platform.ask("verification");
  assert.equal(await (await post({ query })).text(), echo);

  const attempt = await platform.push("o1", "write", "在吗");
  const response = await post(attempt);
  assert.equal(response.status, 200);
  await platform.answer(attempt, response);
  assert.equal(await (await post(attempt)).text(), "success");
  const forged = await post({ ...attempt, query: attempt.query.replace(/msg_signature=./, "msg_signature=x") });
  assert.deepEqual([forged.status, await forged.text()], [403, ""]);

  await until(async () => (await platform.told("o1")).length > 0);
  assert.deepEqual(await platform.told("o1"), [expected]);
  const { acknowledged, refused } = await platform.stats();
  assert.deepEqual([acknowledged, refused], [1, 0]);
}

/** Posts a push, or gets the URL if there is no body. */
const over = (url) => ({ query, body }) =>
  fetch(`${url}?${query}`, body === undefined ? {} : { method: "POST", body });

for (const kind of ["official_account", "mini_program"]) {
  test(`node-echo, ${kind}`, { skip: needs(model) }, async (t) => {
    const { platform, dir, after } = await start(t, { kind });
    const cwd = join(dir, "node-echo");
    const bot = await startProgram(process.execPath, ["server.mjs"], { cwd, env: { ...variables(platform), PORT: "0" } });
    after(bot.close);
    await converse(platform, over(bot.url), "You wrote: 在吗");
    assert.equal(platform.calls.length > 0, kind === "mini_program");
  });
}

test("hono-redis", { skip: needs({ ...model, "redis-server": program("redis-server") }) }, async (t) => {
  const { platform, dir, after } = await start(t);
  const redis = await startRedis();
  after(redis.close);
  const env = { ...variables(platform), PORT: "0", REDIS_URL: `redis://127.0.0.1:${redis.port}` };
  const bot = await startProgram(process.execPath, ["server.mjs"], { cwd: join(dir, "hono-redis"), env });
  after(bot.close);
  await converse(platform, over(bot.url), "You wrote: 在吗");
});

test("cloudflare-worker", { skip: needs({ ...model, workerd: installed("workerd") }) }, async (t) => {
  const { platform, dir, after } = await start(t, { kind: "mini_program", format: "json" });
  const config = new URL("workerd/example.capnp", import.meta.url).pathname;
  const worker = await bundleWorker(join(dir, "cloudflare-worker", "worker.js"), config);
  after(() => rm(worker, { recursive: true, force: true }));
  const port = await freePort();
  const args = ["serve", join(worker, "config.capnp"), `--socket-addr=http=127.0.0.1:${port}`];
  const child = spawn(installed("workerd"), args, { env: { ...process.env, ...variables(platform) }, stdio: "inherit" });
  after(async () => {
    child.kill();
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  });
  const post = over(`http://127.0.0.1:${port}/wechat`);
  await until(() => post({ query: "" }).then(() => true, () => false), "workerd does not listen");
  await converse(platform, post, "You wrote: 在吗");
  assert.ok(platform.calls.some(({ path }) => path.endsWith("custom/typing")));
});

test("deno", { skip: needs({ ...model, deno: installed("deno") }) }, async (t) => {
  const { platform, dir, after } = await start(t);
  const env = { ...variables(platform), PORT: "0", KV_PATH: join(dir, "kv.sqlite"), NO_COLOR: "1" };
  const cwd = join(dir, "deno");
  const args = ["run", "--no-remote", "-NER", `--allow-write=${dir}`, "main.ts"];
  const bot = await startProgram(installed("deno"), args, { cwd, env });
  after(bot.close);
  await converse(platform, over(bot.url), "You wrote: 在吗");
});

test("vercel-edge", { skip: needs({ ...model, "redis-server": program("redis-server") }) }, async (t) => {
  const { platform, dir, after } = await start(t);
  const redis = await startRedis();
  after(redis.close);
  const rest = await redisOverHttp(redis.port);
  after(rest.close);
  const module = new WebAssembly.Module(await readFile(new URL("../../dist/wxkf.wasm", import.meta.url)));
  const runtime = new EdgeRuntime({
    initialCode: await bundleEdge(join(dir, "vercel-edge", "api", "wechat.js")),
    // As strict as the platform: neither text nor bytes become code.
    codeGeneration: { strings: false, wasm: false },
    extend: (context) =>
      Object.assign(context, {
        process: { env: { ...variables(platform), KV_REST_API_URL: rest.url, KV_REST_API_TOKEN: "t" } },
        wxkfModule: module,
      }),
  });
  const post = ({ query, body }) =>
    runtime.dispatchFetch(`http://bot.example/wechat?${query}`, body === undefined ? {} : { method: "POST", body });
  await converse(platform, post, "You wrote: 在吗");
});

test("llm-bot: success in time, typing, then parts within the quota", { skip: needs(model) }, async (t) => {
  const { platform, dir, after } = await start(t, { kind: "mini_program", format: "json" });
  const env = { ...variables(platform), PORT: "0", MODEL_PAUSE_MS: "55" };
  const bot = await startProgram(process.execPath, ["server.mjs"], { cwd: join(dir, "llm-bot"), env });
  after(bot.close);
  const attempt = await platform.push("o1", "write", "where is my parcel?");
  const begun = Date.now();
  const answered = fetch(`${bot.url}?${attempt.query}`, { method: "POST", body: attempt.body }).then(async (response) => {
    assert.equal(await response.clone().text(), "success");
    await platform.answer(attempt, response);
    return Date.now() - begun;
  });
  await until(async () => (await platform.user("o1")).typing, "typing is not shown");
  const took = await answered;
  assert.ok(took > 3000 && took < 5000, `answered after ${took} ms`);
  assert.ok((await platform.told("o1")).length < 5, "the answer was not slow");
  await until(async () => (await platform.told("o1")).length === 5);
  const told = await platform.told("o1");
  assert.equal(told[0], "You asked: where is my parcel?");
  assert.match(told[4], /^Should anything be broken[^]*Is there anything else\?$|^You may still[^]*anything else\?$/);
  await pause(100);
  const { sent, refused, acknowledged } = await platform.stats();
  assert.deepEqual([sent, refused, acknowledged, bot.printed.length], [5, 0, 1, 1]);
});

/** Redis as Upstash offers it over HTTP, before the real server. */
async function redisOverHttp(port) {
  const { client, close } = await redisClient("node-redis", port);
  const server = http.createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const answer = await client.sendCommand(JSON.parse(body)).then(
      (result) => ({ result }),
      (error) => ({ error: error.message }),
    );
    response.end(JSON.stringify(answer));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.close();
      server.closeAllConnections();
      close();
    },
  };
}

/** One script, as Vercel makes it: the host compiles the wasm and hands it in. */
async function bundleEdge(entry) {
  const handedIn = {
    name: "handed-in",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /\.wasm\?module$/ }, () => ({ path: "wxkf", namespace: "handed-in" }));
      onLoad({ filter: /./, namespace: "handed-in" }, () => ({ contents: "export default globalThis.wxkfModule" }));
    },
  };
  const { outputFiles } = await build({
    stdin: {
      contents: `import handler from ${JSON.stringify(entry)};
        addEventListener("fetch", (event) => event.respondWith(handler(event.request, event)));`,
      resolveDir: dirname(entry),
    },
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
    conditions: ["edge-light"],
    plugins: [handedIn],
    // That of the package is for its sources, and not in the package.
    tsconfigRaw: {},
    logLevel: "error",
  });
  return outputFiles[0].text;
}
