// Accounts, the check of the URL, and what a handle is good for after a move.

#include "check.hpp"

namespace tests {

static wxkf::account with(const wxkf::account_options &options, const char *token = "token") {
    return {"official_account", "wx0123456789abcdef", token, options};
}

static void options() {
    wxkf::account_options options;
    // A key that was forgotten opens no door.
    REFUSED("config.mode_needs_key", "caller", "mode", with(options));
    options.mode = "plain";
    EQUAL(with(options).mode(), "plain");
    EQUAL(wxkf::account("mini_program", " wx1\n", "token", options).app_id(), "wx1");
    options.mode = "sideways";
    REFUSED("binding.argument_invalid", "caller", "options", with(options));
    options.mode = "secure";
    REFUSED("config.mode_needs_key", "caller", "mode", with(options));
    options.encoding_aes_key = "short";
    REFUSED("config.key_invalid", "caller", "encoding_aes_key", with(options));
    options.encoding_aes_key = KEY;
    options.max_body = 1000;
    EQUAL(with(options).mode(), "secure");
    CHECK(with(options).largest_body() > 1000);
    REFUSED("config.token_empty", "caller", "token", with(options, ""));
    REFUSED("binding.argument_invalid", "caller", "kind", wxkf::account("shop", "wx1", "token"));
    REFUSED("config.id_invalid", "caller", "app_id", wxkf::account("mini_program", "a\tb", "token"));
}

static void url() {
    const auto account = secure_account();
    const std::string query = "timestamp=1763700000&nonce=7&echostr=hello%20%E4%B8%AD&signature=";
    EQUAL(account.verify_url(query + account.sign("1763700000", "7"), NOW), "hello 中");
    REFUSED("callback.signature_mismatch", "peer", "signature",
            account.verify_url(query + account.sign("1763700001", "7"), NOW));
    REFUSED("callback.parameter_missing", "peer", "echostr", account.verify_url("timestamp=1&nonce=7", NOW));
    REFUSED("callback.query_malformed", "peer", "timestamp", account.verify_url("timestamp=%zz", NOW));

    // The clock of the system is asked for what it is not told.
    const std::string seconds = std::to_string(wxkf::now() / 1000);
    wxkf::account_options strict;
    strict.encoding_aes_key = KEY;
    strict.tolerance_ms = 60'000;
    const auto punctual = with(strict);
    const std::string fresh = "timestamp=" + seconds + "&nonce=7&echostr=e&signature=" + punctual.sign(seconds, "7");
    EQUAL(punctual.verify_url(fresh), "e");
    REFUSED("callback.timestamp_stale", "peer", "timestamp", punctual.verify_url(fresh, wxkf::now() + 120'000));
}

static void moved() {
    auto account = secure_account();
    const auto push = account.seal(xml("hi"), "xml", "gh_1", fixed());
    auto received = account.receive(push.query(), push.body, NOW);
    const auto other = std::move(account);
    EQUAL(other.mode(), "secure");
    // NOLINTBEGIN(bugprone-use-after-move): that is what is tested.
    EQUAL(account.mode() + account.app_id(), "");
    CHECK(account.largest_body() == 0);
    REFUSED("binding.argument_invalid", "caller", "account", account.receive("", "", NOW));
    const auto kept = std::move(received);
    EQUAL(kept.from(), "o_1");
    CHECK(!received.field("Content"));
    REFUSED("binding.argument_invalid", "caller", "received", received.from());
    REFUSED("binding.argument_invalid", "caller", "received", other.reply(received, wxkf::success_reply));

    wxkf::dedupe dedupe(4);
    const auto taken = std::move(dedupe);
    CHECK(dedupe.size() == 0);
    REFUSED("binding.argument_invalid", "caller", "dedupe", dedupe.observe("a", NOW));
    wxkf::conversation conversation(wxkf::policy::mini_program);
    conversation = wxkf::conversation(wxkf::policy::official_account);
    const auto gone = std::move(conversation);
    CHECK(!conversation.next_deadline() && !conversation.keep_until());
    REFUSED("binding.argument_invalid", "caller", "conversation", conversation.reserve(NOW));
    wxkf::token_keeper keeper;
    const auto held = std::move(keeper);
    CHECK(!keeper.refresh_token() && !keeper.next_deadline());
    REFUSED("binding.argument_invalid", "caller", "keeper", keeper.step(NOW));
    // NOLINTEND(bugprone-use-after-move)
}

// What was received stays when its account is gone.
static void lifetime() {
    auto received = [] {
        const auto account = secure_account();
        const auto push = account.seal(xml("hi"), "xml", "gh_1", fixed());
        return account.receive(push.query(), push.body, NOW);
    }();
    EQUAL(received.content().value_or(""), "hi");
}

void accounts() {
    options();
    url();
    moved();
    lifetime();
}

} // namespace tests
