//! The state machines: what each step answers, in the shapes of the conformance protocol.

use alloc::string::String;
use core::time::Duration;

use serde::Serialize;
use wxkf_core::api::RejectionKind;
use wxkf_core::{
    DedupeKey, FetchFailure, Observation, Push, Settlement, Timestamp, TokenChange, Trigger,
    TypingSettlement, to_json,
};

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
pub fn reservation(reservation: wxkf_core::Reservation) -> String {
    to_json(&Reservation { id: reservation.id.number(), sure: reservation.sure })
}

#[derive(Serialize)]
struct Reservation {
    id: u64,
    sure: bool,
}

/// `{"refused":"window_closed","retry_at":null}`.
#[must_use]
pub fn refusal(refusal: wxkf_core::Refusal) -> String {
    to_json(&Refusal {
        refused: refusal.reason.name(),
        retry_at: refusal.retry_at.map(Timestamp::as_millis),
    })
}

#[derive(Serialize)]
struct Refusal {
    refused: &'static str,
    retry_at: Option<u64>,
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
pub fn settled(settled: wxkf_core::Settled) -> String {
    let (settled, pause) = match settled {
        wxkf_core::Settled::RetryAfter(pause) => ("retry_after", Some(pause)),
        wxkf_core::Settled::Stale => ("stale", None),
        _ => ("applied", None),
    };
    let millis = |pause: Duration| u64::try_from(pause.as_millis()).unwrap_or(u64::MAX);
    to_json(&Settled { settled, retry_after_ms: pause.map(millis) })
}

#[derive(Serialize)]
struct Settled {
    settled: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after_ms: Option<u64>,
}

/// `{"at_least":5,"at_most":5,"held":0,"closes_at":ms}`.
#[must_use]
pub fn allowance(allowance: &wxkf_core::Allowance) -> String {
    to_json(allowance)
}

/// `{"use":"…"}`, `{"fetch":1,"force":false}` or `{"wait_until":ms}`.
#[must_use]
pub fn token_step(step: &wxkf_core::TokenStep) -> String {
    to_json(&match step {
        wxkf_core::TokenStep::Use(token) => TokenStep::Use { r#use: token.expose() },
        wxkf_core::TokenStep::Fetch { id, force } => {
            TokenStep::Fetch { fetch: id.number(), force: *force }
        }
        wxkf_core::TokenStep::Wait(until) => TokenStep::Wait { wait_until: until.as_millis() },
    })
}

#[derive(Serialize)]
#[serde(untagged)]
enum TokenStep<'a> {
    Use { r#use: &'a str },
    Fetch { fetch: u64, force: bool },
    Wait { wait_until: u64 },
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
