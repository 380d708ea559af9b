/**
 * @file wxkf.h
 * WeChat customer-service messages (客服消息) of Mini Programs and Official Accounts: a protocol core without I/O.
 * GUIDE.md, beside this file in the repository, says the following with examples.
 *
 * - **Failures.** A function that can fail returns a wxkf_status: WXKF_OK, or the number of a code. On any other
 *   one no result is written and no record is changed, but for `error`: if that is not NULL, it gets JSON with
 *   `code`, `origin`, `message` and perhaps `field` and `detail`, to be freed. Do not show `detail` to a stranger.
 * - **Borrowed and owned.** A wxkf_bytes is borrowed, a wxkf_buf is yours until wxkf_buf_free, a handle until its
 *   own `_free`. What a function writes to is not read before, so a wxkf_buf that still owns something is lost:
 *   free it first. Results may share no memory with arguments.
 * - **Nothing.** NULL for a handle or a result that is wanted is WXKF_BINDING_ARGUMENT_INVALID, and so is a NULL
 *   `ptr` with a `len`. NULL with a `len` of 0 is no bytes, and nothing where a parameter may be absent. To free
 *   NULL is fine. Any other pointer has to be what its type says: that cannot be checked.
 * - **Threads.** There are no globals, no thread-locals and no callbacks. A handle may go to another thread.
 *   wxkf_account and wxkf_received may be used by any number of threads at once; all others by one at a time.
 * - **Times** are milliseconds since 1970, texts are UTF-8.
 * - **Faults.** No input makes the library crash; where memory runs out the process ends. Should a fault of ours end
 *   a call, it returns WXKF_BINDING_PANICKED: free the handles that were part of it, and use them no more.
 *
 * Made from bindings/c/src by `WXKF_UPDATE=1 cargo xtask c`; do not edit it.
 */

#ifndef WXKF_H
#define WXKF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The number of the ABI that this header is of: compare it with wxkf_abi(). */
#define WXKF_ABI 2
/** The version that this header is of. */
#define WXKF_VERSION_MAJOR 0
#define WXKF_VERSION_MINOR 1
#define WXKF_VERSION_PATCH 0
#define WXKF_VERSION "0.1.0"

/** How a call went: the values of wxkf_status. There may be new ones. */
enum wxkf_code {
    /** All went well. */
    WXKF_OK = 0,
    /** config.key_invalid: the EncodingAESKey must be the 43 characters shown in the console (A-Z, a-z, 0-9, + and /). */
    WXKF_CONFIG_KEY_INVALID = 100,
    /** config.token_empty: the token is empty: anybody could sign a request with it. */
    WXKF_CONFIG_TOKEN_EMPTY = 101,
    /** config.id_invalid: an AppID is a short text without tabs or line breaks, and not the original id (gh_…) of the account. */
    WXKF_CONFIG_ID_INVALID = 102,
    /** config.mode_needs_key: there is no EncodingAESKey: set it, or ask for the plain mode by name. */
    WXKF_CONFIG_MODE_NEEDS_KEY = 103,
    /** config.policy_invalid: the policy is not the name of a preset, or a field of it is unknown or out of range. */
    WXKF_CONFIG_POLICY_INVALID = 104,
    /** callback.query_malformed: the query string cannot be read: a broken percent escape, bytes that are not UTF-8, or a known parameter given twice. */
    WXKF_CALLBACK_QUERY_MALFORMED = 200,
    /** callback.parameter_missing: a parameter that WeChat always sends is missing from the query string. */
    WXKF_CALLBACK_PARAMETER_MISSING = 201,
    /** callback.signature_mismatch: the signature does not match: another token is configured, or the request is not from WeChat. */
    WXKF_CALLBACK_SIGNATURE_MISMATCH = 202,
    /** callback.timestamp_stale: the signature is good but older (or newer) than the configured tolerance. */
    WXKF_CALLBACK_TIMESTAMP_STALE = 203,
    /** callback.mode_refused: the push and the account disagree on encryption: an unsealed push at a secure account, or a sealed one at a plain account. */
    WXKF_CALLBACK_MODE_REFUSED = 204,
    /** callback.body_malformed: the body is not the XML or JSON that WeChat sends. */
    WXKF_CALLBACK_BODY_MALFORMED = 205,
    /** callback.body_too_large: the body is larger than the configured limit. */
    WXKF_CALLBACK_BODY_TOO_LARGE = 206,
    /** callback.ciphertext_invalid: the signature is good but no configured EncodingAESKey opens the message; is it the key of another account?. */
    WXKF_CALLBACK_CIPHERTEXT_INVALID = 207,
    /** callback.receive_id_mismatch: the message was sealed for another app id; a third-party platform must accept its own component appid. */
    WXKF_CALLBACK_RECEIVE_ID_MISMATCH = 208,
    /** callback.recipient_mismatch: the ToUserName outside the seal is not the one inside it. */
    WXKF_CALLBACK_RECIPIENT_MISMATCH = 209,
    /** reply.unsupported: this kind of account, or this kind of push, cannot be answered so; use the customer-service API. */
    WXKF_REPLY_UNSUPPORTED = 300,
    /** reply.field_invalid: a field of the reply is empty, too long, or cannot be written in this format. */
    WXKF_REPLY_FIELD_INVALID = 301,
    /** request.field_missing: a field that the API requires is missing. */
    WXKF_REQUEST_FIELD_MISSING = 400,
    /** request.field_invalid: a field has a value that the API refuses. */
    WXKF_REQUEST_FIELD_INVALID = 401,
    /** request.unsupported: there is no such call, or this kind of account cannot make it or send this. */
    WXKF_REQUEST_UNSUPPORTED = 402,
    /** response.malformed: the answer of the API cannot be read. */
    WXKF_RESPONSE_MALFORMED = 500,
    /** snapshot.malformed: these bytes are not a snapshot of this kind. */
    WXKF_SNAPSHOT_MALFORMED = 600,
    /** snapshot.version: the snapshot was written by a newer version of this crate. */
    WXKF_SNAPSHOT_VERSION = 601,
    /** binding.argument_invalid: an argument is of the wrong type, unknown, or out of range. */
    WXKF_BINDING_ARGUMENT_INVALID = 700,
    /** binding.panicked: a fault of this library ended the call; use the objects of the call no more, and report it. */
    WXKF_BINDING_PANICKED = 701,
};

/**
 * Instead of a moment or a number: there is none.
 */
#define WXKF_NONE UINT64_MAX

/**
 * Instead of an index: there is none.
 */
#define WXKF_NO_INDEX UINT32_MAX

/**
 * An account with its keys. It never changes, so any number of threads may use it at once.
 */
typedef struct wxkf_account wxkf_account;

/**
 * What may be sent to one user of one account: window, quota, typing and repeats, in one record. Load it,
 * take one step, save the snapshot, and act on what the step said only then. One thread at a time may use
 * it.
 */
typedef struct wxkf_conversation wxkf_conversation;

/**
 * A memory of pushes, of all users, for one process. One thread at a time may use it.
 */
typedef struct wxkf_dedupe wxkf_dedupe;

/**
 * A push that was verified, opened and decoded. It never changes, so any number of threads may read it.
 */
typedef struct wxkf_received wxkf_received;

/**
 * The token of one account, in one record for all processes. Load it, take one step, save the snapshot,
 * and act on what the step said only then. One thread at a time may use it.
 */
typedef struct wxkf_token wxkf_token;

/**
 * Bytes that are borrowed. What you pass has to stay for the call; what you get says how long it stays.
 * Texts are UTF-8 and have no zero at their end. `ptr` may be NULL: with `len` 0 that is no bytes, and nothing
 * at all where a parameter may be absent.
 */
typedef struct {
    /**
     * The first byte.
     */
    const uint8_t *ptr;
    /**
     * How many there are.
     */
    size_t len;
} wxkf_bytes;

/**
 * How a call went: `WXKF_OK`, or the number of a code. Numbers and names never change; there may be new ones.
 */
typedef uint32_t wxkf_status;

/**
 * An option of an account.
 */
typedef struct {
    /**
     * `encoding_aes_key`, `previous_encoding_aes_key`, `previous_token`, `accept_id`, `mode` (`secure`,
     * `compatible`, `plain`), `tolerance_ms` or `max_body` (the largest plain body; a sealed one may have
     * a third more). The second to fourth may be given several times.
     */
    wxkf_bytes name;
    /**
     * Its value, numbers as decimal digits.
     */
    wxkf_bytes value;
} wxkf_account_option;

/**
 * Bytes that you own, until `wxkf_buf_free`. One that was zeroed is empty, and may be freed as well.
 */
typedef struct {
    /**
     * The first byte; NULL if there are none.
     */
    uint8_t *ptr;
    /**
     * How many there are.
     */
    size_t len;
    /**
     * How much room they have. It belongs to the library.
     */
    size_t cap;
} wxkf_buf;

/**
 * What is known of a push: `WXKF_NEW`, `WXKF_REPEAT` or `WXKF_OVERFLOW`.
 */
typedef uint8_t wxkf_observation;

/**
 * A no of our own record, and until when.
 */
typedef struct {
    /**
     * Why: `window_closed`, `quota_exhausted`, … Static; a NULL `ptr` if nothing was refused.
     */
    wxkf_bytes reason;
    /**
     * When to ask again, in milliseconds; `WXKF_NONE` if only the user can change it.
     */
    uint64_t retry_at;
} wxkf_refusal;

/**
 * One message of the quota, held until it is settled, or a no.
 */
typedef struct {
    /**
     * By which it is settled; `WXKF_NONE` if it was refused.
     */
    uint64_t id;
    /**
     * Whether WeChat will accept it, as far as one can know. If not, it is worth a try.
     */
    bool sure;
    /**
     * Why there is none.
     */
    wxkf_refusal refusal;
} wxkf_reservation;

/**
 * What came of settling.
 */
typedef struct {
    /**
     * `applied`; `stale`, if it was settled or given up before; `retry_after`: WeChat does not know of the
     * user's message yet, send the same once more after a pause. Static.
     */
    wxkf_bytes name;
    /**
     * How long to wait, in milliseconds; `WXKF_NONE` unless it is `retry_after`.
     */
    uint64_t retry_after_ms;
} wxkf_settled;

/**
 * How many messages may be sent.
 */
typedef struct {
    /**
     * So many are safe to promise.
     */
    uint32_t at_least;
    /**
     * So many are worth a try.
     */
    uint32_t at_most;
    /**
     * So many are held by reservations.
     */
    uint32_t held;
    /**
     * When the last window closes, in milliseconds; `WXKF_NONE` if none is open.
     */
    uint64_t closes_at;
} wxkf_allowance;

/**
 * What most programs ask of a push. The bytes are borrowed from it, and stay until it is freed; what is absent
 * has a NULL `ptr`.
 */
typedef struct {
    /**
     * `FromUserName`: the user, by openid.
     */
    wxkf_bytes from;
    /**
     * `ToUserName`: the account.
     */
    wxkf_bytes to;
    /**
     * `MsgId`, of a message.
     */
    wxkf_bytes msg_id;
    /**
     * What it is: `text`, `image`, …, `event.subscribe`, …, `unknown`.
     */
    wxkf_bytes kind;
    /**
     * What it grants: `message`, `enter`, `menu`, `subscribe`, `scan`, `pay` or `unsubscribe`.
     */
    wxkf_bytes trigger;
    /**
     * `Content`, of a text.
     */
    wxkf_bytes content;
    /**
     * `Event`, of an event.
     */
    wxkf_bytes event;
    /**
     * `EventKey`, of an event.
     */
    wxkf_bytes event_key;
    /**
     * `xml` or `json`.
     */
    wxkf_bytes format;
    /**
     * The message as it was written.
     */
    wxkf_bytes plaintext;
    /**
     * `CreateTime`, in milliseconds; `WXKF_NONE` if there is none.
     */
    uint64_t created;
    /**
     * Which key opened it, 0 being the current one; `WXKF_NO_INDEX` if it was not sealed.
     */
    uint32_t key_index;
    /**
     * Which token signed it, 0 being the current one.
     */
    uint32_t token_index;
    /**
     * Whether the signature covers the message. Of a plain push it does not.
     */
    bool sealed;
    /**
     * Whether its answer has to be `err_code`: WeChat repeats such an event for a day otherwise.
     */
    bool wants_err_code;
} wxkf_view;

/**
 * What to do about the token now, unless there is one to use.
 */
typedef struct {
    /**
     * Fetch one, once the record is saved; nobody else does. This id is for what follows; `WXKF_NONE` if not.
     */
    uint64_t fetch;
    /**
     * Whether to ask `stable_token` with `force_refresh`.
     */
    bool force;
    /**
     * Somebody else is fetching, or it failed just now: ask again then, in milliseconds; `WXKF_NONE` if not.
     */
    uint64_t wait_until;
} wxkf_token_action;

/**
 * It was not here before, or it was forgotten: handle it.
 */
#define WXKF_NEW 0

/**
 * It was here: answer `success`, and do nothing.
 */
#define WXKF_REPEAT 1

/**
 * Nobody knows: more than 1000 different pushes of this user came within a minute, and there is no room to
 * note this one. What it grants counts. Ask a `wxkf_dedupe` that all processes share, or do not handle it.
 */
#define WXKF_OVERFLOW 2

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/**
 * The number of the ABI of the library that was loaded.
 */
uint32_t wxkf_abi(void);

/**
 * The version of the library that was loaded. Static.
 */
wxkf_bytes wxkf_version(void);

/**
 * Makes an account, checking all of it. `kind` is `official_account` or `mini_program`. It is a secure one unless
 * the option `mode` says otherwise; one without `encoding_aes_key` has to be told `plain`. White space around the
 * AppID, tokens and keys is dropped.
 *
 * It fails with `config.…` for a value that WeChat would not take, and with `binding.argument_invalid` for an
 * option that there is not.
 */
wxkf_status wxkf_account_new(wxkf_bytes kind,
                             wxkf_bytes app_id,
                             wxkf_bytes token,
                             const wxkf_account_option *options,
                             size_t options_len,
                             wxkf_account **account,
                             wxkf_buf *error);

/**
 * Frees an account. NULL is fine. What was received with it stays.
 */
void wxkf_account_free(wxkf_account *account);

/**
 * More of a body than so many bytes is not worth reading: a body of one byte more is refused. 0 for NULL.
 */
size_t wxkf_account_largest_body(const wxkf_account *account);

/**
 * The AppID, without the white space that was around it. It lives as long as the account; nothing for NULL.
 */
wxkf_bytes wxkf_account_app_id(const wxkf_account *account);

/**
 * `secure`, `compatible` or `plain`, as told; `secure` if it was not. Static; nothing for NULL.
 */
wxkf_bytes wxkf_account_mode(const wxkf_account *account);

/**
 * Answers the GET with which WeChat checks the URL: what to send back, as `text/plain`. `query` is the raw
 * query string, `now` is in milliseconds since 1970.
 */
wxkf_status wxkf_account_verify_url(const wxkf_account *account,
                                    wxkf_bytes query,
                                    uint64_t now,
                                    wxkf_buf *echo,
                                    wxkf_buf *error);

/**
 * Verifies, opens and decodes a push: the raw query string and the raw body, before any parser. If the origin
 * of the status is `peer`, answer with an HTTP error and no details.
 */
wxkf_status wxkf_account_receive(const wxkf_account *account,
                                 wxkf_bytes query,
                                 wxkf_bytes body,
                                 uint64_t now,
                                 wxkf_received **received,
                                 wxkf_buf *error);

/**
 * The bytes inside a push, verified and opened but not decoded.
 */
wxkf_status wxkf_account_open(const wxkf_account *account,
                              wxkf_bytes query,
                              wxkf_bytes body,
                              uint64_t now,
                              wxkf_buf *plaintext,
                              wxkf_buf *error);

/**
 * What is known to go wrong with an answer that is correct otherwise, by its name (`long_reply`); nothing if nothing
 * is. It can be sent. `caution` is static.
 */
wxkf_status wxkf_reply_caution(wxkf_bytes reply,
                               wxkf_bytes *caution,
                               wxkf_buf *error);

/**
 * The passive answer (被动回复) to what was received, sealed if that was. `reply` is JSON, such as
 * `{"type":"text","content":"…"}`; `random` are sixteen bytes, fresh and unpredictable; `nonce` may be absent:
 * then it is that of the push. Send `body` unchanged, as `content_type`, which is static and may be NULL if it
 * is not wanted.
 */
wxkf_status wxkf_account_reply(const wxkf_account *account,
                               const wxkf_received *received,
                               wxkf_bytes reply,
                               wxkf_bytes random,
                               wxkf_bytes nonce,
                               uint64_t now,
                               wxkf_buf *body,
                               wxkf_bytes *content_type,
                               wxkf_buf *error);

/**
 * As `wxkf_account_reply`, to what `wxkf_received_reply_to` has said of a push: the answer may be made
 * elsewhere.
 */
wxkf_status wxkf_account_reply_to(const wxkf_account *account,
                                  wxkf_bytes reply_to,
                                  wxkf_bytes reply,
                                  wxkf_bytes random,
                                  wxkf_bytes nonce,
                                  uint64_t now,
                                  wxkf_buf *body,
                                  wxkf_bytes *content_type,
                                  wxkf_buf *error);

/**
 * Seals a message as WeChat does: for tests, and for what stands in for WeChat. `format` is `xml` or
 * `json`; without `nonce` it is empty. A plain account has no key, and gets `config.mode_needs_key`. With
 * `to_user_name` the body is that of a push to it, and without that of an answer. `parts`, if it is
 * wanted, is JSON: `encrypt`, `msg_signature`, `timestamp` in seconds and `nonce`, which belong to the
 * query string of a push.
 */
wxkf_status wxkf_account_seal(const wxkf_account *account,
                              wxkf_bytes message,
                              wxkf_bytes format,
                              wxkf_bytes to_user_name,
                              wxkf_bytes random,
                              wxkf_bytes nonce,
                              uint64_t now,
                              wxkf_buf *body,
                              wxkf_buf *parts,
                              wxkf_buf *error);

/**
 * The plain signature over a timestamp and a nonce, as it stands in `signature`: for tests.
 */
wxkf_status wxkf_account_sign(const wxkf_account *account,
                              wxkf_bytes timestamp,
                              wxkf_bytes nonce,
                              wxkf_buf *signature,
                              wxkf_buf *error);

/**
 * Walks the checks of `wxkf_account_receive` and, where one fails, tries the mistakes that people make
 * until one fits: JSON with `accepted`, `code` and `steps`, each with `check`, `verdict`, `finding`,
 * `facts`, and its sentence in English and Chinese, `en` and `zh`. It is for the developer, never for an
 * answer.
 */
wxkf_status wxkf_account_explain(const wxkf_account *account,
                                 wxkf_bytes query,
                                 wxkf_bytes body,
                                 uint64_t now,
                                 wxkf_buf *explanation,
                                 wxkf_buf *error);

/**
 * Makes a call by its name, such as `message.custom.send`, with WeChat's parameters, of body and query
 * together, as JSON. `kind`, if it is given, checks what that kind of account may send. `head` is JSON:
 * `method`, `path`, `query`, `content_type` if there is a body, `auth` (which token it needs), `caution`.
 * The token is not in it: add `access_token=…` to the query last.
 */
wxkf_status wxkf_request(wxkf_bytes endpoint,
                         wxkf_bytes params,
                         wxkf_bytes kind,
                         wxkf_buf *head,
                         wxkf_buf *body,
                         wxkf_buf *error);

/**
 * Reads the answer to a call: JSON, `{"accepted":{…}}` or
 * `{"rejected":{"errcode","errmsg","rid","kind"}}`. A rejection is no failure; `kind` says what to do
 * about it. `content_type` and `content_disposition` may be absent. Of a file that was downloaded
 * `media_base64` is empty: the file is `body` itself.
 */
wxkf_status wxkf_decode(wxkf_bytes endpoint,
                        uint16_t status,
                        wxkf_bytes content_type,
                        wxkf_bytes content_disposition,
                        wxkf_bytes body,
                        wxkf_buf *outcome,
                        wxkf_buf *error);

/**
 * Splits a text into at most `max_parts` parts of at most `max_bytes` bytes, between paragraphs, sentences
 * or words where it can, and never inside a character or a link: JSON with `parts` and `rest`. WeChat was
 * seen to take 2,048 bytes.
 */
wxkf_status wxkf_split_text(wxkf_bytes text,
                            uint64_t max_bytes,
                            uint64_t max_parts,
                            wxkf_buf *split,
                            wxkf_buf *error);

/**
 * What a return code of WeChat's means and what to do about it: JSON with `errcode`, `kind`, `meaning` and
 * `advice`, each with `en` and `zh`. `false` if nothing is known of it, and then nothing is written.
 * `info` may be NULL.
 */
bool wxkf_errcode(int64_t code,
                  wxkf_buf *info);

/**
 * What to do about a rejection with this `errcode`: `token_rejected`, `quota_exhausted`, … Static.
 */
wxkf_bytes wxkf_rejection_kind(int64_t errcode);

/**
 * Makes a record, from a snapshot or, if that is absent, of a user of whom nothing is known. `policy` is
 * JSON: the name of a preset, `"mini_program"` or `"official_account"`, or an object with `preset` and
 * what differs.
 */
wxkf_status wxkf_conversation_new(wxkf_bytes policy,
                                  wxkf_bytes snapshot,
                                  wxkf_conversation **conversation,
                                  wxkf_buf *error);

/**
 * Frees a record. NULL is fine.
 */
void wxkf_conversation_free(wxkf_conversation *conversation);

/**
 * Takes note of what was received. A repeat must not be handled again: answer `success`. So ask for
 * `WXKF_REPEAT` and `WXKF_OVERFLOW`, too.
 */
wxkf_status wxkf_conversation_observe(wxkf_conversation *conversation,
                                      const wxkf_received *received,
                                      uint64_t now,
                                      wxkf_observation *observation,
                                      wxkf_buf *error);

/**
 * The same of a push that is known in another way. `key` is a dedupe key, or any other text that is the
 * same for every delivery; `trigger` may be absent; `at`, when it happened, may be `WXKF_NONE`.
 */
wxkf_status wxkf_conversation_observe_push(wxkf_conversation *conversation,
                                           wxkf_bytes key,
                                           wxkf_bytes trigger,
                                           uint64_t at,
                                           uint64_t now,
                                           wxkf_observation *observation,
                                           wxkf_buf *error);

/**
 * Lets the next delivery of a push in, because handling it failed. It grants nothing again.
 */
wxkf_status wxkf_conversation_forget(wxkf_conversation *conversation,
                                     wxkf_bytes key,
                                     wxkf_buf *error);

/**
 * Holds one message. Save the record, send, and settle.
 */
wxkf_status wxkf_conversation_reserve(wxkf_conversation *conversation,
                                      uint64_t now,
                                      wxkf_reservation *reservation,
                                      wxkf_buf *error);

/**
 * Says what became of a message that was held: `delivered`, `not_sent`, `unknown`, `quota_exhausted`,
 * `window_closed` or `enter_revoked`.
 */
wxkf_status wxkf_conversation_settle(wxkf_conversation *conversation,
                                     uint64_t id,
                                     wxkf_bytes settlement,
                                     uint64_t now,
                                     wxkf_settled *settled,
                                     wxkf_buf *error);

/**
 * Says the same by the `errcode` that WeChat answered; 0 is delivered.
 */
wxkf_status wxkf_conversation_settle_errcode(wxkf_conversation *conversation,
                                             uint64_t id,
                                             int64_t errcode,
                                             uint64_t now,
                                             wxkf_settled *settled,
                                             wxkf_buf *error);

/**
 * Asks whether typing may be shown, and takes note that it is. `refusal.reason` is NULL if it may.
 */
wxkf_status wxkf_conversation_start_typing(wxkf_conversation *conversation,
                                           uint64_t now,
                                           wxkf_refusal *refusal,
                                           wxkf_buf *error);

/**
 * Says what came of showing that an answer is being written, so that the record agrees with WeChat:
 * `delivered`, `already_typing` (45081), `no_recent_message` (45080), `not_sent`, `unknown` or `window_closed`.
 */
wxkf_status wxkf_conversation_settle_typing(wxkf_conversation *conversation,
                                            wxkf_bytes settlement,
                                            uint64_t now,
                                            wxkf_buf *error);

/**
 * Says the same by the `errcode` that WeChat answered; 0 is delivered.
 */
wxkf_status wxkf_conversation_settle_typing_errcode(wxkf_conversation *conversation,
                                                    int64_t errcode,
                                                    uint64_t now,
                                                    wxkf_buf *error);

/**
 * Takes note of a message that this record did not hold: somebody wrote in the web console, or another
 * program sent. `at`, when WeChat accepted it, may be `WXKF_NONE`: now. Say it once of each.
 */
wxkf_status wxkf_conversation_sent_elsewhere(wxkf_conversation *conversation,
                                             uint64_t at,
                                             uint64_t now,
                                             wxkf_buf *error);

/**
 * Takes note that typing is shown no longer.
 */
wxkf_status wxkf_conversation_stop_typing(wxkf_conversation *conversation, wxkf_buf *error);

/**
 * How many messages may be sent.
 */
wxkf_status wxkf_conversation_allowance(const wxkf_conversation *conversation,
                                        uint64_t now,
                                        wxkf_allowance *allowance,
                                        wxkf_buf *error);

/**
 * When time alone changes something next, in milliseconds; `WXKF_NONE` if never, and for NULL.
 */
uint64_t wxkf_conversation_next_deadline(const wxkf_conversation *conversation);

/**
 * Until when a store has to keep the record, in milliseconds; `WXKF_NONE` if there is nothing worth
 * keeping, and for NULL.
 */
uint64_t wxkf_conversation_keep_until(const wxkf_conversation *conversation);

/**
 * The record in bytes: below 100 as a rule, 16 KiB at most. Equal records give equal bytes.
 */
wxkf_status wxkf_conversation_snapshot(const wxkf_conversation *conversation,
                                       wxkf_buf *snapshot,
                                       wxkf_buf *error);

/**
 * Makes a memory of at most `capacity` pushes, each for `horizon_ms`, from a snapshot or, if that is
 * absent, an empty one. WeChat repeats a push within a minute.
 */
wxkf_status wxkf_dedupe_new(uint64_t capacity,
                            uint64_t horizon_ms,
                            wxkf_bytes snapshot,
                            wxkf_dedupe **dedupe,
                            wxkf_buf *error);

/**
 * Frees a memory. NULL is fine.
 */
void wxkf_dedupe_free(wxkf_dedupe *dedupe);

/**
 * Takes note of a push by its dedupe key or any other text: `since` is when it was here first, in
 * milliseconds, or `WXKF_NONE` if it is new.
 */
wxkf_status wxkf_dedupe_observe(wxkf_dedupe *dedupe,
                                wxkf_bytes key,
                                uint64_t now,
                                uint64_t *since,
                                wxkf_buf *error);

/**
 * Lets the next delivery in, because handling it failed.
 */
wxkf_status wxkf_dedupe_forget(wxkf_dedupe *dedupe, wxkf_bytes key, wxkf_buf *error);

/**
 * How many pushes it remembers; 0 for NULL.
 */
size_t wxkf_dedupe_len(const wxkf_dedupe *dedupe);

/**
 * The memory in bytes.
 */
wxkf_status wxkf_dedupe_snapshot(const wxkf_dedupe *dedupe, wxkf_buf *snapshot, wxkf_buf *error);

/**
 * Frees what a buffer holds and empties it, so that to free it again changes nothing. NULL is fine.
 */
void wxkf_buf_free(wxkf_buf *buf);

/**
 * Frees a push. NULL is fine.
 */
void wxkf_received_free(wxkf_received *received);

/**
 * Reads what most programs ask for.
 */
wxkf_status wxkf_received_view(const wxkf_received *received, wxkf_view *view, wxkf_buf *error);

/**
 * The text of an element of the message, by its name on the wire, such as `MediaId`. Borrowed from the push;
 * nothing if there is no such element, or if it is no text.
 */
wxkf_bytes wxkf_received_field(const wxkf_received *received,
                               wxkf_bytes name);

/**
 * What a message is known by when it comes again: a text for a store. An event is known by all it says.
 */
wxkf_status wxkf_received_dedupe_key(const wxkf_received *received,
                                     wxkf_buf *key,
                                     wxkf_buf *error);

/**
 * What its answer has to match, as JSON that may be kept: for `wxkf_account_reply_to`.
 */
wxkf_status wxkf_received_reply_to(const wxkf_received *received,
                                   wxkf_buf *reply_to,
                                   wxkf_buf *error);

/**
 * The whole message as JSON: `to`, `from`, `created` in seconds, `msg_id`, `dedupe_key`, `trigger`, `kind` and
 * `content` with its fields.
 */
wxkf_status wxkf_received_inbound(const wxkf_received *received,
                                  wxkf_buf *inbound,
                                  wxkf_buf *error);

/**
 * The message as a tree of everything in it, as JSON, with numbers in their exact text.
 */
wxkf_status wxkf_received_tree(const wxkf_received *received, wxkf_buf *tree, wxkf_buf *error);

/**
 * Decodes a message that came through another gate, such as a cloud function (云函数), and so has no
 * signature: JSON with `format` and `inbound`, and the tree if it is wanted. **Nothing is verified.**
 * Never use it for what anybody can post.
 */
wxkf_status wxkf_decode_unverified(wxkf_bytes body,
                                   wxkf_buf *decoded,
                                   wxkf_buf *tree,
                                   wxkf_buf *error);

/**
 * The name of a status, such as `callback.signature_mismatch`; `ok`, or nothing if it is none. Static.
 */
wxkf_bytes wxkf_status_name(wxkf_status status);

/**
 * Whose mistake it is: `caller` for this program, `peer` for who sent the push, `platform` for WeChat's
 * answer; nothing for `WXKF_OK` and for what is no status. Static.
 */
wxkf_bytes wxkf_status_origin(wxkf_status status);

/**
 * What it means, in English or Chinese; nothing for `WXKF_OK` and for what is no status. Static.
 */
wxkf_bytes wxkf_status_message(wxkf_status status, bool chinese);

/**
 * Makes a record that has no token yet. `source` is `stable_token`, `token` or `authorizer`; only that one
 * has a refresh token, which may be absent.
 */
wxkf_status wxkf_token_new(wxkf_bytes source,
                           wxkf_bytes refresh_token,
                           wxkf_token **keeper,
                           wxkf_buf *error);

/**
 * Makes a record from a snapshot.
 */
wxkf_status wxkf_token_restore(wxkf_bytes snapshot, wxkf_token **keeper, wxkf_buf *error);

/**
 * Frees a record. NULL is fine.
 */
void wxkf_token_free(wxkf_token *keeper);

/**
 * Asks what to do now: to call with `token`, which is to be freed, or, if that is empty, to do as `action`
 * says.
 */
wxkf_status wxkf_token_step(wxkf_token *keeper,
                            uint64_t now,
                            wxkf_buf *token,
                            wxkf_token_action *action,
                            wxkf_buf *error);

/**
 * Says what was fetched; `expires_in_s` is WeChat's `expires_in`, `refresh_token` may be absent.
 * `applied`, if it is wanted, says whether it counts, and is not about a fetch that has been replaced
 * since.
 */
wxkf_status wxkf_token_fetched(wxkf_token *keeper,
                               uint64_t fetch,
                               wxkf_bytes token,
                               uint64_t expires_in_s,
                               wxkf_bytes refresh_token,
                               uint64_t now,
                               bool *applied,
                               wxkf_buf *error);

/**
 * Says that fetching failed: `temporary`, `misconfigured`, or the kind of the rejection, which says so.
 */
wxkf_status wxkf_token_fetch_failed(wxkf_token *keeper,
                                    uint64_t fetch,
                                    wxkf_bytes failure,
                                    uint64_t now,
                                    bool *applied,
                                    wxkf_buf *error);

/**
 * Says that WeChat refused a call because of this token (`token_rejected`).
 */
wxkf_status wxkf_token_rejected(wxkf_token *keeper,
                                wxkf_bytes token,
                                uint64_t now,
                                bool *applied,
                                wxkf_buf *error);

/**
 * The refresh token of an authorizer: whoever loses it loses the account. Borrowed from the keeper, until
 * it is changed or freed; nothing if there is none, and for NULL.
 */
wxkf_bytes wxkf_token_refresh_token(const wxkf_token *keeper);

/**
 * When time alone changes something next, in milliseconds; `WXKF_NONE` if never, and for NULL.
 */
uint64_t wxkf_token_next_deadline(const wxkf_token *keeper);

/**
 * The record in bytes. The token is in it: keep it like the app secret.
 */
wxkf_status wxkf_token_snapshot(const wxkf_token *keeper, wxkf_buf *snapshot, wxkf_buf *error);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* WXKF_H */
