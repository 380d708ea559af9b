//! Snapshots: those of every version stay readable, and no bytes do harm.

use core::time::Duration;

use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use wxkf_core::{
    Code, Conversation, Dedupe, DedupeKey, FetchFailure, FetchId, FetchedToken, Observation,
    Policy, Push, Settled, Settlement, Timestamp, TokenKeeper, TokenSource, TokenStep, Trigger,
};

const START: u64 = 1_763_700_000_000;

fn at(millis: u64) -> Timestamp {
    Timestamp::from_millis(START + millis)
}

/// A record as some version wrote it, and what it says.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Golden {
    why: String,
    hex: String,
    says: Vec<String>,
}

impl Golden {
    fn bytes(&self) -> Vec<u8> {
        let digits = self.hex.as_bytes().chunks(2);
        digits
            .map(|pair| u8::from_str_radix(core::str::from_utf8(pair).unwrap(), 16).unwrap())
            .collect()
    }
}

fn golden(why: &str, bytes: &[u8], says: Vec<String>) -> Golden {
    let hex = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    Golden { why: why.into(), hex, says }
}

fn see(
    conversation: &mut Conversation,
    key: &str,
    trigger: Option<Trigger>,
    now: u64,
) -> Observation {
    let at_secs = Timestamp::from_secs(at(now).as_secs());
    conversation.observe(Push::new(DedupeKey::of_text(key), trigger, at_secs), at(now))
}

/// What a conversation answers to whoever asks.
fn say(conversation: &Conversation) -> Vec<String> {
    let mut said: Vec<String> = [2_000, 59_000, 61_000, 200_000_000]
        .iter()
        .map(|now| format!("{now}: {:?}", conversation.allowance(at(*now))))
        .collect();
    for key in ["a", "b", "c"] {
        // The files have the word alone.
        let observation = format!("{:?}", see(&mut conversation.clone(), key, None, 2_000));
        said.push(format!("{key}: {}", observation.split(' ').next().unwrap()));
    }
    let mut conversation = conversation.clone();
    said.push(format!("typing: {:?}", conversation.start_typing(at(2_000))));
    said.push(format!("reserve: {:?}", conversation.reserve(at(2_000))));
    said.push(format!("keep until: {:?}", conversation.keep_until()));
    said
}

fn conversations() -> Vec<(&'static str, Policy, Conversation)> {
    let mut all = Vec::new();
    let policy = Policy::mini_program();
    all.push(("nothing is known", policy.clone(), Conversation::new(policy.clone())));

    let mut typical = Conversation::new(policy.clone());
    let _ = see(&mut typical, "a", Some(Trigger::Message), 0);
    for now in [500, 900] {
        let id = typical.reserve(at(now)).unwrap().id;
        let _ = typical.settle(id, Settlement::Delivered, at(now + 200));
    }
    typical.start_typing(at(1_500)).unwrap();
    all.push(("a message, two answers, typing", policy.clone(), typical));

    let mut busy = Conversation::new(policy.clone());
    let _ = see(&mut busy, "a", Some(Trigger::Enter), 0);
    let _ = see(&mut busy, "b", Some(Trigger::Message), 100);
    busy.forget(DedupeKey::of_text("a"));
    let lost = busy.reserve(at(200)).unwrap().id;
    let late = busy.reserve(at(300)).unwrap().id;
    let _ = busy.reserve(at(400)).unwrap();
    let _ = busy.settle(lost, Settlement::Unknown, at(1_200));
    let _ = busy.settle(late, Settlement::QuotaExhausted, at(1_300));
    all.push((
        "two grants, one suspected to be late; a hold; a push to let in again",
        policy,
        busy,
    ));

    let policy = Policy::official_account().cautious();
    let mut gone = Conversation::new(policy.clone());
    let _ = see(&mut gone, "a", Some(Trigger::Message), 0);
    let id = gone.reserve(at(100)).unwrap().id;
    let _ = gone.settle(id, Settlement::WindowClosed, at(300));
    let _ = see(&mut gone, "b", Some(Trigger::Unsubscribe), 1_000);
    let _ = see(&mut gone, "c", Some(Trigger::Subscribe), 2_000);
    all.push(("refused, gone, and back", policy, gone));
    all
}

fn dedupes() -> Vec<(&'static str, Dedupe)> {
    let mut some = Dedupe::new(3, Duration::from_secs(60));
    for (key, now) in [("a", 500), ("b", 900), ("c", 100), ("d", 1_200)] {
        let _ = some.observe(DedupeKey::of_text(key), at(now));
    }
    vec![("nothing", Dedupe::new(3, Duration::from_secs(60))), ("the latest of four", some)]
}

fn say_seen(dedupe: &Dedupe) -> Vec<String> {
    let see = |key: &&str| {
        let bytes = dedupe.snapshot();
        let mut dedupe = Dedupe::restore(&bytes, 3, Duration::from_secs(60)).unwrap();
        format!("{key}: {:?}", dedupe.observe(DedupeKey::of_text(key), at(2_000)))
    };
    ["a", "b", "c", "d"].iter().map(see).collect()
}

fn keepers() -> Vec<(&'static str, TokenKeeper)> {
    let fetched = |keeper: &mut TokenKeeper, token: &str, now| {
        let TokenStep::Fetch { id, .. } = keeper.step(at(now)) else { panic!("no fetch") };
        let two_hours = Duration::from_secs(7200);
        let answer = FetchedToken::new(token, two_hours).refresh_token("REFRESH2");
        let _ = keeper.fetched(id, answer, at(now + 200));
    };
    let mut good = TokenKeeper::with_refresh_token("REFRESH");
    fetched(&mut good, "TOKEN", 0);
    let mut forced = TokenKeeper::new(TokenSource::StableToken);
    for now in [0, 400] {
        fetched(&mut forced, "TOKEN", now);
        let _ = forced.rejected("TOKEN", at(now + 300));
    }
    let TokenStep::Fetch { id, force: true } = forced.step(at(900)) else { panic!("not forced") };
    let mut failed = forced.clone();
    let _ = failed.fetch_failed(id, FetchFailure::Misconfigured, at(1_000));
    vec![
        ("nothing is known", TokenKeeper::new(TokenSource::Token)),
        ("a token and its refresh token", good),
        ("a forced fetch is under way", forced),
        ("a forced fetch has failed", failed),
        ("an unusual refresh token", TokenKeeper::with_refresh_token("刷新 令牌")),
    ]
}

fn say_token(keeper: &TokenKeeper) -> Vec<String> {
    let mut said: Vec<String> = [2_000, 20_000, 7_100_000, 8_000_000]
        .iter()
        .map(|now| match keeper.clone().step(at(*now)) {
            TokenStep::Use(token) => format!("{now}: use {}", token.expose()),
            // Of which life it is depends on the version.
            TokenStep::Fetch { id, force } => {
                let id = FetchId::new(id.ordinal());
                format!("{now}: {:?}", TokenStep::Fetch { id, force })
            }
            step => format!("{now}: {step:?}"),
        })
        .collect();
    said.push(format!("refresh token: {:?}", keeper.refresh_token().map(|it| it.expose())));
    said
}

/// The files of all versions; with `WXKF_UPDATE` one that is missing is written, and none that is there
/// is changed.
fn read(name: &str, present: &[Golden]) -> Vec<Golden> {
    let path = format!("{}/data/snapshots/{name}.json", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("WXKF_UPDATE").is_some() && !std::fs::exists(&path).unwrap() {
        std::fs::write(&path, serde_json::to_string_pretty(present).unwrap() + "\n").unwrap();
    }
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str(&text).unwrap()
}

const STALE: &str = "what is written has changed: raise the version, and go on reading the old one";

#[test]
fn conversations_of_every_version_are_read() {
    let all = conversations();
    let present: Vec<_> =
        all.iter().map(|(why, _, now)| golden(why, &now.snapshot(), say(now))).collect();
    let version2 = read("conversation-2", &present);
    for (golden, (why, policy, _)) in version2.iter().zip(&all) {
        let restored = Conversation::restore(&golden.bytes(), policy.clone()).unwrap();
        assert_eq!(say(&restored), golden.says, "{why}");
    }
    assert_eq!(version2, present, "{STALE}");
    // Version 1 said to a store that it may forget too early; else it is read as it was.
    let version1 = read("conversation-1", &present);
    for (golden, (why, policy, _)) in version1.iter().zip(&all) {
        let restored = Conversation::restore(&golden.bytes(), policy.clone()).unwrap();
        let (until, rest) = golden.says.split_last().unwrap();
        assert_eq!(say(&restored).split_last().unwrap().1, rest, "{why}");
        assert!(until.starts_with("keep until: "));
        assert_ne!(golden.bytes(), restored.snapshot());
    }
    assert_eq!(version1.len(), 4);
}

/// What was written before lives on: it counts as before, takes its ids further, and is written anew.
#[test]
fn a_conversation_of_version_1_goes_on() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/snapshots/conversation-1.json");
    let goldens: Vec<Golden> = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let mut restored = Conversation::restore(&goldens[1].bytes(), Policy::mini_program()).unwrap();
    let id = restored.reserve(at(2_000)).unwrap().id;
    assert_eq!((id.number(), id.ordinal()), (3, 3));
    let bytes = restored.snapshot();
    assert_eq!(bytes[..2], *b"C\x02");
    let mut again = Conversation::restore(&bytes, Policy::mini_program()).unwrap();
    assert_eq!(again, restored);
    assert_eq!(again.settle(id, Settlement::Delivered, at(3_000)), Settled::Applied);
    let allowance = again.allowance(at(3_000));
    assert_eq!((allowance.at_least, allowance.at_most), (2, 2));
}

#[test]
fn dedupes_of_every_version_are_read() {
    let all = dedupes();
    let present: Vec<_> =
        all.iter().map(|(why, now)| golden(why, &now.snapshot(), say_seen(now))).collect();
    let version1 = read("dedupe-1", &present);
    for golden in &version1 {
        let restored = Dedupe::restore(&golden.bytes(), 3, Duration::from_secs(60)).unwrap();
        assert_eq!(say_seen(&restored), golden.says, "{}", golden.why);
    }
    assert_eq!(version1, present, "{STALE}");
}

#[test]
fn token_keepers_of_every_version_are_read() {
    let all = keepers();
    let present: Vec<_> =
        all.iter().map(|(why, now)| golden(why, &now.snapshot(), say_token(now))).collect();
    let [version1, version2] = ["token-1", "token-2"].map(|name| read(name, &present));
    for golden in version1.iter().chain(&version2) {
        let restored = TokenKeeper::restore(&golden.bytes()).unwrap();
        assert_eq!(say_token(&restored), golden.says, "{}", golden.why);
    }
    assert_eq!(version2, present, "{STALE}");
}

/// Bytes of all sorts: any, and records with a few of theirs changed.
fn bytes(samples: Vec<Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    let changed = (prop::sample::select(samples), prop::collection::vec(any::<(u16, u8)>(), 1..6));
    prop_oneof![
        1 => prop::collection::vec(any::<u8>(), 0..600),
        4 => changed.prop_map(|(mut bytes, changes)| {
            for (place, byte) in changes {
                let place = usize::from(place) % (bytes.len() + 1);
                match bytes.get_mut(place) {
                    Some(old) => *old = byte,
                    None => bytes.push(byte),
                }
            }
            bytes
        }),
    ]
}

fn is_typed(code: Code) -> bool {
    matches!(code, Code::SnapshotMalformed | Code::SnapshotVersion)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn no_bytes_let_a_conversation_exceed_its_policy(
        bytes in bytes(conversations().iter().map(|(.., it)| it.snapshot()).collect()),
        now in prop_oneof![Just(START + 2_000), any::<u64>()],
    ) {
        let policy = Policy::mini_program();
        let restored = match Conversation::restore(&bytes, policy.clone()) {
            Ok(restored) => restored,
            Err(error) => {
                prop_assert!(is_typed(error.code()));
                return Ok(());
            }
        };
        let again = restored.snapshot();
        prop_assert!(again.len() <= bytes.len() || bytes[1] == 1);
        prop_assert_eq!(&Conversation::restore(&again, policy.clone()).unwrap(), &restored);

        let now = Timestamp::from_millis(now);
        let allowance = restored.allowance(now);
        prop_assert!(allowance.at_least <= allowance.at_most && allowance.at_most <= 5);
        let mut used = restored.clone();
        let mut granted = 0;
        while used.reserve(now).is_ok() {
            granted += 1;
        }
        prop_assert!(granted <= 5);
        let _ = (used.start_typing(now), used.next_deadline(), used.keep_until());
        prop_assert!(used.snapshot().len() <= Conversation::MAX_SNAPSHOT);
        // Nor for longer than the policy does from now on.
        let over = now.saturating_add(Duration::from_secs(48 * 3600));
        if over.distance(now) >= Duration::from_secs(48 * 3600) {
            prop_assert_eq!(used.allowance(over).closes_at, None);
        }

        // Whatever it was, a message opens it, and three days later it is as if it had never been.
        let days = 3 * 86_400_000;
        let later = Timestamp::from_millis(now.as_millis().saturating_add(days));
        let push = Push::new(DedupeKey::of_text("new"), Some(Trigger::Message), later);
        prop_assert_eq!(used.observe(push, later), Observation::New);
        if later.distance(now) >= Duration::from_millis(days) {
            let mut new = Conversation::new(policy.clone());
            prop_assert_eq!(new.observe(push, later), Observation::New);
            prop_assert_eq!(used.allowance(later), new.allowance(later));
        }
    }

    #[test]
    fn no_bytes_let_a_memory_exceed_its_capacity(
        bytes in bytes(dedupes().iter().map(|(_, it)| it.snapshot()).collect()),
        capacity in 0_usize..5,
    ) {
        let horizon = Duration::from_secs(60);
        match Dedupe::restore(&bytes, capacity, horizon) {
            Ok(mut restored) => {
                prop_assert!(restored.len() <= capacity);
                let again = restored.snapshot();
                prop_assert_eq!(&Dedupe::restore(&again, capacity, horizon).unwrap(), &restored);
                for key in 0..10 {
                    let _ = restored.observe(DedupeKey::from_bytes([key; 16]), at(0));
                    prop_assert!(restored.len() <= capacity);
                }
            }
            Err(error) => prop_assert!(is_typed(error.code())),
        }
    }

    /// Against a list of all that came.
    #[test]
    fn a_memory_knows_what_a_list_knows(
        steps in prop::collection::vec((0_u8..12, 0_u64..15_000, 0_u8..10), 0..150),
        capacity in 1_usize..8,
    ) {
        let horizon = Duration::from_secs(60);
        let mut dedupe = Dedupe::new(capacity, horizon);
        let mut list: Vec<(u8, Timestamp)> = Vec::new();
        let mut now = at(0);
        for (key, pause, what) in steps {
            now = now.saturating_add(Duration::from_millis(pause));
            let dedupe_key = DedupeKey::from_bytes([key; 16]);
            match what {
                0 => {
                    dedupe.forget(dedupe_key);
                    list.retain(|(known, _)| *known != key);
                }
                1 => dedupe = Dedupe::restore(&dedupe.snapshot(), capacity, horizon).unwrap(),
                _ => {
                    list.retain(|(_, since)| since.distance(now) < horizon);
                    let known = list.iter().find(|(known, _)| *known == key);
                    let expected = known.map_or(Observation::New, |(_, since)| Observation::Repeat { since: *since });
                    prop_assert_eq!(dedupe.observe(dedupe_key, now), expected);
                    if expected == Observation::New {
                        list.push((key, now));
                        if list.len() > capacity {
                            list.remove(0);
                        }
                    }
                }
            }
            prop_assert!(dedupe.len() <= capacity);
        }
    }
}
