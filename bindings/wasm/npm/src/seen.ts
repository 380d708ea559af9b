/** What came in place of what was expected, for a message. It never tells what is in a string: it may be a secret. */

/** The sentence of an argument that cannot be taken. */
export function mismatch(field: string, expected: string, got: string): string {
  return `expected ${expected} in \`${field}\`, got ${got}`;
}

/** What a value is. */
export function seen(value: unknown): string {
  switch (typeof value) {
    case "object":
      return value === null ? "null" : objectSeen(value);
    case "string":
      return value === "" ? "an empty string" : "a string";
    case "undefined":
    case "boolean":
      return String(value);
    default:
      return `a ${typeof value}`;
  }
}

/** The same where a number is expected, which is no secret. */
export function numberSeen(value: unknown): string {
  return typeof value === "number" ? String(value) : seen(value);
}

/** The same where one of a few names is expected. */
export function nameSeen(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value.slice(0, 40)) : seen(value);
}

function objectSeen(value: object): string {
  try {
    if (Array.isArray(value)) return "an array";
    if (typeof (value as { then?: unknown }).then === "function") return "a promise: `await` it";
    const { name } = value.constructor ?? {};
    if (name && name !== "Object") return `${/^[AEIOU]/.test(name) ? "an" : "a"} ${name}`;
  } catch {
    // It does not let itself be looked at.
  }
  return "an object";
}
