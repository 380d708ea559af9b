//! Accounts: what comes in, and its answer.

use wasm_bindgen::prelude::wasm_bindgen;
use wxkf_core::{
    Account, AccountKind, Aes256Cbc, Format, Fresh, Inbound, Plaintext, Query, Reply, ReplyTo,
    SealedMessage,
};

use crate::answer::Answer;
use crate::arguments::Arguments;
use crate::objects::Object;

/// AES as the runtime has it. Where it has none that works at once, the core does without; so it does where
/// there is no runtime, in this crate's tests.
struct HostCipher;

const HAS_RUNTIME: bool = cfg!(target_family = "wasm");

impl Aes256Cbc for HostCipher {
    fn decrypt(&self, key: &[u8; 32], iv: &[u8; 16], blocks: &mut [u8]) -> bool {
        HAS_RUNTIME && aes_256_cbc(false, key, iv, blocks)
    }

    fn encrypt(&self, key: &[u8; 32], iv: &[u8; 16], blocks: &mut [u8]) -> bool {
        HAS_RUNTIME && aes_256_cbc(true, key, iv, blocks)
    }
}

#[wasm_bindgen(raw_module = "../src/aes.js")]
extern "C" {
    /// Changes the blocks in place; `false` if it has not touched them.
    fn aes_256_cbc(encrypts: bool, key: &[u8], iv: &[u8], blocks: &mut [u8]) -> bool;
}

/// An account, or the name of the option that cannot be.
pub(crate) fn account(given: &mut Arguments<'_>) -> Answer {
    let Some(kind) = AccountKind::from_name(given.text()) else {
        return "kind".into();
    };
    let mut builder = Account::builder(kind, given.text(), given.text()).cipher(HostCipher);
    while !given.is_empty() {
        let name = given.text();
        builder = match wxkf_json::account_option(builder, name, given.text()) {
            Some(builder) => builder,
            None => return name.into(),
        };
    }
    match builder.build() {
        Ok(account) => {
            let largest = account.largest_body().to_string();
            let about = [account.mode().name(), &largest, account.app_id()].join("\n");
            Answer::Object(Object::Account(account), about)
        }
        Err(error) => Answer::Error(error),
    }
}

pub(crate) fn verify_url(account: &Account, given: &mut Arguments<'_>) -> Answer {
    let query = Query::parse(given.text());
    query.and_then(|query| account.verify_url(&query, given.moment())).into()
}

pub(crate) fn receive(account: &Account, given: &mut Arguments<'_>) -> Answer {
    let received = Query::parse(given.text())
        .and_then(|query| account.receive(&query, given.bytes(), given.moment()));
    received.map(|received| wxkf_json::received(&received)).into()
}

pub(crate) fn open(account: &Account, given: &mut Arguments<'_>) -> Answer {
    let opened = Query::parse(given.text()).and_then(|query| {
        let verified = account.envelope(&query, given.bytes())?.verify(given.moment())?;
        verified.open().map(Plaintext::into_bytes)
    });
    opened.into()
}

pub(crate) fn reply(account: &Account, given: &mut Arguments<'_>) -> Answer {
    let answer = ReplyTo::from_json(given.text()).and_then(|to| {
        let reply = Reply::from_json(given.text())?;
        account.reply(to, &reply, sealing(given))
    });
    answer.map(|answer| answer.bytes).into()
}

pub(crate) fn reply_caution(given: &mut Arguments<'_>) -> Answer {
    wxkf_json::reply_caution(given.text()).into()
}

pub(crate) fn seal(account: &Account, given: &mut Arguments<'_>) -> Answer {
    match account.seal(given.bytes(), sealing(given)) {
        Ok(sealed) => {
            let timestamp = sealed.timestamp().to_string();
            let parts = [sealed.encrypt(), sealed.msg_signature(), &timestamp, sealed.nonce()];
            let parts = parts.join("\n");
            Answer::Object(Object::Sealed(sealed), parts)
        }
        Err(error) => Answer::Error(error),
    }
}

/// Random bytes, perhaps a nonce, now.
fn sealing<'a>(given: &mut Arguments<'a>) -> Fresh<'a> {
    let random = given.bytes().try_into().unwrap_or_default(); // the facade draws exactly sixteen
    let nonce = given.maybe_text();
    let seal = Fresh::new(random, given.moment());
    nonce.map_or(seal, |nonce| seal.nonce(nonce))
}

pub(crate) fn sign(account: &Account, given: &mut Arguments<'_>) -> Answer {
    account.sign(given.text(), given.text()).into()
}

pub(crate) fn explain(account: &Account, given: &mut Arguments<'_>) -> Answer {
    let (query, body, now) = (given.text(), given.bytes(), given.moment());
    wxkf_json::explanation(&wxkf_core::explain(account, query, body, now)).into()
}

pub(crate) fn sealed_body(sealed: &SealedMessage, given: &mut Arguments<'_>) -> Answer {
    let format = Format::from_name(given.text());
    let body = |format| match given.maybe_text() {
        Some(name) => sealed.to_push_body(format, name),
        None => sealed.to_reply_body(format),
    };
    format.map(body).into()
}

pub(crate) fn decode_unverified(given: &mut Arguments<'_>) -> Answer {
    let inbound = Inbound::decode_unverified(given.bytes());
    inbound.map(|it| [wxkf_json::decoded(&it), wxkf_json::tree(&it)].join("\n")).into()
}
