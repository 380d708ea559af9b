import { type Store, toBytes, toText } from "../store.js";

/** What {@link redisStore} needs of a client: that of `ioredis`, or that of `redis` (node-redis). */
export type RedisClient =
  | { call(command: string, ...args: string[]): Promise<unknown> }
  | { sendCommand(args: string[]): Promise<unknown> };

// `-` is no base64, so it can stand for "none".
const SCRIPT = `if (redis.call('GET', KEYS[1]) or '-') ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1`;

/**
 * Keeps records in Redis, for any number of processes. Bring a connected client; it stays yours to
 * close. A record is a string in base64 with a time to live, set by one Lua script.
 *
 * A server that loses what it has acknowledged (a failover, a restart without AOF) may let a push in
 * twice, and forgets windows until the user writes again.
 */
export function redisStore(client: RedisClient): Store {
  const run = (command: string, ...args: string[]): Promise<unknown> =>
    "call" in client ? client.call(command, ...args) : client.sendCommand([command, ...args]);
  let sha: Promise<string> | undefined;
  return {
    async get(key) {
      const text = await run("GET", key);
      return text === null ? null : toBytes(String(text));
    },
    async compareAndSet(key, expected, next, ttlMs) {
      const args = ["1", key, expected ? toText(expected) : "-", toText(next), String(ttlMs)];
      sha ??= sha1(SCRIPT);
      const answer = await run("EVALSHA", await sha, ...args).catch((error: unknown) => {
        // The server has not seen the script yet, or was restarted; nothing was done.
        if (!String(error).includes("NOSCRIPT")) throw error;
        return run("EVAL", SCRIPT, ...args);
      });
      return Number(answer) === 1;
    },
  };
}

async function sha1(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-1", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
