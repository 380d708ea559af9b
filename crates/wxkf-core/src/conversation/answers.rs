//! What a step says.

use serde::ser::{Serialize, SerializeStruct as _, Serializer};

use crate::names::{named, numbered};
use crate::time::Timestamp;

/// One message of the quota, held until it is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[must_use = "what is not settled is given up after a minute, and counts as perhaps sent"]
#[non_exhaustive]
pub struct Reservation {
    /// By which it is settled.
    pub id: ReservationId,
    /// Whether the platform will accept it, as far as one can know. If not, it is worth a try.
    pub sure: bool,
}

numbered! {
    /// Names a reservation. It may be copied, queued and stored: each is larger than those before, never
    /// above 2⁵³ − 1, and one of a record that was dropped since names nothing.
    ReservationId
}

/// Our own state says: not now. Nothing is wrong, and nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Refusal {
    /// Why.
    pub reason: RefusalReason,
    /// When time alone will help; `None` if only the user can.
    pub retry_at: Option<Timestamp>,
}

impl From<RefusalReason> for Refusal {
    fn from(reason: RefusalReason) -> Self {
        Self { reason, retry_at: None }
    }
}

impl core::fmt::Display for Refusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.reason.name())
    }
}

impl core::error::Error for Refusal {}

named! {
    /// Why our own state says: not now.
    RefusalReason {
        /// Typing is shown already.
        AlreadyTyping "already_typing",
        /// There was no message in either direction in the last 30 s.
        NoRecentMessage "no_recent_message",
        /// The policy is cautious, and the platform might refuse: the window is about to close, or
        /// only a generous reading of the rule would allow it.
        NotSure "not_sure",
        /// No messages are left until the user does something.
        QuotaExhausted "quota_exhausted",
        /// All that is left is held by other reservations: by any, or, where this one would not be sure,
        /// by one that is. Or it is too soon to try again what was refused because a grant was late.
        QuotaHeld "quota_held",
        /// There is no open window until the user does something.
        WindowClosed "window_closed",
    }
}

/// What may be sent now. The platform's own number lies between the bounds, as far as nobody else
/// sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Allowance {
    /// So many more are safe to promise; what is held is taken off already. 0 shortly before the end
    /// of a window.
    pub at_least: u32,
    /// So many are worth trying, those that are held among them.
    pub at_most: u32,
    /// Reserved and not settled.
    pub held: u32,
    /// When the window closes unless the user does something; `None` if it is closed.
    pub closes_at: Option<Timestamp>,
}

/// `{"at_least":5,"at_most":5,"held":0,"closes_at":ms}`.
impl Serialize for Allowance {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Allowance", 4)?;
        object.serialize_field("at_least", &self.at_least)?;
        object.serialize_field("at_most", &self.at_most)?;
        object.serialize_field("held", &self.held)?;
        object.serialize_field("closes_at", &self.closes_at.map(Timestamp::as_millis))?;
        object.end()
    }
}
