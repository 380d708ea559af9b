//! What comes in, typed, and what goes out as the answer.

pub(crate) mod content;
mod dedupe_key;
mod entries;
pub(crate) mod inbound;
mod observation;
pub(crate) mod outbound;
mod received;
pub(crate) mod reply;
pub(crate) mod text;

pub use dedupe_key::DedupeKey;
pub use inbound::{Inbound, Trigger};
pub use observation::Observation;
pub use received::{Received, ReplyTo};
pub use reply::{Article, Reply};
