//! What comes in, typed, and what goes out as the answer.

pub(crate) mod content;
mod inbound;
mod received;
mod reply;

pub use inbound::{DedupeKey, Inbound, Trigger};
pub use received::Received;
pub use reply::{Article, Reply};
