/** A bot behind node:http, Express, Connect, or whatever else hands in a request and a response of Node. */

import { readAtMost, type StreamLike } from "../http.js";
import type { Bot, IncomingRequest } from "./bot.js";

/** As much of an `IncomingMessage` as is needed here, and what frameworks put on it. */
export interface NodeRequest extends AsyncIterable<unknown> {
  /** The method. */
  readonly method?: string | undefined;
  /** The target, as it stood in the first line. */
  readonly url?: string | undefined;
  /** Whether somebody has read of the body. */
  readonly readableDidRead?: boolean | undefined;
  /** Whether all of the request has come. */
  readonly complete?: boolean | undefined;
  /** 1 or 2. */
  readonly httpVersionMajor?: number | undefined;
  /** Chunks, without an end to the connection if nobody wants more of them. */
  iterator?(options: { destroyOnReturn: boolean }): AsyncIterator<unknown>;
}

/** As much of a `ServerResponse` as is needed here. */
export interface NodeResponse {
  /** Whether the head has left already. */
  readonly headersSent: boolean;
  /** Sends the head. */
  writeHead(status: number, headers?: Record<string, string>): unknown;
  /** Sends the rest. */
  end(body?: string): unknown;
}

/**
 * A bot as a listener of Node: `createServer(toNode(bot))`, or `app.use("/wechat", toNode(bot))` under Express.
 * No request makes it throw or reject, so none ends the process.
 *
 * Mount it before any body parser: what was signed are the bytes. Behind one it still works where the bytes are
 * to be had, as those of `express.raw()` and `express.text()`, or a `rawBody`.
 */
export function toNode(bot: Pick<Bot, "handle">): (request: NodeRequest, response: NodeResponse) => Promise<void> {
  return async (request, response) => {
    try {
      const answer = await bot.handle(incoming(request));
      const text = await answer.text();
      const headers: Record<string, string> = {};
      answer.headers.forEach((value, name) => (headers[name] = value));
      // What is still coming is of no use to anybody.
      if (request.complete === false && request.httpVersionMajor !== 2) headers["connection"] = "close";
      response.writeHead(answer.status, headers);
      response.end(text);
    } catch {
      // Somebody else has answered already, or the connection is no more.
      if (!response.headersSent) response.writeHead(500);
      response.end();
    }
  };
}

/** Not a `Request` of fetch: none can be made of all that Node lets in, such as TRACE or a target that is no URL. */
function incoming(request: NodeRequest): IncomingRequest {
  const body = bodyOf(request);
  const it: IncomingRequest = {
    method: request.method ?? "",
    // Whatever stands before the query does not matter here.
    url: `/${request.url ?? ""}`,
    bodyUsed: body === null,
    body,
    arrayBuffer: async () => (await readAtMost(it, Infinity)).slice().buffer as ArrayBuffer,
  };
  return it;
}

/** The bytes of the body, whoever has them; `null` if a body parser has made something else of them. */
function bodyOf(request: NodeRequest): StreamLike | null {
  const { rawBody, body } = request as { rawBody?: unknown; body?: unknown };
  for (const bytes of request.readableDidRead ? [rawBody, body] : [rawBody]) {
    if (typeof bytes === "string" || bytes instanceof Uint8Array) return streamOf([bytes][Symbol.iterator]());
  }
  if (request.readableDidRead) return null;
  return streamOf(request.iterator?.({ destroyOnReturn: false }) ?? request[Symbol.asyncIterator]());
}

function streamOf(chunks: AsyncIterator<unknown> | Iterator<unknown>): StreamLike {
  return {
    getReader: () => ({
      async read() {
        const { done, value } = await chunks.next();
        if (done) return { done: true };
        return { done: false, value: typeof value === "string" ? utf8.encode(value) : (value as Uint8Array) };
      },
      async cancel() {
        await chunks.return?.();
      },
    }),
  };
}

const utf8 = new TextEncoder();
