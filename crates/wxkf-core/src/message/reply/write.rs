//! The way out: what WeChat would refuse, and the document.

use alloc::string::String;

use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::{Article, Reply, invalid};
use crate::account::{Account, AccountKind};
use crate::callback::{HttpBody, Seal, SealedMessage};
use crate::codec::{self, Format};
use crate::crypto;
use crate::error::{Code, Error};
use crate::message::ReplyTo;
use crate::time::Timestamp;

/// The most articles that WeChat takes, since 2018 (it was 10).
const MAX_ARTICLES: usize = 8;

impl Reply {
    /// The value of `MsgType`, for those that are messages.
    const fn msg_type(&self) -> Option<&'static str> {
        Some(match self {
            Self::Empty | Self::ErrCode { .. } | Self::Success => return None,
            Self::Image { .. } => "image",
            Self::Music { .. } => "music",
            Self::News { .. } => "news",
            Self::Text { .. } => "text",
            Self::TransferCustomerService { .. } => "transfer_customer_service",
            Self::Video { .. } => "video",
            Self::Voice { .. } => "voice",
        })
    }

    pub(crate) fn write(
        &self,
        account: &Account,
        to: &ReplyTo<'_>,
        seal: Seal<'_>,
    ) -> Result<HttpBody, Error> {
        let unsealed = |bytes: &str| HttpBody {
            bytes: bytes.into(),
            content_type: "text/plain; charset=utf-8",
        };
        match self {
            Self::Success => return Ok(unsealed("success")),
            Self::Empty => return Ok(unsealed("")),
            _ => {}
        }
        let format = to.format;
        self.check(account.kind(), to)?;
        let body = match to.key_index {
            None => self.document(to, format, 0, seal),
            Some(key_index) => {
                let indexes = (to.token_index, key_index, to.id_index);
                let nonce = seal.nonce.unwrap_or(&to.nonce);
                let frame = self.document(to, format, crypto::FRAME_HEADER, seal).into_bytes();
                SealedMessage::new(account, indexes, frame, nonce, seal)?.to_reply_body(format)
            }
        };
        let content_type = match format {
            Format::Json => "application/json; charset=utf-8",
            Format::Xml => "text/xml; charset=utf-8",
        };
        Ok(HttpBody { bytes: body.into_bytes(), content_type })
    }

    /// The answer before it is sealed, behind some room for what sealing puts in front of it.
    fn document(&self, to: &ReplyTo<'_>, format: Format, room: usize, seal: Seal<'_>) -> String {
        let mut out = String::with_capacity(self.length().saturating_add(640));
        out.extend(core::iter::repeat_n('\0', room));
        codec::push_document(&mut out, format, &Document { reply: self, to, now: seal.now });
        out
    }

    /// About how many bytes its fields take.
    fn length(&self) -> usize {
        self.texts().iter().map(|it| it.text.len()).sum()
    }

    /// What WeChat would drop or refuse, said beforehand.
    fn check(&self, account: AccountKind, to: &ReplyTo<'_>) -> Result<(), Error> {
        let unsupported = |detail| Err(Error::new(Code::ReplyUnsupported).because(detail));
        for it in self.texts() {
            if !codec::can_carry(to.format, it.text) {
                return Err(it.invalid("a character that this format cannot carry"));
            }
            it.form.holds(it.text).map_err(|detail| it.invalid(detail))?;
        }
        if matches!(self, Self::ErrCode { .. }) {
            return Ok(());
        }
        for name in [&to.from, &to.to] {
            if name.is_empty() || !codec::can_carry(to.format, name) {
                return unsupported("the push names no sender or no recipient to write to");
            }
        }
        if to.kind == "event.unsubscribe" {
            return unsupported("the user has unsubscribed");
        }
        match (self, account) {
            (Self::TransferCustomerService { .. }, _) if to.is_event => {
                unsupported("only messages can be handed to the agents, not events")
            }
            (Self::TransferCustomerService { kf_account: None }, AccountKind::MiniProgram) => {
                Ok(())
            }
            (Self::TransferCustomerService { .. }, AccountKind::MiniProgram) => {
                unsupported("a mini program cannot choose the agent")
            }
            (_, AccountKind::MiniProgram) => {
                unsupported("a mini program answers through the customer-service API")
            }
            (Self::News { articles }, _) => {
                let limit = match &*to.kind {
                    "text" | "image" | "voice" | "video" | "location" => 1,
                    _ => MAX_ARTICLES,
                };
                let wrong = |detail| Err(invalid(detail).field_named("Articles"));
                match articles.len() {
                    0 => wrong("empty"),
                    count if count > limit => wrong("more than WeChat shows here"),
                    _ => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }
}

/// A reply as WeChat reads it.
struct Document<'a> {
    reply: &'a Reply,
    to: &'a ReplyTo<'a>,
    now: Timestamp,
}

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { reply, to, now } = self;
        let mut out = serializer.serialize_struct("xml", 6)?;
        if let Reply::ErrCode { err_code, err_msg } = reply {
            out.serialize_field("ErrCode", err_code)?;
            out.serialize_field("ErrMsg", err_msg.as_deref().unwrap_or("success"))?;
            return out.end();
        }
        out.serialize_field("ToUserName", &to.from)?;
        out.serialize_field("FromUserName", &to.to)?;
        out.serialize_field("CreateTime", &now.as_secs())?;
        out.serialize_field("MsgType", reply.msg_type().unwrap_or_default())?;
        match reply {
            Reply::Empty | Reply::ErrCode { .. } | Reply::Success => {}
            Reply::Image { media_id } => {
                out.serialize_field("Image", &Texts([("MediaId", Some(media_id))]))?;
            }
            Reply::Music { title, description, music_url, hq_music_url, thumb_media_id } => {
                let music = Texts([
                    ("Title", title.as_ref()),
                    ("Description", description.as_ref()),
                    ("MusicUrl", music_url.as_ref()),
                    ("HQMusicUrl", hq_music_url.as_ref()),
                    ("ThumbMediaId", Some(thumb_media_id)),
                ]);
                out.serialize_field("Music", &music)?;
            }
            Reply::News { articles } => {
                out.serialize_field("ArticleCount", &articles.len())?;
                out.serialize_field("Articles", &Articles(articles))?;
            }
            Reply::Text { content } => out.serialize_field("Content", content)?,
            Reply::TransferCustomerService { kf_account: None } => {}
            Reply::TransferCustomerService { kf_account: account @ Some(_) } => {
                out.serialize_field("TransInfo", &Texts([("KfAccount", account.as_ref())]))?;
            }
            Reply::Video { media_id, title, description } => {
                let video = Texts([
                    ("MediaId", Some(media_id)),
                    ("Title", title.as_ref()),
                    ("Description", description.as_ref()),
                ]);
                out.serialize_field("Video", &video)?;
            }
            Reply::Voice { media_id } => {
                out.serialize_field("Voice", &Texts([("MediaId", Some(media_id))]))?;
            }
        }
        out.end()
    }
}

struct Articles<'a>(&'a [Article]);

impl Serialize for Articles<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|article| {
            Texts([
                ("Title", Some(&article.title)),
                ("Description", Some(&article.description)),
                ("PicUrl", Some(&article.pic_url)),
                ("Url", Some(&article.url)),
            ])
        }))
    }
}

/// An element with these texts in it, as far as they are there.
struct Texts<'a, const N: usize>([(&'static str, Option<&'a String>); N]);

impl<const N: usize> Serialize for Texts<'_, N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut texts = serializer.serialize_struct("xml", N)?;
        for (name, text) in &self.0 {
            match text {
                Some(text) => texts.serialize_field(name, text)?,
                None => texts.skip_field(name)?,
            }
        }
        texts.end()
    }
}
