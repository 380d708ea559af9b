// The C++ driver of the conformance protocol (tests/README.md): one line in, one line out. It uses wxkf.hpp, and
// the C driver's reader of JSON.

#include <iostream>

#include "../../conform/json.h"
#include "conform.hpp"

namespace conform {

// The document of a line, freed with it.
struct document {
    json_doc doc{};
    bool good;

    explicit document(const std::string &line) : good(json_read(&doc, line.c_str(), line.size())) {}
    document(const document &) = delete;
    document &operator=(const document &) = delete;
    ~document() { json_free(&doc); }
};

// Members that serde reads once: twice is a bad line.
static constexpr const char *ONCE[] = {
    "op",   "account", "query",     "body",     "body_base64", "now",      "reply",      "random",       "nonce",
    "text", "format",  "plaintext", "timestamp", "endpoint",   "params",   "status",     "content_type", "parts",
    "policy", "steps", "max_bytes", "capacity", "horizon_ms",  "source",   nullptr,
};

static std::string answer(const json_value *line) {
    if (json_twice(line, ONCE)) throw bad_line();
    const std::string op = text(json_member(line, "op"));
    if (op == "verify_url") return verify_url(line);
    if (op == "receive") return receive(line);
    if (op == "decode") return decode(line);
    if (op == "reply") return reply(line);
    if (op == "seal") return seal(line);
    if (op == "open") return open(line);
    if (op == "request") return request(line);
    if (op == "response") return response(line);
    if (op == "split_text") return split_text(line);
    if (op == "conversation") return conversation(line);
    if (op == "dedupe") return dedupe(line);
    if (op == "token") return token(line);
    throw bad_line();
}

static std::string say(const std::string &line) {
    static const std::string bad = R"({"error":{"code":"conform.bad_line"}})";
    const document read(line);
    if (!read.good) return bad;
    try {
        return R"({"ok":)" + answer(read.doc.root) + "}";
    } catch (const bad_line &) {
        return bad;
    } catch (const wxkf::error &error) {
        // What the boundary refuses has no name in Rust, so there the line was bad.
        if (error.status() == WXKF_BINDING_ARGUMENT_INVALID) return bad;
        std::string json = R"({"error":{"code":)" + wxkf::quoted(error.code());
        json += R"(,"origin":)" + wxkf::quoted(error.origin());
        if (error.field()) json += R"(,"field":)" + wxkf::quoted(*error.field());
        return json + "}}";
    }
}

} // namespace conform

int main() {
    std::ios::sync_with_stdio(false);
    std::string line;
    while (std::getline(std::cin, line)) std::cout << conform::say(line) << '\n' << std::flush;
    return std::cout ? 0 : 1;
}
