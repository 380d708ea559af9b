//! The rules a second time, without any state: what the platform has left, and what the bot can know of
//! it, each by going through all that happened from its beginning.

use wxkf_core::{
    Conversation, DedupeKey, Observation, Policy, Push, RefusalReason, Reservation, ReservationId,
    Settled, Settlement, Timestamp, Trigger,
};

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Step {
    /// The user writes, and the push is here at once.
    Message,
    /// The user writes, and the push is under way.
    LateMessage,
    /// The oldest push that is under way is here.
    PushArrives,
    /// The user opens the chat.
    Enter,
    /// One message is reserved, and leaves.
    Send,
    /// One message is reserved, and does not leave.
    SendNothing,
    /// The answer to the oldest send is here.
    Answer,
    /// The answer to the oldest send is known to be lost.
    AnswerIsLost,
    /// The process dies, and with it whatever was to be answered.
    Crash,
    /// Time passes, in milliseconds.
    Wait(u64),
}

/// How the platform may read its own sentence.
#[derive(Clone, Copy, Debug)]
pub(super) enum Reading {
    Independent,
    Refill,
    RunningMaximum,
}

impl Reading {
    pub(super) const ALL: [Self; 3] = [Self::Independent, Self::Refill, Self::RunningMaximum];
}

/// Limit and window in milliseconds.
const fn rule(trigger: Trigger) -> (u32, u64) {
    match trigger {
        Trigger::Message => (2, 100_000),
        _ => (1, 30_000),
    }
}

const HOLD: u64 = 60_000;
const DELAY: u64 = 75_000;

fn policy() -> Policy {
    let json = r#"{"preset":"mini_program","margin_ms":0,"lag_ms":0,"rules":
        {"message":{"limit":2,"window_s":100},"enter":{"limit":1,"window_s":30}}}"#;
    Policy::from_json(json).unwrap()
}

/// The platform, as a list of all that happened to it.
#[derive(Clone, Default)]
struct Platform {
    events: Vec<Event>,
}

#[derive(Clone, Copy)]
enum Event {
    Acted(Trigger, u64),
    Accepted,
}

impl Platform {
    /// What is left, by going through everything from the beginning.
    fn remaining(&self, reading: Reading, now: u64) -> u32 {
        let mut acts: Vec<(Trigger, u64, u32)> = Vec::new();
        let (mut purse, mut end) = (0, 0);
        for event in &self.events {
            match *event {
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
}

/// What the bot was told and did, as a list. The bounds follow from going through all of it.
#[derive(Clone, Default)]
struct Told {
    facts: Vec<Fact>,
}

/// Each with its moment, in the order in which the bot came to know it.
#[derive(Clone, Copy)]
enum Fact {
    /// A push is here, about an earlier moment.
    Granted {
        trigger: Trigger,
        at: u64,
        here: u64,
    },
    Reserved {
        id: u64,
        at: u64,
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
}

/// So long one send is told from another.
const DETAIL: u64 = 60_000;

impl Told {
    /// `at_least`, `at_most` and `held`.
    fn bounds(&self, now: u64) -> (u32, u32, u32) {
        let facts = || self.facts.iter().enumerate();
        let reserved = |wanted: u64| {
            let place = facts()
                .find(|(_, fact)| matches!(fact, Fact::Reserved { id, .. } if *id == wanted));
            place.unwrap().0
        };
        let answered = |wanted: u64| {
            self.facts.iter().any(|fact| match fact {
                Fact::Delivered { id, .. } | Fact::Exhausted { id, .. } | Fact::Lost { id, .. } => {
                    *id == wanted
                }
                _ => false,
            })
        };
        let open = self.facts.iter().filter_map(|fact| match fact {
            Fact::Reserved { id, at } if !answered(*id) => Some(*at),
            _ => None,
        });
        let (expired, held): (Vec<u64>, Vec<u64>) = open.partition(|at| now >= at + HOLD);
        // When each send was over that may have gone out.
        let sent: Vec<u64> = expired
            .iter()
            .map(|at| at + HOLD)
            .chain(self.facts.iter().filter_map(|fact| match fact {
                Fact::Delivered { at, .. } | Fact::Lost { at, .. } => Some(*at),
                _ => None,
            }))
            .collect();

        let (mut at_least, mut purse, mut filled) = (0, 0, 0);
        // Of each kind the latest.
        let mut grants: Vec<(usize, Trigger, u64, u64)> = Vec::new();
        for (place, fact) in facts() {
            let moment = match fact {
                Fact::Granted { here, .. } => *here,
                Fact::Reserved { at, .. }
                | Fact::Delivered { at, .. }
                | Fact::Exhausted { at, .. }
                | Fact::Lost { at, .. } => *at,
            };
            if grants.iter().all(|(_, trigger, at, _)| moment >= at + rule(*trigger).1) {
                purse = 0;
            }
            match *fact {
                Fact::Granted { trigger, at, here } => {
                    let is_older = grants.iter().any(|(_, kind, known, _)| {
                        *kind == trigger && here < known + rule(*kind).1 && at < *known
                    });
                    if is_older || here >= at + rule(trigger).1 {
                        continue;
                    }
                    grants.retain(|(_, kind, ..)| *kind != trigger);
                    grants.push((place, trigger, at, here));
                    let live = grants.iter().filter(|(_, kind, at, _)| here < at + rule(*kind).1);
                    purse = purse.max(live.map(|(_, kind, ..)| rule(*kind).0).max().unwrap());
                    filled = place;
                }
                Fact::Delivered { id, .. } if reserved(id) > filled => {
                    purse -= u32::from(purse > 0)
                }
                Fact::Exhausted { id, .. } if reserved(id) > filled => purse = 0,
                _ => {}
            }
        }
        grants.retain(|(_, trigger, at, _)| now < at + rule(*trigger).1);
        for (place, trigger, at, here) in &grants {
            let after = sent.iter().filter(|over| *over > at).count();
            let mut left = rule(*trigger).0.saturating_sub(u32::try_from(after).unwrap());
            // A push that comes when the sends since are no longer told from one another.
            if sent.iter().any(|over| over > at && *here >= over + DETAIL) {
                left = 0;
            }
            for (verdict, fact) in facts() {
                if let Fact::Exhausted { id, at: moment } = fact {
                    let is_about_it = verdict > *place && reserved(*id) > *place;
                    if is_about_it || (verdict < *place && moment > at) {
                        left = 0;
                    }
                }
            }
            at_least = at_least.max(left);
        }
        let held = u32::try_from(held.len()).unwrap();
        (at_least.saturating_sub(held), if grants.is_empty() { 0 } else { purse }, held)
    }
}

#[derive(Clone)]
pub(super) struct World {
    now: u64,
    platform: Platform,
    conversation: Conversation,
    told: Told,
    pushes: u64,
    under_way: Vec<(u64, Trigger, u64)>,
    pub(super) unanswered: Vec<(ReservationId, Settlement)>,
}

const START: u64 = 1_763_700_000_000;

impl World {
    pub(super) fn new(is_cautious: bool) -> Self {
        let policy = if is_cautious { policy().cautious() } else { policy() };
        Self {
            now: START,
            platform: Platform::default(),
            conversation: Conversation::new(policy),
            told: Told::default(),
            pushes: 0,
            under_way: Vec::new(),
            unanswered: Vec::new(),
        }
    }

    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.now)
    }

    fn act(&mut self, trigger: Trigger) -> (u64, Trigger, u64) {
        self.pushes += 1;
        self.platform.events.push(Event::Acted(trigger, self.now));
        (self.pushes, trigger, self.now)
    }

    fn arrives(&mut self, (key, trigger, at): (u64, Trigger, u64)) {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&key.to_le_bytes());
        let push =
            Push::new(DedupeKey::from_bytes(bytes), Some(trigger), Timestamp::from_millis(at));
        assert_eq!(self.conversation.observe(push, self.now()), Observation::New);
        let again = self.conversation.clone();
        assert_eq!(self.conversation.observe(push, self.now()), Observation::Repeat);
        assert_eq!(self.conversation, again);
        self.told.facts.push(Fact::Granted { trigger, at, here: self.now });
    }

    /// Takes a step, if there is anything for it to do.
    pub(super) fn step(&mut self, step: Step, reading: Reading) -> bool {
        self.now += 1000;
        match step {
            Step::Message => {
                let push = self.act(Trigger::Message);
                self.arrives(push);
            }
            Step::LateMessage => {
                let push = self.act(Trigger::Message);
                self.under_way.push(push);
            }
            Step::PushArrives if self.under_way.is_empty() => return false,
            Step::PushArrives => {
                let push = self.under_way.remove(0);
                self.arrives(push);
            }
            Step::Enter => {
                let push = self.act(Trigger::Enter);
                self.arrives(push);
            }
            Step::Send => return self.send(reading),
            Step::SendNothing => {
                let before = self.conversation.clone();
                let Ok(Reservation { id, .. }) = self.conversation.reserve(self.now()) else {
                    return false;
                };
                let settled = self.conversation.settle(id, Settlement::NotSent, self.now());
                assert_eq!(settled, Settled::Applied);
                assert_eq!(self.conversation.allowance(self.now()), before.allowance(self.now()));
            }
            Step::Answer | Step::AnswerIsLost if self.unanswered.is_empty() => return false,
            Step::Answer => {
                let (id, settlement) = self.unanswered.remove(0);
                self.answer(id, settlement);
            }
            Step::AnswerIsLost => {
                let (id, _) = self.unanswered.remove(0);
                self.answer(id, Settlement::Unknown);
            }
            Step::Crash => {
                self.unanswered.clear();
                let policy = self.conversation.policy().clone();
                let bytes = self.conversation.snapshot();
                assert!(bytes.len() <= Conversation::MAX_SNAPSHOT);
                let restored = Conversation::restore(&bytes, policy).unwrap();
                assert_eq!(restored, self.conversation);
                self.conversation = restored;
            }
            Step::Wait(millis) => {
                // WeChat gives a push up long before its window is over.
                while self.under_way.first().is_some_and(|push| self.now + millis > push.2 + DELAY)
                {
                    let push = self.under_way.remove(0);
                    self.arrives(push);
                }
                self.now += millis;
            }
        }
        true
    }

    fn send(&mut self, reading: Reading) -> bool {
        let before = self.conversation.allowance(self.now());
        let left = self.platform.remaining(reading, self.now);
        match self.conversation.reserve(self.now()) {
            Ok(Reservation { id, sure, .. }) => {
                assert_eq!(sure, before.at_least > 0);
                assert!(sure || !self.conversation.policy().is_cautious());
                assert!(left > 0 || !sure, "what was sure is refused");
                self.told.facts.push(Fact::Reserved { id: id.number(), at: self.now });
                let settlement = if left > 0 {
                    self.platform.events.push(Event::Accepted);
                    Settlement::Delivered
                } else {
                    Settlement::QuotaExhausted
                };
                self.unanswered.push((id, settlement));
                true
            }
            Err(refusal) => {
                // Whoever is refused could not have sent, or does not know yet that they can.
                let is_told = self.under_way.is_empty() && before.held == 0;
                let is_cautious = refusal.reason == RefusalReason::NotSure;
                assert!(left == 0 || !is_told || is_cautious, "{refusal:?}, but {left} are left");
                assert_eq!(self.conversation.allowance(self.now()), before);
                false
            }
        }
    }

    fn answer(&mut self, id: ReservationId, settlement: Settlement) {
        let settled = self.conversation.settle(id, settlement, self.now());
        let is_late = !self.told.facts.iter().any(|fact| {
            matches!(fact, Fact::Reserved { id: known, at } if *known == id.number() && self.now < at + HOLD)
        });
        assert_eq!(settled, if is_late { Settled::Stale } else { Settled::Applied });
        assert_eq!(self.conversation.settle(id, settlement, self.now()), Settled::Stale);
        let (id, at) = (id.number(), self.now);
        match settlement {
            _ if is_late => {}
            Settlement::Delivered => self.told.facts.push(Fact::Delivered { id, at }),
            Settlement::Unknown => self.told.facts.push(Fact::Lost { id, at }),
            _ => self.told.facts.push(Fact::Exhausted { id, at }),
        }
    }

    pub(super) fn check(&self, reading: Reading) {
        let allowance = self.conversation.allowance(self.now());
        let bounds = (allowance.at_least, allowance.at_most, allowance.held);
        assert_eq!(bounds, self.told.bounds(self.now), "read from the beginning");
        let left = self.platform.remaining(reading, self.now);
        assert!(allowance.at_least <= left, "{allowance:?}, but {left} are left");
        // What happened and is not known yet may have granted more.
        assert!(
            left <= allowance.at_most || !self.under_way.is_empty(),
            "{allowance:?}, but {left}"
        );
    }
}
