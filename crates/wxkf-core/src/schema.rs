//! What crosses the border, described: for whoever makes types of another language from it.
//!
//! It is made from the same tables that read, check and write, so it cannot say something else.
//!
//! What a call takes is in [`ENDPOINTS`](crate::api::ENDPOINTS) and
//! [`MESSAGE_TYPES`](crate::api::MESSAGE_TYPES); their rows say what it is with this feature alone. Texts are
//! those of the documentation: Markdown, with links to items of this crate.

use alloc::vec::Vec;

use crate::api::{EndpointInfo, MessageType, Param};
use crate::message::content::{self, untyped};
use crate::message::reply;

pub use crate::fields::{Field, Record, Shape};
pub use crate::message::reply::ReplyType;
pub use crate::names::{Named, Names, Said};
pub use crate::params::Title;

/// A kind of push: see [`Inbound::kind`](crate::Inbound::kind).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Kind {
    /// Its name, such as `event.scan`.
    pub name: &'static str,
    /// Its content in JSON has the fields of all of these.
    pub content: Vec<&'static Record>,
}

/// Every kind of push, in the order of the tables; `unknown` is the last.
pub fn inbound() -> impl Iterator<Item = Kind> {
    let typed = content::KINDS.into_iter().flatten();
    let typed = typed.map(|kind| Kind { name: kind.label, content: kind.records().collect() });
    let names = untyped::KINDS.iter().chain(&["unknown"]);
    let others = names.map(|name| Kind { name, content: untyped::records(name).collect() });
    typed.chain(others)
}

/// Every passive reply, in the order of the names.
#[must_use]
pub const fn replies() -> &'static [ReplyType] {
    reply::TYPES
}

impl ReplyType {
    /// What stands beside the `type`.
    #[must_use]
    pub const fn title(&self) -> Title {
        self.title
    }
}

impl MessageType {
    /// The object beside the `msgtype`.
    #[must_use]
    pub const fn title(&self) -> Title {
        self.title
    }
}

impl Param {
    /// What it is.
    #[must_use]
    pub const fn doc(&self) -> &'static str {
        self.said.text()
    }

    /// The object that it is, or those in the list.
    #[must_use]
    pub const fn holds(&self) -> Title {
        self.holds
    }
}

impl EndpointInfo {
    /// The call: the name of its type in this crate, and what it does.
    #[must_use]
    pub const fn title(&self) -> Title {
        self.title
    }

    /// What it answers: one of these; none if it says no more than that it was accepted.
    #[must_use]
    pub const fn answers(&self) -> &'static [&'static Record] {
        self.answers
    }
}
