/** What may be sent to one user. */

import * as check from "./arguments.js";
import { make, momentOf, Operation } from "./core.js";
import type { Native } from "./core.js";
import { invalid } from "./errors.js";
import { SETTLEMENTS, TRIGGERS, TYPING_SETTLEMENTS } from "./generated/constants.js";
import type { Inbound, PolicyPreset, RefusalReason, Settlement, Trigger, TypingSettlement } from "./generated/types.js";
import { Handle, native } from "./handle.js";
import type { Received } from "./received.js";
import { nameSeen, seen } from "./seen.js";

/** What one kind of action grants: so many messages, for so long after it. */
export interface PolicyRule {
  /** How many messages. */
  limit: number;
  /** For how many seconds. */
  window_s: number;
}

/** The numbers by which a {@link Conversation} decides: those of a preset, or a preset and what differs. */
export type PolicySpec =
  | PolicyPreset
  | {
      /** Where the numbers come from. */
      preset: PolicyPreset;
      /** Whether to refuse what is not sure. */
      cautious?: boolean;
      /** What an action grants; `null` if nothing. */
      rules?: { [action in Exclude<Trigger, "unsubscribe">]?: PolicyRule | null };
      /** For so long before the end of a window nothing is sure: 6 000. */
      margin_ms?: number;
      /** After this a reservation that was not settled is given up: 60 000. */
      hold_ms?: number;
      /** So soon after a message the platform may not know of it: 10 000. */
      lag_ms?: number;
      /** When to try again what was refused because of that: 1 000. */
      retry_ms?: number;
      /** For how long a push may be under way: 60 000. */
      delay_ms?: number;
      /** For so long a request may be carried out after it was given up: 60 000. */
      travel_ms?: number;
      /** For how long a push is remembered: 60 000. */
      repeat_ms?: number;
      /** A message must be as late as this for typing to be shown: 30 000. */
      traffic_ms?: number;
      /** For so long typing is shown: 15 000. */
      typing_ms?: number;
    };

/** A push as far as a conversation is concerned. */
export interface ObservedPush {
  /** Any text that is the same for every delivery of the push. */
  key: string;
  /** What the user did. */
  trigger: Trigger | null;
  /** Whether it is a message and no event: if it grants what a message does, unless told. */
  isMessage?: boolean | undefined;
  /** When it happened, in milliseconds. */
  at?: number | undefined;
}

/** One message of the quota, held until it is settled. */
export interface Reservation {
  /** There is one. */
  ok: true;
  /** By which it is settled. */
  id: number;
  /** Whether the platform will accept it, as far as one can know. If not, it is worth a try. */
  sure: boolean;
}

/** A no, and until when. Nothing has changed. */
export interface Refusal {
  /** It is refused. */
  ok: false;
  /** Why. */
  refused: RefusalReason;
  /** When to ask again, in milliseconds; `null` if only the user can change it. */
  retryAt: number | null;
}

/** What came of settling. */
export type Settled =
  | {
      /** It is counted, or the reservation was given up before. */
      settled: "applied" | "stale";
    }
  | {
      /** The platform does not know of the user's message yet: send the same once more, after a pause. */
      settled: "retry_after";
      /** How long to wait. */
      retryAfterMs: number;
    };

/** How many messages may be sent. */
export interface Allowance {
  /** So many are safe to promise. */
  atLeast: number;
  /** So many are worth a try. */
  atMost: number;
  /** So many are held by reservations. */
  held: number;
  /** When the last window closes, in milliseconds; `null` if none is open. */
  closesAt: number | null;
}

/**
 * What may be sent to one user of one account: window, quota, typing and repeats, in one record. Load it,
 * take one step, save {@link snapshot}, and act on what the step said only then.
 */
export class Conversation extends Handle {
  /** @internal What util.inspect shows, as bundlers shorten the code. */
  static override readonly name = "Conversation";
  /** One with a user of whom nothing is known. */
  constructor(policy: PolicySpec);
  /** @internal */
  constructor(policy: PolicySpec, snapshot: Uint8Array);
  constructor(policy: PolicySpec, snapshot?: Uint8Array) {
    const json = check.json("policy", policy);
    super(make(Operation.Conversation, json, snapshot && check.bytes("snapshot", snapshot)) as Native);
  }

  /** Reads a snapshot. The policy may be another one than before. */
  static restore(snapshot: Uint8Array, policy: PolicySpec): Conversation {
    return new Conversation(policy, check.bytes("snapshot", snapshot));
  }

  /**
   * Takes note of a push. A `repeat` must not be handled again: answer `success`. After `overflow` nobody knows:
   * the user did more within the time of repeats than a record holds. What it grants counts; ask a {@link Dedupe}
   * that all processes share, or do not handle it.
   */
  observe(push: Received | Inbound | ObservedPush, now?: number): "new" | "repeat" | "overflow" {
    const { key, trigger, isMessage, at } = pushed(push);
    const given = [key, trigger ?? undefined, Number(isMessage ?? NaN), at ?? NaN, check.moment(now)];
    const observed = native(this).maybeText(Operation.ConversationObserve, ...given);
    if (observed === undefined) throw invalid("trigger", `${TRIGGERS}, or null,`, nameSeen(trigger));
    return observed as "new" | "repeat" | "overflow";
  }

  /** Lets the next delivery of a push in, because handling it failed. It grants nothing again. */
  forget(push: string | Received | Inbound | ObservedPush): void {
    const key = keyOf(push);
    native(this).bytes(Operation.ConversationForget, key);
  }

  /** Holds one message. Save, send, and {@link settle}. */
  reserve(now?: number): Reservation | Refusal {
    const it = JSON.parse(native(this).text(Operation.ConversationReserve, check.moment(now)));
    return it.refused ? refusal(it) : { ok: true, id: it.id, sure: it.sure };
  }

  /** Says what became of a message that was held: by name, or by the `errcode` that WeChat answered. */
  settle(id: number, as: Settlement | { readonly errcode: number }, now?: number): Settled {
    const given = [check.whole("id", id), ...told(as), check.moment(now)];
    const settled = native(this).maybeText(Operation.ConversationSettle, ...given);
    if (settled === undefined) throw invalid("as", `${SETTLEMENTS}, or an errcode,`, nameSeen(as));
    const it = JSON.parse(settled);
    return it.settled === "retry_after"
      ? { settled: it.settled, retryAfterMs: it.retry_after_ms }
      : { settled: it.settled };
  }

  /**
   * A message went out that was not reserved here: somebody wrote in the web console, or another program sent.
   * `at` is when it was accepted, as `getmsglist` says it. Say it once of each.
   */
  sentElsewhere(at?: number, now?: number): void {
    const given = [at === undefined ? NaN : check.whole("at", at, undefined, check.MOMENT), check.moment(now)];
    native(this).bytes(Operation.ConversationSentElsewhere, ...given);
  }

  /** Asks whether typing may be shown, and takes note that it is. Call, and {@link settleTyping}. */
  startTyping(now?: number): { ok: true } | Refusal {
    const refused = native(this).maybeText(Operation.ConversationStartTyping, check.moment(now));
    return refused === undefined ? { ok: true } : refusal(JSON.parse(refused));
  }

  /** Says what became of showing typing: by name, or by the `errcode` that WeChat answered. */
  settleTyping(as: TypingSettlement | { readonly errcode: number }, now?: number): void {
    const settled = native(this).maybeText(Operation.ConversationSettleTyping, ...told(as), check.moment(now));
    if (settled === undefined) throw invalid("as", `${TYPING_SETTLEMENTS}, or an errcode,`, nameSeen(as));
  }

  /** Takes note that typing is shown no longer. */
  stopTyping(): void {
    native(this).bytes(Operation.ConversationStopTyping);
  }

  /** How many messages may be sent. */
  allowance(now?: number): Allowance {
    const it = JSON.parse(native(this).text(Operation.ConversationAllowance, check.moment(now)));
    return { atLeast: it.at_least, atMost: it.at_most, held: it.held, closesAt: it.closes_at };
  }

  /** When time alone changes something next. */
  nextDeadline(): number | null {
    return momentOf(native(this).maybeText(Operation.ConversationNextDeadline));
  }

  /** Until when a store has to keep the record; `null` if there is nothing worth keeping. */
  keepUntil(): number | null {
    return momentOf(native(this).maybeText(Operation.ConversationKeepUntil));
  }

  /** The record in bytes. */
  snapshot(): check.Bytes {
    return native(this).bytes(Operation.ConversationSnapshot);
  }
}

/** A settlement by its name, or a return code. */
function told(as: string | { readonly errcode: number }): [name: string, errcode: number] {
  return typeof as === "string" ? [as, NaN] : ["", check.integer("as.errcode", as?.errcode)];
}

/** The key by which a push is known. */
export function keyOf(push: string | Received | Inbound | ObservedPush): string {
  if (typeof push === "string") return check.text("push", push);
  const it = inboundOf(push);
  return check.text("key", "dedupe_key" in it ? it.dedupe_key : it.key);
}

function pushed(push: Received | Inbound | ObservedPush): ObservedPush {
  const it = inboundOf(push);
  if ("dedupe_key" in it) {
    const isMessage = it.trigger !== null && !it.kind.startsWith("event.");
    const at = it.created === null ? undefined : check.whole("created", it.created);
    return { key: check.text("dedupe_key", it.dedupe_key), trigger: it.trigger, isMessage, at };
  }
  const key = check.text("key", it.key);
  if (it.trigger != null) check.text("trigger", it.trigger, `${TRIGGERS}, or null,`);
  if (it.isMessage !== undefined && typeof it.isMessage !== "boolean") {
    throw invalid("isMessage", "true or false", seen(it.isMessage));
  }
  return { ...it, key, at: it.at === undefined ? undefined : check.whole("at", it.at) };
}

function inboundOf(push: Received | Inbound | ObservedPush): Inbound | ObservedPush {
  const it = check.object("push", push);
  return "inbound" in it ? check.object("push.inbound", it.inbound) : it;
}

function refusal(it: { refused: RefusalReason; retry_at: number | null }): Refusal {
  return { ok: false, refused: it.refused, retryAt: it.retry_at };
}
