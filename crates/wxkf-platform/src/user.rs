use alloc::vec::Vec;
use core::time::Duration;

use wxkf_core::Timestamp;

use crate::chat::Line;
use crate::quota::{Quota, Remaining};
use crate::setup::{ActionKind, ActionRule, Setup};

/// One user: what the account may send, and what the chat shows.
#[derive(Clone, Debug, Default)]
pub(crate) struct User {
    quota: Quota,
    /// Grants that the sending side has not heard of.
    late: Vec<LateGrant>,
    /// How long a punished account is told 45094.
    entered_until: Timestamp,
    last_traffic: Option<Timestamp>,
    typing_until: Timestamp,
    pub(crate) has_left: bool,
    pub(crate) chat: Vec<Line>,
}

#[derive(Clone, Debug)]
struct LateGrant {
    rule: ActionRule,
    stamped: Timestamp,
    known: Timestamp,
}

impl User {
    /// The user did something that allows as much as the table says.
    pub(crate) fn grant(&mut self, setup: &Setup, kind: ActionKind, now: Timestamp) {
        let Some(rule) = setup.rule_for(kind) else { return };
        self.settle(setup, now);
        let stamped = Timestamp::from_secs(now.as_secs());
        if kind == ActionKind::Enter && setup.enter_punished {
            self.entered_until = stamped.saturating_add(rule.window);
        } else if setup.lateness.is_zero() {
            self.quota.grant(setup.reading, rule, stamped);
        } else {
            self.late.push(LateGrant { rule, stamped, known: now.saturating_add(setup.lateness) });
        }
    }

    /// The user left: nothing of what was allowed comes back with the next subscription.
    pub(crate) fn leave(&mut self) {
        let chat = core::mem::take(&mut self.chat);
        *self = Self { has_left: true, chat, ..Self::default() };
    }

    /// A message went one way or the other.
    pub(crate) const fn spoke(&mut self, now: Timestamp) {
        self.last_traffic = Some(now);
    }

    /// A message is shown to the user, which ends that somebody is typing.
    pub(crate) const fn was_told(&mut self, now: Timestamp) {
        self.spoke(now);
        self.typing_until = now;
    }

    /// Takes one message from what is allowed; the errcode if there is none.
    pub(crate) fn spend(&mut self, setup: &Setup, now: Timestamp) -> i64 {
        self.settle(setup, now);
        let Remaining { count, closes_at } = self.quota.remaining(setup.reading, now);
        match (count, closes_at) {
            _ if self.has_left => WINDOW_CLOSED,
            (0, _) if !self.late.is_empty() => COUNT_USED_UP,
            (0, _) if self.entered_until > now => ENTER_PUNISHED,
            (0, Some(_)) => COUNT_USED_UP,
            (0, None) => WINDOW_CLOSED,
            _ => {
                self.quota.spend(now);
                0
            }
        }
    }

    /// Shows that somebody is typing; the errcode if it cannot be shown.
    pub(crate) fn start_typing(&mut self, setup: &Setup, now: Timestamp) -> i64 {
        self.settle(setup, now);
        let is_recent = |at: Timestamp| now.as_millis() <= at.saturating_add(TRAFFIC).as_millis();
        if self.has_left || self.quota.remaining(setup.reading, now).closes_at.is_none() {
            return WINDOW_CLOSED;
        }
        if !self.last_traffic.is_some_and(is_recent) {
            return NO_TRAFFIC;
        }
        if self.is_typing(now) {
            return ALREADY_TYPING;
        }
        self.typing_until = now.saturating_add(TYPING);
        0
    }

    pub(crate) const fn stop_typing(&mut self, now: Timestamp) {
        self.typing_until = now;
    }

    pub(crate) fn is_typing(&self, now: Timestamp) -> bool {
        self.typing_until > now
    }

    /// What would be allowed if every grant were known.
    pub(crate) fn remaining(&self, setup: &Setup, now: Timestamp) -> Remaining {
        self.quota_with(setup, |_| true).remaining(setup.reading, now)
    }

    /// What is allowed.
    pub(crate) fn effective(&self, setup: &Setup, now: Timestamp) -> Remaining {
        self.quota_with(setup, |late| late.known <= now).remaining(setup.reading, now)
    }

    fn quota_with(&self, setup: &Setup, counts: impl Fn(&LateGrant) -> bool) -> Quota {
        let mut quota = self.quota.clone();
        for late in self.late.iter().filter(|late| counts(late)) {
            quota.grant(setup.reading, late.rule, late.stamped);
        }
        quota
    }

    /// Takes in the grants that are known by now.
    fn settle(&mut self, setup: &Setup, now: Timestamp) {
        let Self { quota, late, .. } = self;
        late.retain(|grant| {
            let is_known = grant.known <= now;
            if is_known {
                quota.grant(setup.reading, grant.rule, grant.stamped);
            }
            !is_known
        });
    }
}

/// Page 客服输入状态, read 2026-11-21; so is the next.
const TRAFFIC: Duration = Duration::from_secs(30);
const TYPING: Duration = Duration::from_secs(15);
const WINDOW_CLOSED: i64 = 45_015;
const COUNT_USED_UP: i64 = 45_047;
const NO_TRAFFIC: i64 = 45_080;
const ALREADY_TYPING: i64 = 45_081;
const ENTER_PUNISHED: i64 = 45_094;

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: u64) -> Timestamp {
        Timestamp::from_secs(1_796_000_000).saturating_add(Duration::from_millis(millis))
    }

    #[test]
    fn a_window_is_counted_from_the_second_of_the_stamp() {
        let setup = Setup::mini_program();
        let mut user = User::default();
        user.grant(&setup, ActionKind::Enter, at(999));
        assert_eq!(user.spend(&setup, at(59_999)), 0);
        assert_eq!(user.spend(&setup, at(60_000)), WINDOW_CLOSED);
        assert_eq!(user.spend(&setup, at(60_999)), WINDOW_CLOSED);
    }

    #[test]
    fn a_late_grant_is_refused_with_45047_until_it_is_known() {
        let setup = Setup::mini_program().lateness(Duration::from_millis(1500));
        let mut user = User::default();
        assert_eq!(user.spend(&setup, at(0)), WINDOW_CLOSED);
        user.grant(&setup, ActionKind::Message, at(0));
        assert_eq!(user.spend(&setup, at(1499)), COUNT_USED_UP);
        assert_eq!(user.effective(&setup, at(1499)).count, 0);
        assert_eq!(user.remaining(&setup, at(1499)).count, 5);
        assert_eq!(user.effective(&setup, at(1500)).count, 5);
        assert_eq!(user.spend(&setup, at(1500)), 0);
        // The next message comes late, too: until then the old count goes on.
        user.grant(&setup, ActionKind::Message, at(2000));
        assert_eq!(user.spend(&setup, at(2100)), 0);
        assert_eq!(user.effective(&setup, at(2100)).count, 3);
        assert_eq!(user.effective(&setup, at(3500)).count, 5);
    }

    #[test]
    fn a_punished_account_is_told_so_only_where_nothing_else_covers() {
        let setup = Setup::mini_program().enter_punished(true);
        let mut user = User::default();
        user.grant(&setup, ActionKind::Enter, at(0));
        assert_eq!(user.spend(&setup, at(1)), ENTER_PUNISHED);
        assert_eq!(user.remaining(&setup, at(1)), Remaining::default());
        assert_eq!(user.spend(&setup, at(60_000)), WINDOW_CLOSED);
        user.grant(&setup, ActionKind::Message, at(70_000));
        assert_eq!(user.spend(&setup, at(70_000)), 0);
    }

    #[test]
    fn whoever_leaves_takes_everything_along() {
        let setup = Setup::official_account();
        let mut user = User::default();
        user.grant(&setup, ActionKind::Message, at(0));
        user.leave();
        assert_eq!(user.spend(&setup, at(1)), WINDOW_CLOSED);
        user.has_left = false;
        user.grant(&setup, ActionKind::Subscribe, at(2));
        assert_eq!(user.remaining(&setup, at(3)).count, 3);
    }

    #[test]
    fn typing_needs_a_window_and_traffic_and_is_not_repeated() {
        let setup = Setup::mini_program();
        let mut user = User::default();
        assert_eq!(user.start_typing(&setup, at(0)), WINDOW_CLOSED);
        user.grant(&setup, ActionKind::Enter, at(0));
        assert_eq!(user.start_typing(&setup, at(0)), NO_TRAFFIC);
        user.grant(&setup, ActionKind::Message, at(0));
        user.spoke(at(0));
        assert_eq!(user.start_typing(&setup, at(0)), 0);
        assert!(user.is_typing(at(14_999)));
        assert_eq!(user.start_typing(&setup, at(14_999)), ALREADY_TYPING);
        assert!(!user.is_typing(at(15_000)));
        assert_eq!(user.start_typing(&setup, at(15_000)), 0);
        user.was_told(at(16_000));
        assert!(!user.is_typing(at(16_000)));
        assert_eq!(user.start_typing(&setup, at(46_000)), 0);
        user.stop_typing(at(46_100));
        assert!(!user.is_typing(at(46_100)));
        assert_eq!(user.start_typing(&setup, at(46_101)), NO_TRAFFIC);
    }
}
