// A bot in this process, and the model of the platform that it talks to.

import { createBot, memoryStore } from "wxkf/host";

import { startPlatform } from "./platform.mjs";

/** `options` are those of the platform, `bot` those of `createBot`. What goes wrong is in `errors`. */
export async function startBoth(t, options = {}, bot = {}) {
  const platform = await startPlatform(options);
  t.after(() => platform.close());
  const errors = [];
  const made = createBot({
    account: platform.account,
    secret: platform.secret,
    store: memoryStore(),
    baseUrl: platform.url,
    onError: (error, where) => errors.push({ error, where }),
    ...bot,
  });
  return { platform, bot: made, errors };
}

/** Waits so many milliseconds. */
export const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

/** Waits until something holds. */
export async function until(holds, what = "it never holds") {
  for (let tries = 0; !(await holds()); tries += 1) {
    if (tries > 200) throw new Error(what);
    await pause(25);
  }
}
