/** What a host tells the kit, and what the kit tells a handler. */

import type { Account, AccountOptions, Allowance, Inbound, PolicySpec, Received, Reply } from "wxkf";
import { nameSeen, numberSeen, seen } from "../seen.js";
import { invalid } from "./errors.js";
import type { Message } from "./message.js";
import type { Report } from "./report.js";
import type { SendResult, TypingResult } from "./send.js";
import type { Store } from "./store.js";
import type { BringsToken } from "./token.js";

/** What a handler may return: nothing, a text, or a passive reply. */
export type Returned = void | string | Reply;

/** A handler. */
export type Handler = (context: Context) => Returned | Promise<Returned>;

/** What is known of one push, and what can be done about it. */
export interface Context {
  /** The message or event. */
  readonly inbound: Inbound;
  /** How it came. */
  readonly received: Received;
  /** Sends to the user who has caused the push. */
  send(message: Message): Promise<SendResult>;
  /** Shows the user that somebody is typing, or no longer. */
  typing(on?: boolean): Promise<TypingResult>;
  /** What may be sent to the user now. */
  allowance(): Promise<Allowance>;
  /**
   * Answers the push now, and the handler goes on. `false` if it has been answered already: after the
   * deadline, for instance. A mini program can only answer `transfer_customer_service`.
   */
  reply(reply: string | Reply): boolean;
  /** Keeps the runtime alive until this is done; its failure is reported. */
  waitUntil(promise: Promise<unknown>): void;
  /** Aborted once the push is answered: from then on only `send` reaches the user. */
  readonly signal: AbortSignal;
}

/** What `createBot` takes. */
export interface BotOptions {
  /** The account, or what the console shows of it. */
  account: Account | AccountOptions;
  /** Where records live. Processes that share an account share its store. */
  store: Store;
  /** The AppSecret, to fetch the token with (`stable_token`). */
  secret?: string | undefined;
  /** Instead of `secret`: gives a token; of one that was refused, it is told. */
  token?: BringsToken | undefined;
  /** The same for the calls of a third-party platform about itself: gives its `component_access_token`. */
  componentToken?: BringsToken | undefined;
  /** By which numbers to decide; those of the kind of account unless told. */
  policy?: PolicySpec | undefined;
  /** A message of a user came. What it returns is the answer; see `Bot.handle` about its time. */
  onMessage?: Handler | undefined;
  /**
   * An event came, or a push to a third-party platform about itself. A payment event may come again for a
   * day, longer than repeats are remembered: know it by its order number.
   */
  onEvent?: Handler | undefined;
  /** Takes what nobody else hears of; `console.error` unless told. */
  onError?: Report | undefined;
  /** After so many milliseconds a push is answered `success`, whatever its handler does: 4000. */
  passiveDeadlineMs?: number | undefined;
  /** The runtime's `fetch` unless told. */
  fetch?: typeof fetch | undefined;
  /** Where the API is; `https://api.weixin.qq.com` unless told. */
  baseUrl?: string | undefined;
  /** The clock, in milliseconds since 1970. */
  now?: (() => number) | undefined;
}

/** Refuses options that would fail only when a push comes; what the core takes, the core checks. */
export function check(options: BotOptions): void {
  if (typeof options !== "object" || options === null) {
    throw invalid("options", "the options of the bot", seen(options));
  }
  const { store, passiveDeadlineMs: deadline = 0, baseUrl } = options;
  if (typeof store?.get !== "function" || typeof store.compareAndSet !== "function") {
    throw invalid("store", "a store, with `get` and `compareAndSet`,", seen(store));
  }
  for (const name of FUNCTIONS) {
    const given = options[name];
    if (given !== undefined && typeof given !== "function") throw invalid(name, "a function", seen(given));
  }
  // Timers take no more.
  if (typeof deadline !== "number" || !(deadline >= 0 && deadline < 2 ** 31)) {
    throw invalid("passiveDeadlineMs", "milliseconds", numberSeen(deadline));
  }
  const { secret } = options;
  if (secret != null && (typeof secret !== "string" || secret.trim() === "")) {
    throw invalid("secret", "the AppSecret", typeof secret === "string" ? "an empty string" : seen(secret));
  }
  if (baseUrl !== undefined && !/^https?:\/\/[^/?#]/.test(baseUrl)) {
    throw invalid("baseUrl", "the URL of a server", nameSeen(baseUrl));
  }
}

const FUNCTIONS = ["token", "componentToken", "onMessage", "onEvent", "onError", "fetch", "now"] as const;
