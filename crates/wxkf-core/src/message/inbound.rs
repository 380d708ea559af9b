use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::content::{self, Content, ContentKind, Id, untyped};
use super::dedupe_key::DedupeKey;
use crate::codec::{self, Document, Format, Node, Reserved};
use crate::error::Error;
use crate::fields::{self, Fields};
use crate::names::named;
use crate::time::Timestamp;

/// A message or event, as WeChat pushed it.
///
/// It keeps the text it was read from and one tree over it, the same for XML and JSON; everything
/// typed is a view into that tree, made when asked for. So nothing is ever lost: unknown types,
/// events and fields are there, in their order and in their own spelling.
///
/// No field can be relied on to be present: WeChat leaves out what its documents promise.
#[derive(Clone)]
pub struct Inbound {
    text: String,
    document: Document,
    format: Format,
}

named! {
    /// What an action of a user does to the window in which the account may write to that user.
    Trigger {
        /// The user opened the chat of a mini program.
        Enter "enter",
        /// The user tapped a custom menu (only types click, scancode_push, scancode_waitmsg), or an
        /// item of a msgmenu, which arrives as a text.
        Menu "menu",
        /// The user wrote something.
        Message "message",
        /// The user paid (支付成功). No push of the callback says so; a host that is told elsewhere
        /// may observe it, if its [`Policy`](crate::Policy) has a rule for it.
        Pay "pay",
        /// The user scanned a parametric QR code.
        Scan "scan",
        /// The user began to follow the account.
        Subscribe "subscribe",
        /// The user stopped following: nothing may be sent any more.
        Unsubscribe "unsubscribe",
    }
}

impl Trigger {
    pub(crate) const COUNT: usize = Self::ALL.len();

    pub(crate) const fn index(self) -> usize {
        self as usize
    }
}

/// What the chat shows instead of a sticker or anything else that cannot be pushed.
const UNSUPPORTED_PLACEHOLDERS: &[&str] = &[
    "【收到不支持的消息类型，暂无法显示】",
    "【收到不支持的消息類型，暫無法顯示】",
    "【收到不支援的訊息類型，暫無法顯示】",
    "[Unsupported Message]",
];

impl Inbound {
    /// Reads a message of which **nothing has been verified**: for tests, for logs, and for bodies
    /// that came through another gate, such as a cloud function. Everybody can write such a body;
    /// what comes from the internet goes through [`Account::receive`](crate::Account::receive).
    ///
    /// # Errors
    /// [`Code::BodyMalformed`](crate::Code::BodyMalformed).
    pub fn decode_unverified(body: &[u8]) -> Result<Self, Error> {
        let text = codec::utf8(body)?;
        let (format, document) = codec::parse(text)?;
        Ok(Self { text: text.into(), document, format })
    }

    /// The same of a body that may be kept.
    pub(crate) fn decode_owned(body: Vec<u8>) -> Result<Self, Error> {
        let text = codec::owned_utf8(body)?;
        let (format, document) = codec::parse(&text)?;
        Ok(Self { text, document, format })
    }

    /// `ToUserName`: the account, as its original id (`gh_…`).
    #[must_use]
    pub fn to(&self) -> Option<&str> {
        self.word(Reserved::ToUserName)
    }

    /// `FromUserName`: the user's openid; in some events a system account.
    #[must_use]
    pub fn from(&self) -> Option<&str> {
        self.word(Reserved::FromUserName)
    }

    /// `CreateTime` (`TimeStamp` in some pushes to platforms): when it happened, by WeChat's clock,
    /// in whole seconds.
    #[must_use]
    pub fn created(&self) -> Option<Timestamp> {
        let seconds = self.word(Reserved::CreateTime);
        let seconds = seconds.or_else(|| fields::word(self.tree(), &["TimeStamp"]));
        // In milliseconds every language holds it; what lies beyond is no time.
        let is_time = |seconds: &u64| *seconds < (1 << 53) / 1000;
        seconds?.parse().ok().filter(is_time).map(Timestamp::from_secs)
    }

    /// `MsgId`, or the misspelt `MsgID` of some documents and events. Messages have one; of the
    /// events only those that tell the fate of a sent message.
    #[must_use]
    pub fn msg_id(&self) -> Option<Id<'_>> {
        let id = |field| self.word(field).filter(|id| !id.is_empty()).map(Id::new);
        id(Reserved::MsgId).or_else(|| id(Reserved::MsgID))
    }

    /// `MsgType`, as it stands.
    #[must_use]
    pub fn msg_type(&self) -> Option<&str> {
        self.word(Reserved::MsgType)
    }

    /// `Event`, as it stands; senders differ in letter case.
    #[must_use]
    pub fn event(&self) -> Option<&str> {
        self.word(Reserved::Event)
    }

    /// `EventKey`, as it stands: an opaque string, often empty.
    #[must_use]
    pub fn event_key(&self) -> Option<&str> {
        self.document.reserved(&self.text, Reserved::EventKey)?.text()
    }

    /// `InfoType` of a push to a third-party platform about itself.
    #[must_use]
    pub fn info_type(&self) -> Option<&str> {
        self.word(Reserved::InfoType)
    }

    /// `MsgDataId`: the article from which the message was sent. Official accounts only.
    #[must_use]
    pub fn msg_data_id(&self) -> Option<Id<'_>> {
        fields::id(self.tree(), &["MsgDataId"])
    }

    /// `Idx`: which article of several, from 1.
    #[must_use]
    pub fn idx(&self) -> Option<i64> {
        fields::int(self.tree(), &["Idx"])
    }

    /// `BusinessId`: the sub-merchant of a mini program that the user wrote to; the answer needs it.
    #[must_use]
    pub fn business_id(&self) -> Option<Id<'_>> {
        fields::id(self.tree(), &["BusinessId"])
    }

    /// The format it came in.
    #[must_use]
    pub const fn format(&self) -> Format {
        self.format
    }

    /// The exact bytes it was read from.
    #[must_use]
    pub fn raw(&self) -> &[u8] {
        self.text.as_bytes()
    }

    /// The root of the tree.
    #[must_use]
    pub fn tree(&self) -> Node<'_> {
        self.document.root(&self.text)
    }

    /// The text of the first element with this name right below the root, documented or not.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        self.tree().child(name)?.text()
    }

    /// The typed content.
    #[must_use]
    pub fn content(&self) -> Content<'_> {
        match self.find_kind() {
            Found::Typed(kind) => kind.read(self.tree()),
            Found::Untyped(_) if self.is_event() => {
                Content::Untyped(self.event().unwrap_or_default())
            }
            Found::Untyped(_) => Content::Untyped(self.msg_type().unwrap_or_default()),
            Found::Unknown => Content::Unknown,
        }
    }

    /// The name of what this is: `text`, `event.scan`, `info.authorized`, `unknown`. It is the
    /// same however the sender spells the type.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self.find_kind() {
            Found::Typed(kind) => kind.label,
            Found::Untyped(label) => label,
            Found::Unknown => "unknown",
        }
    }

    /// What this does to the window in which the account may write to the user: page
    /// 客服消息使用指南, 下发条件说明, read 2026-11-21.
    #[must_use]
    pub fn trigger(&self) -> Option<Trigger> {
        match self.find_kind() {
            Found::Typed(kind) => match kind.label {
                "text" if fields::word(self.tree(), &["bizmsgmenuid"]).is_some() => {
                    Some(Trigger::Menu)
                }
                "event.click" | "event.scancode_push" | "event.scancode_waitmsg" => {
                    Some(Trigger::Menu)
                }
                "event.scan" => Some(Trigger::Scan),
                "event.subscribe" => Some(Trigger::Subscribe),
                "event.unsubscribe" => Some(Trigger::Unsubscribe),
                "event.user_enter_tempsession" => Some(Trigger::Enter),
                _ => kind.is_message().then_some(Trigger::Message),
            },
            // A type to come: what is not an event and has a message id was written by a user.
            Found::Unknown if !self.is_event() && self.msg_id().is_some() => Some(Trigger::Message),
            Found::Unknown | Found::Untyped(_) => None,
        }
    }

    /// A key that is the same for every delivery of this push: WeChat repeats a push that is not
    /// answered within five seconds.
    ///
    /// A message is known by its account and `MsgId`. An event is known by everything it says:
    /// sender and time alone, as the documents have it, swallow the second of two cards received
    /// in one second. So is a message whose id is absent or not a number. `Encrypt`, which differs
    /// on each delivery, is left out. Payment events may be repeated for a day with other contents;
    /// tell those by their order number too.
    #[must_use]
    pub fn dedupe_key(&self) -> DedupeKey {
        match self.msg_id().filter(|id| !self.is_event() && id.as_u64().is_some()) {
            Some(id) => DedupeKey::of_message(self.to().unwrap_or_default(), id),
            None => DedupeKey::of_everything(self.tree()),
        }
    }

    /// Whether this is one of the fixed sentences that stand for a sticker or another message that
    /// cannot be pushed. It arrives as a text from the user and counts as one.
    #[must_use]
    pub fn is_unsupported_placeholder(&self) -> bool {
        self.kind() == "text"
            && fields::text(self.tree(), &["Content"])
                .is_some_and(|text| UNSUPPORTED_PLACEHOLDERS.contains(&text.trim()))
    }

    /// Whether this event wants [`Reply::ErrCode`](crate::Reply::ErrCode): payment events of mini
    /// programs and mini games are repeated for a day if `success` is all they hear.
    #[must_use]
    pub fn wants_err_code(&self) -> bool {
        let event = self.kind();
        matches!(
            event,
            "event.xpay_goods_deliver_notify"
                | "event.xpay_coin_pay_notify"
                | "event.xpay_refund_notify"
                | "event.xpay_complaint_notify"
                | "event.minigame_deliver_goods"
                | "event.minigame_h5_goods_deliver_notify"
                | "event.minigame_game_pay_goods_deliver_notify"
        )
    }

    /// Whether WeChat may deliver it long after it happened. Payments are repeated for a day, and nobody
    /// can say it of an event that this version does not type.
    pub(crate) fn may_come_late(&self) -> bool {
        self.wants_err_code() || (self.is_event() && !matches!(self.find_kind(), Found::Typed(_)))
    }

    /// Whether `MsgType` is `event`.
    #[must_use]
    pub fn is_event(&self) -> bool {
        self.msg_type().is_some_and(|msg_type| msg_type.eq_ignore_ascii_case("event"))
    }

    /// Whether there is nothing in it but a sealed message that nobody opened.
    pub(crate) fn is_only_sealed(&self) -> bool {
        self.document.reserved(&self.text, Reserved::Encrypt).is_some()
            && self.msg_type().is_none()
            && self.info_type().is_none()
    }

    fn word(&self, field: Reserved) -> Option<&str> {
        self.document.reserved(&self.text, field)?.text().map(str::trim_ascii)
    }

    fn find_kind(&self) -> Found {
        let typed = |table, name| ContentKind::find(table, name).map(Found::Typed);
        let known = |name| untyped::find(self.is_event(), name).map(Found::Untyped);
        let found = match (self.msg_type(), self.event(), self.info_type()) {
            (Some(_), Some(event), _) if self.is_event() => {
                typed(content::EVENTS, event).or_else(|| known(event))
            }
            (Some(msg_type), ..) => typed(content::MESSAGES, msg_type).or_else(|| known(msg_type)),
            (None, _, Some(info_type)) => typed(content::INFOS, info_type),
            (None, _, None) => {
                let action = fields::word(self.tree(), &["action"]);
                action.and_then(|action| typed(content::ACTIONS, action))
            }
        };
        found.unwrap_or(Found::Unknown)
    }
}

enum Found {
    Typed(&'static ContentKind),
    Untyped(&'static str),
    Unknown,
}

/// The shape that every language shows: see `INBOUND` in `tests/README.md`.
impl Serialize for Inbound {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("to", &self.to())?;
        map.serialize_entry("from", &self.from())?;
        map.serialize_entry("created", &self.created().map(Timestamp::as_secs))?;
        if let Some(id) = self.msg_id() {
            map.serialize_entry("msg_id", id.as_str())?;
        }
        map.serialize_entry("dedupe_key", &*self.dedupe_key().to_text())?;
        map.serialize_entry("trigger", &self.trigger().map(Trigger::name))?;
        map.serialize_entry("kind", self.kind())?;
        map.serialize_entry("content", &TypedContent(self))?;
        map.end()
    }
}

struct TypedContent<'a>(&'a Inbound);

impl<'a> TypedContent<'a> {
    /// The fields of its type, or what there is to know of a push that is not typed; and what stands
    /// beside them.
    fn groups(&self) -> impl Iterator<Item = Fields<'a>> {
        let tree = self.0.tree();
        let (node, record) = match self.0.find_kind() {
            Found::Typed(kind) => (kind.scope(tree), kind.record),
            Found::Untyped(_) | Found::Unknown => (tree, &untyped::TYPE),
        };
        let beside = (!self.0.is_event()).then_some((tree, &untyped::BESIDE));
        let groups = [(node, record)].into_iter().chain(beside);
        groups.map(|(node, record)| Fields { node, fields: record.fields })
    }
}

impl Serialize for TypedContent<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for fields in self.groups() {
            fields.serialize_into(&mut map)?;
        }
        map.end()
    }
}

/// What a user wrote stays out of logs.
impl fmt::Debug for Inbound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inbound")
            .field("kind", &self.kind())
            .field("to", &self.to())
            .field("from", &self.from())
            .field("created", &self.created())
            .field("msg_id", &self.msg_id())
            .finish_non_exhaustive()
    }
}
