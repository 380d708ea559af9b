//! What is checked of a request, and who looks on.

use crate::codec::{Format, Node};
use crate::error::{Error, Language};
use crate::message::Inbound;
use crate::names::named;

#[cfg(doc)]
use crate::account::Account;

named! {
    /// What was looked at. [`Account::receive`] looks at the same, in the order that the mode asks for: a
    /// plain signature comes before the body, a sealed one needs the text of `Encrypt`.
    Check {
        /// The query string and its parameters.
        Query "query",
        /// The outer document.
        Body "body",
        /// Whether request and account agree on encryption.
        Mode "mode",
        /// The signature.
        Signature "signature",
        /// How old the request is.
        Age "age",
        /// Opening the seal: base64, key, padding, frame.
        Seal "seal",
        /// The app id inside the seal.
        ReceiveId "receive_id",
        /// The message itself.
        Message "message",
    }
}

impl Check {
    /// The name for people.
    #[must_use]
    pub const fn title(self, language: Language) -> &'static str {
        match self {
            Self::Query => language.pick("query string", "查询串"),
            Self::Mode => language.pick("encryption mode", "加密方式"),
            Self::Body => language.pick("request body", "请求体"),
            Self::Signature => language.pick("signature", "签名"),
            Self::Age => language.pick("timestamp", "时间戳"),
            Self::Seal => language.pick("decryption", "解密"),
            Self::ReceiveId => language.pick("app id inside", "密文内 AppID"),
            Self::Message => language.pick("message", "消息"),
        }
    }

    /// This check fails.
    pub(crate) fn fails(self, error: impl Into<Error>) -> Failed {
        Failed { check: self, error: error.into() }
    }
}

/// Why a request was refused, and by which check. There is no way to make one of an error alone, so that
/// whoever adds a check says which it is, and an explanation has it.
#[derive(Clone)]
pub(crate) struct Failed {
    pub(crate) check: Check,
    pub(crate) error: Error,
}

impl From<Failed> for Error {
    fn from(failure: Failed) -> Self {
        failure.error
    }
}

/// A check that holds, with what is known by then.
pub(crate) enum Passed<'a> {
    Query,
    /// The outer document, of which nothing can be trusted.
    Body(Format, Node<'a>),
    Mode,
    Signature {
        token_index: usize,
    },
    Age,
    /// Which key opened it; none, if what is inside was sealed for another id.
    Seal {
        key_index: Option<usize>,
    },
    /// The id, and the message that was sealed with it.
    ReceiveId {
        id_index: usize,
        message: &'a [u8],
    },
    /// The text that the check of the URL wants back.
    Echo,
    Message(&'a Inbound),
}

/// Who looks on while a request is checked: it is told what holds, in the order in which it was looked at.
pub(crate) trait Witness {
    fn holds(&mut self, held: Passed<'_>);
}

/// Nobody.
impl Witness for () {
    fn holds(&mut self, _: Passed<'_>) {}
}

#[cfg(test)]
mod tests {
    use super::{Check, Language};

    #[test]
    fn each_has_a_title_of_its_own_in_both_languages() {
        for language in [Language::English, Language::Chinese] {
            for check in Check::ALL {
                let title = check.title(language);
                assert!(title.chars().count() > 1, "{check:?}");
                let alike = Check::ALL.iter().filter(|other| other.title(language) == title);
                assert_eq!(alike.count(), 1, "{title}");
            }
        }
        assert_eq!(Check::Seal.title(Language::English), "decryption");
        assert_eq!(Check::Seal.title(Language::Chinese), "解密");
    }
}
