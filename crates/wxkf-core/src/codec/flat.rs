//! A short path for the XML that WeChat really sends: elements without attributes that hold either
//! one CDATA section, or plain text, or further elements.
//!
//! It knows one way to read and hands everything else, errors included, to the general reader. A
//! property test holds the two against each other: what this one accepts, that one reads the same.

use memchr::memchr;
use memchr::memmem::Finder;

use super::significant;
use super::tree::{Builder, Document, NodeKind};

pub(super) fn parse(text: &str) -> Option<Document> {
    let mut tree = Builder::new(text);
    let cdata_end = Finder::new("]]>");
    let mut rest = open(&mut tree, significant(text))?;
    while tree.depth() > 0 {
        let (before, markup) = rest.split_at_checked(memchr(b'<', rest.as_bytes())?)?;
        let has_layout = !before.is_empty();
        if has_layout && !before.trim_ascii().is_empty() {
            return None; // text beside elements; a leaf's own text is met in `open`
        }
        rest = match markup.strip_prefix("</") {
            Some(tag) => close(&mut tree, tag)?,
            None => element(&mut tree, markup, &cdata_end)?,
        };
    }
    rest.trim_ascii().is_empty().then(|| tree.finish().ok())?
}

/// Reads a start tag and, if the element is a leaf, all of it.
fn element<'t>(tree: &mut Builder<'_>, markup: &'t str, cdata_end: &Finder<'_>) -> Option<&'t str> {
    let rest = open(tree, markup)?;
    if let Some(cdata) = rest.strip_prefix("<![CDATA[") {
        let (content, rest) = cdata.split_at_checked(cdata_end.find(cdata.as_bytes())?)?;
        tree.text(content, true).ok()?;
        return close(tree, rest.strip_prefix("]]></")?);
    }
    let (content, markup) = rest.split_at_checked(memchr(b'<', rest.as_bytes())?)?;
    match markup.strip_prefix("</") {
        Some(tag) if memchr(b'&', content.as_bytes()).is_none() => {
            tree.text(content, false).ok()?;
            close(tree, tag)
        }
        // Elements inside: the caller goes on, and refuses text before them.
        None if !markup.starts_with("<!") => Some(rest),
        _ => None,
    }
}

fn open<'t>(tree: &mut Builder<'_>, markup: &'t str) -> Option<&'t str> {
    let tag = markup.strip_prefix('<')?;
    let (name, rest) = tag.split_at_checked(memchr(b'>', tag.as_bytes())?)?;
    let is_plain = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if !is_plain {
        return None;
    }
    let kind = if tree.is_empty() { NodeKind::Element } else { NodeKind::Text };
    tree.open(tree.place(name), kind).ok()?;
    rest.get(1..)
}

fn close<'t>(tree: &mut Builder<'_>, tag: &'t str) -> Option<&'t str> {
    let rest = tag.strip_prefix(tree.innermost())?.strip_prefix('>')?;
    tree.close();
    Some(rest)
}
