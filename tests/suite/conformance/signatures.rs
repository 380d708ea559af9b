//! Signatures alone: over three parts as a URL check, over four as a sealed push.

use serde_json::{Value, json};

use super::super::reference;
use super::{Case, Check, is_ok, refused, same};

pub(super) fn published(vector: &Value) -> Option<Case> {
    let token = vector["token"].as_str()?;
    let parts = [token, vector["timestamp"].as_str()?, vector["nonce"].as_str()?];
    let mut parts = parts.to_vec();
    parts.extend(vector["encrypt"].as_str());
    // An SDK's own encoding of a token that is not ASCII: over UTF-8 bytes it does not match.
    let is_good = match vector["expect"].as_str()? {
        "ok" => true,
        "signature_mismatch" | "sdk_specific" => false,
        _ => return None,
    };
    Some(case(vector, &parts, is_good, vector["expect"].as_str()?))
}

pub(super) fn synthetic(vector: &Value) -> Option<Case> {
    let parts: Vec<_> = vector["parts"].as_array()?.iter().filter_map(Value::as_str).collect();
    Some(case(vector, &parts, vector["expect"] == "ok", "signature"))
}

fn case(vector: &Value, parts: &[&str], is_good: bool, kind: &str) -> Case {
    let signature = vector["signature"].as_str().unwrap();
    let account = json!({
        "kind": "official_account", "app_id": "wx0123456789abcdef", "token": parts[0],
        "encoding_aes_key": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
    });
    let times = [("timestamp", parts[1]), ("nonce", parts[2])];
    let (line, passes): (_, Check) = match parts.get(3) {
        None => {
            let echo = vector["echostr"].as_str().unwrap_or("4375120948345356249").to_owned();
            let pairs = [&times[..], &[("signature", signature), ("echostr", &echo)]].concat();
            let query = reference::query(&pairs);
            let line = json!({"op": "verify_url", "account": account, "query": query, "now": 0});
            (line, is_ok(move |ok| same("echo", ok["echo"].as_str(), Some(&echo))))
        }
        Some(encrypt) => {
            let query = reference::query(&[&times[..], &[("msg_signature", signature)]].concat());
            let body = json!({ "Encrypt": encrypt }).to_string();
            let line = json!({"op": "open", "account": account, "query": query, "body": body});
            // Key and id are others: a good signature gets as far as the seal.
            let behind = ["callback.ciphertext_invalid", "callback.receive_id_mismatch"];
            (line, Box::new(refused(&behind)))
        }
    };
    let check = match is_good {
        true => passes,
        false => Box::new(refused(&["callback.signature_mismatch"])),
    };
    Case { id: vector["id"].as_str().unwrap().into(), kind: kind.into(), line, check }
}
