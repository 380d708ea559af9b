use alloc::string::String;

use wxkf_core::Format;

use crate::document::PushDocument;
use crate::setup::ActionKind;

/// What a user does.
///
/// What a kind of account has no rule for is pushed, but allows nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Action<'a> {
    /// Opens the chat of a mini program; the text is its `session-from`.
    Enter(&'a str),
    /// Scans a parametric QR code with this scene, as a follower.
    Scan(&'a str),
    /// Begins to follow the account; the text is the `EventKey`, empty or `qrscene_…`.
    Subscribe(&'a str),
    /// Taps an item of the custom menu, of type click, with this key.
    TapMenu(&'a str),
    /// Taps an item of a msgmenu. It arrives as a text, and counts as a menu:
    /// 在用户点击菜单消息时，触发的是点击菜单事件 (page 客服消息, read 2026-11-21).
    TapMenuMessage {
        /// The id of the item.
        id: &'a str,
        /// Its text.
        content: &'a str,
    },
    /// Stops following the account.
    Unsubscribe,
    /// Taps an item of the custom menu that opens this page. It allows nothing.
    View(&'a str),
    /// Sends a text.
    Write(&'a str),
    /// Sends a card of a mini program.
    WriteCard {
        /// Its title.
        title: &'a str,
        /// Its page.
        page_path: &'a str,
    },
    /// Sends a picture; the platform keeps it as temporary media.
    WriteImage,
}

impl<'a> Action<'a> {
    /// The row of the table that it belongs to.
    pub(crate) const fn kind(&self) -> Option<ActionKind> {
        Some(match self {
            Self::Enter(_) => ActionKind::Enter,
            Self::Scan(_) => ActionKind::Scan,
            Self::Subscribe(_) => ActionKind::Subscribe,
            Self::TapMenu(_) | Self::TapMenuMessage { .. } => ActionKind::Menu,
            Self::Unsubscribe | Self::View(_) => return None,
            Self::Write(_) | Self::WriteCard { .. } | Self::WriteImage => ActionKind::Message,
        })
    }

    /// Whether it is a message, with a `MsgId`, and not an event.
    pub(crate) const fn is_message(&self) -> bool {
        matches!(
            self,
            Self::TapMenuMessage { .. }
                | Self::Write(_)
                | Self::WriteCard { .. }
                | Self::WriteImage
        )
    }

    /// `MsgType`, and what the chat shows of it.
    pub(crate) const fn shown(&self) -> (&'static str, &'a str) {
        match self {
            Self::TapMenuMessage { content, .. } => ("text", content),
            Self::Write(text) => ("text", text),
            Self::WriteCard { title, .. } => ("miniprogrampage", title),
            Self::WriteImage => ("image", "[image]"),
            Self::Enter(_) => ("event", "user_enter_tempsession"),
            Self::Scan(_) => ("event", "SCAN"),
            Self::Subscribe(_) => ("event", "subscribe"),
            Self::TapMenu(_) => ("event", "CLICK"),
            Self::Unsubscribe => ("event", "unsubscribe"),
            Self::View(_) => ("event", "VIEW"),
        }
    }
}

/// What every push says around what it is about.
#[derive(Clone, Copy)]
pub(crate) struct PushHead<'a> {
    pub(crate) to: &'a str,
    pub(crate) from: &'a str,
    /// Whole seconds.
    pub(crate) created: u64,
    pub(crate) format: Format,
}

impl PushHead<'_> {
    fn open(&self, msg_type: &str) -> PushDocument {
        let mut out = PushDocument::new(self.format);
        out.text("ToUserName", self.to);
        out.text("FromUserName", self.from);
        out.number("CreateTime", self.created);
        out.text("MsgType", msg_type);
        out
    }

    /// An event with these fields.
    pub(crate) fn event(&self, name: &str, fields: &[(&str, &str)]) -> String {
        let mut out = self.open("event");
        out.text("Event", name);
        for (field, text) in fields {
            out.text(field, text);
        }
        out.finish()
    }

    /// The push that tells of an action; an id and media are used where it has some.
    pub(crate) fn action(
        &self,
        action: &Action<'_>,
        app_id: &str,
        msg_id: u64,
        media_id: &str,
    ) -> String {
        let (kind, name) = action.shown();
        if !action.is_message() {
            return self.event(
                name,
                &match action {
                    Action::Enter(from) => [("SessionFrom", *from)].to_vec(),
                    Action::Scan(key) => [("EventKey", *key), ("Ticket", TICKET)].to_vec(),
                    Action::Subscribe(key) if key.starts_with("qrscene_") => {
                        [("EventKey", *key), ("Ticket", TICKET)].to_vec()
                    }
                    Action::Subscribe(key) | Action::TapMenu(key) | Action::View(key) => {
                        [("EventKey", *key)].to_vec()
                    }
                    _ => [("EventKey", "")].to_vec(),
                },
            );
        }
        let mut out = self.open(kind);
        match action {
            Action::TapMenuMessage { id, content } => {
                out.text("Content", content);
                out.text("bizmsgmenuid", id);
            }
            Action::Write(text) => out.text("Content", text),
            Action::WriteCard { title, page_path } => {
                out.text("Title", title);
                out.text("AppId", app_id);
                out.text("PagePath", page_path);
                out.text("ThumbUrl", PICTURE_URL);
                out.text("ThumbMediaId", media_id);
            }
            _ => {
                out.text("PicUrl", PICTURE_URL);
                out.text("MediaId", media_id);
            }
        }
        out.number("MsgId", msg_id);
        out.finish()
    }
}

const PICTURE_URL: &str = "https://mmbiz.example/picture/0";
const TICKET: &str = "gQH47joAAAAAAAAAASxodHRwOi8vd2VpeGluLnFxLmNvbS9xL2taZ2Z3TVRtNzJXV1Brb3ZhYmJJ";

#[cfg(test)]
mod tests {
    use wxkf_core::{Inbound, Trigger};

    use super::*;

    #[test]
    fn every_action_is_read_as_what_it_is() {
        let rows = [
            (Action::Enter("shop"), "event.user_enter_tempsession", Some(Trigger::Enter)),
            (Action::Scan("7"), "event.scan", Some(Trigger::Scan)),
            (Action::Subscribe("qrscene_7"), "event.subscribe", Some(Trigger::Subscribe)),
            (Action::TapMenu("k"), "event.click", Some(Trigger::Menu)),
            (Action::TapMenuMessage { id: "1", content: "Yes" }, "text", Some(Trigger::Menu)),
            (Action::Unsubscribe, "event.unsubscribe", Some(Trigger::Unsubscribe)),
            (Action::View("https://a.example"), "event.view", None),
            (Action::Write("]]> <&\"\n😀"), "text", Some(Trigger::Message)),
            (
                Action::WriteCard { title: "Order", page_path: "p?id=1" },
                "miniprogrampage",
                Some(Trigger::Message),
            ),
            (Action::WriteImage, "image", Some(Trigger::Message)),
        ];
        for format in [Format::Json, Format::Xml] {
            let envelope = PushHead { to: "gh_1", from: "oUser", created: 1_796_000_000, format };
            for (action, kind, trigger) in &rows {
                let body = envelope.action(action, "wx1", (1 << 53) + 1, "media");
                let inbound = Inbound::decode_unverified(body.as_bytes()).unwrap();
                assert_eq!((inbound.kind(), inbound.trigger()), (*kind, *trigger), "{body}");
                assert_eq!((inbound.from(), inbound.to()), (Some("oUser"), Some("gh_1")));
                let id = inbound.msg_id().and_then(|id| id.as_u64());
                assert_eq!(id, action.is_message().then_some((1 << 53) + 1));
                if let Action::Write(text) = action {
                    assert_eq!(inbound.field("Content"), Some(*text));
                }
            }
        }
    }
}
