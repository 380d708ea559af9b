// Receiving and answering, beside the same work done with @wecom/crypto and fast-xml-parser: rounds in turns
// in one process, processor time, medians. Only the ratios mean something.

import { createRequire } from "node:module";
import { Account } from "wxkf";
import { median } from "./cold.mjs";
import { ACCOUNT, message, push, SECONDS, TO } from "./corpus.mjs";
import { named } from "./peers.mjs";

const require = createRequire(new URL("../packaging/package.json", import.meta.url));
const { decrypt, encrypt, getSignature } = require("@wecom/crypto");
const { XMLParser } = require("fast-xml-parser");

const ROUNDS = process.argv.includes("--quick") ? 3 : 41;
const ROUND_MS = process.argv.includes("--quick") ? 2 : 12;
/** Bytes of the inner message, and how many times as fast receiving and answering should be. */
const GOALS = [
  [512, 3, 1.2],
  [1024, 2, 1.2],
  [4096, 1.2, 1.2],
  [65536, 0.8, null],
];
const NOW = SECONDS * 1000;
const { token, encodingAesKey, appId } = ACCOUNT;
// Values stay texts: a MsgId is larger than a number can hold.
const parser = new XMLParser({ parseTagValue: false });
const account = new Account(ACCOUNT);

console.log(
  `Node ${process.versions.node}, others: ${named("@wecom/crypto", "fast-xml-parser")}; ` +
    `medians of ${ROUNDS} rounds, processor time`,
);
for (const [bytes, receiveGoal, replyGoal] of GOALS) {
  const inner = message(bytes);
  const { query, timestamp, nonce, msgSignature, body } = push(account, inner);

  const ours = () => account.receive(query, body, NOW).inbound;
  const theirs = () => {
    const { Encrypt } = parser.parse(body.toString()).xml;
    if (getSignature(token, timestamp, nonce, Encrypt) !== msgSignature) throw new Error("signature");
    const opened = decrypt(encodingAesKey, Encrypt);
    if (opened.id !== appId) throw new Error("id");
    return parser.parse(opened.message).xml;
  };
  const content = theirs().Content;
  if (ours().content.content !== content) throw new Error("the two read another text");
  compare("receive", bytes, ours, theirs, receiveGoal);

  const received = account.receive(query, body, NOW);
  const user = received.inbound.from;
  const ourReply = () => account.reply(received, content, { now: NOW }).body;
  const theirReply = () => {
    const answer =
      `<xml><ToUserName><![CDATA[${user}]]></ToUserName><FromUserName><![CDATA[${TO}]]></FromUserName>` +
      `<CreateTime>${SECONDS}</CreateTime><MsgType><![CDATA[text]]></MsgType>` +
      `<Content><![CDATA[${content}]]></Content></xml>`;
    const sealed = encrypt(encodingAesKey, answer, appId);
    const signature = getSignature(token, timestamp, nonce, sealed);
    return (
      `<xml><Encrypt><![CDATA[${sealed}]]></Encrypt><MsgSignature><![CDATA[${signature}]]></MsgSignature>` +
      `<TimeStamp>${timestamp}</TimeStamp><Nonce><![CDATA[${nonce}]]></Nonce></xml>`
    );
  };
  if (replyGoal !== null) compare("reply", bytes, ourReply, theirReply, replyGoal);
}

function compare(what, bytes, ours, theirs, goal) {
  const [a, b] = [rounds(ours), rounds(theirs)];
  for (let round = 0; round < ROUNDS; round += 1) {
    a.measure();
    b.measure();
  }
  const [mine, other] = [median(a.times), median(b.times)];
  const ratio = other / mine;
  const name = `${what} ${bytes / 1024} KB`.padEnd(16);
  const micros = (value) => `${value.toFixed(1)} µs`.padStart(10);
  const verdict = ratio >= goal ? "ok" : "under";
  console.log(`${name} wxkf ${micros(mine)}  others ${micros(other)}  ${ratio.toFixed(2)}x, goal ${goal}x: ${verdict}`);
}

/** Rounds of one candidate: as many calls as fill a round, found while it warms up. */
function rounds(act) {
  let calls = 1;
  for (let warm = 0; warm < 8; warm += 1) {
    const took = time(act, calls);
    calls = Math.max(1, Math.round((calls * ROUND_MS) / Math.max(took / 1000, 0.05)));
  }
  const times = [];
  return { times, measure: () => times.push(time(act, calls) / calls) };
}

/** Microseconds of processor time, all threads. */
function time(act, calls) {
  const before = process.cpuUsage();
  for (let call = 0; call < calls; call += 1) act();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
