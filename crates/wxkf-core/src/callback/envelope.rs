use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::fmt;

use super::Query;
use crate::account::{Account, Mode, Opened};
use crate::codec::{self, Document, Node, Reserved, SEALED};
use crate::crypto;
use crate::error::{Code, Error};
use crate::message::{Inbound, Received};
use crate::time::Timestamp;

/// A request of which nothing has been checked but its size and the presence of its parameters.
///
/// [`Account::receive`] walks all the steps in one call. Walk them yourself to log what was opened
/// before it is decoded, or to look at a message that is not one of WeChat's.
pub struct Envelope<'a> {
    account: &'a Account,
    body: &'a [u8],
    timestamp: &'a str,
    nonce: &'a str,
    signature: Given<'a>,
}

/// The signature that the account's mode asks for.
#[derive(Clone, Copy)]
enum Given<'a> {
    /// `signature`, which covers the token, the time and the nonce, but not the body.
    Plain(&'a str),
    /// `msg_signature`, which covers `Encrypt` too.
    Sealed(&'a str),
}

impl<'a> Envelope<'a> {
    pub(crate) fn new(
        account: &'a Account,
        query: &'a Query<'_>,
        body: &'a [u8],
    ) -> Result<Self, Error> {
        if account.is_too_large(body) {
            return Err(Code::BodyTooLarge.into());
        }
        let timestamp = required("timestamp", query.timestamp.as_ref())?;
        let nonce = required("nonce", query.nonce.as_ref())?;
        let sealed = query.msg_signature.as_deref();
        let signature = match (account.mode, sealed) {
            (Mode::Compatible | Mode::Secure, Some(signature)) => Given::Sealed(signature),
            (Mode::Secure, None) if query.signature.is_some() => {
                return Err(Error::new(Code::ModeRefused)
                    .field_named("msg_signature")
                    .because("an unsealed query at a secure account"));
            }
            (Mode::Secure, None) => {
                return Err(Error::new(Code::ParameterMissing).field_named("msg_signature"));
            }
            (Mode::Plain, _) | (Mode::Compatible, None) => {
                Given::Plain(required("signature", query.signature.as_ref())?)
            }
        };
        Ok(Self { account, body, timestamp, nonce, signature })
    }

    /// Checks the signature, in constant time, and then the age of the request if the account has
    /// a tolerance. A plain signature is checked before the body is looked at; a sealed one needs
    /// the text of `Encrypt`, so the outer document is read first.
    ///
    /// # Errors
    /// [`Code::SignatureMismatch`], [`Code::TimestampStale`]; for a sealed query also
    /// [`Code::BodyMalformed`] and [`Code::ModeRefused`].
    pub fn verify(self, now: Timestamp) -> Result<Verified<'a>, Error> {
        let Self { account, body, timestamp, nonce, signature } = self;
        let (token_index, push) = match signature {
            Given::Plain(given) => {
                let token = account.token_for(given, |token| token.sign([timestamp, nonce]));
                (token, Push::Plain(body))
            }
            Given::Sealed(given) if !crypto::is_signature_shaped(given) => {
                return Err(Error::new(Code::SignatureMismatch).field_named("msg_signature"));
            }
            Given::Sealed(given) => {
                let outer = Outer::parse(body)?;
                let exact = outer.encrypt()?;
                let signed =
                    |part| account.token_for(given, |token| token.sign([timestamp, nonce, part]));
                // Pretty-printing senders put white space around the text and sign without it; one
                // that signs what it wrote is just as well proven.
                let trimmed = exact.trim_ascii();
                let token = match signed(trimmed) {
                    None if trimmed.len() < exact.len() => signed(exact),
                    found => found,
                };
                (token, Push::Sealed(outer))
            }
        };
        let token_index = token_index.ok_or_else(|| {
            Error::new(Code::SignatureMismatch).field_named(match signature {
                Given::Plain(_) => "signature",
                Given::Sealed(_) => "msg_signature",
            })
        })?;
        account.check_age(timestamp, now)?;
        Ok(Verified { account, timestamp, nonce, token_index, push })
    }
}

fn required<'a>(name: &'static str, value: Option<&'a Cow<'_, str>>) -> Result<&'a str, Error> {
    value.map(|value| &**value).ok_or_else(|| Error::new(Code::ParameterMissing).field_named(name))
}

impl fmt::Debug for Envelope<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Envelope").field("body_length", &self.body.len()).finish_non_exhaustive()
    }
}

/// A request whose signature holds. If it is sealed, so does every byte of its message.
pub struct Verified<'a> {
    account: &'a Account,
    timestamp: &'a str,
    nonce: &'a str,
    token_index: usize,
    push: Push<'a>,
}

enum Push<'a> {
    Plain(&'a [u8]),
    Sealed(Outer<'a>),
}

impl<'a> Verified<'a> {
    /// Which token signed it: 0 for the current one, then the previous ones in order.
    #[must_use]
    pub const fn token_index(&self) -> usize {
        self.token_index
    }

    /// Opens the seal with whichever key fits, by a full check of padding, frame and id. A plain
    /// push passes through.
    ///
    /// # Errors
    /// [`Code::CiphertextInvalid`] for every failure between base64 and frame,
    /// [`Code::ReceiveIdMismatch`] if a key opens it but the id inside is not accepted.
    pub fn open(self) -> Result<Plaintext<'a>, Error> {
        let Self { account, timestamp, nonce, token_index, push } = self;
        let (key_index, id_index, recipient) = (None, 0, None);
        let origin =
            Origin { account, timestamp, nonce, token_index, key_index, id_index, recipient };
        match push {
            Push::Plain(body) => Ok(Plaintext { message: Message::Plain(body), origin }),
            Push::Sealed(outer) => {
                let opened = account.open_sealed(outer.encrypt()?)?;
                let (key_index, id_index) = (Some(opened.key_index), opened.id_index);
                let origin = Origin { key_index, id_index, recipient: Some(outer), ..origin };
                Ok(Plaintext { message: Message::Opened(opened), origin })
            }
        }
    }
}

impl fmt::Debug for Verified<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verified").field("token_index", &self.token_index).finish_non_exhaustive()
    }
}

/// The bytes of a message that was verified and opened, not yet decoded.
pub struct Plaintext<'a> {
    message: Message<'a>,
    origin: Origin<'a>,
}

enum Message<'a> {
    Opened(Opened),
    Plain(&'a [u8]),
}

/// What the answer must know of the way a push came in.
struct Origin<'a> {
    account: &'a Account,
    timestamp: &'a str,
    nonce: &'a str,
    token_index: usize,
    key_index: Option<usize>,
    id_index: usize,
    recipient: Option<Outer<'a>>,
}

impl Plaintext<'_> {
    /// The bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        match &self.message {
            Message::Opened(opened) => opened.message(),
            Message::Plain(body) => body,
        }
    }

    /// The bytes, to keep.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.as_bytes().into()
    }

    /// Whether they came out of a seal, so that the signature covers them.
    #[must_use]
    pub const fn was_sealed(&self) -> bool {
        self.origin.key_index.is_some()
    }

    /// Reads the message.
    ///
    /// # Errors
    /// [`Code::BodyMalformed`]; [`Code::RecipientMismatch`] if the unsigned outside names another
    /// account than the message; [`Code::ModeRefused`] if an account without a key is sent nothing
    /// but a sealed message; [`Code::TimestampStale`] if the account has a tolerance and the time inside
    /// a seal does not fit to `timestamp`.
    pub fn decode(self) -> Result<Received, Error> {
        let Self { message, origin } = self;
        let inbound = match message {
            Message::Opened(opened) => Inbound::decode_owned(opened.into_message())?,
            Message::Plain(body) => Inbound::decode_unverified(body)?,
        };
        match origin.recipient.as_ref().map(|outer| outer.recipient()) {
            Some(Some(outside)) if inbound.to().is_some_and(|inside| inside != outside) => {
                return Err(Error::new(Code::RecipientMismatch).field_named("ToUserName"));
            }
            None if inbound.is_only_sealed() => {
                return Err(Error::new(Code::ModeRefused)
                    .field_named("Encrypt")
                    .because("a sealed push without msg_signature, or at a plain account"));
            }
            _ => {}
        }
        if origin.key_index.is_some() {
            origin.account.check_created(origin.timestamp, &inbound)?;
        }
        Ok(Received {
            inbound,
            token_index: origin.token_index,
            key_index: origin.key_index,
            id_index: origin.id_index,
            nonce: origin.nonce.into(),
        })
    }
}

impl fmt::Debug for Plaintext<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Plaintext")
            .field("length", &self.as_bytes().len())
            .field("was_sealed", &self.was_sealed())
            .finish_non_exhaustive()
    }
}

/// The document around a sealed message. Only `Encrypt` is signed: what stands beside it in
/// compatible mode is dropped, and `ToUserName` serves for a comparison alone.
struct Outer<'a> {
    text: &'a str,
    document: Document,
}

impl<'a> Outer<'a> {
    fn parse(body: &'a [u8]) -> Result<Self, Error> {
        let text = codec::utf8(body)?;
        let (_, document) = codec::parse(text)?;
        Ok(Self { text, document })
    }

    fn encrypt(&self) -> Result<&str, Error> {
        let missing = || {
            Error::new(Code::ModeRefused)
                .field_named("Encrypt")
                .because("a plaintext body with a sealed query")
        };
        encrypt_node(self.text, &self.document)
            .ok_or_else(missing)?
            .exact_text()
            .ok_or_else(|| Error::new(Code::BodyMalformed).field_named("Encrypt"))
    }

    fn recipient(&self) -> Option<&str> {
        let node = self.document.reserved(self.text, Reserved::ToUserName)?;
        node.text().map(str::trim_ascii).filter(|name| !name.is_empty())
    }
}

/// What a push is sealed in, by either of its names.
pub(crate) fn encrypt_node<'a>(text: &'a str, document: &'a Document) -> Option<Node<'a>> {
    let root = document.root(text);
    SEALED.iter().find_map(|name| root.child(name))
}
