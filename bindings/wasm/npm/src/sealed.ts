/** A message that was sealed. */

import * as check from "./arguments.js";
import { Operation } from "./core.js";
import type { Native } from "./core.js";
import { invalid } from "./errors.js";
import { FORMATS } from "./generated/constants.js";
import type { Format } from "./generated/types.js";
import { nameSeen } from "./seen.js";

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
  /** The garbage collector gives its memory back, as it does for handles that nobody frees. */
  readonly #native: Native;

  /** With the account's plain signature, which the query has besides. */
  constructor(sealed: Native, sign: (timestamp: string, nonce: string) => string) {
    this.#native = sealed;
    const lines = this.#native.about.split("\n");
    const [encrypt, msgSignature, timestamp, used] = lines as [string, string, string, string];
    this.encrypt = encrypt;
    this.msgSignature = msgSignature;
    this.timestamp = timestamp;
    this.nonce = used;
    this.query =
      `signature=${sign(timestamp, used)}&timestamp=${timestamp}&nonce=${encodeURIComponent(used)}` +
      `&encrypt_type=aes&msg_signature=${msgSignature}`;
  }

  replyBody(format: Format): string {
    return this.#body(format);
  }

  pushBody(format: Format, toUserName: string): string {
    return this.#body(format, check.text("toUserName", toUserName));
  }

  #body(format: Format, toUserName?: string): string {
    const body = this.#native.maybeText(Operation.SealedBody, check.text("format", format, FORMATS), toUserName);
    if (body === undefined) throw invalid("format", FORMATS, nameSeen(format));
    return body;
  }
}
