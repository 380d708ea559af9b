/** The account: what comes in through its callback URL, and what is answered. */

import * as check from "./arguments.js";
import type { Body, Source } from "./arguments.js";
import { make, maybeTextOf, Operation } from "./core.js";
import type { Given, Native } from "./core.js";
import { invalid } from "./errors.js";
import { KINDS, MODES } from "./generated/constants.js";
import type { AccountKind, Caution, Mode, Reply } from "./generated/types.js";
import { Handle, native } from "./handle.js";
import { isRequest, readAtMost } from "./http.js";
import { nameSeen, numberSeen, seen } from "./seen.js";
import type { HttpBody, RequestLike } from "./http.js";
import { Push } from "./received.js";
import type { Received } from "./received.js";
import { Sealed } from "./sealed.js";
import type { SealedMessage } from "./sealed.js";

/**
 * What the console (公众平台 or 小程序后台) shows for the account, and what this program wants of it. An account has
 * a key, or it is plain by name: nobody opens it to the world by an unset variable.
 */
export type AccountOptions = AccountSettings & (SealedMode | PlainMode);

/** An account whose pushes are sealed. */
export interface SealedMode {
  /** The EncodingAESKey, 43 characters. */
  encodingAesKey: string;
  /** The mode that the console shows (消息加解密方式): `secure` unless told. */
  mode?: Mode | undefined;
}

/** An account without a seal (明文模式): whoever reads or changes its pushes on their way is not noticed. */
export interface PlainMode {
  /** It is asked for by name. */
  mode: "plain";
  /** The EncodingAESKey, which is not used. */
  encodingAesKey?: string | undefined;
}

/** What every account has. */
export interface AccountSettings {
  /** Mini program (小程序) or official account (公众号, 服务号). It decides what may be answered. */
  kind: AccountKind;
  /** The AppID. */
  appId: string;
  /** The Token of the message push (消息推送). */
  token: string;
  /** Keys that were in force before; WeChat asks to keep the last one. */
  previousEncodingAesKeys?: readonly string[] | undefined;
  /** Tokens that were in force before. */
  previousTokens?: readonly string[] | undefined;
  /** Further ids that may stand inside a seal: the component appid of a third-party platform (第三方平台). */
  acceptIds?: readonly string[] | undefined;
  /** Refuses pushes whose timestamp is further than this from now. No rule of WeChat's; leave minutes. */
  toleranceMs?: number | undefined;
  /** The largest plain body in bytes: 1 MiB unless told. */
  maxBody?: number | undefined;
}

/** What is drawn and read for a seal, unless it is given. */
export interface SealOptions {
  /** Milliseconds since 1970; the present unless told. */
  now?: number | undefined;
  /** The nonce: that of the push, and digits where there is none, unless told. */
  nonce?: string | undefined;
  /** Sixteen bytes, fresh and unpredictable; drawn unless told. Give them in tests only. */
  random?: Uint8Array | undefined;
}

/** What is to be answered: what was received, or its `replyTo`, which may have been kept as text. */
export type ReplyTo = string | { readonly replyTo: string };

/**
 * An account with its keys. Build it once, and use it for every request.
 *
 * ```js
 * using account = new Account({ kind: "official_account", appId, token, encodingAesKey });
 * ```
 */
export class Account extends Handle {
  /** @internal What util.inspect shows, as bundlers shorten the code. */
  static override readonly name = "Account";
  /** Mini program or official account. */
  readonly kind: AccountKind;
  /** The AppID, without white space around it. */
  readonly appId: string;
  /** The mode, as told or as it follows from the key. */
  readonly mode: Mode;
  /** More of a body is not worth reading. */
  readonly #largestBody: number;

  /** Checks everything. It throws `config.…` for a value that WeChat would not take. */
  constructor(options: AccountOptions) {
    const account = build(check.object("options", options, "the options of the account"));
    super(account);
    this.kind = options.kind;
    const [mode, largestBody, appId] = account.about.split("\n") as [Mode, string, string];
    this.appId = appId;
    this.mode = mode;
    this.#largestBody = Number(largestBody);
  }

  /** The text to answer the check of the URL (GET) with, as `text/plain`. */
  verifyUrl(source: Source | { readonly url: string }, now?: number): string {
    const url = (source as { url?: string } | null)?.url ?? source;
    const query = check.query(url);
    return native(this).text(Operation.AccountVerifyUrl, query, check.moment(now));
  }

  /**
   * Verifies, opens and decodes a push. Hand in the URL and the body as they came, before any body parser.
   * If it throws an error whose `origin` is `peer`, answer with an HTTP error and no details.
   */
  receive(source: Source, body: Body, now?: number): Received;
  /** The same of a request in the style of fetch. Its body is read, but no more than can be accepted. */
  receive(request: RequestLike, now?: number): Promise<Received>;
  receive(from: Source | RequestLike, body?: Body | number, now?: number): Received | Promise<Received> {
    if (isRequest(from)) {
      const at = body as number | undefined;
      if (at !== undefined) check.moment(at);
      return this.#readAll(from).then((bytes) => this.receive(from.url, bytes, at));
    }
    const query = check.query(from);
    const bytes = this.#cut(check.body(body));
    const at = check.moment(now);
    const json = native(this).text(Operation.AccountReceive, query, bytes, at);
    // What the caller may write over later is copied.
    const kept = typeof body === "string" ? bytes : new Uint8Array(bytes);
    return new Push(json, () => this.open(query, kept, at));
  }

  /** The bytes inside a push, verified and opened but not decoded. */
  open(source: Source, body: Body, now?: number): check.Bytes {
    const query = check.query(source);
    const bytes = this.#cut(check.body(body));
    return native(this).bytes(Operation.AccountOpen, query, bytes, check.moment(now));
  }

  /** The passive answer (被动回复) to a push, sealed if the push was. A string is a text. */
  reply(to: ReplyTo, reply: Reply | string, options: SealOptions = {}): HttpBody {
    const given = (to as { replyTo?: string } | null)?.replyTo ?? to;
    const replyTo = check.text("to", given, "what was received, or its `replyTo`,");
    const json = jsonOf(reply);
    const { random, nonce, now } = sealing(options);
    const body = native(this).text(Operation.AccountReply, replyTo, json, random, nonce, now);
    const type = { "<": "text/xml", "{": "application/json" }[body.charAt(0)] ?? "text/plain";
    return { body, contentType: `${type}; charset=utf-8` };
  }

  /** Seals a message as WeChat does: for tests, and for what stands in for WeChat. */
  seal(message: Uint8Array | string, options: SealOptions = {}): SealedMessage {
    const { random, nonce = digits(), now } = sealing(options);
    const bytes = check.bytes("message", message);
    const sealed = native(this).make(Operation.AccountSeal, bytes, random, nonce, now) as Native;
    return new Sealed(sealed, (timestamp, nonce) => this.sign(timestamp, nonce));
  }

  /** The plain signature over a timestamp and a nonce. */
  sign(timestamp: string, nonce: string): string {
    const given = [check.text("timestamp", timestamp), check.text("nonce", nonce)];
    return native(this).text(Operation.AccountSign, ...given);
  }

  async #readAll(request: RequestLike): Promise<Uint8Array> {
    native(this);
    if (request.bodyUsed) {
      throw invalid("request", "a request whose body nobody has read", "one that was: a body parser has been here");
    }
    return readAtMost(request, this.#largestBody + 1);
  }

  /** One byte too many is enough to be refused; the memory of the core never shrinks again. */
  #cut(body: Uint8Array): Uint8Array {
    return body.length > this.#largestBody ? body.subarray(0, this.#largestBody + 1) : body;
  }
}

function build(options: AccountOptions): Native {
  const { kind } = options;
  if (typeof kind !== "string") throw invalid("kind", KINDS, seen(kind));
  const named = (field: "appId" | "token", what: string): string => check.text(field, options[field], what);
  const given: Given[] = [kind, named("appId", "the AppID"), named("token", "the Token of the message push")];
  for (const [name, field, what] of TEXTS) {
    const value = check.maybeText(field, options[field], what);
    if (value !== undefined) given.push(name, value);
  }
  for (const [name, field] of LISTS) {
    for (const value of list(field, options[field])) given.push(name, check.text(field, value));
  }
  for (const [name, field] of NUMBERS) {
    const value = options[field];
    if (value != null) given.push(name, String(check.whole(field, value)));
  }
  const account = make(Operation.Account, ...given);
  if (typeof account !== "string") return account;
  // What cannot be, as the core spells it.
  if (account === "mode") throw invalid("mode", MODES, nameSeen(options.mode));
  const field = NUMBERS.find(([name]) => name === account)?.[1];
  if (field) throw invalid(field, "a number that is in reach", numberSeen(options[field]));
  throw invalid("kind", KINDS, nameSeen(kind));
}

/**
 * What is known to go wrong with a passive answer that is correct otherwise; `null` if nothing is. It can be
 * answered all the same: of a text that is too long WeChat shows the user a failure.
 */
export function replyCaution(reply: Reply | string): Caution | null {
  return (maybeTextOf(Operation.ReplyCaution, jsonOf(reply)) as Caution | undefined) ?? null;
}

function jsonOf(reply: Reply | string): string {
  return check.json("reply", typeof reply === "string" ? { type: "text", content: reply } : reply);
}

function list(field: string, value: readonly string[] | undefined): readonly string[] {
  if (value == null) return [];
  if (Array.isArray(value)) return value;
  throw invalid(field, "an array of strings", seen(value));
}

function sealing(options: SealOptions) {
  const { random, nonce, now } = check.object("options", options);
  return {
    random: check.random(random),
    nonce: check.maybeText("nonce", nonce),
    now: check.moment(now),
  };
}

function digits(): string {
  return String(crypto.getRandomValues(new Uint32Array(1))[0]);
}

const TEXTS = [
  ["encoding_aes_key", "encodingAesKey", "the EncodingAESKey"],
  ["mode", "mode", MODES],
] as const;

const LISTS = [
  ["previous_encoding_aes_key", "previousEncodingAesKeys"],
  ["previous_token", "previousTokens"],
  ["accept_id", "acceptIds"],
] as const;

const NUMBERS = [
  ["tolerance_ms", "toleranceMs"],
  ["max_body", "maxBody"],
] as const;
