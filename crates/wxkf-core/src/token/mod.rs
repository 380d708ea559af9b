//! One access token and everything that decides when to fetch the next one, as plain data.

mod fetched;
mod forced;
mod kept;
mod record;
mod span;
mod step;

pub use fetched::{FetchFailure, FetchedToken, TokenSource};
pub use step::{FetchId, TokenChange, TokenStep};

use core::time::Duration;

use crate::api::Secret;
use crate::time::Timestamp;
use forced::Forced;
use kept::{Kept, MAX_LENGTH, MAX_LIFETIME, Standing, is_token};
use span::Span;

/// How long the others wait before they look again whether a token has come.
const POLL: Duration = Duration::from_millis(250);

/// Back-off after failures: the first pause, and the longest.
const TEMPORARY: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(60)];
const MISCONFIGURED: [Duration; 2] = [Duration::from_secs(60), Duration::from_secs(600)];

/// The pauses between fetches where one token after the other is rejected young, from the second one
/// on.
const TAKING_TURNS: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(120)];

/// The largest integer that every language has: a JavaScript number is exact up to here.
const LAST_ID: u64 = (1 << 53) - 1;

/// Keeps one access token: says when to use it, when to fetch the next one and when to wait, so that
/// one caller fetches at a time, failures are spaced out and a forced fetch stays within its budget.
///
/// It is data, without a clock and without I/O. The host's loop is this:
///
/// ```
/// use wxkf_core::api::{
///     Endpoint, GetStableAccessToken, Outcome, Rejection, RejectionKind, Request, Response, Secret,
///     SendMessage,
/// };
/// use wxkf_core::{
///     Error, FetchFailure, Outbound, Timestamp, TokenKeeper, TokenSource, TokenStep,
/// };
///
/// # struct Answer { status: u16, body: Vec<u8> }
/// # struct Host { time: u64, calls: Vec<String> }
/// # impl Host {
/// #     fn now(&self) -> Timestamp { Timestamp::from_millis(self.time) }
/// #     fn sleep_until(&mut self, until: Timestamp) { self.time = until.as_millis(); }
/// #     fn http(&mut self, request: &Request, token: &str) -> Answer {
/// #         let path = request.path();
/// #         self.calls.push(format!("{path} {token}"));
/// #         let body = match (path, token, self.calls.len()) {
/// #             ("/cgi-bin/stable_token", _, 1) => r#"{"access_token":"FIRST","expires_in":7200}"#,
/// #             ("/cgi-bin/stable_token", _, _) => r#"{"access_token":"SECOND","expires_in":7200}"#,
/// #             (_, "FIRST", _) => r#"{"errcode":40001,"errmsg":"invalid credential"}"#,
/// #             _ => r#"{"errcode":0,"errmsg":"ok"}"#,
/// #         };
/// #         Answer { status: 200, body: body.into() }
/// #     }
/// # }
/// /// A token to call with.
/// fn token(keeper: &mut TokenKeeper, host: &mut Host) -> Result<Secret, Error> {
///     loop {
///         match keeper.step(host.now()) {
///             TokenStep::Use(token) => return Ok(token),
///             // A host that answers a person gives up after a while instead.
///             TokenStep::Wait(until) => host.sleep_until(until),
///             TokenStep::Fetch { id, force } => {
///                 let call = GetStableAccessToken::new("APPID", "APPSECRET").force_refresh(force);
///                 let answer = host.http(&call.request()?, "");
///                 match call.decode(Response::new(answer.status, &answer.body)) {
///                     Ok(Outcome::Accepted(answer)) => keeper.fetched(id, answer, host.now()),
///                     Ok(Outcome::Rejected(rejection)) => {
///                         keeper.fetch_failed(id, rejection.kind().into(), host.now())
///                     }
///                     Err(_) => keeper.fetch_failed(id, FetchFailure::Temporary, host.now()),
///                 };
///             }
///         }
///     }
/// }
///
/// /// Calls, and once more with another token if the first is rejected: once, never in a loop.
/// fn send(keeper: &mut TokenKeeper, host: &mut Host) -> Result<Option<Rejection>, Error> {
///     let call = SendMessage::new("OPENID", Outbound::text("您好"));
///     let request = call.request()?;
///     let mut is_retry = false;
///     loop {
///         let token = token(keeper, host)?;
///         let answer = host.http(&request, token.expose());
///         match call.decode(Response::new(answer.status, &answer.body))? {
///             Outcome::Accepted(()) => return Ok(None),
///             Outcome::Rejected(rejection) => {
///                 let is_about_token = rejection.kind() == RejectionKind::TokenRejected;
///                 if is_about_token {
///                     keeper.rejected(token.expose(), host.now());
///                 }
///                 if is_retry || !is_about_token {
///                     return Ok(Some(rejection));
///                 }
///                 is_retry = true;
///             }
///         }
///     }
/// }
///
/// let mut keeper = TokenKeeper::new(TokenSource::StableToken);
/// # let mut host = Host { time: 1_763_700_000_000, calls: Vec::new() };
/// assert_eq!(send(&mut keeper, &mut host)?, None);
/// # assert_eq!(host.calls.len(), 4);
/// # Ok::<(), Error>(())
/// ```
///
/// # Several processes
///
/// Processes that use one account share one record, in any store that can compare and set. All there
/// is to know is in it, also who is fetching. Each change is loaded, made and set; if the record has
/// changed meanwhile, it is loaded again. What `step` says is carried out after it is saved: `Fetch`
/// counts only then. [`Use`](TokenStep::Use) and [`Wait`](TokenStep::Wait) change nothing, so there
/// is nothing to save.
///
/// ```
/// use wxkf_core::{Error, FetchedToken, Timestamp, TokenKeeper, TokenSource, TokenStep};
///
/// # struct Store { record: std::cell::RefCell<Option<Vec<u8>>> }
/// # impl Store {
/// #     fn load(&self) -> Option<Vec<u8>> { self.record.borrow().clone() }
/// #     fn compare_and_set(&self, old: &Option<Vec<u8>>, new: Vec<u8>) -> bool {
/// #         if *self.record.borrow() != *old { return false; }
/// #         *self.record.borrow_mut() = Some(new);
/// #         true
/// #     }
/// # }
/// /// Makes one change to the shared record.
/// fn change<T>(
///     store: &Store,
///     mut change: impl FnMut(&mut TokenKeeper) -> T,
/// ) -> Result<T, Error> {
///     loop {
///         let old = store.load();
///         let mut keeper = match &old {
///             Some(bytes) => TokenKeeper::restore(bytes)?,
///             None => TokenKeeper::new(TokenSource::StableToken),
///         };
///         let result = change(&mut keeper);
///         let new = keeper.snapshot();
///         if old.as_ref() == Some(&new) || store.compare_and_set(&old, new) {
///             return Ok(result);
///         }
///     }
/// }
///
/// # let store = Store { record: None.into() };
/// # let hour = std::time::Duration::from_secs(3600);
/// let now = Timestamp::from_secs(1_763_700_000);
/// let one = change(&store, |keeper| keeper.step(now))?;
/// let other = change(&store, |keeper| keeper.step(now))?;
///
/// // One process fetches …
/// let TokenStep::Fetch { id, force: false } = one else { panic!() };
/// change(&store, |keeper| keeper.fetched(id, FetchedToken::new("TOKEN", hour), now))?;
/// // … and the other one looks again in a moment.
/// assert!(matches!(other, TokenStep::Wait(until) if until > now));
/// assert_eq!(change(&store, |keeper| keeper.step(now))?, TokenStep::Use("TOKEN".into()));
/// # Ok::<(), Error>(())
/// ```
///
/// # Rules
///
/// A token is used until its time is over, and fetched anew a tenth of it (at most 300 seconds)
/// before: one caller fetches, the others go on with the old one. A failed fetch is repeated after 1
/// second, 2, 4, up to 60; after 60 seconds to 10 minutes where repeating it is no use.
///
/// A rejected token is not used again. When a stable token is fetched and it is the same one, the
/// next fetch is forced, at least 30 seconds after the last forced one and up to 20 times in 24
/// hours; until then, or until the token's own time is over, there is nothing but to wait. Of the
/// other sources every answer is a new token; when two programs that share no record replace each
/// other's, the pauses between the fetches grow, up to 2 minutes: then their calls a day are within
/// what the platform allows.
///
/// Clocks may be set back or be wrong for a while. A moment in the record counts for its length
/// before it, too, but not from further in the future, so that no waiting is for ever.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TokenKeeper {
    source: TokenSource,
    refresh_token: Option<Secret>,
    kept: Option<Kept>,
    /// Of the fetch that was given out last.
    last_id: u64,
    /// Of the fetch from which the refresh token is, or 0.
    answered_id: u64,
    lease: Option<Span>,
    pause: Option<Span>,
    /// Failures of each kind since the last success.
    temporary: u8,
    misconfigured: u8,
    /// Tokens in a row that were rejected young.
    rejected_young: u8,
    forced: Forced,
}

impl TokenKeeper {
    /// How long one caller has for a fetch before another one may take its place; its answer is
    /// stale from then on. Give the HTTP request a shorter time-out.
    pub const LEASE: Duration = Duration::from_secs(10);

    /// The most bytes that a token or a refresh token may have, four times what WeChat asks to keep
    /// room for (page 获取接口调用凭据, read 2026-11-21).
    pub const MAX_TOKEN_LENGTH: usize = MAX_LENGTH;

    /// Begins without a token.
    #[must_use]
    pub fn new(source: TokenSource) -> Self {
        Self { source, ..Self::default() }
    }

    /// Begins for an account that authorised a third-party platform, with the refresh token
    /// (`authorizer_refresh_token`) that came with the authorisation.
    ///
    /// One that is empty, longer than [`MAX_TOKEN_LENGTH`](Self::MAX_TOKEN_LENGTH) or has characters
    /// other than visible ASCII is not kept.
    #[must_use]
    pub fn with_refresh_token(refresh_token: impl Into<Secret>) -> Self {
        let refresh_token = Some(refresh_token.into()).filter(is_token);
        Self { refresh_token, ..Self::new(TokenSource::Authorizer) }
    }

    /// What to do now to have a token. Only [`TokenStep::Fetch`] changes anything.
    #[must_use = "a fetch that is given out has to be made"]
    pub fn step(&mut self, now: Timestamp) -> TokenStep {
        let good = self.good().filter(|kept| kept.life.holds(now));
        let next_fetch = match good {
            Some(kept) if now < kept.due_at() => Some(kept.due_at()),
            _ => self.free_at(now),
        };
        match (good, next_fetch) {
            (_, None) => self.fetch(now),
            (Some(kept), Some(_)) => TokenStep::Use(kept.token.clone()),
            (None, Some(until)) => TokenStep::Wait(until),
        }
    }

    /// Takes what a fetch answered. The token's time begins now, so call it as soon as the answer is
    /// there; more than 24 hours are taken for 24.
    ///
    /// A refresh token that comes with it replaces the one before: save the record before anything
    /// else, for once it is lost the account has to authorise the platform again. So it is kept even
    /// if its fetch took too long and another one is under way; the token beside it then is not.
    ///
    /// An answer that is of no use counts as a failed fetch, and is `Applied` as such: a lifetime of
    /// 0, or a token that is empty, too long, not visible ASCII, or once more the one that was
    /// rejected.
    pub fn fetched(
        &mut self,
        id: FetchId,
        answer: impl Into<FetchedToken>,
        now: Timestamp,
    ) -> TokenChange {
        let FetchedToken { token, expires_in, refresh_token } = answer.into();
        let is_under_way = self.end_lease(id);
        // Whoever fetched before may have used the refresh token up that is kept here.
        let is_later = self.answered_id < id.number() && id.number() <= self.last_id;
        let refresh_token = refresh_token.filter(|it| is_token(it) && (is_under_way || is_later));
        let has_refresh_token = refresh_token.is_some();
        if has_refresh_token {
            self.refresh_token = refresh_token;
            self.answered_id = id.number();
        }
        if !is_under_way {
            return if has_refresh_token { TokenChange::Applied } else { TokenChange::Stale };
        }
        let life = Span::new(now, expires_in.min(MAX_LIFETIME));
        let is_of_use = match &mut self.kept {
            _ if !is_token(&token) || life.is_empty() => false,
            Some(kept) if kept.standing != Standing::Good && kept.token == token => {
                kept.life = life;
                let can_be_forced = self.source == TokenSource::StableToken;
                let is_first = can_be_forced && kept.standing == Standing::Rejected;
                if is_first {
                    kept.standing = Standing::AnsweredAgain;
                }
                is_first
            }
            kept => {
                let is_good = |old: &Kept| old.standing == Standing::Good;
                if kept.as_ref().is_some_and(|old| is_good(old) && !old.is_young(now)) {
                    self.rejected_young = 0;
                }
                *kept = Some(Kept { token, life, standing: Standing::Good });
                true
            }
        };
        if is_of_use {
            (self.pause, self.temporary, self.misconfigured) = (None, 0, 0);
        } else {
            self.fail(FetchFailure::Temporary, now);
        }
        TokenChange::Applied
    }

    /// Takes note that a fetch failed: the next one has to wait.
    pub fn fetch_failed(
        &mut self,
        id: FetchId,
        failure: FetchFailure,
        now: Timestamp,
    ) -> TokenChange {
        if !self.end_lease(id) {
            return TokenChange::Stale;
        }
        self.fail(failure, now);
        TokenChange::Applied
    }

    /// Takes note that a call with this token was answered by 40001, 40014 or 42001
    /// ([`RejectionKind::TokenRejected`](crate::api::RejectionKind::TokenRejected)).
    ///
    /// `Stale` if another token is kept by now, or this one is known to be rejected: then, too, call
    /// once more with the token of the next step.
    pub fn rejected(&mut self, token: &str, now: Timestamp) -> TokenChange {
        // Who calls this has the token; there is nothing to learn from how long it takes.
        let kept = self.kept.as_mut().filter(|kept| kept.standing == Standing::Good);
        let Some(kept) = kept.filter(|kept| kept.token.expose() == token) else {
            return TokenChange::Stale;
        };
        kept.standing = Standing::Rejected;
        let is_young = kept.is_young(now);
        if self.source != TokenSource::StableToken {
            self.rejected_young = if is_young { self.rejected_young.saturating_add(1) } else { 0 };
            let pauses = self.rejected_young.saturating_sub(1);
            self.pause_for(doubled(TAKING_TURNS, pauses), now);
        }
        TokenChange::Applied
    }

    /// The refresh token for the next fetch ([`TokenSource::Authorizer`]).
    #[must_use]
    pub const fn refresh_token(&self) -> Option<&Secret> {
        self.refresh_token.as_ref()
    }

    /// From when on [`step`](Self::step) says `Fetch`, if nothing else happens and the clock runs as
    /// it should: for a timer that fetches ahead of need. `None`: it does so already.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Timestamp> {
        let due_at = self.good().map(Kept::due_at);
        let budget =
            self.to_force().and_then(|kept| Some(self.forced.free()?.min(kept.life.end())));
        [due_at, self.lease.map(Span::end), self.pause.map(Span::end), budget]
            .into_iter()
            .max()
            .flatten()
    }

    /// When the next fetch may be made, if not now.
    fn free_at(&self, now: Timestamp) -> Option<Timestamp> {
        if let Some(lease) = self.lease.filter(|lease| lease.holds(now)) {
            return Some(Span::new(now, POLL).end().min(lease.end()));
        }
        let pause = self.pause.filter(|pause| pause.holds(now)).map(Span::end);
        let to_force = self.to_force().filter(|kept| kept.life.holds(now));
        let budget = to_force.and_then(|kept| Some(self.forced.free_at(now)?.min(kept.life.end())));
        pause.max(budget)
    }

    fn fetch(&mut self, now: Timestamp) -> TokenStep {
        // When its time is over, a plain fetch answers another one.
        let force = self.to_force().is_some_and(|kept| kept.life.holds(now));
        if force {
            self.forced.spend(now);
        }
        self.pause = None;
        self.lease = Some(Span::new(now, Self::LEASE));
        self.last_id = if self.last_id < LAST_ID { self.last_id.saturating_add(1) } else { 1 };
        TokenStep::Fetch { id: FetchId::new(self.last_id), force }
    }

    fn good(&self) -> Option<&Kept> {
        self.kept.as_ref().filter(|kept| kept.standing == Standing::Good)
    }

    fn to_force(&self) -> Option<&Kept> {
        self.kept.as_ref().filter(|kept| kept.standing == Standing::AnsweredAgain)
    }

    /// Whether this is the fetch that is under way; it is not any more.
    fn end_lease(&mut self, id: FetchId) -> bool {
        id.number() == self.last_id && self.lease.take().is_some()
    }

    fn fail(&mut self, failure: FetchFailure, now: Timestamp) {
        let (count, pauses) = match failure {
            FetchFailure::Misconfigured => (&mut self.misconfigured, MISCONFIGURED),
            FetchFailure::Temporary => (&mut self.temporary, TEMPORARY),
        };
        *count = count.saturating_add(1);
        let pause = doubled(pauses, *count);
        self.pause_for(pause, now);
    }

    /// A longer pause is not cut short.
    fn pause_for(&mut self, length: Duration, now: Timestamp) {
        let pause = Span::new(now, length);
        let longer = self.pause.filter(|old| old.holds(now) && old.end() > pause.end());
        self.pause = longer.or(Some(pause)).filter(|pause| !pause.is_empty());
    }
}

/// Nothing for the 0th time, the first for the 1st, and twice as long each time up to the longest.
fn doubled([first, longest]: [Duration; 2], time: u8) -> Duration {
    match time.checked_sub(1) {
        None => Duration::ZERO,
        Some(doublings) => {
            first.saturating_mul(2_u32.saturating_pow(doublings.into())).min(longest)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::RejectionKind;
    use TokenChange::{Applied, Stale};
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    const SECOND: u64 = 1000;
    const HOUR: u64 = 3600 * SECOND;
    const TWO_HOURS: Duration = Duration::from_secs(7200);
    const SOURCES: [TokenSource; 3] =
        [TokenSource::Authorizer, TokenSource::StableToken, TokenSource::Token];

    /// Milliseconds after a moment of this century.
    fn at(millis: u64) -> Timestamp {
        Timestamp::from_millis(millis.saturating_add(1_763_700_000_000))
    }

    fn answer(token: &str) -> FetchedToken {
        FetchedToken::new(token, TWO_HOURS)
    }

    fn fetch(id: u64) -> TokenStep {
        TokenStep::Fetch { id: FetchId::new(id), force: false }
    }

    fn force(id: u64) -> TokenStep {
        TokenStep::Fetch { id: FetchId::new(id), force: true }
    }

    fn wait(millis: u64) -> TokenStep {
        TokenStep::Wait(at(millis))
    }

    fn using(token: &str) -> TokenStep {
        TokenStep::Use(token.into())
    }

    /// What a fetch at this moment answers.
    fn give(keeper: &mut TokenKeeper, answer: FetchedToken, now: Timestamp) {
        let TokenStep::Fetch { id, .. } = keeper.step(now) else { panic!("no fetch at {now:?}") };
        assert_eq!(keeper.fetched(id, answer, now), Applied);
    }

    /// Has fetched this one at the beginning.
    fn keeping(source: TokenSource, token: &str) -> TokenKeeper {
        let mut keeper = TokenKeeper::new(source);
        give(&mut keeper, answer(token), at(0));
        keeper
    }

    /// A fetch at this moment fails.
    fn fail(keeper: &mut TokenKeeper, failure: FetchFailure, now: Timestamp) {
        let TokenStep::Fetch { id, .. } = keeper.step(now) else { panic!("no fetch at {now:?}") };
        assert_eq!(keeper.fetch_failed(id, failure, now), Applied);
    }

    #[test]
    fn one_caller_fetches_and_the_others_wait() {
        for source in SOURCES {
            let mut keeper = TokenKeeper::new(source);
            assert_eq!(keeper.step(at(0)), fetch(1));
            assert_eq!(keeper.step(at(0)), wait(250));
            assert_eq!(keeper.step(at(9_749)), wait(9_999));
            assert_eq!(keeper.step(at(9_900)), wait(10_000), "the lease ends sooner");
            assert_eq!(keeper.fetched(FetchId::new(1), answer("A"), at(9_950)), Applied);
            assert_eq!(keeper.step(at(9_950)), using("A"));
        }
    }

    #[test]
    fn a_fetcher_that_does_not_come_back_is_replaced_and_its_answer_is_stale() {
        let mut keeper = TokenKeeper::default();
        assert_eq!(keeper.step(at(0)), fetch(1));
        assert_eq!(keeper.step(at(9_999)), wait(10_000));
        assert_eq!(keeper.step(at(10_000)), fetch(2));
        let before = keeper.clone();
        for id in [0, 1, 3, u64::MAX] {
            assert_eq!(keeper.fetched(FetchId::new(id), answer("A"), at(10_001)), Stale);
            let failed = keeper.fetch_failed(FetchId::new(id), FetchFailure::Temporary, at(10_001));
            assert_eq!(failed, Stale);
        }
        assert_eq!(keeper, before);
        // Late, but nobody has taken its place.
        assert_eq!(keeper.fetched(FetchId::new(2), answer("B"), at(30_000)), Applied);
        let before = keeper.clone();
        assert_eq!(keeper.fetched(FetchId::new(2), answer("C"), at(30_000)), Stale);
        let failed = keeper.fetch_failed(FetchId::new(2), FetchFailure::Temporary, at(30_000));
        assert_eq!((failed, &keeper), (Stale, &before));
        assert_eq!(keeper.step(at(30_000)), using("B"));
    }

    #[test]
    fn use_and_wait_change_nothing() {
        let mut keeper = TokenKeeper::default();
        let is_unchanged = |keeper: &mut TokenKeeper, now| {
            let before = keeper.snapshot();
            let step = keeper.step(now);
            let is_fetch = matches!(step, TokenStep::Fetch { .. });
            assert_eq!(before == keeper.snapshot(), !is_fetch, "{step:?}");
            is_fetch
        };
        assert!(is_unchanged(&mut keeper, at(0)));
        assert!(!is_unchanged(&mut keeper, at(1)), "the lease");
        keeper.fetched(FetchId::new(1), answer("A"), at(0));
        assert!(!is_unchanged(&mut keeper, at(1)), "the token");
        assert!(is_unchanged(&mut keeper, at(2 * HOUR)));
        keeper.fetch_failed(FetchId::new(2), FetchFailure::Temporary, at(2 * HOUR));
        assert!(!is_unchanged(&mut keeper, at(2 * HOUR)), "the back-off");
    }

    #[test]
    fn near_the_end_one_fetches_and_the_others_use_the_old_one() {
        // The margin is a tenth, and at most 300 seconds.
        for (expires_in, due) in
            [(7200, 6_900_000), (3000, 2_700_000), (2900, 2_610_000), (345, 310_500), (1, 900)]
        {
            let mut keeper = TokenKeeper::default();
            let life = Duration::from_secs(expires_in);
            give(&mut keeper, FetchedToken::new("A", life), at(0));
            assert_eq!(keeper.next_deadline(), Some(at(due)));
            assert_eq!(keeper.step(at(due - 1)), using("A"));
            assert_eq!(keeper.step(at(due)), fetch(2));
            assert_eq!(keeper.step(at(due)), using("A"));
        }
        // The fetch fails: the old one is used to its hard end, then there is none.
        let mut keeper = keeping(TokenSource::StableToken, "A");
        let end = 2 * HOUR;
        assert_eq!(keeper.step(at(end - 500)), fetch(2));
        assert_eq!(keeper.step(at(end - 1)), using("A"));
        assert_eq!(keeper.step(at(end)), wait(end + 250));
        keeper.fetch_failed(FetchId::new(2), FetchFailure::Temporary, at(end - 100));
        assert_eq!(keeper.step(at(end - 1)), using("A"));
        assert_eq!(keeper.step(at(end)), wait(end + 900));
    }

    #[test]
    fn a_lifetime_has_bounds() {
        let mut keeper = TokenKeeper::default();
        give(&mut keeper, FetchedToken::new("A", Duration::MAX), at(0));
        assert_eq!(keeper.next_deadline(), Some(at(24 * HOUR - 300 * SECOND)));
        // Nothing is left of it, or less than the clock can tell.
        for nothing in [Duration::ZERO, Duration::from_micros(999)] {
            let mut keeper = TokenKeeper::default();
            give(&mut keeper, FetchedToken::new("A", nothing), at(0));
            assert_eq!(keeper.step(at(0)), wait(1_000));
        }
    }

    #[test]
    fn an_answer_of_no_use_is_a_failure_that_backs_off() {
        let longest = "x".repeat(TokenKeeper::MAX_TOKEN_LENGTH);
        let longer = format!("{longest}x");
        for token in ["", "a b", "a\n", "a\0", "a\u{7f}", "令牌", &longer] {
            let mut keeper = TokenKeeper::default();
            give(&mut keeper, answer(token), at(0));
            assert_eq!(keeper.step(at(999)), wait(1_000), "{token:?}");
            give(&mut keeper, answer(token), at(1_000));
            assert_eq!(keeper.step(at(1_000)), wait(3_000));
            give(&mut keeper, answer("A"), at(3_000));
            assert_eq!(keeper.step(at(3_000)), using("A"));
        }
        assert_eq!(keeping(TokenSource::Token, &longest).step(at(1)), using(&longest));
        assert_eq!(keeping(TokenSource::Token, "!~").step(at(1)), using("!~"));
    }

    #[test]
    fn failures_are_spaced_out_until_a_success() {
        for (failure, pauses) in [
            (FetchFailure::Temporary, [1, 2, 4, 8, 16, 32, 60, 60, 60]),
            (FetchFailure::Misconfigured, [60, 120, 240, 480, 600, 600, 600, 600, 600]),
        ] {
            let mut keeper = TokenKeeper::default();
            let mut now = 0;
            for pause in pauses {
                fail(&mut keeper, failure, at(now));
                let end = now + pause * SECOND;
                assert_eq!(keeper.next_deadline(), Some(at(end)));
                assert_eq!(keeper.step(at(now)), wait(end));
                assert_eq!(keeper.step(at(end - 1)), wait(end));
                now = end;
            }
            give(&mut keeper, FetchedToken::new("A", Duration::from_secs(60)), at(now));
            now += 60 * SECOND;
            let [first, ..] = pauses;
            fail(&mut keeper, failure, at(now));
            assert_eq!(keeper.step(at(now)), wait(now + first * SECOND), "success clears it");
        }
        // Each kind has its own count.
        let mut keeper = TokenKeeper::default();
        let mut now = 0;
        for (failure, pause) in [
            (FetchFailure::Temporary, 1),
            (FetchFailure::Misconfigured, 60),
            (FetchFailure::Temporary, 2),
            (FetchFailure::Misconfigured, 120),
        ] {
            fail(&mut keeper, failure, at(now));
            assert_eq!(keeper.step(at(now)), wait(now + pause * SECOND));
            now += pause * SECOND;
        }
        for _ in 0..300 {
            fail(&mut keeper, FetchFailure::Temporary, at(now));
            now += 60 * SECOND;
        }
    }

    #[test]
    fn what_the_platform_says_decides_how_long_to_wait() {
        let temporary: Vec<_> = RejectionKind::ALL
            .iter()
            .filter(|kind| FetchFailure::from(**kind) == FetchFailure::Temporary)
            .map(|kind| kind.name())
            .collect();
        assert_eq!(temporary, ["busy", "rate_limited", "token_rejected", "unknown"]);
    }

    #[test]
    fn only_the_token_that_is_kept_can_be_rejected() {
        let mut keeper = keeping(TokenSource::Token, "A");
        let before = keeper.clone();
        for other in ["", "B", "A ", "a"] {
            assert_eq!(keeper.rejected(other, at(1)), Stale);
        }
        assert_eq!(keeper, before);
        assert_eq!(keeper.rejected("A", at(1)), Applied);
        let before = keeper.clone();
        assert_eq!(keeper.rejected("A", at(1)), Stale, "two calls used it");
        assert_eq!(keeper, before);
        give(&mut keeper, answer("B"), at(2));
        assert_eq!(keeper.rejected("A", at(3)), Stale, "a late answer throws no newer one away");
        assert_eq!(keeper.step(at(3)), using("B"));
        assert_eq!(TokenKeeper::default().rejected("", at(0)), Stale);
    }

    #[test]
    fn a_rejected_token_is_not_used_while_the_next_one_is_fetched() {
        let mut keeper = keeping(TokenSource::StableToken, "A");
        assert_eq!(keeper.rejected("A", at(HOUR)), Applied);
        assert_eq!(keeper.next_deadline(), None);
        assert_eq!(keeper.step(at(HOUR)), fetch(2));
        assert_eq!(keeper.step(at(HOUR)), wait(HOUR + 250));
        keeper.fetch_failed(FetchId::new(2), FetchFailure::Temporary, at(HOUR));
        assert_eq!(keeper.step(at(HOUR)), wait(HOUR + 1_000));
        assert_eq!(keeper.step(at(HOUR + 1_000)), fetch(3));
        // It is rejected while somebody is fetching already.
        let mut keeper = keeping(TokenSource::StableToken, "A");
        let due = 6900 * SECOND;
        assert_eq!(keeper.step(at(due)), fetch(2));
        assert_eq!(keeper.rejected("A", at(due)), Applied);
        assert_eq!(keeper.step(at(due)), wait(due + 250));
        assert_eq!(keeper.fetched(FetchId::new(2), answer("B"), at(due)), Applied);
        assert_eq!(keeper.step(at(due)), using("B"));
    }

    #[test]
    fn a_stable_token_that_comes_again_is_forced_and_then_forced_within_the_budget() {
        let mut keeper = keeping(TokenSource::StableToken, "A");
        keeper.rejected("A", at(0));
        give(&mut keeper, answer("A"), at(0));
        assert_eq!(keeper.next_deadline(), None);
        assert_eq!(keeper.step(at(0)), force(3));
        assert_eq!(keeper.fetched(FetchId::new(3), answer("B"), at(0)), Applied);
        assert_eq!(keeper.step(at(1)), using("B"));

        keeper.rejected("B", at(2));
        give(&mut keeper, answer("B"), at(2));
        assert_eq!(keeper.next_deadline(), Some(at(30_000)));
        assert_eq!(keeper.step(at(29_999)), wait(30_000));
        assert_eq!(keeper.step(at(30_000)), force(5));
        // The platform does not refresh: a failure, and the budget goes on.
        assert_eq!(keeper.fetched(FetchId::new(5), answer("B"), at(30_000)), Applied);
        assert_eq!(keeper.step(at(30_000)), wait(60_000));
        assert_eq!(keeper.temporary, 1);
        assert_eq!(keeper.step(at(60_000)), force(6));
        // The fetch itself fails.
        keeper.fetch_failed(FetchId::new(6), FetchFailure::Misconfigured, at(60_000));
        assert_eq!(keeper.step(at(60_000)), wait(120_000), "the back-off lasts longer");
        assert_eq!(keeper.step(at(120_000)), force(7));
        keeper.fetched(FetchId::new(7), answer("C"), at(120_000));
        assert_eq!(keeper.step(at(120_000)), using("C"));
        assert_eq!((keeper.temporary, keeper.misconfigured), (0, 0));
    }

    #[test]
    fn twenty_forced_fetches_fit_into_any_24_hours() {
        let day = 24 * HOUR;
        let mut keeper = TokenKeeper::default();
        let mut forced = 0;
        for round in 0..20 {
            let token = format!("T{round}");
            let now = at(round * 60 * SECOND);
            give(&mut keeper, FetchedToken::new(token.as_str(), Duration::MAX), now);
            keeper.rejected(&token, now);
            give(&mut keeper, FetchedToken::new(token.as_str(), Duration::MAX), now);
            let TokenStep::Fetch { id, force: true } = keeper.step(now) else { panic!() };
            keeper.fetched(id, FetchedToken::new("B", Duration::from_secs(1)), now);
            forced += 1;
        }
        assert_eq!((forced, keeper.forced.moments().len()), (20, 20));
        let now = 20 * 60 * SECOND;
        give(&mut keeper, FetchedToken::new("Z", Duration::MAX), at(now));
        keeper.rejected("Z", at(now));
        give(&mut keeper, FetchedToken::new("Z", Duration::MAX), at(now));
        assert_eq!(keeper.step(at(now)), wait(day));
        assert_eq!(keeper.next_deadline(), Some(at(day)));
        assert_eq!(keeper.step(at(day - 1)), wait(day));
        assert!(matches!(keeper.step(at(day)), TokenStep::Fetch { force: true, .. }));
        assert_eq!(keeper.forced.moments().len(), 20, "the oldest has gone");
    }

    #[test]
    fn when_the_rejected_token_is_over_a_plain_fetch_answers_another() {
        let mut keeper = keeping(TokenSource::StableToken, "A");
        keeper.rejected("A", at(0));
        give(&mut keeper, answer("A"), at(0));
        assert_eq!(keeper.step(at(0)), force(3));
        let short = FetchedToken::new("A", Duration::from_secs(5));
        keeper.fetched(FetchId::new(3), short.clone(), at(0));
        assert_eq!(keeper.next_deadline(), Some(at(5_000)));
        assert_eq!(keeper.step(at(4_999)), wait(5_000));
        assert_eq!(keeper.step(at(5_000)), fetch(4));
        // It comes again all the same, which is no success.
        keeper.fetched(FetchId::new(4), short, at(5_000));
        assert_eq!(keeper.temporary, 2);
        assert_eq!(keeper.step(at(5_000)), wait(10_000));
        assert_eq!(keeper.step(at(10_000)), fetch(5));
        keeper.fetched(FetchId::new(5), answer("B"), at(10_000));
        assert_eq!(keeper.step(at(10_000)), using("B"));
    }

    #[test]
    fn without_force_a_rejected_token_that_comes_again_is_a_failure() {
        for source in [TokenSource::Authorizer, TokenSource::Token] {
            let mut keeper = keeping(source, "A");
            keeper.rejected("A", at(HOUR));
            give(&mut keeper, answer("A"), at(HOUR));
            assert_eq!(keeper.step(at(HOUR)), wait(HOUR + 1_000));
            assert_eq!(keeper.step(at(HOUR + 1_000)), fetch(3));
        }
    }

    #[test]
    fn two_programs_that_replace_each_others_token_slow_down() {
        for source in SOURCES {
            let mut keeper = keeping(source, "0");
            let mut now = 0;
            for (round, pause) in [0, 1, 2, 4, 8, 16, 32, 64, 120, 120].into_iter().enumerate() {
                now += 119_999;
                assert_eq!(keeper.rejected(&format!("{round}"), at(now)), Applied);
                let pause = if source == TokenSource::StableToken { 0 } else { pause };
                if pause > 0 {
                    assert_eq!(keeper.step(at(now)), wait(now + pause * SECOND));
                    now += pause * SECOND;
                }
                give(&mut keeper, answer(&format!("{}", round + 1)), at(now));
            }
            // One that lives longer ends it, whether it is rejected then or not.
            let (mut one, mut other) = (keeper.clone(), keeper);
            assert_eq!(one.rejected("10", at(now + 120_000)), Applied);
            assert!(matches!(one.step(at(now + 120_000)), TokenStep::Fetch { .. }));
            now += 2 * HOUR;
            give(&mut other, answer("11"), at(now));
            assert_eq!(other.rejected("11", at(now)), Applied);
            assert!(matches!(other.step(at(now)), TokenStep::Fetch { .. }));
        }
    }

    #[test]
    fn a_pause_is_not_cut_short_by_a_shorter_one() {
        let mut keeper = TokenKeeper::new(TokenSource::Token);
        let brief = |token: &str| FetchedToken::new(token, Duration::from_secs(10));
        give(&mut keeper, brief("A"), at(0));
        keeper.rejected("A", at(0));
        give(&mut keeper, brief("B"), at(0));
        fail(&mut keeper, FetchFailure::Misconfigured, at(9_500));
        assert_eq!(keeper.rejected("B", at(9_600)), Applied);
        assert_eq!(keeper.step(at(9_600)), wait(69_500));
        // A longer one takes the place of a shorter one, also of one from before the fetch.
        let mut keeper = TokenKeeper::new(TokenSource::Token);
        give(&mut keeper, brief("A"), at(0));
        keeper.rejected("A", at(0));
        give(&mut keeper, brief("B"), at(0));
        assert_eq!(keeper.step(at(9_500)), fetch(3));
        keeper.rejected("B", at(9_600));
        keeper.fetch_failed(FetchId::new(3), FetchFailure::Misconfigured, at(9_600));
        assert_eq!(keeper.step(at(9_600)), wait(69_600));
    }

    #[test]
    fn the_refresh_token_is_replaced_with_the_token_and_never_lost() {
        let text =
            |keeper: &TokenKeeper| keeper.refresh_token().map(|it| String::from(it.expose()));
        let mut keeper = TokenKeeper::with_refresh_token("R1");
        assert_eq!(text(&keeper).as_deref(), Some("R1"));
        give(&mut keeper, answer("A"), at(0));
        assert_eq!(text(&keeper).as_deref(), Some("R1"), "none came");
        keeper.rejected("A", at(HOUR));
        give(&mut keeper, answer("B").refresh_token("R2"), at(HOUR));
        assert_eq!(text(&keeper).as_deref(), Some("R2"));
        assert_eq!(keeper.step(at(HOUR)), using("B"));
        for none in ["", "a b", &"x".repeat(2049)] {
            keeper.rejected("B", at(2 * HOUR));
            give(&mut keeper, answer("B").refresh_token(none), at(2 * HOUR));
            assert_eq!(text(&keeper).as_deref(), Some("R2"));
            assert_eq!(text(&TokenKeeper::with_refresh_token(none)), None);
            give(&mut keeper, answer("B2"), at(2 * HOUR + SECOND));
            keeper.rejected("B2", at(3 * HOUR));
            give(&mut keeper, answer("B"), at(3 * HOUR));
        }
        // The token is of no use, what comes with it is.
        keeper.rejected("B", at(4 * HOUR));
        give(&mut keeper, answer("").refresh_token("R3"), at(4 * HOUR));
        assert_eq!(text(&keeper).as_deref(), Some("R3"));
        let stale = answer("C").refresh_token("R4");
        assert_eq!(keeper.fetched(FetchId::new(1), stale, at(4 * HOUR)), Stale);
        assert_eq!(text(&keeper).as_deref(), Some("R3"));

        // A fetch that took too long may have used the old one up; its token is not taken.
        let mut keeper = TokenKeeper::with_refresh_token("R1");
        assert_eq!(keeper.step(at(0)), fetch(1));
        assert_eq!(keeper.step(at(11 * SECOND)), fetch(2));
        let late = answer("A").refresh_token("R2");
        assert_eq!(keeper.fetched(FetchId::new(1), late.clone(), at(12 * SECOND)), Applied);
        assert_eq!(text(&keeper).as_deref(), Some("R2"));
        assert_eq!(keeper.fetched(FetchId::new(1), late.clone(), at(12 * SECOND)), Stale);
        assert_eq!(keeper.fetched(FetchId::new(3), late.clone(), at(12 * SECOND)), Stale);
        assert!(matches!(keeper.step(at(12 * SECOND)), TokenStep::Wait(_)));
        let next = answer("B").refresh_token("R3");
        assert_eq!(keeper.fetched(FetchId::new(2), next, at(13 * SECOND)), Applied);
        assert_eq!(keeper.fetched(FetchId::new(1), late, at(13 * SECOND)), Stale);
        assert_eq!(text(&keeper).as_deref(), Some("R3"));
    }

    #[test]
    fn a_clock_that_steps_back_or_was_ahead_holds_nothing_up_for_ever() {
        let far = 1000 * HOUR;
        // A lease: by its length on either side.
        let mut keeper = TokenKeeper::default();
        assert_eq!(keeper.step(at(far)), fetch(1));
        assert_eq!(keeper.clone().step(at(far - 9_999)), wait(far - 9_749));
        assert_eq!(keeper.clone().step(at(far - 10_000)), fetch(2));
        // A back-off.
        keeper.fetch_failed(FetchId::new(1), FetchFailure::Misconfigured, at(far));
        assert_eq!(keeper.clone().step(at(far - 59_999)), wait(far + 60_000));
        assert_eq!(keeper.clone().step(at(far - 60_000)), fetch(2));
        // A token.
        let mut keeper = TokenKeeper::default();
        give(&mut keeper, answer("A"), at(far));
        assert_eq!(keeper.clone().step(at(far - 2 * HOUR + 1)), using("A"));
        assert_eq!(keeper.clone().step(at(far - 2 * HOUR)), fetch(2));
        // The budget.
        keeper.rejected("A", at(far));
        give(&mut keeper, answer("A"), at(far));
        assert_eq!(keeper.step(at(far)), force(3));
        let again = |now| {
            let mut keeper = keeper.clone();
            keeper.fetched(FetchId::new(3), answer("A"), now);
            keeper.pause = None;
            keeper
        };
        let back = at(far - 29_999);
        assert_eq!(again(back).step(back), wait(far + 30_000));
        let back = at(far - 30_000);
        assert_eq!(again(back).step(back), force(4));
        // The edges of time.
        for now in [Timestamp::default(), Timestamp::from_millis(u64::MAX)] {
            let mut keeper = keeper.clone();
            let _ = (keeper.step(now), keeper.next_deadline());
            keeper.fetched(FetchId::new(4), answer("A"), now);
            let _ = (keeper.step(now), keeper.next_deadline());
        }
    }

    #[test]
    fn nothing_secret_is_printed() {
        let mut keeper = TokenKeeper::with_refresh_token("refreshtoken@@@R");
        give(&mut keeper, answer("T2"), at(0));
        let shown = format!(
            "{keeper:?} {:?} {:?} {:?}",
            keeper.step(at(0)),
            using("T2"),
            answer("T2").refresh_token("@@@R")
        );
        assert!(!shown.contains("T2") && !shown.contains("@@@R"), "{shown}");
    }
}
