/** One push that is new: its handler, its answer, and the deadline between the two. */

import { type Account, type Inbound, type Received, type Reply, replyCaution } from "wxkf";
import { isReplyUnsent, replyUnsent } from "./errors.js";
import { asMessage, isSilent, type Message } from "./message.js";
import type { Context, Handler, Returned } from "./options.js";
import type { Records } from "./records.js";
import type { Report } from "./report.js";
import { failed, toResponse } from "./response.js";
import type { Sender, SendResult } from "./send.js";

/** As much of an `ExecutionContext` as is needed here. */
export interface Lifetime {
  /** Keeps the runtime alive until the promise is settled. */
  waitUntil(promise: Promise<unknown>): void;
}

/** What a turn works with. */
export interface TurnParts {
  account: Account;
  now: () => number;
  records: Records;
  report: Report;
  sender: Sender;
}

/** See the head of this file. */
export class Turn {
  readonly #with: TurnParts;
  readonly #received: Received;
  readonly #lifetime: Lifetime | undefined;
  readonly #answered = new AbortController();
  /** Sends that have reached the user, or may yet. */
  #sends = 0;
  #resolve: (response: Response) => void = () => {};

  constructor(parts: TurnParts, received: Received, lifetime: Lifetime | undefined) {
    [this.#with, this.#received, this.#lifetime] = [parts, received, lifetime];
  }

  /** Runs the handler. Resolves when it is done, or after so many milliseconds. */
  run(handler: Handler | undefined, deadlineMs: number): Promise<Response> {
    const response = new Promise<Response>((resolve) => {
      this.#resolve = resolve;
    });
    // If it is too late already, nobody listens to what the handler could answer in time.
    if (deadlineMs <= 0) this.#acknowledge();
    const timer = setTimeout(() => this.#acknowledge(), Math.max(0, deadlineMs));
    const work = this.#work(handler).finally(() => clearTimeout(timer));
    this.#keepAlive(work);
    return response;
  }

  async #work(handler: Handler | undefined): Promise<void> {
    try {
      const returned = await handler?.(this.#context());
      await this.#finish(returned);
    } catch (error) {
      this.#with.report(error, "handler");
      // If the user has seen something of it, they are not to see it again.
      if (this.#answered.signal.aborted || this.#sends > 0) this.#acknowledge();
      else await this.#askForRepeat();
    }
  }

  async #finish(returned: Returned): Promise<void> {
    // `null` as well, which only TypeScript refuses.
    if (returned == null) return void this.#acknowledge();
    try {
      await this.#deliver(returned);
    } catch (error) {
      // Nobody has seen any of it, and the store may be back when WeChat pushes again.
      if (isReplyUnsent(error)) throw error;
      // What is no answer now is none the next time, and a 500 tells the user that the account is out of order.
      this.#with.report(error, "reply");
    }
    this.#acknowledge();
  }

  /** Answers with what a handler returned, or sends it. It throws for what is no answer, and if the store fails. */
  async #deliver(returned: string | Reply): Promise<void> {
    const { account, report } = this.#with;
    const message = asMessage(returned);
    const isPassive = account.kind === "official_account" || message === null;
    // A text that is too long for an answer is none for a message, which goes out in parts.
    const isFine = message === null || replyCaution(returned) === null;
    if (isPassive && isFine && this.#reply(returned)) return;
    if (message !== null) {
      const result = await this.#send(message);
      if (!result.ok && result.reason === "store") throw replyUnsent(result);
      if (!result.ok) report(replyUnsent(result), "reply");
    } else if (!isSilent(returned)) {
      report(replyUnsent(returned), "reply");
    }
  }

  #context(): Context {
    const { records, sender } = this.#with;
    const { inbound } = this.#received;
    return {
      inbound,
      received: this.#received,
      send: (message) => this.#send(message),
      typing: (on = true) => sender.typing(userOf(inbound), on),
      allowance: () => records.allowance(userOf(inbound)),
      reply: (reply) => this.#reply(reply),
      waitUntil: (promise) => this.#waitUntil(promise),
      signal: this.#answered.signal,
    };
  }

  async #send(message: Message): Promise<SendResult> {
    this.#sends += 1;
    let mayBeSeen = true;
    try {
      const result = await this.#with.sender.send(userOf(this.#received.inbound), message);
      mayBeSeen = result.ok || result.sent > 0 || result.reason === "unknown";
      return result;
    } catch (error) {
      mayBeSeen = false;
      throw error;
    } finally {
      if (!mayBeSeen) this.#sends -= 1;
    }
  }

  #waitUntil(promise: Promise<unknown>): void {
    this.#keepAlive(Promise.resolve(promise).catch((error: unknown) => this.#with.report(error, "background")));
  }

  #keepAlive(work: Promise<unknown>): void {
    // In its place Deno and Bun hand in what they know of the connection.
    if (typeof this.#lifetime?.waitUntil !== "function") return;
    try {
      this.#lifetime.waitUntil(work);
    } catch (error) {
      this.#with.report(error, "background");
    }
  }

  /** Answers, if nobody has. It throws for what cannot be an answer. */
  #reply(reply: string | Reply): boolean {
    if (this.#answered.signal.aborted) return false;
    const { account, now } = this.#with;
    const response = toResponse(account.reply(this.#received, reply, { now: now() }));
    this.#answered.abort();
    this.#resolve(response);
    return true;
  }

  #acknowledge(): void {
    try {
      this.#reply(acknowledgement(this.#received));
    } catch (error) {
      // The account was freed, for instance.
      this.#with.report(error, "reply");
      this.#resolve(failed(500));
    }
  }

  async #askForRepeat(): Promise<void> {
    const { records, report } = this.#with;
    this.#answered.abort();
    await records.forget(this.#received).catch((error: unknown) => report(error, "store"));
    this.#resolve(failed(500));
  }
}

/** What says that all is well, and shows nothing. */
export function acknowledgement(received: Received): Reply {
  return received.wantsErrCode ? { type: "err_code", err_code: 0 } : { type: "success" };
}

function userOf(inbound: Inbound): string {
  // An empty one is refused where the call is checked.
  return inbound.from ?? "";
}
