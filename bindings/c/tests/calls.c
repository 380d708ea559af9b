/* Calls of the API, texts in parts, return codes, and the library itself. */

#include "support.h"

#define SEND TEXT("message.custom.send")

static void a_call_is_made(void) {
    wxkf_buf head, body;
    wxkf_bytes params = TEXT("{\"touser\":\"o_1\",\"msgtype\":\"text\",\"text\":{\"content\":\"hi\"}}");
    DONE(wxkf_request(SEND, params, NOTHING, &head, &body, E));
    CHECK(contains(view(head), "\"method\":\"POST\"") && contains(view(head), "/cgi-bin/message/custom/send"));
    CHECK(contains(view(body), "\"touser\":\"o_1\""));
    wxkf_buf_free(&head);
    wxkf_buf_free(&body);
    DONE(wxkf_request(SEND, params, TEXT("mini_program"), &head, &body, E));
    wxkf_buf_free(&head);
    wxkf_buf_free(&body);
    DONE(wxkf_request(TEXT("getcallbackip"), TEXT("{}"), NOTHING, &head, &body, E));
    CHECK(contains(view(head), "\"method\":\"GET\"") && body.ptr == NULL && body.len == 0 && body.cap == 0);
    wxkf_buf_free(&head);
    wxkf_buf_free(&body);

    FILL(head);
    FILL(body);
    wxkf_bytes no_text = TEXT("{\"touser\":\"o_1\",\"msgtype\":\"text\",\"text\":{}}");
    wxkf_bytes bad_user = TEXT("{\"touser\":\"\",\"msgtype\":\"text\",\"text\":{\"content\":\"hi\"}}");
    wxkf_bytes voice = TEXT("{\"touser\":\"o_1\",\"msgtype\":\"voice\",\"voice\":{\"media_id\":\"m\"}}");
    REFUSED(WXKF_REQUEST_FIELD_MISSING, "text.content", wxkf_request(SEND, no_text, NOTHING, &head, &body, E));
    REFUSED(WXKF_REQUEST_FIELD_INVALID, "touser", wxkf_request(SEND, bad_user, NOTHING, &head, &body, E));
    REFUSED(WXKF_REQUEST_FIELD_INVALID, NULL, wxkf_request(SEND, TEXT("[1"), NOTHING, &head, &body, E));
    REFUSED(WXKF_REQUEST_UNSUPPORTED, NULL, wxkf_request(TEXT("nothing"), TEXT("{}"), NOTHING, &head, &body, E));
    REFUSED(WXKF_REQUEST_UNSUPPORTED, NULL, wxkf_request(SEND, voice, TEXT("mini_program"), &head, &body, E));
    REFUSED(WXKF_BINDING_ARGUMENT_INVALID, "kind", wxkf_request(SEND, params, TEXT("bot"), &head, &body, E));
    UNTOUCHED(head);
    UNTOUCHED(body);
}

static void a_file_is_sent(void) {
    wxkf_buf head, body;
    wxkf_bytes params = TEXT("{\"type\":\"image\",\"media_base64\":\"iVBORw0KGgo=\",\"filename\":\"a.png\","
                             "\"random\":\"00112233445566778899aabbccddeeff\"}");
    DONE(wxkf_request(TEXT("media.upload"), params, NOTHING, &head, &body, E));
    CHECK(contains(view(head), "multipart/form-data; boundary="));
    bool found = false;
    for (size_t i = 0; i + 8 <= body.len; i++) found = found || memcmp(body.ptr + i, "\x89PNG\r\n\x1a\n", 8) == 0;
    CHECK(found);
    wxkf_buf_free(&head);
    wxkf_buf_free(&body);
}

static void an_answer_is_read(void) {
    wxkf_buf outcome;
    DONE(wxkf_decode(SEND, 200, NOTHING, NOTHING, TEXT("{\"errcode\":0,\"errmsg\":\"ok\"}"), &outcome, E));
    CHECK(contains(view(outcome), "{\"accepted\":{"));
    wxkf_buf_free(&outcome);
    DONE(wxkf_decode(SEND, 200, TEXT("application/json"), NOTHING,
                     TEXT("{\"errcode\":45047,\"errmsg\":\"out of response count limit\"}"), &outcome, E));
    CHECK(contains(view(outcome), "{\"rejected\":{\"errcode\":45047"));
    CHECK(contains(view(outcome), "\"kind\":\"quota_exhausted\""));
    wxkf_buf_free(&outcome);
    DONE(wxkf_decode(TEXT("media.get"), 200, TEXT("image/png"), TEXT("attachment; filename=\"a.png\""),
                     (wxkf_bytes){(const uint8_t *)"\0\xff\0", 3}, &outcome, E));
    CHECK(contains(view(outcome), "\"media_base64\":\"\"") && contains(view(outcome), "image/png"));
    wxkf_buf_free(&outcome);
    FILL(outcome);
    REFUSED(WXKF_RESPONSE_MALFORMED, NULL, wxkf_decode(SEND, 200, NOTHING, NOTHING, TEXT("<html>"), &outcome, E));
    REFUSED(WXKF_RESPONSE_MALFORMED, NULL, wxkf_decode(SEND, 502, NOTHING, NOTHING, NOTHING, &outcome, E));
    REFUSED(WXKF_REQUEST_UNSUPPORTED, NULL, wxkf_decode(TEXT("x"), 200, NOTHING, NOTHING, TEXT("{}"), &outcome, E));
    UNTOUCHED(outcome);
}

static void a_text_is_split(void) {
    wxkf_buf split;
    DONE(wxkf_split_text(TEXT("one two three"), 8, 1, &split, E));
    CHECK(is(view(split), "{\"parts\":[\"one two \"],\"rest\":\"three\"}"));
    wxkf_buf_free(&split);
    DONE(wxkf_split_text(TEXT("one"), UINT64_MAX, UINT64_MAX, &split, E));
    CHECK(is(view(split), "{\"parts\":[\"one\"],\"rest\":\"\"}"));
    wxkf_buf_free(&split);
    DONE(wxkf_split_text(TEXT("one"), 0, 0, &split, E));
    CHECK(is(view(split), "{\"parts\":[],\"rest\":\"one\"}"));
    wxkf_buf_free(&split);
    DONE(wxkf_split_text(NOTHING, 9, 9, &split, E));
    CHECK(contains(view(split), "\"rest\":\"\""));
    wxkf_buf_free(&split);
}

static void codes_are_known(void) {
    wxkf_buf info;
    CHECK(wxkf_errcode(45047, &info));
    CHECK(contains(view(info), "\"errcode\":45047") && contains(view(info), "\"zh\":\""));
    wxkf_buf_free(&info);
    CHECK(wxkf_errcode(45047, NULL));
    FILL(info);
    int64_t unknown[] = {123456789, INT64_MIN, INT64_MAX};
    for (int i = 0; i < 3; i++) CHECK(!wxkf_errcode(unknown[i], &info));
    UNTOUCHED(info);
    CHECK(is(wxkf_rejection_kind(45047), "quota_exhausted"));
    CHECK(is(wxkf_rejection_kind(40001), "token_rejected"));
    CHECK(is(wxkf_rejection_kind(INT64_MIN), "unknown"));
}

static void a_status_has_words(void) {
    CHECK(is(wxkf_status_name(WXKF_OK), "ok"));
    CHECK(is_nothing(wxkf_status_origin(WXKF_OK)) && is_nothing(wxkf_status_message(WXKF_OK, false)));
    CHECK(is(wxkf_status_name(WXKF_CALLBACK_SIGNATURE_MISMATCH), "callback.signature_mismatch"));
    CHECK(is(wxkf_status_origin(WXKF_CALLBACK_SIGNATURE_MISMATCH), "peer"));
    CHECK(is(wxkf_status_origin(WXKF_BINDING_ARGUMENT_INVALID), "caller"));
    CHECK(is(wxkf_status_origin(WXKF_RESPONSE_MALFORMED), "platform"));
    CHECK(is(wxkf_status_name(WXKF_BINDING_PANICKED), "binding.panicked"));
    wxkf_status none[] = {1, 99, 702, 65536 + 202, UINT32_MAX};
    for (int i = 0; i < 5; i++) {
        CHECK(is_nothing(wxkf_status_name(none[i])) && is_nothing(wxkf_status_origin(none[i])));
        CHECK(is_nothing(wxkf_status_message(none[i], true)));
    }
    wxkf_bytes english = wxkf_status_message(WXKF_CONFIG_TOKEN_EMPTY, false);
    wxkf_bytes chinese = wxkf_status_message(WXKF_CONFIG_TOKEN_EMPTY, true);
    CHECK(english.len > 0 && chinese.len > 0 && !same(english, chinese));
}

static void the_header_is_of_the_library(void) {
    char version[32];
    CHECK(wxkf_abi() == WXKF_ABI);
    CHECK(is(wxkf_version(), WXKF_VERSION));
    snprintf(version, sizeof version, "%d.%d.%d", WXKF_VERSION_MAJOR, WXKF_VERSION_MINOR, WXKF_VERSION_PATCH);
    CHECK(is(wxkf_version(), version));
}

int main(void) {
    a_call_is_made();
    a_file_is_sent();
    an_answer_is_read();
    a_text_is_split();
    codes_are_known();
    a_status_has_words();
    the_header_is_of_the_library();
    return finish("calls");
}
