//! What a request has to show: a signature by one of the account's tokens, and an age.

use super::check::{Check, Failed};
use crate::account::Account;
use crate::crypto::{Signature, Token};
use crate::error::{Code, Error};
use crate::message::Inbound;
use crate::time::Timestamp;

impl Account {
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
}

pub(super) fn unsigned(parameter: &'static str) -> Failed {
    Check::Signature.fails(Error::new(Code::SignatureMismatch).field_named(parameter))
}
