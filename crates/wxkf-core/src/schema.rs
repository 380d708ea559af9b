//! What crosses the border, described: for whoever makes types of another language from it.
//!
//! It is made from the same tables that read, check and write, so it cannot say something else.
//!
//! What a call takes is in [`ENDPOINTS`](crate::api::ENDPOINTS) and
//! [`MESSAGE_TYPES`](crate::api::MESSAGE_TYPES); their rows say what it is with this feature alone. Texts are those of the documentation: Markdown, with links to items of this crate.

#[cfg(feature = "schema")]
use crate::api::{EndpointInfo, MessageType, Param};
use crate::message::{content, inbound, reply};

pub use crate::message::reply::ReplyType;
#[cfg(feature = "schema")]
pub use crate::params::Title;

#[cfg(feature = "schema")]
pub use crate::names::{Named, Names, Said};

/// Fields that come or go together in JSON.
#[derive(Debug)]
#[non_exhaustive]
pub struct Record {
    /// The name of the type in this crate. Two records may have the same.
    pub name: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// The fields, in their order.
    pub fields: &'static [Field],
}

/// One field of a [`Record`].
#[derive(Debug)]
#[non_exhaustive]
pub struct Field {
    /// Its name in JSON.
    pub name: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// Whether it is always there. What is not there is left out, and never `null`.
    pub is_required: bool,
    /// What it is in JSON.
    pub shape: Shape,
}

/// What a field is in JSON.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Shape {
    /// `true` or `false`.
    Bool,
    /// Bytes, base64 in a string.
    Bytes,
    /// An id: digits as a rule, in a string.
    Id,
    /// A whole number that every language can hold.
    Int,
    /// A list of whole numbers.
    Ints,
    /// A list of objects.
    Many(&'static Record),
    /// An object.
    One(&'static Record),
    /// One of these strings.
    OneOf(&'static [&'static str]),
    /// A string.
    Text,
    /// Anything: it is passed on as it came.
    Tree,
    /// A list of strings.
    Words,
}

/// A kind of push: see [`Inbound::kind`](crate::Inbound::kind).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Kind {
    /// Its name, such as `event.scan`.
    pub name: &'static str,
    /// Its content in JSON has the fields of all of these.
    pub content: &'static [&'static Record],
}

/// Every kind of push, in the order of the tables; `unknown` is the last.
pub fn inbound() -> impl Iterator<Item = Kind> {
    const NAMED: &[&Record] = &[inbound::Untyped::RECORD];
    const UNKNOWN: &[&Record] = &[inbound::Untyped::RECORD, inbound::Extra::RECORD];
    let typed = [
        content::Message::KINDS,
        content::Event::KINDS,
        content::Info::KINDS,
        content::Action::KINDS,
    ];
    let untyped = content::UNTYPED_EVENTS.iter().map(|(_, name)| Kind { name, content: NAMED });
    let unknown = Kind { name: "unknown", content: UNKNOWN };
    typed.into_iter().flatten().cloned().chain(untyped).chain([unknown])
}

/// Every passive reply, in the order of the names.
#[must_use]
pub const fn replies() -> &'static [ReplyType] {
    reply::TYPES
}

#[cfg(feature = "schema")]
impl ReplyType {
    /// What stands beside the `type`.
    #[must_use]
    pub const fn title(&self) -> Title {
        self.title
    }
}

#[cfg(feature = "schema")]
impl MessageType {
    /// The object beside the `msgtype`.
    #[must_use]
    pub const fn title(&self) -> Title {
        self.title
    }
}

#[cfg(feature = "schema")]
impl Param {
    /// What it is.
    #[must_use]
    pub const fn doc(&self) -> &'static str {
        self.said.text()
    }

    /// The object that it is, or those in the list.
    #[must_use]
    pub const fn holds(&self) -> Title {
        self.holds
    }
}

#[cfg(feature = "schema")]
impl EndpointInfo {
    /// The call: the name of its type in this crate, and what it does.
    #[must_use]
    pub const fn title(&self) -> Title {
        self.title
    }

    /// What it answers: one of these; none if it says no more than that it was accepted.
    #[must_use]
    pub const fn answers(&self) -> &'static [&'static Record] {
        self.answers
    }
}

/// What can be described as one record.
pub(crate) trait Described {
    const RECORD: &'static Record;
}

pub(crate) const fn field(
    name: &'static str,
    doc: &'static str,
    is_required: bool,
    shape: Shape,
) -> Field {
    // Rust spells a field that has the name of a keyword with a mark in front.
    let name = match name.as_bytes() {
        [b'r', b'#', ..] => name.split_at(2).1,
        _ => name,
    };
    Field { name, doc, is_required, shape }
}

/// The lines of a documentation comment as one text.
macro_rules! text {
    ($($line:literal)+) => { concat!($($line, "\n"),+) };
}

/// The shape of a field, from what a table calls it.
macro_rules! shape {
    (All $record:ty) => {
        $crate::schema::shape!(One $record)
    };
    (Need $shape:ident) => {
        $crate::schema::shape!($shape)
    };
    (Many $record:ty) => {
        $crate::schema::Shape::Many(<$record as $crate::schema::Described>::RECORD)
    };
    (One $record:ty) => {
        $crate::schema::Shape::One(<$record as $crate::schema::Described>::RECORD)
    };
    (Secret) => {
        $crate::schema::Shape::Text
    };
    (Time) => {
        $crate::schema::Shape::Int
    };
    (Word) => {
        $crate::schema::Shape::Text
    };
    ($shape:ident) => {
        $crate::schema::Shape::$shape
    };
}

pub(crate) use {shape, text};
