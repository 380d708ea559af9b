/* NULL, no bytes, bytes that are no text and lengths that cannot be, for every argument that is a pointer: refused
 * by its name, and nothing is written. */

#include "support.h"

static wxkf_account *account;
static wxkf_received *received;
static wxkf_conversation *conversation;
static wxkf_dedupe *dedupe;
static wxkf_token *keeper;

/* That an argument is refused. */
#define NO(field, call) REFUSED(WXKF_BINDING_ARGUMENT_INVALID, field, call)

/* That each kind of bytes that are none is refused: `it` stands for them in the call. */
#define NO_BYTES(field, call)                                                                               \
    do {                                                                                                    \
        const wxkf_bytes bad_[] = {BROKEN, TOO_LONG, {NULL, SIZE_MAX}, {NULL, 1}};                          \
        for (size_t i_ = 0; i_ < sizeof bad_ / sizeof *bad_; i_++) {                                        \
            const wxkf_bytes it = bad_[i_];                                                                 \
            NO(field, call);                                                                                \
        }                                                                                                   \
    } while (0)

/* The same of a text, which has to be UTF-8 as well. */
#define NO_STRING(field, call)                                                                              \
    do {                                                                                                    \
        NO_BYTES(field, call);                                                                              \
        const wxkf_bytes it = NO_TEXT;                                                                      \
        NO(field, call);                                                                                    \
    } while (0)

static const wxkf_bytes some = {(const uint8_t *)"some", 4};

static void accounts(void) {
    wxkf_account *out;
    wxkf_account_option one = {TEXT("mode"), TEXT("plain")};
    wxkf_bytes kind = TEXT("mini_program");
    FILL(out);
    NO("account", wxkf_account_new(kind, some, some, NULL, 0, NULL, E));
    NO_STRING("kind", wxkf_account_new(it, some, some, NULL, 0, &out, E));
    NO_STRING("app_id", wxkf_account_new(kind, it, some, NULL, 0, &out, E));
    NO_STRING("token", wxkf_account_new(kind, some, it, NULL, 0, &out, E));
    NO("kind", wxkf_account_new(NOTHING, some, some, NULL, 0, &out, E));
    NO("options", wxkf_account_new(kind, some, some, NULL, 1, &out, E));
    NO("options", wxkf_account_new(kind, some, some, NULL, SIZE_MAX, &out, E));
    NO("options", wxkf_account_new(kind, some, some, &one, SIZE_MAX, &out, E));
    NO("options", wxkf_account_new(kind, some, some, &one, SIZE_MAX / sizeof one, &out, E));
    NO_STRING("options", wxkf_account_new(kind, some, some, &(wxkf_account_option){it, some}, 1, &out, E));
    NO_STRING("options", wxkf_account_new(kind, some, some, &(wxkf_account_option){one.name, it}, 1, &out, E));
    UNTOUCHED(out);
    DONE(wxkf_account_new(kind, some, some, &one, 1, &out, E));
    wxkf_account_free(out);
    wxkf_account_free(NULL);
    CHECK(wxkf_account_largest_body(NULL) == 0);
    CHECK(is_nothing(wxkf_account_mode(NULL)));
    CHECK(is_nothing(wxkf_account_app_id(NULL)));
}

static void pushes(void) {
    wxkf_buf buf;
    wxkf_received *out;
    FILL(buf);
    FILL(out);
    NO("account", wxkf_account_verify_url(NULL, some, NOW, &buf, E));
    NO("echo", wxkf_account_verify_url(account, some, NOW, NULL, E));
    NO_BYTES("query", wxkf_account_verify_url(account, it, NOW, &buf, E));
    NO("account", wxkf_account_receive(NULL, some, some, NOW, &out, E));
    NO("received", wxkf_account_receive(account, some, some, NOW, NULL, E));
    NO_BYTES("query", wxkf_account_receive(account, it, some, NOW, &out, E));
    NO_BYTES("body", wxkf_account_receive(account, some, it, NOW, &out, E));
    NO("account", wxkf_account_open(NULL, some, some, NOW, &buf, E));
    NO("plaintext", wxkf_account_open(account, some, some, NOW, NULL, E));
    NO_BYTES("query", wxkf_account_open(account, it, some, NOW, &buf, E));
    NO_BYTES("body", wxkf_account_open(account, some, it, NOW, &buf, E));
    wxkf_bytes caution;
    FILL(caution);
    NO("caution", wxkf_reply_caution(TEXT("{\"type\":\"success\"}"), NULL, E));
    NO_STRING("reply", wxkf_reply_caution(it, &caution, E));
    UNTOUCHED(caution);
    NO("account", wxkf_account_explain(NULL, some, some, NOW, &buf, E));
    NO("explanation", wxkf_account_explain(account, some, some, NOW, NULL, E));
    NO_BYTES("query", wxkf_account_explain(account, it, some, NOW, &buf, E));
    NO_BYTES("body", wxkf_account_explain(account, some, it, NOW, &buf, E));
    NO("account", wxkf_account_sign(NULL, some, some, &buf, E));
    NO("signature", wxkf_account_sign(account, some, some, NULL, E));
    NO_STRING("timestamp", wxkf_account_sign(account, it, some, &buf, E));
    NO_STRING("nonce", wxkf_account_sign(account, some, it, &buf, E));
    UNTOUCHED(buf);
    UNTOUCHED(out);
}

static void answers(void) {
    wxkf_buf buf, kept;
    wxkf_bytes type, hi = TEXT("{\"type\":\"text\",\"content\":\"hi\"}");
    DONE(wxkf_received_reply_to(received, &kept, E));
    wxkf_bytes to = view(kept);
    FILL(buf);
    FILL(type);
    NO("account", wxkf_account_reply(NULL, received, hi, RANDOM, NOTHING, NOW, &buf, &type, E));
    NO("received", wxkf_account_reply(account, NULL, hi, RANDOM, NOTHING, NOW, &buf, &type, E));
    NO("body", wxkf_account_reply(account, received, hi, RANDOM, NOTHING, NOW, NULL, &type, E));
    NO_STRING("reply", wxkf_account_reply(account, received, it, RANDOM, NOTHING, NOW, &buf, &type, E));
    NO_BYTES("random", wxkf_account_reply(account, received, hi, it, NOTHING, NOW, &buf, &type, E));
    NO("random", wxkf_account_reply(account, received, hi, TEXT(""), NOTHING, NOW, &buf, &type, E));
    NO_STRING("nonce", wxkf_account_reply(account, received, hi, RANDOM, it, NOW, &buf, &type, E));
    NO("account", wxkf_account_reply_to(NULL, to, hi, RANDOM, NOTHING, NOW, &buf, &type, E));
    NO("body", wxkf_account_reply_to(account, to, hi, RANDOM, NOTHING, NOW, NULL, &type, E));
    NO_STRING("reply_to", wxkf_account_reply_to(account, it, hi, RANDOM, NOTHING, NOW, &buf, &type, E));
    NO_STRING("reply", wxkf_account_reply_to(account, to, it, RANDOM, NOTHING, NOW, &buf, &type, E));
    NO_BYTES("random", wxkf_account_reply_to(account, to, hi, it, NOTHING, NOW, &buf, &type, E));
    NO_STRING("nonce", wxkf_account_reply_to(account, to, hi, RANDOM, it, NOW, &buf, &type, E));
    wxkf_bytes xml = TEXT("xml");
    NO("account", wxkf_account_seal(NULL, some, xml, NOTHING, RANDOM, some, NOW, &buf, &buf, E));
    NO("body", wxkf_account_seal(account, some, xml, NOTHING, RANDOM, some, NOW, NULL, &buf, E));
    NO_BYTES("message", wxkf_account_seal(account, it, xml, NOTHING, RANDOM, some, NOW, &buf, NULL, E));
    NO_STRING("format", wxkf_account_seal(account, some, it, NOTHING, RANDOM, some, NOW, &buf, NULL, E));
    NO_STRING("to_user_name", wxkf_account_seal(account, some, xml, it, RANDOM, some, NOW, &buf, NULL, E));
    NO_BYTES("random", wxkf_account_seal(account, some, xml, NOTHING, it, some, NOW, &buf, NULL, E));
    NO_STRING("nonce", wxkf_account_seal(account, some, xml, NOTHING, RANDOM, it, NOW, &buf, NULL, E));
    UNTOUCHED(buf);
    UNTOUCHED(type);
    wxkf_buf_free(&kept);
}

static void what_was_received(void) {
    wxkf_buf buf;
    wxkf_view seen;
    FILL(buf);
    FILL(seen);
    NO("received", wxkf_received_view(NULL, &seen, E));
    NO("view", wxkf_received_view(received, NULL, E));
    NO("received", wxkf_received_dedupe_key(NULL, &buf, E));
    NO("key", wxkf_received_dedupe_key(received, NULL, E));
    NO("received", wxkf_received_reply_to(NULL, &buf, E));
    NO("reply_to", wxkf_received_reply_to(received, NULL, E));
    NO("received", wxkf_received_inbound(NULL, &buf, E));
    NO("inbound", wxkf_received_inbound(received, NULL, E));
    NO("received", wxkf_received_tree(NULL, &buf, E));
    NO("tree", wxkf_received_tree(received, NULL, E));
    NO("decoded", wxkf_decode_unverified(some, NULL, &buf, E));
    NO_BYTES("body", wxkf_decode_unverified(it, &buf, &buf, E));
    UNTOUCHED(buf);
    UNTOUCHED(seen);
    CHECK(is_nothing(wxkf_received_field(NULL, some)));
    wxkf_received_free(NULL);
}

static void calls(void) {
    wxkf_buf buf;
    FILL(buf);
    wxkf_bytes params = TEXT("{}"), endpoint = TEXT("getcallbackip");
    NO("head", wxkf_request(endpoint, params, NOTHING, NULL, &buf, E));
    NO("body", wxkf_request(endpoint, params, NOTHING, &buf, NULL, E));
    NO_STRING("endpoint", wxkf_request(it, params, NOTHING, &buf, &buf, E));
    NO_STRING("params", wxkf_request(endpoint, it, NOTHING, &buf, &buf, E));
    NO_STRING("kind", wxkf_request(endpoint, params, it, &buf, &buf, E));
    NO("outcome", wxkf_decode(endpoint, 200, NOTHING, NOTHING, params, NULL, E));
    NO_STRING("endpoint", wxkf_decode(it, 200, NOTHING, NOTHING, params, &buf, E));
    NO_STRING("content_type", wxkf_decode(endpoint, 200, it, NOTHING, params, &buf, E));
    NO_STRING("content_disposition", wxkf_decode(endpoint, 200, NOTHING, it, params, &buf, E));
    NO_BYTES("body", wxkf_decode(endpoint, 200, NOTHING, NOTHING, it, &buf, E));
    NO("split", wxkf_split_text(some, 9, 9, NULL, E));
    NO_STRING("text", wxkf_split_text(it, 9, 9, &buf, E));
    UNTOUCHED(buf);
    wxkf_buf_free(NULL);
}

static void conversations(void) {
    wxkf_conversation *out;
    wxkf_reservation reservation;
    wxkf_settled settled;
    wxkf_refusal refusal;
    wxkf_allowance allowance;
    wxkf_buf buf;
    wxkf_observation seen;
    FILL(out);
    FILL(reservation);
    FILL(settled);
    FILL(refusal);
    FILL(allowance);
    FILL(buf);
    FILL(seen);
    wxkf_bytes policy = TEXT("\"mini_program\""), delivered = TEXT("delivered");
    NO("conversation", wxkf_conversation_new(policy, NOTHING, NULL, E));
    NO_STRING("policy", wxkf_conversation_new(it, NOTHING, &out, E));
    NO_BYTES("snapshot", wxkf_conversation_new(policy, it, &out, E));
    NO("conversation", wxkf_conversation_observe(NULL, received, NOW, &seen, E));
    NO("received", wxkf_conversation_observe(conversation, NULL, NOW, &seen, E));
    NO("observation", wxkf_conversation_observe(conversation, received, NOW, NULL, E));
    NO("conversation", wxkf_conversation_observe_push(NULL, some, NOTHING, NOW, NOW, &seen, E));
    NO("observation", wxkf_conversation_observe_push(conversation, some, NOTHING, NOW, NOW, NULL, E));
    NO_STRING("key", wxkf_conversation_observe_push(conversation, it, NOTHING, NOW, NOW, &seen, E));
    NO_STRING("trigger", wxkf_conversation_observe_push(conversation, some, it, NOW, NOW, &seen, E));
    NO("conversation", wxkf_conversation_settle_typing(NULL, delivered, NOW, E));
    NO_STRING("settlement", wxkf_conversation_settle_typing(conversation, it, NOW, E));
    NO("settlement", wxkf_conversation_settle_typing(conversation, NOTHING, NOW, E));
    NO("conversation", wxkf_conversation_settle_typing_errcode(NULL, 0, NOW, E));
    NO("conversation", wxkf_conversation_sent_elsewhere(NULL, WXKF_NONE, NOW, E));
    NO("conversation", wxkf_conversation_forget(NULL, some, E));
    NO_STRING("key", wxkf_conversation_forget(conversation, it, E));
    NO("conversation", wxkf_conversation_reserve(NULL, NOW, &reservation, E));
    NO("reservation", wxkf_conversation_reserve(conversation, NOW, NULL, E));
    NO("conversation", wxkf_conversation_settle(NULL, 1, delivered, NOW, &settled, E));
    NO("settled", wxkf_conversation_settle(conversation, 1, delivered, NOW, NULL, E));
    NO_STRING("settlement", wxkf_conversation_settle(conversation, 1, it, NOW, &settled, E));
    NO("settlement", wxkf_conversation_settle(conversation, 1, NOTHING, NOW, &settled, E));
    NO("conversation", wxkf_conversation_settle_errcode(NULL, 1, 0, NOW, &settled, E));
    NO("settled", wxkf_conversation_settle_errcode(conversation, 1, 0, NOW, NULL, E));
    NO("conversation", wxkf_conversation_start_typing(NULL, NOW, &refusal, E));
    NO("refusal", wxkf_conversation_start_typing(conversation, NOW, NULL, E));
    NO("conversation", wxkf_conversation_stop_typing(NULL, E));
    NO("conversation", wxkf_conversation_allowance(NULL, NOW, &allowance, E));
    NO("allowance", wxkf_conversation_allowance(conversation, NOW, NULL, E));
    NO("conversation", wxkf_conversation_snapshot(NULL, &buf, E));
    NO("snapshot", wxkf_conversation_snapshot(conversation, NULL, E));
    UNTOUCHED(out);
    UNTOUCHED(reservation);
    UNTOUCHED(settled);
    UNTOUCHED(refusal);
    UNTOUCHED(allowance);
    UNTOUCHED(buf);
    UNTOUCHED(seen);
    CHECK(wxkf_conversation_next_deadline(NULL) == WXKF_NONE);
    CHECK(wxkf_conversation_keep_until(NULL) == WXKF_NONE);
    /* None of all this has changed the record. */
    CHECK(wxkf_conversation_keep_until(conversation) == WXKF_NONE);
    wxkf_conversation_free(NULL);
}

static void memories(void) {
    wxkf_dedupe *out;
    wxkf_buf buf;
    uint64_t since;
    FILL(out);
    FILL(buf);
    FILL(since);
    NO("dedupe", wxkf_dedupe_new(9, 9, NOTHING, NULL, E));
    NO_BYTES("snapshot", wxkf_dedupe_new(9, 9, it, &out, E));
    NO("dedupe", wxkf_dedupe_observe(NULL, some, NOW, &since, E));
    NO("since", wxkf_dedupe_observe(dedupe, some, NOW, NULL, E));
    NO_STRING("key", wxkf_dedupe_observe(dedupe, it, NOW, &since, E));
    NO("dedupe", wxkf_dedupe_forget(NULL, some, E));
    NO_STRING("key", wxkf_dedupe_forget(dedupe, it, E));
    NO("dedupe", wxkf_dedupe_snapshot(NULL, &buf, E));
    NO("snapshot", wxkf_dedupe_snapshot(dedupe, NULL, E));
    UNTOUCHED(out);
    UNTOUCHED(buf);
    UNTOUCHED(since);
    CHECK(wxkf_dedupe_len(NULL) == 0 && wxkf_dedupe_len(dedupe) == 0);
    wxkf_dedupe_free(NULL);
}

static void tokens(void) {
    wxkf_token *out;
    wxkf_token_action action;
    wxkf_buf buf;
    bool applied;
    FILL(out);
    FILL(action);
    FILL(buf);
    FILL(applied);
    NO("keeper", wxkf_token_new(TEXT("token"), NOTHING, NULL, E));
    NO_STRING("source", wxkf_token_new(it, NOTHING, &out, E));
    NO_STRING("refresh_token", wxkf_token_new(TEXT("authorizer"), it, &out, E));
    NO("keeper", wxkf_token_restore(some, NULL, E));
    NO_BYTES("snapshot", wxkf_token_restore(it, &out, E));
    NO("keeper", wxkf_token_step(NULL, NOW, &buf, &action, E));
    NO("token", wxkf_token_step(keeper, NOW, NULL, &action, E));
    NO("action", wxkf_token_step(keeper, NOW, &buf, NULL, E));
    NO("keeper", wxkf_token_fetched(NULL, 1, some, 1, NOTHING, NOW, &applied, E));
    NO_STRING("token", wxkf_token_fetched(keeper, 1, it, 1, NOTHING, NOW, &applied, E));
    NO_STRING("refresh_token", wxkf_token_fetched(keeper, 1, some, 1, it, NOW, &applied, E));
    NO("keeper", wxkf_token_fetch_failed(NULL, 1, TEXT("temporary"), NOW, &applied, E));
    NO_STRING("failure", wxkf_token_fetch_failed(keeper, 1, it, NOW, &applied, E));
    NO("keeper", wxkf_token_rejected(NULL, some, NOW, &applied, E));
    NO_STRING("token", wxkf_token_rejected(keeper, it, NOW, &applied, E));
    NO("keeper", wxkf_token_snapshot(NULL, &buf, E));
    NO("snapshot", wxkf_token_snapshot(keeper, NULL, E));
    UNTOUCHED(out);
    UNTOUCHED(action);
    UNTOUCHED(buf);
    UNTOUCHED(applied);
    CHECK(is_nothing(wxkf_token_refresh_token(NULL)));
    CHECK(wxkf_token_next_deadline(NULL) == WXKF_NONE);
    CHECK(wxkf_token_next_deadline(keeper) == WXKF_NONE);
    wxkf_token_free(NULL);
}

static void buffers(void) {
    wxkf_buf zeroed = {0}, made;
    wxkf_buf_free(&zeroed);
    wxkf_buf_free(&zeroed);
    CHECK(zeroed.ptr == NULL && zeroed.len == 0 && zeroed.cap == 0);
    DONE(wxkf_account_sign(account, some, some, &made, E));
    CHECK(made.len == 40 && made.cap >= made.len);
    wxkf_buf_free(&made);
    CHECK(made.ptr == NULL && made.len == 0 && made.cap == 0);
    wxkf_buf_free(&made);
}

int main(void) {
    account = secure_account();
    push it = sealed(account, TEXT(MESSAGE("gh_1", "hello")), "xml", "gh_1");
    DONE(wxkf_account_receive(account, text(it.query), view(it.body), NOW, &received, E));
    DONE(wxkf_conversation_new(TEXT("\"mini_program\""), NOTHING, &conversation, E));
    DONE(wxkf_dedupe_new(9, 9, NOTHING, &dedupe, E));
    DONE(wxkf_token_new(TEXT("token"), NOTHING, &keeper, E));
    accounts();
    pushes();
    answers();
    what_was_received();
    calls();
    conversations();
    memories();
    tokens();
    buffers();
    wxkf_token_free(keeper);
    wxkf_dedupe_free(dedupe);
    wxkf_conversation_free(conversation);
    wxkf_received_free(received);
    wxkf_buf_free(&it.body);
    wxkf_account_free(account);
    return finish("nothing");
}
