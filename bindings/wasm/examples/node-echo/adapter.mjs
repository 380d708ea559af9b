// A fetch-style handler under node:http, Express, Connect or anything else with (request, response).

import { Readable } from "node:stream";

/** With Express: `app.use("/wechat", toNode(bot.handle))`, before any body parser. */
export function toNode(handle) {
  return async (request, response) => {
    const hasBody = request.method !== "GET" && request.method !== "HEAD";
    const answer = await handle(
      // Express keeps in `originalUrl` what a router has cut off. The host does not matter here.
      new Request(`http://localhost${request.originalUrl ?? request.url}`, {
        method: request.method,
        ...(hasBody ? { body: Readable.toWeb(request), duplex: "half" } : {}),
      }),
    );
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(await answer.text());
  };
}
