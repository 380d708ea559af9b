//! Accounts: what comes in, and its answer.

use wasm_bindgen::prelude::wasm_bindgen;
use wxkf_core::{AccountKind, Aes256Cbc, Format, Inbound, Plaintext, Query, Reply, ReplyTo, Seal};

use crate::{Thrown, moment, number, thrown};

/// Collects the options of an account.
#[derive(Debug)]
#[wasm_bindgen]
pub struct AccountBuilder(Option<wxkf_core::AccountBuilder>);

#[wasm_bindgen]
impl AccountBuilder {
    /// Of a kind that is not known nothing can be built.
    #[wasm_bindgen(constructor)]
    pub fn new(kind: &str, app_id: &str, token: &str) -> Self {
        let kind = AccountKind::from_name(kind);
        let builder = |kind| wxkf_core::Account::builder(kind, app_id, token).cipher(HostCipher);
        Self(kind.map(builder))
    }

    /// Whether there is such a kind of account.
    pub fn is_known(&self) -> bool {
        self.0.is_some()
    }

    /// Whether there is such an option, and it can have that value.
    pub fn set(&mut self, name: &str, value: &str) -> bool {
        self.0 = self.0.take().and_then(|it| wxkf_json::account_option(it, name, value));
        self.0.is_some()
    }

    /// The account; nothing if the kind or an option was not known.
    pub fn build(self) -> Result<Option<Account>, Thrown> {
        let built = self.0.map(wxkf_core::AccountBuilder::build).transpose();
        built.map(|account| account.map(Account)).map_err(|error| thrown(&error))
    }
}

/// AES as the runtime has it. Where it has none that works at once, the core does without.
struct HostCipher;

impl Aes256Cbc for HostCipher {
    fn decrypt(&self, key: &[u8; 32], iv: &[u8; 16], blocks: &mut [u8]) -> bool {
        aes_256_cbc(false, key, iv, blocks)
    }

    fn encrypt(&self, key: &[u8; 32], iv: &[u8; 16], blocks: &mut [u8]) -> bool {
        aes_256_cbc(true, key, iv, blocks)
    }
}

#[wasm_bindgen(raw_module = "../src/aes.js")]
extern "C" {
    /// Changes the blocks in place; `false` if it has not touched them.
    fn aes_256_cbc(encrypts: bool, key: &[u8], iv: &[u8], blocks: &mut [u8]) -> bool;
}

/// An account.
#[derive(Debug)]
#[wasm_bindgen]
pub struct Account(wxkf_core::Account);

#[wasm_bindgen]
impl Account {
    /// The text to answer the check of the URL with.
    pub fn verify_url(&self, query: &str, now: f64) -> Result<String, Thrown> {
        let echo = Query::parse(query).and_then(|query| self.0.verify_url(&query, moment(now)));
        let echo = echo.map_err(|error| thrown(&error))?;
        Ok(String::from_utf8_lossy(&echo).into_owned())
    }

    /// The JSON of [`wxkf_json::received`].
    pub fn receive(&self, query: &str, body: &[u8], now: f64) -> Result<String, Thrown> {
        let received =
            Query::parse(query).and_then(|query| self.0.receive(&query, body, moment(now)));
        received.map(|received| wxkf_json::received(&received)).map_err(|error| thrown(&error))
    }

    /// The text inside a push.
    pub fn open(&self, query: &str, body: &[u8], now: f64) -> Result<Vec<u8>, Thrown> {
        let opened = Query::parse(query).and_then(|query| {
            let verified = self.0.envelope(&query, body)?.verify(moment(now))?;
            verified.open().map(Plaintext::into_bytes)
        });
        opened.map_err(|error| thrown(&error))
    }

    /// The body of an answer. Its media type is that of its first character: `<`, `{` or another.
    pub fn reply(
        &self,
        reply_to: &str,
        reply: &str,
        random: &[u8],
        nonce: Option<String>,
        now: f64,
    ) -> Result<String, Thrown> {
        let answer = ReplyTo::from_json(reply_to).and_then(|to| {
            let reply = Reply::from_json(reply)?;
            self.0.reply(to, &reply, seal(random, nonce.as_deref(), now))
        });
        let answer = answer.map_err(|error| thrown(&error))?;
        // An answer is text, whatever is in it.
        Ok(String::from_utf8(answer.bytes).unwrap_or_default())
    }

    /// A message, sealed.
    pub fn seal(
        &self,
        message: &[u8],
        random: &[u8],
        nonce: Option<String>,
        now: f64,
    ) -> Result<SealedMessage, Thrown> {
        let sealed = self.0.seal(message, seal(random, nonce.as_deref(), now));
        sealed.map(SealedMessage).map_err(|error| thrown(&error))
    }

    /// The plain signature.
    pub fn sign(&self, timestamp: &str, nonce: &str) -> String {
        self.0.sign(timestamp, nonce)
    }

    /// The JSON of [`wxkf_json::explanation`].
    pub fn explain(&self, query: &str, body: &[u8], now: f64) -> String {
        wxkf_json::explanation(&wxkf_core::explain(&self.0, query, body, moment(now)))
    }

    /// More of a body than this is not worth carrying over.
    pub fn largest_body(&self) -> f64 {
        number(u64::try_from(self.0.largest_body()).unwrap_or(u64::MAX))
    }

    /// `compatible`, `plain` or `secure`.
    pub fn mode(&self) -> String {
        self.0.mode().name().into()
    }
}

/// A sealed message.
#[derive(Debug)]
#[wasm_bindgen]
pub struct SealedMessage(wxkf_core::SealedMessage);

#[wasm_bindgen]
impl SealedMessage {
    /// Four lines: `Encrypt`, `MsgSignature`, `TimeStamp`, `Nonce`.
    pub fn parts(&self) -> String {
        let sealed = &self.0;
        let timestamp = sealed.timestamp().to_string();
        [sealed.encrypt(), sealed.msg_signature(), &timestamp, sealed.nonce()].join("\n")
    }

    /// It as the body of an answer, or of a push to that recipient; nothing if there is no such format.
    pub fn body(&self, format: &str, to_user_name: Option<String>) -> Option<String> {
        let format = Format::from_name(format)?;
        Some(match to_user_name {
            Some(name) => self.0.to_push_body(format, &name),
            None => self.0.to_reply_body(format),
        })
    }
}

/// Two lines: the JSON of [`wxkf_json::decoded`] and of [`wxkf_json::tree`].
#[wasm_bindgen]
pub fn decode_unverified(body: &[u8]) -> Result<String, Thrown> {
    let inbound = Inbound::decode_unverified(body).map_err(|error| thrown(&error))?;
    Ok([wxkf_json::decoded(&inbound), wxkf_json::tree(&inbound)].join("\n"))
}

fn seal<'a>(random: &[u8], nonce: Option<&'a str>, now: f64) -> Seal<'a> {
    // The facade draws exactly sixteen.
    let seal = Seal::new(random.try_into().unwrap_or_default(), moment(now));
    nonce.map_or(seal, |nonce| seal.nonce(nonce))
}
