//! How one field is read, whatever spelling the wire chose for it.
//!
//! Every field is optional, as the wire treats it. Numbers come bare, in CDATA, as JSON strings or
//! empty; lists come as repeated elements, as `<item>`s, as JSON arrays or as a single object.

use alloc::vec::Vec;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::codec::{Children, Node, NodeKind, Typed};

/// One field of a record: its name in Rust and in JSON, its names on the wire, and its shape.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) wire: &'static [&'static str],
    /// Whether the record is of no use without it. A push always is.
    pub(crate) is_required: bool,
    pub(crate) shape: Shape,
}

impl Row {
    /// Its name in JSON.
    fn key(&self) -> &'static str {
        self.name.strip_prefix("r#").unwrap_or(self.name)
    }

    /// Whether it is or holds what must not be shown.
    pub(crate) fn is_secret(&self) -> bool {
        match self.shape {
            Shape::Secret | Shape::SecretText => true,
            Shape::Many(rows) | Shape::One(rows) => rows.iter().any(Self::is_secret),
            _ => false,
        }
    }
}

#[derive(Debug)]
pub(crate) enum Shape {
    Bool,
    Id,
    Int,
    Ints,
    Many(&'static [Row]),
    One(&'static [Row]),
    Secret,
    /// A text with a secret in it: nothing is cut off.
    SecretText,
    Text,
    Tree,
    Word,
    Words,
}

/// A typed group of fields.
pub(crate) trait Record<'a>: Sized {
    const ROWS: &'static [Row];
    fn read(node: Node<'a>) -> Self;
}

/// An id of WeChat's: digits as a rule, but 64 bits wide, so that JavaScript rounds it as a number,
/// and sometimes not a number at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Id<'a>(&'a str);

impl<'a> Id<'a> {
    pub(crate) const fn new(text: &'a str) -> Self {
        Self(text)
    }

    /// The id as it was written.
    #[must_use]
    pub const fn as_str(self) -> &'a str {
        self.0
    }

    /// The number, if it is one.
    #[must_use]
    pub fn as_u64(self) -> Option<u64> {
        self.0.bytes().all(|byte| byte.is_ascii_digit()).then(|| self.0.parse().ok())?
    }
}

impl core::fmt::Display for Id<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.0)
    }
}

/// A ticket or code that WeChat hands out: whoever has it can act for the account. It is not shown
/// by `Debug`, so that it does not end up in a log; JSON has it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Secret<'a>(&'a str);

impl<'a> Secret<'a> {
    /// The text.
    #[must_use]
    pub const fn expose(self) -> &'a str {
        self.0
    }
}

impl core::fmt::Debug for Secret<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Declares records: structs of optional fields together with their rows.
macro_rules! records {
    ($($(#[doc = $doc:literal])+ $record:ident {
        $($(#[doc = $field_doc:literal])+ $field:ident: $shape:ident $(($inner:ident))?
            = $wire:literal $(| $other:literal)*,)*
    })+) => {$(
        $(#[doc = $doc])+
        #[derive(Clone)]
        #[non_exhaustive]
        pub struct $record<'a> {
            $($(#[doc = $field_doc])+
            pub $field: $crate::fields::field_type!('a $shape $($inner)?),)*
            node: $crate::codec::Node<'a>,
        }

        impl<'a> $record<'a> {
            /// The element these fields were read from, with whatever else stands in it.
            #[must_use]
            pub const fn node(&self) -> $crate::codec::Node<'a> {
                self.node
            }
        }

        impl core::fmt::Debug for $record<'_> {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.debug_struct(stringify!($record))
                    $(.field(stringify!($field), &self.$field))*
                    .finish_non_exhaustive()
            }
        }

        impl<'a> $crate::fields::Record<'a> for $record<'a> {
            const ROWS: &'static [$crate::fields::Row] = &[
                $($crate::fields::Row {
                    name: stringify!($field),
                    wire: &[$wire $(, $other)*],
                    is_required: false,
                    shape: $crate::fields::shape_of!($shape $($inner)?),
                },)*
            ];

            fn read(node: $crate::codec::Node<'a>) -> Self {
                Self { $($field: $crate::fields::read_as!(
                    $shape, node, &[$wire $(, $other)*]),)* node }
            }
        }

        impl $crate::schema::Described for $record<'_> {
            const RECORD: &'static $crate::schema::Record = &$crate::schema::Record {
                name: stringify!($record),
                doc: $crate::schema::text!($($doc)+),
                fields: &[$($crate::schema::field(
                    stringify!($field),
                    $crate::schema::text!($($field_doc)+),
                    false,
                    $crate::schema::shape!($shape $($inner<'static>)?),
                ),)*],
            };
        }
    )+};
}

/// Declares rows that are no type of their own.
macro_rules! rows {
    ($($(#[doc = $doc:literal])+ $rows:ident {
        $($(#[doc = $field_doc:literal])+ $field:ident: $shape:ident = $wire:literal,)*
    })+) => {$(
        $(#[doc = $doc])+
        pub(crate) struct $rows;

        impl $rows {
            const ROWS: &'static [$crate::fields::Row] = &[
                $($crate::fields::Row {
                    name: stringify!($field),
                    wire: &[$wire],
                    is_required: false,
                    shape: $crate::fields::Shape::$shape,
                },)*
            ];

            pub(crate) const RECORD: &'static $crate::schema::Record = &$crate::schema::Record {
                name: stringify!($rows),
                doc: $crate::schema::text!($($doc)+),
                fields: &[$($crate::schema::field(
                    stringify!($field),
                    $crate::schema::text!($($field_doc)+),
                    false,
                    $crate::schema::shape!($shape),
                ),)*],
            };
        }
    )+};
}

macro_rules! field_type {
    ($a:lifetime Id) => { Option<$crate::fields::Id<$a>> };
    ($a:lifetime Int) => { Option<i64> };
    ($a:lifetime Ints) => { alloc::vec::Vec<i64> };
    ($a:lifetime Many $record:ident) => { alloc::vec::Vec<$record<$a>> };
    ($a:lifetime One $record:ident) => { Option<$record<$a>> };
    ($a:lifetime Secret) => { Option<$crate::fields::Secret<$a>> };
    ($a:lifetime Text) => { Option<&$a str> };
    ($a:lifetime Tree) => { Option<$crate::codec::Node<$a>> };
    ($a:lifetime Word) => { Option<&$a str> };
    ($a:lifetime Words) => { alloc::vec::Vec<&$a str> };
}

macro_rules! shape_of {
    (Many $record:ident) => {
        $crate::fields::Shape::Many(<$record<'_> as $crate::fields::Record<'_>>::ROWS)
    };
    (One $record:ident) => {
        $crate::fields::Shape::One(<$record<'_> as $crate::fields::Record<'_>>::ROWS)
    };
    ($shape:ident) => {
        $crate::fields::Shape::$shape
    };
}

macro_rules! read_as {
    (Id, $node:expr, $wire:expr) => {
        $crate::fields::id($node, $wire)
    };
    (Int, $node:expr, $wire:expr) => {
        $crate::fields::int($node, $wire)
    };
    (Ints, $node:expr, $wire:expr) => {
        $crate::fields::ints($node, $wire)
    };
    (Many, $node:expr, $wire:expr) => {
        $crate::fields::entries($node, $wire).map($crate::fields::Record::read).collect()
    };
    (One, $node:expr, $wire:expr) => {
        $crate::fields::structure($node, $wire).map($crate::fields::Record::read)
    };
    (Secret, $node:expr, $wire:expr) => {
        $crate::fields::secret($node, $wire)
    };
    (Text, $node:expr, $wire:expr) => {
        $crate::fields::text($node, $wire)
    };
    (Tree, $node:expr, $wire:expr) => {
        $crate::fields::find($node, $wire)
    };
    (Word, $node:expr, $wire:expr) => {
        $crate::fields::word($node, $wire)
    };
    (Words, $node:expr, $wire:expr) => {
        $crate::fields::words($node, $wire)
    };
}

pub(crate) use {field_type, read_as, records, rows, shape_of};

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
    word(node, wire).filter(|word| !word.is_empty()).map(Id)
}

pub(crate) fn secret<'a>(node: Node<'a>, wire: &[&str]) -> Option<Secret<'a>> {
    word(node, wire).map(Secret)
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

pub(crate) fn ints(node: Node<'_>, wire: &[&str]) -> Vec<i64> {
    entries(node, wire).filter_map(|entry| parse_int(entry.text()?.trim_ascii())).collect()
}

pub(crate) fn words<'a>(node: Node<'a>, wire: &[&str]) -> Vec<&'a str> {
    entries(node, wire)
        .filter_map(|entry| entry.text().map(str::trim_ascii))
        .filter(|word| !word.is_empty())
        .collect()
}

pub(crate) fn structure<'a>(node: Node<'a>, wire: &[&str]) -> Option<Node<'a>> {
    find(node, wire).filter(|found| found.kind() == NodeKind::Element)
}

/// The entries of a list in whichever of its spellings. An empty element is an empty list.
pub(crate) fn entries<'a>(node: Node<'a>, wire: &[&str]) -> impl Iterator<Item = Node<'a>> {
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

/// A record as JSON, from its rows: absent fields are left out, ids are strings.
pub(crate) struct Fields<'a> {
    pub(crate) node: Node<'a>,
    pub(crate) rows: &'static [Row],
    /// Whether a list without entries is written, too.
    pub(crate) shows_empty_lists: bool,
}

/// What a field is in JSON.
enum Value<'a> {
    Bool(bool),
    Int(i64),
    Ints(Vec<i64>),
    Many(Vec<Fields<'a>>),
    One(Fields<'a>),
    Text(&'a str),
    Tree(Typed<'a>),
    Words(Vec<&'a str>),
}

impl<'a> Fields<'a> {
    /// The fields that are there.
    fn values(&self) -> impl Iterator<Item = (&'static str, Value<'a>)> {
        self.rows.iter().filter_map(|row| Some((row.key(), self.value(row)?)))
    }

    fn value(&self, Row { wire, shape, .. }: &Row) -> Option<Value<'a>> {
        let Self { node, shows_empty_lists, .. } = *self;
        let is_shown = |length: usize| shows_empty_lists || length > 0;
        Some(match shape {
            Shape::Bool => Value::Bool(bool(node, wire)?),
            Shape::Id => Value::Text(id(node, wire)?.as_str()),
            Shape::Int => Value::Int(int(node, wire)?),
            Shape::Ints => Value::Ints(Some(ints(node, wire)).filter(|it| is_shown(it.len()))?),
            Shape::Many(rows) => {
                let list = entries(node, wire).map(|node| Fields { node, rows, shows_empty_lists });
                Value::Many(Some(list.collect()).filter(|list: &Vec<_>| is_shown(list.len()))?)
            }
            Shape::One(rows) => {
                let node = structure(node, wire)?;
                Value::One(Fields { node, rows, shows_empty_lists })
            }
            Shape::Secret => Value::Text(secret(node, wire)?.expose()),
            Shape::SecretText | Shape::Text => Value::Text(text(node, wire)?),
            Shape::Tree => Value::Tree(Typed(find(node, wire)?)),
            Shape::Word => Value::Text(word(node, wire)?),
            Shape::Words => Value::Words(Some(words(node, wire)).filter(|it| is_shown(it.len()))?),
        })
    }

    pub(crate) fn serialize_into<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        self.values().try_for_each(|(name, value)| map.serialize_entry(name, &value))
    }
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Bool(flag) => serializer.serialize_bool(*flag),
            Self::Int(number) => serializer.serialize_i64(*number),
            Self::Ints(list) => serializer.collect_seq(list),
            Self::Many(list) => serializer.collect_seq(list),
            Self::One(fields) => fields.serialize(serializer),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Tree(node) => node.serialize(serializer),
            Self::Words(list) => serializer.collect_seq(list),
        }
    }
}

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.serialize_into(&mut map)?;
        map.end()
    }
}

pub(crate) fn entry<M: SerializeMap>(
    map: &mut M,
    name: &str,
    value: Option<impl Serialize>,
) -> Result<(), M::Error> {
    match value {
        Some(value) => map.serialize_entry(name, &value),
        None => Ok(()),
    }
}
