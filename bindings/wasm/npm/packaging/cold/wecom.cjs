// The same work with @wecom/crypto and fast-xml-parser.
const { readFileSync } = require("node:fs");

const push = JSON.parse(readFileSync(process.argv[2], "utf8"));
const body = Buffer.from(push.body);
const began = performance.now();
const { decrypt, getSignature } = require("@wecom/crypto");
const { XMLParser } = require("fast-xml-parser");
const { token, encodingAesKey, appId } = push.account;
// Values stay texts: a MsgId is larger than a number can hold.
const parser = new XMLParser({ parseTagValue: false });
const query = new URLSearchParams(push.query);
const { Encrypt } = parser.parse(body.toString()).xml;
const signature = getSignature(token, query.get("timestamp"), query.get("nonce"), Encrypt);
if (signature !== query.get("msg_signature")) throw new Error("signature");
const { message, id } = decrypt(encodingAesKey, Encrypt);
if (id !== appId) throw new Error("id");
const { xml } = parser.parse(message);
const took = performance.now() - began;
if (xml.Content !== push.content) throw new Error("another text");
console.log(took);
