use core::fmt;

use alloc::string::String;

use super::Inbound;
use crate::account::AccountKind;

/// A push that was verified, opened and decoded, with what its answer has to match.
#[derive(Clone)]
pub struct Received {
    pub(crate) inbound: Inbound,
    pub(crate) kind: AccountKind,
    pub(crate) token_index: usize,
    pub(crate) key_index: Option<usize>,
    pub(crate) id_index: usize,
    pub(crate) nonce: String,
}

impl Received {
    /// The message or event.
    #[must_use]
    pub const fn inbound(&self) -> &Inbound {
        &self.inbound
    }

    /// The message or event, to keep; the way to answer it is gone.
    #[must_use]
    pub fn into_inbound(self) -> Inbound {
        self.inbound
    }

    /// Whether it came out of a seal. Only then does the signature cover what it says.
    #[must_use]
    pub const fn was_sealed(&self) -> bool {
        self.key_index.is_some()
    }

    /// Which token signed it: 0 is the current one, then the previous ones in order.
    #[must_use]
    pub const fn token_index(&self) -> usize {
        self.token_index
    }

    /// Which key opened it: 0 is the current one, then the previous ones in order. `None` if it
    /// was not sealed.
    #[must_use]
    pub const fn key_index(&self) -> Option<usize> {
        self.key_index
    }
}

impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Received")
            .field("inbound", &self.inbound)
            .field("was_sealed", &self.was_sealed())
            .field("token_index", &self.token_index)
            .field("key_index", &self.key_index)
            .finish_non_exhaustive()
    }
}
