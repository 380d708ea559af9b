//! Calls of the platform's API.

use alloc::string::String;

use wxkf_core::Language;
use wxkf_core::api::{Caution, Errcode, Outcome, RejectionKind, Request};
use wxkf_core::text::Split;

use crate::{member, object};

/// All of a request but its body, which is bytes. The token is not in it: `auth` says which one it
/// needs.
#[must_use]
pub fn request(request: &Request) -> String {
    object(|json| {
        json.key("endpoint").text(request.name());
        json.key("method").text(request.method().name());
        json.key("path").text(request.path());
        json.key("query").text(request.query());
        member(json, "content_type", request.content_type());
        json.key("auth").text(request.auth().name());
        member(json, "caution", request.caution().map(Caution::name));
    })
}

/// What the platform answered: `{"accepted":{…}}` or `{"rejected":{…}}`.
#[must_use]
pub fn outcome(outcome: &Outcome<String>) -> String {
    match outcome {
        // It is JSON already.
        Outcome::Accepted(answer) => ["{\"accepted\":", answer, "}"].concat(),
        Outcome::Rejected(rejection) => object(|json| {
            json.key("rejected").object(|json| {
                json.key("errcode").int(rejection.errcode);
                json.key("errmsg").text(&rejection.errmsg);
                member(json, "rid", rejection.rid());
                json.key("kind").text(rejection.kind().name());
            });
        }),
    }
}

/// The parts of a text that was split, and what is left.
#[must_use]
pub fn split(split: &Split<'_>) -> String {
    object(|json| {
        json.key("parts").list(|json| split.parts.iter().for_each(|part| _ = json.text(part)));
        json.key("rest").text(split.rest);
    })
}

/// A return code: its kind, what it means and what to do about it.
#[must_use]
pub fn errcode(row: &Errcode) -> String {
    object(|json| {
        json.key("errcode").int(row.code());
        json.key("kind").maybe_text(row.kind().map(RejectionKind::name));
        for (name, text) in [
            ("meaning", Errcode::meaning as fn(&Errcode, Language) -> &'static str),
            ("advice", Errcode::advice),
        ] {
            json.key(name).object(|json| {
                json.key("en").text(text(row, Language::English));
                json.key("zh").text(text(row, Language::Chinese));
            });
        }
    })
}
