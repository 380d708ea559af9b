// A fetch-style handler under node:http, Express, Connect or anything else with (request, response).

import { Readable } from "node:stream";

/** With Express: `app.use("/wechat", toNode(bot.handle))`, before any body parser. */
export function toNode(handle) {
  return async (request, response) => {
    // A `Request` cannot be made of all that node:http lets in, such as TRACE; nobody may end the process.
    if (request.method !== "GET" && request.method !== "POST") return response.writeHead(405).end();
    const answer = await handle(
      // Express keeps in `originalUrl` what a router has cut off. The host does not matter here.
      new Request(`http://localhost${request.originalUrl ?? request.url}`, {
        method: request.method,
        ...(request.method === "POST" ? { body: Readable.toWeb(request), duplex: "half" } : {}),
      }),
    );
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(await answer.text());
  };
}
