// Conversations, the memory of pushes, and the keeper of the token.

#include "check.hpp"

namespace tests {

static void conversations() {
    wxkf::conversation it(wxkf::policy::mini_program);
    CHECK(!it.keep_until());
    const auto closed = it.reserve(NOW);
    CHECK(!closed && closed.refused && !closed.refused->retry_at);
    EQUAL(closed.refused->reason, "window_closed");
    CHECK(it.start_typing(NOW).has_value());

    const auto account = secure_account("mini_program");
    const auto push = account.seal(json("hi"), "json", "gh_1", fixed());
    const auto received = account.receive(push.query(), push.body, NOW);
    CHECK(it.observe(received, NOW) == wxkf::observation::fresh);
    CHECK(it.observe(received, NOW) == wxkf::observation::repeat);
    CHECK(it.observe_push("k", "message", NOW, NOW + 1) == wxkf::observation::fresh);
    CHECK(it.observe_push("k", std::nullopt, std::nullopt, NOW + 1) == wxkf::observation::repeat);
    it.forget("k");
    CHECK(it.observe_push("k", std::nullopt, std::nullopt, NOW + 1) == wxkf::observation::fresh);
    REFUSED("binding.argument_invalid", "caller", "trigger", it.observe_push("l", "wave", NOW, NOW));

    const auto before = it.allowance(NOW + 2);
    CHECK(before.at_most > 0 && before.held == 0 && before.closes_at > NOW);
    const auto held = it.reserve(NOW + 2);
    CHECK(held && held.sure && it.allowance(NOW + 2).held == 1);
    EQUAL(it.settle(held.id, "delivered", NOW + 3).name, "applied");
    EQUAL(it.settle(held.id, "delivered", NOW + 3).name, "stale");
    CHECK(it.allowance(NOW + 3).at_most == before.at_most - 1);
    EQUAL(it.settle_errcode(it.reserve(NOW + 4).id, 0, NOW + 5).name, "applied");
    REFUSED("binding.argument_invalid", "caller", "settlement", it.settle(1, "perhaps", NOW));

    CHECK(!it.start_typing(NOW + 6));
    it.settle_typing("not_sent", NOW + 6);
    CHECK(!it.start_typing(NOW + 6));
    it.settle_typing_errcode(45081, NOW + 6);
    EQUAL(it.start_typing(NOW + 6).value().reason, "already_typing");
    REFUSED("binding.argument_invalid", "caller", "settlement", it.settle_typing("shown", NOW));
    it.stop_typing();
    const auto had = it.allowance(NOW + 6);
    it.sent_elsewhere(NOW + 5, NOW + 6);
    it.sent_elsewhere(std::nullopt, NOW + 6);
    CHECK(it.allowance(NOW + 6).at_least == had.at_least - 2);
    CHECK(it.keep_until() > NOW && it.next_deadline() > NOW);
    const auto snapshot = it.snapshot();
    auto again = wxkf::conversation::restore(wxkf::policy::mini_program, snapshot);
    CHECK(again.snapshot() == snapshot && snapshot.size() <= 512);
    CHECK(again.observe(received, NOW + 7) == wxkf::observation::repeat);
    REFUSED("snapshot.malformed", "caller", "", wxkf::conversation::restore(wxkf::policy::mini_program, "x"));
    REFUSED("config.policy_invalid", "caller", "preset", wxkf::conversation("\"shop\""));

    // So soon WeChat may not know of the user's message yet.
    const auto soon = again.settle_errcode(again.reserve(NOW + 8).id, 45047, NOW + 9);
    EQUAL(soon.name, "retry_after");
    CHECK(soon.retry_after_ms > 0U);
    auto no = again.reserve(NOW + 10);
    for (int i = 0; i < 100 && no; i++) {
        again.settle(no.id, "delivered", NOW + 10);
        no = again.reserve(NOW + 10);
    }
    EQUAL(no.refused ? no.refused->reason : "", "quota_exhausted");
}

// More pushes of a user than there is room for, within a minute.
static void overflows() {
    wxkf::conversation it(wxkf::policy::mini_program);
    auto seen = wxkf::observation::fresh;
    for (int i = 0; i < 5000 && seen == wxkf::observation::fresh; i++) {
        seen = it.observe_push(std::to_string(i), "message", NOW, NOW);
    }
    CHECK(seen == wxkf::observation::overflow);
    CHECK(it.observe_push("0", "message", NOW, NOW + 50'000) == wxkf::observation::repeat);
}

static void dedupes() {
    wxkf::dedupe it(2, 60'000);
    CHECK(!it.observe("a", NOW));
    CHECK(it.observe("a", NOW + 5) == NOW && it.size() == 1);
    it.forget("a");
    CHECK(!it.observe("a", NOW + 6));
    auto again = wxkf::dedupe::restore(it.snapshot(), 2, 60'000);
    CHECK(again.observe("a", NOW + 7) == NOW + 6);
    CHECK(!again.observe("a", NOW + 70'000));
    CHECK(!again.observe("", NOW + 70'000));
    REFUSED("snapshot.malformed", "caller", "", wxkf::dedupe::restore("x", 2));
}

static void keepers() {
    wxkf::token_keeper it;
    const auto first = it.step(NOW);
    CHECK(first.fetch && !first.use && !first.wait_until && !first.force);
    const auto second = it.step(NOW + 1);
    CHECK(!second.fetch && !second.use && second.wait_until > NOW);
    CHECK(it.fetched(*first.fetch, "T1", 7200, std::nullopt, NOW + 2));
    CHECK(!it.fetched(*first.fetch + 5, "T2", 7200, std::nullopt, NOW + 2));
    EQUAL(it.step(NOW + 3).use.value_or(""), "T1");
    CHECK(it.next_deadline() > NOW && !it.refresh_token());
    auto again = wxkf::token_keeper::restore(it.snapshot());
    EQUAL(again.step(NOW + 3).use.value_or(""), "T1");
    CHECK(!again.rejected("T0", NOW + 4) && again.rejected("T1", NOW + 4));
    const auto third = again.step(NOW + 5);
    CHECK(third.fetch && *third.fetch != *first.fetch);
    CHECK(again.fetch_failed(*third.fetch, "temporary", NOW + 6));
    CHECK(again.step(NOW + 7).wait_until > NOW);
    REFUSED("binding.argument_invalid", "caller", "failure", again.fetch_failed(1, "perhaps", NOW));
    REFUSED("snapshot.malformed", "caller", "", wxkf::token_keeper::restore(""));
    REFUSED("binding.argument_invalid", "caller", "source", wxkf::token_keeper("cloud"));
    EQUAL(wxkf::token_keeper("authorizer", "R1").refresh_token().value_or(""), "R1");
}

void machines() {
    conversations();
    overflows();
    dedupes();
    keepers();
}

} // namespace tests
