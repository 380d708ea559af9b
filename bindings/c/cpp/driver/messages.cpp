// What WeChat pushes and what answers it, and calls.

#include "conform.hpp"

namespace conform {

// What the ops on pushes share. The members are read before anything is done, as serde does.
struct push {
    std::string query, body;
    std::uint64_t now;
    wxkf::account account;

    explicit push(const json_value *line)
        : query(text(json_member(line, "query"))), body(conform::body(line)), now(count(json_member(line, "now"))),
          account(conform::account(json_member(line, "account"))) {}

    [[nodiscard]] wxkf::received receive() const { return account.receive(query, body, now); }
};

static std::uint64_t moment(std::uint64_t seconds) {
    return seconds > UINT64_MAX / 1000 ? UINT64_MAX : seconds * 1000;
}

std::string verify_url(const json_value *line) {
    const push it(line);
    return R"({"echo":)" + lossy(it.account.verify_url(it.query, it.now)) + "}";
}

std::string receive(const json_value *line) {
    const auto it = push(line).receive();
    const auto key = it.key_index();
    std::string json = it.sealed() ? R"({"sealed":true,"format":)" : R"({"sealed":false,"format":)";
    json += wxkf::quoted(it.format()) + R"(,"plaintext":)" + lossy(it.plaintext());
    json += R"(,"key_index":)" + (key ? std::to_string(*key) : "null");
    json += R"(,"token_index":)" + std::to_string(it.token_index());
    return json + R"(,"inbound":)" + it.inbound() + "}";
}

std::string decode(const json_value *line) {
    const auto it = wxkf::decode_unverified(body(line));
    return R"({"format":)" + wxkf::quoted(it.format) + R"(,"inbound":)" + it.inbound + R"(,"tree":)" + it.tree + "}";
}

std::string reply(const json_value *line) {
    const std::string digits = text(json_member(line, "random")), reply = raw(json_member(line, "reply"));
    wxkf::seal_options options;
    options.nonce = maybe_text(json_member(line, "nonce"));
    const push it(line);
    const auto received = it.receive();
    options.random = random(digits);
    options.now = it.now;
    const auto answer = it.account.reply(received, reply, options);
    return R"({"body":)" + lossy(answer.body) + R"(,"content_type":)" + wxkf::quoted(answer.content_type) + "}";
}

std::string seal(const json_value *line) {
    const auto plaintext = text(json_member(line, "plaintext")), format = text(json_member(line, "format"));
    const auto digits = text(json_member(line, "random"));
    const auto *at = json_member(line, "timestamp");
    wxkf::seal_options options;
    options.nonce = text(json_member(line, "nonce"));
    const auto seconds = at != nullptr && at->kind == JSON_TEXT ? whole(text(at)) : whole(raw(at));
    const auto account = conform::account(json_member(line, "account"));
    if (!seconds) throw bad_line();
    options.random = random(digits);
    options.now = moment(*seconds);
    return lossy(account.seal(plaintext, format, std::nullopt, options).body);
}

// The moment that the query itself names.
static std::uint64_t moment_of(std::string_view query) {
    static constexpr std::string_view name = "timestamp=";
    while (!query.empty()) {
        const auto end = std::min(query.find('&'), query.size());
        const auto pair = query.substr(0, end);
        if (pair.substr(0, name.size()) == name) return moment(whole(pair.substr(name.size())).value_or(0));
        query.remove_prefix(std::min(end + 1, query.size()));
    }
    return 0;
}

std::string open(const json_value *line) {
    const auto query = text(json_member(line, "query")), body = conform::body(line);
    // The seal is asked about here, not the time.
    const auto now = maybe_count(json_member(line, "now")).value_or(moment_of(query));
    const auto opened = conform::account(json_member(line, "account")).open(query, body, now);
    return is_utf8(opened) ? wxkf::quoted(opened) : R"({"base64":")" + base64(opened) + "\"}";
}

std::string request(const json_value *line) {
    const auto *params = json_member(line, "params"), *account = json_member(line, "account");
    const auto kind = is_nothing(account) ? std::nullopt : conform::kind(account);
    const auto it = wxkf::request(text(json_member(line, "endpoint")), is_nothing(params) ? "{}" : raw(params), kind);
    std::string json = R"({"method":)" + wxkf::quoted(it.method) + R"(,"path":)" + wxkf::quoted(it.path);
    json += R"(,"query":)" + wxkf::quoted(it.query);
    if (it.content_type) json += R"(,"content_type":)" + wxkf::quoted(*it.content_type);
    if (!is_utf8(it.body)) {
        json += R"(,"body_base64":")" + base64(it.body) + '"';
    } else if (it.content_type) {
        json += R"(,"body":)" + wxkf::quoted(it.body);
    }
    return json + "}";
}

std::string response(const json_value *line) {
    const auto endpoint = text(json_member(line, "endpoint")), body = conform::body(line);
    const auto type = maybe_text(json_member(line, "content_type"));
    const auto status = count(json_member(line, "status"));
    if (status > UINT16_MAX) throw bad_line();
    wxkf::response given;
    given.status = static_cast<std::uint16_t>(status);
    given.body = body;
    given.content_type = type;
    const auto it = wxkf::decode(endpoint, given);
    if (it.rejected) {
        std::string json = R"({"rejected":{"errcode":)" + std::to_string(it.rejected->errcode);
        json += R"(,"errmsg":)" + wxkf::quoted(it.rejected->errmsg);
        if (it.rejected->rid) json += R"(,"rid":)" + wxkf::quoted(*it.rejected->rid);
        return json + R"(,"kind":)" + wxkf::quoted(it.rejected->kind) + "}}";
    }
    std::string accepted = it.accepted;
    // The file is the body: its place in the answer is empty.
    static constexpr std::string_view place = R"("media_base64":"")";
    if (it.is_file) accepted.insert(accepted.find(place) + place.size() - 1, base64(body));
    return R"({"accepted":)" + accepted + "}";
}

std::string split_text(const json_value *line) {
    const auto it = wxkf::split_text(text(json_member(line, "text")), count(json_member(line, "max_bytes")),
                                     count(json_member(line, "parts")));
    std::string json = R"({"parts":[)";
    for (const auto &part : it.parts) json += (&part == it.parts.data() ? "" : ",") + wxkf::quoted(part);
    return json + R"(],"rest":)" + wxkf::quoted(it.rest) + "}";
}

} // namespace conform
