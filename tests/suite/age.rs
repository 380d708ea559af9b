//! A captured push is not taken again: the time outside its seal, and the one inside.

use core::time::Duration;

use proptest::prelude::*;
use wxkf_core::{
    Account, AccountKind, Code, Error, Finding, Format, Fresh, Mode, Query, Timestamp, explain,
};

use super::reference;

const KEY: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
const TOLERANCE: u64 = 300;
const THEN: u64 = 1_763_700_000;
/// The same number of digits, so that it can stand where a time stands.
const NONCE: u64 = 1_763_900_000;

fn account(mode: Mode, tolerance: Option<u64>) -> Account {
    let account = Account::builder(AccountKind::MiniProgram, "wx0123456789abcdef", "token");
    let account = account.encoding_aes_key(KEY).mode(mode);
    let account = match tolerance {
        Some(seconds) => account.tolerance(Duration::from_secs(seconds)),
        None => account,
    };
    account.build().unwrap()
}

fn xml(fields: &str) -> String {
    format!("<xml><ToUserName>gh_0</ToUserName><FromUserName>oU</FromUserName>{fields}</xml>")
}

fn text(created: &str) -> String {
    xml(&format!("{created}<MsgType>text</MsgType><Content>hi</Content><MsgId>1</MsgId>"))
}

fn event(name: &str, created: u64) -> String {
    xml(&format!("<CreateTime>{created}</CreateTime><MsgType>event</MsgType><Event>{name}</Event>"))
}

fn create_time(seconds: u64) -> String {
    format!("<CreateTime>{seconds}</CreateTime>")
}

/// What a push that is sealed with this time and nonce is answered, with the two in these places.
fn receive(
    account: &Account,
    message: &str,
    (timestamp, nonce): (u64, u64),
    exchanged: bool,
    now: u64,
) -> Result<(), Error> {
    let seal = Fresh::new([1; 16], Timestamp::from_secs(timestamp));
    let nonce = nonce.to_string();
    let sealed = account.seal(message.as_bytes(), seal.nonce(&nonce)).unwrap();
    let (timestamp, nonce) = match exchanged {
        true => (nonce, timestamp.to_string()),
        false => (timestamp.to_string(), nonce),
    };
    let signature = sealed.msg_signature();
    let query = format!("timestamp={timestamp}&nonce={nonce}&msg_signature={signature}");
    let (body, now) = (sealed.to_push_body(Format::Xml, "gh_0"), Timestamp::from_secs(now));
    let result = account.receive(&Query::parse(&query).unwrap(), body.as_bytes(), now).map(drop);
    assert_eq!(explain(account, &query, body.as_bytes(), now).result, result);
    result
}

fn stale(result: Result<(), Error>) -> bool {
    result.is_err_and(|error| {
        assert_eq!((error.code(), error.field()), (Code::TimestampStale, Some("CreateTime")));
        true
    })
}

#[test]
fn a_captured_push_with_timestamp_and_nonce_exchanged_is_refused() {
    let captured = text(&create_time(THEN));
    for mode in [Mode::Secure, Mode::Compatible] {
        let with = account(mode, Some(TOLERANCE));
        assert_eq!(receive(&with, &captured, (THEN, NONCE), false, THEN), Ok(()));
        assert!(stale(receive(&with, &captured, (THEN, NONCE), true, NONCE)));
        // The other way round: the nonce lies before.
        let later = text(&create_time(NONCE));
        assert_eq!(receive(&with, &later, (NONCE, THEN), false, NONCE), Ok(()));
        assert!(stale(receive(&with, &later, (NONCE, THEN), true, THEN)));
        // Without a tolerance the account has not asked for it.
        assert_eq!(receive(&account(mode, None), &captured, (THEN, NONCE), true, NONCE), Ok(()));
    }
}

#[test]
fn payments_come_again_for_a_day_and_are_never_lost_by_this() {
    let with = account(Mode::Secure, Some(TOLERANCE));
    let day = 24 * 3600;
    for late in [
        "xpay_goods_deliver_notify",
        "XPAY_COIN_PAY_NOTIFY",
        "xpay_refund_notify",
        "xpay_complaint_notify",
        "minigame_deliver_goods",
        "minigame_h5_goods_deliver_notify",
        "minigame_game_pay_goods_deliver_notify",
        // Known by name only, and not known at all: nobody can say of them.
        "xpay_subscribe_ios_refund_query_notify",
        "xpay_of_a_version_to_come",
    ] {
        let push = event(late, THEN - day);
        assert_eq!(receive(&with, &push, (THEN, 1), false, THEN), Ok(()), "{late}");
        // From the future nothing comes.
        let push = event(late, THEN + TOLERANCE + 1);
        assert!(stale(receive(&with, &push, (THEN, 1), false, THEN)), "{late}");
    }
    for prompt in ["subscribe", "CLICK", "user_enter_tempsession"] {
        let push = event(prompt, THEN - day);
        assert!(stale(receive(&with, &push, (THEN, 1), false, THEN)), "{prompt}");
    }
}

#[test]
fn a_time_that_is_absent_or_unreadable_refuses_nothing() {
    let with = account(Mode::Secure, Some(TOLERANCE));
    for created in ["", "<CreateTime></CreateTime>", "<CreateTime>yesterday</CreateTime>"] {
        let push = text(created);
        assert_eq!(receive(&with, &push, (THEN, NONCE), false, THEN), Ok(()), "{created}");
    }
    // A plain push can say anything of its time, so nothing is read from it.
    let push = text(&create_time(1));
    let query = format!("signature={}&timestamp={THEN}&nonce=n", with.sign(&THEN.to_string(), "n"));
    let compatible = account(Mode::Compatible, Some(TOLERANCE));
    let query = Query::parse(&query).unwrap();
    let received = compatible.receive(&query, push.as_bytes(), Timestamp::from_secs(THEN));
    assert!(!received.unwrap().was_sealed());
}

#[test]
fn explain_knows_the_time_inside() {
    let account = account(Mode::Secure, Some(TOLERANCE));
    let seal = Fresh::new([1; 16], Timestamp::from_secs(THEN)).nonce("n");
    let sealed = account.seal(text(&create_time(THEN - 301)).as_bytes(), seal).unwrap();
    let query = format!("timestamp={THEN}&nonce=n&msg_signature={}", sealed.msg_signature());
    let body = sealed.to_push_body(Format::Xml, "gh_0");
    let found = explain(&account, &query, body.as_bytes(), Timestamp::from_secs(THEN));
    let last = found.steps.last().unwrap();
    assert_eq!(last.finding, Finding::AgeOtherTime);
    assert!(last.facts.contains(&("CreateTime", (THEN - 301).to_string())), "{last:?}");
}

proptest! {
    #[test]
    fn what_is_in_time_is_what_the_description_says(
        sent in 0_u64..2000, now in 0_u64..2000, created in proptest::option::of(0_u64..2000),
        is_payment: bool,
    ) {
        let at = |second: u64| THEN + second;
        let created_text = created.map_or_else(String::new, |second| create_time(at(second)));
        let message = match is_payment {
            true => xml(&format!(
                "{created_text}<MsgType>event</MsgType><Event>xpay_refund_notify</Event>"
            )),
            false => text(&created_text),
        };
        let with = account(Mode::Secure, Some(TOLERANCE));
        let result = receive(&with, &message, (at(sent), 7), false, at(now));
        let in_time = reference::is_in_time(TOLERANCE, (now, sent), created, is_payment);
        prop_assert_eq!(result.is_ok(), in_time);
    }
}
