// One process of many that share an account: a bot behind node:http, with its records in Redis. The parent
// says on the channel what it is to be, and hears the port.

import { openSync, writeSync } from "node:fs";
import http from "node:http";

import { createBot, redisStore, toNode } from "wxkf/host";

import { redisClient } from "./redis.mjs";

process.once("message", async ({ account, secret, baseUrl, redis, client, policy, log }) => {
  const counts = { conflicts: 0, delivered: 0, failed: 0, handled: 0, refused: 0, sets: 0, tries: 0 };
  const errors = [];
  // What was handled outlives the process.
  const file = openSync(log, "a");
  const inner = redisStore((await redisClient(client, redis)).client);
  const store = {
    get: (key) => inner.get(key),
    async compareAndSet(...args) {
      const isSet = await inner.compareAndSet(...args);
      counts[isSet ? "sets" : "conflicts"] += 1;
      return isSet;
    },
  };
  const bot = createBot({
    account,
    secret,
    store,
    baseUrl,
    policy,
    onError: (error, where) => errors.push(`${where}: ${error.stack}`),
    async onMessage({ inbound, send }) {
      counts.handled += 1;
      writeSync(file, `${inbound.msg_id}\n`);
      const messages = 1 + (Number(inbound.msg_id.slice(-3)) % 3);
      for (let number = 1; number <= messages; number += 1) {
        counts.tries += 1;
        const result = await send(`${number} of ${messages}`);
        if (result.ok) counts.delivered += 1;
        else if (result.reason === "refused") counts.refused += 1;
        else {
          counts.failed += 1;
          errors.push(JSON.stringify(result));
        }
      }
    },
  });
  const server = http.createServer(toNode(bot));
  server.listen(0, "127.0.0.1", () => process.send({ port: server.address().port }));
  process.on("message", () => process.send({ counts, errors }));
  process.on("disconnect", () => process.exit());
});
