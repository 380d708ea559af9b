/* An account: what comes in, what is answered, and each way to refuse it. */

#include "support.h"

static wxkf_account *account;

static void an_account_is_checked(void) {
    wxkf_account *none = NULL;
    FILL(none);
    wxkf_bytes kind = TEXT("official_account"), id = TEXT("wx1"), token = TEXT("t");
    wxkf_account_option bad_key = {TEXT("encoding_aes_key"), TEXT("short")};
    wxkf_account_option mode = {TEXT("mode"), TEXT("secure")};
    wxkf_account_option unknown = {TEXT("colour"), TEXT("red")};
    wxkf_account_option no_number = {TEXT("max_body"), TEXT("-1")};
    wxkf_account_option no_mode = {TEXT("mode"), TEXT("open")};
    wxkf_account_option no_id[] = {{TEXT("mode"), TEXT("plain")}, {TEXT("accept_id"), TEXT(" \xe3\x80\x80")}};
    REFUSED(WXKF_CONFIG_KEY_INVALID, NULL, wxkf_account_new(kind, id, token, &bad_key, 1, &none, E));
    REFUSED(WXKF_CONFIG_TOKEN_EMPTY, NULL, wxkf_account_new(kind, id, TEXT(""), NULL, 0, &none, E));
    REFUSED(WXKF_CONFIG_TOKEN_EMPTY, NULL, wxkf_account_new(kind, id, NOTHING, NULL, 0, &none, E));
    REFUSED(WXKF_CONFIG_ID_INVALID, NULL, wxkf_account_new(kind, TEXT("a\tb"), token, NULL, 0, &none, E));
    char long_id[300];
    memset(long_id, 'a', sizeof long_id);
    wxkf_bytes too_long = {(const uint8_t *)long_id, sizeof long_id};
    REFUSED(WXKF_CONFIG_ID_INVALID, "app_id", wxkf_account_new(kind, too_long, token, NULL, 0, &none, E));
    REFUSED(WXKF_CONFIG_ID_INVALID, "app_id", wxkf_account_new(kind, TEXT(""), token, NULL, 0, &none, E));
    REFUSED(WXKF_CONFIG_ID_INVALID, "app_id", wxkf_account_new(kind, TEXT("gh_0123456789ab"), token, NULL, 0, &none, E));
    REFUSED(WXKF_CONFIG_ID_INVALID, "accept_ids", wxkf_account_new(kind, id, token, no_id, 2, &none, E));
    REFUSED(WXKF_CONFIG_MODE_NEEDS_KEY, "mode", wxkf_account_new(kind, id, token, &mode, 1, &none, E));
    /* A key that was forgotten opens no door. */
    REFUSED(WXKF_CONFIG_MODE_NEEDS_KEY, "mode", wxkf_account_new(kind, id, token, NULL, 0, &none, E));
    REFUSED(WXKF_BINDING_ARGUMENT_INVALID, "options", wxkf_account_new(kind, id, token, &unknown, 1, &none, E));
    REFUSED(WXKF_BINDING_ARGUMENT_INVALID, "options", wxkf_account_new(kind, id, token, &no_number, 1, &none, E));
    REFUSED(WXKF_BINDING_ARGUMENT_INVALID, "options", wxkf_account_new(kind, id, token, &no_mode, 1, &none, E));
    REFUSED(WXKF_BINDING_ARGUMENT_INVALID, "kind", wxkf_account_new(TEXT("bot"), id, token, NULL, 0, &none, E));
    UNTOUCHED(none);
}

static void an_account_says_what_it_is(void) {
    CHECK(is(wxkf_account_mode(account), "secure"));
    CHECK(wxkf_account_largest_body(account) >= 65536);
    wxkf_account_option options[] = {{TEXT("encoding_aes_key"), TEXT(KEY)}, {TEXT("mode"), TEXT("compatible")},
                                     {TEXT("max_body"), TEXT("200")},       {TEXT("tolerance_ms"), TEXT("60000")},
                                     {TEXT("previous_token"), TEXT("old")}, {TEXT("accept_id"), TEXT("wx2")}};
    wxkf_account *other = NULL;
    DONE(wxkf_account_new(TEXT("mini_program"), TEXT("wx1"), TEXT("new"), options, 6, &other, E));
    CHECK(is(wxkf_account_mode(other), "compatible"));
    size_t largest = wxkf_account_largest_body(other);
    CHECK(largest > 200 && largest < wxkf_account_largest_body(account));
    wxkf_account_free(other);
    wxkf_account *plain = account_with("mini_program", "\xef\xbb\xbfwx1\r\n", "t", NULL, NULL);
    CHECK(is(wxkf_account_mode(plain), "plain"));
    CHECK(is(wxkf_account_app_id(plain), "wx1"));
    wxkf_account_free(plain);
}

static void a_reply_has_a_caution(void) {
    char reply[2200];
    wxkf_bytes caution;
    for (int length = 2048; length <= 2049; length++) {
        int head = snprintf(reply, sizeof reply, "{\"type\":\"text\",\"content\":\"");
        memset(reply + head, 'a', (size_t)length);
        snprintf(reply + head + length, 3, "\"}");
        DONE(wxkf_reply_caution(text(reply), &caution, E));
        CHECK(length == 2048 ? is_nothing(caution) : is(caution, "long_reply"));
    }
    DONE(wxkf_reply_caution(TEXT("{\"type\":\"success\"}"), &caution, E));
    CHECK(is_nothing(caution));
    FILL(caution);
    REFUSED(WXKF_REPLY_UNSUPPORTED, "MsgType", wxkf_reply_caution(TEXT("{\"type\":\"dance\"}"), &caution, E));
    REFUSED(WXKF_REPLY_FIELD_INVALID, NULL, wxkf_reply_caution(NOTHING, &caution, E));
    UNTOUCHED(caution);
}

static void the_url_is_checked(void) {
    push it = signed_plainly(account);
    char query[600];
    wxkf_buf echo;
    snprintf(query, sizeof query, "%s&echostr=42%%2b", it.query);
    DONE(wxkf_account_verify_url(account, text(query), NOW, &echo, E));
    CHECK(is(view(echo), "42+"));
    wxkf_buf_free(&echo);
    FILL(echo);
    REFUSED(WXKF_CALLBACK_PARAMETER_MISSING, "echostr",
            wxkf_account_verify_url(account, text(it.query), NOW, &echo, E));
    REFUSED(WXKF_CALLBACK_SIGNATURE_MISMATCH, NULL,
            wxkf_account_verify_url(account, TEXT("signature=0&timestamp=1763700000&nonce=7&echostr=42"), NOW, &echo,
                                    E));
    REFUSED(WXKF_CALLBACK_QUERY_MALFORMED, NULL,
            wxkf_account_verify_url(account, TEXT("nonce=1&nonce=2"), NOW, &echo, E));
    UNTOUCHED(echo);
}

/* Receives, expects the message inside, answers, and opens the answer. */
static void there_and_back(wxkf_account *whose, const char *message, const char *format) {
    push it = sealed(whose, text(message), format, "gh_1");
    wxkf_received *received = NULL;
    wxkf_buf plaintext, body, kept, again;
    wxkf_bytes content_type, reply = TEXT("{\"type\":\"text\",\"content\":\"\xe4\xbd\xa0\xe5\xa5\xbd\"}");
    DONE(wxkf_account_receive(whose, text(it.query), view(it.body), NOW, &received, E));
    DONE(wxkf_account_open(whose, text(it.query), view(it.body), NOW, &plaintext, E));
    CHECK(is(view(plaintext), message));
    wxkf_buf_free(&plaintext);

    DONE(wxkf_account_reply(whose, received, reply, RANDOM, TEXT("9"), NOW, &body, &content_type, E));
    CHECK(contains(content_type, format));
    DONE(wxkf_received_reply_to(received, &kept, E));
    DONE(wxkf_account_reply_to(whose, view(kept), reply, RANDOM, TEXT("9"), NOW, &again, NULL, E));
    CHECK(same(view(body), view(again)));
    wxkf_buf_free(&kept);
    wxkf_buf_free(&again);

    char query[256], signature[64] = "";
    if (strcmp(format, "json") == 0) {
        value(view(body), contains(view(body), "MsgSignature") ? "MsgSignature" : "msg_signature", signature,
              sizeof signature);
    } else {
        char *xml = copy(view(body)), *from = strstr(xml, "<MsgSignature><![CDATA[");
        CHECK(from != NULL);
        if (from != NULL) snprintf(signature, 41, "%s", from + strlen("<MsgSignature><![CDATA["));
        free(xml);
    }
    snprintf(query, sizeof query, "timestamp=1763700000&nonce=9&msg_signature=%s", signature);
    DONE(wxkf_account_open(whose, text(query), view(body), NOW, &plaintext, E));
    CHECK(contains(view(plaintext), "\xe4\xbd\xa0\xe5\xa5\xbd"));
    wxkf_buf_free(&plaintext);
    wxkf_buf_free(&body);
    wxkf_buf_free(&it.body);

    DONE(wxkf_account_reply(whose, received, TEXT("{\"type\":\"success\"}"), RANDOM, NOTHING, NOW, &body, NULL, E));
    CHECK(is(view(body), "success"));
    wxkf_buf_free(&body);
    DONE(wxkf_account_reply(whose, received, TEXT("{\"type\":\"empty\"}"), RANDOM, NOTHING, NOW, &body, NULL, E));
    CHECK(body.len == 0);
    wxkf_buf_free(&body);
    wxkf_received_free(received);
}

static void a_push_is_refused(void) {
    wxkf_account *other_key = account_with("official_account", "wx0123456789abcdef", "token", OTHER_KEY, NULL);
    wxkf_account *other_id = account_with("official_account", "wx_other", "token", KEY, NULL);
    wxkf_account *plain = account_with("official_account", "wx0123456789abcdef", "token", NULL, NULL);
    wxkf_account_option strict_options[] = {{TEXT("encoding_aes_key"), TEXT(KEY)},
                                            {TEXT("tolerance_ms"), TEXT("60000")},
                                            {TEXT("max_body"), TEXT("100")}};
    wxkf_account *strict = NULL, *small = NULL;
    wxkf_bytes kind = TEXT("official_account"), id = TEXT("wx0123456789abcdef"), token = TEXT("token");
    DONE(wxkf_account_new(kind, id, token, strict_options, 2, &strict, E));
    DONE(wxkf_account_new(kind, id, token, strict_options, 3, &small, E));
    push it = sealed(account, TEXT(MESSAGE("gh_1", "hello")), "xml", "gh_1");
    push elsewhere = sealed(account, TEXT(MESSAGE("gh_1", "hello")), "xml", "gh_2");
    push unsealed = signed_plainly(account);
    wxkf_bytes query = text(it.query), body = view(it.body);
    wxkf_received *none;
    wxkf_buf buf;
    FILL(none);
    FILL(buf);
    REFUSED(WXKF_CALLBACK_QUERY_MALFORMED, NULL,
            wxkf_account_receive(account, TEXT("nonce=%zz"), body, NOW, &none, E));
    /* What a stranger has sent is the stranger's mistake, also if it is no text. */
    REFUSED(WXKF_CALLBACK_QUERY_MALFORMED, NULL,
            wxkf_account_receive(account, TEXT("nonce=\xff"), body, NOW, &none, E));
    REFUSED(WXKF_CALLBACK_PARAMETER_MISSING, NULL, wxkf_account_receive(account, NOTHING, body, NOW, &none, E));
    REFUSED(WXKF_CALLBACK_SIGNATURE_MISMATCH, NULL,
            wxkf_account_receive(account, TEXT("timestamp=1763700000&nonce=7&msg_signature=0&encrypt_type=aes"), body,
                                 NOW, &none, E));
    REFUSED(WXKF_CALLBACK_TIMESTAMP_STALE, NULL, wxkf_account_receive(strict, query, body, NOW + 61000, &none, E));
    REFUSED(WXKF_CALLBACK_TIMESTAMP_STALE, NULL, wxkf_account_receive(strict, query, body, UINT64_MAX, &none, E));
    REFUSED(WXKF_CALLBACK_TIMESTAMP_STALE, NULL, wxkf_account_receive(strict, query, body, 0, &none, E));
    REFUSED(WXKF_CALLBACK_MODE_REFUSED, NULL,
            wxkf_account_receive(account, text(unsealed.query), TEXT(MESSAGE("gh_1", "hi")), NOW, &none, E));
    char both[1024];
    snprintf(both, sizeof both, "%s&%s", it.query, strstr(unsealed.query, "signature="));
    REFUSED(WXKF_CALLBACK_MODE_REFUSED, NULL, wxkf_account_receive(plain, text(both), body, NOW, &none, E));
    REFUSED(WXKF_CALLBACK_BODY_MALFORMED, NULL, wxkf_account_receive(account, query, TEXT("<xml"), NOW, &none, E));
    REFUSED(WXKF_CALLBACK_BODY_MALFORMED, NULL, wxkf_account_receive(account, query, NOTHING, NOW, &none, E));
    size_t largest = wxkf_account_largest_body(small);
    uint8_t *large = calloc(largest + 1, 1);
    REFUSED(WXKF_CALLBACK_BODY_TOO_LARGE, NULL,
            wxkf_account_receive(small, query, (wxkf_bytes){large, largest + 1}, NOW, &none, E));
    REFUSED(WXKF_CALLBACK_BODY_MALFORMED, NULL,
            wxkf_account_receive(small, query, (wxkf_bytes){large, largest}, NOW, &none, E));
    free(large);
    REFUSED(WXKF_CALLBACK_CIPHERTEXT_INVALID, NULL, wxkf_account_receive(other_key, query, body, NOW, &none, E));
    REFUSED(WXKF_CALLBACK_RECEIVE_ID_MISMATCH, NULL, wxkf_account_receive(other_id, query, body, NOW, &none, E));
    REFUSED(WXKF_CALLBACK_RECIPIENT_MISMATCH, NULL,
            wxkf_account_receive(account, text(elsewhere.query), view(elsewhere.body), NOW, &none, E));
    REFUSED(WXKF_CALLBACK_CIPHERTEXT_INVALID, NULL, wxkf_account_open(other_key, query, body, NOW, &buf, E));
    UNTOUCHED(none);
    UNTOUCHED(buf);

    wxkf_buf told;
    DONE(wxkf_account_explain(account, query, body, NOW, &told, E));
    CHECK(contains(view(told), "\"accepted\":true"));
    wxkf_buf_free(&told);
    DONE(wxkf_account_explain(other_id, query, body, NOW, &told, E));
    CHECK(contains(view(told), "callback.receive_id_mismatch") && contains(view(told), "\"zh\":\""));
    wxkf_buf_free(&told);
    DONE(wxkf_account_explain(account, NOTHING, NOTHING, NOW, &told, E));
    CHECK(contains(view(told), "\"accepted\":false"));
    wxkf_buf_free(&told);

    wxkf_buf_free(&it.body);
    wxkf_buf_free(&elsewhere.body);
    wxkf_account *all[] = {other_key, other_id, plain, strict, small};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) wxkf_account_free(all[i]);
}

static void keys_rotate(void) {
    wxkf_account *rotated = account_with("official_account", "wx0123456789abcdef", "token", OTHER_KEY, KEY);
    push it = sealed(account, TEXT(MESSAGE("gh_1", "hello")), "xml", "gh_1");
    wxkf_received *received = NULL;
    wxkf_view seen;
    DONE(wxkf_account_receive(rotated, text(it.query), view(it.body), NOW, &received, E));
    DONE(wxkf_received_view(received, &seen, E));
    CHECK(seen.key_index == 1 && seen.token_index == 0);
    wxkf_received_free(received);
    wxkf_buf_free(&it.body);
    wxkf_account_free(rotated);

    wxkf_account_option options[] = {{TEXT("encoding_aes_key"), TEXT(KEY)},
                                     {TEXT("previous_token"), TEXT("before")},
                                     {TEXT("previous_token"), TEXT("token")}};
    DONE(wxkf_account_new(TEXT("official_account"), TEXT("wx0123456789abcdef"), TEXT("now"), options, 3, &rotated, E));
    it = sealed(account, TEXT(MESSAGE("gh_1", "hello")), "xml", "gh_1");
    DONE(wxkf_account_receive(rotated, text(it.query), view(it.body), NOW, &received, E));
    DONE(wxkf_received_view(received, &seen, E));
    CHECK(seen.key_index == 0 && seen.token_index == 2);
    wxkf_received_free(received);
    wxkf_buf_free(&it.body);
    wxkf_account_free(rotated);
}

static void plain_mode_seals_nothing(void) {
    wxkf_account *plain = account_with("official_account", "wx1", "token", NULL, NULL);
    push it = signed_plainly(plain);
    wxkf_received *received = NULL;
    wxkf_view seen;
    wxkf_buf body, parts;
    wxkf_bytes content_type;
    DONE(wxkf_account_receive(plain, text(it.query), TEXT(MESSAGE("gh_1", "hi")), NOW, &received, E));
    DONE(wxkf_received_view(received, &seen, E));
    CHECK(!seen.sealed && seen.key_index == WXKF_NO_INDEX && is(seen.content, "hi"));
    DONE(wxkf_account_reply(plain, received, TEXT("{\"type\":\"text\",\"content\":\"yes\"}"), RANDOM, NOTHING, NOW,
                            &body, &content_type, E));
    CHECK(contains(view(body), "yes") && is(content_type, "text/xml; charset=utf-8"));
    wxkf_buf_free(&body);
    FILL(body);
    FILL(parts);
    wxkf_status status = wxkf_account_seal(plain, TEXT("x"), TEXT("xml"), NOTHING, RANDOM, TEXT("7"), NOW, &body,
                                           &parts, NULL);
    CHECK(status == WXKF_CONFIG_MODE_NEEDS_KEY);
    UNTOUCHED(body);
    UNTOUCHED(parts);
    wxkf_received_free(received);
    wxkf_account_free(plain);
}

static void a_reply_is_refused(void) {
    push it = sealed(account, TEXT(MESSAGE("gh_1", "hello")), "xml", "gh_1");
    wxkf_account *program = account_with("mini_program", "wx0123456789abcdef", "token", KEY, NULL);
    wxkf_received *received = NULL, *of_program = NULL;
    DONE(wxkf_account_receive(account, text(it.query), view(it.body), NOW, &received, E));
    DONE(wxkf_account_receive(program, text(it.query), view(it.body), NOW, &of_program, E));
    wxkf_buf body;
    wxkf_bytes type, hi = TEXT("{\"type\":\"text\",\"content\":\"hi\"}"), short_random = TEXT("0123456789abcde");
    FILL(body);
    FILL(type);
    REFUSED(WXKF_REPLY_UNSUPPORTED, NULL,
            wxkf_account_reply(program, of_program, hi, RANDOM, NOTHING, NOW, &body, &type, E));
    REFUSED(WXKF_REPLY_FIELD_INVALID, "Content",
            wxkf_account_reply(account, received, TEXT("{\"type\":\"text\",\"content\":\"\"}"), RANDOM, NOTHING, NOW,
                               &body, &type, E));
    REFUSED(WXKF_REPLY_FIELD_INVALID, NULL,
            wxkf_account_reply(account, received, TEXT("nonsense"), RANDOM, NOTHING, NOW, &body, &type, E));
    REFUSED(WXKF_BINDING_ARGUMENT_INVALID, "random",
            wxkf_account_reply(account, received, hi, short_random, NOTHING, NOW, &body, &type, E));
    REFUSED(WXKF_BINDING_ARGUMENT_INVALID, "random",
            wxkf_account_reply(account, received, hi, NOTHING, NOTHING, NOW, &body, &type, E));
    wxkf_status status =
        wxkf_account_reply_to(account, TEXT("nonsense"), hi, RANDOM, NOTHING, NOW, &body, &type, NULL);
    CHECK(status != WXKF_OK);
    REFUSED(WXKF_BINDING_ARGUMENT_INVALID, "format",
            wxkf_account_seal(account, hi, TEXT("yaml"), NOTHING, RANDOM, TEXT("7"), NOW, &body, NULL, E));
    UNTOUCHED(body);
    UNTOUCHED(type);
    wxkf_received_free(received);
    wxkf_received_free(of_program);
    wxkf_account_free(program);
    wxkf_buf_free(&it.body);
}

int main(void) {
    account = secure_account();
    an_account_is_checked();
    an_account_says_what_it_is();
    the_url_is_checked();
    there_and_back(account, MESSAGE("gh_1", "hello"), "xml");
    there_and_back(account, "{\"ToUserName\":\"gh_1\",\"FromUserName\":\"o_1\",\"CreateTime\":1763700000,"
                            "\"MsgType\":\"text\",\"Content\":\"hello\",\"MsgId\":7}", "json");
    a_push_is_refused();
    keys_rotate();
    plain_mode_seals_nothing();
    a_reply_is_refused();
    a_reply_has_a_caution();
    wxkf_account_free(account);
    return finish("account");
}
