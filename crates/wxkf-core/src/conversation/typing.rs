//! Whether the user is shown that an answer is being written.

use crate::api::{Outcome, RejectionKind, TypingSet};
use crate::names::named;
use crate::time::Timestamp;

/// Typing that is shown, as far as is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Typing {
    pub(super) since: Timestamp,
    /// A push or a message has come since, of which a refusal says nothing.
    pub(super) is_overtaken: bool,
}

named! {
    /// What came of showing that an answer is being written (`message.custom.typing`).
    ///
    /// An answer of the platform is one by itself: `TypingSettlement::from(&outcome)`. A timeout, a broken
    /// connection or an answer that cannot be read is [`Unknown`](Self::Unknown).
    TypingSettlement {
        /// 45081: it was shown already, and is.
        AlreadyTyping "already_typing",
        /// The platform accepted it: errcode 0.
        Delivered "delivered",
        /// 45080: the platform knows of no message in the last 30 s.
        NoRecentMessage "no_recent_message",
        /// It surely was not sent, or it was refused for another reason.
        NotSent "not_sent",
        /// Nobody knows whether it is shown.
        Unknown "unknown",
        /// 45015, 43004, 50005: the window is over, or the user has stopped following.
        WindowClosed "window_closed",
    }
}

impl TypingSettlement {
    /// What an errcode of `custom/typing` means.
    #[must_use]
    pub fn from_errcode(errcode: i64) -> Self {
        match errcode {
            0 => Self::Delivered,
            43004 | 50005 => Self::WindowClosed,
            45080 => Self::NoRecentMessage,
            45081 => Self::AlreadyTyping,
            _ => match RejectionKind::of(errcode) {
                RejectionKind::Busy | RejectionKind::Unknown => Self::Unknown,
                RejectionKind::WindowClosed => Self::WindowClosed,
                _ => Self::NotSent,
            },
        }
    }
}

impl From<&Outcome<TypingSet>> for TypingSettlement {
    fn from(outcome: &Outcome<TypingSet>) -> Self {
        Self::from_errcode(outcome.errcode())
    }
}
