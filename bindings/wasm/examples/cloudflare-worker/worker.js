// A bot as a Worker. Each user's record is a Durable Object.

import { createBot, durableObjectStore } from "wxkf/host";

export { WxkfStoreObject } from "wxkf/host";

let bot;

export default {
  fetch(request, env, context) {
    bot ??= createBot({
      account: {
        kind: env.WXKF_KIND,
        appId: env.WXKF_APP_ID,
        token: env.WXKF_TOKEN,
        encodingAesKey: env.WXKF_ENCODING_AES_KEY,
        mode: env.WXKF_MODE,
      },
      secret: env.WXKF_SECRET,
      baseUrl: env.WXKF_BASE_URL,
      store: durableObjectStore(env.RECORDS),
      async onMessage({ inbound, send, typing }) {
        await typing();
        await send(`You wrote: ${inbound.content.content ?? inbound.kind}`);
      },
    });
    return bot.handle(request, context);
  },
};
