//! Sealed messages: opened to the expected text, and sealed again to the expected bytes.

use serde_json::{Value, json};

use super::super::driver::ask;
use super::super::reference;
use super::{Case, Check, is_ok, refused, same};

/// What the vectors' error classes are called here. From outside, every failure between base64 and
/// frame looks alike; a body without a usable `Encrypt` is either no document or not a sealed one.
fn codes(class: &str) -> &'static [&'static str] {
    match class {
        "signature_mismatch" => &["callback.signature_mismatch"],
        "parse_error" => &["callback.body_malformed", "callback.mode_refused"],
        "illegal_aes_key" => &["config.key_invalid"],
        "receive_id_mismatch" => &["callback.receive_id_mismatch"],
        "decrypt_error" | "illegal_buffer" | "base64_error" => &["callback.ciphertext_invalid"],
        other => panic!("unknown class {other}"),
    }
}

pub(super) fn published(vector: &Value) -> Option<Case> {
    let kind = vector["kind"].as_str()?;
    if vector["verified"] != true {
        return None;
    }
    match kind {
        "key" => key(kind, vector),
        _ => Some(open(kind, vector)),
    }
}

pub(super) fn synthetic(group: &str, vector: &Value) -> Option<Case> {
    Some(open(group, vector))
}

/// A key by itself: an account with it can be built, and what it seals is sealed with those bytes.
pub(super) fn key(kind: &str, vector: &Value) -> Option<Case> {
    let line = json!({
        "op": "seal", "plaintext": "key test", "format": "json", "timestamp": 1, "nonce": "1",
        "random": "00".repeat(16), "account": account(vector, vector["encoding_aes_key"].as_str()?),
    });
    let check: Check = match vector["expect"].as_str()? {
        "ok" => {
            let key = vector["key_hex"].as_str().map(reference::unhex);
            is_ok(move |sealed| {
                let Some(key) = &key else { return Ok(()) };
                let body: Value = serde_json::from_str(sealed.as_str().unwrap()).unwrap();
                let content = reference::decrypt(key, body["Encrypt"].as_str().unwrap());
                same("message", &content[20..28], b"key test")
            })
        }
        class => Box::new(refused(codes(class))),
    };
    Some(Case { id: vector["id"].as_str()?.into(), kind: kind.into(), line, check })
}

fn open(kind: &str, vector: &Value) -> Case {
    let text = |name: &str| vector[name].as_str();
    let token = text("token").unwrap_or("token");
    let (timestamp, nonce) = (text("timestamp").unwrap_or("1"), text("nonce").unwrap_or("1"));
    let account = account(vector, text("encoding_aes_key").unwrap());
    let random = text("random_hex").unwrap_or_default().to_owned();
    let plaintext = plaintext(vector);
    // The largest are given by their rule: seal them first.
    let seal = json!({
        "op": "seal", "account": account, "format": "json", "timestamp": timestamp, "nonce": nonce,
        "random": random, "plaintext": plaintext.as_deref().map(String::from_utf8_lossy),
    });
    let made = || {
        let answer = ask(&seal.to_string());
        let body: Value = serde_json::from_str(answer["ok"].as_str().unwrap()).unwrap();
        body["Encrypt"].as_str().unwrap().to_owned()
    };
    let published = text("ciphertext_base64");
    let has_body = text("body").is_some_and(|body| !body.contains("RSAEncrypt"));
    let encrypt = match published {
        Some(encrypt) => encrypt.to_owned(),
        None if has_body => String::new(),
        None => made(),
    };
    let signature = text("msg_signature")
        .map_or_else(|| reference::signature(&[token, timestamp, nonce, &encrypt]), Into::into);
    let body = match has_body {
        true => text("body").unwrap().to_owned(),
        false => format!("<xml><Encrypt><![CDATA[{encrypt}]]></Encrypt></xml>"),
    };
    let line = json!({
        "op": "open", "account": account, "body": body,
        "query": reference::query(&[
            ("timestamp", timestamp), ("nonce", nonce), ("msg_signature", &signature),
        ]),
    });
    let reseals = vector["expect"] == "ok"
        && vector["receive_id"] != ""
        && random.len() == 32
        && text("pad_block").is_none()
        && vector["pad_block"].is_null()
        && plaintext.as_deref().is_some_and(|text| core::str::from_utf8(text).is_ok());
    let opened = is_ok(move |opened| {
        if let Some(plaintext) = &plaintext {
            same("plaintext", text_or_bytes(opened), plaintext.clone())?;
        }
        if reseals {
            let answer = ask(&seal.to_string());
            let body = answer["ok"].as_str().ok_or("does not seal")?;
            let body: Value = serde_json::from_str(body).unwrap();
            same("sealed again", body["Encrypt"].as_str(), Some(encrypt.as_str()))?;
        }
        Ok(())
    });
    let classes: Vec<_> = match vector["expect_any"].as_array() {
        Some(classes) => classes.iter().map(|class| class.as_str().unwrap().to_owned()).collect(),
        None => vec![text("expect").unwrap().to_owned()],
    };
    let check: Check = Box::new(move |answer| {
        if answer.get("ok").is_some() && classes.iter().any(|class| class == "ok") {
            return opened(answer);
        }
        let classes = classes.iter().filter(|class| *class != "ok");
        let codes: Vec<_> = classes.flat_map(|class| codes(class)).copied().collect();
        refused(&codes)(answer)
    });
    Case { id: text("id").unwrap().into(), kind: kind.into(), line, check }
}

fn account(vector: &Value, key: &str) -> Value {
    // An account has an AppID; that a message has none is accepted beside it.
    let (app_id, accepted) = match vector["receive_id"].as_str() {
        Some("") => ("wx00000000000000ff", json!([""])),
        id => (id.unwrap_or("wx0123456789abcdef"), json!([])),
    };
    json!({
        "kind": "official_account",
        "app_id": app_id,
        "accept_ids": accepted,
        "token": vector["token"].as_str().unwrap_or("token"),
        "encoding_aes_key": key,
    })
}

fn plaintext(vector: &Value) -> Option<Vec<u8>> {
    if let Some(rule) = vector.get("plaintext_rule") {
        let length = usize::try_from(rule["length"].as_u64()?).ok()?;
        let mut text = rule["repeat"].as_str()?.repeat(length / 16 + 1).into_bytes();
        text.truncate(length);
        return Some(text);
    }
    let text = vector["plaintext"].as_str().or(vector["expected_plaintext"].as_str());
    text.map(|text| text.as_bytes().to_vec()).or_else(|| decode64(&vector["plaintext_base64"]))
}

fn text_or_bytes(opened: &Value) -> Vec<u8> {
    match opened.as_str() {
        Some(text) => text.as_bytes().to_vec(),
        None => decode64(&opened["base64"]).unwrap(),
    }
}

fn decode64(value: &Value) -> Option<Vec<u8>> {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.decode(value.as_str()?).ok()
}
