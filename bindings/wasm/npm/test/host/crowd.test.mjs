// Many processes, one account, a real Redis: nothing is handled twice, nothing is sent above the quota, and
// no change is lost.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { createBot, redisStore } from "wxkf/host";

import { needs, platformProgram, program } from "../support/absent.mjs";
import { startProcess, writeAll } from "../support/crowd.mjs";
import { startPlatform } from "../support/platform.mjs";
import { redisClient, startRedis } from "../support/redis.mjs";

const skip = needs({ "redis-server": program("redis-server"), "the platform model": platformProgram() });

// WeChat does not say how grants combine, and a push is seen after it happened: so only what is sure is sent.
const policy = { preset: "official_account", cautious: true };

async function start(t, count) {
  const dir = await mkdtemp(join(tmpdir(), "wxkf-crowd-"));
  const [redis, platform] = [await startRedis(), await startPlatform()];
  const common = { account: platform.account, secret: platform.secret, baseUrl: platform.url, redis: redis.port, policy };
  const processes = await Promise.all(
    Array.from({ length: count }, (_, number) =>
      startProcess({ ...common, client: number % 2 === 0 ? "node-redis" : "ioredis" }, dir, number),
    ),
  );
  t.after(async () => {
    await Promise.all(processes.map((it) => it.close()));
    await Promise.all([redis.close(), platform.close(), rm(dir, { recursive: true, force: true })]);
  });
  return { platform, processes, redis };
}

/** What the records say, against what the platform knows; `maxHeld` may be held for what never ended. */
async function checkRecords({ platform, redis }, users, maxHeld = 0) {
  const { client, close } = await redisClient("node-redis", redis.port);
  const bot = createBot({ account: platform.account, store: redisStore(client), policy });
  let exact = 0;
  for (let number = 0; number < users; number += 1) {
    const [{ atLeast, atMost, held }, { remaining }] = [await bot.allowance(`o${number}`), await platform.user(`o${number}`)];
    assert.ok(held <= maxHeld, `o${number} has ${held} held`);
    assert.ok(atLeast <= remaining && remaining <= atMost, `o${number}: ${atLeast} to ${atMost}, and it is ${remaining}`);
    exact += Number(atLeast === remaining);
  }
  close();
  return exact;
}

// Every day a fifth of it.
const MANY = process.env.WXKF_ALL ? 10_000 : 2_000;

test(`${MANY} pushes with repeats, four processes`, { skip, timeout: 120_000 }, async (t) => {
  const [pushes, users] = [MANY, 200];
  const all = await start(t, 4);
  const { platform, processes } = all;
  const begun = Date.now();
  const { deliveries, duplicates } = await writeAll({ platform, processes, pushes, users, parallel: 64 });
  const seconds = (Date.now() - begun) / 1000;

  const reports = await Promise.all(processes.map((it) => it.report()));
  assert.deepEqual(reports.flatMap(({ errors }) => errors).slice(0, 3), []);
  const sum = (name) => reports.reduce((total, { counts }) => total + counts[name], 0);
  const handled = (await Promise.all(processes.map((it) => it.handled()))).flat();
  const stats = await platform.stats();
  const exact = await checkRecords(all, users);
  const fetches = platform.calls.filter(({ path }) => path.endsWith("stable_token")).length;
  t.diagnostic(
    `${pushes} pushes of ${users} users in ${deliveries} deliveries (${duplicates} repeats) in ${seconds.toFixed(1)} s: ` +
      `${handled.length} handled by ${reports.map(({ counts }) => counts.handled).join(" + ")}`,
  );
  t.diagnostic(
    `${sum("tries")} messages: ${sum("delivered")} sent, ${sum("refused")} refused here, ${stats.refused} by the platform; ` +
      `${sum("sets")} changes of records, ${sum("conflicts")} tried again; ${fetches} token fetched; ` +
      `${exact} of ${users} records know the quota exactly`,
  );
  assert.ok(duplicates >= pushes / 5, "too few repeats");
  assert.equal(stats.pushes, pushes);
  assert.equal(stats.acknowledged, pushes);
  assert.equal(handled.length, pushes, "each is handled");
  assert.equal(new Set(handled).size, pushes, "and none twice");
  assert.equal(stats.refused, 0, "no message above the quota");
  assert.equal(stats.sent, sum("delivered"), "what was sent is what arrived");
  assert.ok(stats.sent > pushes / 2, "it did send");
  assert.ok(sum("conflicts") > 0, "nobody met anybody: this shows nothing");
  assert.equal(fetches, 1);
});

test("a process is killed midway: nothing twice, and what it had not begun is handled", { skip, timeout: 120_000 }, async (t) => {
  const [pushes, users, parallel] = [1_000, 50, 32];
  const all = await start(t, 4);
  const { platform, processes } = all;
  const onPush = (number) => number === pushes / 2 && processes[0].child.kill("SIGKILL");
  const { deliveries } = await writeAll({ platform, processes, pushes, users, parallel, onPush });

  const handled = (await Promise.all(processes.map((it) => it.handled()))).flat();
  const [stats, begun] = [await platform.stats(), new Set(handled)];
  await checkRecords(all, users, 5);
  t.diagnostic(
    `${pushes} pushes in ${deliveries} deliveries: ${handled.length} handled, ${pushes - begun.size} noted and lost with ` +
      `the process; ${stats.given_up} given up, ${stats.refused} refused by the platform`,
  );
  assert.equal(begun.size, handled.length, "none twice");
  assert.equal(stats.given_up, 0, "WeChat heard an answer to each");
  // What it had noted and not begun is lost with it: at most what was under way to it.
  assert.ok(pushes - begun.size <= parallel, `${pushes - begun.size} lost`);
  assert.equal(stats.refused, 0);
});

test("a token dies while four processes use it: one of them fetches, and every message goes out", { skip, timeout: 120_000 }, async (t) => {
  const [pushes, users, parallel] = [600, 200, 32];
  const all = await start(t, 4);
  const { platform, processes } = all;
  let rejected = 0;
  const onPush = (number) => number === pushes / 2 && platform.ask("kill_token");
  platform.watch = ({ body }) => {
    rejected += Number(body.includes('"errcode":40001'));
  };
  await writeAll({ platform, processes, pushes, users, parallel, onPush });

  const reports = await Promise.all(processes.map((it) => it.report()));
  const sum = (name) => reports.reduce((total, { counts }) => total + counts[name], 0);
  const fetches = platform.calls.filter(({ path }) => path.endsWith("stable_token"));
  t.diagnostic(
    `${sum("tries")} messages: ${sum("delivered")} sent, ${sum("refused")} refused here, ${rejected} calls refused for the ` +
      `token; fetched with force_refresh ${fetches.map(({ body }) => JSON.parse(body).force_refresh ?? false)}`,
  );
  assert.deepEqual(reports.flatMap(({ errors }) => errors), []);
  assert.equal(sum("delivered") + sum("refused"), sum("tries"), "no call is refused twice");
  assert.ok(rejected > 0 && rejected <= parallel, `${rejected} calls met the dead token`);
  // A stable token is given again until it is asked for by force.
  assert.deepEqual(fetches.map(({ body }) => JSON.parse(body).force_refresh ?? false), [false, false, true]);
});
