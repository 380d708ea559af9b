//! The bodies of the fuzz targets. Each states its invariant in its first line and panics when it
//! is broken; on stable the committed corpora are replayed through them.

use std::collections::BTreeMap;

use serde_json::value::RawValue;
use wxkf_core::{
    Account, AccountKind, Check, Code, Format, Fresh, Inbound, Mode, Node, NodeKind, Origin, Query,
    Reply, Timestamp, Verdict, explain, to_json,
};

mod calls;
mod machines;

pub use calls::{check_answer, check_split, request, response, split};
pub use machines::{conversation, restore};
pub use wxkf_c_drive::drive as abi;

const TOKEN: &str = "fuzzToken";
const KEY: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
const NOW: Timestamp = Timestamp::from_secs(1_763_700_000);

/// A target: its name, which is also the name of its corpus, and its body.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: &[Target] = &[
    ("query", query),
    ("envelope", envelope),
    ("xml", xml),
    ("json", json),
    ("reply", reply),
    ("request", request),
    ("response", response),
    ("split", split),
    ("restore", restore),
    ("conversation", conversation),
    ("abi", abi),
];

fn account(mode: Mode) -> Account {
    Account::builder(AccountKind::OfficialAccount, "wx0123456789abcdef", TOKEN)
        .encoding_aes_key(KEY)
        .previous_encoding_aes_key("0123456789ABCDEFGabcdefghijklmnopqrstuvwxyz")
        .mode(mode)
        .build()
        .expect("a good configuration")
}

/// Any text is a `Query` or an error of origin `Peer`, and no URL check that we did not sign echoes.
pub fn query(data: &[u8]) {
    let Ok(text) = core::str::from_utf8(data) else { return };
    match Query::parse(text) {
        Err(error) => assert_eq!(error.code(), Code::QueryMalformed),
        Ok(query) => {
            let account = account(Mode::Secure);
            if let Err(error) = account.verify_url(&query, NOW) {
                assert_eq!(error.origin(), Origin::Peer);
            } else {
                let timestamp = query.timestamp().unwrap_or_default();
                let signature = account.sign(timestamp, query.nonce().unwrap_or_default());
                assert!(text.contains(&signature[..8]), "an echo without a signature");
            }
            let _ = format!("{query:?}");
        }
    }
}

/// Any bytes in any mode are `Received` or an error of origin `Peer`; sealed by ourselves they come
/// out as they went in; and the explanation fails where, and only where, the result does.
pub fn envelope(data: &[u8]) {
    let (mode, data) = match data.split_first() {
        Some((choice, rest)) => {
            ([Mode::Secure, Mode::Compatible, Mode::Plain][usize::from(choice % 3)], rest)
        }
        None => (Mode::Secure, data),
    };
    let account = account(mode);
    // As the body of a push whose plain signature is good.
    let signature = account.sign("1763700000", "n");
    let plain = format!("signature={signature}&timestamp=1763700000&nonce=n");
    check(&account, &plain, data);
    // As `Encrypt`, signed by us: what comes behind the signature sees arbitrary bytes.
    let Ok(sealed) = account.seal(data, Fresh::new([7; 16], NOW).nonce("n")) else { return };
    let query = format!("{plain}&encrypt_type=aes&msg_signature={}", sealed.msg_signature());
    for format in [Format::Json, Format::Xml] {
        let body = sealed.to_push_body(format, "gh_fuzz");
        check(&account, &query, body.as_bytes());
        if mode != Mode::Plain {
            let query = parse(&query);
            let opened = account
                .envelope(&query, body.as_bytes())
                .and_then(|envelope| envelope.verify(NOW))
                .and_then(|verified| verified.open());
            assert_eq!(opened.map(|opened| opened.into_bytes()).ok().as_deref(), Some(data));
        }
    }
    check(&account, &query, data);
    // As the rest of the query string.
    if let Ok(more) = core::str::from_utf8(data) {
        let body = sealed.to_push_body(Format::Xml, "gh_fuzz");
        for query in [more.to_owned(), format!("{query}&{more}"), format!("{plain}&{more}")] {
            let received = Query::parse(&query);
            if received.is_ok_and(|query| !query.is_url_verification()) {
                check(&account, &query, body.as_bytes());
            }
        }
    }
}

fn check(account: &Account, query: &str, body: &[u8]) {
    let received = account.receive(&parse(query), body, NOW);
    if let Err(error) = &received {
        assert_eq!(error.origin(), Origin::Peer, "{error}");
    }
    let explanation = explain(account, query, body, NOW);
    assert_eq!(explanation.result.as_ref().err(), received.as_ref().err());
    let failed = explanation.steps.iter().find(|step| step.verdict == Verdict::Fails);
    let failed = failed.map(|step| step.check);
    let agrees = match received.as_ref().err().map(|error| error.code()) {
        None => failed.is_none(),
        Some(Code::QueryMalformed | Code::ParameterMissing) => failed == Some(Check::Query),
        Some(Code::BodyTooLarge) => failed == Some(Check::Body),
        Some(Code::ModeRefused) => failed == Some(Check::Mode),
        Some(Code::SignatureMismatch) => failed == Some(Check::Signature),
        Some(Code::TimestampStale) => failed == Some(Check::Age),
        Some(Code::CiphertextInvalid) => failed == Some(Check::Seal),
        Some(Code::ReceiveIdMismatch) => failed == Some(Check::ReceiveId),
        Some(Code::RecipientMismatch) => failed == Some(Check::Message),
        Some(_) => matches!(failed, Some(Check::Body | Check::Message)),
    };
    assert!(agrees, "{:?} {received:?}", explanation.steps);
}

fn parse(query: &str) -> Query<'_> {
    Query::parse(query).expect("a good query")
}

/// Any bytes are a tree or `callback.body_malformed`, and everything typed of a tree is total.
pub fn xml(data: &[u8]) {
    decode(data);
    let mut document = b"<xml>".to_vec();
    document.extend_from_slice(data);
    document.extend_from_slice(b"</xml>");
    decode(&document);
}

/// Any bytes are a tree or `callback.body_malformed`, exactly when `serde_json` says so of the same with
/// every raw control character in a string escaped, and the tree says what `serde_json` says.
pub fn json(data: &[u8]) {
    let inbound = decode(data);
    let text = core::str::from_utf8(data).unwrap_or_default();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).trim_ascii_start();
    if inbound.as_ref().map_or(!text.starts_with('{'), |inbound| inbound.format() != Format::Json) {
        return;
    }
    let text = &*escape_controls(text);
    let value: Result<serde_json::Value, _> = serde_json::from_str(text);
    match (inbound, value) {
        // An object with this one key is how a `RawValue` reaches a `Value`, which reads its text.
        (Some(inbound), _) if has_name(inbound.tree(), "$serde_json::private::RawValue") => {}
        (Some(inbound), Ok(value)) => {
            assert!(agrees(inbound.tree(), &value), "{value} {:?}", inbound.tree());
        }
        // Well-formed, with a number that is beyond a `Value`.
        (Some(_), Err(_)) => {
            let well_formed: Result<serde::de::IgnoredAny, _> = serde_json::from_str(text);
            assert!(well_formed.is_ok(), "{text}");
        }
        // Refused for another reason than its form.
        (None, Ok(_)) => {
            let error = Inbound::decode_unverified(data).expect_err("refused a moment ago");
            assert_ne!(error.detail(), Some("not well-formed JSON"), "{text}");
        }
        (None, Err(_)) => {}
    }
}

/// The same JSON with what WeChat leaves raw in strings as an escape.
pub fn escape_controls(json: &str) -> String {
    let mut out = String::new();
    let (mut is_inside, mut is_escaped) = (false, false);
    for character in json.chars() {
        match character {
            '\u{1}'..='\u{1f}' if is_inside && !is_escaped => {
                out.push_str(&format!("\\u{:04x}", u32::from(character)));
            }
            _ => out.push(character),
        }
        is_inside ^= character == '"' && !is_escaped;
        is_escaped = character == '\\' && is_inside && !is_escaped;
    }
    out
}

fn has_name(node: Node<'_>, name: &str) -> bool {
    node.name() == name || node.children().any(|child| has_name(child, name))
}

fn decode(data: &[u8]) -> Option<Inbound> {
    let inbound = match Inbound::decode_unverified(data) {
        Ok(inbound) => inbound,
        Err(error) => {
            assert!(matches!(error.code(), Code::BodyMalformed | Code::BodyTooLarge));
            return None;
        }
    };
    assert_eq!(inbound.raw(), data);
    let (kind, trigger, key) = (inbound.kind(), inbound.trigger(), inbound.dedupe_key());
    let again = Inbound::decode_unverified(data).ok()?;
    assert_eq!((kind, trigger, key), (again.kind(), again.trigger(), again.dedupe_key()));
    let _ = (inbound.is_unsupported_placeholder(), format!("{inbound:?}"));
    // What is shown to other languages is always JSON, whatever the push was, and any serializer is given
    // the same, but for numbers in the tree that it cannot write as they are.
    assert_eq!(Some(to_json(&inbound)), serde_json::to_string(&inbound).ok());
    let tree = exact(&to_json(&inbound.tree()));
    let serialized = serde_json::to_string(&inbound.tree()).expect("a tree is JSON");
    assert!(is_same_but_numbers(&tree, &exact(&serialized)), "{serialized}");
    Some(inbound)
}

/// JSON with every number in its exact text, also one that is beyond a `serde_json::Value`.
#[derive(Debug, PartialEq)]
pub enum Exact {
    /// `true`, `false`, `null` or a text.
    Plain(serde_json::Value),
    /// A number, as it is written.
    Number(String),
    /// A list.
    List(Vec<Self>),
    /// An object.
    Object(BTreeMap<String, Self>),
}

/// Reads one. `serde_json` checks the form of a number it is not asked for the value of.
pub fn exact(json: &str) -> Exact {
    let json = json.trim_ascii();
    match json.bytes().next() {
        Some(b'{') => {
            let members: BTreeMap<String, &RawValue> =
                serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {json}"));
            Exact::Object(members.into_iter().map(|(name, it)| (name, exact(it.get()))).collect())
        }
        Some(b'[') => {
            let entries: Vec<&RawValue> =
                serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {json}"));
            Exact::List(entries.into_iter().map(|it| exact(it.get())).collect())
        }
        Some(b'-' | b'0'..=b'9') => {
            let number: &RawValue =
                serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {json}"));
            Exact::Number(number.get().to_owned())
        }
        _ => Exact::Plain(
            serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {json}")),
        ),
    }
}

/// A number may be a text in what was serialized, or be written with other digits of the same value.
fn is_same_but_numbers(by_hand: &Exact, serialized: &Exact) -> bool {
    match (by_hand, serialized) {
        (Exact::Number(digits), Exact::Plain(serde_json::Value::String(text))) => digits == text,
        (Exact::Number(digits), Exact::Number(other)) => {
            digits == other || digits.parse::<f64>() == other.parse()
        }
        (Exact::List(list), Exact::List(other)) => {
            list.len() == other.len()
                && list.iter().zip(other).all(|(one, other)| is_same_but_numbers(one, other))
        }
        (Exact::Object(members), Exact::Object(other)) => {
            members.len() == other.len()
                && members.iter().zip(other).all(|((name, one), (other_name, other))| {
                    name == other_name && is_same_but_numbers(one, other)
                })
        }
        _ => by_hand == serialized,
    }
}

/// A JSON value that `serde_json` read and a tree over the same text say the same. Objects with a
/// key that stands twice are beyond a `Value` and are not compared.
fn agrees(node: Node<'_>, value: &serde_json::Value) -> bool {
    use serde_json::Value;
    match value {
        Value::Null => node.kind() == NodeKind::Null,
        Value::Bool(truth) => node.text() == Some(if *truth { "true" } else { "false" }),
        Value::Number(number) => {
            node.kind() == NodeKind::Number
                && node.text().and_then(|text| serde_json::from_str(text).ok()).as_ref()
                    == Some(number)
        }
        Value::String(text) => node.kind() == NodeKind::Text && node.text() == Some(text.as_str()),
        Value::Array(values) => {
            node.kind() == NodeKind::Array
                && node.children().count() == values.len()
                && node.children().zip(values).all(|(node, value)| agrees(node, value))
        }
        Value::Object(fields) => {
            node.kind() == NodeKind::Element
                && (node.children().count() != fields.len()
                    || node.children().all(|child| {
                        fields.get(child.name()).is_some_and(|value| agrees(child, value))
                    }))
        }
    }
}

/// Any text in any reply is written so that it reads back exactly, in the format of the push and
/// sealed or not, or is refused as `reply.*`.
pub fn reply(data: &[u8]) {
    let Ok(text) = core::str::from_utf8(data) else { return };
    let json = serde_json::json!({"type": "text", "content": text}).to_string();
    let replies = [
        Reply::from_json(&json),
        Reply::from_json(text),
        Ok(Reply::Video { media_id: "m".into(), title: Some(text.into()), description: None }),
    ];
    for mode in [Mode::Plain, Mode::Secure] {
        for format in [Format::Json, Format::Xml] {
            for reply in &replies {
                match reply {
                    Ok(reply) => round_trip(&account(mode), format, reply),
                    Err(error) => assert_eq!(error.origin(), Origin::Caller),
                }
            }
        }
    }
}

fn round_trip(account: &Account, format: Format, reply: &Reply) {
    let push = match format {
        Format::Json => r#"{"ToUserName":"gh_fuzz","FromUserName":"user","MsgType":"event"}"#,
        _ => {
            "<xml><ToUserName>gh_fuzz</ToUserName><FromUserName>user</FromUserName>\
              <MsgType>event</MsgType></xml>"
        }
    };
    let seal = Fresh::new([9; 16], NOW).nonce("n");
    let sealed = account.seal(push.as_bytes(), seal).expect("a key");
    let (query, body) = match account.mode() {
        Mode::Plain => (format!("signature={}", account.sign("1763700000", "n")), push.into()),
        _ => (
            format!("msg_signature={}", sealed.msg_signature()),
            sealed.to_push_body(format, "gh_fuzz"),
        ),
    };
    let query = format!("{query}&timestamp=1763700000&nonce=n");
    let received = account.receive(&parse(&query), body.as_bytes(), NOW).expect("a good push");
    let answer = match account.reply(&received, reply, seal) {
        Ok(answer) => answer,
        Err(error) => return assert_eq!(error.origin(), Origin::Caller),
    };
    let opened = match account.mode() {
        Mode::Plain => answer.bytes,
        _ if matches!(reply, Reply::Success | Reply::Empty) => answer.bytes,
        _ => {
            let outer = Inbound::decode_unverified(&answer.bytes).expect("a document");
            let signature = outer.field("MsgSignature").expect("a signature");
            let query = format!("timestamp=1763700000&nonce=n&msg_signature={signature}");
            let query = parse(&query);
            let envelope = account.envelope(&query, &answer.bytes).expect("an envelope");
            let opened = envelope.verify(NOW).and_then(|verified| verified.open());
            opened.expect("our own seal").into_bytes()
        }
    };
    let (name, written) = match reply {
        Reply::Text { content } => ("Content", content),
        Reply::Video { title: Some(title), .. } => ("Title", title),
        _ => return,
    };
    let message = Inbound::decode_unverified(&opened).expect("a message");
    let place = message.tree().child("Video").unwrap_or_else(|| message.tree());
    let written = match format {
        // To every reader of XML they are line ends.
        Format::Xml => written.replace("\r\n", "\n").replace('\r', "\n"),
        _ => written.clone(),
    };
    assert_eq!(place.child(name).and_then(|node| node.exact_text()), Some(written.as_str()));
    assert_eq!((message.to(), message.from()), (Some("user"), Some("gh_fuzz")));
}
