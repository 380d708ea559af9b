//! A short path for the XML that WeChat really sends: elements without attributes that hold either
//! one CDATA section, or plain text, or further elements.
//!
//! It knows one way to read and hands every other shape to the general reader. A property test
//! holds the two against each other: what this one says of a document, that one says too.

use memchr::memchr;
use memchr::memmem::Finder;

use super::significant;
use super::tree::{Builder, Document, NodeKind};
use crate::error::Error;

/// Why the short path has no tree for a document.
pub(super) enum Stop {
    /// The general reader comes to the same end: too deep, too much, a field that stands twice.
    Malformed(Error),
    /// This is something else, well-formed or not: ask the general reader.
    OtherShape,
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Malformed(error)
    }
}

type Rest<'t> = Result<&'t str, Stop>;

pub(super) fn parse(text: &str) -> Result<Document, Stop> {
    let mut tree = Builder::new(text);
    let cdata_end = Finder::new("]]>");
    let mut rest = open(&mut tree, significant(text))?;
    while tree.depth() > 0 {
        let (before, markup) = until(rest, b'<')?;
        if !before.trim_ascii().is_empty() {
            return Err(Stop::OtherShape); // text beside elements
        }
        rest = match markup.strip_prefix("</") {
            Some(tag) => close(&mut tree, tag)?,
            None => element(&mut tree, markup, &cdata_end)?,
        };
    }
    match rest.trim_ascii() {
        "" => Ok(tree.finish()?),
        _ => Err(Stop::OtherShape),
    }
}

/// Reads a start tag and, if the element is a leaf, all of it.
fn element<'t>(tree: &mut Builder<'_>, markup: &'t str, cdata_end: &Finder<'_>) -> Rest<'t> {
    let rest = open(tree, markup)?;
    if let Some(cdata) = rest.strip_prefix("<![CDATA[") {
        let end = cdata_end.find(cdata.as_bytes()).ok_or(Stop::OtherShape)?;
        let (content, rest) = cdata.split_at_checked(end).ok_or(Stop::OtherShape)?;
        tree.text(content, true)?;
        return close(tree, rest.strip_prefix("]]></").ok_or(Stop::OtherShape)?);
    }
    let (content, markup) = until(rest, b'<')?;
    match markup.strip_prefix("</") {
        Some(tag) if memchr(b'&', content.as_bytes()).is_none() => {
            tree.text(content, false)?;
            close(tree, tag)
        }
        // Elements inside: the caller goes on, and refuses text before them.
        None if !markup.starts_with("<!") => Ok(rest),
        _ => Err(Stop::OtherShape),
    }
}

fn open<'t>(tree: &mut Builder<'_>, markup: &'t str) -> Rest<'t> {
    let tag = markup.strip_prefix('<').ok_or(Stop::OtherShape)?;
    let (name, rest) = until(tag, b'>')?;
    let is_plain = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if !is_plain {
        return Err(Stop::OtherShape);
    }
    let kind = if tree.is_empty() { NodeKind::Element } else { NodeKind::Text };
    tree.open(tree.place(name), kind)?;
    rest.get(1..).ok_or(Stop::OtherShape)
}

fn close<'t>(tree: &mut Builder<'_>, tag: &'t str) -> Rest<'t> {
    let rest = tag.strip_prefix(tree.innermost()).and_then(|rest| rest.strip_prefix('>'));
    let rest = rest.ok_or(Stop::OtherShape)?;
    tree.close();
    Ok(rest)
}

/// The text before the next such byte, and the text from it on.
fn until(text: &str, byte: u8) -> Result<(&str, &str), Stop> {
    let at = memchr(byte, text.as_bytes()).ok_or(Stop::OtherShape)?;
    text.split_at_checked(at).ok_or(Stop::OtherShape)
}
