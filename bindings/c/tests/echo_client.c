/* Asks the echo example, whose port is the first argument, what WeChat and others may ask. */

#define _DEFAULT_SOURCE

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "support.h"

static uint16_t port;
static char answer[65536];

/* Sends what it is told, and gives the status of the answer; `answer` is the body. */
static int ask(const char *head, wxkf_bytes body) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    struct timeval patience = {.tv_sec = 15};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int at = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(at, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (connect(at, (struct sockaddr *)&address, sizeof address) != 0) {
        perror("connect");
        exit(1);
    }
    (void)!send(at, head, strlen(head), MSG_NOSIGNAL);
    if (body.len > 0) (void)!send(at, body.ptr, body.len, MSG_NOSIGNAL);
    size_t len = 0;
    ssize_t got;
    while ((got = recv(at, answer + len, sizeof answer - 1 - len, 0)) > 0) len += (size_t)got;
    close(at);
    answer[len] = '\0';
    int status = 0;
    sscanf(answer, "HTTP/1.1 %d", &status);
    char *start = strstr(answer, "\r\n\r\n");
    if (start != NULL) memmove(answer, start + 4, strlen(start + 4) + 1);
    return status;
}

static int post(const char *query, wxkf_bytes body) {
    char head[1024];
    snprintf(head, sizeof head, "POST /wx?%s HTTP/1.1\r\nHost: bot\r\nContent-Length: %zu\r\n\r\n", query, body.len);
    return ask(head, body);
}

/* The text inside the sealed answer. */
static bool answered(const wxkf_account *account, const char *expected) {
    char query[256];
    char *signature = strstr(answer, "<MsgSignature><![CDATA["), *timestamp = strstr(answer, "<TimeStamp>");
    char *nonce = strstr(answer, "<Nonce><![CDATA[");
    if (signature == NULL || timestamp == NULL || nonce == NULL) return false;
    snprintf(query, sizeof query, "msg_signature=%.40s&timestamp=%lld&nonce=%.*s", signature + 23,
             atoll(timestamp + 11), (int)strcspn(nonce + 16, "]"), nonce + 16);
    wxkf_buf opened;
    DONE(wxkf_account_open(account, text(query), text(answer), NOW, &opened, E));
    bool good = contains(view(opened), expected);
    wxkf_buf_free(&opened);
    return good;
}

int main(int argc, char **argv) {
    port = (uint16_t)atoi(argc > 1 ? argv[1] : "8080");
    wxkf_account *account = secure_account();
    push it = signed_plainly(account);
    char head[1024];
    snprintf(head, sizeof head, "GET /wx?%s&echostr=42 HTTP/1.1\r\nHost: bot\r\n\r\n", it.query);
    CHECK(ask(head, NOTHING) == 200 && strcmp(answer, "42") == 0);
    CHECK(ask("GET /wx?signature=0&timestamp=1&nonce=1&echostr=42 HTTP/1.1\r\n\r\n", NOTHING) == 403);
    CHECK(strcmp(answer, "") == 0);
    CHECK(ask("GET / HTTP/1.1\r\n\r\n", NOTHING) == 403);

    it = sealed(account, TEXT(MESSAGE("gh_1", "a \"b\" \\ \xe4\xbd\xa0")), "xml", "gh_1");
    CHECK(post("timestamp=1&nonce=7&encrypt_type=aes&msg_signature=0", view(it.body)) == 403);
    CHECK(strcmp(answer, "") == 0);
    CHECK(post(it.query, view(it.body)) == 200);
    CHECK(answered(account, "a \"b\" \\ \xe4\xbd\xa0"));
    CHECK(post(it.query, view(it.body)) == 200 && strcmp(answer, "success") == 0);
    wxkf_buf_free(&it.body);

    it = sealed(account, TEXT("<xml><ToUserName>gh_1</ToUserName><FromUserName>o_1</FromUserName><CreateTime>1763700000"
                              "</CreateTime><MsgType>event</MsgType><Event>subscribe</Event></xml>"), "xml", "gh_1");
    CHECK(post(it.query, view(it.body)) == 200 && strcmp(answer, "success") == 0);
    wxkf_buf_free(&it.body);

    CHECK(ask("POST / HTTP/1.1\r\n\r\n", NOTHING) == 411);
    CHECK(ask("POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n", NOTHING) == 413);
    CHECK(ask("POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", NOTHING) == 400);
    CHECK(ask("POST / HTTP/1.1\r\nContent-Length: 0x\r\n\r\n", NOTHING) == 400);
    CHECK(ask("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", NOTHING) == 400);
    CHECK(ask("nonsense\r\n\r\n", NOTHING) == 400);
    CHECK(ask("\r\n\r\n", NOTHING) == 400);
    CHECK(ask("BREW / HTTP/1.1\r\n\r\n", NOTHING) == 405);
    wxkf_account_free(account);
    return finish("echo");
}
