/**
 * Where records live between two steps: one value a key, each a few hundred bytes.
 *
 * Values hold no text of a user, but the record of the token holds the token. Keep the whole store as
 * a secret.
 */
export interface Store {
  /** The value, or `null` if there is none or its time is over. */
  get(key: string): Promise<Uint8Array | null>;
  /**
   * Sets the value if it still is `expected`, in one step that nobody can come between; `null`
   * expects that there is none. Says whether it did. A value is never empty. After `ttlMs`
   * milliseconds it may be dropped, and should be.
   */
  compareAndSet(
    key: string,
    expected: Uint8Array | null,
    next: Uint8Array,
    ttlMs: number,
  ): Promise<boolean>;
}

/** Bytes as a text that every store keeps as it is. */
export function toText(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

/** The bytes of {@link toText}. */
export function toBytes(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
