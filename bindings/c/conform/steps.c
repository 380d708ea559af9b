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
    bool repeat;
    TRY(want_text(json_member(value, "key"), &key));
    TRY(want_maybe_text(json_member(value, "trigger"), &trigger));
    TRY(want_maybe_count(json_member(value, "at"), &when, WXKF_NONE));
    TRY(want_count(at, &now));
    TRY(outcome(wxkf_conversation_observe_push(on->conversation, key, trigger, when, now, &repeat, &on->it->error)));
    say(on, repeat ? "repeat" : "new");
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
    out_number(&on->it->out, held.id);
    out_raw(&on->it->out, held.sure ? ",\"sure\":true}" : ",\"sure\":false}");
    return GOOD;
}

/* By its name, or by the errcode that WeChat answered; beside that one the name may be `rejected`. */
static verdict conversation_settle(machine *on, const json_value *value, const json_value *at) {
    const json_value *as = json_member(value, "as"), *code = json_member(value, "errcode");
    uint64_t id, now;
    int64_t errcode;
    wxkf_bytes name;
    wxkf_settled settled;
    TRY(want_count(json_member(value, "id"), &id));
    TRY(want_maybe_text(as, &name));
    bool by_code = code != NULL && code->kind != JSON_NULL;
    if (by_code) TRY(want_errcode(code, &errcode));
    if (by_code ? name.ptr != NULL && !json_is(as->text, "rejected") : name.ptr == NULL) return BAD;
    TRY(want_count(at, &now));
    wxkf_buf *error = &on->it->error;
    TRY(outcome(by_code ? wxkf_conversation_settle_errcode(on->conversation, id, errcode, now, &settled, error)
                        : wxkf_conversation_settle(on->conversation, id, name, now, &settled, error)));
    if (settled.retry_after_ms == WXKF_NONE) out_text(&on->it->out, settled.name.ptr, settled.name.len);
    if (settled.retry_after_ms != WXKF_NONE) say_number(on, "{\"retry_after_ms\":", settled.retry_after_ms);
    return GOOD;
}

static verdict conversation_typing(machine *on, const json_value *value, const json_value *at) {
    uint64_t now;
    wxkf_refusal refusal = {{NULL, 0}, WXKF_NONE};
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
    TRY(want_count(json_member(value, "id"), &id));
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
    TRY(want_count(json_member(value, "id"), &id));
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
        out_number(&it->out, action.fetch);
        out_raw(&it->out, action.force ? ",\"force\":true}" : ",\"force\":false}");
    }
    return GOOD;
}

#define TAKE_ALL(on, steps) take_all((on), (steps), sizeof(steps) / sizeof *(steps))

verdict answer_conversation(turn *it) {
    static const step steps[] = {
        {"allowance", conversation_allowance}, {"forget", conversation_forget},   {"observe", conversation_observe},
        {"reload", conversation_reload},       {"reserve", conversation_reserve}, {"settle", conversation_settle},
        {"typing", conversation_typing},
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
