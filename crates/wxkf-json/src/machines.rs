//! The state machines: what each step answers, in the shapes of the conformance protocol.

use alloc::string::String;

use wxkf_core::api::RejectionKind;
use wxkf_core::{
    Allowance, DedupeKey, FetchFailure, Observation, Push, Refusal, Reservation, Seen, Settled,
    Settlement, Timestamp, TokenChange, TokenStep, Trigger, TypingSettlement,
};

use crate::object;

/// A push from what JSON has of one. `key` is a `dedupe_key`, or any other text that is the same for
/// every delivery. `None` if there is no such trigger.
#[must_use]
pub fn push(
    key: &str,
    trigger: Option<&str>,
    is_message: Option<bool>,
    at: Option<Timestamp>,
) -> Option<Push> {
    let trigger = match trigger {
        Some(name) => Some(Trigger::from_name(name)?),
        None => None,
    };
    let mut push = Push::new(dedupe_key(key), trigger, at.unwrap_or_default());
    push.at = at;
    push.is_message = is_message.unwrap_or(push.is_message);
    Some(push)
}

/// The key of an inbound message, or one made of any other text.
#[must_use]
pub fn dedupe_key(text: &str) -> DedupeKey {
    DedupeKey::parse(text).unwrap_or_else(|| DedupeKey::of_text(text))
}

/// `new`, `repeat` or `overflow`.
#[must_use]
pub const fn observation(observation: Observation) -> &'static str {
    observation.name()
}

/// `{"id":1,"sure":true}`.
#[must_use]
pub fn reservation(reservation: Reservation) -> String {
    object(|json| {
        json.key("id").number(reservation.id.number()).key("sure").flag(reservation.sure);
    })
}

/// `{"refused":"window_closed","retry_at":null}`.
#[must_use]
pub fn refusal(refusal: Refusal) -> String {
    object(|json| {
        json.key("refused").text(refusal.reason.name());
        json.key("retry_at").maybe_number(refusal.retry_at.map(Timestamp::as_millis));
    })
}

/// A settlement by its name, or by the errcode that the platform answered.
#[must_use]
pub fn settlement(name: &str, errcode: Option<i64>) -> Option<Settlement> {
    match errcode {
        Some(errcode) => Some(Settlement::from_errcode(errcode)),
        None => Settlement::from_name(name),
    }
}

/// What came of typing by its name, or by the errcode that the platform answered.
#[must_use]
pub fn typing_settlement(name: &str, errcode: Option<i64>) -> Option<TypingSettlement> {
    match errcode {
        Some(errcode) => Some(TypingSettlement::from_errcode(errcode)),
        None => TypingSettlement::from_name(name),
    }
}

/// `{"settled":"applied"}`, `{"settled":"stale"}` or `{"settled":"retry_after","retry_after_ms":1000}`.
#[must_use]
pub fn settled(settled: Settled) -> String {
    object(|json| match settled {
        Settled::RetryAfter(pause) => {
            let millis = u64::try_from(pause.as_millis()).unwrap_or(u64::MAX);
            json.key("settled").text("retry_after").key("retry_after_ms").number(millis);
        }
        Settled::Stale => _ = json.key("settled").text("stale"),
        _ => _ = json.key("settled").text("applied"),
    })
}

/// `{"at_least":5,"at_most":5,"held":0,"closes_at":ms}`.
#[must_use]
pub fn allowance(allowance: &Allowance) -> String {
    object(|json| {
        json.key("at_least").number(allowance.at_least.into());
        json.key("at_most").number(allowance.at_most.into());
        json.key("held").number(allowance.held.into());
        json.key("closes_at").maybe_number(allowance.closes_at.map(Timestamp::as_millis));
    })
}

/// When a key was first here: `None` if it was not.
#[must_use]
pub const fn seen(seen: Seen) -> Option<Timestamp> {
    match seen {
        Seen::New => None,
        Seen::Repeat { since } => Some(since),
    }
}

/// `{"use":"…"}`, `{"fetch":1,"force":false}` or `{"wait_until":ms}`.
#[must_use]
pub fn token_step(step: &TokenStep) -> String {
    object(|json| match step {
        TokenStep::Use(token) => _ = json.key("use").text(token.expose()),
        TokenStep::Fetch { id, force } => {
            json.key("fetch").number(id.number()).key("force").flag(*force);
        }
        TokenStep::Wait(until) => _ = json.key("wait_until").number(until.as_millis()),
    })
}

/// A failure by its name, or by the kind of the rejection that the platform answered.
#[must_use]
pub fn fetch_failure(name: &str) -> Option<FetchFailure> {
    let kind = RejectionKind::ALL.iter().copied().find(|kind| kind.name() == name);
    FetchFailure::from_name(name).or_else(|| kind.map(Into::into))
}

/// `applied` or `stale`.
#[must_use]
pub const fn token_change(change: TokenChange) -> &'static str {
    match change {
        TokenChange::Applied => "applied",
        TokenChange::Stale => "stale",
    }
}
