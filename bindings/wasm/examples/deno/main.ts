// A bot on Deno. On Deno Deploy, `Deno.openKv()` is shared by all regions.

import { createBot, denoKvStore } from "wxkf/host";

const env = (name: string): string => Deno.env.get(name) ?? "";
type Mode = "secure" | "compatible" | "plain" | undefined;

const bot = createBot({
  account: {
    kind: env("WXKF_KIND") as "mini_program" | "official_account",
    appId: env("WXKF_APP_ID"),
    token: env("WXKF_TOKEN"),
    encodingAesKey: env("WXKF_ENCODING_AES_KEY"),
    mode: Deno.env.get("WXKF_MODE") as Mode,
  },
  secret: Deno.env.get("WXKF_SECRET"),
  baseUrl: Deno.env.get("WXKF_BASE_URL"),
  store: denoKvStore(await Deno.openKv(Deno.env.get("KV_PATH"))),
  onMessage: ({ inbound }) => inbound.kind === "text" ? `You wrote: ${inbound.content.content}` : undefined,
});

Deno.serve({
  port: Number(Deno.env.get("PORT") ?? 3000),
  onListen: ({ port }) => console.log(`listening on ${port}`),
}, (request) => bot.handle(request));
