/** Which pushes were here already. */

import type { Dedupe as Native } from "../glue/core.js";
import * as check from "./arguments.js";
import { keyOf } from "./conversation.js";
import { core } from "./core.js";
import { thrown } from "./errors.js";
import type { Inbound } from "./generated/types.js";
import { Handle, native } from "./handle.js";
import type { Received } from "./received.js";

/** How much a {@link Dedupe} remembers. */
export interface DedupeOptions {
  /** So many pushes at most; the oldest makes room. */
  capacity: number;
  /** For so long, in milliseconds. WeChat repeats a push within a minute. */
  horizonMs: number;
}

/** A memory of pushes, of all users, for one process. */
export class Dedupe extends Handle {
  /** @internal What util.inspect shows, as the code is shortened. */
  static override readonly name = "Dedupe";
  /** An empty memory. */
  constructor(options: DedupeOptions);
  /** @internal */
  constructor(options: DedupeOptions, snapshot: Uint8Array);
  constructor(options: DedupeOptions, snapshot?: Uint8Array) {
    const { Dedupe } = core();
    const { capacity, horizonMs } = check.object("options", options);
    const size = check.whole("capacity", capacity, 2 ** 32 - 1);
    const horizon = check.whole("horizonMs", horizonMs);
    try {
      super(new Dedupe(size, horizon, snapshot && check.bytes("snapshot", snapshot)));
    } catch (cause) {
      throw thrown(cause);
    }
  }

  /** Reads a snapshot. Of more pushes than `capacity` the latest are kept. */
  static restore(snapshot: Uint8Array, options: DedupeOptions): Dedupe {
    return new Dedupe(options, check.bytes("snapshot", snapshot));
  }

  /** Takes note of a push, and says whether it was here before and since when, in milliseconds. */
  observe(push: string | Received | Inbound, now?: number): { repeat: false } | { repeat: true; since: number } {
    const [key, at] = [keyOf(push), check.moment(now)];
    const since = native<Native>(this).observe(key, at);
    return since === undefined ? { repeat: false } : { repeat: true, since };
  }

  /** Lets the next delivery in, because handling it failed. */
  forget(push: string | Received | Inbound): void {
    const key = keyOf(push);
    native<Native>(this).forget(key);
  }

  /** How many pushes it remembers. */
  get size(): number {
    return native<Native>(this).size();
  }

  /** The memory in bytes. */
  snapshot(): check.Bytes {
    return native<Native>(this).snapshot() as check.Bytes;
  }
}
