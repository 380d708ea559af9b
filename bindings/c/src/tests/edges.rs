//! What the border itself decides: whose mistake something is, what is absent, which moment counts, and what
//! the views say.

use std::rc::Rc;

use super::*;
use crate::memory::{free, handle, maybe_moment, millis};

fn made_with(options: &[(&str, &str)]) -> *mut Account {
    let mut given = Vec::new();
    for (name, value) in options {
        given.push(AccountOption { name: Bytes::of(name), value: Bytes::of(value) });
    }
    made!(wxkf_account_new(
        Bytes::of("official_account"),
        Bytes::of("wx1"),
        Bytes::of("token"),
        given.as_ptr(),
        given.len(),
    ))
}

#[test]
fn options_that_are_not_there_are_the_callers_mistake() {
    let (kind, id) = (Bytes::of("official_account"), Bytes::of("wx1"));
    for len in [1, usize::MAX] {
        let mut place = null_mut();
        refused(Code::ArgumentInvalid, Some("options"), |error| unsafe {
            wxkf_account_new(kind, id, id, null(), len, &raw mut place, error)
        });
        assert!(place.is_null());
    }
}

/// Anybody can send bytes that are no text, and no program is to blame for them.
#[test]
fn a_query_that_is_no_text_is_the_peers_mistake() {
    let account = account();
    let (query, mut echo) = (bytes(b"nonce=\xff"), Place::new());
    refused(Code::QueryMalformed, None, |error| unsafe {
        wxkf_account_verify_url(account, query, NOW, echo.at(), error)
    });
    // A token that is no text is the program's own.
    refused(Code::ArgumentInvalid, Some("timestamp"), |error| unsafe {
        wxkf_account_sign(account, bytes(b"\xff"), Bytes::of("n"), echo.at(), error)
    });
    unsafe { wxkf_account_free(account) };
}

/// NULL is nothing at all; a pointer to no bytes is an empty text.
#[test]
fn what_is_empty_is_not_absent() {
    let none = Bytes::NONE;
    assert_eq!(unsafe { none.maybe_text("x") }.ok(), Some(None));
    assert_eq!(unsafe { none.maybe_get("x") }.ok(), Some(None));
    assert_eq!(unsafe { Bytes::of("").maybe_text("x") }.ok(), Some(Some("")));
    assert_eq!(unsafe { Bytes::of("").maybe_get("x") }.ok(), Some(Some(&b""[..])));
    assert!(unsafe { Bytes { ptr: null(), len: 1 }.maybe_text("x") }.is_err());
    assert!(unsafe { Bytes { ptr: null(), len: 1 }.maybe_get("x") }.is_err());
}

/// Freed, what a handle holds is gone: nothing is left to another owner.
#[test]
fn a_handle_that_is_freed_drops_what_it_holds() {
    let held = Rc::new(());
    let it = handle(Rc::clone(&held));
    assert_eq!(Rc::strong_count(&held), 2);
    unsafe { free(it) };
    assert_eq!(Rc::strong_count(&held), 1);
}

#[test]
fn an_age_counts_from_the_moment_that_is_given() {
    let account = made_with(&[("encoding_aes_key", KEY), ("tolerance_ms", "5000")]);
    let sign = made!(wxkf_account_sign(account, Bytes::of("1763700000"), Bytes::of("7")));
    let url = format!("signature={}&timestamp=1763700000&nonce=7&echostr=42", text(sign));
    let (query, body) = push(account);
    for (now, in_time) in [(NOW + 5000, true), (NOW + 5001, false)] {
        let expected = if in_time { OK } else { u32::from(Code::TimestampStale.number()) };
        let (mut buf, mut received) = (Place::new(), Place::new());
        let (query, body) = (Bytes::of(&query), bytes(&body));
        let status =
            unsafe { wxkf_account_verify_url(account, Bytes::of(&url), now, buf.at(), null_mut()) };
        assert_eq!(status, expected, "verify_url");
        if in_time {
            assert_eq!(text(unsafe { ptr::read(buf.0.as_ptr()) }), "42");
        }
        let status =
            unsafe { wxkf_account_receive(account, query, body, now, received.at(), null_mut()) };
        assert_eq!(status, expected, "receive");
        if in_time {
            unsafe { wxkf_received_free(ptr::read(received.0.as_ptr())) };
        }
        let status = unsafe { wxkf_account_open(account, query, body, now, buf.at(), null_mut()) };
        assert_eq!(status, expected, "open");
        if in_time {
            assert_eq!(text(unsafe { ptr::read(buf.0.as_ptr()) }), MESSAGE);
        }
        let said = text(made!(wxkf_account_explain(account, query, body, now)));
        assert!(said.contains(&format!("\"accepted\":{in_time}")), "{said}");
    }
    unsafe { wxkf_account_free(account) };
}

/// It is said in the answer, and it is under the signature.
#[test]
fn an_answer_has_the_nonce_that_is_given_or_that_of_the_push() {
    let account = account();
    let push = received(account);
    let answer = |nonce| {
        let mut body = Place::new();
        let reply = Bytes::of(r#"{"type":"text","content":"hi"}"#);
        let (body_at, none) = (body.at(), null_mut());
        let status = unsafe {
            wxkf_account_reply(account, push, reply, RANDOM, nonce, NOW, body_at, none, null_mut())
        };
        text(unsafe { ptr::read(Place::of(status, &body)) })
    };
    assert!(answer(Bytes::of("mine")).contains("<Nonce><![CDATA[mine]]></Nonce>"));
    assert!(answer(Bytes::NONE).contains("<Nonce><![CDATA[7]]></Nonce>"));
    unsafe { wxkf_received_free(push) };
    unsafe { wxkf_account_free(account) };
}

/// A push of a plain account, as the view shows it.
fn viewed(message: &str, check: impl FnOnce(ReceivedView)) {
    let account = made_with(&[("mode", "plain"), ("previous_token", "old")]);
    let old = {
        let (kind, id, token) = (Bytes::of("official_account"), Bytes::of("wx1"), Bytes::of("old"));
        let plain = AccountOption { name: Bytes::of("mode"), value: Bytes::of("plain") };
        made!(wxkf_account_new(kind, id, token, &raw const plain, 1))
    };
    let signature = text(made!(wxkf_account_sign(old, Bytes::of("1"), Bytes::of("n"))));
    let query = format!("signature={signature}&timestamp=1&nonce=n");
    let push = made!(wxkf_account_receive(account, Bytes::of(&query), Bytes::of(message), NOW));
    check(made!(wxkf_received_view(push)));
    unsafe { wxkf_received_free(push) };
    unsafe { wxkf_account_free(old) };
    unsafe { wxkf_account_free(account) };
}

#[test]
fn a_view_says_all_that_an_event_says() {
    let scan = "<xml><ToUserName>gh_1</ToUserName><FromUserName>o_1</FromUserName>\
                <MsgType>event</MsgType><Event>SCAN</Event><EventKey>42</EventKey></xml>";
    viewed(scan, |view| {
        assert_eq!([read(view.from), read(view.to)], [Some("o_1"), Some("gh_1")]);
        assert_eq!([read(view.kind), read(view.trigger)], [Some("event.scan"), Some("scan")]);
        assert_eq!([read(view.event), read(view.event_key)], [Some("SCAN"), Some("42")]);
        assert_eq!([read(view.msg_id), read(view.content)], [None, None]);
        assert_eq!(read(view.format), Some("xml"));
        assert_eq!(read(view.plaintext), Some(scan));
        // Neither sealed nor dated, and signed with the token before.
        assert_eq!((view.sealed, view.key_index, view.created), (false, NO_INDEX, NONE));
        assert_eq!(view.token_index, 1);
        assert!(!view.wants_err_code);
    });
}

#[test]
fn a_view_says_what_a_payment_wants_for_an_answer() {
    let payment = r#"{"MsgType":"event","Event":"xpay_refund_notify","CreateTime":5}"#;
    viewed(payment, |view| {
        assert!(view.wants_err_code);
        assert_eq!((read(view.trigger), read(view.format)), (None, Some("json")));
        assert_eq!(view.created, 5000);
    });
}

#[test]
fn a_status_is_told_in_the_language_that_is_asked_for() {
    for code in Code::ALL {
        let status = u32::from(code.number());
        let say = |chinese| read(wxkf_status_message(status, chinese));
        assert_eq!(say(true), Some(code.message(wxkf_core::Language::Chinese)));
        assert_eq!(say(false), Some(code.message(wxkf_core::Language::English)));
        assert_eq!(read(wxkf_status_name(status)), Some(code.name()));
        assert_eq!(read(wxkf_status_origin(status)), Some(code.origin().name()));
    }
}

/// Without a moment a push counts from now, and not from the end of time.
#[test]
fn a_push_without_a_moment_counts_from_now() {
    let opens = |at| {
        let policy = Bytes::of("\"mini_program\"");
        let it: *mut Conversation = made!(wxkf_conversation_new(policy, Bytes::NONE));
        let (key, trigger) = (Bytes::of("k"), Bytes::of("message"));
        assert_eq!(made!(wxkf_conversation_observe_push(it, key, trigger, at, NOW)), NEW);
        let allowance: Allowance = made!(wxkf_conversation_allowance(it, NOW));
        unsafe { wxkf_conversation_free(it) };
        (allowance.at_least, allowance.closes_at)
    };
    assert_eq!(opens(NONE), opens(NOW));
    assert_eq!(opens(NOW).0, 5);
    assert_eq!(opens(0).0, 0);
}

#[test]
fn no_moment_is_none_and_the_beginning_of_time_is_one() {
    assert_eq!(maybe_moment(NONE), None);
    assert_eq!(maybe_moment(0).map(|at| at.as_millis()), Some(0));
    assert_eq!(maybe_moment(NOW).map(|at| at.as_millis()), Some(NOW));
    assert_eq!([millis(None), millis(maybe_moment(NOW))], [NONE, NOW]);
}

#[test]
fn a_keeper_takes_the_refresh_token_of_a_fetch_and_says_how_long_to_wait() {
    let it: *mut TokenKeeper = made!(wxkf_token_new(Bytes::of("authorizer"), Bytes::of("r1")));
    let step = |now| {
        let mut token = Place::new();
        let action = made!(wxkf_token_step(it, now, token.at()));
        (text(unsafe { ptr::read(token.0.as_ptr()) }), action)
    };
    let fetch = step(NOW).1.fetch;
    // Whoever comes meanwhile is told until when.
    let (_, waits) = step(NOW);
    assert_eq!((waits.fetch, waits.force), (NONE, false));
    assert!((NOW + 1..NOW + 60_000).contains(&waits.wait_until), "{waits:?}");
    let (token, next) = (Bytes::of("t1"), Bytes::of("r2"));
    assert!(made!(wxkf_token_fetched(it, fetch, token, 7200, next, NOW)));
    assert_eq!(read(unsafe { wxkf_token_refresh_token(it) }), Some("r2"));
    assert_eq!(step(NOW).0, "t1");
    unsafe { wxkf_token_free(it) };
}
