//! The tree: a flat list of slots that point into the text they were read from.
//!
//! Nothing is copied out of the text but what an escape, an entity or a split CDATA section has
//! torn apart; that goes to a side buffer. So a push costs one allocation for its slots however
//! many fields it has.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::num::NonZeroU32;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::malformed;
use super::ser::Number;
use crate::error::Error;

/// A range of the text, or with the high bit set of the side buffer.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) start: u32,
    pub(super) end: u32,
}

pub(super) const SIDE: u32 = 1 << 31;

impl Span {
    /// The place of `piece` inside `text`, of which it is a part.
    pub(super) fn of(text: &str, piece: &str) -> Self {
        let start = (piece.as_ptr() as usize).wrapping_sub(text.as_ptr() as usize);
        let end = start.wrapping_add(piece.len());
        match (u32::try_from(start), u32::try_from(end)) {
            (Ok(start), Ok(end)) if end < SIDE => Self { start, end },
            _ => Self::default(),
        }
    }

    pub(super) const fn is_empty(self) -> bool {
        self.start == self.end
    }

    pub(super) const fn length(self) -> u32 {
        self.end.wrapping_sub(self.start)
    }
}

#[derive(Clone, Copy)]
pub(super) struct Slot {
    pub(super) name: Span,
    /// A leaf's text without the layout around its CDATA; `Document::padded` has the exact one.
    pub(super) value: Span,
    /// One past the last slot below this one.
    pub(super) end: u32,
    pub(super) kind: NodeKind,
}

/// What a [`Node`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NodeKind {
    /// A JSON array.
    Array,
    /// JSON `true` or `false`.
    Boolean,
    /// A JSON object, or an XML element with elements in it.
    Element,
    /// JSON `null`.
    Null,
    /// A JSON number, as its exact text.
    Number,
    /// A JSON string, or an XML element without elements in it.
    Text,
}

/// Fields that may stand once at the top level: whoever could write a second one could forge the first.
#[derive(Clone, Copy)]
pub(crate) enum Reserved {
    ToUserName,
    FromUserName,
    CreateTime,
    MsgType,
    Event,
    EventKey,
    MsgId,
    MsgID,
    Content,
    InfoType,
    AppId,
    Encrypt,
}

impl Reserved {
    const COUNT: usize = Self::Encrypt as usize + 1;

    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "ToUserName" => Self::ToUserName,
            "FromUserName" => Self::FromUserName,
            "CreateTime" => Self::CreateTime,
            "MsgType" => Self::MsgType,
            "Event" => Self::Event,
            "EventKey" => Self::EventKey,
            "MsgId" => Self::MsgId,
            "MsgID" => Self::MsgID,
            "Content" => Self::Content,
            "InfoType" => Self::InfoType,
            "AppId" => Self::AppId,
            "Encrypt" => Self::Encrypt,
            _ => return None,
        })
    }
}

/// The slots of a text. They are of use only together with that text.
#[derive(Clone)]
pub(crate) struct Document {
    slots: Vec<Slot>,
    side: String,
    padded: Vec<(u32, Span)>,
    reserved: [Option<NonZeroU32>; Reserved::COUNT],
}

impl Document {
    /// The slots of `text`, with what is beside it. Refuses a second one of a reserved field.
    pub(super) fn new(
        text: &str,
        slots: Vec<Slot>,
        side: String,
        padded: Vec<(u32, Span)>,
    ) -> Result<Self, Error> {
        let mut document = Self { slots, side, padded, reserved: [None; Reserved::COUNT] };
        document.index_reserved(text)?;
        Ok(document)
    }

    pub(crate) fn root<'a>(&'a self, text: &'a str) -> Node<'a> {
        Node { text, document: self, at: 0 }
    }

    pub(crate) fn reserved<'a>(&'a self, text: &'a str, field: Reserved) -> Option<Node<'a>> {
        let at = self.reserved.get(field as usize).copied().flatten()?;
        Some(Node { text, document: self, at: at.get() })
    }

    /// Remembers where the reserved fields stand and refuses a second one.
    fn index_reserved(&mut self, text: &str) -> Result<(), Error> {
        let mut reserved = [None; Reserved::COUNT];
        for node in self.root(text).children() {
            let Some(field) = Reserved::named(node.name()) else { continue };
            if reserved.get_mut(field as usize).is_some_and(|at| at.replace(node.at).is_some()) {
                let name = String::from(node.name());
                return Err(malformed("a reserved field stands twice").field_named(name));
            }
        }
        self.reserved = reserved.map(|at| at.and_then(NonZeroU32::new));
        Ok(())
    }

    fn slice<'a>(&'a self, text: &'a str, span: Span) -> &'a str {
        let (from, start, end) = match span.start & SIDE {
            0 => (text, span.start, span.end),
            _ => (self.side.as_str(), span.start ^ SIDE, span.end ^ SIDE),
        };
        from.get(start as usize..end as usize).unwrap_or_default()
    }
}

/// One element of a push: an XML element or a JSON value, with its name and its place in the order.
///
/// [`to_json`](crate::to_json) writes the tree as an object of element names, with repeated elements as a
/// list, and leaves as their exact text; JSON numbers, booleans and `null` stay what they are, to the last
/// digit, so a reader in JavaScript takes ids from the typed content, where they are strings. (A tree that
/// is itself typed content has those numbers as texts that are not whole or not smaller than 2^53.)
/// Any other serializer is given the same shape. It knows numbers as `u64`, `i64` and `f64` only: one that
/// none of them is written as, such as `1.50` or `1e400`, is a text. `Debug` shows the shape but no text: it
/// may be what a user wrote, or a ticket.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    text: &'a str,
    document: &'a Document,
    at: u32,
}

impl<'a> Node<'a> {
    /// The name as it was written, without a namespace; empty for list entries and a JSON root.
    #[must_use]
    pub fn name(&self) -> &'a str {
        self.slot().map_or("", |slot| self.document.slice(self.text, slot.name))
    }

    /// What this is.
    #[must_use]
    pub fn kind(&self) -> NodeKind {
        self.slot().map_or(NodeKind::Null, |slot| slot.kind)
    }

    /// The exact text of a leaf; `None` for elements with children, lists and `null`.
    #[must_use]
    pub fn exact_text(&self) -> Option<&'a str> {
        let padded = &self.document.padded;
        match padded.binary_search_by_key(&self.at, |(at, _)| *at).ok().and_then(|i| padded.get(i))
        {
            Some((_, span)) => Some(self.document.slice(self.text, *span)),
            None => self.text(),
        }
    }

    /// The text of a leaf, without the line breaks and indentation that a pretty-printing sender
    /// puts around a CDATA section; `None` for elements with children, lists and `null`.
    #[must_use]
    pub fn text(&self) -> Option<&'a str> {
        let slot = self.slot()?;
        match slot.kind {
            NodeKind::Text | NodeKind::Number | NodeKind::Boolean => {
                Some(self.document.slice(self.text, slot.value))
            }
            NodeKind::Array | NodeKind::Element | NodeKind::Null => None,
        }
    }

    /// The elements right below this one, in order.
    #[must_use]
    pub fn children(&self) -> Children<'a> {
        let end = self.slot().map_or(0, |slot| slot.end);
        Children { parent: *self, next: self.at.saturating_add(1), end }
    }

    /// The first element below this one with that name, spelt exactly so.
    #[must_use]
    pub fn child(&self, name: &str) -> Option<Self> {
        self.children().find(|child| child.name() == name)
    }

    /// All elements below this one with that name, whether they are repeated (XML) or the entries
    /// of a list (JSON): one or many, WeChat sends both.
    #[must_use]
    pub const fn all<'n>(&self, name: &'n str) -> Alike<'a, 'n> {
        Alike { parent: *self, name, outer: None, entries: None }
    }

    fn slot(&self) -> Option<&'a Slot> {
        self.document.slots.get(self.at as usize)
    }
}

impl Serialize for Node<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Tree { node: *self, is_typed: false }.serialize(serializer)
    }
}

/// A tree that stands in typed content.
pub(crate) struct Typed<'a>(pub(crate) Node<'a>);

impl Serialize for Typed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Tree { node: self.0, is_typed: true }.serialize(serializer)
    }
}

#[derive(Clone, Copy)]
struct Tree<'a> {
    node: Node<'a>,
    /// Whether a number that not every reader can hold is a text.
    is_typed: bool,
}

impl Serialize for Tree<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = self.node.text().unwrap_or_default();
        match self.node.kind() {
            NodeKind::Array => serializer.collect_seq(self.children()),
            NodeKind::Boolean => serializer.serialize_bool(text == "true"),
            NodeKind::Element => self.serialize_members(serializer),
            NodeKind::Null => serializer.serialize_unit(),
            NodeKind::Number if self.is_typed && !can_be_held(text) => {
                serializer.serialize_str(text)
            }
            NodeKind::Number => Number(text).serialize(serializer),
            NodeKind::Text => serializer.serialize_str(self.node.exact_text().unwrap_or_default()),
        }
    }
}

impl<'a> Tree<'a> {
    fn children(self) -> impl Iterator<Item = Self> {
        self.node.children().map(move |node| Self { node, ..self })
    }

    /// As an object of names, those of one name together, in the order of the first of each.
    fn serialize_members<S: Serializer>(self, serializer: S) -> Result<S::Ok, S::Error> {
        let place = |child: Self| (child.node.name(), child.node.at);
        let mut places: Vec<_> = self.children().map(place).collect();
        places.sort_unstable();
        let names = places.chunk_by(|(one, _), (next, _)| one == next).count();
        let mut map = serializer.serialize_map(Some(names))?;
        for child in self.children() {
            let (name, at) = place(child);
            if names == places.len() {
                map.serialize_entry(name, &child)?;
                continue;
            }
            let (_, behind) = places.split_at(places.partition_point(|(other, _)| *other < name));
            let (alike, _) = behind.split_at(behind.partition_point(|(other, _)| *other == name));
            match alike {
                [_] => map.serialize_entry(name, &child)?,
                [(_, first), ..] if *first == at => {
                    map.serialize_entry(name, &List { tree: child, places: alike })?;
                }
                _ => {}
            }
        }
        map.end()
    }
}

/// Those of one name.
struct List<'a, 'p> {
    tree: Tree<'a>,
    places: &'p [(&'a str, u32)],
}

impl Serialize for List<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Tree { node, is_typed } = self.tree;
        let at = |(_, at): &(&str, u32)| Tree { node: Node { at: *at, ..node }, is_typed };
        serializer.collect_seq(self.places.iter().map(at))
    }
}

/// Whether every reader of JSON has the digits of this number again: whole, and smaller than 2^53.
fn can_be_held(number: &str) -> bool {
    let whole = number.parse::<i64>();
    number != "-0" && whole.is_ok_and(|whole| whole.unsigned_abs() < 1 << 53)
}

impl fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Node");
        shown.field("name", &self.name()).field("kind", &self.kind());
        match self.exact_text() {
            Some(text) => shown.field("length", &text.len()),
            None => shown.field("children", &self.children().collect::<Vec<_>>()),
        };
        shown.finish()
    }
}

/// The elements right below a [`Node`].
#[derive(Clone, Debug)]
pub struct Children<'a> {
    parent: Node<'a>,
    next: u32,
    end: u32,
}

impl<'a> Iterator for Children<'a> {
    type Item = Node<'a>;

    fn next(&mut self) -> Option<Node<'a>> {
        if self.next >= self.end {
            return None;
        }
        let node = Node { at: self.next, ..self.parent };
        self.next = node.slot()?.end;
        Some(node)
    }
}

/// The elements of one name below a [`Node`]: see [`Node::all`].
#[derive(Clone, Debug)]
pub struct Alike<'a, 'n> {
    parent: Node<'a>,
    name: &'n str,
    outer: Option<Children<'a>>,
    entries: Option<Children<'a>>,
}

impl<'a> Iterator for Alike<'a, '_> {
    type Item = Node<'a>;

    fn next(&mut self) -> Option<Node<'a>> {
        loop {
            if let Some(entry) = self.entries.as_mut().and_then(Iterator::next) {
                return Some(entry);
            }
            let outer = self.outer.get_or_insert_with(|| self.parent.children());
            let found = outer.find(|child| child.name() == self.name)?;
            match found.kind() {
                NodeKind::Array => self.entries = Some(found.children()),
                _ => return Some(found),
            }
        }
    }
}
