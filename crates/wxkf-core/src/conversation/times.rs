//! The times of a policy.

use core::ops::RangeInclusive;
use core::time::Duration;

use crate::names::named;

named! {
    /// A time of a [`Policy`](crate::Policy): what it is for, and in brackets what it is unless it is set.
    /// In JSON it is its name with `_ms`, such as `travel_ms`.
    PolicyTime {
        /// For so long a push may be under way (60 s); one that comes later is believed less. WeChat gives
        /// a push up after its third attempt, some 15 s later, but a host may put it into a queue of its
        /// own.
        Delay "delay",
        /// A reservation that is not settled by then is given up (60 s; at least one). Give the request a
        /// shorter time-out.
        Hold "hold",
        /// So long after an action the sending side of the platform may not know of it (10 s), so that a
        /// refusal is to be tried again.
        Lag "lag",
        /// Before the end of a window nothing is sure for so long (6 s): a request takes its time.
        Margin "margin",
        /// For so long a push is known to have been here (60 s).
        Repeat "repeat",
        /// When to try again what was refused because of a lag (1 s).
        Retry "retry",
        /// There must have been a message within this time before typing may be shown (30 s: page
        /// 客服输入状态, read 2026-11-21).
        Traffic "traffic",
        /// For so long a request may still be carried out after it was given up (60 s): from when it was
        /// settled as unknown, or its hold had expired. Until then it counts against what the user's next
        /// action grants. It is counted from there, so it need not grow with the time-out of your HTTP
        /// client: what is left is what a proxy or a queue keeps of a request whose client has gone, and
        /// a minute is what those are set to by default. Whoever has none in between may take less.
        Travel "travel",
        /// Typing is shown for this long (15 s: the same page).
        Typing "typing",
    }
}

/// By the index of [`PolicyTime`].
pub(super) fn defaults() -> [Duration; PolicyTime::ALL.len()] {
    let mut times = [Duration::ZERO; PolicyTime::ALL.len()];
    for (length, time) in times.iter_mut().zip(PolicyTime::ALL) {
        *length = Duration::from_secs(default_secs(*time));
    }
    times
}

const fn default_secs(time: PolicyTime) -> u64 {
    match time {
        PolicyTime::Delay | PolicyTime::Hold | PolicyTime::Repeat | PolicyTime::Travel => 60,
        PolicyTime::Lag => 10,
        PolicyTime::Margin => 6,
        PolicyTime::Retry => 1,
        PolicyTime::Traffic => 30,
        PolicyTime::Typing => 15,
    }
}

/// In milliseconds.
pub(super) const fn range(time: PolicyTime) -> RangeInclusive<u64> {
    match time {
        PolicyTime::Hold => 1000..=86_400_000,
        _ => 0..=86_400_000,
    }
}
