//! Accounts, pushes and explanations.

use alloc::string::String;
use core::time::Duration;

use wxkf_core::api::Caution;
use wxkf_core::{
    AccountBuilder, Code, Error, Explanation, Inbound, JsonWriter, Language, Mode, Received, Reply,
    SealedMessage, Step,
};

use crate::{index, object};

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
pub fn received(received: &Received) -> String {
    let inbound = received.inbound();
    let mut json = JsonWriter::with_capacity(inbound.raw().len().saturating_add(640));
    json.object(|json| {
        json.key("sealed").flag(received.was_sealed());
        json.key("format").text(inbound.format().name());
        json.key("key_index").maybe_number(received.key_index().map(index));
        json.key("token_index").number(index(received.token_index()));
        json.key("reply_to").text(&received.reply_to().to_json());
        json.key("wants_err_code").flag(inbound.wants_err_code());
        inbound.write_json(json.key("inbound"));
    });
    json.finish()
}

/// The name of what is known to go wrong with a passive reply in JSON, if anything is.
///
/// # Errors
/// As [`Reply::from_json`].
pub fn reply_caution(reply: &str) -> Result<Option<&'static str>, Error> {
    Ok(Reply::from_json(reply)?.caution().map(Caution::name))
}

/// A message that was decoded without a gate: its format, and the message.
#[must_use]
pub fn decoded(inbound: &Inbound) -> String {
    object(|json| {
        json.key("format").text(inbound.format().name());
        inbound.write_json(json.key("inbound"));
    })
}

/// A message as a tree, its numbers in their exact text.
#[must_use]
pub fn tree(inbound: &Inbound) -> String {
    inbound.tree().to_json()
}

/// An explanation by its names alone. The sentences that belong to them are kept apart: most programs
/// never need them.
#[must_use]
pub fn explanation(explanation: &Explanation) -> String {
    explained(explanation, |_, _| ())
}

/// An explanation with the sentence of each step in English and Chinese.
#[must_use]
pub fn explanation_in_words(explanation: &Explanation) -> String {
    explained(explanation, |json, step| {
        json.key("en").text(step.finding.message(Language::English));
        json.key("zh").text(step.finding.message(Language::Chinese));
    })
}

fn explained(explanation: &Explanation, words: impl Fn(&mut JsonWriter, &Step)) -> String {
    object(|json| {
        json.key("accepted").flag(explanation.result.is_ok());
        let code = explanation.result.as_ref().err().map(Error::code);
        json.key("code").maybe_text(code.map(Code::name));
        json.key("steps").list(|json| {
            for step in &explanation.steps {
                json.object(|json| step_members(json, step, &words));
            }
        });
    })
}

fn step_members(json: &mut JsonWriter, step: &Step, words: impl Fn(&mut JsonWriter, &Step)) {
    json.key("check").text(step.check.name());
    json.key("verdict").text(step.verdict.name());
    json.key("finding").text(step.finding.name());
    words(json, step);
    json.key("facts").object(|json| {
        for (name, value) in &step.facts {
            json.key(name).text(value);
        }
    });
}

/// The parts of a message that was sealed. Its timestamp is in seconds.
#[must_use]
pub fn sealed(sealed: &SealedMessage) -> String {
    object(|json| {
        json.key("encrypt").text(sealed.encrypt());
        json.key("msg_signature").text(sealed.msg_signature());
        json.key("timestamp").number(sealed.timestamp());
        json.key("nonce").text(sealed.nonce());
    })
}
