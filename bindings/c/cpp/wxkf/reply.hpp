/// The passive answers (被动回复) that need no more than a text. All others are JSON such as
/// `{"type":"image","media_id":"…"}`.

#ifndef WXKF_REPLY_HPP
#define WXKF_REPLY_HPP

#include "text.hpp"

namespace wxkf {

/// Says that the push has arrived. WeChat shows the user nothing, and does not send it again.
inline constexpr std::string_view success_reply = R"({"type":"success"})";

/// What an event needs for which `received::wants_err_code` is true.
inline constexpr std::string_view err_code_reply = R"({"type":"err_code","err_code":0})";

/// A text to the user. A mini program cannot answer so.
inline std::string text_reply(given_text content) {
    return R"({"type":"text","content":)" + detail::quoted(detail::wanted("content", content)) + "}";
}

/// What is known to go wrong with an answer that is correct otherwise, by its name, such as `long_reply`. It can be
/// sent.
inline std::optional<std::string> reply_caution(given_text reply) {
    wxkf_bytes caution{};
    detail::ask([&](wxkf_buf *error) {
        return wxkf_reply_caution(detail::bytes("reply", reply), &caution, error);
    });
    return detail::text(caution);
}

} // namespace wxkf

#endif
