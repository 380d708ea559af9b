//! What else moves the bounds: pushes that are late, users who leave, verdicts, clocks.

use core::time::Duration;

use super::*;
use crate::conversation::ledger::MAX_HOLDS;

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
    let push = Push::new(DedupeKey::of_text("a"), Some(Trigger::Enter), at(0));
    let push = Push { at: None, ..push };
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
    chat.on(Trigger::Message, 0).on(Trigger::Menu, 1).on(Trigger::Unsubscribe, 2);
    assert_eq!((chat.bounds(2), chat.refused(2)), ((0, 0), RefusalReason::WindowClosed));
    // Of the same moment nobody knows which was first.
    for kinds in
        [[Trigger::Message, Trigger::Unsubscribe], [Trigger::Unsubscribe, Trigger::Message]]
    {
        let mut chat = Chat::official_account();
        chat.on(kinds[0], 0).late(kinds[1], 0, 1);
        assert_eq!(chat.bounds(1), (0, 5));
    }
    // What happened before and comes after opens nothing.
    let mut chat = Chat::official_account();
    chat.on(Trigger::Unsubscribe, SECOND).late(Trigger::Message, 0, SECOND);
    assert_eq!(chat.bounds(SECOND), (0, 0));
    // To follow again is a new beginning, also if its push overtakes the other.
    chat.on(Trigger::Subscribe, 2 * SECOND).late(Trigger::Unsubscribe, SECOND, 3 * SECOND);
    assert_eq!(chat.bounds(3 * SECOND), (3, 3));
    // Nothing of what there was before comes along.
    let mut chat = Chat::official_account();
    chat.on(Trigger::Message, 0).on(Trigger::Subscribe, 2 * SECOND);
    assert_eq!(chat.late(Trigger::Unsubscribe, SECOND, 3 * SECOND).bounds(3 * SECOND), (3, 3));
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
    // What is reserved before it is time to try again is not told so, and says nothing new.
    let mut chat = Chat::mini_program();
    chat.on(Trigger::Message, 0);
    assert_eq!(chat.send(Settlement::QuotaExhausted, SECOND), again);
    assert_eq!(chat.send(Settlement::QuotaExhausted, 2 * SECOND - 1), Settled::Applied);
    assert_eq!(chat.bounds(2 * SECOND - 1), (0, 5));
    assert_eq!(chat.refused(2 * SECOND - 1), RefusalReason::QuotaHeld);
    assert_eq!(chat.send(Settlement::QuotaExhausted, 2 * SECOND), Settled::Applied);
    assert_eq!(chat.bounds(2 * SECOND), (0, 0));

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
    // But no more often than there may be messages.
    let mut chat = Chat::new(Policy::preset("mini_program_2017").unwrap().cautious());
    chat.on(Trigger::Enter, 0).send(Settlement::QuotaExhausted, SECOND);
    chat.send(Settlement::Unknown, 2 * SECOND);
    assert_eq!(chat.bounds(3 * SECOND), (0, 1));
    assert_eq!(chat.refused(3 * SECOND), RefusalReason::NotSure);
}

#[test]
fn what_is_held_cannot_be_held_twice() {
    let mut chat = Chat::mini_program();
    chat.on(Trigger::Enter, 0);
    let ids = [(); 2].map(|()| chat.reserve(0));
    assert_eq!(ids.map(ReservationId::ordinal), [1, 2]);
    let refusal = chat.conversation.reserve(at(0)).unwrap_err();
    let retry_at = Some(at(MINUTE));
    assert_eq!(refusal, Refusal { reason: RefusalReason::QuotaHeld, retry_at });
    assert_eq!(refusal.to_string(), "quota_held");
    assert_eq!(chat.settle(ids[0], Settlement::NotSent, 0), Settled::Applied);
    assert_eq!(chat.settle(ids[0], Settlement::Delivered, 0), Settled::Stale);
    assert_eq!(chat.settle(ReservationId::new(9), Settlement::Delivered, 0), Settled::Stale);
    assert_eq!(chat.bounds(0), (1, 2));
    assert_eq!(chat.reserve(0).ordinal(), 3);

    // More may be held than there is room for now.
    let mut chat = Chat::official_account();
    chat.on(Trigger::Message, 0).on(Trigger::Subscribe, 2 * SECOND);
    for second in 3..8 {
        chat.reserve(second * SECOND);
    }
    chat.late(Trigger::Unsubscribe, SECOND, 8 * SECOND);
    let refusal = chat.conversation.reserve(at(8 * SECOND)).unwrap_err();
    assert_eq!(refusal.retry_at, Some(at(65 * SECOND)));
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
    assert_eq!(chat.bounds(HOUR - MINUTE), (0, 5));
    let mut given_up = chat.conversation.clone();
    assert!(given_up.reserve(at(HOUR - MINUTE)).is_ok());
    // If it may come, it is a hold of now.
    assert_eq!(chat.refused(HOUR - MINUTE + 1), RefusalReason::QuotaHeld);
    assert_eq!(chat.refused(HOUR), RefusalReason::QuotaHeld);
    let _ = chat.reserve(HOUR + 1);
    assert_eq!(chat.settle(ids[0], Settlement::Delivered, HOUR + 1), Settled::Stale);
}
