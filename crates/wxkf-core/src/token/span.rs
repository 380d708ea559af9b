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

    /// Clocks step back: the moment may lie in the future, but no further than its length, or a
    /// clock that was ahead once would hold up everything after it.
    pub(super) fn holds(self, now: Timestamp) -> bool {
        self.from.distance(now) < self.length()
    }

    pub(super) const fn end(self) -> Timestamp {
        Timestamp::from_millis(self.from.as_millis().saturating_add(self.millis))
    }
}
