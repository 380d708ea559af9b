/** Which pushes were here already. */

import * as check from "./arguments.js";
import { keyOf } from "./conversation.js";
import { make, Operation } from "./core.js";
import type { Native } from "./core.js";
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
  /** @internal What util.inspect shows, as bundlers shorten the code. */
  static override readonly name = "Dedupe";
  /** An empty memory. */
  constructor(options: DedupeOptions);
  /** @internal */
  constructor(options: DedupeOptions, snapshot: Uint8Array);
  constructor(options: DedupeOptions, snapshot?: Uint8Array) {
    const { capacity, horizonMs } = check.object("options", options);
    const size = check.whole("capacity", capacity, 2 ** 32 - 1);
    const horizon = check.whole("horizonMs", horizonMs);
    super(make(Operation.Dedupe, size, horizon, snapshot && check.bytes("snapshot", snapshot)) as Native);
  }

  /** Reads a snapshot. Of more pushes than `capacity` the latest are kept. */
  static restore(snapshot: Uint8Array, options: DedupeOptions): Dedupe {
    return new Dedupe(options, check.bytes("snapshot", snapshot));
  }

  /** Takes note of a push, and says whether it was here before and since when, in milliseconds. */
  observe(push: string | Received | Inbound, now?: number): { repeat: false } | { repeat: true; since: number } {
    const [key, at] = [keyOf(push), check.moment(now)];
    const since = native(this).maybeText(Operation.DedupeObserve, key, at);
    return since === undefined ? { repeat: false } : { repeat: true, since: Number(since) };
  }

  /** Lets the next delivery in, because handling it failed. */
  forget(push: string | Received | Inbound): void {
    const key = keyOf(push);
    native(this).bytes(Operation.DedupeForget, key);
  }

  /** How many pushes it remembers. */
  get size(): number {
    return Number(native(this).text(Operation.DedupeSize));
  }

  /** The memory in bytes. */
  snapshot(): check.Bytes {
    return native(this).bytes(Operation.DedupeSnapshot);
  }
}
