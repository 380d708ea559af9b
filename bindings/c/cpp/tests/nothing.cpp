// A null pointer, such as std::getenv of a variable that is not set, for every text that a call takes: an error with
// the name of the argument, or nothing where the text may be absent. Never the end of the process.

#include "check.hpp"

#define NO(field, call) REFUSED("binding.argument_invalid", "caller", field, call)

namespace tests {

static const char *const unset = std::getenv("WXKF_OF_A_VARIABLE_THAT_NOBODY_SETS");

// As the README makes it.
static wxkf::account make_account() {
    wxkf::account_options options;
    options.encoding_aes_key = std::getenv("WXKF_OF_A_VARIABLE_THAT_NOBODY_SETS");
    return {"official_account", std::getenv("WXKF_OF_A_VARIABLE_THAT_NOBODY_SETS"), unset, options};
}

static void accounts_of_nothing() {
    NO("app_id", make_account());
    NO("kind", wxkf::account(unset, "wx0123456789abcdef", "token"));
    NO("app_id", wxkf::account("official_account", unset, "token"));
    NO("token", wxkf::account("official_account", "wx0123456789abcdef", unset));
    NO("token", wxkf::account("official_account", "wx0123456789abcdef", nullptr));
    wxkf::account_options options;
    options.encoding_aes_key = KEY;
    options.previous_tokens = {"before", unset};
    NO("previous_token", wxkf::account("official_account", "wx0123456789abcdef", "token", options));
    options.previous_tokens.clear();
    options.previous_encoding_aes_keys = {unset};
    NO("previous_encoding_aes_key", wxkf::account("official_account", "wx0123456789abcdef", "token", options));
    options.previous_encoding_aes_keys.clear();
    options.accept_ids.emplace_back(unset);
    NO("accept_id", wxkf::account("official_account", "wx0123456789abcdef", "token", options));
    options.accept_ids.clear();
    // What may be absent is.
    options.mode = unset;
    EQUAL(wxkf::account("official_account", "wx0123456789abcdef", "token", options).mode(), "secure");
}

static void pushes_of_nothing() {
    const auto account = secure_account();
    const auto push = account.seal(xml("hi"), "xml", "gh_1", fixed());
    const auto it = account.receive(push.query(), push.body, NOW);
    // A request without a query or a body is its sender's mistake.
    REFUSED("callback.parameter_missing", "peer", "timestamp", account.receive(unset, push.body, NOW));
    REFUSED("callback.parameter_missing", "peer", "echostr", account.verify_url(unset, NOW));
    REFUSED("callback.body_malformed", "peer", "", account.receive(push.query(), unset, NOW));
    REFUSED("callback.body_malformed", "peer", "", account.open(push.query(), unset, NOW));
    CHECK(contains(account.explain(unset, unset, NOW), R"("accepted":false)"));
    REFUSED("callback.body_malformed", "peer", "", wxkf::decode_unverified(unset));
    NO("name", it.field(unset));
    NO("reply", account.reply(it, unset));
    NO("reply", account.reply_to(it.reply_to(), unset));
    NO("reply_to", account.reply_to(unset, wxkf::success_reply));
    NO("message", account.seal(unset, "xml"));
    NO("format", account.seal("x", unset));
    NO("timestamp", account.sign(unset, "7"));
    NO("nonce", account.sign("1", unset));
    NO("reply", wxkf::reply_caution(unset));
    NO("content", wxkf::text_reply(unset));
    NO("text", wxkf::quoted(unset));
    auto seal = fixed();
    seal.nonce = unset;
    CHECK(contains(account.reply(it, wxkf::text_reply("x"), seal).body, "<Nonce><![CDATA[7]]></Nonce>"));
    CHECK(!contains(account.seal("x", "xml", unset, seal).body, "ToUserName"));
}

static void calls_of_nothing() {
    NO("endpoint", wxkf::request(unset, "{}"));
    NO("params", wxkf::request("getcallbackip", unset));
    const auto call = wxkf::request("getcallbackip", "{}", unset);
    NO("token", call.url(unset));
    NO("host", call.url("T", unset));
    NO("endpoint", wxkf::decode(unset, {}));
    wxkf::response response;
    response.body = unset;
    response.content_type = unset;
    REFUSED("response.malformed", "platform", "", wxkf::decode("message.custom.send", response));
    NO("text", wxkf::split_text(unset));
}

static void machines_of_nothing() {
    NO("policy", wxkf::conversation(unset));
    NO("snapshot", wxkf::conversation::restore(wxkf::policy::mini_program, unset));
    wxkf::conversation it(wxkf::policy::mini_program);
    const auto before = it.snapshot();
    NO("key", it.observe_push(unset, "message", NOW, NOW));
    NO("key", it.forget(unset));
    NO("settlement", it.settle(1, unset, NOW));
    NO("settlement", it.settle_typing(unset, NOW));
    EQUAL(it.snapshot(), before);
    CHECK(it.observe_push("k", unset, NOW, NOW) == wxkf::observation::fresh);
    NO("snapshot", wxkf::dedupe::restore(unset, 4));
    wxkf::dedupe dedupe(4);
    NO("key", dedupe.observe(unset, NOW));
    NO("key", dedupe.forget(unset));
    CHECK(dedupe.size() == 0);
    NO("source", wxkf::token_keeper(unset));
    NO("snapshot", wxkf::token_keeper::restore(unset));
    wxkf::token_keeper keeper("authorizer", unset);
    CHECK(!keeper.refresh_token());
    NO("token", keeper.fetched(1, unset, 7200, unset, NOW));
    NO("failure", keeper.fetch_failed(1, unset, NOW));
    NO("token", keeper.rejected(unset, NOW));
}

void nothing() {
    accounts_of_nothing();
    pushes_of_nothing();
    calls_of_nothing();
    machines_of_nothing();
}

} // namespace tests
