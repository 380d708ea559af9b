//! What the bot believes, held against what the model knows.

use core::time::Duration;

use wxkf_core::{Allowance, Refusal, RefusalReason, ReservationId};
use wxkf_platform::Answer;

use super::bot::TIMEOUT;
use super::world::{SECOND, Why, World};

impl World {
    /// The bot's own state said no: would the platform have said yes?
    pub(super) fn check_refusal(&mut self, user: usize, refusal: Refusal, why: Why) {
        let left = self.platform.effective(&self.users[user].openid, self.now).count;
        if left > 0 && self.is_told(user) {
            self.tally.stuck += u64::from(!self.helps_to_wait(user));
        }
        let is_sole = self.look(user).allowance(self.bots_now()).held == 0;
        if why == Why::AfterLag && is_sole && refusal.reason == RefusalReason::NotSure {
            self.tally.retry_denied += 1;
        }
    }

    /// Whether what is refused now is granted when the refusal says, or the next one: each names what it
    /// waits for, and a hold that has expired may leave something doubtful behind.
    pub(super) fn helps_to_wait(&self, user: usize) -> bool {
        let mut conversation = self.look(user);
        let closes_at = conversation.allowance(self.bots_now()).closes_at;
        let mut now = self.bots_now();
        loop {
            match conversation.reserve(now) {
                Ok(_) => return true,
                Err(Refusal { retry_at: Some(at), .. }) => {
                    if closes_at.is_some_and(|end| end <= at) {
                        return true;
                    }
                    assert!(now < at, "to be asked again at once");
                    now = at;
                }
                Err(_) => return false,
            }
        }
    }

    pub(super) fn allowance(&self, user: usize) -> Allowance {
        self.look(user).allowance(self.bots_now())
    }

    /// Whether every push about this user has been seen.
    pub(super) fn is_told(&self, user: usize) -> bool {
        self.users[user].acted == self.users[user].seen
    }

    /// What the platform has left, as of now and beyond what is under way to it.
    fn left(&self, user: usize) -> (u32, u32) {
        let state = &self.users[user];
        let left = self.platform.remaining(&state.openid, self.now).count;
        (left, left.saturating_sub(u32::try_from(state.under_way).unwrap()))
    }

    /// Whether nothing but a penalty can have made the bounds wrong, and no refusal has told yet.
    fn may_be_wrong(&self, user: usize) -> bool {
        let is_watched = self.terms.others > 0 || self.terms.is_punished;
        self.users[user].left_untold || is_watched && self.users[user].corrections == 0
    }

    /// What is sure when it is reserved has room on the platform, beside all that is under way.
    pub(super) fn check_reserved(&mut self, user: usize, sure: bool) {
        if !sure || !self.terms.tells_all() || self.may_be_wrong(user) {
            return;
        }
        let (left, free) = self.left(user);
        let state = &self.users[user];
        assert!(
            free > 0 || left == 0 && state.left_untold,
            "{} at {:?}: sure, but {left} are left, and {} under way",
            state.openid,
            self.now,
            state.under_way
        );
    }

    /// A request has arrived, and this is what the platform says.
    pub(super) fn check_sent(&mut self, user: usize, id: ReservationId, answer: &Answer) {
        let (now, margin) = (self.now, self.terms.margin());
        let (left, may_be_wrong) = (self.left(user), self.may_be_wrong(user));
        let body: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
        let state = &mut self.users[user];
        state.under_way -= 1;
        let request = state.requests.get_mut(&id).unwrap();
        request.times += 1;
        assert!(request.times == 1 || self.terms.rollbacks > 0, "a reservation was spent twice");
        let travelled = request.left_at.distance(now);
        self.tally.late += u64::from(travelled > TIMEOUT);
        let sure = request.sure && state.last_left < request.left_at;
        match body["errcode"].as_i64().unwrap() {
            0 => {
                self.tally.accepted += 1;
                state.traffic = now;
                return;
            }
            45_015 if state.has_left => self.tally.gone += 1,
            45_015 => self.tally.window += 1,
            45_047 => {
                self.tally.quota += 1;
                self.tally.refused_again += u64::from(state.again.contains(&id));
            }
            45_094 if self.terms.is_punished => self.tally.punished += 1,
            errcode => panic!("{errcode}"),
        }
        if !sure || !self.terms.tells_all() || may_be_wrong || self.terms.is_late {
            return;
        }
        if travelled <= margin {
            self.tally.sure_refused += 1;
            if self.tally.sure_refused == 1 {
                println!(
                    "{} at {now:?}: {id:?} was sure at {:?}, and {} with {left:?} left",
                    state.openid, state.requests[&id].left_at, body
                );
            }
        } else {
            self.tally.sure_too_slow += 1;
        }
    }

    /// A refusal of what was reserved after the last change corrects the bounds: as the platform has
    /// worded it, whatever the bot makes of that.
    pub(super) fn note_correction(&mut self, user: usize, id: ReservationId, body: &[u8]) {
        let state = &mut self.users[user];
        let body: serde_json::Value = serde_json::from_slice(body).unwrap_or_default();
        let errcode = body["errcode"].as_i64().filter(|_| Some(id) > state.changed);
        state.corrections += u64::from(matches!(errcode, Some(45_015 | 45_047 | 45_094)));
        if errcode == Some(45_094) {
            state.fog_until = self.now;
        }
    }

    /// That something is to be tried again is told to what was reserved before the first refusal of a
    /// grant, and to nothing after.
    pub(super) fn check_retry(&mut self, user: usize, id: ReservationId) {
        if !self.terms.tells_all() {
            return;
        }
        let state = &mut self.users[user];
        let first = *state.first_retry.get_or_insert(state.last_id.unwrap());
        assert!(id <= first, "{} at {:?}: to be tried for ever", state.openid, self.now);
    }

    /// Typing: the record and the platform say the same, as far as the bot can know what happened.
    ///
    /// It cannot while a push, a request or an answer is under way, nor for as long as one that was
    /// lost or late matters (30 s); of an action it knows the second, of a send the moment when it was
    /// reserved, so that its 30 s may end sooner than the platform's by so much.
    pub(super) fn check_typing(
        &mut self,
        user: usize,
        allowed: Result<(), RefusalReason>,
        was_typing: bool,
        errcode: i64,
    ) {
        let is_quiet = self.is_told(user) && self.allowance(user).held == 0;
        let state = &mut self.users[user];
        let is_quiet = is_quiet && state.under_way == 0;
        if !is_quiet {
            state.fog_until = state.fog_until.max(self.now.saturating_add(FOG));
        }
        if !is_quiet || self.now < state.fog_until || !self.terms.tells_all() || self.terms.is_late
        {
            return;
        }
        let idle = state.traffic.distance(self.now);
        self.tally.typing_refused += u64::from(errcode != 0);
        // Of two reasons each side may name the one or the other.
        let is_true = match allowed {
            Ok(()) => errcode == 0,
            Err(RefusalReason::AlreadyTyping) => was_typing,
            Err(RefusalReason::NoRecentMessage) => idle >= Duration::from_secs(23),
            Err(_) => errcode == 45_015,
        };
        assert!(
            is_true && (allowed.is_ok() || errcode != 0 || idle < Duration::from_secs(31)),
            "{} at {:?}: typing is {allowed:?} to the record and {errcode} to the platform, {idle:?} after \
             the last message",
            state.openid,
            self.now
        );
    }

    /// Holds the platform's number against the bounds.
    pub(super) fn check_bounds(&mut self, user: usize) {
        let Allowance { at_least, at_most, .. } = self.allowance(user);
        let (left, free) = self.left(user);
        let is_told = self.is_told(user);
        // Nobody can know that a user has left before it is told.
        self.users[user].left_untold &= !is_told;
        let is_above = at_least > free && !self.users[user].left_untold;
        let is_below = left > at_most && is_told;
        let may_be_wrong = is_above && self.may_be_wrong(user);
        let state = &mut self.users[user];
        let is_wrong = is_above || is_below;
        if !is_wrong {
            state.corrections = 0;
        }
        self.tally.checked_lower += 1;
        self.tally.checked += u64::from(is_told);
        assert!(
            !is_wrong || may_be_wrong,
            "{} at {:?}: {left} are left, {} under way, but the bounds are {at_least} and {at_most}, \
             after {} refusals",
            state.openid,
            self.now,
            state.under_way,
            state.corrections
        );
    }

    /// A minute later, or at any time after, nothing is held any more.
    pub(super) fn check_all_is_over(&self) {
        let later = self.bots_now().saturating_add(Duration::from_secs(60));
        for user in 0..self.users.len() {
            assert_eq!(self.look(user).allowance(later).held, 0);
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

/// So long what the bot has missed may matter for typing.
pub(super) const FOG: Duration = Duration::from_millis(31 * SECOND);
