/// What WeChat has pushed.

#ifndef WXKF_RECEIVED_HPP
#define WXKF_RECEIVED_HPP

#include "text.hpp"

namespace wxkf {

/// A push that was verified, opened and decoded. It never changes, so any number of threads may read it, and it
/// outlives its account.
class received {
public:
    /// `FromUserName`: the user, by openid.
    [[nodiscard]] std::string from() const { return said(&wxkf_view::from).value_or(""); }
    /// `ToUserName`: the account.
    [[nodiscard]] std::string to() const { return said(&wxkf_view::to).value_or(""); }
    /// `MsgId`, of a message.
    [[nodiscard]] std::optional<std::string> msg_id() const { return said(&wxkf_view::msg_id); }
    /// What it is: `text`, `image`, …, `event.subscribe`, …, `unknown`.
    [[nodiscard]] std::string kind() const { return said(&wxkf_view::kind).value_or(""); }
    /// What it grants: `message`, `enter`, `menu`, `subscribe`, `scan`, `pay` or `unsubscribe`.
    [[nodiscard]] std::optional<std::string> trigger() const { return said(&wxkf_view::trigger); }
    /// `Content`, of a text.
    [[nodiscard]] std::optional<std::string> content() const { return said(&wxkf_view::content); }
    /// `Event`, of an event.
    [[nodiscard]] std::optional<std::string> event() const { return said(&wxkf_view::event); }
    /// `EventKey`, of an event.
    [[nodiscard]] std::optional<std::string> event_key() const { return said(&wxkf_view::event_key); }
    /// `xml` or `json`.
    [[nodiscard]] std::string format() const { return said(&wxkf_view::format).value_or(""); }
    /// The message as it was written. It may be no UTF-8.
    [[nodiscard]] std::string plaintext() const { return said(&wxkf_view::plaintext).value_or(""); }
    /// `CreateTime`, in milliseconds.
    [[nodiscard]] std::optional<std::uint64_t> created() const { return detail::moment(view().created); }
    /// Which key opened it, 0 being the current one; nothing if it was not sealed.
    [[nodiscard]] std::optional<std::uint32_t> key_index() const {
        const auto index = view().key_index;
        return index == WXKF_NO_INDEX ? std::nullopt : std::optional<std::uint32_t>(index);
    }
    /// Which token signed it, 0 being the current one.
    [[nodiscard]] std::uint32_t token_index() const { return view().token_index; }
    /// Whether the signature covers the message. Of a plain push it does not.
    [[nodiscard]] bool sealed() const { return view().sealed; }
    /// Whether its answer has to be `err_code_reply`: WeChat repeats such an event for a day otherwise.
    [[nodiscard]] bool wants_err_code() const { return view().wants_err_code; }

    /// The text of an element by its name on the wire, such as `MediaId`; nothing if there is none, or if it is no
    /// text, or of a push that was moved from.
    [[nodiscard]] std::optional<std::string> field(given_text name) const {
        return detail::text(wxkf_received_field(handle_.get(), detail::bytes("name", name)));
    }

    /// What it is known by when it comes again: a text for a store.
    [[nodiscard]] std::string dedupe_key() const { return ask(wxkf_received_dedupe_key); }
    /// What its answer has to match, as JSON that may be kept: for `account::reply_to`.
    [[nodiscard]] std::string reply_to() const { return ask(wxkf_received_reply_to); }
    /// The whole message as JSON, with the time `created` in seconds.
    [[nodiscard]] std::string inbound() const { return ask(wxkf_received_inbound); }
    /// Everything in the message as a tree in JSON, with numbers in their exact text.
    [[nodiscard]] std::string tree() const { return ask(wxkf_received_tree); }

    /// Takes over a handle.
    explicit received(wxkf_received *handle) noexcept : handle_(handle) {}
    /// The handle, for wxkf.h.
    [[nodiscard]] const wxkf_received *get() const noexcept { return handle_.get(); }

private:
    [[nodiscard]] wxkf_view view() const {
        wxkf_view seen{};
        detail::ask([&](wxkf_buf *error) { return wxkf_received_view(handle_.get(), &seen, error); });
        return seen;
    }

    [[nodiscard]] std::optional<std::string> said(wxkf_bytes wxkf_view::*field) const {
        return detail::text(view().*field);
    }

    using reading = wxkf_status(const wxkf_received *, wxkf_buf *, wxkf_buf *);
    [[nodiscard]] std::string ask(reading *read) const {
        return detail::ask_text([&](wxkf_buf *out, wxkf_buf *error) { return read(handle_.get(), out, error); });
    }

    detail::owner<wxkf_received, wxkf_received_free> handle_;
};

/// A message of which nothing was verified.
struct decoded {
    /// `xml` or `json`.
    std::string format;
    /// As `received::inbound`.
    std::string inbound;
    /// As `received::tree`.
    std::string tree;
};

/// Decodes a message that came through another gate, such as a cloud function (云函数), and so has no signature.
/// **Nothing is verified.** Never use it for what anybody can post.
inline decoded decode_unverified(given_text body) {
    detail::buf json, tree;
    detail::ask([&](wxkf_buf *error) {
        return wxkf_decode_unverified(detail::maybe(body), json.out(), tree.out(), error);
    });
    return {detail::text_member(json.view(), "format").value_or(""),
            std::string(detail::member(json.view(), "inbound").value_or("")), tree.text()};
}

} // namespace wxkf

#endif
