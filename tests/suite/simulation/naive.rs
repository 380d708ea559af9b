//! The rules a second time, without any state: what the platform has left, and what the bot can know of
//! it, each by going through all that happened from its beginning.

use wxkf_core::{
    Conversation, DedupeKey, Observation, Policy, Push, RefusalReason, Reservation, ReservationId,
    Settled, Settlement, Timestamp, Trigger,
};

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Step {
    /// The user does something, and the push is here at once.
    Act(Trigger),
    /// The user does something, and the push is under way.
    ActLate(Trigger),
    /// The oldest push that is under way is here.
    PushArrives,
    /// The newest push that is under way is here before the others.
    PushOvertakes,
    /// One message is reserved, leaves, and is under way for so many milliseconds.
    Send(u64),
    /// One message is reserved, and does not leave.
    SendNothing,
    /// Somebody else sends, and it is told.
    SendElsewhere,
    /// The answer to the oldest send that was carried out is here.
    Answer,
    /// Nobody waits any longer for the oldest send.
    TimeOut,
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

/// Between two steps: several fall into one second.
const PACE: u64 = 400;
const HOLD: u64 = 60_000;
const DELAY: u64 = 75_000;
/// After a request was given up it may be under way for so long.
pub(super) const TRAVEL: u64 = 20_000;
/// A window is not promised to its end: a request that takes no longer is in time.
pub(super) const MARGIN: u64 = 2_000;
/// So long one send is told from another.
const DETAIL: u64 = 60_000;
/// And so many of them.
const MEMORY: usize = 8;

fn policy() -> Policy {
    let json = r#"{"preset":"official_account","margin_ms":2000,"lag_ms":0,"travel_ms":20000,"rules":
        {"message":{"limit":2,"window_s":100},"menu":{"limit":1,"window_s":30},
        "subscribe":{"limit":1,"window_s":30},"scan":null}}"#;
    Policy::from_json(json).unwrap()
}

/// `CreateTime` has whole seconds.
const fn second(millis: u64) -> u64 {
    millis / 1000 * 1000
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
    fn has_closed(&self, from: u64, to: u64) -> bool {
        self.events.iter().any(|event| match *event {
            Event::Acted(trigger, at) => (from..=to).contains(&(at + rule(trigger).1)),
            Event::Accepted => false,
        })
    }

    fn farewells(&self) -> usize {
        let is_one = |event: &&Event| matches!(event, Event::Acted(Trigger::Unsubscribe, _));
        self.events.iter().filter(is_one).count()
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
    const fn moment(&self) -> u64 {
        match self {
            Self::Acted { here, .. } => *here,
            Self::Reserved { at, .. }
            | Self::Delivered { at, .. }
            | Self::Exhausted { at, .. }
            | Self::Lost { at, .. }
            | Self::Elsewhere { at } => *at,
        }
    }

    const fn settles(&self) -> Option<u64> {
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
    at_least: u32,
    at_most: u32,
    held: u32,
    /// One of those that are held is sure.
    is_sure_held: bool,
    is_open: bool,
    /// More was sent of late than is remembered one by one, so less may be promised than here.
    is_crowded: bool,
}

/// A grant as the bot knows it: where its fact stands, and whether nothing of it is believed.
#[derive(Clone, Copy)]
struct Known {
    place: usize,
    trigger: Trigger,
    at: u64,
    here: u64,
    is_doubted: bool,
}

impl Known {
    const fn is_live(&self, now: u64) -> bool {
        now < self.at + rule(self.trigger).1
    }
}

impl Told {
    fn place_of(&self, wanted: u64) -> usize {
        let is_it = |fact: &Fact| matches!(fact, Fact::Reserved { id, .. } if *id == wanted);
        self.facts.iter().position(is_it).unwrap()
    }

    fn farewells(&self) -> usize {
        let is_one =
            |fact: &&Fact| matches!(fact, Fact::Acted { trigger: Trigger::Unsubscribe, .. });
        self.facts.iter().filter(is_one).count()
    }

    fn settled(&self, id: u64) -> bool {
        self.facts.iter().any(|fact| fact.settles() == Some(id))
    }

    /// Reservations that nobody settled, with their moment.
    fn open(&self) -> impl Iterator<Item = (u64, bool)> {
        self.facts.iter().filter_map(|fact| match fact {
            Fact::Reserved { id, at, is_sure } if !self.settled(*id) => Some((*at, *is_sure)),
            _ => None,
        })
    }

    /// When each message was over that may have gone out.
    fn over(&self, now: u64) -> Vec<u64> {
        let expired = self.open().filter(|(at, _)| now >= at + HOLD);
        let told = self.facts.iter().filter_map(|fact| match fact {
            Fact::Delivered { at, .. } => Some(*at),
            Fact::Lost { at, .. } => Some(at + TRAVEL),
            Fact::Elsewhere { at } => Some(*at),
            _ => None,
        });
        expired.map(|(at, _)| at + HOLD + TRAVEL).chain(told).collect()
    }

    fn bounds(&self, now: u64) -> Bounds {
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

    fn left(&self, grant: &Known, over: &[u64]) -> u32 {
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

/// A request between the bot and the platform.
#[derive(Clone, Copy)]
struct Request {
    id: ReservationId,
    is_sure: bool,
    left_at: u64,
    arrives_at: u64,
    given_up_at: Option<u64>,
    /// How often the user had left by then, as far as the bot knew.
    farewells: usize,
}

/// What happened to requests.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    pub(super) refused: u64,
    /// Sure ones, which were under way for longer than the margin, and the window closed meanwhile.
    pub(super) too_late: u64,
    /// Sure ones, after another request was under way for longer than the policy knows of.
    pub(super) haunted: u64,
}

#[derive(Clone)]
pub(super) struct World {
    now: u64,
    platform: Platform,
    conversation: Conversation,
    told: Told,
    pushes: u64,
    pushes_under_way: Vec<(u64, Trigger, u64)>,
    requests: Vec<Request>,
    /// Of requests that have arrived, and of which the bot has not heard.
    answers: Vec<(ReservationId, Settlement)>,
    has_left: bool,
    /// A request arrived after it could no longer be under way.
    is_haunted: bool,
    /// A window ended while a push was under way: what had been left there may have come along, which the
    /// upper bound does not know (ARCHITECTURE, Choices that may surprise).
    is_overlooked: bool,
    pub(super) tally: Tally,
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
            pushes_under_way: Vec::new(),
            requests: Vec::new(),
            answers: Vec::new(),
            has_left: false,
            is_haunted: false,
            is_overlooked: false,
            tally: Tally::default(),
        }
    }

    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.now)
    }

    fn act(&mut self, trigger: Trigger) -> Option<(u64, Trigger, u64)> {
        let comes_back = trigger == Trigger::Subscribe;
        if self.has_left != comes_back {
            return None;
        }
        self.has_left = trigger == Trigger::Unsubscribe;
        self.pushes += 1;
        self.platform.events.push(Event::Acted(trigger, second(self.now)));
        Some((self.pushes, trigger, second(self.now)))
    }

    fn arrives(&mut self, (key, trigger, at): (u64, Trigger, u64)) {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&key.to_le_bytes());
        let push =
            Push::new(DedupeKey::from_bytes(bytes), Some(trigger), Timestamp::from_millis(at));
        assert_eq!(self.conversation.observe(push, self.now()), Observation::New);
        let again = self.conversation.clone();
        assert!(self.conversation.observe(push, self.now()).since().is_some());
        assert_eq!(self.conversation, again);
        self.told.facts.push(Fact::Acted { trigger, at, here: self.now });
        self.is_overlooked |= at < second(self.now) && self.platform.has_closed(at, self.now);
    }

    /// Lets time pass, and requests and pushes arrive in it.
    fn pass(&mut self, until: u64, reading: Reading) {
        loop {
            let request = self.requests.iter().enumerate().min_by_key(|(_, it)| it.arrives_at);
            let request = request.map(|(place, it)| (it.arrives_at, place));
            // WeChat gives a push up long before its window is over.
            let push = self.pushes_under_way.first().map(|push| push.2 + DELAY);
            match (request.filter(|it| it.0 <= until), push.filter(|it| *it <= until)) {
                (Some((at, place)), push) if push.is_none_or(|push| at <= push) => {
                    self.now = self.now.max(at);
                    let request = self.requests.remove(place);
                    self.carry_out(request, reading);
                }
                (_, Some(at)) => {
                    self.now = self.now.max(at);
                    let push = self.pushes_under_way.remove(0);
                    self.arrives(push);
                }
                _ => break,
            }
        }
        self.now = until;
    }

    /// Takes a step, if there is anything for it to do.
    pub(super) fn step(&mut self, step: Step, reading: Reading) -> bool {
        self.pass(self.now + PACE, reading);
        match step {
            Step::Act(trigger) => {
                let Some(push) = self.act(trigger) else { return false };
                self.arrives(push);
            }
            Step::ActLate(trigger) => {
                let Some(push) = self.act(trigger) else { return false };
                self.pushes_under_way.push(push);
            }
            Step::PushArrives | Step::PushOvertakes if self.pushes_under_way.is_empty() => {
                return false;
            }
            Step::PushArrives => {
                let push = self.pushes_under_way.remove(0);
                self.arrives(push);
            }
            Step::PushOvertakes => {
                let push = self.pushes_under_way.pop().unwrap();
                self.arrives(push);
            }
            Step::Send(delay) => return self.send(delay, reading),
            Step::SendNothing => {
                let before = self.conversation.clone();
                let Ok(Reservation { id, .. }) = self.conversation.reserve(self.now()) else {
                    return false;
                };
                let settled = self.conversation.settle(id, Settlement::NotSent, self.now());
                assert_eq!(settled, Settled::Applied);
                assert_eq!(self.conversation.allowance(self.now()), before.allowance(self.now()));
            }
            Step::SendElsewhere => {
                // What is under way it would overtake unseen.
                if self.platform.remaining(reading, self.now) == 0 || !self.requests.is_empty() {
                    return false;
                }
                self.platform.events.push(Event::Accepted);
                self.conversation.sent_elsewhere(self.now(), self.now());
                self.told.facts.push(Fact::Elsewhere { at: self.now });
            }
            Step::Answer => {
                if self.answers.is_empty() {
                    return false;
                }
                let (id, settlement) = self.answers.remove(0);
                self.settle(id, settlement);
            }
            Step::TimeOut => {
                let waiting = self.requests.iter_mut().find(|it| it.given_up_at.is_none());
                match waiting {
                    Some(request) => {
                        request.given_up_at = Some(self.now.min(request.left_at + HOLD));
                        let id = request.id;
                        self.settle(id, Settlement::Unknown);
                    }
                    None if self.answers.is_empty() => return false,
                    None => {
                        let (id, _) = self.answers.remove(0);
                        self.settle(id, Settlement::Unknown);
                    }
                }
            }
            Step::Crash => {
                self.answers.clear();
                for request in &mut self.requests {
                    request.given_up_at.get_or_insert(request.left_at + HOLD);
                }
                let policy = self.conversation.policy().clone();
                let bytes = self.conversation.snapshot();
                let restored = Conversation::restore(&bytes, policy).unwrap();
                assert_eq!(restored, self.conversation);
                self.conversation = restored;
            }
            Step::Wait(millis) => self.pass(self.now + millis, reading),
        }
        true
    }

    fn send(&mut self, delay: u64, reading: Reading) -> bool {
        let before = self.conversation.allowance(self.now());
        let known = self.told.bounds(self.now);
        let left = self.platform.remaining(reading, self.now);
        match self.conversation.reserve(self.now()) {
            Ok(Reservation { id, sure, .. }) => {
                assert_eq!(sure, before.at_least > 0);
                assert!(sure || !self.conversation.policy().is_cautious());
                assert!(sure || !known.is_sure_held, "it may overtake one that is sure");
                let is_gone = self.platform.farewells() > self.told.farewells();
                assert!(left > 0 || !sure || self.is_haunted || is_gone, "nothing is left by then");
                let fact = Fact::Reserved { id: id.number(), at: self.now, is_sure: sure };
                self.told.facts.push(fact);
                let request = Request {
                    id,
                    is_sure: sure,
                    left_at: self.now,
                    arrives_at: self.now + delay,
                    given_up_at: None,
                    farewells: self.told.farewells(),
                };
                if delay == 0 {
                    self.carry_out(request, reading);
                } else {
                    self.requests.push(request);
                }
                true
            }
            Err(refusal) => {
                // Whoever is refused could not have sent, or does not know yet that they can.
                let is_told = self.pushes_under_way.is_empty() && before.held == 0;
                let is_cautious = refusal.reason == RefusalReason::NotSure;
                let is_excused = !is_told || is_cautious || self.is_overlooked;
                assert!(left == 0 || is_excused, "{refusal:?}, but {left} are left");
                assert_eq!(self.conversation.allowance(self.now()), before);
                let expected = match known {
                    _ if known.is_crowded => refusal.reason,
                    Bounds { is_open: false, .. } => RefusalReason::WindowClosed,
                    Bounds { at_most: 0, .. } => RefusalReason::QuotaExhausted,
                    Bounds { at_most, held, .. } if held >= at_most => RefusalReason::QuotaHeld,
                    _ if self.conversation.policy().is_cautious() => RefusalReason::NotSure,
                    _ => RefusalReason::QuotaHeld,
                };
                assert_eq!(refusal.reason, expected, "{known:?}");
                false
            }
        }
    }

    /// A request arrives at the platform.
    fn carry_out(&mut self, request: Request, reading: Reading) {
        let given_up_at = request.given_up_at.unwrap_or(request.left_at + HOLD);
        self.is_haunted |= self.now >= given_up_at + TRAVEL;
        let settlement = if self.platform.remaining(reading, self.now) > 0 {
            self.platform.events.push(Event::Accepted);
            Settlement::Delivered
        } else {
            self.tally.refused += 1;
            if request.is_sure {
                let is_slow = self.now > request.left_at + MARGIN;
                let is_over = self.platform.has_closed(request.left_at, self.now);
                self.tally.too_late += u64::from(is_slow && is_over);
                self.tally.haunted += u64::from(self.is_haunted);
                let is_gone = self.platform.farewells() > request.farewells;
                // Nobody waits for it any longer, so a try may have taken its place.
                let is_given_up = request.given_up_at.is_some();
                let is_excused = (is_slow && is_over) || self.is_haunted || is_gone || is_given_up;
                assert!(is_excused, "what was sure is refused");
            }
            Settlement::QuotaExhausted
        };
        if request.given_up_at.is_none() {
            self.answers.push((request.id, settlement));
        }
    }

    fn settle(&mut self, id: ReservationId, settlement: Settlement) {
        let settled = self.conversation.settle(id, settlement, self.now());
        let is_late = !self.told.facts.iter().any(|fact| {
            matches!(fact, Fact::Reserved { id: known, at, .. } if *known == id.number() && self.now < at + HOLD)
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
        let known = self.told.bounds(self.now);
        let bounds = (allowance.at_most, allowance.held, allowance.closes_at.is_some());
        assert_eq!(bounds, (known.at_most, known.held, known.is_open), "read from the beginning");
        match known.is_crowded {
            false => assert_eq!(allowance.at_least, known.at_least, "read from the beginning"),
            true => assert!(allowance.at_least <= known.at_least, "read from the beginning"),
        }
        let left = self.platform.remaining(reading, self.now);
        // Whatever is under way may be there before what is promised now.
        let is_under_way =
            |it: &&Request| self.now < it.given_up_at.unwrap_or(it.left_at + HOLD) + TRAVEL;
        let under_way = self.requests.iter().filter(is_under_way).count();
        let room = left.saturating_sub(u32::try_from(under_way).unwrap());
        let is_gone_untold = self.pushes_under_way.iter().any(|it| it.1 == Trigger::Unsubscribe);
        assert!(
            allowance.at_least <= room || self.is_haunted || is_gone_untold,
            "{allowance:?}, but {left} are left and {under_way} under way"
        );
        // What happened and is not known yet may have granted more.
        assert!(
            left <= allowance.at_most || !self.pushes_under_way.is_empty() || self.is_overlooked,
            "{allowance:?}, but {left}"
        );
    }
}
