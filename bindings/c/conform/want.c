#include "want.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char *const NAMES[] = {
    "kind",       "app_id", "token",       "encoding_aes_key", "previous_encoding_aes_keys", "previous_tokens",
    "accept_ids", "mode",   "tolerance_s", "max_body",         NULL,
};

verdict outcome(wxkf_status status) {
    if (status == WXKF_OK) return GOOD;
    return status == WXKF_BINDING_ARGUMENT_INVALID ? BAD : FAILED;
}

wxkf_bytes bytes_of(json_slice slice) {
    return (wxkf_bytes){(const uint8_t *)slice.ptr, slice.len};
}

wxkf_bytes view(const wxkf_buf *buf) {
    return (wxkf_bytes){buf->ptr, buf->len};
}

static bool is_nothing(const json_value *value) {
    return value == NULL || value->kind == JSON_NULL;
}

verdict want_text(const json_value *value, wxkf_bytes *text) {
    if (value == NULL || value->kind != JSON_TEXT) return BAD;
    *text = bytes_of(value->text);
    return GOOD;
}

verdict want_maybe_text(const json_value *value, wxkf_bytes *text) {
    *text = (wxkf_bytes){NULL, 0};
    return is_nothing(value) ? GOOD : want_text(value, text);
}

/* Digits alone: 1.0 and -0 are no whole numbers to serde_json. */
static verdict digits(json_slice raw, uint64_t most, uint64_t *count) {
    *count = 0;
    if (raw.len == 0) return BAD;
    for (size_t i = 0; i < raw.len; i++) {
        if (raw.ptr[i] < '0' || raw.ptr[i] > '9') return BAD;
        uint64_t digit = (uint64_t)(raw.ptr[i] - '0');
        if (*count > (most - digit) / 10) return BAD;
        *count = *count * 10 + digit;
    }
    return GOOD;
}

verdict want_count(const json_value *value, uint64_t *count) {
    if (value == NULL || value->kind != JSON_NUMBER) return BAD;
    return digits(value->raw, UINT64_MAX, count);
}

verdict want_maybe_count(const json_value *value, uint64_t *count, uint64_t otherwise) {
    *count = otherwise;
    return is_nothing(value) ? GOOD : want_count(value, count);
}

verdict want_errcode(const json_value *value, int64_t *errcode) {
    if (value == NULL || value->kind != JSON_NUMBER) return BAD;
    json_slice raw = value->raw;
    bool negative = raw.ptr[0] == '-';
    uint64_t size;
    if (negative) raw.ptr++, raw.len--;
    TRY(digits(raw, (uint64_t)INT64_MAX, &size));
    if (negative && size == 0) return BAD;
    *errcode = negative ? -(int64_t)size : (int64_t)size;
    return GOOD;
}

static int sextet(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* With padding, and without bits that are left over. */
static verdict base64(turn *it, json_slice text, wxkf_bytes *bytes) {
    if (text.len % 4 != 0) return BAD;
    size_t pad = 0;
    while (pad < 2 && pad < text.len && text.ptr[text.len - 1 - pad] == '=') pad++;
    uint8_t *to = json_room(&it->doc, text.len / 4 * 3 + 1);
    uint32_t group = 0, bits = 0;
    size_t len = 0;
    for (size_t i = 0; i < text.len - pad; i++) {
        int six = sextet(text.ptr[i]);
        if (six < 0) return BAD;
        group = (group << 6 | (uint32_t)six) & 0xffffff;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            to[len++] = (uint8_t)(group >> bits);
        }
    }
    if ((group & ((1u << bits) - 1)) != 0) return BAD;
    *bytes = (wxkf_bytes){to, len};
    return GOOD;
}

verdict want_body(turn *it, wxkf_bytes *body) {
    const json_value *text = json_member(it->doc.root, "body"), *coded = json_member(it->doc.root, "body_base64");
    TRY(want_maybe_text(text, body));
    if (is_nothing(coded)) return GOOD;
    if (!is_nothing(text) || coded->kind != JSON_TEXT) return BAD;
    return base64(it, coded->text, body);
}

verdict want_random(turn *it, wxkf_bytes digits, wxkf_bytes *random) {
    uint8_t *to = json_room(&it->doc, 16);
    if (digits.len != 32) return BAD;
    for (size_t i = 0; i < 32; i++) {
        uint8_t c = digits.ptr[i];
        int digit = c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
        if (digit < 0) return BAD;
        to[i / 2] = (uint8_t)(to[i / 2] << 4 | digit);
    }
    *random = (wxkf_bytes){to, 16};
    return GOOD;
}

static void add(wanted_account *wanted, const char *name, wxkf_bytes value) {
    wxkf_bytes bytes = {(const uint8_t *)name, strlen(name)};
    wanted->options[wanted->len++] = (wxkf_account_option){bytes, value};
}

static verdict add_text(wanted_account *wanted, const char *name, const json_value *value) {
    wxkf_bytes text;
    TRY(want_maybe_text(value, &text));
    if (text.ptr != NULL) add(wanted, name, text);
    return GOOD;
}

static verdict add_list(wanted_account *wanted, const char *name, const json_value *value) {
    if (value == NULL) return GOOD;
    if (value->kind != JSON_LIST) return BAD;
    for (const json_value *item = value->first; item != NULL; item = item->next) {
        wxkf_bytes text;
        TRY(want_text(item, &text));
        add(wanted, name, text);
    }
    return GOOD;
}

/* A number that becomes `times` as many; the largest one stays. */
static verdict add_count(turn *it, wanted_account *wanted, const char *name, const json_value *value, uint64_t times) {
    uint64_t count;
    if (is_nothing(value)) return GOOD;
    TRY(want_count(value, &count));
    count = count > UINT64_MAX / times ? UINT64_MAX : count * times;
    char *digits = json_room(&it->doc, 24);
    int len = snprintf(digits, 24, "%" PRIu64, count);
    add(wanted, name, (wxkf_bytes){(const uint8_t *)digits, (size_t)len});
    return GOOD;
}

static verdict one_of(const json_value *value, const char *const *names) {
    if (is_nothing(value)) return GOOD;
    for (; *names != NULL; names++) {
        if (value->kind == JSON_TEXT && json_is(value->text, *names)) return GOOD;
    }
    return BAD;
}

verdict want_account(turn *it, const json_value *value, wanted_account *wanted) {
    static const char *const kinds[] = {"official_account", "mini_program", NULL};
    static const char *const modes[] = {"secure", "compatible", "plain", NULL};
    if (value == NULL || value->kind != JSON_OBJECT || json_twice(value, NAMES)) return BAD;
    size_t most = 4;
    for (const json_value *member = value->first; member != NULL; member = member->next) {
        const char *const *name = NAMES;
        while (*name != NULL && !json_is(member->name, *name)) name++;
        if (*name == NULL) return BAD;
        for (const json_value *item = member->first; item != NULL; item = item->next) most++;
    }
    *wanted = (wanted_account){.options = json_room(&it->doc, most * sizeof *wanted->options)};
    TRY(one_of(json_member(value, "kind"), kinds));
    TRY(one_of(json_member(value, "mode"), modes));
    TRY(want_maybe_text(json_member(value, "kind"), &wanted->kind));
    TRY(want_maybe_text(json_member(value, "app_id"), &wanted->app_id));
    TRY(want_maybe_text(json_member(value, "token"), &wanted->token));
    TRY(add_text(wanted, "encoding_aes_key", json_member(value, "encoding_aes_key")));
    TRY(add_list(wanted, "previous_encoding_aes_key", json_member(value, "previous_encoding_aes_keys")));
    TRY(add_list(wanted, "previous_token", json_member(value, "previous_tokens")));
    TRY(add_list(wanted, "accept_id", json_member(value, "accept_ids")));
    TRY(add_text(wanted, "mode", json_member(value, "mode")));
    TRY(add_count(it, wanted, "tolerance_ms", json_member(value, "tolerance_s"), 1000));
    return add_count(it, wanted, "max_body", json_member(value, "max_body"), 1);
}

verdict make_account(turn *it, const wanted_account *wanted) {
    static const char otherwise[] = "official_account";
    wxkf_bytes kind = wanted->kind;
    if (kind.ptr == NULL) kind = (wxkf_bytes){(const uint8_t *)otherwise, sizeof otherwise - 1};
    return outcome(wxkf_account_new(kind, wanted->app_id, wanted->token, wanted->options, wanted->len, &it->account,
                                    &it->error));
}
