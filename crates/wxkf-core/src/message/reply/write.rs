//! The way out: what WeChat would refuse, and the document.

use alloc::string::String;

use super::{Reply, invalid};
use crate::account::{Account, AccountKind};
use crate::callback::{HttpBody, Seal, SealedMessage};
use crate::codec::{self, Format, Writer};
use crate::crypto;
use crate::error::{Code, Error};
use crate::message::ReplyTo;

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
        let mut out = Writer::new(format, room, self.length().saturating_add(640));
        if let Self::ErrCode { err_code, err_msg } = self {
            out.number("ErrCode", *err_code);
            out.text("ErrMsg", err_msg.as_deref().unwrap_or("success"));
            return out.finish();
        }
        out.text("ToUserName", &to.from);
        out.text("FromUserName", &to.to);
        out.number("CreateTime", seal.now.as_secs());
        out.text("MsgType", self.msg_type().unwrap_or_default());
        match self {
            Self::Empty | Self::ErrCode { .. } | Self::Success => {}
            Self::Image { media_id } => out.element("Image", |out| out.text("MediaId", media_id)),
            Self::Music { title, description, music_url, hq_music_url, thumb_media_id } => {
                out.element("Music", |out| {
                    optional(out, "Title", title);
                    optional(out, "Description", description);
                    optional(out, "MusicUrl", music_url);
                    optional(out, "HQMusicUrl", hq_music_url);
                    out.text("ThumbMediaId", thumb_media_id);
                });
            }
            Self::News { articles } => {
                out.number("ArticleCount", articles.len());
                out.list("Articles", articles, |out, article| {
                    out.text("Title", &article.title);
                    out.text("Description", &article.description);
                    out.text("PicUrl", &article.pic_url);
                    out.text("Url", &article.url);
                });
            }
            Self::Text { content } => out.text("Content", content),
            Self::TransferCustomerService { kf_account: None } => {}
            Self::TransferCustomerService { kf_account: Some(account) } => {
                out.element("TransInfo", |out| out.text("KfAccount", account));
            }
            Self::Video { media_id, title, description } => out.element("Video", |out| {
                out.text("MediaId", media_id);
                optional(out, "Title", title);
                optional(out, "Description", description);
            }),
            Self::Voice { media_id } => out.element("Voice", |out| out.text("MediaId", media_id)),
        }
        out.finish()
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

fn optional(out: &mut Writer, name: &str, text: &Option<String>) {
    if let Some(text) = text {
        out.text(name, text);
    }
}
