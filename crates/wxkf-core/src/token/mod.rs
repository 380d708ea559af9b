//! One access token and everything that decides when to fetch the next one, as plain data.

mod fetched;
mod forced;
mod kept;
mod record;
mod span;
mod step;
#[cfg(test)]
mod tests;

pub use fetched::{FetchFailure, FetchedToken, TokenSource};
pub use step::{FetchId, TokenChange, TokenStep};

use core::time::Duration;

use crate::api::Secret;
use crate::names;
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
///             Outcome::Accepted(_) => return Ok(None),
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
/// The refresh token is kept as it came, whatever it consists of: only the platform knows what one looks
/// like, and without it there is no way back.
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
    /// Of the fetch that was given out last; 0 before any.
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

    /// The most bytes that an access token may have, four times what WeChat asks to keep room for (page
    /// 获取接口调用凭据, read 2026-11-21).
    pub const MAX_TOKEN_LENGTH: usize = MAX_LENGTH;

    /// Begins without a token.
    #[must_use]
    pub fn new(source: TokenSource) -> Self {
        Self { source, ..Self::default() }
    }

    /// Begins for an account that authorised a third-party platform, with the refresh token
    /// (`authorizer_refresh_token`) that came with the authorisation.
    ///
    /// Any is kept but an empty one, which is as good as none: then
    /// [`refresh_token`](Self::refresh_token) has nothing, and there is nothing to fetch with.
    #[must_use]
    pub fn with_refresh_token(refresh_token: impl Into<Secret>) -> Self {
        let refresh_token = Some(refresh_token.into()).filter(is_there);
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
    /// A refresh token that comes with it, unless it is empty, replaces the one before: save the record
    /// before anything else, for once it is lost the account has to authorise the platform again. So it
    /// is kept even if its fetch took too long and another one is under way, and whatever is wrong with
    /// the token beside it.
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
        // Whoever fetched before, for this record or for one that was lost, may have used the refresh
        // token up that is kept here.
        let was_given = id.ordinal() > 0 && id.number() <= self.last_id;
        let is_later = was_given && self.answered_id < id.number();
        let refresh_token = refresh_token.filter(|it| is_there(it) && (is_under_way || is_later));
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
        TokenStep::Fetch { id: self.next_id(now), force }
    }

    /// A record without an id begins a life. So does one whose clock was so far ahead that there are no
    /// more: then whatever it gave out is over.
    fn next_id(&mut self, now: Timestamp) -> FetchId {
        let begin = || names::life_of(now).saturating_add(1);
        let next = match self.last_id {
            0 => begin(),
            last => names::next_id(last, now).unwrap_or_else(begin),
        };
        if next < self.last_id {
            self.answered_id = 0;
        }
        self.last_id = next;
        FetchId::new(next)
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

fn is_there(token: &Secret) -> bool {
    !token.expose().is_empty()
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
