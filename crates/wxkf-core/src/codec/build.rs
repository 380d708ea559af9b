//! Building the tree, piece by piece, in the order of the document.

use alloc::string::String;
use alloc::vec::Vec;

use memchr::memchr;

use super::tree::{Document, NodeKind, SIDE, Slot, Span};
use super::{MAX_DEPTH, MAX_NODES, malformed};
use crate::error::{Code, Error};

/// The element that a push is sealed in. It is signed as it stands, so its line ends are left alone.
pub(crate) const SEALED: &str = "Encrypt";

/// Builds a [`Document`] from what a reader meets, in order.
pub(super) struct Builder<'t> {
    text: &'t str,
    /// Whether there is a carriage return anywhere: most texts have none, and are not searched again.
    has_returns: bool,
    slots: Vec<Slot>,
    side: Side,
    padded: Vec<(u32, Span)>,
    innermost: Open,
    depth: usize,
    max_nodes: usize,
}

/// What is known of the innermost open element. Those around it have elements in them, so that
/// their text does not count any more; while one is open, its slot's `end` is its parent.
#[derive(Clone, Copy, Default)]
struct Open {
    slot: u32,
    /// All of its text so far.
    exact: Span,
    /// Where in `exact` the first piece that is more than layout begins and the last one ends.
    core: Option<(u32, u32)>,
    has_cdata: bool,
    has_children: bool,
}

impl<'t> Builder<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        // More than real pushes need, so that the list is not moved while it grows.
        let expected = (text.len() / 24).clamp(16, MAX_NODES);
        Self {
            text,
            has_returns: false,
            slots: Vec::with_capacity(expected),
            side: Side(String::new()),
            padded: Vec::new(),
            innermost: Open::default(),
            depth: 0,
            max_nodes: MAX_NODES,
        }
    }

    /// The same for XML, where line ends are LF however they were written: CRLF and CR mean that, too,
    /// unless they are character references (XML 1.0, 2.11).
    pub(super) fn with_line_ends(mut self) -> Self {
        self.has_returns = memchr(b'\r', self.text.as_bytes()).is_some();
        self
    }

    /// The same with room for so many elements.
    pub(super) const fn limited(mut self, max_nodes: usize) -> Self {
        self.max_nodes = max_nodes;
        self
    }

    pub(super) const fn depth(&self) -> usize {
        self.depth
    }

    pub(super) fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// The name of the innermost open element.
    pub(super) fn innermost(&self) -> &'t str {
        self.slots
            .get(self.innermost.slot as usize)
            .and_then(|slot| self.text.get(slot.name.start as usize..slot.name.end as usize))
            .unwrap_or_default()
    }

    /// What the innermost open element is.
    pub(super) fn innermost_kind(&self) -> NodeKind {
        let slot = self.slots.get(self.innermost.slot as usize);
        slot.map_or(NodeKind::Null, |slot| slot.kind)
    }

    /// The place of a part of the text.
    pub(super) fn place(&self, piece: &str) -> Span {
        Span::of(self.text, piece)
    }

    /// A place for what is not in the text as it is.
    pub(super) fn aside(&mut self, piece: &str) -> Result<Span, Error> {
        self.side.push(piece)
    }

    pub(super) fn open(&mut self, name: Span, kind: NodeKind) -> Result<(), Error> {
        if self.depth >= MAX_DEPTH {
            return Err(malformed("nested too deeply"));
        }
        let parent = self.innermost.slot;
        let slot = self.push(Slot { name, value: Span::default(), end: parent, kind })?;
        self.innermost = Open { slot, ..Open::default() };
        self.depth = self.depth.saturating_add(1);
        Ok(())
    }

    /// A whole leaf at once.
    pub(super) fn leaf(&mut self, name: Span, kind: NodeKind, value: Span) -> Result<(), Error> {
        let end = index(self.slots.len()).saturating_add(1);
        self.push(Slot { name, value, end, kind }).map(drop)
    }

    /// A whole leaf of XML, from the document.
    pub(super) fn xml_leaf(&mut self, name: &str, content: &str) -> Result<(), Error> {
        let value = match self.has_returns_to_mend(content, self.depth, name) {
            true => self.side.push_lines(content)?,
            false => self.place(content),
        };
        self.leaf(self.place(name), NodeKind::Text, value)
    }

    /// Whether line ends in this text of the element of that name, so deep, are to be made LF.
    fn has_returns_to_mend(&self, text: &str, depth: usize, name: &str) -> bool {
        self.has_returns
            && memchr(b'\r', text.as_bytes()).is_some()
            && !(depth == 1 && name == SEALED)
    }

    /// A piece of text inside the innermost open element, from the document.
    pub(super) fn text(&mut self, piece: &str, is_cdata: bool) -> Result<(), Error> {
        let parents = self.depth.saturating_sub(1);
        let has_returns = self.has_returns_to_mend(piece, parents, self.innermost());
        let open = &mut self.innermost;
        if open.has_children || (piece.is_empty() && !is_cdata) {
            return Ok(());
        }
        let before = open.exact.length();
        open.exact = match (open.exact.is_empty(), has_returns) {
            (true, false) => Span::of(self.text, piece),
            (true, true) => self.side.push_lines(piece)?,
            (false, false) => self.side.append(self.text, open.exact, piece)?,
            (false, true) => {
                let start = self.side.adopt(self.text, open.exact)?.start;
                Span { start, end: self.side.push_lines(piece)?.end }
            }
        };
        open.has_cdata |= is_cdata;
        if is_cdata || !piece.trim_ascii().is_empty() {
            open.extend_core(before);
        }
        Ok(())
    }

    /// A character that an entity stands for.
    pub(super) fn character(&mut self, character: char) -> Result<(), Error> {
        let open = &mut self.innermost;
        if !open.has_children {
            let before = open.exact.length();
            let mut buffer = [0; 4];
            let piece = character.encode_utf8(&mut buffer);
            open.exact = self.side.append(self.text, open.exact, piece)?;
            open.extend_core(before);
        }
        Ok(())
    }

    pub(super) fn close(&mut self) {
        let open = self.innermost;
        let end = index(self.slots.len());
        let Some(slot) = self.slots.get_mut(open.slot as usize) else { return };
        self.innermost = Open { slot: slot.end, has_children: true, ..Open::default() };
        self.depth = self.depth.saturating_sub(1);
        slot.end = end;
        if slot.kind != NodeKind::Text {
            return;
        }
        slot.value = open.exact;
        if let (true, Some((from, to))) = (open.has_cdata, open.core) {
            let start = open.exact.start;
            slot.value = Span { start: start.wrapping_add(from), end: start.wrapping_add(to) };
            if slot.value != open.exact {
                self.padded.push((open.slot, open.exact));
            }
        }
    }

    pub(super) fn finish(self) -> Result<Document, Error> {
        Document::new(self.text, self.slots, self.side.0, self.padded)
    }

    /// Adds a slot below the innermost open element.
    fn push(&mut self, slot: Slot) -> Result<u32, Error> {
        let at = self.slots.len();
        if at >= self.max_nodes {
            return Err(malformed("too many elements"));
        }
        if !self.innermost.has_children {
            self.innermost.has_children = true;
            let parent = self.slots.get_mut(self.innermost.slot as usize);
            if let Some(parent) = parent.filter(|parent| parent.kind == NodeKind::Text) {
                parent.kind = NodeKind::Element;
            }
        }
        self.slots.push(slot);
        Ok(index(at))
    }
}

/// Fits: [`MAX_NODES`] is far below.
fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

impl Open {
    /// The piece that was added after `before` is more than layout.
    fn extend_core(&mut self, before: u32) {
        let from = self.core.map_or(before, |(from, _)| from);
        self.core = Some((from, self.exact.length()));
    }
}

/// The texts that are not in the document as they are.
struct Side(String);

impl Side {
    fn push(&mut self, piece: &str) -> Result<Span, Error> {
        let start = self.0.len();
        self.0.push_str(piece);
        Self::span(start, self.0.len())
    }

    /// Adds a piece to a text, which moves here unless it is here already. Then it is the last one
    /// here: an element takes no more text once another has begun inside it.
    fn append(&mut self, text: &str, to: Span, piece: &str) -> Result<Span, Error> {
        let start = self.adopt(text, to)?.start;
        Ok(Span { start, end: self.push(piece)?.end })
    }

    /// The same text, here.
    fn adopt(&mut self, text: &str, span: Span) -> Result<Span, Error> {
        match span.start & SIDE {
            0 => self.push(text.get(span.start as usize..span.end as usize).unwrap_or_default()),
            _ => Ok(span),
        }
    }

    /// A text whose line ends are LF from here on.
    fn push_lines(&mut self, piece: &str) -> Result<Span, Error> {
        let start = self.0.len();
        self.0.reserve(piece.len());
        let mut is_after_return = false;
        for character in piece.chars() {
            match character {
                '\r' => self.0.push('\n'),
                '\n' if is_after_return => {}
                _ => self.0.push(character),
            }
            is_after_return = character == '\r';
        }
        Self::span(start, self.0.len())
    }

    fn span(start: usize, end: usize) -> Result<Span, Error> {
        match (u32::try_from(start), u32::try_from(end)) {
            (Ok(start), Ok(end)) if end < SIDE => Ok(Span { start: start | SIDE, end: end | SIDE }),
            _ => Err(Code::BodyTooLarge.into()),
        }
    }
}
