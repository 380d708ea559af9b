//! A push goes step by step, and each step tells what it knows by then, and no more.

use wxkf_core::{Account, AccountKind, Format, Fresh, Mode, Query, Timestamp};

const NOW: Timestamp = Timestamp::from_secs(1_763_700_000);
const MESSAGE: &str = "<xml><MsgType>text</MsgType><Content>hi</Content></xml>";

/// Who has changed the token, and who still signs with the old one.
fn accounts() -> [Account; 2] {
    let builder = |token| {
        let builder = Account::builder(AccountKind::OfficialAccount, "wx0123456789abcdef", token);
        builder.encoding_aes_key("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG")
    };
    [builder("new").previous_token("old"), builder("old")].map(|builder| builder.build().unwrap())
}

#[test]
fn a_query_tells_its_parameters() {
    let query = Query::parse(
        "signature=s&timestamp=1&nonce=a%2Bb&encrypt_type=aes&msg_signature=m&openid=o&x=y",
    )
    .unwrap();
    assert_eq!((query.timestamp(), query.nonce()), (Some("1"), Some("a+b")));
    assert_eq!((query.encrypt_type(), query.unsigned_openid()), (Some("aes"), Some("o")));
    assert_eq!(
        format!("{query:?}"),
        r#"Query { timestamp: Some("1"), nonce: Some("a+b"), encrypt_type: Some("aes"), has_signature: true, has_msg_signature: true, has_echostr: false, .. }"#
    );
    let query = Query::parse("").unwrap();
    assert_eq!((query.timestamp(), query.nonce()), (None, None));
    assert_eq!((query.encrypt_type(), query.unsigned_openid()), (None, None));
}

#[test]
fn a_sealed_push_tells_step_by_step() {
    let [account, sender] = accounts();
    let sealed = sender.seal(MESSAGE.as_bytes(), Fresh::new([1; 16], NOW).nonce("n")).unwrap();
    let query = format!("timestamp=1763700000&nonce=n&msg_signature={}", sealed.msg_signature());
    let body = sealed.to_push_body(Format::Xml, "gh_0");
    let query = Query::parse(&query).unwrap();
    let envelope = account.envelope(&query, body.as_bytes()).unwrap();
    assert_eq!(format!("{envelope:?}"), format!("Envelope {{ body_length: {}, .. }}", body.len()));
    let verified = envelope.verify(NOW).unwrap();
    assert_eq!(verified.token_index(), 1);
    assert_eq!(format!("{verified:?}"), "Verified { token_index: 1, .. }");
    let opened = verified.open().unwrap();
    assert_eq!((opened.as_bytes(), opened.was_sealed()), (MESSAGE.as_bytes(), true));
    assert_eq!(format!("{opened:?}"), "Plaintext { length: 55, was_sealed: true, .. }");
    let received = opened.decode().unwrap();
    assert_eq!(
        (received.was_sealed(), received.token_index(), received.key_index()),
        (true, 1, Some(0))
    );
}

#[test]
fn a_plain_push_tells_step_by_step() {
    let account = Account::builder(AccountKind::OfficialAccount, "wx0123456789abcdef", "new");
    let account = account.mode(Mode::Plain).build().unwrap();
    let query = format!("timestamp=1&nonce=n&signature={}", account.sign("1", "n"));
    let query = Query::parse(&query).unwrap();
    let verified = account.envelope(&query, MESSAGE.as_bytes()).unwrap().verify(NOW).unwrap();
    assert_eq!(verified.token_index(), 0);
    let opened = verified.open().unwrap();
    assert!(!opened.was_sealed());
    let received = opened.decode().unwrap();
    assert_eq!(
        (received.was_sealed(), received.token_index(), received.key_index()),
        (false, 0, None)
    );
}

#[test]
fn what_is_sealed_is_printed_without_what_is_in_it() {
    let [account, _] = accounts();
    let fresh = Fresh::new([1; 16], NOW).nonce("n");
    assert_eq!(format!("{fresh:?}"), "Fresh { now: Timestamp(1763700000000), .. }");
    let sealed = account.seal(MESSAGE.as_bytes(), fresh).unwrap();
    assert_eq!(
        format!("{sealed:?}"),
        r#"SealedMessage { timestamp: 1763700000, nonce: "n", length: 128, .. }"#
    );
}
