/// The access token of an account.

#ifndef WXKF_TOKEN_KEEPER_HPP
#define WXKF_TOKEN_KEEPER_HPP

#include "text.hpp"

namespace wxkf {

/// What to do about the token now: one of three.
struct token_step {
    /// Call with this token.
    std::optional<std::string> use;
    /// Fetch one, once the record is saved; nobody else does. The number is for what follows.
    std::optional<std::uint64_t> fetch;
    /// Whether to ask `stable_token` with `force_refresh`.
    bool force = false;
    /// Somebody else is fetching, or it failed just now: ask again then.
    std::optional<std::uint64_t> wait_until;
};

/// The token of one account, in one record for all processes. Load it, take one step, save the snapshot, and act on
/// what the step said only then. One thread at a time may use it.
class token_keeper {
public:
    /// Has no token yet. `source` is `stable_token`, `token` or `authorizer`; only that one has a refresh token.
    explicit token_keeper(given_text source = "stable_token", given_text refresh_token = std::nullopt) {
        wxkf_token *made = nullptr;
        detail::ask([&](wxkf_buf *error) {
            return wxkf_token_new(detail::bytes("source", source), detail::maybe(refresh_token), &made, error);
        });
        handle_.reset(made);
    }

    /// Of a snapshot.
    [[nodiscard]] static token_keeper restore(given_text snapshot) {
        wxkf_token *made = nullptr;
        detail::ask([&](wxkf_buf *error) {
            return wxkf_token_restore(detail::bytes("snapshot", snapshot), &made, error);
        });
        return token_keeper(made);
    }

    /// Asks what to do now.
    [[nodiscard]] token_step step(std::uint64_t now = wxkf::now()) {
        detail::buf token;
        wxkf_token_action action{};
        detail::ask([&](wxkf_buf *error) {
            return wxkf_token_step(handle_.get(), now, token.out(), &action, error);
        });
        if (!token.view().empty()) return {token.text(), std::nullopt, false, std::nullopt};
        return {std::nullopt, detail::moment(action.fetch), action.force, detail::moment(action.wait_until)};
    }

    /// Says what was fetched; `expires_in_s` is WeChat's `expires_in`. False if that fetch has been replaced since.
    bool fetched(std::uint64_t fetch, given_text token, std::uint64_t expires_in_s,
                 given_text refresh_token = std::nullopt, std::uint64_t now = wxkf::now()) {
        bool applied = false;
        detail::ask([&](wxkf_buf *error) {
            return wxkf_token_fetched(handle_.get(), fetch, detail::bytes("token", token), expires_in_s,
                                      detail::maybe(refresh_token), now, &applied, error);
        });
        return applied;
    }

    /// Says that fetching failed: `temporary`, `misconfigured`, or the kind of the rejection, which says so. False
    /// if that fetch has been replaced since.
    bool fetch_failed(std::uint64_t fetch, given_text failure = "temporary",
                      std::uint64_t now = wxkf::now()) {
        bool applied = false;
        detail::ask([&](wxkf_buf *error) {
            const auto why = detail::bytes("failure", failure);
            return wxkf_token_fetch_failed(handle_.get(), fetch, why, now, &applied, error);
        });
        return applied;
    }

    /// Says that WeChat refused a call because of this token (`token_rejected`). False if it is not the one in use.
    bool rejected(given_text token, std::uint64_t now = wxkf::now()) {
        bool applied = false;
        detail::ask([&](wxkf_buf *error) {
            return wxkf_token_rejected(handle_.get(), detail::bytes("token", token), now, &applied, error);
        });
        return applied;
    }

    /// The refresh token of an authorizer: whoever loses it loses the account. Nothing if there is none.
    [[nodiscard]] std::optional<std::string> refresh_token() const {
        return detail::text(wxkf_token_refresh_token(handle_.get()));
    }

    /// When time alone changes something next; nothing if never, or if moved from.
    [[nodiscard]] std::optional<std::uint64_t> next_deadline() const {
        return detail::moment(wxkf_token_next_deadline(handle_.get()));
    }

    /// The record in bytes. The token is in it: keep it like the app secret.
    [[nodiscard]] std::string snapshot() const {
        return detail::ask_text([&](wxkf_buf *out, wxkf_buf *error) {
            return wxkf_token_snapshot(handle_.get(), out, error);
        });
    }

private:
    explicit token_keeper(wxkf_token *handle) noexcept : handle_(handle) {}

    detail::owner<wxkf_token, wxkf_token_free> handle_;
};

} // namespace wxkf

#endif
