//! What crosses the border, described: for whoever makes types of another language from it.
//!
//! It is made from the same tables that read, check and write, so it cannot say something else. The
//! rows of those tables do not refer to it: a program that does not ask carries none of its texts.
//!
//! What a call takes is in [`api::ENDPOINTS`] and [`api::MESSAGE_TYPES`]; here are the sentences that
//! belong to it. Texts are those of the documentation: Markdown, with links to items of this crate.

use crate::api::{self, EndpointInfo, MESSAGE_TYPES, MessageType};
use crate::message::{content, inbound, outbound, reply};

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

/// A passive reply, as [`Reply::from_json`](crate::Reply::from_json) reads it.
#[derive(Debug)]
#[non_exhaustive]
pub struct ReplyType {
    /// Its `type`.
    pub name: &'static str,
    /// What stands beside the `type`.
    pub record: Record,
}

/// Every passive reply, in the order of the names.
#[must_use]
pub const fn replies() -> &'static [ReplyType] {
    reply::TYPES
}

/// The sentences about a group of parameters: one a field, in the order of the
/// [`Param`](api::Param)s that they belong to.
#[derive(Debug)]
#[non_exhaustive]
pub struct Group {
    /// The name of the type in this crate.
    pub name: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// The parameters.
    pub members: &'static [Member],
}

/// The sentence about one parameter.
#[derive(Debug)]
#[non_exhaustive]
pub struct Member {
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// What it holds, or what the entries of the list are that it is.
    pub entry: Option<&'static Group>,
}

/// What belongs to a row of [`ENDPOINTS`](crate::api::ENDPOINTS).
#[derive(Debug)]
#[non_exhaustive]
pub struct Call {
    /// What it does, and its parameters.
    pub params: Group,
    /// What else the platform's page says of its limits.
    pub limits: &'static str,
    /// The platform's page, read 2026-11-21.
    pub source: &'static str,
    /// What it answers: one of these; none if it says no more than that it was accepted.
    pub answers: &'static [&'static Record],
}

/// The sentences about a call, and what it answers.
#[must_use]
pub fn call(info: &EndpointInfo) -> &'static Call {
    let row = api::ENDPOINTS.iter().zip(api::CALLS).find(|(row, _)| row.name == info.name);
    row.map_or(NO_CALL, |(_, call)| call)
}

/// The sentences about a message to a user: what stands beside its `msgtype`.
#[must_use]
pub fn message(message: &MessageType) -> &'static Group {
    let row = MESSAGE_TYPES.iter().zip(outbound::GROUPS).find(|(row, _)| row.name == message.name);
    row.map_or(&NO_CALL.params, |(_, group)| group)
}

/// Every row of the tables has its sentences, so nobody gets to see this.
const NO_CALL: &Call = &Call { params: group("", "", &[]), limits: "", source: "", answers: &[] };

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

pub(crate) const fn group(
    name: &'static str,
    doc: &'static str,
    members: &'static [Member],
) -> Group {
    Group { name, doc, members }
}

pub(crate) const fn member(name: &'static str, doc: &'static str) -> Member {
    Member { name, doc, entry: None }
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
