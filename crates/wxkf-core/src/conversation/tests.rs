//! The rules, each in a table of its own.

#![allow(clippy::arithmetic_side_effects, reason = "the numbers of a test are small")]

use alloc::string::ToString;
use alloc::vec::Vec;
use core::time::Duration;

use super::*;
use crate::api::{self, Outcome, Response};
use crate::error::Code;

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

// The rows of the table in the heading of `ledger`: what happens, and what it does to both bounds.

#[test]
fn grants_the_same_kind_replaces_and_never_adds() {
    let mut chat = Chat::mini_program();
    assert_eq!(chat.on(Trigger::Message, 0).bounds(0), (5, 5));
    assert_eq!(chat.deliver(3, SECOND).bounds(SECOND), (2, 2));
    assert_eq!(chat.on(Trigger::Message, MINUTE).bounds(MINUTE), (5, 5));
    assert_eq!(chat.on(Trigger::Message, 2 * MINUTE).bounds(2 * MINUTE), (5, 5));
}

#[test]
fn grants_each_kind_keeps_its_own_count_and_end_and_the_purse_is_refilled() {
    // What the page of the rule leaves open: the lower bound is that of independent grants, the
    // upper one that of a refill to the largest live limit.
    let message = |sent: usize| {
        let mut chat = Chat::mini_program();
        chat.on(Trigger::Message, 0).deliver(sent, SECOND);
        chat
    };
    let mut chat = message(5);
    assert_eq!(chat.on(Trigger::Enter, HOUR).bounds(HOUR), (2, 5));
    assert_eq!(chat.bounds(HOUR + 2 * MINUTE), (0, 5));
    let mut chat = message(1);
    assert_eq!(chat.on(Trigger::Enter, HOUR).bounds(HOUR), (4, 5));
    assert_eq!(chat.deliver(1, HOUR).bounds(HOUR), (3, 4));
    let mut chat = message(5);
    chat.on(Trigger::Enter, HOUR).deliver(2, HOUR);
    assert_eq!(chat.bounds(HOUR + 2 * MINUTE), (0, 3));

    let mut chat = message(0);
    chat.on(Trigger::Enter, 48 * HOUR - 10 * SECOND);
    assert_eq!(chat.bounds(48 * HOUR + 20 * SECOND), (2, 5));
    let closes_at = chat.conversation.allowance(at(48 * HOUR)).closes_at;
    assert_eq!(closes_at, Some(at(48 * HOUR + 50 * SECOND)));

    let mut chat = Chat::mini_program();
    chat.on(Trigger::Enter, 0).deliver(2, SECOND).on(Trigger::Message, 2 * SECOND);
    assert_eq!(chat.bounds(2 * SECOND), (5, 5));
}

#[test]
fn grants_never_lower_what_is_left() {
    let mut chat = Chat::mini_program();
    chat.on(Trigger::Message, 0).on(Trigger::Enter, SECOND);
    assert_eq!(chat.bounds(SECOND), (5, 5));
}

#[test]
fn available_is_the_maximum_over_live_grants_never_the_sum() {
    let mut chat = Chat::official_account();
    chat.on(Trigger::Subscribe, 0).on(Trigger::Scan, 0).on(Trigger::Menu, 0);
    assert_eq!(chat.bounds(0), (3, 3));
    assert_eq!(chat.on(Trigger::Message, SECOND).bounds(SECOND), (5, 5));
}

#[test]
fn a_send_takes_one_of_every_live_grant_and_of_the_purse() {
    let mut chat = Chat::official_account();
    chat.on(Trigger::Message, 0).on(Trigger::Menu, 0).deliver(2, SECOND);
    assert_eq!(chat.bounds(SECOND), (3, 3));
    let left: Vec<u8> = chat.conversation.ledger.grants.iter().flatten().map(|g| g.left).collect();
    assert_eq!(left, [1, 3]);
    chat.deliver(3, SECOND);
    assert_eq!(
        (chat.bounds(SECOND), chat.refused(SECOND)),
        ((0, 0), RefusalReason::QuotaExhausted)
    );
}

#[test]
fn a_reservation_counts_at_once_below_and_when_it_is_delivered_above() {
    let mut chat = Chat::mini_program();
    let id = chat.on(Trigger::Message, 0).reserve(0);
    assert_eq!(chat.bounds(0), (4, 5));
    assert_eq!(chat.conversation.allowance(at(0)).held, 1);
    assert_eq!(chat.settle(id, Settlement::Delivered, SECOND), Settled::Applied);
    assert_eq!(chat.bounds(SECOND), (4, 4));
    assert_eq!(chat.conversation.allowance(at(SECOND)).held, 0);
}

#[test]
fn an_unknown_outcome_is_spent_below_and_not_above() {
    let mut chat = Chat::mini_program();
    chat.on(Trigger::Message, 0).send(Settlement::Unknown, SECOND);
    assert_eq!(chat.bounds(SECOND), (4, 5));
}

#[test]
fn an_expired_hold_is_spent_below_and_not_above() {
    let mut chat = Chat::mini_program();
    let id = chat.on(Trigger::Message, 0).reserve(0);
    let end = MINUTE;
    assert_eq!(chat.conversation.next_deadline(), Some(at(end)));
    assert_eq!(chat.conversation.allowance(at(end - 1)).held, 1);
    assert_eq!(chat.conversation.allowance(at(end)).held, 0);
    assert_eq!(chat.bounds(end), (4, 5));
    assert_eq!(chat.settle(id, Settlement::Delivered, end), Settled::Stale);
    assert_eq!(chat.bounds(end), (4, 5));
    assert!(chat.conversation.ledger.holds.is_empty());
}

#[test]
fn what_was_not_sent_comes_back() {
    let mut chat = Chat::mini_program();
    chat.on(Trigger::Message, 0).send(Settlement::NotSent, SECOND);
    assert_eq!(chat.bounds(SECOND), (5, 5));
}

#[test]
fn a_quota_refusal_ends_what_there_was() {
    let mut chat = Chat::mini_program();
    chat.on(Trigger::Message, 0).on(Trigger::Enter, MINUTE);
    assert_eq!(chat.send(Settlement::QuotaExhausted, MINUTE + 10 * SECOND), Settled::Applied);
    assert_eq!(chat.bounds(MINUTE + 10 * SECOND), (0, 0));
    assert_eq!(chat.refused(MINUTE + 10 * SECOND), RefusalReason::QuotaExhausted);
    assert_eq!(chat.on(Trigger::Message, 2 * MINUTE).bounds(2 * MINUTE), (5, 5));
}

#[test]
fn a_window_refusal_closes_what_there_was() {
    let mut chat = Chat::mini_program();
    chat.on(Trigger::Message, 0).on(Trigger::Enter, MINUTE);
    assert_eq!(chat.send(Settlement::WindowClosed, MINUTE), Settled::Applied);
    assert_eq!((chat.bounds(MINUTE), chat.refused(MINUTE)), ((0, 0), RefusalReason::WindowClosed));
    assert_eq!(chat.conversation.allowance(at(MINUTE)).closes_at, None);
    assert_eq!(chat.on(Trigger::Message, 2 * MINUTE).bounds(2 * MINUTE), (5, 5));
}

#[test]
fn a_late_verdict_leaves_a_newer_grant_alone() {
    for verdict in [Settlement::QuotaExhausted, Settlement::WindowClosed, Settlement::EnterRevoked]
    {
        let mut chat = Chat::mini_program();
        let id = chat.on(Trigger::Message, 0).reserve(HOUR);
        chat.on(Trigger::Message, HOUR + SECOND);
        assert_eq!(chat.bounds(HOUR + SECOND), (4, 5), "one is under way");
        assert_eq!(chat.settle(id, verdict, HOUR + 2 * SECOND), Settled::Applied);
        assert_eq!(chat.bounds(HOUR + 2 * SECOND), (5, 5), "{verdict:?}");
    }
    // Of two kinds only the older is gone.
    let mut chat = Chat::mini_program();
    let id = chat.on(Trigger::Message, 0).reserve(HOUR);
    chat.on(Trigger::Enter, HOUR + SECOND).settle(id, Settlement::QuotaExhausted, HOUR + SECOND);
    assert_eq!(chat.bounds(HOUR + SECOND), (2, 5));
    // Whether it was delivered before or after the new grant, nobody knows.
    let mut chat = Chat::mini_program();
    let id = chat.on(Trigger::Message, 0).reserve(HOUR);
    chat.on(Trigger::Message, HOUR + SECOND).settle(id, Settlement::Delivered, HOUR + 2 * SECOND);
    assert_eq!(chat.bounds(HOUR + 2 * SECOND), (4, 5));
}

#[test]
fn an_acceptance_beyond_the_lower_bound_raises_neither() {
    let mut chat = Chat::mini_program();
    chat.on(Trigger::Message, 0).deliver(5, SECOND).on(Trigger::Enter, HOUR).deliver(2, HOUR);
    assert_eq!(chat.bounds(HOUR), (0, 3));
    let unsure = chat.conversation.reserve(at(HOUR)).unwrap();
    assert!(!unsure.sure);
    chat.settle(unsure.id, Settlement::Delivered, HOUR);
    assert_eq!(chat.bounds(HOUR), (0, 2));
}

// What else moves the bounds.

#[test]
fn a_push_counts_from_its_own_time_and_never_from_later_than_now() {
    let mut chat = Chat::mini_program();
    chat.late(Trigger::Enter, 0, 30 * SECOND);
    assert_eq!(chat.conversation.allowance(at(30 * SECOND)).closes_at, Some(at(MINUTE)));
    assert_eq!(chat.bounds(MINUTE - 1).1, 2);
    assert_eq!((chat.bounds(MINUTE), chat.refused(MINUTE)), ((0, 0), RefusalReason::WindowClosed));
    let mut chat = Chat::mini_program();
    chat.late(Trigger::Enter, HOUR, 0);
    assert_eq!(chat.conversation.allowance(at(0)).closes_at, Some(at(MINUTE)));
    let mut chat = Chat::mini_program();
    assert_eq!(chat.late(Trigger::Enter, 0, MINUTE).bounds(MINUTE), (0, 0));

    // Without a time it happened now.
    let mut chat = Chat::mini_program();
    let push = Push { key: DedupeKey::of_text("a"), trigger: Some(Trigger::Enter), at: None };
    assert_eq!(chat.conversation.observe(push, at(7)), Observation::New);
    assert_eq!(chat.conversation.allowance(at(7)).closes_at, Some(at(MINUTE + 7)));
}

#[test]
fn a_push_that_was_overtaken_grants_less() {
    // Sends that were over after it happened may have been after it.
    let mut chat = Chat::mini_program();
    chat.on(Trigger::Message, 0).deliver(2, 10 * SECOND).deliver(1, 12 * SECOND);
    chat.late(Trigger::Message, 11 * SECOND, 14 * SECOND);
    assert_eq!(chat.bounds(14 * SECOND), (4, 5));
    // One that was over in the same moment was before it: CreateTime is rounded down.
    let mut chat = Chat::mini_program();
    chat.on(Trigger::Message, 0).deliver(1, 10 * SECOND);
    assert_eq!(chat.late(Trigger::Message, 10 * SECOND, 11 * SECOND).bounds(11 * SECOND), (5, 5));
    // An older one of the same kind changes nothing.
    let mut chat = Chat::mini_program();
    chat.on(Trigger::Message, 10 * SECOND).deliver(2, 11 * SECOND);
    chat.late(Trigger::Message, 9 * SECOND, 12 * SECOND);
    assert_eq!(chat.bounds(12 * SECOND), (3, 3));
    // Nor does a refusal let an older one in again.
    let mut chat = Chat::mini_program();
    chat.on(Trigger::Message, 0).send(Settlement::QuotaExhausted, MINUTE);
    chat.late(Trigger::Message, MINUTE - SECOND, MINUTE + SECOND);
    assert_eq!(chat.bounds(MINUTE + SECOND), (0, 5));
}

#[test]
fn sends_are_remembered_one_by_one_for_as_long_as_a_push_may_be_under_way() {
    let mut chat = Chat::mini_program();
    chat.on(Trigger::Message, 0).deliver(1, 10 * SECOND);
    chat.late(Trigger::Message, 9 * SECOND, 70 * SECOND - 1);
    assert_eq!(chat.bounds(70 * SECOND), (4, 5));
    let mut chat = Chat::mini_program();
    chat.on(Trigger::Message, 0).deliver(1, 10 * SECOND);
    chat.late(Trigger::Message, 9 * SECOND, 70 * SECOND);
    assert_eq!(chat.bounds(70 * SECOND), (0, 5));
    // More than eight are not kept.
    let policy = Policy::preset("official_account_2017").unwrap();
    for (happened, left) in [(9, 0), (10, 12), (11, 13)] {
        let mut chat = Chat::new(policy.clone());
        chat.on(Trigger::Message, 0);
        for send in 0..9 {
            chat.deliver(1, (10 + send) * SECOND);
        }
        chat.late(Trigger::Message, happened * SECOND, 20 * SECOND);
        assert_eq!(chat.bounds(20 * SECOND).0, left, "{happened}");
    }
}

#[test]
fn who_stops_following_cannot_be_written_to() {
    let mut chat = Chat::official_account();
    chat.on(Trigger::Message, 0).on(Trigger::Menu, 0).on(Trigger::Unsubscribe, 0);
    assert_eq!((chat.bounds(0), chat.refused(0)), ((0, 0), RefusalReason::WindowClosed));
    // What happened before and comes after opens nothing.
    chat.late(Trigger::Message, 0, 1);
    assert_eq!(chat.bounds(1), (0, 5), "of the same moment nobody knows");
    let mut chat = Chat::official_account();
    chat.on(Trigger::Unsubscribe, SECOND).late(Trigger::Message, 0, SECOND);
    assert_eq!(chat.bounds(SECOND), (0, 0));
    // To follow again is a new beginning, also if its push overtakes the other.
    chat.on(Trigger::Subscribe, 2 * SECOND).late(Trigger::Unsubscribe, SECOND, 3 * SECOND);
    assert_eq!(chat.bounds(3 * SECOND), (3, 3));
    // A verdict on what was under way says nothing about it.
    let mut chat = Chat::official_account();
    let id = chat.on(Trigger::Message, 0).reserve(0);
    chat.on(Trigger::Unsubscribe, SECOND).on(Trigger::Subscribe, 2 * SECOND);
    chat.settle(id, Settlement::WindowClosed, 3 * SECOND);
    assert_eq!(chat.bounds(3 * SECOND), (3, 3));
}

#[test]
fn a_penalty_ends_what_entering_granted() {
    let mut chat = Chat::mini_program();
    chat.on(Trigger::Enter, 0).send(Settlement::EnterRevoked, SECOND);
    assert_eq!((chat.bounds(SECOND), chat.refused(SECOND)), ((0, 0), RefusalReason::WindowClosed));
    // What else there was cannot have been any left, or the platform had accepted.
    let mut chat = Chat::mini_program();
    chat.on(Trigger::Message, 0).deliver(5, 0).on(Trigger::Enter, SECOND);
    chat.send(Settlement::EnterRevoked, SECOND);
    assert_eq!(
        (chat.bounds(SECOND), chat.refused(SECOND)),
        ((0, 0), RefusalReason::QuotaExhausted)
    );
    // A newer one is another one.
    let mut chat = Chat::mini_program();
    let id = chat.on(Trigger::Enter, 0).reserve(0);
    chat.on(Trigger::Enter, SECOND).settle(id, Settlement::EnterRevoked, SECOND);
    assert_eq!(chat.bounds(SECOND), (2, 2));
}

#[test]
fn the_first_refusal_right_after_a_message_is_to_be_tried_again() {
    let again = Settled::RetryAfter(Duration::from_secs(1));
    let mut chat = Chat::mini_program();
    chat.on(Trigger::Message, 0);
    assert_eq!(chat.send(Settlement::QuotaExhausted, SECOND), again);
    assert_eq!(chat.bounds(SECOND), (0, 5), "until then nothing is promised");
    assert_eq!(chat.send(Settlement::QuotaExhausted, 2 * SECOND), Settled::Applied);
    assert_eq!(chat.bounds(2 * SECOND), (0, 0));

    // If it went through, all is as before.
    let mut chat = Chat::mini_program();
    chat.on(Trigger::Message, 0).send(Settlement::QuotaExhausted, SECOND);
    assert_eq!(chat.deliver(1, 2 * SECOND).bounds(2 * SECOND), (4, 4));
    assert_eq!(chat.send(Settlement::QuotaExhausted, 3 * SECOND), Settled::Applied);
    // The next message has its own.
    chat.on(Trigger::Message, 4 * SECOND);
    assert_eq!(chat.send(Settlement::QuotaExhausted, 5 * SECOND), again);

    // Several that were under way were all refused for the same reason.
    let mut chat = Chat::mini_program();
    chat.on(Trigger::Message, 0);
    let ids = [(); 3].map(|()| chat.reserve(SECOND));
    assert_eq!(chat.settle(ids[0], Settlement::QuotaExhausted, 2 * SECOND), again);
    assert_eq!(chat.settle(ids[1], Settlement::Delivered, 2 * SECOND), Settled::Applied);
    assert_eq!(chat.settle(ids[2], Settlement::QuotaExhausted, 2 * SECOND), again);
    // That one of them went through may have been before the others.
    assert_eq!(chat.bounds(3 * SECOND), (0, 4));
    assert_eq!(chat.deliver(1, 3 * SECOND).bounds(3 * SECOND), (3, 3));
    // So was what left before it was time to try again.
    let mut chat = Chat::mini_program();
    chat.on(Trigger::Message, 0);
    assert_eq!(chat.send(Settlement::QuotaExhausted, SECOND), again);
    assert_eq!(chat.send(Settlement::QuotaExhausted, 2 * SECOND - 1), again);
    assert_eq!(chat.send(Settlement::QuotaExhausted, 2 * SECOND), Settled::Applied);

    // It is about fresh messages only, and not about what is known to be spent.
    let mut chat = Chat::mini_program();
    chat.on(Trigger::Message, 0);
    assert_eq!(chat.send(Settlement::QuotaExhausted, 10 * SECOND), Settled::Applied);
    let mut chat = Chat::mini_program();
    let id = chat.on(Trigger::Message, 0).reserve(11 * SECOND);
    chat.on(Trigger::Message, 12 * SECOND);
    assert_eq!(chat.settle(id, Settlement::QuotaExhausted, 13 * SECOND), Settled::Applied);
    assert_eq!(chat.bounds(13 * SECOND), (5, 5));
    let mut chat = Chat::mini_program();
    chat.on(Trigger::Enter, 0);
    let ids = [(); 2].map(|()| chat.reserve(0));
    assert_eq!(chat.settle(ids[1], Settlement::QuotaExhausted, SECOND), again);
    // What was a try has failed, and that is all.
    let mut chat = Chat::mini_program();
    chat.on(Trigger::Message, 0).deliver(5, SECOND).on(Trigger::Enter, HOUR);
    assert_eq!(chat.deliver(2, HOUR + SECOND).bounds(HOUR + SECOND), (0, 3));
    assert_eq!(chat.send(Settlement::QuotaExhausted, HOUR + SECOND), Settled::Applied);
    // What is older than the fresh one has nothing left.
    let mut chat = Chat::mini_program();
    chat.on(Trigger::Message, 0).deliver(1, 0).on(Trigger::Enter, HOUR);
    assert_eq!(chat.send(Settlement::QuotaExhausted, HOUR + SECOND), again);
    assert_eq!(chat.deliver(1, HOUR + 2 * SECOND).bounds(HOUR + 2 * SECOND), (1, 4));
}

#[test]
fn the_cautious_refuse_what_is_not_sure() {
    let mut chat = Chat::new(Policy::mini_program().cautious());
    chat.on(Trigger::Message, 0).deliver(5, SECOND).on(Trigger::Enter, HOUR).deliver(2, HOUR);
    assert_eq!((chat.bounds(HOUR), chat.refused(HOUR)), ((0, 3), RefusalReason::NotSure));
    // A margin before the end is kept: a request takes its time.
    let mut chat = Chat::new(Policy::mini_program().cautious());
    let id = chat.on(Trigger::Enter, 0).reserve(54 * SECOND - 1);
    chat.settle(id, Settlement::NotSent, 54 * SECOND - 1);
    assert_eq!(chat.refused(54 * SECOND), RefusalReason::NotSure);
    assert_eq!(chat.refused(MINUTE), RefusalReason::WindowClosed);
    // By default it is tried.
    let mut chat = Chat::mini_program();
    chat.on(Trigger::Enter, 0);
    assert!(!chat.conversation.reserve(at(MINUTE - 1)).unwrap().sure);
    // What the ledger itself asks to try again may be tried, one at a time.
    let mut chat = Chat::new(Policy::mini_program().cautious());
    chat.on(Trigger::Message, 0).send(Settlement::QuotaExhausted, SECOND);
    let again = chat.conversation.reserve(at(2 * SECOND)).unwrap();
    assert!(!again.sure);
    assert_eq!(chat.refused(2 * SECOND), RefusalReason::NotSure);
    chat.settle(again.id, Settlement::QuotaExhausted, 2 * SECOND);
    assert_eq!(chat.refused(2 * SECOND), RefusalReason::QuotaExhausted);
}

#[test]
fn what_is_held_cannot_be_held_twice() {
    let mut chat = Chat::mini_program();
    chat.on(Trigger::Enter, 0);
    let ids = [(); 2].map(|()| chat.reserve(0));
    assert_eq!(ids.map(ReservationId::number), [1, 2]);
    let refusal = chat.conversation.reserve(at(0)).unwrap_err();
    let retry_at = Some(at(MINUTE));
    assert_eq!(refusal, Refusal { reason: RefusalReason::QuotaHeld, retry_at });
    assert_eq!(chat.settle(ids[0], Settlement::NotSent, 0), Settled::Applied);
    assert_eq!(chat.settle(ids[0], Settlement::Delivered, 0), Settled::Stale);
    assert_eq!(chat.settle(ReservationId::new(9), Settlement::Delivered, 0), Settled::Stale);
    assert_eq!(chat.bounds(0), (1, 2));
    assert_eq!(chat.reserve(0).number(), 3);

    let mut chat = Chat::new(Policy::preset("official_account_2017").unwrap());
    chat.on(Trigger::Message, 0);
    for _ in 0..MAX_HOLDS {
        chat.reserve(0);
    }
    assert_eq!(chat.refused(0), RefusalReason::QuotaHeld);
}

#[test]
fn a_refusal_takes_nothing() {
    for now in [0, MINUTE, 50 * HOUR] {
        let mut chat = Chat::mini_program();
        chat.on(Trigger::Enter, 0);
        let _ = [(); 2].map(|()| chat.reserve(0));
        let mut same = chat.conversation.clone();
        assert!(chat.conversation.reserve(at(now)).is_err());
        assert!(now == 0 || chat.conversation.start_typing(at(now)).is_err());
        same.advance(at(now));
        assert_eq!(chat.conversation, same);
    }
}

#[test]
fn a_clock_that_steps_back_reopens_nothing_and_one_that_jumped_wedges_nothing() {
    let mut chat = Chat::mini_program();
    chat.on(Trigger::Enter, 0);
    assert_eq!(chat.refused(MINUTE), RefusalReason::WindowClosed);
    assert_eq!((chat.bounds(0), chat.refused(0)), ((0, 0), RefusalReason::WindowClosed));

    const YEAR: u64 = 365 * 24 * HOUR;
    let mut chat = Chat::new(Policy::official_account().cautious());
    let _ = chat.on(Trigger::Message, YEAR).reserve(YEAR);
    chat.deliver(1, YEAR).send(Settlement::QuotaExhausted, YEAR + MINUTE);
    chat.on(Trigger::Unsubscribe, YEAR + MINUTE);
    chat.on(Trigger::Message, 2 * YEAR).conversation.start_typing(at(2 * YEAR)).unwrap();
    assert_eq!(chat.on(Trigger::Message, 0).bounds(0), (5, 5));
    chat.conversation.start_typing(at(0)).unwrap();
    assert_eq!(chat.deliver(5, SECOND).bounds(SECOND), (0, 0));
    assert_eq!(chat.on(Trigger::Message, MINUTE).bounds(MINUTE), (5, 5));

    // A hold of a moment that will not come again for long is given up.
    let mut chat = Chat::mini_program();
    chat.on(Trigger::Message, HOUR);
    let ids = [(); 5].map(|()| chat.reserve(HOUR));
    assert_eq!(chat.refused(HOUR - MINUTE + 1), RefusalReason::QuotaHeld);
    assert_eq!(chat.bounds(HOUR - MINUTE), (0, 5));
    let _ = chat.reserve(HOUR - MINUTE);
    assert_eq!(chat.settle(ids[0], Settlement::Delivered, HOUR), Settled::Stale);
}

// Typing, repeats, deadlines.

#[test]
fn typing_needs_a_window_and_a_recent_message_and_lasts_15_seconds() {
    let typing =
        |chat: &mut Chat, now| chat.conversation.start_typing(at(now)).map_err(|r| r.reason);
    let mut chat = Chat::mini_program();
    assert_eq!(typing(&mut chat, 0), Err(RefusalReason::WindowClosed));
    chat.on(Trigger::Enter, 0);
    assert_eq!(typing(&mut chat, 0), Err(RefusalReason::NoRecentMessage));
    chat.on(Trigger::Message, SECOND);
    assert_eq!(typing(&mut chat, SECOND), Ok(()));
    let refusal = chat.conversation.start_typing(at(16 * SECOND - 1)).unwrap_err();
    assert_eq!(refusal.reason, RefusalReason::AlreadyTyping);
    assert_eq!(refusal.retry_at, Some(at(16 * SECOND)));
    assert_eq!(chat.conversation.next_deadline(), Some(at(16 * SECOND)));
    assert_eq!(typing(&mut chat, 16 * SECOND), Ok(()));
    chat.conversation.stop_typing();
    assert_eq!(typing(&mut chat, 31 * SECOND - 1), Ok(()));
    chat.conversation.stop_typing();
    assert_eq!(typing(&mut chat, 31 * SECOND), Err(RefusalReason::NoRecentMessage));
    assert_eq!(typing(&mut chat, 49 * HOUR), Err(RefusalReason::WindowClosed));
}

#[test]
fn a_message_ends_the_typing_and_is_traffic() {
    for (settlement, ends) in [
        (Settlement::Delivered, true),
        (Settlement::Unknown, true),
        (Settlement::NotSent, false),
        (Settlement::QuotaExhausted, false),
    ] {
        let mut chat = Chat::mini_program();
        chat.on(Trigger::Message, 0).conversation.start_typing(at(0)).unwrap();
        chat.send(settlement, SECOND);
        assert_eq!(chat.conversation.start_typing(at(SECOND)).is_ok(), ends, "{settlement:?}");
    }
    let mut chat = Chat::mini_program();
    chat.on(Trigger::Message, 0).deliver(1, 20 * SECOND);
    chat.conversation.start_typing(at(45 * SECOND)).unwrap();
    chat.conversation.stop_typing();
    assert!(chat.conversation.start_typing(at(50 * SECOND)).is_err());
    let mut chat = Chat::official_account();
    chat.on(Trigger::Message, 0).conversation.start_typing(at(0)).unwrap();
    chat.on(Trigger::Unsubscribe, SECOND).on(Trigger::Subscribe, 2 * SECOND);
    chat.on(Trigger::Message, 3 * SECOND).conversation.start_typing(at(3 * SECOND)).unwrap();
}

#[test]
fn a_push_is_new_once_until_it_is_forgotten() {
    let mut chat = Chat::mini_program();
    let key = DedupeKey::of_text("a");
    let mut see = |now, forget| {
        if forget {
            chat.conversation.forget(key);
        }
        let push = Push::new(key, Some(Trigger::Message), at(0));
        let observation = chat.conversation.observe(push, at(now));
        (observation, chat.conversation.allowance(at(now)).at_most)
    };
    assert_eq!(see(0, true), (Observation::New, 5));
    assert_eq!(see(MINUTE - 1, false), (Observation::Repeat, 5));
    assert_eq!(see(MINUTE - 1, true), (Observation::New, 5));
    assert_eq!(see(MINUTE - 1, false), (Observation::Repeat, 5));
    assert_eq!(see(MINUTE, false), (Observation::New, 5));

    // What was forgotten does not grant again.
    let mut chat = Chat::mini_program();
    chat.on(Trigger::Message, 0).deliver(5, SECOND);
    let key = DedupeKey::of_text("1");
    chat.conversation.forget(key);
    let push = Push::new(key, Some(Trigger::Message), at(0));
    assert_eq!(chat.conversation.observe(push, at(2 * SECOND)), Observation::New);
    assert_eq!(chat.bounds(2 * SECOND), (0, 0));
}

#[test]
fn a_burst_of_pushes_is_remembered_up_to_a_limit() {
    let mut conversation = Conversation::new(Policy::mini_program());
    let push = |number: usize| Push {
        key: DedupeKey::of_text(&number.to_string()),
        trigger: None,
        at: None,
    };
    for number in 0..=recent::MAX_SEEN {
        assert_eq!(conversation.observe(push(number), at(0)), Observation::New);
    }
    assert_eq!(conversation.observe(push(1), at(0)), Observation::Repeat);
    assert_eq!(conversation.observe(push(0), at(0)), Observation::New);
    assert_eq!(conversation.allowance(at(0)).closes_at, None);
}

#[test]
fn deadlines_are_the_next_change_and_the_last() {
    let mut chat = Chat::mini_program();
    assert_eq!((chat.conversation.next_deadline(), chat.conversation.keep_until()), (None, None));
    chat.on(Trigger::Message, 0).on(Trigger::Enter, SECOND);
    assert_eq!(chat.conversation.next_deadline(), Some(at(61 * SECOND)));
    assert_eq!(chat.conversation.keep_until(), Some(at(48 * HOUR)));
    let _ = chat.reserve(0);
    assert_eq!(chat.conversation.next_deadline(), Some(at(MINUTE)));
    let mut chat = Chat::official_account();
    chat.on(Trigger::Unsubscribe, 0);
    assert_eq!(chat.conversation.next_deadline(), None);
    assert_eq!(chat.conversation.keep_until(), Some(at(48 * HOUR)));
    let mut chat = Chat::official_account();
    chat.on(Trigger::Menu, 0).late(Trigger::Scan, 0, 30 * SECOND);
    assert_eq!(chat.conversation.keep_until(), Some(at(90 * SECOND)));
}

#[test]
fn an_answer_of_the_platform_is_a_settlement() {
    for (errcode, settlement) in [
        (0, Settlement::Delivered),
        (-1, Settlement::Unknown),
        (40001, Settlement::NotSent),
        (40003, Settlement::NotSent),
        (43004, Settlement::WindowClosed),
        (45009, Settlement::NotSent),
        (45015, Settlement::WindowClosed),
        (45047, Settlement::QuotaExhausted),
        (45093, Settlement::QuotaExhausted),
        (45094, Settlement::EnterRevoked),
        (48002, Settlement::NotSent),
        (50005, Settlement::WindowClosed),
        (70000, Settlement::NotSent),
        (99_999_999, Settlement::Unknown),
    ] {
        assert_eq!(Settlement::from_errcode(errcode), settlement, "{errcode}");
        let body = std::format!(r#"{{"errcode":{errcode},"errmsg":"x"}}"#);
        let outcome = api::decode("message.custom.send", Response::new(200, body.as_bytes()));
        assert_eq!(Settlement::from(&outcome.unwrap()), settlement, "{errcode}");
    }
    assert_eq!(Settlement::from(&Outcome::Accepted(())), Settlement::Delivered);
    for settlement in Settlement::ALL {
        assert_eq!(Settlement::from_name(settlement.name()), Some(*settlement));
    }
}

// Snapshots and policies.

/// A record with as much in it as there can be.
fn largest() -> Chat {
    let mut policy = Policy::preset("official_account_2017").unwrap();
    for trigger in Trigger::ALL {
        let window = Duration::from_secs(30 * 86_400);
        policy = policy.with_rule(*trigger, Some(Rule::new(200, window)));
    }
    let mut chat = Chat::new(policy);
    chat.on(Trigger::Unsubscribe, 0);
    for trigger in &Trigger::ALL[..Trigger::COUNT - 1] {
        chat.on(*trigger, 1);
    }
    let day = 86_400 * SECOND;
    chat.on(Trigger::Message, 29 * day);
    chat.conversation.ledger.last_id += 1_000_000;
    chat.conversation.ledger.last_id *= 1_000_000;
    for grant in chat.conversation.ledger.grants.iter_mut().flatten() {
        grant.lag = Some(ledger::Lag { refused: at(29 * day), is_over: true });
    }
    chat.conversation.start_typing(at(29 * day)).unwrap();
    for second in 0..60 {
        for _ in 0..30 {
            chat.on(Trigger::Message, 29 * day + second * SECOND);
        }
        if second < 20 {
            chat.deliver(1, 29 * day + second * SECOND + 7);
        }
    }
    for hold in 0..MAX_HOLDS {
        let now = 29 * day + 30 * SECOND + u64::try_from(hold).unwrap();
        chat.conversation.ledger.hold(at(now));
    }
    chat
}

#[test]
fn a_snapshot_is_small_and_the_same_record() {
    let mut chat = Chat::mini_program();
    let id = chat.on(Trigger::Enter, 0).on(Trigger::Message, 3 * SECOND).reserve(4 * SECOND);
    chat.conversation.start_typing(at(4 * SECOND)).unwrap();
    chat.settle(id, Settlement::Unknown, 5 * SECOND);
    chat.deliver(2, 6 * SECOND);
    let _ = chat.reserve(7 * SECOND);
    chat.on(Trigger::Message, 8 * SECOND).send(Settlement::QuotaExhausted, 9 * SECOND);
    chat.conversation.forget(DedupeKey::of_text("2"));
    let typical = chat.conversation.snapshot();
    assert!(typical.len() <= 96, "{}", typical.len());
    let largest = largest();
    assert!(
        largest.conversation.snapshot().len() <= 512,
        "{}",
        largest.conversation.snapshot().len()
    );
    for conversation in
        [Conversation::new(Policy::mini_program()), chat.conversation, largest.conversation]
    {
        let bytes = conversation.snapshot();
        let again = Conversation::restore(&bytes, conversation.policy().clone()).unwrap();
        assert_eq!(again, conversation);
        assert_eq!(again.snapshot(), bytes);
        // Cut off anywhere but between two pushes.
        for end in 0..bytes.len() {
            match Conversation::restore(&bytes[..end], conversation.policy().clone()) {
                Ok(cut) => assert_eq!(cut.ledger, conversation.ledger),
                Err(error) => assert_eq!(error.code(), Code::SnapshotMalformed),
            }
        }
    }
}

#[test]
fn another_policy_clamps_what_was_kept() {
    let mut chat = Chat::official_account();
    chat.on(Trigger::Message, 0).on(Trigger::Menu, 0);
    let bytes = chat.conversation.snapshot();
    let rule = Some(Rule::new(2, Duration::from_secs(30)));
    let stricter = Policy::official_account().with_rule(Trigger::Message, rule);
    let stricter = stricter.with_rule(Trigger::Menu, None).with_rule(Trigger::Scan, None);
    let stricter = stricter.with_rule(Trigger::Subscribe, None);
    let again = Conversation::restore(&bytes, stricter).unwrap();
    let allowance = again.allowance(at(0));
    assert_eq!((allowance.at_least, allowance.at_most), (2, 2));
    assert_eq!(allowance.closes_at, Some(at(30 * SECOND)));
}

#[test]
fn bytes_that_are_no_record_are_refused() {
    let code =
        |bytes: &[u8]| Conversation::restore(bytes, Policy::mini_program()).unwrap_err().code();
    let empty = Conversation::new(Policy::mini_program()).snapshot();
    assert_eq!(code(&[&empty[..], &[0]].concat()), Code::SnapshotMalformed);
    assert_eq!(code(&empty[..empty.len() - 1]), Code::SnapshotMalformed);
    assert_eq!(code(&[&empty[..], &[0; 25 * 9]].concat()), Code::SnapshotMalformed);
    assert_eq!(code(&[&empty[..], &[0; 600]].concat()), Code::SnapshotMalformed);
    assert_eq!(code(b"D\x01\0"), Code::SnapshotMalformed);
    assert_eq!(code(&[&b"C\x02"[..], &empty[2..]].concat()), Code::SnapshotVersion);
}

#[test]
fn a_policy_is_data() {
    for (name, in_force) in Policy::presets() {
        assert_eq!(Policy::from_json(&std::format!("\"{name}\"")).ok(), Policy::preset(name));
        assert!(!in_force.is_empty());
    }
    let read = |json: &str| {
        Policy::from_json(json).map_err(|error| {
            assert_eq!(error.code(), Code::PolicyInvalid);
            error.field().unwrap_or_default().to_string()
        })
    };
    assert_eq!(read(" \"mini_program\" "), Ok(Policy::mini_program()));
    let rule = Rule::new(9, Duration::from_secs(90));
    assert_eq!((rule.limit(), rule.window()), (9, Duration::from_secs(90)));
    assert_eq!(Rule::new(1, Duration::MAX).window(), Duration::from_secs(30 * 86_400));
    assert_eq!(
        read(
            r#"{"preset":"mini_program","cautious":true,"rules":{"enter":null,
                "menu":{"limit":9,"window_s":90}},"margin_ms":1,"hold_ms":1000,"lag_ms":3,
                "retry_ms":4,"delay_ms":5,"repeat_ms":86400000}"#
        ),
        Ok(Policy {
            margin: Duration::from_millis(1),
            hold: Duration::from_millis(1000),
            lag: Duration::from_millis(3),
            retry: Duration::from_millis(4),
            delay: Duration::from_millis(5),
            repeat: Duration::from_secs(86_400),
            ..Policy::mini_program()
                .cautious()
                .with_rule(Trigger::Enter, None)
                .with_rule(Trigger::Menu, Some(rule))
        })
    );
    for (json, field) in [
        ("", ""),
        ("[]", ""),
        ("{", ""),
        ("3", ""),
        (r#""nonsense""#, "preset"),
        ("{}", "preset"),
        (r#"{"preset":3}"#, "preset"),
        (r#"{"preset":"mini_program","preset":"mini_program"}"#, "preset"),
        (r#"{"preset":"mini_program","cautious":1}"#, "cautious"),
        (r#"{"preset":"mini_program","colour":1}"#, "colour"),
        (r#"{"preset":"mini_program","margin_ms":-1}"#, "margin_ms"),
        (r#"{"preset":"mini_program","margin_ms":"1"}"#, "margin_ms"),
        (r#"{"preset":"mini_program","hold_ms":999}"#, "hold_ms"),
        (r#"{"preset":"mini_program","hold_ms":86400001}"#, "hold_ms"),
        (r#"{"preset":"mini_program","rules":[]}"#, "rules"),
        (r#"{"preset":"mini_program","rules":{"wave":null}}"#, "rules.wave"),
        (r#"{"preset":"mini_program","rules":{"unsubscribe":null}}"#, "rules.unsubscribe"),
        (r#"{"preset":"mini_program","rules":{"menu":3}}"#, "rules.menu"),
        (r#"{"preset":"mini_program","rules":{"menu":{"limit":3}}}"#, "rules.menu.window_s"),
        (r#"{"preset":"mini_program","rules":{"menu":{"window_s":3}}}"#, "rules.menu.limit"),
        (
            r#"{"preset":"mini_program","rules":{"menu":{"limit":201,"window_s":3}}}"#,
            "rules.menu.limit",
        ),
        (
            r#"{"preset":"mini_program","rules":{"menu":{"limit":3,"window_s":3,"x":1}}}"#,
            "rules.menu.x",
        ),
    ] {
        assert_eq!(read(json), Err(field.to_string()), "{json}");
    }
}
