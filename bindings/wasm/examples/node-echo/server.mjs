// A bot that says what it heard, on nothing but Node.

import http from "node:http";

import { createBot, memoryStore, toNode } from "wxkf/host";

const { env } = process;

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
  // An official account answers with it, a mini program sends it.
  onMessage: ({ inbound }) =>
    inbound.kind === "text" ? `You wrote: ${inbound.content.content}` : { type: "transfer_customer_service" },
});

const server = http.createServer(toNode(bot));
server.listen(Number(env.PORT ?? 3000), () => console.log(`listening on ${server.address().port}`));
