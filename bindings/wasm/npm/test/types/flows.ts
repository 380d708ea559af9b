// What people write first, as TypeScript sees it; and what it must not let through.

import { Account, Conversation, decode, errcode, isWxkfError, request, splitText } from "wxkf";
import type { AccountOptions, Allowance, Inbound, Mode, Outcome, Received, Refusal } from "wxkf";
import { createBot, memoryStore } from "wxkf/host";
import type { SendResult } from "wxkf/host";

/** Holds only if both are the same type. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Same<A, B>): void => {};

declare const key: string, unset: string | undefined, mode: Mode;
const account = new Account({ kind: "official_account", appId: "wx1", token: "t", encodingAesKey: key });
// @ts-expect-error: there is no such kind
new Account({ kind: "mini_game", appId: "wx1", token: "t", encodingAesKey: key });

/** A key, or plain mode by name: neither can be forgotten. */
export const modes: AccountOptions[] = [
  { kind: "mini_program", appId: "wx1", token: "t", encodingAesKey: key },
  { kind: "mini_program", appId: "wx1", token: "t", encodingAesKey: key, mode: undefined },
  { kind: "mini_program", appId: "wx1", token: "t", encodingAesKey: key, mode },
  { kind: "mini_program", appId: "wx1", token: "t", encodingAesKey: key, previousEncodingAesKeys: [key] },
  { kind: "mini_program", appId: "wx1", token: "t", mode: "plain" },
  { kind: "mini_program", appId: "wx1", token: "t", encodingAesKey: unset, mode: "plain" },
  // @ts-expect-error: neither
  { kind: "mini_program", appId: "wx1", token: "t" },
  // @ts-expect-error: a key that may be none
  { kind: "mini_program", appId: "wx1", token: "t", encodingAesKey: unset },
  // @ts-expect-error: a mode that needs a key
  { kind: "mini_program", appId: "wx1", token: "t", mode: "secure" },
  // @ts-expect-error: a mode that may need one
  { kind: "mini_program", appId: "wx1", token: "t", mode },
  // @ts-expect-error: the same, undefined
  { kind: "mini_program", appId: "wx1", token: "t", mode: undefined },
];

export async function receiving(incoming: Request): Promise<string> {
  const received = await account.receive(incoming);
  same<typeof received, Received>(true);
  const now: Received = account.receive("a=b", new Uint8Array());
  // @ts-expect-error: of a body that was given there is nothing to wait for
  account.receive("a=b", "").then;
  return describe(received.inbound) + now.replyTo;
}

function describe(inbound: Inbound): string {
  switch (inbound.kind) {
    case "text":
      same<typeof inbound.content.content, string | undefined>(true);
      return inbound.content.content ?? "";
    case "event.scan":
      return inbound.content.event_key ?? "";
    case "unknown":
      return inbound.content.msg_type ?? "";
    default:
      // @ts-expect-error: who asks for a text has to ask for the kind
      return inbound.content.content;
  }
}

export function answering(received: Received): string {
  account.reply(received, "hi", { now: 0 });
  account.reply(received.replyTo, { type: "news", articles: [{ title: "t" }] });
  // @ts-expect-error: an image has a media_id
  account.reply(received, { type: "image" });
  return account.reply(received, { type: "success" }).body;
}

export async function calling(token: string): Promise<Outcome<unknown>> {
  const call = request("message.custom.send", { touser: "o", msgtype: "text", text: { content: "hi" } });
  // @ts-expect-error: a text is not an image
  request("message.custom.send", { touser: "o", msgtype: "image", text: { content: "hi" } });
  // @ts-expect-error: there is no such call
  request("message.custom.sent", {});
  const outcome = await decode("stable_token", await fetch(call.url(token), call));
  if (!outcome.ok) {
    same<typeof outcome.rejection.errcode, number>(true);
    return outcome;
  }
  same<typeof outcome.value.access_token, string>(true);
  const file = decode("media.get", { status: 200, body: new Uint8Array() });
  if (file.ok && "media" in file.value) file.value.media.subarray(1);
  return outcome;
}

export function counting(): Allowance | Refusal {
  const conversation = new Conversation({ preset: "mini_program", rules: { message: null } });
  const reservation = conversation.reserve();
  if (!reservation.ok) return reservation;
  const settled = conversation.settle(reservation.id, { errcode: 0 });
  if (settled.settled === "retry_after") settled.retryAfterMs.toFixed();
  // @ts-expect-error: there is no such settlement
  conversation.settle(reservation.id, "sent");
  return conversation.allowance();
}

const bot = createBot({
  account,
  store: memoryStore(),
  onMessage: async ({ inbound, send }) => {
    const result = await send("hi");
    return result.ok ? undefined : describe(inbound);
  },
  onEvent: () => ({ type: "success" }),
});
// @ts-expect-error: a bot has a store
createBot({ account });
// @ts-expect-error: and its account a key
createBot({ account: { kind: "mini_program", appId: "wx1", token: "t" }, store: memoryStore() });
createBot({ account: { kind: "mini_program", appId: "wx1", token: "t", mode: "plain" }, store: memoryStore() });
// @ts-expect-error: what a handler returns is an answer
createBot({ account, store: memoryStore(), onMessage: () => 7 });

export async function sending(): Promise<string> {
  const result: SendResult = await bot.send("o", "hi");
  if (result.ok) return String(result.sent);
  switch (result.reason) {
    case "refused":
      return result.refusal.refused;
    case "rejected":
      return errcode(result.rejection.errcode)?.advice.en ?? "";
    case "no_token":
    case "store":
    case "unknown":
      return isWxkfError(result.error) ? result.error.code : splitText("x").rest;
    default:
      same<typeof result, never>(true);
      return "";
  }
}
