//! What the bot can know, from the whole history.

use super::*;

/// What the bot was told and did, as a list. The bounds follow from going through all of it.
#[derive(Clone, Default)]
pub(super) struct Told {
    pub(super) facts: Vec<Fact>,
}

/// Each with its moment, in the order in which the bot came to know it.
#[derive(Clone, Copy)]
pub(super) enum Fact {
    /// A push is here, about an earlier moment.
    Acted {
        trigger: Trigger,
        at: u64,
        here: u64,
    },
    Reserved {
        id: u64,
        at: u64,
        is_sure: bool,
    },
    Delivered {
        id: u64,
        at: u64,
    },
    Exhausted {
        id: u64,
        at: u64,
    },
    Lost {
        id: u64,
        at: u64,
    },
    Elsewhere {
        at: u64,
    },
}

impl Fact {
    pub(super) const fn moment(&self) -> u64 {
        match self {
            Self::Acted { here, .. } => *here,
            Self::Reserved { at, .. }
            | Self::Delivered { at, .. }
            | Self::Exhausted { at, .. }
            | Self::Lost { at, .. }
            | Self::Elsewhere { at } => *at,
        }
    }

    pub(super) const fn settles(&self) -> Option<u64> {
        match self {
            Self::Delivered { id, .. } | Self::Exhausted { id, .. } | Self::Lost { id, .. } => {
                Some(*id)
            }
            _ => None,
        }
    }
}

/// What the bot can know.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bounds {
    pub(super) at_least: u32,
    pub(super) at_most: u32,
    pub(super) held: u32,
    /// One of those that are held is sure.
    pub(super) is_sure_held: bool,
    pub(super) is_open: bool,
    /// More was sent of late than is remembered one by one, so less may be promised than here.
    pub(super) is_crowded: bool,
}

/// A grant as the bot knows it: where its fact stands, and whether nothing of it is believed.
#[derive(Clone, Copy)]
pub(super) struct Known {
    pub(super) place: usize,
    pub(super) trigger: Trigger,
    pub(super) at: u64,
    pub(super) here: u64,
    pub(super) is_doubted: bool,
}

impl Known {
    pub(super) const fn is_live(&self, now: u64) -> bool {
        now < self.at + rule(self.trigger).1
    }
}

impl Told {
    pub(super) fn place_of(&self, wanted: u64) -> usize {
        let is_it = |fact: &Fact| matches!(fact, Fact::Reserved { id, .. } if *id == wanted);
        self.facts.iter().position(is_it).unwrap()
    }

    pub(super) fn farewells(&self) -> usize {
        let is_one =
            |fact: &&Fact| matches!(fact, Fact::Acted { trigger: Trigger::Unsubscribe, .. });
        self.facts.iter().filter(is_one).count()
    }

    pub(super) fn settled(&self, id: u64) -> bool {
        self.facts.iter().any(|fact| fact.settles() == Some(id))
    }

    /// Reservations that nobody settled, with their moment.
    pub(super) fn open(&self) -> impl Iterator<Item = (u64, bool)> {
        self.facts.iter().filter_map(|fact| match fact {
            Fact::Reserved { id, at, is_sure } if !self.settled(*id) => Some((*at, *is_sure)),
            _ => None,
        })
    }

    /// When each message was over that may have gone out.
    pub(super) fn over(&self, now: u64) -> Vec<u64> {
        let expired = self.open().filter(|(at, _)| now >= at + HOLD);
        let told = self.facts.iter().filter_map(|fact| match fact {
            Fact::Delivered { at, .. } => Some(*at),
            Fact::Lost { at, .. } => Some(at + TRAVEL),
            Fact::Elsewhere { at } => Some(*at),
            _ => None,
        });
        expired.map(|(at, _)| at + HOLD + TRAVEL).chain(told).collect()
    }

    pub(super) fn bounds(&self, now: u64) -> Bounds {
        let (mut purse, mut filled) = (0, 0);
        // Of each kind the latest.
        let mut grants: Vec<Known> = Vec::new();
        let mut closed = None;
        let limit = |grants: &[Known], now| {
            let live = grants.iter().filter(|grant| grant.is_live(now));
            live.map(|grant| rule(grant.trigger).0).max().unwrap_or_default()
        };
        for (place, fact) in self.facts.iter().enumerate() {
            let moment = fact.moment();
            grants.retain(|grant| grant.is_live(moment));
            if grants.is_empty() {
                purse = 0;
            }
            match *fact {
                Fact::Acted { trigger: Trigger::Unsubscribe, at, here } => {
                    closed = closed.max(Some(at));
                    grants.retain(|grant| grant.at >= at);
                    for grant in &mut grants {
                        grant.is_doubted |= grant.at == at;
                    }
                    purse = purse.min(limit(&grants, here));
                }
                Fact::Acted { trigger, at, here } => {
                    let known = grants.iter().find(|grant| grant.trigger == trigger);
                    let is_older = known.is_some_and(|known| at < known.at) || Some(at) < closed;
                    let grant = Known { place, trigger, at, here, is_doubted: Some(at) == closed };
                    if is_older {
                        continue;
                    }
                    // One that has ended on its way has filled what lasts longer.
                    if grant.is_live(here) {
                        grants.retain(|grant| grant.trigger != trigger);
                        grants.push(grant);
                    }
                    if !grants.is_empty() {
                        purse = purse.max(limit(&grants, here)).max(rule(trigger).0);
                        filled = place;
                    }
                }
                Fact::Delivered { id, .. } if self.place_of(id) > filled => {
                    purse -= u32::from(purse > 0);
                }
                Fact::Exhausted { id, .. } if self.place_of(id) > filled => purse = 0,
                Fact::Elsewhere { at } if grants.iter().all(|grant| grant.at < second(at)) => {
                    purse -= u32::from(purse > 0);
                }
                _ => {}
            }
        }
        grants.retain(|grant| grant.is_live(now));
        let over = self.over(now);
        let promised =
            grants.iter().filter(|grant| !grant.is_doubted && grant.is_live(now + MARGIN));
        let left = promised.map(|grant| self.left(grant, &over)).max().unwrap_or_default();
        let held = || self.open().filter(|(at, _)| now < at + HOLD);
        let count = u32::try_from(held().count()).unwrap();
        let at_most = if grants.is_empty() { 0 } else { purse };
        Bounds {
            at_least: left.saturating_sub(count).min(at_most),
            at_most,
            held: count,
            is_sure_held: held().any(|(_, is_sure)| is_sure),
            is_open: !grants.is_empty(),
            is_crowded: over.len() > MEMORY,
        }
    }

    pub(super) fn left(&self, grant: &Known, over: &[u64]) -> u32 {
        let after = over.iter().filter(|over| **over > grant.at);
        // A push that comes when the sends since are no longer told from one another.
        if after.clone().any(|over| grant.here >= over + DETAIL) {
            return 0;
        }
        for (verdict, fact) in self.facts.iter().enumerate() {
            if let Fact::Exhausted { id, at: moment } = *fact {
                let is_about_it = verdict > grant.place && self.place_of(id) > grant.place;
                if is_about_it || (verdict < grant.place && moment > grant.at) {
                    return 0;
                }
            }
        }
        rule(grant.trigger).0.saturating_sub(u32::try_from(after.count()).unwrap())
    }
}
