import { type Store, toBytes, toText } from "../store.js";

/** How many values are set between two looks for those whose time is over. */
const SWEEP_EVERY = 1000;

/**
 * Keeps records in this process, until it ends. For one process, and for tests: after a restart the
 * bot knows of no window and no push, and answers a repeat as if it were new.
 */
export function memoryStore(): Store {
  const values = new Map<string, { text: string; ends: number }>();
  let writes = 0;
  const find = (key: string): string | null => {
    const value = values.get(key);
    return value !== undefined && value.ends > Date.now() ? value.text : null;
  };
  return {
    async get(key) {
      const text = find(key);
      return text === null ? null : toBytes(text);
    },
    async compareAndSet(key, expected, next, ttlMs) {
      if (find(key) !== (expected && toText(expected))) return false;
      const now = Date.now();
      values.set(key, { text: toText(next), ends: now + ttlMs });
      writes += 1;
      if (writes % SWEEP_EVERY === 0) {
        for (const [old, { ends }] of values) if (ends <= now) values.delete(old);
      }
      return true;
    },
  };
}
