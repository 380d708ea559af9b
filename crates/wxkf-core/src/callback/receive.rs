//! The way in, in one call.

use alloc::vec::Vec;

use super::check::{Failed, Passed, Witness};
use super::envelope::Envelope;
use super::proof::unsigned;
use super::query::{Query, required};
use crate::account::Account;
#[cfg(doc)]
use crate::error::Code;
use crate::error::Error;
use crate::message::Received;
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
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::{AccountKind, Mode};
    use crate::callback::{Check, Fresh};
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
                Passed::ReceiveId { .. } => Check::ReceiveId,
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
