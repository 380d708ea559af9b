//! What an answer has to have to be one.

use crate::codec::Node;
use crate::error::{Code, Error};
use crate::fields::{Field, Record, Structure};

/// What the platform calls its return code, and what a cloud function (云调用) calls it.
pub(super) const ERRCODE: [&str; 2] = ["errcode", "errCode"];
/// The text beside it.
pub(super) const ERRMSG: [&str; 2] = ["errmsg", "errMsg"];

/// What is read of an answer that is a JSON object.
pub(super) trait Answer: Sized {
    const FIELDS: &'static [Field];
    /// Reads an answer that has all it must have.
    fn read(node: Node<'_>) -> Self;
}

impl<T: for<'a> Structure<'a>> Answer for T {
    const FIELDS: &'static [Field] = <T as Structure<'static>>::RECORD.fields;

    fn read(node: Node<'_>) -> Self {
        Structure::read(node)
    }
}

/// The answer of a call that says no more than that it was accepted.
impl Answer for () {
    const FIELDS: &'static [Field] = &[];

    fn read(_: Node<'_>) -> Self {}
}

/// What a call answers, described: one of these records.
pub(super) trait Answers {
    const ANSWERS: &'static [&'static Record];
}

impl Answers for () {
    const ANSWERS: &'static [&'static Record] = &[];
}

impl<T: for<'a> Structure<'a>> Answers for T {
    const ANSWERS: &'static [&'static Record] = &[<T as Structure<'static>>::RECORD];
}

/// Whether it is an answer of the call at all, and has everything without which it is of no use. One
/// that was accepted says so by an `errcode` or by any field of its own, be it `null`; a relay that
/// could not reach the platform says neither.
pub(super) fn check(fields: &[Field], node: Node<'_>) -> Result<(), Error> {
    let malformed = |detail| Error::new(Code::ResponseMalformed).because(detail);
    if let Some(name) = Field::missing(fields, node) {
        return Err(malformed("the answer lacks it").field_named(name));
    }
    let is_own = |child: Node<'_>| fields.iter().any(|field| field.wire.contains(&child.name()));
    match node.children().any(|child| ERRCODE.contains(&child.name()) || is_own(child)) {
        true => Ok(()),
        false => Err(malformed("neither an errcode nor anything that the call answers")),
    }
}
