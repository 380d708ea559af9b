//! JSON: `serde_json` decides whether it is JSON, then the tree is read off what is known to be so.
//!
//! Reading twice keeps every number as its exact text and every place in the document, which a
//! deserializer does not hand out, and costs less than building values.

use alloc::string::String;

use memchr::memchr2;
use serde::de::IgnoredAny;

use super::tree::{Builder, Document, NodeKind, Span};
use super::{malformed, significant};
use crate::error::Error;

pub(super) fn parse(text: &str) -> Result<Document, Error> {
    let source = significant(text);
    serde_json::from_str::<IgnoredAny>(source).map_err(|_| malformed("not well-formed JSON"))?;
    let mut tree = Builder::new(text);
    read(&mut tree, source).ok_or_else(|| malformed("not well-formed JSON"))??;
    tree.finish()
}

/// Walks the tokens. `None` would mean that this is no JSON after all.
fn read(tree: &mut Builder<'_>, source: &str) -> Option<Result<(), Error>> {
    let mut rest = source;
    // Of the value that comes next; empty inside a list.
    let mut name = Span::default();
    loop {
        rest = rest.trim_ascii_start();
        let step = match rest.as_bytes().first()? {
            mark @ (b'{' | b'[') => {
                rest = rest.get(1..)?;
                tree.open(name, if *mark == b'{' { NodeKind::Element } else { NodeKind::Array })
            }
            b'}' | b']' => {
                rest = rest.get(1..)?;
                tree.close();
                if tree.depth() == 0 {
                    return Some(Ok(()));
                }
                Ok(())
            }
            b',' => {
                rest = rest.get(1..)?;
                Ok(())
            }
            b'"' => {
                let (inside, has_escapes, after) = string(rest)?;
                let place = match has_escapes {
                    true => unescaped(tree, inside),
                    false => Ok(tree.place(inside)),
                };
                rest = after.trim_ascii_start();
                match (place, rest.strip_prefix(':')) {
                    (Err(error), _) => Err(error),
                    (Ok(key), Some(after)) => {
                        (name, rest) = (key, after);
                        continue;
                    }
                    (Ok(value), None) => tree.leaf(name, NodeKind::Text, value),
                }
            }
            _ => {
                let end = rest.find([',', '}', ']', ' ', '\t', '\r', '\n'])?;
                let (literal, after) = rest.split_at_checked(end)?;
                rest = after;
                let kind = match literal {
                    "null" => NodeKind::Null,
                    "true" | "false" => NodeKind::Boolean,
                    _ => NodeKind::Number,
                };
                tree.leaf(name, kind, tree.place(literal))
            }
        };
        if step.is_err() {
            return Some(step);
        }
        name = Span::default();
    }
}

/// Splits off a string: its inside, whether it has escapes, and what follows.
fn string(source: &str) -> Option<(&str, bool, &str)> {
    let inside = source.strip_prefix('"')?;
    let mut has_escapes = false;
    let mut at = 0usize;
    loop {
        at = at.checked_add(memchr2(b'"', b'\\', inside.as_bytes().get(at..)?)?)?;
        if inside.as_bytes().get(at) == Some(&b'"') {
            return Some((inside.get(..at)?, has_escapes, inside.get(at.checked_add(1)?..)?));
        }
        has_escapes = true;
        at = at.checked_add(2)?;
    }
}

fn unescaped(tree: &mut Builder<'_>, inside: &str) -> Result<Span, Error> {
    let mut quoted = String::with_capacity(inside.len().saturating_add(2));
    quoted.push('"');
    quoted.push_str(inside);
    quoted.push('"');
    let text: String = serde_json::from_str(&quoted)
        .map_err(|_| malformed("a string with an escape that stands for no character"))?;
    if text.contains('\0') {
        return Err(malformed("U+0000"));
    }
    tree.aside(&text)
}
