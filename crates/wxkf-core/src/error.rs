use alloc::borrow::Cow;
use alloc::boxed::Box;
use core::fmt;

use crate::names::{Named, Names, named, said};

/// What went wrong, who can mend it, and where.
///
/// An error is opaque so that it can grow; match on [`code`](Self::code), which is stable. The code
/// is all that may be shown to the other side of the wire: everything after the signature check
/// that an attacker could learn from looks alike in it. [`detail`](Self::detail) is for your own
/// log, [`field`](Self::field) names the parameter, option or element concerned.
#[derive(Clone, PartialEq, Eq)]
pub struct Error {
    code: Code,
    /// Apart, as every call on the way out copies an error.
    more: Option<Box<More>>,
}

#[derive(Clone, Default, PartialEq, Eq)]
struct More {
    field: Option<Cow<'static, str>>,
    detail: Option<Cow<'static, str>>,
}

impl Error {
    pub(crate) const fn new(code: Code) -> Self {
        Self { code, more: None }
    }

    #[must_use]
    pub(crate) fn field_named(self, field: impl Into<Cow<'static, str>>) -> Self {
        self.with_field(field.into())
    }

    #[cold]
    #[inline(never)]
    fn with_field(mut self, field: Cow<'static, str>) -> Self {
        self.more.get_or_insert_default().field = Some(field);
        self
    }

    /// The same cause, seen in another place.
    #[must_use]
    pub(crate) const fn recoded(mut self, code: Code) -> Self {
        self.code = code;
        self
    }

    #[cold]
    #[inline(never)]
    #[must_use]
    pub(crate) fn because(mut self, detail: &'static str) -> Self {
        self.more.get_or_insert_default().detail = Some(Cow::Borrowed(detail));
        self
    }

    /// The same with what was seen behind its detail.
    #[must_use]
    pub(crate) fn having_seen(mut self, seen: &str) -> Self {
        let more = self.more.get_or_insert_default();
        more.detail = Some(Cow::Owned(match &more.detail {
            Some(detail) => [detail, "; ", seen].concat(),
            None => seen.into(),
        }));
        self
    }

    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> Code {
        self.code
    }

    /// Whose mistake it is.
    #[must_use]
    pub const fn origin(&self) -> Origin {
        self.code.origin()
    }

    /// The parameter, option, element or field concerned, by WeChat's name for it; one inside
    /// another has its way there in front, as in `news.articles[0].url`.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        self.more.as_ref()?.field.as_deref()
    }

    /// What exactly was seen: for the developer's log, never for the answer. It holds no secret; of an
    /// answer that is no JSON ([`Code::ResponseMalformed`]) it holds the beginning.
    #[must_use]
    pub fn detail(&self) -> Option<&str> {
        self.more.as_ref()?.detail.as_deref()
    }
}

impl From<Code> for Error {
    fn from(code: Code) -> Self {
        Self::new(code)
    }
}

/// Code, sentence and field; the detail is shown by `Debug` only.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.code.message(Language::English))?;
        match self.field() {
            Some(field) => write!(f, " [{field}]"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)?;
        match self.detail() {
            Some(detail) => write!(f, " ({detail})"),
            None => Ok(()),
        }
    }
}

impl core::error::Error for Error {}

named! {
    /// Whose mistake an [`Error`] is.
    Origin {
        /// The program that calls this crate: its configuration or its arguments.
        Caller "caller",
        /// Whoever sent the request: a scanner, a forger, or an account set up otherwise.
        Peer "peer",
        /// WeChat's own servers answered something that is not its protocol.
        Platform "platform",
    }
}

/// A language in which the crate can explain itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Language {
    /// 简体中文.
    Chinese,
    /// English.
    #[default]
    English,
}

impl Language {
    /// Picks the text of this language.
    #[must_use]
    pub(crate) const fn pick(self, english: &'static str, chinese: &'static str) -> &'static str {
        match self {
            Self::Chinese => chinese,
            Self::English => english,
        }
    }
}

macro_rules! codes {
    ($($variant:ident = $number:literal $name:literal $origin:ident $platform:expr,
        $english:literal, $chinese:literal;)+) => {
        /// Why a call failed: one row a cause, with a number and a name that never change.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        #[repr(u16)]
        pub enum Code {
            $(#[doc = concat!("`", $name, "`: ", $english)] $variant = $number,)+
        }

        impl Code {
            /// Every code, in the order of the numbers.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable name, such as `callback.signature_mismatch`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// Whose mistake it is.
            #[must_use]
            pub const fn origin(self) -> Origin {
                match self { $(Self::$variant => Origin::$origin),+ }
            }

            /// The number that WeChat's own sample code gives this cause (`-40001` …), where it
            /// has one: page 消息加解密说明, read 2026-11-21.
            #[must_use]
            pub const fn platform_number(self) -> Option<i32> {
                match self { $(Self::$variant => $platform),+ }
            }

            /// One sentence that says what is wrong and what to look at.
            #[must_use]
            #[inline]
            pub const fn message(self, language: Language) -> &'static str {
                // Apart, so that a program of one language carries one.
                match language {
                    Language::Chinese => self.chinese(),
                    Language::English => self.english(),
                }
            }

            const fn chinese(self) -> &'static str {
                match self { $(Self::$variant => $chinese),+ }
            }

            const fn english(self) -> &'static str {
                match self { $(Self::$variant => $english),+ }
            }
        }

        impl Named for Code {
            const NAMES: &'static Names = &Names {
                name: "Code",
                doc: said!("Why a call failed: one row a cause, with a name that never changes."),
                names: &[$(($name, said!($english))),+],
            };
        }
    };
}

codes! {
    KeyInvalid = 100 "config.key_invalid" Caller Some(-40004),
        "the EncodingAESKey must be the 43 characters shown in the console (A-Z, a-z, 0-9, + and /)",
        "EncodingAESKey 必须是后台显示的 43 个字符（A-Z、a-z、0-9、+、/）";
    TokenEmpty = 101 "config.token_empty" Caller None,
        "the token is empty: anybody could sign a request with it",
        "Token 为空：任何人都可以伪造签名";
    IdInvalid = 102 "config.id_invalid" Caller None,
        "an AppID is a short text without tabs or line breaks, and not the original id (gh_…) of the account",
        "AppID 应是一个不含制表符和换行的短字符串，也不是账号的原始 ID（gh_…）";
    ModeNeedsKey = 103 "config.mode_needs_key" Caller Some(-40004),
        "there is no EncodingAESKey: set it, or ask for the plain mode by name",
        "没有 EncodingAESKey：请设置它；若确为明文模式，请把 mode 明确设为 plain";
    PolicyInvalid = 104 "config.policy_invalid" Caller None,
        "the policy is not the name of a preset, or a field of it is unknown or out of range",
        "策略不是已知的预设名，或其中的字段未知、超出范围";

    QueryMalformed = 200 "callback.query_malformed" Peer None,
        "the query string cannot be read: a broken percent escape, bytes that are not UTF-8, or a known parameter given twice",
        "查询串无法解析：百分号转义错误、不是 UTF-8，或参数重复";
    ParameterMissing = 201 "callback.parameter_missing" Peer None,
        "a parameter that WeChat always sends is missing from the query string",
        "查询串缺少微信必带的参数";
    SignatureMismatch = 202 "callback.signature_mismatch" Peer Some(-40001),
        "the signature does not match: another token is configured, or the request is not from WeChat",
        "签名不匹配：Token 配置不一致，或请求不是微信发出的";
    TimestampStale = 203 "callback.timestamp_stale" Peer None,
        "the signature is good but older (or newer) than the configured tolerance",
        "签名正确，但时间戳超出了设定的允许范围";
    ModeRefused = 204 "callback.mode_refused" Peer None,
        "the push and the account disagree on encryption: an unsealed push at a secure account, or a sealed one at a plain account",
        "推送与账号的加密方式不一致：安全模式账号收到明文，或明文账号收到密文";
    BodyMalformed = 205 "callback.body_malformed" Peer Some(-40002),
        "the body is not the XML or JSON that WeChat sends",
        "请求体不是微信发送的 XML 或 JSON";
    BodyTooLarge = 206 "callback.body_too_large" Peer None,
        "the body is larger than the configured limit",
        "请求体超过设定的大小上限";
    CiphertextInvalid = 207 "callback.ciphertext_invalid" Peer Some(-40007),
        "the signature is good but no configured EncodingAESKey opens the message; is it the key of another account?",
        "签名正确，但所配置的 EncodingAESKey 都无法解密；是否用了其他账号的密钥？";
    ReceiveIdMismatch = 208 "callback.receive_id_mismatch" Peer Some(-40005),
        "the message was sealed for another app id; a third-party platform must accept its own component appid",
        "消息内的 AppID 与配置不符；第三方平台应接受其 component_appid";
    RecipientMismatch = 209 "callback.recipient_mismatch" Peer None,
        "the ToUserName outside the seal is not the one inside it",
        "密文外的 ToUserName 与密文内的不一致";

    ReplyUnsupported = 300 "reply.unsupported" Caller None,
        "this kind of account, or this kind of push, cannot be answered so; use the customer-service API",
        "该账号类型或该推送不支持这种被动回复，请改用客服消息接口";
    ReplyFieldInvalid = 301 "reply.field_invalid" Caller Some(-40011),
        "a field of the reply is empty, too long, or cannot be written in this format",
        "回复中的字段为空、过长，或无法用该格式表示";

    RequestFieldMissing = 400 "request.field_missing" Caller None,
        "a field that the API requires is missing",
        "缺少接口必填字段";
    RequestFieldInvalid = 401 "request.field_invalid" Caller None,
        "a field has a value that the API refuses",
        "字段的值不被接口接受";
    RequestUnsupported = 402 "request.unsupported" Caller None,
        "there is no such call, or this kind of account cannot make it or send this",
        "没有这个接口，或该类账号不能调用、不能发送这种内容";

    ResponseMalformed = 500 "response.malformed" Platform None,
        "the answer of the API cannot be read",
        "接口返回的内容无法解析";

    SnapshotMalformed = 600 "snapshot.malformed" Caller None,
        "these bytes are not a snapshot of this kind",
        "这些字节不是该类型的快照";
    SnapshotVersion = 601 "snapshot.version" Caller None,
        "the snapshot was written by a newer version of this crate",
        "快照由更新版本写入";

    ArgumentInvalid = 700 "binding.argument_invalid" Caller None,
        "an argument is of the wrong type, unknown, or out of range",
        "参数类型错误、取值未知或超出范围";
    Panicked = 701 "binding.panicked" Caller None,
        "a fault of this library ended the call; use the objects of the call no more, and report it",
        "本库内部错误中断了调用；请勿再使用该调用涉及的对象，并反馈给我们";
}

impl Code {
    /// The code with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }

    /// The number, for places where a name does not fit (a C status). It never changes.
    #[must_use]
    pub const fn number(self) -> u16 {
        self as u16
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::collections::BTreeSet;

    #[test]
    fn names_and_numbers_are_unique_and_found_again() {
        let names: BTreeSet<_> = Code::ALL.iter().map(|code| code.name()).collect();
        let numbers: BTreeSet<_> = Code::ALL.iter().map(|code| code.number()).collect();
        assert_eq!((names.len(), numbers.len()), (Code::ALL.len(), Code::ALL.len()));
        for code in Code::ALL {
            assert_eq!(Code::from_name(code.name()), Some(*code));
            assert_ne!(code.message(Language::English), code.message(Language::Chinese));
        }
        assert_eq!(Code::from_name("callback.nonsense"), None);
    }
}
