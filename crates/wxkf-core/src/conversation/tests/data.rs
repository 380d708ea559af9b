//! Snapshots and policies.

use alloc::string::ToString;
use core::time::Duration;

use super::*;
use crate::conversation::grant::{Lag, LagState};
use crate::conversation::ledger::MAX_HOLDS;
use crate::error::Code;
use crate::names::LAST_ORDINAL;

/// A record with as much in it as there can be.
fn largest() -> Chat {
    let mut policy = Policy::preset("official_account_2017").unwrap();
    for trigger in Trigger::ALL {
        let window = Duration::from_secs(30 * 86_400);
        policy = policy.with_rule(*trigger, Some(QuotaRule::new(200, window)));
    }
    let mut chat = Chat::new(policy);
    chat.on(Trigger::Unsubscribe, 0);
    for trigger in &Trigger::ALL[..Trigger::COUNT - 1] {
        chat.on(*trigger, 1);
    }
    let day = 86_400 * SECOND;
    chat.on(Trigger::Message, 29 * day);
    chat.conversation.ledger.last_id |= LAST_ORDINAL - 40;
    chat.conversation.start_typing(at(29 * day)).unwrap();
    for number in 0..999 {
        chat.on(Trigger::Message, 29 * day + number / 30 * SECOND);
        if number < 20 {
            chat.send(Settlement::Unknown, 29 * day + 7);
        }
    }
    assert_eq!(chat.conversation.recent.0.len(), Conversation::MAX_PUSHES);
    for hold in 0..MAX_HOLDS {
        let now = 29 * day + 30 * SECOND + u64::try_from(hold).unwrap();
        chat.reserve(now);
    }
    let last_id = chat.conversation.ledger.last_id;
    for grant in chat.conversation.ledger.grants.iter_mut().flatten() {
        grant.lag = Some(Lag { refused: at(29 * day), last_id, state: LagState::TriedEarly });
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
    let length = largest.conversation.snapshot().len();
    assert!(length > 10_000 && length <= Conversation::MAX_SNAPSHOT, "{length}");
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
    let rule = Some(QuotaRule::new(2, Duration::from_secs(30)));
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
    let rule = Some(QuotaRule::new(2, Duration::from_secs(30)));
    let stricter = Policy::official_account().with_rule(Trigger::Message, rule);
    let mut again = Conversation::restore(&bytes, stricter).unwrap();
    let id = again.reserve(at(0)).unwrap().id;
    assert_eq!(again.settle(id, Settlement::Unknown, at(0)), Settled::Applied);
    let allowance = again.allowance(at(0));
    // The purse may hold what a menu grants.
    assert_eq!((allowance.at_least, allowance.at_most), (1, 3));
}

#[test]
fn a_record_is_read_up_to_a_length() {
    let mut bytes = Conversation::new(Policy::mini_program()).snapshot();
    // A push of now, and an age that has more digits than it needs.
    while bytes.len() + 18 <= Conversation::MAX_SNAPSHOT {
        bytes.extend([7; 8]);
        bytes.extend([0x80; 9]);
        bytes.push(0);
    }
    let rest = Conversation::MAX_SNAPSHOT - bytes.len();
    bytes.extend([&[7; 8][..], &[0x80; 9], &[0]].concat().iter().take(rest));
    let last = bytes.last_mut().unwrap();
    *last = 0;
    let read = |bytes: &[u8]| Conversation::restore(bytes, Policy::mini_program());
    let exact = read(&bytes).err().and_then(|error| error.detail().map(ToString::to_string));
    assert_ne!(exact.as_deref(), Some("too long"));
    bytes.push(0);
    let detail = read(&bytes).unwrap_err().detail().map(ToString::to_string);
    assert_eq!(detail.as_deref(), Some("too long"));
}

#[test]
fn reservations_in_a_record_are_in_order_and_were_given_out() {
    let mut chat = Chat::mini_program();
    chat.on(Trigger::Message, 0);
    let _ = [(); 2].map(|()| chat.reserve(0));
    let life = chat.conversation.ledger.last_id - 2;
    for ids in [[1, 2], [2, 2], [2, 1], [1, 3]] {
        for (hold, id) in chat.conversation.ledger.holds.iter_mut().zip(ids) {
            hold.id = life + id;
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
    assert_eq!(code(&[&empty[..], &[0; 1001 * 9]].concat()), Code::SnapshotMalformed);
    assert_eq!(code(&[&empty[..], &[0; 17_000]].concat()), Code::SnapshotMalformed);
    assert_eq!(code(b"D\x01\0"), Code::SnapshotMalformed);
    assert_eq!(code(&[&b"C\x03"[..], &empty[2..]].concat()), Code::SnapshotVersion);
    // An ordinal above those of a life.
    assert_eq!(code(b"C\x02\0\0\x80\x80\x80\x01"), Code::SnapshotMalformed);
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
    let rule = QuotaRule::new(9, Duration::from_secs(90));
    assert_eq!((rule.limit(), rule.window()), (9, Duration::from_secs(90)));
    assert_eq!(QuotaRule::new(1, Duration::MAX).window(), Duration::from_secs(30 * 86_400));
    assert_eq!(
        read(
            r#"{"preset":"mini_program","cautious":true,"rules":{"enter":null,
                "menu":{"limit":9,"window_s":90}},"margin_ms":1,"hold_ms":1000,"lag_ms":3,
                "retry_ms":4,"delay_ms":5,"repeat_ms":86400000,"traffic_ms":0,"travel_ms":7,
                "typing_ms":8}"#
        ),
        Ok([
            (PolicyTime::Margin, 1),
            (PolicyTime::Hold, 1000),
            (PolicyTime::Lag, 3),
            (PolicyTime::Retry, 4),
            (PolicyTime::Delay, 5),
            (PolicyTime::Repeat, 86_400_000),
            (PolicyTime::Traffic, 0),
            (PolicyTime::Travel, 7),
            (PolicyTime::Typing, 8),
        ]
        .into_iter()
        .fold(
            Policy::mini_program()
                .cautious()
                .with_rule(Trigger::Enter, None)
                .with_rule(Trigger::Menu, Some(rule)),
            |policy, (time, millis)| policy.with_time(time, Duration::from_millis(millis)).unwrap()
        ))
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

#[test]
fn a_time_is_set_alike_in_code_and_in_json() {
    let default = Policy::mini_program();
    let defaults = [60_000, 60_000, 10_000, 6_000, 60_000, 1_000, 30_000, 60_000, 15_000];
    for (time, millis) in PolicyTime::ALL.iter().zip(defaults) {
        assert_eq!(default.time(*time), Duration::from_millis(millis), "{time:?}");
        let least = if *time == PolicyTime::Hold { 1000 } else { 0 };
        for millis in [0, least, 12_345, 86_400_000, 86_400_001, u64::MAX] {
            let name = time.name();
            let json = std::format!(r#"{{"preset":"mini_program","{name}_ms":{millis}}}"#);
            let set = default.clone().with_time(*time, Duration::from_millis(millis));
            assert_eq!(set, Policy::from_json(&json), "{json}");
            match set {
                Ok(policy) => {
                    assert!((least..=86_400_000).contains(&millis));
                    assert_eq!(policy.time(*time), Duration::from_millis(millis));
                }
                Err(error) => {
                    assert!(!(least..=86_400_000).contains(&millis));
                    assert_eq!(error.code(), Code::PolicyInvalid);
                    assert_eq!(
                        error.field().map(ToString::to_string),
                        Some(std::format!("{name}_ms"))
                    );
                }
            }
        }
    }
    let long = default.with_time(PolicyTime::Travel, Duration::MAX).unwrap_err();
    assert_eq!(long.field(), Some("travel_ms"));
}
