//! XML, as strict as safety needs and as lenient as real pushes are.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::build::Builder;
use super::tree::{Document, NodeKind};
use super::{MAX_PIECES, malformed, significant};
use crate::error::Error;

/// Reads any document. DOCTYPE, unknown entities, mismatched tags and anything beside the root are
/// errors; attributes, namespaces, comments and processing instructions are passed over.
pub(super) fn parse(text: &str) -> Result<Document, Error> {
    let mut reader = Reader::from_str(significant(text));
    let mut tree = Builder::new(text).with_line_ends();
    let mut pieces = 0..MAX_PIECES;
    loop {
        let event = reader.read_event().map_err(|_| malformed("not well-formed XML"))?;
        let outside = tree.depth() == 0;
        let is_piece = matches!(
            event,
            Event::CData(_) | Event::Comment(_) | Event::GeneralRef(_) | Event::PI(_)
        );
        if is_piece && pieces.next().is_none() {
            return Err(malformed("too many pieces"));
        }
        match event {
            Event::Start(tag) => open(&mut tree, &tag)?,
            Event::Empty(tag) => {
                open(&mut tree, &tag)?;
                tree.close();
            }
            Event::End(_) => tree.close(),
            Event::Text(piece) if outside => match piece.trim_ascii().is_empty() {
                true => {}
                false => return Err(malformed("text beside the root element")),
            },
            Event::Text(piece) => tree.text(&piece, false)?,
            Event::CData(_) | Event::GeneralRef(_) if outside => {
                return Err(malformed("text beside the root element"));
            }
            Event::CData(piece) => tree.text(&piece, true)?,
            Event::GeneralRef(entity) => {
                let character = match &*entity {
                    "amp" => '&',
                    "lt" => '<',
                    "gt" => '>',
                    "quot" => '"',
                    "apos" => '\'',
                    // By its number; U+0000 has none.
                    _ => entity
                        .resolve_char_ref()
                        .ok()
                        .flatten()
                        .ok_or_else(|| malformed("an unknown entity"))?,
                };
                tree.character(character)?;
            }
            Event::Decl(_) if tree.is_empty() => {}
            Event::Decl(_) => return Err(malformed("an XML declaration inside the document")),
            Event::DocType(_) => return Err(malformed("DOCTYPE")),
            Event::Comment(_) | Event::PI(_) => {}
            Event::Eof if outside && !tree.is_empty() => return tree.finish(),
            Event::Eof => return Err(malformed("the document ends too early")),
        }
    }
}

fn open(tree: &mut Builder<'_>, tag: &BytesStart<'_>) -> Result<(), Error> {
    if tree.depth() == 0 && !tree.is_empty() {
        return Err(malformed("a second root element"));
    }
    let name = tag.local_name().into_inner();
    if !is_name(name) {
        return Err(malformed("an element without a proper name"));
    }
    // The root is an object however little it holds.
    let kind = if tree.is_empty() { NodeKind::Element } else { NodeKind::Text };
    tree.open(tree.place(name), kind)
}

fn is_name(name: &str) -> bool {
    let starts = |c: char| c.is_ascii_alphabetic() || c == '_' || !c.is_ascii();
    name.starts_with(starts)
        && name.chars().all(|c| starts(c) || c.is_ascii_digit() || matches!(c, '-' | '.'))
}
