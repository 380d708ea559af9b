// Cold starts: new processes, one after another in turns, so that a busy moment hits all alike.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Account } from "wxkf";
import { ACCOUNT, message, push, SECONDS } from "./corpus.mjs";

const PROGRAMS = fileURLToPath(new URL("../packaging/cold/", import.meta.url));

/** The median of milliseconds from load to the first message, for each program with its arguments. */
export async function coldStarts(programs, rounds) {
  const folder = mkdtempSync(join(tmpdir(), "wxkf-cold-"));
  try {
    const file = join(folder, "push.json");
    writeFileSync(file, JSON.stringify(given()));
    const times = new Map(programs.map((program) => [program, []]));
    // The first round fills the file cache and is not counted.
    for (let round = 0; round <= rounds; round += 1) {
      for (const program of programs) {
        const [name, ...others] = program.split(" ");
        const args = ["--no-deprecation", join(PROGRAMS, name), file, ...others];
        const took = Number(execFileSync(process.execPath, args, { encoding: "utf8" }));
        if (round > 0) times.get(program).push(took);
      }
    }
    return new Map([...times].map(([program, all]) => [program, median(all)]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The one in the middle. */
export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function given() {
  const account = new Account(ACCOUNT);
  const inner = message(512);
  const { query, body } = push(account, inner);
  const now = SECONDS * 1000;
  const { content } = account.receive(query, body, now).inbound.content;
  return { account: ACCOUNT, query, body: body.toString(), now, content };
}
