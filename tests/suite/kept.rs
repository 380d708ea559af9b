//! What a host keeps between a push and its answer: a few words of JSON, which any version may read.

use wxkf_core::{
    Account, AccountBuilder, AccountKind, Code, Format, Fresh, Query, Received, Reply, ReplyTo,
    Timestamp, to_json,
};

const KEY: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
const OTHER_KEY: &str = "0123456789ABCDEFGabcdefghijklmnopqrstuvwxyz";
const NOW: Timestamp = Timestamp::from_secs(1_763_700_000);
const MESSAGE: &str = "<xml><ToUserName>gh_0</ToUserName><FromUserName>user</FromUserName>\
                       <MsgType>text</MsgType><Content>hi</Content><MsgId>1</MsgId></xml>";

fn builder(app_id: &str, token: &str) -> AccountBuilder {
    Account::builder(AccountKind::OfficialAccount, app_id, token)
}

/// Who sends with the token, the key and the id of yesterday.
fn sender() -> Account {
    builder("wxcomponent", "old").encoding_aes_key(OTHER_KEY).build().unwrap()
}

/// Who knows what was in force yesterday.
fn account() -> Account {
    let account = builder("wx0123456789abcdef", "new").encoding_aes_key(KEY);
    let account = account.previous_token("old").previous_encoding_aes_key(OTHER_KEY);
    account.accept_id("wxcomponent").build().unwrap()
}

fn received() -> Received {
    let sealed = sender().seal(MESSAGE.as_bytes(), Fresh::new([1; 16], NOW).nonce("n")).unwrap();
    let query = format!("timestamp=1763700000&nonce=n&msg_signature={}", sealed.msg_signature());
    let body = sealed.to_push_body(Format::Xml, "gh_0");
    account().receive(&Query::parse(&query).unwrap(), body.as_bytes(), NOW).unwrap()
}

/// Hosts store it: never to be changed.
const KEPT: &str = r#"{"format":"xml","from":"user","to":"gh_0","kind":"text","nonce":"n","is_event":false,"token_index":1,"key_index":1,"id_index":1}"#;

#[test]
fn what_is_kept_of_a_push_is_what_it_was() {
    assert_eq!(to_json(&received().reply_to()), KEPT);
}

#[test]
fn the_answer_to_what_was_kept_is_the_answer_to_the_push() {
    let answer = |to: ReplyTo<'_>| {
        let seal = Fresh::new([2; 16], NOW);
        account().reply(to, &Reply::text("hello"), seal).unwrap().bytes
    };
    let received = received();
    assert_eq!(answer(ReplyTo::from_json(KEPT).unwrap()), answer(received.reply_to()));
    // Of a push that was not sealed, neither is the answer.
    let open = KEPT.replace("\"key_index\":1", "\"key_index\":null");
    let answer = String::from_utf8(answer(ReplyTo::from_json(&open).unwrap())).unwrap();
    assert!(answer.contains("<![CDATA[hello]]>"), "{answer}");
}

#[test]
fn what_is_printed_of_a_push_is_how_it_was_proved() {
    let received = received();
    assert_eq!(
        format!("{received:?}"),
        "Received { inbound: Inbound { kind: \"text\", to: Some(\"gh_0\"), from: Some(\"user\"), created: None, \
         msg_id: Some(Id(\"1\")), .. }, was_sealed: true, token_index: 1, key_index: Some(1), .. }"
    );
    assert_eq!(format!("{:?}", received.reply_to()), "ReplyTo { format: Xml, kind: \"text\", .. }");
    assert_eq!(
        format!("{:?}", account()),
        r#"Account { kind: OfficialAccount, mode: Secure, accepted_ids: ["wx0123456789abcdef", "wxcomponent"], tokens: 2, keys: 2, tolerance: None, .. }"#
    );
}

#[test]
fn what_a_mini_program_may_answer_is_told() {
    let account = Account::builder(AccountKind::MiniProgram, "wx0123456789abcdef", "new");
    let account = account.encoding_aes_key(KEY).build().unwrap();
    let to = KEPT.replace("_index\":1", "_index\":0");
    let refused = |reply: &Reply| {
        let answer =
            account.reply(ReplyTo::from_json(&to).unwrap(), reply, Fresh::new([2; 16], NOW));
        answer.err().map(|error| (error.code(), error.detail().map(String::from)))
    };
    let unsupported = |detail: &str| Some((Code::ReplyUnsupported, Some(detail.into())));
    let chosen = Some("test1@kftest".into());
    assert_eq!(refused(&Reply::TransferCustomerService { kf_account: None }), None);
    assert_eq!(
        refused(&Reply::TransferCustomerService { kf_account: chosen }),
        unsupported("a mini program cannot choose the agent")
    );
    assert_eq!(
        refused(&Reply::text("hi")),
        unsupported("a mini program answers through the customer-service API")
    );
    assert_eq!(refused(&Reply::Success), None);
}

/// A store may have made texts or numbers of a flag.
#[test]
fn what_was_kept_reads_back_the_same() {
    let read = |json: &str| to_json(&ReplyTo::from_json(json).unwrap());
    assert_eq!(read(KEPT), KEPT);
    let event = KEPT.replace("\"is_event\":false", "\"is_event\":true");
    assert_eq!(read(&event), event);
    for (flag, whole) in [("0", KEPT), ("\"false\"", KEPT), ("1", &event), ("\"true\"", &event)] {
        let kept = KEPT.replace("\"is_event\":false", &format!("\"is_event\":{flag}"));
        assert_eq!(read(&kept), whole, "{flag}");
    }
}

#[test]
fn what_lacks_something_was_not_kept() {
    for (whole, part) in [
        ("\"format\":\"xml\"", "\"format\":\"yaml\""),
        ("\"format\":\"xml\",", ""),
        ("\"from\":\"user\",", ""),
        ("\"to\":\"gh_0\",", ""),
        ("\"kind\":\"text\",", ""),
        ("\"nonce\":\"n\",", ""),
        ("\"is_event\":false,", ""),
        ("\"is_event\":false", "\"is_event\":2"),
        ("\"token_index\":1,", ""),
        ("\"token_index\":1", "\"token_index\":-1"),
        (",\"id_index\":1", ""),
        ("{", "["),
    ] {
        let error = ReplyTo::from_json(&KEPT.replacen(whole, part, 1)).unwrap_err();
        assert_eq!((error.code(), error.field()), (Code::ReplyFieldInvalid, Some("reply_to")));
    }
}

/// A key that this account does not have is no way to answer in the clear.
#[test]
fn what_was_kept_by_an_account_with_more_keys_is_not_answered() {
    for (name, index) in [("token_index", 2), ("key_index", 2), ("id_index", 2)] {
        let kept = KEPT.replace(&format!("\"{name}\":1"), &format!("\"{name}\":{index}"));
        let seal = Fresh::new([2; 16], NOW);
        let answer = account().reply(ReplyTo::from_json(&kept).unwrap(), &Reply::text("x"), seal);
        assert!(answer.is_err(), "{name}");
    }
}
