// The model of the platform, with a real HTTP server in front of its API.

import { spawn } from "node:child_process";
import { once } from "node:events";
import http from "node:http";
import { createInterface } from "node:readline";

import { platformProgram } from "./absent.mjs";

/** An account that exists nowhere. */
export const ACCOUNT = {
  appId: "wx2f5b7c91d8e04a63",
  token: "modelToken2026",
  encodingAesKey: "wxkfModelKeyWhoseLastCharacterHasStrayBits0",
};
export const SECRET = "5f4dcc3b5aa765d61d8327deb882cf99";

/**
 * Starts it. `options`: kind, format, mode, seed, lateness_ms, token_lifetime_ms, token_overlap_ms.
 * `intercept` of what it gives may answer a call in the platform's place.
 */
export async function startPlatform(options = {}) {
  const child = spawn(platformProgram() ?? "platform", { stdio: ["pipe", "pipe", "inherit"] });
  await once(child, "spawn");
  const waiting = [];
  createInterface({ input: child.stdout }).on("line", (line) => waiting.shift()(JSON.parse(line)));

  const ask = async (op, order = {}) => {
    const answer = new Promise((resolve) => waiting.push(resolve));
    child.stdin.write(`${JSON.stringify({ op, now: Date.now(), ...order })}\n`);
    const it = await answer;
    if (it.error !== undefined) throw new Error(it.error);
    return it;
  };
  const kind = options.kind ?? "official_account";
  await ask("new", {
    ...options,
    kind,
    app_id: ACCOUNT.appId,
    token: ACCOUNT.token,
    encoding_aes_key: ACCOUNT.encodingAesKey,
    secret: SECRET,
  });

  const platform = {
    account: { kind, ...ACCOUNT },
    secret: SECRET,
    url: "",
    /** Every call: its path, and its body as text. */
    calls: [],
    /** May give `{ status, body }`, or `"break"`, instead of what the platform says. */
    intercept: null,
    /** Sees every answer. */
    watch: null,
    ask,
    act: (user, action, text = "") => ask("act", { user, action, text }),
    /** The user acts; gives the one push that follows. */
    async push(user, action, text) {
      await ask("act", { user, action, text: text ?? "" });
      const { attempts } = await ask("attempts");
      return attempts.at(-1);
    },
    user: (user) => ask("user", { user }),
    /** What the user was shown by the bot. */
    async told(user) {
      const { chat } = await ask("user", { user });
      return chat.filter((line) => line.speaker === "bot").map((line) => line.text);
    },
    stats: () => ask("stats"),
    /** Tells the platform what a bot has answered to a push. */
    async answer(attempt, response) {
      const body = response.status === 200 ? await response.text() : undefined;
      await ask("answer", { id: attempt.id, ...(body === undefined ? {} : { body }) });
    },
    async close() {
      server.closeAllConnections();
      server.close();
      child.stdin.end();
      if (child.exitCode === null) await once(child, "exit");
    },
  };

  const server = http.createServer(async (request, response) => {
    let body = "";
    request.setEncoding("utf8");
    for await (const chunk of request) body += chunk;
    const call = { path: request.url.split("?")[0], body };
    platform.calls.push(call);
    const other = await platform.intercept?.(call);
    if (other === "break") return request.socket.destroy();
    const order = { method: request.method, target: request.url, body };
    const answer = other ?? (await ask("call", { ...order, content_type: request.headers["content-type"] }));
    platform.watch?.(answer);
    response.writeHead(answer.status, { "content-type": answer.content_type ?? "application/json" });
    response.end(answer.body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  platform.url = `http://127.0.0.1:${server.address().port}`;
  return platform;
}

/** A push as the request that WeChat makes. */
export function asRequest(attempt, url = "http://bot.example/wechat") {
  return new Request(`${url}?${attempt.query}`, { method: "POST", body: attempt.body });
}
