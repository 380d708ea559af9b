//! Texts that are more than a text: ids, and what must not be shown.

use alloc::string::String;
use core::fmt;

/// An id of WeChat's: digits as a rule, but 64 bits wide, so that JavaScript rounds it as a number,
/// and sometimes not a number at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Id<'a>(&'a str);

impl<'a> Id<'a> {
    pub(crate) const fn new(text: &'a str) -> Self {
        Self(text)
    }

    /// The id as it was written.
    #[must_use]
    pub const fn as_str(self) -> &'a str {
        self.0
    }

    /// The number, if it is one.
    #[must_use]
    pub fn as_u64(self) -> Option<u64> {
        self.0.bytes().all(|byte| byte.is_ascii_digit()).then(|| self.0.parse().ok())?
    }
}

impl fmt::Display for Id<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl From<Id<'_>> for String {
    fn from(id: Id<'_>) -> Self {
        id.0.into()
    }
}

/// A ticket or code that WeChat hands out: whoever has it can act for the account. It is not shown
/// by `Debug`, so that it does not end up in a log; JSON has it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SecretStr<'a>(&'a str);

impl<'a> SecretStr<'a> {
    pub(crate) const fn new(text: &'a str) -> Self {
        Self(text)
    }

    /// The text.
    #[must_use]
    pub const fn expose(self) -> &'a str {
        self.0
    }
}

impl fmt::Debug for SecretStr<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretStr(…)")
    }
}

/// A token, ticket or secret of an account: whoever has it can act for the account. `Debug` does not
/// show it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The text.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<SecretStr<'_>> for Secret {
    fn from(secret: SecretStr<'_>) -> Self {
        Self(secret.0.into())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        zeroize::Zeroize::zeroize(&mut self.0);
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::{String, ToString};
    use alloc::{format, vec};

    use super::{Id, Secret, SecretStr};

    #[test]
    fn an_id_is_what_was_written() {
        for (text, number) in [
            ("23241477706429916", Some(23_241_477_706_429_916)),
            ("x1", None),
            ("-1", None),
            ("", None),
        ] {
            let id = Id::new(text);
            assert_eq!((id.as_str(), &*id.to_string(), &*String::from(id)), (text, text, text));
            assert_eq!(id.as_u64(), number);
        }
    }

    #[test]
    fn a_secret_is_given_only_when_asked_for() {
        let lent = SecretStr::new("hush");
        let kept = [Secret::from(lent), Secret::from("hush"), Secret::from(String::from("hush"))];
        assert_eq!(kept.each_ref().map(Secret::expose).to_vec(), vec![lent.expose(); 3]);
        assert_eq!(format!("{lent:?} {:?}", kept.first()), "SecretStr(…) Some(Secret(…))");
    }
}
