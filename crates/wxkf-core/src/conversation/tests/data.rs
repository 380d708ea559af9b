//! Snapshots and policies.

use alloc::string::ToString;
use core::time::Duration;

use super::*;
use crate::conversation::ledger::{self, MAX_HOLDS};
use crate::error::Code;

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
fn what_does_not_fit_is_the_oldest_push() {
    let mut chat = largest();
    for (number, seen) in chat.conversation.recent.0.iter_mut().enumerate() {
        seen.key = [u8::try_from(number).unwrap(); 8];
        seen.at = Timestamp::from_secs(u64::try_from(number).unwrap());
    }
    for grant in chat.conversation.ledger.grants.iter_mut().flatten() {
        grant.since = 1;
    }
    let bytes = chat.conversation.snapshot();
    assert!((512 - 18..=512).contains(&bytes.len()), "{}", bytes.len());
    let again = Conversation::restore(&bytes, chat.conversation.policy().clone()).unwrap();
    let kept = again.recent.0.len();
    assert!((12..24).contains(&kept), "{kept}");
    assert_eq!(again.recent.0, chat.conversation.recent.0[24 - kept..]);
    assert_eq!(again.ledger, chat.conversation.ledger);
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
fn what_was_more_than_the_policy_grants_is_no_more() {
    let mut chat = Chat::official_account();
    let bytes = chat.on(Trigger::Message, 0).conversation.snapshot();
    let rule = Some(Rule::new(2, Duration::from_secs(30)));
    let stricter = Policy::official_account().with_rule(Trigger::Message, rule);
    let mut again = Conversation::restore(&bytes, stricter).unwrap();
    let id = again.reserve(at(0)).unwrap().id;
    assert_eq!(again.settle(id, Settlement::Unknown, at(0)), Settled::Applied);
    let allowance = again.allowance(at(0));
    // The purse may hold what a menu grants.
    assert_eq!((allowance.at_least, allowance.at_most), (1, 3));
}

#[test]
fn a_record_is_read_up_to_512_bytes() {
    let mut chat = largest();
    for grant in chat.conversation.ledger.grants.iter_mut().flatten() {
        grant.since = 1;
    }
    chat.conversation.recent.0.clear();
    let policy = chat.conversation.policy().clone();
    let mut bytes = chat.conversation.snapshot();
    // Pushes of 18 bytes each: their age is 0, in more digits than it needs.
    let push = |key: u8, length: usize| {
        let mut push = alloc::vec![key; 8];
        push.resize(length - 1, 0x80);
        push.push(0);
        push
    };
    let mut key = 0;
    while bytes.len() + 18 <= 512 - 9 {
        bytes.extend(push(key, 18));
        key += 1;
    }
    let mut first = 512 - bytes.len();
    if first > 18 {
        bytes.extend(push(key, 9));
        first -= 9;
    }
    let exact = [&bytes[..], &push(100, first)].concat();
    assert_eq!(exact.len(), 512);
    assert!(Conversation::restore(&exact, policy.clone()).is_ok());
    let rest =
        if first == 18 { [push(100, 9), push(101, 10)].concat() } else { push(100, first + 1) };
    let longer = [&bytes[..], &rest].concat();
    assert_eq!(longer.len(), 513);
    let error = Conversation::restore(&longer, policy).unwrap_err();
    assert_eq!(error.detail(), Some("too long"));
}

#[test]
fn reservations_in_a_record_are_in_order_and_were_given_out() {
    let mut chat = Chat::mini_program();
    chat.on(Trigger::Message, 0);
    let _ = [(); 2].map(|()| chat.reserve(0));
    for ids in [[1, 2], [2, 2], [2, 1], [1, 3]] {
        for (hold, id) in chat.conversation.ledger.holds.iter_mut().zip(ids) {
            hold.id = id;
        }
        let bytes = chat.conversation.snapshot();
        let restored = Conversation::restore(&bytes, Policy::mini_program());
        assert_eq!(restored.is_ok(), ids == [1, 2], "{ids:?}");
    }
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
            assert_ne!(error.field(), Some(""));
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
