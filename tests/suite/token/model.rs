//! The rules of the keeper a second time.

use wxkf_core::{FetchFailure, TokenSource};

use super::{DAY, SECOND};

/// The rules once more, in as few thoughts as possible. All numbers are milliseconds.
#[derive(Clone, Debug, Default)]
pub(super) struct Model {
    pub(super) source: TokenSource,
    pub(super) refresh_token: Option<String>,
    /// By which fetch.
    pub(super) refreshed_by: i64,
    /// The token, when it was fetched, and how long it lives.
    pub(super) token: Option<(&'static str, i64, i64)>,
    pub(super) is_rejected: bool,
    pub(super) came_again: bool,
    pub(super) ids: i64,
    pub(super) lease_taken: Option<i64>,
    /// From when on, and how long.
    pub(super) back_off: Option<(i64, i64)>,
    pub(super) temporary: u32,
    pub(super) misconfigured: u32,
    pub(super) young: u32,
    pub(super) forced: Vec<i64>,
}

#[derive(Debug, PartialEq)]
pub(super) enum Said {
    Fetch { id: i64, force: bool },
    Use(&'static str),
    Wait(i64),
}

/// Whether what began then and takes so long still counts, or counts already.
pub(super) fn counts(began: i64, length: i64, now: i64) -> bool {
    began - length < now && now < began + length
}

impl Model {
    pub(super) fn step(&mut self, now: i64) -> Said {
        let lives = self.token.is_some_and(|(_, at, life)| counts(at, life, now));
        let may_force =
            self.source == TokenSource::StableToken && lives && self.is_rejected && self.came_again;

        let mut free = None;
        if let Some((began, length)) = self.back_off.filter(|it| counts(it.0, it.1, now)) {
            free = Some(began + length);
        }
        if may_force {
            let mut allowed = None;
            for forced in &self.forced {
                if counts(*forced, 30 * SECOND, now) {
                    allowed = allowed.max(Some(forced + 30 * SECOND));
                }
            }
            let today: Vec<_> = self.forced.iter().filter(|it| counts(**it, DAY, now)).collect();
            if today.len() >= 20 {
                allowed = allowed.max(today.into_iter().min().map(|first| first + DAY));
            }
            let (_, at, life) = self.token.unwrap();
            free = free.max(allowed.map(|allowed| allowed.min(at + life)));
        }
        if let Some(taken) = self.lease_taken.filter(|taken| counts(*taken, 10 * SECOND, now)) {
            free = Some((now + 250).min(taken + 10 * SECOND));
        }

        if let Some((token, at, life)) = self.token {
            if lives && !self.is_rejected {
                let margin_is_over = now < at + (life * 10 - life.min(3000 * SECOND)) / 10;
                if margin_is_over || free.is_some() {
                    return Said::Use(token);
                }
            }
        }
        if let Some(until) = free {
            return Said::Wait(until);
        }
        if may_force {
            self.forced.retain(|forced| counts(*forced, DAY, now));
            self.forced.push(now);
        }
        self.ids += 1;
        self.lease_taken = Some(now);
        self.back_off = None;
        Said::Fetch { id: self.ids, force: may_force }
    }

    fn is_fetching(&self, id: i64) -> bool {
        self.lease_taken.is_some() && id == self.ids
    }

    pub(super) fn fetched(&mut self, id: i64, token: &'static str, life: i64, now: i64) -> bool {
        if !self.is_fetching(id) {
            return false;
        }
        let life = life.min(DAY);
        let is_rejected_one = self.is_rejected && self.token.is_some_and(|(old, ..)| old == token);
        if token.is_empty() || token.contains(' ') || life == 0 {
            return self.failed(id, FetchFailure::Temporary, now);
        }
        if is_rejected_one {
            self.token = Some((token, now, life));
            if self.source != TokenSource::StableToken || self.came_again {
                return self.failed(id, FetchFailure::Temporary, now);
            }
            self.came_again = true;
        } else {
            if let Some((_, at, _)) = self.token {
                if !self.is_rejected && !counts(at, 120 * SECOND, now) {
                    self.young = 0;
                }
            }
            self.token = Some((token, now, life));
            (self.is_rejected, self.came_again) = (false, false);
        }
        (self.lease_taken, self.back_off) = (None, None);
        (self.temporary, self.misconfigured) = (0, 0);
        true
    }

    pub(super) fn failed(&mut self, id: i64, failure: FetchFailure, now: i64) -> bool {
        if !self.is_fetching(id) {
            return false;
        }
        self.lease_taken = None;
        if failure == FetchFailure::Misconfigured {
            self.misconfigured += 1;
            self.wait(60, self.misconfigured, 600, now);
        } else {
            self.temporary += 1;
            self.wait(1, self.temporary, 60, now);
        }
        true
    }

    pub(super) fn rejected(&mut self, token: &str, now: i64) -> bool {
        let Some((kept, at, _)) = self.token else {
            return false;
        };
        if self.is_rejected || kept != token {
            return false;
        }
        self.is_rejected = true;
        if self.source != TokenSource::StableToken {
            if counts(at, 120 * SECOND, now) {
                self.young += 1;
                if self.young > 1 {
                    self.wait(1, self.young - 1, 120, now);
                }
            } else {
                self.young = 0;
            }
        }
        true
    }

    /// The first, the second, … time; in seconds.
    fn wait(&mut self, first: i64, time: u32, longest: i64, now: i64) {
        let mut seconds = first;
        for _ in 1..time {
            seconds = (seconds * 2).min(longest);
        }
        let length = seconds * SECOND;
        let is_longer =
            |old: &(i64, i64)| counts(old.0, old.1, now) && old.0 + old.1 > now + length;
        if !self.back_off.as_ref().is_some_and(is_longer) {
            self.back_off = Some((now, length));
        }
    }
}
