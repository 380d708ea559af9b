//! How the wire spells things. Every field is optional, as the wire treats it. Numbers come bare, in CDATA, as
//! JSON strings or empty; lists come as repeated elements, as `<item>`s, as JSON arrays or as a single object.

use super::Id;
use crate::codec::{Children, Node, NodeKind};

pub(crate) fn find<'a>(node: Node<'a>, wire: &[&str]) -> Option<Node<'a>> {
    node.children().find(|child| wire.contains(&child.name()))
}

/// What a person wrote: nothing is cut off.
pub(crate) fn text<'a>(node: Node<'a>, wire: &[&str]) -> Option<&'a str> {
    find(node, wire)?.text()
}

/// A name, an address, a decimal: white space around it is layout.
pub(crate) fn word<'a>(node: Node<'a>, wire: &[&str]) -> Option<&'a str> {
    text(node, wire).map(str::trim_ascii)
}

pub(crate) fn id<'a>(node: Node<'a>, wire: &[&str]) -> Option<Id<'a>> {
    word(node, wire).filter(|word| !word.is_empty()).map(Id::new)
}

pub(crate) fn bool(node: Node<'_>, wire: &[&str]) -> Option<bool> {
    match word(node, wire)? {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

pub(crate) fn int(node: Node<'_>, wire: &[&str]) -> Option<i64> {
    parse_int(word(node, wire)?)
}

pub(super) fn ints(node: Node<'_>, wire: &[&str]) -> impl Iterator<Item = i64> {
    entries(node, wire).filter_map(|entry| parse_int(entry.text()?.trim_ascii()))
}

pub(super) fn words<'a>(node: Node<'a>, wire: &[&str]) -> impl Iterator<Item = &'a str> {
    entries(node, wire)
        .filter_map(|entry| entry.text().map(str::trim_ascii))
        .filter(|word| !word.is_empty())
}

pub(crate) fn structure<'a>(node: Node<'a>, wire: &[&str]) -> Option<Node<'a>> {
    find(node, wire).filter(|found| found.kind() == NodeKind::Element)
}

/// The entries of a list in whichever of its spellings. An empty element is an empty list.
pub(super) fn entries<'a>(node: Node<'a>, wire: &[&str]) -> impl Iterator<Item = Node<'a>> {
    let named = |found: &Node<'a>| wire.contains(&found.name());
    node.children().filter(named).flat_map(Entries::of)
}

enum Entries<'a> {
    Below(Children<'a>),
    Single(Option<Node<'a>>),
}

impl<'a> Entries<'a> {
    fn of(list: Node<'a>) -> Self {
        let mut inside = list.children();
        match list.kind() {
            NodeKind::Array => Self::Below(inside),
            NodeKind::Element if inside.all(|child| child.name() == "item") => {
                // JSON: {"item": [..]} is one list, not a list of one.
                match list.child("item").filter(|item| item.kind() == NodeKind::Array) {
                    Some(array) => Self::Below(array.children()),
                    None => Self::Below(list.children()),
                }
            }
            NodeKind::Null => Self::Single(None),
            NodeKind::Text if list.text().is_none_or(|text| text.trim_ascii().is_empty()) => {
                Self::Single(None)
            }
            _ => Self::Single(Some(list)),
        }
    }
}

impl<'a> Iterator for Entries<'a> {
    type Item = Node<'a>;

    fn next(&mut self) -> Option<Node<'a>> {
        match self {
            Self::Below(children) => children.next(),
            Self::Single(node) => node.take(),
        }
    }
}

/// Whole numbers that every language can hold; what is larger stays in the tree, as text.
fn parse_int(text: &str) -> Option<i64> {
    const LARGEST: i64 = (1 << 53) - 1;
    text.parse().ok().filter(|number| (-LARGEST..=LARGEST).contains(number))
}
