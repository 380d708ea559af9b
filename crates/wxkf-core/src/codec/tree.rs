//! The tree: a flat list of slots that point into the text they were read from.
//!
//! Nothing is copied out of the text but what an escape, an entity or a split CDATA section has
//! torn apart; that goes to a side buffer. So a push costs one allocation for its slots however
//! many fields it has.

use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::fmt;
use core::num::NonZeroU32;

use serde::Serialize;
use serde::ser::{SerializeMap, SerializeSeq, Serializer};

use super::json_writer::JsonWriter;
use super::malformed;
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

macro_rules! reserved {
    ($($variant:ident $name:literal),+) => {
        /// Fields that may stand once at the top level: whoever could write a
        /// second one could forge the first.
        #[derive(Clone, Copy)]
        pub(crate) enum Reserved { $($variant),+ }

        const RESERVED: &[&str] = &[$($name),+];

        impl Reserved {
            fn named(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }
    };
}

reserved! {
    ToUserName "ToUserName", FromUserName "FromUserName", CreateTime "CreateTime",
    MsgType "MsgType", Event "Event", EventKey "EventKey", MsgId "MsgId", MsgID "MsgID",
    Content "Content", InfoType "InfoType", AppId "AppId", Encrypt "Encrypt"
}

/// The slots of a text. They are of use only together with that text.
#[derive(Clone)]
pub(crate) struct Document {
    slots: Vec<Slot>,
    side: String,
    padded: Vec<(u32, Span)>,
    reserved: [Option<NonZeroU32>; RESERVED.len()],
}

impl Document {
    /// The slots of `text`, with what is beside it. Refuses a second one of a reserved field.
    pub(super) fn new(
        text: &str,
        slots: Vec<Slot>,
        side: String,
        padded: Vec<(u32, Span)>,
    ) -> Result<Self, Error> {
        let mut document = Self { slots, side, padded, reserved: [None; RESERVED.len()] };
        document.index_reserved(text)?;
        Ok(document)
    }

    pub(crate) fn root<'a>(&'a self, text: &'a str) -> Node<'a> {
        Node { text, document: self, at: 0, is_held: false }
    }

    pub(crate) fn reserved<'a>(&'a self, text: &'a str, field: Reserved) -> Option<Node<'a>> {
        let at = self.reserved.get(field as usize).copied().flatten()?;
        Some(Node { text, document: self, at: at.get(), is_held: false })
    }

    /// Remembers where the reserved fields stand and refuses a second one.
    fn index_reserved(&mut self, text: &str) -> Result<(), Error> {
        let mut reserved = [None; RESERVED.len()];
        for node in self.root(text).children() {
            let Some(field) = Reserved::named(node.name()) else { continue };
            if reserved.get_mut(field as usize).is_some_and(|at| at.replace(node.at).is_some()) {
                let name = RESERVED.get(field as usize).copied().unwrap_or_default();
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
/// [`to_json`](Self::to_json) writes the tree as an object of element names, with repeated elements as a
/// list, and leaves as their exact text; JSON numbers, booleans and `null` stay what they are, to the last
/// digit, so a reader in JavaScript takes ids from the typed content, where they are strings. (A tree that
/// is itself typed content has those numbers as texts that are not whole or not smaller than 2^53.)
/// `Serialize` gives any serializer the same shape. It knows numbers as `u64`, `i64` and `f64` only: one that
/// none of them is written as, such as `1.50` or `1e400`, is a text. `Debug` shows the shape but no text: it
/// may be what a user wrote, or a ticket.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    text: &'a str,
    document: &'a Document,
    at: u32,
    /// Whether a number that not every reader can hold is written as a text.
    is_held: bool,
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
    pub const fn all<'n>(&self, name: &'n str) -> Named<'a, 'n> {
        Named { parent: *self, name, outer: None, entries: None }
    }

    /// The same as part of typed content, where no number loses a digit.
    pub(crate) const fn held(self) -> Self {
        Self { is_held: true, ..self }
    }

    fn slot(&self) -> Option<&'a Slot> {
        self.document.slots.get(self.at as usize)
    }

    fn serialize_fields<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let groups = self.groups();
        let mut map = serializer.serialize_map(Some(groups.len()))?;
        for group in &groups {
            match group.as_slice() {
                [] => {}
                [only] => map.serialize_entry(only.name(), only)?,
                many @ [first, ..] => map.serialize_entry(first.name(), many)?,
            }
        }
        map.end()
    }

    /// The elements right below this one, those of one name together, in the order of the first of each.
    fn groups(&self) -> Vec<Vec<Self>> {
        let mut children: Vec<_> = self.children().collect();
        children.sort_unstable_by(|one, other| {
            one.name().cmp(other.name()).then(one.at.cmp(&other.at))
        });
        let mut groups: Vec<_> =
            children.chunk_by(|one, next| one.name() == next.name()).map(Vec::from).collect();
        groups.sort_unstable_by_key(|group| group.first().map(|node| node.at));
        groups
    }

    pub(crate) fn write_json(&self, json: &mut JsonWriter) {
        let text = self.text().unwrap_or_default();
        match self.kind() {
            NodeKind::Array => {
                json.list(|json| self.children().for_each(|child| child.write_json(json)));
            }
            NodeKind::Number if self.is_held && !can_be_held(text) => _ = json.text(text),
            NodeKind::Boolean | NodeKind::Number => _ = json.raw(text),
            NodeKind::Element => _ = json.object(|json| self.write_members(json)),
            NodeKind::Null => _ = json.raw("null"),
            NodeKind::Text => _ = json.text(self.exact_text().unwrap_or_default()),
        }
    }

    fn write_members(&self, json: &mut JsonWriter) {
        for group in self.groups() {
            json.key(group.first().map_or("", Self::name));
            match group.as_slice() {
                [only] => only.write_json(json),
                many => _ = json.list(|json| many.iter().for_each(|node| node.write_json(json))),
            }
        }
    }

    /// The tree as JSON; every number as it was written.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut json = JsonWriter::default();
        self.write_json(&mut json);
        json.finish()
    }

    /// As the narrowest number that is written with this very text, or as the text.
    fn serialize_number<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = self.text().unwrap_or_default();
        if self.is_held && !can_be_held(text) {
            return serializer.serialize_str(text);
        }
        if let Some(number) = text.parse::<u64>().ok().filter(|_| is_canonical(text)) {
            return serializer.serialize_u64(number);
        }
        if let Some(number) = text.parse::<i64>().ok().filter(|number| number.to_string() == text) {
            return serializer.serialize_i64(number);
        }
        match text.parse::<f64>().ok().filter(|number| alloc::format!("{number:?}") == text) {
            Some(number) => serializer.serialize_f64(number),
            None => serializer.serialize_str(text),
        }
    }
}

/// Whether every reader of JSON has the digits of this number again: whole, and smaller than 2^53.
fn can_be_held(number: &str) -> bool {
    let whole = number.parse::<i64>();
    number != "-0" && whole.is_ok_and(|whole| whole.unsigned_abs() < 1 << 53)
}

fn is_canonical(digits: &str) -> bool {
    digits == "0" || !digits.starts_with(['0', '+'])
}

impl Serialize for Node<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.kind() {
            NodeKind::Array => {
                let mut list = serializer.serialize_seq(None)?;
                for child in self.children() {
                    list.serialize_element(&child)?;
                }
                list.end()
            }
            NodeKind::Boolean => serializer.serialize_bool(self.text() == Some("true")),
            NodeKind::Element => self.serialize_fields(serializer),
            NodeKind::Null => serializer.serialize_unit(),
            NodeKind::Number => self.serialize_number(serializer),
            NodeKind::Text => serializer.serialize_str(self.exact_text().unwrap_or_default()),
        }
    }
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
pub struct Named<'a, 'n> {
    parent: Node<'a>,
    name: &'n str,
    outer: Option<Children<'a>>,
    entries: Option<Children<'a>>,
}

impl<'a> Iterator for Named<'a, '_> {
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
