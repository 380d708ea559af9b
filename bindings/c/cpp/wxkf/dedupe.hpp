/// Which pushes were here already.

#ifndef WXKF_DEDUPE_HPP
#define WXKF_DEDUPE_HPP

#include "text.hpp"

namespace wxkf {

/// A memory of pushes, of all users, for one process. One thread at a time may use it.
class dedupe {
public:
    /// Remembers at most `capacity` pushes, each for `horizon_ms`. WeChat repeats a push within a minute.
    explicit dedupe(std::uint64_t capacity, std::uint64_t horizon_ms = 60'000)
        : dedupe(capacity, horizon_ms, std::nullopt) {}

    /// Of a snapshot.
    [[nodiscard]] static dedupe restore(given_text snapshot, std::uint64_t capacity,
                                        std::uint64_t horizon_ms = 60'000) {
        return dedupe(capacity, horizon_ms, detail::wanted("snapshot", snapshot));
    }

    /// Takes note of a push by its dedupe key or any other text: when it was here first, or nothing if it is new.
    std::optional<std::uint64_t> observe(given_text key, std::uint64_t now = wxkf::now()) {
        std::uint64_t since = WXKF_NONE;
        detail::ask([&](wxkf_buf *error) {
            return wxkf_dedupe_observe(handle_.get(), detail::bytes("key", key), now, &since, error);
        });
        return detail::moment(since);
    }

    /// Lets the next delivery in, because handling it failed.
    void forget(given_text key) {
        detail::ask([&](wxkf_buf *error) {
            return wxkf_dedupe_forget(handle_.get(), detail::bytes("key", key), error);
        });
    }

    /// How many pushes it remembers; 0 if moved from.
    [[nodiscard]] std::size_t size() const noexcept { return wxkf_dedupe_len(handle_.get()); }

    /// The memory in bytes.
    [[nodiscard]] std::string snapshot() const {
        return detail::ask_text([&](wxkf_buf *out, wxkf_buf *error) {
            return wxkf_dedupe_snapshot(handle_.get(), out, error);
        });
    }

private:
    dedupe(std::uint64_t capacity, std::uint64_t horizon_ms, given_text snapshot) {
        wxkf_dedupe *made = nullptr;
        detail::ask([&](wxkf_buf *error) {
            return wxkf_dedupe_new(capacity, horizon_ms, detail::maybe(snapshot), &made, error);
        });
        handle_.reset(made);
    }

    detail::owner<wxkf_dedupe, wxkf_dedupe_free> handle_;
};

} // namespace wxkf

#endif
