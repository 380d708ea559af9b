import { type Store, toBytes, toText } from "../store.js";

/** What {@link durableObjectStore} needs of the binding of {@link WxkfStoreObject}. */
export interface DurableObjectNamespace {
  idFromName(name: string): unknown;
  get(id: never): {
    fetch(url: string, init?: { method: string; body: string }): Promise<StubResponse>;
  };
}

/** What {@link durableObjectStore} needs of an answer. */
export interface StubResponse {
  readonly ok: boolean;
  readonly status: number;
  text(): Promise<string>;
}

/** What {@link WxkfStoreObject} needs of its state. */
export interface DurableObjectState {
  readonly storage: {
    get(key: string): Promise<unknown>;
    put(key: string, value: unknown): Promise<void>;
    deleteAll(): Promise<void>;
    getAlarm(): Promise<number | null>;
    setAlarm(at: number): Promise<void>;
  };
}

interface Value {
  text: string;
  ends: number;
}

const URL_OF_VALUE = "https://store/";
const VALUE = "value";

/**
 * Keeps records in Durable Objects of Cloudflare, one object a key: that is, one a user and one for
 * the token. Export {@link WxkfStoreObject} from the worker, and bind it with SQLite or without.
 */
export function durableObjectStore(namespace: DurableObjectNamespace): Store {
  const object = (key: string) => namespace.get(namespace.idFromName(key) as never);
  return {
    async get(key) {
      const response = await object(key).fetch(URL_OF_VALUE);
      const text = await read(response);
      return text === "" ? null : toBytes(text);
    },
    async compareAndSet(key, expected, next, ttlMs) {
      const body = JSON.stringify([expected && toText(expected), toText(next), ttlMs]);
      const response = await object(key).fetch(URL_OF_VALUE, { method: "PUT", body });
      return (await read(response)) === "true";
    },
  };
}

async function read(response: StubResponse): Promise<string> {
  const text = await response.text();
  if (!response.ok) throw new Error(`the store object answered ${response.status}`);
  return text;
}

/**
 * The object behind {@link durableObjectStore}. It has no state outside its storage: the runtime lets
 * no other event in while it waits for that, so between reading and writing nobody can come.
 */
export class WxkfStoreObject {
  readonly #storage: DurableObjectState["storage"];

  /** Called by the runtime. */
  constructor(state: DurableObjectState) {
    this.#storage = state.storage;
  }

  /** Called by {@link durableObjectStore}. */
  async fetch(request: Request): Promise<Response> {
    if (request.method !== "PUT") return new Response((await this.#text()) ?? "");
    const [expected, text, ttlMs] = (await request.json()) as [string | null, string, number];
    if ((await this.#text()) !== expected) return new Response("false");
    const ends = Date.now() + ttlMs;
    await this.#storage.put(VALUE, { text, ends } satisfies Value);
    // One alarm at a time: a user who writes often costs no second write each time.
    if ((await this.#storage.getAlarm()) === null) await this.#storage.setAlarm(ends);
    return new Response("true");
  }

  /** Called by the runtime: an object that has nothing stored costs nothing. */
  async alarm(): Promise<void> {
    const value = (await this.#storage.get(VALUE)) as Value | undefined;
    if (value === undefined) return;
    if (value.ends <= Date.now()) await this.#storage.deleteAll();
    else await this.#storage.setAlarm(value.ends);
  }

  async #text(): Promise<string | null> {
    const value = (await this.#storage.get(VALUE)) as Value | undefined;
    return value !== undefined && value.ends > Date.now() ? value.text : null;
  }
}
