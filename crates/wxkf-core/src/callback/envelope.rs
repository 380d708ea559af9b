use alloc::vec::Vec;
use core::fmt;

use super::check::{Check, Failed, Passed, Witness};
use super::open::Opened;
use super::proof::unsigned;
use super::query::{Query, required};
use crate::account::{Account, Mode};
use crate::codec::{self, Document, Format, Node, Reserved, SEALED};
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
    signature: Proof<'a>,
}

/// The signature that the account's mode asks for.
#[derive(Clone, Copy)]
enum Proof<'a> {
    /// `signature`, which covers the token, the time and the nonce, but not the body.
    Plain(&'a str),
    /// `msg_signature`, which covers `Encrypt` too.
    Sealed(&'a str),
}

impl<'a> Envelope<'a> {
    pub(super) fn before(
        witness: &mut impl Witness,
        account: &'a Account,
        query: &'a Query<'_>,
        body: &'a [u8],
    ) -> Result<Self, Failed> {
        if body.len() > account.largest_body() {
            return Err(Check::Body.fails(Code::BodyTooLarge));
        }
        let timestamp = required("timestamp", query.timestamp.as_ref())?;
        let nonce = required("nonce", query.nonce.as_ref())?;
        let signature = if !asks_for_seal(account, query) {
            Proof::Plain(required("signature", query.signature.as_ref())?)
        } else if query.msg_signature.is_none() && query.signature.is_some() {
            let refused = Error::new(Code::ModeRefused)
                .field_named("msg_signature")
                .because("an unsealed query at a secure account");
            witness.holds(Passed::Query);
            return Err(Check::Mode.fails(refused));
        } else {
            Proof::Sealed(required("msg_signature", query.msg_signature.as_ref())?)
        };
        witness.holds(Passed::Query);
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
        Ok(self.verify_before(&mut (), now)?)
    }

    pub(super) fn verify_before(
        self,
        witness: &mut impl Witness,
        now: Timestamp,
    ) -> Result<Verified<'a>, Failed> {
        let Self { account, body, timestamp, nonce, signature } = self;
        let (parameter, token_index, signed) = match signature {
            Proof::Plain(given) => {
                let token = account.token_for(given, |token| token.sign([timestamp, nonce]));
                ("signature", token, SignedBody::Plain(body))
            }
            Proof::Sealed(given) if !crypto::is_signature_shaped(given) => {
                return Err(unsigned("msg_signature"));
            }
            Proof::Sealed(given) => {
                let outer = Outer::parse(body)?;
                let exact = outer.encrypt_before(witness)?;
                let signed =
                    |part| account.token_for(given, |token| token.sign([timestamp, nonce, part]));
                // Pretty-printing senders put white space around the text and sign without it; one
                // that signs what it wrote is just as well proven.
                let trimmed = exact.trim_ascii();
                let token = match signed(trimmed) {
                    None if trimmed.len() < exact.len() => signed(exact),
                    found => found,
                };
                ("msg_signature", token, SignedBody::Sealed(outer))
            }
        };
        let token_index = token_index.ok_or_else(|| unsigned(parameter))?;
        witness.holds(Passed::Signature { token_index });
        account.check_age(timestamp, now)?;
        witness.holds(Passed::Age);
        Ok(Verified { account, timestamp, nonce, token_index, signed })
    }
}

/// Whether the account asks this request for `msg_signature`, and so for a sealed message.
pub(crate) fn asks_for_seal(account: &Account, query: &Query<'_>) -> bool {
    match account.mode {
        Mode::Plain => false,
        Mode::Compatible => query.msg_signature.is_some(),
        Mode::Secure => true,
    }
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
    signed: SignedBody<'a>,
}

/// What a signature was found to be good for: the parameters alone, or `Encrypt` with them.
enum SignedBody<'a> {
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
        Ok(self.open_before(&mut ())?)
    }

    pub(super) fn open_before(self, witness: &mut impl Witness) -> Result<Plaintext<'a>, Failed> {
        let Self { account, timestamp, nonce, token_index, signed } = self;
        let (key_index, id_index, recipient) = (None, 0, None);
        let way_in =
            WayIn { account, timestamp, nonce, token_index, key_index, id_index, recipient };
        match signed {
            SignedBody::Plain(body) => Ok(Plaintext { clear: Clear::Plain(body), way_in }),
            SignedBody::Sealed(outer) => {
                let opened = account.open_before(witness, outer.encrypt_before(&mut ())?)?;
                let (key_index, id_index) = (Some(opened.key_index), opened.id_index);
                let way_in = WayIn { key_index, id_index, recipient: Some(outer), ..way_in };
                Ok(Plaintext { clear: Clear::Opened(opened), way_in })
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
    clear: Clear<'a>,
    way_in: WayIn<'a>,
}

/// What nobody has sealed, or a key has opened.
enum Clear<'a> {
    Opened(Opened),
    Plain(&'a [u8]),
}

/// What the answer must know of the way a push came in.
struct WayIn<'a> {
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
        match &self.clear {
            Clear::Opened(opened) => opened.message(),
            Clear::Plain(body) => body,
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
        self.way_in.key_index.is_some()
    }

    /// Reads the message.
    ///
    /// # Errors
    /// [`Code::BodyMalformed`]; [`Code::RecipientMismatch`] if the unsigned outside names another
    /// account than the message; [`Code::ModeRefused`] if an account without a key is sent nothing
    /// but a sealed message; [`Code::TimestampStale`] if the account has a tolerance and the time inside
    /// a seal does not fit to `timestamp`.
    pub fn decode(self) -> Result<Received, Error> {
        Ok(self.decode_before(&mut ())?)
    }

    pub(super) fn decode_before(self, witness: &mut impl Witness) -> Result<Received, Failed> {
        let Self { clear, way_in } = self;
        let inbound = match clear {
            Clear::Opened(opened) => Inbound::decode_owned(opened.into_message())
                .map_err(|error| Check::Message.fails(error))?,
            Clear::Plain(body) => {
                let inbound =
                    Inbound::decode_unverified(body).map_err(|error| Check::Body.fails(error))?;
                witness.holds(Passed::Body(inbound.format(), inbound.tree()));
                inbound
            }
        };
        match way_in.recipient.as_ref().map(|outer| outer.recipient()) {
            Some(Some(outside)) if inbound.to().is_some_and(|inside| inside != outside) => {
                let error = Error::new(Code::RecipientMismatch).field_named("ToUserName");
                return Err(Check::Message.fails(error));
            }
            None if inbound.is_only_sealed() => {
                let error = Error::new(Code::ModeRefused)
                    .field_named("Encrypt")
                    .because("a sealed push without msg_signature, or at a plain account");
                return Err(Check::Mode.fails(error));
            }
            _ => {}
        }
        if way_in.key_index.is_some() {
            way_in.account.check_created(way_in.timestamp, &inbound)?;
        }
        witness.holds(Passed::Message(&inbound));
        Ok(Received {
            inbound,
            token_index: way_in.token_index,
            key_index: way_in.key_index,
            id_index: way_in.id_index,
            nonce: way_in.nonce.into(),
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
    format: Format,
    document: Document,
}

impl<'a> Outer<'a> {
    fn parse(body: &'a [u8]) -> Result<Self, Failed> {
        let parsed = codec::utf8(body).and_then(|text| Ok((text, codec::parse(text)?)));
        let (text, (format, document)) = parsed.map_err(|error| Check::Body.fails(error))?;
        Ok(Self { text, format, document })
    }

    /// The sealed message, as it stands there.
    fn encrypt_before(&self, witness: &mut impl Witness) -> Result<&str, Failed> {
        let root = self.document.root(self.text);
        let exact = match encrypt_node(root).map(|node| node.exact_text()) {
            Some(None) => {
                let error = Error::new(Code::BodyMalformed).field_named("Encrypt");
                return Err(Check::Body.fails(error));
            }
            found => found.flatten(),
        };
        witness.holds(Passed::Body(self.format, root));
        let missing = || {
            let error = Error::new(Code::ModeRefused)
                .field_named("Encrypt")
                .because("a plaintext body with a sealed query");
            Check::Mode.fails(error)
        };
        let exact = exact.ok_or_else(missing)?;
        witness.holds(Passed::Mode);
        Ok(exact)
    }

    fn recipient(&self) -> Option<&str> {
        let node = self.document.reserved(self.text, Reserved::ToUserName)?;
        node.text().map(str::trim_ascii).filter(|name| !name.is_empty())
    }
}

/// What a push is sealed in.
pub(crate) fn encrypt_node(root: Node<'_>) -> Option<Node<'_>> {
    root.child(SEALED)
}
