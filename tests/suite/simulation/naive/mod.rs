//! The rules a second time, without any state: what the platform has left, and what the bot can know of
//! it, each by going through all that happened from its beginning.

mod platform;
mod told;

pub(super) use self::platform::Reading;
use self::platform::{Event, Platform};
use self::told::{Bounds, Fact, Told};
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
