use alloc::string::String;
use alloc::vec::Vec;

use super::ReplyTo;
use crate::account::{Account, AccountKind};
use crate::callback::{HttpBody, Seal, SealedMessage};
use crate::codec::{self, Format, Node, NodeKind, Writer};
use crate::crypto;
use crate::error::{Code, Error};
use crate::fields;

/// A passive reply (被动回复): the answer in the HTTP response to a push, within five seconds.
///
/// Page 被动回复用户消息, read 2026-11-21. An official account may send all of them; a
/// mini program only [`Success`](Self::Success), [`Empty`](Self::Empty),
/// [`ErrCode`](Self::ErrCode) and [`TransferCustomerService`](Self::TransferCustomerService)
/// without an account, and writes to its users through the customer-service API.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reply {
    /// No bytes at all: nothing is shown, nothing is repeated.
    Empty,
    /// `{"ErrCode":0,"ErrMsg":"…"}`, which some events want: see
    /// [`Inbound::wants_err_code`](crate::Inbound::wants_err_code).
    ErrCode {
        /// 0 says that all is well; anything else has the event repeated.
        err_code: i64,
        /// `success` unless told.
        err_msg: Option<String>,
    },
    /// A picture.
    Image {
        /// Of temporary or permanent media.
        media_id: String,
    },
    /// A piece of music.
    Music {
        /// The title.
        title: Option<String>,
        /// The description.
        description: Option<String>,
        /// Where the music is.
        music_url: Option<String>,
        /// Where it is in better quality, preferred on Wi-Fi.
        hq_music_url: Option<String>,
        /// The cover, as media. Required by WeChat.
        thumb_media_id: String,
    },
    /// Articles: exactly one in answer to a text, image, voice, video or location, otherwise up to
    /// eight. WeChat drops what is more without a word, so that is an error here.
    News {
        /// The articles.
        articles: Vec<Article>,
    },
    /// `success`: nothing is shown, nothing is repeated. The right answer when the real one follows
    /// through the API.
    Success,
    /// A text; line breaks are kept.
    Text {
        /// The text, not empty.
        content: String,
    },
    /// Hands the message that is being answered to the human agents. For messages, not for events.
    TransferCustomerService {
        /// A certain agent, `name@account`. Official accounts only.
        kf_account: Option<String>,
    },
    /// A video.
    Video {
        /// Of temporary or permanent media.
        media_id: String,
        /// The title.
        title: Option<String>,
        /// The description.
        description: Option<String>,
    },
    /// A voice message.
    Voice {
        /// Of temporary or permanent media.
        media_id: String,
    },
}

/// One article of [`Reply::News`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Article {
    /// The title.
    pub title: String,
    /// The description.
    pub description: String,
    /// The picture: JPG or PNG, 360 × 200 for the first article and 200 × 200 for the others.
    pub pic_url: String,
    /// Where a tap leads.
    pub url: String,
}

impl Article {
    /// An article with a title, and nothing else yet.
    #[must_use]
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// Sets the description.
    #[must_use]
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = description.into();
        self
    }

    /// Sets the picture.
    #[must_use]
    pub fn pic_url(mut self, pic_url: impl Into<String>) -> Self {
        self.pic_url = pic_url.into();
        self
    }

    /// Sets where a tap leads.
    #[must_use]
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = url.into();
        self
    }
}

/// The most articles that WeChat takes, since 2018 (it was 10).
const MAX_ARTICLES: usize = 8;

impl Reply {
    /// A text.
    #[must_use]
    pub fn text(content: impl Into<String>) -> Self {
        Self::Text { content: content.into() }
    }

    /// Reads a reply from JSON, as the bindings and the tools spell it:
    /// `{"type":"text","content":"…"}`; every field has the name it has here.
    ///
    /// # Errors
    /// [`Code::ReplyUnsupported`] for an unknown type, [`Code::ReplyFieldInvalid`] for a field that
    /// is missing or of the wrong kind, or for text that is not a JSON object.
    pub fn from_json(json: &str) -> Result<Self, Error> {
        let invalid = || Error::new(Code::ReplyFieldInvalid);
        let Ok((Format::Json, document)) = codec::parse(json) else {
            return Err(invalid().because("not a JSON object"));
        };
        let root = document.root(json);
        let optional = |name: &str, field| optional_text(root, name, field);
        let required = |name: &str, field| {
            optional(name, field)?.ok_or_else(|| invalid().field_named(field).because("missing"))
        };
        let media_id = || required("media_id", "MediaId");
        let title = || optional("title", "Title");
        let description = || optional("description", "Description");
        Ok(match &*required("type", "MsgType")? {
            "empty" => Self::Empty,
            "err_code" => Self::ErrCode {
                err_code: fields::int(root, &["err_code"])
                    .ok_or_else(|| invalid().field_named("ErrCode"))?,
                err_msg: optional("err_msg", "ErrMsg")?,
            },
            "image" => Self::Image { media_id: media_id()? },
            "music" => Self::Music {
                title: title()?,
                description: description()?,
                music_url: optional("music_url", "MusicUrl")?,
                hq_music_url: optional("hq_music_url", "HQMusicUrl")?,
                thumb_media_id: required("thumb_media_id", "ThumbMediaId")?,
            },
            "news" => {
                let articles = root.all("articles").map(article);
                Self::News { articles: articles.collect::<Result<_, _>>()? }
            }
            "success" => Self::Success,
            "text" => Self::Text { content: required("content", "Content")? },
            "transfer_customer_service" => {
                Self::TransferCustomerService { kf_account: optional("kf_account", "KfAccount")? }
            }
            "video" => {
                Self::Video { media_id: media_id()?, title: title()?, description: description()? }
            }
            "voice" => Self::Voice { media_id: media_id()? },
            _ => return Err(Error::new(Code::ReplyUnsupported).field_named("MsgType")),
        })
    }

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
        self.fields().iter().map(|(_, text)| text.len()).sum()
    }

    /// What WeChat would drop or refuse, said beforehand.
    fn check(&self, account: AccountKind, to: &ReplyTo<'_>) -> Result<(), Error> {
        let unsupported = |detail| Err(Error::new(Code::ReplyUnsupported).because(detail));
        let invalid = |field| Error::new(Code::ReplyFieldInvalid).field_named(field);
        for (field, text) in self.fields() {
            if !codec::can_carry(to.format, text) {
                return Err(invalid(field).because("a character that this format cannot carry"));
            }
            let must_not_be_empty =
                matches!(field, "Content" | "MediaId" | "ThumbMediaId" | "KfAccount");
            if must_not_be_empty && text.is_empty() {
                return Err(invalid(field).because("empty"));
            }
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
                match articles.len() {
                    0 => Err(invalid("Articles").because("empty")),
                    count if count > limit => {
                        Err(invalid("Articles").because("more than WeChat shows here"))
                    }
                    _ => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }

    /// Every text in it, with WeChat's name for the field.
    fn fields(&self) -> Vec<(&'static str, &String)> {
        let mut fields = Vec::with_capacity(5);
        let mut add = |name, text| fields.push((name, text));
        match self {
            Self::Empty | Self::Success => {}
            Self::ErrCode { err_msg, .. } => {
                err_msg.iter().for_each(|text| add("ErrMsg", text));
            }
            Self::Image { media_id } | Self::Voice { media_id } => add("MediaId", media_id),
            Self::Music { title, description, music_url, hq_music_url, thumb_media_id } => {
                title.iter().for_each(|text| add("Title", text));
                description.iter().for_each(|text| add("Description", text));
                music_url.iter().for_each(|text| add("MusicUrl", text));
                hq_music_url.iter().for_each(|text| add("HQMusicUrl", text));
                add("ThumbMediaId", thumb_media_id);
            }
            Self::News { articles } => {
                for article in articles {
                    add("Title", &article.title);
                    add("Description", &article.description);
                    add("PicUrl", &article.pic_url);
                    add("Url", &article.url);
                }
            }
            Self::Text { content } => add("Content", content),
            Self::TransferCustomerService { kf_account } => {
                kf_account.iter().for_each(|text| add("KfAccount", text));
            }
            Self::Video { media_id, title, description } => {
                add("MediaId", media_id);
                title.iter().for_each(|text| add("Title", text));
                description.iter().for_each(|text| add("Description", text));
            }
        }
        fields
    }
}

fn optional(out: &mut Writer, name: &str, text: &Option<String>) {
    if let Some(text) = text {
        out.text(name, text);
    }
}

fn article(node: Node<'_>) -> Result<Article, Error> {
    if node.kind() != NodeKind::Element {
        return Err(Error::new(Code::ReplyFieldInvalid).field_named("Articles"));
    }
    let text = |name, field| Ok::<_, Error>(optional_text(node, name, field)?.unwrap_or_default());
    Ok(Article {
        title: text("title", "Title")?,
        description: text("description", "Description")?,
        pic_url: text("pic_url", "PicUrl")?,
        url: text("url", "Url")?,
    })
}

/// A JSON string, or nothing; a number is not taken for a text.
fn optional_text(node: Node<'_>, name: &str, field: &'static str) -> Result<Option<String>, Error> {
    match node.child(name) {
        None => Ok(None),
        Some(child) if child.kind() == NodeKind::Null => Ok(None),
        Some(child) if child.kind() == NodeKind::Text => Ok(child.text().map(String::from)),
        Some(_) => {
            let invalid = Error::new(Code::ReplyFieldInvalid).field_named(field);
            Err(invalid.because("not a string"))
        }
    }
}
