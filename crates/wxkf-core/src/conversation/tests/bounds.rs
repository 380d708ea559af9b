//! The rows of the table in the heading of `ledger`: what happens, and what it does to both bounds.

use alloc::vec::Vec;

use super::*;

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
fn what_was_left_when_the_window_closed_is_gone() {
    let mut chat = Chat::mini_program();
    chat.on(Trigger::Message, 0).on(Trigger::Enter, 48 * HOUR);
    assert_eq!(chat.bounds(48 * HOUR), (2, 2));
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
