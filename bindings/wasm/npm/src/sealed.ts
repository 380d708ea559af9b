/** A message that was sealed. */

import type { Account as Native } from "../glue/core.js";
import type { Account, Sealing } from "./account.js";
import * as check from "./arguments.js";
import { invalid, thrown } from "./errors.js";
import type { Format } from "./generated/types.js";
import { native } from "./handle.js";

/** A message as it goes over the wire. */
export interface SealedMessage {
  /** The ciphertext. */
  readonly encrypt: string;
  /** The signature over token, timestamp, nonce and ciphertext. */
  readonly msgSignature: string;
  /** Seconds since 1970, as text. */
  readonly timestamp: string;
  /** The nonce. */
  readonly nonce: string;
  /** The query string of the push that brings it. */
  readonly query: string;
  /** The body of an answer. */
  replyBody(format: Format): string;
  /** The body of a push to this recipient. */
  pushBody(format: Format, toUserName: string): string;
}

/** {@link SealedMessage} */
export class Sealed implements SealedMessage {
  readonly encrypt: string;
  readonly msgSignature: string;
  readonly timestamp: string;
  readonly nonce: string;
  readonly query: string;
  readonly #body: (format: Format, toUserName?: string) => string;

  constructor(account: Account, message: Uint8Array, { random, nonce, now }: Sealing) {
    let lines: string;
    try {
      lines = native<Native>(account).seal(message, random, nonce, now);
    } catch (cause) {
      throw thrown(cause);
    }
    const [encrypt, msgSignature, timestamp, used] = lines.split("\n") as [string, string, string, string];
    this.encrypt = encrypt;
    this.msgSignature = msgSignature;
    this.timestamp = timestamp;
    this.nonce = used;
    this.query =
      `signature=${account.sign(timestamp, used)}&timestamp=${timestamp}&nonce=${encodeURIComponent(used)}` +
      `&encrypt_type=aes&msg_signature=${msgSignature}`;
    this.#body = (format, toUserName) => {
      const known = format === "json" || format === "xml";
      if (!known) throw invalid("format", '"json" or "xml"');
      return native<Native>(account).sealed_body(message, random, nonce, now, format, toUserName);
    };
  }

  replyBody(format: Format): string {
    return this.#body(format);
  }

  pushBody(format: Format, toUserName: string): string {
    return this.#body(format, check.text("toUserName", toUserName));
  }
}
