use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use memchr::memchr;

use super::check::{Check, Failed};
use crate::error::{Code, Error};

/// The query string of a callback, taken apart.
///
/// Give it the raw text after the `?`, exactly as it stood in the URL: percent escapes are decoded
/// here, once, for every host and language. A `+` stays a `+`, because WeChat's query strings carry
/// base64 and never blanks.
///
/// A parameter that is known may stand once; everything unknown is ignored.
#[derive(Clone, Default)]
pub struct Query<'a> {
    pub(crate) signature: Option<Cow<'a, str>>,
    pub(crate) timestamp: Option<Cow<'a, str>>,
    pub(crate) nonce: Option<Cow<'a, str>>,
    pub(crate) echostr: Option<Cow<'a, str>>,
    pub(crate) msg_signature: Option<Cow<'a, str>>,
    pub(crate) encrypt_type: Option<Cow<'a, str>>,
    pub(crate) openid: Option<Cow<'a, str>>,
}

impl<'a> Query<'a> {
    /// Reads a raw query string; a leading `?` is allowed.
    ///
    /// # Errors
    /// [`Code::QueryMalformed`] for a broken percent escape, text that is not UTF-8, or a known
    /// parameter that stands twice.
    pub fn parse(raw: &'a str) -> Result<Self, Error> {
        let mut query = Self::default();
        let mut rest = Some(raw.strip_prefix('?').unwrap_or(raw));
        while let Some(text) = rest {
            let (pair, after) = split_once(text, b'&');
            let (name, value) = split_once(pair, b'=');
            rest = after;
            let value = value.unwrap_or_default();
            let Some((name, slot)) = query.slot(name) else { continue };
            let broken = || Error::new(Code::QueryMalformed).field_named(name);
            if slot.is_some() {
                return Err(broken().because("given twice"));
            }
            *slot = Some(percent_decode(value).ok_or_else(broken)?);
        }
        Ok(query)
    }

    /// Whether this is the GET with which WeChat checks the URL: answer it with
    /// [`Account::verify_url`](crate::Account::verify_url).
    #[must_use]
    pub const fn is_url_verification(&self) -> bool {
        self.echostr.is_some()
    }

    /// `timestamp`, as it stands.
    #[must_use]
    pub fn timestamp(&self) -> Option<&str> {
        self.timestamp.as_deref()
    }

    /// `nonce`, as it stands.
    #[must_use]
    pub fn nonce(&self) -> Option<&str> {
        self.nonce.as_deref()
    }

    /// `encrypt_type`: `aes`, `raw` or absent. A hint only; the account decides the mode.
    #[must_use]
    pub fn encrypt_type(&self) -> Option<&str> {
        self.encrypt_type.as_deref()
    }

    /// `openid`: **not covered by any signature**. Use the sender of the decoded message instead.
    #[must_use]
    pub fn unsigned_openid(&self) -> Option<&str> {
        self.openid.as_deref()
    }

    /// Undoes one round of percent escapes.
    pub(crate) fn decode_value(text: &str) -> Option<Cow<'_, str>> {
        percent_decode(text)
    }

    fn slot(&mut self, name: &str) -> Option<(&'static str, &mut Option<Cow<'a, str>>)> {
        Some(match name {
            "signature" => ("signature", &mut self.signature),
            "timestamp" => ("timestamp", &mut self.timestamp),
            "nonce" => ("nonce", &mut self.nonce),
            "echostr" => ("echostr", &mut self.echostr),
            "msg_signature" => ("msg_signature", &mut self.msg_signature),
            "encrypt_type" => ("encrypt_type", &mut self.encrypt_type),
            "openid" => ("openid", &mut self.openid),
            _ => return None,
        })
    }
}

/// Signatures and the echo string are as good as a password for replaying a plain push.
impl fmt::Debug for Query<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Query")
            .field("timestamp", &self.timestamp)
            .field("nonce", &self.nonce)
            .field("encrypt_type", &self.encrypt_type)
            .field("has_signature", &self.signature.is_some())
            .field("has_msg_signature", &self.msg_signature.is_some())
            .field("has_echostr", &self.echostr.is_some())
            .finish_non_exhaustive()
    }
}

/// A parameter that there has to be.
pub(super) fn required<'a>(
    name: &'static str,
    value: Option<&'a Cow<'_, str>>,
) -> Result<&'a str, Failed> {
    let missing = || Check::Query.fails(Error::new(Code::ParameterMissing).field_named(name));
    value.map(|value| &**value).ok_or_else(missing)
}

/// Cuts at the first such byte.
fn split_once(text: &str, at: u8) -> (&str, Option<&str>) {
    let cut = memchr(at, text.as_bytes());
    let parts = cut.and_then(|cut| Some((text.get(..cut)?, text.get(cut.checked_add(1)?..)?)));
    parts.map_or((text, None), |(before, after)| (before, Some(after)))
}

fn percent_decode(text: &str) -> Option<Cow<'_, str>> {
    if memchr(b'%', text.as_bytes()).is_none() {
        return Some(Cow::Borrowed(text));
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => hex_digit(rest.next()?)? << 4 | hex_digit(rest.next()?)?,
            _ => byte,
        });
    }
    String::from_utf8(bytes).ok().map(Cow::Owned)
}

fn hex_digit(byte: u8) -> Option<u8> {
    u8::try_from(char::from(byte).to_digit(16)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_each_value_once_and_keeps_plus() {
        let query = Query::parse("?echostr=a+b%2Fc%3D%3D%2541&nonce=%E4%BD%A0&x=%zz").unwrap();
        assert_eq!(query.echostr.as_deref(), Some("a+b/c==%41"));
        assert_eq!(query.nonce(), Some("你"));
        assert!(query.is_url_verification());
    }

    #[test]
    fn refuses_what_could_be_read_in_two_ways() {
        for raw in
            ["nonce=1&nonce=2", "nonce=%", "nonce=%4", "nonce=%zz", "nonce=%ff", "nonce&nonce"]
        {
            assert_eq!(Query::parse(raw).unwrap_err().code(), Code::QueryMalformed, "{raw}");
        }
    }
}
