// Pushes received and answered, and forged ones refused.

#include "check.hpp"

namespace tests {

// An answer opened as WeChat opens it: as a push without a recipient.
static std::string opened(const wxkf::account &account, const std::string &body, bool is_xml) {
    const auto cut = [&](const std::string &before, const std::string &after) {
        const auto from = body.find(before) + before.size();
        return body.substr(from, body.find(after, from) - from);
    };
    const auto signature = is_xml ? cut("<MsgSignature><![CDATA[", "]]>") : cut(R"("MsgSignature":")", "\"");
    return account.open("timestamp=1763700000&nonce=7&encrypt_type=aes&msg_signature=" + signature, body, NOW);
}

static void sealed_xml() {
    const auto account = secure_account();
    const auto push = account.seal(xml("a &amp; b"), "xml", "gh_1", fixed());
    CHECK(contains(push.body, push.encrypt));
    EQUAL(push.timestamp, "1763700000");
    EQUAL(account.open(push.query(), push.body, NOW), xml("a &amp; b"));
    const auto it = account.receive(push.query(), push.body, NOW);
    EQUAL(it.from() + " " + it.to() + " " + it.kind() + " " + it.format(), "o_1 gh_1 text xml");
    EQUAL(it.content().value_or(""), "a & b");
    EQUAL(it.msg_id().value_or(""), "23456789012345678");
    EQUAL(it.trigger().value_or(""), "message");
    EQUAL(it.field("MsgType").value_or(""), "text");
    CHECK(!it.field("MediaId") && !it.event() && !it.event_key() && !it.wants_err_code());
    CHECK(it.sealed() && it.key_index() == 0U && it.token_index() == 0 && it.created() == NOW);
    EQUAL(it.plaintext(), xml("a &amp; b"));
    CHECK(contains(it.inbound(), R"("content":"a & b")") && contains(it.inbound(), it.dedupe_key()));
    CHECK(contains(it.tree(), R"("MsgId":"23456789012345678")"));

    const auto answer = account.reply(it, wxkf::text_reply("you said \"a & b\""), fixed());
    CHECK(contains(answer.content_type, "xml"));
    const auto text = opened(account, answer.body, true);
    CHECK(contains(text, "<ToUserName><![CDATA[o_1]]></ToUserName>"));
    CHECK(contains(text, "<![CDATA[you said \"a & b\"]]>"));
    const auto later = account.reply_to(it.reply_to(), wxkf::text_reply("you said \"a & b\""), fixed());
    EQUAL(later.body, answer.body);
    EQUAL(account.reply(it, wxkf::success_reply).body, "success");
    // Without options the seal is of fresh bytes.
    CHECK(account.reply(it, wxkf::text_reply("x")).body != account.reply(it, wxkf::text_reply("x")).body);
    REFUSED("reply.field_invalid", "caller", "Content", account.reply(it, wxkf::text_reply("")));
    REFUSED("reply.unsupported", "caller", "MsgType", account.reply(it, R"({"type":"poem"})"));
    CHECK(!wxkf::reply_caution(wxkf::text_reply(std::string(2048, 'x'))));
    EQUAL(wxkf::reply_caution(wxkf::text_reply(std::string(2049, 'x'))).value_or(""), "long_reply");
    REFUSED("reply.unsupported", "caller", "MsgType", wxkf::reply_caution(R"({"type":"poem"})"));
}

static void sealed_json() {
    const auto account = secure_account("mini_program");
    const auto push = account.seal(json("hi \"中\""), "json", "gh_1", fixed());
    const auto it = account.receive(push.query(), push.body, NOW);
    EQUAL(it.format(), "json");
    EQUAL(it.content().value_or(""), "hi \"中\"");
    CHECK(contains(it.tree(), R"("MsgId":23456789012345678)"));
    REFUSED("reply.unsupported", "caller", "", account.reply(it, wxkf::text_reply("no"), fixed()));
    const auto answer = account.reply(it, R"({"type":"transfer_customer_service"})", fixed());
    CHECK(contains(answer.content_type, "json"));
    CHECK(contains(opened(account, answer.body, false), R"("MsgType":"transfer_customer_service")"));
}

static void forged() {
    const auto account = secure_account();
    const auto push = account.seal(xml("hi"), "xml", "gh_1", fixed());
    auto query = push.query();
    query.replace(query.find("msg_signature=") + 14, 4, "0000");
    REFUSED("callback.signature_mismatch", "peer", "msg_signature", account.receive(query, push.body, NOW));
    REFUSED("callback.signature_mismatch", "peer", "msg_signature", account.open(query, push.body, NOW));
    const auto why = account.explain(query, push.body, NOW);
    CHECK(contains(why, R"("accepted":false)") && contains(why, "callback.signature_mismatch"));
    CHECK(contains(account.explain(push.query(), push.body, NOW), R"("accepted":true)"));
    REFUSED("callback.body_malformed", "peer", "", account.receive(push.query(), "<xml><xml>", NOW));

    const auto plain = "timestamp=1763700000&nonce=7&signature=" + account.sign("1763700000", "7");
    REFUSED("callback.mode_refused", "peer", "msg_signature", account.receive(plain, xml("hi"), NOW));
    wxkf::account_options options;
    options.encoding_aes_key = OTHER_KEY;
    const wxkf::account other("official_account", "wx0123456789abcdef", "token", options);
    REFUSED("callback.ciphertext_invalid", "peer", "", other.receive(push.query(), push.body, NOW));
    options.previous_encoding_aes_keys = {KEY};
    const wxkf::account rotated("official_account", "wx0123456789abcdef", "token", options);
    CHECK(rotated.receive(push.query(), push.body, NOW).key_index() == 1U);
    options.max_body = 10;
    const wxkf::account small("official_account", "wx0123456789abcdef", "token", options);
    const std::string large(small.largest_body() + 1, ' ');
    REFUSED("callback.body_too_large", "peer", "", small.receive(push.query(), large, NOW));
}

static void unsealed() {
    wxkf::account_options options;
    options.mode = "plain";
    const wxkf::account account("official_account", "wx1", "token", options);
    const auto query = "timestamp=1763700000&nonce=7&signature=" + account.sign("1763700000", "7");
    const auto it = account.receive(query, xml("hi"), NOW);
    CHECK(!it.sealed() && !it.key_index());
    CHECK(contains(account.reply(it, wxkf::text_reply("ho")).body, "<![CDATA[ho]]>"));
    const auto decoded = wxkf::decode_unverified(json("hi"));
    EQUAL(decoded.format, "json");
    CHECK(contains(decoded.inbound, R"("from":"o_1")") && contains(decoded.tree, R"("Content":"hi")"));
    REFUSED("callback.body_malformed", "peer", "", wxkf::decode_unverified("nonsense"));
}

void pushes() {
    sealed_xml();
    sealed_json();
    forged();
    unsealed();
}

} // namespace tests
