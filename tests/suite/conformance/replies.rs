//! Passive replies: written in answer to a push, then read back as a tree.

use serde_json::{Map, Value, json};

use super::super::driver::ask;
use super::super::reference;
use super::{Case, Check, is_ok, same};

const TOKEN: &str = "token";

pub(super) fn published(vector: &Value) -> Option<Case> {
    let fields = &vector["fields"];
    let text = |name: &str| fields[name].as_str();
    let (to, from) =
        (text("to_user_name").unwrap_or("to"), text("from_user_name").unwrap_or("from"));
    // Several articles answer an event, a single one and everything else a message.
    let articles = fields["articles"].as_array().map_or(0, Vec::len);
    let kind = match articles {
        0 | 1 => "<MsgType>text</MsgType><Content>hi</Content><MsgId>1</MsgId>",
        _ => "<MsgType>event</MsgType><Event>CLICK</Event><EventKey>k</EventKey>",
    };
    let push = format!(
        "<xml><ToUserName>{from}</ToUserName><FromUserName>{to}</FromUserName>\
         <CreateTime>1</CreateTime>{kind}</xml>"
    );
    let mut reply: Map<_, _> = fields.as_object()?.clone();
    // What an answer takes from the push, the clock and its own length, and what others add to theirs.
    const NOT_TOLD: [&str; 6] =
        ["to_user_name", "from_user_name", "create_time", "msg_type", "article_count", "extra"];
    NOT_TOLD.iter().for_each(|name| _ = reply.remove(*name));
    reply.insert("type".into(), fields["msg_type"].clone());
    let created = fields["create_time"].as_u64().unwrap_or(1_400_000_000);
    let signature = reference::signature(&[TOKEN, "1", "1"]);
    let line = json!({
        "op": "reply", "reply": reply, "random": "00".repeat(16), "nonce": "1",
        "now": created * 1000, "body": push,
        "account": {"kind": "official_account", "app_id": "wx", "token": TOKEN, "mode": "plain"},
        "query": reference::query(&[("signature", &signature), ("timestamp", "1"), ("nonce", "1")]),
    });
    let compare = vector["compare"].as_str()?.to_owned();
    let (expected, extra) = (vector["tree"].clone(), fields["extra"].clone());
    let exact = vector["xml"].as_str().map(ToOwned::to_owned);
    let check: Check = {
        let compare = compare.clone();
        is_ok(move |ok| {
            let body = ok["body"].as_str().ok_or("no body")?;
            if compare == "exact_bytes" {
                return same("bytes", Some(body), exact.as_deref());
            }
            let line = json!({"op": "decode", "body": body}).to_string();
            let read = ask(&line);
            let tree = read["ok"]["tree"].as_object().ok_or("the reply cannot be read")?.clone();
            let empty = Map::new();
            let own = extra.as_object().unwrap_or(&empty);
            let expected = expected.as_object().unwrap_or(&empty).iter();
            let expected: Map<_, _> = expected
                .filter(|(name, _)| !own.contains_key(*name))
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect();
            match compare.as_str() {
                "tree" => same("tree", tree, expected),
                _ => expected
                    .iter()
                    .try_for_each(|(name, value)| same(name, tree.get(name), Some(value))),
            }
        })
    };
    Some(Case { id: vector["id"].as_str()?.into(), kind: compare, line, check })
}
