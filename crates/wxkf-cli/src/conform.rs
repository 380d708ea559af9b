//! The Rust driver of the conformance protocol: one JSON object a line in, one a line out.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use wxkf_core::api::{self, Outcome, Response};
use wxkf_core::{Account, Format, Fresh, Inbound, Query, Reply, Timestamp};

use crate::options::AccountOptions;

mod steps;

/// Answers one line. Whatever the line is, the answer is one line, and the driver goes on.
#[must_use]
pub fn answer(line: &str) -> String {
    let answer = match (serde_json::from_str::<Op>(line), serde_json::from_str::<Params<'_>>(line))
    {
        (Ok(op), Ok(Params { params })) => op.run(params.map_or("{}", RawValue::get)),
        _ => Err(Failure::BAD_LINE),
    };
    let text = match answer {
        Ok(ok) => serde_json::to_string(&Answer::Ok(ok)),
        Err(failure) => serde_json::to_string(&Answer::Error(failure)),
    };
    text.unwrap_or_else(|_| r#"{"error":{"code":"conform.bad_line"}}"#.into())
}

/// The parameters of a call, exactly as they are written.
#[derive(Deserialize)]
struct Params<'a> {
    #[serde(borrow)]
    params: Option<&'a RawValue>,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Answer {
    Ok(Box<RawValue>),
    Error(Failure),
}

#[derive(Serialize)]
struct Failure {
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
}

impl Failure {
    const BAD_LINE: Self = Self { code: "conform.bad_line", origin: None, field: None };
}

impl From<wxkf_core::Error> for Failure {
    fn from(error: wxkf_core::Error) -> Self {
        Self {
            code: error.code().name(),
            origin: Some(error.origin().name()),
            field: error.field().map(Into::into),
        }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(_: serde_json::Error) -> Self {
        Self::BAD_LINE
    }
}

/// A body: text as it is, or bytes in base64.
#[derive(Deserialize)]
struct Body {
    body: Option<String>,
    body_base64: Option<String>,
}

impl Body {
    fn bytes(self) -> Result<Vec<u8>, Failure> {
        match (self.body, self.body_base64) {
            (Some(text), None) => Ok(text.into_bytes()),
            (None, Some(base64)) => STANDARD.decode(base64).map_err(|_| Failure::BAD_LINE),
            (None, None) => Ok(Vec::new()),
            (Some(_), Some(_)) => Err(Failure::BAD_LINE),
        }
    }
}

#[derive(Deserialize)]
#[serde(tag = "op", rename_all = "snake_case")]
enum Op {
    VerifyUrl {
        account: AccountOptions,
        query: String,
        now: u64,
    },
    Receive {
        account: AccountOptions,
        query: String,
        now: u64,
        #[serde(flatten)]
        body: Body,
    },
    Decode {
        #[serde(flatten)]
        body: Body,
    },
    Reply {
        account: AccountOptions,
        query: String,
        reply: serde_json::Value,
        random: String,
        nonce: Option<String>,
        now: u64,
        #[serde(flatten)]
        body: Body,
    },
    Seal {
        account: AccountOptions,
        plaintext: String,
        format: String,
        timestamp: serde_json::Value,
        nonce: String,
        random: String,
    },
    Open {
        account: AccountOptions,
        query: String,
        now: Option<u64>,
        #[serde(flatten)]
        body: Body,
    },
    Request {
        endpoint: String,
        account: Option<AccountOptions>,
    },
    Response {
        endpoint: String,
        status: u16,
        content_type: Option<String>,
        #[serde(flatten)]
        body: Body,
    },
    SplitText {
        text: String,
        max_bytes: usize,
        parts: usize,
    },
    Conversation(steps::Conversation),
    Dedupe(steps::Dedupe),
    Token(steps::Token),
}

impl Op {
    fn run(self, params: &str) -> Result<Box<RawValue>, Failure> {
        match self {
            Self::VerifyUrl { account, query, now } => {
                let account = account.build()?;
                let echo =
                    account.verify_url(&Query::parse(&query)?, Timestamp::from_millis(now))?;
                json(&serde_json::json!({ "echo": String::from_utf8_lossy(&echo) }))
            }
            Self::Receive { account, query, now, body } => {
                let account = account.build()?;
                let received = account.receive(
                    &Query::parse(&query)?,
                    &body.bytes()?,
                    Timestamp::from_millis(now),
                )?;
                let inbound = received.inbound();
                json(&ReceiveAnswer {
                    sealed: received.was_sealed(),
                    format: inbound.format().name(),
                    plaintext: &String::from_utf8_lossy(inbound.raw()),
                    key_index: received.key_index(),
                    token_index: received.token_index(),
                    inbound,
                })
            }
            Self::Decode { body } => {
                let inbound = Inbound::decode_unverified(&body.bytes()?)?;
                json(&DecodeAnswer {
                    format: inbound.format().name(),
                    inbound: &inbound,
                    tree: RawValue::from_string(wxkf_core::to_json(&inbound.tree()))?,
                })
            }
            Self::Reply { account, query, reply, random, nonce, now, body } => {
                let account = account.build()?;
                let now = Timestamp::from_millis(now);
                let received = account.receive(&Query::parse(&query)?, &body.bytes()?, now)?;
                let reply = Reply::from_json(&reply.to_string())?;
                let seal = Fresh::new(hex(&random)?, now);
                let seal = nonce.as_deref().map_or(seal, |nonce| seal.nonce(nonce));
                let answer = account.reply(&received, &reply, seal)?;
                json(&serde_json::json!({
                    "content_type": answer.content_type,
                    "body": String::from_utf8_lossy(&answer.bytes),
                }))
            }
            Self::Seal { account, plaintext, format, timestamp, nonce, random } => {
                let account = account.build()?;
                let sealed = seal(&account, &plaintext, &timestamp, &nonce, &random)?;
                json(&sealed.to_reply_body(format_named(&format).ok_or(Failure::BAD_LINE)?))
            }
            Self::Open { account, query, now, body } => {
                let account = account.build()?;
                let (query, body) = (Query::parse(&query)?, body.bytes()?);
                // `open` asks about the seal, not about the time.
                let now = now.map_or_else(|| moment_of(&query), Timestamp::from_millis);
                let plaintext = account.envelope(&query, &body)?.verify(now)?.open()?;
                match core::str::from_utf8(plaintext.as_bytes()) {
                    Ok(text) => json(&text),
                    Err(_) => json(&serde_json::json!({
                        "base64": STANDARD.encode(plaintext.as_bytes()),
                    })),
                }
            }
            Self::Request { endpoint, account } => {
                let kind = account.and_then(|account| account.account_kind());
                let request = match kind {
                    Some(kind) => api::request_for(&endpoint, params, kind)?,
                    None => api::request(&endpoint, params)?,
                };
                json(&RequestAnswer::from(&request))
            }
            Self::Response { endpoint, status, content_type, body } => {
                let body = body.bytes()?;
                let response = Response::new(status, &body);
                let response = match &content_type {
                    Some(value) => response.content_type(value),
                    None => response,
                };
                match api::decode(&endpoint, response)? {
                    Outcome::Accepted(answer) => {
                        json(&ResponseAnswer::Accepted(RawValue::from_string(answer)?))
                    }
                    Outcome::Rejected(rejection) => json(&ResponseAnswer::Rejected(Rejected {
                        errcode: rejection.errcode,
                        errmsg: &rejection.errmsg,
                        rid: rejection.rid(),
                        kind: rejection.kind().name(),
                    })),
                }
            }
            Self::SplitText { text, max_bytes, parts } => {
                let split = wxkf_core::text::split(&text, max_bytes, parts);
                json(&serde_json::json!({ "parts": split.parts, "rest": split.rest }))
            }
            Self::Conversation(conversation) => json(&conversation.run()?),
            Self::Dedupe(dedupe) => json(&dedupe.run()?),
            Self::Token(token) => json(&token.run()?),
        }
    }
}

#[derive(Serialize)]
struct ReceiveAnswer<'a> {
    sealed: bool,
    format: &'static str,
    plaintext: &'a str,
    key_index: Option<usize>,
    token_index: usize,
    inbound: &'a Inbound,
}

#[derive(Serialize)]
struct DecodeAnswer<'a> {
    format: &'static str,
    inbound: &'a Inbound,
    tree: Box<RawValue>,
}

#[derive(Serialize)]
struct RequestAnswer<'a> {
    method: &'static str,
    path: &'a str,
    query: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_type: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body_base64: Option<String>,
}

impl<'a> From<&'a api::Request> for RequestAnswer<'a> {
    fn from(request: &'a api::Request) -> Self {
        let text = core::str::from_utf8(request.body()).ok();
        let has_body = request.content_type().is_some();
        Self {
            method: request.method().name(),
            path: request.path(),
            query: request.query(),
            content_type: request.content_type(),
            body: text.filter(|_| has_body),
            body_base64: text.is_none().then(|| STANDARD.encode(request.body())),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum ResponseAnswer<'a> {
    Accepted(Box<RawValue>),
    Rejected(Rejected<'a>),
}

#[derive(Serialize)]
struct Rejected<'a> {
    errcode: i64,
    errmsg: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rid: Option<&'a str>,
    kind: &'static str,
}

fn json(value: &impl Serialize) -> Result<Box<RawValue>, Failure> {
    Ok(serde_json::value::to_raw_value(value)?)
}

fn moment_of(query: &Query<'_>) -> Timestamp {
    Timestamp::from_secs(query.timestamp().and_then(|secs| secs.parse().ok()).unwrap_or_default())
}

fn seal(
    account: &Account,
    plaintext: &str,
    timestamp: &serde_json::Value,
    nonce: &str,
    random: &str,
) -> Result<wxkf_core::SealedMessage, Failure> {
    let secs = timestamp.as_u64().or_else(|| timestamp.as_str()?.parse().ok());
    let now = Timestamp::from_secs(secs.ok_or(Failure::BAD_LINE)?);
    Ok(account.seal(plaintext.as_bytes(), Fresh::new(hex(random)?, now).nonce(nonce))?)
}

fn format_named(name: &str) -> Option<Format> {
    [Format::Json, Format::Xml].into_iter().find(|format| format.name() == name)
}

/// 32 hexadecimal digits.
fn hex(digits: &str) -> Result<[u8; 16], Failure> {
    let number = u128::from_str_radix(digits, 16).map_err(|_| Failure::BAD_LINE)?;
    match digits.len() {
        32 => Ok(number.to_be_bytes()),
        _ => Err(Failure::BAD_LINE),
    }
}
