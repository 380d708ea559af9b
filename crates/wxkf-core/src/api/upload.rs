//! Uploading files: what the form needs, and what the answer says.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use super::answer::Answers;
use super::declare::requests;
use super::endpoint::{AnswerKind, Endpoint, EndpointInfo, Output, Params, sealed};
use super::media::Uploaded;
use super::request::{Auth, Method};
use super::response::{Json, Outcome, Response};
use crate::account::Accounts;
use crate::codec::{Node, to_json};
use crate::error::{Code, Error};
use crate::fields;
use crate::params::{Argument, Form, MediaKind, Object, Param, Place, Rule, Size, Value};
use crate::schema::{self, Call, Member, Shape};
use crate::time::Timestamp;

const NAMES: &[&str] = &[
    MediaKind::Image.name(),
    MediaKind::Thumb.name(),
    MediaKind::Video.name(),
    MediaKind::Voice.name(),
];
const BYTES: Param = Param::required("media_base64", Rule::Bytes);
const FILENAME: Param = Param::optional("filename", Rule::Text(Size::Any, Form::Any));
const RANDOM: Param = Param::optional("random", Rule::Text(Size::Any, Form::Random));

const BYTES_SAID: Member = schema::member("media_base64", "The bytes of the file.");
const FILENAME_SAID: Member = schema::member(
    "filename",
    "Its name. Only plain ASCII is sent, and the ending is that of the file's type.",
);
const RANDOM_SAID: Member = schema::member(
    "random",
    "16 fresh random bytes as hexadecimal digits, for the line between the parts of the form.",
);

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
    pub(super) const CALL: &'static Call = &Call {
        params: schema::group(
            "UploadMedia",
            "Uploads a file as temporary media (新增临时素材).",
            &[
                BYTES_SAID,
                schema::member("type", "What to upload it as; found from the bytes unless told."),
                FILENAME_SAID,
                RANDOM_SAID,
            ],
        ),
        limits: "Kept for 3 days. image 10 MB JPG, PNG, GIF (other pages: 2 MB); voice 2 MB, 60 s AMR, \
                 MP3; video 10 MB MP4; thumb 64 KB JPG. Mini programs: image only.",
        source: "https://developers.weixin.qq.com/doc/service/api/material/temporary/api_uploadtempmedia",
        answers: Uploaded::ANSWERS,
    };
    pub(super) const INFO: &'static EndpointInfo = &EndpointInfo {
        name: "media.upload",
        method: Method::Post,
        path: "/cgi-bin/media/upload",
        accounts: Accounts::Both,
        auth: Auth::AccessToken,
        fields: &[
            BYTES,
            Param::optional("type", Rule::OneOf(NAMES)).placed(Place::Query),
            FILENAME,
            RANDOM,
        ],
        answer: Uploaded::ANSWER,
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
        Output::decode(Self::INFO, response)
    }
}

impl Output for Uploaded {
    const ANSWER: AnswerKind = AnswerKind::Uploaded;

    fn read(info: &EndpointInfo, response: &Response<'_>) -> Result<Outcome<Self>, Error> {
        let json = Json::parse(response.body())?;
        Ok(match json.outcome(info, response)? {
            Outcome::Rejected(rejection) => Outcome::Rejected(rejection),
            Outcome::Accepted(node) => Outcome::Accepted(Self::of(node)?),
        })
    }
}

impl Uploaded {
    /// Apart: where it is inlined the compiler looks at the answer before it asks whether there is
    /// one, which does no harm, but valgrind reports it.
    #[inline(never)]
    fn of(node: Node<'_>) -> Result<Self, Error> {
        let missing = |field| Error::new(Code::ResponseMalformed).field_named(field);
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
        Ok(Self { kind, id: id.into(), created_at: created_at.map(Timestamp::from_secs) })
    }
}

impl Answers for Uploaded {
    const ANSWERS: &'static [&'static schema::Record] = &[&schema::Record {
        name: "Uploaded",
        doc: "A file on the platform.",
        fields: &[
            schema::field("type", "What it was uploaded as.", true, Shape::OneOf(NAMES)),
            schema::field("media_id", "Its id.", true, Shape::Text),
            schema::field("created_at", "When it was uploaded.", false, Shape::Int),
            schema::field("expires_at", "When the platform forgets it.", false, Shape::Int),
        ],
    }];
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
        to_json(&object)
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
    pub(super) const CALL: &'static Call = &Call {
        params: schema::group(
            "UploadKfHeadImg",
            "Uploads the picture of an agent (设置客服账号的头像).",
            &[
                schema::member("kf_account", "The agent: `name@wechat_id`."),
                BYTES_SAID,
                FILENAME_SAID,
                RANDOM_SAID,
            ],
        ),
        limits: "JPG, at most 5 MB, best 640 × 640. HTTPS only.",
        source: "https://developers.weixin.qq.com/doc/service/api/customer/servicermanage/api_uploadkfheadimg",
        answers: <()>::ANSWERS,
    };
    pub(super) const INFO: &'static EndpointInfo = &EndpointInfo {
        name: "customservice.kfaccount.uploadheadimg",
        method: Method::Post,
        path: "/customservice/kfaccount/uploadheadimg",
        accounts: Accounts::OfficialAccount,
        auth: Auth::AccessToken,
        fields: &[
            Param::required("kf_account", Rule::Text(Size::Any, Form::Word)).placed(Place::Query),
            BYTES,
            FILENAME,
            RANDOM,
        ],
        answer: <()>::ANSWER,
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
        Output::decode(Self::INFO, response)
    }
}

fn hex(bytes: [u8; 16]) -> String {
    alloc::format!("{:032x}", u128::from_be_bytes(bytes))
}
