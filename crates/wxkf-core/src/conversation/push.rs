//! What is known of a push.

use crate::message::{DedupeKey, Inbound, Trigger};
use crate::time::Timestamp;

/// What a [`Conversation`](crate::Conversation) needs to know of a push. An [`Inbound`] says it all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Push {
    /// By which it is known when it comes again.
    pub key: DedupeKey,
    /// What it grants, if anything.
    pub trigger: Option<Trigger>,
    /// When it happened, by WeChat's clock (`CreateTime`); now, if that is not known.
    pub at: Option<Timestamp>,
    /// Whether the user has said something, so that typing may be shown. A tap on an item of a msgmenu
    /// is a message, too, though it grants what a menu does.
    pub is_message: bool,
}

impl Push {
    /// A push that happened at that time; a message, if it grants what a message does.
    #[must_use]
    pub fn new(key: DedupeKey, trigger: Option<Trigger>, at: Timestamp) -> Self {
        let is_message = trigger == Some(Trigger::Message);
        Self { key, trigger, at: Some(at), is_message }
    }
}

impl From<&Inbound> for Push {
    fn from(inbound: &Inbound) -> Self {
        let trigger = inbound.trigger();
        let is_message = trigger.is_some() && !inbound.is_event();
        Self { key: inbound.dedupe_key(), trigger, at: inbound.created(), is_message }
    }
}
