//! WeChat's side of the wire for customer-service messages (客服消息) of Mini Programs and Official
//! Accounts, as a pure model: users act, pushes go out and are retried, the API answers, windows and
//! counts open and close.
//!
//! There is no clock, no network and no randomness but that of the seed in here: the moment comes in
//! with every call, and the same calls give the same bytes. It is the other side for tests and
//! simulations, the engine of an emulator, and a whole conversation without an account:
//!
//! ```
//! use wxkf_core::{Fresh, Query, Reply, Timestamp};
//! use wxkf_platform::{Action, Call, Platform, PushAnswer, Setup};
//!
//! let setup = Setup::official_account();
//! let account = setup.account()?;
//! let mut wechat = Platform::new(setup, 1)?;
//! let now = Timestamp::from_secs(1_796_000_000);
//!
//! // A user writes; the push is received as it will be in production, and answered.
//! wechat.act("oUser", Action::Write("在吗"), now);
//! for attempt in wechat.attempts(now) {
//!     let received = account.receive(&Query::parse(&attempt.query)?, &attempt.body, now)?;
//!     assert_eq!(received.inbound().field("Content"), Some("在吗"));
//!     let answer = account.reply(&received, &Reply::text("在的"), Fresh::new([7; 16], now))?;
//!     wechat.answer_push(attempt.id, PushAnswer::Answered(&answer.bytes), now);
//! }
//!
//! // The passive reply cost nothing; five messages can be sent through the API.
//! let token = Call::new("GET", "/cgi-bin/token?grant_type=client_credential&appid=wx2f5b7c91d8e04a63&secret=5f4dcc3b5aa765d61d8327deb882cf99");
//! let token = wechat.call(&token, now);
//! let token: serde_json::Value = serde_json::from_slice(&token.body).unwrap();
//! let target = format!(
//!     "/cgi-bin/message/custom/send?access_token={}",
//!     token["access_token"].as_str().unwrap()
//! );
//! let body = r#"{"touser":"oUser","msgtype":"text","text":{"content":"有什么可以帮您？"}}"#;
//! let send = Call::new("POST", &target).body(body.as_bytes());
//! assert_eq!(wechat.call(&send, now).body, br#"{"errcode":0,"errmsg":"ok"}"#);
//! assert_eq!(wechat.remaining("oUser", now).count, 4);
//!
//! let shown: Vec<_> = wechat.chat("oUser").iter().map(|line| &*line.text).collect();
//! assert_eq!(shown, ["在吗", "在的", "有什么可以帮您？"]);
//! # Ok::<(), wxkf_core::Error>(())
//! ```
//!
//! Where the platform's pages leave a rule open, [`Setup`] chooses: how counts of several actions
//! combine ([`Reading`]), how late the sending side hears of an action, how often a push is repeated.
//! Where they say nothing, the documentation of each item names what the model does.
//!
//! The model shares the codec and the seal with `wxkf-core`, and none of its decisions.
#![no_std]

extern crate alloc;
#[cfg(test)]
extern crate std;

mod action;
mod api;
mod callback;
mod chat;
mod counters;
mod desk;
mod document;
mod faults;
mod journal;
mod media;
mod multipart;
mod platform;
mod push;
mod quota;
mod reply;
#[cfg(test)]
mod run;
mod service;
mod setup;
mod time;
mod tokens;
mod user;

pub use action::Action;
pub use api::{Answer, Call};
pub use callback::PushAnswer;
pub use chat::{Line, Speaker};
pub use faults::{Clock, Faults, Link};
pub use platform::{Platform, Stats};
pub use push::{Attempt, AttemptId, FinishedPush, PushOutcome};
pub use quota::Remaining;
pub use setup::{ActionKind, Reading, Setup};
