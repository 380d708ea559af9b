// Loads the package as an ES module, by the entry that is named or as Node does, and receives one push; prints the
// milliseconds it took.
import { readFileSync } from "node:fs";

const push = JSON.parse(readFileSync(process.argv[2], "utf8"));
const body = Buffer.from(push.body);
const began = performance.now();
const { Account } = await import(`../../dist/${process.argv[3] ?? "node.js"}`);
const received = new Account(push.account).receive(push.query, body, push.now);
const took = performance.now() - began;
if (received.inbound.content.content !== push.content) throw new Error("another text");
console.log(took);
