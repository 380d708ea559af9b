/** What is asked of arguments before they cross over, and what is made of them. */

import { invalid } from "./errors.js";

/** A request's URL, as text or as a `URL`, or its query string as it stood there. */
export type Source = string | { readonly href: string };

/** Bytes, or a text that is meant as UTF-8. */
export type Body = Uint8Array | ArrayBuffer | string;

/** Bytes of our own. (Written so because the name of the type differs between versions of TypeScript.) */
export type Bytes = ReturnType<Uint8ArrayConstructor["from"]>;

const utf8 = new TextEncoder();

/** A text. Half a surrogate pair is none: on its way it would become another character. */
export function text(field: string, value: unknown): string {
  if (typeof value === "string" && !/\p{Surrogate}/u.test(value)) return value;
  throw invalid(field, "a string of whole characters");
}

/** A text, or nothing. */
export function maybeText(field: string, value: unknown): string | undefined {
  return value == null ? undefined : text(field, value);
}

/** A number that crosses without loss: 0, 1, 2 … 2^53 - 1, or up to a smaller limit. */
export function whole(field: string, value: unknown, limit = Number.MAX_SAFE_INTEGER): number {
  if (Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= limit) return value as number;
  throw invalid(field, `a whole number from 0 to ${limit}`);
}

/** A number as WeChat gives for codes, which may be below zero. */
export function integer(field: string, value: unknown): number {
  if (Number.isSafeInteger(value)) return value as number;
  throw invalid(field, "a whole number");
}

/** A moment in milliseconds since 1970; the present if there is none. */
export function moment(now: number | undefined): number {
  return now === undefined ? Date.now() : whole("now", now);
}

/** An object. */
export function object<T extends object>(field: string, value: T | undefined): T {
  if (typeof value === "object" && value !== null) return value;
  throw invalid(field, "an object");
}

/** Bytes, not copied if they are some already. */
export function bytes(field: string, value: unknown): Uint8Array {
  if (typeof value === "string") return utf8.encode(value);
  if (value instanceof Uint8Array) return value;
  try {
    // Those of another realm, such as a test runner's.
    if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    if (Object.prototype.toString.call(value) === "[object ArrayBuffer]") return new Uint8Array(value as ArrayBuffer);
  } catch {
    // Its memory was given away.
  }
  throw invalid(field, "bytes or a string");
}

/** Sixteen random bytes: those given, or fresh ones. */
export function random(value: Uint8Array | undefined): Uint8Array {
  if (value === undefined) return fresh();
  const given = bytes("random", value);
  if (given.length === 16) return given;
  throw invalid("random", "16 bytes");
}

/** Drawn in one go, as that takes as long as to draw sixteen. What was taken is gone from it. */
const drawn = new Uint8Array(512);
let taken = drawn.length;

function fresh(): Uint8Array {
  if (taken === drawn.length) {
    crypto.getRandomValues(drawn);
    taken = 0;
  }
  const bytes = drawn.slice(taken, taken + 16);
  drawn.fill(0, taken, (taken += 16));
  return bytes;
}

/**
 * The raw query string. A text that begins with `http://`, `https://`, `/` or `?` is a URL, any other is
 * the query string itself.
 */
export function query(source: unknown): string {
  const url = text("source", (source as { href?: unknown } | null)?.href ?? source);
  if (!/^(https?:\/\/|[/?])/i.test(url)) return url;
  const hash = url.indexOf("#");
  const end = hash < 0 ? url.length : hash;
  const start = url.indexOf("?");
  return start < 0 || start > end ? "" : url.slice(start + 1, end);
}

/** The JSON of a value; a number that JavaScript has rounded already is refused. */
export function json(field: string, value: unknown): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(value, exact);
  } catch (error) {
    // A cycle or a bigint, or deeper than the stack. What else a `toJSON` throws is the caller's.
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
  }
  if (text !== undefined) return text;
  throw invalid(field, "what JSON can hold");
}

function exact(name: string, value: unknown): unknown {
  if (typeof value !== "number") return value;
  if (Number.isFinite(value) && (Number.isSafeInteger(value) || !Number.isInteger(value))) return value;
  throw invalid(name, "a number that JavaScript can hold; write a long one as a string");
}
