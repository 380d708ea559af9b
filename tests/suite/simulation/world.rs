//! A bot and its users on both sides of a bad line. Everything happens in the order of time, and
//! depends on nothing but the seed.

use std::collections::{BTreeMap, HashMap};

use core::time::Duration;

use fastrand::Rng;
use wxkf_core::{
    Account, AccountKind, Conversation, DedupeKey, Observation, Push, Query, Refusal, Reservation,
    ReservationId, Settled, Settlement, Timestamp, Trigger,
};
use wxkf_platform::{Action, AttemptId, Clock, Link, Platform, PushAnswer};

use super::tally::Tally;
use super::terms::Terms;

const START: Timestamp = Timestamp::from_millis(1_763_700_000_123);
const SECOND: u64 = 1000;
const DAY: i64 = 86_400_000;

enum Event {
    Act(usize),
    /// A copy of a push arrives at the bot.
    Push {
        user: usize,
        id: AttemptId,
        query: String,
        body: Vec<u8>,
    },
    /// An answer to a push arrives at the platform.
    PushAnswer(AttemptId, bool),
    /// The bot has something to say.
    Send(usize, Why),
    /// A request arrives at the platform.
    Call(usize, ReservationId),
    /// An answer to a request arrives at the bot.
    Answer(usize, ReservationId, i64),
    /// The bot has waited long enough for it.
    Timeout(usize, ReservationId),
    Typing(usize),
    Other(usize),
}

#[derive(Clone, Copy, PartialEq)]
enum Why {
    First,
    /// It was refused, and this is when the refusal said.
    Again,
    /// The platform refused it, and may not have known of the user's message.
    AfterLag,
}

pub(super) struct User {
    pub(super) openid: String,
    /// What the store has.
    pub(super) record: Option<Vec<u8>>,
    /// What it had.
    pub(super) records: Vec<Vec<u8>>,
    /// Actions that are pushed, and those of them that the bot has seen.
    pub(super) acted: u64,
    pub(super) seen: u64,
    pub(super) has_left: bool,
    /// The user has left since the bot last knew everything.
    pub(super) left_untold: bool,
    /// How often each push was handled, and whether it may be once more.
    pub(super) handled: HashMap<DedupeKey, (u64, bool)>,
    /// Of each reservation, how often it was carried out.
    pub(super) carried_out: HashMap<u64, u64>,
    /// The last reservation when somebody else sent, or when something came to be known.
    pub(super) changed: u64,
    /// Refusals of later ones, while the bounds were wrong.
    pub(super) corrections: u64,
    /// Reservations for what was to be tried again.
    pub(super) again: Vec<ReservationId>,
}

pub(super) struct World {
    pub(super) terms: Terms,
    pub(super) now: Timestamp,
    pub(super) platform: Platform,
    pub(super) users: Vec<User>,
    pub(super) tally: Tally,
    account: Account,
    rng: Rng,
    pushes: Link,
    calls: Link,
    events: BTreeMap<(Timestamp, u64), Event>,
    count: u64,
}

impl User {
    fn change(&mut self) {
        self.corrections = 0;
        self.changed = self.carried_out.keys().copied().max().unwrap_or_default();
    }
}

impl World {
    pub(super) fn new(terms: Terms, users: usize, seed: u64) -> Self {
        let mut rng = Rng::with_seed(seed);
        let user = |number| User {
            openid: format!("o{number}"),
            record: None,
            records: Vec::new(),
            acted: 0,
            seen: 0,
            has_left: false,
            left_untold: false,
            handled: HashMap::new(),
            carried_out: HashMap::new(),
            changed: 0,
            corrections: 0,
            again: Vec::new(),
        };
        let mut world = Self {
            now: START,
            platform: Platform::new(terms.setup.clone(), rng.u64(..)).unwrap(),
            account: terms.setup.account().unwrap(),
            users: (0..users).map(user).collect(),
            tally: Tally::default(),
            pushes: Link::new(terms.faults, rng.u64(..)),
            calls: Link::new(terms.call_faults, rng.u64(..)),
            events: BTreeMap::new(),
            count: 0,
            rng,
            terms,
        };
        for user in 0..users {
            let pause = world.rng.u64(0..60 * SECOND);
            world.after(pause, Event::Act(user));
        }
        world
    }

    /// The next thing that happens. Gives the user whom it is about.
    pub(super) fn step(&mut self) -> Option<usize> {
        self.tally.steps += 1;
        if self.happens(self.terms.jumps) {
            self.terms.clock = Clock::new(self.rng.i64(-DAY..=DAY));
        }
        if self.happens(self.terms.rollbacks) {
            self.roll_back();
        }
        let event = self.events.first_key_value().map(|(key, _)| key.0);
        if let Some(due) =
            self.platform.next_deadline().filter(|due| event.is_none_or(|it| *due <= it))
        {
            self.now = due;
            self.begin_attempts();
            return None;
        }
        let ((now, _), event) = self.events.pop_first()?;
        self.now = now;
        Some(match event {
            Event::Act(user) => self.act(user),
            Event::Push { user, id, query, body } => {
                self.receive(user, id, &query, &body);
                user
            }
            Event::PushAnswer(id, is_good) => {
                let answer =
                    if is_good { PushAnswer::Answered(b"success") } else { PushAnswer::Failed };
                self.platform.answer_push(id, answer, now);
                return None;
            }
            Event::Send(user, why) => {
                self.send(user, why);
                user
            }
            Event::Call(user, id) => {
                self.call(user, id);
                user
            }
            Event::Answer(user, id, errcode) => {
                self.settle(user, id, Settlement::from_errcode(errcode));
                user
            }
            Event::Timeout(user, id) => {
                self.settle(user, id, Settlement::Unknown);
                user
            }
            Event::Typing(user) => self.show_typing(user),
            Event::Other(user) => {
                if self.platform.send_elsewhere(&self.users[user].openid, "", now) == 0 {
                    self.users[user].change();
                }
                user
            }
        })
    }

    /// What the bot's clock shows.
    pub(super) fn bots_now(&self) -> Timestamp {
        self.terms.clock.read(self.now)
    }

    /// What the store knows of a user.
    pub(super) fn load(&self, user: usize) -> Conversation {
        let policy = self.terms.policy.clone();
        match &self.users[user].record {
            Some(bytes) => Conversation::restore(bytes, policy).unwrap(),
            None => Conversation::new(policy),
        }
    }

    fn save(&mut self, user: usize, conversation: &Conversation) {
        let bytes = conversation.snapshot();
        assert!(bytes.len() <= Conversation::MAX_SNAPSHOT);
        let state = &mut self.users[user];
        let old = state.record.replace(bytes);
        if self.terms.rollbacks > 0 {
            state.records.extend(old);
        }
    }

    /// A store may lose what was written to it.
    fn roll_back(&mut self) {
        let user = self.rng.usize(0..self.users.len());
        let state = &mut self.users[user];
        let from = state.records.len().saturating_sub(20);
        if let Some(old) = self.rng.choice(state.records.get(from..).unwrap_or_default()) {
            state.record = Some(old.clone());
        }
    }

    fn happens(&mut self, per_thousand: u16) -> bool {
        per_thousand > 0 && self.rng.u16(0..1000) < per_thousand
    }

    fn crashes(&mut self) -> bool {
        let crashes = self.happens(self.terms.crashes);
        self.tally.crashes += u64::from(crashes);
        crashes
    }

    fn after(&mut self, millis: u64, event: Event) {
        let due = self.now.saturating_add(Duration::from_millis(millis));
        self.at(due, event);
    }

    fn at(&mut self, due: Timestamp, event: Event) {
        self.count += 1;
        self.events.insert((due, self.count), event);
    }

    fn act(&mut self, user: usize) -> usize {
        // Nobody does two things in one second, and many do nothing for days.
        let pause = match self.rng.u8(0..100) {
            0..50 => self.rng.u64(SECOND..=20 * SECOND),
            50..80 => self.rng.u64(10 * SECOND..=180 * SECOND),
            80..95 => self.rng.u64(60 * SECOND..=3600 * SECOND),
            _ => self.rng.u64(3600 * SECOND..=60 * 3600 * SECOND),
        };
        self.after(pause, Event::Act(user));
        let is_official = self.terms.kind == AccountKind::OfficialAccount;
        let action = match (self.rng.u8(0..100), is_official) {
            _ if self.users[user].has_left => Action::Subscribe(""),
            (0..40, _) => Action::Write("在吗"),
            (40..50, _) => Action::WriteImage,
            (_, false) => Action::Enter("shop"),
            (50..65, _) => Action::TapMenu("ORDER"),
            (65..75, _) => Action::TapMenuMessage { id: "1", content: "满意" },
            (75..85, _) => Action::Scan("17"),
            (85..90, _) => Action::View("https://example.com"),
            (90..95, _) if self.terms.unsubscribes => Action::Unsubscribe,
            _ => Action::Write("你好"),
        };
        let state = &mut self.users[user];
        state.has_left = action == Action::Unsubscribe;
        state.left_untold |= state.has_left;
        state.acted += 1;
        self.platform.act(&state.openid, action, self.now);
        if self.happens(self.terms.others) {
            let pause = self.rng.u64(0..30 * SECOND);
            self.after(pause, Event::Other(user));
        }
        user
    }

    fn begin_attempts(&mut self) {
        for attempt in self.platform.attempts(self.now) {
            let query = Query::parse(&attempt.query).unwrap();
            let openid = query.unsigned_openid().unwrap();
            let user = openid[1..].parse().unwrap();
            for arrival in self.pushes.carry(attempt.at) {
                let (query, body) = (attempt.query.clone(), attempt.body.clone());
                self.at(arrival, Event::Push { user, id: attempt.id, query, body });
            }
        }
    }

    /// As a host does it: remember, save, handle, answer. It may end after any of these.
    fn receive(&mut self, user: usize, id: AttemptId, query: &str, body: &[u8]) {
        let query = Query::parse(query).unwrap();
        let now = self.bots_now();
        let received = self.account.receive(&query, body, now).unwrap();
        let push = Push::from(received.inbound());
        assert_eq!(received.inbound().from(), Some(&*self.users[user].openid));
        self.tally.pushes += 1;
        let mut conversation = self.load(user);
        let observation = conversation.observe(push, now);
        if self.crashes() {
            return;
        }
        self.save(user, &conversation);
        if observation == Observation::Repeat {
            self.tally.repeats += 1;
            return self.answer_push(id, true);
        }
        let state = &mut self.users[user];
        let (times, may_again) = state.handled.entry(push.key).or_insert((0, true));
        // A clock that is set may be too far for the memory of a minute.
        let may_forget = self.terms.jumps > 0 || self.terms.rollbacks > 0;
        assert!(*may_again || may_forget, "handled twice");
        state.seen += u64::from(*times == 0);
        let is_first = *times == 0;
        (*times, *may_again) = (*times + 1, false);
        state.change();
        // Whatever the clocks show: who has just written can be answered.
        let may_know = !self.terms.unsubscribes && !self.terms.policy.is_cautious();
        if is_first && may_know && push.trigger == Some(Trigger::Message) {
            self.tally.mute += u64::from(!self.helps_to_wait(user));
        }
        if self.crashes() {
            return;
        }
        if self.happens(self.terms.failures) {
            // What a host does when its handler fails, before it answers anything.
            conversation.forget(push.key);
            self.save(user, &conversation);
            self.users[user].handled.entry(push.key).and_modify(|it| it.1 = true);
            return self.answer_push(id, false);
        }
        for _ in 0..self.rng.u8(0..5) {
            let pause = match self.rng.u8(0..10) {
                0..6 => self.rng.u64(0..5 * SECOND),
                6..9 => self.rng.u64(0..90 * SECOND),
                _ => self.rng.u64(0..50 * 3600 * SECOND),
            };
            self.after(pause, Event::Send(user, Why::First));
        }
        if self.happens(300) {
            let pause = self.rng.u64(0..40 * SECOND);
            self.after(pause, Event::Typing(user));
        }
        self.answer_push(id, true);
    }

    fn answer_push(&mut self, id: AttemptId, is_good: bool) {
        if self.crashes() {
            return;
        }
        for arrival in self.pushes.carry(self.now) {
            self.at(arrival, Event::PushAnswer(id, is_good));
        }
    }

    fn send(&mut self, user: usize, why: Why) {
        let now = self.bots_now();
        let mut conversation = self.load(user);
        match conversation.reserve(now) {
            Ok(Reservation { id, .. }) => {
                if self.crashes() {
                    return;
                }
                self.save(user, &conversation);
                self.tally.reserved += 1;
                let is_new = self.users[user].carried_out.insert(id.number(), 0).is_none();
                let may_forget = self.terms.rollbacks > 0;
                assert!(is_new || may_forget, "a reservation was given out twice");
                if why == Why::AfterLag {
                    self.users[user].again.push(id);
                }
                if self.crashes() {
                    return;
                }
                for arrival in self.calls.carry(self.now) {
                    self.at(arrival, Event::Call(user, id));
                }
                if !self.crashes() {
                    self.after(12 * SECOND, Event::Timeout(user, id));
                }
            }
            Err(Refusal { retry_at, .. }) => {
                self.tally.refused += 1;
                self.check_refusal(user);
                if let (Some(retry_at), Why::First) = (retry_at, why) {
                    let pause = retry_at.as_millis().saturating_sub(now.as_millis());
                    self.after(pause, Event::Send(user, Why::Again));
                }
            }
        }
    }

    fn call(&mut self, user: usize, id: ReservationId) {
        let state = &mut self.users[user];
        let times = state.carried_out.get_mut(&id.number()).unwrap();
        *times += 1;
        assert!(*times == 1 || self.terms.rollbacks > 0, "a reservation was spent twice");
        let errcode = self.platform.send(&state.openid, self.now);
        match errcode {
            0 => self.tally.accepted += 1,
            45015 if state.has_left => self.tally.gone += 1,
            45015 => self.tally.window += 1,
            45047 => {
                self.tally.quota += 1;
                self.tally.refused_again += u64::from(state.again.contains(&id));
            }
            _ => panic!("{errcode}"),
        }
        if !self.crashes() {
            for arrival in self.pushes.carry(self.now) {
                self.at(arrival, Event::Answer(user, id, errcode));
            }
        }
    }

    fn settle(&mut self, user: usize, id: ReservationId, settlement: Settlement) {
        let mut conversation = self.load(user);
        let settled = conversation.settle(id, settlement, self.bots_now());
        if self.crashes() {
            return;
        }
        self.save(user, &conversation);
        let state = &mut self.users[user];
        let is_refusal = settled != Settled::Stale
            && matches!(settlement, Settlement::QuotaExhausted | Settlement::WindowClosed);
        state.corrections += u64::from(is_refusal && id.number() > state.changed);
        if let Settled::RetryAfter(pause) = settled {
            self.tally.retries += 1;
            let pause = u64::try_from(pause.as_millis()).unwrap();
            self.after(pause, Event::Send(user, Why::AfterLag));
        }
    }

    fn show_typing(&mut self, user: usize) -> usize {
        let mut conversation = self.load(user);
        if conversation.start_typing(self.bots_now()).is_ok() {
            self.save(user, &conversation);
            let errcode = self.platform.type_to(&self.users[user].openid, true, self.now);
            self.tally.typing_refused += u64::from(errcode != 0);
        }
        user
    }
}
