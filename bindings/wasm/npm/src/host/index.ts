/**
 * A host for `wxkf`: one `handle(request)` for any server in the style of fetch, `send()`, and stores.
 * State and decisions are in the core; here is only the way between it, the store and the network.
 *
 * @packageDocumentation
 */

export { createBot } from "./bot.js";
export type { Bot, IncomingRequest } from "./bot.js";
export type { Message } from "./message.js";
export { toNode } from "./node.js";
export type { NodeRequest, NodeResponse } from "./node.js";
export type { BotOptions, Context, Handler, Returned } from "./options.js";
export type { Report, Where } from "./report.js";
export { toResponse } from "./response.js";
export type { Failure, SendResult, TypingResult } from "./send.js";
export type { Store } from "./store.js";
export { denoKvStore } from "./stores/deno-kv.js";
export type { DenoKv, DenoKvOperation } from "./stores/deno-kv.js";
export { durableObjectStore, WxkfStoreObject } from "./stores/durable-object.js";
export type { DurableObjectNamespace, DurableObjectState, StubResponse } from "./stores/durable-object.js";
export { kvStore } from "./stores/kv.js";
export type { KvNamespace } from "./stores/kv.js";
export { memoryStore } from "./stores/memory.js";
export { redisStore } from "./stores/redis.js";
export type { RedisClient } from "./stores/redis.js";
export type { BringsToken } from "./token.js";
export type { Lifetime } from "./turn.js";
