use alloc::vec::Vec;
use core::ops::RangeInclusive;

use fastrand::Rng;
use wxkf_core::Timestamp;

/// What goes wrong on a line between two sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct Faults {
    loss: u16,
    duplication: u16,
    min_delay: u64,
    max_delay: u64,
}

impl Faults {
    /// Nothing: everything arrives once, and at once.
    pub const NONE: Self = Self { loss: 0, duplication: 0, min_delay: 0, max_delay: 0 };

    /// So many things of a thousand are lost.
    pub const fn loss(mut self, per_thousand: u16) -> Self {
        self.loss = per_thousand;
        self
    }

    /// So many things of a thousand arrive twice.
    pub const fn duplication(mut self, per_thousand: u16) -> Self {
        self.duplication = per_thousand;
        self
    }

    /// Every copy takes so many milliseconds, each as likely as the others. What is sent later may
    /// arrive earlier.
    pub const fn delay(mut self, millis: RangeInclusive<u64>) -> Self {
        (self.min_delay, self.max_delay) = (*millis.start(), *millis.end());
        self
    }
}

/// One direction of a line, with its faults. The same seed loses the same things.
#[derive(Clone, Debug)]
pub struct Link {
    faults: Faults,
    rng: Rng,
}

impl Link {
    /// A line with these faults.
    #[must_use]
    pub fn new(faults: Faults, seed: u64) -> Self {
        Self { faults, rng: Rng::with_seed(seed) }
    }

    /// When the copies of a thing that is sent now arrive, in that order. None if it is lost.
    pub fn carry(&mut self, now: Timestamp) -> Vec<Timestamp> {
        let Faults { loss, duplication, min_delay, max_delay } = self.faults;
        let mut happens = |per_thousand| self.rng.u16(0..1000) < per_thousand;
        let copies = match (happens(loss), happens(duplication)) {
            (true, _) => 0,
            (false, true) => 2,
            (false, false) => 1,
        };
        let mut arrivals: Vec<_> = (0..copies)
            .map(|_| {
                let delay = self.rng.u64(min_delay..=max_delay.max(min_delay));
                Timestamp::from_millis(now.as_millis().saturating_add(delay))
            })
            .collect();
        arrivals.sort_unstable();
        arrivals
    }
}

/// A host's clock beside the platform's, wrong by some milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clock {
    offset: i64,
}

impl Clock {
    /// A clock that is ahead by so many milliseconds, or behind.
    #[must_use]
    pub const fn new(offset: i64) -> Self {
        Self { offset }
    }

    /// The clock is set, or its machine slept: from now on it shows so many milliseconds more, or
    /// less.
    pub const fn jump(&mut self, by: i64) {
        self.offset = self.offset.saturating_add(by);
    }

    /// What it shows while the platform's clock shows `now`.
    #[must_use]
    pub const fn read(&self, now: Timestamp) -> Timestamp {
        Timestamp::from_millis(now.as_millis().saturating_add_signed(self.offset))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_796_000_000_000);

    #[test]
    fn a_good_line_carries_everything_once_and_at_once() {
        let mut link = Link::new(Faults::NONE, 1);
        assert!((0..1000).all(|_| link.carry(NOW) == [NOW]));
    }

    #[test]
    fn faults_are_as_frequent_as_told_and_the_same_with_the_same_seed() {
        let faults = Faults::NONE.loss(100).duplication(200).delay(10..=50);
        let mut link = Link::new(faults, 7);
        let runs: Vec<_> = (0..10_000).map(|_| link.carry(NOW)).collect();
        let count = |copies| runs.iter().filter(|run| run.len() == copies).count();
        assert!((900..1100).contains(&count(0)), "{}", count(0));
        assert!((1700..1900).contains(&count(2)), "{}", count(2));
        for arrival in runs.iter().flatten() {
            assert!((10..=50).contains(&(arrival.as_millis() - NOW.as_millis())));
        }
        assert!(runs.iter().all(|run| run.is_sorted()));
        let mut again = Link::new(faults, 7);
        assert!(runs.iter().all(|run| *run == again.carry(NOW)));
    }

    #[test]
    fn a_clock_is_wrong_by_its_offset() {
        let mut clock = Clock::new(-1500);
        assert_eq!(clock.read(NOW).as_millis() + 1500, NOW.as_millis());
        clock.jump(2500);
        assert_eq!(clock.read(NOW).as_millis(), NOW.as_millis() + 1000);
        assert_eq!(Clock::new(i64::MIN).read(NOW), Timestamp::default());
    }
}
