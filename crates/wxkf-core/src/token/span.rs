use core::time::Duration;

use crate::time::Timestamp;

/// A moment, and how long from then on it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    from: Timestamp,
    millis: u64,
}

impl Span {
    /// To the millisecond below.
    pub(super) fn new(from: Timestamp, length: Duration) -> Self {
        Self { from, millis: u64::try_from(length.as_millis()).unwrap_or(u64::MAX) }
    }

    pub(super) const fn from(self) -> Timestamp {
        self.from
    }

    pub(super) const fn length(self) -> Duration {
        Duration::from_millis(self.millis)
    }

    pub(super) const fn is_empty(self) -> bool {
        self.millis == 0
    }

    /// Clocks step back and jump: see [`Timestamp::is_within`].
    pub(super) fn holds(self, now: Timestamp) -> bool {
        self.from.is_within(self.length(), now)
    }

    pub(super) fn end(self) -> Timestamp {
        self.from.saturating_add(self.length())
    }
}
