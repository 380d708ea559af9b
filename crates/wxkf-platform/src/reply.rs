use alloc::format;
use alloc::string::String;

use wxkf_core::{Account, AccountKind, Inbound, Mode, Query, Timestamp};

use crate::push::{Delivery, escape};
use crate::setup::Setup;

/// What the answer to a push says (被动回复, page 被动回复用户消息, read 2026-11-21).
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Passive {
    /// Nothing is shown.
    Nothing,
    /// The user sees this.
    Shown { msg_type: String, text: String, media_id: Option<String> },
    /// The message goes to the agents, or to this one.
    Transfer { kf_account: Option<String> },
}

/// Reads an answer; `None` if it is none, which has the push repeated.
pub(crate) fn read(
    setup: &Setup,
    account: &Account,
    push: &Delivery,
    bytes: &[u8],
    now: Timestamp,
) -> Option<Passive> {
    // Neither is ever sealed.
    if bytes.is_empty() || bytes == b"success" {
        return Some(Passive::Nothing);
    }
    let outer = Inbound::decode_unverified(bytes).ok()?;
    // An answer in the other format counts as abnormal data.
    if outer.format() != setup.format {
        return None;
    }
    let reply = match (setup.mode, outer.field("Encrypt")) {
        (Mode::Plain, Some(_)) | (Mode::Secure, None) => return None,
        (_, None) => outer,
        (_, Some(_)) => open(account, &outer, bytes, now)?,
    };
    if reply.field("MsgType").is_none() {
        return (reply.field("ErrCode")?.trim() == "0").then_some(Passive::Nothing);
    }
    let is_addressed = reply.to() == Some(&push.user) && reply.from() == Some(&setup.original_id);
    if !is_addressed || reply.created().is_none() {
        return None;
    }
    content(setup, push, &reply)
}

/// Opens a sealed answer as a push is opened: the four values stand in the body, not in the query.
fn open(account: &Account, outer: &Inbound, bytes: &[u8], now: Timestamp) -> Option<Inbound> {
    let query = format!(
        "timestamp={}&nonce={}&msg_signature={}",
        escape(outer.field("TimeStamp")?.trim()),
        escape(outer.field("Nonce")?.trim()),
        escape(outer.field("MsgSignature")?.trim())
    );
    let query = Query::parse(&query).ok()?;
    let opened = account.envelope(&query, bytes).ok()?.verify(now).ok()?.open().ok()?;
    Inbound::decode_unverified(opened.as_bytes()).ok()
}

fn content(setup: &Setup, push: &Delivery, reply: &Inbound) -> Option<Passive> {
    let msg_type = reply.msg_type()?;
    let tree = reply.tree();
    let inside = |object: &str, name: &str| {
        let text = tree.child(object)?.child(name)?.text()?;
        (!text.is_empty()).then(|| String::from(text))
    };
    let shown =
        |text: String, media_id| Some(Passive::Shown { msg_type: msg_type.into(), text, media_id });
    let media = |object: &str, name: &str| {
        let media_id = inside(object, name)?;
        shown(format!("[{msg_type}]"), Some(media_id))
    };
    // A mini program hands over or says nothing; the rest goes through the API.
    if setup.kind == AccountKind::MiniProgram && msg_type != TRANSFER {
        return None;
    }
    match msg_type {
        "text" => {
            let text = reply.field("Content").filter(|text| !text.is_empty())?;
            shown(text.into(), None)
        }
        "image" => media("Image", "MediaId"),
        "voice" => media("Voice", "MediaId"),
        "video" => media("Video", "MediaId"),
        "music" => media("Music", "ThumbMediaId"),
        "news" => {
            let articles = tree.child("Articles")?;
            let first = match articles.child("item") {
                Some(item) => item,
                None => tree.all("Articles").next()?,
            };
            shown(first.child("Title")?.text()?.into(), None)
        }
        // Only what a person wrote can be handed over; of an event nothing becomes.
        TRANSFER if !push.is_message => Some(Passive::Nothing),
        TRANSFER => Some(Passive::Transfer { kf_account: inside("TransInfo", "KfAccount") }),
        _ => None,
    }
}

const TRANSFER: &str = "transfer_customer_service";

#[cfg(test)]
mod tests {
    use wxkf_core::{Article, Format, Reply};

    use super::*;
    use crate::action::Action;
    use crate::api::bench::Bench;

    fn shown(bench: &Bench) -> alloc::vec::Vec<&str> {
        bench.platform.chat("u").iter().map(|line| &*line.text).collect()
    }

    #[test]
    fn what_is_no_answer_is_not_taken() {
        let setup = Setup::mini_program().mode(Mode::Plain);
        let to = setup.original_id.clone();
        let reply = |from: &str, to: &str, rest: &str| {
            format!(r#"{{"ToUserName":"{to}","FromUserName":"{from}","CreateTime":1,{rest}}}"#)
        };
        let transfer = r#""MsgType":"transfer_customer_service""#;
        for (answer, is_taken) in [
            (reply(&to, "u", transfer), true),
            (r#"{"ErrCode":0,"ErrMsg":"success"}"#.into(), true),
            (r#"{"ErrCode":1,"ErrMsg":"no"}"#.into(), false),
            (reply("u", &to, transfer), false),
            (reply(&to, "other", transfer), false),
            // A mini program writes through the API.
            (reply(&to, "u", r#""MsgType":"text","Content":"x""#), false),
            (reply(&to, "u", r#""MsgType":"nonsense""#), false),
            ("\"success\"".into(), false),
            ("success\n".into(), false),
            ("<xml><MsgType>text</MsgType></xml>".into(), false),
            (r#"{"Encrypt":"x"}"#.into(), false),
        ] {
            let mut bench = Bench::new(setup.clone());
            bench.platform.act("u", Action::Write("hi"), bench.now);
            let (id, _) = bench.attempt();
            assert_eq!(bench.answer(id, answer.as_bytes()), is_taken, "{answer}");
            let is_transfer = is_taken && answer.contains("transfer");
            assert_eq!(bench.platform.desk.waiting().len(), usize::from(is_transfer));
        }
    }

    #[test]
    fn an_answer_may_be_plain_unless_the_mode_is_secure() {
        for (mode, is_taken) in [(Mode::Compatible, true), (Mode::Secure, false)] {
            let mut bench = Bench::new(Setup::official_account().mode(mode));
            bench.platform.act("u", Action::Write("hi"), bench.now);
            let (id, received) = bench.attempt();
            let to = received.inbound().to().unwrap();
            let plain = format!(
                "<xml><ToUserName>u</ToUserName><FromUserName>{to}</FromUserName>\
                 <CreateTime>1</CreateTime><MsgType>text</MsgType><Content>re</Content></xml>"
            );
            assert_eq!(bench.answer(id, plain.as_bytes()), is_taken);
            assert_eq!(shown(&bench).contains(&"re"), is_taken);
        }
    }

    #[test]
    fn a_passive_reply_is_shown_if_its_media_is_known_and_costs_nothing() {
        for format in [Format::Json, Format::Xml] {
            let mut bench = Bench::new(Setup::official_account().format(format));
            bench.platform.act("u", Action::WriteImage, bench.now);
            let inbound = bench.receive();
            let known = inbound.field("MediaId").unwrap();
            let image = |media_id: &str| Reply::Image { media_id: media_id.into() };
            let music = Reply::Music {
                title: None,
                description: None,
                music_url: Some("https://a.example/m.mp3".into()),
                hq_music_url: None,
                thumb_media_id: known.into(),
            };
            let news = |title| Reply::News { articles: [Article::new(title)].into() };
            for (reply, is_taken) in [
                (image(known), true),
                (image("unknown"), false),
                (music, true),
                (news("headline"), true),
                (Reply::text("]]>"), true),
            ] {
                bench.platform.act("u", Action::TapMenu("k"), bench.now);
                assert_eq!(bench.reply(&reply), is_taken, "{reply:?}");
            }
            let shown = shown(&bench);
            let bot: alloc::vec::Vec<_> = shown.iter().filter(|text| **text != "CLICK").collect();
            assert_eq!(bot, [&"[image]", &"[image]", &"[music]", &"headline", &"]]>"]);
            assert_eq!(bench.platform.remaining("u", bench.now).count, 5);
        }
    }

    #[test]
    fn a_named_agent_that_is_there_serves_at_once() {
        let mut bench = Bench::new(Setup::official_account());
        bench.platform.desk.add("a@s", "n", "o".into());
        let reply = Reply::TransferCustomerService { kf_account: Some("a@s".into()) };
        for is_there in [false, true] {
            if is_there {
                bench.platform.desk.agent("a@s").unwrap().kf_wx = Some("w".into());
                bench.platform.set_online("a@s", true);
            }
            bench.platform.act("u", Action::Write("help"), bench.now);
            assert!(bench.reply(&reply));
            assert_eq!(bench.platform.desk.waiting().len(), usize::from(!is_there));
            assert_eq!(bench.platform.desk.session("u", bench.now).is_some(), is_there);
        }
    }
}
