/** What is thrown, and how it comes over from the core. */

import type { Code, Origin } from "./generated/types.js";
import { mismatch } from "./seen.js";

/** A stable code: those of the core, and what can only go wrong on this side of it. */
export type ErrorCode =
  | Code
  | "binding.freed"
  | "binding.not_loaded"
  | "host.flooded"
  | "host.no_token"
  | "host.reply_unsent"
  | "host.store_busy";

/**
 * What went wrong, and whose mistake it is. Match on {@link code}, which is stable. To the other side show
 * the code at most: message and {@link detail} are for your log.
 */
export class WxkfError extends Error {
  /** @internal What util.inspect shows, as bundlers shorten the code. */
  static override readonly name = "WxkfError";
  /** The stable code, such as `callback.signature_mismatch`. */
  readonly code: ErrorCode;
  /** `caller`: this program; `peer`: whoever sent the push; `platform`: WeChat's answer was none. */
  readonly origin: Origin;
  /** The argument, option, parameter or element concerned. */
  declare readonly field?: string;
  /** What exactly was seen. */
  declare readonly detail?: string;

  /** Made by this package; you only catch it. */
  constructor(code: ErrorCode, origin: Origin, sentence: string, field?: string, detail?: string) {
    super(`${code}: ${sentence}`);
    this.code = code;
    this.origin = origin;
    if (field !== undefined) this.field = field;
    if (detail !== undefined) this.detail = detail;
  }
}

// As with the errors of the language, and not in what is printed of each one.
Object.defineProperty(WxkfError.prototype, "name", { value: "WxkfError", configurable: true, writable: true });

/**
 * Whether this is a {@link WxkfError}, also one of another copy of the package in the same program, which
 * `instanceof` does not know.
 */
export function isWxkfError(error: unknown): error is WxkfError {
  return error instanceof Error && error.name === "WxkfError" && typeof (error as WxkfError).code === "string";
}

/** An argument that cannot be taken. What came is told by the functions of `seen.ts`. */
export function invalid(field: string, expected: string, got: string): WxkfError {
  return new WxkfError("binding.argument_invalid", "caller", mismatch(field, expected, got), field);
}

/** What the core has thrown, which is a text, as the error that people see. */
export function thrown(cause: unknown): unknown {
  if (typeof cause !== "string") return cause;
  const { code, origin, message, field, detail } = JSON.parse(cause);
  const where = field === undefined ? "" : ` [${field}]`;
  const what = detail === undefined ? "" : `: ${detail}`;
  return new WxkfError(code, origin, message + where + what, field, detail);
}
