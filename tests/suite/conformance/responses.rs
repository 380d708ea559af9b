//! `responses.json`: what the platform and its proxies answered.

use serde_json::{Value, json};
use wxkf_core::api::{self, Outcome, Response};

use super::{Case, Check, endpoint_of, refused, same};

pub(super) fn published(vector: &Value) -> Option<Case> {
    let endpoint = match vector["endpoint"].as_str()? {
        "any" => "message.custom.send".into(),
        endpoint => endpoint_of(endpoint),
    };
    let raw = vector["raw"].as_str()?.to_owned();
    let line = json!({ "op": "response", "endpoint": endpoint, "status": 200, "body": raw });
    let (expect, expected) = (vector["expect"].as_str()?, vector["expected"].clone());
    let decodes = {
        let endpoint = endpoint.clone();
        move |answer: &Value| check(&endpoint, &raw, answer, &expected)
    };
    let malformed = refused(&["response.malformed"]);
    let check: Check = match expect {
        "ok" => Box::new(decodes),
        "parse_error_or_ok" => {
            Box::new(move |answer| decodes(answer).or_else(|_| malformed(answer)))
        }
        _ => Box::new(malformed),
    };
    let kind = format!("{endpoint} {expect}");
    Some(Case { id: vector["id"].as_str()?.into(), kind, line, check })
}

fn check(endpoint: &str, raw: &str, answer: &Value, expected: &Value) -> Result<(), String> {
    if !expected["is_error"].as_bool().unwrap() {
        return match answer["ok"]["accepted"].is_object() {
            true => everything_typed(raw, &answer["ok"]["accepted"]),
            false => Err("not accepted".into()),
        };
    }
    let rejected = &answer["ok"]["rejected"];
    same("errcode", &rejected["errcode"], &expected["errcode"])?;
    if let Some(errmsg) = expected["errmsg"].as_str() {
        same("errmsg", rejected["errmsg"].as_str(), Some(errmsg))?;
    }
    same("rid", rejected.get("rid").unwrap_or(&Value::Null), &expected["rid"])?;
    // The hint is for those who write Rust.
    match api::decode(endpoint, Response::new(200, raw.as_bytes())) {
        Ok(Outcome::Rejected(rejection)) => {
            same("hint", rejection.hint(), expected["hint"].as_str())?;
            same("time of the rid", rejection.rid_time().is_some(), rejection.rid().is_some())
        }
        _ => Err("not rejected".into()),
    }
}

/// Every list of the answer is there with all of its entries, and every field of them that has a
/// value.
fn everything_typed(raw: &str, accepted: &Value) -> Result<(), String> {
    let raw = wxkf_tests::fuzz::escape_controls(raw.trim_start_matches('\u{feff}'));
    let body: Value = serde_json::from_str(&raw).unwrap();
    for (name, list) in body.as_object().unwrap() {
        let Some(list) = list.as_array() else { continue };
        let typed = accepted[name].as_array().ok_or_else(|| format!("no {name}"))?;
        same(name, typed.len(), list.len())?;
        for (entry, typed) in list.iter().zip(typed) {
            let fields = |value: &Value| value.as_object().unwrap().len();
            same("fields of an entry", fields(typed), fields(entry))?;
        }
    }
    Ok(())
}
