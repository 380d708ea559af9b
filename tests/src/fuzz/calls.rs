//! The targets about the sending half.

use unicode_segmentation::UnicodeSegmentation as _;
use wxkf_core::api::{self, ENDPOINTS, Outcome, Response};
use wxkf_core::{AccountKind, Code, Origin};

use super::{Exact, exact};

/// Any parameters of any call are a request that holds what was given and nothing else, or an error
/// of origin `Caller` with the name of a field.
pub fn request(data: &[u8]) {
    let Some((choice, rest)) = data.split_first() else { return };
    let info = ENDPOINTS[usize::from(*choice) % ENDPOINTS.len()];
    let Ok(params) = core::str::from_utf8(rest) else { return };
    for kind in [None, Some(AccountKind::MiniProgram), Some(AccountKind::OfficialAccount)] {
        let request = match kind {
            Some(kind) => api::request_for(info.name, params, kind),
            None => api::request(info.name, params),
        };
        match request {
            Err(error) => {
                assert_eq!(error.origin(), Origin::Caller);
                assert!(error.field().is_some_and(|field| !field.is_empty()), "{error:?}");
            }
            Ok(request) => {
                let target = request.target("token");
                assert!(target.bytes().all(|byte| byte.is_ascii_graphic()), "{target}");
                if request.content_type().is_some_and(|name| name.starts_with("application/json")) {
                    check_body(params, request.body());
                }
            }
        }
    }
}

/// Everything in the body is what was given, numbers to the digit, and it is written without an escape too
/// many.
fn check_body(params: &str, body: &[u8]) {
    let body = core::str::from_utf8(body).expect("JSON is text");
    assert!(!body.contains("\\u") || body.contains("\\\\u"), "{body}");
    let Exact::Object(sent) = exact(body) else { panic!("no object: {body}") };
    // In front of a document, every white space of ASCII is passed over.
    let params = params.trim_start_matches('\u{feff}').trim_ascii_start();
    let Exact::Object(given) = exact(params) else { panic!("no object: {params}") };
    for (name, value) in sent {
        if name != "grant_type" {
            let given = given.get(&name).map(without_null).unwrap_or(NULL);
            let sent = without_null(&value);
            assert!(is_said(&name, &given, &sent), "{name}: {given:?} is not {sent:?}");
        }
    }
}

/// What was pasted has lost the blanks around it, and an id of a menu goes as a text.
const PASTED: &[&str] = &[
    "appid",
    "appsecret",
    "authorization_code",
    "authorizer_appid",
    "component_appid",
    "component_appsecret",
    "component_verify_ticket",
    "password",
    "secret",
];

/// Whether what is sent is what was given.
fn is_said(name: &str, given: &Exact, sent: &Exact) -> bool {
    use serde_json::Value::String as Text;
    let is_blank =
        |text: &str| !text.contains(|c: char| c.is_alphanumeric() || c.is_ascii_graphic());
    match (given, sent) {
        (Exact::Object(given), Exact::Object(sent)) => {
            given.len() == sent.len()
                && sent.iter().all(|(name, value)| {
                    given.get(name).is_some_and(|given| is_said(name, given, value))
                })
        }
        (Exact::List(given), Exact::List(sent)) => {
            given.len() == sent.len()
                && given.iter().zip(sent).all(|(given, sent)| is_said(name, given, sent))
        }
        (Exact::Plain(Text(given)), Exact::Plain(Text(sent))) if PASTED.contains(&name) => given
            .split_once(sent.as_str())
            .is_some_and(|(before, after)| is_blank(before) && is_blank(after)),
        (Exact::Number(given), Exact::Plain(Text(sent))) if name == "id" => {
            let value = |digits: &str| digits.parse::<f64>().ok();
            sent.bytes().all(|byte| byte.is_ascii_digit()) && value(sent) == value(given)
        }
        (given, sent) => given == sent,
    }
}

/// `null` stands for nothing.
const NULL: Exact = Exact::Plain(serde_json::Value::Null);

fn without_null(value: &Exact) -> Exact {
    match value {
        Exact::Object(members) => {
            let there = members.iter().filter(|(_, value)| **value != NULL);
            Exact::Object(there.map(|(name, it)| (name.clone(), without_null(it))).collect())
        }
        Exact::List(list) => Exact::List(list.iter().map(without_null).collect()),
        Exact::Number(digits) => Exact::Number(digits.clone()),
        Exact::Plain(plain) => Exact::Plain(plain.clone()),
    }
}

/// Any answer to any call is an `Outcome` or `response.malformed`.
pub fn response(data: &[u8]) {
    let [choice, status, body @ ..] = data else { return };
    let info = ENDPOINTS[usize::from(*choice) % ENDPOINTS.len()];
    check_answer(info.name, u16::from(*status) * 4, body);
    check_answer(info.name, 200, body);
}

/// See [`response`].
pub fn check_answer(name: &str, status: u16, body: &[u8]) {
    for content_type in ["", "application/json", "image/jpeg", "text/html"] {
        let answer = Response::new(status, body).content_type(content_type);
        match api::decode(name, answer) {
            Err(error) => assert_eq!(error.code(), Code::ResponseMalformed),
            Ok(Outcome::Accepted(json)) => {
                assert!((200..300).contains(&status), "an HTTP error was accepted");
                let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
                assert!(json.is_object());
            }
            Ok(Outcome::Rejected(rejection)) => {
                assert_ne!(rejection.errcode, 0);
                let _ = (rejection.kind(), rejection.hint(), rejection.to_string());
                assert!(rejection.rid_time().is_none() || rejection.rid().is_some());
            }
        }
    }
}

/// Any text splits into parts that fit, that are the text together with the rest, that cut no
/// grapheme and no link, and of which there are no more than there have to be.
pub fn split(data: &[u8]) {
    let [max_bytes, max_parts, text @ ..] = data else { return };
    let Ok(text) = core::str::from_utf8(text) else { return };
    check_split(text, usize::from(*max_bytes), usize::from(max_parts % 8));
}

/// See [`split`].
pub fn check_split(text: &str, max_bytes: usize, max_parts: usize) {
    let split = wxkf_core::text::split(text, max_bytes, max_parts);
    assert_eq!([&*split.parts.concat(), split.rest].concat(), text);
    assert!(split.parts.len() <= max_parts);
    assert!(split.parts.iter().all(|part| !part.is_empty() && part.len() <= max_bytes));
    assert!(split.parts.last().is_none_or(|part| !part.trim().is_empty()), "{split:?}");
    // Where a naive reader of the text would cut.
    let links = links(text);
    let is_inside = |at| links.iter().any(|(start, end)| *start < at && at < *end);
    let mut places: Vec<_> = text.grapheme_indices(true).map(|(at, _)| at).collect();
    places.push(text.len());
    places.retain(|at| !is_inside(*at));
    let mut at = 0;
    for part in &split.parts {
        at += part.len();
        assert!(places.contains(&at), "cut at {at} of {text:?}");
    }
    // The naive way: as much as fits, again and again.
    let mut fewest = 0;
    let mut start = 0;
    while let Some(end) = places.iter().rfind(|at| **at > start && **at - start <= max_bytes) {
        (start, fewest) = (*end, fewest + 1);
    }
    if fewest <= max_parts {
        assert!(split.parts.len() <= fewest, "{} parts instead of {fewest}", split.parts.len());
        let left = text[at..start].trim();
        assert!(left.is_empty(), "{left:?} was left");
    } else {
        // All of them are used, unless the next one could be nothing but white space.
        let next = places.iter().rfind(|place| **place - at.min(**place) <= max_bytes).unwrap();
        let is_blank = text[at..*next].trim().is_empty();
        assert!(split.parts.len() == max_parts || is_blank, "{split:?}");
    }
}

/// The links of a text, found without a state: from each `<a` on to the next `</a>`.
fn links(text: &str) -> Vec<(usize, usize)> {
    let lower = text.to_ascii_lowercase();
    let mut links = Vec::new();
    let mut from = 0;
    while let Some(at) = lower[from..].find("<a").map(|at| from + at) {
        let after = lower[at + 2..].chars().next();
        let close = lower[at..].match_indices("</a").find_map(|(close, _)| {
            let end = at + close + 3;
            let blanks = lower[end..].len()
                - lower[end..].trim_start_matches(|c: char| c.is_ascii_whitespace()).len();
            lower[end + blanks..].starts_with('>').then_some(end + blanks + 1)
        });
        match (after, close) {
            (Some(after), Some(end)) if after.is_ascii_whitespace() || after == '>' => {
                links.push((at, end));
                from = end;
            }
            _ => from = at + 2,
        }
    }
    links
}
