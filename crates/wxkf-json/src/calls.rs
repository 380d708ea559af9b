//! Calls of the platform's API.

use alloc::string::String;

use serde::Serialize;
use wxkf_core::api::{self, Caution, Outcome, RejectionKind};
use wxkf_core::{Language, text, to_json};

/// All of a request but its body, which is bytes. The token is not in it: `auth` says which one it
/// needs.
#[must_use]
pub fn request(request: &api::Request) -> String {
    to_json(&Request {
        endpoint: request.name(),
        method: request.method().name(),
        path: request.path(),
        query: request.query(),
        content_type: request.content_type(),
        auth: request.auth().name(),
        caution: request.caution().map(Caution::name),
    })
}

#[derive(Serialize)]
struct Request<'a> {
    endpoint: &'static str,
    method: &'static str,
    path: &'a str,
    query: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_type: Option<&'a str>,
    auth: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    caution: Option<&'static str>,
}

/// What the platform answered: `{"accepted":{…}}` or `{"rejected":{…}}`.
#[must_use]
pub fn outcome(outcome: &Outcome<String>) -> String {
    match outcome {
        // It is JSON already.
        Outcome::Accepted(answer) => ["{\"accepted\":", answer, "}"].concat(),
        Outcome::Rejected(rejection) => to_json(&Rejected {
            rejected: Rejection {
                errcode: rejection.errcode,
                errmsg: &rejection.errmsg,
                rid: rejection.rid(),
                kind: rejection.kind().name(),
            },
        }),
    }
}

#[derive(Serialize)]
struct Rejected<'a> {
    rejected: Rejection<'a>,
}

#[derive(Serialize)]
struct Rejection<'a> {
    errcode: i64,
    errmsg: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rid: Option<&'a str>,
    kind: &'static str,
}

/// The parts of a text that was split, and what is left.
#[must_use]
pub fn split(split: &text::Split<'_>) -> String {
    to_json(&Split { parts: &split.parts, rest: split.rest })
}

#[derive(Serialize)]
struct Split<'a> {
    parts: &'a [&'a str],
    rest: &'a str,
}

/// A return code: its kind, what it means and what to do about it.
#[must_use]
pub fn errcode(row: &api::Errcode) -> String {
    to_json(&Errcode {
        errcode: row.code(),
        kind: row.kind().map(RejectionKind::name),
        meaning: Words { en: row.meaning(Language::English), zh: row.meaning(Language::Chinese) },
        advice: Words { en: row.advice(Language::English), zh: row.advice(Language::Chinese) },
    })
}

#[derive(Serialize)]
struct Errcode {
    errcode: i64,
    kind: Option<&'static str>,
    meaning: Words,
    advice: Words,
}

#[derive(Serialize)]
struct Words {
    en: &'static str,
    zh: &'static str,
}
