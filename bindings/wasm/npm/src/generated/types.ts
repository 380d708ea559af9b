// Made from the tables of wxkf-core by `WXKF_UPDATE=1 cargo test -p wxkf-tests generated`.

/**
 * What an `Account` is: the two differ in what they may answer.
 *
 * - `mini_program`: 小程序 (or mini game).
 * - `official_account`: 公众号 or 服务号.
 */
export type AccountKind = "mini_program" | "official_account";

/**
 * The token that a call needs.
 *
 * - `access_token`: The account's `access_token`, or the `authorizer_access_token` of an account that a third-party platform acts for.
 * - `component_access_token`: The third-party platform's own `component_access_token`.
 * - `none`: None: the call fetches one, or names the app's secret.
 */
export type Auth = "access_token" | "component_access_token" | "none";

/**
 * What is known to go wrong with a request or a `Reply` that is correct otherwise.
 * It can be sent.
 *
 * - `large_image`: A mini program's picture above 2 MB: pages of WeChat's name both 2 MB and 10 MB.
 * - `long_reply`: A passive reply with a text above 2048 bytes: the user was seen to be shown a failure in place of it. Answer `Success`, and send it in parts as messages.
 * - `long_text`: A text above 2048 bytes: WeChat names no limit, but refused what was longer with 45002 when it was measured. `splitText` it.
 * - `menu_id`: An item of a `msgmenu` whose id is not all digits: some clients were seen to answer with an id of their own in its place.
 * - `outdated`: `mpnews`: refused with 40007 by accounts whose material has moved to drafts; `mpnewsarticle` took its place.
 */
export type Caution = "large_image" | "long_reply" | "long_text" | "menu_id" | "outdated";

/**
 * What was looked at. `receive` looks at the same, in the order that the mode asks for: a
 * plain signature comes before the body, a sealed one needs the text of `Encrypt`.
 *
 * - `query`: The query string and its parameters.
 * - `body`: The outer document.
 * - `mode`: Whether request and account agree on encryption.
 * - `signature`: The signature.
 * - `age`: How old the request is.
 * - `seal`: Opening the seal: base64, key, padding, frame.
 * - `receive_id`: The app id inside the seal.
 * - `message`: The message itself.
 */
export type Check = "query" | "body" | "mode" | "signature" | "age" | "seal" | "receive_id" | "message";

/**
 * Why a call failed: one row a cause, with a name that never changes.
 *
 * - `config.key_invalid`: the EncodingAESKey must be the 43 characters shown in the console (A-Z, a-z, 0-9, + and /)
 * - `config.token_empty`: the token is empty: anybody could sign a request with it
 * - `config.id_invalid`: an AppID is a short text without tabs or line breaks, and not the original id (gh_…) of the account
 * - `config.mode_needs_key`: there is no EncodingAESKey: set it, or ask for the plain mode by name
 * - `config.policy_invalid`: the policy is not the name of a preset, or a field of it is unknown or out of range
 * - `callback.query_malformed`: the query string cannot be read: a broken percent escape, bytes that are not UTF-8, or a known parameter given twice
 * - `callback.parameter_missing`: a parameter that WeChat always sends is missing from the query string
 * - `callback.signature_mismatch`: the signature does not match: another token is configured, or the request is not from WeChat
 * - `callback.timestamp_stale`: the signature is good but older (or newer) than the configured tolerance
 * - `callback.mode_refused`: the push and the account disagree on encryption: an unsealed push at a secure account, or a sealed one at a plain account
 * - `callback.body_malformed`: the body is not the XML or JSON that WeChat sends
 * - `callback.body_too_large`: the body is larger than the configured limit
 * - `callback.ciphertext_invalid`: the signature is good but no configured EncodingAESKey opens the message; is it the key of another account?
 * - `callback.receive_id_mismatch`: the message was sealed for another app id; a third-party platform must accept its own component appid
 * - `callback.recipient_mismatch`: the ToUserName outside the seal is not the one inside it
 * - `reply.unsupported`: this kind of account, or this kind of push, cannot be answered so; use the customer-service API
 * - `reply.field_invalid`: a field of the reply is empty, too long, or cannot be written in this format
 * - `request.field_missing`: a field that the API requires is missing
 * - `request.field_invalid`: a field has a value that the API refuses
 * - `request.unsupported`: there is no such call, or this kind of account cannot make it or send this
 * - `response.malformed`: the answer of the API cannot be read
 * - `snapshot.malformed`: these bytes are not a snapshot of this kind
 * - `snapshot.version`: the snapshot was written by a newer version of this library
 * - `binding.argument_invalid`: an argument is of the wrong type, unknown, or out of range
 * - `binding.panicked`: a fault of this library ended the call; use the objects of the call no more, and report it
 */
export type Code = "config.key_invalid" | "config.token_empty" | "config.id_invalid" | "config.mode_needs_key" | "config.policy_invalid" | "callback.query_malformed" | "callback.parameter_missing" | "callback.signature_mismatch" | "callback.timestamp_stale" | "callback.mode_refused" | "callback.body_malformed" | "callback.body_too_large" | "callback.ciphertext_invalid" | "callback.receive_id_mismatch" | "callback.recipient_mismatch" | "reply.unsupported" | "reply.field_invalid" | "request.field_missing" | "request.field_invalid" | "request.unsupported" | "response.malformed" | "snapshot.malformed" | "snapshot.version" | "binding.argument_invalid" | "binding.panicked";

/**
 * Why there is no token: how soon to ask again.
 *
 * - `misconfigured`: Asking again changes nothing until somebody mends it: the secret, the app id, the IP allow-list, the authorisation.
 * - `temporary`: No answer, one that cannot be read, or a platform that is busy.
 */
export type FetchFailure = "misconfigured" | "temporary";

/**
 * What one step of an explanation found.
 *
 * - `query.complete`: every parameter that is needed is there
 * - `query.broken`: the query string cannot be read; pass the raw text after the ?, decoded by nobody
 * - `query.incomplete`: a parameter is missing; was the whole query string captured, and does the router keep it?
 * - `query.not_raw`: this is not the raw query string: it is escaped, a whole URL, or a framework's object; pass the text after the ? as it stood in the URL
 * - `query.unsigned`: nothing is signed, and the body is a whole message: pushes of 微信云托管 and 云函数 come so (read them with decode_unverified, behind that gate only); otherwise the query string was lost, or it is a forgery
 * - `mode.agrees`: the request and the account agree on encryption
 * - `mode.unsealed`: the account accepts sealed pushes only, and this one is plain: choose 安全模式 in the console, or configure the mode that is set there
 * - `mode.stripped`: the query announces a sealed push but the body has no Encrypt: something in between took it out, or somebody tries a forgery
 * - `mode.sealed`: the push is sealed and the account has no key: configure the EncodingAESKey
 * - `body.read`: the outer document can be read
 * - `body.too_large`: the body is larger than the configured limit
 * - `body.empty`: the body is empty: a body parser or a logger has already consumed the stream
 * - `body.quoted`: the body is encoded twice: it is a JSON string with the document inside
 * - `body.escaped`: the body is escaped as HTML or percent-encoded; pass the raw bytes
 * - `body.parsed`: this is not the raw body: a framework has parsed it and handed on its own form of it; hand on the bytes as they came, before any body parser
 * - `body.wrapped`: this is the event of a gateway, not the body: take its field body, and decode that from base64 if isBase64Encoded says so
 * - `body.base64`: the body is in base64, as gateways and cloud functions hand it on (isBase64Encoded): decode it first
 * - `body.compressed`: the body is compressed (Content-Encoding): decompress it first
 * - `body.recoded`: the body is not UTF-8: it was read as text and written again in another encoding; pass the raw bytes
 * - `body.encrypt_alone`: this is the text of Encrypt alone: pass the whole body, with the document around it
 * - `body.cut`: the body stops in the middle: it was cut off or captured in part
 * - `body.malformed`: the body is not the XML or JSON that WeChat sends
 * - `signature.holds`: the signature matches, so the token is right and what it covers is untouched
 * - `signature.plain`: the signature matches; in plain mode it covers the time and the nonce, but not the body
 * - `signature.previous`: the signature matches a previous token: the change has not reached WeChat's servers, or the configuration is old
 * - `signature.swapped`: the value given as msg_signature is the plain signature: pass the parameter msg_signature, not signature
 * - `signature.swapped_back`: the value given as signature covers Encrypt, so it is a msg_signature: pass each under its own name
 * - `signature.upper_case`: the signature matches but for its letter case: something in between changed it
 * - `signature.encoded_twice`: the signature matches once the timestamp and the nonce are percent-decoded again: the query string was encoded twice
 * - `signature.plus_lost`: the signature matches once the blanks in Encrypt are plus signs again: the body was decoded as a form
 * - `signature.wrapped`: the signature matches once the white space inside Encrypt is dropped: the body was pretty-printed or wrapped
 * - `signature.escaped`: the signature matches once the escapes in Encrypt are undone: the body was escaped once more
 * - `signature.base64_changed`: the signature matches once Encrypt is written in standard base64 again, with + and / and padded with =: something in between re-encoded it
 * - `signature.body_changed`: the plain signature matches, so the token is right; msg_signature does not, so Encrypt is not what WeChat sent: the body was parsed and written again, trimmed, or belongs to another request
 * - `signature.other`: no configured token makes this signature: compare the token with the console, character by character; or the request is not from WeChat
 * - `age.unchecked`: no tolerance is configured, so the age does not matter
 * - `age.old`: no tolerance is configured; this request is old, as captured ones are
 * - `age.fresh`: the request is within the tolerance
 * - `age.stale`: the request is further away than the tolerance: it is replayed, or one of the clocks is wrong
 * - `age.other_time`: CreateTime inside the seal is further from timestamp than the tolerance: a captured push with timestamp and nonce exchanged (the signature sorts its parts), or one that was held back
 * - `seal.opened`: the current key opens it
 * - `seal.previous`: a previous key opens it; the answer will be sealed with that key
 * - `seal.not_base64`: Encrypt is signed as it stands but it is not base64
 * - `seal.encoded_twice`: Encrypt is base64 of base64: it was encoded twice before it was signed
 * - `seal.other_key`: no configured key opens it: the EncodingAESKey is that of another account, or an older one than those configured
 * - `receive_id.accepted`: the app id inside the seal is accepted
 * - `receive_id.other`: the message was sealed for another app id; if this is a third-party platform, accept its component appid
 * - `message.read`: the message can be read
 * - `message.unknown`: the message can be read; its type is not one this version knows, so take its fields from the tree
 * - `message.malformed`: the message is not the XML or JSON that WeChat sends
 * - `message.recipient_differs`: ToUserName outside the seal names another account than inside: the outside was changed
 * - `message.container_check`: this is the path check of 微信云托管 (CheckContainerPath), which signs nothing: answer 200 with success; its pushes are not signed either, so read them with decode_unverified, behind its gate only
 * - `product.wecom`: this is 企业微信 (WeCom, with its 微信客服), another product: another console, another token and key, other calls; wxkf is for 客服消息 of Mini Programs and Official Accounts
 * - `message.url_verified`: this is the check of the URL: answer with echostr as it is
 */
export type Finding = "query.complete" | "query.broken" | "query.incomplete" | "query.not_raw" | "query.unsigned" | "mode.agrees" | "mode.unsealed" | "mode.stripped" | "mode.sealed" | "body.read" | "body.too_large" | "body.empty" | "body.quoted" | "body.escaped" | "body.parsed" | "body.wrapped" | "body.base64" | "body.compressed" | "body.recoded" | "body.encrypt_alone" | "body.cut" | "body.malformed" | "signature.holds" | "signature.plain" | "signature.previous" | "signature.swapped" | "signature.swapped_back" | "signature.upper_case" | "signature.encoded_twice" | "signature.plus_lost" | "signature.wrapped" | "signature.escaped" | "signature.base64_changed" | "signature.body_changed" | "signature.other" | "age.unchecked" | "age.old" | "age.fresh" | "age.stale" | "age.other_time" | "seal.opened" | "seal.previous" | "seal.not_base64" | "seal.encoded_twice" | "seal.other_key" | "receive_id.accepted" | "receive_id.other" | "message.read" | "message.unknown" | "message.malformed" | "message.recipient_differs" | "message.container_check" | "product.wecom" | "message.url_verified";

/**
 * The two formats in which WeChat pushes and is answered.
 *
 * - `json`: A JSON object.
 * - `xml`: An `<xml>` document.
 */
export type Format = "json" | "xml";

/**
 * How pushes are protected: 消息加解密方式 in the console. **The account decides, never the request.**
 *
 * - `compatible`: 兼容模式: sealed pushes are opened, and plain ones are accepted too: no safer than `plain`, and meant for a change of mode. Of a push with `msg_signature` only what is inside the seal counts; one without it is read as a plain push.
 * - `plain`: 明文模式: the signature does not cover the body. Whoever sees one URL can send any message.
 * - `secure`: 安全模式: everything that is not sealed is refused.
 */
export type Mode = "compatible" | "plain" | "secure";

/**
 * Whose mistake an `Error` is.
 *
 * - `caller`: The program that calls this library: its configuration or its arguments.
 * - `peer`: Whoever sent the request: a scanner, a forger, or an account set up otherwise.
 * - `platform`: WeChat's own servers answered something that is not its protocol.
 */
export type Origin = "caller" | "peer" | "platform";

/**
 * Why our own state says: not now.
 *
 * - `already_typing`: Typing is shown already.
 * - `no_recent_message`: There was no message in either direction in the last 30 s.
 * - `not_sure`: The policy is cautious, and the platform might refuse: the window is about to close, or only a generous reading of the rule would allow it.
 * - `quota_exhausted`: No messages are left until the user does something.
 * - `quota_held`: All that is left is held by other reservations: by any, or, where this one would not be sure, by one that is. Or it is too soon to try again what was refused because a grant was late.
 * - `window_closed`: There is no open window until the user does something.
 */
export type RefusalReason = "already_typing" | "no_recent_message" | "not_sure" | "quota_exhausted" | "quota_held" | "window_closed";

/**
 * Why the platform said no, by what the caller should do about it.
 *
 * - `busy`: The platform is busy or failed. Try again later, with growing pauses and an end; but a message may have been sent all the same, and there is no key that keeps it from being sent twice.
 * - `invalid_request`: The request is wrong; repeating it changes nothing.
 * - `limit_reached`: There are as many of something as there may be.
 * - `misconfigured`: A setting of the account or the server is wrong: stop and tell someone.
 * - `not_permitted`: The account may not do this: tell whoever runs it.
 * - `quota_exhausted`: This user has been sent as many messages as the last action allows: wait for the next one.
 * - `rate_limited`: The account calls too often, whichever user it is about: slow down.
 * - `recipient_unavailable`: This user, or this message to the user, is out of reach: give it up.
 * - `token_rejected`: The token is not accepted: fetch one and call once more. The call was not carried out.
 * - `unknown`: A code that this version does not know.
 * - `window_closed`: The time to answer this user is over: wait until the user writes.
 * - `wrong_state`: The session, agent or binding is not in the state that this call needs.
 */
export type RejectionKind = "busy" | "invalid_request" | "limit_reached" | "misconfigured" | "not_permitted" | "quota_exhausted" | "rate_limited" | "recipient_unavailable" | "token_rejected" | "unknown" | "window_closed" | "wrong_state";

/**
 * What became of a message for which something was reserved.
 *
 * - `delivered`: The platform accepted it: errcode 0.
 * - `enter_revoked`: 45094: opening the chat grants nothing any more, as a penalty.
 * - `not_sent`: It surely was not sent, or it was refused for a reason that costs nothing.
 * - `quota_exhausted`: 45047, 45093: no messages are left.
 * - `unknown`: Nobody knows whether it was sent.
 * - `window_closed`: 45015, 43004, 50005: the window is over, or the user has stopped following.
 */
export type Settlement = "delivered" | "enter_revoked" | "not_sent" | "quota_exhausted" | "unknown" | "window_closed";

/**
 * Which call fetches the token, and so what a fetch does to the token before.
 *
 * - `authorizer`: `component.api_authorizer_token`: a third-party platform acts for the account. Each answer has a refresh token for the next fetch, which is kept in the same record.
 * - `stable_token`: `stable_token`: a fetch answers the same token until it ends, unless it is forced. The one to use, and the default.
 * - `token`: `token`: a fetch ends the token before. Also for what else cannot be forced, such as `component.api_component_token`.
 */
export type TokenSource = "authorizer" | "stable_token" | "token";

/**
 * What an action of a user does to the window in which the account may write to that user.
 *
 * - `enter`: The user opened the chat of a mini program.
 * - `menu`: The user tapped a custom menu (only types click, scancode_push, scancode_waitmsg), or an item of a msgmenu, which arrives as a text.
 * - `message`: The user wrote something.
 * - `pay`: The user paid (支付成功). No push of the callback says so; a host that is told elsewhere may observe it, if its `Policy` has a rule for it.
 * - `scan`: The user scanned a parametric QR code.
 * - `subscribe`: The user began to follow the account.
 * - `unsubscribe`: The user stopped following: nothing may be sent any more.
 */
export type Trigger = "enter" | "menu" | "message" | "pay" | "scan" | "subscribe" | "unsubscribe";

/**
 * What came of showing that an answer is being written (`message.custom.typing`).
 *
 * - `already_typing`: 45081: it was shown already, and is.
 * - `delivered`: The platform accepted it: errcode 0.
 * - `no_recent_message`: 45080: the platform knows of no message in the last 30 s.
 * - `not_sent`: It surely was not sent, or it was refused for another reason.
 * - `unknown`: Nobody knows whether it is shown.
 * - `window_closed`: 45015, 43004, 50005: the window is over, or the user has stopped following.
 */
export type TypingSettlement = "already_typing" | "delivered" | "no_recent_message" | "not_sent" | "unknown" | "window_closed";

/**
 * How a check ended.
 *
 * - `fails`: It fails, and with it the request.
 * - `holds`: It holds.
 * - `warns`: It holds, but something about it deserves a look.
 */
export type Verdict = "fails" | "holds" | "warns";

/**
 * A table of what the platform grants, and when it was in force.
 *
 * - `mini_program`: 2024-12 and since
 * - `mini_program_2022`: about 2022 to 2024
 * - `mini_program_2017`: 2017 to about 2022
 * - `mini_program_2017_02`: 2017-02
 * - `official_account`: 2023-08 and since; accounts of 2023-06-12 and later at once
 * - `official_account_with_pay`: disputed: as official_account, and a payment counts
 * - `official_account_2021`: 2021-06-01 to 2023-08
 * - `official_account_2017`: 2017 to 2021-05
 */
export type PolicyPreset = "mini_program" | "mini_program_2022" | "mini_program_2017" | "mini_program_2017_02" | "official_account" | "official_account_with_pay" | "official_account_2021" | "official_account_2017";

/** A return code that is known. */
export type Errcode = -1 | 0 | 4 | 40001 | 40002 | 40003 | 40004 | 40005 | 40006 | 40007 | 40008 | 40009 | 40010 | 40011 | 40012 | 40013 | 40014 | 40033 | 40035 | 40038 | 40039 | 40048 | 40066 | 40073 | 40080 | 40094 | 40097 | 40101 | 40113 | 40125 | 40137 | 40155 | 40164 | 40165 | 40166 | 40200 | 40201 | 40202 | 40203 | 40243 | 41001 | 41002 | 41004 | 41005 | 41006 | 41009 | 41021 | 41030 | 42001 | 42002 | 42006 | 42007 | 43001 | 43002 | 43003 | 43004 | 43005 | 43019 | 43101 | 44001 | 44002 | 44003 | 44004 | 45001 | 45002 | 45003 | 45004 | 45005 | 45006 | 45007 | 45008 | 45009 | 45011 | 45015 | 45047 | 45050 | 45063 | 45070 | 45071 | 45072 | 45077 | 45078 | 45079 | 45080 | 45081 | 45086 | 45087 | 45091 | 45093 | 45094 | 45162 | 45166 | 46001 | 46004 | 47001 | 47002 | 48001 | 48002 | 48004 | 48006 | 48008 | 49001 | 50001 | 50002 | 50003 | 50004 | 50005 | 50007 | 61003 | 61004 | 61005 | 61006 | 61007 | 61009 | 61010 | 61011 | 61014 | 61016 | 61023 | 61450 | 61451 | 61452 | 61453 | 61454 | 61455 | 61456 | 61457 | 61458 | 61459 | 61500 | 65400 | 65401 | 65402 | 65403 | 65404 | 65405 | 65406 | 65407 | 65408 | 65409 | 65410 | 65411 | 65412 | 65413 | 65414 | 65415 | 65416 | 65417 | 70000 | 76001 | 76002 | 76003 | 76004 | 76021 | 76022 | 87014 | 89501 | 89502 | 89503 | 89506 | 89507 | 10130002 | 10130030 | 10130600 | 10130601 | 10130602 | 10130603 | 10130604;

/** What an element holds: its text, the elements in it by their names, or a list. */
export type Tree = string | number | boolean | null | Tree[] | { [name: string]: Tree };

/** A push of this kind. */
export interface InboundOf<K extends InboundKind> {
  /** `ToUserName`: the account, as its original id (`gh_…`). */
  to: string | null;
  /** `FromUserName`: the user's openid; in some events a system account. */
  from: string | null;
  /** `CreateTime`: when it happened, by WeChat's clock, to the second; in milliseconds since 1970. */
  created: number | null;
  /** `MsgId`. Messages have one; of the events only those that tell the fate of a sent message. */
  msg_id?: string;
  /** The same for every delivery of this push: WeChat repeats what is not answered in five seconds. */
  dedupe_key: string;
  /** What this does to the window in which the account may write to the user. */
  trigger: Trigger | null;
  /** What this is, however the sender spells it. */
  kind: K;
  /** What it says. No field can be relied on: WeChat leaves out what its documents promise. */
  content: InboundContents[K];
}

/** A message or event, as WeChat pushed it: compare `kind`, and `content` is that of the kind. */
export type Inbound = { [K in InboundKind]: InboundOf<K> }[InboundKind];

/** The names of all kinds of pushes. */
export type InboundKind = keyof InboundContents;

/** What each kind of push says. */
export interface InboundContents {
  /** A text. A sticker and whatever else a chat cannot carry arrives as a text too. */
  text: TextContent & ExtraContent;
  /** A picture. */
  image: ImageContent & ExtraContent;
  /** A voice message. */
  voice: VoiceContent & ExtraContent;
  /** A video. */
  video: VideoContent & ExtraContent;
  /** A short video (小视频). */
  shortvideo: ShortVideoContent & ExtraContent;
  /** A place. */
  location: LocationContent & ExtraContent;
  /** A link. */
  link: LinkContent & ExtraContent;
  /** A card of a mini program. */
  miniprogrampage: MiniProgramPageContent & ExtraContent;
  /** A file; not in the public documents, and nothing downloads it. */
  file: FileContent & ExtraContent;
  /**
   * A user opened the customer-service chat of the mini program. Never forwarded to the web
   * tool; retried like every push.
   */
  "event.user_enter_tempsession": UserEnterTempsessionContent;
  /** A session with a human agent began or ended. */
  "event.kf_create_session": KfSessionContent;
  /** A session with a human agent began or ended. */
  "event.kf_close_session": KfSessionContent;
  /** A session went from one human agent to another. */
  "event.kf_switch_session": KfSwitchSessionContent;
  /** A user opened the chat from a card. */
  "event.user_enter_session_from_card": UserEnterSessionFromCardContent;
  /** WeCom (企业微信) says that messages wait to be pulled; it has no sender. */
  "event.kf_msg_or_event": KfMsgOrEventContent;
  /** WeCom: the app gained or lost customer-service accounts. */
  "event.kf_account_auth_change": KfAccountAuthChangeContent;
  /** Sent by the console's message-push debug tool. */
  "event.debug_demo": DebugDemoContent;
  /** A user follows the account. `SceneKey` is what its key says. */
  "event.subscribe": SubscribeContent;
  /** A user no longer follows the account: delete the data; nothing can be sent. */
  "event.unsubscribe": UnsubscribeContent;
  /** A follower scanned a parametric QR code; the key is the bare scene. */
  "event.scan": ScanContent;
  /** The position that the app reports by itself; each value may be empty. */
  "event.location": LocationReportContent;
  /** A tap on a menu item of type `click`. */
  "event.click": ClickContent;
  /** A tap on a menu item that opens a page. */
  "event.view": ViewContent;
  /** A tap on a menu item that opens a mini program. */
  "event.view_miniprogram": ViewMiniprogramContent;
  /** A tap on a menu item that scans a code. */
  "event.scancode_push": ScanCodeContent;
  /** A tap on a menu item that scans a code. */
  "event.scancode_waitmsg": ScanCodeContent;
  /** A tap on a menu item that sends pictures; they follow as messages. */
  "event.pic_sysphoto": SendPicsContent;
  /** A tap on a menu item that sends pictures; they follow as messages. */
  "event.pic_photo_or_album": SendPicsContent;
  /** A tap on a menu item that sends pictures; they follow as messages. */
  "event.pic_weixin": SendPicsContent;
  /** A tap on a menu item that chooses a place. */
  "event.location_select": LocationSelectContent;
  /** A scan of a guide's (导购) code. */
  "event.guide_qrcode_scan_event": GuideQrcodeScanEventContent;
  /** A template message was delivered, or not. */
  "event.templatesendjobfinish": TemplateSendJobFinishContent;
  /** A mass message was sent, or not. */
  "event.masssendjobfinish": MassSendJobFinishContent;
  /** A publication ended; SDKs also know it as FREEPUBLISHJOBFINISH. */
  "event.publishjobfinish": PublishJobFinishContent;
  /** A user answered the subscription dialog. */
  "event.subscribe_msg_popup_event": SubscribeMsgPopupEventContent;
  /** A user changed subscriptions in the settings. */
  "event.subscribe_msg_change_event": SubscribeMsgChangeEventContent;
  /** Subscription messages were delivered, or not. */
  "event.subscribe_msg_sent_event": SubscribeMsgSentEventContent;
  /** A content check ended. The sender is a system account: tell events apart by `trace_id`. */
  "event.wxa_media_check": WxaMediaCheckContent;
  /** An order in the old 微信小店. */
  "event.merchant_order": MerchantOrderContent;
  /** A payment with a card (买单). */
  "event.user_pay_from_pay_cell": UserPayFromPayCellContent;
  /** An order was paid. */
  "event.funds_order_pay": FundsOrderPayContent;
  /** An order was paid; `order_info` varies and stays in the tree. */
  "event.open_product_order_pay": OpenProductOrderPayContent;
  /**
   * Virtual payment: deliver the goods, and answer with
   * `err_code`. Tell repeats by `out_trade_no`.
   */
  "event.xpay_goods_deliver_notify": XpayGoodsDeliverNotifyContent;
  /**
   * Virtual payment: credit the coins, and answer with
   * `err_code`.
   */
  "event.xpay_coin_pay_notify": XpayCoinPayNotifyContent;
  /** Virtual payment: a refund ended. */
  "event.xpay_refund_notify": XpayRefundNotifyContent;
  /** A complaint (维权) about an order; JSON pushes name it with a space. */
  "event.complaint_callback": ComplaintCallbackContent;
  /** A user filled in an invoice request, or failed to. */
  "event.user_authorize_invoice": UserAuthorizeInvoiceContent;
  /** A user received a card. Several may come in one second. */
  "event.user_get_card": UserGetCardContent;
  /** A card was used. */
  "event.user_consume_card": UserConsumeCardContent;
  /** A user deleted a card. */
  "event.user_del_card": UserDelCardContent;
  /** A user opened a card. */
  "event.user_view_card": UserViewCardContent;
  /** A user passes a card on. */
  "event.user_gifting_card": UserGiftingCardContent;
  /**
   * A user changed, revoked or cancelled what you may keep: delete it. The user concerned is
   * `open_id`, not the sender.
   */
  "event.user_info_modified": UserAuthorizationContent;
  /**
   * A user changed, revoked or cancelled what you may keep: delete it. The user concerned is
   * `open_id`, not the sender.
   */
  "event.user_authorization_revoke": UserAuthorizationContent;
  /**
   * A user changed, revoked or cancelled what you may keep: delete it. The user concerned is
   * `open_id`, not the sender.
   */
  "event.user_authorization_cancellation": UserAuthorizationContent;
  /** A verification succeeded or expires. */
  "event.qualification_verify_success": VerifySuccessContent;
  /** A verification failed. */
  "event.qualification_verify_fail": VerifyFailContent;
  /** A verification succeeded or expires. */
  "event.naming_verify_success": VerifySuccessContent;
  /** A verification failed. */
  "event.naming_verify_fail": VerifyFailContent;
  /** A verification succeeded or expires. */
  "event.annual_renew": VerifySuccessContent;
  /** A verification succeeded or expires. */
  "event.verify_expired": VerifySuccessContent;
  /** The mini program passed its review. */
  "event.weapp_audit_success": WeappAuditSuccessContent;
  /** The mini program failed its review. */
  "event.weapp_audit_fail": WeappAuditFailContent;
  /** The review of the mini program takes longer. */
  "event.weapp_audit_delay": WeappAuditDelayContent;
  /**
   * The ticket that is pushed to a third-party platform every ten minutes: store it, answer
   * `success`.
   */
  "info.component_verify_ticket": ComponentVerifyTicketContent & ExtraContent;
  /** An account authorized the platform. */
  "info.authorized": AuthorizedContent & ExtraContent;
  /** An account changed what it authorized. */
  "info.updateauthorized": UpdateAuthorizedContent & ExtraContent;
  /** An account withdrew its authorization. */
  "info.unauthorized": UnauthorizedContent & ExtraContent;
  /**
   * 微信云托管 asks whether anything answers at the path that was set for pushes: answer `success`. It has
   * no signature, as no push of 微信云托管 has one.
   */
  "action.checkcontainerpath": CheckContainerPathContent & ExtraContent;
  /** What a push says of its type, if that type is not typed. */
  device_event: UntypedContent & ExtraContent;
  /** What a push says of its type, if that type is not typed. */
  device_text: UntypedContent & ExtraContent;
  /** What a push says of its type, if that type is not typed. */
  "event.enter": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.shakearoundusershake": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.wificonnected": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.poi_check_notify": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.card_pass_check": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.card_not_pass_check": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.card_merchant_check_result": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.card_pay_order": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.card_sku_remind": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.update_member_card": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.submit_membercard_user_info": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.giftcard_pay_done": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.giftcard_send_to_friend": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.giftcard_user_accept": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.submit_invoice_title": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.update_invoice_status": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.cloud_invoice_invoiceresult_event": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.apply_merchant_audit_info": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.create_map_poi_audit_info": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.add_store_audit_info": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.modify_store_audit_info": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.add_nearby_poi_audit_info": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.nearby_category_audit_info": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.add_express_path": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.update_waybill_status": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.ewaybill_push_path": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.trade_manage_remind_access_api": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.trade_manage_remind_shipping": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.trade_manage_order_settlement": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.funds_order_refund": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.funds_order_profitsharing": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.complaint_notify": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.withdraw_notify": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.retail_refund_notify": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.charge_service_quota_notify": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.secvod_upload_event": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.secvod_audit_event": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.secbook_audit_event": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.wxalive_follow_notify": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.wxalive_push_message_notify": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.wx_verify_pay_succ": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.wx_verify_dispatch": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.wxa_category_audit": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.wxa_nickname_audit": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.wxa_privacy_apply": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.wxa_appeal_record": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.wxa_comment_bad_score": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.notify_3rd_wxa_auth": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.notify_3rd_wxa_wxverify": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.notify_third_fastverifybetaapp": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.betaapp_verify_apply_event": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.betaapp_verify_event": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.betaapp_authorization_apply_event": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.minigame_coin_deliver_completed": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.minigame_deliver_goods": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.minigame_h5_goods_deliver_notify": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.minigame_game_pay_goods_deliver_notify": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.xpay_complaint_notify": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.xpay_apple_subscribe_signing_result_notify": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.xpay_subscribe_ios_refund_query_notify": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.open_product_order_cancel": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.open_product_order_confirm": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.open_product_order_refund": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.open_product_order_settle": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.open_product_receive_coupon": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.open_product_spu_audit": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.open_product_spu_status_update": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.open_product_category_audit": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.open_product_brand_audit": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.open_product_account_register": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.aftersale_new_order": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.aftersale_refund_success": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.aftersale_update_order": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.aftersale_user_cancel": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.commkf_send_msg_to_kf": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.channels_ec_order_new": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.channels_ec_order_pay": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.channels_ec_order_deliver": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.channels_ec_order_confirm": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.channels_ec_order_settle": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.channels_ec_order_cancel": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.channels_ec_aftersale_update": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.channels_ec_complaint_update": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.channels_ec_guarantee_update": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.transport_add_order": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.transport_cancel_order": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.transport_query_order_status": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.transport_precreate_order": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.check_biz": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.get_quota": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.add_waybill": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.cancel_waybill": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.get_pre_auth_code": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.get_auth_info": UntypedContent;
  /** What a push says of its type, if that type is not typed. */
  "event.cancel_auth_account": UntypedContent;
  /** A type that this version does not know: see the tree. */
  unknown: UntypedContent & ExtraContent;
}

/** A text. A sticker and whatever else a chat cannot carry arrives as a text too. */
export interface TextContent {
  /** `Content`: may hold control characters, emoji, `]]>`; may be empty. */
  content?: string;
  /**
   * `bizmsgmenuid`: present when the user tapped an item of a msgmenu; equals that item's
   * id (string).
   */
  bizmsgmenuid?: string;
}

/** What may stand beside the fields of a push that is no event. */
export interface ExtraContent {
  /** `MsgDataId`: the article from which the message was sent. Official accounts only. */
  msg_data_id?: string;
  /** `Idx`: which article of several, from 1. */
  idx?: number;
  /** `BusinessId`: the sub-merchant of a mini program that the user wrote to; the answer needs it. */
  business_id?: string;
  /** `MsgDataFormat`. */
  msg_data_format?: string;
}

/** A picture. */
export interface ImageContent {
  /** `PicUrl`: short-lived http(s) link. */
  pic_url?: string;
  /** `MediaId`: temporary media id. */
  media_id?: string;
}

/** A voice message. */
export interface VoiceContent {
  /** `MediaId`: 8 kHz speech, usually amr. */
  media_id?: string;
  /** `Format`: amr, speex. */
  format?: string;
  /** `MediaId16K`: 16 kHz copy (doc since 2024-05); capital K. */
  media_id_16k?: string;
  /** `Recognition`: speech-to-text; withdrawn mid-2023, then empty or absent. */
  recognition?: string;
}

/** A video. */
export interface VideoContent {
  /** `MediaId`. */
  media_id?: string;
  /** `ThumbMediaId`. */
  thumb_media_id?: string;
}

/** A short video (小视频). */
export interface ShortVideoContent {
  /** `MediaId`. */
  media_id?: string;
  /** `ThumbMediaId`. */
  thumb_media_id?: string;
}

/** A place. */
export interface LocationContent {
  /** `Location_X`: latitude, as decimal text. */
  location_x?: string;
  /** `Location_Y`: longitude, as decimal text. */
  location_y?: string;
  /** `Scale`: map zoom. */
  scale?: number;
  /** `Label`: address text, may be empty. */
  label?: string;
}

/** A link. */
export interface LinkContent {
  /** `Title`. */
  title?: string;
  /** `Description`. */
  description?: string;
  /** `Url`. */
  url?: string;
}

/** A card of a mini program. */
export interface MiniProgramPageContent {
  /** `Title`. */
  title?: string;
  /**
   * `AppId`: appid of the card's mini program (inside the message, not the ciphertext
   * trailer).
   */
  app_id?: string;
  /** `PagePath`. */
  page_path?: string;
  /** `ThumbUrl`. */
  thumb_url?: string;
  /** `ThumbMediaId`: listed in docs, missing in some captures. */
  thumb_media_id?: string;
}

/** A file; not in the public documents, and nothing downloads it. */
export interface FileContent {
  /** `Title`: file name. */
  title?: string;
  /** `Description`: null or empty. */
  description?: string;
  /** `FileKey`. */
  file_key?: string;
  /** `FileMd5`. */
  file_md5?: string;
  /** `FileTotalLen`. */
  file_total_len?: number;
}

/**
 * A user opened the customer-service chat of the mini program. Never forwarded to the web
 * tool; retried like every push.
 */
export interface UserEnterTempsessionContent {
  /** `SessionFrom`: the session-from attribute of the contact button; may be empty. */
  session_from?: string;
}

/** A session with a human agent began or ended. */
export interface KfSessionContent {
  /** `KfAccount`: full account name@wechatid. */
  kf_account?: string;
}

/** A session went from one human agent to another. */
export interface KfSwitchSessionContent {
  /** `FromKfAccount`. */
  from_kf_account?: string;
  /** `ToKfAccount`. */
  to_kf_account?: string;
}

/** A user opened the chat from a card. */
export interface UserEnterSessionFromCardContent {
  /** `CardId`. */
  card_id?: string;
  /** `UserCardCode`. */
  user_card_code?: string;
}

/** WeCom (企业微信) says that messages wait to be pulled; it has no sender. */
export interface KfMsgOrEventContent {
  /** `Token`: valid 10 minutes, passed to sync_msg. */
  token?: string;
  /** `OpenKfId`. */
  open_kf_id?: string;
}

/** WeCom: the app gained or lost customer-service accounts. */
export interface KfAccountAuthChangeContent {
  /** `AuthAddOpenKfId`. */
  auth_add_open_kf_id?: string[];
  /** `AuthDelOpenKfId`. */
  auth_del_open_kf_id?: string[];
}

/** Sent by the console's message-push debug tool. */
export interface DebugDemoContent {
  /** `debug_str`. */
  debug_str?: string;
}

/** A user follows the account. `SceneKey` is what its key says. */
export interface SubscribeContent {
  /**
   * `EventKey`: empty, `qrscene_<scene>`, `last_trade_no_<number>`, `scanbarcode|…` or
   * `scanimage|…`; `scene_key` takes it apart.
   */
  event_key?: string;
  /** `Ticket`: only when subscribed through a parametric code. */
  ticket?: string;
}

/** A user no longer follows the account: delete the data; nothing can be sent. */
export interface UnsubscribeContent {
  /** `EventKey`: empty. */
  event_key?: string;
}

/** A follower scanned a parametric QR code; the key is the bare scene. */
export interface ScanContent {
  /** `EventKey`: scene value without qrscene_ prefix. */
  event_key?: string;
  /** `Ticket`. */
  ticket?: string;
}

/** The position that the app reports by itself; each value may be empty. */
export interface LocationReportContent {
  /** `Latitude`: element may be empty. */
  latitude?: string;
  /** `Longitude`: element may be empty. */
  longitude?: string;
  /** `Precision`: element may be empty. */
  precision?: string;
}

/** A tap on a menu item of type `click`. */
export interface ClickContent {
  /** `EventKey`: the menu key. */
  event_key?: string;
}

/** A tap on a menu item that opens a page. */
export interface ViewContent {
  /** `EventKey`: the URL. */
  event_key?: string;
  /** `MenuId`: id of the conditional menu. */
  menu_id?: string;
}

/** A tap on a menu item that opens a mini program. */
export interface ViewMiniprogramContent {
  /** `EventKey`: mini program path. */
  event_key?: string;
  /** `MenuId`. */
  menu_id?: string;
}

/** What was scanned. */
export interface ScanCodeInfoContent {
  /** `ScanType`: usually qrcode. */
  scan_type?: string;
  /** `ScanResult`. */
  scan_result?: string;
}

/** A tap on a menu item that scans a code. */
export interface ScanCodeContent {
  /** `EventKey`. */
  event_key?: string;
  /** `ScanCodeInfo`. */
  scan_code_info?: ScanCodeInfoContent;
}

/** One picture. */
export interface SentPicContent {
  /** `PicMd5Sum`. */
  pic_md5_sum?: string;
}

/** The pictures that were sent. */
export interface SendPicsInfoContent {
  /** `Count`: may disagree with the list, may be 0 or come after the list. */
  count?: number;
  /** `PicList`. */
  pic_list?: SentPicContent[];
}

/** A tap on a menu item that sends pictures; they follow as messages. */
export interface SendPicsContent {
  /** `EventKey`. */
  event_key?: string;
  /** `SendPicsInfo`. */
  send_pics_info?: SendPicsInfoContent;
}

/** The place that was chosen. */
export interface SendLocationInfoContent {
  /** `Location_X`: latitude as text. */
  location_x?: string;
  /** `Location_Y`: longitude as text. */
  location_y?: string;
  /** `Scale`. */
  scale?: string;
  /** `Label`. */
  label?: string;
  /** `Poiname`. */
  poiname?: string;
}

/** A tap on a menu item that chooses a place. */
export interface LocationSelectContent {
  /** `EventKey`. */
  event_key?: string;
  /** `SendLocationInfo`. */
  send_location_info?: SendLocationInfoContent;
}

/** The scan. */
export interface GuideScanEventContent {
  /** `qrcode_guide_account`. */
  qrcode_guide_account?: string;
  /** `qrcode_guide_openid`. */
  qrcode_guide_openid?: string;
  /** `openid`. */
  openid?: string;
  /** `action`. */
  action?: number;
  /** `qrcode_info`. */
  qrcode_info?: string;
}

/** A scan of a guide's (导购) code. */
export interface GuideQrcodeScanEventContent {
  /** `GuideScanEvent`. */
  guide_scan_event?: GuideScanEventContent;
}

/** A template message was delivered, or not. */
export interface TemplateSendJobFinishContent {
  /** `MsgID`: capital D. */
  msg_id?: string;
  /** `Status`: success, failed:user block, failed: system failed (spacing differs). */
  status?: string;
}

/** The finding on one article. */
export interface CopyrightCheckContent {
  /** `ArticleIdx`. */
  article_idx?: number;
  /** `UserDeclareState`. */
  user_declare_state?: number;
  /** `AuditState`. */
  audit_state?: number;
  /** `OriginalArticleUrl`. */
  original_article_url?: string;
  /** `OriginalArticleType`. */
  original_article_type?: number;
  /** `CanReprint`. */
  can_reprint?: number;
  /** `NeedReplaceContent`. */
  need_replace_content?: number;
  /** `NeedShowReprintSource`. */
  need_show_reprint_source?: number;
}

/** The copyright check of a mass message. */
export interface CopyrightCheckResultContent {
  /** `Count`. */
  count?: number;
  /** `ResultList`. */
  result_list?: CopyrightCheckContent[];
  /** `CheckState`. */
  check_state?: number;
}

/** The address of one article. */
export interface ArticleUrlContent {
  /** `ArticleIdx`. */
  article_idx?: number;
  /** `ArticleUrl`. */
  article_url?: string;
}

/** The addresses of the articles of a mass message. */
export interface ArticleUrlResultContent {
  /** `Count`. */
  count?: number;
  /** `ResultList`. */
  result_list?: ArticleUrlContent[];
}

/** A mass message was sent, or not. */
export interface MassSendJobFinishContent {
  /** `MsgID`. */
  msg_id?: string;
  /** `Status`: send success, send fail, err(NNNNN). */
  status?: string;
  /** `TotalCount`. */
  total_count?: number;
  /** `FilterCount`. */
  filter_count?: number;
  /** `SentCount`. */
  sent_count?: number;
  /** `ErrorCount`. */
  error_count?: number;
  /** `CopyrightCheckResult`. */
  copyright_check_result?: CopyrightCheckResultContent;
  /** `ArticleUrlResult`. */
  article_url_result?: ArticleUrlResultContent;
}

/** One published article. */
export interface PublishedArticleContent {
  /** `idx`. */
  idx?: number;
  /** `article_url`. */
  article_url?: string;
}

/** The articles that were published. */
export interface ArticleDetailContent {
  /** `count`. */
  count?: number;
  /** `item`. */
  item?: PublishedArticleContent[];
}

/** How a publication ended. */
export interface PublishEventInfoContent {
  /** `publish_id`. */
  publish_id?: string;
  /** `publish_status`. */
  publish_status?: number;
  /** `article_id`. */
  article_id?: string;
  /** `article_detail`. */
  article_detail?: ArticleDetailContent;
  /** `fail_idx`. */
  fail_idx?: number[];
}

/** A publication ended; SDKs also know it as FREEPUBLISHJOBFINISH. */
export interface PublishJobFinishContent {
  /** `PublishEventInfo`. */
  publish_event_info?: PublishEventInfoContent;
}

/** The answer to one template. */
export interface SubscribePopupContent {
  /** `TemplateId`. */
  template_id?: string;
  /** `SubscribeStatusString`: accept or reject. */
  subscribe_status_string?: string;
  /** `PopupScene`: 0,1,2. */
  popup_scene?: number;
}

/** A user answered the subscription dialog. */
export interface SubscribeMsgPopupEventContent {
  /** `List`. */
  list?: SubscribePopupContent[];
}

/** The change of one template. */
export interface SubscribeChangeContent {
  /** `TemplateId`. */
  template_id?: string;
  /** `SubscribeStatusString`: reject (accept seen). */
  subscribe_status_string?: string;
}

/** A user changed subscriptions in the settings. */
export interface SubscribeMsgChangeEventContent {
  /** `List`. */
  list?: SubscribeChangeContent[];
}

/** The fate of one message. */
export interface SubscribeSentContent {
  /** `TemplateId`. */
  template_id?: string;
  /** `MsgID`: 64-bit. */
  msg_id?: string;
  /** `ErrorCode`. */
  error_code?: number;
  /** `ErrorStatus`. */
  error_status?: string;
}

/** Subscription messages were delivered, or not. */
export interface SubscribeMsgSentEventContent {
  /** `List`. */
  list?: SubscribeSentContent[];
}

/** The finding of one strategy. */
export interface MediaCheckDetailContent {
  /** `strategy`. */
  strategy?: string;
  /** `errcode`. */
  errcode?: number;
  /** `suggest`. */
  suggest?: string;
  /** `label`. */
  label?: number;
  /** `prob`. */
  prob?: number;
}

/** The verdict. */
export interface MediaCheckResultContent {
  /** `suggest`: pass, risky, review. */
  suggest?: string;
  /** `label`. */
  label?: number;
}

/** A content check ended. The sender is a system account: tell events apart by `trace_id`. */
export interface WxaMediaCheckContent {
  /** `appid`. */
  appid?: string;
  /** `trace_id`. */
  trace_id?: string;
  /** `version`: 2 in the new form. */
  version?: number;
  /** `detail`. */
  detail?: MediaCheckDetailContent[];
  /** `result`. */
  result?: MediaCheckResultContent;
  /** `isrisky`: v1. */
  isrisky?: number;
  /** `extra_info_json`: v1. */
  extra_info_json?: string;
  /** `status_code`: v1. */
  status_code?: number;
}

/** An order in the old 微信小店. */
export interface MerchantOrderContent {
  /** `OrderId`. */
  order_id?: string;
  /** `OrderStatus`: 2 = paid. */
  order_status?: number;
  /** `ProductId`. */
  product_id?: string;
  /** `SkuInfo`. */
  sku_info?: string;
}

/** A payment with a card (买单). */
export interface UserPayFromPayCellContent {
  /** `CardId`. */
  card_id?: string;
  /** `UserCardCode`. */
  user_card_code?: string;
  /** `TransId`. */
  trans_id?: string;
  /** `LocationId`. */
  location_id?: string;
  /** `Fee`: fen, numeric text. */
  fee?: string;
  /** `OriginalFee`: fen, numeric text. */
  original_fee?: string;
}

/** The order. */
export interface FundsOrderInfoContent {
  /** `trade_no`. */
  trade_no?: string;
  /** `transaction_id`. */
  transaction_id?: string;
  /** `pay_time`: yyyy-MM-dd HH:mm:ss. */
  pay_time?: string;
}

/** An order was paid. */
export interface FundsOrderPayContent {
  /** `order_info`. */
  order_info?: FundsOrderInfoContent;
}

/** An order was paid; `order_info` varies and stays in the tree. */
export interface OpenProductOrderPayContent {
  /** `order_info`. */
  order_info?: Tree;
}

/** The payment behind it. */
export interface WeChatPayInfoContent {
  /** `MchOrderNo`. */
  mch_order_no?: string;
  /** `TransactionId`. */
  transaction_id?: string;
  /** `PaidTime`. */
  paid_time?: number;
}

/** The goods. */
export interface GoodsInfoContent {
  /** `ProductId`. */
  product_id?: string;
  /** `Quantity`. */
  quantity?: number;
  /** `OrigPrice`. */
  orig_price?: number;
  /** `ActualPrice`. */
  actual_price?: number;
  /** `Attach`. */
  attach?: string;
}

/**
 * Virtual payment: deliver the goods, and answer with
 * `err_code`. Tell repeats by `out_trade_no`.
 */
export interface XpayGoodsDeliverNotifyContent {
  /** `OpenId`. */
  open_id?: string;
  /** `OutTradeNo`. */
  out_trade_no?: string;
  /** `Env`. */
  env?: number;
  /** `WeChatPayInfo`. */
  we_chat_pay_info?: WeChatPayInfoContent;
  /** `GoodsInfo`. */
  goods_info?: GoodsInfoContent;
}

/** The coins. */
export interface CoinInfoContent {
  /** `Quantity`. */
  quantity?: number;
  /** `OrigPrice`. */
  orig_price?: number;
  /** `ActualPrice`. */
  actual_price?: number;
  /** `Attach`. */
  attach?: string;
}

/**
 * Virtual payment: credit the coins, and answer with
 * `err_code`.
 */
export interface XpayCoinPayNotifyContent {
  /** `OpenId`. */
  open_id?: string;
  /** `OutTradeNo`. */
  out_trade_no?: string;
  /** `Env`. */
  env?: number;
  /** `WeChatPayInfo`. */
  we_chat_pay_info?: WeChatPayInfoContent;
  /** `CoinInfo`. */
  coin_info?: CoinInfoContent;
}

/** Virtual payment: a refund ended. */
export interface XpayRefundNotifyContent {
  /** `OpenId`. */
  open_id?: string;
  /** `MchRefundId`. */
  mch_refund_id?: string;
  /** `WxRefundId`. */
  wx_refund_id?: string;
  /** `MchOrderId`. */
  mch_order_id?: string;
  /** `WxOrderId`. */
  wx_order_id?: string;
  /** `WxpayRefundTransactionId`. */
  wxpay_refund_transaction_id?: string;
  /** `RefundFee`. */
  refund_fee?: number;
  /** `RetCode`. */
  ret_code?: number;
  /** `RetMsg`. */
  ret_msg?: string;
  /** `RefundStartTimestamp`. */
  refund_start_timestamp?: number;
  /** `RefundSuccTimestamp`. */
  refund_succ_timestamp?: number;
  /** `RetryTimes`. */
  retry_times?: number;
}

/** One step of a complaint. */
export interface ComplaintHistoryContent {
  /** `time`. */
  time?: string;
  /** `content`. */
  content?: string;
  /** `media_id_list`. */
  media_id_list?: string[];
}

/** A complaint (维权) about an order; JSON pushes name it with a space. */
export interface ComplaintCallbackContent {
  /** `appid`. */
  appid?: string;
  /** `option_type`. */
  option_type?: string;
  /** `complaint_order_id`. */
  complaint_order_id?: string;
  /** `status`. */
  status?: string;
  /** `create_time`. */
  create_time?: string;
  /** `expire_time`. */
  expire_time?: string;
  /** `type`. */
  type?: string;
  /** `order_id`. */
  order_id?: string;
  /** `out_trade_no`. */
  out_trade_no?: string;
  /** `phone_number`. */
  phone_number?: string;
  /** `open_id`. */
  open_id?: string;
  /** `customer_material_content`. */
  customer_material_content?: string;
  /** `customer_material_media_id_list`. */
  customer_material_media_id_list?: string[];
  /** `pay_time`. */
  pay_time?: string;
  /** `total_cost`. */
  total_cost?: string;
  /** `product_name`. */
  product_name?: string;
  /** `history`. */
  history?: ComplaintHistoryContent[];
}

/** A user filled in an invoice request, or failed to. */
export interface UserAuthorizeInvoiceContent {
  /** `SuccOrderId`. */
  succ_order_id?: string;
  /** `FailOrderId`. */
  fail_order_id?: string;
  /** `AppId`: also named AuthorizeAppId in some docs. */
  app_id?: string;
  /** `Source`: web, app, wap. */
  source?: string;
}

/** A user received a card. Several may come in one second. */
export interface UserGetCardContent {
  /** `CardId`. */
  card_id?: string;
  /** `IsGiveByFriend`. */
  is_give_by_friend?: number;
  /** `UserCardCode`. */
  user_card_code?: string;
  /** `FriendUserName`: empty when not gifted. */
  friend_user_name?: string;
  /** `OuterId`. */
  outer_id?: number;
  /** `OldUserCardCode`. */
  old_user_card_code?: string;
  /** `OuterStr`. */
  outer_str?: string;
  /** `IsRestoreMemberCard`. */
  is_restore_member_card?: number;
  /** `IsRecommendByFriend`. */
  is_recommend_by_friend?: number;
  /** `UnionId`. */
  union_id?: string;
  /** `SourceScene`: seen in captures. */
  source_scene?: string;
}

/** A card was used. */
export interface UserConsumeCardContent {
  /** `CardId`. */
  card_id?: string;
  /** `UserCardCode`. */
  user_card_code?: string;
  /** `ConsumeSource`. */
  consume_source?: string;
  /** `LocationName`. */
  location_name?: string;
  /** `StaffOpenId`. */
  staff_open_id?: string;
  /** `VerifyCode`. */
  verify_code?: string;
  /** `RemarkAmount`. */
  remark_amount?: string;
  /** `OuterStr`. */
  outer_str?: string;
}

/** A user deleted a card. */
export interface UserDelCardContent {
  /** `CardId`. */
  card_id?: string;
  /** `UserCardCode`. */
  user_card_code?: string;
}

/** A user opened a card. */
export interface UserViewCardContent {
  /** `CardId`. */
  card_id?: string;
  /** `UserCardCode`. */
  user_card_code?: string;
  /** `OuterStr`. */
  outer_str?: string;
}

/** A user passes a card on. */
export interface UserGiftingCardContent {
  /** `CardId`. */
  card_id?: string;
  /** `UserCardCode`. */
  user_card_code?: string;
  /** `IsReturnBack`. */
  is_return_back?: number;
  /** `FriendUserName`. */
  friend_user_name?: string;
  /** `IsChatRoom`. */
  is_chat_room?: number;
}

/**
 * A user changed, revoked or cancelled what you may keep: delete it. The user concerned is
 * `open_id`, not the sender.
 */
export interface UserAuthorizationContent {
  /** `OpenID`: lower-case openid in user_info_modified samples. */
  open_id?: string;
  /** `AppID`: lower-case appid in user_info_modified samples. */
  app_id?: string;
  /** `RevokeInfo`: comma list of revoked item numbers. */
  revoke_info?: string;
  /** `PluginID`: MP plugin. */
  plugin_id?: string;
  /** `OpenPID`: MP plugin. */
  open_pid?: string;
}

/** A verification succeeded or expires. */
export interface VerifySuccessContent {
  /** `ExpiredTime`. */
  expired_time?: number;
}

/** A verification failed. */
export interface VerifyFailContent {
  /** `FailTime`. */
  fail_time?: number;
  /** `FailReason`. */
  fail_reason?: string;
}

/** The mini program passed its review. */
export interface WeappAuditSuccessContent {
  /** `SuccTime`. */
  succ_time?: number;
}

/** The mini program failed its review. */
export interface WeappAuditFailContent {
  /** `Reason`: holds HTML <br>. */
  reason?: string;
  /** `FailTime`. */
  fail_time?: number;
  /** `ScreenShot`: media ids joined by a vertical bar. */
  screen_shot?: string;
}

/** The review of the mini program takes longer. */
export interface WeappAuditDelayContent {
  /** `Reason`. */
  reason?: string;
  /** `DelayTime`. */
  delay_time?: number;
}

/**
 * The ticket that is pushed to a third-party platform every ten minutes: store it, answer
 * `success`.
 */
export interface ComponentVerifyTicketContent {
  /** `AppId`: component appid. */
  app_id?: string;
  /** `ComponentVerifyTicket`. */
  component_verify_ticket?: string;
}

/** An account authorized the platform. */
export interface AuthorizedContent {
  /** `AppId`. */
  app_id?: string;
  /** `AuthorizerAppid`. */
  authorizer_appid?: string;
  /** `AuthorizationCode`. */
  authorization_code?: string;
  /** `AuthorizationCodeExpiredTime`. */
  authorization_code_expired_time?: number;
  /** `PreAuthCode`. */
  pre_auth_code?: string;
}

/** An account changed what it authorized. */
export interface UpdateAuthorizedContent {
  /** `AppId`. */
  app_id?: string;
  /** `AuthorizerAppid`. */
  authorizer_appid?: string;
  /** `AuthorizationCode`. */
  authorization_code?: string;
  /** `AuthorizationCodeExpiredTime`. */
  authorization_code_expired_time?: number;
  /** `PreAuthCode`. */
  pre_auth_code?: string;
}

/** An account withdrew its authorization. */
export interface UnauthorizedContent {
  /** `AppId`. */
  app_id?: string;
  /** `AuthorizerAppid`. */
  authorizer_appid?: string;
}

/**
 * 微信云托管 asks whether anything answers at the path that was set for pushes: answer `success`. It has
 * no signature, as no push of 微信云托管 has one.
 */
export interface CheckContainerPathContent {
  /** `action`. */
  action?: string;
}

/** What a push says of its type, if that type is not typed. */
export interface UntypedContent {
  /** `MsgType`, as it stands. */
  msg_type?: string;
  /** `Event`, as it stands; senders differ in letter case. */
  event?: string;
  /** `EventKey`, as it stands: an opaque string, often empty. */
  event_key?: string;
  /** `InfoType` of a push to a third-party platform about itself. */
  info_type?: string;
}

/** No bytes at all: nothing is shown, nothing is repeated. */
export interface EmptyReply {
  /** What it is. */
  type: "empty";
}

/**
 * `{"ErrCode":0,"ErrMsg":"…"}`, which some events want. Any push may be answered with it, as there may
 * be others that this version does not know.
 */
export interface ErrCodeReply {
  /** What it is. */
  type: "err_code";
  /** 0 says that all is well; anything else has the event repeated. */
  err_code: number;
  /** `success` unless told. */
  err_msg?: string | undefined;
}

/** A picture. */
export interface ImageReply {
  /** What it is. */
  type: "image";
  /** Of temporary or permanent media. */
  media_id: string;
}

/** A piece of music. */
export interface MusicReply {
  /** What it is. */
  type: "music";
  /** The title. */
  title?: string | undefined;
  /** The description. */
  description?: string | undefined;
  /** Where the music is. */
  music_url?: string | undefined;
  /** Where it is in better quality, preferred on Wi-Fi. */
  hq_music_url?: string | undefined;
  /** The cover, as media. Required by WeChat. */
  thumb_media_id: string;
}

/** One article of `news`. */
export interface ArticleOfReply {
  /** The title. */
  title: string;
  /** The description. */
  description?: string | undefined;
  /** The picture: JPG or PNG, 360 × 200 for the first article and 200 × 200 for the others. */
  pic_url?: string | undefined;
  /** Where a tap leads. */
  url?: string | undefined;
}

/**
 * Articles: exactly one in answer to a text, image, voice, video or location, otherwise up to
 * eight. WeChat drops what is more without a word, so that is an error here.
 */
export interface NewsReply {
  /** What it is. */
  type: "news";
  /** The articles. */
  articles: readonly ArticleOfReply[];
}

/**
 * `success`: nothing is shown, nothing is repeated. The right answer when the real one follows
 * through the API.
 */
export interface SuccessReply {
  /** What it is. */
  type: "success";
}

/** A text; line breaks are kept. */
export interface TextReply {
  /** What it is. */
  type: "text";
  /** The text, not empty. */
  content: string;
}

/** Hands the message that is being answered to the human agents. For messages, not for events. */
export interface TransferCustomerServiceReply {
  /** What it is. */
  type: "transfer_customer_service";
  /** A certain agent, `name@account`. Official accounts only. */
  kf_account?: string | undefined;
}

/** A video. */
export interface VideoReply {
  /** What it is. */
  type: "video";
  /** Of temporary or permanent media. */
  media_id: string;
  /** The title. */
  title?: string | undefined;
  /** The description. */
  description?: string | undefined;
}

/** A voice message. */
export interface VoiceReply {
  /** What it is. */
  type: "voice";
  /** Of temporary or permanent media. */
  media_id: string;
}

/** A passive reply (被动回复): the answer in the HTTP response to a push. */
export type Reply = EmptyReply | ErrCodeReply | ImageReply | MusicReply | NewsReply | SuccessReply | TextReply | TransferCustomerServiceReply | VideoReply | VoiceReply;

/**
 * A text; it may hold links to mini programs and menu items.
 * For: mini programs and official accounts.
 */
export interface TextMessage {
  /**
   * The text, not empty. Above 2048 bytes it was
   * refused when it was measured.
   */
  content: string;
}

/**
 * A picture.
 * For: mini programs and official accounts.
 */
export interface ImageMessage {
  /** An uploaded picture. */
  media_id: string;
}

/**
 * A voice message.
 * For: official accounts.
 */
export interface VoiceMessage {
  /** An uploaded voice. */
  media_id: string;
}

/**
 * A video.
 * For: official accounts.
 */
export interface VideoMessage {
  /** An uploaded video. */
  media_id: string;
  /** An uploaded cover. The page wants one. */
  thumb_media_id?: string | undefined;
  /** The title. */
  title?: string | undefined;
  /** The description. */
  description?: string | undefined;
}

/**
 * A piece of music.
 * For: official accounts.
 */
export interface MusicMessage {
  /** The title. The page wants one. */
  title?: string | undefined;
  /** The description. The page wants one. */
  description?: string | undefined;
  /** Where the music is. */
  musicurl: string;
  /** Where it is in better quality, preferred on Wi-Fi. */
  hqmusicurl?: string | undefined;
  /** An uploaded cover. */
  thumb_media_id: string;
}

/** The article of `news`. */
export interface NewsArticle {
  /** The title. */
  title: string;
  /** The description. */
  description: string;
  /** Where a tap leads. */
  url: string;
  /** The picture: JPG or PNG, best 640 × 320. */
  picurl: string;
}

/**
 * An article that opens a page on the web: exactly one, since 2018-10-12 (45008 otherwise).
 * For: official accounts.
 */
export interface NewsMessage {
  /** The article. */
  articles: readonly [NewsArticle];
}

/**
 * An article of permanent material. Accounts whose material has moved to drafts are refused with
 * 40007; `mpnewsarticle` took its place.
 * For: official accounts.
 */
export interface MpNewsMessage {
  /** Permanent material. */
  media_id: string;
}

/**
 * A published article (发布能力).
 * For: official accounts.
 */
export interface MpNewsArticleMessage {
  /** The id of the published article. */
  article_id: string;
}

/** An item of `msgmenu`. */
export interface MenuItem {
  /**
   * What comes back as `bizmsgmenuid`: digits, as some clients replace an id that is something
   * else (`menu_id`).
   */
  id: string | number;
  /** What it says. */
  content: string;
}

/**
 * A menu. A tap comes back as a text with `bizmsgmenuid`, and counts as a tap on the account's
 * menu, not as a message.
 * For: official accounts.
 */
export interface MsgMenuMessage {
  /** The text above the items. */
  head_content?: string | undefined;
  /** The items. */
  list: readonly MenuItem[];
  /** The text below the items. */
  tail_content?: string | undefined;
}

/**
 * A card or coupon, without a code of its own or with an imported one.
 * For: official accounts.
 */
export interface WxCardMessage {
  /** The card. */
  card_id: string;
  /** Older pages: more about the card, as a JSON text. */
  card_ext?: string | undefined;
}

/**
 * A card that opens a page of a mini program.
 * For: mini programs and official accounts.
 */
export interface MiniProgramPageMessage {
  /** The title. */
  title: string;
  /**
   * The mini program, bound to the official account. A mini program sends cards of its own and
   * leaves this out.
   */
  appid?: string | undefined;
  /** The page, as in `app.json`, with a query if need be. */
  pagepath: string;
  /** An uploaded picture, best 520 × 416. */
  thumb_media_id: string;
}

/**
 * A link that opens a page on the web.
 * For: mini programs.
 */
export interface LinkMessage {
  /** The title. */
  title: string;
  /** The description. */
  description: string;
  /** Where a tap leads. */
  url: string;
  /** The picture. */
  thumb_url: string;
}

/** A message to a user (客服消息): its type, and the object of that name. */
export type Outbound =
  | { msgtype: "text"; text: TextMessage }
  | { msgtype: "image"; image: ImageMessage }
  | { msgtype: "voice"; voice: VoiceMessage }
  | { msgtype: "video"; video: VideoMessage }
  | { msgtype: "music"; music: MusicMessage }
  | { msgtype: "news"; news: NewsMessage }
  | { msgtype: "mpnews"; mpnews: MpNewsMessage }
  | { msgtype: "mpnewsarticle"; mpnewsarticle: MpNewsArticleMessage }
  | { msgtype: "msgmenu"; msgmenu: MsgMenuMessage }
  | { msgtype: "wxcard"; wxcard: WxCardMessage }
  | { msgtype: "miniprogrampage"; miniprogrampage: MiniProgramPageMessage }
  | { msgtype: "link"; link: LinkMessage };

/** The types of messages to a user. */
export type OutboundType = Outbound["msgtype"];

/** Who is shown to send a message. */
export interface SendingAgent {
  /** The agent whose name and picture are shown (`name@wechat_id`). */
  kf_account: string;
}

/** What is said of the origin of a text. */
export interface AiContext {
  /** 1: 「内容由第三方AI生成」 is shown below the message. */
  is_ai_msg?: 0 | 1 | undefined;
}

/** What stands beside the message. */
export interface SendMessageParamsEnvelope {
  /** The openid of the user. */
  touser: string;
  /** Who is shown to send it. */
  customservice?: SendingAgent | undefined;
  /** What is said of the origin of the text. */
  aimsgcontext?: AiContext | undefined;
  /** The sub merchant (子商户) of a mini program that sends. */
  businessid?: string | number | undefined;
}

/** Sends a message to a user (发送客服消息). */
export type SendMessageParams = SendMessageParamsEnvelope & Outbound;

/** What stands beside the message. */
export interface SendMessageForBusinessParamsEnvelope {
  /** The openid of the user. */
  touser: string;
  /** Who is shown to send it. */
  customservice?: SendingAgent | undefined;
  /** What is said of the origin of the text. */
  aimsgcontext?: AiContext | undefined;
  /** The sub merchant (子商户) of a mini program that sends. */
  businessid: string | number;
}

/** Sends a message to a user (发送客服消息). */
export type SendMessageForBusinessParams = SendMessageForBusinessParamsEnvelope & Extract<Outbound, { msgtype: "text" | "image" | "miniprogrampage" | "link" }>;

/** Shows the user that somebody is typing (客服输入状态). */
export interface SetTypingParams {
  /** The openid of the user. */
  touser: string;
  /** `Typing`: 「对方正在输入」 is shown for 15 seconds, or until a message comes. `CancelTyping`: it is no longer shown. */
  command: "Typing" | "CancelTyping";
  /** The sub merchant (子商户) of a mini program. */
  businessid?: string | number | undefined;
}

/** Shows the user that somebody is typing (客服输入状态). */
export interface SetTypingForBusinessParams {
  /** The openid of the user. */
  touser: string;
  /** `Typing`: 「对方正在输入」 is shown for 15 seconds, or until a message comes. `CancelTyping`: it is no longer shown. */
  command: "Typing" | "CancelTyping";
  /** The sub merchant (子商户) of a mini program. */
  businessid?: string | number | undefined;
}

/** Adds an agent (添加客服账号). Set the account's 微信号 in the console first. */
export interface AddKfAccountParams {
  /**
   * `name@wechat_id`: up to 10 letters of ASCII, digits and underscores, and the account's
   * own WeChat id of up to 30 characters.
   */
  kf_account: string;
  /** What users see, up to 16 characters. */
  nickname: string;
  /** The sub merchant (子商户) whose agent it is. */
  business_id?: string | number | undefined;
  /** The MD5 of a password, as the old system (多客服) wanted it; the present pages have none. */
  password?: string | undefined;
}

/**
 * Adds an agent of a mini program by the WeChat id of a person: the form of the pages of 2021 to
 * 2024. `customservice.kfaccount.add` is the present one.
 */
export interface AddKfWxParams {
  /** The WeChat id of the person. */
  kf_wx: string;
}

/** Changes an agent's nickname (修改客服账号). */
export interface UpdateKfAccountParams {
  /** `name@wechat_id`. */
  kf_account: string;
  /** What users see, up to 16 characters. */
  nickname: string;
  /** The MD5 of a password, as the old system (多客服) wanted it; the present pages have none. */
  password?: string | undefined;
}

/** Removes an agent (删除客服账号). */
export interface DeleteKfAccountParams {
  /** `name@wechat_id`. */
  kf_account: string;
  /** The sub merchant (子商户) whose agent it is. */
  business_id?: string | number | undefined;
}

/**
 * Removes an agent in the way of older pages: with everything in the query string.
 * `customservice.kfaccount.del` is the present one.
 */
export interface DeleteKfAccountByQueryParams {
  /** Of an official account: `name@wechat_id`. */
  kf_account?: string | undefined;
  /** Of a mini program: the agent's openid. */
  kf_openid?: string | undefined;
}

/** Invites a person to be an agent (邀请绑定客服账号): it is a WeChat id that answers for the agent. */
export interface InviteKfWorkerParams {
  /** `name@wechat_id`. */
  kf_account: string;
  /** The WeChat id of the person. */
  invite_wx: string;
}

/** A file to upload: its bytes, or those in base64. */
export type Upload = { media: Uint8Array } | { media_base64: string };

/** What stands beside the file. */
export interface UploadKfHeadImgParamsEnvelope {
  /** The agent: `name@wechat_id`. */
  kf_account: string;
  /** Its name. Only plain ASCII is sent, and the ending is that of the file's type. */
  filename?: string | undefined;
  /** 16 fresh random bytes as hexadecimal digits, for the line between the parts of the form. */
  random?: string | undefined;
}

/** Uploads the picture of an agent (设置客服账号的头像). */
export type UploadKfHeadImgParams = UploadKfHeadImgParamsEnvelope & Upload;

/** Makes an agent of a mini program an administrator (设置客服管理员). */
export interface SetKfAdminParams {
  /** The agent's openid, as `customservice.getkflist` answers it. */
  kf_openid: string;
  /** The sub merchant (子商户) whose agent it is. */
  business_id?: string | number | undefined;
}

/** Takes that back (取消客服管理员). */
export interface CancelKfAdminParams {
  /** The agent's openid, as `customservice.getkflist` answers it. */
  kf_openid: string;
  /** The sub merchant (子商户) whose agent it is. */
  business_id?: string | number | undefined;
}

/** All agents (获取所有客服账号). */
export interface GetKfListParams {
  /** The agents of this sub merchant (子商户). */
  business_id?: string | number | undefined;
}

/** An agent. */
export interface KfResult {
  /** `name@wechat_id`. */
  kf_account?: string;
  /** The nickname. */
  kf_nick?: string;
  /** The number. */
  kf_id?: string;
  /** The picture. */
  kf_headimgurl?: string;
  /** The WeChat id that answers, once bound. */
  kf_wx?: string;
  /** The openid, at a mini program. */
  kf_openid?: string;
  /** The WeChat id that is invited. */
  invite_wx?: string;
  /** When the invitation ends. */
  invite_expire_time?: number;
  /** `waiting`, `rejected` or `expired`. */
  invite_status?: string;
}

/** What `customservice.getkflist` answers. */
export interface KfListResult {
  /** The agents. */
  kf_list: KfResult[];
}

/** The agents that are online (获取在线客服列表). */
export interface GetOnlineKfListParams {
  /** The agents of this sub merchant (子商户). */
  business_id?: string | number | undefined;
}

/** An agent that is online. */
export interface OnlineKfResult {
  /** `name@wechat_id`. */
  kf_account?: string;
  /** 0 offline, 1 on the web. Older pages: 1 on a computer, 2 on a phone, 3 on both. */
  status?: number;
  /** The number. */
  kf_id?: string;
  /** How many sessions the agent has now. */
  accepted_case?: number;
  /** How many the agent takes by itself, on older pages. */
  auto_accept?: number;
  /** The openid, at a mini program. */
  kf_openid?: string;
}

/** What `customservice.getonlinekflist` answers. */
export interface OnlineKfListResult {
  /** The agents that are online. */
  kf_online_list: OnlineKfResult[];
}

/**
 * Gives a user to an agent (创建会话). The agent must be bound and online; a session that exists is
 * accepted, too.
 */
export interface CreateKfSessionParams {
  /** `name@wechat_id`. */
  kf_account: string;
  /** The user. */
  openid: string;
  /** A remark for the agent, on older pages. */
  text?: string | undefined;
}

/** Ends a session (关闭会话). */
export interface CloseKfSessionParams {
  /** `name@wechat_id`. */
  kf_account: string;
  /** The user. */
  openid: string;
  /** A remark for the agent, on older pages. */
  text?: string | undefined;
}

/** Which agent serves a user (获取客户会话状态). */
export interface GetKfSessionParams {
  /** The user. */
  openid: string;
}

/** What `customservice.kfsession.getsession` answers. */
export interface KfSessionResult {
  /** When the session began. */
  createtime?: number;
  /** The agent; empty if nobody serves the user. */
  kf_account?: string;
}

/** The users that an agent serves (获取客服会话列表). */
export interface GetKfSessionListParams {
  /** `name@wechat_id`. */
  kf_account: string;
}

/** A session of an agent. */
export interface OpenKfSessionResult {
  /** When it began. */
  createtime?: number;
  /** The user. */
  openid?: string;
}

/** What `customservice.kfsession.getsessionlist` answers. */
export interface KfSessionListResult {
  /** The sessions. */
  sessionlist: OpenKfSessionResult[];
}

/** The users that wait for an agent (获取未接入会话列表). */
export interface GetWaitCaseParams {
}

/** A user that waits. */
export interface WaitCaseResult {
  /** When the user last wrote. */
  latest_time?: number;
  /** The user. */
  openid?: string;
  /** The agent that the user asked for, on older pages. */
  kf_account?: string;
  /** When the user came, on older pages. */
  createtime?: number;
}

/** What `customservice.kfsession.getwaitcase` answers. */
export interface WaitCaseListResult {
  /** How many wait in all. */
  count?: number;
  /** The first 100 of them, in the order of their arrival. */
  waitcaselist: WaitCaseResult[];
}

/** The records of a time of up to a day (获取聊天记录). `MsgRecordPager` asks for all of its pages. */
export interface GetMsgListParams {
  /** The beginning, in whole seconds. */
  starttime: number;
  /** The end, at most 24 hours later. */
  endtime: number;
  /** Where to begin: 1, then what the last answer says. */
  msgid: number;
  /** How many at the most: up to 10 000. */
  number: number;
}

/** One message. */
export interface MsgRecordResult {
  /** The user. */
  openid?: string;
  /** 2002 if the agent sent it, 2003 if the agent received it. */
  opercode?: number;
  /** The text; `[image]`, `[voice]` and `[video]` for what is none. */
  text?: string;
  /** When. */
  time?: number;
  /** The agent. */
  worker?: string;
}

/** What `customservice.msgrecord.getmsglist` answers. */
export interface MsgListResult {
  /** The records. */
  recordlist: MsgRecordResult[];
  /** How many there are. */
  number?: number;
  /** Where the next call begins. */
  msgid?: number;
}

/** What stands beside the file. */
export interface UploadMediaParamsEnvelope {
  /** What to upload it as; found from the bytes unless told. */
  type?: "image" | "thumb" | "video" | "voice" | undefined;
  /** Its name. Only plain ASCII is sent, and the ending is that of the file's type. */
  filename?: string | undefined;
  /** 16 fresh random bytes as hexadecimal digits, for the line between the parts of the form. */
  random?: string | undefined;
}

/** Uploads a file as temporary media (新增临时素材). */
export type UploadMediaParams = UploadMediaParamsEnvelope & Upload;

/** A file on the platform. */
export interface UploadedResult {
  /** What it was uploaded as. */
  type: "image" | "thumb" | "video" | "voice";
  /** Its id. */
  media_id: string;
  /** When it was uploaded. */
  created_at?: number;
  /** When the platform forgets it. */
  expires_at?: number;
}

/** Downloads temporary media (获取临时素材). */
export interface GetMediaParams {
  /** Of an upload, or of a message that a user sent. */
  media_id: string;
}

/** The file itself. */
export interface DownloadedFileResult {
  /** Its media type, as the platform says. */
  content_type?: string;
  /** Its name, as the platform says. Do not use it as a path. */
  filename?: string;
  /** Its bytes. */
  media: Uint8Array;
}

/** Where a video is. */
export interface DownloadedVideoResult {
  /** Its address. */
  video_url: string;
}

/**
 * Downloads a voice that was recorded in a web page with the JS-SDK, in its better quality: speex at
 * 16 kHz (获取高清语音素材).
 */
export interface GetJssdkMediaParams {
  /** Of the JS-SDK's `uploadVoice`. */
  media_id: string;
}

/** Registers a sub merchant (注册子商户). For mini programs of the category 电商平台. */
export interface RegisterBusinessParams {
  /** 6 to 30 letters of ASCII, digits and underscores. It cannot be changed. */
  account_name: string;
  /** What users see: 4 to 30, where a Chinese character counts twice. */
  nickname: string;
  /** An uploaded picture. */
  icon_media_id: string;
  /** Whether its messages go to the mini program's own agents. */
  transfer_to_commkf?: boolean | undefined;
}

/** What `business.register` answers. */
export interface BusinessIdResult {
  /** The sub merchant. */
  business_id: string;
}

/** Changes a sub merchant (更新子商户). */
export interface UpdateBusinessParams {
  /** The sub merchant. */
  business_id: string | number;
  /** What users see. */
  nickname?: string | undefined;
  /** An uploaded picture. */
  icon_media_id?: string | undefined;
}

/** One sub merchant, by its id or its name (获取子商户). */
export interface GetBusinessParams {
  /** The sub merchant. */
  business_id?: string | number | undefined;
  /** Its name. */
  account_name?: string | undefined;
}

/** A sub merchant. */
export interface BusinessResult {
  /** Its id. */
  business_id?: string;
  /** Its name. */
  account_name?: string;
  /** What users see. */
  nickname?: string;
  /** Its picture, as media. */
  icon_media_id?: string;
  /** Its picture, as an address. */
  icon_url?: string;
}

/** What `business.get` answers. */
export interface BusinessAnswerResult {
  /** The sub merchant. */
  business_info?: BusinessResult;
}

/** The sub merchants (获取子商户列表). A page of fewer than `count` is the last. */
export interface ListBusinessParams {
  /** From 0. */
  offset: number;
  /** Up to 200. */
  count: number;
}

/** What `business.list` answers. */
export interface BusinessListResult {
  /** The sub merchants. */
  list: BusinessResult[];
}

/** Binds a mini program to a company of WeCom (绑定微信客服), whose rules hold from then on. */
export interface BindKfWorkParams {
  /** The company. */
  corpid: string;
}

/** Takes that back (解绑微信客服). */
export interface UnbindKfWorkParams {
  /** The company. */
  corpid: string;
}

/** Which company of WeCom it is bound to (查询绑定). */
export interface GetKfWorkBoundParams {
}

/** What `customservice.work.get` answers: nothing if it is not bound. */
export interface KfWorkBoundResult {
  /** The entity behind the mini program. */
  entityName?: string;
  /** The company. */
  corpid?: string;
  /** When it was bound. */
  bindTime?: number;
}

/**
 * Refills the quota of customer-service messages after a buyer's review (重置 Api 客服 quota), part
 * of 交易保障. The page does not say what exactly it refills.
 */
export interface ResetApiKfQuotaParams {
  /** The review (评价). */
  commentId: string;
}

/** What `wxaapi.comment.apikfquota.reset` answers. */
export interface ResetQuotaResult {
  /** Whether it was done. */
  success?: boolean;
}

/**
 * Fetches an access token (获取接口调用凭据). Every call ends the token before, within about five
 * minutes: let one process fetch it for all, or use `stable_token`.
 */
export interface GetAccessTokenParams {
  /** The app id. */
  appid: string;
  /** The app's secret (AppSecret). */
  secret: string;
  /** `client_credential`, and that is what is sent. */
  grant_type?: "client_credential" | undefined;
}

/** What `token` and `stable_token` answer. */
export interface AccessTokenResult {
  /** The token; up to 512 characters. */
  access_token: string;
  /** How many seconds it has left: up to 7200, and few for a stable token about to end. */
  expires_in: number;
}

/**
 * Fetches the stable access token (获取稳定版接口调用凭据): the same one for every process until it
 * ends, with the time that it has left. It does not disturb the tokens of `token`.
 */
export interface GetStableAccessTokenParams {
  /** The app id. */
  appid: string;
  /** The app's secret (AppSecret). */
  secret: string;
  /** `client_credential`, and that is what is sent. */
  grant_type?: "client_credential" | undefined;
  /** Whether to end the present token at once, for one that has leaked. */
  force_refresh?: boolean | undefined;
}

/** Fetches a third-party platform's own token (获取令牌). */
export interface GetComponentAccessTokenParams {
  /** The platform's app id. */
  component_appid: string;
  /** The platform's secret. */
  component_appsecret: string;
  /** The ticket that was pushed last (`component_verify_ticket`). */
  component_verify_ticket: string;
}

/** What `component.api_component_token` answers. */
export interface ComponentAccessTokenResult {
  /** The token. */
  component_access_token: string;
  /** How many seconds it has left. */
  expires_in: number;
}

/**
 * Exchanges the code of an account's authorisation for its tokens (使用授权码获取授权信息). Keep the refresh
 * token: the first of them is answered only here.
 */
export interface QueryAuthParams {
  /** The platform's app id. */
  component_appid: string;
  /** The code: of the redirect after the authorisation, or of the push `authorized`. */
  authorization_code: string;
}

/** A set of permissions (权限集). */
export interface FuncscopeCategoryResult {
  /** Its number. */
  id?: number;
}

/** A set of permissions that was authorised. */
export interface AuthorizedFunctionResult {
  /** Which set. */
  funcscope_category?: FuncscopeCategoryResult;
}

/** What an account has authorised a third-party platform to do, and its tokens. */
export interface AuthorizationInfoResult {
  /** The account. */
  authorizer_appid: string;
  /** The first token. */
  authorizer_access_token: string;
  /** How many seconds it has left. */
  expires_in: number;
  /** For the next time: keep it. */
  authorizer_refresh_token: string;
  /** The sets of permissions (权限集). */
  func_info: AuthorizedFunctionResult[];
}

/** What `component.api_query_auth` answers. */
export interface AuthorizationResult {
  /** What the account has authorised. */
  authorization_info: AuthorizationInfoResult;
}

/**
 * Fetches the token of an account that a third-party platform acts for
 * (获取授权账号调用令牌). Keep the refresh token that it answers.
 */
export interface GetAuthorizerAccessTokenParams {
  /** The platform's app id. */
  component_appid: string;
  /** The account's app id. */
  authorizer_appid: string;
  /** The refresh token that was answered last, as it was. */
  authorizer_refresh_token: string;
}

/** What `component.api_authorizer_token` answers. */
export interface AuthorizerAccessTokenResult {
  /** The token. */
  authorizer_access_token: string;
  /** How many seconds it has left. */
  expires_in: number;
  /** For the next time: keep it. */
  authorizer_refresh_token: string;
}

/** The addresses that calls go to (获取微信 API 服务器 IP). */
export interface GetApiDomainIpParams {
}

/** What `get_api_domain_ip` and `getcallbackip` answer. */
export interface IpListResult {
  /** Addresses and ranges. */
  ip_list: string[];
}

/** The addresses that pushes come from (获取微信推送服务器 IP). */
export interface GetCallbackIpParams {
}

/** Has the platform try to reach the callback URL (网络通信检测). */
export interface CallbackCheckParams {
  /** `dns`, `ping` or `all`. */
  action: "dns" | "ping" | "all";
  /** From whose network: `CHINANET`, `UNICOM`, `CAP` (Tencent's own) or `DEFAULT`. */
  check_operator: "CHINANET" | "UNICOM" | "CAP" | "DEFAULT";
}

/** An address of the host. */
export interface CallbackDnsResult {
  /** The address. */
  ip?: string;
  /** Whose network it is in. */
  real_operator?: string;
}

/** How an address answers. */
export interface CallbackPingResult {
  /** The address. */
  ip?: string;
  /** Whose network it was tried from. */
  from_operator?: string;
  /** `0%` or `100%`. */
  package_loss?: string;
  /** Such as `23.079ms`. */
  time?: string;
}

/** What `callback.check` answers. */
export interface CallbackReportResult {
  /** What the name of the host resolves to. */
  dns: CallbackDnsResult[];
  /** How it answers. */
  ping: CallbackPingResult[];
}

/** Sets the account's counts of calls to zero (重置 API 调用次数). */
export interface ClearQuotaParams {
  /** The app id. */
  appid: string;
}

/**
 * The same without a token (使用 AppSecret 重置 API 调用次数): for when fetching tokens is what is
 * used up.
 */
export interface ClearQuotaByAppSecretParams {
  /** The app id. */
  appid: string;
  /** The app's secret (AppSecret). */
  appsecret: string;
}

/**
 * Sets a third-party platform's own counts to zero, such as that of fetching its token; those of the
 * accounts that it acts for stay.
 */
export interface ClearComponentQuotaParams {
  /** The platform's app id. */
  component_appid: string;
}

/**
 * The same without a token, for the platform or an account that it acts for
 * (使用 AppSecret 重置第三方平台 API 调用次数).
 */
export interface ClearComponentQuotaByAppSecretParams {
  /** The account whose counts are meant; the platform's own app id for its own. */
  appid: string;
  /** The platform's app id. */
  component_appid: string;
  /** The platform's secret. */
  appsecret: string;
}

/** Sets the count of one call to zero (重置指定 API 调用次数). */
export interface ClearApiQuotaParams {
  /** The path of the call, such as `/cgi-bin/message/custom/send`. */
  cgi_path: string;
}

/**
 * How often a call may be made, and has been (查询 API 调用额度). This is the account's limit, not
 * the number of messages that a user can be sent.
 */
export interface GetApiQuotaParams {
  /** The path of the call, such as `/cgi-bin/message/custom/send`. */
  cgi_path: string;
}

/** The calls of a day. */
export interface DailyQuotaResult {
  /** As many may be made. */
  daily_limit?: number;
  /** As many have been made. */
  used?: number;
  /** As many are left. */
  remain?: number;
}

/** The calls of a short time. */
export interface RateLimitResult {
  /** As many may be made. */
  call_count?: number;
  /** In so many seconds. */
  refresh_second?: number;
}

/** What `openapi.quota.get` answers. */
export interface ApiQuotaResult {
  /** The calls of a day. */
  quota?: DailyQuotaResult;
  /** The calls of a shorter time. */
  rate_limit?: RateLimitResult;
  /** The same for calls of a third-party platform. */
  component_rate_limit?: RateLimitResult;
}

/**
 * What the platform knows of one call (查询 rid 信息): see
 * `rid`.
 */
export interface GetRidInfoParams {
  /** The id of the call. */
  rid: string;
}

/** A call that was made. */
export interface RidRequestResult {
  /** When. */
  invoke_time?: number;
  /** How long it took, in milliseconds. */
  cost_in_ms?: number;
  /** Where to. **It holds the token**, so it is not shown by `Debug`. */
  request_url?: string;
  /** What was sent. */
  request_body?: string;
  /** What was answered. */
  response_body?: string;
  /** From which address. */
  client_ip?: string;
}

/** What `openapi.rid.get` answers. */
export interface RidInfoResult {
  /** The call. */
  request?: RidRequestResult;
}

/** What a call answers that says no more than that it was accepted. */
export type Accepted = Record<string, never>;

/** Every call: what it takes, and what it answers. */
export interface Endpoints {
  /**
   * Sends a message to a user (发送客服消息).
   *
   * Limits: Per user: what the last action allows (mini program and official account: 5 in 48 h after a message). Per account: 500 000 calls a day. Text: 2048 bytes of UTF-8, measured.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/customer/message/api_sendcustommessage (read 2026-11-21)
   */
  "message.custom.send": { params: SendMessageParams; result: Accepted };
  /**
   * Sends a message to a user (发送客服消息).
   *
   * Limits: Per user: what the last action allows (mini program and official account: 5 in 48 h after a message). Per account: 500 000 calls a day. Text: 2048 bytes of UTF-8, measured.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/customer/message/api_sendcustommessage (read 2026-11-21)
   */
  "message.custom.business.send": { params: SendMessageForBusinessParams; result: Accepted };
  /**
   * Shows the user that somebody is typing (客服输入状态).
   *
   * Limits: Needs a message in either direction within the last 30 s. Lasts 15 s; not to be repeated before.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/customer/message/api_typing (read 2026-11-21)
   */
  "message.custom.typing": { params: SetTypingParams; result: Accepted };
  /**
   * Shows the user that somebody is typing (客服输入状态).
   *
   * Limits: Needs a message in either direction within the last 30 s. Lasts 15 s; not to be repeated before.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/customer/message/api_typing (read 2026-11-21)
   */
  "message.custom.business.typing": { params: SetTypingForBusinessParams; result: Accepted };
  /**
   * Adds an agent (添加客服账号). Set the account's 微信号 in the console first.
   *
   * Limits: At most 100 agents.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/customer/servicermanage/api_addkfaccount (read 2026-11-21)
   */
  "customservice.kfaccount.add": { params: AddKfAccountParams; result: Accepted };
  /**
   * Adds an agent of a mini program by the WeChat id of a person: the form of the pages of 2021 to
   * 2024. `customservice.kfaccount.add` is the present one.
   *
   * Limits: Form of 2021 to 2024. At most 100 agents.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/customer/servicermanage/api_addkfaccount (read 2026-11-21)
   */
  "customservice.kfaccount.add.kf_wx": { params: AddKfWxParams; result: Accepted };
  /**
   * Changes an agent's nickname (修改客服账号).
   *
   * Limits: Nickname of 1 to 16 characters.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/customer/servicermanage/api_updatekfaccount (read 2026-11-21)
   */
  "customservice.kfaccount.update": { params: UpdateKfAccountParams; result: Accepted };
  /**
   * Removes an agent (删除客服账号).
   *
   * @see https://developers.weixin.qq.com/doc/service/api/customer/servicermanage/api_delkfaccount (read 2026-11-21)
   */
  "customservice.kfaccount.del": { params: DeleteKfAccountParams; result: Accepted };
  /**
   * Removes an agent in the way of older pages: with everything in the query string.
   * `customservice.kfaccount.del` is the present one.
   *
   * Limits: Older form. One of kf_account (official account) and kf_openid (mini program). The @ stays raw.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/customer/servicermanage/api_delkfaccount (read 2026-11-21)
   */
  "customservice.kfaccount.del.get": { params: DeleteKfAccountByQueryParams; result: Accepted };
  /**
   * Invites a person to be an agent (邀请绑定客服账号): it is a WeChat id that answers for the agent.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/customer/servicermanage/api_invitekfworker (read 2026-11-21)
   */
  "customservice.kfaccount.inviteworker": { params: InviteKfWorkerParams; result: Accepted };
  /**
   * Uploads the picture of an agent (设置客服账号的头像).
   *
   * Limits: JPG, at most 5 MB, best 640 × 640. HTTPS only.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/customer/servicermanage/api_uploadkfheadimg (read 2026-11-21)
   */
  "customservice.kfaccount.uploadheadimg": { params: UploadKfHeadImgParams; result: Accepted };
  /**
   * Makes an agent of a mini program an administrator (设置客服管理员).
   *
   * Limits: The page calls the parameter the agent's number; it is the openid.
   *
   * @see https://developers.weixin.qq.com/miniprogram/dev/server/API/kf-mgnt/kf-message/api_setkfadmin (read 2026-11-21)
   */
  "customservice.kfaccount.setadmin": { params: SetKfAdminParams; result: Accepted };
  /**
   * Takes that back (取消客服管理员).
   *
   * @see https://developers.weixin.qq.com/miniprogram/dev/server/API/kf-mgnt/kf-message/api_cancelkfadmin (read 2026-11-21)
   */
  "customservice.kfaccount.canceladmin": { params: CancelKfAdminParams; result: Accepted };
  /**
   * All agents (获取所有客服账号).
   *
   * @see https://developers.weixin.qq.com/doc/service/api/customer/servicermanage/api_getkflist (read 2026-11-21)
   */
  "customservice.getkflist": { params: GetKfListParams; result: KfListResult };
  /**
   * The agents that are online (获取在线客服列表).
   *
   * @see https://developers.weixin.qq.com/doc/service/api/customer/servicermanage/api_getonlinekflist (read 2026-11-21)
   */
  "customservice.getonlinekflist": { params: GetOnlineKfListParams; result: OnlineKfListResult };
  /**
   * Gives a user to an agent (创建会话). The agent must be bound and online; a session that exists is
   * accepted, too.
   *
   * Limits: The agent must be bound and online.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/customer/messctrl/api_createkfsession (read 2026-11-21)
   */
  "customservice.kfsession.create": { params: CreateKfSessionParams; result: Accepted };
  /**
   * Ends a session (关闭会话).
   *
   * @see https://developers.weixin.qq.com/doc/service/api/customer/messctrl/api_closesession (read 2026-11-21)
   */
  "customservice.kfsession.close": { params: CloseKfSessionParams; result: Accepted };
  /**
   * Which agent serves a user (获取客户会话状态).
   *
   * @see https://developers.weixin.qq.com/doc/service/api/customer/messctrl/api_getkfsession (read 2026-11-21)
   */
  "customservice.kfsession.getsession": { params: GetKfSessionParams; result: KfSessionResult };
  /**
   * The users that an agent serves (获取客服会话列表).
   *
   * @see https://developers.weixin.qq.com/doc/service/api/customer/messctrl/api_getkfsessionlist (read 2026-11-21)
   */
  "customservice.kfsession.getsessionlist": { params: GetKfSessionListParams; result: KfSessionListResult };
  /**
   * The users that wait for an agent (获取未接入会话列表).
   *
   * Limits: At most 100 in the list, first come first; the count may be larger.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/customer/messctrl/api_getwaitcase (read 2026-11-21)
   */
  "customservice.kfsession.getwaitcase": { params: GetWaitCaseParams; result: WaitCaseListResult };
  /**
   * The records of a time of up to a day (获取聊天记录). `MsgRecordPager` asks for all of its pages.
   *
   * Limits: At most 24 h between starttime and endtime, at most 10 000 records; msgid begins at 1.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/customer/message/api_getmsglist (read 2026-11-21)
   */
  "customservice.msgrecord.getmsglist": { params: GetMsgListParams; result: MsgListResult };
  /**
   * Uploads a file as temporary media (新增临时素材).
   *
   * Limits: Kept for 3 days. image 10 MB JPG, PNG, GIF (other pages: 2 MB); voice 2 MB, 60 s AMR, MP3; video 10 MB MP4; thumb 64 KB JPG. Mini programs: image only.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/material/temporary/api_uploadtempmedia (read 2026-11-21)
   */
  "media.upload": { params: UploadMediaParams; result: UploadedResult };
  /**
   * Downloads temporary media (获取临时素材).
   *
   * Limits: Of a video it answers where it is. An error comes as JSON with HTTP 200.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/material/temporary/api_getmedia (read 2026-11-21)
   */
  "media.get": { params: GetMediaParams; result: DownloadedFileResult | DownloadedVideoResult };
  /**
   * Downloads a voice that was recorded in a web page with the JS-SDK, in its better quality: speex at
   * 16 kHz (获取高清语音素材).
   *
   * Limits: An error comes as JSON with HTTP 200.
   *
   * @see https://developers.weixin.qq.com/doc/offiaccount/Asset_Management/Get_temporary_materials.html (read 2026-11-21)
   */
  "media.get.jssdk": { params: GetJssdkMediaParams; result: DownloadedFileResult | DownloadedVideoResult };
  /**
   * Registers a sub merchant (注册子商户). For mini programs of the category 电商平台.
   *
   * Limits: Category 电商平台 only; not for third-party platforms. A name can be registered once.
   *
   * @see https://developers.weixin.qq.com/miniprogram/dev/server/API/kf-mgnt/kf-management/api_registerbusiness (read 2026-11-21)
   */
  "business.register": { params: RegisterBusinessParams; result: BusinessIdResult };
  /**
   * Changes a sub merchant (更新子商户).
   *
   * Limits: Nickname of 4 to 30, a Chinese character counts twice.
   *
   * @see https://developers.weixin.qq.com/miniprogram/dev/server/API/kf-mgnt/kf-management/api_updatebusiness (read 2026-11-21)
   */
  "business.update": { params: UpdateBusinessParams; result: Accepted };
  /**
   * One sub merchant, by its id or its name (获取子商户).
   *
   * Limits: One of business_id and account_name.
   *
   * @see https://developers.weixin.qq.com/miniprogram/dev/server/API/kf-mgnt/kf-management/api_getbusiness (read 2026-11-21)
   */
  "business.get": { params: GetBusinessParams; result: BusinessAnswerResult };
  /**
   * The sub merchants (获取子商户列表). A page of fewer than `count` is the last.
   *
   * Limits: At most 200 a page; fewer than count: the last page.
   *
   * @see https://developers.weixin.qq.com/miniprogram/dev/server/API/kf-mgnt/kf-management/api_listbusiness (read 2026-11-21)
   */
  "business.list": { params: ListBusinessParams; result: BusinessListResult };
  /**
   * Binds a mini program to a company of WeCom (绑定微信客服), whose rules hold from then on.
   *
   * Limits: Not for personal accounts; the company must be of the same entity.
   *
   * @see https://developers.weixin.qq.com/miniprogram/dev/server/API/kf-work/api_bindkfwork (read 2026-11-21)
   */
  "customservice.work.bind": { params: BindKfWorkParams; result: Accepted };
  /**
   * Takes that back (解绑微信客服).
   *
   * @see https://developers.weixin.qq.com/miniprogram/dev/server/API/kf-work/api_unbindkfwork (read 2026-11-21)
   */
  "customservice.work.unbind": { params: UnbindKfWorkParams; result: Accepted };
  /**
   * Which company of WeCom it is bound to (查询绑定).
   *
   * @see https://developers.weixin.qq.com/miniprogram/dev/server/API/kf-work/api_getkfworkbound (read 2026-11-21)
   */
  "customservice.work.get": { params: GetKfWorkBoundParams; result: KfWorkBoundResult };
  /**
   * Refills the quota of customer-service messages after a buyer's review (重置 Api 客服 quota), part
   * of 交易保障. The page does not say what exactly it refills.
   *
   * @see https://developers.weixin.qq.com/miniprogram/dev/server/API/transaction-guarantee/comment/api_resetapikfquota.html (read 2026-11-21)
   */
  "wxaapi.comment.apikfquota.reset": { params: ResetApiKfQuotaParams; result: ResetQuotaResult };
  /**
   * Fetches an access token (获取接口调用凭据). Every call ends the token before, within about five
   * minutes: let one process fetch it for all, or use `stable_token`.
   *
   * Limits: 2 000 calls a day. A new token ends the one before; for about 5 minutes both work.
   *
   * @see https://developers.weixin.qq.com/doc/subscription/api/base/api_getaccesstoken.html (read 2026-11-21)
   */
  token: { params: GetAccessTokenParams; result: AccessTokenResult };
  /**
   * Fetches the stable access token (获取稳定版接口调用凭据): the same one for every process until it
   * ends, with the time that it has left. It does not disturb the tokens of `token`.
   *
   * Limits: 10 000 calls a minute, 500 000 a day. Forced: 20 a day, at least 30 s apart.
   *
   * @see https://developers.weixin.qq.com/doc/subscription/api/base/api_getstableaccesstoken.html (read 2026-11-21)
   */
  stable_token: { params: GetStableAccessTokenParams; result: AccessTokenResult };
  /**
   * Fetches a third-party platform's own token (获取令牌).
   *
   * Limits: The ticket is pushed every 10 minutes.
   *
   * @see https://developers.weixin.qq.com/doc/oplatform/openApi/ticket-token/api_getcomponentaccesstoken.html (read 2026-11-21)
   */
  "component.api_component_token": { params: GetComponentAccessTokenParams; result: ComponentAccessTokenResult };
  /**
   * Exchanges the code of an account's authorisation for its tokens (使用授权码获取授权信息). Keep the refresh
   * token: the first of them is answered only here.
   *
   * Limits: The code is used once, and ends soon (61009, 61010).
   *
   * @see https://developers.weixin.qq.com/doc/oplatform/openApi/OpenApiDoc/ticket-token/getAuthorizerRefreshToken.html (read 2026-11-21)
   */
  "component.api_query_auth": { params: QueryAuthParams; result: AuthorizationResult };
  /**
   * Fetches the token of an account that a third-party platform acts for
   * (获取授权账号调用令牌). Keep the refresh token that it answers.
   *
   * Limits: Keep the new refresh token; once lost, the account has to authorise the platform again.
   *
   * @see https://developers.weixin.qq.com/doc/oplatform/openApi/ticket-token/api_getauthorizeraccesstoken.html (read 2026-11-21)
   */
  "component.api_authorizer_token": { params: GetAuthorizerAccessTokenParams; result: AuthorizerAccessTokenResult };
  /**
   * The addresses that calls go to (获取微信 API 服务器 IP).
   *
   * Limits: Ask once a day.
   *
   * @see https://developers.weixin.qq.com/doc/subscription/api/base/api_getapidomainip.html (read 2026-11-21)
   */
  get_api_domain_ip: { params: GetApiDomainIpParams; result: IpListResult };
  /**
   * The addresses that pushes come from (获取微信推送服务器 IP).
   *
   * Limits: Ask once a day; single addresses and ranges (CIDR) are mixed.
   *
   * @see https://developers.weixin.qq.com/doc/subscription/api/base/api_getcallbackip.html (read 2026-11-21)
   */
  getcallbackip: { params: GetCallbackIpParams; result: IpListResult };
  /**
   * Has the platform try to reach the callback URL (网络通信检测).
   *
   * @see https://developers.weixin.qq.com/doc/subscription/api/base/api_callbackcheck.html (read 2026-11-21)
   */
  "callback.check": { params: CallbackCheckParams; result: CallbackReportResult };
  /**
   * Sets the account's counts of calls to zero (重置 API 调用次数).
   *
   * Limits: 10 a month, together with clear_quota.v2 and the console.
   *
   * @see https://developers.weixin.qq.com/doc/subscription/api/apimanage/api_clearquota.html (read 2026-11-21)
   */
  clear_quota: { params: ClearQuotaParams; result: Accepted };
  /**
   * The same without a token (使用 AppSecret 重置 API 调用次数): for when fetching tokens is what is
   * used up.
   *
   * Limits: 10 a month, together with clear_quota and the console.
   *
   * @see https://developers.weixin.qq.com/doc/subscription/api/apimanage/api_clearquotabyappsecret.html (read 2026-11-21)
   */
  "clear_quota.v2": { params: ClearQuotaByAppSecretParams; result: Accepted };
  /**
   * Sets a third-party platform's own counts to zero, such as that of fetching its token; those of the
   * accounts that it acts for stay.
   *
   * Limits: 48006 once used up. The platform's page shows component.clear_quota.v2 only.
   *
   * @see https://developers.weixin.qq.com/doc/oplatform/openApi/OpenApiDoc/openapi/clearComponentQuotaByAppSecret.html (read 2026-11-21)
   */
  "component.clear_quota": { params: ClearComponentQuotaParams; result: Accepted };
  /**
   * The same without a token, for the platform or an account that it acts for
   * (使用 AppSecret 重置第三方平台 API 调用次数).
   *
   * Limits: 10 a month for each account, together with the console.
   *
   * @see https://developers.weixin.qq.com/doc/oplatform/openApi/OpenApiDoc/openapi/clearComponentQuotaByAppSecret.html (read 2026-11-21)
   */
  "component.clear_quota.v2": { params: ClearComponentQuotaByAppSecretParams; result: Accepted };
  /**
   * Sets the count of one call to zero (重置指定 API 调用次数).
   *
   * Limits: 50 a month.
   *
   * @see https://developers.weixin.qq.com/doc/subscription/api/apimanage/api_clearapiquota.html (read 2026-11-21)
   */
  "openapi.quota.clear": { params: ClearApiQuotaParams; result: Accepted };
  /**
   * How often a call may be made, and has been (查询 API 调用额度). This is the account's limit, not
   * the number of messages that a user can be sent.
   *
   * @see https://developers.weixin.qq.com/doc/subscription/api/apimanage/api_getapiquota.html (read 2026-11-21)
   */
  "openapi.quota.get": { params: GetApiQuotaParams; result: ApiQuotaResult };
  /**
   * What the platform knows of one call (查询 rid 信息): see
   * `rid`.
   *
   * Limits: Calls of the last 7 days, of the same account.
   *
   * @see https://developers.weixin.qq.com/doc/subscription/api/apimanage/api_getridinfo.html (read 2026-11-21)
   */
  "openapi.rid.get": { params: GetRidInfoParams; result: RidInfoResult };
}

/** The name of a call: its path without `/cgi-bin/`, with dots. */
export type EndpointName = keyof Endpoints;
