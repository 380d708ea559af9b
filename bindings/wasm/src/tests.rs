//! The border as JavaScript asks it, run natively: what crosses, and how.

use super::{Operation, call};

#[derive(Clone, Copy)]
enum Given<'a> {
    Bytes(&'a [u8]),
    Number(f64),
    Nothing,
    Text(&'a str),
}
use Given::{Bytes, Nothing, Number, Text};

const KEY: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
const NOW: Given<'_> = Number(1_763_700_000_000.0);
const MESSAGE: &str = "<xml><ToUserName>gh_0</ToUserName><FromUserName>user</FromUserName>\
                       <MsgType>text</MsgType><Content>hi</Content><MsgId>7</MsgId></xml>";

/// How the answer crosses, and the answer.
fn ask(operation: Operation, object: u32, given: &[Given<'_>]) -> (u8, String) {
    let mut frame = Vec::new();
    for it in given {
        match it {
            Number(number) => frame.extend(number.to_le_bytes()),
            Nothing => frame.extend(u32::MAX.to_le_bytes()),
            Bytes(bytes) => {
                frame.extend(u32::try_from(bytes.len()).unwrap().to_le_bytes());
                frame.extend(*bytes);
            }
            Text(text) => {
                frame.extend(u32::try_from(text.len()).unwrap().to_le_bytes());
                frame.extend(text.bytes());
            }
        }
    }
    let mut answer = call(operation as u32, object, &frame);
    let kind = answer.pop().unwrap();
    (kind, String::from_utf8(answer).unwrap())
}

#[test]
fn an_object_is_made_asked_and_gone() {
    let policy = [Text("\"mini_program\""), Nothing];
    assert_eq!(ask(Operation::Conversation, 0, &policy), (3, "0\n".into()));
    assert_eq!(ask(Operation::Conversation, 0, &policy), (3, "1\n".into()));
    let message = [Text("k"), Text("message"), Number(f64::NAN), Number(f64::NAN), Number(9.0)];
    assert_eq!(ask(Operation::ConversationObserve, 1, &message), (2, "new".into()));
    assert_eq!(ask(Operation::ConversationObserve, 1, &message), (2, "repeat".into()));
    assert_eq!(ask(Operation::ConversationObserve, 0, &message), (2, "new".into()));
    assert_eq!(ask(Operation::DedupeSize, 1, &[]), (1, String::new()));
    assert_eq!(ask(Operation::Free, 0, &[Number(1.0)]).0, 1);
    assert_eq!(ask(Operation::ConversationObserve, 1, &message), (4, String::new()));
    assert_eq!(ask(Operation::ConversationKeepUntil, 7, &[]).0, 4);
    assert_eq!(ask(Operation::Conversation, 0, &policy), (3, "1\n".into()));
    assert_eq!(ask(Operation::ConversationObserve, 1, &message), (2, "new".into()));
}

#[test]
fn each_answer_is_told_by_its_last_byte() {
    assert_eq!(ask(Operation::TokenKeeper, 0, &[Text("dice"), Nothing]), (1, String::new()));
    assert_eq!(ask(Operation::TokenKeeper, 0, &[Text("authorizer"), Text("secret")]).0, 3);
    assert_eq!(ask(Operation::TokenKeeperRefreshToken, 0, &[]), (2, "secret".into()));
    assert_eq!(ask(Operation::TokenKeeper, 0, &[Text("token"), Nothing]).0, 3);
    assert_eq!(ask(Operation::TokenKeeperRefreshToken, 1, &[]), (1, String::new()));
    let (kind, error) = ask(Operation::Request, 0, &[Text("no.such"), Text("{}"), Nothing]);
    assert_eq!((kind, error.contains("\"code\":\"request.unsupported\"")), (0, true), "{error}");
}

#[test]
fn what_is_not_asked_properly_has_no_answer() {
    assert_eq!(call(u32::MAX, 0, &[]), [1]);
    for frame in [&[][..], &[1], &[255; 3], &[9, 0, 0, 0, 1], &[255; 40]] {
        for operation in 0..u32::try_from(super::OPERATIONS.len()).unwrap() {
            assert!(call(operation, 0, frame).last().is_some_and(|kind| *kind < 5));
        }
    }
}

/// The number of a new object, and what is known of it.
fn made(operation: Operation, given: &[Given<'_>]) -> (u32, String) {
    made_by(operation, 0, given)
}

fn made_by(operation: Operation, object: u32, given: &[Given<'_>]) -> (u32, String) {
    let (kind, answer) = ask(operation, object, given);
    assert_eq!(kind, 3, "{answer}");
    let (number, about) = answer.split_once('\n').unwrap();
    (number.parse().unwrap(), about.into())
}

fn secure() -> (u32, String) {
    let kind_id_token = [Text("official_account"), Text(" wx0123456789abcdef "), Text("token")];
    let options = [Text("encoding_aes_key"), Text(KEY), Text("max_body"), Text("3000")];
    made(Operation::Account, &[kind_id_token.as_slice(), &options].concat())
}

/// The query of a sealed push, and its body.
fn push(account: u32) -> (String, String) {
    let sealing = [Text(MESSAGE), Bytes(&[1; 16]), Text("n"), NOW];
    let (sealed, parts) = made_by(Operation::AccountSeal, account, &sealing);
    let parts: Vec<_> = parts.lines().collect();
    let [encrypt, signature, timestamp, nonce] = parts[..] else { panic!("{parts:?}") };
    assert_eq!((timestamp, nonce), ("1763700000", "n"));
    let (kind, body) = ask(Operation::SealedBody, sealed, &[Text("xml"), Text("gh_0")]);
    assert!(kind == 2 && body.contains(encrypt), "{body}");
    (format!("timestamp={timestamp}&nonce={nonce}&msg_signature={signature}"), body)
}

#[test]
fn an_account_says_its_mode_its_largest_body_and_its_id() {
    assert_eq!(secure().1, "secure\n5024\nwx0123456789abcdef");
    let (_, plain) = made(
        Operation::Account,
        &[Text("mini_program"), Text("wx1"), Text("t"), Text("mode"), Text("plain")],
    );
    assert_eq!(plain, "plain\n1048576\nwx1");
}

#[test]
fn an_account_that_cannot_be_says_which_option_it_is() {
    let new = |kind, option: &[Given<'_>]| {
        ask(Operation::Account, 0, &[&[Text(kind), Text("wx1"), Text("t")], option].concat())
    };
    assert_eq!(new("dice", &[]), (2, "kind".into()));
    let mode = new("mini_program", &[Text("mode"), Text("open")]);
    assert_eq!(mode, (2, "mode".into()));
    let (kind, error) = new("mini_program", &[]);
    assert!(kind == 0 && error.contains("config.mode_needs_key"), "{error}");
}

#[test]
fn a_push_is_received_opened_explained_and_answered() {
    let (account, _) = secure();
    let (query, body) = push(account);
    let given = [Text(&query), Text(&body), NOW];
    let (kind, received) = ask(Operation::AccountReceive, account, &given);
    assert_eq!(kind, 2, "{received}");
    assert!(received.starts_with(r#"{"sealed":true,"format":"xml","key_index":0,"#), "{received}");
    assert_eq!(ask(Operation::AccountOpen, account, &given), (2, MESSAGE.into()));
    let (_, explained) = ask(Operation::AccountExplain, account, &given);
    assert!(explained.starts_with(r#"{"accepted":true,"#), "{explained}");

    let to = r#"{"format":"xml","from":"user","to":"gh_0","kind":"text","nonce":"n","is_event":false,"token_index":0,"key_index":0,"id_index":0}"#;
    let quoted = format!("\"reply_to\":\"{}\"", to.replace('"', "\\\""));
    assert!(received.contains(&quoted), "{received}");
    let answer = |nonce| {
        let reply = Text(r#"{"type":"text","content":"hello"}"#);
        let given = [Text(to), reply, Bytes(&[2; 16]), nonce, NOW];
        let (kind, body) = ask(Operation::AccountReply, account, &given);
        assert_eq!(kind, 2, "{body}");
        body
    };
    // The nonce that is given, or else that of the push.
    assert!(answer(Text("m")).contains("<Nonce><![CDATA[m]]></Nonce>"));
    assert!(answer(Nothing).contains("<Nonce><![CDATA[n]]></Nonce>"));
}

/// What is not given is not there, and what comes behind it is read.
#[test]
fn what_is_absent_has_no_bytes() {
    let (keeper, _) = made(Operation::TokenKeeper, &[Text("authorizer"), Text("one")]);
    let Some(fetch) = fetch_of(keeper, 0.0) else { panic!() };
    let given = [Number(fetch), Text("T"), Number(7200.0), Nothing, Number(1000.0)];
    assert_eq!(ask(Operation::TokenKeeperFetched, keeper, &given), (2, "applied".into()));
    assert_eq!(ask(Operation::TokenKeeperRefreshToken, keeper, &[]), (2, "one".into()));
    // The moment behind it was read: so long the token is good.
    let step = ask(Operation::TokenKeeperStep, keeper, &[Number(1000.0)]);
    assert_eq!(step, (2, r#"{"use":"T"}"#.into()));
}

/// The id of the fetch that a keeper asks for, as the JSON says it.
fn fetch_of(keeper: u32, now: f64) -> Option<f64> {
    let (_, step) = ask(Operation::TokenKeeperStep, keeper, &[Number(now)]);
    step.strip_prefix(r#"{"fetch":"#)?.split(',').next()?.parse().ok()
}

/// `NaN` is no moment and no flag: a push without a time counts from now, and one with a time from then.
#[test]
fn what_is_no_number_is_absent() {
    let opens = |at| {
        let (it, _) = made(Operation::Conversation, &[Text("\"mini_program\""), Nothing]);
        let push = [Text("k"), Text("message"), Number(f64::NAN), at, NOW];
        assert_eq!(ask(Operation::ConversationObserve, it, &push), (2, "new".into()));
        let (_, allowance) = ask(Operation::ConversationAllowance, it, &[NOW]);
        allowance.contains(r#""at_least":5"#)
    };
    assert!(opens(Number(f64::NAN)) && opens(NOW));
    assert!(!opens(Number(0.0)));
    let (it, _) = made(Operation::Conversation, &[Text("\"mini_program\""), Nothing]);
    let (_, settled) =
        ask(Operation::ConversationSettle, it, &[Number(1.0), Text("?"), Number(f64::NAN), NOW]);
    assert_eq!(settled, "");
}

#[test]
fn a_request_is_checked_for_the_kind_of_the_account() {
    let params = r#"{"touser":"o","msgtype":"text","text":{"content":"hi"},"businessid":7}"#;
    let ask_as =
        |kind| ask(Operation::Request, 0, &[Text("message.custom.send"), Text(params), kind]);
    for kind in [Nothing, Text("mini_program")] {
        let (kind, request) = ask_as(kind);
        assert_eq!(kind, 2, "{request}");
        let (head, body) = request.split_once('\n').unwrap();
        assert!(head.contains(r#""path":"/cgi-bin/message/custom/business/send""#), "{head}");
        assert!(body.contains("businessid"), "{body}");
    }
    let (kind, error) = ask_as(Text("official_account"));
    assert!(kind == 0 && error.contains(r#""field":"businessid""#), "{error}");
}

#[test]
fn a_file_has_the_name_that_was_answered_beside_it() {
    let outcome = |disposition| {
        let about = [Text("media.get"), Number(200.0), Text("image/jpeg"), disposition];
        let file = [Bytes(&[0xff, 0xd8, 0xff, 0xe0])];
        ask(Operation::DecodeResponse, 0, &[&about[..], &file].concat())
    };
    assert_eq!(
        outcome(Text("attachment; filename=\"a.jpg\"")),
        (
            2,
            r#"{"accepted":{"content_type":"image/jpeg","filename":"a.jpg","media_base64":""}}"#
                .into()
        )
    );
    assert_eq!(
        outcome(Nothing),
        (2, r#"{"accepted":{"content_type":"image/jpeg","media_base64":""}}"#.into())
    );
}

#[test]
fn a_text_is_split_by_bytes_and_parts() {
    let split = ask(Operation::SplitText, 0, &[Text("one two three"), Number(8.0), Number(1.0)]);
    assert_eq!(split, (2, r#"{"parts":["one two "],"rest":"three"}"#.into()));
}

#[test]
fn a_memory_is_asked_like_the_others() {
    let (memory, _) = made(Operation::Dedupe, &[Number(10.0), Number(60_000.0), Nothing]);
    let seen = |at| ask(Operation::DedupeObserve, memory, &[Text("k"), Number(at)]);
    assert_eq!(ask(Operation::DedupeSize, memory, &[]), (2, "0".into()));
    assert_eq!(seen(1000.0), (1, String::new()));
    assert_eq!(seen(2000.0), (2, "1000".into()));
    assert_eq!(ask(Operation::DedupeSize, memory, &[]), (2, "1".into()));
}

#[test]
fn a_return_code_settles_what_it_says() {
    let held = |errcode| {
        let (it, _) = made(Operation::Conversation, &[Text("\"mini_program\""), Nothing]);
        let push = [Text("k"), Text("message"), Number(f64::NAN), NOW, NOW];
        ask(Operation::ConversationObserve, it, &push);
        let (_, reserved) = ask(Operation::ConversationReserve, it, &[NOW]);
        let id = reserved.strip_prefix(r#"{"id":"#).unwrap().split(',').next().unwrap();
        let settled = [Number(id.parse().unwrap()), Text("no_such"), Number(errcode), NOW];
        let (_, settled) = ask(Operation::ConversationSettle, it, &settled);
        (settled, ask(Operation::ConversationAllowance, it, &[NOW]).1)
    };
    let told = |at_least, at_most| {
        format!(
            r#"{{"at_least":{at_least},"at_most":{at_most},"held":0,"closes_at":1763872800000}}"#
        )
    };
    let applied = r#"{"settled":"applied"}"#.to_owned();
    assert_eq!(held(0.0), (applied.clone(), told(4, 4)));
    assert_eq!(held(-1.0), (applied, told(4, 5)));
    let again = r#"{"settled":"retry_after","retry_after_ms":1000}"#.to_owned();
    assert_eq!(held(45047.0), (again, told(0, 5)));
}

/// A tap on a menu is a message, and an event of a menu is none: typing is shown for a message only.
#[test]
fn a_flag_is_one_or_zero() {
    for (flag, is_shown) in [(1.0, true), (0.0, false)] {
        let (it, _) = made(Operation::Conversation, &[Text("\"official_account\""), Nothing]);
        let push = [Text("k"), Text("menu"), Number(flag), NOW, NOW];
        ask(Operation::ConversationObserve, it, &push);
        let (_, typing) = ask(Operation::ConversationStartTyping, it, &[NOW]);
        assert_eq!(typing.contains("refused"), !is_shown, "{typing}");
    }
}
