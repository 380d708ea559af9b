//! Accounts, pushes and explanations.

use alloc::string::String;
use core::time::Duration;

use wxkf_core::{AccountBuilder, Explanation, Inbound, Mode, Received};

use crate::{Object, list};

/// Sets one option of an account by its name: `encoding_aes_key`, `previous_encoding_aes_key`,
/// `previous_token`, `accept_id`, `mode`, `tolerance_s`, `max_body`. `None` if there is no such option
/// or it cannot have that value.
#[must_use]
pub fn account_option(builder: AccountBuilder, name: &str, value: &str) -> Option<AccountBuilder> {
    Some(match name {
        "encoding_aes_key" => builder.encoding_aes_key(value),
        "previous_encoding_aes_key" => builder.previous_encoding_aes_key(value),
        "previous_token" => builder.previous_token(value),
        "accept_id" => builder.accept_id(value),
        "mode" => builder.mode(Mode::from_name(value)?),
        "tolerance_s" => builder.tolerance(Duration::from_secs(value.parse().ok()?)),
        "max_body" => builder.max_body(value.parse().ok()?),
        _ => return None,
    })
}

/// A push that was received: how it was sealed, what its answer has to match, and the message.
#[must_use]
pub fn received(received: &Received) -> String {
    Object::default()
        .any("sealed", &received.was_sealed())
        .any("format", &received.inbound().format().name())
        .any("key_index", &received.key_index())
        .any("token_index", &received.token_index())
        .any("reply_to", &received.reply_to().to_json())
        .any("inbound", received.inbound())
        .finish()
}

/// A message that was decoded without a gate: its format, the message, and its tree.
#[must_use]
pub fn decoded(inbound: &Inbound) -> String {
    Object::default()
        .any("format", &inbound.format().name())
        .any("inbound", inbound)
        .any("tree", &inbound.tree())
        .finish()
}

/// An explanation by its names alone. The sentences that belong to them are kept apart: most programs
/// never need them.
#[must_use]
pub fn explanation(explanation: &Explanation) -> String {
    let steps = explanation.steps.iter().map(|step| {
        let facts = step
            .facts
            .iter()
            .fold(Object::default(), |facts, (name, value)| facts.any(name, value));
        Object::default()
            .any("check", &step.check.name())
            .any("verdict", &step.verdict.name())
            .any("finding", &step.finding.name())
            .raw("facts", &facts.finish())
            .finish()
    });
    Object::default()
        .any("accepted", &explanation.result.is_ok())
        .any("code", &explanation.result.as_ref().err().map(|error| error.code().name()))
        .raw("steps", &list(steps))
        .finish()
}
