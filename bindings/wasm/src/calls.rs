//! Calls of the platform's API, by name.

use wxkf_core::api::{self, Response};
use wxkf_core::{AccountKind, text};

use crate::answer::Answer;
use crate::arguments::Arguments;

pub(crate) fn request(given: &mut Arguments<'_>) -> Answer {
    let (name, params) = (given.text(), given.text());
    let request = match given.maybe_text().and_then(AccountKind::from_name) {
        Some(kind) => api::request_for(name, params, kind),
        None => api::request(name, params),
    };
    let head_and_body = |request: api::Request| {
        [wxkf_json::request(&request).as_bytes(), request.body()].join(&b'\n')
    };
    request.map(head_and_body).into()
}

/// The bytes of a file are the body, and are not in the answer.
pub(crate) fn decode_response(given: &mut Arguments<'_>) -> Answer {
    let name = given.text();
    let status = u16::try_from(given.number()).unwrap_or(u16::MAX);
    let (content_type, content_disposition) = (given.maybe_text(), given.maybe_text());
    let mut response = Response::new(status, given.bytes());
    if let Some(value) = content_type {
        response = response.content_type(value);
    }
    if let Some(value) = content_disposition {
        response = response.content_disposition(value);
    }
    api::decode_beside(name, response).map(|outcome| wxkf_json::outcome(&outcome)).into()
}

pub(crate) fn split_text(given: &mut Arguments<'_>) -> Answer {
    wxkf_json::split(&text::split(given.text(), given.size(), given.size())).into()
}
