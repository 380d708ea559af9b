use alloc::string::String;
use alloc::vec::Vec;

use wxkf_core::api::MediaKind;
use wxkf_core::{AccountKind, Timestamp};

use super::call::{Answer, Call, CallBody};
use crate::chat::{Line, Speaker};
use crate::platform::Platform;

/// Page 发送客服消息, read 2026-11-21.
pub(super) fn send(
    platform: &mut Platform,
    call: &Call<'_>,
    now: Timestamp,
) -> Result<Answer, i64> {
    send_message(platform, &call.json()?, now)
}

/// The same for a sub merchant (子商户).
pub(super) fn business_send(
    platform: &mut Platform,
    call: &Call<'_>,
    now: Timestamp,
) -> Result<Answer, i64> {
    send_message(platform, &for_business(call)?, now)
}

/// Page 客服输入状态, read 2026-11-21.
pub(super) fn typing(
    platform: &mut Platform,
    call: &Call<'_>,
    now: Timestamp,
) -> Result<Answer, i64> {
    set_typing(platform, &call.json()?, now)
}

/// The same for a sub merchant (子商户).
pub(super) fn business_typing(
    platform: &mut Platform,
    call: &Call<'_>,
    now: Timestamp,
) -> Result<Answer, i64> {
    set_typing(platform, &for_business(call)?, now)
}

fn for_business(call: &Call<'_>) -> Result<CallBody, i64> {
    Some(call.json()?).filter(|body| body.has("businessid")).ok_or(40_101)
}

fn send_message(platform: &mut Platform, body: &CallBody, now: Timestamp) -> Result<Answer, i64> {
    let user = body.text("touser").filter(|user| platform.users.contains_key(*user));
    let user = user.ok_or(40_003)?;
    let msg_type = body.text("msgtype").ok_or(40_008)?;
    let content = Content { platform, msg_type, now };
    let text = content.check(&body.object(msg_type))?;
    let kf_account = match body.object("customservice") {
        None => None,
        Some(of) => {
            let name = of.text("kf_account").ok_or(65_401)?;
            platform.desk.agent(name).ok_or(65_401)?;
            Some(name.into())
        }
    };
    let errcode = platform.deliver(user, now, || {
        let mut line = Line::new(now, Speaker::Bot, msg_type, &text);
        line.kf_account = kf_account;
        line
    });
    if errcode == 0 { Ok(Answer::ok()) } else { Err(errcode) }
}

fn set_typing(platform: &mut Platform, body: &CallBody, now: Timestamp) -> Result<Answer, i64> {
    let user = body.text("touser").ok_or(40_003)?;
    let start = match body.text("command") {
        Some("Typing") => true,
        Some("CancelTyping") => false,
        _ => return Err(45_072),
    };
    match platform.type_to(user, start, now) {
        0 => Ok(Answer::ok()),
        errcode => Err(errcode),
    }
}

/// The object beside `msgtype`, on its way to being checked.
struct Content<'a> {
    platform: &'a Platform,
    msg_type: &'a str,
    now: Timestamp,
}

impl Content<'_> {
    /// What the chat shows of it, or the errcode.
    fn check(&self, object: &Option<CallBody>) -> Result<String, i64> {
        let found = TYPES.iter().find(|of| of.name == self.msg_type).ok_or(40_008)?;
        if found.only.is_some_and(|kind| kind != self.platform.setup.kind) {
            return Err(45_162);
        }
        let text = |name| object.as_ref().and_then(|object| object.text(name));
        for (name, need) in found.fields {
            match (need, text(name)) {
                (Need::Text(errcode), None) => return Err(*errcode),
                (Need::Media(_), None) => return Err(40_007),
                (Need::Media(kind), Some(id)) => self.media(*kind, id)?,
                (Need::Text(_), Some(_)) => {}
            }
        }
        let list = |name| object.as_ref().and_then(|object| object.list(name));
        Ok(match self.msg_type {
            "text" => match text("content") {
                Some(text) if text.len() > MAX_TEXT => return Err(45_002),
                text => text.unwrap_or_default().into(),
            },
            "news" => {
                let articles = list("articles").unwrap_or_default();
                match articles.as_slice() {
                    [] => return Err(44_003),
                    [article] => article.text("title").unwrap_or_default().into(),
                    _ => return Err(45_008),
                }
            }
            "msgmenu" => {
                let items = list("list").filter(|items| !items.is_empty()).ok_or(40_097)?;
                let mut lines: Vec<&str> = text("head_content").into_iter().collect();
                for item in &items {
                    item.text("id").ok_or(40_097)?;
                    lines.push(item.text("content").ok_or(40_097)?);
                }
                lines.extend(text("tail_content"));
                lines.join("\n")
            }
            // Accounts whose material has moved to drafts are refused so, and all have moved.
            "mpnews" => return Err(40_007),
            "image" | "video" | "voice" => ["[", self.msg_type, "]"].concat(),
            _ => text("title").unwrap_or(self.msg_type).into(),
        })
    }

    fn media(&self, kind: MediaKind, id: &str) -> Result<(), i64> {
        match self.platform.media.find(id, self.now) {
            None => Err(40_007),
            Some(file) if file.kind != kind => Err(40_004),
            Some(_) => Ok(()),
        }
    }
}

/// What a field must have.
enum Need {
    /// Temporary media of this kind.
    Media(MediaKind),
    /// A text; the errcode without one.
    Text(i64),
}

/// Measured by users of the API; the pages name no limit.
const MAX_TEXT: usize = 2048;
const OFFICIAL: Option<AccountKind> = Some(AccountKind::OfficialAccount);
const MINI: Option<AccountKind> = Some(AccountKind::MiniProgram);
const ARGS: Need = Need::Text(40_097);
const COVER: Need = Need::Media(MediaKind::Thumb);

/// A type of message.
struct MessageType {
    name: &'static str,
    /// Who may send it, if not everybody.
    only: Option<AccountKind>,
    fields: &'static [(&'static str, Need)],
}

const fn row(
    name: &'static str,
    only: Option<AccountKind>,
    fields: &'static [(&'static str, Need)],
) -> MessageType {
    MessageType { name, only, fields }
}

#[rustfmt::skip]
const TYPES: &[MessageType] = &[
    row("text", None, &[("content", Need::Text(44_004))]),
    row("image", None, &[("media_id", Need::Media(MediaKind::Image))]),
    row("voice", OFFICIAL, &[("media_id", Need::Media(MediaKind::Voice))]),
    row("video", OFFICIAL, &[("media_id", Need::Media(MediaKind::Video)), ("thumb_media_id", COVER)]),
    row("music", OFFICIAL, &[("musicurl", ARGS), ("thumb_media_id", COVER)]),
    row("news", OFFICIAL, &[]),
    row("mpnews", OFFICIAL, &[]),
    row("mpnewsarticle", OFFICIAL, &[("article_id", ARGS)]),
    row("msgmenu", OFFICIAL, &[]),
    row("wxcard", OFFICIAL, &[("card_id", Need::Text(40_073))]),
    row("miniprogrampage", None, &[
        ("title", ARGS), ("pagepath", Need::Text(41_030)),
        ("thumb_media_id", Need::Media(MediaKind::Image)),
    ]),
    row("link", MINI, &[("title", ARGS), ("description", ARGS), ("url", ARGS), ("thumb_url", ARGS)]),
];

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::string::String;

    use super::*;
    use crate::action::Action;
    use crate::api::bench::Bench;
    use crate::setup::{ActionKind, Setup};
    use core::time::Duration;

    const SEND: &str = "message.custom.send";

    fn text(content: &str) -> String {
        format!(r#"{{"touser":"u","msgtype":"text","text":{{"content":"{content}"}}}}"#)
    }

    #[test]
    fn five_texts_are_shown_and_the_sixth_refused() {
        let mut bench = Bench::new(Setup::mini_program());
        assert_eq!(bench.say(SEND, &text("0")), Err(40_003));
        bench.platform.add_user("u");
        assert_eq!(bench.say(SEND, &text("0")), Err(45_015));
        bench.platform.act("u", Action::Write("hi"), bench.now);
        for number in 1..=5 {
            bench.say(SEND, &text(&format!("{number}"))).unwrap();
        }
        assert_eq!(bench.say(SEND, &text("6")), Err(45_047));
        let shown: Vec<_> = bench.platform.chat("u").iter().map(|line| &*line.text).collect();
        assert_eq!(shown, ["hi", "1", "2", "3", "4", "5"]);
        bench.wait(48 * 3600);
        bench.fetch_token();
        assert_eq!(bench.say(SEND, &text("7")), Err(45_015));
    }

    #[test]
    fn what_is_wrong_with_a_message_is_told_and_costs_nothing() {
        let mut bench = Bench::new(Setup::mini_program());
        bench.platform.act("u", Action::Write("hi"), bench.now);
        let long = "x".repeat(2049);
        for (body, errcode) in [
            (text(&long), 45_002),
            (text(""), 44_004),
            (r#"{"touser":"u","msgtype":"text"}"#.into(), 44_004),
            (r#"{"touser":"u","msgtype":"sticker","sticker":{}}"#.into(), 40_008),
            (r#"{"touser":"u"}"#.into(), 40_008),
            (r#"{"msgtype":"text","text":{"content":"x"}}"#.into(), 40_003),
            (r#"{"touser":"u","msgtype":"news","news":{"articles":[]}}"#.into(), 45_162),
            (r#"{"touser":"u","msgtype":"image","image":{"media_id":"x"}}"#.into(), 40_007),
            (
                text("x")
                    .replace("{\"touser\"", r#"{"customservice":{"kf_account":"a@b"},"touser""#),
                65_401,
            ),
        ] {
            assert_eq!(bench.post("/cgi-bin/message/custom/send", &body), Err(errcode), "{body}");
        }
        assert_eq!(bench.post("/cgi-bin/message/custom/business/send", &text("x")), Err(40_101));
        assert_eq!(bench.platform.remaining("u", bench.now).count, 5);
        bench.say(SEND, &text(&long[1..])).unwrap();
    }

    #[test]
    fn the_messages_of_an_official_account_are_taken() {
        let setup = Setup::official_account().rule(ActionKind::Message, 20, Duration::from_secs(9));
        let mut bench = Bench::new(setup);
        bench.platform.act("u", Action::Write("hi"), bench.now);
        for message in [
            r#""msgtype":"news","news":{"articles":[{"title":"a","description":"b","url":"c","picurl":"d"}]}"#,
            r#""msgtype":"msgmenu","msgmenu":{"head_content":"a","list":[{"id":"1","content":"b"}]}"#,
            r#""msgtype":"mpnewsarticle","mpnewsarticle":{"article_id":"a"}"#,
            r#""msgtype":"wxcard","wxcard":{"card_id":"a"}"#,
        ] {
            bench.say(SEND, &format!(r#"{{"touser":"u",{message}}}"#)).unwrap();
        }
        let last = bench.platform.chat("u").len() - 3;
        assert_eq!(bench.platform.chat("u")[last].text, "a\nb");
        let two = r#"{"touser":"u","msgtype":"news","news":{"articles":[{},{}]}}"#;
        assert_eq!(bench.post("/cgi-bin/message/custom/send", two), Err(45_008));
    }

    #[test]
    fn typing_is_shown_and_ends() {
        let mut bench = Bench::new(Setup::mini_program());
        bench.platform.act("u", Action::Write("hi"), bench.now);
        let typing = |command| format!(r#"{{"touser":"u","command":"{command}"}}"#);
        let say = |bench: &mut Bench, command| {
            bench.post("/cgi-bin/message/custom/typing", &typing(command)).map(drop)
        };
        assert_eq!(say(&mut bench, "Typing"), Ok(()));
        assert!(bench.platform.is_typing("u", bench.now));
        assert_eq!(say(&mut bench, "Typing"), Err(45_081));
        assert_eq!(say(&mut bench, "typing"), Err(45_072));
        assert_eq!(say(&mut bench, "CancelTyping"), Ok(()));
        assert!(!bench.platform.is_typing("u", bench.now));
        bench.wait(31);
        assert_eq!(say(&mut bench, "Typing"), Err(45_080));
        bench.say("message.custom.typing", &typing("CancelTyping")).unwrap();
    }
}
