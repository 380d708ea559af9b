// Made from the tables of wxkf-core by `WXKF_UPDATE=1 cargo test -p wxkf-tests generated`.

/** Where the API is. */
export const BASE_URL = "https://api.weixin.qq.com";

/** The most bytes of a text that WeChat was seen to take. */
export const MAX_TEXT_BYTES = 2048;

/** The names of `AccountKind`, for a message. */
export const KINDS = '"mini_program" or "official_account"';

/** The names of `FetchFailure`, for a message. */
export const FAILURES = '"misconfigured" or "temporary"';

/** The names of `Format`, for a message. */
export const FORMATS = '"json" or "xml"';

/** The names of `Mode`, for a message. */
export const MODES = '"compatible", "plain" or "secure"';

/** The names of `Settlement`, for a message. */
export const SETTLEMENTS = '"delivered", "enter_revoked", "not_sent", "quota_exhausted", "unknown" or "window_closed"';

/** The names of `TypingSettlement`, for a message. */
export const TYPING_SETTLEMENTS = '"already_typing", "delivered", "no_recent_message", "not_sent", "unknown" or "window_closed"';

/** The names of `TokenSource`, for a message. */
export const SOURCES = '"authorizer", "stable_token" or "token"';

/** The names of `Trigger`, for a message. */
export const TRIGGERS = '"enter", "menu", "message", "pay", "scan", "subscribe" or "unsubscribe"';
