/** Messages, and passive replies as such, for where a passive reply cannot go. */

import type { Endpoints, Reply } from "wxkf";

/** A message to a user: a text, or what `message.custom.send` takes but for `touser`. */
export type Message = string | WithoutUser<Endpoints["message.custom.send"]["params"]>;

type WithoutUser<P> = P extends unknown ? Omit<P, "touser"> : never;

/** The message that shows the user the same; `null` if there is none. */
export function asMessage(reply: string | Reply): Message | null {
  if (typeof reply === "string") return reply;
  switch (reply.type) {
    case "text":
      return reply.content;
    case "image":
      return { msgtype: "image", image: { media_id: reply.media_id } };
    case "voice":
      return { msgtype: "voice", voice: { media_id: reply.media_id } };
    default:
      return null;
  }
}

/** Whether it shows the user nothing, so that nothing is lost if it is dropped. */
export function isSilent(reply: string | Reply): boolean {
  return typeof reply !== "string" && ["success", "empty", "err_code"].includes(reply.type);
}
