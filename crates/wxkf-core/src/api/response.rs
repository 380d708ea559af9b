use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;

use super::answer::{self, ERRCODE, ERRMSG};
use super::endpoint::EndpointInfo;
use super::rejection::Rejection;
use crate::codec::{self, Document, Node, NodeKind, decimal};
use crate::error::{Code, Error};
use crate::fields::Field;

/// What the platform answered: the host fills in what its HTTP client gives it.
#[derive(Clone, Copy)]
pub struct Response<'a> {
    status: u16,
    content_type: Option<&'a str>,
    content_disposition: Option<&'a str>,
    body: &'a [u8],
}

impl<'a> Response<'a> {
    /// An answer with this HTTP status and body.
    #[must_use]
    pub const fn new(status: u16, body: &'a [u8]) -> Self {
        Self { status, content_type: None, content_disposition: None, body }
    }

    /// The header `Content-Type`. A download hands it on.
    #[must_use]
    pub const fn content_type(mut self, value: &'a str) -> Self {
        self.content_type = Some(value);
        self
    }

    /// The header `Content-Disposition`. A download takes the name of the file from it.
    #[must_use]
    pub const fn content_disposition(mut self, value: &'a str) -> Self {
        self.content_disposition = Some(value);
        self
    }

    pub(super) const fn body(&self) -> &'a [u8] {
        self.body
    }

    pub(super) const fn media_type(&self) -> Option<&'a str> {
        self.content_type
    }

    pub(super) const fn disposition(&self) -> Option<&'a str> {
        self.content_disposition
    }

    pub(super) const fn is_http_error(&self) -> bool {
        !matches!(self.status, 200..=299)
    }
}

/// Shows no content: it may be a token, or what a user wrote.
impl fmt::Debug for Response<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("content_type", &self.content_type)
            .field("body_length", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// What became of a call that was answered.
///
/// No answer at all, or an [`Error`] instead of an outcome, leaves open whether the call was carried
/// out.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "the platform may have refused the call"]
#[expect(clippy::exhaustive_enums, reason = "yes or no: there is no third")]
pub enum Outcome<T> {
    /// The platform accepted it, and answered this. A message that was accepted may still not be
    /// shown.
    Accepted(T),
    /// The platform refused it.
    Rejected(Rejection),
}

impl<T> Outcome<T> {
    /// What was answered, or why it was refused.
    ///
    /// # Errors
    /// The rejection, for those who have `?` for it.
    pub fn into_result(self) -> Result<T, Rejection> {
        match self {
            Self::Accepted(answer) => Ok(answer),
            Self::Rejected(rejection) => Err(rejection),
        }
    }

    /// 0, or the `errcode` of the rejection.
    pub(crate) const fn errcode(&self) -> i64 {
        match self {
            Self::Accepted(_) => 0,
            Self::Rejected(rejection) => rejection.errcode,
        }
    }

    pub(super) fn map<U>(self, map: impl FnOnce(T) -> U) -> Outcome<U> {
        match self {
            Self::Accepted(answer) => Outcome::Accepted(map(answer)),
            Self::Rejected(rejection) => Outcome::Rejected(rejection),
        }
    }
}

/// An answer of ten thousand records has some sixty thousand elements.
const MAX_NODES: usize = 1 << 19;

/// A JSON object that the platform answered.
pub(super) struct JsonAnswer<'a> {
    text: &'a str,
    document: Document,
}

impl<'a> JsonAnswer<'a> {
    pub(super) fn parse(body: &'a [u8]) -> Result<Self, Error> {
        let recoded = |error: Error| error.recoded(Code::ResponseMalformed);
        let text = codec::utf8(body).map_err(recoded)?;
        let document = codec::parse_answer(text, MAX_NODES).map_err(recoded)?;
        Ok(Self { text, document })
    }

    pub(super) fn root(&self) -> Node<'_> {
        self.document.root(self.text)
    }

    /// What the platform says about the call, in either spelling. No `errcode` is no refusal: lists,
    /// tokens and media come without one. Whether it is a success is asked of what it holds.
    pub(super) fn outcome(
        &self,
        info: &EndpointInfo,
        response: &Response<'_>,
    ) -> Result<Outcome<Node<'_>>, Error> {
        let malformed = |detail| Error::new(Code::ResponseMalformed).because(detail);
        let root = self.root();
        let (mut errcode, mut is_told) = (0, false);
        for name in ERRCODE {
            let mut named = root.children().filter(|child| child.name() == name);
            let Some(node) = named.next() else { continue };
            if named.next().is_some() {
                return Err(malformed("given twice").field_named(name));
            }
            let code = node.text().and_then(parse_errcode);
            let code = code.ok_or_else(|| malformed("not a whole number").field_named(name))?;
            if is_told && errcode != code {
                return Err(malformed("another one than errcode").field_named(name));
            }
            (errcode, is_told) = (code, true);
        }
        let mut errmsg = None;
        for name in ERRMSG {
            let node = root.child(name).filter(|node| node.kind() != NodeKind::Null);
            let Some(node) = node else { continue };
            // Something else than a text is kept as it stands.
            let text =
                node.exact_text().map_or_else(|| Cow::Owned(codec::to_json(&node)), Cow::Borrowed);
            if errmsg.replace(text.clone()).is_some_and(|other| other != text) {
                return Err(malformed("another one than errmsg").field_named(name));
            }
        }
        if errcode != 0 {
            let errmsg = errmsg.unwrap_or_default().into_owned();
            return Ok(Outcome::Rejected(Rejection::new(errcode, errmsg, info)));
        }
        match response.is_http_error() {
            true => Err(malformed("an HTTP error")),
            false => Ok(Outcome::Accepted(root)),
        }
    }
}

/// A whole number that every language can hold, also as a text or with a fraction of nothing.
fn parse_errcode(text: &str) -> Option<i64> {
    let text = text.trim_ascii();
    let whole = match text.split_once('.') {
        Some((whole, fraction)) if fraction.bytes().all(|byte| byte == b'0') => whole,
        _ => text,
    };
    whole.parse().ok().filter(|code: &i64| code.unsigned_abs() < 1 << 53)
}

/// Reads a JSON answer with these fields, and makes something of it.
pub(super) fn read<T>(
    info: &EndpointInfo,
    response: &Response<'_>,
    fields: &[Field],
    make: impl FnOnce(Node<'_>) -> T,
) -> Result<Outcome<T>, Error> {
    let json = JsonAnswer::parse(response.body())?;
    let outcome = json.outcome(info, response)?;
    if let Outcome::Accepted(node) = &outcome {
        answer::check(fields, *node)?;
    }
    Ok(outcome.map(make))
}

/// Tells an error what the answer was that could not be read: its status, its length and, if that
/// gives nothing away, its beginning.
pub(super) fn seen(info: &EndpointInfo, response: &Response<'_>) -> impl FnOnce(Error) -> Error {
    |error| error.having_seen(&described(info, response))
}

fn described(info: &EndpointInfo, response: &Response<'_>) -> String {
    let length = u64::try_from(response.body.len()).unwrap_or(u64::MAX);
    let mut seen = String::from("status ");
    seen.extend([&*decimal(response.status.into()), ", ", &decimal(length), " bytes"]);
    if !info.has_secrets() {
        push_beginning(&mut seen, response.body);
    }
    seen
}

/// A gateway's page says who it is in its first words. What may be JSON may be what users wrote.
fn push_beginning(seen: &mut String, body: &[u8]) {
    const SHOWN: usize = 80;
    // The longest characters have four bytes; the mark and blanks in front are few.
    let text = String::from_utf8_lossy(body.get(..8 * SHOWN).unwrap_or(body));
    let text = text.trim_start_matches(|c: char| c == '\u{feff}' || c.is_ascii_whitespace());
    if text.is_empty() || text.starts_with(['{', '[']) {
        return;
    }
    seen.push_str(": ");
    for character in text.chars().take(SHOWN) {
        match character {
            // Marks that turn the direction of a line, or break it, are no better in a log.
            '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                seen.extend(character.escape_unicode());
            }
            _ if character.is_control() => seen.extend(character.escape_default()),
            _ => seen.push(character),
        }
    }
}
