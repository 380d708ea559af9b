use alloc::vec::Vec;
use core::time::Duration;

use super::span::Span;
use crate::time::Timestamp;

/// 20 forced fetches a day, at least 30 seconds apart; sooner it does not refresh: page
/// 获取稳定版接口调用凭据, read 2026-11-21. Whose day that is it does not say: here it is any 24 hours.
pub(super) const MOST: usize = 20;
const DAY: Duration = Duration::from_secs(24 * 3600);
const APART: Duration = Duration::from_secs(30);

/// When fetches were forced, in the order in which they were: never more than [`MOST`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Forced(Vec<Timestamp>);

impl Forced {
    pub(super) fn new(moments: Vec<Timestamp>) -> Self {
        Self(moments)
    }

    pub(super) fn moments(&self) -> &[Timestamp] {
        &self.0
    }

    /// Only when [`free_at`](Self::free_at) says `None`: then there is room.
    pub(super) fn spend(&mut self, now: Timestamp) {
        self.0.retain(|moment| Span::new(*moment, DAY).holds(now));
        self.0.push(now);
    }

    /// When the next one is allowed, if not now.
    pub(super) fn free_at(&self, now: Timestamp) -> Option<Timestamp> {
        self.free_of(|span| span.holds(now))
    }

    /// When the next one is allowed, if every moment counts.
    pub(super) fn free(&self) -> Option<Timestamp> {
        self.free_of(|_| true)
    }

    fn free_of(&self, counts: impl Fn(Span) -> bool) -> Option<Timestamp> {
        let ends = |length| {
            let spans = self.0.iter().map(move |moment| Span::new(*moment, length));
            spans.filter(|span| counts(*span)).map(Span::end)
        };
        let is_day_full = ends(DAY).count() >= MOST;
        let day = is_day_full.then(|| ends(DAY).min()).flatten();
        ends(APART).max().max(day)
    }
}
