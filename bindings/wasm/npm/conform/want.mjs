// What the protocol asks of the members of a line. Whatever is otherwise makes it a bad one.

/** A line that says nothing. */
export class BadLine extends Error {}

/** An object. */
export function object(value) {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new BadLine();
}

/** A text. */
export function text(value) {
  if (typeof value === "string") return value;
  throw new BadLine();
}

/** A whole number from 0 on. */
export function count(value) {
  if (Number.isInteger(value) && value >= 0 && value < 2 ** 64) return value;
  throw new BadLine();
}

/** A list, or nothing, which is an empty one. */
export function list(value = []) {
  if (Array.isArray(value)) return value;
  throw new BadLine();
}

/** The same, or nothing. */
export const option = (want) => (value) => (value == null ? undefined : want(value));
