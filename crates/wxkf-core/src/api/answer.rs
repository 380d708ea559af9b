//! Typed answers: one table of fields a call, read as tolerantly as the fields of a push.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;

use crate::codec::{self, Node};
use crate::error::{Code, Error};
use crate::fields::{self, Fields, Row, Shape};
use crate::schema::Record;

/// What the platform calls its return code, and what a cloud function (云调用) calls it.
pub(super) const ERRCODE: [&str; 2] = ["errcode", "errCode"];
/// The text beside it.
pub(super) const ERRMSG: [&str; 2] = ["errmsg", "errMsg"];

/// A typed answer.
pub(super) trait Answer: Sized {
    const ROWS: &'static [Row];
    /// Reads an answer that has all it must have.
    fn read(node: Node<'_>) -> Self;
}

/// What a call answers, described: one of these records.
pub(super) trait Answers {
    const ANSWERS: &'static [&'static Record];
}

impl Answers for () {
    const ANSWERS: &'static [&'static Record] = &[];
}

/// The answer of a call that says no more than that it was accepted.
impl Answer for () {
    const ROWS: &'static [Row] = &[];
    fn read(_: Node<'_>) -> Self {}
}

/// Whether it is an answer of the call at all, and has everything without which it is of no use. One
/// that was accepted says so by an `errcode` or by any field of its own, be it `null`; a relay that
/// could not reach the platform says neither.
pub(super) fn check(rows: &[Row], node: Node<'_>) -> Result<(), Error> {
    let malformed = |detail| Error::new(Code::ResponseMalformed).because(detail);
    if let Some(name) = missing(rows, node) {
        return Err(malformed("the answer lacks it").field_named(name));
    }
    let is_own = |child: Node<'_>| rows.iter().any(|row| row.wire.contains(&child.name()));
    match node.children().any(|child| ERRCODE.contains(&child.name()) || is_own(child)) {
        true => Ok(()),
        false => Err(malformed("neither an errcode nor anything that the call answers")),
    }
}

/// The first field that has to be there and is not, with the way to it.
fn missing(rows: &[Row], node: Node<'_>) -> Option<Cow<'static, str>> {
    rows.iter().filter(|row| row.is_required).find_map(|row| {
        let is_there = match row.shape {
            Shape::Int => fields::int(node, row.wire).is_some(),
            Shape::One(rows) => match fields::structure(node, row.wire) {
                None => false,
                Some(inner) => {
                    let below = missing(rows, inner)?;
                    return Some(Cow::Owned([row.name, ".", &below].concat()));
                }
            },
            _ => fields::word(node, row.wire).is_some_and(|word| !word.is_empty()),
        };
        (!is_there).then_some(Cow::Borrowed(row.name))
    })
}

/// The answer as the by-name door gives it: the fields by WeChat's names, ids as texts.
pub(super) fn to_json(rows: &'static [Row], node: Node<'_>) -> String {
    codec::to_json(&Fields { node, rows, shows_empty_lists: true })
}

/// A token, ticket or secret of an account: whoever has it can act for the account. `Debug` does not
/// show it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The text.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        zeroize::Zeroize::zeroize(&mut self.0);
    }
}

/// Declares answers: structs together with the rows they are read by. `Need(…)` is a field without
/// which the answer is malformed, `All(…)` an object with such fields; all others may be absent.
macro_rules! answers {
    ($($(#[doc = $doc:literal])+ $answer:ident {
        $($(#[doc = $field_doc:literal])+ $field:ident: $shape:ident $(($inner:ident))?
            = $wire:literal $(| $other:literal)*,)*
    })+) => {$(
        $(#[doc = $doc])+
        #[derive(Clone, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct $answer {
            $($(#[doc = $field_doc])+
            pub $field: $crate::api::answer::owned_type!($shape $($inner)?),)*
        }

        /// Shows how long a text is that a person wrote, not what it says.
        impl core::fmt::Debug for $answer {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.debug_struct(stringify!($answer))
                    $(.field(stringify!($field),
                        $crate::api::answer::shown!($shape &self.$field)))*
                    .finish()
            }
        }

        impl $crate::api::answer::Answer for $answer {
            const ROWS: &'static [$crate::fields::Row] = &[
                $($crate::fields::Row {
                    name: $wire,
                    wire: &[$wire $(, $other)*],
                    is_required: $crate::api::answer::is_required!($shape),
                    shape: $crate::api::answer::shape_of!($shape $($inner)?),
                },)*
            ];

            fn read(node: $crate::codec::Node<'_>) -> Self {
                Self { $($field: $crate::api::answer::read_as!(
                    $shape $($inner)?, node, &[$wire $(, $other)*]),)* }
            }
        }

        impl $crate::schema::Described for $answer {
            const RECORD: &'static $crate::schema::Record = &$crate::schema::Record {
                name: stringify!($answer),
                doc: $crate::schema::text!($($doc)+),
                fields: &[$($crate::schema::field(
                    $wire,
                    $crate::schema::text!($($field_doc)+),
                    $crate::api::answer::is_always_there!($shape),
                    $crate::schema::shape!($shape $($inner)?),
                ),)*],
            };
        }

        impl $crate::api::answer::Answers for $answer {
            const ANSWERS: &'static [&'static $crate::schema::Record] =
                &[<Self as $crate::schema::Described>::RECORD];
        }
    )+};
}

macro_rules! owned_type {
    (All $answer:ident) => { $answer };
    (Bool) => { Option<bool> };
    (Id) => { Option<alloc::string::String> };
    (Int) => { Option<i64> };
    (Many $answer:ident) => { alloc::vec::Vec<$answer> };
    (Need Id) => { alloc::string::String };
    (Need Int) => { i64 };
    (Need Secret) => { $crate::api::Secret };
    (One $answer:ident) => { Option<$answer> };
    (Secret) => { Option<$crate::api::Secret> };
    (Text) => { Option<alloc::string::String> };
    (Time) => { Option<$crate::Timestamp> };
    (Word) => { Option<alloc::string::String> };
    (Words) => { alloc::vec::Vec<alloc::string::String> };
}

macro_rules! shown {
    (Text $text:expr) => {
        &$text.as_ref().map(|text| text.len())
    };
    ($shape:ident $value:expr) => {
        $value
    };
}

macro_rules! is_required {
    (All) => {
        true
    };
    (Need) => {
        true
    };
    ($other:ident) => {
        false
    };
}

/// A list is there even if it is empty.
macro_rules! is_always_there {
    (Many) => {
        true
    };
    (Words) => {
        true
    };
    ($other:ident) => {
        $crate::api::answer::is_required!($other)
    };
}

macro_rules! shape_of {
    (All $answer:ident) => {
        $crate::fields::Shape::One(<$answer as $crate::api::answer::Answer>::ROWS)
    };
    (Many $answer:ident) => {
        $crate::fields::Shape::Many(<$answer as $crate::api::answer::Answer>::ROWS)
    };
    (Need $shape:ident) => {
        $crate::fields::Shape::$shape
    };
    (One $answer:ident) => {
        $crate::fields::Shape::One(<$answer as $crate::api::answer::Answer>::ROWS)
    };
    (Secret) => {
        $crate::fields::Shape::SecretText
    };
    (Time) => {
        $crate::fields::Shape::Int
    };
    ($shape:ident) => {
        $crate::fields::Shape::$shape
    };
}

macro_rules! read_as {
    // It is there: that was checked before.
    (All $answer:ident, $node:expr, $wire:expr) => {
        $crate::api::answer::Answer::read($crate::fields::structure($node, $wire).unwrap_or($node))
    };
    (Bool, $node:expr, $wire:expr) => {
        $crate::fields::bool($node, $wire)
    };
    (Id, $node:expr, $wire:expr) => {
        $crate::fields::id($node, $wire).map(|id| id.as_str().into())
    };
    (Int, $node:expr, $wire:expr) => {
        $crate::fields::int($node, $wire)
    };
    (Many $answer:ident, $node:expr, $wire:expr) => {
        $crate::fields::entries($node, $wire).map($crate::api::answer::Answer::read).collect()
    };
    (Need Id, $node:expr, $wire:expr) => {
        $crate::fields::word($node, $wire).unwrap_or_default().into()
    };
    (Need Int, $node:expr, $wire:expr) => {
        $crate::fields::int($node, $wire).unwrap_or_default()
    };
    (Need Secret, $node:expr, $wire:expr) => {
        $crate::fields::word($node, $wire).unwrap_or_default().into()
    };
    (One $answer:ident, $node:expr, $wire:expr) => {
        $crate::fields::structure($node, $wire).map($crate::api::answer::Answer::read)
    };
    (Secret, $node:expr, $wire:expr) => {
        $crate::fields::text($node, $wire).map(Into::into)
    };
    (Text, $node:expr, $wire:expr) => {
        $crate::fields::text($node, $wire).map(Into::into)
    };
    (Time, $node:expr, $wire:expr) => {
        $crate::fields::int($node, $wire)
            .and_then(|secs| u64::try_from(secs).ok())
            .map($crate::Timestamp::from_secs)
    };
    (Word, $node:expr, $wire:expr) => {
        $crate::fields::word($node, $wire).map(Into::into)
    };
    (Words, $node:expr, $wire:expr) => {
        $crate::fields::words($node, $wire).into_iter().map(Into::into).collect()
    };
}

pub(super) use {answers, is_always_there, is_required, owned_type, read_as, shape_of, shown};
