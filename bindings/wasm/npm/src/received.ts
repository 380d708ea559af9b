/** What came in. */

import * as check from "./arguments.js";
import type { Body } from "./arguments.js";
import { Operation, textOf } from "./core.js";
import type { Format, Inbound, Tree } from "./generated/types.js";

/** A push that was verified, opened and decoded. It is plain data, but for what is read when asked for. */
export interface Received {
  /** Whether the signature covered the message. Of a plain push it does not. */
  readonly sealed: boolean;
  /** What the push was written in. */
  readonly format: Format;
  /** Which key opened it, 0 being the current one; `null` if it was not sealed. */
  readonly keyIndex: number | null;
  /** Which token signed it, 0 being the current one. */
  readonly tokenIndex: number;
  /** What its answer has to match, as a text that may be kept and handed to `Account.reply` later. */
  readonly replyTo: string;
  /** Whether its answer has to be `err_code`: WeChat repeats such an event for a day otherwise. */
  readonly wantsErrCode: boolean;
  /** The message. */
  readonly inbound: Inbound;
  /** The message as it was written. It is read again from the push, so the account must not be freed yet. */
  readonly plaintext: string;
  /** The message as a tree, with all that is not typed. Read again, as {@link plaintext}. */
  readonly tree: Tree;
}

/** A message that was decoded without a gate: nothing was verified. */
export interface Decoded {
  /** What it was written in. */
  readonly format: Format;
  /** The message. */
  readonly inbound: Inbound;
  /**
   * The message as a tree, with all that is not typed. A number that JavaScript would write otherwise, such
   * as a long id, is a string here.
   */
  readonly tree: Tree;
  /** The same as JSON, with every number as it was written. */
  readonly treeJson: string;
}

/** {@link Received}; what is read again has no place among its data. */
export class Push implements Received {
  readonly sealed: boolean;
  readonly format: Format;
  readonly keyIndex: number | null;
  readonly tokenIndex: number;
  readonly replyTo: string;
  readonly wantsErrCode: boolean;
  readonly inbound: Inbound;
  readonly #open: () => Uint8Array;

  /** With what the account has said of it, and what opens it once more. */
  constructor(json: string, open: () => Uint8Array) {
    const it = JSON.parse(json);
    this.sealed = it.sealed;
    this.format = it.format;
    this.keyIndex = it.key_index;
    this.tokenIndex = it.token_index;
    this.replyTo = it.reply_to;
    this.wantsErrCode = it.wants_err_code;
    this.inbound = inMillis(it.inbound);
    this.#open = open;
  }

  get plaintext(): string {
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(this.#open());
  }

  get tree(): Tree {
    return decodeUnverified(this.#open()).tree;
  }
}

/**
 * Decodes a message that came through another gate, such as a cloud function (云函数) or 微信云托管, and so
 * has no signature. Never use it for what anybody can post.
 */
export function decodeUnverified(body: Body): Decoded {
  const bytes = check.bytes("body", body, undefined, ofFunction);
  return new Message(textOf(Operation.DecodeUnverified, bytes));
}

/** A cloud function is handed an object. */
function ofFunction(value: unknown): string {
  return typeof value === "object" && value !== null ? ": hand over the text, or `JSON.stringify` it" : "";
}

/** {@link Decoded}; what is made when asked for has no place among its data. */
class Message implements Decoded {
  readonly format: Format;
  readonly inbound: Inbound;
  readonly #tree: string;

  constructor(lines: string) {
    const end = lines.indexOf("\n");
    const { format, inbound } = JSON.parse(lines.slice(0, end));
    this.format = format;
    this.inbound = inMillis(inbound);
    this.#tree = lines.slice(end + 1);
  }

  get tree(): Tree {
    return JSON.parse(this.#tree.replace(STRING_OR_NUMBER, exactly));
  }

  get treeJson(): string {
    return this.#tree;
  }
}

const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

/** A string as it is; a number too, unless JavaScript would write another one. */
function exactly(token: string): string {
  return token.startsWith('"') || String(Number(token)) === token ? token : `"${token}"`;
}

/** Times are in milliseconds on this side, and in seconds on the wire. */
function inMillis(inbound: Inbound): Inbound {
  if (inbound.created !== null) inbound.created *= 1000;
  return inbound;
}
