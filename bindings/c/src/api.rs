//! Calls of the platform's API, by name; texts in parts; return codes.

use wxkf_core::api::{self, Errcode, RejectionKind, Response};
use wxkf_core::{AccountKind, text};

use crate::boundary::{always, boundary};
use crate::failure::{Failure, Status};
use crate::memory::{Buf, Bytes, Out, size};

/// Makes a call by its name, such as `message.custom.send`, with WeChat's parameters, of body and query
/// together, as JSON. `kind`, if it is given, checks what that kind of account may send. `head` is JSON:
/// `method`, `path`, `query`, `content_type` if there is a body, `auth` (which token it needs), `caution`.
/// The token is not in it: add `access_token=…` to the query last.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_request(
    endpoint: Bytes,
    params: Bytes,
    kind: Bytes,
    head: *mut Buf,
    body: *mut Buf,
    error: *mut Buf,
) -> Status {
    let entry = || {
        // SAFETY: the header asks for pointers that hold what their types say.
        let (endpoint, params, kind, head, body) = unsafe {
            (
                endpoint.text("endpoint")?,
                params.text("params")?,
                kind.maybe_text("kind")?,
                Out::new(head, "head")?,
                Out::new(body, "body")?,
            )
        };
        let request = match kind {
            Some(kind) => {
                let kind = AccountKind::from_name(kind).ok_or(Failure::Argument("kind"))?;
                api::request_for(endpoint, params, kind)?
            }
            None => api::request(endpoint, params)?,
        };
        head.put(wxkf_json::request(&request));
        body.put(request.body().to_vec());
        Ok(())
    };
    // SAFETY: `error` is NULL or may be written, as the header asks.
    unsafe { boundary(error, entry) }
}

/// Reads the answer to a call: JSON, `{"accepted":{…}}` or
/// `{"rejected":{"errcode","errmsg","rid","kind"}}`. A rejection is no failure; `kind` says what to do
/// about it. `content_type` and `content_disposition` may be absent. Of a file that was downloaded
/// `media_base64` is empty: the file is `body` itself.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_decode(
    endpoint: Bytes,
    status: u16,
    content_type: Bytes,
    content_disposition: Bytes,
    body: Bytes,
    outcome: *mut Buf,
    error: *mut Buf,
) -> Status {
    let entry = || {
        // SAFETY: the header asks for pointers that hold what their types say.
        let (endpoint, content_type, content_disposition, body, outcome) = unsafe {
            (
                endpoint.text("endpoint")?,
                content_type.maybe_text("content_type")?,
                content_disposition.maybe_text("content_disposition")?,
                body.get("body")?,
                Out::new(outcome, "outcome")?,
            )
        };
        let mut response = Response::new(status, body);
        if let Some(value) = content_type {
            response = response.content_type(value);
        }
        if let Some(value) = content_disposition {
            response = response.content_disposition(value);
        }
        outcome.put(wxkf_json::outcome(&api::decode_beside(endpoint, response)?));
        Ok(())
    };
    // SAFETY: `error` is NULL or may be written, as the header asks.
    unsafe { boundary(error, entry) }
}

/// Splits a text into at most `max_parts` parts of at most `max_bytes` bytes, between paragraphs, sentences
/// or words where it can, and never inside a character or a link: JSON with `parts` and `rest`. WeChat was
/// seen to take 2,048 bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_split_text(
    text: Bytes,
    max_bytes: u64,
    max_parts: u64,
    split: *mut Buf,
    error: *mut Buf,
) -> Status {
    let entry = || {
        // SAFETY: the header asks for pointers that hold what their types say.
        let (text, split) = unsafe { (text.text("text")?, Out::new(split, "split")?) };
        split.put(wxkf_json::split(&text::split(text, size(max_bytes), size(max_parts))));
        Ok(())
    };
    // SAFETY: `error` is NULL or may be written, as the header asks.
    unsafe { boundary(error, entry) }
}

/// What a return code of WeChat's means and what to do about it: JSON with `errcode`, `kind`, `meaning` and
/// `advice`, each with `en` and `zh`. `false` if nothing is known of it, and then nothing is written.
/// `info` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_errcode(code: i64, info: *mut Buf) -> bool {
    always(false, || {
        // SAFETY: `info` is NULL or may be written, as the header asks.
        let info = unsafe { Out::maybe(info) };
        let row = Errcode::of(code);
        if let Some(row) = row {
            info.put(wxkf_json::errcode(row));
        }
        row.is_some()
    })
}

/// What to do about a rejection with this `errcode`: `token_rejected`, `quota_exhausted`, … Static.
#[unsafe(no_mangle)]
pub extern "C" fn wxkf_rejection_kind(errcode: i64) -> Bytes {
    always(Bytes::NONE, || Bytes::of(RejectionKind::of(errcode).name()))
}
