/// As much of JSON as this wrapper needs: to write a text, and to read what the library itself has written.

#ifndef WXKF_JSON_HPP
#define WXKF_JSON_HPP

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "memory.hpp"

namespace wxkf {

namespace detail {

/// A text as JSON, in quotes.
inline std::string quoted(std::string_view text) {
    static constexpr std::string_view escaped = "\"\\\b\f\n\r\t", letters = "\"\\bfnrt", digits = "0123456789abcdef";
    std::string json = "\"";
    for (const char c : text) {
        const auto known = escaped.find(c);
        if (known != std::string_view::npos) {
            json += '\\';
            json += letters[known];
        } else if (static_cast<unsigned char>(c) < 0x20) {
            json += c < 0x10 ? "\\u000" : "\\u001";
            json += digits[static_cast<unsigned char>(c) & 15U];
        } else {
            json += c;
        }
    }
    return json += '"';
}

/// A text as a value in a query string.
inline std::string escaped(std::string_view text) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string query;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_') {
            query += c;
        } else {
            (query += '%') += digits[byte >> 4U];
            query += digits[byte & 15U];
        }
    }
    return query;
}

/// The length of the value at the start of JSON that has no space in it and more after the value.
inline std::size_t value_length(std::string_view json) {
    std::size_t depth = 0, at = 0;
    for (; at < json.size(); at++) {
        const char c = json[at];
        if (c == '"') {
            for (at++; at < json.size() && json[at] != '"'; at++) at += json[at] == '\\' ? 1U : 0U;
        } else if (c == '{' || c == '[') {
            depth++;
        } else if (depth == 0 && (c == ',' || c == '}' || c == ']' || c == ':')) {
            break;
        } else if (c == '}' || c == ']') {
            depth--;
        }
    }
    return at;
}

/// The member of an object, as it is written; nothing if it is absent or `null`.
inline std::optional<std::string_view> member(std::string_view json, std::string_view name) {
    while (json.size() > 2) {
        json.remove_prefix(1);
        const auto key = json.substr(0, value_length(json));
        json.remove_prefix(std::min(key.size() + 1, json.size()));
        const auto value = json.substr(0, value_length(json));
        // The names that the library writes need no escapes.
        if (key.size() == name.size() + 2 && key.substr(1, name.size()) == name) {
            return value == "null" ? std::nullopt : std::optional<std::string_view>(value);
        }
        json.remove_prefix(value.size());
    }
    return std::nullopt;
}

/// What a JSON text says. The library escapes no character that is not ASCII.
inline std::string unquoted(std::string_view json) {
    static constexpr std::string_view letters = "bfnrt", meanings = "\b\f\n\r\t";
    std::string text;
    for (std::size_t at = 1; at + 1 < json.size(); at++) {
        if (json[at] != '\\') {
            text += json[at];
            continue;
        }
        const char c = json[++at];
        const auto known = letters.find(c);
        if (c == 'u') {
            text += static_cast<char>(std::stoi(std::string(json.substr(at + 1, 4)), nullptr, 16));
            at += 4;
        } else {
            text += known == std::string_view::npos ? c : meanings[known];
        }
    }
    return text;
}

/// A text, or the digits of a number.
inline std::optional<std::string> text_member(std::string_view json, std::string_view name) {
    const auto value = member(json, name);
    if (!value) return std::nullopt;
    return value->front() == '"' ? unquoted(*value) : std::string(*value);
}

/// The texts of a list.
inline std::vector<std::string> texts(std::string_view json) {
    std::vector<std::string> items;
    while (json.size() > 2) {
        json.remove_prefix(1);
        const auto item = json.substr(0, value_length(json));
        items.push_back(unquoted(item));
        json.remove_prefix(item.size());
    }
    return items;
}

} // namespace detail
} // namespace wxkf

#endif
