use core::time::Duration;

use crate::api::{self, Outcome, RejectionKind, Sent};
use crate::error::{Code, Error};
use crate::names::named;

named! {
    /// What became of a message for which something was reserved.
    ///
    /// An answer of the platform to a message is one by itself: `Settlement::from(&outcome)`, or
    /// [`Settlement::of`] by the name of the call. A timeout, a broken connection or an answer that cannot
    /// be read is [`Unknown`](Self::Unknown).
    Settlement {
        /// The platform accepted it: errcode 0.
        Delivered "delivered",
        /// 45094: opening the chat grants nothing any more, as a penalty.
        EnterRevoked "enter_revoked",
        /// It surely was not sent, or it was refused for a reason that costs nothing.
        NotSent "not_sent",
        /// 45047, 45093: no messages are left.
        QuotaExhausted "quota_exhausted",
        /// Nobody knows whether it was sent.
        Unknown "unknown",
        /// 45015, 43004, 50005: the window is over, or the user has stopped following.
        WindowClosed "window_closed",
    }
}

impl Settlement {
    /// The same for an answer that was read by the name of its call
    /// ([`api::decode`](crate::api::decode)).
    ///
    /// # Errors
    /// [`Code::RequestUnsupported`] if that call sends no message: its answer says nothing about one.
    pub fn of<T>(endpoint: &str, outcome: &Outcome<T>) -> Result<Self, Error> {
        match api::endpoint(endpoint)? {
            info if info.takes_message() => Ok(Self::from_errcode(outcome.errcode())),
            _ => Err(Error::new(Code::RequestUnsupported)
                .field_named("endpoint")
                .because("it sends no message")),
        }
    }

    /// What an errcode of `custom/send` means for window and quota. A code that this version does
    /// not know, and -1, may come after the message went out.
    #[must_use]
    pub fn from_errcode(errcode: i64) -> Self {
        match errcode {
            0 => Self::Delivered,
            43004 | 50005 => Self::WindowClosed,
            45094 => Self::EnterRevoked,
            _ => match RejectionKind::of(errcode) {
                RejectionKind::Busy | RejectionKind::Unknown => Self::Unknown,
                RejectionKind::QuotaExhausted => Self::QuotaExhausted,
                RejectionKind::WindowClosed => Self::WindowClosed,
                _ => Self::NotSent,
            },
        }
    }
}

impl From<&Outcome<Sent>> for Settlement {
    fn from(outcome: &Outcome<Sent>) -> Self {
        Self::from_errcode(outcome.errcode())
    }
}

/// What came of settling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[must_use = "the message may have to be sent again"]
#[non_exhaustive]
pub enum Settled {
    /// It counts.
    Applied,
    /// The platform may not know yet of the user's message: reserve again after this time, and send
    /// again. It is said once of each message that was reserved before the first refusal; what is reserved
    /// before this time is over is not told again.
    RetryAfter(Duration),
    /// There is no such reservation: it was settled before, or its hold has expired. Nothing
    /// changed.
    Stale,
}
