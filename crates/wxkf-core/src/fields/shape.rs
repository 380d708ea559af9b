//! The shapes: what a field can be. Each is a type with one `impl` of [`Wire`], for whatever a struct has
//! of it: a text of a view is a `&str`, one that is kept is a `String`.

use alloc::vec::Vec;
use core::fmt::Debug;
use core::marker::PhantomData;

use super::read::{bool, entries, find, id, int, ints, structure, text, word, words};
use super::{Field, Fields, Json, SecretStr, Shape, Structure, Wire};
use crate::codec::Node;
use crate::time::Timestamp;

/// An object with fields that an answer is of no use without.
pub(crate) struct All;

impl<'a, R: Structure<'a>> Wire<'a, R> for All {
    const SHAPE: Shape = Shape::One(R::RECORD);
    const IS_NEEDED: bool = true;
    const IS_SECRET: bool = has_secrets(R::RECORD.fields);

    fn read(node: Node<'a>, wire: &[&str]) -> R {
        // It is there: that was checked before.
        R::read(structure(node, wire).unwrap_or(node))
    }

    fn json<'n>(node: Node<'n>, wire: &[&str]) -> Option<Json<'n>> {
        json_one(node, wire, R::RECORD.fields)
    }
}

/// `true`, `false`, 1 or 0.
pub(crate) struct Bool;

impl<'a> Wire<'a, Option<bool>> for Bool {
    const SHAPE: Shape = Shape::Bool;

    fn read(node: Node<'a>, wire: &[&str]) -> Option<bool> {
        bool(node, wire)
    }

    fn json<'n>(node: Node<'n>, wire: &[&str]) -> Option<Json<'n>> {
        bool(node, wire).map(Json::Bool)
    }
}

/// An id: see [`content::Id`](super::Id).
pub(crate) struct Id;

impl<'a, T: From<super::Id<'a>> + Debug> Wire<'a, Option<T>> for Id {
    const SHAPE: Shape = Shape::Id;

    fn read(node: Node<'a>, wire: &[&str]) -> Option<T> {
        id(node, wire).map(T::from)
    }

    fn json<'n>(node: Node<'n>, wire: &[&str]) -> Option<Json<'n>> {
        id(node, wire).map(|id| Json::Text(id.as_str()))
    }
}

/// A whole number that every language can hold.
pub(crate) struct Int;

impl<'a> Wire<'a, Option<i64>> for Int {
    const SHAPE: Shape = Shape::Int;

    fn read(node: Node<'a>, wire: &[&str]) -> Option<i64> {
        int(node, wire)
    }

    fn json<'n>(node: Node<'n>, wire: &[&str]) -> Option<Json<'n>> {
        int(node, wire).map(Json::Int)
    }
}

/// A list of whole numbers.
pub(crate) struct Ints;

impl<'a> Wire<'a, Vec<i64>> for Ints {
    const SHAPE: Shape = Shape::Ints;
    const IS_ALWAYS_THERE: bool = true;

    fn read(node: Node<'a>, wire: &[&str]) -> Vec<i64> {
        ints(node, wire).collect()
    }

    fn json<'n>(node: Node<'n>, wire: &[&str]) -> Option<Json<'n>> {
        Some(Json::List(ints(node, wire).map(Json::Int).collect()))
    }
}

/// A list of objects.
pub(crate) struct Many;

impl<'a, R: Structure<'a>> Wire<'a, Vec<R>> for Many {
    const SHAPE: Shape = Shape::Many(R::RECORD);
    const IS_ALWAYS_THERE: bool = true;
    const IS_SECRET: bool = has_secrets(R::RECORD.fields);

    fn read(node: Node<'a>, wire: &[&str]) -> Vec<R> {
        entries(node, wire).map(R::read).collect()
    }

    fn json<'n>(node: Node<'n>, wire: &[&str]) -> Option<Json<'n>> {
        json_many(node, wire, R::RECORD.fields)
    }
}

/// What an answer is of no use without: there, and not empty.
pub(crate) struct Need<S>(PhantomData<S>);

impl<'a, T: Default + Debug, S: Wire<'a, Option<T>>> Wire<'a, T> for Need<S> {
    const SHAPE: Shape = S::SHAPE;
    const IS_NEEDED: bool = true;
    const IS_SECRET: bool = S::IS_SECRET;

    fn read(node: Node<'a>, wire: &[&str]) -> T {
        // It is there: that was checked before.
        S::read(node, wire).unwrap_or_default()
    }

    fn json<'n>(node: Node<'n>, wire: &[&str]) -> Option<Json<'n>> {
        S::json(node, wire)
    }
}

/// An object.
pub(crate) struct One;

impl<'a, R: Structure<'a>> Wire<'a, Option<R>> for One {
    const SHAPE: Shape = Shape::One(R::RECORD);
    const IS_SECRET: bool = has_secrets(R::RECORD.fields);

    fn read(node: Node<'a>, wire: &[&str]) -> Option<R> {
        structure(node, wire).map(R::read)
    }

    fn json<'n>(node: Node<'n>, wire: &[&str]) -> Option<Json<'n>> {
        json_one(node, wire, R::RECORD.fields)
    }
}

/// A word that must not be shown.
pub(crate) struct Secret;

impl<'a, T: From<SecretStr<'a>> + Debug> Wire<'a, Option<T>> for Secret {
    const SHAPE: Shape = Shape::Text;
    const IS_SECRET: bool = true;

    fn read(node: Node<'a>, wire: &[&str]) -> Option<T> {
        word(node, wire).map(|word| T::from(SecretStr::new(word)))
    }

    fn json<'n>(node: Node<'n>, wire: &[&str]) -> Option<Json<'n>> {
        word(node, wire).map(Json::Text)
    }
}

/// A text with a secret in it: nothing is cut off.
pub(crate) struct SecretText;

impl<'a, T: From<SecretStr<'a>> + Debug> Wire<'a, Option<T>> for SecretText {
    const SHAPE: Shape = Shape::Text;
    const IS_SECRET: bool = true;

    fn read(node: Node<'a>, wire: &[&str]) -> Option<T> {
        text(node, wire).map(|text| T::from(SecretStr::new(text)))
    }

    fn json<'n>(node: Node<'n>, wire: &[&str]) -> Option<Json<'n>> {
        text(node, wire).map(Json::Text)
    }
}

/// What a person wrote: nothing is cut off, and nothing of it is shown but its length.
pub(crate) struct Text;

impl<'a, T: From<&'a str> + AsRef<str> + Debug> Wire<'a, Option<T>> for Text {
    const SHAPE: Shape = Shape::Text;

    fn read(node: Node<'a>, wire: &[&str]) -> Option<T> {
        text(node, wire).map(T::from)
    }

    fn json<'n>(node: Node<'n>, wire: &[&str]) -> Option<Json<'n>> {
        text(node, wire).map(Json::Text)
    }

    fn shown(value: &Option<T>) -> impl Debug {
        value.as_ref().map(|text| text.as_ref().len())
    }
}

/// A moment, in whole seconds since 1970.
pub(crate) struct Time;

impl<'a> Wire<'a, Option<Timestamp>> for Time {
    const SHAPE: Shape = Shape::Int;

    fn read(node: Node<'a>, wire: &[&str]) -> Option<Timestamp> {
        Some(Timestamp::from_secs(int(node, wire)?.try_into().ok()?))
    }

    fn json<'n>(node: Node<'n>, wire: &[&str]) -> Option<Json<'n>> {
        int(node, wire).map(Json::Int)
    }
}

/// Anything, as it came.
pub(crate) struct Tree;

impl<'a> Wire<'a, Option<Node<'a>>> for Tree {
    const SHAPE: Shape = Shape::Tree;

    fn read(node: Node<'a>, wire: &[&str]) -> Option<Node<'a>> {
        find(node, wire)
    }

    fn json<'n>(node: Node<'n>, wire: &[&str]) -> Option<Json<'n>> {
        find(node, wire).map(Json::Tree)
    }
}

/// A name, an address, a decimal: white space around it is layout.
pub(crate) struct Word;

impl<'a, T: From<&'a str> + Debug> Wire<'a, Option<T>> for Word {
    const SHAPE: Shape = Shape::Text;

    fn read(node: Node<'a>, wire: &[&str]) -> Option<T> {
        word(node, wire).map(T::from)
    }

    fn json<'n>(node: Node<'n>, wire: &[&str]) -> Option<Json<'n>> {
        word(node, wire).map(Json::Text)
    }
}

/// A list of words, but for the empty ones.
pub(crate) struct Words;

impl<'a, T: From<&'a str> + Debug> Wire<'a, Vec<T>> for Words {
    const SHAPE: Shape = Shape::Words;
    const IS_ALWAYS_THERE: bool = true;

    fn read(node: Node<'a>, wire: &[&str]) -> Vec<T> {
        words(node, wire).map(T::from).collect()
    }

    fn json<'n>(node: Node<'n>, wire: &[&str]) -> Option<Json<'n>> {
        Some(Json::List(words(node, wire).map(Json::Text).collect()))
    }
}

/// For every record alike.
fn json_one<'n>(node: Node<'n>, wire: &[&str], fields: &'static [Field]) -> Option<Json<'n>> {
    structure(node, wire).map(|node| Json::Record(Fields { node, fields }))
}

/// For every record alike.
fn json_many<'n>(node: Node<'n>, wire: &[&str], fields: &'static [Field]) -> Option<Json<'n>> {
    let entry = |node| Json::Record(Fields { node, fields });
    Some(Json::List(entries(node, wire).map(entry).collect()))
}

/// Whether any of these fields must not be shown.
pub(super) const fn has_secrets(mut fields: &[Field]) -> bool {
    while let [field, rest @ ..] = fields {
        if field.is_secret {
            return true;
        }
        fields = rest;
    }
    false
}
