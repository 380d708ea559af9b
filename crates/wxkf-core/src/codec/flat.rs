//! A short path for the XML that WeChat really sends: elements without attributes that hold either
//! one CDATA section, or plain text, or further elements.
//!
//! It knows one way to read and hands every other shape to the general reader. A property test
//! holds the two against each other: what this one says of a document, that one says too.

use memchr::memchr;

use super::build::Builder;
use super::tree::{Document, NodeKind};
use super::{MAX_DEPTH, find_cdata_end, significant};
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
    let mut tree = Builder::new(text).with_line_ends();
    let (root, mut rest) = start_tag(significant(text))?;
    tree.open(tree.place(root), NodeKind::Element)?;
    while tree.depth() > 0 {
        let (before, markup) = until(rest, b'<')?;
        if !before.trim_ascii().is_empty() {
            return Err(Stop::OtherShape); // text beside elements
        }
        rest = match markup.strip_prefix("</") {
            Some(tag) => {
                let rest = end_tag(tree.innermost(), tag)?;
                tree.close();
                rest
            }
            None => element(&mut tree, markup)?,
        };
    }
    match rest.trim_ascii() {
        "" => Ok(tree.finish()?),
        _ => Err(Stop::OtherShape),
    }
}

/// Reads a leaf, or the start tag of an element with elements in it.
fn element<'t>(tree: &mut Builder<'_>, markup: &'t str) -> Rest<'t> {
    let (name, rest) = start_tag(markup)?;
    let (content, tag) = match rest.strip_prefix("<![CDATA[") {
        Some(cdata) => {
            let end = find_cdata_end(cdata).ok_or(Stop::OtherShape)?;
            let (content, rest) = cdata.split_at_checked(end).ok_or(Stop::OtherShape)?;
            (content, rest.strip_prefix("]]></").ok_or(Stop::OtherShape)?)
        }
        None => {
            let (content, markup) = until(rest, b'<')?;
            match markup.strip_prefix("</") {
                Some(tag) if memchr(b'&', content.as_bytes()).is_none() => (content, tag),
                Some(_) => return Err(Stop::OtherShape),
                None => {
                    // The caller goes on, and refuses text before the first of them.
                    tree.open(tree.place(name), NodeKind::Text)?;
                    return Ok(rest);
                }
            }
        }
    };
    if tree.depth() >= MAX_DEPTH {
        return Err(Stop::OtherShape); // to the general reader a leaf is as deep as any element
    }
    tree.xml_leaf(name, content)?;
    end_tag(name, tag)
}

/// A start tag without attributes: its name, and what follows it.
fn start_tag(markup: &str) -> Result<(&str, &str), Stop> {
    let tag = markup.strip_prefix('<').ok_or(Stop::OtherShape)?;
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let end = tag.bytes().position(|byte| !is_plain(byte)).ok_or(Stop::OtherShape)?;
    let (name, rest) = tag.split_at_checked(end).ok_or(Stop::OtherShape)?;
    if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(Stop::OtherShape);
    }
    Ok((name, rest.strip_prefix('>').ok_or(Stop::OtherShape)?))
}

/// The rest of an end tag, of which the mark is cut off.
fn end_tag<'t>(name: &str, tag: &'t str) -> Rest<'t> {
    let rest = tag.strip_prefix(name).and_then(|rest| rest.strip_prefix('>'));
    rest.ok_or(Stop::OtherShape)
}

/// The text before the next such byte, and the text from it on.
fn until(text: &str, byte: u8) -> Result<(&str, &str), Stop> {
    let at = memchr(byte, text.as_bytes()).ok_or(Stop::OtherShape)?;
    text.split_at_checked(at).ok_or(Stop::OtherShape)
}

#[cfg(test)]
mod tests {
    use super::{Stop, parse};

    fn is_taken(text: &str) -> bool {
        parse(text).is_ok()
    }

    #[test]
    fn what_wechat_sends_takes_the_short_path() {
        for text in [
            "<xml></xml>",
            "<xml><A>1</A></xml>",
            "<xml><A></A><B_2><![CDATA[a < b & c]]></B_2></xml>",
            "\u{feff} <xml>\n  <A><![CDATA[]]></A>\n <Info>\n<B>1</B><B>2</B> </Info>\r\n</xml>\n",
        ] {
            assert!(is_taken(text), "{text}");
        }
        let deep = |levels: usize| "<a>".repeat(levels) + "<b>1</b>" + &"</a>".repeat(levels);
        assert!(is_taken(&deep(super::MAX_DEPTH - 1)));
        assert!(!is_taken(&deep(super::MAX_DEPTH)));
    }

    #[test]
    fn every_other_shape_is_handed_over() {
        for text in [
            "",
            "xml",
            "<xml>",
            "<xml></xml",
            "<xml></yml>",
            "<xml/>",
            "<1xml></1xml>",
            "<></>",
            "<xml a='1'></xml>",
            "<xml></xml>b",
            "<xml></xml><xml></xml>",
            "<xml>a<A>1</A></xml>",
            "<xml><A>1</A>b</xml>",
            "<xml><A>&lt;</A></xml>",
            "<xml><A><!-- 1 --></A></xml>",
            "<xml><A>1<![CDATA[2]]></A></xml>",
            "<xml><A><![CDATA[1]]>2</A></xml>",
            "<xml><A><![CDATA[1</A></xml>",
            "<?xml version='1.0'?><xml></xml>",
        ] {
            assert!(matches!(parse(text), Err(Stop::OtherShape)), "{text}");
        }
    }
}
