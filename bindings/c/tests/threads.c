/* Eight threads share one account: each receives sealed pushes, reads them and frees them.
 * The first argument is how many each receives, 100000 if there is none. With `race` instead, they use one memory at
 * once, which is forbidden: whoever watches for races has to see it. */
#define _DEFAULT_SOURCE

#include <pthread.h>

#include "support.h"

enum { THREADS = 8, KINDS = 4 };

static const char *const contents[KINDS] = {"one", "two", "three", "four"};
static wxkf_account *account;
static wxkf_received *common;
static push pushes[KINDS];
static unsigned long count = 100000;

static void die(const char *what, wxkf_status status) {
    wxkf_bytes name = wxkf_status_name(status);
    fprintf(stderr, "%s: %.*s\n", what, (int)name.len, (const char *)name.ptr);
    exit(1);
}

static void receive(const push *it, wxkf_received **received) {
    wxkf_status status = wxkf_account_receive(account, text(it->query), view(it->body), NOW, received, NULL);
    if (status != WXKF_OK) die("receive", status);
}

static void read_view(const wxkf_received *received, const char *content) {
    wxkf_view it;
    wxkf_status status = wxkf_received_view(received, &it, NULL);
    if (status != WXKF_OK) die("view", status);
    if (!is(it.content, content) || !is(it.from, "o_1") || !it.sealed || it.created != NOW) {
        die("another view", WXKF_OK);
    }
    if (!is(wxkf_received_field(received, TEXT("Content")), content)) die("another field", WXKF_OK);
}

static void *work(void *argument) {
    unsigned long *done = argument;
    for (unsigned long i = 0; i < count; i++) {
        const push *it = &pushes[i % KINDS];
        wxkf_received *received = NULL;
        receive(it, &received);
        read_view(received, contents[i % KINDS]);
        wxkf_received_free(received);
        read_view(common, contents[0]);
        /* Now and then a forged one, whose error is made and freed meanwhile. */
        if (i % 64 == 0) {
            wxkf_buf error = {0};
            received = NULL;
            wxkf_bytes query = TEXT("timestamp=1763700000&nonce=1&msg_signature=0&encrypt_type=aes");
            wxkf_status status = wxkf_account_receive(account, query, view(it->body), NOW, &received, &error);
            if (status != WXKF_CALLBACK_SIGNATURE_MISMATCH || received != NULL) die("forged", status);
            wxkf_buf_free(&error);
        }
        *done += 1;
    }
    return NULL;
}

static pthread_barrier_t before, after;

static void *race(void *dedupe) {
    uint64_t since;
    pthread_barrier_wait(&before);
    wxkf_dedupe_observe(dedupe, TEXT("key"), NOW, &since, NULL);
    pthread_barrier_wait(&after);
    return NULL;
}

static int forbidden(void) {
    wxkf_dedupe *dedupe = NULL;
    pthread_t threads[THREADS];
    if (wxkf_dedupe_new(9, 9, NOTHING, &dedupe, NULL) != WXKF_OK) return 1;
    pthread_barrier_init(&before, NULL, THREADS);
    pthread_barrier_init(&after, NULL, THREADS);
    for (int i = 0; i < THREADS; i++) {
        if (pthread_create(&threads[i], NULL, race, dedupe) != 0) die("pthread_create", WXKF_OK);
    }
    for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    wxkf_dedupe_free(dedupe);
    return 0;
}

int main(int argc, char **argv) {
    if (argc > 1 && strcmp(argv[1], "race") == 0) return forbidden();
    if (argc > 1) count = strtoul(argv[1], NULL, 10);
    account = secure_account();
    for (int i = 0; i < KINDS; i++) {
        char message[512];
        snprintf(message, sizeof message,
                 "<xml><ToUserName>gh_1</ToUserName><FromUserName>o_1</FromUserName><CreateTime>1763700000"
                 "</CreateTime><MsgType>text</MsgType><Content>%s</Content><MsgId>%d</MsgId></xml>",
                 contents[i], i + 1);
        pushes[i] = sealed(account, text(message), "xml", "gh_1");
    }
    receive(&pushes[0], &common);

    pthread_t threads[THREADS];
    unsigned long done[THREADS] = {0}, total = 0;
    for (int i = 0; i < THREADS; i++) {
        if (pthread_create(&threads[i], NULL, work, &done[i]) != 0) die("pthread_create", WXKF_OK);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        total += done[i];
    }

    /* What was received stays when the account goes. */
    wxkf_account_free(account);
    read_view(common, contents[0]);
    wxkf_received_free(common);
    for (int i = 0; i < KINDS; i++) wxkf_buf_free(&pushes[i].body);
    printf("%lu pushes received by %d threads\n", total, THREADS);
    return total == count * THREADS ? 0 : 1;
}
