/* The state machines: each op is a machine and the steps it takes, with one result a step. */

#include <string.h>

#include "want.h"

/* One of the three, and how it is made again. */
typedef struct {
    turn *it;
    wxkf_bytes policy;
    uint64_t capacity, horizon_ms;
    wxkf_conversation *conversation;
    wxkf_dedupe *dedupe;
    wxkf_token *keeper;
    /* A line counts ids 1, 2, … within the life of the record: that of the last one which was shown. */
    uint64_t life;
} machine;

/* What is done by a step of that name. Those that need no moment ignore `now`, which may be NULL. */
typedef struct {
    const char *name;
    verdict (*take)(machine *on, const json_value *value, const json_value *now);
} step;

static verdict take_all(machine *on, const step *steps, size_t len);

static void say(machine *on, const char *word) {
    out_text(&on->it->out, word, strlen(word));
}

/* An object of one member, that is a text or a number. */
static void say_text(machine *on, const char *before, wxkf_bytes text) {
    out_raw(&on->it->out, before);
    out_text(&on->it->out, text.ptr, text.len);
    out_raw(&on->it->out, "}");
}

static void say_number(machine *on, const char *before, uint64_t number) {
    out_raw(&on->it->out, before);
    out_number(&on->it->out, number);
    out_raw(&on->it->out, "}");
}

static void say_id(machine *on, uint64_t id) {
    uint64_t number = id & ((UINT64_C(1) << 21) - 1);
    on->life = id - number;
    out_number(&on->it->out, number);
}

static verdict want_id(const machine *on, const json_value *value, uint64_t *id) {
    TRY(want_count(value, id));
    *id = *id > UINT64_MAX - on->life ? UINT64_MAX : on->life + *id;
    return GOOD;
}

static verdict conversation_allowance(machine *on, const json_value *value, const json_value *at) {
    uint64_t now;
    wxkf_allowance allowed;
    (void)value;
    TRY(want_count(at, &now));
    TRY(outcome(wxkf_conversation_allowance(on->conversation, now, &allowed, &on->it->error)));
    out *to = &on->it->out;
    out_raw(to, "{\"at_least\":");
    out_number(to, allowed.at_least);
    out_raw(to, ",\"at_most\":");
    out_number(to, allowed.at_most);
    out_raw(to, ",\"held\":");
    out_number(to, allowed.held);
    if (allowed.closes_at == WXKF_NONE) out_raw(to, ",\"closes_at\":null}");
    if (allowed.closes_at != WXKF_NONE) say_number(on, ",\"closes_at\":", allowed.closes_at);
    return GOOD;
}

static verdict conversation_forget(machine *on, const json_value *value, const json_value *at) {
    wxkf_bytes key;
    (void)at;
    TRY(want_text(value, &key));
    TRY(outcome(wxkf_conversation_forget(on->conversation, key, &on->it->error)));
    say(on, "forgotten");
    return GOOD;
}

static verdict conversation_observe(machine *on, const json_value *value, const json_value *at) {
    uint64_t now, when;
    wxkf_bytes key, trigger;
    static const char *const words[] = {[WXKF_NEW] = "new", [WXKF_REPEAT] = "repeat", [WXKF_OVERFLOW] = "overflow"};
    wxkf_observation seen;
    TRY(want_text(json_member(value, "key"), &key));
    TRY(want_maybe_text(json_member(value, "trigger"), &trigger));
    TRY(want_maybe_count(json_member(value, "at"), &when, WXKF_NONE));
    TRY(want_count(at, &now));
    TRY(outcome(wxkf_conversation_observe_push(on->conversation, key, trigger, when, now, &seen, &on->it->error)));
    say(on, words[seen]);
    return GOOD;
}

static verdict conversation_reload(machine *on, const json_value *value, const json_value *at) {
    turn *it = on->it;
    (void)value, (void)at;
    wxkf_buf_free(&it->first);
    TRY(outcome(wxkf_conversation_snapshot(on->conversation, &it->first, &it->error)));
    wxkf_conversation_free(on->conversation);
    on->conversation = NULL;
    TRY(outcome(wxkf_conversation_new(on->policy, view(&it->first), &on->conversation, &it->error)));
    say(on, "ok");
    return GOOD;
}

static verdict conversation_reserve(machine *on, const json_value *value, const json_value *at) {
    uint64_t now;
    wxkf_reservation held;
    (void)value;
    TRY(want_count(at, &now));
    TRY(outcome(wxkf_conversation_reserve(on->conversation, now, &held, &on->it->error)));
    if (held.id == WXKF_NONE) {
        say_text(on, "{\"refused\":", held.refusal.reason);
        return GOOD;
    }
    out_raw(&on->it->out, "{\"id\":");
    say_id(on, held.id);
    out_raw(&on->it->out, held.sure ? ",\"sure\":true}" : ",\"sure\":false}");
    return GOOD;
}

/* What became of a call: by its name, or by the errcode that WeChat answered; beside that one the name may be
 * `rejected`. Without a name it is the errcode. */
static verdict want_settlement(const json_value *value, wxkf_bytes *name, int64_t *errcode) {
    const json_value *as = json_member(value, "as"), *code = json_member(value, "errcode");
    TRY(want_maybe_text(as, name));
    if (code == NULL || code->kind == JSON_NULL) return name->ptr == NULL ? BAD : GOOD;
    if (name->ptr != NULL && !json_is(as->text, "rejected")) return BAD;
    *name = (wxkf_bytes){NULL, 0};
    return want_errcode(code, errcode);
}

static verdict conversation_sent_elsewhere(machine *on, const json_value *value, const json_value *at) {
    uint64_t now, when;
    if (value->kind != JSON_OBJECT) return BAD;
    TRY(want_maybe_count(json_member(value, "at"), &when, WXKF_NONE));
    TRY(want_count(at, &now));
    TRY(outcome(wxkf_conversation_sent_elsewhere(on->conversation, when, now, &on->it->error)));
    say(on, "ok");
    return GOOD;
}

static verdict conversation_settle(machine *on, const json_value *value, const json_value *at) {
    uint64_t id, now;
    int64_t errcode = 0;
    wxkf_bytes name;
    wxkf_settled settled;
    TRY(want_id(on, json_member(value, "id"), &id));
    TRY(want_settlement(value, &name, &errcode));
    TRY(want_count(at, &now));
    wxkf_buf *error = &on->it->error;
    TRY(outcome(name.ptr == NULL ? wxkf_conversation_settle_errcode(on->conversation, id, errcode, now, &settled, error)
                                 : wxkf_conversation_settle(on->conversation, id, name, now, &settled, error)));
    if (settled.retry_after_ms == WXKF_NONE) out_text(&on->it->out, settled.name.ptr, settled.name.len);
    if (settled.retry_after_ms != WXKF_NONE) say_number(on, "{\"retry_after_ms\":", settled.retry_after_ms);
    return GOOD;
}

static verdict settle_typing(machine *on, const json_value *value, const json_value *at) {
    uint64_t now;
    int64_t errcode = 0;
    wxkf_bytes name;
    TRY(want_settlement(value, &name, &errcode));
    TRY(want_count(at, &now));
    wxkf_buf *error = &on->it->error;
    TRY(outcome(name.ptr == NULL ? wxkf_conversation_settle_typing_errcode(on->conversation, errcode, now, error)
                                 : wxkf_conversation_settle_typing(on->conversation, name, now, error)));
    say(on, "ok");
    return GOOD;
}

static verdict conversation_typing(machine *on, const json_value *value, const json_value *at) {
    uint64_t now;
    wxkf_refusal refusal = {{NULL, 0}, WXKF_NONE};
    if (value->kind == JSON_OBJECT) return settle_typing(on, value, at);
    if (value->kind != JSON_TEXT) return BAD;
    if (json_is(value->text, "stop")) {
        TRY(outcome(wxkf_conversation_stop_typing(on->conversation, &on->it->error)));
    } else {
        if (!json_is(value->text, "start")) return BAD;
        TRY(want_count(at, &now));
        TRY(outcome(wxkf_conversation_start_typing(on->conversation, now, &refusal, &on->it->error)));
    }
    if (refusal.reason.ptr == NULL) say(on, "ok");
    if (refusal.reason.ptr != NULL) say_text(on, "{\"refused\":", refusal.reason);
    return GOOD;
}

static verdict dedupe_forget(machine *on, const json_value *value, const json_value *at) {
    wxkf_bytes key;
    (void)at;
    TRY(want_text(value, &key));
    TRY(outcome(wxkf_dedupe_forget(on->dedupe, key, &on->it->error)));
    say(on, "forgotten");
    return GOOD;
}

static verdict dedupe_observe(machine *on, const json_value *value, const json_value *at) {
    wxkf_bytes key;
    uint64_t now, since;
    TRY(want_text(value, &key));
    TRY(want_count(at, &now));
    TRY(outcome(wxkf_dedupe_observe(on->dedupe, key, now, &since, &on->it->error)));
    if (since == WXKF_NONE) say(on, "new");
    if (since != WXKF_NONE) say_number(on, "{\"repeat_since\":", since);
    return GOOD;
}

static verdict dedupe_reload(machine *on, const json_value *value, const json_value *at) {
    turn *it = on->it;
    (void)value, (void)at;
    wxkf_buf_free(&it->first);
    TRY(outcome(wxkf_dedupe_snapshot(on->dedupe, &it->first, &it->error)));
    wxkf_dedupe_free(on->dedupe);
    on->dedupe = NULL;
    TRY(outcome(wxkf_dedupe_new(on->capacity, on->horizon_ms, view(&it->first), &on->dedupe, &it->error)));
    say(on, "ok");
    return GOOD;
}

static verdict token_fetch_failed(machine *on, const json_value *value, const json_value *at) {
    static const char temporary[] = "temporary";
    uint64_t id, now;
    wxkf_bytes failure;
    bool applied;
    TRY(want_id(on, json_member(value, "id"), &id));
    TRY(want_maybe_text(json_member(value, "failure"), &failure));
    TRY(want_count(at, &now));
    if (failure.ptr == NULL) failure = (wxkf_bytes){(const uint8_t *)temporary, sizeof temporary - 1};
    TRY(outcome(wxkf_token_fetch_failed(on->keeper, id, failure, now, &applied, &on->it->error)));
    say(on, applied ? "applied" : "stale");
    return GOOD;
}

static verdict token_fetched(machine *on, const json_value *value, const json_value *at) {
    static const wxkf_bytes none = {NULL, 0};
    uint64_t id, expires_in, now;
    wxkf_bytes token;
    bool applied;
    TRY(want_id(on, json_member(value, "id"), &id));
    TRY(want_text(json_member(value, "token"), &token));
    TRY(want_count(json_member(value, "expires_in"), &expires_in));
    TRY(want_count(at, &now));
    TRY(outcome(wxkf_token_fetched(on->keeper, id, token, expires_in, none, now, &applied, &on->it->error)));
    say(on, applied ? "applied" : "stale");
    return GOOD;
}

static verdict token_rejected(machine *on, const json_value *value, const json_value *at) {
    uint64_t now;
    wxkf_bytes token;
    bool applied;
    TRY(want_text(json_member(value, "token"), &token));
    TRY(want_count(at, &now));
    TRY(outcome(wxkf_token_rejected(on->keeper, token, now, &applied, &on->it->error)));
    say(on, applied ? "applied" : "stale");
    return GOOD;
}

static verdict token_reload(machine *on, const json_value *value, const json_value *at) {
    turn *it = on->it;
    (void)value, (void)at;
    wxkf_buf_free(&it->first);
    TRY(outcome(wxkf_token_snapshot(on->keeper, &it->first, &it->error)));
    wxkf_token_free(on->keeper);
    on->keeper = NULL;
    TRY(outcome(wxkf_token_restore(view(&it->first), &on->keeper, &it->error)));
    say(on, "ok");
    return GOOD;
}

static verdict token_step(machine *on, const json_value *value, const json_value *at) {
    turn *it = on->it;
    uint64_t now;
    wxkf_token_action action;
    (void)value;
    TRY(want_count(at, &now));
    wxkf_buf_free(&it->second);
    TRY(outcome(wxkf_token_step(on->keeper, now, &it->second, &action, &it->error)));
    if (it->second.len > 0) {
        say_text(on, "{\"use\":", view(&it->second));
    } else if (action.fetch == WXKF_NONE) {
        say_number(on, "{\"wait_until\":", action.wait_until);
    } else {
        out_raw(&it->out, "{\"fetch\":");
        say_id(on, action.fetch);
        out_raw(&it->out, action.force ? ",\"force\":true}" : ",\"force\":false}");
    }
    return GOOD;
}

#define TAKE_ALL(on, steps) take_all((on), (steps), sizeof(steps) / sizeof *(steps))

verdict answer_conversation(turn *it) {
    static const step steps[] = {
        {"allowance", conversation_allowance}, {"forget", conversation_forget},   {"observe", conversation_observe},
        {"reload", conversation_reload},       {"reserve", conversation_reserve}, {"settle", conversation_settle},
        {"sent_elsewhere", conversation_sent_elsewhere},                          {"typing", conversation_typing},
    };
    const json_value *policy = json_member(it->doc.root, "policy");
    machine on = {.it = it};
    if (policy == NULL) return BAD;
    on.policy = bytes_of(policy->raw);
    TRY(outcome(wxkf_conversation_new(on.policy, (wxkf_bytes){NULL, 0}, &on.conversation, &it->error)));
    verdict end = TAKE_ALL(&on, steps);
    wxkf_conversation_free(on.conversation);
    return end;
}

verdict answer_dedupe(turn *it) {
    static const step steps[] = {
        {"forget", dedupe_forget}, {"observe", dedupe_observe}, {"reload", dedupe_reload}};
    machine on = {.it = it};
    TRY(want_count(json_member(it->doc.root, "capacity"), &on.capacity));
    TRY(want_count(json_member(it->doc.root, "horizon_ms"), &on.horizon_ms));
    TRY(outcome(wxkf_dedupe_new(on.capacity, on.horizon_ms, (wxkf_bytes){NULL, 0}, &on.dedupe, &it->error)));
    verdict end = TAKE_ALL(&on, steps);
    wxkf_dedupe_free(on.dedupe);
    return end;
}

verdict answer_token(turn *it) {
    static const step steps[] = {
        {"fetch_failed", token_fetch_failed}, {"fetched", token_fetched}, {"rejected", token_rejected},
        {"reload", token_reload},             {"step", token_step},
    };
    static const char otherwise[] = "stable_token";
    machine on = {.it = it};
    wxkf_bytes source;
    TRY(want_maybe_text(json_member(it->doc.root, "source"), &source));
    if (source.ptr == NULL) source = (wxkf_bytes){(const uint8_t *)otherwise, sizeof otherwise - 1};
    TRY(outcome(wxkf_token_new(source, (wxkf_bytes){NULL, 0}, &on.keeper, &it->error)));
    verdict end = TAKE_ALL(&on, steps);
    wxkf_token_free(on.keeper);
    return end;
}

static verdict take_all(machine *on, const step *steps, size_t len) {
    const json_value *list = json_member(on->it->doc.root, "steps");
    if (list == NULL || list->kind != JSON_LIST) return BAD;
    out_raw(&on->it->out, "[");
    for (const json_value *item = list->first; item != NULL; item = item->next) {
        const json_value *now = json_member(item, "now"), *done = NULL;
        const step *found = NULL;
        uint64_t moment;
        if (now != NULL && now->kind == JSON_NULL) now = NULL;
        if (now != NULL) TRY(want_count(now, &moment));
        for (const step *one = steps; one < steps + len && found == NULL; one++) {
            if ((done = json_member(item, one->name)) != NULL) found = one;
        }
        if (found == NULL) return BAD;
        if (item != list->first) out_raw(&on->it->out, ",");
        TRY(found->take(on, done, now));
    }
    out_raw(&on->it->out, "]");
    return GOOD;
}
