//! JSON, in one pass over its tokens.
//!
//! It is our own reader for three reasons. It is as lenient as the wire: a string
//! may hold any control character raw, as WeChat writes it, and every deserializer refuses that. It keeps the exact text of every number, where others
//! hand out what fits a `u64`, an `i64` or an `f64`. And it gives the place of every value in the text, so
//! that nothing is copied. In all else it is the JSON of RFC 8259 (but that U+0000 is refused, escaped or
//! not), and `serde_json` is what a property test and a fuzz target hold it against. What programs write is
//! read by `serde_json`: see `params`.

use alloc::string::String;

use memchr::{memchr, memchr2};

use super::build::Builder;
use super::tree::{Document, NodeKind, Span};
use super::{malformed, significant};
use crate::error::Error;

pub(super) fn parse(text: &str, max_nodes: usize) -> Result<Document, Error> {
    let mut tree = Builder::new(text).limited(max_nodes);
    let not_json = || malformed("not well-formed JSON");
    let rest = read(&mut tree, significant(text)).ok_or_else(not_json)??;
    match skip_space(rest) {
        "" => tree.finish(),
        _ => Err(not_json()),
    }
}

/// What may come next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    CommaOrEnd,
    Key,
    KeyOrEnd,
    Value,
    ValueOrEnd,
}

/// Reads the root, which begins as an object: that is looked at before. `None` if it is none. Gives what follows it.
fn read<'s>(tree: &mut Builder<'_>, source: &'s str) -> Option<Result<&'s str, Error>> {
    let mut rest = source;
    let mut next = Next::Value;
    // Of the value that comes next; empty inside a list.
    let mut name = Span::default();
    loop {
        rest = skip_space(rest);
        let is_value = matches!(next, Next::Value | Next::ValueOrEnd);
        let step = match rest.as_bytes().first()? {
            b'{' if is_value => {
                (rest, next) = (rest.get(1..)?, Next::KeyOrEnd);
                tree.open(name, NodeKind::Element)
            }
            b'[' if is_value => {
                (rest, next) = (rest.get(1..)?, Next::ValueOrEnd);
                tree.open(name, NodeKind::Array)
            }
            end @ (b'}' | b']') => {
                let may_end = match tree.innermost_kind() {
                    NodeKind::Array => *end == b']' && next != Next::Value,
                    _ => *end == b'}' && matches!(next, Next::KeyOrEnd | Next::CommaOrEnd),
                };
                if !may_end {
                    return None;
                }
                (rest, next) = (rest.get(1..)?, Next::CommaOrEnd);
                tree.close();
                if tree.depth() == 0 {
                    return Some(Ok(rest));
                }
                Ok(())
            }
            b',' if next == Next::CommaOrEnd => {
                rest = rest.get(1..)?;
                next = match tree.innermost_kind() {
                    NodeKind::Array => Next::Value,
                    _ => Next::Key,
                };
                Ok(())
            }
            b'"' if matches!(next, Next::Key | Next::KeyOrEnd) => {
                let (place, after) = string(tree, rest)?;
                (rest, next) = (skip_space(after).strip_prefix(':')?, Next::Value);
                match place {
                    Ok(key) => {
                        name = key;
                        continue;
                    }
                    Err(error) => Err(error),
                }
            }
            b'"' if is_value => {
                let (place, after) = string(tree, rest)?;
                (rest, next) = (after, Next::CommaOrEnd);
                place.and_then(|value| tree.leaf(name, NodeKind::Text, value))
            }
            _ if is_value => {
                let (literal, after) = rest.split_at_checked(literal_length(rest))?;
                (rest, next) = (after, Next::CommaOrEnd);
                tree.leaf(name, literal_kind(literal)?, tree.place(literal))
            }
            _ => return None,
        };
        if let Err(error) = step {
            return Some(Err(error));
        }
        name = Span::default();
    }
}

fn literal_length(source: &str) -> usize {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    source.bytes().take_while(|byte| is_part(byte)).count()
}

fn literal_kind(literal: &str) -> Option<NodeKind> {
    Some(match literal {
        "null" => NodeKind::Null,
        "true" | "false" => NodeKind::Boolean,
        _ if is_number(literal) => NodeKind::Number,
        _ => return None,
    })
}

/// Any number that JSON has a spelling for, of whatever size: RFC 8259, section 6.
pub(super) fn is_number(literal: &str) -> bool {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let text = literal.strip_prefix('-').unwrap_or(literal);
    let whole = digits(text);
    let Some((whole, mut rest)) = text.split_at_checked(whole) else { return false };
    if whole.is_empty() || (whole.len() > 1 && whole.starts_with('0')) {
        return false;
    }
    if let Some(fraction) = rest.strip_prefix('.') {
        let length = digits(fraction);
        rest = fraction.get(length..).unwrap_or_default();
        if length == 0 {
            return false;
        }
    }
    if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        return !exponent.is_empty() && digits(exponent) == exponent.len();
    }
    rest.is_empty()
}

/// The four characters that JSON takes for white space.
fn skip_space(text: &str) -> &str {
    let is_space = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
    text.get(text.bytes().take_while(|byte| is_space(byte)).count()..).unwrap_or_default()
}

/// Splits off a string: its place, and what follows.
fn string<'s>(tree: &mut Builder<'_>, source: &'s str) -> Option<(Result<Span, Error>, &'s str)> {
    let inside = source.strip_prefix('"')?;
    let end = memchr2(b'"', b'\\', inside.as_bytes())?;
    let (before, after) = inside.split_at_checked(end)?;
    if let Some(after) = after.strip_prefix('"') {
        return Some((Ok(tree.place(before)), after));
    }
    let (text, after) = unescape(inside)?;
    let place = match memchr(0, text.as_bytes()) {
        Some(_) => Err(malformed("U+0000")),
        None => tree.aside(&text),
    };
    Some((place, after))
}

/// Reads a string behind its opening quote, escapes and all: RFC 8259, section 7. Gives what follows.
fn unescape(source: &str) -> Option<(String, &str)> {
    let mut out = String::new();
    let mut rest = source;
    loop {
        let is_special = |byte: u8| matches!(byte, b'"' | b'\\');
        let (before, after) = rest.split_at_checked(rest.bytes().position(is_special)?)?;
        out.push_str(before);
        rest = after.get(1..)?;
        match after.as_bytes().first()? {
            b'"' => return Some((out, rest)),
            b'\\' => {}
            _ => return None,
        }
        let escape = rest.bytes().next()?;
        rest = rest.get(1..)?;
        out.push(match escape {
            b'"' | b'\\' | b'/' => char::from(escape),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => code_point(&mut rest)?,
            _ => return None,
        });
    }
}

/// Four digits, or two times four for what lies beyond them. A half of a pair is no character.
fn code_point(rest: &mut &str) -> Option<char> {
    let first = code_unit(rest)?;
    let second = match first {
        0xd800..=0xdbff => {
            *rest = rest.strip_prefix("\\u")?;
            Some(code_unit(rest)?)
        }
        _ => None,
    };
    char::decode_utf16([first].into_iter().chain(second)).next()?.ok()
}

fn code_unit(rest: &mut &str) -> Option<u16> {
    let (digits, after) = rest.split_at_checked(4)?;
    *rest = after;
    digits.bytes().try_fold(0, |unit: u16, digit| {
        let digit = u16::try_from(char::from(digit).to_digit(16)?).ok()?;
        Some((unit << 4) | digit)
    })
}

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    use serde::de::IgnoredAny;

    use super::super::{MAX_NODES, parse_answer};

    /// Everything that can be made of at most so many of these pieces.
    fn all(pieces: &[&str], most: u32) -> Vec<String> {
        let mut longest = alloc::vec![String::new()];
        let mut all = longest.clone();
        for _ in 0..most {
            let longer = |text: &String| {
                pieces.iter().map(|piece| format!("{text}{piece}")).collect::<Vec<_>>()
            };
            longest = longest.iter().flat_map(longer).collect();
            all.extend_from_slice(&longest);
        }
        all
    }

    #[track_caller]
    fn is_taken_alike(text: &str) {
        // The root of what is read here is an object.
        let expected = text.starts_with('{') && serde_json::from_str::<IgnoredAny>(text).is_ok();
        assert_eq!(parse_answer(text, MAX_NODES).is_ok(), expected, "{text}");
    }

    #[test]
    fn every_short_text_is_taken_as_serde_json_takes_it() {
        let pieces = ["{", "}", "[", "]", ":", ",", r#""a""#, "1"];
        for (before, most) in
            [("", 3), ("{", 5), (r#"{"a":["#, 4), (r#"{"a":{"#, 4), (r#"{"a":1"#, 4)]
        {
            for text in all(&pieces, most) {
                is_taken_alike(&format!("{before}{text}"));
            }
        }
    }

    #[test]
    fn every_short_literal_is_taken_as_serde_json_takes_it() {
        for literal in all(&["0", "1", "-", "+", ".", "e", "E"], 5) {
            is_taken_alike(&format!(r#"{{"a":{literal}}}"#));
        }
        for literal in [
            "null", "true", "false", "nul", "nulls", "True", "NaN", "Infinity", "0x1", "1_0", "a",
            "٣",
        ] {
            is_taken_alike(&format!(r#"{{"a":{literal}}}"#));
        }
    }

    #[test]
    fn every_space_is_taken_as_serde_json_takes_it() {
        for space in
            (1..=0x20_u8).map(char::from).chain(['\u{a0}', '\u{85}', '\u{2028}', '\u{3000}'])
        {
            is_taken_alike(&format!(
                r#"{{{space}"a"{space}:{space}[{space}1{space},{space}2{space}]{space}}}{space}"#
            ));
            is_taken_alike(&format!("{{}}{space}"));
        }
    }

    #[test]
    fn every_escape_is_taken_as_serde_json_takes_it() {
        let mut escapes: Vec<String> =
            (1..=0x7f_u8).map(|byte| format!("\\{}", char::from(byte))).collect();
        let units = [
            "0001", "0041", "00e9", "D7ff", "d800", "dBFF", "dc00", "DFFF", "e000", "ffff", "00g0",
            "+041", "é41",
        ];
        for first in units {
            escapes.push(format!("\\u{first}"));
            for second in units {
                escapes.push(format!("\\u{first}\\u{second}"));
                escapes.push(format!("\\u{first}x\\u{second}"));
            }
        }
        escapes.extend(["\\u004", "\\", "\\u", "\\n\\t"].map(String::from));
        for escape in escapes {
            let text = format!(r#"{{"a":"<{escape}>"}}"#);
            let expected: Option<serde_json::Value> = serde_json::from_str(&text).ok();
            let read = parse_answer(&text, MAX_NODES).ok();
            let read = read.as_ref().map(|document| {
                document.root(&text).children().next().and_then(|node| node.text())
            });
            let expected =
                expected.as_ref().map(|value| value.get("a").and_then(serde_json::Value::as_str));
            assert_eq!(read, expected, "{text}");
        }
    }
}
