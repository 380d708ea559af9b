/** What is asked of arguments before they cross over, and what is made of them. */

import { invalid } from "./errors.js";
import { numberSeen, seen } from "./seen.js";

/** A request's URL, as text or as a `URL`, or its query string as it stood there. */
export type Source = string | { readonly href: string };

/** Bytes, or a text that is meant as UTF-8. */
export type Body = Uint8Array | ArrayBuffer | string;

/** Bytes of our own. (Written so because the name of the type differs between versions of TypeScript.) */
export type Bytes = ReturnType<Uint8ArrayConstructor["from"]>;

const utf8 = new TextEncoder();

/** A text. Half a surrogate pair is none: on its way it would become another character. */
export function text(field: string, value: unknown, what = "a string of whole characters"): string {
  if (typeof value !== "string") throw invalid(field, what, seen(value));
  if (/\p{Surrogate}/u.test(value)) throw invalid(field, what, "a string with half a character");
  return value;
}

/** A text, or nothing. */
export function maybeText(field: string, value: unknown, what?: string): string | undefined {
  return value == null ? undefined : text(field, value, what);
}

/** A number that crosses without loss: 0, 1, 2 … 2^53 - 1, or up to a smaller limit. */
export function whole(field: string, value: unknown, limit = Number.MAX_SAFE_INTEGER, what?: string): number {
  if (Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= limit) return value as number;
  throw invalid(field, what ?? `a whole number from 0 to ${limit}`, numberSeen(value));
}

/** A number as WeChat gives for codes, which may be below zero. */
export function integer(field: string, value: unknown): number {
  if (Number.isSafeInteger(value)) return value as number;
  throw invalid(field, "a whole number", numberSeen(value));
}

/** What a moment is, for a message. */
export const MOMENT = "milliseconds since 1970";

/** A moment in milliseconds since 1970; the present if there is none. */
export function moment(now: number | undefined): number {
  return now === undefined ? Date.now() : whole("now", now, undefined, MOMENT);
}

/** An object. */
export function object<T extends object>(field: string, value: T | undefined, what = "an object"): T {
  if (typeof value === "object" && value !== null) return value;
  throw invalid(field, what, seen(value));
}

/** Bytes, not copied if they are some already. */
export function bytes(
  field: string,
  value: unknown,
  what = "bytes or a string",
  hint = (_: unknown): string => "",
): Uint8Array {
  if (typeof value === "string") return utf8.encode(value);
  if (value instanceof Uint8Array) return value;
  try {
    // Those of another realm, such as a test runner's.
    if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    if (Object.prototype.toString.call(value) === "[object ArrayBuffer]") return new Uint8Array(value as ArrayBuffer);
  } catch {
    // Its memory was given away.
  }
  throw invalid(field, what, seen(value) + hint(value));
}

/** A body as it came. */
export function body(value: unknown): Uint8Array {
  return bytes("body", value, "the body as it came, bytes or a string,", ofParser);
}

/** What has happened to a body that is no bytes any more. */
function ofParser(value: unknown): string {
  if (typeof value !== "object" || value === null) return "";
  if ("pipe" in value || "getReader" in value) return ": a stream, read it first";
  const prototype: unknown = Object.getPrototypeOf(value);
  const isPlain = Array.isArray(value) || prototype === Object.prototype || prototype === null;
  return isPlain ? ": a body parser has been here, and what was signed is gone; take the body before it" : "";
}

/** Sixteen random bytes: those given, or fresh ones. */
export function random(value: Uint8Array | undefined): Uint8Array {
  if (value === undefined) return fresh();
  const given = bytes("random", value);
  if (given.length === 16) return given;
  throw invalid("random", "16 bytes", `${given.length}`);
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
  const what = "the URL of the request, or its query string,";
  const url = text("source", (source as { href?: unknown } | null)?.href ?? source, what);
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
  throw invalid(field, "what JSON can hold", seen(value));
}

function exact(name: string, value: unknown): unknown {
  if (typeof value !== "number") return value;
  if (Number.isFinite(value) && (Number.isSafeInteger(value) || !Number.isInteger(value))) return value;
  throw invalid(name, "a number that JavaScript can hold, or a string,", String(value));
}
