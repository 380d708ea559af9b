import { type Store, toText } from "../store.js";

/** What {@link denoKvStore} needs of a `Deno.Kv`. */
export interface DenoKv {
  get(key: string[]): Promise<{ value: unknown; versionstamp: string | null }>;
  atomic(): DenoKvOperation;
}

/** What {@link denoKvStore} needs of an atomic operation. */
export interface DenoKvOperation {
  check(entry: { key: string[]; versionstamp: string | null }): DenoKvOperation;
  set(key: string[], value: unknown, options: { expireIn: number }): DenoKvOperation;
  commit(): Promise<{ ok: boolean }>;
}

/**
 * Keeps records in Deno KV, below the key `wxkf`. Deno may drop a value later than it is told; a
 * record that is too old does no harm.
 */
export function denoKvStore(kv: DenoKv): Store {
  const path = (key: string): string[] => ["wxkf", key];
  return {
    async get(key) {
      const { value } = await kv.get(path(key));
      return value instanceof Uint8Array ? value : null;
    },
    async compareAndSet(key, expected, next, ttlMs) {
      const { value, versionstamp } = await kv.get(path(key));
      const found = value instanceof Uint8Array ? toText(value) : null;
      if (found !== (expected && toText(expected))) return false;
      const operation = kv.atomic().check({ key: path(key), versionstamp });
      return (await operation.set(path(key), next, { expireIn: ttlMs }).commit()).ok;
    },
  };
}
