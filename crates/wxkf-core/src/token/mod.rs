//! One access token and everything that decides when to fetch the next one, as plain data.

mod record;
mod rules;
#[cfg(test)]
mod tests;

use core::time::Duration;

use crate::api::{AccessToken, AuthorizerAccessToken, ComponentAccessToken, RejectionKind, Secret};
use crate::names::{named, numbered};
use crate::time::Timestamp;
use rules::{Forced, Period, State};

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
    state: State,
    /// Of the fetch that was given out last; 0 before any.
    last_id: u64,
    /// Of the fetch from which the refresh token is, or 0.
    answered_id: u64,
    /// Who fetches has this long for it.
    lease: Option<Period>,
    /// Nobody fetches for this long.
    pause: Option<Period>,
    /// Failures of each kind since the last success.
    temporary: u8,
    misconfigured: u8,
    /// Tokens in a row that were rejected young.
    rejected_young: u8,
    forced: Forced,
}

/// What to do to have a token: see [`TokenKeeper::step`](crate::TokenKeeper::step).
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "a host's loop has to do something for each")]
pub enum TokenStep {
    /// Fetch one, then say what came of it: [`fetched`](crate::TokenKeeper::fetched) or
    /// [`fetch_failed`](crate::TokenKeeper::fetch_failed). Where a record is shared, save it first.
    Fetch {
        /// Names this fetch.
        id: FetchId,
        /// Whether to set `force_refresh`, which ends the present token. Only ever for
        /// [`TokenSource::StableToken`](crate::TokenSource::StableToken).
        force: bool,
    },
    /// Call with this one.
    Use(Secret),
    /// There is none yet: ask again then. The moment lies after `now`, by a quarter of a second
    /// while somebody else is fetching, and by up to 24 hours of a clock that runs as it should.
    Wait(Timestamp),
}

numbered! {
    /// Names a fetch of one life of a record, and is never above 2⁵³ − 1. Ids grow, so that what comes of
    /// a fetch late, twice or after its record was lost changes nothing.
    FetchId
}

/// Whether a report changed the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "yes or no: there is no third")]
pub enum TokenChange {
    /// It did: save the record, if it is shared.
    Applied,
    /// It is about something that is over, and nothing has changed.
    Stale,
}

named! {
    /// Which call fetches the token, and so what a fetch does to the token before.
    TokenSource {
        /// [`GetAuthorizerAccessToken`](crate::api::GetAuthorizerAccessToken): a third-party platform
        /// acts for the account. Each answer has a refresh token for the next fetch, which is kept in
        /// the same record.
        Authorizer "authorizer",
        /// [`GetStableAccessToken`](crate::api::GetStableAccessToken): a fetch answers the same token
        /// until it ends, unless it is forced. The one to use, and the default.
        StableToken "stable_token",
        /// [`GetAccessToken`](crate::api::GetAccessToken): a fetch ends the token before. Also for
        /// what else cannot be forced, such as
        /// [`GetComponentAccessToken`](crate::api::GetComponentAccessToken).
        Token "token",
    }
}

#[expect(clippy::derivable_impls, reason = "`named!` has no place for `#[default]`")]
impl Default for TokenSource {
    fn default() -> Self {
        Self::StableToken
    }
}

/// What a fetch answered, for [`TokenKeeper::fetched`](crate::TokenKeeper::fetched): made from the
/// typed answers of the calls, or from its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FetchedToken {
    token: Secret,
    expires_in: Duration,
    refresh_token: Option<Secret>,
}

impl FetchedToken {
    /// A token and how long it has left (`expires_in`), to the millisecond.
    #[must_use]
    pub fn new(token: impl Into<Secret>, expires_in: Duration) -> Self {
        Self { token: token.into(), expires_in, refresh_token: None }
    }

    /// The refresh token that came with it (`authorizer_refresh_token`).
    #[must_use]
    pub fn refresh_token(mut self, refresh_token: impl Into<Secret>) -> Self {
        self.refresh_token = Some(refresh_token.into());
        self
    }

    fn answered(token: Secret, expires_in: i64) -> Self {
        Self::new(token, Duration::from_secs(expires_in.try_into().unwrap_or_default()))
    }
}

impl From<AccessToken> for FetchedToken {
    fn from(answer: AccessToken) -> Self {
        Self::answered(answer.access_token, answer.expires_in)
    }
}

impl From<AuthorizerAccessToken> for FetchedToken {
    fn from(answer: AuthorizerAccessToken) -> Self {
        Self::answered(answer.authorizer_access_token, answer.expires_in)
            .refresh_token(answer.authorizer_refresh_token)
    }
}

impl From<ComponentAccessToken> for FetchedToken {
    fn from(answer: ComponentAccessToken) -> Self {
        Self::answered(answer.component_access_token, answer.expires_in)
    }
}

named! {
    /// Why there is no token: how soon to ask again.
    FetchFailure {
        /// Asking again changes nothing until somebody mends it: the secret, the app id, the IP
        /// allow-list, the authorisation.
        Misconfigured "misconfigured",
        /// No answer, one that cannot be read, or a platform that is busy.
        Temporary "temporary",
    }
}

/// For a rejection of the call that fetches.
impl From<RejectionKind> for FetchFailure {
    fn from(kind: RejectionKind) -> Self {
        match kind {
            // The token that was rejected is the one this call was made with, of a third-party
            // platform: the next call has another.
            RejectionKind::TokenRejected
            | RejectionKind::Busy
            | RejectionKind::RateLimited
            | RejectionKind::Unknown => Self::Temporary,
            RejectionKind::InvalidRequest
            | RejectionKind::LimitReached
            | RejectionKind::Misconfigured
            | RejectionKind::NotPermitted
            | RejectionKind::QuotaExhausted
            | RejectionKind::RecipientUnavailable
            | RejectionKind::WindowClosed
            | RejectionKind::WrongState => Self::Misconfigured,
        }
    }
}
