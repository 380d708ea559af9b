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

pub use callback::{account_option, decoded, explanation, received};
pub use calls::{errcode, outcome, request, split};
pub use machines::{
    allowance, dedupe_key, fetch_failure, observation, push, refusal, reservation, seen, settled,
    settlement, token_change, token_step,
};

use alloc::string::String;

use serde::Serialize;
use wxkf_core::{Error, Language};

/// An error: its code, whose mistake it is, the field, what exactly was seen, and a sentence.
#[must_use]
pub fn error(error: &Error) -> String {
    Object::default()
        .any("code", &error.code().name())
        .any("origin", &error.origin().name())
        .maybe("field", error.field())
        .maybe("detail", error.detail())
        .any("message", &error.code().message(Language::English))
        .finish()
}

/// An object that is being written.
#[derive(Default)]
struct Object(String);

impl Object {
    /// A member whose value is JSON already.
    fn raw(mut self, name: &str, json: &str) -> Self {
        self.0.push(if self.0.is_empty() { '{' } else { ',' });
        self.0.push('"');
        self.0.push_str(name);
        self.0.push_str("\":");
        self.0.push_str(json);
        self
    }

    fn any(self, name: &str, value: &impl Serialize) -> Self {
        // Texts, numbers and what the core writes: none of it can fail.
        self.raw(name, &serde_json::to_string(value).unwrap_or_else(|_| "null".into()))
    }

    fn maybe(self, name: &str, text: Option<&str>) -> Self {
        match text {
            Some(text) => self.any(name, &text),
            None => self,
        }
    }

    fn finish(mut self) -> String {
        self.0.push_str(if self.0.is_empty() { "{}" } else { "}" });
        self.0
    }
}

fn list(items: impl Iterator<Item = String>) -> String {
    let mut out = String::from("[");
    for (index, item) in items.enumerate() {
        if index > 0 {
            out.push(',');
        }
        out.push_str(&item);
    }
    out.push(']');
    out
}
