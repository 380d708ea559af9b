//! Bytes to one ordered tree and back, the same tree for XML and JSON.

mod build;
mod flat;
mod json;
mod ser;
mod tree;
mod write;
mod xml;

pub(crate) use build::SEALED;
pub(crate) use ser::{Number, push_document};
pub use ser::{push_json, to_json};
pub use tree::{Alike, Children, Node, NodeKind};
pub(crate) use tree::{Document, Reserved, Typed};
pub(crate) use write::{can_carry, decimal, write_hex};

use alloc::string::String;
use alloc::vec::Vec;

use crate::error::{Code, Error};
use crate::names::named;

/// Real pushes nest six levels at the most; what is deeper is an attack.
pub(crate) const MAX_DEPTH: usize = 32;
/// Real pushes have some hundred elements at the most. A tree of this many takes 400 KB.
pub(crate) const MAX_NODES: usize = 16_384;
/// Sections, entities and comments cost more to read than their few bytes; an element has one.
const MAX_PIECES: usize = 2 * MAX_NODES;

/// Ten thousand records of 2 KB, or the largest upload in base64, take less than half.
pub(crate) const MAX_JSON: usize = 64 << 20;

named! {
    /// The two formats in which WeChat pushes and is answered.
    Format {
        /// A JSON object.
        Json "json",
        /// An `<xml>` document.
        Xml "xml",
    }
}

impl Format {
    /// Tells the format by the first significant byte; `Content-Type` says nothing, as JSON is
    /// delivered as `text/xml`.
    pub(crate) fn sniff(text: &str) -> Option<Self> {
        match significant(text).as_bytes().first() {
            Some(b'<') => Some(Self::Xml),
            Some(b'{') => Some(Self::Json),
            _ => None,
        }
    }
}

pub(crate) fn significant(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text).trim_ascii_start()
}

/// Where the end mark of a CDATA section begins. Most texts have no `>` before it, and are passed over
/// many bytes at once; those that have many are not searched anew behind each.
fn find_cdata_end(text: &str) -> Option<usize> {
    const TRIES: usize = 4;
    let bytes = text.as_bytes();
    for (tries, at) in memchr::memchr_iter(b'>', bytes).enumerate() {
        if bytes.get(..at)?.ends_with(b"]]") {
            return at.checked_sub(2);
        }
        if tries >= TRIES {
            let rest = bytes.get(at..)?.windows(3).position(|window| window == b"]]>")?;
            return at.checked_add(rest);
        }
    }
    None
}

/// Whether there is such a byte. Every one is looked at, many at once where the target can.
fn any_byte(text: &str, is_such: impl Fn(u8) -> bool) -> bool {
    let mut found = false;
    for byte in text.as_bytes() {
        found |= is_such(*byte);
    }
    found
}

/// Reads what the platform pushes, of either format, into its tree.
pub(crate) fn parse(text: &str) -> Result<(Format, Document), Error> {
    let format = Format::sniff(text)
        .ok_or_else(|| malformed("the first significant byte is neither `<` nor `{`"))?;
    if memchr::memchr(0, text.as_bytes()).is_some() {
        return Err(malformed("U+0000"));
    }
    let document = match format {
        Format::Json => json::parse(text, MAX_NODES),
        Format::Xml => match flat::parse(text) {
            Err(flat::Stop::OtherShape) => xml::parse(text),
            Err(flat::Stop::Malformed(error)) => Err(error),
            Ok(document) => Ok(document),
        },
    }?;
    Ok((format, document))
}

/// Reads a JSON object that the platform answered, of up to so many values, into its tree.
pub(crate) fn parse_answer(text: &str, max_nodes: usize) -> Result<Document, Error> {
    if Format::sniff(text) != Some(Format::Json) {
        return Err(malformed("not a JSON object"));
    }
    if text.len() > MAX_JSON {
        return Err(malformed("too large"));
    }
    if memchr::memchr(0, text.as_bytes()).is_some() {
        return Err(malformed("U+0000"));
    }
    json::parse(text, max_nodes)
}

/// The body as text.
pub(crate) fn utf8(body: &[u8]) -> Result<&str, Error> {
    simdutf8::basic::from_utf8(body).map_err(|_| malformed("not UTF-8"))
}

/// The same of a body that becomes the text.
pub(crate) fn owned_utf8(body: Vec<u8>) -> Result<String, Error> {
    String::from_utf8(body).map_err(|_| malformed("not UTF-8"))
}

fn malformed(detail: &'static str) -> Error {
    Error::new(Code::BodyMalformed).because(detail)
}

#[cfg(test)]
mod tests {
    use super::find_cdata_end;
    use alloc::string::String;

    #[test]
    fn the_end_mark_is_found_wherever_it_stands() {
        // Every text of up to nine of these characters: enough for all tries and what follows.
        for length in 0..=9u32 {
            for number in 0..3usize.pow(length) {
                let character = |place| b">]a"[number / 3usize.pow(place) % 3] as char;
                let text: String = (0..length).map(character).collect();
                assert_eq!(find_cdata_end(&text), text.find("]]>"), "{text}");
            }
        }
    }
}
