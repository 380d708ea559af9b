//! Time on the CPU, and two pieces of work measured against each other in interleaved rounds.

use rustix::time::{ClockId, clock_gettime};

/// How much time the measuring may take.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    Full,
    Quick,
}

impl Effort {
    /// How many rounds two pieces of work are compared in, where the ratio is what matters.
    pub fn rounds(self) -> usize {
        match self {
            Self::Full => 60,
            Self::Quick => 5,
        }
    }
}

/// Long enough to make the clock's own cost vanish, short enough for the neighbours on the machine
/// to disturb both sides of a round alike.
const BATCH_NANOS: f64 = 3e6;

/// What the rounds say: a time for each side, and their ratio.
pub struct Comparison {
    pub ours_micros: f64,
    pub floor_micros: f64,
    pub ratio_median: f64,
    pub ratio_p10: f64,
}

/// Runs batches of both in turn. The ratio is taken round by round, between neighbours in time.
pub fn compare(rounds: usize, mut floor: impl FnMut(), mut ours: impl FnMut()) -> Comparison {
    let floor_count = batch_size(&mut floor);
    let ours_count = batch_size(&mut ours);
    let mut floors = Vec::new();
    let mut ourses = Vec::new();
    for _ in 0..rounds {
        floors.push(batch(floor_count, &mut floor));
        ourses.push(batch(ours_count, &mut ours));
    }
    let ratios: Vec<_> = ourses.iter().zip(&floors).map(|(ours, floor)| ours / floor).collect();
    Comparison {
        ours_micros: quantile(&ourses, 0.5) / 1e3,
        floor_micros: quantile(&floors, 0.5) / 1e3,
        ratio_median: quantile(&ratios, 0.5),
        ratio_p10: quantile(&ratios, 0.1),
    }
}

/// Nanoseconds of this thread that a call takes, over that many calls.
fn batch(count: usize, work: &mut impl FnMut()) -> f64 {
    let start = now_nanos();
    for _ in 0..count {
        work();
    }
    (now_nanos() - start) / count as f64
}

fn batch_size(work: &mut impl FnMut()) -> usize {
    let mut count = 1;
    loop {
        let nanos = batch(count, work) * count as f64;
        if nanos >= BATCH_NANOS / 2.0 {
            return ((count as f64 * BATCH_NANOS / nanos) as usize).max(1);
        }
        count *= 2;
    }
}

/// Nanoseconds that this thread has run.
pub fn now_nanos() -> f64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    time.tv_sec as f64 * 1e9 + time.tv_nsec as f64
}

fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[((sorted.len() - 1) as f64 * share) as usize]
}
