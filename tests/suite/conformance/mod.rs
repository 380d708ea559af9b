//! The published and synthetic vectors, asked through the conformance protocol.
//!
//! They are read from `WXKF_VECTORS` (default `../shared/vectors`) and are not part of this
//! repository, except the synthetic ones. Each case becomes one line for a driver and one check of
//! its answer, so that every surface can be asked the same.

mod crypto;
mod inbound;
mod outbound;
mod replies;
mod responses;
mod signatures;

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::Value;

use super::driver::ask;

/// One question with the check of its answer.
pub(crate) struct Case {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) line: Value,
    pub(crate) check: Check,
}

pub(crate) type Check = Box<dyn Fn(&Value) -> Result<(), String>>;

/// What is expected of a case instead of what its file says.
#[derive(Clone, Copy)]
enum Instead {
    /// No error.
    Accepted,
    /// An error with this code.
    Refused(&'static str),
}

/// Cases that are deliberately treated otherwise, each with the rule it is argued from.
const DEVIATIONS: &[(&str, Instead, &str)] = &[
    (
        "env-json-1",
        Instead::Refused("callback.mode_refused"),
        "the platforms of this crate seal in `Encrypt`; in lower case it is another product's",
    ),
    (
        "tencent-work-json-golang",
        Instead::Refused("callback.mode_refused"),
        "the platforms of this crate seal in `Encrypt`; in lower case it is another product's",
    ),
    (
        "sig-empty",
        Instead::Refused("config.token_empty"),
        "an empty token makes the signature forgeable, so it is refused when the account is built",
    ),
    (
        "rid-trailing-space",
        Instead::Accepted,
        "white space around an AppID is dropped, as it is pasted",
    ),
    (
        "rep-offu-music-1",
        Instead::Refused("reply.field_invalid"),
        "page 被动回复用户消息: ThumbMediaId is required",
    ),
    (
        "rep-easywechat-music-no-thumb",
        Instead::Refused("reply.field_invalid"),
        "page 被动回复用户消息: ThumbMediaId is required",
    ),
    (
        "rep-node-webot-music",
        Instead::Refused("reply.field_invalid"),
        "page 被动回复用户消息: ThumbMediaId is required",
    ),
    (
        "rep-jeffreysu-news-1",
        Instead::Refused("reply.field_invalid"),
        "page 被动回复用户消息: news has no Content",
    ),
    (
        "out-node-webot-news-1",
        Instead::Refused("request.field_invalid"),
        "page 发送客服消息: exactly one article since 2018-10-12 (45008)",
    ),
    (
        "out-easywechat-news",
        Instead::Refused("request.field_invalid"),
        "page 发送客服消息: exactly one article since 2018-10-12 (45008)",
    ),
    (
        "out-easywechat-music",
        Instead::Refused("request.field_missing"),
        "page 发送客服消息: thumb_media_id is required, and there is no format",
    ),
    (
        "out-wxjava-aimsgcontext-msgid",
        Instead::Refused("request.field_invalid"),
        "page 发送客服消息: the field is is_ai_msg; a name that means nothing is not passed on",
    ),
];

/// Cases that say nothing about this product.
const OUT_OF_SCOPE: &[(&str, &str)] = &[
    ("rep-wechat-group-update_taskcard-1", "WeCom only, as the vectors' README says"),
    ("rep-feng19-update_button-1", "WeCom only, as the vectors' README says"),
];

fn vectors() -> PathBuf {
    std::env::var_os("WXKF_VECTORS").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/vectors"),
        PathBuf::from,
    )
}

/// A file of vectors; `None` if it is not on this machine, which is said aloud.
fn load(name: &str) -> Option<Value> {
    let path = vectors().join(name);
    match std::fs::read_to_string(&path) {
        Ok(text) => Some(serde_json::from_str(&text).unwrap()),
        Err(_) => {
            println!("ABSENT {name}: no {}; WXKF_VECTORS names another folder", path.display());
            None
        }
    }
}

fn cases_of(name: &str, make: impl Fn(&Value) -> Option<Case>) {
    if let Some(Value::Array(vectors)) = load(name) {
        run(name, vectors.iter().filter_map(make).collect());
    }
}

/// The published pushes, as lines; none if they are not on this machine.
pub(crate) fn inbound_lines() -> Vec<String> {
    let Some(Value::Array(vectors)) = load("inbound.json") else { return Vec::new() };
    vectors.iter().filter_map(inbound::published).map(|case| case.line.to_string()).collect()
}

/// Asks the Rust driver every case and prints the counts per kind.
fn run(file: &str, cases: Vec<Case>) {
    let mut counts = BTreeMap::<_, (usize, usize)>::new();
    let mut failures = Vec::new();
    for case in cases {
        if let Some((id, why)) = OUT_OF_SCOPE.iter().find(|(id, _)| *id == case.id) {
            println!("  {file}: {id} does not apply: {why}");
            continue;
        }
        let line = case.line.to_string();
        let answer = ask(&line);
        let result = match DEVIATIONS.iter().find(|(id, ..)| *id == case.id) {
            Some((id, Instead::Accepted, why)) => {
                println!("  {file}: {id} is accepted on purpose: {why}");
                is_ok(|_| Ok(()))(&answer)
            }
            Some((id, Instead::Refused(code), why)) => {
                println!("  {file}: {id} is {code} on purpose: {why}");
                refused(&[code])(&answer)
            }
            None => (case.check)(&answer),
        };
        let (passed, all) = counts.entry(case.kind).or_default();
        *all += 1;
        match result {
            Ok(()) => *passed += 1,
            Err(why) => {
                failures.push(format!("{}: {why}\n  {line:.600}\n  {answer:#.600}", case.id))
            }
        }
    }
    for (kind, (passed, all)) in &counts {
        println!("{file}: {kind}: {passed} of {all}");
    }
    assert!(failures.is_empty(), "{file}: {} failed\n{}", failures.len(), failures.join("\n"));
}

/// The answer is an error with one of these codes.
fn refused(codes: &[&str]) -> impl Fn(&Value) -> Result<(), String> + 'static {
    let codes: Vec<_> = codes.iter().map(ToString::to_string).collect();
    move |answer| {
        let code = answer["error"]["code"].as_str().unwrap_or("no error");
        match codes.iter().any(|expected| expected == code) {
            true => Ok(()),
            false => Err(format!("got {code}, want one of {codes:?}")),
        }
    }
}

/// The name of the call with that method and path, as the protocol makes it of the path.
fn endpoint_of(line: &str) -> String {
    let path = line.split(' ').next_back().unwrap();
    let path = path.strip_prefix("/cgi-bin").unwrap_or(path);
    path.trim_start_matches('/').replace('/', ".")
}

fn is_ok(check: impl Fn(&Value) -> Result<(), String> + 'static) -> Check {
    Box::new(move |answer| match answer.get("ok") {
        Some(ok) => check(ok),
        None => Err("an error".into()),
    })
}

fn same<T: PartialEq + std::fmt::Debug>(name: &str, got: T, want: T) -> Result<(), String> {
    match got == want {
        true => Ok(()),
        false => Err(format!("{name}: got {got:?}, want {want:?}")),
    }
}

#[test]
fn crypto() {
    cases_of("crypto.json", crypto::published);
}

#[test]
fn signature() {
    cases_of("signature.json", signatures::published);
}

#[test]
fn inbound() {
    cases_of("inbound.json", inbound::published);
}

#[test]
fn replies() {
    cases_of("replies.json", replies::published);
}

#[test]
fn outbound() {
    cases_of("outbound.json", outbound::published);
}

#[test]
fn responses() {
    cases_of("responses.json", responses::published);
}

#[test]
fn synthetic() {
    let committed = concat!(env!("CARGO_MANIFEST_DIR"), "/data/synthetic.json");
    let committed = std::fs::read_to_string(committed).unwrap();
    if let Ok(shared) = std::fs::read_to_string(vectors().join("synthetic.json")) {
        assert_eq!(shared, committed, "tests/data/synthetic.json is stale");
    }
    let vectors: Value = serde_json::from_str(&committed).unwrap();
    let cases = vectors["groups"].as_object().unwrap().iter().flat_map(|(group, vectors)| {
        vectors.as_array().unwrap().iter().filter_map(|vector| match group.as_str() {
            "signature" => signatures::synthetic(vector),
            "key_invalid" | "key_valid_odd" => crypto::key(group, vector),
            _ => crypto::synthetic(group, vector),
        })
    });
    run("synthetic.json", cases.collect());
}
