/// An account: the gate for everything that WeChat pushes.

#ifndef WXKF_ACCOUNT_HPP
#define WXKF_ACCOUNT_HPP

#include <vector>

#include "received.hpp"

namespace wxkf {

/// What an account may have beside its id and token. One without `encoding_aes_key` needs the mode `plain`.
struct account_options {
    kept_text encoding_aes_key;
    /// Keys and tokens that were configured before, while pushes with them may still arrive.
    std::vector<kept_text> previous_encoding_aes_keys, previous_tokens;
    /// Further app ids to accept inside a seal.
    std::vector<kept_text> accept_ids;
    /// `secure`, which it is unless it is told, `compatible`, or `plain`.
    kept_text mode;
    /// How far the timestamp of a push may be from `now`.
    std::optional<std::uint64_t> tolerance_ms;
    /// How many bytes a body may have.
    std::optional<std::uint64_t> max_body;
};

/// What a seal is made of. Leave it as it is: all but tests want fresh bytes and the system clock.
struct seal_options {
    /// They must be unpredictable, and used once.
    std::optional<random_bytes> random;
    /// Otherwise that of the push, for an answer, and an empty one for `account::seal`.
    kept_text nonce;
    std::optional<std::uint64_t> now;
};

/// What to answer a push with: `body` unchanged.
struct answer {
    std::string body;
    std::string content_type;
};

/// A message as WeChat would have sealed it.
struct sealed_message {
    std::string body;
    /// Parts of the body and of the query string.
    std::string encrypt, msg_signature, timestamp, nonce;

    /// The raw query string of a push with this body.
    [[nodiscard]] std::string query() const {
        return "timestamp=" + timestamp + "&encrypt_type=aes&msg_signature=" + msg_signature +
               "&nonce=" + detail::escaped(nonce);
    }
};

/// An account with its keys. It never changes, so any number of threads may use it at once.
class account {
public:
    /// Checks all of it. `kind` is `official_account` or `mini_program`.
    account(given_text kind, given_text app_id, given_text token,
            const account_options &options = {}) {
        // One after the other, so that the first that is wrong is named.
        const auto of = detail::bytes("kind", kind);
        const auto id = detail::bytes("app_id", app_id);
        const auto secret = detail::bytes("token", token);
        std::vector<wxkf_account_option> list;
        const auto add = [&](const char *name, given_text value) {
            list.push_back({detail::bytes(std::string_view(name)), detail::bytes(name, value)});
        };
        const std::string tolerance = std::to_string(options.tolerance_ms.value_or(0));
        const std::string max_body = std::to_string(options.max_body.value_or(0));
        if (options.encoding_aes_key) add("encoding_aes_key", options.encoding_aes_key);
        for (const auto &key : options.previous_encoding_aes_keys) add("previous_encoding_aes_key", key);
        for (const auto &old : options.previous_tokens) add("previous_token", old);
        for (const auto &accepted : options.accept_ids) add("accept_id", accepted);
        if (options.mode) add("mode", options.mode);
        if (options.tolerance_ms) add("tolerance_ms", tolerance);
        if (options.max_body) add("max_body", max_body);
        wxkf_account *made = nullptr;
        detail::ask([&](wxkf_buf *error) {
            return wxkf_account_new(of, id, secret, list.data(), list.size(), &made, error);
        });
        handle_.reset(made);
    }

    /// More of a body than so many bytes is not worth reading: one byte more is refused. 0 if moved from.
    [[nodiscard]] std::size_t largest_body() const noexcept { return wxkf_account_largest_body(get()); }

    /// The AppID, without the white space that was around it; empty if moved from.
    [[nodiscard]] std::string app_id() const { return detail::text(wxkf_account_app_id(get())).value_or(""); }

    /// `secure`, `compatible` or `plain`; empty if moved from.
    [[nodiscard]] std::string mode() const { return detail::text(wxkf_account_mode(get())).value_or(""); }

    /// Answers the GET with which WeChat checks the URL: what to send back, as `text/plain`. `query` is the raw
    /// query string.
    [[nodiscard]] std::string verify_url(given_text query, std::uint64_t now = wxkf::now()) const {
        return detail::ask_text([&](wxkf_buf *echo, wxkf_buf *error) {
            return wxkf_account_verify_url(get(), detail::maybe(query), now, echo, error);
        });
    }

    /// Verifies, opens and decodes a push: the raw query string and the raw body, before any parser. If it throws
    /// with the origin `peer`, answer with an HTTP error and no details.
    [[nodiscard]] received receive(given_text query, given_text body,
                                   std::uint64_t now = wxkf::now()) const {
        wxkf_received *made = nullptr;
        detail::ask([&](wxkf_buf *error) {
            return wxkf_account_receive(get(), detail::maybe(query), detail::maybe(body), now, &made, error);
        });
        return received(made);
    }

    /// The bytes inside a push, verified and opened but not decoded.
    [[nodiscard]] std::string open(given_text query, given_text body,
                                   std::uint64_t now = wxkf::now()) const {
        return detail::ask_text([&](wxkf_buf *plaintext, wxkf_buf *error) {
            return wxkf_account_open(get(), detail::maybe(query), detail::maybe(body), now, plaintext, error);
        });
    }

    /// The passive answer (被动回复) to a push, sealed if that was. `reply` is JSON, such as `text_reply("…")`.
    [[nodiscard]] answer reply(const received &push, given_text reply, const seal_options &seal = {}) const {
        return answered(seal, [&](auto random, auto nonce, auto at, auto body, auto type, auto error) {
            const auto said = detail::bytes("reply", reply);
            return wxkf_account_reply(get(), push.get(), said, random, nonce, at, body, type, error);
        });
    }

    /// The same to what `received::reply_to` has said of a push: the answer may be made elsewhere.
    [[nodiscard]] answer reply_to(given_text reply_to, given_text reply,
                                  const seal_options &seal = {}) const {
        const auto to = detail::bytes("reply_to", reply_to), said = detail::bytes("reply", reply);
        return answered(seal, [&](auto random, auto nonce, auto at, auto body, auto type, auto error) {
            return wxkf_account_reply_to(get(), to, said, random, nonce, at, body, type, error);
        });
    }

    /// Seals a message as WeChat does: for tests, and for what stands in for WeChat. `format` is `xml` or `json`.
    /// With `to_user_name` the body is that of a push to it, and without that of an answer.
    [[nodiscard]] sealed_message seal(given_text message, given_text format,
                                      given_text to_user_name = std::nullopt,
                                      const seal_options &seal = {}) const {
        const auto random = seal.random ? *seal.random : fresh_random();
        detail::buf body, parts;
        detail::ask([&](wxkf_buf *error) {
            return wxkf_account_seal(get(), detail::bytes("message", message), detail::bytes("format", format),
                                     detail::maybe(to_user_name), detail::bytes(random), detail::maybe(seal.nonce),
                                     seal.now ? *seal.now : now(), body.out(), parts.out(), error);
        });
        const auto part = [&](std::string_view name) { return detail::text_member(parts.view(), name).value_or(""); };
        return {body.text(), part("encrypt"), part("msg_signature"), part("timestamp"), part("nonce")};
    }

    /// The plain signature over a timestamp in seconds and a nonce, as it stands in `signature`: for tests.
    [[nodiscard]] std::string sign(given_text timestamp, given_text nonce) const {
        return detail::ask_text([&](wxkf_buf *signature, wxkf_buf *error) {
            return wxkf_account_sign(get(), detail::bytes("timestamp", timestamp), detail::bytes("nonce", nonce),
                                     signature, error);
        });
    }

    /// Walks the checks of `receive` and, where one fails, tries the mistakes that people make until one fits: JSON
    /// with `accepted`, `code` and `steps`. It is for the developer, never for an answer.
    [[nodiscard]] std::string explain(given_text query, given_text body,
                                      std::uint64_t now = wxkf::now()) const {
        return detail::ask_text([&](wxkf_buf *explanation, wxkf_buf *error) {
            return wxkf_account_explain(get(), detail::maybe(query), detail::maybe(body), now, explanation, error);
        });
    }

    /// The handle, for wxkf.h.
    [[nodiscard]] const wxkf_account *get() const noexcept { return handle_.get(); }

private:
    template <class Call> static answer answered(const seal_options &seal, Call call) {
        const auto random = seal.random ? *seal.random : fresh_random();
        const auto at = seal.now ? *seal.now : now();
        detail::buf body;
        wxkf_bytes type{};
        detail::ask([&](wxkf_buf *error) {
            return call(detail::bytes(random), detail::maybe(seal.nonce), at, body.out(), &type, error);
        });
        return {body.text(), detail::text(type).value_or("")};
    }

    detail::owner<wxkf_account, wxkf_account_free> handle_;
};

} // namespace wxkf

#endif
