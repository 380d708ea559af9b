/** Calls of the platform's API: what to send, and what was answered. */

import * as check from "./arguments.js";
import type { Body, Bytes } from "./arguments.js";
import { toBase64 } from "./base64.js";
import { bytesOf, Operation, textOf } from "./core.js";
import { invalid } from "./errors.js";
import { BASE_URL, KINDS, MAX_TEXT_BYTES } from "./generated/constants.js";
import type { AccountKind, Auth, Caution, EndpointName, Endpoints, RejectionKind } from "./generated/types.js";
import { isRequest } from "./http.js";
import type { ResponseLike } from "./http.js";
import { nameSeen } from "./seen.js";

/** A call, ready to be sent: `fetch(request.url(token), request)` is all there is to it. */
export interface ApiRequest {
  /** The name of the call. */
  readonly endpoint: EndpointName;
  /** The method. */
  readonly method: "GET" | "POST";
  /** The path. */
  readonly path: string;
  /** The query string, without the token. */
  readonly query: string;
  /** The headers. */
  readonly headers: Record<string, string>;
  /** The body: JSON as text, a form with a file as bytes. */
  readonly body?: string | Bytes;
  /** Which token it needs. */
  readonly auth: Auth;
  /** What is correct, but known to be refused at times. */
  readonly caution?: Caution;
  /** The whole URL. The token is in it: keep it out of logs. */
  url(token?: string, base?: string): string;
}

/** A failure that the platform answered. It is a value, not an error: `kind` says what to do about it. */
export interface Rejection {
  /** The return code. */
  errcode: number;
  /** WeChat's own words. */
  errmsg: string;
  /** The id by which WeChat's support finds the call. */
  rid?: string;
  /** What a program acts on. */
  kind: RejectionKind;
}

/** What the platform answered. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; rejection: Rejection };

/** How a request is made. */
export interface RequestOptions {
  /** Checks what this kind of account may send. */
  kind?: AccountKind | undefined;
  /** Sixteen bytes for the boundary of a form; drawn unless told. Give them in tests only. */
  random?: Uint8Array | undefined;
}

/**
 * Makes a call by its name. Its parameters are WeChat's own, of body and query together; they are checked,
 * and an error names the one that is wrong. A file is `media`, as bytes. Parameters may also be a text of
 * JSON, which is taken as it is.
 */
export function request<E extends EndpointName>(
  endpoint: E,
  params: Endpoints[E]["params"] | string,
  options: RequestOptions = {},
): ApiRequest {
  const name = check.text("endpoint", endpoint, "the name of a call");
  const { kind, random } = check.object("options", options);
  if (kind !== undefined && kind !== "mini_program" && kind !== "official_account") {
    throw invalid("kind", KINDS, nameSeen(kind));
  }
  const json = typeof params === "string" ? params : check.json("params", withFile(params, random));
  const made = bytesOf(Operation.Request, name, json, kind);
  const end = made.indexOf(LINE_BREAK);
  const { content_type: type, caution, ...head } = JSON.parse(utf8.decode(made.subarray(0, end)));
  const bytes = type === undefined ? undefined : made.slice(end + 1);
  const body = type === JSON_TYPE ? utf8.decode(bytes) : bytes;
  return {
    ...head,
    headers: type === undefined ? {} : { "content-type": type },
    ...(body === undefined ? {} : { body }),
    ...(caution === undefined ? {} : { caution }),
    url(token?: string, base = BASE_URL): string {
      const access = head.auth === "none" ? "" : `access_token=${escape(check.text("token", token, "the access token"))}`;
      const query = [access, head.query].filter(Boolean).join("&");
      return check.text("base", base).replace(/\/+$/, "") + head.path + (query && `?${query}`);
    },
  };
}

/** Reads the answer to a call. A `Response` of fetch is read to its end. */
export function decode<E extends EndpointName>(
  endpoint: E,
  response: ResponseLike,
): Promise<Outcome<Endpoints[E]["result"]>>;
/** Reads the answer to a call. */
export function decode<E extends EndpointName>(
  endpoint: E,
  response: HttpAnswer,
): Outcome<Endpoints[E]["result"]>;
export function decode<E extends EndpointName>(
  endpoint: E,
  response: ResponseLike | HttpAnswer,
): Outcome<Endpoints[E]["result"]> | Promise<Outcome<Endpoints[E]["result"]>> {
  if (isRequest(check.object("response", response, "an answer"))) {
    const { status, headers } = response as ResponseLike;
    const contentType = headers.get("content-type") ?? undefined;
    const contentDisposition = headers.get("content-disposition") ?? undefined;
    return (response as ResponseLike)
      .arrayBuffer()
      .then((body) => decode(endpoint, { status, contentType, contentDisposition, body }));
  }
  const { status, contentType, contentDisposition, body } = response as HttpAnswer;
  const given = check.bytes("body", body);
  const json = textOf(
    Operation.DecodeResponse,
    check.text("endpoint", endpoint, "the name of a call"),
    check.whole("status", status, 65535),
    check.maybeText("contentType", contentType),
    check.maybeText("contentDisposition", contentDisposition),
    given,
  );
  const { accepted, rejected } = JSON.parse(json);
  if (rejected) return { ok: false, rejection: rejected };
  if (accepted.media_base64 === undefined) return { ok: true, value: accepted };
  // A file is the body itself, and did not cross a second time.
  const { media_base64: _, ...rest } = accepted;
  return { ok: true, value: { ...rest, media: new Uint8Array(given) } };
}

/** An answer over HTTP. */
export interface HttpAnswer {
  /** The status. */
  status: number;
  /** The `Content-Type`, which tells what a downloaded file is. */
  contentType?: string | undefined;
  /** The `Content-Disposition`, which has the name of a downloaded file. */
  contentDisposition?: string | undefined;
  /** The body. */
  body: Body;
}

/** How a text is split. */
export interface SplitOptions {
  /** The most bytes of a part: WeChat's limit for a text unless told. */
  maxBytes?: number | undefined;
  /** The most parts: what is left of the quota. */
  maxParts?: number | undefined;
}

/**
 * Splits a text into as few parts as there can be, between paragraphs, sentences or words where it can,
 * and never inside a character or a link. Parts and rest together are the text.
 */
export function splitText(text: string, options: SplitOptions = {}): { parts: string[]; rest: string } {
  const { maxBytes = MAX_TEXT_BYTES, maxParts = MAX_U32 } = check.object("options", options);
  const bytes = check.whole("maxBytes", maxBytes, MAX_U32);
  const parts = check.whole("maxParts", maxParts, MAX_U32);
  return JSON.parse(textOf(Operation.SplitText, check.text("text", text), bytes, parts));
}

/** The parameters as JSON can hold them: a file in base64, with what makes the boundary of its form. */
function withFile(params: object, random: Uint8Array | undefined): object {
  const { media, ...rest } = check.object("params", params, "the parameters of the call") as { media?: unknown; random?: string };
  if (media === undefined || typeof media === "string") return params;
  const hex = Array.from(check.random(random), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return { random: hex, ...rest, media_base64: toBase64(check.bytes("media", media)) };
}

/** Everything but letters, digits and `-._~@`, as the core escapes parameters. */
function escape(text: string): string {
  const sound = utf8.decode(check.bytes("token", text)); // half a character would throw
  return encodeURIComponent(sound).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

const LINE_BREAK = 10;
const JSON_TYPE = "application/json; charset=utf-8";
const MAX_U32 = 2 ** 32 - 1;
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
