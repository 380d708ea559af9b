/* Calls of the platform's API, and texts in parts. */

#include <stdlib.h>

#include "want.h"

static const wxkf_bytes NONE = {NULL, 0};

static const json_value *member(turn *it, const char *name) {
    return json_member(it->doc.root, name);
}

/* What the library wrote is JSON; a copy of it stays as long as the line. */
static void read_json(turn *it, const wxkf_buf *json, json_doc *doc) {
    char *text = json_room(&it->doc, json->len + 1);
    for (size_t i = 0; i < json->len; i++) text[i] = (char)json->ptr[i];
    if (!json_read(doc, text, json->len)) abort();
}

static void put_member(out *to, const char *before, const json_value *member) {
    if (member == NULL) return;
    out_raw(to, before);
    out_bytes(to, member->raw.ptr, member->raw.len);
}

static void put_request(turn *it, const json_value *head) {
    const json_value *content_type = json_member(head, "content_type");
    put_member(&it->out, "{\"method\":", json_member(head, "method"));
    put_member(&it->out, ",\"path\":", json_member(head, "path"));
    put_member(&it->out, ",\"query\":", json_member(head, "query"));
    put_member(&it->out, ",\"content_type\":", content_type);
    if (!is_utf8(it->second.ptr, it->second.len)) {
        out_raw(&it->out, ",\"body_base64\":");
        out_base64(&it->out, it->second.ptr, it->second.len);
    } else if (content_type != NULL) {
        out_raw(&it->out, ",\"body\":");
        out_text(&it->out, it->second.ptr, it->second.len);
    }
    out_raw(&it->out, "}");
}

verdict answer_request(turn *it) {
    static const char none[] = "{}";
    const json_value *given = member(it, "params"), *account = member(it, "account");
    wxkf_bytes endpoint, params = {(const uint8_t *)none, 2};
    wanted_account wanted = {.kind = NONE};
    json_doc head;
    TRY(want_text(member(it, "endpoint"), &endpoint));
    if (given != NULL && given->kind != JSON_NULL) params = bytes_of(given->raw);
    if (account != NULL && account->kind != JSON_NULL) TRY(want_account(it, account, &wanted));
    TRY(outcome(wxkf_request(endpoint, params, wanted.kind, &it->first, &it->second, &it->error)));
    read_json(it, &it->first, &head);
    put_request(it, head.root);
    json_free(&head);
    return GOOD;
}

verdict answer_response(turn *it) {
    wxkf_bytes endpoint, content_type, body;
    uint64_t status;
    json_doc read;
    TRY(want_text(member(it, "endpoint"), &endpoint));
    TRY(want_count(member(it, "status"), &status));
    TRY(want_maybe_text(member(it, "content_type"), &content_type));
    TRY(want_body(it, &body));
    if (status > UINT16_MAX) return BAD;
    TRY(outcome(wxkf_decode(endpoint, (uint16_t)status, content_type, NONE, body, &it->first, &it->error)));
    read_json(it, &it->first, &read);
    json_slice all = read.root->raw;
    const json_value *media = json_member(json_member(read.root, "accepted"), "media_base64");
    if (media == NULL) {
        out_bytes(&it->out, all.ptr, all.len);
    } else {
        /* The file is the body: its place in the answer is empty. */
        const char *after = media->raw.ptr + media->raw.len;
        out_bytes(&it->out, all.ptr, (size_t)(media->raw.ptr - all.ptr));
        out_base64(&it->out, body.ptr, body.len);
        out_bytes(&it->out, after, all.len - (size_t)(after - all.ptr));
    }
    json_free(&read);
    return GOOD;
}

verdict answer_split_text(turn *it) {
    wxkf_bytes text;
    uint64_t max_bytes, parts;
    TRY(want_text(member(it, "text"), &text));
    TRY(want_count(member(it, "max_bytes"), &max_bytes));
    TRY(want_count(member(it, "parts"), &parts));
    TRY(outcome(wxkf_split_text(text, max_bytes, parts, &it->first, &it->error)));
    out_bytes(&it->out, it->first.ptr, it->first.len);
    return GOOD;
}
