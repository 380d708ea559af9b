//! The messages that are measured: of an exact size, always the same, like those that WeChat sends.

use wxkf_core::{Article, Format, Reply};

use crate::account::{FROM_USER_NAME, TO_USER_NAME};

/// What a message consists of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A text in ASCII alone.
    Ascii,
    /// A text; of the whole message one byte in three belongs to a Chinese character.
    Mixed,
    /// Coming in, an event with a list of records in it; going out, four articles.
    Nested,
}

impl Kind {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ascii => "ascii",
            Self::Mixed => "mixed",
            Self::Nested => "nested",
        }
    }
}

/// A message of `size` bytes as it stands inside the seal of a push.
pub fn inbound(kind: Kind, format: Format, size: usize) -> String {
    let (pictures, chinese) = match kind {
        Kind::Ascii => (0, 0),
        Kind::Mixed => (0, size / 3),
        // Fills about two thirds of 1 KB in either format.
        Kind::Nested => (if format == Format::Xml { 7 } else { 14 }, 0),
    };
    let document = |filler: &str| match kind {
        Kind::Ascii | Kind::Mixed => text(format, filler),
        Kind::Nested => pic_weixin(format, pictures, filler),
    };
    let room = size.checked_sub(document("").len()).expect("the size leaves room for a text");
    let message = document(&filler(room, chinese));
    assert_eq!(message.len(), size, "an exact size");
    message
}

/// A reply with that much filler in it.
pub fn reply(kind: Kind, filler: &str) -> Reply {
    match kind {
        Kind::Ascii | Kind::Mixed => Reply::text(filler),
        Kind::Nested => {
            let article = |index| {
                let article = Article::new(format!("Article {index}"))
                    .description(if index == 0 { filler } else { "" })
                    .pic_url("https://a.b/1.png");
                article.url("https://a.b/1")
            };
            Reply::News { articles: (0..4).map(article).collect() }
        }
    }
}

/// Text of `length` bytes, about `chinese` of them in Chinese characters, evenly mixed.
pub fn filler(length: usize, chinese: usize) -> String {
    let mut chinese_left = chinese.min(length) / 3;
    let mut ascii_left = length - 3 * chinese_left;
    let mut characters = "您好请问这个订单什么时候发货谢谢我已经等了三天还没有收到".chars().cycle();
    let mut letters = "Order 20240425-0017 of size XL in blue, please. ".chars().cycle();
    let letters_a_run = (4 * ascii_left).checked_div(chinese_left).unwrap_or(ascii_left);
    let mut text = String::with_capacity(length);
    while chinese_left + ascii_left > 0 {
        let run = chinese_left.min(4);
        text.extend(characters.by_ref().take(run));
        chinese_left -= run;
        let run = if chinese_left == 0 { ascii_left } else { ascii_left.min(letters_a_run) };
        text.extend(letters.by_ref().take(run));
        ascii_left -= run;
    }
    text
}

/// A text with `fields` fields on its top level.
pub fn with_fields(format: Format, fields: usize, size: usize) -> String {
    let document = |filler: &str| {
        let mut all = vec![("MsgType", "text"), ("Content", filler)];
        let names: Vec<_> = (5..fields).map(|index| format!("Extra{index}")).collect();
        all.extend(names.iter().map(|name| (name.as_str(), "x")));
        envelope(format, &all, "")
    };
    let room = size.checked_sub(document("").len()).expect("the size leaves room for the fields");
    document(&filler(room, size / 3))
}

fn text(format: Format, content: &str) -> String {
    let id = match format {
        Format::Xml => "<MsgId>24538193712398412</MsgId>\n",
        _ => ",\"MsgId\":24538193712398412",
    };
    envelope(format, &[("MsgType", "text"), ("Content", content)], id)
}

fn pic_weixin(format: Format, pictures: usize, event_key: &str) -> String {
    let sums: Vec<_> = (0..pictures).map(|index| format!("{:032x}", 0x5a75_aaca * index)).collect();
    let pictures = match format {
        Format::Xml => {
            let item = |sum| format!("<item><PicMd5Sum><![CDATA[{sum}]]></PicMd5Sum>\n</item>\n");
            format!(
                "<SendPicsInfo><Count>{pictures}</Count>\n<PicList>{}</PicList>\n</SendPicsInfo>\n",
                sums.iter().map(item).collect::<String>()
            )
        }
        _ => {
            let items: Vec<_> =
                sums.iter().map(|sum| format!("{{\"PicMd5Sum\":\"{sum}\"}}")).collect();
            format!(",\"SendPicsInfo\":{{\"Count\":{pictures},\"PicList\":[{}]}}", items.join(","))
        }
    };
    let fields = [("MsgType", "event"), ("Event", "pic_weixin"), ("EventKey", event_key)];
    envelope(format, &fields, &pictures)
}

/// The layout is that of WeChat's servers: a line break after each element, none in JSON.
fn envelope(format: Format, fields: &[(&str, &str)], rest: &str) -> String {
    let parties = [("ToUserName", TO_USER_NAME), ("FromUserName", FROM_USER_NAME)];
    let written = |fields: &[(&str, &str)]| {
        let field = |(name, value): &(&str, &str)| match format {
            Format::Xml => format!("<{name}><![CDATA[{value}]]></{name}>\n"),
            _ => format!(",\"{name}\":\"{value}\""),
        };
        fields.iter().map(field).collect::<String>()
    };
    let (parties, fields) = (written(&parties), written(fields));
    match format {
        Format::Xml => {
            format!("<xml>{parties}<CreateTime>1714037059</CreateTime>\n{fields}{rest}</xml>")
        }
        _ => format!("{{{},\"CreateTime\":1714037059{fields}{rest}}}", &parties[1..]),
    }
}
