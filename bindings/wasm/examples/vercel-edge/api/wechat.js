// A bot as an Edge Function. There are no sockets here, so Redis is asked over HTTP, as Upstash offers it.

import { createBot, redisStore } from "wxkf/host";

export const config = { runtime: "edge" };

const { env } = process;

const redis = {
  async sendCommand(args) {
    const response = await fetch(env.KV_REST_API_URL, {
      method: "POST",
      headers: { authorization: `Bearer ${env.KV_REST_API_TOKEN}` },
      body: JSON.stringify(args),
    });
    const { result, error } = await response.json();
    if (error) throw new Error(error);
    return result;
  },
};

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
  store: redisStore(redis),
  onMessage: ({ inbound }) => `You wrote: ${inbound.content.content ?? inbound.kind}`,
});

export default (request, context) => bot.handle(request, context);
