import { type Store, toBytes, toText } from "../store.js";

/** What {@link kvStore} needs of a KV namespace. */
export interface KvNamespace {
  get(key: string): Promise<string | null>;
  put(key: string, value: string, options: { expirationTtl: number }): Promise<void>;
}

/** The shortest life of a value, in seconds (developers.cloudflare.com/kv/api/write-key-value-pairs). */
const SHORTEST = 60;

/**
 * Keeps records in Workers KV. **It keeps less than the other stores promise**: KV cannot compare and
 * set, others see a write up to a minute later, and takes one write a second and key. So a push may be
 * handled twice, a message may be sent above the quota (WeChat refuses it then), and two workers may
 * fetch a token each. It is fine for a bot that answers passively, once a push, and where handling
 * something twice does no harm. Otherwise take `durableObjectStore`.
 */
export function kvStore(namespace: KvNamespace): Store {
  return {
    async get(key) {
      const text = await namespace.get(key);
      return text === null ? null : toBytes(text);
    },
    async compareAndSet(key, expected, next, ttlMs) {
      const found = await namespace.get(key);
      if (found !== (expected && toText(expected))) return false;
      const expirationTtl = Math.max(SHORTEST, Math.ceil(ttlMs / 1000));
      await namespace.put(key, toText(next), { expirationTtl });
      return true;
    },
  };
}
