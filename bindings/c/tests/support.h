/* What the tests of the C ABI have in common: counted checks, literals as bytes, sealed pushes. */

#ifndef WXKF_TESTS_SUPPORT_H
#define WXKF_TESTS_SUPPORT_H

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wxkf.h"

/* The moment of every test, in milliseconds; the pushes are of the same second. */
#define NOW UINT64_C(1763700000000)
#define KEY "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
#define OTHER_KEY "0123456789ABCDEFGabcdefghijklmnopqrstuvwxyz"

/* A text message as XML, with the account first, then what stands in Content. */
#define MESSAGE(to, content)                                                                                \
    "<xml><ToUserName>" to "</ToUserName><FromUserName>o_1</FromUserName><CreateTime>1763700000"             \
    "</CreateTime><MsgType>text</MsgType><Content>" content "</Content><MsgId>23456789012345678</MsgId></xml>"

/* A literal as borrowed bytes. */
#define TEXT(literal) ((wxkf_bytes){(const uint8_t *)("" literal), sizeof(literal) - 1})
/* What may be absent, is. */
#define NOTHING ((wxkf_bytes){NULL, 0})
/* A NULL pointer with a length. */
#define BROKEN ((wxkf_bytes){NULL, 3})
/* More bytes than there can be. */
#define TOO_LONG ((wxkf_bytes){(const uint8_t *)"x", SIZE_MAX})
/* Bytes that are no text. */
#define NO_TEXT ((wxkf_bytes){(const uint8_t *)"\xff\xfe", 2})
#define RANDOM TEXT("0123456789abcdef")

static unsigned long checks, failures;

#define CHECK(condition) check((condition), #condition, __FILE__, __LINE__)

/* That a call fails in this way. It names its `error` E: the call is made once with one and once with NULL. */
#define REFUSED(code, field, call)                                                                          \
    do {                                                                                                    \
        wxkf_buf made_, *E = &made_;                                                                        \
        memset(&made_, 0xa5, sizeof made_);                                                                 \
        wxkf_status status_ = (call);                                                                       \
        refused(status_, (code), (field), &made_, #call, __FILE__, __LINE__);                               \
        E = NULL;                                                                                           \
        status_ = (call);                                                                                   \
        check(status_ == (wxkf_status)(code), #call, __FILE__, __LINE__);                                   \
    } while (0)

/* That a call succeeds and leaves its `error`, again E, as it is. */
#define DONE(call)                                                                                          \
    do {                                                                                                    \
        wxkf_buf made_, *E = &made_;                                                                        \
        FILL(made_);                                                                                        \
        done((call), &made_, #call, __FILE__, __LINE__);                                                    \
    } while (0)

/* A pattern in a place for a result, and that it is still there. */
#define FILL(place) memset(&(place), 0xa5, sizeof(place))
#define UNTOUCHED(place) check(is_filled(&(place), sizeof(place)), "untouched " #place, __FILE__, __LINE__)

static inline void check(bool good, const char *what, const char *file, int line) {
    checks++;
    if (good) return;
    failures++;
    fprintf(stderr, "%s:%d: %s\n", file, line, what);
}

static inline bool is_filled(const void *place, size_t len) {
    const unsigned char *byte = place;
    for (size_t i = 0; i < len; i++) {
        if (byte[i] != 0xa5) return false;
    }
    return true;
}

/* How a test program ends. */
static inline int finish(const char *name) {
    printf("%s: %lu checks, %lu failed\n", name, checks, failures);
    return failures == 0 ? 0 : 1;
}

static inline wxkf_bytes text(const char *string) {
    return (wxkf_bytes){(const uint8_t *)string, strlen(string)};
}

static inline wxkf_bytes view(wxkf_buf buf) {
    return (wxkf_bytes){buf.ptr, buf.len};
}

static inline bool same(wxkf_bytes left, wxkf_bytes right) {
    return left.len == right.len && (left.len == 0 || memcmp(left.ptr, right.ptr, left.len) == 0);
}

static inline bool is(wxkf_bytes bytes, const char *string) {
    return bytes.ptr != NULL && same(bytes, text(string));
}

static inline bool is_nothing(wxkf_bytes bytes) {
    return bytes.ptr == NULL && bytes.len == 0;
}

/* A copy with a zero at its end, to be freed. */
static inline char *copy(wxkf_bytes bytes) {
    char *string = malloc(bytes.len + 1);
    if (string == NULL) abort();
    if (bytes.len > 0) memcpy(string, bytes.ptr, bytes.len);
    string[bytes.len] = '\0';
    return string;
}

static inline bool contains(wxkf_bytes bytes, const char *part) {
    char *string = copy(bytes);
    bool found = strstr(string, part) != NULL;
    free(string);
    return found;
}

static inline void refused(wxkf_status status, wxkf_status code, const char *field, wxkf_buf *error,
                           const char *what, const char *file, int line) {
    check(status == code, what, file, line);
    if (status == WXKF_OK) return;
    if (status != code) fprintf(stderr, "  it is %.*s\n", (int)error->len, (const char *)error->ptr);
    char *name = copy(wxkf_status_name(code)), *origin = copy(wxkf_status_origin(code)), expected[256];
    snprintf(expected, sizeof expected, "{\"code\":\"%s\",\"origin\":\"%s\"", name, origin);
    check(contains(view(*error), expected), what, file, line);
    check(contains(view(*error), "\"message\":\""), what, file, line);
    if (field != NULL) {
        snprintf(expected, sizeof expected, "\"field\":\"%s\"", field);
        bool named = contains(view(*error), expected);
        check(named, what, file, line);
        if (!named) fprintf(stderr, "  it is %.*s\n", (int)error->len, (const char *)error->ptr);
    }
    free(name);
    free(origin);
    wxkf_buf_free(error);
    check(error->ptr == NULL && error->len == 0 && error->cap == 0, "an empty error", file, line);
    wxkf_buf_free(error);
}

static inline void done(wxkf_status status, wxkf_buf *error, const char *what, const char *file, int line) {
    check(status == WXKF_OK, what, file, line);
    if (status != WXKF_OK) {
        fprintf(stderr, "  it is %.*s\n", (int)error->len, (const char *)error->ptr);
        exit(1);
    }
    check(is_filled(error, sizeof *error), what, file, line);
}

/* An account of these keys, both of which may be NULL: without the first it is asked for as a plain one. */
static inline wxkf_account *account_with(const char *kind, const char *app_id, const char *token,
                                         const char *key, const char *previous) {
    wxkf_account_option options[] = {{TEXT("encoding_aes_key"), key ? text(key) : NOTHING},
                                     {TEXT("previous_encoding_aes_key"), previous ? text(previous) : NOTHING}};
    wxkf_account_option plain = {TEXT("mode"), TEXT("plain")};
    wxkf_account *account = NULL;
    DONE(wxkf_account_new(text(kind), text(app_id), text(token), key ? options : &plain, key && previous ? 2 : 1,
                          &account, E));
    return account;
}

/* The official account of most tests. */
static inline wxkf_account *secure_account(void) {
    return account_with("official_account", "wx0123456789abcdef", "token", KEY, NULL);
}

/* What WeChat posts. */
typedef struct {
    char query[512];
    wxkf_buf body;
} push;

/* The value of a text in a flat JSON object. */
static inline void value(wxkf_bytes json, const char *key, char *out, size_t room) {
    char quoted[64], *string = copy(json);
    snprintf(quoted, sizeof quoted, "\"%s\":\"", key);
    const char *from = strstr(string, quoted);
    CHECK(from != NULL);
    from = from == NULL ? "" : from + strlen(quoted);
    snprintf(out, room, "%.*s", (int)strcspn(from, "\""), from);
    free(string);
}

/* Seals a message for an account, to be freed by wxkf_buf_free(&push.body). */
static inline push sealed(const wxkf_account *account, wxkf_bytes message, const char *format, const char *to) {
    push it = {.query = ""};
    wxkf_buf parts;
    char signature[64];
    DONE(wxkf_account_seal(account, message, text(format), text(to), RANDOM, TEXT("7"), NOW, &it.body, &parts, E));
    value(view(parts), "msg_signature", signature, sizeof signature);
    snprintf(it.query, sizeof it.query, "timestamp=1763700000&nonce=7&encrypt_type=aes&msg_signature=%s", signature);
    wxkf_buf_free(&parts);
    return it;
}

/* An unsealed push with a good signature, whose body is borrowed. */
static inline push signed_plainly(const wxkf_account *account) {
    push it = {.query = ""};
    wxkf_buf signature;
    DONE(wxkf_account_sign(account, TEXT("1763700000"), TEXT("7"), &signature, E));
    snprintf(it.query, sizeof it.query, "timestamp=1763700000&nonce=7&signature=%.*s", (int)signature.len,
             (const char *)signature.ptr);
    wxkf_buf_free(&signature);
    return it;
}

#endif
