//! The way in, in one call, and the checks of it that ask the account.

use alloc::string::String;
use alloc::vec::Vec;

use super::check::{Check, Failed, Passed, Witness};
use super::query::required;
use super::{Envelope, Query};
use crate::account::Account;
use crate::crypto::{self, Frame, Signature, Token};
use crate::error::{Code, Error};
use crate::message::{Inbound, Received};
use crate::time::Timestamp;

impl Account {
    /// Answers the GET with which WeChat checks the URL: the bytes to send back, as `text/plain`,
    /// without quotes or a line break.
    ///
    /// In every mode the echo string is plain and `signature` covers token, timestamp and nonce
    /// (page 消息推送 / 开发者服务器配置, read 2026-11-21). Nothing is echoed without a good signature;
    /// the echo string itself is not signed, so `text/plain` matters.
    ///
    /// # Errors
    /// [`Code::ParameterMissing`], [`Code::SignatureMismatch`], [`Code::TimestampStale`].
    pub fn verify_url(&self, query: &Query<'_>, now: Timestamp) -> Result<Vec<u8>, Error> {
        Ok(self.verify_url_before(&mut (), query, now)?)
    }

    pub(crate) fn verify_url_before(
        &self,
        witness: &mut impl Witness,
        query: &Query<'_>,
        now: Timestamp,
    ) -> Result<Vec<u8>, Failed> {
        let echo = required("echostr", query.echostr.as_ref())?;
        let timestamp = required("timestamp", query.timestamp.as_ref())?;
        let nonce = required("nonce", query.nonce.as_ref())?;
        let given = required("signature", query.signature.as_ref())?;
        witness.holds(Passed::Query);
        let token_index = self
            .token_for(given, |token| token.sign([timestamp, nonce]))
            .ok_or_else(|| unsigned("signature"))?;
        witness.holds(Passed::Signature { token_index });
        self.check_age(timestamp, now)?;
        witness.holds(Passed::Age);
        witness.holds(Passed::Echo);
        Ok(echo.into())
    }

    /// Takes a request apart for the step-by-step way in: verify, open, decode.
    ///
    /// # Errors
    /// [`Code::BodyTooLarge`], [`Code::ParameterMissing`], [`Code::ModeRefused`].
    pub fn envelope<'a>(
        &'a self,
        query: &'a Query<'_>,
        body: &'a [u8],
    ) -> Result<Envelope<'a>, Error> {
        Ok(Envelope::before(&mut (), self, query, body)?)
    }

    /// Verifies, opens and decodes a push: the one call for a host.
    ///
    /// # Errors
    /// An [`Error`] of origin [`Peer`](crate::Origin::Peer). Answer it with an HTTP error, without
    /// details; nothing of the request may be trusted.
    pub fn receive(
        &self,
        query: &Query<'_>,
        body: &[u8],
        now: Timestamp,
    ) -> Result<Received, Error> {
        Ok(self.receive_before(&mut (), query, body, now)?)
    }

    /// The same before a witness. There is no other walk: what is checked here is what an explanation tells.
    pub(crate) fn receive_before(
        &self,
        witness: &mut impl Witness,
        query: &Query<'_>,
        body: &[u8],
        now: Timestamp,
    ) -> Result<Received, Failed> {
        Envelope::before(witness, self, query, body)?
            .verify_before(witness, now)?
            .open_before(witness)?
            .decode_before(witness)
    }

    /// Which token made this signature. Every comparison is in constant time.
    pub(crate) fn token_for(
        &self,
        given: &str,
        sign: impl Fn(&Token) -> Signature,
    ) -> Option<usize> {
        self.tokens.iter().position(|token| sign(token).matches(given))
    }

    pub(super) fn check_age(&self, timestamp: &str, now: Timestamp) -> Result<(), Failed> {
        let Some(tolerance) = self.tolerance else { return Ok(()) };
        let fresh = timestamp
            .parse()
            .is_ok_and(|secs| Timestamp::from_secs(secs).distance(now) <= tolerance);
        match fresh {
            true => Ok(()),
            false => {
                Err(Check::Age.fails(Error::new(Code::TimestampStale).field_named("timestamp")))
            }
        }
    }

    /// Of a sealed push whose `timestamp` is fresh: whether the time inside the seal fits to it. The
    /// signature sorts its parts, so a captured push passes with `timestamp` and `nonce` exchanged.
    pub(super) fn check_created(&self, timestamp: &str, inbound: &Inbound) -> Result<(), Failed> {
        let Some(tolerance) = self.tolerance else { return Ok(()) };
        let (Some(created), Ok(secs)) = (inbound.created(), timestamp.parse()) else {
            return Ok(());
        };
        let sent = Timestamp::from_secs(secs);
        let fits = created.distance(sent) <= tolerance;
        match fits || (created < sent && inbound.may_come_late()) {
            true => Ok(()),
            false => Err(Check::Age.fails(
                Error::new(Code::TimestampStale)
                    .field_named("CreateTime")
                    .because("further from timestamp than the tolerance"),
            )),
        }
    }

    /// Decrypts with each key in turn until one passes the full check.
    pub(super) fn open_before(
        &self,
        witness: &mut impl Witness,
        encrypt: &str,
    ) -> Result<Opened, Failed> {
        let invalid =
            |detail| Check::Seal.fails(Error::new(Code::CiphertextInvalid).because(detail));
        let ciphertext = crypto::decode_base64(encrypt).map_err(invalid)?;
        let mut ciphertext = Some(ciphertext);
        let (mut is_of_another, mut detail) = (false, "the account has no key");
        for (key_index, key) in self.keys.iter().enumerate() {
            let is_last = key_index.saturating_add(1) == self.keys.len();
            let copy = if is_last { ciphertext.take() } else { ciphertext.clone() };
            let mut buffer = copy.unwrap_or_default();
            match key.open(self.host_cipher(), &mut buffer) {
                Err(why) => detail = why,
                Ok(frame) => match self.accepted_id(&buffer, &frame) {
                    Some(id_index) => {
                        let opened = Opened { buffer, frame, key_index, id_index };
                        witness.holds(Passed::Seal { key_index: Some(key_index) });
                        witness.holds(Passed::ReceiveId(&opened));
                        return Ok(opened);
                    }
                    None => is_of_another = true,
                },
            }
        }
        if !is_of_another {
            return Err(invalid(detail));
        }
        witness.holds(Passed::Seal { key_index: None });
        Err(Check::ReceiveId.fails(Code::ReceiveIdMismatch))
    }

    /// The id inside a sealed message that some key opens, accepted or not.
    pub(crate) fn id_inside(&self, encrypt: &str) -> Option<String> {
        let ciphertext = crypto::decode_base64(encrypt).ok()?;
        self.keys.iter().find_map(|key| {
            let mut buffer = ciphertext.clone();
            let frame = key.open(self.host_cipher(), &mut buffer).ok()?;
            Some(String::from_utf8_lossy(buffer.get(frame.receive_id)?).into_owned())
        })
    }

    fn accepted_id(&self, buffer: &[u8], frame: &Frame) -> Option<usize> {
        let id = buffer.get(frame.receive_id.clone())?;
        self.accepted_ids.iter().position(|accepted| accepted.as_bytes() == id)
    }
}

pub(super) fn unsigned(parameter: &'static str) -> Failed {
    Check::Signature.fails(Error::new(Code::SignatureMismatch).field_named(parameter))
}

/// A message that a key has opened.
pub(crate) struct Opened {
    buffer: Vec<u8>,
    frame: Frame,
    pub(crate) key_index: usize,
    pub(crate) id_index: usize,
}

impl Opened {
    pub(crate) fn message(&self) -> &[u8] {
        self.buffer.get(self.frame.message.clone()).unwrap_or_default()
    }

    /// The message alone, in the memory that it was opened in.
    pub(super) fn into_message(self) -> Vec<u8> {
        let Self { mut buffer, frame: Frame { message, .. }, .. } = self;
        buffer.truncate(message.end);
        buffer.drain(..message.start.min(buffer.len()));
        buffer
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::{AccountKind, Mode};
    use crate::callback::Fresh;
    use crate::codec::Format;
    use alloc::format;

    const NOW: Timestamp = Timestamp::from_secs(1_763_700_000);

    /// The checks that held.
    #[derive(Default)]
    struct Seen(Vec<Check>);

    impl Witness for Seen {
        fn holds(&mut self, held: Passed<'_>) {
            self.0.push(match held {
                Passed::Query => Check::Query,
                Passed::Body(..) => Check::Body,
                Passed::Mode => Check::Mode,
                Passed::Signature { .. } => Check::Signature,
                Passed::Age => Check::Age,
                Passed::Seal { .. } => Check::Seal,
                Passed::ReceiveId(_) => Check::ReceiveId,
                Passed::Echo | Passed::Message(_) => Check::Message,
            });
        }
    }

    #[test]
    fn whoever_looks_on_is_told_of_every_check_in_its_order() {
        let account = Account::builder(AccountKind::OfficialAccount, "wx0123456789abcdef", "token")
            .encoding_aes_key("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG")
            .mode(Mode::Compatible)
            .build()
            .unwrap();
        let message = "<xml><MsgType>text</MsgType></xml>";
        let sealed = account.seal(message.as_bytes(), Fresh::new([0; 16], NOW).nonce("n")).unwrap();
        let body = sealed.to_push_body(Format::Xml, "gh_0");
        let plain = format!("signature={}&timestamp=1&nonce=n", account.sign("1", "n"));
        let signature = sealed.msg_signature();
        let sealed = format!("msg_signature={signature}&timestamp=1763700000&nonce=n");
        let seen = |query: &str, body: &str| {
            let mut seen = Seen::default();
            let query = Query::parse(query).unwrap();
            let result = match query.is_url_verification() {
                true => account.verify_url_before(&mut seen, &query, NOW).map(drop),
                false => account.receive_before(&mut seen, &query, body.as_bytes(), NOW).map(drop),
            };
            let failed = result.err().map(|failure| failure.check);
            (seen.0, failed)
        };
        use Check::{Age, Body, Message, Mode as Agrees, Query as Asked, ReceiveId, Signature};
        let all = [Asked, Body, Agrees, Signature, Age, Check::Seal, ReceiveId, Message];
        assert_eq!(seen(&sealed, &body), (all.into(), None));
        let all = [Asked, Signature, Age, Body, Message];
        assert_eq!(seen(&plain, message), (all.into(), None));
        assert_eq!(seen(&plain, &body), (all[..4].into(), Some(Agrees)));
        let url = format!("{plain}&echostr=1");
        assert_eq!(seen(&url, ""), ([Asked, Signature, Age, Message].into(), None));
        assert_eq!(seen(&sealed, message), ([Asked, Body].into(), Some(Agrees)));
    }
}
