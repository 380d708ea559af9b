/** The bot: an account, its store, and the handlers. */

import {
  Account,
  type Allowance,
  BASE_URL,
  type EndpointName,
  type Endpoints,
  type Outcome,
  type Received,
  type RequestLike,
} from "wxkf";
import { isRequest } from "../http.js";
import { seen } from "../seen.js";
import { Api } from "./api.js";
import { flooded, invalid } from "./errors.js";
import type { Message } from "./message.js";
import { type BotOptions, check } from "./options.js";
import { Records } from "./records.js";
import type { Report, Where } from "./report.js";
import { failed, notAllowed, refused, toResponse } from "./response.js";
import { Sender, type SendResult, type TypingResult } from "./send.js";
import { broughtTokens, keptTokens, type Tokens, type TokenSources } from "./token.js";
import { acknowledgement, type Lifetime, Turn } from "./turn.js";

/** WeChat waits five seconds (page 被动回复用户消息, read 2026-11-21); one is for the way. */
const PASSIVE_DEADLINE_MS = 4_000;

/** As much of a `Request` as is needed here. */
export interface IncomingRequest extends RequestLike {
  /** The method. */
  readonly method: string;
}

/** A bot for one account. */
export interface Bot {
  /**
   * Answers one request to the callback URL: the check of the URL, or a push. Raw means raw: the body
   * must not have been read. It never rejects, whatever the request is. Node has requests of another kind:
   * `toNode` makes a listener for those.
   *
   * A push is handled at most once, by whichever process takes note of it first; a repeat is answered
   * `success`. If its handler is not done in time, it is answered `success` too, the handler goes on,
   * and what it returns is sent through the API. If the handler fails before anything was sent or
   * answered, the answer is 500, and WeChat pushes again; later than that its error is only reported.
   *
   * A process that ends meanwhile, or a store that fails after it took note, loses the push: WeChat's
   * repeat of it is answered `success`. What a handler returns and nobody can be sent is only reported.
   *
   * On runtimes that end with the response, hand in what keeps them alive (`ExecutionContext`). Anything
   * else in its place is ignored, so `Deno.serve(bot.handle)` and `Bun.serve({ fetch: bot.handle })` do.
   */
  handle(request: IncomingRequest, lifetime?: Lifetime): Promise<Response>;
  /** Sends to a user, if window and quota allow it. It throws only for what is no message. */
  send(user: string, message: Message): Promise<SendResult>;
  /** Shows a user that somebody is typing, or no longer. */
  typing(user: string, on?: boolean): Promise<TypingResult>;
  /** What may be sent to a user now. */
  allowance(user: string): Promise<Allowance>;
  /** Any other call, with the token that it names, if any, and with a new one if that is refused. */
  call<E extends EndpointName>(
    endpoint: E,
    params: Endpoints[E]["params"],
  ): Promise<Outcome<Endpoints[E]["result"]>>;
}

/** Makes a bot. Make it once, and use it for every request. */
export function createBot(options: BotOptions): Bot {
  check(options);
  const { store, now = Date.now, passiveDeadlineMs = PASSIVE_DEADLINE_MS } = options;
  const given = options.account;
  // No `instanceof`: it may be of another copy of the package.
  const account = typeof given === "object" && "receive" in given ? given : new Account(given);
  const { kind } = account;
  const policy = options.policy ?? kind;
  const report = reporter(options.onError ?? print);
  // Some runtimes want their `fetch` called on nothing but the global object.
  const api = new Api(options.fetch ?? ((...args) => globalThis.fetch(...args)), options.baseUrl ?? BASE_URL);
  const records = new Records(store, account, policy, now);
  const tokens: TokenSources = {
    access_token: ofAccount(options, account, records, api, now),
    component_access_token: broughtTokens(options.componentToken ?? noComponent),
  };
  const sender = new Sender({ api, kind, policy, records, report, tokens });

  const push = async (request: IncomingRequest, lifetime: Lifetime | undefined): Promise<Response> => {
    // Not the clock of the day, which may be set meanwhile.
    const begun = performance.now();
    let received: Received;
    try {
      received = await account.receive(request, now());
    } catch (error) {
      report(error, "request");
      return refused(error);
    }
    try {
      const observed = await records.observe(received);
      if (observed === "repeat") {
        return toResponse(account.reply(received, acknowledgement(received), { now: now() }));
      }
      // Nobody knows whether it was handled, so it is not: WeChat repeats it, and tells the user after that.
      if (observed === "overflow") throw flooded();
    } catch (error) {
      report(error, "store");
      return failed(500);
    }
    const handler = isEvent(received) ? options.onEvent : options.onMessage;
    const turn = new Turn({ account, now, records, report, sender }, received, lifetime);
    return turn.run(handler, passiveDeadlineMs - (performance.now() - begun));
  };

  return {
    async handle(request, lifetime) {
      if (!isRequest(request)) {
        const it = seen(request) + (Object(request).httpVersion === undefined ? "" : ": wrap the bot in `toNode`");
        report(invalid("request", "a Request in the style of fetch", it), "request");
        return failed(500);
      }
      if (request.method === "POST") return push(request, lifetime);
      if (request.method !== "GET") return notAllowed("GET, POST");
      try {
        const body = account.verifyUrl(request.url, now());
        return toResponse({ body, contentType: "text/plain; charset=utf-8" });
      } catch (error) {
        report(error, "request");
        return refused(error);
      }
    },
    send: (user, message) => sender.send(user, message),
    typing: (user, on = true) => sender.typing(user, on),
    allowance: (user) => records.allowance(user),
    call: async (endpoint, params) => (await api.prepare(endpoint, params, { kind, report, tokens }))(),
  };
}

function ofAccount(
  { secret, token }: BotOptions,
  { appId }: Account,
  records: Records,
  api: Api,
  now: () => number,
): Tokens {
  if (token !== undefined) return broughtTokens(token);
  // It may be a bot that never sends.
  if (secret == null) return broughtTokens(noSecret);
  return keptTokens(records, { appId, secret: secret.trim(), exchange: (call) => api.exchange(call), now });
}

async function noSecret(): Promise<string> {
  throw invalid("secret", "the AppSecret, or a function in `token`,", "undefined");
}

async function noComponent(): Promise<string> {
  throw invalid("componentToken", "a function that gives the component_access_token", "undefined");
}

/** Anybody can make a request that is none: of those, no stack. */
function print(error: unknown, where: Where): void {
  console.error("wxkf:", where, where === "request" && error instanceof Error ? error.message : error);
}

/** Nobody is left to hear of an error while an error is reported. */
function reporter(onError: Report): Report {
  return (error, where) => {
    const failed = (second: unknown): void => print(second, where);
    try {
      // It may be an async function, which has no other way to fail.
      Promise.resolve(onError(error, where) as unknown).catch(failed);
    } catch (second) {
      failed(second);
    }
  };
}

/** Whether it goes to `onEvent`: what a user wrote goes to `onMessage`, also of a kind nobody knows. */
function isEvent({ inbound }: Received): boolean {
  if (inbound.kind === "unknown") return inbound.content.event !== undefined || inbound.content.info_type !== undefined;
  return inbound.kind.startsWith("event.") || inbound.kind.startsWith("info.");
}
