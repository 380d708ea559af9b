//! The rules: what the record becomes, and when the next fetch may be made.

use alloc::vec::Vec;
use core::mem;
use core::time::Duration;

use super::{
    FetchFailure, FetchId, FetchedToken, TokenChange, TokenKeeper, TokenSource, TokenStep,
};
use crate::api::Secret;
use crate::names;
use crate::time::Timestamp;

/// How long the others wait before they look again whether a token has come.
const POLL: Duration = Duration::from_millis(250);

/// Back-off after failures: the first pause, and the longest.
const TEMPORARY: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(60)];
const MISCONFIGURED: [Duration; 2] = [Duration::from_secs(60), LONGEST_PAUSE];
pub(super) const LONGEST_PAUSE: Duration = Duration::from_secs(600);

/// The pauses between fetches where one token after the other is rejected young, from the second one
/// on.
const TAKING_TURNS: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(120)];

/// A token that is rejected younger than this was replaced by somebody else's fetch.
const YOUNG: Duration = Duration::from_secs(120);

/// What is left of a token's time when the next one is fetched: a tenth, and at most this. The stable
/// token's successor exists as long before the end: page 获取稳定版接口调用凭据, read 2026-11-21.
const MAX_MARGIN: Duration = Duration::from_secs(300);
const MARGIN_DIVISOR: u32 = 10;

/// The platform's tokens live up to 7200 seconds: page 获取接口调用凭据, read 2026-11-21.
pub(super) const MAX_LIFETIME: Duration = Duration::from_secs(24 * 3600);

/// 20 forced fetches a day, at least 30 seconds apart; sooner it does not refresh: page
/// 获取稳定版接口调用凭据, read 2026-11-21. Whose day that is it does not say: here it is any 24 hours.
pub(super) const MOST_FORCED: usize = 20;
const DAY: Duration = Duration::from_secs(24 * 3600);
const APART: Duration = Duration::from_secs(30);

/// What is known of the token that was fetched last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum State {
    /// There is none.
    #[default]
    Empty,
    /// Nobody has rejected it.
    Good(Kept),
    /// Somebody has: it is not used again.
    Rejected(Kept),
    /// Rejected, and fetched once more all the same: only a forced fetch ends it.
    AnsweredAgain(Kept),
}

/// A token and its time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Kept {
    pub(super) token: Secret,
    pub(super) life: Period,
}

impl State {
    /// What an answer of use makes of it, and whether it was of use.
    fn answered(self, token: Secret, life: Period, source: TokenSource) -> (Self, bool) {
        match self {
            Self::Rejected(kept) if kept.token == token => {
                let kept = Kept { life, ..kept };
                match source {
                    TokenSource::StableToken => (Self::AnsweredAgain(kept), true),
                    TokenSource::Authorizer | TokenSource::Token => (Self::Rejected(kept), false),
                }
            }
            Self::AnsweredAgain(kept) if kept.token == token => {
                (Self::AnsweredAgain(Kept { life, ..kept }), false)
            }
            _ => (Self::Good(Kept { token, life }), true),
        }
    }
}

impl Kept {
    /// When the next one is to be fetched.
    fn due_at(&self) -> Timestamp {
        let length = self.life.length();
        let tenth = length.checked_div(MARGIN_DIVISOR).unwrap_or_default();
        Period::new(self.life.from(), length.saturating_sub(tenth.min(MAX_MARGIN))).end()
    }

    fn is_young(&self, now: Timestamp) -> bool {
        Period::new(self.life.from(), YOUNG).holds(now)
    }
}

/// A moment, and how long from then on it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Period {
    from: Timestamp,
    millis: u64,
}

impl Period {
    /// To the millisecond below.
    pub(super) fn new(from: Timestamp, length: Duration) -> Self {
        Self { from, millis: u64::try_from(length.as_millis()).unwrap_or(u64::MAX) }
    }

    pub(super) const fn from(self) -> Timestamp {
        self.from
    }

    pub(super) const fn length(self) -> Duration {
        Duration::from_millis(self.millis)
    }

    const fn is_empty(self) -> bool {
        self.millis == 0
    }

    /// Clocks step back and jump: see [`Timestamp::is_within`].
    fn holds(self, now: Timestamp) -> bool {
        self.from.is_within(self.length(), now)
    }

    fn end(self) -> Timestamp {
        self.from.saturating_add(self.length())
    }
}

/// When fetches were forced, in the order in which they were: never more than [`MOST_FORCED`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Forced(pub(super) Vec<Timestamp>);

impl Forced {
    /// Only when there is room.
    fn spend(&mut self, now: Timestamp) {
        self.0.retain(|moment| Period::new(*moment, DAY).holds(now));
        self.0.push(now);
    }

    /// When the next one is allowed by the spans that count.
    fn free_at(&self, counts: impl Fn(Period) -> bool) -> Option<Timestamp> {
        let ends = |length| {
            let spans = self.0.iter().map(move |moment| Period::new(*moment, length));
            spans.filter(|span| counts(*span)).map(Period::end)
        };
        let is_day_full = ends(DAY).count() >= MOST_FORCED;
        let day = is_day_full.then(|| ends(DAY).min()).flatten();
        ends(APART).max().max(day)
    }
}

impl TokenKeeper {
    /// How long one caller has for a fetch before another one may take its place; its answer is
    /// stale from then on. Give the HTTP request a shorter time-out.
    pub const LEASE: Duration = Duration::from_secs(10);

    /// The most bytes that an access token may have, four times what WeChat asks to keep room for (page
    /// 获取接口调用凭据, read 2026-11-21).
    pub const MAX_TOKEN_LENGTH: usize = 2048;

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
        let Some(until) = self.next_fetch(Some(now)) else { return self.fetch(now) };
        match (&self.state, self.lease.filter(|lease| lease.holds(now))) {
            (State::Good(kept), _) if kept.life.holds(now) => TokenStep::Use(kept.token.clone()),
            (_, Some(lease)) => TokenStep::Wait(now.saturating_add(POLL).min(lease.end())),
            (_, None) => TokenStep::Wait(until),
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
        let life = Period::new(now, expires_in.min(MAX_LIFETIME));
        let is_of_use = is_token(&token) && !life.is_empty() && self.keep(token, life, now);
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
        let kept = match mem::take(&mut self.state) {
            State::Good(kept) if kept.token.expose() == token => kept,
            state => {
                self.state = state;
                return TokenChange::Stale;
            }
        };
        let is_young = kept.is_young(now);
        self.state = State::Rejected(kept);
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
        self.next_fetch(None)
    }

    /// Until when no fetch is made: by what counts now, or by all that is written down.
    fn next_fetch(&self, now: Option<Timestamp>) -> Option<Timestamp> {
        let counts = |span: &Period| now.is_none_or(|now| span.holds(now));
        let is_to_come = |at: &Timestamp| now.is_none_or(|now| now < *at);
        let by_token = match &self.state {
            State::Good(kept) if counts(&kept.life) => Some(kept.due_at()).filter(is_to_come),
            // When its time is over, a plain fetch answers another one.
            State::AnsweredAgain(kept) if counts(&kept.life) => {
                self.forced.free_at(|span| counts(&span)).map(|at| at.min(kept.life.end()))
            }
            _ => None,
        };
        let [lease, pause] =
            [self.lease, self.pause].map(|span| span.filter(counts).map(Period::end));
        by_token.max(lease).max(pause)
    }

    /// Keeps what was fetched, and says whether it is of use.
    fn keep(&mut self, token: Secret, life: Period, now: Timestamp) -> bool {
        let old = mem::take(&mut self.state);
        if matches!(&old, State::Good(kept) if !kept.is_young(now)) {
            self.rejected_young = 0;
        }
        let (state, is_of_use) = old.answered(token, life, self.source);
        self.state = state;
        is_of_use
    }

    fn fetch(&mut self, now: Timestamp) -> TokenStep {
        let force = matches!(&self.state, State::AnsweredAgain(kept) if kept.life.holds(now));
        if force {
            self.forced.spend(now);
        }
        self.pause = None;
        self.lease = Some(Period::new(now, Self::LEASE));
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

    /// A longer pause is not cut short, and none ends one: what does not count by a clock that was set may
    /// count again.
    fn pause_for(&mut self, length: Duration, now: Timestamp) {
        let pause = Period::new(now, length);
        let is_longer = |old: Period| old.holds(now) && old.end() > pause.end();
        if !pause.is_empty() && !self.pause.is_some_and(is_longer) {
            self.pause = Some(pause);
        }
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

/// Everything the platform's tokens consist of goes into a URL as it is.
pub(super) fn is_token(token: &Secret) -> bool {
    let text = token.expose();
    // Every byte is looked at, many at once where the target can.
    let is_visible = text.bytes().fold(true, |all, byte| all & byte.is_ascii_graphic());
    is_visible && (1..=TokenKeeper::MAX_TOKEN_LENGTH).contains(&text.len())
}
