// What the npm package costs, for tests/bench/against.
// node tests/bench/beside/npm.mjs OLD/dist NEW/dist     two builds, rounds in turns in one process: processor time, medians
// node tests/bench/beside/npm.mjs DIST                  the names of the cases
// node tests/bench/beside/npm.mjs DIST CASE CALLS       as many calls, and nothing is told: for who counts instructions

import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { ACCOUNT, message, push, SECONDS } from "../../../bindings/wasm/npm/scripts/corpus.mjs";

const ROUNDS = 101;
const ROUND_MS = 10;
const NOW = SECONDS * 1000;
const KEY = "0123456789abcdef0123456789abcdef";
const TEXT = { touser: "oUser0123456789abcdefghijklm", msgtype: "text", text: { content: "您的订单 7734 已经发货。" } };
const LIST = JSON.stringify({
  kf_list: [1, 2, 3].map((id) => ({
    kf_account: `test${id}@test`,
    kf_nick: `ntest${id}`,
    kf_id: `100${id}`,
    kf_headimgurl: `http://mmbiz.qpic.cn/mmbiz/4whpV1VZl2iccsvYbHvnphkyGtnvjfUS8Ym0GSaLic0FD3vN0V8PILcibEGb2fPfEOmw/${id}`,
  })),
});

/** What is done with a package, by name; each is made once for it. */
function cases(wxkf) {
  const account = new wxkf.Account(ACCOUNT);
  const all = new Map();
  for (const bytes of [512, 1024, 4096]) {
    const { query, body } = push(account, message(bytes));
    const received = account.receive(query, body, NOW);
    const { content } = received.inbound.content;
    all.set(`receive ${bytes / 1024} KB`, () => account.receive(query, body, NOW).inbound);
    all.set(`reply ${bytes / 1024} KB`, () => account.reply(received, content, { now: NOW }).body);
  }
  const fresh = new wxkf.Conversation("official_account");
  fresh.observe({ key: KEY, trigger: "message", created: NOW }, NOW);
  const record = fresh.snapshot();
  all.set("restore, reserve, snapshot", () => {
    const user = wxkf.Conversation.restore(record, "official_account");
    user.reserve(NOW + 1000);
    user.snapshot();
    user.free();
  });
  all.set("request a text", () => wxkf.request("message.custom.send", TEXT, { kind: "official_account" }));
  all.set("decode a list", () => wxkf.decode("customservice.getkflist", { status: 200, body: LIST }));
  return all;
}

const load = async (dist) => cases(await import(pathToFileURL(resolve(dist, "index.js"))));
const [first, second, calls] = process.argv.slice(2);
if (calls !== undefined) {
  const act = (await load(first)).get(second);
  for (let call = 0; call < Number(calls); call += 1) act();
} else if (second !== undefined) {
  compare(await load(first), await load(second));
} else {
  for (const name of (await load(first)).keys()) console.log(name);
}

function compare(old, present) {
  console.log(`Node ${process.versions.node}, processor time`.padEnd(30), "         old          new   ratio");
  for (const [name, act] of old) compareOne(name, act, present.get(name));
}

function compareOne(name, act, other) {
  const sides = [rounds(act), rounds(other)];
  const ratios = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const taken = [];
    for (const at of [round % 2, 1 - (round % 2)]) taken[at] = sides[at].measure();
    ratios.push(taken[1] / taken[0]);
  }
  const [was, is] = sides.map(({ times }) => `${median(times).toFixed(2)} µs`.padStart(12));
  console.log(name.padEnd(30), was, is, median(ratios).toFixed(3).padStart(7));
}

/** As many calls as fill a round, found while it warms up. */
function rounds(act) {
  let calls = 1;
  for (let warm = 0; warm < 12; warm += 1) {
    calls = Math.max(1, Math.round((calls * ROUND_MS) / Math.max(time(act, calls) / 1000, 0.05)));
  }
  const times = [];
  const measure = () => {
    const took = time(act, calls) / calls;
    times.push(took);
    return took;
  };
  return { times, measure };
}

/** Microseconds of processor time, all threads. */
function time(act, calls) {
  const before = process.cpuUsage();
  for (let call = 0; call < calls; call += 1) act();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1];
}
