// Users who write to several processes at once, as fast as these answer.

import { fork } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import http from "node:http";
import { join } from "node:path";

/** Starts a process of the bot. */
export async function startProcess(options, dir, number) {
  const log = join(dir, `handled-${number}`);
  const child = fork(new URL("bot-process.mjs", import.meta.url));
  child.send({ ...options, log });
  const [{ port }] = await once(child, "message");
  return {
    child,
    /** The pushes that it has begun to handle, in order; also after its end. */
    handled: async () => (await readFile(log, "utf8")).split("\n").filter(Boolean),
    port,
    async report() {
      child.send("report");
      const [report] = await once(child, "message");
      return report;
    },
    async close() {
      child.kill();
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    },
  };
}

/**
 * `pushes` messages of `users` users, each to a process at random; every fourth goes to two at once. Then it
 * waits until WeChat is done with all of them. Gives how many deliveries there were.
 */
export async function writeAll({ platform, processes, pushes, users, parallel, onPush }) {
  const agent = new http.Agent({ keepAlive: true });
  const underWay = new Set();
  let deliveries = 0;
  let duplicates = 0;

  const deliver = async (attempt) => {
    deliveries += 1;
    const alive = processes.filter(({ child }) => child.exitCode === null && child.signalCode === null);
    const { port } = alive[Math.floor(Math.random() * alive.length)];
    return post(agent, port, attempt);
  };
  const attemptOnce = async (attempt) => {
    const isDouble = attempt.number === 1 && deliveries % 4 === 0;
    if (isDouble) duplicates += 1;
    if (attempt.number > 1) duplicates += 1;
    const answers = await Promise.all([deliver(attempt), ...(isDouble ? [deliver(attempt)] : [])]);
    // WeChat hears the first that says something.
    const body = answers.find((answer) => answer !== null);
    await platform.ask("answer", { id: attempt.id, ...(body === undefined ? {} : { body }) });
  };
  const begin = async () => {
    const { attempts, next } = await platform.ask("attempts");
    for (const attempt of attempts) {
      const work = attemptOnce(attempt).finally(() => underWay.delete(work));
      underWay.add(work);
    }
    return next;
  };

  for (let number = 0; number < pushes; number += 1) {
    const user = `o${Math.floor(Math.random() * users)}`;
    await platform.act(user, "write", `message ${number}`);
    await begin();
    await onPush?.(number);
    while (underWay.size >= parallel) await Promise.race(underWay);
  }
  for (;;) {
    await Promise.all(underWay);
    const next = await begin();
    if (next === null && underWay.size === 0) break;
    if (underWay.size === 0) await new Promise((resolve) => setTimeout(resolve, Math.max(0, next - Date.now())));
  }
  agent.destroy();
  return { deliveries, duplicates };
}

/** The body of a good answer; null if there is none. */
function post(agent, port, { query, body }) {
  return new Promise((resolve) => {
    const options = { agent, port, host: "127.0.0.1", method: "POST", path: `/wechat?${query}` };
    const request = http.request(options, async (response) => {
      let text = "";
      response.setEncoding("utf8");
      try {
        for await (const chunk of response) text += chunk;
        resolve(response.statusCode === 200 ? text : null);
      } catch {
        resolve(null);
      }
    });
    request.on("error", () => resolve(null));
    request.end(body);
  });
}
