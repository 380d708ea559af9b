//! Messages and events: the exact tree, and what is typed of it.

use serde_json::{Value, json};

use super::{Case, Check, is_ok, refused, same};

pub(super) fn published(vector: &Value) -> Option<Case> {
    let line = match vector["raw"].as_str() {
        Some(raw) => json!({"op": "decode", "body": raw}),
        None => json!({"op": "decode", "body_base64": vector["raw_base64"]}),
    };
    let format = vector["format"].as_str()?.to_owned();
    let expect = vector["expect"].as_str()?;
    let expected = vector["expected"].clone();
    let decodes = is_ok(move |ok| {
        same("format", ok["format"].as_str(), Some(format.as_str()))?;
        if expected.is_object() { decoded(ok, &expected) } else { Ok(()) }
    });
    let check: Check = match expect {
        "ok" => decodes,
        // A document without a single element: nothing to read, nothing wrong.
        "empty" => is_ok(|ok| same("tree", &ok["tree"], &json!({}))),
        "parse_error" | "reject" => Box::new(refused(&["callback.body_malformed"])),
        "parse_error_or_ok" | "ok_or_reject" => Box::new(move |answer| {
            decodes(answer).or_else(|_| refused(&["callback.body_malformed"])(answer))
        }),
        other => panic!("unknown expectation {other}"),
    };
    let kind = format!("{} {expect}", vector["format"].as_str()?);
    Some(Case { id: vector["id"].as_str()?.into(), kind, line, check })
}

fn decoded(ok: &Value, expected: &Value) -> Result<(), String> {
    let inbound = &ok["inbound"];
    same("tree", &ok["tree"], &expected["fields"])?;
    same("to", &inbound["to"], &expected["to_user_name"])?;
    same("from", &inbound["from"], &expected["from_user_name"])?;
    same("created", &inbound["created"], &expected["create_time"])?;
    same("msg_id", inbound.get("msg_id"), expected.get("msg_id"))?;
    // The vectors know every name that anybody has seen; the core types those of customer service.
    let kind = expected["kind"].as_str().unwrap_or_default().to_lowercase().replace('/', ".");
    let kind = match kind.as_str() {
        "event.complaint callback" => "event.complaint_callback",
        "event.freepublishjobfinish" => "event.publishjobfinish",
        kind => kind,
    };
    match inbound["kind"].as_str() {
        Some("unknown") => {
            let raw = [("event", "event"), ("msg_type", "msg_type"), ("info_type", "info_type")];
            raw.iter().try_for_each(|(ours, theirs)| {
                same(ours, inbound["content"].get(ours), expected.get(theirs))
            })
        }
        typed => same("kind", typed, Some(kind)),
    }
}
