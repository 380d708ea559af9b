//! The border between the core and JavaScript. It is private to the npm package `wxkf`, whose TypeScript in
//! `bindings/wasm/npm/src` gives it the shape that people see. Nothing is decided here.
//!
//! It is one function, [`call`]. A runtime makes a wrapper for each signature that a module exports, before
//! anything runs: with one for all operations a cold start is milliseconds shorter than with one for each,
//! and the glue is a page. What goes in is a frame (`Arguments`); what comes out is bytes or text, and ends
//! with one byte that says which of `Answer` it is. Whatever has fields is JSON, in the shapes of
//! [`wxkf_json`].

mod answer;
mod arguments;
mod callback;
mod calls;
mod conversation;
mod dedupe;
mod objects;
#[cfg(test)]
mod tests;
mod token;

use wasm_bindgen::prelude::wasm_bindgen;
use wxkf_core::{Account, Conversation, Dedupe, SealedMessage, TokenKeeper};

use answer::Answer;
use arguments::Arguments;
use objects::Object;

macro_rules! operations {
    ($(#[$doc:meta] $name:ident => $whom:ident($does:path),)+) => {
        /// What can be asked, by its number in JavaScript, where the generator repeats this list.
        #[wasm_bindgen]
        #[derive(Clone, Copy, Debug)]
        #[non_exhaustive]
        pub enum Operation {
            $(#[$doc] $name,)+
        }

        /// Each is a function of its own behind a pointer, so that a runtime which compiles what is called
        /// compiles no other.
        const OPERATIONS: &[Asks] = &[$(Asks::$whom($does),)+];
    };
}

operations! {
    /// The number of an object: it is gone.
    Free => Nobody(free),
    /// Options by name and value: an account, with its mode, its largest body and its AppID as lines.
    Account => Nobody(callback::account),
    /// A query, now.
    AccountVerifyUrl => Account(callback::verify_url),
    /// A query, a body, now: the JSON of a push.
    AccountReceive => Account(callback::receive),
    /// A query, a body, now: the text inside.
    AccountOpen => Account(callback::open),
    /// What to answer, the answer as JSON, random bytes, perhaps a nonce, now: a body.
    AccountReply => Account(callback::reply),
    /// The answer as JSON: the name of what is known to go wrong with it, if anything is.
    ReplyCaution => Nobody(callback::reply_caution),
    /// A message, random bytes, perhaps a nonce, now: a sealed message, with its four parts as lines.
    AccountSeal => Account(callback::seal),
    /// A timestamp, a nonce.
    AccountSign => Account(callback::sign),
    /// A query, a body, now: the JSON of an explanation.
    AccountExplain => Account(callback::explain),
    /// A format, perhaps a recipient: a body.
    SealedBody => Sealed(callback::sealed_body),
    /// A body: two lines of JSON, the message and its tree.
    DecodeUnverified => Nobody(callback::decode_unverified),
    /// A name, parameters as JSON, perhaps a kind of account: a line of JSON, and the body.
    Request => Nobody(calls::request),
    /// A name, a status, perhaps a media type and a disposition, a body: the JSON of an outcome.
    DecodeResponse => Nobody(calls::decode_response),
    /// A text, the most bytes, the most parts: the JSON of the parts.
    SplitText => Nobody(calls::split_text),
    /// A policy as JSON, perhaps a snapshot: a conversation.
    Conversation => Nobody(conversation::restored),
    /// A key, perhaps a trigger, whether it is a message and a moment, now: `new`, `repeat` or `overflow`.
    ConversationObserve => Conversation(conversation::observe),
    /// A key.
    ConversationForget => Conversation(conversation::forget),
    /// Now: the JSON of a reservation or of a refusal.
    ConversationReserve => Conversation(conversation::reserve),
    /// An id, a settlement, perhaps a return code, now: the JSON of what came of it.
    ConversationSettle => Conversation(conversation::settle),
    /// Now: the JSON of a refusal, if it is refused.
    ConversationStartTyping => Conversation(conversation::start_typing),
    /// A settlement, perhaps a return code, now: `settled`, or nothing if there is no such settlement.
    ConversationSettleTyping => Conversation(conversation::settle_typing),
    /// Perhaps a moment, now.
    ConversationSentElsewhere => Conversation(conversation::sent_elsewhere),
    /// Nothing more.
    ConversationStopTyping => Conversation(conversation::stop_typing),
    /// Now: the JSON of what may be sent.
    ConversationAllowance => Conversation(conversation::allowance),
    /// A moment, if there is one.
    ConversationNextDeadline => Conversation(conversation::next_deadline),
    /// A moment, if there is one.
    ConversationKeepUntil => Conversation(conversation::keep_until),
    /// Bytes.
    ConversationSnapshot => Conversation(conversation::snapshot),
    /// A capacity, a horizon in milliseconds, perhaps a snapshot: a memory of keys.
    Dedupe => Nobody(dedupe::restored),
    /// A key, now: since when it is known, if it is.
    DedupeObserve => Dedupe(dedupe::observe),
    /// A key.
    DedupeForget => Dedupe(dedupe::forget),
    /// A number.
    DedupeSize => Dedupe(dedupe::size),
    /// Bytes.
    DedupeSnapshot => Dedupe(dedupe::snapshot),
    /// A source, perhaps a refresh token: a keeper.
    TokenKeeper => Nobody(token::keeper),
    /// A snapshot: a keeper.
    TokenKeeperRestore => Nobody(token::restored),
    /// Now: the JSON of a step.
    TokenKeeperStep => TokenKeeper(token::step),
    /// An id, a token, its life in seconds, perhaps a refresh token, now: whether it counted.
    TokenKeeperFetched => TokenKeeper(token::fetched),
    /// An id, a failure, now: whether it counted.
    TokenKeeperFetchFailed => TokenKeeper(token::fetch_failed),
    /// A token, now: whether it counted.
    TokenKeeperRejected => TokenKeeper(token::rejected),
    /// A text, if there is one.
    TokenKeeperRefreshToken => TokenKeeper(token::refresh_token),
    /// A moment, if there is one.
    TokenKeeperNextDeadline => TokenKeeper(token::next_deadline),
    /// Bytes.
    TokenKeeperSnapshot => TokenKeeper(token::snapshot),
}

/// Who is asked, and what it does with what it is given.
enum Asks {
    Account(fn(&Account, &mut Arguments<'_>) -> Answer),
    Conversation(fn(&mut Conversation, &mut Arguments<'_>) -> Answer),
    Dedupe(fn(&mut Dedupe, &mut Arguments<'_>) -> Answer),
    Nobody(fn(&mut Arguments<'_>) -> Answer),
    Sealed(fn(&SealedMessage, &mut Arguments<'_>) -> Answer),
    TokenKeeper(fn(&mut TokenKeeper, &mut Arguments<'_>) -> Answer),
}

/// Does what is asked, of an object if the operation is of one. What is not asked as [`Operation`] says has
/// no answer.
#[wasm_bindgen]
pub fn call(operation: u32, object: u32, frame: &[u8]) -> Vec<u8> {
    let index = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    let given = &mut Arguments::new(frame);
    let answer = match OPERATIONS.get(index(operation)) {
        None => Answer::Nothing,
        Some(Asks::Nobody(does)) => does(given),
        Some(asks) => objects::with(index(object), |object| match (asks, object) {
            (Asks::Account(does), Object::Account(it)) => does(it, given),
            (Asks::Conversation(does), Object::Conversation(it)) => does(it, given),
            (Asks::Dedupe(does), Object::Dedupe(it)) => does(it, given),
            (Asks::Sealed(does), Object::Sealed(it)) => does(it, given),
            (Asks::TokenKeeper(does), Object::TokenKeeper(it)) => does(it, given),
            _ => Answer::Nothing,
        })
        .unwrap_or(Answer::Gone),
    };
    answer.into_bytes()
}

fn free(given: &mut Arguments<'_>) -> Answer {
    objects::free(given.size());
    Answer::Nothing
}
