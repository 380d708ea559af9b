use alloc::vec::Vec;

use wxkf_core::Timestamp;

use crate::setup::{ActionKind, ActionRule, Reading};

/// What a send would find.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Remaining {
    /// So many messages may be sent now.
    pub count: u32,
    /// When the window closes: from then on a send is refused with 45015. `None` if no window is
    /// open. Where every action has a count of its own, `count` may shrink before.
    pub closes_at: Option<Timestamp>,
}

/// One user's allowance, under any of the readings.
#[derive(Clone, Debug, Default)]
pub(crate) struct Quota {
    /// The last grant of each kind that was live at the last action.
    grants: Vec<Grant>,
    /// For the readings that keep one count for all.
    left: u32,
    closes_at: Timestamp,
}

#[derive(Clone, Debug)]
struct Grant {
    kind: ActionKind,
    limit: u32,
    left: u32,
    ends: Timestamp,
}

impl Quota {
    /// Takes in an action that was stamped `at`: whole seconds, as its `CreateTime` says.
    pub(crate) fn grant(&mut self, reading: Reading, rule: ActionRule, at: Timestamp) {
        let ActionRule { kind, limit, window } = rule;
        let ends = at.saturating_add(window);
        self.grants.retain(|grant| grant.kind != kind && grant.ends > at);
        self.grants.push(Grant { kind, limit, left: limit, ends });
        self.left = match reading {
            Reading::RunningMaximum if self.closes_at > at => self.left.max(limit),
            Reading::RunningMaximum => limit,
            Reading::Refill => self.grants.iter().map(|grant| grant.limit).max().unwrap_or(limit),
            Reading::Independent => 0,
        };
        self.closes_at = self.closes_at.max(ends);
    }

    /// Takes one message away.
    pub(crate) fn spend(&mut self, now: Timestamp) {
        self.left = self.left.saturating_sub(1);
        for grant in self.grants.iter_mut().filter(|grant| grant.ends > now) {
            grant.left = grant.left.saturating_sub(1);
        }
    }

    pub(crate) fn remaining(&self, reading: Reading, now: Timestamp) -> Remaining {
        // The end is the first moment that is too late.
        if self.closes_at <= now {
            return Remaining::default();
        }
        let live = self.grants.iter().filter(|grant| grant.ends > now);
        let count = match reading {
            Reading::Independent => live.map(|grant| grant.left).max().unwrap_or_default(),
            Reading::Refill | Reading::RunningMaximum => self.left,
        };
        Remaining { count, closes_at: Some(self.closes_at) }
    }
}

#[cfg(test)]
mod tests {
    use core::time::Duration;

    use super::*;

    const MESSAGE: ActionRule =
        ActionRule { kind: ActionKind::Message, limit: 5, window: Duration::from_secs(48 * 3600) };
    const ENTER: ActionRule =
        ActionRule { kind: ActionKind::Enter, limit: 2, window: Duration::from_secs(60) };
    const START: u64 = 1_796_000_000;
    const HOUR: u64 = 3600;

    enum Step {
        Act(ActionRule),
        Send(u32),
        Wait(u64),
    }

    use Step::{Act, Send, Wait};

    /// What is left after these steps, under the running maximum, refill, and independent grants.
    fn play(steps: &[Step], wait: u64) -> [u32; 3] {
        [Reading::RunningMaximum, Reading::Refill, Reading::Independent].map(|reading| {
            let (mut quota, mut now) = (Quota::default(), Timestamp::from_secs(START));
            for step in steps {
                match step {
                    Act(rule) => quota.grant(reading, *rule, now),
                    Send(count) => (0..*count).for_each(|_| {
                        assert!(quota.remaining(reading, now).count > 0);
                        quota.spend(now);
                    }),
                    Wait(secs) => now = now.saturating_add(Duration::from_secs(*secs)),
                }
            }
            quota.remaining(reading, now.saturating_add(Duration::from_secs(wait))).count
        })
    }

    #[test]
    fn the_readings_differ_where_two_kinds_of_actions_meet() {
        let last_second = 48 * HOUR - 10;
        type Row<'a> = (&'a [Step], &'a [(u64, [u32; 3])]);
        let rows: &[Row<'_>] = &[
            (
                &[Act(MESSAGE), Send(5), Wait(HOUR), Act(ENTER)],
                &[(0, [2, 5, 2]), (60, [2, 5, 0]), (47 * HOUR - 1, [2, 5, 0]), (47 * HOUR, [0; 3])],
            ),
            (
                &[Act(MESSAGE), Send(1), Act(ENTER)],
                &[(0, [4, 5, 4]), (60, [4, 5, 4]), (48 * HOUR - 1, [4, 5, 4])],
            ),
            (&[Act(MESSAGE), Send(5), Act(ENTER), Send(2), Wait(120)], &[(0, [0, 3, 0])]),
            (&[Act(MESSAGE), Send(5), Act(ENTER), Wait(120)], &[(0, [2, 5, 0])]),
            (
                &[Act(MESSAGE), Wait(last_second), Act(ENTER)],
                &[(9, [5, 5, 5]), (30, [5, 5, 2]), (59, [5, 5, 2]), (60, [0; 3])],
            ),
            (&[Act(ENTER), Send(2), Act(MESSAGE)], &[(0, [5; 3]), (48 * HOUR - 1, [5; 3])]),
        ];
        for (row, (steps, expected)) in rows.iter().enumerate() {
            for (wait, left) in *expected {
                assert_eq!(play(steps, *wait), *left, "row {row} after {wait} s");
            }
        }
    }

    #[test]
    fn the_same_action_sets_back_and_never_adds_up() {
        assert_eq!(play(&[Act(MESSAGE), Send(3), Act(MESSAGE)], 0), [5; 3]);
        assert_eq!(play(&[Act(MESSAGE), Act(MESSAGE)], 0), [5; 3]);
        assert_eq!(play(&[Act(ENTER), Send(1), Act(ENTER)], 0), [2; 3]);
        // What was left when a window closed is gone.
        assert_eq!(play(&[Act(MESSAGE), Wait(48 * HOUR), Act(ENTER)], 0), [2; 3]);
    }

    #[test]
    fn the_end_is_exclusive() {
        assert_eq!(play(&[Act(ENTER)], 59), [2; 3]);
        assert_eq!(play(&[Act(ENTER)], 60), [0; 3]);
    }
}
