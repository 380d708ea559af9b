// A bot as a route of Hono, with its records in Redis: run as many of it as you like.

import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { createClient } from "redis";
import { createBot, redisStore } from "wxkf/host";

const { env } = process;
const redis = await createClient({ url: env.REDIS_URL })
  .on("error", (error) => console.error("redis:", error.message))
  .connect();

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
  async onMessage({ inbound, send }) {
    const result = await send(`You wrote: ${inbound.content.content ?? inbound.kind}`);
    if (!result.ok) console.error("not sent:", result.reason);
  },
});

const app = new Hono();
app.all("/wechat", (context) => bot.handle(context.req.raw));
serve({ fetch: app.fetch, port: Number(env.PORT ?? 3000) }, ({ port }) => console.log(`listening on ${port}`));
