//! Every limit, at it and one beyond it.

use wxkf_core::api::{self, Response};
use wxkf_core::{Account, AccountKind, Code, Fresh, Inbound, Mode, Query, Reply, Timestamp};

fn decodes(body: &str) -> bool {
    match Inbound::decode_unverified(body.as_bytes()) {
        Ok(_) => true,
        Err(error) => {
            assert_eq!(error.code(), Code::BodyMalformed);
            false
        }
    }
}

#[test]
fn both_readers_of_xml_end_at_the_same_depth() {
    let nested = |depth: usize| format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
    // A comment means nothing, and only the general reader knows comments.
    let general = |depth| format!("<!---->{}", nested(depth));
    for depth in 1..=32 {
        assert!(decodes(&nested(depth)) && decodes(&general(depth)), "{depth}");
    }
    for depth in 33..=36 {
        assert!(!decodes(&nested(depth)) && !decodes(&general(depth)), "{depth}");
    }
}

#[test]
fn json_ends_at_the_same_depth() {
    let nested = |depth: usize| format!("{}1{}", r#"{"a":"#.repeat(depth), "}".repeat(depth));
    assert!(decodes(&nested(32)));
    assert!(!decodes(&nested(33)));
}

#[test]
fn elements_and_pieces_are_counted() {
    let children = |count: usize| format!("<xml>{}</xml>", "<a>1</a>".repeat(count));
    assert!(decodes(&children(16_383)) && decodes(&format!("<!---->{}", children(16_383))));
    assert!(!decodes(&children(16_384)) && !decodes(&format!("<!---->{}", children(16_384))));
    let entities = |count: usize| format!("<xml><a>{}</a></xml>", "&lt;".repeat(count));
    assert!(decodes(&entities(32_768)));
    assert!(!decodes(&entities(32_769)));
}

/// Too many readers end a text there.
#[test]
fn u_0000_is_refused_however_it_is_written() {
    for body in
        ["<xml><a>\0</a></xml>", "<xml><a><![CDATA[\0]]></a></xml>", "<xml><a>&#0;</a></xml>"]
    {
        assert!(!decodes(body) && !decodes(&format!("<!---->{body}")), "{body}");
    }
    for body in ["{\"a\":\"\0\"}", "{\"\0\":1}", "{\"a\":\"\\n\0\"}", "{\"a\":\"\\u0000\"}"] {
        assert!(!decodes(body), "{body}");
    }
}

/// An upload in base64 takes less than half of it.
#[test]
fn json_of_calls_may_have_64_mib() {
    const LARGEST: usize = 64 << 20;
    let json = |size: usize| {
        let around = r#"{"errcode":0,"x":""}"#.len();
        format!(r#"{{"errcode":0,"x":"{}"}}"#, "x".repeat(size - around))
    };
    let code = |size| {
        let json = json(size);
        let answer = api::decode("clear_quota", Response::new(200, json.as_bytes()));
        answer.err().map(|error| error.code())
    };
    assert_eq!(json(LARGEST).len(), LARGEST);
    assert_eq!(code(LARGEST), None);
    assert_eq!(code(LARGEST + 1), Some(Code::ResponseMalformed));
}

#[test]
fn what_a_program_writes_may_have_64_mib() {
    const LARGEST: usize = 64 << 20;
    let detail = |size: usize| {
        let around = r#"{"type":"text","content":""}"#.len();
        let json = format!(r#"{{"type":"text","content":"{}"}}"#, "x".repeat(size - around));
        assert_eq!(json.len(), size);
        let read = Reply::from_json(&json);
        read.err().map(|error| (error.code(), error.detail().map(String::from)))
    };
    assert_eq!(detail(LARGEST), None);
    for size in [LARGEST + 1, LARGEST + 2] {
        assert_eq!(detail(size), Some((Code::ReplyFieldInvalid, Some("too large".into()))));
    }
}

#[test]
fn a_body_may_be_as_large_as_configured() {
    let now = Timestamp::from_secs(1_763_700_000);
    let builder = || Account::builder(AccountKind::OfficialAccount, "wx", "token").max_body(3000);
    let plain = builder().mode(Mode::Plain).build().unwrap();
    let raw = format!("signature={}&timestamp=1&nonce=2", plain.sign("1", "2"));
    let query = Query::parse(&raw).unwrap();
    let body = |size: usize| format!("<xml><a>{}</a></xml>", "x".repeat(size - 18));
    assert_eq!(body(3000).len(), 3000);
    assert!(plain.receive(&query, body(3000).as_bytes(), now).is_ok());
    let code = |size| plain.receive(&query, body(size).as_bytes(), now).unwrap_err().code();
    assert_eq!(code(3001), Code::BodyTooLarge);

    // What sealing adds does not count.
    let secure = builder().encoding_aes_key(&"k".repeat(43)).build().unwrap();
    let sealed = secure.seal(body(3000).as_bytes(), Fresh::new([1; 16], now).nonce("2")).unwrap();
    let raw = format!(
        "timestamp={}&nonce=2&msg_signature={}",
        sealed.timestamp(),
        sealed.msg_signature()
    );
    let query = Query::parse(&raw).unwrap();
    let push = sealed.to_push_body(wxkf_core::Format::Xml, "gh_0123456789ab");
    assert!(push.len() > 3000);
    assert!(secure.receive(&query, push.as_bytes(), now).is_ok());
    let code = secure.receive(&query, &[b' '; 6000], now).unwrap_err().code();
    assert_eq!(code, Code::BodyTooLarge);
}

/// In compatible mode the plain copy stands beside the sealed one, and both may be as large.
#[test]
fn a_compatible_body_may_be_as_large_as_both_copies() {
    let now = Timestamp::from_secs(1_763_700_000);
    let account = Account::builder(AccountKind::OfficialAccount, "wx", "token")
        .encoding_aes_key(&"k".repeat(43))
        .mode(Mode::Compatible)
        .max_body(3000)
        .build()
        .unwrap();
    let field = format!("<a>{}</a>", "x".repeat(2982));
    let message = format!("<xml>{field}</xml>");
    assert_eq!(message.len(), 3000);
    let sealed = account.seal(message.as_bytes(), Fresh::new([1; 16], now).nonce("2")).unwrap();
    let body = format!("<xml>{field}<Encrypt>{}</Encrypt></xml>", sealed.encrypt());
    let raw = format!(
        "timestamp={}&nonce=2&msg_signature={}",
        sealed.timestamp(),
        sealed.msg_signature()
    );
    let query = Query::parse(&raw).unwrap();
    assert!(account.receive(&query, body.as_bytes(), now).unwrap().was_sealed());
    let filled = |size: usize| vec![b' '; size];
    let code = |size| account.receive(&query, &filled(size), now).unwrap_err().code();
    assert_eq!(code(account.largest_body()), Code::BodyMalformed);
    assert_eq!(code(account.largest_body() + 1), Code::BodyTooLarge);
}

/// Hosts stop reading there, so it is a promise how much it is.
#[test]
fn the_largest_body_is_told() {
    let largest = |mode, max_body: Option<usize>| {
        let account = Account::builder(AccountKind::OfficialAccount, "wx", "token");
        let account = account.encoding_aes_key(&"k".repeat(43)).mode(mode);
        match max_body {
            Some(bytes) => account.max_body(bytes),
            None => account,
        }
        .build()
        .unwrap()
        .largest_body()
    };
    // What base64 makes of it, and a kilobyte for the document around it.
    assert_eq!(largest(Mode::Plain, Some(3000)), 3000);
    assert_eq!(largest(Mode::Secure, Some(3000)), 4000 + 1024);
    assert_eq!(largest(Mode::Compatible, Some(3000)), 3000 + 4000 + 1024);
    assert_eq!(largest(Mode::Plain, None), 1 << 20);
    // No body is longer than half a gibibyte.
    assert_eq!(largest(Mode::Plain, Some(1 << 29)), 1 << 29);
    assert_eq!(largest(Mode::Plain, Some((1 << 29) + 1)), 1 << 29);
    assert_eq!(largest(Mode::Plain, Some(usize::MAX)), 1 << 29);
}

#[test]
fn every_control_character_but_white_space_is_kept_out_of_xml_replies() {
    let account = Account::builder(AccountKind::OfficialAccount, "wx", "token");
    let account = account.mode(Mode::Plain).build().unwrap();
    let now = Timestamp::from_secs(1);
    let raw = format!("signature={}&timestamp=1&nonce=2", account.sign("1", "2"));
    let query = Query::parse(&raw).unwrap();
    let xml = "<xml><ToUserName>gh</ToUserName><FromUserName>o</FromUserName></xml>";
    let json = r#"{"ToUserName":"gh","FromUserName":"o"}"#;
    let answers = |push: &str, character: char| {
        let received = account.receive(&query, push.as_bytes(), now).unwrap();
        let reply = Reply::text(format!("a{character}b"));
        account.reply(&received, &reply, Fresh::new([0; 16], now)).is_ok()
    };
    let beyond_xml = |c: char| match c {
        '\t' | '\n' | '\r' => false,
        '\u{fffe}' | '\u{ffff}' => true,
        _ => c < ' ',
    };
    let samples = ['\u{7f}', '\u{85}', '\u{ffbf}', '\u{fffd}', '\u{fffe}', '\u{ffff}', '你', '😀'];
    for character in ('\0'..=' ').chain(samples) {
        assert_eq!(answers(xml, character), !beyond_xml(character), "{character:?} in XML");
        assert_eq!(answers(json, character), character != '\0', "{character:?} in JSON");
    }
}

/// One account serves every thread of a host, and what it received may travel between them.
#[test]
fn what_a_host_shares_between_threads_can_be_shared() {
    fn shared<T: Send + Sync>() {}
    shared::<Account>();
    shared::<wxkf_core::Received>();
    shared::<Inbound>();
    shared::<wxkf_core::Error>();
}
