//! The pushes of the last minute, so that one that comes again is known.

use alloc::vec::Vec;
use core::time::Duration;

use crate::message::DedupeKey;
use crate::time::Timestamp;

/// In the order in which they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Recent(pub(super) Vec<Remembered>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Remembered {
    /// The first half of the key: enough to tell two pushes of one user within a minute apart.
    pub(super) key: [u8; 8],
    pub(super) at: Timestamp,
    /// Whether it is to be let in again.
    pub(super) is_forgotten: bool,
}

/// What is known of a push.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sight {
    /// It was not here.
    New,
    /// It was here, but its handling failed.
    Again,
    /// It was here.
    Repeat { since: Timestamp },
    /// Nobody knows: there is no room to note it.
    Overflow,
}

/// At most so many are known. A user who sends more within a minute cannot fill a store.
pub(super) const MAX_SEEN: usize = 1000;

impl Recent {
    pub(super) fn advance(&mut self, horizon: Duration, now: Timestamp) {
        self.0.retain_mut(|seen| {
            let counted = seen.at.counted(horizon, now);
            seen.at = counted.unwrap_or(seen.at);
            counted.is_some()
        });
    }

    pub(super) fn see(&mut self, key: DedupeKey, now: Timestamp) -> Sight {
        if let Some(seen) = self.find(key) {
            let was_forgotten = core::mem::replace(&mut seen.is_forgotten, false);
            return if was_forgotten { Sight::Again } else { Sight::Repeat { since: seen.at } };
        }
        // None of those that are known goes before its time: each may come again.
        if self.0.len() >= MAX_SEEN {
            return Sight::Overflow;
        }
        self.0.push(Remembered { key: half(key), at: now, is_forgotten: false });
        Sight::New
    }

    pub(super) fn forget(&mut self, key: DedupeKey) {
        if let Some(seen) = self.find(key) {
            seen.is_forgotten = true;
        }
    }

    fn find(&mut self, key: DedupeKey) -> Option<&mut Remembered> {
        let key = half(key);
        self.0.iter_mut().find(|seen| seen.key == key)
    }
}

fn half(key: DedupeKey) -> [u8; 8] {
    let [a, b, c, d, e, f, g, h, ..] = *key.as_bytes();
    [a, b, c, d, e, f, g, h]
}
