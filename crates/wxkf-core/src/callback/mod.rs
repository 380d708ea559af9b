//! A push on its way in, one type a step, and its answer on the way out.

mod check;
mod envelope;
mod open;
mod proof;
mod query;
mod receive;
mod seal;

pub use check::Check;
pub(crate) use check::{Failed, Passed, Witness};
pub use envelope::{Envelope, Plaintext, Verified};
pub(crate) use envelope::{asks_for_seal, encrypt_node};
pub use query::Query;
pub use seal::{Fresh, HttpBody, SealedMessage};
