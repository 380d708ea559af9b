//! `outbound.json`: bodies of calls, valid ones and deliberately wrong ones.

use serde_json::{Value, json};
use wxkf_core::api::{
    AddKfAccount, CloseKfSession, CreateKfSession, DeleteKfAccount, Endpoint, GetMsgList,
    InviteKfWorker, LooseId, Request, SendMessage, SetTyping, TypingCommand, UpdateKfAccount,
};
use wxkf_core::{JsonObject, MenuItem, NewsArticle, Outbound, Timestamp};

use super::{Case, Check, endpoint_of, is_ok, same};

pub(super) fn published(vector: &Value) -> Option<Case> {
    let endpoint = vector["endpoint"].as_str()?;
    // What is not JSON at all arrives as a text.
    let mut body = match &vector["body"] {
        Value::Null => vector["raw"].clone(),
        body => body.clone(),
    };
    // Some libraries test the message without the user it goes to.
    if vector["msgtype"].is_string() && body.get("touser").is_none() {
        body["touser"] = json!("OPENID");
    }
    let line = json!({ "op": "request", "endpoint": endpoint_of(endpoint), "params": body });
    let path = endpoint.split(' ').next_back()?.to_owned();
    let check: Check = match vector["valid"].as_bool()? {
        true => is_ok(move |request| {
            same("path", request["path"].as_str(), Some(&*path))?;
            let sent = request["body"].as_str().ok_or("no body")?;
            if sent.contains("\\u") {
                return Err(format!("an escape in {sent}"));
            }
            same("body", &serde_json::from_str::<Value>(sent).unwrap(), &body)?;
            // The typed call with the same fields is the same request.
            let typed = typed(&endpoint_of(&path), &body);
            same("typed path", typed.path(), &path)?;
            let typed = serde_json::from_slice::<Value>(typed.body()).unwrap();
            same("typed body", &typed, &body)
        }),
        false => Box::new(|answer| match answer["error"]["field"].as_str() {
            Some(field) if answer["error"]["origin"] == "caller" => {
                println!("  refused: {field}");
                Ok(())
            }
            _ => Err("not refused with the name of a field".into()),
        }),
    };
    let kind = match vector["msgtype"].as_str() {
        Some(msgtype) => format!("{} {msgtype}", endpoint_of(endpoint)),
        None => endpoint_of(endpoint),
    };
    Some(Case { id: vector["id"].as_str()?.into(), kind, line, check })
}

/// The call with these fields, made with the public types.
fn typed(endpoint: &str, body: &Value) -> Request {
    let text = |name: &str| body[name].as_str().unwrap();
    let secs = |name: &str| Timestamp::from_secs(body[name].as_u64().unwrap());
    let request = match endpoint {
        "message.custom.send" | "message.custom.business.send" => message(body).request(),
        "message.custom.typing" => {
            let command = match text("command") {
                "Typing" => TypingCommand::Typing,
                _ => TypingCommand::CancelTyping,
            };
            SetTyping::new(text("touser"), command).request()
        }
        "customservice.kfaccount.add" => {
            AddKfAccount::new(text("kf_account"), text("nickname")).request()
        }
        "customservice.kfaccount.update" => {
            UpdateKfAccount::new(text("kf_account"), text("nickname")).request()
        }
        "customservice.kfaccount.del" => DeleteKfAccount::new(text("kf_account")).request(),
        "customservice.kfaccount.inviteworker" => {
            InviteKfWorker::new(text("kf_account"), text("invite_wx")).request()
        }
        "customservice.kfsession.create" => {
            CreateKfSession::new(text("kf_account"), text("openid")).request()
        }
        "customservice.kfsession.close" => {
            CloseKfSession::new(text("kf_account"), text("openid")).request()
        }
        "customservice.msgrecord.getmsglist" => {
            let int = |name: &str| body[name].as_i64().unwrap();
            let (msgid, number) = (int("msgid"), int("number"));
            GetMsgList::new(secs("starttime"), secs("endtime"), msgid, number).request()
        }
        other => panic!("{other} has no typed counterpart here"),
    };
    request.unwrap()
}

fn message(body: &Value) -> SendMessage {
    let msgtype = body["msgtype"].as_str().unwrap();
    let object = &body[msgtype];
    let may = |name: &str| object[name].as_str().map(String::from);
    let need = |name: &str| may(name).unwrap();
    let media = |name: &str| need(name).into();
    let list = |name: &str| object[name].as_array().unwrap().iter();
    let field = |entry: &Value, name: &str| entry[name].as_str().unwrap().to_owned();
    let message = match msgtype {
        "text" => Outbound::text(need("content")),
        "image" => Outbound::image(need("media_id")),
        "voice" => Outbound::voice(need("media_id")),
        "video" => Outbound::Video {
            media_id: media("media_id"),
            thumb_media_id: may("thumb_media_id").map(Into::into),
            title: may("title"),
            description: may("description"),
        },
        "music" => Outbound::Music {
            title: may("title"),
            description: may("description"),
            musicurl: need("musicurl"),
            hqmusicurl: may("hqmusicurl"),
            thumb_media_id: media("thumb_media_id"),
        },
        "news" => Outbound::News {
            articles: list("articles")
                .map(|entry| {
                    let [title, description, url, picurl] =
                        ["title", "description", "url", "picurl"].map(|name| field(entry, name));
                    NewsArticle::new(title, description, url, picurl)
                })
                .collect(),
        },
        "mpnews" => Outbound::MpNews { media_id: media("media_id") },
        "mpnewsarticle" => Outbound::MpNewsArticle { article_id: need("article_id") },
        "msgmenu" => Outbound::MsgMenu {
            head_content: may("head_content"),
            list: list("list")
                .map(|entry| MenuItem::new(field(entry, "id"), field(entry, "content")))
                .collect(),
            tail_content: may("tail_content"),
        },
        "wxcard" => Outbound::WxCard { card_id: need("card_id"), card_ext: may("card_ext") },
        "miniprogrampage" => Outbound::MiniProgramPage {
            title: need("title"),
            appid: may("appid"),
            pagepath: need("pagepath"),
            thumb_media_id: media("thumb_media_id"),
        },
        "link" => Outbound::Link {
            title: need("title"),
            description: need("description"),
            url: need("url"),
            thumb_url: need("thumb_url"),
        },
        other => Outbound::Other {
            msgtype: other.into(),
            object: JsonObject::parse(&object.to_string()).unwrap(),
        },
    };
    let mut call = SendMessage::new(body["touser"].as_str().unwrap(), message);
    if let Some(kf_account) = body["customservice"]["kf_account"].as_str() {
        call = call.kf_account(kf_account);
    }
    if let Some(flag) = body["aimsgcontext"]["is_ai_msg"].as_i64() {
        call = call.is_ai_msg(flag == 1);
    }
    match &body["businessid"] {
        Value::Number(number) => call.businessid(number.as_u64().unwrap()),
        Value::String(text) => call.businessid(LooseId::from(text.as_str())),
        _ => call,
    }
}
