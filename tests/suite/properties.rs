//! What holds for every input, tried with random ones.

use proptest::prelude::*;
use wxkf_core::{
    Account, AccountKind, Code, Format, Fresh, Inbound, Mode, Origin, Query, Reply, Timestamp,
};

const NOW: Timestamp = Timestamp::from_secs(1_763_700_000);
const KEY_CHARACTERS: &str = "[A-Za-z0-9+/]{43}";

fn account(app_id: &str, token: &str, key: &str) -> Account {
    Account::builder(AccountKind::OfficialAccount, app_id, token)
        .encoding_aes_key(key)
        .build()
        .unwrap()
}

/// A push of `message`: its query string and its body.
fn push(account: &Account, format: Format, message: &[u8], random: [u8; 16]) -> (String, String) {
    let sealed = account.seal(message, Fresh::new(random, NOW).nonce("7f3a")).unwrap();
    let query = format!(
        "timestamp={}&nonce=7f3a&encrypt_type=aes&msg_signature={}",
        sealed.timestamp(),
        sealed.msg_signature()
    );
    (query, sealed.to_push_body(format, "gh_0"))
}

fn open(account: &Account, query: &str, body: &[u8]) -> Result<Vec<u8>, Code> {
    let query = Query::parse(query).map_err(|error| error.code())?;
    account
        .envelope(&query, body)
        .and_then(|envelope| envelope.verify(NOW))
        .and_then(|verified| verified.open())
        .map(|opened| opened.into_bytes())
        .map_err(|error| error.code())
}

fn formats() -> impl Strategy<Value = Format> {
    prop_oneof![Just(Format::Json), Just(Format::Xml)]
}

#[test]
fn every_length_and_so_every_padding_opens() {
    let account = account("wx0123456789abcdef", "token", &"a".repeat(43));
    let mut paddings = std::collections::BTreeSet::new();
    for length in 0..=300 {
        let message = vec![b'x'; length];
        for format in [Format::Json, Format::Xml] {
            let (query, body) = push(&account, format, &message, [1; 16]);
            assert_eq!(open(&account, &query, body.as_bytes()), Ok(message.clone()), "{length}");
        }
        paddings.insert(32 - (20 + length + 18) % 32);
    }
    assert_eq!(paddings.into_iter().collect::<Vec<_>>(), (1..=32).collect::<Vec<_>>());
}

#[test]
fn every_last_character_of_a_key_is_accepted_and_means_its_upper_four_bits() {
    let alphabet: Vec<_> = ('A'..='Z').chain('a'..='z').chain('0'..='9').collect();
    assert_eq!(alphabet.len(), 62);
    for (index, last) in alphabet.iter().enumerate() {
        let key = format!("{}{last}", "k".repeat(42));
        let ours = account("wx", "token", &key);
        let (query, body) = push(&ours, Format::Xml, b"m", [3; 16]);
        assert_eq!(open(&ours, &query, body.as_bytes()), Ok(b"m".to_vec()));
        // Two of the six bits are dropped: four neighbours in the alphabet are one key.
        let twin = format!("{}{}", "k".repeat(42), alphabet[index & !3]);
        let opened = open(&account("wx", "token", &twin), &query, body.as_bytes());
        assert_eq!(opened, Ok(b"m".to_vec()), "{last}");
    }
}

#[test]
fn numbers_keep_their_spelling() {
    use serde_json::json;
    for (number, serialized) in [
        ("0", json!(0)),
        ("23241477706429916", json!(23_241_477_706_429_916_u64)),
        ("18446744073709551615", json!(u64::MAX)),
        ("-9223372036854775808", json!(i64::MIN)),
        ("1.5", json!(1.5)),
        ("-0.0", json!(-0.0)),
        ("1e16", json!(1e16)),
        // What no number of any serializer is written as.
        ("-0", json!("-0")),
        ("1.50", json!("1.50")),
        ("1e5", json!("1e5")),
        ("1E400", json!("1E400")),
        ("18446744073709551616", json!("18446744073709551616")),
        ("0.10000000000000000000000000001", json!("0.10000000000000000000000000001")),
    ] {
        let text = format!("{{\"n\":{number}}}");
        let inbound = Inbound::decode_unverified(text.as_bytes()).unwrap();
        assert_eq!(inbound.field("n"), Some(number));
        assert_eq!(wxkf_core::to_json(&inbound.tree()), text);
        assert_eq!(serde_json::to_value(inbound.tree()).unwrap(), json!({ "n": serialized }));
    }
}

#[test]
fn a_tree_is_itself_in_what_is_no_json() {
    let push =
        r#"{"Event":"x","n":1.50,"m":-7,"f":2.5,"huge":1e400,"yes":true,"list":[1,{"a":"b"}]}"#;
    let inbound = Inbound::decode_unverified(push.as_bytes()).unwrap();
    let written = toml::to_string(&inbound.tree()).unwrap();
    let read: toml::Value = toml::from_str(&written).unwrap();
    let expected: toml::Value = toml::from_str(
        "Event = 'x'\nn = '1.50'\nm = -7\nf = 2.5\nhuge = '1e400'\nyes = true\nlist = [1, {a = 'b'}]",
    )
    .unwrap();
    assert_eq!(read, expected);
    assert!(!written.contains("private"), "{written}");
    // The typed content of a push with a tree in it.
    let push = r#"{"MsgType":"event","Event":"open_product_order_pay","order_info":{"price":1.50,"id":9007199254740993}}"#;
    let inbound = Inbound::decode_unverified(push.as_bytes()).unwrap();
    let typed = serde_json::to_value(&inbound).unwrap();
    assert_eq!(typed["content"]["order_info"]["price"], "1.50");
    assert_eq!(typed["content"]["order_info"]["id"], "9007199254740993");
}

#[test]
fn what_programs_write_is_json_by_the_book() {
    use wxkf_core::{JsonObject, Policy, ReplyTo, api};
    let all = |control: char| {
        let reply = format!(r#"{{"type":"text","content":"a{control}"}}"#);
        let to = format!(
            r#"{{"format":"xml","from":"o{control}","to":"gh","kind":"text","nonce":"1","is_event":false,"token_index":0,"key_index":null,"id_index":0}}"#
        );
        let params =
            format!(r#"{{"touser":"o","msgtype":"text","text":{{"content":"a{control}"}}}}"#);
        [
            Reply::from_json(&reply).is_ok(),
            ReplyTo::from_json(&to).is_ok(),
            api::request("message.custom.send", &params).is_ok(),
            JsonObject::parse(&params).is_ok(),
            Policy::from_json(&format!(r#"{{"preset":"mini_program","{control}":1}}"#)).is_ok(),
            Policy::from_json(&format!("\"mini_program{control}\"")).is_ok(),
        ]
    };
    for control in '\0'..' ' {
        assert_eq!(all(control), [false; 6], "{control:?}");
    }
    assert_eq!(all(' '), [true, true, true, true, false, false]);
}

proptest! {
    #[test]
    fn raw_control_characters_are_read_as_they_stand(text in "[ -~\u{1}-\u{1f}\u{7f}你😀]{0,12}", name in "[a\u{1}-\u{1f}]{1,3}") {
        // What WeChat's JSON leaves raw, and what it escapes.
        let raw = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
        let json = format!("{{\"{}\":[\"{}\"]}}", raw(&name), raw(&text));
        let inbound = Inbound::decode_unverified(json.as_bytes()).unwrap();
        prop_assert_eq!(inbound.raw(), json.as_bytes());
        let value = serde_json::json!({ name: [text] });
        prop_assert_eq!(serde_json::from_str::<serde_json::Value>(&wxkf_core::to_json(&inbound.tree())).unwrap(), value);
        wxkf_tests::fuzz::json(json.as_bytes());
    }

    #[test]
    fn what_is_sealed_opens(
        message in proptest::collection::vec(any::<u8>(), 0..600),
        key in KEY_CHARACTERS,
        padding in "[ \t\r\n\u{a0}\u{3000}\u{200b}\u{feff}]{0,3}",
        token in "[!-~]{1,32}",
        app_id in "wx[!-~]{0,38}",
        random: [u8; 16],
        format in formats(),
    ) {
        let [id, pasted, key] =
            [&app_id, &token, &key].map(|text| format!("{padding}{text}{padding}"));
        let account = account(&id, &pasted, &key);
        prop_assert_eq!(account.app_id(), &app_id);
        prop_assert_eq!(
            account.sign("1", "2"),
            super::reference::signature(&[token.as_str(), "1", "2"])
        );
        let (query, body) = push(&account, format, &message, random);
        prop_assert_eq!(open(&account, &query, body.as_bytes()), Ok(message));
    }

    #[test]
    fn a_flipped_bit_in_anything_the_signature_covers_is_refused(
        message in "[a-z]{0,80}",
        at: proptest::sample::Index,
        bit in 0..7u32,
        part in 0..3usize,
        format in formats(),
    ) {
        let account = account("wx0123456789abcdef", "token", &"Q".repeat(43));
        let (query, body) = push(&account, format, message.as_bytes(), [5; 16]);
        let flip = |text: &str, range: std::ops::Range<usize>| {
            let mut bytes = text.as_bytes().to_vec();
            bytes[range.start + at.index(range.len())] ^= 1 << bit;
            bytes
        };
        let place = |text: &str, from: &str, to: &str| {
            let start = text.find(from).unwrap() + from.len();
            start..start + text[start..].find(to).unwrap()
        };
        let result = match part {
            0 => {
                let (from, to) = match format {
                    Format::Json => ("\"Encrypt\":\"", "\""),
                    _ => ("<Encrypt><![CDATA[", "]]>"),
                };
                open(&account, &query, &flip(&body, place(&body, from, to)))
            }
            _ => {
                let from = ["", "timestamp=", "nonce="][part];
                let flipped = flip(&query, place(&query, from, "&"));
                // A flip may make it a separator or an escape; those are refused too.
                open(&account, &String::from_utf8_lossy(&flipped), body.as_bytes())
            }
        };
        prop_assert!(result.is_err(), "{:?}", result);
    }

    #[test]
    fn any_bytes_are_received_or_an_error_of_the_peer(
        query in "([a-z_]{0,8}=?[ -~]{0,8}&?){0,4}|signature=[0-9a-f]{40}&timestamp=1&nonce=2(&msg_signature=[0-9a-f]{40})?",
        body in proptest::collection::vec(any::<u8>(), 0..300),
        mode in prop_oneof![Just(Mode::Plain), Just(Mode::Compatible), Just(Mode::Secure)],
    ) {
        let account = Account::builder(AccountKind::MiniProgram, "wx", "token")
            .encoding_aes_key(&"b".repeat(43)).mode(mode).build().unwrap();
        let received = Query::parse(&query).and_then(|query| account.receive(&query, &body, NOW));
        if let Err(error) = received {
            prop_assert_eq!(error.origin(), Origin::Peer);
        }
    }

    #[test]
    fn every_document_reads_the_same_with_and_without_the_short_path(
        document in xml_document(),
    ) {
        // A comment means nothing, and only the general reader knows comments.
        let general = format!("<!---->{document}");
        let tree = |text: &str| {
            let inbound = Inbound::decode_unverified(text.as_bytes())?;
            Ok::<_, wxkf_core::Error>((
                serde_json::to_string(&inbound.tree()).unwrap(),
                serde_json::to_string(&inbound).unwrap(),
                leaves(inbound.tree()),
            ))
        };
        let (short, general) = (tree(&document), tree(&general));
        prop_assert_eq!(short.clone().map_err(|e| e.code()), general.map_err(|e| e.code()));
        // However a line ends: XML 1.0, 2.11.
        let unix = tree(&document.replace("\r\n", "\n").replace('\r', "\n"));
        prop_assert_eq!(short.map_err(|e| e.code()), unix.map_err(|e| e.code()));
    }

    #[test]
    fn any_json_reads_as_serde_json_reads_it(value in json_value(), pretty: bool, cut: proptest::sample::Index) {
        let value = serde_json::json!({ "root": value });
        let text = match pretty {
            true => serde_json::to_string_pretty(&value).unwrap(),
            false => value.to_string(),
        };
        prop_assert!(Inbound::decode_unverified(text.as_bytes()).is_ok(), "{}", text);
        wxkf_tests::fuzz::json(text.as_bytes());
        // And with one byte lost.
        let mut bytes = text.into_bytes();
        bytes.remove(cut.index(bytes.len()));
        wxkf_tests::fuzz::json(&bytes);
    }

    #[test]
    fn a_reply_reads_back_exactly(text in "\\PC{0,40}(\\]\\]>)?\\PC{0,10}[\\n\\t]?", format in formats()) {
        wxkf_tests::fuzz::reply(text.as_bytes());
        let account = account("wx", "token", &"c".repeat(43));
        let message = match format {
            Format::Json => r#"{"ToUserName":"gh","FromUserName":"o","MsgType":"text","MsgId":1}"#,
            _ => "<xml><ToUserName>gh</ToUserName><FromUserName>o</FromUserName>\
                  <MsgType>text</MsgType><MsgId>1</MsgId></xml>",
        };
        let (query, body) = push(&account, format, message.as_bytes(), [2; 16]);
        // The unsigned outside names another account than the message.
        let received = account.receive(&Query::parse(&query).unwrap(), body.as_bytes(), NOW);
        prop_assert_eq!(received.map(drop).map_err(|e| e.code()), Err(Code::RecipientMismatch));
        let body = body.replace("gh_0", "gh");
        let query = Query::parse(&query).unwrap();
        let received = account.receive(&query, body.as_bytes(), NOW).unwrap();
        let answer = account.reply(&received, &Reply::text(&text), Fresh::new([4; 16], NOW));
        prop_assert_eq!(answer.is_err(), text.is_empty());
    }
}

fn json_value() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<u64>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        (-1e9..1e9).prop_map(Into::into),
        "[ -~\\n\\t\u{1}你😀\"\\\\/]{0,12}".prop_map(Into::into),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Into::into),
            proptest::collection::btree_map("[a-z\"你]{0,4}", inner, 0..4)
                .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
        ]
    })
}

/// Every leaf with and without its layout.
fn leaves(node: wxkf_core::Node<'_>) -> Vec<(String, Option<String>, Option<String>)> {
    let own = |text: Option<&str>| text.map(ToOwned::to_owned);
    let leaf = (node.name().to_owned(), own(node.text()), own(node.exact_text()));
    [leaf].into_iter().chain(node.children().flat_map(leaves)).collect()
}

/// Documents of the shape that pushes have, and some that are a little off.
fn xml_document() -> impl Strategy<Value = String> {
    let name = prop_oneof![
        Just("ToUserName".to_owned()),
        Just("Content".to_owned()),
        Just("item".to_owned()),
        "[A-Za-z_][A-Za-z0-9_]{0,5}",
    ];
    let text = prop_oneof![
        "[0-9]{0,4}",
        "[ \\r\\n]{0,3}",
        "[a-z&;<>\\]\\[ 你\u{1}\r\n]{0,8}",
        "[a\r\n]{0,4}",
        Just("&lt;".to_owned()),
        Just("&#13;\r\n&#xA;".to_owned()),
        Just("]]>".to_owned()),
    ];
    let leaf = (name.clone(), text, 0..6u8).prop_map(|(name, text, shape)| match shape {
        0 | 1 => format!("<{name}><![CDATA[{text}]]></{name}>"),
        2 => format!("<{name}>{text}</{name}>"),
        3 => format!("<{name}>\r\n <![CDATA[{text}]]>\r</{name}>"),
        4 => format!("<{name}/>"),
        _ => format!("<{name} a='b'>{text}</{name} >"),
    });
    let element = leaf.prop_recursive(4, 24, 4, move |inner| {
        let between = "[ \\r\\n]{0,2}|[ \\n]?t|&lt;|&x;";
        (name.clone(), proptest::collection::vec(inner, 0..4), between).prop_map(
            |(name, inner, space)| format!("<{name}>{space}{}{space}</{name}>", inner.concat()),
        )
    });
    (proptest::collection::vec(element, 0..5), "[ \\n]{0,2}", "[ \\n]{0,2}").prop_map(
        |(elements, space, after)| format!("<xml>{space}{}</xml>{after}", elements.join(&space)),
    )
}
