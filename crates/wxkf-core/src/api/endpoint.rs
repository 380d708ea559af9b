//! A call: what the registry knows of it, and how its parameters become a request.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::answer::Answer;
use super::multipart;
use super::request::{Auth, Method, Request, push_parameter};
use super::response::{self, Outcome, Response};
use crate::account::{AccountKind, Accounts};
use crate::codec::to_json;
use crate::error::{Code, Error};
use crate::fields::{Field, Record, Secret};
use crate::message::outbound;
use crate::params::{self, Argument, Caution, Object, Param, Place, Title, Value};

/// A call of the platform's API: it makes its request and reads the answer.
///
/// ```
/// use wxkf_core::api::{Endpoint, GetKfList, Outcome, Response};
///
/// let call = GetKfList::new();
/// let request = call.request()?;
/// assert_eq!(request.url("https://api.weixin.qq.com", "TOKEN"),
///     "https://api.weixin.qq.com/cgi-bin/customservice/getkflist?access_token=TOKEN");
///
/// // The host sends it, and hands over what came back.
/// let body = br#"{"kf_list":[{"kf_account":"test1@test","kf_nick":"ntest1","kf_id":"1001"}]}"#;
/// let Outcome::Accepted(answer) = call.decode(Response::new(200, body))? else { panic!() };
/// assert_eq!(answer.kf_list[0].kf_id.as_deref(), Some("1001"));
/// # Ok::<(), wxkf_core::Error>(())
/// ```
pub trait Endpoint: sealed::Sealed {
    /// What an accepted call answers.
    type Output;

    /// What the registry knows of this call.
    fn info(&self) -> &'static EndpointInfo;

    /// Reads the answer.
    ///
    /// # Errors
    /// [`Code::ResponseMalformed`] if the answer is not the platform's: an HTML page, an HTTP error
    /// without an `errcode`, JSON that breaks off, an object with neither an `errcode` nor anything that
    /// the call answers. Whether the call was carried out is then open.
    fn decode(&self, response: Response<'_>) -> Result<Outcome<Self::Output>, Error>;

    /// Checks the parameters and makes the request.
    ///
    /// # Errors
    /// [`Code::RequestFieldMissing`] or [`Code::RequestFieldInvalid`] with the name of the first
    /// field that is wrong.
    fn request(&self) -> Result<Request, Error> {
        self.info().request(self.object(), None)
    }

    /// The same for an account of that kind: some calls and messages are for one kind only.
    ///
    /// # Errors
    /// Also [`Code::RequestUnsupported`] for a call or message that this kind cannot make or send.
    fn request_for(&self, kind: AccountKind) -> Result<Request, Error> {
        self.info().request(self.object(), Some(kind))
    }

    /// The parameters as JSON, as [`request`](super::request()) takes them: to keep a call or pass
    /// it on. It holds whatever secret the call holds.
    fn params(&self) -> String {
        to_json(&self.object())
    }
}

pub(super) mod sealed {
    use crate::params::Object;

    #[expect(unnameable_types, reason = "nobody else is to write an endpoint")]
    pub trait Sealed {
        /// The parameters of a typed call.
        fn object(&self) -> Object<'_>;
    }
}

/// What is known of one call: a row of [`ENDPOINTS`](super::ENDPOINTS).
#[non_exhaustive]
pub struct EndpointInfo {
    /// Its path without `/cgi-bin/` or the leading slash, with dots: `message.custom.send`.
    pub name: &'static str,
    /// Its HTTP method.
    pub method: Method,
    /// Its path.
    pub path: &'static str,
    /// The accounts that may make it.
    pub accounts: Accounts,
    /// The token it needs.
    pub auth: Auth,
    /// Its parameters. A message has one more, with the name of its `msgtype`: see
    /// [`MESSAGE_TYPES`](super::MESSAGE_TYPES).
    pub fields: &'static [Param],
    pub(crate) title: Title,
    pub(super) answer: AnswerKind,
    /// What it answers, described: one of these.
    pub(crate) answers: &'static [&'static Record],
    /// What is sent unless something else is given.
    pub(super) defaults: &'static [(&'static str, &'static str)],
    /// What fields have to do with each other.
    pub(super) relations: &'static [Relation],
    /// The call that is made in its place if there is a `businessid`.
    pub(super) for_business: Option<&'static Self>,
}

/// The platform's page about a call. It stands beside the call and not in it, so that a program which asks for none
/// carries none.
#[derive(Clone, Copy)]
pub(super) struct Page {
    pub(super) limits: &'static str,
    pub(super) source: &'static str,
}

/// The same parameters, of which the last one has to be there, too.
#[expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "while it compiles; a mistake ends that"
)]
pub(super) const fn last_required<const N: usize>(fields: &[Param]) -> [Param; N] {
    let mut out = [fields[0]; N];
    let mut at = 0;
    while at < N {
        out[at] = fields[at];
        at += 1;
    }
    out[N - 1].is_required = true;
    out
}

impl fmt::Debug for EndpointInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EndpointInfo").field("name", &self.name).finish_non_exhaustive()
    }
}

/// A rule about several fields.
type Relation = fn(&Object<'_>) -> Result<(), Error>;

/// How an answer is read.
#[derive(Debug)]
pub(super) enum AnswerKind {
    /// A JSON object with these fields.
    Fields(&'static [Field]),
    /// A file, or where a video is.
    File,
    /// An uploaded file.
    Uploaded,
}

/// What a call answers, and how that is read.
pub(super) trait Output: Sized {
    const ANSWER: AnswerKind;
    fn read(info: &EndpointInfo, response: &Response<'_>) -> Result<Outcome<Self>, Error>;

    fn decode(info: &EndpointInfo, response: Response<'_>) -> Result<Outcome<Self>, Error> {
        Self::read(info, &response).map_err(response::seen(info, &response))
    }
}

impl<T: Answer> Output for T {
    const ANSWER: AnswerKind = AnswerKind::Fields(T::FIELDS);

    fn read(info: &EndpointInfo, response: &Response<'_>) -> Result<Outcome<Self>, Error> {
        response::read(info, response, T::FIELDS, T::read)
    }
}

impl Argument for Secret {
    fn value(&self) -> Option<Value<'_>> {
        Some(Value::Text(Cow::Borrowed(self.expose())))
    }
}

impl EndpointInfo {
    /// Whether it sends a message.
    pub(crate) fn takes_message(&self) -> bool {
        self.fields.iter().any(|field| field.name == "msgtype")
    }

    /// Whether a secret goes there or comes back: then nothing of an answer may reach a log.
    pub(super) fn has_secrets(&self) -> bool {
        let answers_one = match self.answer {
            AnswerKind::Fields(fields) => fields.iter().any(|field| field.is_secret),
            AnswerKind::File | AnswerKind::Uploaded => false,
        };
        answers_one || self.auth != Auth::AccessToken
    }

    /// Checks the parameters and makes the request of them.
    pub(super) fn request(
        &'static self,
        mut object: Object<'_>,
        kind: Option<AccountKind>,
    ) -> Result<Request, Error> {
        if let (Some(business), Some(_)) = (self.for_business, object.get("businessid")) {
            // Whoever is no mini program has no sub merchants.
            if kind == Some(AccountKind::OfficialAccount) {
                return Err(Error::new(Code::RequestUnsupported).field_named("businessid"));
            }
            return business.request(object, kind);
        }
        if kind.is_some_and(|kind| !self.accounts.include(kind)) {
            return Err(Error::new(Code::RequestUnsupported).field_named("endpoint"));
        }
        // What is given stands before it, and counts.
        for (name, value) in self.defaults {
            object.push(Cow::Borrowed(name), Value::Text(Cow::Borrowed(value)));
        }
        let message = match self.takes_message() {
            true => object.text("msgtype").map(String::from),
            false => None,
        };
        params::tidy(self.fields, &mut object);
        let mut caution = None;
        if let Some(name) = &message {
            outbound::tidy(name, &mut object);
            let kind = match self.accounts {
                Accounts::MiniProgram => Some(AccountKind::MiniProgram),
                _ => kind,
            };
            caution = outbound::check(self.fields, name, &object, kind)?;
        }
        params::check(self.fields, &object, message.as_deref(), &params::in_request)?;
        self.relations.iter().try_for_each(|holds| holds(&object))?;
        self.assemble(&object, message.as_deref(), kind, caution)
    }

    fn assemble(
        &'static self,
        object: &Object<'_>,
        message: Option<&str>,
        kind: Option<AccountKind>,
        mut caution: Option<Caution>,
    ) -> Result<Request, Error> {
        let mut query = String::new();
        for field in self.fields.iter().filter(|field| field.place == Place::Query) {
            match object.get(field.name) {
                Some(Value::Text(value) | Value::Number(value)) => {
                    push_parameter(&mut query, field.name, value);
                }
                Some(Value::Media(id)) => push_parameter(&mut query, field.name, id.as_str()),
                _ => {}
            }
        }
        let (content_type, body) = match (object.get("media_base64"), self.method) {
            (Some(Value::Bytes(bytes)), _) => {
                let form = multipart::form(bytes, object, kind, self)?;
                if let Some(kind) = form.media_kind.filter(|_| object.get("type").is_none()) {
                    push_parameter(&mut query, "type", kind.name());
                }
                caution = form.caution;
                (Some(Cow::Owned(form.content_type)), form.body)
            }
            (_, Method::Post) => {
                let body = self.body(object, message).into_bytes();
                (Some(Cow::Borrowed("application/json; charset=utf-8")), body)
            }
            (_, Method::Get) => (None, Vec::new()),
        };
        Ok(Request {
            name: self.name,
            method: self.method,
            path: Cow::Borrowed(self.path),
            query,
            auth: self.auth,
            content_type,
            body,
            caution,
        })
    }

    /// The JSON body: the fields in the order of the table, raw UTF-8.
    fn body(&self, object: &Object<'_>, message: Option<&str>) -> String {
        let mut ordered = Object::default();
        let mut push = |name: &str| {
            if let Some(value) = object.get(name) {
                ordered.push(Cow::Owned(name.into()), value.clone());
            }
        };
        for field in self.fields.iter().filter(|field| field.place == Place::Body) {
            push(field.name);
            if field.name == "msgtype" {
                message.into_iter().for_each(&mut push);
            }
        }
        to_json(&ordered)
    }
}
