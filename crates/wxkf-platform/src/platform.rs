use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use fastrand::Rng;
use wxkf_core::api::MediaKind;
use wxkf_core::{Account, Error, Timestamp};

use crate::action::Action;
use crate::chat::{self, Line, Speaker};
use crate::counters::Counters;
use crate::desk::Desk;
use crate::journal::Journal;
use crate::media::{DOT, Media};
use crate::push::{FinishedPush, Pushes};
use crate::quota::Remaining;
use crate::setup::Setup;
use crate::tokens::Tokens;
use crate::user::User;

/// WeChat, as one account sees it: its users, its pushes and its API.
///
/// There is no clock in it: every method is told the moment, in milliseconds, and moments must not
/// go back. The same setup, seed and calls give the same bytes.
pub struct Platform {
    pub(crate) setup: Setup,
    pub(crate) account: Account,
    pub(crate) rng: Rng,
    pub(crate) users: BTreeMap<String, User>,
    pub(crate) tokens: Tokens,
    pub(crate) media: Media,
    pub(crate) desk: Desk,
    pub(crate) counters: Counters,
    pub(crate) journal: Journal,
    pub(crate) stats: Stats,
    pub(crate) pushes: Pushes,
    pub(crate) finished: Vec<FinishedPush>,
    msg_id: u64,
}

/// What happened so far, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stats {
    /// Pushes that were begun.
    pub pushes: u64,
    /// Their attempts.
    pub attempts: u64,
    /// Pushes that were answered in time.
    pub acknowledged: u64,
    /// Pushes of which every attempt failed.
    pub given_up: u64,
    /// Messages that were sent, from wherever.
    pub sent: u64,
    /// Messages that a quota or a window refused.
    pub refused: u64,
    /// Calls of the API.
    pub calls: u64,
}

impl Platform {
    /// A platform on which nothing has happened.
    ///
    /// # Errors
    /// As [`Setup::account`].
    pub fn new(setup: Setup, seed: u64) -> Result<Self, Error> {
        let mut rng = Rng::with_seed(seed);
        Ok(Self {
            account: setup.account()?,
            setup,
            msg_id: FIRST_MSG_ID.saturating_add(rng.u64(0..1 << 40)),
            rng,
            users: BTreeMap::new(),
            tokens: Tokens::default(),
            media: Media::default(),
            desk: Desk::default(),
            counters: Counters::default(),
            journal: Journal::default(),
            stats: Stats::default(),
            pushes: Pushes::default(),
            finished: Vec::new(),
        })
    }

    /// There is a user with that openid, who has done nothing yet. [`act`](Self::act) adds those that
    /// it does not know.
    pub fn add_user(&mut self, user: &str) {
        if !self.users.contains_key(user) {
            self.users.insert(user.into(), User::default());
        }
    }

    /// The user does something: the account may write as the rules say, and a push is begun.
    ///
    /// Of a user that has unsubscribed, nothing but a subscription is taken. What a user writes while
    /// an agent serves goes to the agent and is not pushed (the pages on forwarding, 转发, read
    /// 2026-11-21).
    pub fn act(&mut self, user: &str, action: Action<'_>, now: Timestamp) {
        self.add_user(user);
        let Self { setup, users, desk, media, rng, .. } = self;
        let Some(state) = users.get_mut(user) else { return };
        match action {
            Action::Subscribe(_) => state.has_left = false,
            _ if state.has_left => return,
            _ => {}
        }
        if let Some(kind) = action.kind() {
            state.grant(setup, kind, now);
        }
        if action.is_message() {
            state.spoke(now);
        }
        let is_served = action.is_message() && desk.session(user, now).is_some();
        if setup.keep_chat {
            let (msg_type, text) = action.shown();
            let mut line = Line::new(now, Speaker::User, msg_type, text);
            line.kf_account = desk.session(user, now).map(|session| session.kf_account.clone());
            chat::insert(&mut state.chat, line);
        }
        if action == Action::Unsubscribe {
            state.leave();
            desk.end(user);
        }
        let media_id = match action {
            Action::WriteCard { .. } | Action::WriteImage => {
                media.add(rng, MediaKind::Image, DOT, now)
            }
            _ => String::new(),
        };
        if is_served {
            desk.touch(user, now);
            return;
        }
        if action.is_message() {
            self.msg_id = self.msg_id.saturating_add(self.rng.u64(1..1000));
        }
        let envelope = self.envelope(user, now);
        let message = envelope.action(&action, &self.setup.app_id, self.msg_id, &media_id);
        self.push(user, message, action.is_message(), now);
    }

    /// Sends something to the user, by the same decision as the API's but without its JSON: the
    /// errcode, 0 if it was sent.
    pub fn send(&mut self, user: &str, now: Timestamp) -> i64 {
        self.deliver(user, now, || Line::new(now, Speaker::Bot, "text", ""))
    }

    /// Somebody else sends to the user, from the console or another program. It is taken from the
    /// same count, and the bot does not hear of it.
    pub fn send_elsewhere(&mut self, user: &str, text: &str, now: Timestamp) -> i64 {
        let agent = self.desk.session(user, now).map(|session| session.kf_account.clone());
        let errcode = self.deliver(user, now, || {
            let mut line = Line::new(now, Speaker::Elsewhere, "text", text);
            line.kf_account = agent;
            line
        });
        if errcode == 0 {
            self.desk.touch(user, now);
        }
        errcode
    }

    /// Shows the user that somebody is typing, or no longer: the errcode, 0 if it is shown.
    pub fn type_to(&mut self, user: &str, start: bool, now: Timestamp) -> i64 {
        let Some(state) = self.users.get_mut(user) else { return UNKNOWN_USER };
        if start {
            return state.start_typing(&self.setup, now);
        }
        state.stop_typing(now);
        0
    }

    /// Ends every access token of the account at once, as when another program has fetched one and
    /// the five minutes are over: calls are refused with 40001. `/cgi-bin/token` then gives another;
    /// `/cgi-bin/stable_token` gives the dead one until it is forced.
    pub fn kill_token(&mut self, now: Timestamp) {
        self.tokens.kill(now);
    }

    /// The account lets the third-party platform act for it: the refresh token that it is told.
    pub fn authorize(&mut self) -> String {
        self.tokens.authorize(&mut self.rng)
    }

    /// The same, told by the code that the redirect and the push `authorized` bring: to be exchanged by
    /// `component.api_query_auth`, once.
    pub fn authorization_code(&mut self, now: Timestamp) -> String {
        self.tokens.authorize_by_code(&mut self.rng, now)
    }

    /// A new `component_verify_ticket`, as it is pushed to a third-party platform every ten minutes.
    pub fn verify_ticket(&mut self) -> String {
        let ticket = alloc::format!("ticket@@@{}", crate::tokens::word(&mut self.rng, 60));
        self.tokens.ticket = Some(ticket.clone());
        ticket
    }

    /// What the rules leave for a send to this user, with every grant known however late it is.
    #[must_use]
    pub fn remaining(&self, user: &str, now: Timestamp) -> Remaining {
        self.users.get(user).map_or_else(Remaining::default, |it| it.remaining(&self.setup, now))
    }

    /// What a send to this user would find now: grants that are still late are not counted.
    #[must_use]
    pub fn effective(&self, user: &str, now: Timestamp) -> Remaining {
        self.users.get(user).map_or_else(Remaining::default, |it| it.effective(&self.setup, now))
    }

    /// What this user sees, oldest first. Empty if the setup does not keep it.
    #[must_use]
    pub fn chat(&self, user: &str) -> &[Line] {
        self.users.get(user).map_or(&[], |state| &state.chat)
    }

    /// Whether this user sees that somebody is typing.
    #[must_use]
    pub fn is_typing(&self, user: &str, now: Timestamp) -> bool {
        self.users.get(user).is_some_and(|state| state.is_typing(now))
    }

    /// What happened so far, in numbers.
    #[must_use]
    pub const fn stats(&self) -> Stats {
        self.stats
    }

    /// What it was made with.
    pub const fn setup(&self) -> &Setup {
        &self.setup
    }

    /// One message to a user, if the rules allow one.
    pub(crate) fn deliver(
        &mut self,
        user: &str,
        now: Timestamp,
        line: impl FnOnce() -> Line,
    ) -> i64 {
        let Some(state) = self.users.get_mut(user) else { return UNKNOWN_USER };
        let errcode = state.spend(&self.setup, now);
        if errcode != 0 {
            self.stats.refused = self.stats.refused.saturating_add(1);
            return errcode;
        }
        self.stats.sent = self.stats.sent.saturating_add(1);
        state.was_told(now);
        if self.setup.keep_chat {
            chat::insert(&mut state.chat, line());
        }
        0
    }
}

/// Shows no secrets, and nothing of what users wrote.
impl fmt::Debug for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Platform")
            .field("setup", &self.setup)
            .field("users", &self.users.len())
            .field("stats", &self.stats)
            .finish_non_exhaustive()
    }
}

const UNKNOWN_USER: i64 = 40_003;
/// Above 2^53, as those of the platform are: a reader that takes it for a floating-point number is
/// found out.
const FIRST_MSG_ID: u64 = 24_000_000_000_000_000;

#[cfg(test)]
mod tests {
    use alloc::format;
    use core::time::Duration;

    use super::*;
    use crate::api::Call;
    use crate::setup::Reading;

    const START: Timestamp = Timestamp::from_millis(1_796_000_000_300);

    #[test]
    fn others_spend_from_the_same_count() {
        let mut platform = Platform::new(Setup::mini_program(), 1).unwrap();
        assert_eq!(platform.send("u", START), UNKNOWN_USER);
        assert_eq!(platform.type_to("u", true, START), UNKNOWN_USER);
        platform.act("u", Action::Write("hi"), START);
        assert_eq!(platform.send_elsewhere("u", "from the console", START), 0);
        for _ in 0..4 {
            assert_eq!(platform.send("u", START), 0);
        }
        assert_eq!(platform.send("u", START), 45_047);
        assert_eq!(platform.send_elsewhere("u", "x", START), 45_047);
        assert_eq!(platform.chat("u")[1].speaker, Speaker::Elsewhere);
        let stats = platform.stats();
        assert_eq!((stats.sent, stats.refused), (5, 2));
    }

    #[test]
    fn what_allows_nothing_is_pushed_all_the_same() {
        let mut platform = Platform::new(Setup::official_account(), 1).unwrap();
        platform.act("u", Action::View("https://a.example"), START);
        platform.act("u", Action::Enter(""), START);
        assert_eq!(platform.attempts(START).len(), 2);
        assert_eq!(platform.send("u", START), 45_015);
        platform.act("u", Action::TapMenuMessage { id: "1", content: "Yes" }, START);
        assert_eq!(platform.remaining("u", START).count, 3);
    }

    #[test]
    fn the_oracle_knows_of_late_grants_and_the_sending_side_does_not() {
        for reading in [Reading::Independent, Reading::Refill, Reading::RunningMaximum] {
            let setup = Setup::mini_program().reading(reading).lateness(Duration::from_secs(2));
            let mut platform = Platform::new(setup, 1).unwrap();
            platform.act("u", Action::Write("hi"), START);
            let soon = START.saturating_add(Duration::from_millis(1999));
            let later = START.saturating_add(Duration::from_secs(2));
            assert_eq!(platform.effective("u", soon), Remaining::default());
            assert_eq!(platform.remaining("u", soon), platform.effective("u", later));
            assert_eq!(platform.send("u", soon), 45_047);
            assert_eq!(platform.send("u", later), 0);
        }
    }

    #[test]
    fn secrets_and_what_users_wrote_are_not_shown() {
        let mut platform = Platform::new(Setup::official_account(), 1).unwrap();
        platform.act("u", Action::Write("private"), START);
        let attempts = platform.attempts(START);
        let Setup { app_id, secret, .. } = platform.setup.clone();
        let target =
            format!("/cgi-bin/token?grant_type=client_credential&appid={app_id}&secret={secret}");
        let call = Call::new("GET", &target);
        let answer = platform.call(&call, START);
        let (_, token) = core::str::from_utf8(&answer.body).unwrap().split_at(20);
        let shown = format!("{platform:?} {attempts:?} {call:?} {answer:?}");
        for hidden in ["private", "signature", &secret, &token[..20]] {
            assert!(!shown.contains(hidden), "{hidden} in {shown}");
        }
    }
}
