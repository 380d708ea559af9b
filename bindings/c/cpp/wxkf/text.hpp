/// Texts that a program gives.

#ifndef WXKF_TEXT_HPP
#define WXKF_TEXT_HPP

#include <type_traits>

#include "error.hpp"

namespace wxkf {

/// A text that is given for a call: a literal, a `std::string`, a `std::string_view`, or none, which is what a null
/// pointer says, such as `std::getenv` of a variable that is not set. A call that needs a text throws
/// `binding.argument_invalid`, with its name, for none.
template <class Text> class maybe_text : public std::optional<Text> {
    using base = std::optional<Text>;
    template <class From>
    using if_text = std::enable_if_t<std::is_convertible_v<const From &, std::string_view> &&
                                     !std::is_convertible_v<const From &, const char *>>;

public:
    maybe_text(std::nullopt_t = std::nullopt) noexcept {}
    maybe_text(const char *text) {
        if (text != nullptr) base::emplace(text);
    }
    template <class From, class = if_text<From>>
    maybe_text(const From &text) : base(std::in_place, static_cast<std::string_view>(text)) {}
    template <class From, class = if_text<From>>
    maybe_text(const std::optional<From> &text) {
        if (text) base::emplace(static_cast<std::string_view>(*text));
    }
};

/// The text of an argument, borrowed for the call.
using given_text = maybe_text<std::string_view>;
/// The text of an option, kept.
using kept_text = maybe_text<std::string>;

namespace detail {

/// The text of an argument that a call needs.
template <class Text> std::string_view wanted(const char *name, const maybe_text<Text> &text) {
    if (text) return *text;
    const auto message = view(wxkf_status_message(WXKF_BINDING_ARGUMENT_INVALID, false)).value_or("");
    throw error(WXKF_BINDING_ARGUMENT_INVALID,
                R"({"code":"binding.argument_invalid","origin":"caller","field":")" + std::string(name) +
                    R"(","message":")" + std::string(message) +
                    R"(","detail":"it is none: a null pointer, or a variable that is not set"})");
}

inline wxkf_bytes bytes(const char *name, given_text text) { return bytes(wanted(name, text)); }

/// What may be absent.
template <class Text> wxkf_bytes maybe(const maybe_text<Text> &text) {
    return text ? bytes(std::string_view(*text)) : wxkf_bytes{nullptr, 0};
}

} // namespace detail

/// A text as JSON, in quotes.
inline std::string quoted(given_text text) { return detail::quoted(detail::wanted("text", text)); }

} // namespace wxkf

#endif
