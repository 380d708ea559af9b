use core::time::Duration;

use crate::api::{AccessToken, AuthorizerAccessToken, ComponentAccessToken, RejectionKind, Secret};
use crate::names::named;

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
    pub(super) token: Secret,
    pub(super) expires_in: Duration,
    pub(super) refresh_token: Option<Secret>,
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
