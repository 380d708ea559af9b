//! The C ABI of wxkf. `wxkf.h` is made from this crate, and says what a caller has to know; `GUIDE.md` says
//! the same with examples. Nothing about WeChat is decided here.
//!
//! Every entry ends in `boundary`: it turns a failure into a status and its JSON, and no panic gets past it.
//! What is borrowed, given out and owned is in `memory`.
#![expect(unsafe_code, reason = "what C hands over are pointers")]

mod account;
mod api;
mod boundary;
mod conversation;
mod dedupe;
mod failure;
mod memory;
mod received;
mod status;
#[cfg(test)]
mod tests;
mod token;

pub use account::*;
pub use api::*;
pub use conversation::*;
pub use dedupe::*;
pub use failure::{OK, Status};
pub use memory::{Buf, Bytes, NO_INDEX, NONE, wxkf_buf_free};
pub use received::*;
pub use status::*;
pub use token::*;

/// The number of the ABI. It changes when a program has to be compiled again: compare it with
/// `wxkf_abi()`.
pub const ABI: u32 = 2;

/// The number of the ABI of the library that was loaded.
#[unsafe(no_mangle)]
pub const extern "C" fn wxkf_abi() -> u32 {
    ABI
}

/// The version of the library that was loaded. Static.
#[unsafe(no_mangle)]
pub extern "C" fn wxkf_version() -> Bytes {
    Bytes::of(env!("CARGO_PKG_VERSION"))
}
