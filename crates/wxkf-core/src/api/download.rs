//! Downloading files, which come as they are, or as the place where they are, or as an error.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::answer::Answers;
use super::declare::endpoints;
use super::endpoint::{AnswerKind, EndpointInfo, Output};
use super::response::{JsonAnswer, Outcome, Response};
use crate::codec::to_json;
use crate::crypto;
use crate::error::{Code, Error};
use crate::fields::{self, Field, Record, Shape};
use crate::names::said;
use crate::params::{Argument, FileType, MediaId, MediaKind, Object, Rule, Value};

endpoints! {
    /// Downloads temporary media (获取临时素材).
    GetMedia -> Download;
    "media.get" Get "/cgi-bin/media/get" Both AccessToken;
    limits "Of a video it answers where it is. An error comes as JSON with HTTP 200.";
    source "https://developers.weixin.qq.com/doc/service/api/material/temporary/api_getmedia" read "2026-11-21";
    new {
        /// Of an upload, or of a message that a user sent.
        media_id: MediaId = Query Rule::Media(MediaKind::ALL),
    }
    with {}

    /// Downloads a voice that was recorded in a web page with the JS-SDK, in its better quality: speex at
    /// 16 kHz (获取高清语音素材).
    GetJssdkMedia -> Download;
    "media.get.jssdk" Get "/cgi-bin/media/get/jssdk" OfficialAccount AccessToken;
    limits "An error comes as JSON with HTTP 200.";
    source "https://developers.weixin.qq.com/doc/offiaccount/Asset_Management/Get_temporary_materials.html" read "2026-11-28";
    new {
        /// Of the JS-SDK's `uploadVoice`.
        media_id: MediaId = Query Rule::Media(&[MediaKind::Voice]),
    }
    with {}
}

/// What [`GetMedia`] and [`GetJssdkMedia`] bring.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Download {
    /// The file itself.
    File {
        /// Its bytes.
        bytes: Vec<u8>,
        /// Its media type, as the platform says.
        content_type: Option<String>,
        /// Its name, as the platform says. Do not use it as a path.
        filename: Option<String>,
    },
    /// Where a video is.
    Video {
        /// Its address.
        video_url: String,
    },
}

/// Shows no content: it is what a user sent.
impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { bytes, content_type, .. } => f
                .debug_struct("File")
                .field("length", &bytes.len())
                .field("content_type", content_type)
                .finish_non_exhaustive(),
            Self::Video { .. } => f.debug_struct("Video").finish_non_exhaustive(),
        }
    }
}

impl Output for Download {
    const ANSWER: AnswerKind = AnswerKind::File;

    /// Tells a file from an answer by what it is: JSON is an answer, a page or other text of no type that
    /// the platform takes is neither. `Content-Type` is not asked, as errors come with that of a file, too.
    fn read(info: &EndpointInfo, response: &Response<'_>) -> Result<Outcome<Self>, Error> {
        let malformed = |detail| Err(Error::new(Code::ResponseMalformed).because(detail));
        let body = response.body();
        if let Ok(json) = JsonAnswer::parse(body) {
            match json.outcome(info, response)? {
                Outcome::Rejected(rejection) => return Ok(Outcome::Rejected(rejection)),
                Outcome::Accepted(node) => {
                    if let Some(url) = fields::word(node, &["video_url"]) {
                        return Ok(Outcome::Accepted(Self::Video { video_url: url.into() }));
                    }
                }
            }
        }
        if response.is_http_error() || body.is_empty() {
            return malformed("an HTTP error or an empty body in place of a file");
        }
        if is_page(body) || (core::str::from_utf8(body).is_ok() && FileType::of(body).is_none()) {
            return malformed("text in place of a file");
        }
        Ok(Outcome::Accepted(Self::File {
            bytes: body.into(),
            content_type: response.media_type().map(|name| name.trim_ascii().into()),
            filename: response.disposition().and_then(filename).map(Into::into),
        }))
    }
}

impl Answers for Download {
    const ANSWERS: &'static [&'static Record] = &[
        &Record {
            name: "DownloadedFile",
            doc: said!("The file itself."),
            fields: &[
                Field::made(
                    "content_type",
                    said!("Its media type, as the platform says."),
                    false,
                    Shape::Text,
                ),
                Field::made(
                    "filename",
                    said!("Its name, as the platform says. Do not use it as a path."),
                    false,
                    Shape::Text,
                ),
                Field::made("media_base64", said!("Its bytes."), true, Shape::Bytes),
            ],
        },
        &Record {
            name: "DownloadedVideo",
            doc: said!("Where a video is."),
            fields: &[Field::made("video_url", said!("Its address."), true, Shape::Text)],
        },
    ];
}

impl Download {
    /// As the by-name door gives it, with the bytes or with none.
    pub(super) fn to_json(&self, with: Bytes) -> String {
        let object = match self {
            Self::File { bytes, content_type, filename } => Object::new([
                ("content_type", content_type.value()),
                ("filename", filename.value()),
                (
                    "media_base64",
                    Some(Value::Text(match with {
                        Bytes::Encoded => crypto::encode_base64(bytes).into(),
                        Bytes::Left => Cow::Borrowed(""),
                    })),
                ),
            ]),
            Self::Video { video_url } => Object::new([("video_url", video_url.value())]),
        };
        to_json(&object)
    }
}

/// What becomes of a file's bytes.
#[derive(Clone, Copy)]
pub(super) enum Bytes {
    /// They are in the JSON.
    Encoded,
    /// They are left where they are.
    Left,
}

/// Whether a gateway wrote it, in whatever encoding.
fn is_page(body: &[u8]) -> bool {
    let start = body.trim_ascii_start();
    let begins =
        |tag: &&[u8]| start.get(..tag.len()).is_some_and(|it| it.eq_ignore_ascii_case(tag));
    [&b"<!doctype"[..], b"<html", b"<head", b"<?xml"].iter().any(begins)
}

/// The file name in a `Content-Disposition`.
fn filename(disposition: &str) -> Option<&str> {
    let (_, value) = disposition.split_once("filename=")?;
    match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => value.split(';').next().map(str::trim_ascii),
    }
}
