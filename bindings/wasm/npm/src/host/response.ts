/** Answers over HTTP. */

import { type HttpBody, isWxkfError } from "wxkf";

/** An answer of the account as a `Response`. */
export function toResponse({ body, contentType }: HttpBody): Response {
  return new Response(body, { headers: { "content-type": contentType } });
}

/** An answer that says nothing but that it failed. */
export function failed(status: 400 | 403 | 500): Response {
  return new Response(null, { status });
}

/** An answer to a method that is none of these. */
export function notAllowed(allow: string): Response {
  return new Response(null, { status: 405, headers: { allow } });
}

/** How a request is refused: whoever sent it is told no more than that. */
export function refused(error: unknown): Response {
  if (!isWxkfError(error) || error.origin !== "peer") return failed(500);
  return failed(error.code === "callback.signature_mismatch" ? 403 : 400);
}
