//! WeChat customer-service messages (客服消息) of Mini Programs and Official Accounts, as a pure
//! protocol core.
//!
//! There is no clock, no randomness, no network, no file, no thread and no logging in here: bytes
//! and the moment come in, decisions come out. The host brings its own HTTP server, in any language
//! and on any runtime; what it has to do is this loop.
//!
//! ```
//! use wxkf_core::content::{Content, Event, Message};
//! use wxkf_core::{
//!     Account, AccountKind, Conversation, Error, Fresh, HttpBody, Policy, Query, Reply,
//!     Timestamp,
//! };
//!
//! /// What the host knows of a request: the raw query string, the raw body, the time, and 16 fresh
//! /// random bytes for the answer. `record` is what its store has of the user: see [`Conversation`].
//! fn handle(
//!     account: &Account,
//!     record: &mut Conversation,
//!     query: &str,
//!     body: &[u8],
//!     now: Timestamp,
//!     random: [u8; 16],
//! ) -> Result<HttpBody, Error> {
//!     // 1. One call verifies, opens and decodes. On an error: HTTP 400, and trust nothing.
//!     let received = account.receive(&Query::parse(query)?, body, now)?;
//!     let inbound = received.inbound();
//!
//!     // 2. WeChat repeats a push that is not answered in five seconds, and lets the account write for a
//!     //    while after some of them: observe each, and save the record.
//!     let observation = record.observe(inbound, now);
//!
//!     // 3. Look at what it says. Unknown types are values, not errors.
//!     let reply = match inbound.content() {
//!         _ if observation.since().is_some() => Reply::Success,
//!         Content::Message(Message::Text(text)) => {
//!             Reply::text(format!("You wrote: {}", text.content.unwrap_or_default()))
//!         }
//!         Content::Event(Event::Subscribe(_)) => Reply::text("Welcome!"),
//!         _ => Reply::Success,
//!     };
//!
//!     // 4. The answer matches the push: format, recipient, key. Send its bytes as they are.
//!     account.reply(&received, &reply, Fresh::new(random, now))
//! }
//!
//! let account = Account::builder(AccountKind::OfficialAccount, "wx0123456789abcdef", "token")
//!     .encoding_aes_key("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG")
//!     .build()?;
//! let now = Timestamp::from_secs(1_763_700_000);
//! let mut record = Conversation::new(Policy::official_account());
//!
//! // When the console saves the URL, WeChat sends a GET: echo what `verify_url` gives.
//! let query = format!("signature={}&timestamp=1&nonce=2&echostr=375", account.sign("1", "2"));
//! assert_eq!(account.verify_url(&Query::parse(&query)?, now)?, b"375");
//!
//! // Nobody else's request gets further.
//! let forged =
//!     handle(&account, &mut record, "timestamp=1&nonce=2&msg_signature=0", b"<xml/>", now, [0; 16]);
//! assert_eq!(forged.unwrap_err().code().name(), "callback.signature_mismatch");
//! # Ok::<(), Error>(())
//! ```
//!
//! A request that does not get through is explained by [`explain`], step by step, for people.
//!
//! What the answer to a push cannot say goes through the platform's API, up to 48 hours later: see
//! [`api`], where each call makes its request and reads its answer, and [`text`] for what is too long
//! for one message.
//!
//! What is to be kept between calls is plain data, in the host's store: a [`Conversation`] for each user
//! (how many messages may be sent, and until when; which pushes have been here), a [`TokenKeeper`] for
//! each access token, and for who wants no record of users a [`Dedupe`].
//!
//! The crate is about the customer-service messages of Mini Programs and Official Accounts, and of
//! third-party platforms that act for them. WeCom's 微信客服 is another product with another API.
#![no_std]
// What only generators of other languages read is reached and used with their feature alone.
#![cfg_attr(not(feature = "schema"), allow(dead_code, unreachable_pub))]

extern crate alloc;
#[cfg(test)]
extern crate std;

// The floors, lowest first: each module uses only those above it in this list, and a test reads it. Blank
// lines keep them in their order. Another product stands beside `message` and `api` with a module of its own.

mod time;

mod names;

mod error;

mod codec;

mod fields;

mod pasted;

mod crypto;

mod params;

mod account;

mod message;

mod callback;

pub mod api;

mod snapshot;

mod conversation;

mod dedupe;

mod token;

mod explain;

#[cfg(feature = "schema")]
#[doc(hidden)]
pub mod schema;

/// The typed content of a push: every message type and event, with its fields.
pub mod content {
    pub use crate::message::content::*;
}

/// Texts of messages: links in them, and parts of them that fit.
pub mod text {
    pub use crate::message::text::*;
}

pub use account::{Account, AccountBuilder, AccountKind, Mode};
pub use callback::{Envelope, Fresh, HttpBody, Plaintext, Query, SealedMessage, Verified};
pub use codec::{Alike, Children, Format, Node, NodeKind, push_json, to_json};
pub use conversation::{
    Allowance, Conversation, Policy, PolicyTime, Push, QuotaRule, Refusal, RefusalReason,
    Reservation, ReservationId, Settled, Settlement, TypingSettlement,
};
pub use crypto::Aes256Cbc;
pub use dedupe::Dedupe;
pub use error::{Code, Error, Language, Origin};
pub use explain::{Check, Explanation, Finding, Step, Verdict, explain};
pub use message::outbound::{JsonObject, MenuItem, NewsArticle, Outbound};
pub use message::{Article, DedupeKey, Inbound, Observation, Received, Reply, ReplyTo, Trigger};
pub use time::Timestamp;
pub use token::{
    FetchFailure, FetchId, FetchedToken, TokenChange, TokenKeeper, TokenSource, TokenStep,
};

/// The examples of the README files compile and run.
#[cfg(doctest)]
mod readme {
    #[doc = include_str!("../../../README.md")]
    struct English;

    #[doc = include_str!("../../../README.zh-CN.md")]
    struct Chinese;
}
