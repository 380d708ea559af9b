//! Messages to a user through the customer-service API: one row a `msgtype`.
//!
//! Page 发送客服消息, <https://developers.weixin.qq.com/doc/service/api/customer/message/api_sendcustommessage>,
//! read 2026-11-21; for mini programs the guide
//! <https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/customer-message/send.html>.

use alloc::string::String;
use alloc::vec::Vec;

use super::entries::entries;
use super::reply;
use super::text::MAX_TEXT_BYTES;
use crate::account::{AccountKind, Accounts};
use crate::error::{Code, Error};
use crate::names::said;
use crate::params::{
    self, Argument, Caution, MediaId, MediaKind, Object, Param, Rule, Title, Value, inside, invalid,
};

/// One row of [`MESSAGE_TYPES`]: a message that can be sent.
#[derive(Debug)]
#[non_exhaustive]
pub struct MessageType {
    /// The `msgtype`, and the name of the object beside it.
    pub name: &'static str,
    /// The accounts that may send it.
    pub accounts: Accounts,
    /// The fields of the object.
    pub fields: &'static [Param],
    pub(crate) title: Title,
}

/// Declares the messages together with their rows. A field is required unless its type is an
/// `Option`.
macro_rules! messages {
    ($($(#[doc = $doc:literal])+ $message:ident $name:literal $accounts:ident {
        $($(#[doc = $field_doc:literal])+ $field:ident: $type:ty = $rule:expr,)*
    })+) => {
        /// A message to a user (客服消息), sent with [`SendMessage`](crate::api::SendMessage).
        ///
        /// Where the pages and published calls disagree whether a field is required, it is an
        /// `Option` and the platform decides.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Outbound {
            $($(#[doc = $doc])+ $message { $($(#[doc = $field_doc])+ $field: $type,)* },)+
            /// A type that this version does not know, sent as it is.
            Other {
                /// The `msgtype`, and the name of the object.
                msgtype: String,
                /// The object beside it.
                object: JsonObject,
            },
        }

        /// Every message type that this version knows, in the order of the page.
        pub const MESSAGE_TYPES: &[MessageType] = &[$(MessageType {
            name: $name,
            accounts: Accounts::$accounts,
            fields: &[$(Param::of::<$type>(stringify!($field), $rule)
                .said(said!($($field_doc)+))),*],
            title: Title { name: stringify!($message), said: said!($($doc)+) },
        }),+];

        impl Outbound {
            /// The `msgtype`.
            #[must_use]
            pub fn msgtype(&self) -> &str {
                match self {
                    $(Self::$message { .. } => $name,)+
                    Self::Other { msgtype, .. } => msgtype,
                }
            }

            /// The object beside the `msgtype`.
            fn object(&self) -> Object<'_> {
                match self {
                    $(Self::$message { $($field),* } => {
                        Object::new([$((stringify!($field), $field.value())),*])
                    })+
                    Self::Other { object, .. } => object.0.clone(),
                }
            }
        }
    };
}

messages! {
    /// A text; it may hold links to mini programs and menu items, see [`text`](crate::text).
    Text "text" Both {
        /// The text, not empty. Above [`MAX_TEXT_BYTES`](crate::text::MAX_TEXT_BYTES) it was
        /// refused when it was measured.
        content: String = Rule::TEXT,
    }
    /// A picture.
    Image "image" Both {
        /// An uploaded picture.
        media_id: MediaId = Rule::Media(&[MediaKind::Image]),
    }
    /// A voice message.
    Voice "voice" OfficialAccount {
        /// An uploaded voice.
        media_id: MediaId = Rule::Media(&[MediaKind::Voice]),
    }
    /// A video.
    Video "video" OfficialAccount {
        /// An uploaded video.
        media_id: MediaId = Rule::Media(&[MediaKind::Video]),
        /// An uploaded cover. The page wants one.
        thumb_media_id: Option<MediaId> = Rule::Media(&[MediaKind::Thumb]),
        /// The title.
        title: Option<String> = Rule::FREE,
        /// The description.
        description: Option<String> = Rule::FREE,
    }
    /// A piece of music.
    Music "music" OfficialAccount {
        /// The title. The page wants one.
        title: Option<String> = Rule::FREE,
        /// The description. The page wants one.
        description: Option<String> = Rule::FREE,
        /// Where the music is.
        musicurl: String = Rule::WORD,
        /// Where it is in better quality, preferred on Wi-Fi.
        hqmusicurl: Option<String> = Rule::WORD,
        /// An uploaded cover.
        thumb_media_id: MediaId = Rule::Media(&[MediaKind::Thumb]),
    }
    /// An article that opens a page on the web: exactly one, since 2018-10-12 (45008 otherwise).
    News "news" OfficialAccount {
        /// The article.
        articles: Vec<NewsArticle> = Rule::List(NewsArticle::FIELDS, 1, 1),
    }
    /// An article of permanent material. Accounts whose material has moved to drafts are refused with
    /// 40007; [`MpNewsArticle`](Self::MpNewsArticle) took its place.
    MpNews "mpnews" OfficialAccount {
        /// Permanent material.
        media_id: MediaId = Rule::Media(&[]),
    }
    /// A published article (发布能力).
    MpNewsArticle "mpnewsarticle" OfficialAccount {
        /// The id of the published article.
        article_id: String = Rule::WORD,
    }
    /// A menu. A tap comes back as a text with `bizmsgmenuid`, and counts as a tap on the account's
    /// menu, not as a message.
    MsgMenu "msgmenu" OfficialAccount {
        /// The text above the items.
        head_content: Option<String> = Rule::FREE,
        /// The items.
        list: Vec<MenuItem> = Rule::List(MenuItem::FIELDS, 1, usize::MAX),
        /// The text below the items.
        tail_content: Option<String> = Rule::FREE,
    }
    /// A card or coupon, without a code of its own or with an imported one.
    WxCard "wxcard" OfficialAccount {
        /// The card.
        card_id: String = Rule::WORD,
        /// Older pages: more about the card, as a JSON text.
        card_ext: Option<String> = Rule::FREE,
    }
    /// A card that opens a page of a mini program.
    MiniProgramPage "miniprogrampage" Both {
        /// The title.
        title: String = Rule::FREE,
        /// The mini program, bound to the official account. A mini program sends cards of its own and
        /// leaves this out.
        appid: Option<String> = Rule::APP_ID,
        /// The page, as in `app.json`, with a query if need be.
        pagepath: String = Rule::WORD,
        /// An uploaded picture, best 520 × 416.
        thumb_media_id: MediaId = Rule::Media(&[MediaKind::Image]),
    }
    /// A link that opens a page on the web.
    Link "link" MiniProgram {
        /// The title.
        title: String = Rule::FREE,
        /// The description.
        description: String = Rule::FREE,
        /// Where a tap leads.
        url: String = Rule::WORD,
        /// The picture.
        thumb_url: String = Rule::WORD,
    }
}

/// By its `msgtype`.
impl Argument for Outbound {
    fn value(&self) -> Option<Value<'_>> {
        Some(Value::Object(Object::new([(self.msgtype(), Some(Value::Object(self.object())))])))
    }
}

impl Outbound {
    /// A text.
    #[must_use]
    pub fn text(content: impl Into<String>) -> Self {
        Self::Text { content: content.into() }
    }

    /// A picture.
    #[must_use]
    pub fn image(media_id: impl Into<MediaId>) -> Self {
        Self::Image { media_id: media_id.into() }
    }

    /// A voice message.
    #[must_use]
    pub fn voice(media_id: impl Into<MediaId>) -> Self {
        Self::Voice { media_id: media_id.into() }
    }

    /// An article that opens a page on the web.
    #[must_use]
    pub fn news(article: NewsArticle) -> Self {
        Self::News { articles: alloc::vec![article] }
    }

    /// A menu of these items: the id of each, and what it says.
    #[must_use]
    pub fn menu<'a>(items: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let list = items.into_iter().map(|(id, content)| MenuItem::new(id, content)).collect();
        Self::MsgMenu { head_content: None, list, tail_content: None }
    }
}

entries! {
    /// The article of [`Outbound::News`].
    NewsArticle {
        new {
        /// The title.
        title = Rule::FREE,
        /// The description.
        description = Rule::FREE,
        /// Where a tap leads.
        url = Rule::WORD,
        /// The picture: JPG or PNG, best 640 × 320.
        picurl = Rule::WORD,
        }
        with {}
    }

    /// An item of [`Outbound::MsgMenu`].
    MenuItem {
        new {
        /// What comes back as `bizmsgmenuid`: digits, as some clients replace an id that is something
        /// else ([`Caution::MenuId`]).
        id = Rule::Label,
        /// What it says.
        content = Rule::TEXT,
        }
        with {}
    }
}

/// A JSON object, for a message type that this version does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonObject(Object<'static>);

impl JsonObject {
    /// Reads an object. Its numbers stay as they are written.
    ///
    /// # Errors
    /// [`Code::RequestFieldInvalid`] for text that is not a JSON object, or that names a member
    /// twice.
    pub fn parse(json: &str) -> Result<Self, Error> {
        Object::from_json(json).map(|object| Self(object.into_owned()))
    }
}

fn row(msgtype: &str) -> Option<&'static MessageType> {
    MESSAGE_TYPES.iter().find(|row| row.name == msgtype)
}

/// Whether a message of this type is what a push is answered with, and nothing that can be sent.
fn is_passive(msgtype: &str) -> bool {
    // The pages name more than one way to hand a message on, all as answers to it.
    msgtype.starts_with("transfer_") || reply::TYPES.iter().any(|reply| reply.name == msgtype)
}

/// Gives the object of a message the spelling in which it is sent.
pub(crate) fn tidy(msgtype: &str, object: &mut Object<'_>) {
    if let (Some(row), Some(Value::Object(message))) = (row(msgtype), object.get_mut(msgtype)) {
        params::tidy(row.fields, message);
    }
}

/// What the row of a message says of the object beside its `msgtype`.
pub(crate) fn check(
    envelope: &[Param],
    msgtype: &str,
    object: &Object<'_>,
    kind: Option<AccountKind>,
) -> Result<Option<Caution>, Error> {
    let rule = match row(msgtype) {
        Some(row) if kind.is_some_and(|kind| !row.accounts.include(kind)) => {
            return Err(Error::new(Code::RequestUnsupported).field_named("msgtype"));
        }
        Some(row) => Rule::Object(row.fields),
        None if is_passive(msgtype) => {
            let unsupported = Error::new(Code::RequestUnsupported).field_named("msgtype");
            return Err(unsupported.because("a passive reply: it answers a push, and is not sent"));
        }
        None => {
            let is_name =
                |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
            let is_taken = envelope.iter().any(|field| field.name == msgtype);
            if is_taken || msgtype.is_empty() || !msgtype.bytes().all(is_name) {
                return Err(invalid("not the name of a message").field_named("msgtype"));
            }
            Rule::Any
        }
    };
    let Some(value) = object.get(msgtype) else {
        return Err(inside(msgtype, Error::new(Code::RequestFieldMissing)));
    };
    rule.check(value, &params::in_request).map_err(|error| inside(msgtype, error))?;
    let Value::Object(message) = value else { return Ok(None) };
    if msgtype == "miniprogrampage" {
        const APPID: &str = "miniprogrampage.appid";
        match (kind, message.get("appid")) {
            (Some(AccountKind::MiniProgram), Some(_)) => {
                let detail = "a mini program sends cards of its own";
                return Err(invalid(detail).field_named(APPID));
            }
            (Some(AccountKind::OfficialAccount), None) => {
                return Err(Error::new(Code::RequestFieldMissing).field_named(APPID));
            }
            _ => {}
        }
    }
    Ok(match msgtype {
        "mpnews" => Some(Caution::Outdated),
        "msgmenu" => {
            let is_number = |id: &str| id.bytes().all(|byte| byte.is_ascii_digit());
            let mut ids = message.objects("list").filter_map(|item| item.text("id"));
            ids.any(|id| !is_number(id)).then_some(Caution::MenuId)
        }
        "text" => {
            let is_long = message.text("content").is_some_and(|text| text.len() > MAX_TEXT_BYTES);
            is_long.then_some(Caution::LongText)
        }
        _ => None,
    })
}
