use core::time::Duration;

/// A moment, in milliseconds since 1970-01-01 00:00 UTC.
///
/// The core has no clock: the host passes the moment in. `Date.now()` in JavaScript and
/// `time.time() * 1000` in Python are such a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(u64);

impl Timestamp {
    /// The moment `millis` milliseconds after 1970.
    #[must_use]
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis)
    }

    /// The moment `secs` seconds after 1970, WeChat's own unit (`CreateTime`, `timestamp`).
    #[must_use]
    pub const fn from_secs(secs: u64) -> Self {
        Self(secs.saturating_mul(1000))
    }

    /// Milliseconds since 1970.
    #[must_use]
    pub const fn as_millis(self) -> u64 {
        self.0
    }

    /// Whole seconds since 1970.
    #[must_use]
    pub const fn as_secs(self) -> u64 {
        self.0 / 1000
    }

    /// The moment so much later.
    #[must_use]
    pub fn saturating_add(self, duration: Duration) -> Self {
        let millis = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
        Self(self.0.saturating_add(millis))
    }

    /// Whether this moment is less than `length` ago. A moment in the future is one that a clock was
    /// wrong about: it counts no longer than one in the past, so that nothing is stuck for ever.
    pub(crate) fn is_within(self, length: Duration, now: Self) -> bool {
        self.distance(now) < length
    }

    /// What a record makes of a moment that counts for `length`: nothing, once that is over. One in the
    /// future is one that a clock was wrong about, or that somebody made up: from now on it counts as
    /// one of now, so that nothing is stuck and nothing lasts longer than it may.
    pub(crate) fn counted(self, length: Duration, now: Self) -> Option<Self> {
        self.is_within(length, now).then(|| self.min(now))
    }

    /// How far two moments lie apart, whichever comes first.
    #[must_use]
    pub const fn distance(self, other: Self) -> Duration {
        Duration::from_millis(self.0.abs_diff(other.0))
    }
}
