//! The rules, each in a test of its own.

#![allow(clippy::arithmetic_side_effects, reason = "the numbers of a test are small")]

mod fetching;
mod lives;
mod record;
mod rejecting;

use super::*;
use crate::api::RejectionKind;
use TokenChange::{Applied, Stale};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

const SECOND: u64 = 1000;
const HOUR: u64 = 3600 * SECOND;
const TWO_HOURS: Duration = Duration::from_secs(7200);
const SOURCES: [TokenSource; 3] =
    [TokenSource::Authorizer, TokenSource::StableToken, TokenSource::Token];

/// Milliseconds after a moment of this century.
fn at(millis: u64) -> Timestamp {
    Timestamp::from_millis(millis.saturating_add(1_763_700_000_000))
}

/// Of the life that begins then.
fn id(number: u64) -> FetchId {
    FetchId::new((1_763_700_000 << 21) + number)
}

fn answer(token: &str) -> FetchedToken {
    FetchedToken::new(token, TWO_HOURS)
}

fn fetch(number: u64) -> TokenStep {
    TokenStep::Fetch { id: id(number), force: false }
}

fn force(number: u64) -> TokenStep {
    TokenStep::Fetch { id: id(number), force: true }
}

fn wait(millis: u64) -> TokenStep {
    TokenStep::Wait(at(millis))
}

fn using(token: &str) -> TokenStep {
    TokenStep::Use(token.into())
}

/// What a fetch at this moment answers.
fn give(keeper: &mut TokenKeeper, answer: FetchedToken, now: Timestamp) {
    let TokenStep::Fetch { id, .. } = keeper.step(now) else { panic!("no fetch at {now:?}") };
    assert_eq!(keeper.fetched(id, answer, now), Applied);
}

/// Has fetched this one at the beginning.
fn keeping(source: TokenSource, token: &str) -> TokenKeeper {
    let mut keeper = TokenKeeper::new(source);
    give(&mut keeper, answer(token), at(0));
    keeper
}

/// A fetch at this moment fails.
fn fail(keeper: &mut TokenKeeper, failure: FetchFailure, now: Timestamp) {
    let TokenStep::Fetch { id, .. } = keeper.step(now) else { panic!("no fetch at {now:?}") };
    assert_eq!(keeper.fetch_failed(id, failure, now), Applied);
}
