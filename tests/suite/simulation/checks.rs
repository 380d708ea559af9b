//! What the bot believes, held against what the model knows.

use core::time::Duration;

use wxkf_core::{Allowance, Refusal, RefusalReason};

use super::world::World;

impl World {
    /// The bot's own state said no: would the platform have said yes?
    pub(super) fn check_refusal(&mut self, user: usize) {
        let left = self.platform.effective(&self.users[user].openid, self.now).count;
        if left > 0 && self.is_told(user) {
            self.tally.stuck += u64::from(!self.helps_to_wait(user));
        }
    }

    /// Whether what is refused now is granted when the refusal says.
    pub(super) fn helps_to_wait(&self, user: usize) -> bool {
        let mut conversation = self.load(user);
        let closes_at = conversation.allowance(self.bots_now()).closes_at;
        match conversation.reserve(self.bots_now()) {
            Ok(_) => true,
            Err(Refusal { reason: RefusalReason::QuotaHeld, retry_at: Some(at), .. }) => {
                closes_at.is_some_and(|end| end <= at) || conversation.reserve(at).is_ok()
            }
            Err(_) => false,
        }
    }

    pub(super) fn allowance(&self, user: usize) -> Allowance {
        self.load(user).allowance(self.bots_now())
    }

    /// Whether every push about this user has been seen.
    pub(super) fn is_told(&self, user: usize) -> bool {
        self.users[user].acted == self.users[user].seen
    }

    /// Holds the platform's number against the bounds.
    pub(super) fn check_bounds(&mut self, user: usize) {
        let Allowance { at_least, at_most, .. } = self.allowance(user);
        let left = self.platform.remaining(&self.users[user].openid, self.now).count;
        let is_told = self.is_told(user);
        // Nobody can know that a user has left before it is told.
        self.users[user].left_untold &= !is_told;
        let is_above = at_least > left && !self.users[user].left_untold;
        let is_below = left > at_most && is_told;
        let state = &mut self.users[user];
        let is_wrong = is_above || is_below;
        if !is_wrong {
            state.corrections = 0;
        }
        self.tally.checked_lower += 1;
        self.tally.checked += u64::from(is_told);
        let may_be_wrong = self.terms.others > 0 && is_above && state.corrections == 0;
        assert!(
            !is_wrong || may_be_wrong,
            "{}: {left} are left, but the bounds are {at_least} and {at_most}, after {} refusals",
            state.openid,
            state.corrections
        );
    }

    /// A minute later, or at any time after, nothing is held any more.
    pub(super) fn check_all_is_over(&self) {
        let later = self.bots_now().saturating_add(Duration::from_secs(60));
        for user in 0..self.users.len() {
            assert_eq!(self.load(user).allowance(later).held, 0);
        }
    }

    /// How many actions there were, and how many of their pushes the bot has seen.
    pub(super) fn acted_and_seen(&self) -> (u64, u64) {
        let counts = self.users.iter().map(|user| (user.acted, user.seen));
        counts.fold((0, 0), |sum, (acted, seen)| (sum.0 + acted, sum.1 + seen))
    }

    /// How many pushes were handled, and how many of them only after they had been forgotten.
    pub(super) fn handled(&self) -> (u64, u64) {
        let times = self.users.iter().flat_map(|user| user.handled.values());
        times.fold((0, 0), |(pushes, again), (times, _)| (pushes + 1, again + times - 1))
    }
}
