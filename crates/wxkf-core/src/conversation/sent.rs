//! What has gone out, or may have: which of it counts against a push that comes later.

use alloc::vec::Vec;
use core::time::Duration;

use super::policy::Policy;
use super::times::PolicyTime;
use crate::time::Timestamp;

/// A push is about an earlier moment, so what has gone out since may have been paid by its grant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Outgoing {
    /// One by one, for as long as a push of before may be under way; at most [`MAX_SENT`].
    pub(super) each: Vec<Sending>,
    /// Of what went out up to here nothing is known in detail.
    pub(super) before: Option<Sending>,
}

/// One message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sending {
    /// When it was settled or given up.
    pub(super) at: Timestamp,
    /// Nobody knows what became of it, so it may still arrive.
    pub(super) travels: bool,
}

/// So many are remembered one by one.
pub(super) const MAX_SENT: usize = 8;

impl Outgoing {
    pub(super) fn advance(&mut self, policy: &Policy, now: Timestamp) {
        for sending in &mut self.each {
            sending.at = sending.at.min(now);
        }
        let delay = policy.time(PolicyTime::Delay);
        let is_known = |it: &Sending| it.over(policy).saturating_add(delay) > now;
        let forgotten = self.each.iter().filter(|it| !is_known(it)).copied();
        self.before = forgotten.chain(self.before).max_by_key(|it| it.over(policy));
        self.each.retain(is_known);
        self.before = self.before.and_then(|it| {
            let at = it.at.counted(it.length(policy).saturating_add(policy.longest_window()), now);
            Some(Sending { at: at?, ..it })
        });
    }

    pub(super) fn add(&mut self, policy: &Policy, sending: Sending) {
        let place = self.each.partition_point(|it| it.at <= sending.at);
        self.each.insert(place, sending);
        if self.each.len() > MAX_SENT {
            // The one that is over first: nothing is believed of what it may have been paid by.
            let first = self.each.iter().enumerate().min_by_key(|(_, it)| it.over(policy));
            if let Some((place, _)) = first {
                let sending = self.each.remove(place);
                self.forget(policy, sending);
            }
        }
    }

    /// Of what went out up to now nothing is known: a push that is still under way proves nothing.
    pub(super) fn forget_all(&mut self, policy: &Policy, now: Timestamp) {
        self.forget(policy, Sending { at: now, travels: false });
    }

    /// How many may have gone out after that moment; `None` if nobody knows.
    pub(super) fn since(&self, policy: &Policy, at: Timestamp) -> Option<usize> {
        let is_after = |it: &&Sending| it.over(policy) > at;
        match self.before.as_ref().filter(is_after) {
            Some(_) => None,
            None => Some(self.each.iter().filter(is_after).count()),
        }
    }

    /// From when on none of it counts against anything.
    pub(super) fn keep_until(&self, policy: &Policy) -> impl Iterator<Item = Timestamp> {
        let all = self.each.iter().chain(&self.before);
        all.map(|it| it.over(policy).saturating_add(policy.longest_window()))
    }

    fn forget(&mut self, policy: &Policy, sending: Sending) {
        let both = self.before.into_iter().chain([sending]);
        self.before = both.max_by_key(|it| it.over(policy));
    }
}

impl Sending {
    /// When it can no longer be under way.
    pub(super) fn over(&self, policy: &Policy) -> Timestamp {
        self.at.saturating_add(self.length(policy))
    }

    fn length(&self, policy: &Policy) -> Duration {
        if self.travels { policy.time(PolicyTime::Travel) } else { Duration::ZERO }
    }
}
