/**
 * WeChat customer-service messages (客服消息) of Mini Programs and Official Accounts: what comes in, what is
 * answered, what may be sent, and what was answered to that. It does no I/O; `wxkf/host` is a host for it.
 *
 * @packageDocumentation
 */

export { Account, replyCaution } from "./account.js";
export type { AccountOptions, AccountSettings, PlainMode, ReplyTo, SealedMode, SealOptions } from "./account.js";
export type { Body, Bytes, Source } from "./arguments.js";
export { decode, request, splitText } from "./calls.js";
export type { ApiRequest, HttpAnswer, Outcome, Rejection, RequestOptions, SplitOptions } from "./calls.js";
export { Conversation } from "./conversation.js";
export type {
  Allowance,
  ObservedPush,
  PolicyRule,
  PolicySpec,
  Refusal,
  Reservation,
  Settled,
} from "./conversation.js";
export { Dedupe } from "./dedupe.js";
export type { DedupeOptions } from "./dedupe.js";
export { errcode } from "./errcode.js";
export type { ErrcodeInfo } from "./errcode.js";
export { isWxkfError, WxkfError } from "./errors.js";
export type { ErrorCode } from "./errors.js";
export { explain } from "./explain.js";
export type { Explanation, ExplanationStep } from "./explain.js";
export { BASE_URL } from "./generated/constants.js";
export type * from "./generated/types.js";
export { Handle } from "./handle.js";
export type { HttpBody, RequestLike, ResponseLike, StreamLike } from "./http.js";
export { decodeUnverified } from "./received.js";
export type { Decoded, Received } from "./received.js";
export type { SealedMessage } from "./sealed.js";
export { TokenKeeper } from "./token.js";
export type { FetchedToken, TokenChange, TokenStep } from "./token.js";
