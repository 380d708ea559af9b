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
    /// Of a thousand fetches so many take longer than the lease, up to half a minute.
    late: u16,
    /// So many programs that share no record fetch for the same account.
    programs: usize,
    /// From the second hour on, so many hours in which no fetch succeeds.
    outage: Option<(u64, Outage)>,
}

/// Why no fetch succeeds.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Outage {
    /// Nothing is answered.
    Silence,
    /// The secret is wrong.
    Secret,
}

impl Terms {
    fn new(source: TokenSource, processes: usize, hours: u64) -> Self {
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
    Fetched { id: FetchId, answer: Result<FetchedToken, FetchFailure> },
    /// That a call was rejected is to be noted.
    Reject { token: String, is_retry: bool },
}

#[derive(Clone)]
enum Then {
    Fetch { id: FetchId, force: bool, refresh: String },
    Fetched { id: FetchId, answer: Result<FetchedToken, FetchFailure> },
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
    /// Fetches that the platform refused, and those that a lease did not wait for.
    refused: u64,
    late: u64,
    /// When each fetch arrived, and when each call succeeded.
    fetched: Vec<Timestamp>,
    last_success: Timestamp,
    kills: u64,
    waits: u64,
    conflicts: u64,
    tokens: BTreeSet<String>,
}

struct World {
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
    fn new(terms: Terms, seed: u64) -> Self {
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

    fn keeper(&self, process: usize) -> TokenKeeper {
        match &self.records[process % self.terms.programs] {
            Some(bytes) => TokenKeeper::restore(bytes).unwrap(),
            None if self.terms.source == TokenSource::Authorizer => {
                TokenKeeper::with_refresh_token(self.refresh.as_str())
            }
            None => TokenKeeper::new(self.terms.source),
        }
    }

    fn set(&mut self, process: usize, keeper: &TokenKeeper, then: Then) {
        let old = self.records[process % self.terms.programs].clone();
        let new = keeper.snapshot();
        self.soon(process, 0..=20, Task::Set { old, new, then: Box::new(then) });
    }

    fn happens(&mut self, per_thousand: u16) -> bool {
        self.rng.u16(0..1000) < per_thousand
    }

    fn step(&mut self, process: usize, task: Task) {
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
    fn after_rejection(&mut self, process: usize, is_retry: bool) {
        self.tally.failed += u64::from(is_retry);
        let task = Task::Begin { is_retry: !is_retry };
        if is_retry {
            self.soon(process, self.terms.pause / 60..=self.terms.pause, task);
        } else {
            self.soon(process, 0..=5, task);
        }
    }

    fn outage(&self) -> Option<Outage> {
        let (hours, outage) = self.terms.outage?;
        let hour = START.distance(self.now).as_secs() / 3600;
        (2..2 + hours).contains(&hour).then_some(outage)
    }

    fn fetch(&mut self, force: bool, refresh: &str) -> Result<FetchedToken, FetchFailure> {
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
    fn call<E: Endpoint>(&mut self, endpoint: &E, token: &str) -> Result<E::Output, FetchFailure> {
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

fn play(name: &str, terms: Terms, seed: u64) -> Tally {
    let processes = terms.processes;
    let tally = World::new(terms, seed).run();
    let Tally { calls, rejected, failed, fetches, lost, refused, late, .. } = &tally;
    let Tally { kills, waits, conflicts, .. } = &tally;
    println!(
        "{name}, {processes} processes, seed {seed}: {calls} calls, {rejected} rejected, {failed} twice, \
         {fetches} fetches, {} of them forced, {lost} lost, {refused} refused, {late} late, {} tokens, \
         {kills} ended, {waits} waits, {conflicts} conflicts",
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
            let terms = Terms::new(source, processes, 48);
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
            let terms = Terms { kills: 8, ..Terms::new(source, processes, 96) };
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
            let terms =
                Terms { crashes: 100, losses: 100, kills: 8, ..Terms::new(source, processes, 96) };
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
        let processes = 16;
        let terms =
            Terms { pause: 400, delay: 6000, kills: 40, ..Terms::new(source, processes, 6) };
        let tally = play(&format!("{source:?}, busy"), terms, 1100);
        assert!(tally.conflicts > 0 && tally.kills > 2, "{tally:?}");
        let a_kill = if source == TokenSource::StableToken { 2 } else { 1 };
        assert!(tally.fetches <= 4 + a_kill * tally.kills, "{tally:?}");
        assert!(tally.rejected <= 2 * tally.kills * processes as u64);
    }
}

#[test]
fn a_stable_token_is_not_forced_more_often_than_the_platform_allows() {
    // Somebody ends it a hundred times a day; past the budget there is nothing but to wait.
    let terms = Terms { kills: 100, ..Terms::new(TokenSource::StableToken, 5, 60) };
    let tally = play("ended all day long", terms, 1600);
    // As often as it may: forty in these hours, and twenty more on the third day.
    assert!(tally.forced.len() == 60, "{tally:?}");
}

#[test]
fn while_no_fetch_succeeds_there_are_pauses_and_then_it_goes_on() {
    for source in TokenSource::ALL.iter().copied() {
        for (outage, most) in [(Outage::Silence, 5 * 70), (Outage::Secret, 5 * 7)] {
            let outage = Some((5, outage));
            let terms = Terms { outage, pause: 5_000, ..Terms::new(source, 7, 12) };
            let name = format!("{source:?}, {outage:?}");
            let tally = play(&name, terms, 1700);
            let hour = |at: &Timestamp| START.distance(*at).as_secs() / 3600;
            let during = tally.fetched.iter().filter(|at| (2..7).contains(&hour(at))).count();
            assert!((10..=most).contains(&during), "{during} fetches in five hours of nothing");
            // The first pauses are short, for what is over soon.
            let begin = tally.fetched.iter().find(|at| hour(at) >= 2).unwrap();
            let soon = |at: &&Timestamp| *at >= begin && begin.distance(**at).as_secs() < 60;
            let soon = tally.fetched.iter().filter(soon).count();
            assert_eq!(soon > 2, matches!(outage, Some((_, Outage::Silence))), "{soon}");
            // And in the end all is well: the longest pause is ten minutes.
            assert!(hour(&tally.last_success) >= 11, "{tally:?}");
            assert!(tally.fetched.iter().any(|at| START.distance(*at).as_secs() < 7 * 3600 + 660));
        }
    }
}

#[test]
fn a_refresh_token_that_comes_late_is_kept() {
    // The platform takes each but once, so an answer that nobody waits for has the only good one.
    for processes in [2, 7] {
        let terms =
            Terms { late: 300, kills: 8, ..Terms::new(TokenSource::Authorizer, processes, 96) };
        let hours = terms.hours;
        let tally = play("refresh tokens come late", terms, 1800 + processes as u64);
        assert!(tally.late > 10 && tally.refused > 0, "{tally:?}");
        let end = START.distance(tally.last_success).as_secs();
        assert!(end > hours * 3600 - 900, "the authorisation is lost: {tally:?}");
    }
}

#[test]
fn programs_that_replace_each_others_token_stay_within_the_calls_of_a_day() {
    // The platform's own limit, 2 000 a day, is looked at with each call.
    let terms = Terms { programs: 2, pause: 3_000, ..Terms::new(TokenSource::Token, 4, 50) };
    let tally = play("two programs", terms, 1900);
    assert!(tally.fetches > 500 && tally.fetches < 2 * 2_000, "{tally:?}");
}
