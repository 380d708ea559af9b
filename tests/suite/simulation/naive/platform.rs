//! What the platform has left, from the whole history.

use wxkf_core::Trigger;

use super::rule;

/// How the platform may read its own sentence.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Reading {
    Independent,
    Refill,
    RunningMaximum,
}

impl Reading {
    pub(crate) const ALL: [Self; 3] = [Self::Independent, Self::Refill, Self::RunningMaximum];
}

/// The platform, as a list of all that happened to it.
#[derive(Clone, Default)]
pub(super) struct Platform {
    pub(super) events: Vec<Event>,
}

#[derive(Clone, Copy)]
pub(super) enum Event {
    Acted(Trigger, u64),
    Accepted,
}

impl Platform {
    /// What is left, by going through everything from the beginning.
    pub(super) fn remaining(&self, reading: Reading, now: u64) -> u32 {
        let mut acts: Vec<(Trigger, u64, u32)> = Vec::new();
        let (mut purse, mut end) = (0, 0);
        for event in &self.events {
            match *event {
                Event::Acted(Trigger::Unsubscribe, _) => {
                    acts.clear();
                    (purse, end) = (0, 0);
                }
                Event::Acted(trigger, at) => {
                    let (limit, window) = rule(trigger);
                    acts.retain(|(known, ..)| *known != trigger);
                    acts.push((trigger, at, limit));
                    let left = if at < end { purse } else { 0 };
                    let is_live =
                        |(trigger, then, _): &&(Trigger, u64, u32)| at < then + rule(*trigger).1;
                    let largest =
                        acts.iter().filter(is_live).map(|act| rule(act.0).0).max().unwrap();
                    purse = match reading {
                        Reading::Refill => largest,
                        _ => left.max(limit),
                    };
                    end = end.max(at + window);
                }
                Event::Accepted => {
                    purse -= u32::from(purse > 0);
                    for (.., left) in &mut acts {
                        *left -= u32::from(*left > 0);
                    }
                }
            }
        }
        match reading {
            Reading::Independent => {
                let live = acts.iter().filter(|(trigger, at, _)| now < at + rule(*trigger).1);
                live.map(|(.., left)| *left).max().unwrap_or_default()
            }
            _ if now < end => purse,
            _ => 0,
        }
    }

    /// Whether anything that was granted ended between the two moments.
    pub(super) fn has_closed(&self, from: u64, to: u64) -> bool {
        self.events.iter().any(|event| match *event {
            Event::Acted(trigger, at) => (from..=to).contains(&(at + rule(trigger).1)),
            Event::Accepted => false,
        })
    }

    pub(super) fn farewells(&self) -> usize {
        let is_one = |event: &&Event| matches!(event, Event::Acted(Trigger::Unsubscribe, _));
        self.events.iter().filter(is_one).count()
    }
}
