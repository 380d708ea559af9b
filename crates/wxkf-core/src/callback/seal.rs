use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::account::Account;
use crate::codec::{self, Format, decimal};
use crate::crypto;
use crate::error::{Code, Error};
use crate::message::{Reply, ReplyTo};
use crate::time::Timestamp;

/// What sealing an answer needs from the host: randomness, and the moment.
///
/// The 16 bytes must be fresh and unpredictable for each answer (`crypto.getRandomValues`,
/// `getrandom`): they are all that keeps equal answers from looking equal.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Fresh<'a> {
    pub(crate) random: [u8; 16],
    pub(crate) nonce: Option<&'a str>,
    pub(crate) now: Timestamp,
}

impl<'a> Fresh<'a> {
    /// Seals with these random bytes at this moment; the nonce of the push is sent back.
    #[must_use]
    pub const fn new(random: [u8; 16], now: Timestamp) -> Self {
        Self { random, nonce: None, now }
    }

    /// Sends another nonce.
    #[must_use]
    pub const fn nonce(mut self, nonce: &'a str) -> Self {
        self.nonce = Some(nonce);
        self
    }
}

impl fmt::Debug for Fresh<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fresh").field("now", &self.now).finish_non_exhaustive()
    }
}

impl Account {
    /// Writes the answer to a push: in its format, to its sender, sealed with the key that opened
    /// it if it was sealed. `success` and the empty answer are never sealed.
    ///
    /// # Errors
    /// [`Code::ReplyUnsupported`] or [`Code::ReplyFieldInvalid`], with the field.
    pub fn reply<'a>(
        &self,
        to: impl Into<ReplyTo<'a>>,
        reply: &Reply,
        fresh: Fresh<'_>,
    ) -> Result<HttpBody, Error> {
        let to = to.into();
        let unsealed = |bytes: &str| HttpBody {
            bytes: bytes.into(),
            content_type: "text/plain; charset=utf-8",
        };
        match reply {
            Reply::Success => return Ok(unsealed("success")),
            Reply::Empty => return Ok(unsealed("")),
            _ => {}
        }
        let answer = reply.checked(self.kind(), &to)?;
        let body = match to.key_index {
            None => answer.document(&to, 0, fresh.now),
            Some(key_index) => {
                let indexes = (to.token_index, key_index, to.id_index);
                let nonce = fresh.nonce.unwrap_or(&to.nonce);
                let frame = answer.document(&to, crypto::FRAME_HEADER, fresh.now).into_bytes();
                SealedMessage::new(self, indexes, frame, nonce, fresh)?.to_reply_body(to.format)
            }
        };
        let content_type = match to.format {
            Format::Json => "application/json; charset=utf-8",
            Format::Xml => "text/xml; charset=utf-8",
        };
        Ok(HttpBody { bytes: body.into_bytes(), content_type })
    }

    /// Seals any message with the current token and key, as an answer is sealed.
    ///
    /// # Errors
    /// [`Code::ModeNeedsKey`] if the account has no key.
    pub fn seal(&self, message: &[u8], fresh: Fresh<'_>) -> Result<SealedMessage, Error> {
        let mut frame = alloc::vec![0; crypto::FRAME_HEADER];
        frame.extend_from_slice(message);
        SealedMessage::new(self, (0, 0, 0), frame, fresh.nonce.unwrap_or_default(), fresh)
    }

    /// The plain `signature` that WeChat puts into every query string, made with the current token:
    /// for tests and emulators that play WeChat's part.
    #[must_use]
    pub fn sign(&self, timestamp: &str, nonce: &str) -> String {
        let signature = self.tokens.first().map(|token| token.sign([timestamp, nonce]));
        signature.map_or_else(String::new, |signature| signature.as_str().into())
    }
}

/// A sealed message: the four values that a sealed document is made of.
#[derive(Clone)]
pub struct SealedMessage {
    encrypt: String,
    msg_signature: String,
    timestamp: u64,
    nonce: String,
}

impl SealedMessage {
    /// Seals a frame that has the message behind [`crypto::FRAME_HEADER`] bytes of room.
    pub(crate) fn new(
        account: &Account,
        (token_index, key_index, id_index): (usize, usize, usize),
        frame: Vec<u8>,
        nonce: &str,
        fresh: Fresh<'_>,
    ) -> Result<Self, Error> {
        let (Some(token), Some(key), Some(id)) = (
            account.tokens.get(token_index),
            account.keys.get(key_index),
            account.accepted_ids.get(id_index),
        ) else {
            return Err(Error::new(Code::ModeNeedsKey).field_named("encoding_aes_key"));
        };
        if nonce.contains(char::is_control) {
            return Err(Error::new(Code::ReplyFieldInvalid).field_named("Nonce"));
        }
        let too_long = || Error::new(Code::ReplyFieldInvalid).because("longer than 4 GiB");
        let sealed =
            key.seal(account.host_cipher(), &fresh.random, frame, id).ok_or_else(too_long)?;
        let encrypt = crypto::encode_base64(&sealed);
        let timestamp = fresh.now.as_secs();
        let signature = token.sign([&decimal(timestamp), nonce, &encrypt]);
        Ok(Self {
            encrypt,
            msg_signature: signature.as_str().into(),
            timestamp,
            nonce: nonce.into(),
        })
    }

    /// The ciphertext, in base64 on one line.
    #[must_use]
    pub fn encrypt(&self) -> &str {
        &self.encrypt
    }

    /// The signature over token, timestamp, nonce and [`encrypt`](Self::encrypt).
    #[must_use]
    pub fn msg_signature(&self) -> &str {
        &self.msg_signature
    }

    /// Seconds since 1970.
    #[must_use]
    pub const fn timestamp(&self) -> u64 {
        self.timestamp
    }

    /// The nonce.
    #[must_use]
    pub fn nonce(&self) -> &str {
        &self.nonce
    }

    /// The document with which an answer is sealed: `Encrypt`, `MsgSignature`, `TimeStamp`, `Nonce`.
    #[must_use]
    pub fn to_reply_body(&self, format: Format) -> String {
        self.document(format, &SealedDocument::Reply(self))
    }

    /// The document with which WeChat seals a push, for tests and emulators; the other values go
    /// into the query string.
    #[must_use]
    pub fn to_push_body(&self, format: Format, to_user_name: &str) -> String {
        self.document(format, &SealedDocument::Push(self, to_user_name))
    }

    fn document(&self, format: Format, sealed: &SealedDocument<'_>) -> String {
        let mut body = String::with_capacity(self.encrypt.len().saturating_add(256));
        codec::push_document(&mut body, format, sealed);
        body
    }
}

/// What a seal looks like on the wire.
enum SealedDocument<'a> {
    Push(&'a SealedMessage, &'a str),
    Reply(&'a SealedMessage),
}

impl Serialize for SealedDocument<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_struct("xml", 4)?;
        match self {
            Self::Push(sealed, to_user_name) => {
                members.serialize_field("ToUserName", to_user_name)?;
                members.serialize_field("Encrypt", &sealed.encrypt)?;
            }
            Self::Reply(sealed) => {
                members.serialize_field("Encrypt", &sealed.encrypt)?;
                members.serialize_field("MsgSignature", &sealed.msg_signature)?;
                members.serialize_field("TimeStamp", &sealed.timestamp)?;
                members.serialize_field("Nonce", &sealed.nonce)?;
            }
        }
        members.end()
    }
}

impl fmt::Debug for SealedMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SealedMessage")
            .field("timestamp", &self.timestamp)
            .field("nonce", &self.nonce)
            .field("length", &self.encrypt.len())
            .finish_non_exhaustive()
    }
}

/// The body of the HTTP answer, with the content type that belongs to it. The status is 200.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct HttpBody {
    /// The bytes to send, unchanged: no quotes, no line break, no re-encoding.
    pub bytes: Vec<u8>,
    /// The `Content-Type` to send with them.
    pub content_type: &'static str,
}
