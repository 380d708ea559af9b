//! Temporary media (临时素材): upload, download, and ids that know what they are good for.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;
use core::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::endpoint::{Accounts, AnswerKind, Endpoint, EndpointInfo, Params, requests, sealed};
use super::request::{Auth, Method};
use super::response::{Json, Outcome, Response, looks_like_json};
use super::schema::{Field, Form, Place, Rule, Size};
use super::value::{Object, Param, Value, invalid};
use crate::error::{Code, Error};
use crate::fields;
use crate::time::Timestamp;

/// How long the platform keeps temporary media.
pub const MEDIA_LIFETIME: Duration = Duration::from_secs(3 * 24 * 3600);

/// What a file is uploaded as. A mini program uploads pictures only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MediaKind {
    /// A picture: JPG, PNG or GIF of up to 10 MB. Pages about mini programs also say 2 MB.
    Image,
    /// The cover of a video or a piece of music: JPG of up to 64 KB.
    Thumb,
    /// A video: MP4 of up to 10 MB.
    Video,
    /// A voice: AMR or MP3 of up to 2 MB and 60 seconds; the seconds are not checked here.
    Voice,
}

impl MediaKind {
    /// Every kind.
    pub const ALL: &'static [Self] = &[Self::Image, Self::Thumb, Self::Video, Self::Voice];

    /// `image`, `thumb`, `video` or `voice`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Thumb => "thumb",
            Self::Video => "video",
            Self::Voice => "voice",
        }
    }

    /// The kind with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// The most bytes that a file of this kind may have.
    #[must_use]
    pub const fn max_bytes(self) -> usize {
        match self {
            Self::Image | Self::Video => 10 << 20,
            Self::Thumb => 64 << 10,
            Self::Voice => 2 << 20,
        }
    }

    /// The files that may be uploaded as this kind.
    #[must_use]
    pub const fn file_types(self) -> &'static [FileType] {
        match self {
            Self::Image => &[FileType::Gif, FileType::Jpeg, FileType::Png],
            Self::Thumb => &[FileType::Jpeg],
            Self::Video => &[FileType::Mp4],
            Self::Voice => &[FileType::Amr, FileType::Mp3],
        }
    }
}

/// A type of file that the platform takes, told by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FileType {
    /// AMR sound.
    Amr,
    /// A GIF picture.
    Gif,
    /// A JPG picture.
    Jpeg,
    /// MP3 sound.
    Mp3,
    /// An MP4 video.
    Mp4,
    /// A PNG picture.
    Png,
}

impl FileType {
    /// The type of a file; `None` for one that the platform does not take.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        Some(match bytes {
            [0xff, 0xd8, 0xff, ..] => Self::Jpeg,
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Self::Png,
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Self::Gif,
            [b'#', b'!', b'A', b'M', b'R', ..] => Self::Amr,
            [b'I', b'D', b'3', ..] => Self::Mp3,
            // The mark of a frame, and a layer: that is what keeps AAC out.
            [0xff, second, ..] if second & 0xe0 == 0xe0 && second & 0x06 != 0 => Self::Mp3,
            [_, _, _, _, b'f', b't', b'y', b'p', ..] => Self::Mp4,
            _ => return None,
        })
    }

    /// What it is uploaded as unless told otherwise.
    #[must_use]
    pub const fn media_kind(self) -> MediaKind {
        match self {
            Self::Amr | Self::Mp3 => MediaKind::Voice,
            Self::Gif | Self::Jpeg | Self::Png => MediaKind::Image,
            Self::Mp4 => MediaKind::Video,
        }
    }

    /// Its media type, such as `image/jpeg`.
    #[must_use]
    pub const fn mime(self) -> &'static str {
        match self {
            Self::Amr => "audio/amr",
            Self::Gif => "image/gif",
            Self::Jpeg => "image/jpeg",
            Self::Mp3 => "audio/mpeg",
            Self::Mp4 => "video/mp4",
            Self::Png => "image/png",
        }
    }

    pub(super) const fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Amr => &["amr"],
            Self::Gif => &["gif"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Mp3 => &["mp3"],
            Self::Mp4 => &["mp4"],
            Self::Png => &["png"],
        }
    }
}

/// The id of a file on the platform, ready to be sent.
///
/// One that comes from [`Uploaded::media_id`] knows what kind of file it is, and is refused where
/// another kind belongs. One made from a text is taken at its word: permanent material (永久素材) of
/// an official account has such ids, too.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MediaId {
    id: String,
    kind: Option<MediaKind>,
}

impl MediaId {
    /// The id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.id
    }

    /// The kind of file, if it is known.
    #[must_use]
    pub const fn kind(&self) -> Option<MediaKind> {
        self.kind
    }
}

impl From<&str> for MediaId {
    fn from(id: &str) -> Self {
        Self { id: id.into(), kind: None }
    }
}

impl From<String> for MediaId {
    fn from(id: String) -> Self {
        Self { id, kind: None }
    }
}

impl fmt::Display for MediaId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.id)
    }
}

impl Param for MediaId {
    fn value(&self) -> Option<Value> {
        Some(Value::Media(self.clone()))
    }
}

/// A file on the platform: its id, its kind, and when it ends. Keep the three together for as long as
/// the id is used; [`new`](Self::new) puts them together again.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Uploaded {
    /// What it was uploaded as.
    pub kind: MediaKind,
    /// Its id: `media_id`, or `thumb_media_id` for a cover.
    pub id: String,
    /// When it was uploaded, if the platform said so.
    pub created_at: Option<Timestamp>,
}

impl Uploaded {
    /// What is known of a file that was uploaded before.
    #[must_use]
    pub fn new(kind: MediaKind, id: impl Into<String>, created_at: Timestamp) -> Self {
        Self { kind, id: id.into(), created_at: Some(created_at) }
    }

    /// When the platform forgets it: three days after the upload.
    #[must_use]
    pub fn expires_at(&self) -> Option<Timestamp> {
        let millis = u64::try_from(MEDIA_LIFETIME.as_millis()).unwrap_or(u64::MAX);
        self.created_at.map(|at| Timestamp::from_millis(at.as_millis().saturating_add(millis)))
    }

    /// The id to send now.
    ///
    /// # Errors
    /// [`Code::RequestFieldInvalid`] once the three days are over: upload the file again.
    pub fn media_id(&self, now: Timestamp) -> Result<MediaId, Error> {
        if self.expires_at().is_some_and(|end| end <= now) {
            return Err(invalid("uploaded more than three days ago").field_named("media_id"));
        }
        Ok(MediaId { id: self.id.clone(), kind: Some(self.kind) })
    }
}

const NAMES: &[&str] = &["image", "thumb", "video", "voice"];
const BYTES: Field = Field::required("media_base64", Rule::Bytes);
const FILENAME: Field = Field::optional("filename", Rule::Text(Size::Any, Form::Any));
const RANDOM: Field = Field::optional("random", Rule::Text(Size::Any, Form::Random));

/// Uploads a file as temporary media (新增临时素材).
///
/// `/cgi-bin/media/upload`:
/// <https://developers.weixin.qq.com/doc/service/api/material/temporary/api_uploadtempmedia>, read
/// 2026-11-21.
///
/// ```
/// use wxkf_core::api::{Endpoint, MediaKind, UploadMedia};
///
/// # let jpeg = [0xff, 0xd8, 0xff, 0xe0];
/// # let random = [7; 16];
/// // The type of the file is found from its bytes, and gives the name its ending.
/// let request = UploadMedia::new(jpeg, random).filename("photo.png").request()?;
/// assert_eq!(request.query(), "type=image");
/// assert!(request.body().windows(20).any(|text| text == b"filename=\"photo.jpg\""));
/// // A cover has to be asked for.
/// let request = UploadMedia::new(jpeg, random).kind(MediaKind::Thumb).request()?;
/// assert_eq!(request.query(), "type=thumb");
/// # Ok::<(), wxkf_core::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UploadMedia {
    /// The bytes of the file.
    pub media: Vec<u8>,
    /// 16 fresh random bytes, for the line between the parts of the form.
    pub random: [u8; 16],
    /// What to upload it as; found from the bytes unless told.
    pub kind: Option<MediaKind>,
    /// Its name. Only plain ASCII is sent, and the ending is that of the file's type.
    pub filename: Option<String>,
}

impl UploadMedia {
    pub(super) const INFO: &'static EndpointInfo = &EndpointInfo {
        name: "media.upload",
        method: Method::Post,
        path: "/cgi-bin/media/upload",
        accounts: Accounts::Both,
        auth: Auth::AccessToken,
        fields: &[
            BYTES,
            Field::optional("type", Rule::OneOf(NAMES)).placed(Place::Query),
            FILENAME,
            RANDOM,
        ],
        limits: "Kept for 3 days. image 10 MB JPG, PNG, GIF (other pages: 2 MB); voice 2 MB, 60 s AMR, \
                 MP3; video 10 MB MP4; thumb 64 KB JPG. Mini programs: image only.",
        source: "https://developers.weixin.qq.com/doc/service/api/material/temporary/api_uploadtempmedia",
        answer: AnswerKind::Uploaded,
        defaults: &[],
        relation: None,
        takes_message: false,
        for_business: None,
    };

    /// Uploads these bytes; the 16 random ones are for the line between the parts of the form.
    #[must_use]
    pub fn new(media: impl Into<Vec<u8>>, random: [u8; 16]) -> Self {
        Self { media: media.into(), random, kind: None, filename: None }
    }

    /// What to upload it as: a cover ([`MediaKind::Thumb`]) has to be asked for.
    #[must_use]
    pub const fn kind(mut self, kind: MediaKind) -> Self {
        self.kind = Some(kind);
        self
    }

    /// Its name.
    #[must_use]
    pub fn filename(mut self, filename: impl Into<String>) -> Self {
        self.filename = Some(filename.into());
        self
    }
}

impl fmt::Debug for UploadMedia {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UploadMedia")
            .field("length", &self.media.len())
            .field("kind", &self.kind)
            .field("filename", &self.filename)
            .finish_non_exhaustive()
    }
}

impl sealed::Sealed for UploadMedia {}

impl Params for UploadMedia {
    fn object(&self) -> Object {
        Object::new([
            ("media_base64", self.media.value()),
            ("type", self.kind.map(|kind| Value::Text(kind.name().into()))),
            ("filename", self.filename.value()),
            ("random", Some(Value::Text(hex(self.random)))),
        ])
    }
}

impl Endpoint for UploadMedia {
    type Output = Uploaded;

    requests!();

    fn info(&self) -> &'static EndpointInfo {
        Self::INFO
    }

    fn decode(&self, response: Response<'_>) -> Result<Outcome<Uploaded>, Error> {
        read_uploaded(Self::INFO, response)
    }
}

pub(super) fn read_uploaded(
    info: &EndpointInfo,
    response: Response<'_>,
) -> Result<Outcome<Uploaded>, Error> {
    let missing = |field| Error::new(Code::ResponseMalformed).field_named(field);
    let json = Json::parse(response.body())?;
    Ok(match json.outcome(info, &response)? {
        Outcome::Rejected(rejection) => Outcome::Rejected(rejection),
        Outcome::Accepted(node) => {
            let text = |names: &[&str]| fields::word(node, names).filter(|word| !word.is_empty());
            // The answer to a cover names it otherwise, and some leave the type out.
            let cover = text(&["thumb_media_id"]);
            let id = text(&["media_id"]).or(cover).ok_or_else(|| missing("media_id"))?;
            let kind = match text(&["type"]).map(MediaKind::from_name) {
                Some(kind) => kind.ok_or_else(|| missing("type"))?,
                None if cover.is_some() => MediaKind::Thumb,
                None => return Err(missing("type")),
            };
            let created_at = fields::int(node, &["created_at"]);
            let created_at = created_at.and_then(|secs| u64::try_from(secs).ok());
            let created_at = created_at.map(Timestamp::from_secs);
            Outcome::Accepted(Uploaded { kind, id: id.into(), created_at })
        }
    })
}

impl Uploaded {
    /// As the by-name door gives it; times in seconds, as the platform does.
    pub(super) fn to_json(&self) -> String {
        let secs = |at: Option<Timestamp>| at.map(|at| Value::Number(at.as_secs().to_string()));
        let object = Object::new([
            ("type", Some(Value::Text(self.kind.name().into()))),
            ("media_id", self.id.value()),
            ("created_at", secs(self.created_at)),
            ("expires_at", secs(self.expires_at())),
        ]);
        object.to_json()
    }
}

/// Uploads the picture of an agent (设置客服账号的头像): a JPG of up to 5 MB, best 640 × 640.
///
/// `/customservice/kfaccount/uploadheadimg`:
/// <https://developers.weixin.qq.com/doc/service/api/customer/servicermanage/api_uploadkfheadimg>, read
/// 2026-11-21.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UploadKfHeadImg {
    /// The agent: `name@wechat_id`.
    pub kf_account: String,
    /// The bytes of the picture.
    pub media: Vec<u8>,
    /// 16 fresh random bytes, for the line between the parts of the form.
    pub random: [u8; 16],
    /// Its name. Only plain ASCII is sent.
    pub filename: Option<String>,
}

impl UploadKfHeadImg {
    pub(super) const INFO: &'static EndpointInfo = &EndpointInfo {
        name: "customservice.kfaccount.uploadheadimg",
        method: Method::Post,
        path: "/customservice/kfaccount/uploadheadimg",
        accounts: Accounts::OfficialAccount,
        auth: Auth::AccessToken,
        fields: &[
            Field::required("kf_account", Rule::Text(Size::Any, Form::Word)).placed(Place::Query),
            BYTES,
            FILENAME,
            RANDOM,
        ],
        limits: "JPG, at most 5 MB, best 640 × 640. HTTPS only.",
        source: "https://developers.weixin.qq.com/doc/service/api/customer/servicermanage/api_uploadkfheadimg",
        answer: AnswerKind::Fields(&[]),
        defaults: &[],
        relation: None,
        takes_message: false,
        for_business: None,
    };

    /// Uploads these bytes as that agent's picture; the 16 random ones are for the line between the
    /// parts of the form.
    #[must_use]
    pub fn new(kf_account: impl Into<String>, media: impl Into<Vec<u8>>, random: [u8; 16]) -> Self {
        Self { kf_account: kf_account.into(), media: media.into(), random, filename: None }
    }

    /// Its name.
    #[must_use]
    pub fn filename(mut self, filename: impl Into<String>) -> Self {
        self.filename = Some(filename.into());
        self
    }
}

impl fmt::Debug for UploadKfHeadImg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UploadKfHeadImg")
            .field("kf_account", &self.kf_account)
            .field("length", &self.media.len())
            .field("filename", &self.filename)
            .finish_non_exhaustive()
    }
}

impl sealed::Sealed for UploadKfHeadImg {}

impl Params for UploadKfHeadImg {
    fn object(&self) -> Object {
        Object::new([
            ("kf_account", self.kf_account.value()),
            ("media_base64", self.media.value()),
            ("filename", self.filename.value()),
            ("random", Some(Value::Text(hex(self.random)))),
        ])
    }
}

impl Endpoint for UploadKfHeadImg {
    type Output = ();

    requests!();

    fn info(&self) -> &'static EndpointInfo {
        Self::INFO
    }

    fn decode(&self, response: Response<'_>) -> Result<Outcome<()>, Error> {
        super::response::read(Self::INFO, response)
    }
}

/// Downloads temporary media (获取临时素材).
///
/// `/cgi-bin/media/get`:
/// <https://developers.weixin.qq.com/doc/service/api/material/temporary/api_getmedia>, read
/// 2026-11-21.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GetMedia {
    /// Of an upload, or of a message that a user sent.
    pub media_id: MediaId,
}

/// What [`GetMedia`] brings.
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

impl GetMedia {
    pub(super) const INFO: &'static EndpointInfo = &EndpointInfo {
        name: "media.get",
        method: Method::Get,
        path: "/cgi-bin/media/get",
        accounts: Accounts::Both,
        auth: Auth::AccessToken,
        fields: &[Field::required("media_id", Rule::Media(MediaKind::ALL)).placed(Place::Query)],
        limits: "Of a video it answers where it is. An error comes as JSON with HTTP 200.",
        source: "https://developers.weixin.qq.com/doc/service/api/material/temporary/api_getmedia",
        answer: AnswerKind::File,
        defaults: &[],
        relation: None,
        takes_message: false,
        for_business: None,
    };

    /// Downloads the file with this id.
    #[must_use]
    pub fn new(media_id: impl Into<MediaId>) -> Self {
        Self { media_id: media_id.into() }
    }
}

impl sealed::Sealed for GetMedia {}

impl Params for GetMedia {
    fn object(&self) -> Object {
        Object::new([("media_id", self.media_id.value())])
    }
}

impl Endpoint for GetMedia {
    type Output = Download;

    requests!();

    fn info(&self) -> &'static EndpointInfo {
        Self::INFO
    }

    fn decode(&self, response: Response<'_>) -> Result<Outcome<Download>, Error> {
        read_download(Self::INFO, response)
    }
}

/// Tells a file from JSON by its first byte and by what the JSON says; `Content-Type` only says
/// whether text was meant.
pub(super) fn read_download(
    info: &EndpointInfo,
    response: Response<'_>,
) -> Result<Outcome<Download>, Error> {
    let malformed = |detail| Err(Error::new(Code::ResponseMalformed).because(detail));
    let body = response.body();
    if looks_like_json(body) {
        if let Ok(json) = Json::parse(body) {
            match json.outcome(info, &response)? {
                Outcome::Rejected(rejection) => return Ok(Outcome::Rejected(rejection)),
                Outcome::Accepted(node) => {
                    if let Some(url) = fields::word(node, &["video_url"]) {
                        return Ok(Outcome::Accepted(Download::Video { video_url: url.into() }));
                    }
                }
            }
        }
    }
    let media_type = response.media_type().map(str::trim_ascii);
    let is_text = media_type
        .is_some_and(|name| name.starts_with("text/") || name.starts_with("application/json"));
    if response.is_http_error() || body.is_empty() {
        return malformed("an HTTP error or an empty body in place of a file");
    }
    if core::str::from_utf8(body).is_ok() && (is_text || FileType::of(body).is_none()) {
        return malformed("text in place of a file");
    }
    Ok(Outcome::Accepted(Download::File {
        bytes: body.into(),
        content_type: media_type.map(Into::into),
        filename: response.disposition().and_then(filename).map(Into::into),
    }))
}

impl Download {
    /// As the by-name door gives it.
    pub(super) fn to_json(&self) -> String {
        let object = match self {
            Self::File { bytes, content_type, filename } => Object::new([
                ("content_type", content_type.value()),
                ("filename", filename.value()),
                ("media_base64", Some(Value::Text(STANDARD.encode(bytes)))),
            ]),
            Self::Video { video_url } => Object::new([("video_url", video_url.value())]),
        };
        object.to_json()
    }
}

/// The file name in a `Content-Disposition`.
fn filename(disposition: &str) -> Option<&str> {
    let (_, value) = disposition.split_once("filename=")?;
    match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => value.split(';').next().map(str::trim_ascii),
    }
}

fn hex(bytes: [u8; 16]) -> String {
    alloc::format!("{:032x}", u128::from_be_bytes(bytes))
}
