/* One line while it is answered, and what the protocol asks of its members. */

#ifndef WXKF_CONFORM_WANT_H
#define WXKF_CONFORM_WANT_H

#include "json.h"
#include "out.h"
#include "wxkf.h"

/* How an answer ends: a BAD line says nothing, FAILED is what the library said in `error`. */
typedef enum { GOOD, BAD, FAILED } verdict;

#define TRY(call)                                                                                           \
    do {                                                                                                    \
        verdict verdict_ = (call);                                                                          \
        if (verdict_ != GOOD) return verdict_;                                                              \
    } while (0)

/* All that the answer to a line owns. The driver frees it, however the answer ends. */
typedef struct {
    json_doc doc;
    out out;
    wxkf_account *account;
    wxkf_received *received;
    wxkf_buf first, second, error;
} turn;

/* What a status means for the line. What the boundary refuses has no name in Rust, so there the line was bad. */
verdict outcome(wxkf_status status);

wxkf_bytes bytes_of(json_slice slice);
wxkf_bytes view(const wxkf_buf *buf);

/* NULL and `null` are nothing. What is nothing has a NULL `ptr`, but an empty text has none. */
verdict want_text(const json_value *value, wxkf_bytes *text);
verdict want_maybe_text(const json_value *value, wxkf_bytes *text);
verdict want_count(const json_value *value, uint64_t *count);
verdict want_maybe_count(const json_value *value, uint64_t *count, uint64_t otherwise);
verdict want_errcode(const json_value *value, int64_t *errcode);

/* `body` or `body_base64` of the line; none is an empty one. */
verdict want_body(turn *it, wxkf_bytes *body);

/* Sixteen bytes that are written as 32 hexadecimal digits. */
verdict want_random(turn *it, wxkf_bytes digits, wxkf_bytes *random);

/* An account as the line describes it. */
typedef struct {
    wxkf_bytes kind, app_id, token;
    wxkf_account_option *options;
    size_t len;
} wanted_account;

verdict want_account(turn *it, const json_value *value, wanted_account *wanted);
verdict make_account(turn *it, const wanted_account *wanted);

/* The ops: calls.c, messages.c and steps.c. */
verdict answer_verify_url(turn *it);
verdict answer_receive(turn *it);
verdict answer_decode(turn *it);
verdict answer_reply(turn *it);
verdict answer_seal(turn *it);
verdict answer_open(turn *it);
verdict answer_request(turn *it);
verdict answer_response(turn *it);
verdict answer_split_text(turn *it);
verdict answer_conversation(turn *it);
verdict answer_dedupe(turn *it);
verdict answer_token(turn *it);

#endif
