// Loads the package as CommonJS and receives one push; prints the milliseconds it took.
const { readFileSync } = require("node:fs");

const push = JSON.parse(readFileSync(process.argv[2], "utf8"));
const body = Buffer.from(push.body);
const began = performance.now();
const { Account } = require("../../dist/node.cjs");
const received = new Account(push.account).receive(push.query, body, push.now);
const took = performance.now() - began;
if (received.inbound.content.content !== push.content) throw new Error("another text");
console.log(took);
