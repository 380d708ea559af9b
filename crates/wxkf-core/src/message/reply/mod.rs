//! Passive replies: one row each, by which they are read from JSON, checked and written.

mod write;

use alloc::string::String;
use alloc::vec::Vec;

use super::entries::entries;
use super::outbound::MESSAGE_TYPES;
use crate::error::{Code, Error};
use crate::message::text::MAX_TEXT_BYTES;
use crate::names::said;
use crate::params::{self, Argument, Carries, Caution, Given, Object, Param, Rule, Title, Value};

/// One row of the table of replies.
#[derive(Debug)]
#[non_exhaustive]
pub struct ReplyType {
    /// Its `type` in JSON; of a message also its `MsgType`.
    pub name: &'static str,
    /// What stands beside the `type`.
    pub fields: &'static [Param],
    pub(crate) title: Title,
    /// The element that its fields stand in when it is written.
    element: Option<&'static str>,
}

/// Declares the replies together with their rows: what each is called in JSON, the element that its
/// fields stand in, and of each field WeChat's name and what it may be. A field is required unless its
/// type is an `Option`.
macro_rules! replies {
    ($(#[doc = $enum_doc:literal])+ Reply;
     $($(#[doc = $doc:literal])+ $variant:ident $name:literal $(in $element:literal)? $({
        $($(#[doc = $field_doc:literal])+ $field:ident: $type:ty = $wire:literal $rule:expr,)*
    })?;)+) => {
        $(#[doc = $enum_doc])+
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Reply {
            $($(#[doc = $doc])+ $variant $({ $($(#[doc = $field_doc])+ $field: $type,)* })?,)+
        }

        /// Every reply, in the order of the names.
        pub(crate) const TYPES: &[ReplyType] = &[$(ReplyType {
            name: $name,
            fields: &[$($(Param::of::<$type>(stringify!($field), $rule)
                .wired($wire)
                .said(said!($($field_doc)+))),*)?],
            title: Title { name: stringify!($variant), said: said!($($doc)+) },
            element: [$(Some($element),)? None][0],
        }),+];

        impl Reply {
            /// Its row.
            fn row(&self) -> Option<&'static ReplyType> {
                let name = match self { $(Self::$variant { .. } => $name),+ };
                row(name)
            }

            /// One of that type, of fields that were checked.
            fn given(name: &str, object: &Object<'_>) -> Option<Self> {
                Some(match name {
                    $($name => Self::$variant $({
                        $($field: Given::given(object.get(stringify!($field))),)*
                    })?,)+
                    _ => return None,
                })
            }

            /// Its fields.
            fn object(&self) -> Object<'_> {
                match self {
                    $(Self::$variant $({ $($field),* })? => {
                        Object::new([$($((stringify!($field), $field.value())),*)?])
                    })+
                }
            }
        }
    };
}

/// The most articles that WeChat takes, since 2018 (it was 10).
const MAX_ARTICLES: usize = 8;

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
        err_code: i64 = "ErrCode" Rule::Int(i64::MIN, i64::MAX),
        /// `success` unless told.
        err_msg: Option<String> = "ErrMsg" Rule::FREE,
    };
    /// A picture.
    Image "image" in "Image" {
        /// Of temporary or permanent media.
        media_id: String = "MediaId" Rule::WORD,
    };
    /// A piece of music.
    Music "music" in "Music" {
        /// The title.
        title: Option<String> = "Title" Rule::FREE,
        /// The description.
        description: Option<String> = "Description" Rule::FREE,
        /// Where the music is.
        music_url: Option<String> = "MusicUrl" Rule::WORD,
        /// Where it is in better quality, preferred on Wi-Fi.
        hq_music_url: Option<String> = "HQMusicUrl" Rule::WORD,
        /// The cover, as media. Required by WeChat.
        thumb_media_id: String = "ThumbMediaId" Rule::WORD,
    };
    /// Articles: exactly one in answer to a text, image, voice, video or location, otherwise up to
    /// eight. WeChat drops what is more without a word, so that is an error here.
    News "news" {
        /// The articles.
        articles: Vec<Article> = "Articles" Rule::List(Article::FIELDS, 1, MAX_ARTICLES),
    };
    /// `success`: nothing is shown, nothing is repeated. The right answer when the real one follows
    /// through the API.
    Success "success";
    /// A text; line breaks are kept.
    Text "text" {
        /// The text, not empty.
        content: String = "Content" Rule::TEXT,
    };
    /// Hands the message that is being answered to the human agents. For messages, not for events.
    TransferCustomerService "transfer_customer_service" in "TransInfo" {
        /// A certain agent, `name@account`. Official accounts only.
        kf_account: Option<String> = "KfAccount" Rule::WORD,
    };
    /// A video.
    Video "video" in "Video" {
        /// Of temporary or permanent media.
        media_id: String = "MediaId" Rule::WORD,
        /// The title.
        title: Option<String> = "Title" Rule::FREE,
        /// The description.
        description: Option<String> = "Description" Rule::FREE,
    };
    /// A voice message.
    Voice "voice" in "Voice" {
        /// Of temporary or permanent media.
        media_id: String = "MediaId" Rule::WORD,
    };
}

entries! {
    /// One article of [`Reply::News`].
    Article {
        new {
            /// The title.
            title as "Title" = Rule::FREE,
        }
        with {
            /// The description.
            description as "Description" = Rule::FREE,
            /// The picture: JPG or PNG, 360 × 200 for the first article and 200 × 200 for the others.
            pic_url as "PicUrl" = Rule::WORD,
            /// Where a tap leads.
            url as "Url" = Rule::WORD,
        }
    }
}

fn row(name: &str) -> Option<&'static ReplyType> {
    TYPES.iter().find(|row| row.name == name)
}

impl ReplyType {
    /// Checks fields by their rows; errors call them by WeChat's names.
    fn check(&self, object: &Object<'_>, carries: Carries<'_>) -> Result<(), Error> {
        params::check(self.fields, object, Some("type"), carries).map_err(|error| {
            match error.code() {
                Code::RequestFieldMissing => {
                    error.recoded(Code::ReplyFieldInvalid).because("missing")
                }
                _ => error.recoded(Code::ReplyFieldInvalid),
            }
        })
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
    /// is missing, unknown, given twice or not what it may be, or for text that is not a JSON object.
    pub fn from_json(json: &str) -> Result<Self, Error> {
        let object =
            Object::from_json(json).map_err(|error| error.recoded(Code::ReplyFieldInvalid))?;
        let no_type =
            |detail| Error::new(Code::ReplyFieldInvalid).field_named("MsgType").because(detail);
        let name = match object.get("type") {
            Some(Value::Text(name)) => name,
            Some(_) => return Err(no_type("not a text")),
            None => return Err(no_type("missing")),
        };
        let Some(row) = row(name) else {
            let unsupported = Error::new(Code::ReplyUnsupported).field_named("MsgType");
            return Err(match MESSAGE_TYPES.iter().any(|row| row.name == name) {
                true => unsupported.because("a message to be sent through the API, and no reply"),
                false => unsupported,
            });
        };
        // What can be written depends on the format of the push.
        row.check(&object, &|_| Ok(()))?;
        Self::given(row.name, &object).ok_or_else(|| Code::ReplyUnsupported.into())
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

    #[test]
    fn what_is_missing_is_told_from_what_no_reply_is() {
        let said = |json: &str| {
            let error = Reply::from_json(json).unwrap_err();
            (error.code(), error.field().map(String::from), error.detail().map(String::from))
        };
        let told = |code, field: &str, detail: Option<&str>| {
            (code, Some(field.into()), detail.map(String::from))
        };
        let missing = told(Code::ReplyFieldInvalid, "Content", Some("missing"));
        assert_eq!(said(r#"{"type":"text"}"#), missing);
        let not_a_text = told(Code::ReplyFieldInvalid, "Content", Some("not a text"));
        assert_eq!(said(r#"{"type":"text","content":[]}"#), not_a_text);
        let sent = "a message to be sent through the API, and no reply";
        assert_eq!(
            said(r#"{"type":"msgmenu"}"#),
            told(Code::ReplyUnsupported, "MsgType", Some(sent))
        );
        assert_eq!(said(r#"{"type":"hologram"}"#), told(Code::ReplyUnsupported, "MsgType", None));
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
