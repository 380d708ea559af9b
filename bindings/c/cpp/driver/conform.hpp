// What the parts of the driver have in common: what the protocol asks of the members of a line, and bytes as JSON.

#ifndef WXKF_CONFORM_HPP
#define WXKF_CONFORM_HPP

#include "../../conform/json.h"
#include "../wxkf.hpp"

namespace conform {

// A line that says nothing.
struct bad_line {};

// `null` is nothing, too.
inline bool is_nothing(const json_value *value) { return value == nullptr || value->kind == JSON_NULL; }

inline std::string raw(const json_value *value) {
    if (value == nullptr) throw bad_line();
    return {value->raw.ptr, value->raw.len};
}

inline std::string text(const json_value *value) {
    if (value == nullptr || value->kind != JSON_TEXT) throw bad_line();
    return {value->text.ptr, value->text.len};
}

inline std::optional<std::string> maybe_text(const json_value *value) {
    return is_nothing(value) ? std::nullopt : std::optional<std::string>(text(value));
}

inline std::optional<std::uint64_t> whole(std::string_view digits) {
    std::uint64_t number = 0;
    if (digits.empty()) return std::nullopt;
    for (const char c : digits) {
        if (c < '0' || c > '9') return std::nullopt;
        const auto digit = static_cast<std::uint64_t>(c - '0');
        if (number > (UINT64_MAX - digit) / 10) return std::nullopt;
        number = number * 10 + digit;
    }
    return number;
}

// Digits alone: 1.0 and -0 are no whole numbers to serde_json.
inline std::uint64_t count(const json_value *value) {
    if (value == nullptr || value->kind != JSON_NUMBER) throw bad_line();
    const auto number = whole({value->raw.ptr, value->raw.len});
    if (!number) throw bad_line();
    return *number;
}

inline std::optional<std::uint64_t> maybe_count(const json_value *value) {
    return is_nothing(value) ? std::nullopt : std::optional<std::uint64_t>(count(value));
}

// `body` or `body_base64` of the line; none is an empty one.
std::string body(const json_value *line);
// Sixteen bytes that are written as 32 hexadecimal digits.
wxkf::random_bytes random(std::string_view digits);
std::string base64(std::string_view bytes);
bool is_utf8(std::string_view bytes);
// Bytes as a JSON text; what is not UTF-8 becomes U+FFFD.
std::string lossy(std::string_view bytes);

// An account as the line describes it; its kind, if it says one.
wxkf::account account(const json_value *value);
std::optional<std::string> kind(const json_value *value);

std::string verify_url(const json_value *line);
std::string receive(const json_value *line);
std::string decode(const json_value *line);
std::string reply(const json_value *line);
std::string seal(const json_value *line);
std::string open(const json_value *line);
std::string request(const json_value *line);
std::string response(const json_value *line);
std::string split_text(const json_value *line);
std::string conversation(const json_value *line);
std::string dedupe(const json_value *line);
std::string token(const json_value *line);

} // namespace conform

#endif
