//! Uploading files: what the form needs, and what the answer says.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::answer::Answers;
use super::declare::endpoints;
use super::endpoint::{AnswerKind, EndpointInfo, Output};
use super::media::Uploaded;
use super::response::{JsonAnswer, Outcome, Response};
use crate::codec::{Node, to_json};
use crate::error::{Code, Error};
use crate::fields::{self, Field, Record, Shape};
use crate::names::said;
use crate::params::{Argument, Form, MediaKind, Object, Rule, Size, Value};
use crate::time::Timestamp;

const NAMES: &[&str] = &[
    MediaKind::Image.name(),
    MediaKind::Thumb.name(),
    MediaKind::Video.name(),
    MediaKind::Voice.name(),
];
pub(super) const FILENAME: Rule = Rule::FREE;
pub(super) const RANDOM: Rule = Rule::Text(Size::Any, Form::Random);

endpoints! {
    /// Uploads a file as temporary media (新增临时素材).
    UploadMedia -> Uploaded;
    "media.upload" Post "/cgi-bin/media/upload" Both AccessToken;
    limits "Kept for 3 days. image 10 MB JPG, PNG, GIF (other pages: 2 MB); voice 2 MB, 60 s AMR, \
            MP3; video 10 MB MP4; thumb 64 KB JPG. Mini programs: image only.";
    source "https://developers.weixin.qq.com/doc/service/api/material/temporary/api_uploadtempmedia" read "2026-11-21";
    more {
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
    }
    new {
        /// The bytes of the file.
        media as "media_base64": Vec<u8> = Body Rule::Bytes,
    }
    with {
        /// What to upload it as; found from the bytes unless told.
        kind as "type": MediaKind = Query Rule::OneOf(NAMES),
        /// Its name. Only plain ASCII is sent, and the ending is that of the file's type.
        filename: String = Body FILENAME,
    }
    always {
        /// 16 fresh random bytes as hexadecimal digits, for the line between the parts of the form.
        random: [u8; 16] = Body RANDOM,
    }
}

impl Output for Uploaded {
    const ANSWER: AnswerKind = AnswerKind::Uploaded;

    fn read(info: &EndpointInfo, response: &Response<'_>) -> Result<Outcome<Self>, Error> {
        let json = JsonAnswer::parse(response.body())?;
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
    const ANSWERS: &'static [&'static Record] = &[&Record {
        name: "Uploaded",
        doc: said!("A file on the platform."),
        fields: &[
            Field::made("type", said!("What it was uploaded as."), true, Shape::OneOf(NAMES)),
            Field::made("media_id", said!("Its id."), true, Shape::Text),
            Field::made("created_at", said!("When it was uploaded."), false, Shape::Int),
            Field::made("expires_at", said!("When the platform forgets it."), false, Shape::Int),
        ],
    }];
}

impl Uploaded {
    /// As the by-name door gives it; times in seconds, as the platform does.
    pub(super) fn to_json(&self) -> String {
        let secs =
            |at: Option<Timestamp>| at.map(|at| Value::Number(at.as_secs().to_string().into()));
        let object = Object::new([
            ("type", Some(Value::Text(self.kind.name().into()))),
            ("media_id", self.id.value()),
            ("created_at", secs(self.created_at)),
            ("expires_at", secs(self.expires_at())),
        ]);
        to_json(&object)
    }
}
