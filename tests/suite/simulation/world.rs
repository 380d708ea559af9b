//! A bot and its users on both sides of a bad line. Everything happens in the order of time, and
//! depends on nothing but the seed.

use std::collections::{BTreeMap, HashMap, HashSet};

use core::time::Duration;

use fastrand::Rng;
use wxkf_core::api::{Endpoint as _, GetAccessToken, Outcome, Response};
use wxkf_core::{Account, Conversation, DedupeKey, ReservationId, Settlement, Timestamp, Trigger};
use wxkf_platform::{AttemptId, Call, Clock, Link, Platform};

use super::tally::Tally;
use super::terms::{APP_ID, SECRET, Terms};

const START: Timestamp = Timestamp::from_millis(1_763_700_000_123);
pub(super) const SECOND: u64 = 1000;
const DAY: i64 = 86_400_000;

pub(super) enum Event {
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
    Answer(usize, ReservationId, Vec<u8>),
    /// The bot has waited long enough for it.
    Timeout(usize, ReservationId),
    Typing(usize),
    Other(usize),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Why {
    First,
    /// It was refused, and this is when the refusal said.
    Again,
    /// The platform refused it, and may not have known of the user's message.
    AfterLag,
}

/// What left for the platform under a reservation.
pub(super) struct Request {
    /// By the record, and as far as anybody could know: the user had not left without being told.
    pub(super) sure: bool,
    pub(super) left_at: Timestamp,
    /// How often it arrived.
    pub(super) times: u64,
}

#[derive(Default)]
pub(super) struct User {
    pub(super) openid: String,
    /// What the store has, and until when it keeps that.
    pub(super) record: Option<Vec<u8>>,
    pub(super) keep_until: Option<Timestamp>,
    /// What it had.
    pub(super) records: Vec<Vec<u8>>,
    /// Actions that are pushed, and those of them that the bot has seen.
    pub(super) acted: u64,
    pub(super) seen: u64,
    pub(super) has_left: bool,
    pub(super) last_left: Timestamp,
    /// The user has left since the bot last knew everything.
    pub(super) left_untold: bool,
    /// How often each push was handled, and whether it may be once more.
    pub(super) handled: HashMap<DedupeKey, (u64, bool)>,
    pub(super) requests: HashMap<ReservationId, Request>,
    pub(super) settled: HashSet<ReservationId>,
    pub(super) last_id: Option<ReservationId>,
    /// Requests that have left and not arrived.
    pub(super) under_way: u64,
    /// The last reservation when somebody else sent, or when something came to be known.
    pub(super) changed: Option<ReservationId>,
    /// Refusals of later ones, while the bounds were wrong.
    pub(super) corrections: u64,
    /// Reservations for what was to be tried again.
    pub(super) again: Vec<ReservationId>,
    /// What had been reserved when the first refusal of a grant was to be tried again.
    pub(super) first_retry: Option<ReservationId>,
    /// When a message last went either way, and since when nothing of that is hidden from the bot.
    pub(super) traffic: Timestamp,
    pub(super) fog_until: Timestamp,
}

pub(super) struct World {
    pub(super) terms: Terms,
    pub(super) now: Timestamp,
    pub(super) platform: Platform,
    pub(super) users: Vec<User>,
    pub(super) tally: Tally,
    pub(super) account: Account,
    pub(super) token: String,
    pub(super) rng: Rng,
    pub(super) pushes: Link,
    pub(super) calls: Link,
    events: BTreeMap<(Timestamp, u64), Event>,
    count: u64,
}

impl User {
    /// The bot has come to know of something, or somebody else has sent.
    pub(super) fn change(&mut self, trigger: Option<Trigger>, now: Timestamp) {
        self.corrections = 0;
        self.changed = self.last_id;
        if trigger.is_some() {
            self.first_retry = None;
        }
        if trigger == Some(Trigger::Enter) {
            // Perhaps it grants nothing, as a penalty.
            self.fog_until = self.fog_until.max(now.saturating_add(Duration::from_secs(61)));
        }
    }
}

impl World {
    pub(super) fn new(terms: Terms, users: usize, seed: u64) -> Self {
        let mut rng = Rng::with_seed(seed);
        let user = |number| User { openid: format!("o{number}"), ..User::default() };
        let mut platform = Platform::new(terms.setup.clone(), rng.u64(..)).unwrap();
        let mut world = Self {
            now: START,
            token: token(&mut platform),
            platform,
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
        match event {
            Event::Act(user) => Some(self.act(user)),
            Event::Push { user, id, query, body } => {
                self.receive(user, id, &query, &body);
                Some(user)
            }
            Event::PushAnswer(id, is_good) => {
                self.push_answered(id, is_good);
                None
            }
            Event::Send(user, why) => {
                self.send(user, why);
                Some(user)
            }
            Event::Call(user, id) => {
                self.call(user, id);
                Some(user)
            }
            Event::Answer(user, id, body) => {
                self.answered(user, id, &body);
                Some(user)
            }
            Event::Timeout(user, id) => {
                self.settle(user, id, Settlement::Unknown);
                Some(user)
            }
            Event::Typing(user) => Some(self.show_typing(user)),
            Event::Other(user) => {
                if self.platform.send_elsewhere(&self.users[user].openid, "", now) == 0 {
                    self.users[user].change(None, now);
                }
                Some(user)
            }
        }
    }

    /// What the bot's clock shows.
    pub(super) fn bots_now(&self) -> Timestamp {
        self.terms.clock.read(self.now)
    }

    pub(super) fn later(&self, millis: u64) -> Timestamp {
        self.now.saturating_add(Duration::from_millis(millis))
    }

    /// What the store knows of a user.
    pub(super) fn load(&mut self, user: usize) -> Conversation {
        let now = self.bots_now();
        let state = &mut self.users[user];
        let is_over = self.terms.drops && state.keep_until.is_none_or(|until| until <= now);
        if is_over && state.record.take().is_some() {
            self.tally.dropped += 1;
        }
        self.look(user)
    }

    /// The same without a change.
    pub(super) fn look(&self, user: usize) -> Conversation {
        let policy = self.terms.policy.clone();
        match &self.users[user].record {
            Some(bytes) => Conversation::restore(bytes, policy).unwrap(),
            None => Conversation::new(policy),
        }
    }

    pub(super) fn save(&mut self, user: usize, conversation: &Conversation) {
        let bytes = conversation.snapshot();
        assert!(bytes.len() <= Conversation::MAX_SNAPSHOT);
        let state = &mut self.users[user];
        state.keep_until = conversation.keep_until();
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

    pub(super) fn happens(&mut self, per_thousand: u16) -> bool {
        per_thousand > 0 && self.rng.u16(0..1000) < per_thousand
    }

    pub(super) fn crashes(&mut self) -> bool {
        let crashes = self.happens(self.terms.crashes);
        self.tally.crashes += u64::from(crashes);
        crashes
    }

    pub(super) fn after(&mut self, millis: u64, event: Event) {
        self.at(self.later(millis), event);
    }

    pub(super) fn at(&mut self, due: Timestamp, event: Event) {
        self.count += 1;
        self.events.insert((due, self.count), event);
    }
}

/// The access token for all calls of a world.
fn token(platform: &mut Platform) -> String {
    let endpoint = GetAccessToken::new(APP_ID, SECRET);
    let request = endpoint.request().unwrap();
    let target = request.target("");
    let answer = platform.call(&Call::new(request.method().name(), &target), START);
    match endpoint.decode(Response::new(answer.status, &answer.body)).unwrap() {
        Outcome::Accepted(answer) => answer.access_token.expose().into(),
        Outcome::Rejected(rejection) => panic!("{rejection}"),
    }
}
