//! One access token for many processes, which share nothing but a record in a store that can compare
//! and set. Between what one of them loads and what it sets, the others go on.

use std::collections::{BTreeMap, BTreeSet};

use core::time::Duration;

use fastrand::Rng;
use wxkf_core::api::{
    self, Endpoint, GetAccessToken, GetAuthorizerAccessToken, GetComponentAccessToken,
    GetStableAccessToken, Outcome, Response,
};
use wxkf_core::{
    FetchFailure, FetchId, FetchedToken, Timestamp, TokenChange, TokenKeeper, TokenSource,
    TokenStep,
};
use wxkf_platform::{Call, Platform, Setup};

const START: Timestamp = Timestamp::from_millis(1_763_700_000_123);
const SECOND: u64 = 1000;
const DAY: u64 = 86_400_000;
const APP_ID: &str = "wx2f5b7c91d8e04a63";
const COMPONENT: &str = "wx6e1d0b42a97c8f35";
const SECRET: &str = "5f4dcc3b5aa765d61d8327deb882cf99";

struct Terms {
    source: TokenSource,
    processes: usize,
    hours: u64,
    /// The longest pause between two calls of a process, in milliseconds.
    pause: u64,
    /// The longest time that an answer takes, in milliseconds.
    delay: u64,
    /// Of a thousand fetches so many are begun and never end.
    crashes: u16,
    /// Of a thousand fetches so many are lost on the way.
    losses: u16,
    /// On average, somebody else ends the token so often a day.
    kills: u64,
}

/// What a process does next, each a moment after the one before.
#[derive(Clone)]
enum Task {
    /// Begins a call to the API, for the first or the second time.
    Begin { is_retry: bool },
    /// Sets what it has loaded and changed, and if nobody was faster goes on.
    Set { old: Option<Vec<u8>>, new: Vec<u8>, then: Box<Then> },
    /// A call arrives at the platform.
    Arrive { token: String, is_retry: bool },
    /// Its answer arrives.
    Answer { token: String, is_retry: bool, is_rejected: bool },
    /// A fetch arrives at the platform, with the refresh token if there is one.
    Fetch { id: FetchId, force: bool, refresh: String },
    /// Its answer arrives.
    Fetched { id: FetchId, answer: Option<FetchedToken> },
    /// That a call was rejected is to be noted.
    Reject { token: String, is_retry: bool },
}

#[derive(Clone)]
enum Then {
    Fetch { id: FetchId, force: bool, refresh: String },
    Fetched { id: FetchId, answer: Option<FetchedToken> },
    Reject { token: String, is_retry: bool },
}

#[derive(Debug, Default)]
struct Tally {
    calls: u64,
    rejected: u64,
    /// Calls that were rejected twice.
    failed: u64,
    fetches: u64,
    forced: Vec<Timestamp>,
    lost: u64,
    kills: u64,
    waits: u64,
    conflicts: u64,
    tokens: BTreeSet<String>,
}

struct World {
    terms: Terms,
    now: Timestamp,
    platform: Platform,
    record: Option<Vec<u8>>,
    /// The tokens of whose end each process has been told.
    dead: Vec<BTreeSet<String>>,
    tasks: BTreeMap<(Timestamp, u64), (usize, Task)>,
    count: u64,
    rng: Rng,
    tally: Tally,
    next_kill: Option<Timestamp>,
    /// What came with the authorisation.
    refresh: String,
}

impl World {
    fn new(terms: Terms, seed: u64) -> Self {
        let setup =
            Setup::official_account().app_id(APP_ID).secret(SECRET).component_app_id(COMPONENT);
        let setup = setup.token_overlap(Duration::from_secs(300));
        let mut platform = Platform::new(setup, seed).unwrap();
        let refresh = platform.authorize();
        let mut world = Self {
            now: START,
            platform,
            refresh,
            record: None,
            dead: vec![BTreeSet::new(); terms.processes],
            tasks: BTreeMap::new(),
            count: 0,
            rng: Rng::with_seed(seed),
            tally: Tally::default(),
            next_kill: (terms.kills > 0).then_some(START),
            terms,
        };
        for process in 0..world.terms.processes {
            world.soon(process, 0..=SECOND, Task::Begin { is_retry: false });
        }
        world
    }

    fn run(mut self) -> Tally {
        let end = START.saturating_add(Duration::from_millis(self.terms.hours * 3600 * SECOND));
        while let Some(((now, _), (process, task))) = self.tasks.pop_first() {
            self.now = now;
            if now >= end {
                break;
            }
            if self.next_kill.is_some_and(|kill| kill <= now) {
                self.platform.kill_token(now);
                self.tally.kills += 1;
                let pause = self.rng.u64(0..=2 * DAY / self.terms.kills);
                self.next_kill = Some(now.saturating_add(Duration::from_millis(pause)));
            }
            self.step(process, task);
        }
        self.tally
    }

    fn soon(&mut self, process: usize, millis: core::ops::RangeInclusive<u64>, task: Task) {
        let due = self.now.saturating_add(Duration::from_millis(self.rng.u64(millis)));
        self.at(due, process, task);
    }

    fn at(&mut self, due: Timestamp, process: usize, task: Task) {
        self.count += 1;
        self.tasks.insert((due, self.count), (process, task));
    }

    fn keeper(&self) -> TokenKeeper {
        match &self.record {
            Some(bytes) => TokenKeeper::restore(bytes).unwrap(),
            None if self.terms.source == TokenSource::Authorizer => {
                TokenKeeper::with_refresh_token(self.refresh.as_str())
            }
            None => TokenKeeper::new(self.terms.source),
        }
    }

    fn set(&mut self, process: usize, keeper: &TokenKeeper, then: Then) {
        let (old, new) = (self.record.clone(), keeper.snapshot());
        self.soon(process, 0..=20, Task::Set { old, new, then: Box::new(then) });
    }

    fn happens(&mut self, per_thousand: u16) -> bool {
        self.rng.u16(0..1000) < per_thousand
    }

    fn step(&mut self, process: usize, task: Task) {
        match task {
            Task::Begin { is_retry } => {
                let mut keeper = self.keeper();
                match keeper.step(self.now) {
                    TokenStep::Use(token) => {
                        let token = token.expose().to_string();
                        assert!(!self.dead[process].contains(&token), "used after it was rejected");
                        self.soon(process, 1..=300, Task::Arrive { token, is_retry });
                    }
                    TokenStep::Wait(until) => {
                        assert!(until > self.now);
                        self.tally.waits += 1;
                        self.at(until, process, Task::Begin { is_retry });
                    }
                    TokenStep::Fetch { id, force } => {
                        let refresh = keeper.refresh_token().map(|token| token.expose().into());
                        let refresh = refresh.unwrap_or_default();
                        self.set(process, &keeper, Then::Fetch { id, force, refresh });
                        // The call itself goes on when there is a token.
                        self.soon(process, 30..=60, Task::Begin { is_retry });
                    }
                }
            }
            Task::Set { old, new, then } => {
                let is_set = self.record == old;
                if is_set {
                    self.record = Some(new);
                } else {
                    self.tally.conflicts += 1;
                }
                match (*then, is_set) {
                    (Then::Fetch { id, force, refresh }, true) => {
                        if !self.happens(self.terms.crashes) {
                            self.soon(process, 10..=1500, Task::Fetch { id, force, refresh });
                        }
                    }
                    // Somebody else was faster; whether one is to be fetched is asked anew.
                    (Then::Fetch { .. }, false) => {}
                    (Then::Fetched { id, answer }, false) => {
                        self.soon(process, 0..=5, Task::Fetched { id, answer });
                    }
                    (Then::Reject { token, is_retry }, false) => {
                        self.soon(process, 0..=5, Task::Reject { token, is_retry });
                    }
                    (Then::Fetched { .. }, true) => {}
                    (Then::Reject { is_retry, .. }, true) => {
                        self.after_rejection(process, is_retry)
                    }
                }
            }
            Task::Arrive { token, is_retry } => {
                let request = api::request("getcallbackip", "{}").unwrap();
                let target = request.target(&token);
                let call = Call::new(request.method().name(), &target);
                let answer = self.platform.call(&call, self.now);
                let response = Response::new(answer.status, &answer.body);
                let is_rejected = match api::decode("getcallbackip", response).unwrap() {
                    Outcome::Accepted(_) => false,
                    Outcome::Rejected(rejection) => {
                        assert_eq!(rejection.kind(), api::RejectionKind::TokenRejected);
                        true
                    }
                };
                self.tally.calls += 1;
                self.tally.rejected += u64::from(is_rejected);
                let answer = Task::Answer { token, is_retry, is_rejected };
                self.soon(process, 1..=self.terms.delay, answer);
            }
            Task::Answer { token, is_retry, is_rejected: true } => {
                self.dead[process].insert(token.clone());
                self.step(process, Task::Reject { token, is_retry });
            }
            Task::Answer { .. } => self.soon(
                process,
                self.terms.pause / 60..=self.terms.pause,
                Task::Begin { is_retry: false },
            ),
            Task::Reject { token, is_retry } => {
                let mut keeper = self.keeper();
                match keeper.rejected(&token, self.now) {
                    TokenChange::Applied => {
                        self.set(process, &keeper, Then::Reject { token, is_retry });
                    }
                    TokenChange::Stale => self.after_rejection(process, is_retry),
                }
            }
            Task::Fetch { id, force, refresh } => {
                let answer = self.fetch(force, &refresh);
                if self.happens(self.terms.losses) {
                    self.tally.lost += 1;
                    let failed = Task::Fetched { id, answer: None };
                    return self.soon(process, 3000..=4000, failed);
                }
                self.soon(process, 10..=1500, Task::Fetched { id, answer });
            }
            Task::Fetched { id, answer } => {
                let mut keeper = self.keeper();
                let change = match &answer {
                    Some(token) => keeper.fetched(id, token.clone(), self.now),
                    None => keeper.fetch_failed(id, FetchFailure::Temporary, self.now),
                };
                if change == TokenChange::Applied {
                    self.set(process, &keeper, Then::Fetched { id, answer });
                }
            }
        }
    }

    /// A call is made once more, and then it is over.
    fn after_rejection(&mut self, process: usize, is_retry: bool) {
        self.tally.failed += u64::from(is_retry);
        let task = Task::Begin { is_retry: !is_retry };
        if is_retry {
            self.soon(process, self.terms.pause / 60..=self.terms.pause, task);
        } else {
            self.soon(process, 0..=5, task);
        }
    }

    fn fetch(&mut self, force: bool, refresh: &str) -> Option<FetchedToken> {
        self.tally.fetches += 1;
        if force {
            self.tally.forced.push(self.now);
        }
        let (token, answer) = match self.terms.source {
            TokenSource::Authorizer => {
                let ticket = self.platform.verify_ticket();
                let call = GetComponentAccessToken::new(COMPONENT, SECRET, ticket);
                let component = self.call(&call, "").component_access_token;
                let call = GetAuthorizerAccessToken::new(COMPONENT, APP_ID, refresh);
                let answer = self.call(&call, component.expose());
                (answer.authorizer_access_token.clone(), FetchedToken::from(answer))
            }
            TokenSource::Token => {
                let answer = self.call(&GetAccessToken::new(APP_ID, SECRET), "");
                (answer.access_token.clone(), answer.into())
            }
            _ => {
                let call = GetStableAccessToken::new(APP_ID, SECRET).force_refresh(force);
                let answer = self.call(&call, "");
                (answer.access_token.clone(), answer.into())
            }
        };
        self.tally.tokens.insert(token.expose().into());
        Some(answer)
    }

    /// A call that the platform has to accept.
    fn call<E: Endpoint>(&mut self, endpoint: &E, token: &str) -> E::Output {
        let request = endpoint.request().unwrap();
        let target = request.target(token);
        let call = Call::new(request.method().name(), &target).body(request.body());
        let answer = self.platform.call(&call, self.now);
        match endpoint.decode(Response::new(answer.status, &answer.body)).unwrap() {
            Outcome::Accepted(answer) => answer,
            Outcome::Rejected(rejection) => panic!("{rejection}"),
        }
    }
}

fn play(name: &str, terms: Terms, seed: u64) -> Tally {
    let processes = terms.processes;
    let tally = World::new(terms, seed).run();
    let Tally { calls, rejected, failed, fetches, lost, kills, waits, conflicts, .. } = &tally;
    println!(
        "{name}, {processes} processes, seed {seed}: {calls} calls, {rejected} rejected, {failed} twice, \
         {fetches} fetches, {} of them forced, {lost} lost, {} tokens, {kills} ended, {waits} waits, \
         {conflicts} conflicts",
        tally.forced.len(),
        tally.tokens.len()
    );
    for pair in tally.forced.windows(2) {
        assert!(pair[0].distance(pair[1]) >= Duration::from_secs(28), "forced too soon");
    }
    for first in &tally.forced {
        let in_a_day =
            |it: &&Timestamp| **it >= *first && first.distance(**it).as_secs() < 86_400 - 2;
        assert!(tally.forced.iter().filter(in_a_day).count() <= 20, "forced too often");
    }
    tally
}

#[test]
fn many_processes_make_one_fetch_for_each_token() {
    for source in TokenSource::ALL.iter().copied() {
        for processes in 2..=16 {
            let terms = Terms {
                source,
                processes,
                hours: 48,
                pause: 60_000,
                delay: 300,
                crashes: 0,
                losses: 0,
                kills: 0,
            };
            let tally = play(&format!("{source:?}"), terms, 800 + processes as u64);
            assert_eq!(tally.rejected, 0);
            assert_eq!(tally.fetches, tally.tokens.len() as u64, "one fetch for each token");
            // 7200 s each, less the margin of 300 s.
            assert!((25..=27).contains(&tally.fetches), "{} in two days", tally.fetches);
            assert!(tally.forced.is_empty());
        }
    }
}

#[test]
fn a_token_that_others_end_is_replaced_once_and_no_call_is_made_a_third_time() {
    for source in TokenSource::ALL.iter().copied() {
        for processes in [2, 3, 5, 8, 13, 16] {
            let terms = Terms {
                source,
                processes,
                hours: 96,
                pause: 60_000,
                delay: 300,
                crashes: 0,
                losses: 0,
                kills: 8,
            };
            let tally = play(&format!("{source:?}, ended"), terms, 900 + processes as u64);
            // Each process meets the end of a token at most once, but for what is under way then.
            assert!(tally.rejected <= tally.kills * processes as u64, "{tally:?}");
            assert!(tally.rejected > 0 && tally.failed <= tally.kills);
            // A stable token is asked for once before it is forced.
            let a_kill = if source == TokenSource::StableToken { 2 } else { 1 };
            assert!(tally.fetches <= 53 + a_kill * tally.kills, "{tally:?}");
        }
    }
}

#[test]
fn fetchers_may_die_and_fetches_be_lost() {
    for source in TokenSource::ALL.iter().copied() {
        for processes in [2, 7, 16] {
            let terms = Terms {
                source,
                processes,
                hours: 96,
                pause: 60_000,
                delay: 300,
                crashes: 100,
                losses: 100,
                kills: 8,
            };
            let tally = play(&format!("{source:?}, dying"), terms, 1000 + processes as u64);
            assert!(tally.calls > 1000 && tally.lost > 0);
            assert!(tally.fetches <= 2 * (53 + 2 * tally.kills), "{tally:?}");
        }
    }
}

#[test]
fn busy_processes_do_not_fetch_more() {
    for source in TokenSource::ALL.iter().copied() {
        // Answers take so long that some are about a token that has been replaced meanwhile.
        let (processes, hours, pause, delay) = (16, 6, 400, 6000);
        let terms =
            Terms { source, processes, hours, pause, delay, crashes: 0, losses: 0, kills: 40 };
        let tally = play(&format!("{source:?}, busy"), terms, 1100);
        assert!(tally.conflicts > 0 && tally.kills > 2, "{tally:?}");
        let a_kill = if source == TokenSource::StableToken { 2 } else { 1 };
        assert!(tally.fetches <= 4 + a_kill * tally.kills, "{tally:?}");
        assert!(tally.rejected <= 2 * tally.kills * processes as u64);
    }
}
