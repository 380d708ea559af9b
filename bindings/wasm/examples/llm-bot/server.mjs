// A slow answer that comes in pieces: typing is shown, and the pieces go out in as many messages as the user
// may be sent. WeChat is answered in time all the same.

import http from "node:http";

import { createBot, memoryStore, toNode } from "wxkf/host";

import { answer } from "./model.mjs";

const { env } = process;
const pauseMs = Number(env.MODEL_PAUSE_MS ?? 100);

const bot = createBot({
  account: {
    kind: env.WXKF_KIND,
    appId: env.WXKF_APP_ID,
    token: env.WXKF_TOKEN,
    encodingAesKey: env.WXKF_ENCODING_AES_KEY,
    mode: env.WXKF_MODE,
  },
  secret: env.WXKF_SECRET,
  baseUrl: env.WXKF_BASE_URL,
  store: memoryStore(),
  async onMessage({ inbound, send, typing, allowance }) {
    if (inbound.kind !== "text") return "I can only read texts.";
    await typing();
    let { atLeast: left } = await allowance();
    let waiting = "";
    for await (const word of answer(inbound.content.content, { pauseMs })) {
      waiting += word;
      // A paragraph is a message, but the last message is for all that is still to come.
      if (!waiting.endsWith("\n\n") || left <= 1) continue;
      const result = await send(waiting.trim());
      if (!result.ok) return console.error("not sent:", result);
      [left, waiting] = [left - 1, ""];
      await typing(); // a message ends it
    }
    if (waiting.trim() === "") return;
    const result = await send(waiting.trim());
    if (!result.ok) console.error("not sent:", result);
  },
});

const server = http.createServer(toNode(bot));
server.listen(Number(env.PORT ?? 3000), () => console.log(`listening on ${server.address().port}`));
