/** Sending: reserve, call, settle; long texts in parts. */

import {
  type AccountKind,
  type Endpoints,
  type Outcome,
  type PolicySpec,
  type Refusal,
  type Rejection,
  type Reservation,
  splitText,
} from "wxkf";
import { seen } from "../seen.js";
import type { Api } from "./api.js";
import { invalid, isNoToken } from "./errors.js";
import type { Message } from "./message.js";
import { pause } from "./pause.js";
import type { Records } from "./records.js";
import type { Report } from "./report.js";
import type { TokenSources } from "./token.js";

/** Why a message was not sent, or perhaps not. */
export type Failure =
  | {
      /** Our own record says no: no call was made. */
      reason: "refused";
      /** Why, and when to ask again. */
      refusal: Refusal;
    }
  | {
      /** WeChat says no. After kind `busy` it may have been sent all the same. */
      reason: "rejected";
      /** What it answered. */
      rejection: Rejection;
    }
  | {
      /** There is no token to call with: no call was made. */
      reason: "no_token";
      /** Why. */
      error: unknown;
    }
  | {
      /** The store failed: no call was made. */
      reason: "store";
      /** How. */
      error: unknown;
    }
  | {
      /** No answer, or none that can be read: nobody knows whether it was sent. */
      reason: "unknown";
      /** What was seen. */
      error: unknown;
      /** The part of which nobody knows; it is not in `rest`. */
      doubtful: Message;
    };

/** What became of a message. Nothing is lost: what was not sent is there to be sent later. */
export type SendResult =
  | {
      /** All of it was sent. */
      ok: true;
      /** In so many messages. */
      sent: number;
    }
  | ({
      /** Not all of it was sent. */
      ok: false;
      /** So many messages were, before. */
      sent: number;
      /** What surely was not sent; `null` if that is nothing. */
      rest: Message | null;
    } & Failure);

/** Whether typing is shown now, or no longer. */
export type TypingResult =
  | { ok: true }
  | ({ ok: false } & (Exclude<Failure, { reason: "unknown" }> | { reason: "unknown"; error: unknown }));

/** What a sender works with. */
export interface SenderParts {
  api: Api;
  kind: AccountKind;
  policy: PolicySpec;
  records: Records;
  report: Report;
  tokens: TokenSources;
}

type SendParams = Endpoints["message.custom.send"]["params"];

/** See the head of this file. */
export class Sender {
  readonly #with: SenderParts;

  constructor(parts: SenderParts) {
    this.#with = parts;
  }

  /** Sends a message. A text that is too long for one goes out in parts, as far as the quota goes. */
  async send(user: string, message: Message): Promise<SendResult> {
    const whole = typeof message === "string" ? textMessage(message) : message;
    if (typeof whole !== "object" || whole === null) {
      throw invalid("message", "a text or a message", seen(whole));
    }
    const text = textOf(whole);
    if (text === null || text.trim() === "" || splitText(text, { maxParts: 1 }).rest === "") {
      const failure = await this.#sendOne(user, whole);
      if (failure === null) return { ok: true, sent: 1 };
      return { ok: false, sent: 0, rest: failure.reason === "unknown" ? null : message, ...failure };
    }
    let [rest, sent] = [text, 0];
    while (rest.trim() !== "") {
      let parts: string[];
      try {
        parts = await this.#split(user, rest);
      } catch (error) {
        return { ok: false, sent, rest: like(message, rest), reason: "store", error };
      }
      for (const part of parts) {
        const failure = await this.#sendOne(user, withText(whole, part));
        // What is in doubt is told apart from what is still to be sent.
        if (failure === null || failure.reason === "unknown") rest = rest.slice(part.length);
        if (failure !== null) {
          return { ok: false, sent, rest: rest === "" ? null : like(message, rest), ...failure };
        }
        sent += 1;
      }
    }
    return { ok: true, sent };
  }

  /** Shows the user that somebody is typing, or no longer. */
  async typing(user: string, on: boolean): Promise<TypingResult> {
    const { records, report } = this.#with;
    let call: () => Promise<Outcome<unknown>>;
    try {
      call = await this.#prepare("message.custom.typing", {
        touser: user,
        command: on ? "Typing" : "CancelTyping",
      });
    } catch (error) {
      if (!isNoToken(error)) throw error;
      return { ok: false, reason: "no_token", error };
    }
    if (on) {
      let refusal: { ok: true } | Refusal;
      try {
        refusal = await records.conversation(user, (record, now) => record.startTyping(now));
      } catch (error) {
        return { ok: false, reason: "store", error };
      }
      if (!refusal.ok) return { ok: false, reason: "refused", refusal };
    }
    let result: TypingResult;
    let settlement: "unknown" | { errcode: number } = "unknown";
    try {
      const outcome = await call();
      settlement = errcodeOf(outcome);
      result = outcome.ok ? { ok: true } : { ok: false, reason: "rejected", rejection: outcome.rejection };
    } catch (error) {
      result = { ok: false, reason: "unknown", error };
    }
    try {
      if (on) await records.conversation(user, (record, now) => record.settleTyping(settlement, now));
      else if (result.ok) await records.conversation(user, (record) => record.stopTyping());
    } catch (error) {
      report(error, "settle");
    }
    return result;
  }

  /** The parts that the quota has room for; one at least, to hear why there is no room. */
  async #split(user: string, text: string): Promise<string[]> {
    const { policy, records } = this.#with;
    const { atLeast, atMost } = await records.allowance(user);
    const isCautious = typeof policy === "object" && policy.cautious === true;
    const { parts } = splitText(text, { maxParts: Math.max(1, isCautious ? atLeast : atMost) });
    // What cannot be cut, such as one long link, goes out as it is: WeChat decides.
    return parts.length > 0 ? parts : [text];
  }

  /** One message, once more if WeChat had not yet heard of what the user did. */
  async #sendOne(user: string, message: Exclude<Message, string>): Promise<Failure | null> {
    const { records, report } = this.#with;
    for (let isRetry = false; ; isRetry = true) {
      let call: () => Promise<Outcome<unknown>>;
      try {
        call = await this.#prepare("message.custom.send", { touser: user, ...message } as SendParams);
      } catch (error) {
        if (!isNoToken(error)) throw error;
        return { reason: "no_token", error };
      }
      // Saved before the message leaves: no crash can spend the same one twice.
      let reservation: Reservation | Refusal;
      try {
        reservation = await records.conversation(user, (record, now) => record.reserve(now));
      } catch (error) {
        return { reason: "store", error };
      }
      if (!reservation.ok) return { reason: "refused", refusal: reservation };
      let failure: Failure | null = null;
      let settlement: "unknown" | { errcode: number } = "unknown";
      try {
        const outcome = await call();
        settlement = errcodeOf(outcome);
        if (!outcome.ok) failure = { reason: "rejected", rejection: outcome.rejection };
      } catch (error) {
        failure = { reason: "unknown", error, doubtful: message };
      }
      try {
        const settled = await records.conversation(user, (record, now) =>
          record.settle(reservation.id, settlement, now),
        );
        if (settled.settled === "retry_after" && !isRetry) {
          await pause(settled.retryAfterMs);
          continue;
        }
      } catch (error) {
        // What WeChat did is done. The hold is given up after a minute, as perhaps sent.
        report(error, "settle");
      }
      return failure;
    }
  }

  #prepare<E extends keyof Endpoints>(endpoint: E, params: Endpoints[E]["params"]) {
    const { api, ...rest } = this.#with;
    return api.prepare(endpoint, params, rest);
  }
}

function errcodeOf(outcome: Outcome<unknown>): { errcode: number } {
  return { errcode: outcome.ok ? 0 : outcome.rejection.errcode };
}

function textMessage(content: string): Exclude<Message, string> {
  return { msgtype: "text", text: { content } };
}

function textOf(message: Exclude<Message, string>): string | null {
  const { msgtype, text } = message as { msgtype: string; text?: { content?: unknown } };
  return msgtype === "text" && typeof text?.content === "string" ? text.content : null;
}

function withText(message: Exclude<Message, string>, content: string): Exclude<Message, string> {
  return { ...message, text: { content } } as Exclude<Message, string>;
}

/** A text in the form in which it was given. */
function like(message: Message, text: string): Message {
  return typeof message === "string" ? text : withText(message, text);
}
