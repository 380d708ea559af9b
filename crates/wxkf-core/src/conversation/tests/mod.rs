//! The rules, each in a table of its own.

#![allow(clippy::arithmetic_side_effects, reason = "the numbers of a test are small")]
#![allow(unused_must_use, reason = "what counts is what follows")]

mod bounds;
mod data;
mod met;
mod rest;
mod verdicts;

use alloc::string::ToString;

use super::*;

const SECOND: u64 = 1000;
const MINUTE: u64 = 60 * SECOND;
const HOUR: u64 = 60 * MINUTE;

/// Milliseconds after the beginning of the test.
fn at(millis: u64) -> Timestamp {
    Timestamp::from_millis(1_763_700_000_000 + millis)
}

struct Chat {
    conversation: Conversation,
    pushes: u32,
}

impl Chat {
    fn new(policy: Policy) -> Self {
        Self { conversation: Conversation::new(policy), pushes: 0 }
    }

    fn mini_program() -> Self {
        Self::new(Policy::mini_program())
    }

    fn official_account() -> Self {
        Self::new(Policy::official_account())
    }

    /// A push that is here as soon as it happened.
    fn on(&mut self, trigger: Trigger, now: u64) -> &mut Self {
        self.late(trigger, now, now)
    }

    /// A push about `happened` that is here `now`.
    fn late(&mut self, trigger: Trigger, happened: u64, now: u64) -> &mut Self {
        self.pushes += 1;
        let key = DedupeKey::of_text(&self.pushes.to_string());
        let push = Push::new(key, Some(trigger), at(happened));
        assert_eq!(self.conversation.observe(push, at(now)), Observation::New);
        self
    }

    #[track_caller]
    fn reserve(&mut self, now: u64) -> ReservationId {
        self.conversation.reserve(at(now)).unwrap().id
    }

    fn settle(&mut self, id: ReservationId, as_what: Settlement, now: u64) -> Settled {
        self.conversation.settle(id, as_what, at(now))
    }

    /// A send from beginning to end.
    #[track_caller]
    fn send(&mut self, as_what: Settlement, now: u64) -> Settled {
        let id = self.reserve(now);
        self.settle(id, as_what, now)
    }

    #[track_caller]
    fn deliver(&mut self, count: usize, now: u64) -> &mut Self {
        for _ in 0..count {
            assert_eq!(self.send(Settlement::Delivered, now), Settled::Applied);
        }
        self
    }

    fn bounds(&self, now: u64) -> (u32, u32) {
        let Allowance { at_least, at_most, .. } = self.conversation.allowance(at(now));
        (at_least, at_most)
    }

    #[track_caller]
    fn refused(&mut self, now: u64) -> RefusalReason {
        self.conversation.reserve(at(now)).unwrap_err().reason
    }
}
