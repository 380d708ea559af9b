//! Building the tree, piece by piece, in the order of the document.

use alloc::string::String;
use alloc::vec::Vec;

use super::tree::{Document, NodeKind, SIDE, Slot, Span};
use super::{MAX_DEPTH, MAX_NODES, malformed};
use crate::error::{Code, Error};

/// Builds a [`Document`] from what a reader meets, in order.
pub(super) struct Builder<'t> {
    text: &'t str,
    slots: Vec<Slot>,
    side: Side,
    padded: Vec<(u32, Span)>,
    innermost: Frame,
    depth: usize,
    max_nodes: usize,
}

/// What is known of the innermost open element. Those around it have elements in them, so that
/// their text does not count any more; while one is open, its slot's `end` is its parent.
#[derive(Clone, Copy, Default)]
struct Frame {
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
        // About what real pushes need, so that the list is not moved while it grows.
        let expected = (text.len() / 24).clamp(16, 512);
        Self {
            text,
            slots: Vec::with_capacity(expected),
            side: Side(String::new()),
            padded: Vec::new(),
            innermost: Frame::default(),
            depth: 0,
            max_nodes: MAX_NODES,
        }
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
        self.innermost = Frame { slot, ..Frame::default() };
        self.depth = self.depth.saturating_add(1);
        Ok(())
    }

    /// A whole leaf at once.
    pub(super) fn leaf(&mut self, name: Span, kind: NodeKind, value: Span) -> Result<(), Error> {
        let end = index(self.slots.len()).saturating_add(1);
        self.push(Slot { name, value, end, kind }).map(drop)
    }

    /// A piece of text inside the innermost open element, from the document.
    pub(super) fn text(&mut self, piece: &str, is_cdata: bool) -> Result<(), Error> {
        let frame = &mut self.innermost;
        if frame.has_children || (piece.is_empty() && !is_cdata) {
            return Ok(());
        }
        let before = frame.exact.length();
        frame.exact = match frame.exact.is_empty() {
            true => Span::of(self.text, piece),
            false => self.side.append(self.text, frame.exact, piece)?,
        };
        frame.has_cdata |= is_cdata;
        if is_cdata || !piece.trim_ascii().is_empty() {
            frame.extend_core(before);
        }
        Ok(())
    }

    /// A character that an entity stands for.
    pub(super) fn character(&mut self, character: char) -> Result<(), Error> {
        let frame = &mut self.innermost;
        if !frame.has_children {
            let before = frame.exact.length();
            let mut buffer = [0; 4];
            let piece = character.encode_utf8(&mut buffer);
            frame.exact = self.side.append(self.text, frame.exact, piece)?;
            frame.extend_core(before);
        }
        Ok(())
    }

    pub(super) fn close(&mut self) {
        let frame = self.innermost;
        let end = index(self.slots.len());
        let Some(slot) = self.slots.get_mut(frame.slot as usize) else { return };
        self.innermost = Frame { slot: slot.end, has_children: true, ..Frame::default() };
        self.depth = self.depth.saturating_sub(1);
        slot.end = end;
        if frame.has_children || slot.kind != NodeKind::Text {
            return;
        }
        slot.value = frame.exact;
        if let (true, Some((from, to))) = (frame.has_cdata, frame.core) {
            let start = frame.exact.start;
            slot.value = Span { start: start.wrapping_add(from), end: start.wrapping_add(to) };
            if slot.value != frame.exact {
                self.padded.push((frame.slot, frame.exact));
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
        if self.depth > 0 && !self.innermost.has_children {
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

impl Frame {
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
        match (u32::try_from(start), u32::try_from(self.0.len())) {
            (Ok(start), Ok(end)) if end < SIDE => Ok(Span { start: start | SIDE, end: end | SIDE }),
            _ => Err(Code::BodyTooLarge.into()),
        }
    }

    /// Adds a piece to a text, which moves here unless it is here already. Then it is the last one
    /// here: an element takes no more text once another has begun inside it.
    fn append(&mut self, text: &str, to: Span, piece: &str) -> Result<Span, Error> {
        let start = match to.start & SIDE {
            0 => self.push(text.get(to.start as usize..to.end as usize).unwrap_or_default())?.start,
            _ => to.start,
        };
        Ok(Span { start, end: self.push(piece)?.end })
    }
}
