//! Calls of the platform's API.

use alloc::string::String;

use wxkf_core::Language;
use wxkf_core::api::{Caution, Errcode, Outcome, RejectionKind, Request};
use wxkf_core::text::Split;

use crate::Object;

/// All of a request but its body, which is bytes. The token is not in it: `auth` says which one it
/// needs.
#[must_use]
pub fn request(request: &Request) -> String {
    Object::default()
        .any("endpoint", &request.name())
        .any("method", &request.method().name())
        .any("path", &request.path())
        .any("query", &request.query())
        .maybe("content_type", request.content_type())
        .any("auth", &request.auth().name())
        .maybe("caution", request.caution().map(Caution::name))
        .finish()
}

/// What the platform answered: `{"accepted":{…}}` or `{"rejected":{…}}`.
#[must_use]
pub fn outcome(outcome: &Outcome<String>) -> String {
    let (name, json) = match outcome {
        Outcome::Accepted(answer) => ("accepted", answer),
        Outcome::Rejected(rejection) => {
            let rejected = Object::default()
                .any("errcode", &rejection.errcode)
                .any("errmsg", &rejection.errmsg)
                .maybe("rid", rejection.rid())
                .any("kind", &rejection.kind().name());
            ("rejected", &rejected.finish())
        }
    };
    Object::default().raw(name, json).finish()
}

/// One row of the table of return codes, for people.
#[must_use]
pub fn errcode(row: &Errcode) -> String {
    let both = |pick: fn(&Errcode, Language) -> &'static str| {
        let texts = Object::default().any("en", &pick(row, Language::English));
        texts.any("zh", &pick(row, Language::Chinese)).finish()
    };
    Object::default()
        .any("errcode", &row.code())
        .any("kind", &row.kind().map(RejectionKind::name))
        .raw("meaning", &both(Errcode::meaning))
        .raw("advice", &both(Errcode::advice))
        .finish()
}

/// The parts of a text that was split, and what is left.
#[must_use]
pub fn split(split: &Split<'_>) -> String {
    Object::default().any("parts", &split.parts).any("rest", &split.rest).finish()
}
