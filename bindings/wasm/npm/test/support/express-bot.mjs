// The bot of the README under Express, behind the body parser that ROUTE names, as people mount them.

import { createRequire } from "node:module";
import { createBot, memoryStore, toNode } from "wxkf/host";

const { env } = process;
const express = createRequire(import.meta.url)(env.EXPRESS);

/** What stands before the bot. With a type for all they read whatever comes. */
const PARSERS = {
  none: [],
  json: [express.json()],
  "json-all": [express.json({ type: () => true, strict: false })],
  urlencoded: [express.urlencoded({ extended: true })],
  "urlencoded-all": [express.urlencoded({ extended: true, type: () => true })],
  text: [express.text({ type: () => true })],
  raw: [express.raw({ type: () => true })],
  usual: [express.json(), express.urlencoded({ extended: false })],
  "raw-body": [express.json({ type: () => true, strict: false, verify: (request, _, bytes) => (request.rawBody = bytes) })],
  consumed: [(request, _, next) => request.on("error", () => {}).resume().on("close", next).on("end", next)],
};

const bot = createBot({
  account: {
    kind: "official_account",
    appId: env.WXKF_APP_ID,
    token: env.WXKF_TOKEN,
    encodingAesKey: env.WXKF_ENCODING_AES_KEY,
  },
  secret: env.WXKF_SECRET,
  store: memoryStore(),
  onMessage({ inbound }) {
    if (inbound.kind === "text") return `You wrote: ${inbound.content.content}`;
  },
});

const app = express();
for (const [route, parsers] of Object.entries(PARSERS)) app.use(`/${route}`, ...parsers, toNode(bot));
const server = app.listen(0, "127.0.0.1", () => console.log(`listening on ${server.address().port}`));
