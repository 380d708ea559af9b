//! What was met where this runs: each of these once went wrong.

use super::*;

/// The record as the next process has it.
fn reload(chat: &mut Chat) {
    let policy = chat.conversation.policy().clone();
    let bytes = chat.conversation.snapshot();
    let again = Conversation::restore(&bytes, policy).unwrap();
    assert_eq!(again, chat.conversation);
    chat.conversation = again;
}

#[test]
fn repeats_are_known_for_their_whole_minute() {
    let mut chat = Chat::mini_program();
    chat.on(Trigger::Enter, 0);
    let push = |number: u64| {
        let key = DedupeKey::of_text(&std::format!("m{number}"));
        Push::new(key, Some(Trigger::Message), at(number * 20))
    };
    for number in 0..400 {
        let now = number * 20;
        assert_eq!(chat.conversation.observe(push(number), at(now)), Observation::New);
        if number % 40 == 0 {
            let _ = chat.conversation.reserve(at(now));
        }
        reload(&mut chat);
    }
    for number in 0..400 {
        let last = number * 20 + MINUTE - 1;
        let repeat = Observation::Repeat { since: at(number * 20) };
        assert_eq!(chat.conversation.clone().observe(push(number), at(last)), repeat);
        assert_eq!(chat.conversation.clone().observe(push(number), at(last + 1)), Observation::New);
    }
}

#[test]
fn a_sure_one_is_not_overtaken_by_a_doubtful_one() {
    let mut chat = Chat::mini_program();
    chat.on(Trigger::Enter, 0).send(Settlement::Unknown, 200);
    let sure = chat.conversation.reserve(at(300)).unwrap();
    assert!(sure.sure);
    let refusal = chat.conversation.reserve(at(400)).unwrap_err();
    let retry_at = Some(at(MINUTE + 300));
    assert_eq!(refusal, Refusal { reason: RefusalReason::QuotaHeld, retry_at });
    // Once it is settled, the doubtful one may go.
    chat.settle(sure.id, Settlement::Delivered, 500);
    assert!(!chat.conversation.reserve(at(500)).unwrap().sure);
}

#[test]
fn what_may_still_be_under_way_counts_against_what_comes() {
    let mut chat = Chat::mini_program();
    chat.on(Trigger::Message, 0).deliver(2, SECOND);
    let id = chat.reserve(2 * SECOND);
    chat.settle(id, Settlement::Unknown, 13 * SECOND);
    assert_eq!(chat.on(Trigger::Message, 14 * SECOND).bounds(14 * SECOND), (4, 5));
    reload(&mut chat);
    assert_eq!(chat.bounds(14 * SECOND), (4, 5));
    // What nobody settled, too.
    let mut chat = Chat::mini_program();
    let _ = chat.on(Trigger::Message, 0).reserve(0);
    assert_eq!(chat.on(Trigger::Message, MINUTE + SECOND).bounds(MINUTE + SECOND), (4, 5));
}

#[test]
fn who_leaves_and_comes_back_within_a_second_may_be_tried() {
    for is_overtaken in [false, true] {
        let mut chat = Chat::official_account();
        chat.on(Trigger::Message, 0).deliver(5, SECOND);
        let mut kinds = [Trigger::Unsubscribe, Trigger::Subscribe];
        if is_overtaken {
            kinds.reverse();
        }
        for (later, trigger) in (0..).zip(kinds) {
            chat.late(trigger, 10 * SECOND, 11 * SECOND + later);
        }
        assert_eq!(chat.bounds(12 * SECOND), (0, 3), "{is_overtaken}");
    }
}

#[test]
fn who_ignores_when_to_try_again_comes_to_an_end() {
    let mut chat = Chat::mini_program();
    chat.on(Trigger::Message, 0);
    let mut told = 0;
    for _ in 0..100 {
        let Ok(reservation) = chat.conversation.reserve(at(SECOND)) else { break };
        let settled = chat.settle(reservation.id, Settlement::QuotaExhausted, SECOND);
        told += u32::from(matches!(settled, Settled::RetryAfter(_)));
    }
    assert_eq!(told, 1);
    let refusal = chat.conversation.reserve(at(SECOND)).unwrap_err();
    assert_eq!(
        (refusal.reason, refusal.retry_at),
        (RefusalReason::QuotaHeld, Some(at(2 * SECOND)))
    );
    // Whoever waits may still be answered.
    assert_eq!(chat.deliver(1, 2 * SECOND).bounds(2 * SECOND), (4, 4));
}

#[test]
fn a_record_is_kept_until_it_says_nothing() {
    // A send counts against a push that was overtaken by it.
    let mut chat = Chat::official_account();
    chat.on(Trigger::Menu, 0).deliver(1, SECOND);
    let until = chat.conversation.keep_until().unwrap();
    assert!(until >= at(48 * HOUR + SECOND), "{until:?}");
    // So is a message for typing.
    let rule = QuotaRule::new(5, core::time::Duration::from_secs(10));
    let policy = Policy::mini_program().with_rule(Trigger::Message, Some(rule));
    let policy = policy.with_time(PolicyTime::Repeat, core::time::Duration::ZERO).unwrap();
    let mut chat = Chat::new(policy.with_rule(Trigger::Enter, None));
    chat.on(Trigger::Message, 0);
    assert_eq!(chat.conversation.keep_until(), Some(at(30 * SECOND)));
}

#[test]
fn a_record_from_the_future_grants_no_longer_than_one_of_now() {
    let mut chat = Chat::mini_program();
    let bytes = chat.on(Trigger::Message, 47 * HOUR).conversation.snapshot();
    let again = Conversation::restore(&bytes, Policy::mini_program()).unwrap();
    assert_eq!(again.allowance(at(0)).closes_at, Some(at(48 * HOUR)));
    let mut used = again.clone();
    let _ = used.reserve(at(0));
    assert_eq!(used.allowance(at(48 * HOUR)).at_most, 0);
}

#[test]
fn an_id_of_a_record_that_was_dropped_settles_nothing() {
    let mut chat = Chat::mini_program();
    let id = chat.on(Trigger::Message, 0).reserve(0);
    let mut chat = Chat::mini_program();
    let other = chat.on(Trigger::Message, MINUTE).reserve(MINUTE);
    assert_ne!(id, other);
    assert_eq!((id.ordinal(), other.ordinal()), (1, 1));
    assert_eq!(chat.settle(id, Settlement::QuotaExhausted, MINUTE), Settled::Stale);
    assert_eq!(chat.bounds(MINUTE), (4, 5));
}

#[test]
fn a_record_whose_ids_are_used_up_begins_again_and_is_read_again() {
    for last in [crate::names::LAST_ID - 1, crate::names::LAST_ID] {
        let mut chat = Chat::mini_program();
        chat.on(Trigger::Message, 0);
        chat.conversation.ledger.last_id = last;
        reload(&mut chat);
        for left in (1..5).rev() {
            let id = chat.reserve(SECOND);
            reload(&mut chat);
            assert_eq!(chat.settle(id, Settlement::Delivered, SECOND), Settled::Applied);
            assert_eq!(chat.bounds(SECOND).0, left);
            reload(&mut chat);
        }
        assert_eq!(chat.send(Settlement::QuotaExhausted, MINUTE), Settled::Applied);
        assert_eq!(chat.bounds(MINUTE), (0, 0));
    }
}
