//! Calls of the platform's API.

use alloc::string::String;

use wxkf_core::api::{Caution, Errcode, Outcome, RejectionKind, Request};
use wxkf_core::text::Split;
use wxkf_core::{JsonWriter, Language};

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
    object(|json| match outcome {
        Outcome::Accepted(answer) => _ = json.key("accepted").raw(answer),
        Outcome::Rejected(rejection) => {
            json.key("rejected").open('{');
            json.key("errcode").int(rejection.errcode);
            json.key("errmsg").text(&rejection.errmsg);
            member(json, "rid", rejection.rid());
            json.key("kind").text(rejection.kind().name()).close('}');
        }
    })
}

/// One row of the table of return codes, for people.
#[must_use]
pub fn errcode(row: &Errcode) -> String {
    let both = |json: &mut JsonWriter, pick: fn(&Errcode, Language) -> &'static str| {
        json.open('{').key("en").text(pick(row, Language::English));
        json.key("zh").text(pick(row, Language::Chinese)).close('}');
    };
    object(|json| {
        json.key("errcode").int(row.code());
        json.key("kind").maybe_text(row.kind().map(RejectionKind::name));
        both(json.key("meaning"), Errcode::meaning);
        both(json.key("advice"), Errcode::advice);
    })
}

/// The parts of a text that was split, and what is left.
#[must_use]
pub fn split(split: &Split<'_>) -> String {
    object(|json| {
        json.key("parts").open('[');
        for part in &split.parts {
            json.text(part);
        }
        json.close(']').key("rest").text(split.rest);
    })
}
