//! The keeper of a token does what a naive model of its rules does, whatever happens and whatever
//! the clock shows; and no bytes make it break the budget of forced fetches.

mod model;

use core::time::Duration;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use wxkf_core::{
    Code, FetchFailure, FetchId, FetchedToken, Timestamp, TokenChange, TokenKeeper, TokenSource,
    TokenStep,
};

use self::model::{Model, Said};

const START: i64 = 1_763_700_000_000;
const SECOND: i64 = 1000;
const HOUR: i64 = 3600 * SECOND;
const DAY: i64 = 24 * HOUR;
const TOKENS: &[&str] = &["A", "B", "C", "D", "", "not one"];

/// Where the rules change.
const LENGTHS: &[i64] = &[
    0,
    1,
    250,
    999,
    SECOND,
    4 * SECOND,
    10 * SECOND - 1,
    10 * SECOND,
    29_999,
    30 * SECOND,
    60 * SECOND,
    120 * SECOND,
    600 * SECOND,
    6900 * SECOND,
    2 * HOUR,
    DAY,
    3 * DAY,
];

#[derive(Clone, Debug)]
enum Action {
    /// The clock goes on.
    Pass(i64),
    /// The clock goes on to the deadline, or to a little before or after it.
    PassToDeadline(i64),
    /// The clock is set.
    Jump(i64),
    /// The record is kept and read again.
    Reload,
    /// A call with this token is rejected.
    Rejected(Which),
    Step,
    /// The fetch of so many ids ago ends.
    Fetched {
        ago: i64,
        token: Which,
        lifetime: i64,
        refresh_token: bool,
    },
    FetchFailed {
        ago: i64,
        failure: FetchFailure,
    },
}

#[derive(Clone, Copy, Debug)]
enum Which {
    /// The one that is kept.
    Kept,
    Of(&'static str),
}

fn sources() -> impl Strategy<Value = TokenSource> {
    select(vec![TokenSource::StableToken, TokenSource::Token, TokenSource::Authorizer])
}

fn actions() -> impl Strategy<Value = Vec<Action>> {
    let one = prop_oneof![
        6 => action().prop_map(|action| vec![action]),
        // A token is rejected, comes again, and is forced; then again or another one.
        1 => (fetched(Just(0), Just(Which::Kept)), fetched(Just(0), which())).prop_map(
            |(again, forced)| {
                let go_on = || [Action::PassToDeadline(0), Action::Step];
                let rejected = [Action::Rejected(Which::Kept)];
                [&rejected[..], &go_on(), &[again], &go_on(), &[forced]].concat()
            },
        ),
    ];
    vec(one, 1..160).prop_map(|actions| actions.concat())
}

fn action() -> impl Strategy<Value = Action> {
    let ago = || prop_oneof![12 => Just(0_i64), 1 => Just(1_i64), 1 => Just(-1_i64)];
    let failure = select(vec![FetchFailure::Temporary, FetchFailure::Misconfigured]);
    let jump = prop_oneof![select(LENGTHS), 0..3 * DAY];
    prop_oneof![
        3 => select(LENGTHS).prop_map(Action::Pass),
        3 => (-1..=1_i64).prop_map(Action::PassToDeadline),
        1 => (jump, any::<bool>())
            .prop_map(|(length, back)| Action::Jump(if back { -length } else { length })),
        1 => Just(Action::Reload),
        4 => which().prop_map(Action::Rejected),
        8 => Just(Action::Step),
        8 => fetched(ago(), which()),
        2 => (ago(), failure).prop_map(|(ago, failure)| Action::FetchFailed { ago, failure }),
    ]
}

fn which() -> impl Strategy<Value = Which> {
    prop_oneof![2 => Just(Which::Kept), 3 => select(TOKENS).prop_map(Which::Of)]
}

fn fetched(
    ago: impl Strategy<Value = i64>,
    token: impl Strategy<Value = Which>,
) -> impl Strategy<Value = Action> {
    let lifetime = prop_oneof![
        4 => Just(7200 * SECOND),
        2 => select(LENGTHS),
        2 => 0..2 * HOUR,
        1 => Just(i64::MAX),
    ];
    (ago, token, lifetime, any::<bool>()).prop_map(|(ago, token, lifetime, refresh_token)| {
        Action::Fetched { ago, token, lifetime, refresh_token }
    })
}

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(u64::try_from(millis).unwrap())
}

fn millis(moment: Timestamp) -> i64 {
    i64::try_from(moment.as_millis()).unwrap()
}

/// Both at once, and the clock.
struct Walk {
    keeper: TokenKeeper,
    model: Model,
    now: i64,
    /// What its ids count from.
    life: u64,
    /// Whether no moment that is kept lies in the future.
    clock_is_good: bool,
}

impl Walk {
    fn new(source: TokenSource) -> Self {
        Self {
            keeper: TokenKeeper::new(source),
            model: Model { source, ..Model::default() },
            now: START,
            life: 0,
            clock_is_good: true,
        }
    }

    fn id(&self, number: i64) -> FetchId {
        FetchId::new(u64::try_from(number).map_or(u64::MAX, |number| self.life + number))
    }

    fn token(&self, which: Which) -> &'static str {
        match which {
            Which::Kept => self.model.token.map_or("A", |(token, ..)| token),
            Which::Of(token) => token,
        }
    }

    fn take(&mut self, action: &Action) {
        let now = self.now;
        let before = self.keeper.clone();
        let changes = |change: TokenChange| change == TokenChange::Applied;
        let is_changed = match *action {
            Action::Pass(length) => return self.now += length,
            Action::PassToDeadline(off) => {
                let deadline = self.keeper.next_deadline().map_or(now, millis);
                return self.now = now.max(deadline + off);
            }
            Action::Jump(length) => {
                self.clock_is_good &= length >= 0;
                return self.now += length;
            }
            Action::Reload => {
                let bytes = self.keeper.snapshot();
                self.keeper = TokenKeeper::restore(&bytes).unwrap();
                assert_eq!(self.keeper.snapshot(), bytes);
                false
            }
            Action::Rejected(which) => {
                let token = self.token(which);
                let changed = changes(self.keeper.rejected(token, at(now)));
                assert_eq!(changed, self.model.rejected(token, now));
                changed
            }
            Action::Step => return self.step(),
            Action::Fetched { ago, token, lifetime, refresh_token } => {
                let (number, token) = (self.model.ids - ago, self.token(token));
                let life = Duration::from_millis(u64::try_from(lifetime).unwrap());
                let mut answer = FetchedToken::new(token, life);
                let text = format!("refreshtoken@@@{number}");
                if refresh_token {
                    answer = answer.refresh_token(text.as_str());
                }
                let changed = changes(self.keeper.fetched(self.id(number), answer, at(now)));
                let mut expected = self.model.fetched(number, token, lifetime, now);
                // A refresh token is kept from any answer later than the one that gave the last.
                if refresh_token && (self.model.refreshed_by + 1..=self.model.ids).contains(&number)
                {
                    (self.model.refresh_token, self.model.refreshed_by) = (Some(text), number);
                    expected = true;
                }
                assert_eq!(changed, expected);
                changed
            }
            Action::FetchFailed { ago, failure } => {
                let number = self.model.ids - ago;
                let changed = changes(self.keeper.fetch_failed(self.id(number), failure, at(now)));
                assert_eq!(changed, self.model.failed(number, failure, now));
                changed
            }
        };
        assert_eq!(is_changed, self.keeper != before, "{action:?}");
        let refresh_token = self.keeper.refresh_token().map(|token| token.expose());
        assert_eq!(refresh_token, self.model.refresh_token.as_deref());
    }

    fn step(&mut self) {
        let now = self.now;
        let before = self.keeper.snapshot();
        if self.clock_is_good {
            self.check_deadline();
        }
        let step = self.keeper.step(at(now));
        let said = match &step {
            TokenStep::Fetch { id, force } => {
                self.life = id.number() - id.ordinal();
                Said::Fetch { id: i64::try_from(id.ordinal()).unwrap(), force: *force }
            }
            TokenStep::Use(token) => {
                let token = TOKENS.iter().find(|known| **known == token.expose());
                Said::Use(token.unwrap())
            }
            TokenStep::Wait(until) => Said::Wait(millis(*until)),
        };
        assert_eq!(said, self.model.step(now));
        assert_eq!(is_fetch(&step), self.keeper.snapshot() != before);
        if let Said::Wait(until) = said {
            assert!(now < until && until < now + 2 * DAY);
        }
    }

    /// The deadline is the very moment from which on it says `Fetch`.
    fn check_deadline(&self) {
        let fetches = |moment| is_fetch(&self.keeper.clone().step(moment));
        match self.keeper.next_deadline() {
            Some(deadline) if millis(deadline) > self.now => {
                assert!(!fetches(at(self.now)) && !fetches(at(millis(deadline) - 1)));
                assert!(fetches(deadline));
            }
            _ => assert!(fetches(at(self.now))),
        }
    }
}

const fn is_fetch(step: &TokenStep) -> bool {
    matches!(step, TokenStep::Fetch { .. })
}

/// A platform that answers whatever it likes, and a caller that never gives up: the moments at which
/// the keeper forces a fetch, of a clock that runs as it should.
fn forced_by(mut keeper: TokenKeeper, begin: Timestamp, answers: &[(bool, u32)]) -> Vec<u64> {
    let mut now = begin;
    let mut forced = Vec::new();
    for (round, (is_another, expires_in)) in answers.iter().cycle().take(400).enumerate() {
        match keeper.step(now) {
            TokenStep::Fetch { id, force } => {
                if force {
                    forced.push(now.as_millis());
                }
                let token = if *is_another { format!("token{round}") } else { "A".to_owned() };
                let life = Duration::from_secs((*expires_in).into());
                let _ = keeper.fetched(id, FetchedToken::new(token, life), now);
            }
            TokenStep::Use(token) => {
                assert_eq!(keeper.rejected(token.expose(), now), TokenChange::Applied);
            }
            TokenStep::Wait(until) => {
                assert!(now < until && until.distance(now) <= Duration::from_secs(2 * 86_400));
                now = until;
            }
        }
    }
    forced
}

fn check_budget(forced: &[u64]) {
    for pair in forced.windows(2) {
        assert!(pair[1] - pair[0] >= 30_000, "{pair:?}");
    }
    for day in forced.windows(21) {
        assert!(day[20] - day[0] >= 86_400_000, "{day:?}");
    }
}

/// Whatever these bytes are, what is read from them keeps to the rules.
fn check_bytes(bytes: &[u8], answers: &[(bool, u32)]) {
    let keeper = match TokenKeeper::restore(bytes) {
        Ok(keeper) => keeper,
        Err(error) => {
            assert!([Code::SnapshotMalformed, Code::SnapshotVersion].contains(&error.code()));
            return;
        }
    };
    let bytes = keeper.snapshot();
    assert_eq!(TokenKeeper::restore(&bytes).as_ref(), Ok(&keeper));
    check_budget(&forced_by(keeper.clone(), at(START), answers));
    // Where its own moments count.
    let deadline = keeper.next_deadline().filter(|deadline| deadline.as_secs() < 1 << 40);
    let begin = deadline.unwrap_or_default().as_millis().saturating_sub(5_000);
    check_budget(&forced_by(keeper, Timestamp::from_millis(begin), answers));
}

fn answers() -> impl Strategy<Value = Vec<(bool, u32)>> {
    let expires_in = prop_oneof![Just(7200), 0..100_u32, any::<u32>()];
    vec((proptest::bool::weighted(0.3), expires_in), 1..8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn the_keeper_does_what_the_model_does(source in sources(), actions in actions()) {
        let mut walk = Walk::new(source);
        actions.iter().for_each(|action| walk.take(action));
        walk.step();
    }

    #[test]
    fn no_platform_makes_it_break_the_budget(answers in answers()) {
        check_budget(&forced_by(TokenKeeper::new(TokenSource::StableToken), at(START), &answers));
        for source in [TokenSource::Authorizer, TokenSource::Token] {
            let forced = forced_by(TokenKeeper::new(source), at(START), &answers);
            prop_assert!(forced.is_empty());
        }
    }

    #[test]
    fn no_bytes_make_it_break_the_budget(
        bytes in vec(any::<u8>(), 0..80),
        small in vec(0..4_u8, 0..40),
        answers in answers(),
    ) {
        check_bytes(&bytes, &answers);
        for version in [1, 2] {
            check_bytes(&[b"T", &[version][..], &bytes].concat(), &answers);
            check_bytes(&[b"T", &[version][..], &small].concat(), &answers);
        }
    }

    #[test]
    fn no_changed_record_makes_it_break_the_budget(
        source in sources(),
        actions in actions(),
        changes in vec((any::<Index>(), any::<u8>(), 0..4_u8), 1..4),
        answers in answers(),
    ) {
        let mut walk = Walk::new(source);
        actions.iter().for_each(|action| walk.take(action));
        let mut bytes = walk.keeper.snapshot();
        for (place, byte, change) in changes {
            let place = place.index(bytes.len());
            match change {
                0 => bytes[place] ^= 1 << (byte % 8),
                1 => bytes[place] = byte,
                2 => bytes.insert(place, byte),
                _ if bytes.len() > 1 => drop(bytes.remove(place)),
                _ => {}
            }
        }
        check_bytes(&bytes, &answers);
    }
}
