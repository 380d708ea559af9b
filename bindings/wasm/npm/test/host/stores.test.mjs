// Each store, where it lives: in this process, in Redis, in workerd, in Deno.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";

import { memoryStore, redisStore } from "wxkf/host";

import { installed, needs, program } from "../support/absent.mjs";
import { redisClient, startRedis } from "../support/redis.mjs";
import { checkStore } from "../support/store-contract.mjs";
import { bundleWorker } from "../support/worker.mjs";

const run = promisify(execFile);
const file = (path) => new URL(path, import.meta.url).pathname;

test("memory", () => checkStore(memoryStore()));

test("the contract finds a store that does not compare", async () => {
  const values = new Map();
  const store = {
    get: async (key) => values.get(key) ?? null,
    compareAndSet: async (key, _, next) => !!values.set(key, next),
  };
  await assert.rejects(checkStore(store), /nothing is not one/);
});

test("Redis, with both clients", { skip: needs({ "redis-server": program("redis-server") }) }, async (t) => {
  const redis = await startRedis();
  t.after(() => redis.close());
  for (const kind of ["node-redis", "ioredis"]) {
    const { client, close } = await redisClient(kind, redis.port);
    await checkStore(redisStore(client));
    // The script is sent once, and again only if the server has lost it.
    const send = (...args) => (client.call ? client.call(...args) : client.sendCommand(args));
    const evals = async () => Number(/cmdstat_eval:calls=(\d+)/.exec(await send("INFO", "commandstats"))?.[1] ?? 0);
    const first = await evals();
    await checkStore(redisStore(client));
    assert.equal(await evals(), first);
    await send("SCRIPT", "FLUSH");
    await checkStore(redisStore(client));
    assert.ok((await evals()) > first);
    close();
  }
});

test("two kinds of clients see the same records", { skip: needs({ "redis-server": program("redis-server") }) }, async (t) => {
  const redis = await startRedis();
  t.after(() => redis.close());
  const [one, other] = [await redisClient("node-redis", redis.port), await redisClient("ioredis", redis.port)];
  assert.ok(await redisStore(one.client).compareAndSet("k", null, Uint8Array.of(0, 255), 60_000));
  assert.deepEqual([...(await redisStore(other.client).get("k"))], [0, 255]);
  assert.ok(await redisStore(other.client).compareAndSet("k", Uint8Array.of(0, 255), Uint8Array.of(7), 60_000));
  const left = await other.client.pttl("k");
  assert.ok(left > 50_000 && left <= 60_000, `${left} ms to live`);
  one.close();
  other.close();
});

test("Durable Objects and KV, in workerd", { skip: needs({ workerd: installed("workerd") }) }, async (t) => {
  const dir = await bundleWorker(file("workerd/stores.mjs"), file("workerd/stores.capnp"));
  t.after(() => rm(dir, { recursive: true, force: true }));
  await copyFile(file("workerd/kv.js"), join(dir, "kv.js"));
  const { stdout, stderr } = await run(installed("workerd"), ["test", join(dir, "config.capnp")]);
  for (const name of ["durableObjects", "kv"]) {
    assert.match(stdout + stderr, new RegExp(`\\[ PASS \\].*${name}`));
  }
});

test("Deno KV, in Deno", { skip: needs({ deno: installed("deno") }) }, async (t) => {
  const dir = await mkdtemp(join(tmpdir(), "wxkf-deno-"));
  t.after(() => rm(dir, { recursive: true, force: true }));
  const imports = {
    wxkf: file("../../dist/index.js"),
    "wxkf/host": file("../../dist/host.js"),
    contract: file("../support/store-contract.mjs"),
  };
  await writeFile(join(dir, "deno.json"), JSON.stringify({ imports, unstable: ["kv"] }));
  await copyFile(file("deno/stores.mjs"), join(dir, "stores.mjs"));
  const flags = ["run", "--no-remote", "--allow-read", "--allow-write", "--config", join(dir, "deno.json")];
  const { stdout } = await run(installed("deno"), [...flags, join(dir, "stores.mjs"), join(dir, "kv.sqlite")]);
  assert.equal(stdout.trim(), "two stores keep their word");
});
