// A Redis server of its own for a test, and the two clients.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Redis } from "ioredis";
import { createClient } from "redis";

import { program } from "./absent.mjs";
import { freePort } from "./port.mjs";

/** Starts a server; gives its port, and what ends it. */
export async function startRedis() {
  const port = await freePort();
  const dir = await mkdtemp(join(tmpdir(), "wxkf-redis-"));
  const args = ["--port", port, "--bind", "127.0.0.1", "--dir", dir, "--save", "", "--appendonly", "no"];
  const child = spawn(program("redis-server") ?? "redis-server", args.map(String), { stdio: "ignore" });
  await once(child, "spawn");
  for (let tries = 0; !(await canConnect(port)); tries += 1) {
    if (tries > 100 || child.exitCode !== null) throw new Error("redis-server does not listen");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    port,
    async close() {
      child.kill();
      if (child.exitCode === null) await once(child, "exit");
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** A connected client of either kind, and what ends it. */
export async function redisClient(kind, port) {
  if (kind === "ioredis") {
    const client = new Redis(port, "127.0.0.1");
    return { client, close: () => client.disconnect() };
  }
  const client = await createClient({ socket: { host: "127.0.0.1", port } }).connect();
  return { client, close: () => client.destroy() };
}

function canConnect(port) {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => resolve(true)).on("error", () => resolve(false));
    socket.unref();
    socket.on("connect", () => socket.destroy());
  });
}
