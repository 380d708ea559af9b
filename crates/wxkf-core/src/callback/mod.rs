//! A push on its way in, one type a step, and its answer on the way out.

mod envelope;
mod query;
mod seal;

pub(crate) use envelope::encrypt_node;
pub use envelope::{Envelope, Plaintext, Verified};
pub use query::Query;
pub use seal::{HttpBody, Seal, SealedMessage};
