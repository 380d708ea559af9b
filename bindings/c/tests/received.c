/* What was received, and what came through another gate. */

#include "support.h"

static void a_push_is_read(const char *message, const char *format) {
    wxkf_account *account = secure_account();
    push it = sealed(account, text(message), format, "gh_1");
    wxkf_received *received = NULL;
    DONE(wxkf_account_receive(account, text(it.query), view(it.body), NOW, &received, E));
    /* Neither the account nor the body is needed any more. */
    wxkf_account_free(account);
    memset(it.body.ptr, 0, it.body.len);
    wxkf_buf_free(&it.body);

    wxkf_view seen;
    FILL(seen);
    DONE(wxkf_received_view(received, &seen, E));
    CHECK(is(seen.from, "o_1") && is(seen.to, "gh_1") && is(seen.msg_id, "23456789012345678"));
    CHECK(is(seen.kind, "text") && is(seen.trigger, "message") && is(seen.content, "hello"));
    CHECK(is_nothing(seen.event) && is_nothing(seen.event_key));
    CHECK(is(seen.format, format) && is(seen.plaintext, message));
    CHECK(seen.created == NOW && seen.key_index == 0 && seen.token_index == 0 && seen.sealed);
    CHECK(!seen.wants_err_code);

    CHECK(is(wxkf_received_field(received, TEXT("Content")), "hello"));
    CHECK(is_nothing(wxkf_received_field(received, TEXT("MediaId"))));
    CHECK(is_nothing(wxkf_received_field(received, NOTHING)));
    CHECK(is_nothing(wxkf_received_field(received, BROKEN)));
    CHECK(is_nothing(wxkf_received_field(received, TOO_LONG)));
    CHECK(is_nothing(wxkf_received_field(received, NO_TEXT)));

    wxkf_buf key, inbound, tree, reply_to;
    DONE(wxkf_received_dedupe_key(received, &key, E));
    DONE(wxkf_received_inbound(received, &inbound, E));
    DONE(wxkf_received_tree(received, &tree, E));
    DONE(wxkf_received_reply_to(received, &reply_to, E));
    char *quoted = copy(view(key));
    CHECK(key.len > 0 && contains(view(inbound), quoted));
    CHECK(contains(view(inbound), "\"content\":\"hello\"") && contains(view(inbound), "\"created\":1763700000"));
    CHECK(contains(view(tree), "\"Content\":\"hello\"") && contains(view(tree), "23456789012345678"));
    CHECK(contains(view(reply_to), "o_1"));
    free(quoted);
    wxkf_buf_free(&key);
    wxkf_buf_free(&inbound);
    wxkf_buf_free(&tree);
    wxkf_buf_free(&reply_to);
    wxkf_received_free(received);
}

static void an_event_is_read(void) {
    wxkf_account *account = secure_account();
    push it = sealed(account, TEXT("<xml><ToUserName>gh_1</ToUserName><FromUserName>o_1</FromUserName><MsgType>event"
                                   "</MsgType><Event>SCAN</Event><EventKey>12</EventKey></xml>"), "xml", "gh_1");
    wxkf_received *received = NULL;
    wxkf_view seen;
    DONE(wxkf_account_receive(account, text(it.query), view(it.body), NOW, &received, E));
    DONE(wxkf_received_view(received, &seen, E));
    CHECK(is(seen.kind, "event.scan") && is(seen.trigger, "scan"));
    CHECK(is(seen.event, "SCAN") && is(seen.event_key, "12"));
    CHECK(is_nothing(seen.content) && is_nothing(seen.msg_id) && seen.created == WXKF_NONE);
    wxkf_received_free(received);
    wxkf_buf_free(&it.body);
    wxkf_account_free(account);
}

/* What is absent and what is empty are two things. */
static void an_empty_text_is_no_absent_one(void) {
    wxkf_account *account = secure_account();
    push it = sealed(account, TEXT(MESSAGE("gh_1", "")), "xml", "gh_1");
    wxkf_received *received = NULL;
    wxkf_view seen;
    DONE(wxkf_account_receive(account, text(it.query), view(it.body), NOW, &received, E));
    DONE(wxkf_received_view(received, &seen, E));
    CHECK(seen.content.ptr != NULL && seen.content.len == 0);
    CHECK(is_nothing(seen.event));
    wxkf_received_free(received);
    wxkf_buf_free(&it.body);
    wxkf_account_free(account);
}

static void another_gate(void) {
    wxkf_bytes body = TEXT("{\"FromUserName\":\"o_1\",\"MsgType\":\"text\",\"Content\":\"hi\","
                           "\"MsgId\":12345678901234567890}");
    wxkf_buf decoded, tree;
    DONE(wxkf_decode_unverified(body, &decoded, &tree, E));
    CHECK(contains(view(decoded), "\"format\":\"json\"") && contains(view(decoded), "\"content\":\"hi\""));
    CHECK(contains(view(tree), "12345678901234567890"));
    wxkf_buf_free(&decoded);
    wxkf_buf_free(&tree);
    DONE(wxkf_decode_unverified(body, &decoded, NULL, E));
    wxkf_buf_free(&decoded);
    FILL(decoded);
    FILL(tree);
    REFUSED(WXKF_CALLBACK_BODY_MALFORMED, NULL, wxkf_decode_unverified(TEXT("{"), &decoded, &tree, E));
    REFUSED(WXKF_CALLBACK_BODY_MALFORMED, NULL, wxkf_decode_unverified(NO_TEXT, &decoded, &tree, E));
    REFUSED(WXKF_CALLBACK_BODY_MALFORMED, NULL, wxkf_decode_unverified(NOTHING, &decoded, &tree, E));
    UNTOUCHED(decoded);
    UNTOUCHED(tree);
}

int main(void) {
    a_push_is_read(MESSAGE("gh_1", "hello"), "xml");
    a_push_is_read("{\"ToUserName\":\"gh_1\",\"FromUserName\":\"o_1\",\"CreateTime\":1763700000,\"MsgType\":\"text\","
                   "\"Content\":\"hello\",\"MsgId\":23456789012345678}", "json");
    an_event_is_read();
    an_empty_text_is_no_absent_one();
    another_gate();
    return finish("received");
}
