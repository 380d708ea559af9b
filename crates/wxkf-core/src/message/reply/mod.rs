//! Passive replies, and how they are read from JSON.

mod write;

use alloc::string::String;
use alloc::vec::Vec;

use crate::api::Caution;
use crate::codec::{self, Node, NodeKind};
use crate::error::{Code, Error};
use crate::fields;
use crate::message::text::MAX_TEXT_BYTES;
use crate::schema::{self, Record, ReplyType, Shape};

/// Declares the replies: the enum, how each is read from JSON, and what it is called there.
macro_rules! replies {
    ($(#[doc = $enum_doc:literal])+ Reply;
     $($(#[doc = $doc:literal])+ $variant:ident $name:literal $({
        $($(#[doc = $field_doc:literal])+ $field:ident: $type:ty = $wire:literal,)*
    })?;)+) => {
        $(#[doc = $enum_doc])+
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Reply {
            $($(#[doc = $doc])+ $variant $({ $($(#[doc = $field_doc])+ $field: $type,)* })?,)+
        }

        impl Reply {
            fn read(kind: &str, root: Node<'_>) -> Result<Self, Error> {
                Ok(match kind {
                    $($name => Self::$variant $({ $(
                        $field: <$type as JsonField>::read(root, stringify!($field), $wire)?,
                    )* })?,)+
                    _ => return Err(Error::new(Code::ReplyUnsupported).field_named("MsgType")),
                })
            }
        }

        pub(crate) const TYPES: &[ReplyType] = &[$(ReplyType {
            name: $name,
            record: Record {
                name: stringify!($variant),
                doc: schema::text!($($doc)+),
                fields: &[$($(schema::field(
                    stringify!($field),
                    schema::text!($($field_doc)+),
                    <$type as JsonField>::IS_REQUIRED,
                    <$type as JsonField>::SHAPE,
                )),*)?],
            },
        }),+];
    };
}

replies! {
    /// A passive reply (被动回复): the answer in the HTTP response to a push, within five seconds.
    ///
    /// Page 被动回复用户消息, read 2026-11-21. An official account may send all of them; a
    /// mini program only [`Success`](Self::Success), [`Empty`](Self::Empty),
    /// [`ErrCode`](Self::ErrCode) and [`TransferCustomerService`](Self::TransferCustomerService)
    /// without an account, and writes to its users through the customer-service API.
    Reply;

    /// No bytes at all: nothing is shown, nothing is repeated.
    Empty "empty";
    /// `{"ErrCode":0,"ErrMsg":"…"}`, which some events want: see
    /// [`Inbound::wants_err_code`](crate::Inbound::wants_err_code).
    ErrCode "err_code" {
        /// 0 says that all is well; anything else has the event repeated.
        err_code: i64 = "ErrCode",
        /// `success` unless told.
        err_msg: Option<String> = "ErrMsg",
    };
    /// A picture.
    Image "image" {
        /// Of temporary or permanent media.
        media_id: String = "MediaId",
    };
    /// A piece of music.
    Music "music" {
        /// The title.
        title: Option<String> = "Title",
        /// The description.
        description: Option<String> = "Description",
        /// Where the music is.
        music_url: Option<String> = "MusicUrl",
        /// Where it is in better quality, preferred on Wi-Fi.
        hq_music_url: Option<String> = "HQMusicUrl",
        /// The cover, as media. Required by WeChat.
        thumb_media_id: String = "ThumbMediaId",
    };
    /// Articles: exactly one in answer to a text, image, voice, video or location, otherwise up to
    /// eight. WeChat drops what is more without a word, so that is an error here.
    News "news" {
        /// The articles.
        articles: Vec<Article> = "Articles",
    };
    /// `success`: nothing is shown, nothing is repeated. The right answer when the real one follows
    /// through the API.
    Success "success";
    /// A text; line breaks are kept.
    Text "text" {
        /// The text, not empty.
        content: String = "Content",
    };
    /// Hands the message that is being answered to the human agents. For messages, not for events.
    TransferCustomerService "transfer_customer_service" {
        /// A certain agent, `name@account`. Official accounts only.
        kf_account: Option<String> = "KfAccount",
    };
    /// A video.
    Video "video" {
        /// Of temporary or permanent media.
        media_id: String = "MediaId",
        /// The title.
        title: Option<String> = "Title",
        /// The description.
        description: Option<String> = "Description",
    };
    /// A voice message.
    Voice "voice" {
        /// Of temporary or permanent media.
        media_id: String = "MediaId",
    };
}

/// Declares what a list in a reply holds; only its first field has to be there.
macro_rules! entry {
    ($(#[doc = $doc:literal])+ $entry:ident {
        $(#[doc = $first_doc:literal])+ $first:ident = $first_wire:literal,
        $($(#[doc = $field_doc:literal])+ $field:ident = $wire:literal,)*
    }) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct $entry {
            $(#[doc = $first_doc])+
            pub $first: String,
            $($(#[doc = $field_doc])+
            pub $field: String,)*
        }

        impl $entry {
            const RECORD: &'static Record = &Record {
                name: stringify!($entry),
                doc: schema::text!($($doc)+),
                fields: &[
                    schema::field(
                        stringify!($first),
                        schema::text!($($first_doc)+),
                        true,
                        Shape::Text,
                    ),
                    $(schema::field(
                        stringify!($field),
                        schema::text!($($field_doc)+),
                        false,
                        Shape::Text,
                    ),)*
                ],
            };

            fn read(node: Node<'_>) -> Result<Self, Error> {
                Ok(Self {
                    $first: String::read(node, stringify!($first), $first_wire)?,
                    $($field: optional_text(node, stringify!($field), $wire)?.unwrap_or_default(),)*
                })
            }
        }
    };
}

entry! {
    /// One article of [`Reply::News`].
    Article {
        /// The title.
        title = "Title",
        /// The description.
        description = "Description",
        /// The picture: JPG or PNG, 360 × 200 for the first article and 200 × 200 for the others.
        pic_url = "PicUrl",
        /// Where a tap leads.
        url = "Url",
    }
}

impl Article {
    /// An article with a title, and nothing else yet.
    #[must_use]
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// Sets the description.
    #[must_use]
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = description.into();
        self
    }

    /// Sets the picture.
    #[must_use]
    pub fn pic_url(mut self, pic_url: impl Into<String>) -> Self {
        self.pic_url = pic_url.into();
        self
    }

    /// Sets where a tap leads.
    #[must_use]
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = url.into();
        self
    }
}

impl Reply {
    /// A text.
    #[must_use]
    pub fn text(content: impl Into<String>) -> Self {
        Self::Text { content: content.into() }
    }

    /// What is known to go wrong with this reply, though it can be sent: look at it before it is.
    #[must_use]
    pub fn caution(&self) -> Option<Caution> {
        match self {
            Self::Text { content } if content.len() > MAX_TEXT_BYTES => Some(Caution::LongReply),
            _ => None,
        }
    }

    /// Reads a reply from JSON, as the bindings and the tools spell it:
    /// `{"type":"text","content":"…"}`; every field has the name it has here.
    ///
    /// # Errors
    /// [`Code::ReplyUnsupported`] for an unknown type, [`Code::ReplyFieldInvalid`] for a field that
    /// is missing or of the wrong kind, or for text that is not a JSON object.
    pub fn from_json(json: &str) -> Result<Self, Error> {
        let invalid = || Error::new(Code::ReplyFieldInvalid);
        let document =
            codec::parse_params(json).map_err(|_| invalid().because("not a JSON object"))?;
        let root = document.root(json);
        Self::read(&String::read(root, "type", "MsgType")?, root)
    }
}

/// A field of a reply in JSON. `field` is what errors call it: WeChat's name.
trait JsonField: Sized {
    const IS_REQUIRED: bool;
    const SHAPE: Shape;
    fn read(node: Node<'_>, name: &str, field: &'static str) -> Result<Self, Error>;
}

impl JsonField for String {
    const IS_REQUIRED: bool = true;
    const SHAPE: Shape = Shape::Text;

    fn read(node: Node<'_>, name: &str, field: &'static str) -> Result<Self, Error> {
        let missing = || Error::new(Code::ReplyFieldInvalid).field_named(field).because("missing");
        optional_text(node, name, field)?.ok_or_else(missing)
    }
}

impl JsonField for Option<String> {
    const IS_REQUIRED: bool = false;
    const SHAPE: Shape = Shape::Text;

    fn read(node: Node<'_>, name: &str, field: &'static str) -> Result<Self, Error> {
        optional_text(node, name, field)
    }
}

impl JsonField for i64 {
    const IS_REQUIRED: bool = true;
    const SHAPE: Shape = Shape::Int;

    fn read(node: Node<'_>, name: &str, field: &'static str) -> Result<Self, Error> {
        fields::int(node, &[name])
            .ok_or_else(|| Error::new(Code::ReplyFieldInvalid).field_named(field))
    }
}

/// Without an article there is nothing to send; that is said when it is to be sent.
impl JsonField for Vec<Article> {
    const IS_REQUIRED: bool = true;
    const SHAPE: Shape = Shape::Many(Article::RECORD);

    fn read(node: Node<'_>, name: &str, field: &'static str) -> Result<Self, Error> {
        let article = |node: Node<'_>| match node.kind() {
            NodeKind::Element => Article::read(node),
            _ => Err(Error::new(Code::ReplyFieldInvalid).field_named(field)),
        };
        node.all(name).map(article).collect()
    }
}

/// A JSON string, or nothing; a number is not taken for a text.
fn optional_text(node: Node<'_>, name: &str, field: &'static str) -> Result<Option<String>, Error> {
    match node.child(name) {
        None => Ok(None),
        Some(child) if child.kind() == NodeKind::Null => Ok(None),
        Some(child) if child.kind() == NodeKind::Text => Ok(child.text().map(String::from)),
        Some(_) => {
            let invalid = Error::new(Code::ReplyFieldInvalid).field_named(field);
            Err(invalid.because("not a string"))
        }
    }
}
