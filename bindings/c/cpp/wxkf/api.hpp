/// Calls of the platform's API, by name; texts in parts; return codes.

#ifndef WXKF_API_HPP
#define WXKF_API_HPP

#include <vector>

#include "text.hpp"

namespace wxkf {

/// A call that is ready for any HTTP client.
struct call {
    std::string method, path;
    /// Without the token.
    std::string query;
    /// Nothing if there is no body.
    std::optional<std::string> content_type;
    /// Which token it needs, such as `access_token`; `none` if none.
    std::string auth;
    /// What to know before it is made.
    std::optional<std::string> caution;
    std::string body;

    /// The address with the token, which is a secret: do not log it. Another `host` is for a gateway.
    [[nodiscard]] std::string url(given_text token, given_text host = "https://api.weixin.qq.com") const {
        std::string url = std::string(detail::wanted("host", host)) + path;
        char mark = '?';
        if (!query.empty()) {
            (url += mark) += query;
            mark = '&';
        }
        if (auth != "none") ((url += mark) += "access_token=") += detail::escaped(detail::wanted("token", token));
        return url;
    }
};

/// What WeChat answered to a call, whatever the status.
struct response {
    std::uint16_t status = 200;
    given_text body;
    /// Headers, which matter for a file.
    given_text content_type, content_disposition;
};

/// A no of WeChat.
struct rejection {
    std::int64_t errcode;
    std::string errmsg;
    /// By which WeChat finds the call again.
    std::optional<std::string> rid;
    /// What to do about it: `token_rejected`, `quota_exhausted`, …
    std::string kind;
};

/// What came of a call.
struct outcome {
    /// What WeChat answered, as JSON; empty if it was rejected.
    std::string accepted;
    /// Whether the body of the response is a file that was asked for. `media_base64` is empty then.
    bool is_file = false;
    std::optional<wxkf::rejection> rejected;

    /// Whether WeChat accepted it.
    explicit operator bool() const noexcept { return !rejected; }
};

/// A text in parts.
struct split {
    std::vector<std::string> parts;
    /// What did not fit.
    std::string rest;
};

/// Makes a call by its name, such as `message.custom.send`, with WeChat's parameters, of body and query together, as
/// JSON. `kind`, if it is given, checks what that kind of account may send.
inline call request(given_text endpoint, given_text params, given_text kind = std::nullopt) {
    detail::buf head, body;
    detail::ask([&](wxkf_buf *error) {
        return wxkf_request(detail::bytes("endpoint", endpoint), detail::bytes("params", params),
                            detail::maybe(kind), head.out(), body.out(), error);
    });
    const auto part = [&](std::string_view name) { return detail::text_member(head.view(), name); };
    return {part("method").value_or(""), part("path").value_or(""), part("query").value_or(""),
            part("content_type"),        part("auth").value_or(""), part("caution"),
            body.text()};
}

/// Reads the answer to a call. It throws `response.malformed` if that cannot be read.
inline outcome decode(given_text endpoint, const response &response) {
    const std::string json = detail::ask_text([&](wxkf_buf *out, wxkf_buf *error) {
        return wxkf_decode(detail::bytes("endpoint", endpoint), response.status, detail::maybe(response.content_type),
                           detail::maybe(response.content_disposition), detail::maybe(response.body), out, error);
    });
    outcome result;
    if (const auto accepted = detail::member(json, "accepted")) {
        result.accepted = *accepted;
        result.is_file = detail::member(*accepted, "media_base64").has_value();
        return result;
    }
    const auto no = detail::member(json, "rejected").value_or("{}");
    result.rejected = rejection{std::stoll(std::string(detail::member(no, "errcode").value_or("0"))),
                                detail::text_member(no, "errmsg").value_or(""), detail::text_member(no, "rid"),
                                detail::text_member(no, "kind").value_or("unknown")};
    return result;
}

/// Splits a text into at most `max_parts` parts of at most `max_bytes` bytes, between paragraphs, sentences or words
/// where it can, and never inside a character or a link. WeChat was seen to take 2,048 bytes.
inline split split_text(given_text text, std::uint64_t max_bytes = 2048, std::uint64_t max_parts = 5) {
    const std::string json = detail::ask_text([&](wxkf_buf *out, wxkf_buf *error) {
        return wxkf_split_text(detail::bytes("text", text), max_bytes, max_parts, out, error);
    });
    return {detail::texts(detail::member(json, "parts").value_or("[]")),
            detail::text_member(json, "rest").value_or("")};
}

/// What a return code of WeChat's means and what to do about it: JSON with `errcode`, `kind`, `meaning` and
/// `advice`, each with `en` and `zh`. Nothing if nothing is known of it.
inline std::optional<std::string> errcode(std::int64_t code) {
    detail::buf info;
    return wxkf_errcode(code, info.out()) ? std::optional<std::string>(info.text()) : std::nullopt;
}

/// What to do about a rejection with this `errcode`: `token_rejected`, `quota_exhausted`, …, `unknown`.
inline std::string rejection_kind(std::int64_t errcode) {
    return detail::text(wxkf_rejection_kind(errcode)).value_or("");
}

} // namespace wxkf

#endif
