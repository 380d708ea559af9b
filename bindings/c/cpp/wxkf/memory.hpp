/// Memory that crosses the boundary, the clock, and random bytes.

#ifndef WXKF_MEMORY_HPP
#define WXKF_MEMORY_HPP

#include <wxkf.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#ifdef _WIN32
#include <random>
#else
#include <sys/random.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#endif

namespace wxkf {

/// Sixteen bytes.
using random_bytes = std::array<std::uint8_t, 16>;

/// The moment of the system clock.
inline std::uint64_t now() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(since).count());
}

/// Fresh bytes of the system that nobody can predict.
inline random_bytes fresh_random() {
    random_bytes bytes{};
#ifdef _WIN32
    std::random_device device;
    for (auto &byte : bytes) byte = static_cast<std::uint8_t>(device());
#else
    if (getentropy(bytes.data(), bytes.size()) != 0) {
        throw std::system_error(errno, std::generic_category(), "getentropy");
    }
#endif
    return bytes;
}

namespace detail {

/// Borrowed bytes. Also an empty text is there: only nothing has no pointer.
inline wxkf_bytes bytes(std::string_view text) {
    const void *from = text.data() == nullptr ? "" : text.data();
    return {static_cast<const std::uint8_t *>(from), text.size()};
}

inline wxkf_bytes bytes(const random_bytes &random) { return {random.data(), random.size()}; }

inline std::optional<std::string_view> view(wxkf_bytes bytes) {
    if (bytes.ptr == nullptr) return std::nullopt;
    const void *from = bytes.ptr;
    return std::string_view(static_cast<const char *>(from), bytes.len);
}

/// A copy.
inline std::optional<std::string> text(wxkf_bytes bytes) {
    const auto seen = view(bytes);
    return seen ? std::optional<std::string>(*seen) : std::nullopt;
}

inline std::optional<std::uint64_t> moment(std::uint64_t value) {
    return value == WXKF_NONE ? std::nullopt : std::optional<std::uint64_t>(value);
}

/// Bytes that the library has written.
class buf {
public:
    buf() = default;
    buf(const buf &) = delete;
    buf &operator=(const buf &) = delete;
    ~buf() { wxkf_buf_free(&buf_); }

    wxkf_buf *out() noexcept { return &buf_; }
    [[nodiscard]] std::string_view view() const {
        return detail::view({buf_.ptr, buf_.len}).value_or(std::string_view());
    }
    [[nodiscard]] std::string text() const { return std::string(view()); }

private:
    wxkf_buf buf_{nullptr, 0, 0};
};

/// Frees a handle by the function of its type.
template <class Handle, void (*Free)(Handle *)> struct freed {
    void operator()(Handle *handle) const noexcept { Free(handle); }
};

template <class Handle, void (*Free)(Handle *)> using owner = std::unique_ptr<Handle, freed<Handle, Free>>;

} // namespace detail
} // namespace wxkf

#endif
