/*
 * Two builds of libwxkf beside each other: `native OLD.so NEW.so` takes rounds of each in turns and prints processor
 * time; `native LIBRARY CASE CALLS` makes so many calls of one case, for a tool that counts instructions, and
 * `native` names the cases. Both libraries speak the ABI of the header that this is compiled with.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "wxkf.h"

#define FUNCTIONS(F)                                                                                               \
    F(abi) F(account_new) F(account_explain) F(account_receive) F(account_reply) F(account_seal) F(account_sign)   \
    F(account_verify_url) F(buf_free) F(conversation_free) F(conversation_new) F(conversation_observe_push)        \
    F(conversation_reserve) F(conversation_settle) F(conversation_snapshot) F(decode) F(dedupe_new)                \
    F(dedupe_observe) F(received_free) F(received_inbound) F(received_tree) F(received_view) F(request)            \
    F(split_text) F(token_fetched) F(token_free) F(token_new) F(token_restore) F(token_snapshot) F(token_step)

/* A library, and what its calls are made with. */
struct side {
#define DECLARE(name) __typeof__(wxkf_##name) *name;
    FUNCTIONS(DECLARE)
#undef DECLARE
    wxkf_account *secure, *plain;
    wxkf_received *received;
    wxkf_dedupe *dedupe;
    wxkf_buf observed, reserved, tokens;
    char query[2][4][512], plain_query[256], echo_query[512];
    wxkf_buf body[2][4], message[2][4], reply[3];
    uint64_t keys, hold;
};

enum { XML, JSON };
enum { HALF, ONE, FOUR, NESTED };

#define NOW UINT64_C(1763700000000)
#define TEXT(literal) ((wxkf_bytes){(const uint8_t *)("" literal), sizeof(literal) - 1})
#define NOTHING ((wxkf_bytes){NULL, 0})
#define RANDOM TEXT("0123456789abcdef")

static void need(int good, const char *what) {
    if (good) return;
    fprintf(stderr, "native: %s\n", what);
    exit(1);
}
#define OK(call) need((call) == WXKF_OK, #call)

static wxkf_bytes text(const char *string) {
    return (wxkf_bytes){(const uint8_t *)string, strlen(string)};
}

static wxkf_bytes view(wxkf_buf buf) {
    return (wxkf_bytes){buf.ptr, buf.len};
}

/* Appends to a buffer of our own, which has room. */
static void add(wxkf_buf *to, const char *string) {
    to->len += (size_t)sprintf((char *)to->ptr + to->len, "%s", string);
}

static wxkf_buf room(void) {
    wxkf_buf buf = {calloc(1, 16384), 0, 0};
    need(buf.ptr != NULL, "no memory");
    return buf;
}

/* A third of the bytes are of Chinese characters, as in the pushes of a bot in China. */
static void fill(wxkf_buf *to, size_t until) {
    while (to->len + 18 < until) add(to, "order 7734, 客服");
    while (to->len < until) add(to, ".");
}

/* A text of that many bytes, or for 0 an event with a list of records in it. */
static wxkf_buf message(int format, size_t bytes) {
    const char *xml_head = "<xml><ToUserName><![CDATA[gh_0123456789ab]]></ToUserName>\n"
                           "<FromUserName><![CDATA[oUser0123456789abcdefghijklm]]></FromUserName>\n"
                           "<CreateTime>1763700000</CreateTime>\n";
    const char *json_head = "{\"ToUserName\":\"gh_0123456789ab\",\"FromUserName\":\"oUser0123456789abcdefghijklm\","
                            "\"CreateTime\":1763700000,";
    wxkf_buf out = room();
    add(&out, format == XML ? xml_head : json_head);
    if (bytes > 0 && format == XML) {
        add(&out, "<MsgType><![CDATA[text]]></MsgType>\n<MsgId>23241477706429916</MsgId>\n<Content><![CDATA[");
        fill(&out, bytes - strlen("]]></Content>\n</xml>"));
        add(&out, "]]></Content>\n</xml>");
    } else if (bytes > 0) {
        add(&out, "\"MsgType\":\"text\",\"MsgId\":23241477706429916,\"Content\":\"");
        fill(&out, bytes - strlen("\"}"));
        add(&out, "\"}");
    } else if (format == XML) {
        add(&out, "<MsgType><![CDATA[event]]></MsgType>\n<Event><![CDATA[pic_weixin]]></Event>\n"
                  "<EventKey><![CDATA[6]]></EventKey>\n<SendPicsInfo><Count>7</Count>\n<PicList>");
        for (int i = 0; i < 7; i++)
            add(&out, "<item><PicMd5Sum><![CDATA[5a75aaca956d9be686719218f275c6f9]]></PicMd5Sum>\n</item>\n");
        add(&out, "</PicList>\n</SendPicsInfo>\n</xml>");
    } else {
        add(&out, "\"MsgType\":\"event\",\"Event\":\"pic_weixin\",\"EventKey\":\"6\",\"SendPicsInfo\":{\"Count\":7,"
                  "\"PicList\":[{\"PicMd5Sum\":\"5a75aaca956d9be686719218f275c6f9\"}");
        for (int i = 1; i < 7; i++) add(&out, ",{\"PicMd5Sum\":\"5a75aaca956d9be686719218f275c6f9\"}");
        add(&out, "]}}");
    }
    return out;
}

static void load(struct side *it, const char *path) {
    memset(it, 0, sizeof *it);
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    need(library != NULL, path);
#define FIND(name) need((it->name = (__typeof__(wxkf_##name) *)dlsym(library, "wxkf_" #name)) != NULL, #name);
    FUNCTIONS(FIND)
#undef FIND
    need(it->abi() == WXKF_ABI, "another ABI");
    wxkf_account_option key = {TEXT("encoding_aes_key"), TEXT("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG")};
    wxkf_account_option plain = {TEXT("mode"), TEXT("plain")};
    wxkf_bytes kind = TEXT("official_account"), id = TEXT("wx0123456789abcdef"), token = TEXT("callbackToken");
    OK(it->account_new(kind, id, token, &key, 1, &it->secure, NULL));
    OK(it->account_new(kind, id, token, &plain, 1, &it->plain, NULL));
}

static const size_t SIZES[] = {512, 1024, 4096, 0};

/* The plain queries, and a sealed push of every kind with its own. */
static void pushes(struct side *it) {
    wxkf_buf signature;
    OK(it->account_sign(it->plain, TEXT("1763700000"), TEXT("486452656"), &signature, NULL));
    snprintf(it->plain_query, sizeof it->plain_query, "signature=%.*s&timestamp=1763700000&nonce=486452656",
             (int)signature.len, (const char *)signature.ptr);
    snprintf(it->echo_query, sizeof it->echo_query, "%s&echostr=4375120948345356249", it->plain_query);
    it->buf_free(&signature);
    for (int format = XML; format <= JSON; format++) {
        for (int size = HALF; size <= NESTED; size++) {
            wxkf_buf parts;
            it->message[format][size] = message(format, SIZES[size]);
            OK(it->account_seal(it->secure, view(it->message[format][size]), format == XML ? TEXT("xml") : TEXT("json"),
                                TEXT("gh_0123456789ab"), RANDOM, TEXT("486452656"), NOW, &it->body[format][size], &parts,
                                NULL));
            /* `msg_signature` is a member of that JSON. */
            const char *name = "\"msg_signature\":\"";
            const char *found = memmem(parts.ptr, parts.len, name, strlen(name));
            need(found != NULL, "no signature");
            snprintf(it->query[format][size], sizeof it->query[format][size],
                     "%s&openid=oUser0123456789abcdefghijklm&encrypt_type=aes&msg_signature=%.40s", it->plain_query,
                     found + strlen(name));
            it->buf_free(&parts);
        }
    }
}

/* Everything that the cases begin with. */
static void begin(struct side *it) {
    pushes(it);
    for (int size = HALF; size <= FOUR; size++) {
        it->reply[size] = room();
        add(&it->reply[size], "{\"type\":\"text\",\"content\":\"");
        fill(&it->reply[size], SIZES[size] - 200);
        add(&it->reply[size], "\"}");
    }
    OK(it->account_receive(it->secure, text(it->query[XML][ONE]), view(it->body[XML][ONE]), NOW, &it->received, NULL));
    OK(it->dedupe_new(1000, 60000, NOTHING, &it->dedupe, NULL));

    wxkf_conversation *user;
    wxkf_observation observation;
    wxkf_reservation reservation;
    OK(it->conversation_new(TEXT("\"official_account\""), NOTHING, &user, NULL));
    for (int push = 0; push < 5; push++) {
        char key[40];
        snprintf(key, sizeof key, "%08d%024d", push, push);
        OK(it->conversation_observe_push(user, text(key), TEXT("message"), NOW, NOW + 900, &observation, NULL));
    }
    OK(it->conversation_snapshot(user, &it->observed, NULL));
    OK(it->conversation_reserve(user, NOW + 1000, &reservation, NULL));
    it->hold = reservation.id;
    OK(it->conversation_snapshot(user, &it->reserved, NULL));
    it->conversation_free(user);

    wxkf_token *keeper;
    wxkf_token_action action;
    wxkf_buf token;
    bool applied;
    OK(it->token_new(TEXT("token"), NOTHING, &keeper, NULL));
    OK(it->token_step(keeper, NOW, &token, &action, NULL));
    OK(it->token_fetched(keeper, action.fetch, TEXT("41_abcdefghijklmnopqrstuvwxyz0123456789"), 7200, NOTHING, NOW + 90,
                         &applied, NULL));
    need(applied, "the token did not count");
    OK(it->token_snapshot(keeper, &it->tokens, NULL));
    it->token_free(keeper);
}

static void receive(struct side *it, int what) {
    wxkf_received *received;
    wxkf_view seen;
    int format = what / 4, size = what % 4;
    OK(it->account_receive(it->secure, text(it->query[format][size]), view(it->body[format][size]), NOW, &received, NULL));
    OK(it->received_view(received, &seen, NULL));
    it->received_free(received);
}

static void receive_plain(struct side *it, int what) {
    wxkf_received *received;
    wxkf_view seen;
    OK(it->account_receive(it->plain, text(it->plain_query), view(it->message[what / 4][what % 4]), NOW, &received, NULL));
    OK(it->received_view(received, &seen, NULL));
    it->received_free(received);
}

static void inbound(struct side *it, int what) {
    wxkf_received *received;
    wxkf_buf json;
    OK(it->account_receive(it->plain, text(it->plain_query), view(it->message[what / 4][what % 4]), NOW, &received, NULL));
    OK(it->received_inbound(received, &json, NULL));
    it->buf_free(&json);
    it->received_free(received);
}

static void tree(struct side *it, int what) {
    wxkf_received *received;
    wxkf_buf json;
    OK(it->account_receive(it->plain, text(it->plain_query), view(it->message[what / 4][what % 4]), NOW, &received, NULL));
    OK(it->received_tree(received, &json, NULL));
    it->buf_free(&json);
    it->received_free(received);
}

static void reply(struct side *it, int size) {
    wxkf_buf body;
    OK(it->account_reply(it->secure, it->received, view(it->reply[size]), RANDOM, NOTHING, NOW, &body, NULL, NULL));
    it->buf_free(&body);
}

static void verify(struct side *it, int what) {
    wxkf_buf echo;
    (void)what;
    OK(it->account_verify_url(it->plain, text(it->echo_query), NOW, &echo, NULL));
    it->buf_free(&echo);
}

static void explain(struct side *it, int what) {
    wxkf_buf said;
    (void)what;
    OK(it->account_explain(it->secure, text(it->query[XML][ONE]), view(it->body[XML][ONE]), NOW, &said, NULL));
    it->buf_free(&said);
}

/* A step of a host: the record is read from the store, asked once, and written again. */
static void observe(struct side *it, int what) {
    wxkf_conversation *user;
    wxkf_observation observation;
    wxkf_buf record;
    (void)what;
    OK(it->conversation_new(TEXT("\"official_account\""), view(it->observed), &user, NULL));
    OK(it->conversation_observe_push(user, TEXT("0123456789abcdef0123456789abcdef"), TEXT("message"), NOW, NOW + 950,
                                     &observation, NULL));
    OK(it->conversation_snapshot(user, &record, NULL));
    it->buf_free(&record);
    it->conversation_free(user);
}

static void reserve(struct side *it, int what) {
    wxkf_conversation *user;
    wxkf_reservation reservation;
    wxkf_buf record;
    (void)what;
    OK(it->conversation_new(TEXT("\"official_account\""), view(it->observed), &user, NULL));
    OK(it->conversation_reserve(user, NOW + 1000, &reservation, NULL));
    OK(it->conversation_snapshot(user, &record, NULL));
    it->buf_free(&record);
    it->conversation_free(user);
}

static void settle(struct side *it, int what) {
    wxkf_conversation *user;
    wxkf_settled settled;
    wxkf_buf record;
    (void)what;
    OK(it->conversation_new(TEXT("\"official_account\""), view(it->reserved), &user, NULL));
    OK(it->conversation_settle(user, it->hold, TEXT("delivered"), NOW + 1100, &settled, NULL));
    OK(it->conversation_snapshot(user, &record, NULL));
    it->buf_free(&record);
    it->conversation_free(user);
}

static void token(struct side *it, int what) {
    wxkf_token *keeper;
    wxkf_token_action action;
    wxkf_buf token = {0}, record;
    (void)what;
    OK(it->token_restore(view(it->tokens), &keeper, NULL));
    OK(it->token_step(keeper, NOW + 1000, &token, &action, NULL));
    OK(it->token_snapshot(keeper, &record, NULL));
    it->buf_free(&record);
    it->buf_free(&token);
    it->token_free(keeper);
}

static void dedupe(struct side *it, int what) {
    char key[40];
    uint64_t since;
    (void)what;
    snprintf(key, sizeof key, "%032llu", (unsigned long long)it->keys++);
    OK(it->dedupe_observe(it->dedupe, text(key), NOW + it->keys, &since, NULL));
}

static const char *const SEND_TEXT = "{\"touser\":\"oUser0123456789abcdefghijklm\",\"msgtype\":\"text\",\"text\":"
                                     "{\"content\":\"您的订单 7734 已经发货。Your order is on its way.\"}}";
static const char *const SEND_MENU =
    "{\"touser\":\"oUser0123456789abcdefghijklm\",\"msgtype\":\"msgmenu\",\"msgmenu\":{\"head_content\":\"您对本次服务满意吗\","
    "\"list\":[{\"id\":\"101\",\"content\":\"满意\"},{\"id\":\"102\",\"content\":\"不满意\"}],\"tail_content\":\"欢迎再次光临\"}}";

static void request(struct side *it, int what) {
    wxkf_buf head, body;
    const char *params = what == 0 ? SEND_TEXT : SEND_MENU;
    OK(it->request(TEXT("message.custom.send"), text(params), TEXT("official_account"), &head, &body, NULL));
    it->buf_free(&head);
    it->buf_free(&body);
}

static const char *const ANSWERS[][2] = {
    {"message.custom.send", "{\"errcode\":0,\"errmsg\":\"ok\"}"},
    {"message.custom.send", "{\"errcode\":45047,\"errmsg\":\"out of response count limit rid: 5f8fd1ea-1a2b3c4d-0e0f1a2b\"}"},
    {"customservice.getkflist",
     "{\"kf_list\":[{\"kf_account\":\"test1@test\",\"kf_nick\":\"ntest1\",\"kf_id\":\"1001\",\"kf_headimgurl\":"
     "\"http://mmbiz.qpic.cn/mmbiz/4whpV1VZl2iccsvYbHvnphkyGtnvjfUS8Ym0GSaLic0FD3vN0V8PILcibEGb2fPfEOmw/0\"},"
     "{\"kf_account\":\"test2@test\",\"kf_nick\":\"ntest2\",\"kf_id\":\"1002\",\"kf_headimgurl\":\"http://mmbiz.qpic.cn/1\","
     "\"kf_wx\":\"kfwx2\"},{\"kf_account\":\"test3@test\",\"kf_nick\":\"ntest3\",\"kf_id\":1003,\"kf_headimgurl\":"
     "\"http://mmbiz.qpic.cn/2\",\"invite_wx\":\"kfwx3\",\"invite_expire_time\":123456789,\"invite_status\":\"waiting\"}]}"},
};

static void decode(struct side *it, int what) {
    wxkf_buf outcome;
    const char *const *answer = ANSWERS[what];
    OK(it->decode(text(answer[0]), 200, TEXT("application/json"), NOTHING, text(answer[1]), &outcome, NULL));
    it->buf_free(&outcome);
}

static void split(struct side *it, int what) {
    wxkf_buf parts;
    (void)what;
    OK(it->split_text(view(it->message[XML][FOUR]), 2048, 5, &parts, NULL));
    it->buf_free(&parts);
}

static const struct {
    const char *name;
    void (*act)(struct side *, int);
    int what;
} CASES[] = {
    {"receive xml 0.5 KB", receive, 4 * XML + HALF},
    {"receive xml 1 KB", receive, 4 * XML + ONE},
    {"receive xml 4 KB", receive, 4 * XML + FOUR},
    {"receive xml nested", receive, 4 * XML + NESTED},
    {"receive json 0.5 KB", receive, 4 * JSON + HALF},
    {"receive json 1 KB", receive, 4 * JSON + ONE},
    {"receive json 4 KB", receive, 4 * JSON + FOUR},
    {"receive json nested", receive, 4 * JSON + NESTED},
    {"receive plain xml 0.5 KB", receive_plain, 4 * XML + HALF},
    {"receive plain xml 4 KB", receive_plain, 4 * XML + FOUR},
    {"receive plain xml nested", receive_plain, 4 * XML + NESTED},
    {"receive plain json 0.5 KB", receive_plain, 4 * JSON + HALF},
    {"receive plain json 4 KB", receive_plain, 4 * JSON + FOUR},
    {"receive plain json nested", receive_plain, 4 * JSON + NESTED},
    {"the same and inbound as json, text", inbound, 4 * XML + HALF},
    {"the same and inbound as json, nested", inbound, 4 * XML + NESTED},
    {"the same and tree as json, text", tree, 4 * XML + HALF},
    {"the same and tree as json, nested", tree, 4 * JSON + NESTED},
    {"reply 0.5 KB", reply, HALF},
    {"reply 1 KB", reply, ONE},
    {"reply 4 KB", reply, FOUR},
    {"verify url", verify, 0},
    {"explain", explain, 0},
    {"observe", observe, 0},
    {"reserve", reserve, 0},
    {"settle", settle, 0},
    {"token step", token, 0},
    {"dedupe observe", dedupe, 0},
    {"request a text", request, 0},
    {"request a menu", request, 1},
    {"decode ok", decode, 0},
    {"decode a rejection", decode, 1},
    {"decode a list", decode, 2},
    {"split 4 KB", split, 0},
};
enum { COUNT = sizeof CASES / sizeof *CASES, ROUNDS = 61 };

static double micros(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static double round_of(struct side *it, int number, long calls) {
    double began = micros();
    for (long call = 0; call < calls; call++) CASES[number].act(it, CASES[number].what);
    return (micros() - began) / (double)calls;
}

static int by_size(const void *one, const void *other) {
    double a = *(const double *)one, b = *(const double *)other;
    return (a > b) - (a < b);
}

static double median(double *times) {
    qsort(times, ROUNDS, sizeof *times, by_size);
    return times[ROUNDS / 2];
}

/* Rounds in turns, so that a busy moment hits both. */
static void compare(struct side *sides, int number) {
    static double times[2][ROUNDS], ratios[ROUNDS];
    long calls = 1;
    for (double took = 0; took < 400; calls *= 2) took = round_of(&sides[0], number, calls) * (double)calls;
    round_of(&sides[1], number, calls);
    for (int round = 0; round < ROUNDS; round++) {
        int first = round % 2;
        times[first][round] = round_of(&sides[first], number, calls);
        times[!first][round] = round_of(&sides[!first], number, calls);
        ratios[round] = times[1][round] / times[0][round];
    }
    double ratio = median(ratios);
    printf("%-38s %9.3f us %9.3f us %7.3f\n", CASES[number].name, median(times[0]), median(times[1]), ratio);
    fflush(stdout);
}

int main(int count, char **arguments) {
    static struct side sides[2];
    if (count == 1) {
        for (int number = 0; number < COUNT; number++) puts(CASES[number].name);
        return 0;
    }
    load(&sides[0], arguments[1]);
    begin(&sides[0]);
    if (count == 4) {
        for (int number = 0; number < COUNT; number++) {
            if (strcmp(CASES[number].name, arguments[2]) != 0) continue;
            round_of(&sides[0], number, atol(arguments[3]));
            return 0;
        }
        need(0, "no such case");
    }
    need(count == 3, "native OLD.so NEW.so | native LIBRARY CASE CALLS");
    load(&sides[1], arguments[2]);
    begin(&sides[1]);
    printf("%-38s %12s %12s %7s\n", "processor time, medians", "old", "new", "ratio");
    for (int number = 0; number < COUNT; number++) compare(sides, number);
    return 0;
}
