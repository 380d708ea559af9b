/* A webhook that answers every text with the same text, on plain POSIX sockets, a thread for each connection.
 *
 *     cc -std=c11 echo.c $(pkg-config --cflags --libs wxkf) -lpthread -o echo
 *     WXKF_KIND=official_account WXKF_APP_ID=wx… WXKF_TOKEN=… WXKF_ENCODING_AES_KEY=… PORT=8080 ./echo
 *
 * An account without a key is a plain one, which is asked for by WXKF_MODE=plain. It listens on 127.0.0.1, unless HOST is another address: put what
 * speaks TLS before it. With PORT=0 it takes a free port, and says which. SIGTERM ends it. */

#define _DEFAULT_SOURCE

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "wxkf.h"

/* The longest head of a request, how many may be served at once, and how long one may take. */
enum { HEAD = 16384, MOST = 64, SECONDS = 10 };

/* A literal as borrowed bytes. */
#define TEXT(literal) ((wxkf_bytes){(const uint8_t *)("" literal), sizeof(literal) - 1})
#define NOTHING ((wxkf_bytes){NULL, 0})

typedef struct {
    int socket;
    uint64_t until;
    char head[HEAD + 1];
    size_t head_len;
    char *method, *query;
    char *body;
    size_t body_len;
} request;

static wxkf_account *account;
static wxkf_dedupe *dedupe;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t ended = PTHREAD_COND_INITIALIZER;
static unsigned running;
static volatile sig_atomic_t stopping;

static void *serve(void *socket);
static ssize_t more(const request *it, char *into, size_t room);
static int read_request(request *it);
static void verify_url(request *it);
static void receive(request *it);
static void echo(request *it, const wxkf_received *received, const wxkf_view *view);
static void refuse(request *it, wxkf_status status, wxkf_buf *error);
static void respond(request *it, int status, wxkf_bytes content_type, wxkf_bytes body);
static char *json_of_text(wxkf_bytes content);
static int listener(void);

static uint64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    return (uint64_t)time.tv_sec * 1000 + (uint64_t)time.tv_nsec / 1000000;
}

static wxkf_bytes text(const char *string) {
    return (wxkf_bytes){(const uint8_t *)string, string == NULL ? 0 : strlen(string)};
}

static void stop(int signal) {
    (void)signal;
    stopping = 1;
}

int main(void) {
    if (wxkf_abi() != WXKF_ABI) {
        fprintf(stderr, "libwxkf is of another ABI\n");
        return 1;
    }
    wxkf_account_option options[2];
    size_t given = 0;
    const char *key = getenv("WXKF_ENCODING_AES_KEY"), *mode = getenv("WXKF_MODE");
    if (key != NULL) options[given++] = (wxkf_account_option){TEXT("encoding_aes_key"), text(key)};
    if (mode != NULL) options[given++] = (wxkf_account_option){TEXT("mode"), text(mode)};
    wxkf_buf error = {0};
    wxkf_status status = wxkf_account_new(text(getenv("WXKF_KIND")), text(getenv("WXKF_APP_ID")),
                                          text(getenv("WXKF_TOKEN")), options, given, &account, &error);
    /* WeChat repeats a push within a minute. */
    if (status == WXKF_OK) status = wxkf_dedupe_new(10000, 60000, NOTHING, &dedupe, &error);
    if (status != WXKF_OK) {
        fprintf(stderr, "%.*s\n", (int)error.len, (const char *)error.ptr);
        return 1;
    }
    struct sigaction action = {.sa_handler = stop};
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    int listening = listener();
    if (listening < 0) return 1;

    while (!stopping) {
        struct pollfd ready = {.fd = listening, .events = POLLIN};
        if (poll(&ready, 1, 200) <= 0) continue;
        int socket = accept(listening, NULL, NULL);
        if (socket < 0) continue;
        pthread_mutex_lock(&lock);
        pthread_t thread;
        if (running < MOST && pthread_create(&thread, NULL, serve, (void *)(intptr_t)socket) == 0) {
            running++;
            pthread_detach(thread);
        } else {
            close(socket);
        }
        pthread_mutex_unlock(&lock);
    }
    close(listening);
    pthread_mutex_lock(&lock);
    while (running > 0) pthread_cond_wait(&ended, &lock);
    pthread_mutex_unlock(&lock);
    wxkf_dedupe_free(dedupe);
    wxkf_account_free(account);
    return 0;
}

/* Answers the one request of a connection. */
static void *serve(void *socket) {
    request *it = calloc(1, sizeof *it);
    int descriptor = (int)(intptr_t)socket;
    if (it != NULL) {
        it->socket = descriptor;
        it->until = now() + SECONDS * 1000;
        int status = read_request(it);
        if (status != 0) {
            respond(it, status, NOTHING, NOTHING);
        } else if (strcmp(it->method, "GET") == 0) {
            verify_url(it);
        } else if (strcmp(it->method, "POST") == 0) {
            receive(it);
        } else {
            respond(it, 405, NOTHING, NOTHING);
        }
        /* What is closed while there is more to read may take the answer with it. */
        shutdown(descriptor, SHUT_WR);
        it->until = now() + 1000;
        for (int i = 0; i < 64 && more(it, it->head, HEAD) > 0; i++) continue;
        free(it->body);
        free(it);
    }
    close(descriptor);
    pthread_mutex_lock(&lock);
    running--;
    pthread_cond_signal(&ended);
    pthread_mutex_unlock(&lock);
    return NULL;
}

static void verify_url(request *it) {
    wxkf_buf echo = {0}, error = {0};
    wxkf_status status = wxkf_account_verify_url(account, text(it->query), now(), &echo, &error);
    if (status != WXKF_OK) {
        refuse(it, status, &error);
        return;
    }
    respond(it, 200, TEXT("text/plain; charset=utf-8"), (wxkf_bytes){echo.ptr, echo.len});
    wxkf_buf_free(&echo);
}

static void receive(request *it) {
    wxkf_received *received = NULL;
    wxkf_buf error = {0}, key = {0};
    wxkf_view view;
    wxkf_bytes body = {(const uint8_t *)it->body, it->body_len};
    uint64_t since = WXKF_NONE;
    wxkf_status status = wxkf_account_receive(account, text(it->query), body, now(), &received, &error);
    if (status == WXKF_OK) status = wxkf_received_view(received, &view, &error);
    if (status == WXKF_OK) status = wxkf_received_dedupe_key(received, &key, &error);
    if (status == WXKF_OK) {
        pthread_mutex_lock(&lock);
        status = wxkf_dedupe_observe(dedupe, (wxkf_bytes){key.ptr, key.len}, now(), &since, &error);
        pthread_mutex_unlock(&lock);
    }
    if (status != WXKF_OK) {
        refuse(it, status, &error);
    } else if (since != WXKF_NONE) {
        respond(it, 200, TEXT("text/plain; charset=utf-8"), TEXT("success"));
    } else {
        echo(it, received, &view);
    }
    wxkf_buf_free(&key);
    wxkf_received_free(received);
}

/* The passive answer: the same text, or that the push was taken. */
static void echo(request *it, const wxkf_received *received, const wxkf_view *view) {
    uint8_t random[16];
    wxkf_buf body = {0}, error = {0};
    wxkf_bytes content_type, sixteen = {random, sizeof random}, success = TEXT("{\"type\":\"success\"}");
    if (view->wants_err_code) success = TEXT("{\"type\":\"err_code\",\"err_code\":0}");
    char *reply = view->content.len > 0 ? json_of_text(view->content) : NULL;
    if (getentropy(random, sizeof random) != 0) abort();
    wxkf_status status = wxkf_account_reply(account, received, reply == NULL ? success : text(reply), sixteen,
                                            NOTHING, now(), &body, &content_type, &error);
    /* A Mini Program answers through the API alone, and a text may be too long for an answer. */
    if (status == WXKF_REPLY_UNSUPPORTED || status == WXKF_REPLY_FIELD_INVALID) {
        wxkf_buf_free(&error);
        status = wxkf_account_reply(account, received, success, sixteen, NOTHING, now(), &body, &content_type,
                                    &error);
    }
    if (status == WXKF_OK) {
        respond(it, 200, content_type, (wxkf_bytes){body.ptr, body.len});
    } else {
        refuse(it, status, &error);
    }
    wxkf_buf_free(&body);
    free(reply);
}

/* A stranger learns nothing; the log has the name of the code. */
static void refuse(request *it, wxkf_status status, wxkf_buf *error) {
    wxkf_bytes name = wxkf_status_name(status), origin = wxkf_status_origin(status);
    bool peer = origin.len == 4 && memcmp(origin.ptr, "peer", 4) == 0;
    fprintf(stderr, "refused: %.*s\n", (int)name.len, (const char *)name.ptr);
    respond(it, peer ? 403 : 500, NOTHING, NOTHING);
    wxkf_buf_free(error);
}

/* Reads more of the request, or fails when its time is over. */
static ssize_t more(const request *it, char *into, size_t room) {
    for (;;) {
        uint64_t at = now();
        struct pollfd ready = {.fd = it->socket, .events = POLLIN};
        if (at >= it->until || poll(&ready, 1, (int)(it->until - at)) == 0) return -1;
        ssize_t got = recv(it->socket, into, room, MSG_DONTWAIT);
        if (got >= 0 || (errno != EINTR && errno != EAGAIN && errno != EWOULDBLOCK)) return got;
    }
}

/* The value of Content-Length. -1 if the head says it in another way, or not at all: then `absent` is. */
static long long content_length(char *headers, long long absent) {
    long long length = absent;
    for (char *line = headers, *end; *line != '\0'; line = end + 2) {
        end = strstr(line, "\r\n");
        if (end == NULL) return -1;
        if (strncasecmp(line, "transfer-encoding:", 18) == 0) return -1;
        if (strncasecmp(line, "content-length:", 15) != 0) continue;
        char *digits = line + 15 + strspn(line + 15, " \t");
        size_t count = strspn(digits, "0123456789");
        if (count == 0 || count > 12 || digits + count != end || length != absent) return -1;
        length = atoll(digits);
    }
    return length;
}

/* Reads the head and the body. 0, or the status of the answer. */
static int read_request(request *it) {
    char *end = NULL;
    while (end == NULL) {
        if (it->head_len == HEAD) return 431;
        ssize_t got = more(it, it->head + it->head_len, HEAD - it->head_len);
        if (got <= 0) return 408;
        it->head_len += (size_t)got;
        it->head[it->head_len] = '\0';
        if (strlen(it->head) != it->head_len && strstr(it->head, "\r\n\r\n") == NULL) return 400;
        end = strstr(it->head, "\r\n\r\n");
    }
    char *rest = end + 4, *headers = strstr(it->head, "\r\n") + 2;
    end[2] = '\0';
    it->method = it->head;
    char *target = strchr(it->head, ' ');
    char *version = target == NULL || target > headers ? NULL : strchr(target + 1, ' ');
    if (version == NULL || version > headers || strncmp(version, " HTTP/1.", 8) != 0) return 400;
    *target++ = *version = '\0';
    it->query = strchr(target, '?');
    it->query = it->query == NULL ? version : it->query + 1;

    bool post = strcmp(it->method, "POST") == 0;
    long long length = content_length(headers > end ? end + 2 : headers, post ? -2 : 0);
    if (length == -2) return 411;
    if (length < 0) return 400;
    if ((unsigned long long)length > wxkf_account_largest_body(account)) return 413;
    it->body_len = (size_t)length;
    it->body = malloc(it->body_len + 1);
    if (it->body == NULL) return 503;
    size_t have = it->head_len - (size_t)(rest - it->head);
    if (have > it->body_len) return 400;
    memcpy(it->body, rest, have);
    while (have < it->body_len) {
        ssize_t got = more(it, it->body + have, it->body_len - have);
        if (got <= 0) return 408;
        have += (size_t)got;
    }
    return 0;
}

static bool send_all(int socket, const void *bytes, size_t len) {
    while (len > 0) {
        ssize_t sent = send(socket, bytes, len, MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes = (const char *)bytes + sent;
        len -= (size_t)sent;
    }
    return true;
}

static void respond(request *it, int status, wxkf_bytes content_type, wxkf_bytes body) {
    char head[256];
    struct timeval patience = {.tv_sec = SECONDS};
    setsockopt(it->socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    if (content_type.len == 0) content_type = TEXT("text/plain");
    int len = snprintf(head, sizeof head,
                       "HTTP/1.1 %d \r\nContent-Type: %.*s\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n",
                       status, (int)content_type.len, (const char *)content_type.ptr, body.len);
    if (send_all(it->socket, head, (size_t)len)) send_all(it->socket, body.ptr, body.len);
}

/* `{"type":"text","content":"…"}`, to be freed. */
static char *json_of_text(wxkf_bytes content) {
    char *json = malloc(content.len * 6 + 64);
    if (json == NULL) return NULL;
    char *to = json + sprintf(json, "{\"type\":\"text\",\"content\":\"");
    for (size_t i = 0; i < content.len; i++) {
        uint8_t byte = content.ptr[i];
        if (byte < 0x20 || byte == '"' || byte == '\\') {
            to += sprintf(to, "\\u%04x", byte);
        } else {
            *to++ = (char)byte;
        }
    }
    strcpy(to, "\"}");
    return json;
}

/* A socket that listens, after saying where; -1 if it cannot. */
static int listener(void) {
    const char *host = getenv("HOST"), *port = getenv("PORT");
    struct sockaddr_in address = {.sin_family = AF_INET};
    address.sin_port = htons((uint16_t)atoi(port == NULL ? "8080" : port));
    socklen_t len = sizeof address;
    int yes = 1, listening = socket(AF_INET, SOCK_STREAM, 0);
    if (inet_pton(AF_INET, host == NULL ? "127.0.0.1" : host, &address.sin_addr) != 1 || listening < 0 ||
        setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0 ||
        bind(listening, (struct sockaddr *)&address, len) != 0 || listen(listening, 64) != 0 ||
        getsockname(listening, (struct sockaddr *)&address, &len) != 0) {
        perror("cannot listen");
        return -1;
    }
    printf("listening on %s:%d\n", host == NULL ? "127.0.0.1" : host, ntohs(address.sin_port));
    fflush(stdout);
    return listening;
}
