/** The records of an account in its store: each change is loaded, made, set, and only then acted on. */

import {
  type Account,
  type Allowance,
  Conversation,
  Dedupe,
  type PolicySpec,
  type Received,
  TokenKeeper,
  WxkfError,
} from "wxkf";
import { seen } from "../seen.js";
import { invalid } from "./errors.js";
import { pause } from "./pause.js";
import type { Store } from "./store.js";

/** How often a change is tried while others are faster, and the bounds of the pauses between. */
const TRIES = 50;
const FIRST_PAUSE_MS = 4;
const LONGEST_PAUSE_MS = 200;

/** A record may live longer than it is of use: clocks differ. */
const MARGIN_MS = 60_000;

/** What forced fetches of a token may cost is counted for a day, and no token lives longer. */
const TOKEN_TTL_MS = 48 * 3_600_000;

/** Pushes without a user: so many are remembered, for as long as WeChat repeats one. */
const DEDUPE = { capacity: 512, horizonMs: 60_000 };

interface Row {
  snapshot(): Uint8Array;
  free(): void;
}

/** See the head of this file. */
export class Records {
  readonly #store: Store;
  readonly #policy: PolicySpec;
  readonly #appId: string;
  readonly #now: () => number;

  constructor(store: Store, account: Account, policy: PolicySpec, now: () => number) {
    // A policy that is none should be known before the first push.
    new Conversation(policy).free();
    // In keys a colon ends it.
    const appId = encodeURIComponent(account.appId);
    [this.#store, this.#policy, this.#appId, this.#now] = [store, policy, appId, now];
  }

  /** Takes note of a push; a repeat must not be handled. */
  observe({ inbound }: Received): Promise<"new" | "repeat" | "overflow"> {
    const user = inbound.from;
    if (user) return this.conversation(user, (record, now) => record.observe(inbound, now));
    return this.#pushes((record, now) => (record.observe(inbound, now).repeat ? "repeat" : "new"));
  }

  /** Lets the next delivery of a push in. */
  forget({ inbound }: Received): Promise<void> {
    const user = inbound.from;
    if (user) return this.conversation(user, (record) => record.forget(inbound.dedupe_key));
    return this.#pushes((record) => record.forget(inbound.dedupe_key));
  }

  /** One step of the conversation with a user. */
  conversation<T>(user: string, step: (record: Conversation, now: number) => T): Promise<T> {
    return this.#change(
      this.#key(user),
      (bytes) => this.#conversation(bytes),
      (record, now) => Math.max(0, (record.keepUntil() ?? now) - now) + MARGIN_MS,
      step,
    );
  }

  /** What may be sent to a user now. */
  async allowance(user: string): Promise<Allowance> {
    const record = this.#conversation(await this.#store.get(this.#key(user)));
    try {
      return record.allowance(this.#now());
    } finally {
      record.free();
    }
  }

  /** One step of the keeper of the token. */
  token<T>(step: (record: TokenKeeper, now: number) => T): Promise<T> {
    const restore = (bytes: Uint8Array | null) =>
      bytes ? TokenKeeper.restore(bytes) : new TokenKeeper("stable_token");
    return this.#change(`wxkf:t:${this.#appId}`, restore, () => TOKEN_TTL_MS, step);
  }

  #pushes<T>(step: (record: Dedupe, now: number) => T): Promise<T> {
    const restore = (bytes: Uint8Array | null) =>
      bytes ? Dedupe.restore(bytes, DEDUPE) : new Dedupe(DEDUPE);
    const ttl = DEDUPE.horizonMs + MARGIN_MS;
    return this.#change(`wxkf:d:${this.#appId}`, restore, () => ttl, step);
  }

  #key(user: string): string {
    if (typeof user !== "string" || user === "") throw invalid("user", "an openid", seen(user));
    return `wxkf:c:${this.#appId}:${user}`;
  }

  #conversation(bytes: Uint8Array | null): Conversation {
    return bytes ? Conversation.restore(bytes, this.#policy) : new Conversation(this.#policy);
  }

  async #change<R extends Row, T>(
    key: string,
    restore: (bytes: Uint8Array | null) => R,
    ttl: (record: R, now: number) => number,
    step: (record: R, now: number) => T,
  ): Promise<T> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const old = await this.#store.get(key);
      const record = restore(old);
      try {
        const before = old ?? record.snapshot();
        const now = this.#now();
        const result = step(record, now);
        const next = record.snapshot();
        // What is refused has changed nothing but what time alone does, which need not be kept.
        if (isSame(before, next) || (result as { ok?: unknown } | undefined)?.ok === false) return result;
        if (await this.#store.compareAndSet(key, old, next, ttl(record, now))) return result;
      } finally {
        record.free();
      }
      const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** tries);
      await pause(Math.random() * longest);
    }
    throw new WxkfError("host.store_busy", "caller", "others were faster, again and again");
  }
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
