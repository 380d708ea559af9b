//! The records: steps, snapshots, and bytes that are none.

use super::*;

/// All the garbage that is worth the time.
const GARBAGE: [&[u8]; 6] = [
    b"",
    b"C",
    b"\x00\x00",
    b"C\x01\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff",
    b"D\x01\x05",
    b"T\x01\x07",
];

fn conversation(snapshot: Bytes) -> *mut Conversation {
    made!(wxkf_conversation_new(Bytes::of("\"mini_program\""), snapshot))
}

fn saved(conversation: *const Conversation) -> Vec<u8> {
    taken(made!(wxkf_conversation_snapshot(conversation)))
}

#[test]
fn a_conversation_holds_and_settles() {
    let it = conversation(Bytes::NONE);
    let no: Reservation = made!(wxkf_conversation_reserve(it, NOW));
    assert_eq!((read(no.refusal.reason), no.id), (Some("window_closed"), NONE));
    let (key, trigger) = (Bytes::of("k"), Bytes::of("message"));
    assert_eq!(made!(wxkf_conversation_observe_push(it, key, trigger, NONE, NOW)), NEW);
    assert_eq!(made!(wxkf_conversation_observe_push(it, key, trigger, NONE, NOW)), REPEAT);
    assert_eq!(unsafe { wxkf_conversation_forget(it, key, null_mut()) }, OK);
    let refusal: Refusal = made!(wxkf_conversation_start_typing(it, NOW));
    assert_eq!(read(refusal.reason), None);
    let typing = Bytes::of("already_typing");
    assert_eq!(unsafe { wxkf_conversation_settle_typing(it, typing, NOW, null_mut()) }, OK);
    let refusal: Refusal = made!(wxkf_conversation_start_typing(it, NOW));
    assert_eq!(read(refusal.reason), Some("already_typing"));
    assert_eq!(unsafe { wxkf_conversation_settle_typing_errcode(it, 45080, NOW, null_mut()) }, OK);
    let refusal: Refusal = made!(wxkf_conversation_start_typing(it, NOW));
    assert_eq!(read(refusal.reason), Some("no_recent_message"));
    refused(Code::ArgumentInvalid, Some("settlement"), |error| unsafe {
        wxkf_conversation_settle_typing(it, Bytes::of("typing"), NOW, error)
    });
    assert_eq!(unsafe { wxkf_conversation_stop_typing(it, null_mut()) }, OK);
    let held: Reservation = made!(wxkf_conversation_reserve(it, NOW));
    assert!(held.sure);
    let snapshot = saved(it);
    let again = conversation(bytes(&snapshot));
    assert_eq!(saved(again), snapshot);
    let settled: Settled =
        made!(wxkf_conversation_settle(again, held.id, Bytes::of("delivered"), NOW));
    assert_eq!(read(settled.name), Some("applied"));
    let settled: Settled = made!(wxkf_conversation_settle_errcode(again, held.id, 0, NOW));
    assert_eq!(read(settled.name), Some("stale"));
    let allowance: Allowance = made!(wxkf_conversation_allowance(again, NOW));
    assert_eq!((allowance.at_least, allowance.held), (4, 0));
    assert_eq!(unsafe { wxkf_conversation_sent_elsewhere(again, NONE, NOW, null_mut()) }, OK);
    refused(Code::ArgumentInvalid, Some("conversation"), |error| unsafe {
        wxkf_conversation_sent_elsewhere(null_mut(), NONE, NOW, error)
    });
    let allowance: Allowance = made!(wxkf_conversation_allowance(again, NOW));
    assert_eq!(allowance.at_least, 3);
    assert_ne!(unsafe { wxkf_conversation_next_deadline(it) }, NONE);
    assert_ne!(unsafe { wxkf_conversation_keep_until(it) }, NONE);
    unsafe { wxkf_conversation_free(it) };
    unsafe { wxkf_conversation_free(again) };
}

#[test]
fn a_push_is_observed() {
    let account = account();
    let (push, it) = (received(account), conversation(Bytes::NONE));
    assert_eq!(made!(wxkf_conversation_observe(it, push, NOW)), NEW);
    assert_eq!(made!(wxkf_conversation_observe(it, push, NOW)), REPEAT);
    unsafe { wxkf_received_free(push) };
    unsafe { wxkf_account_free(account) };
    unsafe { wxkf_conversation_free(it) };
}

#[test]
fn a_memory_remembers() {
    let it: *mut Dedupe = made!(wxkf_dedupe_new(u64::MAX, u64::MAX, Bytes::NONE));
    for key in ["a", "b", "c"] {
        assert_eq!(made!(wxkf_dedupe_observe(it, Bytes::of(key), NOW)), NONE);
    }
    assert_eq!(made!(wxkf_dedupe_observe(it, Bytes::of("b"), NOW + 1)), NOW);
    assert_eq!(unsafe { wxkf_dedupe_forget(it, Bytes::of("b"), null_mut()) }, OK);
    let snapshot = taken(made!(wxkf_dedupe_snapshot(it)));
    let again: *mut Dedupe = made!(wxkf_dedupe_new(1, 1000, bytes(&snapshot)));
    assert_eq!(unsafe { (wxkf_dedupe_len(it), wxkf_dedupe_len(again)) }, (2, 1));
    unsafe { wxkf_dedupe_free(it) };
    unsafe { wxkf_dedupe_free(again) };
}

#[test]
fn a_token_is_fetched_used_and_rejected() {
    let it: *mut TokenKeeper = made!(wxkf_token_new(Bytes::of("authorizer"), Bytes::of("r1")));
    let fetch = step(it).1.fetch;
    assert_eq!(read(unsafe { wxkf_token_refresh_token(it) }), Some("r1"));
    let none = Bytes::NONE;
    assert!(made!(wxkf_token_fetched(it, fetch, Bytes::of("t1"), 7200, none, NOW)));
    assert_eq!(step(it).0, b"t1");
    assert!(made!(wxkf_token_rejected(it, Bytes::of("t1"), NOW)));
    let fetch = step(it).1.fetch;
    assert!(made!(wxkf_token_fetch_failed(it, fetch, Bytes::of("temporary"), NOW)));
    assert_ne!(step(it).1.wait_until, NONE);
    assert_ne!(unsafe { wxkf_token_next_deadline(it) }, NONE);
    let snapshot = taken(made!(wxkf_token_snapshot(it)));
    let again: *mut TokenKeeper = made!(wxkf_token_restore(bytes(&snapshot)));
    assert_eq!(taken(made!(wxkf_token_snapshot(again))), snapshot);
    unsafe { wxkf_token_free(it) };
    unsafe { wxkf_token_free(again) };
}

fn step(keeper: *mut TokenKeeper) -> (Vec<u8>, TokenAction) {
    let mut token = Place::new();
    let action = made!(wxkf_token_step(keeper, NOW, token.at()));
    (taken(unsafe { ptr::read(token.0.as_ptr()) }), action)
}

#[test]
fn garbage_is_no_record() {
    for garbage in GARBAGE {
        let snapshot = if garbage.is_empty() { Bytes::of("") } else { bytes(garbage) };
        let policy = Bytes::of("\"mini_program\"");
        let mut place = null_mut();
        refused(Code::SnapshotMalformed, None, |error| unsafe {
            wxkf_conversation_new(policy, snapshot, &raw mut place, error)
        });
        assert!(place.is_null());
        let mut place = null_mut();
        refused(Code::SnapshotMalformed, None, |error| unsafe {
            wxkf_dedupe_new(9, 9, snapshot, &raw mut place, error)
        });
        assert!(place.is_null());
        let mut place = null_mut();
        refused(Code::SnapshotMalformed, None, |error| unsafe {
            wxkf_token_restore(snapshot, &raw mut place, error)
        });
        assert!(place.is_null());
    }
}
