//! What one action of the user granted, and whether the platform knows of it yet.

use super::policy::{Policy, QuotaRule};
use super::times::PolicyTime;
use crate::time::Timestamp;

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
    /// The last reservation that was given out by then: what came later was to wait.
    pub(super) last_id: u64,
    pub(super) state: LagState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LagState {
    /// Until it is tried again nothing is promised.
    Waiting,
    /// Somebody tried before the time: nobody else is to, until then.
    TriedEarly,
    /// A later send has shown that the grant is there.
    Over,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hold {
    pub(super) id: u64,
    pub(super) at: Timestamp,
    /// Whether the platform will accept it, as far as one could know.
    pub(super) is_sure: bool,
}

/// What a refusal says of one grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Nothing is left of it.
    Exhausted,
    /// The platform may not have known of it: it is to be tried again.
    TryAgain,
    /// It was tried before the time, which says nothing.
    TooEarly,
}

impl Grant {
    /// The last moment that is known of it. Apart: where it is inlined the compiler compares when it was
    /// refused before it asks whether it was, which does no harm, but valgrind reports it.
    #[inline(never)]
    pub(super) fn latest(&self) -> Timestamp {
        self.lag.map_or(self.at, |lag| lag.refused.max(self.at))
    }

    /// Takes note of a refusal. `held` are those that are under way besides.
    pub(super) fn refuse(
        &mut self,
        policy: &Policy,
        hold: Hold,
        held: u8,
        last_id: u64,
        now: Timestamp,
    ) -> Verdict {
        if self.at.is_within(policy.time(PolicyTime::Lag), hold.at) {
            match &mut self.lag {
                Some(lag) if hold.id <= lag.last_id => return Verdict::TryAgain,
                Some(lag) if hold.at < lag.again_at(policy) => {
                    if lag.state == LagState::Waiting {
                        lag.state = LagState::TriedEarly;
                    }
                    return Verdict::TooEarly;
                }
                // Only what was sure: what was a try has failed, and that is all.
                None if self.left > held => {
                    self.lag = Some(Lag { refused: now, last_id, state: LagState::Waiting });
                    return Verdict::TryAgain;
                }
                _ => {}
            }
        }
        self.left = 0;
        Verdict::Exhausted
    }

    /// A later delivery shows that the grant is there.
    pub(super) fn deliver(&mut self, policy: &Policy, hold: Hold) {
        if let Some(lag) = self.lag.as_mut().filter(|lag| hold.at >= lag.again_at(policy)) {
            lag.state = LagState::Over;
        }
    }

    pub(super) fn is_suspected(&self) -> bool {
        self.lag.is_some_and(|lag| lag.state != LagState::Over)
    }

    pub(super) fn end(&self, rule: QuotaRule) -> Timestamp {
        self.at.saturating_add(rule.window)
    }

    /// What there is of it now.
    pub(super) fn advance(self, rule: QuotaRule, now: Timestamp) -> Option<Self> {
        let at = self.at.counted(rule.window, now)?;
        let lag = self.lag.map(|lag| Lag { refused: lag.refused.min(now), ..lag });
        Some(Self { at, lag, ..self })
    }
}

impl Lag {
    pub(super) fn again_at(&self, policy: &Policy) -> Timestamp {
        self.refused.saturating_add(policy.time(PolicyTime::Retry))
    }
}

impl Hold {
    pub(super) fn end(&self, policy: &Policy) -> Timestamp {
        self.at.saturating_add(policy.time(PolicyTime::Hold))
    }
}
