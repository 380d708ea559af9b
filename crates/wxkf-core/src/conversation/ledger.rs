//! How many messages may still be sent, as an interval.
//!
//! WeChat's rule is one sentence that can be read in several ways (不累加 … 更新为当前可下发条数限制的
//! 最大值), other senders spend the same quota unseen, and a send that timed out may or may not have
//! counted. So there are two bounds, and the platform's number lies between them:
//!
//! - **lower**: each kind of action keeps its own count and end; the same kind replaces, never adds.
//!   A send takes one from each. Whatever may have been spent is spent, also of a grant that comes
//!   while a request of before may still be under way.
//! - **upper**: one purse. An action refills it to the largest limit among the live grants, never
//!   below what is left. Only what surely was spent is spent.
//!
//! A reservation is held until it is settled. While it is held it counts against the lower bound, of
//! every grant, also of one that comes meanwhile: nobody knows which of the two the platform sees first.

use alloc::vec::Vec;
use core::time::Duration;

use super::grant::{Grant, Hold, LagState, Verdict};
use super::policy::{Policy, QuotaRule};
use super::sent::{Outgoing, Sending};
use super::settlement::{Settled, Settlement};
use super::times::PolicyTime;
use crate::message::Trigger;
use crate::names::{life_began, life_of, next_id};
use crate::time::Timestamp;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Ledger {
    /// By the index of the trigger.
    pub(super) grants: [Option<Grant>; Trigger::COUNT],
    pub(super) purse: u8,
    /// The first reservation that came after the purse was last filled.
    pub(super) purse_since: u64,
    /// The last reservation, or what comes before the first of this life; 0 before the first step.
    pub(super) last_id: u64,
    /// In the order of their ids.
    pub(super) holds: Vec<Hold>,
    pub(super) sent: Outgoing,
    /// When the user last stopped following.
    pub(super) closed: Option<Timestamp>,
}

/// At most so many reservations are held at once.
pub(super) const MAX_HOLDS: usize = 12;

impl Ledger {
    /// What time alone does: reservations expire, grants end. Whatever has ended stays so, even if
    /// the clock steps back.
    pub(super) fn advance(&mut self, policy: &Policy, now: Timestamp) {
        if self.last_id == 0 {
            self.begin_life(now);
        }
        let length = policy.time(PolicyTime::Hold);
        let mut place = 0;
        while let Some(hold) = self.holds.get_mut(place) {
            if let Some(at) = hold.at.counted(length, now) {
                hold.at = at;
                place = place.saturating_add(1);
            } else {
                // Nobody said whether it was sent. When it was, nobody knows if a clock has been set back.
                let hold = self.holds.remove(place);
                let travels = hold.at <= now;
                self.spend(policy, Sending { at: hold.end(policy).min(now), travels });
            }
        }
        self.sent.advance(policy, now);
        self.closed = self.closed.filter(|it| it.is_within(policy.longest_window(), now));
        for (grant, trigger) in self.grants.iter_mut().zip(Trigger::ALL) {
            let rule = policy.rule(*trigger);
            *grant = grant.and_then(|grant| grant.advance(rule?, now));
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
        let spent = self.sent.since(policy, at);
        let left = spent.map_or(0, |spent| rule.limit.saturating_sub(small(spent)));
        let mut grant = Grant { at, left, since: self.after_last(), lag: None };
        let Some(row) = self.grants.get_mut(trigger.index()) else { return };
        // Pushes overtake each other. What is older than the last of its kind, or than the user's
        // farewell, grants nothing; CreateTime has whole seconds, so of the same second nobody knows.
        // A farewell in the future was noted by a clock that has been set back since.
        let closed = self.closed.filter(|closed| *closed <= now);
        if Some(at) < row.map(|known| known.at).max(closed) {
            return;
        }
        if Some(at) == closed {
            grant.left = 0;
        }
        // One that has ended on its way has filled what lasts longer.
        if now < grant.end(rule) {
            *row = Some(grant);
        }
        self.purse = self.largest_limit(policy).max(self.purse).max(rule.limit);
        self.purse_since = self.after_last();
        self.close_purse();
    }

    /// The user stopped following.
    pub(super) fn close(&mut self, policy: &Policy, at: Timestamp) {
        self.closed = self.closed.max(Some(at));
        for row in &mut self.grants {
            *row = row.filter(|grant| grant.at >= at);
            // Of the same second nobody knows whether it was before.
            if let Some(grant) = row.as_mut().filter(|grant| grant.at == at) {
                grant.left = 0;
            }
        }
        // Nothing of what there was can have come along.
        self.purse = self.largest_limit(policy).min(self.purse);
    }

    /// Holds one message.
    pub(super) fn hold(&mut self, policy: &Policy, now: Timestamp, is_sure: bool) -> u64 {
        let id = next_id(self.last_id, now).unwrap_or_else(|| {
            for _ in core::mem::take(&mut self.holds) {
                self.spend(policy, Sending { at: now, travels: true });
            }
            self.begin_life(now);
            self.after_last()
        });
        self.last_id = id;
        self.holds.push(Hold { id, at: now, is_sure });
        id
    }

    /// Says what became of a reservation.
    pub(super) fn settle(
        &mut self,
        policy: &Policy,
        id: u64,
        settlement: Settlement,
        now: Timestamp,
    ) -> Option<(Hold, Settled)> {
        let place = self.holds.iter().position(|hold| hold.id == id)?;
        let hold = self.holds.remove(place);
        match settlement {
            Settlement::Delivered => {
                self.spend(policy, Sending { at: now, travels: false });
                if id >= self.purse_since {
                    self.purse = self.purse.saturating_sub(1);
                }
                self.grants_before(id).for_each(|grant| grant.deliver(policy, hold));
            }
            Settlement::EnterRevoked => {
                self.exhaust(policy, id, now);
                if let Some(row) = self.grants.get_mut(Trigger::Enter.index()) {
                    *row = row.filter(|grant| grant.since > id);
                }
                self.close_purse();
            }
            Settlement::NotSent => {}
            Settlement::QuotaExhausted => {
                if self.exhaust_but_fresh(policy, hold, now) {
                    let pause = policy.time(PolicyTime::Retry);
                    return Some((hold, Settled::RetryAfter(pause)));
                }
            }
            Settlement::Unknown => self.spend(policy, Sending { at: now, travels: true }),
            Settlement::WindowClosed => {
                self.exhaust(policy, id, now);
                self.drop_grants(|grant| grant.since <= id);
            }
        }
        Some((hold, Settled::Applied))
    }

    /// Somebody else has sent, in that second.
    pub(super) fn sent_elsewhere(&mut self, policy: &Policy, at: Timestamp, now: Timestamp) {
        // Times of the platform have whole seconds: it was over by the end of it.
        let end = Timestamp::from_millis(Timestamp::from_secs(at.as_secs()).as_millis() | 999);
        self.spend(policy, Sending { at: end.min(now), travels: false });
        // The purse may have been filled since.
        if self.grants.iter().flatten().all(|grant| grant.at.as_secs() < at.as_secs()) {
            self.purse = self.purse.saturating_sub(1);
        }
    }

    /// The platform shows no typing, because the window is closed. A grant that was fresh when it was
    /// asked may be late, so it stays: only a message can say more.
    pub(super) fn refuse_typing(&mut self, policy: &Policy, asked: Timestamp) {
        let lag = policy.time(PolicyTime::Lag);
        self.drop_grants(|grant| !grant.at.is_within(lag, asked));
        self.purse = self.largest_limit(policy).min(self.purse);
    }

    /// How many may be promised.
    pub(super) fn at_least(&self, policy: &Policy, now: Timestamp) -> u8 {
        let ends_after = now.saturating_add(policy.time(PolicyTime::Margin));
        let left = self
            .with_rules(policy)
            .filter(|(grant, rule)| !grant.is_suspected() && ends_after < grant.end(*rule));
        let left = left.map(|(grant, _)| grant.left).max().unwrap_or_default();
        left.saturating_sub(self.held()).min(self.purse)
    }

    pub(super) fn held(&self) -> u8 {
        small(self.holds.len())
    }

    /// When so many holds will have expired that one more finds room, if nobody settles any.
    pub(super) fn room_at(&self, policy: &Policy) -> Option<Timestamp> {
        let mut ends: Vec<_> = self.holds.iter().map(|hold| hold.end(policy)).collect();
        ends.sort_unstable();
        let room = usize::from(self.purse).min(MAX_HOLDS);
        ends.get(ends.len().saturating_sub(room)).copied()
    }

    /// When nothing is held any more that is sure: what is doubtful would take its place.
    pub(super) fn sure_until(&self, policy: &Policy) -> Option<Timestamp> {
        self.holds.iter().filter(|hold| hold.is_sure).map(|hold| hold.end(policy)).max()
    }

    /// When nothing is held any more.
    pub(super) fn held_until(&self, policy: &Policy) -> Option<Timestamp> {
        self.holds.iter().map(|hold| hold.end(policy)).max()
    }

    /// The latest end of a grant.
    pub(super) fn closes_at(&self, policy: &Policy) -> Option<Timestamp> {
        self.ends(policy).max()
    }

    /// When it is time to try again what was refused because a grant may have been late, and whether
    /// somebody has tried before.
    pub(super) fn again_at(&self, policy: &Policy) -> Option<(Timestamp, bool)> {
        let suspected = self.grants.iter().flatten().filter(|it| it.left > 0 && it.is_suspected());
        let lags = suspected.filter_map(|grant| grant.lag);
        lags.map(|lag| (lag.again_at(policy), lag.state == LagState::TriedEarly)).max()
    }

    /// The ends of grants.
    pub(super) fn ends(&self, policy: &Policy) -> impl Iterator<Item = Timestamp> {
        self.with_rules(policy).map(|(grant, rule)| grant.end(rule))
    }

    /// From when on this says nothing that a new one would not.
    pub(super) fn keep_until(&self, policy: &Policy) -> impl Iterator<Item = Timestamp> {
        let window = policy.longest_window();
        let travel = policy.time(PolicyTime::Travel).saturating_add(window);
        let held = self.held_until(policy).map(|end| end.saturating_add(travel));
        let closed = self.closed.map(|at| at.saturating_add(window));
        // The next one must not begin in the same second, or it gave the same ids out.
        let life = Some(self.last_id).filter(|id| *id > 0);
        let life = life.map(|id| life_began(id).saturating_add(Duration::from_secs(1)));
        let rest = held.into_iter().chain(closed).chain(life);
        self.ends(policy).chain(self.sent.keep_until(policy)).chain(rest)
    }

    fn with_rules(&self, policy: &Policy) -> impl Iterator<Item = (Grant, QuotaRule)> {
        let rules = Trigger::ALL.iter().map(|trigger| policy.rule(*trigger));
        self.grants.iter().zip(rules).filter_map(|(grant, rule)| Some(((*grant)?, rule?)))
    }

    fn largest_limit(&self, policy: &Policy) -> u8 {
        self.with_rules(policy).map(|(_, rule)| rule.limit).max().unwrap_or_default()
    }

    /// One message may have gone out.
    fn spend(&mut self, policy: &Policy, sending: Sending) {
        self.sent.add(policy, sending);
        for grant in self.grants.iter_mut().flatten() {
            grant.left = grant.left.saturating_sub(1);
        }
    }

    /// The platform says that there is nothing left of what there was when `id` was reserved. What
    /// came later is untouched, and a push that is still under way proves nothing.
    fn exhaust(&mut self, policy: &Policy, id: u64, now: Timestamp) {
        self.grants_before(id).for_each(|grant| grant.left = 0);
        if id >= self.purse_since {
            self.purse = 0;
        }
        self.sent.forget_all(policy, now);
    }

    /// The same, but if an action of the user was too fresh for this reservation, its grant may not
    /// have reached the sending side. Says whether it is to be tried again.
    fn exhaust_but_fresh(&mut self, policy: &Policy, hold: Hold, now: Timestamp) -> bool {
        let (held, last_id) = (self.held(), self.last_id);
        let refuse = |grant: &mut Grant| grant.refuse(policy, hold, held, last_id, now);
        let verdicts: Vec<Verdict> = self.grants_before(hold.id).map(refuse).collect();
        if verdicts.iter().all(|verdict| *verdict == Verdict::Exhausted) {
            self.exhaust(policy, hold.id, now);
        } else {
            self.sent.forget_all(policy, now);
        }
        verdicts.contains(&Verdict::TryAgain)
    }

    fn grants_before(&mut self, id: u64) -> impl Iterator<Item = &mut Grant> {
        self.grants.iter_mut().flatten().filter(move |grant| grant.since <= id)
    }

    fn drop_grants(&mut self, is_over: impl Fn(&Grant) -> bool) {
        for row in &mut self.grants {
            *row = row.filter(|grant| !is_over(grant));
        }
        self.close_purse();
    }

    fn close_purse(&mut self) {
        if self.grants.iter().all(Option::is_none) {
            self.purse = 0;
        }
    }

    /// Nothing that was given out before is held any more.
    fn begin_life(&mut self, now: Timestamp) {
        self.last_id = life_of(now);
        let first = self.after_last();
        self.purse_since = first;
        for grant in self.grants.iter_mut().flatten() {
            grant.since = first;
            if let Some(lag) = &mut grant.lag {
                lag.last_id = self.last_id;
            }
        }
    }

    /// No reservation of before is as large.
    const fn after_last(&self) -> u64 {
        self.last_id.saturating_add(1)
    }
}

fn small(count: usize) -> u8 {
    u8::try_from(count).unwrap_or(u8::MAX)
}
