// Counted checks, and what the tests have in common.

#ifndef WXKF_TESTS_CHECK_HPP
#define WXKF_TESTS_CHECK_HPP

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "../wxkf.hpp"

#define CHECK(condition) tests::check((condition), #condition, __FILE__, __LINE__)
#define EQUAL(left, right) tests::equal((left), (right), #left, __FILE__, __LINE__)
// That a call throws an error of that code, origin and field.
#define REFUSED(code, origin, field, call)                                                                 \
    tests::refused([&] { static_cast<void>(call); }, (code), (origin), (field), #call, __FILE__, __LINE__)

namespace tests {

inline std::atomic<int> passed{0}, failed{0};

// The moment of every test; the pushes are of the same second.
inline constexpr std::uint64_t NOW = 1763700000000;
inline constexpr const char *KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
inline constexpr const char *OTHER_KEY = "0123456789ABCDEFGabcdefghijklmnopqrstuvwxyz";

inline bool check(bool good, const std::string &what, const char *file, int line) {
    (good ? passed : failed)++;
    if (!good) std::fprintf(stderr, "%s:%d: %s\n", file, line, what.c_str());
    return good;
}

inline void equal(const std::string &left, const std::string &right, const char *what, const char *file, int line) {
    if (!check(left == right, what, file, line)) {
        std::fprintf(stderr, "  it is  %s\n  and not %s\n", left.c_str(), right.c_str());
    }
}

template <class Call>
void refused(Call call, const std::string &code, const std::string &origin, const std::string &field,
             const std::string &what, const char *file, int line) {
    std::string said = "nothing was thrown";
    try {
        call();
    } catch (const wxkf::error &error) {
        said = error.code() + " " + error.origin() + " " + error.field().value_or("");
        check(!error.message().empty() && !error.message_zh().empty(), what + ": a message", file, line);
    }
    equal(said, code + " " + origin + " " + field, what.c_str(), file, line);
}

inline std::string xml(const std::string &content) {
    return "<xml><ToUserName>gh_1</ToUserName><FromUserName>o_1</FromUserName><CreateTime>1763700000</CreateTime>"
           "<MsgType>text</MsgType><Content>" +
           content + "</Content><MsgId>23456789012345678</MsgId></xml>";
}

inline std::string json(const std::string &content) {
    return R"({"ToUserName":"gh_1","FromUserName":"o_1","CreateTime":1763700000,"MsgType":"text","Content":)" +
           wxkf::quoted(content) + R"(,"MsgId":23456789012345678})";
}

inline bool contains(const std::string &text, const std::string &part) {
    return text.find(part) != std::string::npos;
}

inline wxkf::account secure_account(const std::string &kind = "official_account") {
    wxkf::account_options options;
    options.encoding_aes_key = KEY;
    return {kind, "wx0123456789abcdef", "token", options};
}

inline wxkf::seal_options fixed() {
    wxkf::seal_options options;
    options.random = wxkf::random_bytes{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    options.nonce = "7";
    options.now = NOW;
    return options;
}

// The parts: each is one file.
void accounts();
void pushes();
void calls();
void machines();
void nothing();
void threads();

} // namespace tests

#endif
