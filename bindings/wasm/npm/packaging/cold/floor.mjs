// Loads the libraries alone, and gets the text out of one push with them; prints the milliseconds it took.
import { readFileSync } from "node:fs";

const push = JSON.parse(readFileSync(process.argv[2], "utf8"));
const body = Buffer.from(push.body);
const began = performance.now();
const { ask } = await import(process.argv[3]);
const key = Buffer.from(push.account.encodingAesKey, "base64");
const content = new TextDecoder().decode(ask(0, Buffer.concat([key, body])));
const took = performance.now() - began;
if (content !== push.content) throw new Error("another text");
console.log(took);
