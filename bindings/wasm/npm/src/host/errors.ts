/** What the kit itself can say is wrong. */

import { isWxkfError, type Rejection, WxkfError } from "wxkf";
import { mismatch } from "../seen.js";

/** An argument that cannot be taken. What came is told by the functions of `seen.ts`. */
export function invalid(field: string, expected: string, got: string): WxkfError {
  return new WxkfError("binding.argument_invalid", "caller", mismatch(field, expected, got), field);
}

/** There is no token to call with; `cause` says why, and the message as much of it as is no secret. */
export function noToken(cause: unknown): WxkfError {
  return because("host.no_token", `there is no access token to call with${why(cause)}`, cause);
}

/** Whether it is {@link noToken}. */
export function isNoToken(error: unknown): boolean {
  return isWxkfError(error) && error.code === "host.no_token";
}

/** One user has pushed more within a minute than a record remembers. */
export function flooded(): WxkfError {
  return new WxkfError("host.flooded", "peer", "a user does more than is remembered: it may be a repeat, and is not handled");
}

/** What a handler returned did not reach the user; `cause` is the result of sending it, or what it was. */
export function replyUnsent(cause: unknown): WxkfError {
  return because("host.reply_unsent", "what the handler returned was not sent", cause);
}

/** Whether it is {@link replyUnsent}. */
export function isReplyUnsent(error: unknown): boolean {
  return isWxkfError(error) && error.code === "host.reply_unsent";
}

/** What `fetch` has thrown. Some runtimes write the URL into it, and with that the token into logs. */
export function withoutToken(error: unknown): unknown {
  if (isWxkfError(error)) return error;
  const { name, message, cause } = error instanceof Error ? error : new Error(String(error));
  const told = cause instanceof Error ? `${message}: ${cause.message}` : message;
  const safe = new Error(told.replace(/access_token=[^&\s]*/g, "access_token=…"));
  return Object.assign(safe, { name });
}

/** What the cause is, if it is of ours or of WeChat's: the words of others may hold a secret. */
function why(cause: unknown): string {
  if (isWxkfError(cause)) return `: ${cause.message}`;
  const { errcode, kind } = Object(cause) as Partial<Rejection>;
  return errcode === undefined ? "" : `: WeChat answered ${errcode} (${kind})`;
}

function because(
  code: "host.no_token" | "host.reply_unsent",
  sentence: string,
  cause: unknown,
): WxkfError {
  return Object.assign(new WxkfError(code, "caller", sentence), { cause });
}
