//! The border between the core and JavaScript: bytes, texts and numbers cross it, and whatever has
//! fields crosses as JSON. It is private to the npm package `wxkf`, whose TypeScript in
//! `bindings/wasm/npm/src` gives it the shape that people see. Nothing is decided here.
//!
//! An error crosses as a text that is thrown: the JSON of [`wxkf_json::error`].

pub mod callback;
pub mod calls;
pub mod machines;

use wasm_bindgen::JsValue;
use wxkf_core::{Error, Timestamp};

type Thrown = JsValue;

fn thrown(error: &Error) -> Thrown {
    JsValue::from_str(&wxkf_json::error(error))
}

/// The facade lets only whole numbers from 0 to 2^53 - 1 through.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a number that is no moment was refused by the facade, and a cast saturates"
)]
const fn moment(millis: f64) -> Timestamp {
    Timestamp::from_millis(millis as u64)
}

#[expect(clippy::cast_precision_loss, reason = "moments and ids are smaller than 2^53")]
const fn number(number: u64) -> f64 {
    number as f64
}
