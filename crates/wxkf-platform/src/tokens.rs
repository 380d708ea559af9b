use alloc::collections::VecDeque;
use alloc::format;
use alloc::string::String;
use core::time::Duration;

use fastrand::Rng;
use wxkf_core::Timestamp;

use crate::setup::Setup;
use crate::time::{day, secs_until};

/// Every token that the platform has given out, in chains that do not disturb each other.
#[derive(Default)]
pub(crate) struct Tokens {
    plain: Chain,
    stable: Chain,
    authorizer: Chain,
    component: Chain,
    forced_at: Option<Timestamp>,
    /// The day, and how often a stable token was forced on it.
    forced: (u64, u32),
    pub(crate) ticket: Option<String>,
    refresh: Option<Refresh>,
    /// The code of an authorisation that was not exchanged yet, and its end.
    code: Option<(String, Timestamp)>,
}

/// The tokens of one kind, the present one last.
#[derive(Default)]
struct Chain {
    tokens: VecDeque<Token>,
}

struct Token {
    text: String,
    /// The end of its own lifetime.
    ends: Timestamp,
    /// When another one has taken its place for good.
    dies: Option<Timestamp>,
}

/// The refresh token that was answered last, and the one it was answered for: an answer may be lost,
/// so that one stays good until the new one is used.
struct Refresh {
    used: Option<String>,
    offered: String,
}

impl Tokens {
    /// A token of `/cgi-bin/token`, and how many seconds it has: each takes the place of the one before.
    pub(crate) fn fetch(&mut self, setup: &Setup, rng: &mut Rng, now: Timestamp) -> (String, u64) {
        self.plain.replace(now.saturating_add(setup.token_overlap));
        self.plain.issue(setup, rng, now)
    }

    /// The token of `/cgi-bin/stable_token` while it has some time left, and then the next.
    pub(crate) fn stable(&mut self, setup: &Setup, rng: &mut Rng, now: Timestamp) -> (String, u64) {
        let overlap = now.saturating_add(setup.token_overlap);
        match self.stable.tokens.back().filter(|token| token.ends > overlap) {
            Some(token) => (token.text.clone(), secs_until(token.ends, now)),
            None => self.stable.issue(setup, rng, now),
        }
    }

    /// Another token of `/cgi-bin/stable_token`; the errcode once the day's are used up. Sooner than
    /// 30 seconds after the last time it is the present one.
    pub(crate) fn force(
        &mut self,
        setup: &Setup,
        rng: &mut Rng,
        now: Timestamp,
    ) -> Result<(String, u64), i64> {
        if self.forced_at.is_some_and(|at| now < at.saturating_add(FORCE_INTERVAL)) {
            return Ok(self.stable(setup, rng, now));
        }
        let today = day(now);
        let count = if self.forced.0 == today { self.forced.1 } else { 0 };
        if count >= FORCES_A_DAY {
            return Err(45_009);
        }
        self.forced = (today, count.saturating_add(1));
        self.forced_at = Some(now);
        self.stable.replace(now);
        Ok(self.stable.issue(setup, rng, now))
    }

    /// A token of the third-party platform itself.
    pub(crate) fn component(
        &mut self,
        setup: &Setup,
        rng: &mut Rng,
        now: Timestamp,
    ) -> (String, u64) {
        self.component.replace(now.saturating_add(setup.token_overlap));
        self.component.issue(setup, rng, now)
    }

    /// The account lets the third-party platform act for it: the first refresh token.
    pub(crate) fn authorize(&mut self, rng: &mut Rng) -> String {
        let offered = format!("refreshtoken@@@{}", word(rng, 43));
        self.refresh = Some(Refresh { used: None, offered: offered.clone() });
        offered
    }

    /// The same, told by a code that is to be exchanged.
    pub(crate) fn authorize_by_code(&mut self, rng: &mut Rng, now: Timestamp) -> String {
        let code = format!("queryauthcode@@@{}", word(rng, 43));
        self.code = Some((code.clone(), now.saturating_add(CODE_LIFETIME)));
        code
    }

    /// A token for the account, and the first refresh token, for the code of its authorisation.
    pub(crate) fn exchange(
        &mut self,
        setup: &Setup,
        rng: &mut Rng,
        code: &str,
        now: Timestamp,
    ) -> Result<((String, u64), String), i64> {
        match &self.code {
            Some((known, ends)) if known == code && *ends <= now => return Err(61_010),
            Some((known, _)) if known == code => self.code = None,
            _ => return Err(61_009),
        }
        let offered = self.authorize(rng);
        self.authorizer.replace(now.saturating_add(setup.token_overlap));
        Ok((self.authorizer.issue(setup, rng, now), offered))
    }

    /// A token for the account through the third-party platform, and the next refresh token.
    pub(crate) fn refresh(
        &mut self,
        setup: &Setup,
        rng: &mut Rng,
        token: &str,
        now: Timestamp,
    ) -> Result<((String, u64), String), i64> {
        let refresh = self.refresh.as_mut().ok_or(61_003)?;
        if refresh.offered == token {
            let next = format!("refreshtoken@@@{}", word(rng, 43));
            refresh.used = Some(core::mem::replace(&mut refresh.offered, next));
        } else if setup.refresh_once || refresh.used.as_deref() != Some(token) {
            return Err(61_023);
        }
        let offered = refresh.offered.clone();
        self.authorizer.replace(now.saturating_add(setup.token_overlap));
        Ok((self.authorizer.issue(setup, rng, now), offered))
    }

    /// Ends every token of the account at once. The stable one goes on being answered, as nobody has
    /// forced another.
    pub(crate) fn kill(&mut self, now: Timestamp) {
        for chain in [&mut self.plain, &mut self.stable, &mut self.authorizer] {
            chain.replace(now);
        }
    }

    /// Whether a call may be made with this token of the account.
    pub(crate) fn check(&self, token: &str, now: Timestamp) -> Result<(), i64> {
        check(&[&self.plain, &self.stable, &self.authorizer], token, now)
    }

    /// The same for calls that want the token of the third-party platform.
    pub(crate) fn check_component(&self, token: &str, now: Timestamp) -> Result<(), i64> {
        check(&[&self.component], token, now)
    }
}

impl Chain {
    fn issue(&mut self, setup: &Setup, rng: &mut Rng, now: Timestamp) -> (String, u64) {
        let text = format!("{}_{}", rng.u32(10..100), word(rng, 130));
        let ends = now.saturating_add(setup.token_lifetime);
        self.tokens.push_back(Token { text: text.clone(), ends, dies: None });
        if self.tokens.len() > REMEMBERED {
            self.tokens.pop_front();
        }
        (text, secs_until(ends, now))
    }

    /// Whatever is good now is so only until then.
    fn replace(&mut self, until: Timestamp) {
        for token in &mut self.tokens {
            token.dies = Some(token.dies.map_or(until, |dies| dies.min(until)));
        }
    }
}

fn check(chains: &[&Chain], token: &str, now: Timestamp) -> Result<(), i64> {
    let mut all = chains.iter().flat_map(|chain| chain.tokens.iter().rev());
    match all.find(|known| known.text == token) {
        None => Err(40_014),
        Some(known) if known.ends <= now => Err(42_001),
        Some(known) if known.dies.is_some_and(|dies| dies <= now) => Err(40_001),
        Some(_) => Ok(()),
    }
}

/// That many letters and digits.
pub(crate) fn word(rng: &mut Rng, length: usize) -> String {
    (0..length).map(|_| rng.alphanumeric()).collect()
}

/// The redirect after an authorisation says so in its `expires_in`.
const CODE_LIFETIME: Duration = Duration::from_secs(600);
/// Page 获取稳定版接口调用凭据, read 2026-11-21; so is the next.
const FORCE_INTERVAL: Duration = Duration::from_secs(30);
const FORCES_A_DAY: u32 = 20;
/// Tokens that came before so many others are taken for ones that never were.
const REMEMBERED: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;

    fn at(secs: u64) -> Timestamp {
        Timestamp::from_secs(1_796_000_000).saturating_add(Duration::from_secs(secs))
    }

    fn parts() -> (Tokens, Setup, Rng) {
        (Tokens::default(), Setup::mini_program(), Rng::with_seed(1))
    }

    #[test]
    fn a_fetched_token_replaces_the_last_five_minutes_later() {
        let (mut tokens, setup, mut rng) = parts();
        let (first, expires_in) = tokens.fetch(&setup, &mut rng, at(0));
        assert_eq!(expires_in, 7200);
        let (second, _) = tokens.fetch(&setup, &mut rng, at(100));
        assert_ne!(first, second);
        assert_eq!(tokens.check(&first, at(399)), Ok(()));
        assert_eq!(tokens.check(&first, at(400)), Err(40_001));
        assert_eq!(tokens.check(&second, at(7299)), Ok(()));
        assert_eq!(tokens.check(&second, at(7300)), Err(42_001));
        assert_eq!(tokens.check("nonsense", at(0)), Err(40_014));
    }

    #[test]
    fn a_stable_token_stays_the_same_until_five_minutes_before_its_end() {
        let (mut tokens, setup, mut rng) = parts();
        let (first, _) = tokens.stable(&setup, &mut rng, at(0));
        assert_eq!(tokens.stable(&setup, &mut rng, at(6899)), (first.clone(), 301));
        let (second, expires_in) = tokens.stable(&setup, &mut rng, at(6900));
        assert_ne!(first, second);
        assert_eq!(expires_in, 7200);
        assert_eq!(tokens.check(&first, at(7199)), Ok(()));
        assert_eq!(tokens.check(&first, at(7200)), Err(42_001));
        // The other kind does not disturb it.
        tokens.fetch(&setup, &mut rng, at(7200));
        assert_eq!(tokens.check(&second, at(7800)), Ok(()));
    }

    #[test]
    fn a_stable_token_is_forced_at_most_each_half_minute_and_twenty_times_a_day() {
        let (mut tokens, setup, mut rng) = parts();
        let (first, _) = tokens.stable(&setup, &mut rng, at(0));
        let (second, _) = tokens.force(&setup, &mut rng, at(1)).unwrap();
        assert_eq!(tokens.check(&first, at(1)), Err(40_001));
        assert_eq!(tokens.force(&setup, &mut rng, at(30)).unwrap(), (second.clone(), 7171));
        for count in 1..20 {
            let (text, _) = tokens.force(&setup, &mut rng, at(1 + 30 * count)).unwrap();
            assert_ne!(text, second);
        }
        assert_eq!(tokens.force(&setup, &mut rng, at(631)), Err(45_009));
        assert!(tokens.force(&setup, &mut rng, at(631 + 24 * 3600)).is_ok());
    }

    #[test]
    fn a_killed_stable_token_is_answered_until_another_is_forced() {
        let (mut tokens, setup, mut rng) = parts();
        let (stable, _) = tokens.stable(&setup, &mut rng, at(0));
        let (plain, _) = tokens.fetch(&setup, &mut rng, at(0));
        tokens.kill(at(10));
        assert_eq!(tokens.check(&stable, at(10)), Err(40_001));
        assert_eq!(tokens.check(&plain, at(10)), Err(40_001));
        assert_eq!(tokens.stable(&setup, &mut rng, at(11)).0, stable);
        let (forced, _) = tokens.force(&setup, &mut rng, at(11)).unwrap();
        assert_eq!(tokens.check(&forced, at(11)), Ok(()));
    }

    #[test]
    fn a_refresh_token_is_good_until_the_next_one_is_used() {
        let (mut tokens, setup, mut rng) = parts();
        assert_eq!(tokens.refresh(&setup, &mut rng, "x", at(0)), Err(61_003));
        let first = tokens.authorize(&mut rng);
        let ((token, _), second) = tokens.refresh(&setup, &mut rng, &first, at(0)).unwrap();
        assert_eq!(tokens.check(&token, at(0)), Ok(()));
        // The answer was lost: the same question again.
        assert_eq!(tokens.refresh(&setup, &mut rng, &first, at(1)).unwrap().1, second);
        let (_, third) = tokens.refresh(&setup, &mut rng, &second, at(2)).unwrap();
        assert_eq!(tokens.refresh(&setup, &mut rng, &first, at(3)), Err(61_023));
        assert!(tokens.refresh(&setup, &mut rng, &third, at(3)).is_ok());
        // Or for once.
        let setup = setup.refresh_once(true);
        let first = tokens.authorize(&mut rng);
        let (_, second) = tokens.refresh(&setup, &mut rng, &first, at(4)).unwrap();
        assert_eq!(tokens.refresh(&setup, &mut rng, &first, at(5)), Err(61_023));
        assert!(tokens.refresh(&setup, &mut rng, &second, at(5)).is_ok());
    }
}
