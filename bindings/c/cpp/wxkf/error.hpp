/// What a failure says, and the version of the library.

#ifndef WXKF_ERROR_HPP
#define WXKF_ERROR_HPP

#include <wxkf.h>

#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include "json.hpp"

namespace wxkf {

/// A call that failed. Nothing was changed by it.
class error : public std::runtime_error {
public:
    /// Of the JSON that the library writes.
    error(wxkf_status status, std::string_view json)
        : std::runtime_error(detail::text_member(json, "message").value_or("")), status_(status),
          code_(detail::text_member(json, "code").value_or("")),
          origin_(detail::text_member(json, "origin").value_or("")), field_(detail::text_member(json, "field")),
          detail_(detail::text_member(json, "detail")) {}

    /// Its number in wxkf.h.
    [[nodiscard]] wxkf_status status() const noexcept { return status_; }
    /// Its name, such as `callback.signature_mismatch`.
    [[nodiscard]] const std::string &code() const noexcept { return code_; }
    /// Whose mistake it is: `caller` for this program, `peer` for who sent the push, `platform` for WeChat's answer.
    [[nodiscard]] const std::string &origin() const noexcept { return origin_; }
    /// Which field is wrong, if one is.
    [[nodiscard]] const std::optional<std::string> &field() const noexcept { return field_; }
    /// More for the developer. Do not show it to a stranger.
    [[nodiscard]] const std::optional<std::string> &detail() const noexcept { return detail_; }
    /// What it means, in English; the same as `what()`.
    [[nodiscard]] std::string message() const { return what(); }
    /// What it means, in Chinese.
    [[nodiscard]] std::string message_zh() const {
        return std::string(detail::view(wxkf_status_message(status_, true)).value_or(""));
    }

private:
    wxkf_status status_;
    std::string code_, origin_;
    std::optional<std::string> field_, detail_;
};

/// The version of the library that was loaded.
inline std::string version() { return std::string(detail::view(wxkf_version()).value_or("")); }

/// The number of its ABI. Every call refuses a library of another one than `WXKF_ABI`.
inline std::uint32_t abi() noexcept { return wxkf_abi(); }

namespace detail {

/// Makes a call, and throws what it says. The call gets the place for its error.
template <class Call> void ask(Call call) {
    if (wxkf_abi() != WXKF_ABI) {
        throw error(WXKF_BINDING_ARGUMENT_INVALID, R"({"code":"binding.abi_mismatch","origin":"caller",)"
                                                   R"("message":"libwxkf has another ABI than this header"})");
    }
    buf failure;
    const wxkf_status status = call(failure.out());
    if (status != WXKF_OK) throw error(status, failure.view());
}

/// Makes a call that writes one text.
template <class Call> std::string ask_text(Call call) {
    buf result;
    ask([&](wxkf_buf *error) { return call(result.out(), error); });
    return result.text();
}

} // namespace detail
} // namespace wxkf

#endif
