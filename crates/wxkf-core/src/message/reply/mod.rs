//! Passive replies, and how they are read from JSON.

mod write;

use alloc::string::String;
use alloc::vec::Vec;

use super::outbound::MESSAGE_TYPES;
use crate::codec;
use crate::error::{Code, Error};
use crate::message::text::MAX_TEXT_BYTES;
use crate::params::{Caution, Form, Object, Value, at, inside};
use crate::schema::{self, Record, ReplyType, Shape};

/// Declares the replies: the enum, how each is read from JSON, and what it is called there.
macro_rules! replies {
    ($(#[doc = $enum_doc:literal])+ Reply;
     $($(#[doc = $doc:literal])+ $variant:ident $name:literal $({
        $($(#[doc = $field_doc:literal])+ $field:ident: $type:ty = $wire:literal $form:ident,)*
    })?;)+) => {
        $(#[doc = $enum_doc])+
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Reply {
            $($(#[doc = $doc])+ $variant $({ $($(#[doc = $field_doc])+ $field: $type,)* })?,)+
        }

        impl Reply {
            /// Reads one of a known type.
            fn read(kind: &str, object: &Object) -> Result<Option<Self>, Error> {
                Ok(Some(match kind {
                    $($name => Self::$variant $({ $(
                        $field: <$type as ReplyField>::read(object, stringify!($field), $wire)?,
                    )* })?,)+
                    _ => return Ok(None),
                }))
            }

            /// Every text in it.
            fn texts(&self) -> Vec<Text<'_>> {
                let mut texts = Vec::with_capacity(5);
                match self {
                    $(Self::$variant $({ $($field),* })? => {
                        $($(ReplyField::texts($field, $wire, Form::$form, &mut texts);)*)?
                    })+
                }
                texts
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
                    <$type as ReplyField>::IS_REQUIRED,
                    <$type as ReplyField>::SHAPE,
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
    /// [`Inbound::wants_err_code`](crate::Inbound::wants_err_code). Any push may be answered with it, as there may
    /// be others that this version does not know.
    ErrCode "err_code" {
        /// 0 says that all is well; anything else has the event repeated.
        err_code: i64 = "ErrCode" Any,
        /// `success` unless told.
        err_msg: Option<String> = "ErrMsg" Any,
    };
    /// A picture.
    Image "image" {
        /// Of temporary or permanent media.
        media_id: String = "MediaId" Word,
    };
    /// A piece of music.
    Music "music" {
        /// The title.
        title: Option<String> = "Title" Any,
        /// The description.
        description: Option<String> = "Description" Any,
        /// Where the music is.
        music_url: Option<String> = "MusicUrl" Word,
        /// Where it is in better quality, preferred on Wi-Fi.
        hq_music_url: Option<String> = "HQMusicUrl" Word,
        /// The cover, as media. Required by WeChat.
        thumb_media_id: String = "ThumbMediaId" Word,
    };
    /// Articles: exactly one in answer to a text, image, voice, video or location, otherwise up to
    /// eight. WeChat drops what is more without a word, so that is an error here.
    News "news" {
        /// The articles.
        articles: Vec<Article> = "Articles" Any,
    };
    /// `success`: nothing is shown, nothing is repeated. The right answer when the real one follows
    /// through the API.
    Success "success";
    /// A text; line breaks are kept.
    Text "text" {
        /// The text, not empty.
        content: String = "Content" Text,
    };
    /// Hands the message that is being answered to the human agents. For messages, not for events.
    TransferCustomerService "transfer_customer_service" {
        /// A certain agent, `name@account`. Official accounts only.
        kf_account: Option<String> = "KfAccount" Word,
    };
    /// A video.
    Video "video" {
        /// Of temporary or permanent media.
        media_id: String = "MediaId" Word,
        /// The title.
        title: Option<String> = "Title" Any,
        /// The description.
        description: Option<String> = "Description" Any,
    };
    /// A voice message.
    Voice "voice" {
        /// Of temporary or permanent media.
        media_id: String = "MediaId" Word,
    };
}

/// Declares what a list in a reply holds; only its first field has to be there.
macro_rules! entry {
    ($(#[doc = $doc:literal])+ $entry:ident {
        $(#[doc = $first_doc:literal])+ $first:ident = $first_wire:literal $first_form:ident,
        $($(#[doc = $field_doc:literal])+ $field:ident = $wire:literal $form:ident,)*
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

            fn read(object: &Object) -> Result<Self, Error> {
                let entry = Self {
                    $first: String::read(object, stringify!($first), $first_wire)?,
                    $($field: Option::<String>::read(object, stringify!($field), $wire)?
                        .unwrap_or_default(),)*
                };
                known(object, &[stringify!($first), $(stringify!($field)),*]).map(|()| entry)
            }

            /// Every text in it; of the fields that may be absent, those that are not empty.
            fn texts(&self) -> impl Iterator<Item = (&'static str, Form, &str)> {
                let others = [$(($wire, Form::$form, self.$field.as_str())),*];
                let others = others.into_iter().filter(|(.., text)| !text.is_empty());
                core::iter::once(($first_wire, Form::$first_form, self.$first.as_str())).chain(others)
            }
        }
    };
}

entry! {
    /// One article of [`Reply::News`].
    Article {
        /// The title.
        title = "Title" Any,
        /// The description.
        description = "Description" Any,
        /// The picture: JPG or PNG, 360 × 200 for the first article and 200 × 200 for the others.
        pic_url = "PicUrl" Word,
        /// Where a tap leads.
        url = "Url" Word,
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
    /// is missing, unknown, given twice or of the wrong kind, or for text that is not a JSON object.
    pub fn from_json(json: &str) -> Result<Self, Error> {
        let object = codec::parse_params(json)
            .and_then(|document| Object::read(document.root(json)))
            .map_err(|error| error.recoded(Code::ReplyFieldInvalid))?;
        let kind = String::read(&object, "type", "MsgType")?;
        let row = TYPES.iter().find(|row| row.name == kind);
        let (Some(row), Some(reply)) = (row, Self::read(&kind, &object)?) else {
            let unsupported = Error::new(Code::ReplyUnsupported).field_named("MsgType");
            return Err(match MESSAGE_TYPES.iter().any(|row| row.name == kind) {
                true => unsupported.because("a message to be sent through the API, and no reply"),
                false => unsupported,
            });
        };
        let fields = row.record.fields.iter().map(|field| field.name);
        known(&object, &fields.chain(["type"]).collect::<Vec<_>>()).map(|()| reply)
    }
}

/// One text of a reply: what it has to be like, and where it stands.
struct Text<'a> {
    /// WeChat's name for it.
    name: &'static str,
    /// The list and the place in it, if it is in one.
    within: Option<(&'static str, usize)>,
    form: Form,
    text: &'a str,
}

impl Text<'_> {
    fn invalid(&self, detail: &'static str) -> Error {
        let error = invalid(detail).field_named(self.name);
        match self.within {
            None => error,
            Some((list, index)) => inside(list, at(index, error)),
        }
    }
}

/// A field of a reply: how it is read from JSON, and its texts. `wire` is what errors call it: WeChat's
/// name.
trait ReplyField: Sized {
    const IS_REQUIRED: bool;
    const SHAPE: Shape;
    fn read(object: &Object, name: &str, wire: &'static str) -> Result<Self, Error>;
    fn texts<'a>(&'a self, name: &'static str, form: Form, texts: &mut Vec<Text<'a>>);
}

impl ReplyField for String {
    const IS_REQUIRED: bool = true;
    const SHAPE: Shape = Shape::Text;

    fn read(object: &Object, name: &str, wire: &'static str) -> Result<Self, Error> {
        let text = Option::<Self>::read(object, name, wire)?;
        text.ok_or_else(|| invalid("missing").field_named(wire))
    }

    fn texts<'a>(&'a self, name: &'static str, form: Form, texts: &mut Vec<Text<'a>>) {
        texts.push(Text { name, within: None, form, text: self });
    }
}

/// A number is not taken for a text.
impl ReplyField for Option<String> {
    const IS_REQUIRED: bool = false;
    const SHAPE: Shape = Shape::Text;

    fn read(object: &Object, name: &str, wire: &'static str) -> Result<Self, Error> {
        match object.get(name) {
            None => Ok(None),
            Some(Value::Text(text)) => Ok(Some(text.clone())),
            Some(_) => Err(invalid("not a text").field_named(wire)),
        }
    }

    fn texts<'a>(&'a self, name: &'static str, form: Form, texts: &mut Vec<Text<'a>>) {
        self.iter().for_each(|text| text.texts(name, form, texts));
    }
}

impl ReplyField for i64 {
    const IS_REQUIRED: bool = true;
    const SHAPE: Shape = Shape::Int;

    fn read(object: &Object, name: &str, wire: &'static str) -> Result<Self, Error> {
        object.int(name).ok_or_else(|| invalid("not a whole number").field_named(wire))
    }

    fn texts<'a>(&'a self, _: &'static str, _: Form, _: &mut Vec<Text<'a>>) {}
}

/// How many there may be depends on what is answered: that is said when it is to be sent.
impl ReplyField for Vec<Article> {
    const IS_REQUIRED: bool = true;
    const SHAPE: Shape = Shape::Many(Article::RECORD);

    fn read(object: &Object, name: &str, wire: &'static str) -> Result<Self, Error> {
        let Some(Value::List(list)) = object.get(name) else {
            return Err(invalid("not a list").field_named(wire));
        };
        let article = |(index, value): (usize, &Value)| {
            let article = match value {
                Value::Object(object) => Article::read(object),
                _ => Err(invalid("not an object")),
            };
            article.map_err(|error| inside(wire, at(index, error)))
        };
        list.iter().enumerate().map(article).collect()
    }

    fn texts<'a>(&'a self, list: &'static str, _: Form, texts: &mut Vec<Text<'a>>) {
        for (index, article) in self.iter().enumerate() {
            texts.extend(article.texts().map(|(name, form, text)| Text {
                name,
                within: Some((list, index)),
                form,
                text,
            }));
        }
    }
}

fn invalid(detail: &'static str) -> Error {
    Error::new(Code::ReplyFieldInvalid).because(detail)
}

/// Refuses what has no meaning here: a slip in a name would say something else than was meant.
fn known(object: &Object, names: &[&str]) -> Result<(), Error> {
    match object.members().find(|(name, _)| !names.contains(name)) {
        None => Ok(()),
        Some((unknown, _)) => Err(inside(unknown, invalid("there is no such field here"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString as _;

    fn field(json: &str) -> String {
        let error = Reply::from_json(json).expect_err(json);
        assert_eq!(error.code(), Code::ReplyFieldInvalid, "{json}");
        error.field().unwrap_or_default().to_string()
    }

    /// A program that parses before it looks would not see them.
    #[test]
    fn what_stands_twice_is_refused_at_every_level() {
        for (json, expected) in [
            (r#"{"type":"text","content":"a","content":"b"}"#, "content"),
            (r#"{"type":"success","type":"text","content":"b"}"#, "type"),
            (r#"{"type":"success","type":"success"}"#, "type"),
            (
                r#"{"type":"transfer_customer_service","kf_account":"a@b","kf_account":null}"#,
                "kf_account",
            ),
            (r#"{"type":"news","articles":[{"title":"a","title":"b"}]}"#, "articles[0].title"),
            (r#"{"type":"news","articles":[],"articles":[]}"#, "articles"),
        ] {
            assert_eq!(field(json), expected);
        }
    }

    #[test]
    fn what_is_no_object_is_refused() {
        for json in ["", "null", "[]", "\"success\"", "{", r#"{"type":"success"}}"#, "<xml/>"] {
            assert_eq!(field(json), "");
        }
        assert_eq!(field("{}"), "MsgType");
        assert_eq!(field(r#"{"type":null}"#), "MsgType");
        assert_eq!(field(r#"{"type":7}"#), "MsgType");
    }
}
