// What hosts bring has types of its own: it must fit without a cast. This is compiled, and never run.

import type { DurableObjectNamespace, ExecutionContext, KVNamespace } from "@cloudflare/workers-types";
import { type Cluster, Redis } from "ioredis";
import { createClient } from "redis";
import express from "express";
import { createServer } from "node:http";
import { createBot, durableObjectStore, kvStore, memoryStore, redisStore, type SendResult, toNode } from "wxkf/host";

declare const cluster: Cluster;
declare const kv: KVNamespace;
declare const lifetime: ExecutionContext;
declare const objects: DurableObjectNamespace;

redisStore(new Redis());
redisStore(cluster);
redisStore(createClient());
redisStore(await createClient({ url: "redis://127.0.0.1" }).connect());
durableObjectStore(objects);
kvStore(kv);

const bot = createBot({
  account: { kind: "mini_program", appId: "wx0123456789abcdef", token: "t", mode: "plain" },
  store: memoryStore(),
  async onMessage({ inbound, send }) {
    if (inbound.kind !== "text") return { type: "transfer_customer_service" };
    const result: SendResult = await send(inbound.content.content ?? "");
    if (result.ok) return;
    if (result.reason === "refused") console.log(result.refusal.retryAt, result.rest);
    if (result.reason === "rejected") console.log(result.rejection.errcode);
    if (result.reason === "unknown") console.log(result.doubtful);
    return "later";
  },
  onEvent: () => ({ type: "success" }),
});
bot.handle(new Request("https://bot.example/"), lifetime);
createServer(toNode(bot)).listen(0);
express().use("/wechat", toNode(bot)).post("/wechat", toNode(bot));
// @ts-expect-error: a message has a type.
bot.send("o1", { content: "hi" });
// @ts-expect-error: somewhere the records have to live.
createBot({ account: { kind: "mini_program", appId: "wx0123456789abcdef", token: "t", mode: "plain" } });
