use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use serde_json::{Value, json};

/// A request to the API.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Call<'a> {
    /// `GET` or `POST`.
    pub method: &'a str,
    /// The path, such as `/cgi-bin/message/custom/send`.
    pub path: &'a str,
    /// The query string, with the token in it.
    pub query: &'a str,
    /// The header `Content-Type`; it matters for uploads alone.
    pub content_type: Option<&'a str>,
    /// The body.
    pub body: &'a [u8],
}

impl<'a> Call<'a> {
    /// A request with this method to this target: path and query string, as in the first line of an
    /// HTTP request.
    #[must_use]
    pub fn new(method: &'a str, target: &'a str) -> Self {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        Self { method, path, query, content_type: None, body: &[] }
    }

    /// With this `Content-Type`.
    #[must_use]
    pub const fn content_type(mut self, content_type: &'a str) -> Self {
        self.content_type = Some(content_type);
        self
    }

    /// With this body.
    #[must_use]
    pub const fn body(mut self, body: &'a [u8]) -> Self {
        self.body = body;
        self
    }

    /// A parameter of the query string, unescaped.
    pub(super) fn parameter(&self, name: &str) -> Option<String> {
        let mut pairs = self.query.split('&').filter_map(|pair| pair.split_once('='));
        let (_, value) = pairs.find(|(key, _)| *key == name)?;
        unescape(value)
    }

    /// The body, as a JSON object.
    pub(super) fn json(&self) -> Result<CallBody, i64> {
        if self.body.trim_ascii().is_empty() {
            return Err(EMPTY_BODY);
        }
        match serde_json::from_slice(self.body) {
            Ok(value @ Value::Object(_)) => Ok(CallBody(value)),
            _ => Err(MALFORMED),
        }
    }
}

/// A JSON object of a request.
pub(super) struct CallBody(Value);

impl CallBody {
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str().filter(|text| !text.is_empty())
    }

    /// A whole number, also as a text.
    pub(super) fn number(&self, name: &str) -> Option<u64> {
        let value = self.0.get(name)?;
        value.as_u64().or_else(|| value.as_str()?.parse().ok())
    }

    pub(super) fn is_on(&self, name: &str) -> bool {
        self.0.get(name).and_then(Value::as_bool).unwrap_or_default()
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.0.get(name).is_some_and(|value| !value.is_null())
    }

    pub(super) fn object(&self, name: &str) -> Option<Self> {
        self.0.get(name).filter(|value| value.is_object()).cloned().map(Self)
    }

    pub(super) fn list(&self, name: &str) -> Option<Vec<Self>> {
        Some(self.0.get(name)?.as_array()?.iter().cloned().map(Self).collect())
    }
}

/// What the API answers.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The header `Content-Type`.
    pub content_type: String,
    /// The header `Content-Disposition`, for a file.
    pub content_disposition: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// The call was accepted, and that is all there is to say.
    pub(super) fn ok() -> Self {
        Self::refused(0, "ok")
    }

    pub(super) fn refused(errcode: i64, errmsg: &str) -> Self {
        Self::json(&json!({ "errcode": errcode, "errmsg": errmsg }))
    }

    pub(super) fn json(value: &Value) -> Self {
        Self {
            status: 200,
            content_type: "application/json; encoding=utf-8".into(),
            content_disposition: None,
            body: value.to_string().into_bytes(),
        }
    }

    pub(super) fn file(content_type: &str, filename: &str, bytes: &[u8]) -> Self {
        Self {
            status: 200,
            content_type: content_type.into(),
            content_disposition: Some(["attachment; filename=\"", filename, "\""].concat()),
            body: bytes.into(),
        }
    }
}

/// Undoes percent escapes; `None` for broken ones.
fn unescape(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                let digits = core::str::from_utf8(&digits).ok()?;
                u8::from_str_radix(digits, 16).ok()?
            }
            _ => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

/// Shows no values: one of them is the token.
impl fmt::Debug for Call<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("method", &self.method)
            .field("path", &self.path)
            .field("content_type", &self.content_type)
            .field("body_length", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// Shows no content: it may be a token.
impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("status", &self.status)
            .field("content_type", &self.content_type)
            .field("body_length", &self.body.len())
            .finish_non_exhaustive()
    }
}

const EMPTY_BODY: i64 = 44_002;
const MALFORMED: i64 = 47_001;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_unescaped() {
        let call = Call::new("GET", "/p?a=%E4%BD%A0&b=x@y&c=%zz&d=%+1");
        assert_eq!(call.path, "/p");
        assert_eq!(call.parameter("a").as_deref(), Some("你"));
        assert_eq!(call.parameter("b").as_deref(), Some("x@y"));
        assert_eq!(call.parameter("c"), None);
        assert_eq!(call.parameter("e"), None);
    }

    #[test]
    fn a_body_is_an_object() {
        let code = |body: &'static [u8]| Call::new("POST", "/").body(body).json().err();
        assert_eq!(code(b" "), Some(EMPTY_BODY));
        assert_eq!(code(b"[]"), Some(MALFORMED));
        assert_eq!(code(b"{"), Some(MALFORMED));
        assert_eq!(code(b"{}"), None);
    }
}
