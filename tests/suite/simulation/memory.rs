//! One memory of pushes in a process, for all users: real pushes on a bad line, payments that come again
//! for a day, handlers that fail, a process that begins again from what it has written.

use std::collections::HashMap;

use core::time::Duration;

use fastrand::Rng;
use wxkf_core::{Account, Dedupe, DedupeKey, Inbound, Observation, Query, Timestamp};
use wxkf_platform::{Action, AttemptId, Faults, Link, Platform, PushAnswer, Setup};

const START: Timestamp = Timestamp::from_millis(1_763_700_000_123);
const DAY: u64 = 86_400;
/// So many seconds after the one before a notice of a payment is repeated, for a little over a day.
const AGAIN: [u64; 15] =
    [15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10_800, 10_800, 10_800, 21_600, 24_600];

enum Event {
    Act(usize),
    Pay(usize),
    /// A notice of a payment, for the so manieth time.
    Paid(u64, usize),
    Push {
        id: AttemptId,
        query: String,
        body: Vec<u8>,
    },
    Answer(AttemptId),
    Restart,
}

#[derive(Debug, Default)]
struct Tally {
    pushes: u64,
    repeats: u64,
    handled: u64,
    failed: u64,
    restarts: u64,
    most: usize,
}

struct World {
    now: Timestamp,
    platform: Platform,
    account: Account,
    horizon: Duration,
    memory: Dedupe,
    /// What the process wrote last.
    written: Vec<u8>,
    capacity: usize,
    /// All that came, each with its last moment as something new, and whether it may come as new again.
    seen: HashMap<DedupeKey, (Timestamp, bool)>,
    line: Link,
    rng: Rng,
    events: std::collections::BTreeMap<(Timestamp, u64), Event>,
    count: u64,
    payments: u64,
    tally: Tally,
}

impl World {
    fn new(capacity: usize, horizon: Duration, seed: u64) -> Self {
        let setup = Setup::official_account().keep_chat(false);
        let mut rng = Rng::with_seed(seed);
        let memory = Dedupe::new(capacity, horizon);
        let mut world = Self {
            now: START,
            account: setup.account().unwrap(),
            platform: Platform::new(setup, seed).unwrap(),
            horizon,
            written: memory.snapshot(),
            memory,
            capacity,
            seen: HashMap::new(),
            line: Link::new(Faults::NONE.loss(100).duplication(100).delay(0..=4000), rng.u64(..)),
            rng,
            events: std::collections::BTreeMap::new(),
            count: 0,
            payments: 0,
            tally: Tally::default(),
        };
        for user in 0..50 {
            world.after(user as u64, Event::Act(user));
            world.after(user as u64, Event::Pay(user));
        }
        world.after(3600, Event::Restart);
        world
    }

    fn after(&mut self, secs: u64, event: Event) {
        let due = self.now.saturating_add(Duration::from_secs(secs));
        self.at(due, event);
    }

    fn at(&mut self, due: Timestamp, event: Event) {
        self.count += 1;
        self.events.insert((due, self.count), event);
    }

    fn run(mut self, days: u64) -> Tally {
        let end = START.saturating_add(Duration::from_secs(days * DAY));
        while self.now < end {
            let next = self.events.first_key_value().map(|(key, _)| key.0).unwrap();
            if let Some(due) = self.platform.next_deadline().filter(|due| *due <= next) {
                self.now = due;
                for attempt in self.platform.attempts(due) {
                    for arrival in self.line.carry(attempt.at) {
                        let (query, body) = (attempt.query.clone(), attempt.body.clone());
                        self.at(arrival, Event::Push { id: attempt.id, query, body });
                    }
                }
                continue;
            }
            let ((now, _), event) = self.events.pop_first().unwrap();
            self.now = now;
            self.step(event);
        }
        self.tally
    }

    fn step(&mut self, event: Event) {
        match event {
            Event::Act(user) => {
                self.platform.act(&format!("o{user}"), Action::Write("在吗"), self.now);
                // At night nobody writes: then the memory is as old as it can be.
                let is_night = self.now.as_secs() % DAY < 7 * 3600;
                let pause = if is_night { 8 * 3600 } else { self.rng.u64(1..1200) };
                self.after(pause, Event::Act(user));
            }
            Event::Pay(user) => {
                self.payments += 1;
                self.after(0, Event::Paid(self.payments, 0));
                let pause = self.rng.u64(1..2 * DAY);
                self.after(pause, Event::Pay(user));
            }
            Event::Paid(number, times) => {
                // The answer may be lost as well as the notice.
                let is_over = self.line.carry(self.now).is_empty() && self.rng.bool();
                let body = format!(
                    "<xml><ToUserName>gh_0</ToUserName><MsgType>event</MsgType>\
                     <Event>xpay_goods_deliver_notify</Event><OutTradeNo>{number}</OutTradeNo></xml>"
                );
                let inbound = Inbound::decode_unverified(body.as_bytes()).unwrap();
                let _ = self.observe(inbound.dedupe_key());
                if let (Some(pause), false) = (AGAIN.get(times), is_over) {
                    self.after(*pause, Event::Paid(number, times + 1));
                }
            }
            Event::Push { id, query, body } => {
                let query = Query::parse(&query).unwrap();
                let received = self.account.receive(&query, &body, self.now).unwrap();
                if self.observe(received.inbound().dedupe_key()) {
                    for arrival in self.line.carry(self.now) {
                        self.at(arrival, Event::Answer(id));
                    }
                }
            }
            Event::Answer(id) => {
                self.platform.answer_push(id, PushAnswer::Answered(b"success"), self.now);
            }
            Event::Restart => {
                self.tally.restarts += 1;
                self.memory = Dedupe::restore(&self.written, self.capacity, self.horizon).unwrap();
                self.after(3600, Event::Restart);
            }
        }
    }

    /// As a host does it. Whether it is done with.
    fn observe(&mut self, key: DedupeKey) -> bool {
        self.tally.pushes += 1;
        let known = self.seen.get(&key).copied();
        let is_within = |since: Timestamp| since.distance(self.now) < self.horizon;
        match self.memory.observe(key, self.now) {
            Observation::Repeat { since } => {
                self.tally.repeats += 1;
                let (last, may_again) = known.unwrap();
                assert_eq!(since, last);
                assert!(is_within(since) && !may_again, "what is over is known for ever");
            }
            Observation::Overflow => panic!("a memory forgets its oldest key instead"),
            Observation::New => {
                if let Some((last, may_again)) = known {
                    assert!(may_again || !is_within(last), "handled twice");
                }
                self.tally.handled += u64::from(known.is_none());
                let fails = self.rng.u8(0..20) == 0;
                self.seen.insert(key, (self.now, fails));
                if fails {
                    self.tally.failed += 1;
                    self.memory.forget(key);
                }
                // No more than came within the horizon: it takes a moment to count, so now and then.
                if self.tally.handled % 64 == 0 {
                    let live = self.seen.values().filter(|(at, _)| is_within(*at)).count();
                    assert!(self.memory.len() <= live, "{} of {live}", self.memory.len());
                }
                self.tally.most = self.tally.most.max(self.memory.len());
                self.written = self.memory.snapshot();
                return !fails;
            }
        }
        true
    }
}

fn play(name: &str, capacity: usize, horizon: Duration, days: u64, seed: u64) -> Tally {
    let tally = World::new(capacity, horizon, seed).run(days);
    println!("memory, {name}, seed {seed}: {tally:?}");
    assert!(tally.handled > 1000 && tally.repeats > 1000 && tally.failed > 10, "{tally:?}");
    tally
}

#[test]
fn a_memory_of_a_minute_knows_the_repeats_of_a_minute() {
    let tally = play("a minute", 1000, Duration::from_secs(60), 4, 2000);
    assert!(tally.most < 300, "it holds a minute, not a day: {tally:?}");
}

#[test]
fn a_memory_of_a_day_handles_a_payment_once() {
    // The last notice comes a little more than a day after the first.
    play("a day", 10_000, Duration::from_secs(26 * 3600), 4, 2001);
}
