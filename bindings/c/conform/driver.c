/* The C driver of the conformance protocol (tests/README.md): one line in, one line out. It uses wxkf.h alone. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "want.h"

static bool next_line(out *line);
static void say(const char *line, size_t len);
static verdict answer(turn *it);

int main(void) {
    out line = {NULL, 0, 0};
    if (wxkf_abi() != WXKF_ABI) {
        fprintf(stderr, "the library has the ABI %u, not %d\n", (unsigned)wxkf_abi(), WXKF_ABI);
        return 1;
    }
    while (next_line(&line)) say(line.ptr, line.len - 1);
    out_free(&line);
    return ferror(stdin) || ferror(stdout) ? 1 : 0;
}

/* The next line without its end, and with a zero instead. */
static bool next_line(out *line) {
    int byte = getchar();
    if (byte == EOF) return false;
    for (line->len = 0; byte != EOF && byte != '\n'; byte = getchar()) {
        char one = (char)byte;
        out_bytes(line, &one, 1);
    }
    out_bytes(line, "", 1);
    return true;
}

/* `code`, `origin` and `field` of what the library said. */
static void put_error(turn *it) {
    static const char *const names[] = {"code", "origin", "field"};
    json_doc error;
    out text = {NULL, 0, 0};
    out_bytes(&text, it->error.ptr, it->error.len);
    out_bytes(&text, "", 1);
    if (!json_read(&error, text.ptr, text.len - 1)) abort();
    const char *mark = "";
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const json_value *member = json_member(error.root, names[i]);
        if (member == NULL) continue;
        out_raw(&it->out, mark);
        out_text(&it->out, names[i], strlen(names[i]));
        out_raw(&it->out, ":");
        out_bytes(&it->out, member->raw.ptr, member->raw.len);
        mark = ",";
    }
    json_free(&error);
    out_free(&text);
}

static void say(const char *line, size_t len) {
    turn it;
    memset(&it, 0, sizeof it);
    bool read = json_read(&it.doc, line, len);
    out_raw(&it.out, "{\"ok\":");
    verdict verdict = read ? answer(&it) : BAD;
    if (verdict != GOOD) {
        it.out.len = 0;
        out_raw(&it.out, "{\"error\":{");
        if (verdict == BAD) out_raw(&it.out, "\"code\":\"conform.bad_line\"");
        if (verdict == FAILED) put_error(&it);
        out_raw(&it.out, "}");
    }
    out_raw(&it.out, "}\n");
    fwrite(it.out.ptr, 1, it.out.len, stdout);
    fflush(stdout);
    wxkf_received_free(it.received);
    wxkf_account_free(it.account);
    wxkf_buf_free(&it.first);
    wxkf_buf_free(&it.second);
    wxkf_buf_free(&it.error);
    out_free(&it.out);
    json_free(&it.doc);
}

static verdict answer(turn *it) {
    static const struct {
        const char *name;
        verdict (*answer)(turn *it);
    } ops[] = {
        {"verify_url", answer_verify_url},
        {"receive", answer_receive},
        {"decode", answer_decode},
        {"reply", answer_reply},
        {"seal", answer_seal},
        {"open", answer_open},
        {"request", answer_request},
        {"response", answer_response},
        {"split_text", answer_split_text},
        {"conversation", answer_conversation},
        {"dedupe", answer_dedupe},
        {"token", answer_token},
    };
    static const char *const once[] = {
        "op",     "account", "query",   "body",     "body_base64", "now",    "reply",       "random",
        "nonce",  "format",  "plaintext", "timestamp", "endpoint", "params", "status",      "content_type",
        "text",   "max_bytes", "parts", "policy",   "steps",       "capacity", "horizon_ms", "source",
        NULL,
    };
    const json_value *op = json_member(it->doc.root, "op");
    if (op == NULL || op->kind != JSON_TEXT || json_twice(it->doc.root, once)) return BAD;
    for (size_t i = 0; i < sizeof ops / sizeof *ops; i++) {
        if (json_is(op->text, ops[i].name)) return ops[i].answer(it);
    }
    return BAD;
}
