/** Provisional, until it is made from the tables of wxkf-core. */

export type Tree = { [name: string]: unknown };
export type Trigger = "enter" | "menu" | "message" | "pay" | "scan" | "subscribe" | "unsubscribe";
export interface InboundBase { to: string | null; from: string | null; created: number | null; msg_id?: string; dedupe_key: string; trigger: Trigger | null; }
export interface TextContent { content?: string; bizmsgmenuid?: string; msg_data_id?: string; idx?: number; business_id?: string; msg_data_format?: string; }
export interface ImageContent { pic_url?: string; media_id?: string; }
export interface UnknownContent { msg_type?: string; event?: string; event_key?: string; info_type?: string; }
export type Inbound = InboundBase & ({ kind: "text"; content: TextContent } | { kind: "image"; content: ImageContent } | { kind: "event.user_enter_tempsession"; content: { session_from?: string } } | { kind: "event.subscribe"; content: { event_key?: string } } | { kind: "unknown"; content: UnknownContent });
export type InboundKind = Inbound["kind"];
export interface Article { title: string; description?: string; pic_url?: string; url?: string; }
export type Reply = { type: "text"; content: string } | { type: "image" | "voice"; media_id: string } | { type: "video"; media_id: string; title?: string; description?: string } | { type: "music"; title?: string; description?: string; music_url?: string; hq_music_url?: string; thumb_media_id: string } | { type: "news"; articles: Article[] } | { type: "transfer_customer_service"; kf_account?: string } | { type: "success" } | { type: "empty" } | { type: "err_code"; err_code: number; err_msg?: string };
export type Outbound = { msgtype: "text"; text: { content: string } };
export type OutboundType = Outbound["msgtype"];
export interface Endpoints {
  "message.custom.send": { params: { touser: string } & Outbound; result: object };
  "message.custom.typing": { params: { touser: string; command: "Typing" | "CancelTyping" }; result: object };
  "media.upload": { params: { type: "image"; media: Uint8Array; filename?: string }; result: { type: string; media_id: string; created_at?: number; expires_at?: number } };
  "media.get": { params: { media_id: string }; result: { media: Uint8Array; content_type?: string; filename?: string } | { video_url: string } };
  "stable_token": { params: { grant_type?: "client_credential"; appid: string; secret: string; force_refresh?: boolean }; result: { access_token: string; expires_in: number } };
}
export type EndpointName = keyof Endpoints;
export type Code = "config.key_invalid" | "config.token_empty" | "config.id_invalid" | "config.mode_needs_key" | "config.policy_invalid" | "callback.query_malformed" | "callback.parameter_missing" | "callback.signature_mismatch" | "callback.timestamp_stale" | "callback.mode_refused" | "callback.body_malformed" | "callback.body_too_large" | "callback.ciphertext_invalid" | "callback.receive_id_mismatch" | "callback.recipient_mismatch" | "reply.unsupported" | "reply.field_invalid" | "request.field_missing" | "request.field_invalid" | "request.unsupported" | "response.malformed" | "snapshot.malformed" | "snapshot.version" | "binding.argument_invalid";
export type Origin = "caller" | "peer" | "platform";
export type RejectionKind = "busy" | "invalid_request" | "limit_reached" | "misconfigured" | "not_permitted" | "quota_exhausted" | "rate_limited" | "recipient_unavailable" | "token_rejected" | "unknown" | "window_closed" | "wrong_state";
export type RefusalReason = "already_typing" | "no_recent_message" | "not_sure" | "quota_exhausted" | "quota_held" | "window_closed";
export type Settlement = "delivered" | "enter_revoked" | "not_sent" | "quota_exhausted" | "unknown" | "window_closed";
export type TokenSource = "authorizer" | "stable_token" | "token";
export type FetchFailure = "misconfigured" | "temporary";
export type PolicyPreset = "mini_program" | "official_account" | "mini_program_2022" | "mini_program_2017" | "mini_program_2017_02" | "official_account_with_pay" | "official_account_2021" | "official_account_2017";
export type AccountKind = "mini_program" | "official_account";
export type Mode = "compatible" | "plain" | "secure";
export type Format = "json" | "xml";
export type Auth = "access_token" | "component_access_token" | "none";
export type Caution = "large_image" | "long_text" | "outdated";
export type Finding = "query.complete" | "query.broken" | "query.incomplete" | "mode.agrees" | "mode.unsealed" | "mode.stripped" | "mode.sealed" | "body.read" | "body.too_large" | "body.empty" | "body.quoted" | "body.escaped" | "body.cut" | "body.malformed" | "signature.holds" | "signature.plain" | "signature.previous" | "signature.swapped" | "signature.swapped_back" | "signature.upper_case" | "signature.token_padded" | "signature.encoded_twice" | "signature.plus_lost" | "signature.wrapped" | "signature.escaped" | "signature.body_changed" | "signature.other" | "age.unchecked" | "age.old" | "age.fresh" | "age.stale" | "seal.opened" | "seal.previous" | "seal.encoded_twice" | "seal.other_key" | "receive_id.accepted" | "receive_id.other" | "message.read" | "message.unknown" | "message.malformed" | "message.recipient_differs" | "message.url_verified";
export type Check = string;
export type Verdict = "holds" | "warns" | "fails";
export type Errcode = number;
