// The npm driver of the conformance protocol (tests/README.md) on standard input and output, in Node, Deno
// and Bun: `node conform.mjs < lines`.

import process from "node:process";
import { driver } from "./conform/answer.mjs";
import * as wxkf from "./dist/index.js";

const answer = driver(wxkf);
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
let rest = "";

// Not by `readline`, which takes more than a line feed for the end of a line.
for await (const chunk of process.stdin) {
  const lines = (rest + utf8.decode(chunk, { stream: true })).split("\n");
  rest = lines.pop();
  say(lines);
}
if (rest !== "") say([rest]);

function say(lines) {
  if (lines.length > 0) process.stdout.write(lines.map((line) => `${answer(line)}\n`).join(""));
}
