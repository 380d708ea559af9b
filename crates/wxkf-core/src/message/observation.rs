use crate::time::Timestamp;

/// Whether a push was here: what a [`Conversation`](crate::Conversation) says of its user's, and a
/// [`Dedupe`](crate::Dedupe) of everybody's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[must_use = "a repeat must not be handled again"]
#[expect(clippy::exhaustive_enums, reason = "a host has to do something for each")]
pub enum Observation {
    /// It was not here before, or it was forgotten: handle it.
    New,
    /// It was here: answer `success`, and do nothing.
    Repeat {
        /// When it was first here.
        since: Timestamp,
    },
    /// Nobody knows: more than [`Conversation::MAX_PUSHES`](crate::Conversation::MAX_PUSHES) different
    /// pushes of this user came within the time of repeats, and there is no room to note this one. What it
    /// grants counts. Ask a [`Dedupe`](crate::Dedupe) that all processes share, or do not handle it. A
    /// `Dedupe` does not say this: it forgets its oldest key.
    Overflow,
}

impl Observation {
    /// `new`, `repeat` or `overflow`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Repeat { .. } => "repeat",
            Self::Overflow => "overflow",
        }
    }

    /// Of a repeat: when it was first here.
    #[must_use]
    pub const fn since(self) -> Option<Timestamp> {
        match self {
            Self::Repeat { since } => Some(since),
            Self::New | Self::Overflow => None,
        }
    }
}
