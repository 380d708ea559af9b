/// What may be sent to one user.

#ifndef WXKF_CONVERSATION_HPP
#define WXKF_CONVERSATION_HPP

#include "received.hpp"

namespace wxkf {

/// Presets of the policy. It is JSON: one of these, or an object with `preset` and what differs.
namespace policy {
inline constexpr std::string_view mini_program = R"("mini_program")";
inline constexpr std::string_view official_account = R"("official_account")";
} // namespace policy

/// A no of our own record.
struct refusal {
    /// Why: `window_closed`, `quota_exhausted`, …
    std::string reason;
    /// When to ask again; nothing if only the user can change it.
    std::optional<std::uint64_t> retry_at;
};

/// One message of the quota, held until it is settled, or a no.
struct reservation {
    /// By which it is settled; 0 if it was refused.
    std::uint64_t id = 0;
    /// Whether WeChat will accept it, as far as one can know. If not, it is worth a try.
    bool sure = false;
    std::optional<refusal> refused;

    /// Whether it is held.
    explicit operator bool() const noexcept { return !refused; }
};

/// What came of settling.
struct settled {
    /// `applied`; `stale`, if it was settled or given up before; `retry_after`: WeChat does not know of the user's
    /// message yet, send the same once more after a pause.
    std::string name;
    /// How long to wait, in milliseconds, if it is `retry_after`.
    std::optional<std::uint64_t> retry_after_ms;
};

/// How many messages may be sent.
struct allowance {
    /// So many are safe to promise, so many are worth a try, and so many are held by reservations.
    std::uint32_t at_least, at_most, held;
    /// When the last window closes, if one is open.
    std::optional<std::uint64_t> closes_at;
};

/// Whether a push was here before. A `repeat` must not be handled again: answer `success_reply`. Of an `overflow`
/// nobody knows: so many pushes of this user came within a minute that there is no room to note this one. Ask a
/// `dedupe` that all processes share, or do not handle it.
enum class observation : std::uint8_t { fresh = WXKF_NEW, repeat = WXKF_REPEAT, overflow = WXKF_OVERFLOW };

/// What may be sent to one user of one account: window, quota, typing and repeats, in one record. Load it, take one
/// step, save the snapshot, and act on what the step said only then. One thread at a time may use it.
class conversation {
public:
    /// Of a user of whom nothing is known.
    explicit conversation(given_text policy) : conversation(policy, std::nullopt) {}

    /// Of a snapshot.
    [[nodiscard]] static conversation restore(given_text policy, given_text snapshot) {
        return conversation(policy, detail::wanted("snapshot", snapshot));
    }

    /// Takes note of what was received.
    observation observe(const received &push, std::uint64_t now = wxkf::now()) {
        wxkf_observation seen = WXKF_NEW;
        detail::ask([&](wxkf_buf *error) {
            return wxkf_conversation_observe(handle_.get(), push.get(), now, &seen, error);
        });
        return static_cast<observation>(seen);
    }

    /// The same of a push that is known in another way. `key` is a dedupe key, or any other text that is the same
    /// for every delivery; `at` is when it happened.
    observation observe_push(given_text key, given_text trigger,
                             std::optional<std::uint64_t> at = std::nullopt, std::uint64_t now = wxkf::now()) {
        wxkf_observation seen = WXKF_NEW;
        detail::ask([&](wxkf_buf *error) {
            return wxkf_conversation_observe_push(handle_.get(), detail::bytes("key", key), detail::maybe(trigger),
                                                  at.value_or(WXKF_NONE), now, &seen, error);
        });
        return static_cast<observation>(seen);
    }

    /// Lets the next delivery of a push in, because handling it failed. It grants nothing again.
    void forget(given_text key) {
        detail::ask([&](wxkf_buf *error) {
            return wxkf_conversation_forget(handle_.get(), detail::bytes("key", key), error);
        });
    }

    /// Holds one message. Save the record, send, and settle.
    [[nodiscard]] reservation reserve(std::uint64_t now = wxkf::now()) {
        wxkf_reservation held{};
        detail::ask([&](wxkf_buf *error) { return wxkf_conversation_reserve(handle_.get(), now, &held, error); });
        if (held.id == WXKF_NONE) return {0, false, refused(held.refusal)};
        return {held.id, held.sure, std::nullopt};
    }

    /// Says what became of a message that was held: `delivered`, `not_sent`, `unknown`, `quota_exhausted`,
    /// `window_closed` or `enter_revoked`.
    settled settle(std::uint64_t id, given_text settlement, std::uint64_t now = wxkf::now()) {
        wxkf_settled done{};
        detail::ask([&](wxkf_buf *error) {
            const auto as = detail::bytes("settlement", settlement);
            return wxkf_conversation_settle(handle_.get(), id, as, now, &done, error);
        });
        return {detail::text(done.name).value_or(""), detail::moment(done.retry_after_ms)};
    }

    /// Says the same by the `errcode` that WeChat answered; 0 is delivered.
    settled settle_errcode(std::uint64_t id, std::int64_t errcode, std::uint64_t now = wxkf::now()) {
        wxkf_settled done{};
        detail::ask([&](wxkf_buf *error) {
            return wxkf_conversation_settle_errcode(handle_.get(), id, errcode, now, &done, error);
        });
        return {detail::text(done.name).value_or(""), detail::moment(done.retry_after_ms)};
    }

    /// Asks whether typing may be shown, and takes note that it is. Nothing if it may.
    [[nodiscard]] std::optional<refusal> start_typing(std::uint64_t now = wxkf::now()) {
        wxkf_refusal no{};
        detail::ask([&](wxkf_buf *error) { return wxkf_conversation_start_typing(handle_.get(), now, &no, error); });
        return refused(no);
    }

    /// Says what came of showing it: `delivered`, `already_typing` (45081), `no_recent_message` (45080), `not_sent`,
    /// `unknown` or `window_closed`.
    void settle_typing(given_text settlement, std::uint64_t now = wxkf::now()) {
        detail::ask([&](wxkf_buf *error) {
            const auto as = detail::bytes("settlement", settlement);
            return wxkf_conversation_settle_typing(handle_.get(), as, now, error);
        });
    }

    /// Says the same by the `errcode` that WeChat answered; 0 is delivered.
    void settle_typing_errcode(std::int64_t errcode, std::uint64_t now = wxkf::now()) {
        detail::ask([&](wxkf_buf *error) {
            return wxkf_conversation_settle_typing_errcode(handle_.get(), errcode, now, error);
        });
    }

    /// Takes note that typing is shown no longer.
    void stop_typing() {
        detail::ask([&](wxkf_buf *error) { return wxkf_conversation_stop_typing(handle_.get(), error); });
    }

    /// Takes note of a message that this record did not hold: somebody wrote in the web console, or another program
    /// sent. `at` is when WeChat accepted it, `now` unless it is given. Say it once of each.
    void sent_elsewhere(std::optional<std::uint64_t> at = std::nullopt, std::uint64_t now = wxkf::now()) {
        detail::ask([&](wxkf_buf *error) {
            return wxkf_conversation_sent_elsewhere(handle_.get(), at.value_or(WXKF_NONE), now, error);
        });
    }

    /// How many messages may be sent.
    [[nodiscard]] wxkf::allowance allowance(std::uint64_t now = wxkf::now()) const {
        wxkf_allowance may{};
        detail::ask([&](wxkf_buf *error) { return wxkf_conversation_allowance(handle_.get(), now, &may, error); });
        return {may.at_least, may.at_most, may.held, detail::moment(may.closes_at)};
    }

    /// When time alone changes something next; nothing if never, or if moved from.
    [[nodiscard]] std::optional<std::uint64_t> next_deadline() const {
        return detail::moment(wxkf_conversation_next_deadline(handle_.get()));
    }

    /// Until when a store has to keep the record; nothing if there is nothing worth keeping, or if moved from.
    [[nodiscard]] std::optional<std::uint64_t> keep_until() const {
        return detail::moment(wxkf_conversation_keep_until(handle_.get()));
    }

    /// The record in bytes: below 100 as a rule, 16 KiB at most. Equal records give equal bytes.
    [[nodiscard]] std::string snapshot() const {
        return detail::ask_text([&](wxkf_buf *out, wxkf_buf *error) {
            return wxkf_conversation_snapshot(handle_.get(), out, error);
        });
    }

private:
    conversation(given_text policy, given_text snapshot) {
        wxkf_conversation *made = nullptr;
        detail::ask([&](wxkf_buf *error) {
            return wxkf_conversation_new(detail::bytes("policy", policy), detail::maybe(snapshot), &made, error);
        });
        handle_.reset(made);
    }

    static std::optional<refusal> refused(const wxkf_refusal &no) {
        const auto reason = detail::text(no.reason);
        return reason ? std::optional<refusal>({*reason, detail::moment(no.retry_at)}) : std::nullopt;
    }

    detail::owner<wxkf_conversation, wxkf_conversation_free> handle_;
};

} // namespace wxkf

#endif
