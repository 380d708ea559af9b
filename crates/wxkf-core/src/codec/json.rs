//! JSON: the tree is read off the tokens, and `serde_json` decides whether it was JSON at all.
//!
//! Reading twice keeps every number as its exact text and every place in the document, which a
//! deserializer does not hand out, and costs less than building values. The tree comes first,
//! because it is the one that stops at what is too deep or too much.

use alloc::string::String;

use memchr::{memchr, memchr2};
use serde::de::IgnoredAny;

use super::tree::{Builder, Document, NodeKind, Span};
use super::{malformed, significant};
use crate::error::Error;

pub(super) fn parse(text: &str) -> Result<Document, Error> {
    let source = significant(text);
    let mut tree = Builder::new(text);
    read(&mut tree, source).ok_or_else(|| malformed("not well-formed JSON"))??;
    serde_json::from_str::<IgnoredAny>(source).map_err(|_| malformed("not well-formed JSON"))?;
    tree.finish()
}

/// Walks the tokens, whatever stands between them. `None`: this is no JSON.
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
                let (place, after) = string(tree, rest)?;
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

/// Splits off a string: its place, and what follows.
fn string<'s>(tree: &mut Builder<'_>, source: &'s str) -> Option<(Result<Span, Error>, &'s str)> {
    let inside = source.strip_prefix('"')?;
    let end = memchr2(b'"', b'\\', inside.as_bytes())?;
    let (before, after) = inside.split_at_checked(end)?;
    if let Some(after) = after.strip_prefix('"') {
        return Some((Ok(tree.place(before)), after));
    }
    let mut values = serde_json::Deserializer::from_str(source).into_iter::<String>();
    let text = values.next()?.ok()?;
    let after = source.get(values.byte_offset()..)?;
    let place = match memchr(0, text.as_bytes()) {
        Some(_) => Err(malformed("U+0000")),
        None => tree.aside(&text),
    };
    Some((place, after))
}
