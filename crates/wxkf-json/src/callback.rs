//! Accounts, pushes and explanations.

use alloc::string::String;
use core::time::Duration;

use serde::Serialize;
use wxkf_core::api::Caution;
use wxkf_core::{
    AccountBuilder, Error, Explanation, Inbound, Mode, Reply, SealedMessage, push_json, to_json,
};

/// Sets one option of an account by its name: `encoding_aes_key`, `previous_encoding_aes_key`,
/// `previous_token`, `accept_id`, `mode`, `tolerance_ms`, `max_body`. `None` if there is no such option
/// or it cannot have that value.
#[must_use]
pub fn account_option(builder: AccountBuilder, name: &str, value: &str) -> Option<AccountBuilder> {
    Some(match name {
        "encoding_aes_key" => builder.encoding_aes_key(value),
        "previous_encoding_aes_key" => builder.previous_encoding_aes_key(value),
        "previous_token" => builder.previous_token(value),
        "accept_id" => builder.accept_id(value),
        "mode" => builder.mode(Mode::from_name(value)?),
        "tolerance_ms" => builder.tolerance(Duration::from_millis(value.parse().ok()?)),
        "max_body" => builder.max_body(value.parse().ok()?),
        _ => return None,
    })
}

/// A push that was received: how it was sealed, what its answer has to match, whether that has to be an
/// error code, and the message.
#[must_use]
pub fn received(received: &wxkf_core::Received) -> String {
    let inbound = received.inbound();
    // The names of the fields take about as much as what is around them in the push.
    let mut json = String::with_capacity(inbound.raw().len().saturating_add(640));
    push_json(
        &mut json,
        &Received {
            sealed: received.was_sealed(),
            format: inbound.format().name(),
            key_index: received.key_index(),
            token_index: received.token_index(),
            reply_to: &to_json(&received.reply_to()),
            wants_err_code: inbound.wants_err_code(),
            inbound,
        },
    );
    json
}

#[derive(Serialize)]
struct Received<'a> {
    sealed: bool,
    format: &'static str,
    key_index: Option<usize>,
    token_index: usize,
    reply_to: &'a str,
    wants_err_code: bool,
    inbound: &'a Inbound,
}

/// The name of what is known to go wrong with a passive reply in JSON, if anything is.
///
/// # Errors
/// As [`Reply::from_json`].
pub fn reply_caution(reply: &str) -> Result<Option<&'static str>, Error> {
    Ok(Reply::from_json(reply)?.caution().map(Caution::name))
}

/// A message, in the shape that every language shows.
#[must_use]
pub fn inbound(inbound: &Inbound) -> String {
    let mut json = String::with_capacity(inbound.raw().len().saturating_add(256));
    push_json(&mut json, inbound);
    json
}

/// A message that was decoded without a gate: its format, and the message.
#[must_use]
pub fn decoded(inbound: &Inbound) -> String {
    to_json(&Decoded { format: inbound.format().name(), inbound })
}

#[derive(Serialize)]
struct Decoded<'a> {
    format: &'static str,
    inbound: &'a Inbound,
}

/// A message as a tree, its numbers in their exact text.
#[must_use]
pub fn tree(inbound: &Inbound) -> String {
    to_json(&inbound.tree())
}

/// An explanation by its names alone. The sentences that belong to them are kept apart: most programs
/// never need them.
#[must_use]
pub fn explanation(explanation: &Explanation) -> String {
    to_json(&explanation.in_names())
}

/// An explanation with the sentence of each step in English and Chinese.
#[must_use]
pub fn explanation_in_words(explanation: &Explanation) -> String {
    to_json(explanation)
}

/// The parts of a message that was sealed. Its timestamp is in seconds.
#[must_use]
pub fn sealed(sealed: &SealedMessage) -> String {
    to_json(&Sealed {
        encrypt: sealed.encrypt(),
        msg_signature: sealed.msg_signature(),
        timestamp: sealed.timestamp(),
        nonce: sealed.nonce(),
    })
}

#[derive(Serialize)]
struct Sealed<'a> {
    encrypt: &'a str,
    msg_signature: &'a str,
    timestamp: u64,
    nonce: &'a str,
}
