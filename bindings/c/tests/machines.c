/* The records: what may be sent to one user, what was here before, and the token. */

#include "support.h"

#define POLICY TEXT("\"mini_program\"")
#define HOUR UINT64_C(3600000)

/* Bytes that are no snapshot, of every kind. */
static const wxkf_bytes garbage[] = {
    {(const uint8_t *)"", 0},
    {(const uint8_t *)"C", 1},
    {(const uint8_t *)"\0\0\0\0", 4},
    {(const uint8_t *)"C\1\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 13},
    {(const uint8_t *)"D\1\xff\xff\xff\xff\xff\xff\xff\xff\x01", 11},
    {(const uint8_t *)"T\1\0\xff\xff\xff\xff\xff\xff\xff\xff\x01", 12},
    {(const uint8_t *)"{\"version\":1}", 13},
};

static wxkf_conversation *restored(wxkf_bytes snapshot) {
    wxkf_conversation *it = NULL;
    DONE(wxkf_conversation_new(POLICY, snapshot, &it, E));
    return it;
}

static wxkf_buf saved(const wxkf_conversation *it) {
    wxkf_buf snapshot;
    DONE(wxkf_conversation_snapshot(it, &snapshot, E));
    CHECK(snapshot.len > 0 && snapshot.len <= 512);
    return snapshot;
}

static void a_policy_is_checked(void) {
    wxkf_conversation *none;
    FILL(none);
    wxkf_bytes bad[] = {TEXT("\"nobody\""), TEXT("mini_program"), NOTHING,
                        TEXT("{\"preset\":\"mini_program\",\"colour\":1}")};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        REFUSED(WXKF_CONFIG_POLICY_INVALID, NULL, wxkf_conversation_new(bad[i], NOTHING, &none, E));
    }
    UNTOUCHED(none);
}

static void a_message_is_held_and_settled(void) {
    wxkf_conversation *it = restored(NOTHING);
    CHECK(wxkf_conversation_next_deadline(it) == WXKF_NONE && wxkf_conversation_keep_until(it) == WXKF_NONE);
    wxkf_reservation held;
    DONE(wxkf_conversation_reserve(it, NOW, &held, E));
    CHECK(held.id == WXKF_NONE && !held.sure && is(held.refusal.reason, "window_closed"));
    CHECK(held.refusal.retry_at == WXKF_NONE);

    wxkf_observation seen = WXKF_OVERFLOW;
    DONE(wxkf_conversation_observe_push(it, TEXT("k"), TEXT("message"), WXKF_NONE, NOW, &seen, E));
    CHECK(seen == WXKF_NEW);
    DONE(wxkf_conversation_observe_push(it, TEXT("k"), TEXT("message"), WXKF_NONE, NOW, &seen, E));
    CHECK(seen == WXKF_REPEAT);
    DONE(wxkf_conversation_forget(it, TEXT("k"), E));
    DONE(wxkf_conversation_observe_push(it, TEXT("k"), NOTHING, NOW, NOW, &seen, E));
    CHECK(seen == WXKF_NEW);

    wxkf_allowance allowance;
    DONE(wxkf_conversation_allowance(it, NOW, &allowance, E));
    CHECK(allowance.at_least == 5 && allowance.held == 0 && allowance.closes_at == NOW + 48 * HOUR);
    wxkf_settled settled;
    const char *settlements[] = {"delivered", "not_sent", "unknown", "delivered"};
    for (size_t i = 0; i < 4; i++) {
        DONE(wxkf_conversation_reserve(it, NOW, &held, E));
        CHECK(held.id != WXKF_NONE && held.sure && is_nothing(held.refusal.reason));
        DONE(wxkf_conversation_allowance(it, NOW, &allowance, E));
        CHECK(allowance.held == 1);
        wxkf_buf snapshot = saved(it), again;
        wxkf_conversation_free(it);
        it = restored(view(snapshot));
        again = saved(it);
        CHECK(same(view(snapshot), view(again)));
        wxkf_buf_free(&snapshot);
        wxkf_buf_free(&again);
        DONE(wxkf_conversation_settle(it, held.id, text(settlements[i]), NOW, &settled, E));
        CHECK(is(settled.name, "applied") && settled.retry_after_ms == WXKF_NONE);
        DONE(wxkf_conversation_settle_errcode(it, held.id, 0, NOW, &settled, E));
        CHECK(is(settled.name, "stale"));
    }
    DONE(wxkf_conversation_settle(it, UINT64_MAX, TEXT("delivered"), NOW, &settled, E));
    CHECK(is(settled.name, "stale"));
    CHECK(wxkf_conversation_keep_until(it) >= NOW + 48 * HOUR);
    CHECK(wxkf_conversation_next_deadline(it) != WXKF_NONE);

    DONE(wxkf_conversation_reserve(it, NOW + 1000, &held, E));
    DONE(wxkf_conversation_settle_errcode(it, held.id, 45047, NOW + 1000, &settled, E));
    CHECK(settled.name.len > 0);
    wxkf_buf before = saved(it), after;
    FILL(settled);
    REFUSED(WXKF_BINDING_ARGUMENT_INVALID, "settlement",
            wxkf_conversation_settle(it, held.id, TEXT("lost"), NOW, &settled, E));
    UNTOUCHED(settled);
    FILL(seen);
    REFUSED(WXKF_BINDING_ARGUMENT_INVALID, "trigger",
            wxkf_conversation_observe_push(it, TEXT("z"), TEXT("wink"), NOW, NOW, &seen, E));
    UNTOUCHED(seen);
    after = saved(it);
    CHECK(same(view(before), view(after)));
    wxkf_buf_free(&before);
    wxkf_buf_free(&after);
    wxkf_conversation_free(it);
}

/* WeChat does not know of a message yet: the same once more, after a pause. */
static void a_message_too_early(void) {
    wxkf_conversation *it = restored(NOTHING);
    wxkf_reservation held;
    wxkf_settled settled;
    wxkf_observation seen;
    DONE(wxkf_conversation_observe_push(it, TEXT("k"), TEXT("message"), NOW, NOW, &seen, E));
    DONE(wxkf_conversation_reserve(it, NOW, &held, E));
    DONE(wxkf_conversation_settle_errcode(it, held.id, 45047, NOW, &settled, E));
    CHECK(is(settled.name, "retry_after") && settled.retry_after_ms == 1000);
    wxkf_conversation_free(it);
}

/* More pushes of a user than there is room for, within a minute: nobody knows of the last. */
static void too_many_pushes(void) {
    wxkf_conversation *it = restored(NOTHING);
    wxkf_observation seen = WXKF_NEW;
    char key[16];
    int count = 0;
    for (; count < 5000 && seen == WXKF_NEW; count++) {
        snprintf(key, sizeof key, "k%d", count);
        DONE(wxkf_conversation_observe_push(it, text(key), TEXT("message"), NOW, NOW, &seen, E));
    }
    CHECK(seen == WXKF_OVERFLOW && count > 1000);
    DONE(wxkf_conversation_observe_push(it, TEXT("k0"), TEXT("message"), NOW, NOW + 50000, &seen, E));
    CHECK(seen == WXKF_REPEAT);
    wxkf_buf snapshot;
    DONE(wxkf_conversation_snapshot(it, &snapshot, E));
    CHECK(snapshot.len > 0 && snapshot.len <= 16384);
    wxkf_conversation_free(it);
    it = restored(view(snapshot));
    DONE(wxkf_conversation_observe_push(it, TEXT("k1"), TEXT("message"), NOW, NOW + 50000, &seen, E));
    CHECK(seen == WXKF_REPEAT);
    wxkf_buf_free(&snapshot);
    wxkf_conversation_free(it);
}

/* What somebody else sends counts. */
static void sent_elsewhere(void) {
    wxkf_conversation *it = restored(NOTHING);
    wxkf_observation seen;
    wxkf_allowance before, after;
    DONE(wxkf_conversation_observe_push(it, TEXT("k"), TEXT("message"), NOW, NOW, &seen, E));
    DONE(wxkf_conversation_allowance(it, NOW, &before, E));
    DONE(wxkf_conversation_sent_elsewhere(it, NOW, NOW + 1000, E));
    DONE(wxkf_conversation_sent_elsewhere(it, WXKF_NONE, NOW + 1000, E));
    DONE(wxkf_conversation_allowance(it, NOW + 1000, &after, E));
    CHECK(after.at_least == before.at_least - 2);
    wxkf_conversation_free(it);
}

static void typing_has_its_way_back(void) {
    wxkf_conversation *it = restored(NOTHING);
    wxkf_observation seen;
    wxkf_refusal refusal;
    DONE(wxkf_conversation_observe_push(it, TEXT("k"), TEXT("message"), NOW, NOW, &seen, E));
    DONE(wxkf_conversation_start_typing(it, NOW, &refusal, E));
    DONE(wxkf_conversation_settle_typing(it, TEXT("not_sent"), NOW, E));
    DONE(wxkf_conversation_start_typing(it, NOW, &refusal, E));
    CHECK(is_nothing(refusal.reason));
    DONE(wxkf_conversation_settle_typing_errcode(it, 0, NOW, E));
    DONE(wxkf_conversation_start_typing(it, NOW, &refusal, E));
    CHECK(is(refusal.reason, "already_typing"));
    DONE(wxkf_conversation_settle_typing_errcode(it, 45080, NOW, E));
    DONE(wxkf_conversation_start_typing(it, NOW, &refusal, E));
    CHECK(is(refusal.reason, "no_recent_message"));
    REFUSED(WXKF_BINDING_ARGUMENT_INVALID, "settlement", wxkf_conversation_settle_typing(it, TEXT("shown"), NOW, E));
    wxkf_conversation_free(it);
}

static void typing_is_shown(void) {
    wxkf_conversation *it = restored(NOTHING);
    wxkf_refusal refusal;
    wxkf_observation seen;
    DONE(wxkf_conversation_start_typing(it, NOW, &refusal, E));
    CHECK(refusal.reason.len > 0);
    DONE(wxkf_conversation_observe_push(it, TEXT("k"), TEXT("message"), NOW, NOW, &seen, E));
    DONE(wxkf_conversation_start_typing(it, NOW, &refusal, E));
    CHECK(is_nothing(refusal.reason) && refusal.retry_at == WXKF_NONE);
    DONE(wxkf_conversation_start_typing(it, NOW, &refusal, E));
    CHECK(is(refusal.reason, "already_typing") && refusal.retry_at > NOW && refusal.retry_at != WXKF_NONE);
    DONE(wxkf_conversation_stop_typing(it, E));
    DONE(wxkf_conversation_start_typing(it, NOW, &refusal, E));
    CHECK(is_nothing(refusal.reason));
    wxkf_conversation_free(it);
}

static void a_push_is_observed(void) {
    wxkf_account *account = secure_account();
    push it = sealed(account, TEXT(MESSAGE("gh_1", "hello")), "xml", "gh_1");
    wxkf_received *received = NULL;
    DONE(wxkf_account_receive(account, text(it.query), view(it.body), NOW, &received, E));
    wxkf_conversation *conversation = restored(NOTHING);
    wxkf_buf key;
    wxkf_observation seen;
    DONE(wxkf_conversation_observe(conversation, received, NOW, &seen, E));
    CHECK(seen == WXKF_NEW);
    DONE(wxkf_received_dedupe_key(received, &key, E));
    DONE(wxkf_conversation_observe_push(conversation, view(key), TEXT("message"), NOW, NOW, &seen, E));
    CHECK(seen == WXKF_REPEAT);
    wxkf_buf_free(&key);
    wxkf_received_free(received);
    wxkf_conversation_free(conversation);
    wxkf_buf_free(&it.body);
    wxkf_account_free(account);
}

static void a_memory_remembers(void) {
    wxkf_dedupe *it = NULL, *small = NULL;
    uint64_t since;
    wxkf_buf snapshot;
    DONE(wxkf_dedupe_new(UINT64_MAX, UINT64_MAX, NOTHING, &it, E));
    const char *keys[] = {"a", "b", "c", ""};
    for (int i = 0; i < 4; i++) {
        DONE(wxkf_dedupe_observe(it, text(keys[i]), NOW, &since, E));
        CHECK(since == WXKF_NONE);
    }
    DONE(wxkf_dedupe_observe(it, TEXT("b"), NOW + 5, &since, E));
    CHECK(since == NOW);
    DONE(wxkf_dedupe_forget(it, TEXT("b"), E));
    CHECK(wxkf_dedupe_len(it) == 3);
    DONE(wxkf_dedupe_snapshot(it, &snapshot, E));
    DONE(wxkf_dedupe_new(1, 1000, view(snapshot), &small, E));
    CHECK(wxkf_dedupe_len(small) == 1);
    DONE(wxkf_dedupe_observe(small, NOTHING, NOW + 1, &since, E));
    CHECK(since == NOW);
    wxkf_buf_free(&snapshot);
    wxkf_dedupe_free(it);
    wxkf_dedupe_free(small);
}

/* What to do, and the token, to be freed. */
static wxkf_token_action step(wxkf_token *keeper, uint64_t now, wxkf_buf *token) {
    wxkf_token_action action;
    DONE(wxkf_token_step(keeper, now, token, &action, E));
    return action;
}

static void a_token_is_kept(void) {
    wxkf_token *it = NULL, *again = NULL;
    wxkf_buf token, snapshot;
    bool applied;
    DONE(wxkf_token_new(TEXT("stable_token"), NOTHING, &it, E));
    CHECK(is_nothing(wxkf_token_refresh_token(it)) && wxkf_token_next_deadline(it) == WXKF_NONE);
    wxkf_token_action action = step(it, NOW, &token), other = step(it, NOW, &token);
    CHECK(action.fetch != WXKF_NONE && !action.force && action.wait_until == WXKF_NONE);
    CHECK(other.fetch == WXKF_NONE && other.wait_until > NOW && token.ptr == NULL && token.len == 0);
    DONE(wxkf_token_fetch_failed(it, action.fetch, TEXT("temporary"), NOW, &applied, E));
    CHECK(applied);
    action = step(it, NOW + 1000, &token);
    DONE(wxkf_token_fetched(it, action.fetch, TEXT("t1"), 7200, NOTHING, NOW + 1000, &applied, E));
    CHECK(applied);
    DONE(wxkf_token_fetched(it, action.fetch, TEXT("t2"), 7200, NOTHING, NOW + 1000, &applied, E));
    CHECK(!applied);
    action = step(it, NOW + 1000, &token);
    CHECK(is(view(token), "t1") && action.fetch == WXKF_NONE && action.wait_until == WXKF_NONE);
    wxkf_buf_free(&token);
    CHECK(wxkf_token_next_deadline(it) != WXKF_NONE);

    DONE(wxkf_token_snapshot(it, &snapshot, E));
    DONE(wxkf_token_restore(view(snapshot), &again, E));
    wxkf_buf_free(&snapshot);
    DONE(wxkf_token_rejected(again, TEXT("another"), NOW + 40000, &applied, E));
    CHECK(!applied);
    DONE(wxkf_token_rejected(again, TEXT("t1"), NOW + 40000, &applied, E));
    CHECK(applied);
    action = step(again, NOW + 40000, &token);
    CHECK(action.fetch != WXKF_NONE && token.ptr == NULL);
    /* Nobody need want to know. */
    DONE(wxkf_token_fetched(again, action.fetch, TEXT("t3"), UINT64_MAX, NOTHING, NOW + 40000, NULL, E));
    action = step(again, NOW + 40000, &token);
    CHECK(is(view(token), "t3"));
    wxkf_buf_free(&token);
    wxkf_token_free(it);
    wxkf_token_free(again);

    DONE(wxkf_token_new(TEXT("authorizer"), TEXT("r1"), &it, E));
    CHECK(is(wxkf_token_refresh_token(it), "r1"));
    action = step(it, NOW, &token);
    DONE(wxkf_token_fetched(it, action.fetch, TEXT("t1"), 7200, TEXT("r2"), NOW, &applied, E));
    CHECK(is(wxkf_token_refresh_token(it), "r2"));
    FILL(applied);
    REFUSED(WXKF_BINDING_ARGUMENT_INVALID, "failure",
            wxkf_token_fetch_failed(it, action.fetch, TEXT("tired"), NOW, &applied, E));
    UNTOUCHED(applied);
    wxkf_token_free(it);
    FILL(it);
    REFUSED(WXKF_BINDING_ARGUMENT_INVALID, "source", wxkf_token_new(TEXT("magic"), NOTHING, &it, E));
    UNTOUCHED(it);
}

static void garbage_is_no_record(void) {
    wxkf_conversation *conversation;
    wxkf_dedupe *dedupe;
    wxkf_token *token;
    FILL(conversation);
    FILL(dedupe);
    FILL(token);
    for (size_t i = 0; i < sizeof garbage / sizeof *garbage; i++) {
        REFUSED(WXKF_SNAPSHOT_MALFORMED, NULL, wxkf_conversation_new(POLICY, garbage[i], &conversation, E));
        REFUSED(WXKF_SNAPSHOT_MALFORMED, NULL, wxkf_dedupe_new(9, 9, garbage[i], &dedupe, E));
        REFUSED(WXKF_SNAPSHOT_MALFORMED, NULL, wxkf_token_restore(garbage[i], &token, E));
    }
    REFUSED(WXKF_SNAPSHOT_MALFORMED, NULL, wxkf_token_restore(NOTHING, &token, E));
    REFUSED(WXKF_SNAPSHOT_VERSION, NULL, wxkf_conversation_new(POLICY, TEXT("C\x63"), &conversation, E));
    REFUSED(WXKF_SNAPSHOT_VERSION, NULL, wxkf_dedupe_new(9, 9, TEXT("D\x63"), &dedupe, E));
    REFUSED(WXKF_SNAPSHOT_VERSION, NULL, wxkf_token_restore(TEXT("T\x63"), &token, E));
    UNTOUCHED(conversation);
    UNTOUCHED(dedupe);
    UNTOUCHED(token);
}

int main(void) {
    a_policy_is_checked();
    a_message_is_held_and_settled();
    a_message_too_early();
    typing_is_shown();
    typing_has_its_way_back();
    sent_elsewhere();
    too_many_pushes();
    a_push_is_observed();
    a_memory_remembers();
    a_token_is_kept();
    garbage_is_no_record();
    return finish("machines");
}
