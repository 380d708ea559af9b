use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::time::Duration;

use wxkf_core::{Account, AccountKind, Error, Format, Mode};

/// What a [`Platform`](crate::Platform) is like: the account as its console shows it, and those
/// rules of the platform that its pages leave open or have changed before.
///
/// ```
/// use core::time::Duration;
/// use wxkf_core::{Format, Mode};
/// use wxkf_platform::{ActionKind, Reading, Setup};
///
/// let setup = Setup::mini_program()
///     .mode(Mode::Plain)
///     .format(Format::Json)
///     .rule(ActionKind::Enter, 1, Duration::from_secs(60)) // as in 2022
///     .reading(Reading::Independent);
/// # let _ = setup;
/// ```
#[derive(Clone)]
#[must_use]
pub struct Setup {
    pub(crate) kind: AccountKind,
    pub(crate) app_id: String,
    pub(crate) secret: String,
    pub(crate) original_id: String,
    pub(crate) component_app_id: String,
    token: String,
    encoding_aes_key: String,
    pub(crate) mode: Mode,
    pub(crate) format: Format,
    rules: Vec<ActionRule>,
    pub(crate) reading: Reading,
    pub(crate) lateness: Duration,
    pub(crate) enter_punished: bool,
    pub(crate) retries: u32,
    pub(crate) token_lifetime: Duration,
    pub(crate) token_overlap: Duration,
    pub(crate) refresh_once: bool,
    pub(crate) keep_chat: bool,
}

/// A kind of action that lets the account write: a row of the table in 客服消息使用指南,
/// 下发条件说明, read 2026-11-21.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ActionKind {
    /// 用户进入客服消息.
    Enter,
    /// 点击自定义菜单, and a tap on an item of a msgmenu.
    Menu,
    /// 用户发送消息.
    Message,
    /// 扫描二维码.
    Scan,
    /// 关注公众号.
    Subscribe,
}

/// How the platform takes the sentence 可发送客服消息条数不累加，上述用户动作会触发可下发条数及可下发时限的更新，
/// 可下发消息条数更新为当前可下发条数限制的最大值，有效下发时间限制也更新为最长有效时间
/// (客服消息使用指南, 下发条件说明, read 2026-11-21).
///
/// They agree as long as a user does one kind of thing. Which one is true is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reading {
    /// Every kind of action has a count and an end of its own; the same kind replaces. As much may
    /// be sent as the best of them has left, and what is sent is taken from all of them.
    Independent,
    /// The count goes up to the largest *limit* of the actions whose time is not over; the end goes
    /// to the latest. A tap on the chat gives back all five messages.
    Refill,
    /// The count goes up to the limit of the action unless more is *left*; the end goes to the
    /// latest. Nothing ever shrinks.
    RunningMaximum,
}

/// What one kind of action allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ActionRule {
    pub(crate) kind: ActionKind,
    pub(crate) limit: u32,
    pub(crate) window: Duration,
}

impl ActionRule {
    const fn new(kind: ActionKind, limit: u32, seconds: u64) -> Self {
        Self { kind, limit, window: Duration::from_secs(seconds) }
    }
}

impl Setup {
    /// A mini program with made-up ids, JSON pushes in secure mode, and the table of 2026: 5 messages
    /// in 48 hours after one of the user's, 2 in a minute after the chat was opened.
    pub fn mini_program() -> Self {
        Self {
            app_id: "wx8a30c4e7b6f1d295".into(),
            original_id: "gh_e8f74b20a61d".into(),
            format: Format::Json,
            rules: MINI_PROGRAM.into(),
            ..Self::new(AccountKind::MiniProgram)
        }
    }

    /// An official account with made-up ids, XML pushes in secure mode, and the table of 2026: 5
    /// messages in 48 hours after one of the user's, 3 in a minute after a menu, a scan or a
    /// subscription.
    pub fn official_account() -> Self {
        Self::new(AccountKind::OfficialAccount)
    }

    fn new(kind: AccountKind) -> Self {
        Self {
            kind,
            app_id: "wx2f5b7c91d8e04a63".into(),
            secret: "5f4dcc3b5aa765d61d8327deb882cf99".into(),
            original_id: "gh_5d1c0a7e93b2".into(),
            component_app_id: "wx6e1d0b42a97c8f35".into(),
            token: "modelToken2026".into(),
            encoding_aes_key: "wxkfModelKeyWhoseLastCharacterHasStrayBits0".into(),
            mode: Mode::Secure,
            format: Format::Xml,
            rules: OFFICIAL_ACCOUNT.into(),
            reading: Reading::RunningMaximum,
            lateness: Duration::ZERO,
            enter_punished: false,
            retries: RETRIES,
            token_lifetime: TOKEN_LIFETIME,
            token_overlap: TOKEN_OVERLAP,
            refresh_once: false,
            keep_chat: true,
        }
    }

    /// The AppID.
    pub fn app_id(mut self, app_id: &str) -> Self {
        self.app_id = app_id.into();
        self
    }

    /// The AppSecret.
    pub fn secret(mut self, secret: &str) -> Self {
        self.secret = secret.into();
        self
    }

    /// The original id (原始 ID, `gh_…`), which stands in `ToUserName`.
    pub fn original_id(mut self, original_id: &str) -> Self {
        self.original_id = original_id.into();
        self
    }

    /// The app id of the third-party platform (第三方平台) that may act for the account. It has the
    /// same secret.
    pub fn component_app_id(mut self, app_id: &str) -> Self {
        self.component_app_id = app_id.into();
        self
    }

    /// The token (令牌) of the callback.
    pub fn token(mut self, token: &str) -> Self {
        self.token = token.into();
        self
    }

    /// The EncodingAESKey (消息加解密密钥) of the callback, 43 characters.
    pub fn encoding_aes_key(mut self, key: &str) -> Self {
        self.encoding_aes_key = key.into();
        self
    }

    /// How pushes are protected (消息加解密方式).
    pub const fn mode(mut self, mode: Mode) -> Self {
        self.mode = mode;
        self
    }

    /// The format of pushes (数据格式).
    pub const fn format(mut self, format: Format) -> Self {
        self.format = format;
        self
    }

    /// What a kind of action allows: so many messages within that time, instead of what the table
    /// says. A limit of 0 takes the row away.
    pub fn rule(mut self, kind: ActionKind, limit: u32, window: Duration) -> Self {
        self.rules.retain(|rule| rule.kind != kind);
        if limit > 0 {
            self.rules.push(ActionRule { kind, limit, window });
        }
        self
    }

    /// How the platform takes the sentence about counts that do not add up; the running maximum
    /// unless told.
    pub const fn reading(mut self, reading: Reading) -> Self {
        self.reading = reading;
        self
    }

    /// How long after an action the sending side knows of it; at once unless told. Until then a send
    /// finds what was there before and is refused with 45047 if that was nothing, as users of the API
    /// have reported of the first second after a message.
    pub const fn lateness(mut self, lateness: Duration) -> Self {
        self.lateness = lateness;
        self
    }

    /// Whether the account is punished: opening the chat allows nothing, and a send that nothing else
    /// covers is refused with 45094.
    pub const fn enter_punished(mut self, on: bool) -> Self {
        self.enter_punished = on;
        self
    }

    /// How often a push is repeated after the first attempt; 3 unless told (总共重试三次 on the page
    /// 被动回复用户消息, read 2026-11-21; some have seen 2).
    pub const fn retries(mut self, count: u32) -> Self {
        self.retries = count;
        self
    }

    /// How long a token is good for; 7200 seconds unless told.
    pub const fn token_lifetime(mut self, lifetime: Duration) -> Self {
        self.token_lifetime = lifetime;
        self
    }

    /// How long a token stays good once another has taken its place, and how long before its end a
    /// stable one is replaced; 300 seconds unless told.
    pub const fn token_overlap(mut self, overlap: Duration) -> Self {
        self.token_overlap = overlap;
        self
    }

    /// Whether a refresh token ends as soon as another has been answered for it; if not, and unless told, it
    /// stays good until the other one is used. The pages say only that a lost one cannot be had again.
    pub const fn refresh_once(mut self, on: bool) -> Self {
        self.refresh_once = on;
        self
    }

    /// Whether to keep what users see and what became of every push; on unless told. Without it the
    /// state of a user stays the same size however long a simulation runs.
    pub const fn keep_chat(mut self, on: bool) -> Self {
        self.keep_chat = on;
        self
    }

    /// The account as the host of the other side configures it: it receives what this platform
    /// pushes.
    ///
    /// # Errors
    /// As [`AccountBuilder::build`](wxkf_core::AccountBuilder::build).
    pub fn account(&self) -> Result<Account, Error> {
        let builder = Account::builder(self.kind, &self.app_id, &self.token).mode(self.mode);
        match self.mode {
            Mode::Plain => builder.build(),
            _ => builder.encoding_aes_key(&self.encoding_aes_key).build(),
        }
    }

    pub(crate) fn rule_for(&self, kind: ActionKind) -> Option<ActionRule> {
        self.rules.iter().copied().find(|rule| rule.kind == kind)
    }
}

/// The secrets stay out of logs.
impl fmt::Debug for Setup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Setup")
            .field("kind", &self.kind)
            .field("app_id", &self.app_id)
            .field("mode", &self.mode)
            .field("format", &self.format)
            .field("rules", &self.rules)
            .field("reading", &self.reading)
            .field("lateness", &self.lateness)
            .finish_non_exhaustive()
    }
}

/// Page 被动回复用户消息, read 2026-11-21.
const RETRIES: u32 = 3;
/// Page 获取接口调用凭据, read 2026-11-21; so is the next.
const TOKEN_LIFETIME: Duration = Duration::from_secs(7200);
const TOKEN_OVERLAP: Duration = Duration::from_secs(300);
const TWO_DAYS: u64 = 48 * 3600;
/// 客服消息使用指南 of mini programs, 下发条件说明, read 2026-11-21.
const MINI_PROGRAM: [ActionRule; 2] =
    [ActionRule::new(ActionKind::Message, 5, TWO_DAYS), ActionRule::new(ActionKind::Enter, 2, 60)];
/// Page 客服消息 of official accounts, read 2026-11-21.
const OFFICIAL_ACCOUNT: [ActionRule; 4] = [
    ActionRule::new(ActionKind::Message, 5, TWO_DAYS),
    ActionRule::new(ActionKind::Menu, 3, 60),
    ActionRule::new(ActionKind::Subscribe, 3, 60),
    ActionRule::new(ActionKind::Scan, 3, 60),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_replaces_the_one_of_the_table_and_zero_takes_it_away() {
        let setup = Setup::mini_program().rule(ActionKind::Message, 20, Duration::from_secs(9));
        assert_eq!(setup.rule_for(ActionKind::Message).map(|rule| rule.limit), Some(20));
        let setup = setup.rule(ActionKind::Enter, 0, Duration::ZERO);
        assert_eq!(setup.rule_for(ActionKind::Enter), None);
        assert_eq!(setup.rule_for(ActionKind::Scan), None);
    }

    #[test]
    fn secrets_are_not_shown() {
        let setup = Setup::official_account();
        let shown = alloc::format!("{setup:?}");
        for secret in [&setup.secret, &setup.token, &setup.encoding_aes_key] {
            assert!(!shown.contains(secret.as_str()));
        }
    }
}
