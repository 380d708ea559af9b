//! WeChat customer-service messages (客服消息) of Mini Programs and Official Accounts, as a pure
//! protocol core: no clock, no randomness, no network, no files, no logging. You bring those.
#![no_std]
#![cfg_attr(not(test), warn(clippy::missing_panics_doc))]

extern crate alloc;
#[cfg(test)]
extern crate std;

mod account;
mod callback;
mod codec;
mod crypto;
mod error;
mod explain;
mod message;
mod time;

/// The typed content of a push: every message type and event, with its fields.
pub mod content {
    pub use crate::message::content::*;
}

pub use account::{Account, AccountBuilder, AccountKind, Mode};
pub use callback::{Envelope, HttpBody, Plaintext, Query, Seal, SealedMessage, Verified};
pub use codec::{Children, Format, Named, Node, NodeKind};
pub use error::{Code, Error, Language, Origin};
pub use explain::{Check, Explanation, Finding, Outcome, Step, explain};
pub use message::{Article, DedupeKey, Inbound, Received, Reply, Trigger};
pub use time::Timestamp;
