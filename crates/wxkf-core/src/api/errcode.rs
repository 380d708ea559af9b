//! The platform's return codes: one row a code, with what it means and what to do about it.

mod table;

use crate::error::Language;
use crate::names::{Named, Names, said};

/// One row of the table of return codes (全局返回码).
#[derive(Clone, Copy, Debug)]
pub struct Errcode {
    code: i32,
    kind: Option<RejectionKind>,
}

/// A row as it is written down.
struct Row {
    errcode: Errcode,
    texts: Texts,
}

#[derive(Clone, Copy)]
struct Texts {
    meaning: [&'static str; 2],
    advice: Option<[&'static str; 2]>,
}

impl Row {
    const fn of(
        code: i32,
        kind: RejectionKind,
        chinese: &'static str,
        english: &'static str,
    ) -> Self {
        let texts = Texts { meaning: [chinese, english], advice: None };
        Self { errcode: Errcode { code, kind: Some(kind) }, texts }
    }

    const fn success(chinese: &'static str, english: &'static str) -> Self {
        let texts = Texts { meaning: [chinese, english], advice: None };
        Self { errcode: Errcode { code: 0, kind: None }, texts }
    }

    const fn advice_is(mut self, chinese: &'static str, english: &'static str) -> Self {
        self.texts.advice = Some([chinese, english]);
        self
    }
}

/// The rows again, column by column: what a program does not ask for does not get into it.
macro_rules! column {
    ($name:ident: $column:ident $type:ty) => {
        #[expect(clippy::indexing_slicing, reason = "while it compiles; a mistake ends that")]
        static $name: [$type; table::TABLE.len()] = {
            let [first, ..] = table::TABLE else { panic!("a table without rows") };
            let mut column = [first.$column; table::TABLE.len()];
            let mut at = 0;
            while at < column.len() {
                column[at] = table::TABLE[at].$column;
                at += 1;
            }
            column
        };
    };
}

column!(CODES: errcode Errcode);
column!(TEXTS: texts Texts);

impl Errcode {
    /// Every row, in the order of the codes.
    pub const ALL: &'static [Self] = &CODES;

    /// The row of that code; `None` for one that this version does not know.
    #[must_use]
    pub fn of(code: i64) -> Option<&'static Self> {
        let at = Self::ALL.binary_search_by_key(&code, Self::code).ok()?;
        Self::ALL.get(at)
    }

    /// The code.
    #[must_use]
    pub fn code(&self) -> i64 {
        self.code.into()
    }

    /// What the caller should do about it; `None` for 0, which is no rejection.
    #[must_use]
    pub const fn kind(&self) -> Option<RejectionKind> {
        self.kind
    }

    /// What it means. Brackets around the Chinese text say that no page prints one.
    #[must_use]
    pub fn meaning(&self, language: Language) -> &'static str {
        self.texts()
            .map_or("", |Texts { meaning: [chinese, english], .. }| language.pick(english, chinese))
    }

    /// What to do about it.
    #[must_use]
    pub fn advice(&self, language: Language) -> &'static str {
        match (self.own_advice(language), self.kind) {
            (Some(advice), _) => advice,
            (None, Some(kind)) => kind.advice(language),
            (None, None) => "",
        }
    }

    /// What to do about it, if more is known than is true of its whole kind.
    #[must_use]
    pub fn own_advice(&self, language: Language) -> Option<&'static str> {
        let [chinese, english] = self.texts()?.advice?;
        Some(language.pick(english, chinese))
    }

    fn texts(&self) -> Option<&'static Texts> {
        let mut rows = CODES.iter().zip(&TEXTS);
        rows.find(|(row, _)| row.code == self.code).map(|(_, texts)| texts)
    }
}

macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $variant:ident $name:literal $english:literal $chinese:literal,)+) => {
        /// Why the platform said no, by what the caller should do about it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum RejectionKind {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl RejectionKind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The kind of this return code; unknown, if this version does not know it.
            #[must_use]
            pub fn of(errcode: i64) -> Self {
                Errcode::of(errcode).and_then(Errcode::kind).unwrap_or(Self::Unknown)
            }

            /// The stable name, such as `quota_exhausted`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// What to do, in a sentence.
            #[must_use]
            pub const fn advice(self, language: Language) -> &'static str {
                match self { $(Self::$variant => language.pick($english, $chinese)),+ }
            }
        }

        impl Named for RejectionKind {
            const NAMES: &'static Names = &Names {
                name: "RejectionKind",
                doc: said!("Why the platform said no, by what the caller should do about it."),
                names: &[$(($name, said!($($doc)+))),+],
            };
        }
    };
}

kinds! {
    /// The platform is busy or failed. Try again later, with growing pauses and an end; but a
    /// message may have been sent all the same, and there is no key that keeps it from being sent
    /// twice.
    Busy "busy"
        "Try again later, with growing pauses. A message may have been sent all the same."
        "请稍后重试，并逐次延长间隔。消息可能其实已经发出。",
    /// The request is wrong; repeating it changes nothing.
    InvalidRequest "invalid_request"
        "Correct the request; repeating it changes nothing."
        "请修正请求，原样重试没有意义。",
    /// There are as many of something as there may be.
    LimitReached "limit_reached"
        "A cap on the number of things is reached; remove some, or wait for the next period."
        "数量已达上限，请先删除一些，或等到下个周期。",
    /// A setting of the account or the server is wrong: stop and tell someone.
    Misconfigured "misconfigured"
        "A setting of the account or the server is wrong: stop calling and tell someone."
        "账号或服务器设置有误，请停止调用并通知负责人。",
    /// The account may not do this: tell whoever runs it.
    NotPermitted "not_permitted"
        "The account has no permission for this: tell whoever runs it."
        "账号没有此项权限，请通知账号管理员。",
    /// This user has been sent as many messages as the last action allows: wait for the next one.
    QuotaExhausted "quota_exhausted"
        "Wait for the user's next action; no more messages can be sent until then."
        "请等待用户的下一次操作，在此之前不能再下发消息。",
    /// The account calls too often, whichever user it is about: slow down.
    RateLimited "rate_limited"
        "Slow down: the limit is on the account's calls, not on this user."
        "请降低频率：受限的是账号的调用次数，与具体用户无关。",
    /// This user, or this message to the user, is out of reach: give it up.
    RecipientUnavailable "recipient_unavailable"
        "Give up on this message: the user cannot be reached."
        "请放弃该消息：无法触达该用户。",
    /// The token is not accepted: fetch one and call once more. The call was not carried out.
    TokenRejected "token_rejected"
        "Fetch a new token and call once more; the call was not carried out."
        "请重新获取 access_token 后再调用一次；本次调用并未执行。",
    /// A code that this version does not know.
    Unknown "unknown"
        "An unknown code: look it up on the platform's page of return codes."
        "未收录的返回码，请查阅官方全局返回码文档。",
    /// The time to answer this user is over: wait until the user writes.
    WindowClosed "window_closed"
        "The time to answer is over, or the user unsubscribed: wait until the user writes again."
        "已超过可回复时间，或用户已取消关注，请等待用户再次发来消息。",
    /// The session, agent or binding is not in the state that this call needs.
    WrongState "wrong_state"
        "The session or account is not in the state that this call needs."
        "会话或账号当前的状态不支持此操作。",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rows_are_in_order_and_found() {
        assert!(Errcode::ALL.is_sorted_by(|one, next| one.code < next.code));
        for row in Errcode::ALL {
            assert_eq!(Errcode::of(row.code()).map(Errcode::code), Some(row.code()));
            assert_eq!(row.kind.is_none(), row.code == 0);
            for language in [Language::Chinese, Language::English] {
                assert!(!row.meaning(language).is_empty(), "{}", row.code);
                assert!(row.code == 0 || !row.advice(language).is_empty(), "{}", row.code);
            }
        }
        assert!(Errcode::of(-2).is_none());
    }
}
