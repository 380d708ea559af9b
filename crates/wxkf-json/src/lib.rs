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
    account_option, decoded, explanation, explanation_in_words, received, reply_caution, sealed,
    tree,
};
pub use calls::{errcode, outcome, request, split};
pub use machines::{
    allowance, dedupe_key, fetch_failure, observation, push, refusal, reservation, seen, settled,
    settlement, token_change, token_step, typing_settlement,
};

use alloc::string::String;

use wxkf_core::{Error, JsonWriter, Language};

/// An error: its code, whose mistake it is, the field, what exactly was seen, and a sentence.
#[must_use]
pub fn error(error: &Error) -> String {
    object(|json| {
        json.key("code").text(error.code().name());
        json.key("origin").text(error.origin().name());
        member(json, "field", error.field());
        member(json, "detail", error.detail());
        json.key("message").text(error.code().message(Language::English));
    })
}

fn object(write: impl FnOnce(&mut JsonWriter)) -> String {
    let mut json = JsonWriter::default();
    json.object(write);
    json.finish()
}

/// A text that is left out where there is none.
fn member(json: &mut JsonWriter, name: &str, text: Option<&str>) {
    if let Some(text) = text {
        json.key(name).text(text);
    }
}

fn index(index: usize) -> u64 {
    u64::try_from(index).unwrap_or(u64::MAX)
}
