/** Base64, by the fastest means that the runtime has. */

import type { Bytes } from "./arguments.js";

interface NodeBuffer {
  from(text: string, encoding: "base64"): Bytes;
  from(buffer: ArrayBufferLike, offset: number, length: number): { toString(encoding: "base64"): string };
}

/** Base64 as bytes. */
export function fromBase64(text: string): Bytes {
  const native = (Uint8Array as { fromBase64?: (text: string) => Bytes }).fromBase64;
  if (native) return native.call(Uint8Array, text);
  const { Buffer } = globalThis as { Buffer?: NodeBuffer };
  if (Buffer) return Buffer.from(text, "base64");
  const latin = atob(text);
  const bytes = new Uint8Array(latin.length);
  for (let i = 0; i < latin.length; i++) bytes[i] = latin.charCodeAt(i);
  return bytes;
}

/** Bytes as base64. */
export function toBase64(bytes: Uint8Array): string {
  const native = (bytes as { toBase64?: () => string }).toBase64;
  if (native) return native.call(bytes);
  const { Buffer } = globalThis as { Buffer?: NodeBuffer };
  if (Buffer) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("base64");
  let latin = "";
  // An engine takes only so many arguments at once.
  for (let i = 0; i < bytes.length; i += 8192) latin += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(latin);
}
