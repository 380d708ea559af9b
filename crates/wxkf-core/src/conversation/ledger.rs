//! How many messages may still be sent, as an interval.
//!
//! WeChat's rule is one sentence that can be read in several ways (不累加 … 更新为当前可下发条数限制的
//! 最大值), other senders spend the same quota unseen, and a send that timed out may or may not have
//! counted. So there are two bounds, and the platform's number lies between them:
//!
//! - **lower**: each kind of action keeps its own count and end; the same kind replaces, never adds.
//!   A send takes one from each. Whatever may have been spent is spent.
//! - **upper**: one purse. An action refills it to the largest limit among the live grants, never
//!   below what is left. Only what surely was spent is spent.
//!
//! A reservation is held until it is settled. While it is held it counts against the lower bound, of
//! every grant, also of one that comes meanwhile: nobody knows which of the two the platform sees first.

use alloc::vec::Vec;

use super::policy::{Policy, Rule};
use super::settlement::{Settled, Settlement};
use crate::message::Trigger;
use crate::time::Timestamp;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Ledger {
    /// By the index of the trigger.
    pub(super) grants: [Option<Grant>; Trigger::COUNT],
    pub(super) purse: u8,
    /// The first reservation that came after the purse was last filled.
    pub(super) purse_since: u64,
    /// The last reservation.
    pub(super) last_id: u64,
    /// In the order of their ids.
    pub(super) holds: Vec<Hold>,
    /// When the latest sends were over, at most [`MAX_SENT`]: a push about an earlier moment may
    /// still be under way, and what it granted has been spent by these.
    pub(super) sent: Vec<Timestamp>,
    /// Of the sends up to here nothing is known in detail.
    pub(super) sent_before: Option<Timestamp>,
    /// When the user last stopped following.
    pub(super) closed: Option<Timestamp>,
}

/// What one action granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Grant {
    /// When it happened.
    pub(super) at: Timestamp,
    /// The lower bound, but for what is held.
    pub(super) left: u8,
    /// The first reservation that came after it.
    pub(super) since: u64,
    pub(super) lag: Option<Lag>,
}

/// A grant reaches the sending side a little late at times: the platform refuses, and a second
/// later it does not. So the first refusal of a fresh grant is to be tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lag {
    /// When it was refused. What left before it was to be tried again says nothing new.
    pub(super) refused: Timestamp,
    /// Whether a later send has shown that the grant is there. Until then nothing is promised.
    pub(super) is_over: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hold {
    pub(super) id: u64,
    pub(super) at: Timestamp,
}

/// At most so many reservations are held at once.
pub(super) const MAX_HOLDS: usize = 12;
/// So many sends are remembered one by one.
pub(super) const MAX_SENT: usize = 8;

impl Ledger {
    /// What time alone does: reservations expire, grants end. Whatever has ended stays so, even if
    /// the clock steps back.
    pub(super) fn advance(&mut self, policy: &Policy, now: Timestamp) {
        let expired: Vec<Hold> = self.expired(policy, now).copied().collect();
        for hold in expired {
            // Nobody said whether it was sent.
            self.take(hold.id);
            self.spend(hold.end(policy).min(now));
        }
        // A moment in the future is one that a clock was wrong about.
        for sent in &mut self.sent {
            *sent = (*sent).min(now);
        }
        self.sent_before = self.sent_before.map(|before| before.min(now));
        while let Some(oldest) = self.sent.first().copied() {
            if oldest.is_within(policy.delay, now) {
                break;
            }
            self.sent.remove(0);
            self.sent_before = self.sent_before.max(Some(oldest));
        }
        self.sent_before = self.sent_before.filter(|it| it.is_within(policy.longest_window(), now));
        self.closed = self.closed.filter(|it| it.is_within(policy.longest_window(), now));
        for (grant, trigger) in self.grants.iter_mut().zip(Trigger::ALL) {
            let rule = policy.rule(*trigger);
            *grant = grant.filter(|grant| rule.is_some_and(|rule| grant.is_live(rule, now)));
        }
        self.close_purse();
    }

    /// The user did something that grants.
    pub(super) fn grant(
        &mut self,
        policy: &Policy,
        trigger: Trigger,
        at: Timestamp,
        now: Timestamp,
    ) {
        let Some(rule) = policy.rule(trigger) else { return };
        let mut grant =
            Grant { at, left: self.unspent(rule, at), since: self.next_id(), lag: None };
        let Some(row) = self.grants.get_mut(trigger.index()) else { return };
        // Pushes overtake each other. What is older than the last of its kind, or than the user's
        // farewell, grants nothing; CreateTime has whole seconds, so of the same second nobody knows.
        // What lies in the future was noted by a clock that has been set back since.
        let is_known = |moment: &Timestamp| *moment <= now;
        let latest = row.map(|known| known.at).filter(is_known);
        let closed = self.closed.filter(is_known);
        if Some(at) < latest.max(closed) || !grant.is_live(rule, now) {
            return;
        }
        if Some(at) == closed {
            grant.left = 0;
        }
        *row = Some(grant);
        let limits = self.live(policy, now).map(|(_, rule)| rule.limit);
        self.purse = limits.max().unwrap_or_default().max(self.purse);
        self.purse_since = self.next_id();
    }

    /// The user stopped following.
    pub(super) fn close(&mut self, policy: &Policy, at: Timestamp, now: Timestamp) {
        self.closed = self.closed.max(Some(at));
        for grant in &mut self.grants {
            *grant = grant.filter(|grant| grant.at > at);
        }
        // Nothing of what there was can have come along.
        let limits = self.live(policy, now).map(|(_, rule)| rule.limit);
        self.purse = limits.max().unwrap_or_default().min(self.purse);
    }

    /// Holds one message, if there may be one.
    pub(super) fn hold(&mut self, now: Timestamp) -> u64 {
        self.last_id = self.next_id();
        self.holds.push(Hold { id: self.last_id, at: now });
        self.last_id
    }

    /// Says what became of a reservation.
    pub(super) fn settle(
        &mut self,
        policy: &Policy,
        id: u64,
        settlement: Settlement,
        now: Timestamp,
    ) -> Option<(Hold, Settled)> {
        let hold = self.take(id)?;
        match settlement {
            Settlement::Delivered => {
                self.spend(now);
                if id >= self.purse_since {
                    self.purse = self.purse.saturating_sub(1);
                }
                for grant in self.grants_before(id) {
                    grant.lag = grant.lag.map(|lag| lag.after_delivery(policy, hold));
                }
            }
            Settlement::EnterRevoked => {
                self.exhaust(id, now);
                if let Some(row) = self.grants.get_mut(Trigger::Enter.index()) {
                    *row = row.filter(|grant| grant.since > id);
                }
                self.close_purse();
            }
            Settlement::NotSent => {}
            Settlement::QuotaExhausted => {
                if self.exhaust_but_fresh(policy, hold, now) {
                    return Some((hold, Settled::RetryAfter(policy.retry)));
                }
            }
            Settlement::Unknown => self.spend(now),
            Settlement::WindowClosed => {
                self.exhaust(id, now);
                for row in &mut self.grants {
                    *row = row.filter(|grant| grant.since > id);
                }
                self.close_purse();
            }
        }
        Some((hold, Settled::Applied))
    }

    /// How many may be promised.
    pub(super) fn at_least(&self, policy: &Policy, now: Timestamp) -> u8 {
        let left = self.live(policy, now).filter(|(grant, rule)| {
            !grant.is_suspected() && now.saturating_add(policy.margin) < grant.end(*rule)
        });
        let left = left.map(|(grant, _)| grant.left).max().unwrap_or_default();
        left.saturating_sub(small(self.holds.len())).min(self.at_most(policy, now))
    }

    /// How many are worth trying.
    pub(super) fn at_most(&self, policy: &Policy, now: Timestamp) -> u8 {
        if self.live(policy, now).next().is_some() { self.purse } else { 0 }
    }

    pub(super) fn held(&self, policy: &Policy, now: Timestamp) -> u8 {
        small(self.holds.len().saturating_sub(self.expired(policy, now).count()))
    }

    /// When so many holds will have expired that one more finds room, if nobody settles any.
    pub(super) fn room_at(&self, policy: &Policy, at_most: u8) -> Option<Timestamp> {
        let holds = self.holds.iter();
        let mut ends: Vec<_> = holds.map(|hold| hold.end(policy)).collect();
        ends.sort_unstable();
        let too_many = ends.len().saturating_sub(at_most.into());
        ends.get(too_many).copied()
    }

    /// The latest end of a live grant.
    pub(super) fn closes_at(&self, policy: &Policy, now: Timestamp) -> Option<Timestamp> {
        self.live(policy, now).map(|(grant, rule)| grant.end(rule)).max()
    }

    /// Whether a refusal may have been about a grant that was late, and nobody has tried again.
    pub(super) fn awaits_retry(&self) -> bool {
        self.grants.iter().flatten().any(|grant| grant.is_suspected() && grant.left > 0)
    }

    /// The ends of grants.
    pub(super) fn ends(&self, policy: &Policy) -> impl Iterator<Item = Timestamp> {
        self.with_rules(policy).map(|(grant, rule)| grant.end(rule))
    }

    fn live(&self, policy: &Policy, now: Timestamp) -> impl Iterator<Item = (Grant, Rule)> {
        self.with_rules(policy).filter(move |(grant, rule)| grant.is_live(*rule, now))
    }

    fn with_rules(&self, policy: &Policy) -> impl Iterator<Item = (Grant, Rule)> {
        let rules = Trigger::ALL.iter().map(|trigger| policy.rule(*trigger));
        self.grants.iter().zip(rules).filter_map(|(grant, rule)| Some(((*grant)?, rule?)))
    }

    /// What is left of a grant of that moment, seen from now.
    fn unspent(&self, rule: Rule, at: Timestamp) -> u8 {
        if Some(at) < self.sent_before {
            return 0;
        }
        let spent = self.sent.iter().filter(|sent| **sent > at).count();
        rule.limit.saturating_sub(small(spent))
    }

    /// One message may have gone out, by that moment.
    fn spend(&mut self, at: Timestamp) {
        let place = self.sent.partition_point(|sent| *sent <= at);
        self.sent.insert(place, at);
        if self.sent.len() > MAX_SENT {
            self.sent_before = self.sent_before.max(Some(self.sent.remove(0)));
        }
        for grant in self.grants.iter_mut().flatten() {
            grant.left = grant.left.saturating_sub(1);
        }
    }

    /// The platform says that there is nothing left of what there was when `id` was reserved. What
    /// came later is untouched, and a push that is still under way proves nothing.
    fn exhaust(&mut self, id: u64, now: Timestamp) {
        self.grants_before(id).for_each(|grant| grant.left = 0);
        if id >= self.purse_since {
            self.purse = 0;
        }
        self.sent_before = self.sent_before.max(Some(now));
    }

    /// The same, but if an action of the user was too fresh for this reservation, its grant may not
    /// have reached the sending side: then it is to be made again.
    fn exhaust_but_fresh(&mut self, policy: &Policy, hold: Hold, now: Timestamp) -> bool {
        let held = small(self.holds.len());
        let mut may_lag = false;
        for grant in self.grants_before(hold.id) {
            let is_late = grant.at.is_within(policy.lag, hold.at)
                && match grant.lag {
                    Some(lag) => lag.is_about(policy, hold),
                    // Only what was sure: what was a try has failed, and that is all.
                    None => grant.left > held,
                };
            if is_late {
                grant.lag.get_or_insert(Lag { refused: now, is_over: false });
            } else {
                grant.left = 0;
            }
            may_lag |= is_late;
        }
        if may_lag {
            self.sent_before = self.sent_before.max(Some(now));
        } else {
            self.exhaust(hold.id, now);
        }
        may_lag
    }

    fn grants_before(&mut self, id: u64) -> impl Iterator<Item = &mut Grant> {
        self.grants.iter_mut().flatten().filter(move |grant| grant.since <= id)
    }

    fn expired(&self, policy: &Policy, now: Timestamp) -> impl Iterator<Item = &Hold> {
        self.holds.iter().filter(move |hold| !hold.at.is_within(policy.hold, now))
    }

    fn take(&mut self, id: u64) -> Option<Hold> {
        let place = self.holds.iter().position(|hold| hold.id == id)?;
        Some(self.holds.remove(place))
    }

    fn close_purse(&mut self) {
        if self.grants.iter().all(Option::is_none) {
            self.purse = 0;
        }
    }

    const fn next_id(&self) -> u64 {
        self.last_id.saturating_add(1)
    }
}

impl Hold {
    pub(super) fn end(self, policy: &Policy) -> Timestamp {
        self.at.saturating_add(policy.hold)
    }
}

impl Lag {
    /// Whether this left before it was time to try again, so that its end says nothing new.
    fn is_about(self, policy: &Policy, hold: Hold) -> bool {
        hold.at < self.refused.saturating_add(policy.retry)
    }

    fn after_delivery(self, policy: &Policy, hold: Hold) -> Self {
        Self { is_over: self.is_over || !self.is_about(policy, hold), ..self }
    }
}

impl Grant {
    fn is_suspected(&self) -> bool {
        self.lag.is_some_and(|lag| !lag.is_over)
    }

    fn end(self, rule: Rule) -> Timestamp {
        self.at.saturating_add(rule.window)
    }

    fn is_live(self, rule: Rule, now: Timestamp) -> bool {
        self.at.is_within(rule.window, now)
    }
}

fn small(count: usize) -> u8 {
    u8::try_from(count).unwrap_or(u8::MAX)
}
