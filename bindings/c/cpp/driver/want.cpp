// What the protocol asks of the members of a line.

#include "conform.hpp"

namespace conform {

static constexpr std::string_view LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

// With padding, and without bits that are left over.
static std::string from_base64(std::string_view text) {
    std::string bytes;
    std::uint32_t group = 0, bits = 0;
    if (text.size() % 4 != 0) throw bad_line();
    for (int pad = 0; pad < 2 && !text.empty() && text.back() == '='; pad++) text.remove_suffix(1);
    for (const char c : text) {
        const auto six = LETTERS.find(c);
        if (six == std::string_view::npos) throw bad_line();
        group = (group << 6U | static_cast<std::uint32_t>(six)) & 0xffffffU;
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        bytes += static_cast<char>(group >> bits & 0xffU);
    }
    if ((group & ((1U << bits) - 1)) != 0) throw bad_line();
    return bytes;
}

std::string body(const json_value *line) {
    const auto written = maybe_text(json_member(line, "body")), coded = maybe_text(json_member(line, "body_base64"));
    if (written && coded) throw bad_line();
    return coded ? from_base64(*coded) : written.value_or("");
}

wxkf::random_bytes random(std::string_view digits) {
    wxkf::random_bytes bytes{};
    if (digits.size() != 32) throw bad_line();
    for (std::size_t i = 0; i < 32; i++) {
        const auto digit = std::string_view("0123456789abcdef0123456789ABCDEF").find(digits[i]);
        if (digit == std::string_view::npos) throw bad_line();
        bytes[i / 2] = static_cast<std::uint8_t>(bytes[i / 2] << 4U | (digit & 15U));
    }
    return bytes;
}

std::string base64(std::string_view bytes) {
    std::string text;
    const auto at = [&](std::size_t i) {
        return i < bytes.size() ? std::uint32_t{static_cast<unsigned char>(bytes[i])} : 0U;
    };
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::uint32_t group = at(i) << 16U | at(i + 1) << 8U | at(i + 2);
        text += LETTERS[group >> 18U];
        text += LETTERS[group >> 12U & 63U];
        text += i + 1 < bytes.size() ? LETTERS[group >> 6U & 63U] : '=';
        text += i + 2 < bytes.size() ? LETTERS[group & 63U] : '=';
    }
    return text;
}

static std::size_t character(std::string_view bytes, std::size_t *mistake) {
    const void *from = bytes.data();
    return json_utf8(static_cast<const unsigned char *>(from), bytes.size(), mistake);
}

bool is_utf8(std::string_view bytes) {
    for (std::size_t mistake = 0; !bytes.empty();) {
        const auto length = character(bytes, &mistake);
        if (length == 0) return false;
        bytes.remove_prefix(length);
    }
    return true;
}

std::string lossy(std::string_view bytes) {
    std::string text;
    for (std::size_t mistake = 0; !bytes.empty();) {
        const auto length = character(bytes, &mistake);
        text += length == 0 ? "\xef\xbf\xbd" : bytes.substr(0, length);
        bytes.remove_prefix(length == 0 ? mistake : length);
    }
    return wxkf::quoted(text);
}

static std::vector<wxkf::kept_text> list(const json_value *value) {
    std::vector<wxkf::kept_text> items;
    if (value == nullptr) return items;
    if (value->kind != JSON_LIST) throw bad_line();
    for (const auto *item = value->first; item != nullptr; item = item->next) items.push_back(text(item));
    return items;
}

std::optional<std::string> kind(const json_value *value) {
    if (value == nullptr || value->kind != JSON_OBJECT) throw bad_line();
    static constexpr std::string_view names[] = {
        "kind",       "app_id", "token",       "encoding_aes_key", "previous_encoding_aes_keys", "previous_tokens",
        "accept_ids", "mode",   "tolerance_s", "max_body",
    };
    for (const auto *member = value->first; member != nullptr; member = member->next) {
        const std::string_view name(member->name.ptr, member->name.len);
        if (std::find(std::begin(names), std::end(names), name) == std::end(names)) throw bad_line();
    }
    const auto mode = maybe_text(json_member(value, "mode"));
    if (mode && *mode != "secure" && *mode != "compatible" && *mode != "plain") throw bad_line();
    return maybe_text(json_member(value, "kind"));
}

wxkf::account account(const json_value *value) {
    const auto of = kind(value).value_or("official_account");
    const auto app_id = maybe_text(json_member(value, "app_id")), token = maybe_text(json_member(value, "token"));
    wxkf::account_options options;
    options.encoding_aes_key = maybe_text(json_member(value, "encoding_aes_key"));
    options.previous_encoding_aes_keys = list(json_member(value, "previous_encoding_aes_keys"));
    options.previous_tokens = list(json_member(value, "previous_tokens"));
    options.accept_ids = list(json_member(value, "accept_ids"));
    options.mode = maybe_text(json_member(value, "mode"));
    options.max_body = maybe_count(json_member(value, "max_body"));
    const auto seconds = maybe_count(json_member(value, "tolerance_s"));
    if (seconds) options.tolerance_ms = *seconds > UINT64_MAX / 1000 ? UINT64_MAX : *seconds * 1000;
    return {of, app_id.value_or(""), token.value_or(""), options};
}

} // namespace conform
