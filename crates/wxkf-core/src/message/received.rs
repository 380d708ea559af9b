use core::fmt;

use alloc::borrow::Cow;
use alloc::string::String;

use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::inbound::Inbound;
use crate::codec::Format;
use crate::error::{Code, Error};
use crate::params::{Object, Value};

/// A push that was verified, opened and decoded, with what its answer has to match.
#[derive(Clone)]
pub struct Received {
    pub(crate) inbound: Inbound,
    pub(crate) token_index: usize,
    pub(crate) key_index: Option<usize>,
    pub(crate) id_index: usize,
    pub(crate) nonce: String,
}

impl Received {
    /// The message or event.
    #[must_use]
    pub const fn inbound(&self) -> &Inbound {
        &self.inbound
    }

    /// The message or event, to keep; the way to answer it is gone.
    #[must_use]
    pub fn into_inbound(self) -> Inbound {
        self.inbound
    }

    /// What an answer has to match, to write it without the push.
    #[must_use]
    pub fn reply_to(&self) -> ReplyTo<'_> {
        let inbound = &self.inbound;
        ReplyTo {
            format: inbound.format(),
            from: inbound.from().unwrap_or_default().into(),
            to: inbound.to().unwrap_or_default().into(),
            kind: inbound.kind().into(),
            is_event: inbound.is_event(),
            nonce: self.nonce.as_str().into(),
            token_index: self.token_index,
            key_index: self.key_index,
            id_index: self.id_index,
        }
    }

    /// Whether it came out of a seal. Only then does the signature cover what it says.
    #[must_use]
    pub const fn was_sealed(&self) -> bool {
        self.key_index.is_some()
    }

    /// Which token signed it: 0 is the current one, then the previous ones in order.
    #[must_use]
    pub const fn token_index(&self) -> usize {
        self.token_index
    }

    /// Which key opened it: 0 is the current one, then the previous ones in order. `None` if it
    /// was not sealed.
    #[must_use]
    pub const fn key_index(&self) -> Option<usize> {
        self.key_index
    }
}

impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Received")
            .field("inbound", &self.inbound)
            .field("was_sealed", &self.was_sealed())
            .field("token_index", &self.token_index)
            .field("key_index", &self.key_index)
            .finish_non_exhaustive()
    }
}

/// What the answer to a push has to match: the push without its content. A few words that can be
/// written down as JSON, where an answer is not made in the place that received the push.
///
/// ```
/// use wxkf_core::{Account, AccountKind, Fresh, Mode, Query, Reply, ReplyTo, Timestamp, to_json};
///
/// let now = Timestamp::from_secs(1_763_700_000);
/// let account = Account::builder(AccountKind::OfficialAccount, "wx0123456789abcdef", "token")
///     .mode(Mode::Plain)
///     .build()?;
/// let query = format!("signature={}&timestamp=1&nonce=2", account.sign("1", "2"));
/// let body = b"<xml><ToUserName>gh_1</ToUserName><FromUserName>o_1</FromUserName>\
///     <MsgType>text</MsgType><Content>1 + 1</Content></xml>";
/// let received = account.receive(&Query::parse(&query)?, body, now)?;
///
/// let note = to_json(&received.reply_to());
/// let answer =
///     account.reply(ReplyTo::from_json(&note)?, &Reply::text("2"), Fresh::new([1; 16], now))?;
/// assert!(String::from_utf8_lossy(&answer.bytes).contains("<ToUserName><![CDATA[o_1]]></ToUserName>"));
/// # Ok::<(), wxkf_core::Error>(())
/// ```
#[derive(Clone)]
pub struct ReplyTo<'a> {
    pub(crate) format: Format,
    /// Who sent the push.
    pub(crate) from: Cow<'a, str>,
    /// Who it was sent to.
    pub(crate) to: Cow<'a, str>,
    pub(crate) kind: Cow<'a, str>,
    pub(crate) is_event: bool,
    pub(crate) nonce: Cow<'a, str>,
    pub(crate) token_index: usize,
    pub(crate) key_index: Option<usize>,
    pub(crate) id_index: usize,
}

impl ReplyTo<'_> {
    /// From the JSON of [`to_json`](crate::to_json).
    ///
    /// # Errors
    /// [`Code::ReplyFieldInvalid`] if it is something else.
    pub fn from_json(json: &str) -> Result<Self, Error> {
        let invalid = || Error::new(Code::ReplyFieldInvalid).field_named("reply_to");
        let object = Object::from_json(json).map_err(|_| invalid())?;
        // A store may have made texts or numbers of a flag, or texts of numbers.
        let word = |name: &str| match object.get(name)? {
            Value::Bool(true) => Some("1"),
            Value::Bool(false) => Some("0"),
            Value::Number(text) | Value::Text(text) => Some(text.as_ref()),
            _ => None,
        };
        let text = |name: &str| word(name).map(|text| Cow::Owned(text.into())).ok_or_else(invalid);
        let index = |name: &str| word(name)?.parse().ok();
        let format = text("format")?;
        Ok(Self {
            format: Format::from_name(&format).ok_or_else(invalid)?,
            from: text("from")?,
            to: text("to")?,
            kind: text("kind")?,
            is_event: match word("is_event") {
                Some("1" | "true") => true,
                Some("0" | "false") => false,
                _ => return Err(invalid()),
            },
            nonce: text("nonce")?,
            token_index: index("token_index").ok_or_else(invalid)?,
            key_index: index("key_index"),
            id_index: index("id_index").ok_or_else(invalid)?,
        })
    }
}

/// There is no secret in it, and nothing of what the user wrote.
impl Serialize for ReplyTo<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_struct("ReplyTo", 9)?;
        members.serialize_field("format", self.format.name())?;
        members.serialize_field("from", &self.from)?;
        members.serialize_field("to", &self.to)?;
        members.serialize_field("kind", &self.kind)?;
        members.serialize_field("nonce", &self.nonce)?;
        members.serialize_field("is_event", &self.is_event)?;
        members.serialize_field("token_index", &self.token_index)?;
        members.serialize_field("key_index", &self.key_index)?;
        members.serialize_field("id_index", &self.id_index)?;
        members.end()
    }
}

impl<'a> From<&'a Received> for ReplyTo<'a> {
    fn from(received: &'a Received) -> Self {
        received.reply_to()
    }
}

impl fmt::Debug for ReplyTo<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReplyTo")
            .field("format", &self.format)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}
