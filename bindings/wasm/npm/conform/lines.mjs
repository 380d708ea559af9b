// Lines as they are written: what JavaScript's own reading of JSON would take, or would not show.

/** Whether every number and every character is one, and nothing is too deep: what other readers refuse. */
export function isSound(value, depth = 0) {
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value === "string") return !/[\ud800-\udfff]/u.test(value);
  if (typeof value !== "object" || value === null) return true;
  if (depth === 127) return false;
  return Object.entries(value).every(([name, inner]) => isSound(name) && isSound(inner, depth + 1));
}

/** The text of a member of an object, exactly as it is written; the line is known to be JSON. */
export function rawMember(line, name) {
  // Texts, brackets, commas and colons; what is between them is of no interest here.
  const marks = /"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{}:,]/g;
  let depth = 0;
  let key;
  let start;
  for (const { 0: mark, index } of line.matchAll(marks)) {
    if (mark === "{" || mark === "[") depth++;
    else if (depth === 1 && (mark === "," || mark === "}")) {
      if (start !== undefined) return line.slice(start, index).trim();
      key = undefined;
      depth -= mark === "}" ? 1 : 0;
    } else if (mark === "}" || mark === "]") depth--;
    else if (depth === 1 && mark === ":") start = key === name ? index + 1 : undefined;
    else if (depth === 1 && mark[0] === '"' && start === undefined) key = JSON.parse(mark);
  }
  return undefined;
}
