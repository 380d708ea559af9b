/** What the kit itself can say is wrong. */

import { isWxkfError, WxkfError } from "wxkf";

/** An argument that cannot be taken. */
export function invalid(field: string, expected: string): WxkfError {
  return new WxkfError("binding.argument_invalid", "caller", `expected ${expected}`, field);
}

/** There is no token to call with; `cause` says why. */
export function noToken(cause: unknown): WxkfError {
  return because("host.no_token", "there is no access token to call with", cause);
}

/** Whether it is {@link noToken}. */
export function isNoToken(error: unknown): boolean {
  return isWxkfError(error) && error.code === "host.no_token";
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

function because(
  code: "host.no_token" | "host.reply_unsent",
  sentence: string,
  cause: unknown,
): WxkfError {
  return Object.assign(new WxkfError(code, "caller", sentence), { cause });
}
