/* What WeChat pushes, and what answers it. */

#include <string.h>

#include "want.h"

/* What all of these need: an account, a raw query, a body and a moment. */
typedef struct {
    wanted_account account;
    wxkf_bytes query, body;
    uint64_t now;
} push;

static const json_value *member(turn *it, const char *name) {
    return json_member(it->doc.root, name);
}

static verdict want_push(turn *it, push *wanted) {
    TRY(want_account(it, member(it, "account"), &wanted->account));
    TRY(want_text(member(it, "query"), &wanted->query));
    TRY(want_body(it, &wanted->body));
    return want_count(member(it, "now"), &wanted->now);
}

static verdict receive(turn *it, const push *wanted) {
    TRY(make_account(it, &wanted->account));
    return outcome(wxkf_account_receive(it->account, wanted->query, wanted->body, wanted->now, &it->received,
                                        &it->error));
}

static void put_text(turn *it, wxkf_bytes text) {
    out_text(&it->out, text.ptr, text.len);
}

static void put_buf(turn *it, const wxkf_buf *json) {
    out_bytes(&it->out, json->ptr, json->len);
}

verdict answer_verify_url(turn *it) {
    push wanted;
    TRY(want_push(it, &wanted));
    TRY(make_account(it, &wanted.account));
    TRY(outcome(wxkf_account_verify_url(it->account, wanted.query, wanted.now, &it->first, &it->error)));
    out_raw(&it->out, "{\"echo\":");
    put_text(it, view(&it->first));
    out_raw(&it->out, "}");
    return GOOD;
}

verdict answer_receive(turn *it) {
    push wanted;
    wxkf_view seen;
    TRY(want_push(it, &wanted));
    TRY(receive(it, &wanted));
    TRY(outcome(wxkf_received_view(it->received, &seen, &it->error)));
    TRY(outcome(wxkf_received_inbound(it->received, &it->first, &it->error)));
    out_raw(&it->out, seen.sealed ? "{\"sealed\":true,\"format\":" : "{\"sealed\":false,\"format\":");
    put_text(it, seen.format);
    out_raw(&it->out, ",\"plaintext\":");
    put_text(it, seen.plaintext);
    out_raw(&it->out, ",\"key_index\":");
    if (seen.key_index == WXKF_NO_INDEX) out_raw(&it->out, "null");
    if (seen.key_index != WXKF_NO_INDEX) out_number(&it->out, seen.key_index);
    out_raw(&it->out, ",\"token_index\":");
    out_number(&it->out, seen.token_index);
    out_raw(&it->out, ",\"inbound\":");
    put_buf(it, &it->first);
    out_raw(&it->out, "}");
    return GOOD;
}

verdict answer_decode(turn *it) {
    wxkf_bytes body;
    TRY(want_body(it, &body));
    TRY(outcome(wxkf_decode_unverified(body, &it->first, &it->second, &it->error)));
    /* The tree is one more member of what was decoded. */
    out_bytes(&it->out, it->first.ptr, it->first.len - 1);
    out_raw(&it->out, ",\"tree\":");
    put_buf(it, &it->second);
    out_raw(&it->out, "}");
    return GOOD;
}

verdict answer_reply(turn *it) {
    const json_value *reply = member(it, "reply");
    push wanted;
    wxkf_bytes digits, random, nonce, content_type;
    TRY(want_push(it, &wanted));
    TRY(want_text(member(it, "random"), &digits));
    TRY(want_maybe_text(member(it, "nonce"), &nonce));
    if (reply == NULL) return BAD;
    TRY(receive(it, &wanted));
    TRY(want_random(it, digits, &random));
    TRY(outcome(wxkf_account_reply(it->account, it->received, bytes_of(reply->raw), random, nonce, wanted.now,
                                   &it->first, &content_type, &it->error)));
    out_raw(&it->out, "{\"body\":");
    put_text(it, view(&it->first));
    out_raw(&it->out, ",\"content_type\":");
    put_text(it, content_type);
    out_raw(&it->out, "}");
    return GOOD;
}

/* Digits as a number; false if there are none, or too many. */
static bool seconds_of(wxkf_bytes digits, uint64_t *seconds) {
    *seconds = 0;
    for (size_t i = 0; i < digits.len; i++) {
        uint64_t digit = (uint64_t)(digits.ptr[i] - '0');
        if (digits.ptr[i] < '0' || digits.ptr[i] > '9' || *seconds > (UINT64_MAX - digit) / 10) return false;
        *seconds = *seconds * 10 + digit;
    }
    return digits.len > 0;
}

static uint64_t moment(uint64_t seconds) {
    return seconds > UINT64_MAX / 1000 ? UINT64_MAX : seconds * 1000;
}

verdict answer_seal(turn *it) {
    static const wxkf_bytes none = {NULL, 0};
    const json_value *timestamp = member(it, "timestamp");
    wanted_account account;
    wxkf_bytes plaintext, format, nonce, digits, random, text;
    uint64_t seconds;
    TRY(want_account(it, member(it, "account"), &account));
    TRY(want_text(member(it, "plaintext"), &plaintext));
    TRY(want_text(member(it, "format"), &format));
    TRY(want_text(member(it, "nonce"), &nonce));
    TRY(want_text(member(it, "random"), &digits));
    if (timestamp == NULL) return BAD;
    TRY(make_account(it, &account));
    text = bytes_of(timestamp->kind == JSON_TEXT ? timestamp->text : timestamp->raw);
    if (!seconds_of(text, &seconds)) return BAD;
    TRY(want_random(it, digits, &random));
    TRY(outcome(wxkf_account_seal(it->account, plaintext, format, none, random, nonce, moment(seconds), &it->first,
                                  NULL, &it->error)));
    put_text(it, view(&it->first));
    return GOOD;
}

/* The moment that the query itself names. */
static uint64_t moment_of(wxkf_bytes query) {
    static const char name[] = "timestamp=";
    size_t from = 0, len = sizeof name - 1;
    while (from < query.len) {
        size_t end = from;
        while (end < query.len && query.ptr[end] != '&') end++;
        if (end - from > len && memcmp(query.ptr + from, name, len) == 0) {
            wxkf_bytes digits = {query.ptr + from + len, end - from - len};
            uint64_t seconds;
            return seconds_of(digits, &seconds) ? moment(seconds) : 0;
        }
        from = end + 1;
    }
    return 0;
}

verdict answer_open(turn *it) {
    const json_value *now = member(it, "now");
    push wanted;
    TRY(want_account(it, member(it, "account"), &wanted.account));
    TRY(want_text(member(it, "query"), &wanted.query));
    /* The seal is asked about here, not the time. */
    TRY(want_maybe_count(now, &wanted.now, moment_of(wanted.query)));
    TRY(want_body(it, &wanted.body));
    TRY(make_account(it, &wanted.account));
    TRY(outcome(wxkf_account_open(it->account, wanted.query, wanted.body, wanted.now, &it->first, &it->error)));
    if (is_utf8(it->first.ptr, it->first.len)) {
        put_text(it, view(&it->first));
        return GOOD;
    }
    out_raw(&it->out, "{\"base64\":");
    out_base64(&it->out, it->first.ptr, it->first.len);
    out_raw(&it->out, "}");
    return GOOD;
}
