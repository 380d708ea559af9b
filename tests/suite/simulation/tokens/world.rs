//! Processes, a store, and the platform.

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

pub(super) const START: Timestamp = Timestamp::from_millis(1_763_700_000_123);
pub(super) const SECOND: u64 = 1000;
pub(super) const DAY: u64 = 86_400_000;
pub(super) const APP_ID: &str = "wx2f5b7c91d8e04a63";
pub(super) const COMPONENT: &str = "wx6e1d0b42a97c8f35";
pub(super) const SECRET: &str = "5f4dcc3b5aa765d61d8327deb882cf99";

pub(super) struct Terms {
    pub(super) source: TokenSource,
    pub(super) processes: usize,
    pub(super) hours: u64,
    /// The longest pause between two calls of a process, in milliseconds.
    pub(super) pause: u64,
    /// The longest time that an answer takes, in milliseconds.
    pub(super) delay: u64,
    /// Of a thousand fetches so many are begun and never end.
    pub(super) crashes: u16,
    /// Of a thousand fetches so many are lost on the way.
    pub(super) losses: u16,
    /// On average, somebody else ends the token so often a day.
    pub(super) kills: u64,
    /// Of a thousand fetches so many take longer than the lease, up to half a minute.
    pub(super) late: u16,
    /// So many programs that share no record fetch for the same account.
    pub(super) programs: usize,
    /// From the second hour on, so many hours in which no fetch succeeds.
    pub(super) outage: Option<(u64, Outage)>,
}

/// Why no fetch succeeds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Outage {
    /// Nothing is answered.
    Silence,
    /// The secret is wrong.
    Secret,
}

impl Terms {
    pub(super) fn new(source: TokenSource, processes: usize, hours: u64) -> Self {
        Self {
            source,
            processes,
            hours,
            pause: 60_000,
            delay: 300,
            crashes: 0,
            losses: 0,
            kills: 0,
            late: 0,
            programs: 1,
            outage: None,
        }
    }
}

/// What a process does next, each a moment after the one before.
#[derive(Clone)]
pub(super) enum Task {
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
    Fetched { id: FetchId, answer: Result<FetchedToken, FetchFailure> },
    /// That a call was rejected is to be noted.
    Reject { token: String, is_retry: bool },
}

#[derive(Clone)]
pub(super) enum Then {
    Fetch { id: FetchId, force: bool, refresh: String },
    Fetched { id: FetchId, answer: Result<FetchedToken, FetchFailure> },
    Reject { token: String, is_retry: bool },
}

#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) calls: u64,
    pub(super) rejected: u64,
    /// Calls that were rejected twice.
    pub(super) failed: u64,
    pub(super) fetches: u64,
    pub(super) forced: Vec<Timestamp>,
    pub(super) lost: u64,
    /// Fetches that the platform refused, and those that a lease did not wait for.
    pub(super) refused: u64,
    pub(super) late: u64,
    /// When each fetch arrived, and when each call succeeded.
    pub(super) fetched: Vec<Timestamp>,
    pub(super) last_success: Timestamp,
    pub(super) kills: u64,
    pub(super) waits: u64,
    pub(super) conflicts: u64,
    pub(super) tokens: BTreeSet<String>,
}

pub(super) struct World {
    terms: Terms,
    now: Timestamp,
    platform: Platform,
    /// Of each program.
    records: Vec<Option<Vec<u8>>>,
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
    pub(super) fn new(terms: Terms, seed: u64) -> Self {
        let setup =
            Setup::official_account().app_id(APP_ID).secret(SECRET).component_app_id(COMPONENT);
        // Programs that replace each other's token do so at once, which is the worst case.
        let overlap = if terms.programs > 1 { 0 } else { 300 };
        let setup = setup.token_overlap(Duration::from_secs(overlap)).refresh_once(terms.late > 0);
        let mut platform = Platform::new(setup, seed).unwrap();
        let refresh = platform.authorize();
        let mut world = Self {
            now: START,
            platform,
            refresh,
            records: vec![None; terms.programs],
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

    pub(super) fn run(mut self) -> Tally {
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

    pub(super) fn soon(
        &mut self,
        process: usize,
        millis: core::ops::RangeInclusive<u64>,
        task: Task,
    ) {
        let due = self.now.saturating_add(Duration::from_millis(self.rng.u64(millis)));
        self.at(due, process, task);
    }

    pub(super) fn at(&mut self, due: Timestamp, process: usize, task: Task) {
        self.count += 1;
        self.tasks.insert((due, self.count), (process, task));
    }

    pub(super) fn keeper(&self, process: usize) -> TokenKeeper {
        match &self.records[process % self.terms.programs] {
            Some(bytes) => TokenKeeper::restore(bytes).unwrap(),
            None if self.terms.source == TokenSource::Authorizer => {
                TokenKeeper::with_refresh_token(self.refresh.as_str())
            }
            None => TokenKeeper::new(self.terms.source),
        }
    }

    pub(super) fn set(&mut self, process: usize, keeper: &TokenKeeper, then: Then) {
        let old = self.records[process % self.terms.programs].clone();
        let new = keeper.snapshot();
        self.soon(process, 0..=20, Task::Set { old, new, then: Box::new(then) });
    }

    pub(super) fn happens(&mut self, per_thousand: u16) -> bool {
        self.rng.u16(0..1000) < per_thousand
    }

    pub(super) fn step(&mut self, process: usize, task: Task) {
        match task {
            Task::Begin { is_retry } => {
                let mut keeper = self.keeper(process);
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
                let record = &mut self.records[process % self.terms.programs];
                let is_set = *record == old;
                if is_set {
                    *record = Some(new);
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
                if !is_rejected {
                    self.tally.last_success = self.now;
                }
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
                let mut keeper = self.keeper(process);
                match keeper.rejected(&token, self.now) {
                    TokenChange::Applied => {
                        self.set(process, &keeper, Then::Reject { token, is_retry });
                    }
                    TokenChange::Stale => self.after_rejection(process, is_retry),
                }
            }
            Task::Fetch { id, force, refresh } => {
                self.tally.fetched.push(self.now);
                let is_silent = self.outage() == Some(Outage::Silence);
                if is_silent || self.happens(self.terms.losses) {
                    self.tally.lost += 1;
                    let answer = Err(FetchFailure::Temporary);
                    return self.soon(process, 3000..=4000, Task::Fetched { id, answer });
                }
                let answer = self.fetch(force, &refresh);
                let is_late = self.happens(self.terms.late);
                self.tally.late += u64::from(is_late);
                let travel = if is_late { 9_000..=30_000 } else { 10..=1500 };
                self.soon(process, travel, Task::Fetched { id, answer });
            }
            Task::Fetched { id, answer } => {
                let mut keeper = self.keeper(process);
                let change = match &answer {
                    Ok(token) => keeper.fetched(id, token.clone(), self.now),
                    Err(failure) => keeper.fetch_failed(id, *failure, self.now),
                };
                if change == TokenChange::Applied {
                    self.set(process, &keeper, Then::Fetched { id, answer });
                }
            }
        }
    }

    /// A call is made once more, and then it is over.
    pub(super) fn after_rejection(&mut self, process: usize, is_retry: bool) {
        self.tally.failed += u64::from(is_retry);
        let task = Task::Begin { is_retry: !is_retry };
        if is_retry {
            self.soon(process, self.terms.pause / 60..=self.terms.pause, task);
        } else {
            self.soon(process, 0..=5, task);
        }
    }

    pub(super) fn outage(&self) -> Option<Outage> {
        let (hours, outage) = self.terms.outage?;
        let hour = START.distance(self.now).as_secs() / 3600;
        (2..2 + hours).contains(&hour).then_some(outage)
    }

    pub(super) fn fetch(
        &mut self,
        force: bool,
        refresh: &str,
    ) -> Result<FetchedToken, FetchFailure> {
        self.tally.fetches += 1;
        if force {
            self.tally.forced.push(self.now);
        }
        let secret = match self.outage() {
            Some(Outage::Secret) => "0123456789abcdef",
            _ => SECRET,
        };
        let (token, answer) = match self.terms.source {
            TokenSource::Authorizer => {
                let ticket = self.platform.verify_ticket();
                let call = GetComponentAccessToken::new(COMPONENT, secret, ticket);
                let component = self.call(&call, "")?.component_access_token;
                let call = GetAuthorizerAccessToken::new(COMPONENT, APP_ID, refresh);
                let answer = self.call(&call, component.expose())?;
                (answer.authorizer_access_token.clone(), FetchedToken::from(answer))
            }
            TokenSource::Token => {
                let answer = self.call(&GetAccessToken::new(APP_ID, secret), "")?;
                (answer.access_token.clone(), answer.into())
            }
            _ => {
                let call = GetStableAccessToken::new(APP_ID, secret).force_refresh(force);
                let answer = self.call(&call, "")?;
                (answer.access_token.clone(), answer.into())
            }
        };
        self.tally.tokens.insert(token.expose().into());
        Ok(answer)
    }

    /// A call for a token. That it is made too often is what the keeper has to prevent.
    pub(super) fn call<E: Endpoint>(
        &mut self,
        endpoint: &E,
        token: &str,
    ) -> Result<E::Output, FetchFailure> {
        let request = endpoint.request().unwrap();
        let target = request.target(token);
        let call = Call::new(request.method().name(), &target).body(request.body());
        let answer = self.platform.call(&call, self.now);
        match endpoint.decode(Response::new(answer.status, &answer.body)).unwrap() {
            Outcome::Accepted(answer) => Ok(answer),
            Outcome::Rejected(rejection) => {
                assert_ne!(rejection.errcode, 45_009, "too many fetches for the platform");
                self.tally.refused += 1;
                Err(rejection.kind().into())
            }
        }
    }
}
