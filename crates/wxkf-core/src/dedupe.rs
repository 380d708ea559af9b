use alloc::vec::Vec;
use core::fmt;
use core::hash::{BuildHasherDefault, Hasher};
use core::time::Duration;

use lru::LruCache;

use crate::error::Error;
use crate::message::{DedupeKey, Observation};
use crate::snapshot::{RecordReader, RecordType, RecordWriter, malformed};
use crate::time::Timestamp;

/// Which pushes have been here, of all users: for a host that keeps one memory in its process.
///
/// A [`Conversation`](crate::Conversation) remembers the pushes of its own user, which is enough
/// where one is kept. This is for hosts that keep none, and for pushes without a user.
///
/// It is bounded by a number of keys and by their age. A step takes the same time however many
/// there are.
///
/// ```
/// use core::time::Duration;
/// use wxkf_core::{Dedupe, DedupeKey, Observation, Timestamp};
///
/// let mut dedupe = Dedupe::new(10_000, Duration::from_secs(60));
/// let key = DedupeKey::of_text("order 17");
/// let now = Timestamp::from_secs(1_763_700_000);
/// assert_eq!(dedupe.observe(key, now), Observation::New);
/// assert_eq!(dedupe.observe(key, now), Observation::Repeat { since: now });
///
/// // Its handling failed: let the next delivery in.
/// dedupe.forget(key);
/// assert_eq!(dedupe.observe(key, now), Observation::New);
/// ```
pub struct Dedupe {
    /// In the order in which they came; nothing here moves a key.
    keys: LruCache<DedupeKey, Timestamp, BuildHasherDefault<KeyHasher>>,
    capacity: usize,
    horizon: Duration,
}

impl Dedupe {
    /// A memory of at most `capacity` keys, each for as long as `horizon`. WeChat repeats a push
    /// within 20 seconds; payment events may come again for a day.
    #[must_use]
    pub fn new(capacity: usize, horizon: Duration) -> Self {
        Self { keys: LruCache::unbounded_with_hasher(BuildHasherDefault::new()), capacity, horizon }
    }

    /// Whether this was here within the horizon; if not, it is from now on.
    pub fn observe(&mut self, key: DedupeKey, now: Timestamp) -> Observation {
        match self.keys.peek(&key) {
            Some(since) if since.is_within(self.horizon, now) => {
                return Observation::Repeat { since: *since };
            }
            Some(_) => self.forget(key),
            None => {}
        }
        while let Some((_, oldest)) = self.keys.peek_lru() {
            if self.keys.len() < self.capacity && oldest.is_within(self.horizon, now) {
                break;
            }
            self.keys.pop_lru();
        }
        if self.capacity > 0 {
            self.keys.put(key, now);
        }
        Observation::New
    }

    /// Lets the next delivery in, because this one could not be handled.
    pub fn forget(&mut self, key: DedupeKey) {
        self.keys.pop(&key);
    }

    /// How many keys there are, those among them that are too old and have not been met since.
    #[must_use]
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The memory in bytes, about 19 a key. Equal memories give equal bytes.
    #[must_use]
    pub fn snapshot(&self) -> Vec<u8> {
        let mut out = RecordWriter::new(RecordType::Dedupe, self.keys.len().saturating_mul(19));
        out.count(self.keys.len());
        let mut before = 0;
        for (key, since) in self.keys.iter().rev() {
            out.bytes(key.as_bytes());
            // A clock may have stepped back in between.
            out.number(zigzag(since.as_millis().wrapping_sub(before)));
            before = since.as_millis();
        }
        out.finish()
    }

    /// Reads a memory. Of more keys than `capacity` the latest are kept.
    ///
    /// # Errors
    /// [`Code::SnapshotMalformed`](crate::Code::SnapshotMalformed), or
    /// [`Code::SnapshotVersion`](crate::Code::SnapshotVersion) if a newer version of this crate
    /// wrote it.
    pub fn restore(bytes: &[u8], capacity: usize, horizon: Duration) -> Result<Self, Error> {
        let mut input = RecordReader::new(RecordType::Dedupe, bytes)?;
        let mut dedupe = Self::new(capacity, horizon);
        let mut before: u64 = 0;
        for _ in 0..input.count(bytes.len())? {
            let key = DedupeKey::from_bytes(input.array()?);
            before = before.wrapping_add(unzigzag(input.number()?));
            if dedupe.keys.put(key, Timestamp::from_millis(before)).is_some() {
                return Err(malformed("a key stands twice"));
            }
            if dedupe.keys.len() > capacity {
                dedupe.keys.pop_lru();
            }
        }
        input.end()?;
        Ok(dedupe)
    }
}

/// Small numbers for small differences, forward or back.
const fn zigzag(difference: u64) -> u64 {
    let is_back = difference >> 63 == 1;
    if is_back { !(difference << 1) } else { difference << 1 }
}

const fn unzigzag(number: u64) -> u64 {
    let half = number >> 1;
    if number & 1 == 1 { !half } else { half }
}

impl fmt::Debug for Dedupe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dedupe")
            .field("len", &self.len())
            .field("capacity", &self.capacity)
            .field("horizon", &self.horizon)
            .finish()
    }
}

impl PartialEq for Dedupe {
    fn eq(&self, other: &Self) -> bool {
        let limits = |dedupe: &Self| (dedupe.capacity, dedupe.horizon);
        limits(self) == limits(other) && self.keys.iter().eq(other.keys.iter())
    }
}

impl Eq for Dedupe {}

/// A key is a hash already: half of it is as good as any hash of it.
#[derive(Clone, Copy, Debug, Default)]
struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn write(&mut self, bytes: &[u8]) {
        if let Some(half) = bytes.first_chunk() {
            self.0 ^= u64::from_le_bytes(*half);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use alloc::collections::BTreeSet;
    use alloc::format;
    use alloc::string::ToString;

    use core::hash::BuildHasher as _;

    use super::*;
    use crate::error::Code;

    const MINUTE: Duration = Duration::from_secs(60);

    fn key(number: u32) -> DedupeKey {
        DedupeKey::of_text(&number.to_string())
    }

    fn at(secs: u64) -> Timestamp {
        Timestamp::from_secs(secs)
    }

    #[test]
    fn a_key_is_known_until_the_horizon() {
        let mut dedupe = Dedupe::new(10, MINUTE);
        assert_eq!(dedupe.observe(key(1), at(0)), Observation::New);
        assert_eq!(dedupe.observe(key(1), at(59)), Observation::Repeat { since: at(0) });
        assert_eq!(dedupe.observe(key(1), at(60)), Observation::New);
        assert_eq!(dedupe.observe(key(1), at(119)), Observation::Repeat { since: at(60) });
    }

    #[test]
    fn a_forgotten_key_is_let_in_again() {
        let mut dedupe = Dedupe::new(10, MINUTE);
        dedupe.forget(key(1));
        assert_eq!(dedupe.observe(key(1), at(0)), Observation::New);
        dedupe.forget(key(1));
        assert!(dedupe.is_empty());
        assert_eq!(dedupe.observe(key(1), at(1)), Observation::New);
        assert_eq!(dedupe.observe(key(1), at(2)), Observation::Repeat { since: at(1) });
        assert!(!dedupe.is_empty());
    }

    #[test]
    fn of_too_many_the_oldest_goes_and_asking_makes_nothing_younger() {
        let mut dedupe = Dedupe::new(3, MINUTE);
        for number in 0..3 {
            assert_eq!(dedupe.observe(key(number), at(0)), Observation::New);
        }
        assert_eq!(dedupe.observe(key(0), at(1)), Observation::Repeat { since: at(0) });
        assert_eq!(dedupe.observe(key(3), at(1)), Observation::New);
        assert_eq!(dedupe.len(), 3);
        assert_eq!(dedupe.observe(key(1), at(1)), Observation::Repeat { since: at(0) });
        assert_eq!(dedupe.observe(key(0), at(1)), Observation::New);
    }

    #[test]
    fn what_is_too_old_goes_when_something_new_comes() {
        let mut dedupe = Dedupe::new(1000, MINUTE);
        for number in 0..100 {
            let _ = dedupe.observe(key(number), at(number.into()));
        }
        assert_eq!(dedupe.len(), 60);
        let _ = dedupe.observe(key(1000), at(1000));
        assert_eq!(dedupe.len(), 1);
        let mut nothing = Dedupe::new(0, MINUTE);
        assert_eq!(nothing.observe(key(1), at(0)), Observation::New);
        assert_eq!((nothing.observe(key(1), at(0)), nothing.len()), (Observation::New, 0));
    }

    #[test]
    fn a_clock_that_jumped_blocks_nothing() {
        let mut dedupe = Dedupe::new(10, MINUTE);
        let _ = dedupe.observe(key(1), at(1_000_000));
        assert_eq!(dedupe.observe(key(1), at(0)), Observation::New);
        assert_eq!(dedupe.observe(key(1), at(1)), Observation::Repeat { since: at(0) });
    }

    #[test]
    fn a_snapshot_is_the_memory() {
        let mut dedupe = Dedupe::new(3, MINUTE);
        for (number, secs) in [(1, 5), (2, 0), (3, 9), (4, 9), (2, 12)] {
            let _ = dedupe.observe(key(number), at(secs));
        }
        let bytes = dedupe.snapshot();
        assert!(bytes.len() < 3 + 3 * 20 + 4);
        let mut again = Dedupe::restore(&bytes, 3, MINUTE).unwrap();
        assert_eq!(again, dedupe);
        assert_eq!(again.snapshot(), bytes);
        assert_eq!(again.observe(key(2), at(13)), Observation::Repeat { since: at(0) });
        let fewer = Dedupe::restore(&bytes, 1, MINUTE).unwrap();
        assert_eq!(fewer.len(), 1);
        assert_eq!(fewer.keys.peek(&key(4)), Some(&at(9)));
        assert_ne!(fewer, dedupe);
        assert_ne!(Dedupe::restore(&bytes, 3, MINUTE * 2).unwrap(), dedupe);
        assert_eq!(format!("{again:?}"), "Dedupe { len: 3, capacity: 3, horizon: 60s }");
    }

    #[test]
    fn bytes_that_are_none_are_refused() {
        let twice = [&b"D\x01\x02"[..], &[7; 16], &[0], &[7; 16], &[0]].concat();
        for bytes in [&b"D\x01"[..], b"D\x01\x01", b"C\x01\x00", b"D\x01\x00\x00", &twice] {
            let error = Dedupe::restore(bytes, 9, MINUTE).unwrap_err();
            assert_eq!(error.code(), Code::SnapshotMalformed, "{bytes:?}");
        }
        let newer = Dedupe::restore(b"D\x02\x00", 9, MINUTE).unwrap_err();
        assert_eq!(newer.code(), Code::SnapshotVersion);
        assert_eq!(Dedupe::restore(b"D\x01\x00", 9, MINUTE).unwrap(), Dedupe::new(9, MINUTE));
    }

    #[test]
    fn a_key_is_its_own_hash() {
        let hasher = BuildHasherDefault::<KeyHasher>::new();
        let hash = |bytes: [u8; 16]| hasher.hash_one(DedupeKey::from_bytes(bytes));
        for number in 0..16 {
            let bytes = *key(number).as_bytes();
            let half = u64::from_le_bytes(*bytes.first_chunk().unwrap());
            assert_eq!(hash(bytes) ^ hash([0; 16]), half);
        }
        // Many keys are spread over many places of a table.
        let places: BTreeSet<u64> = (0..1000).map(|it| hash(*key(it).as_bytes()) % 4096).collect();
        assert!(places.len() > 800, "{}", places.len());
    }

    #[test]
    fn differences_go_both_ways() {
        for difference in [0, 1, u64::MAX, 2, 1 << 63, (1 << 63) - 1, u64::MAX - 7] {
            assert_eq!(unzigzag(zigzag(difference)), difference);
        }
        assert_eq!((zigzag(0), zigzag(1), zigzag(u64::MAX)), (0, 2, 1));
    }
}
