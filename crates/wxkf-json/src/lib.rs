//! What [`wxkf_core`] takes and gives, as JSON: the one shape that every binding passes on.
//!
//! A binding for a language that is not Rust has to carry values over a border. Bytes and texts go as
//! they are; whatever has fields goes as JSON, in the shape of the conformance protocol
//! (`tests/README.md`), and is written here once for all of them. Nothing is decided here.
#![no_std]

extern crate alloc;

mod callback;
mod calls;
mod machines;

pub use callback::{
    account_option, decoded, explanation, explanation_in_words, inbound, received, reply_caution,
    sealed, tree,
};
pub use calls::{errcode, outcome, request, split};
pub use machines::{
    allowance, dedupe_key, fetch_failure, observation, push, refusal, reservation, settled,
    settlement, token_change, token_step, typing_settlement,
};

use alloc::string::String;

use serde::Serialize;
use wxkf_core::{Code, Language, to_json};

/// An error: its code, whose mistake it is, the field, what exactly was seen, and a sentence.
#[must_use]
pub fn error(error: &wxkf_core::Error) -> String {
    written(error.code(), error.field(), error.detail())
}

/// The same for a failure that is a binding's own.
#[must_use]
pub fn failure(code: Code, field: Option<&str>) -> String {
    written(code, field, None)
}

fn written(code: Code, field: Option<&str>, detail: Option<&str>) -> String {
    let (origin, message) = (code.origin().name(), code.message(Language::English));
    to_json(&Error { code: code.name(), origin, field, detail, message })
}

#[derive(Serialize)]
struct Error<'a> {
    code: &'static str,
    origin: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<&'a str>,
    message: &'static str,
}
