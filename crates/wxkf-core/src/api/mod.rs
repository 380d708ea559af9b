//! Calls of the platform's API: what to send, and what the answer says.
//!
//! Each call is a struct that makes its [`Request`] and reads its [`Response`]; the host brings the
//! HTTP client and the token. The loop around a call is the same for all of them:
//!
//! ```
//! use wxkf_core::{Language, Outbound};
//! use wxkf_core::api::{BASE_URL, Endpoint, Outcome, RejectionKind, Response, SendMessage};
//!
//! # struct Answer { status: u16, body: Vec<u8> }
//! # fn http(_method: &str, _url: &str, _type: Option<&str>, _body: &[u8]) -> Answer {
//! #     Answer { status: 200, body: br#"{"errcode":45015,"errmsg":"response out of time limit"}"#.into() }
//! # }
//! # let token = "TOKEN";
//! let call = SendMessage::new("OPENID", Outbound::text("您好"));
//! let request = call.request()?;
//! let answer = http(
//!     request.method().name(),
//!     &request.url(BASE_URL, token),
//!     request.content_type(),
//!     request.body(),
//! );
//! match call.decode(Response::new(answer.status, &answer.body))? {
//!     Outcome::Accepted(_) => println!("sent"),
//!     Outcome::Rejected(rejection) => match rejection.kind() {
//!         RejectionKind::TokenRejected => println!("fetch a token, call once more"),
//!         RejectionKind::QuotaExhausted | RejectionKind::WindowClosed => println!("wait for the user"),
//!         _ => println!("{rejection}: {}", rejection.advice(Language::English)),
//!     },
//! }
//! # Ok::<(), wxkf_core::Error>(())
//! ```
//!
//! Bindings and tools take the door by name: [`request()`] and [`decode`] do the same from JSON.

mod answer;
mod business;
mod declare;
mod download;
mod endpoint;
mod errcode;
mod kf;
mod media;
mod multipart;
mod ops;
mod record;
mod registry;
mod rejection;
mod request;
mod response;
mod send;
mod session;
mod token;
mod upload;

pub use business::*;
pub use download::*;
pub use endpoint::{Endpoint, EndpointInfo};
pub use errcode::{Errcode, RejectionKind};
pub use kf::*;
pub use media::{MEDIA_LIFETIME, Uploaded};
pub use ops::*;
pub use record::*;
pub use registry::{ENDPOINTS, endpoint};
pub use rejection::Rejection;
pub use request::{Auth, BASE_URL, Method, Request};
pub use response::{Outcome, Response};
pub use send::*;
pub use session::*;
pub use token::*;
pub use upload::*;

pub use crate::account::Accounts;
pub use crate::fields::Secret;
pub use crate::message::outbound::{MESSAGE_TYPES, MessageType};
pub use crate::params::{
    Caution, FileType, Form, LooseId, MediaId, MediaKind, Param, Place, Rule, Size,
};

use alloc::string::String;

use crate::account::AccountKind;
use crate::codec::to_json;
use crate::error::{Code, Error};
use crate::fields::Fields;
use crate::params::{Object, invalid};
use download::Bytes;
use endpoint::{AnswerKind, Output};

/// Makes the request of a call from its name and its parameters as JSON: WeChat's own field names,
/// body and query together. The file of an upload is `media_base64`, with an optional `filename` and
/// 16 random bytes as hexadecimal digits in `random`. `null` stands for nothing. A number in what is passed
/// on (a message type to come) is sent with the digits that were given, also one that no `f64` holds.
///
/// ```
/// use wxkf_core::api;
///
/// let params = r#"{"touser":"OPENID","msgtype":"text","text":{"content":"Hi"}}"#;
/// let request = api::request("message.custom.send", params)?;
/// assert_eq!(request.body(), params.as_bytes());
///
/// let wrong = r#"{"touser":"OPENID","msgtype":"text","content":"Hi"}"#;
/// let error = api::request("message.custom.send", wrong).unwrap_err();
/// assert_eq!((error.code().name(), error.field()), ("request.field_missing", Some("text")));
/// # Ok::<(), wxkf_core::Error>(())
/// ```
///
/// # Errors
/// As [`Endpoint::request`]; [`Code::RequestFieldInvalid`] also for parameters that are not a JSON object, and for a field that
/// the call does not have.
pub fn request(name: &str, params: &str) -> Result<Request, Error> {
    by_name(name, params, None)
}

/// The same for an account of that kind: some calls and messages are for one kind only.
///
/// # Errors
/// As [`request()`]; also [`Code::RequestUnsupported`] for a call or message that this kind cannot
/// make or send.
pub fn request_for(name: &str, params: &str, kind: AccountKind) -> Result<Request, Error> {
    by_name(name, params, Some(kind))
}

fn by_name(name: &str, params: &str, kind: Option<AccountKind>) -> Result<Request, Error> {
    let info = endpoint(name)?;
    let mut object = Object::from_json(params).map_err(|error| match error.field() {
        None => error.field_named("params"),
        Some(_) => error,
    })?;
    object.decode_bytes("media_base64")?;
    info.request(object, kind)
}

/// Reads the answer of a call by its name. What was answered comes as JSON: WeChat's own field names
/// (those of the present pages, whatever an older answer calls them), ids as texts, lists as lists. A
/// file comes in `media_base64`; the bytes themselves are those of the answer. `media.upload` answers
/// a `media_id` also for a cover, and in `expires_at` when it ends.
///
/// # Errors
/// As [`Endpoint::decode`].
pub fn decode(name: &str, response: Response<'_>) -> Result<Outcome<String>, Error> {
    decode_with(name, response, Bytes::Encoded)
}

/// As [`decode`], but `media_base64` is empty: a file is the body itself, which need not cross a border
/// a second time.
///
/// # Errors
/// As [`Endpoint::decode`].
pub fn decode_beside(name: &str, response: Response<'_>) -> Result<Outcome<String>, Error> {
    decode_with(name, response, Bytes::Left)
}

fn decode_with(name: &str, response: Response<'_>, bytes: Bytes) -> Result<Outcome<String>, Error> {
    let info = endpoint(name)?;
    let read = match info.answer {
        AnswerKind::Fields(fields) => {
            response::read(info, &response, fields, |node| to_json(&Fields { node, fields }))
        }
        AnswerKind::File => {
            Download::read(info, &response).map(|it| it.map(|file| file.to_json(bytes)))
        }
        AnswerKind::Uploaded => {
            Uploaded::read(info, &response).map(|it| it.map(|file| file.to_json()))
        }
    };
    read.map_err(response::seen(info, &response))
}

/// Of two names of a thing, one is given.
fn exactly_one(object: &Object<'_>, [one, other]: [&'static str; 2]) -> Result<(), Error> {
    match (object.get(one), object.get(other)) {
        (None, None) => Err(Error::new(Code::RequestFieldMissing).field_named(one)),
        (Some(_), Some(_)) => {
            Err(invalid("given beside the field in its place").field_named(other))
        }
        _ => Ok(()),
    }
}
