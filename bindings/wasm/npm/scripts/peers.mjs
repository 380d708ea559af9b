// The packages that this one is compared with. `npm ci` in packaging/ brings them.

import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const FOLDER = fileURLToPath(new URL("../packaging/node_modules/", import.meta.url));

/** Whether they are installed. */
export const installed = existsSync(FOLDER);

/** Their names and versions, for a heading. */
export function named(...names) {
  const version = (name) => JSON.parse(readFileSync(`${FOLDER}${name}/package.json`, "utf8")).version;
  return names.map((name) => `${name} ${version(name)}`).join(" + ");
}
