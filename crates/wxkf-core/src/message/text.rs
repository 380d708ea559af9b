use alloc::string::String;
use alloc::vec::Vec;

use unicode_segmentation::UnicodeSegmentation as _;

use crate::error::{Code, Error};

/// The longest text, in bytes of UTF-8, that the platform took when it was measured (45002 above).
/// Its pages name no limit.
pub const MAX_TEXT_BYTES: usize = 2048;

/// A link in a text that opens a page of a mini program (跳小程序的文字链):
/// `<a href="…" data-miniprogram-appid="…" data-miniprogram-path="…">label</a>`.
///
/// An official account links to mini programs that are bound to it, a mini program to itself (45086
/// otherwise). A client that does not know such links opens the `href`. Page 发送客服消息, read
/// 2026-11-21.
///
/// ```
/// use wxkf_core::text::mini_program_link;
///
/// let link = mini_program_link("下单", "http://www.qq.com", "wx0123456789abcdef", "pages/index/index?x=1")?;
/// assert_eq!(link, "<a href=\"http://www.qq.com\" data-miniprogram-appid=\"wx0123456789abcdef\" \
///     data-miniprogram-path=\"pages/index/index?x=1\">下单</a>");
/// assert!(mini_program_link("a</a>", "http://www.qq.com", "wx0", "pages/index/index").is_err());
/// # Ok::<(), wxkf_core::Error>(())
/// ```
///
/// # Errors
/// [`Code::RequestFieldInvalid`] for a part that is empty, or that holds what would end it: `<` and
/// `>` anywhere, quotes, blanks and line breaks outside the label. Nothing is escaped, as the page
/// knows of no escapes.
pub fn mini_program_link(
    label: &str,
    href: &str,
    appid: &str,
    path: &str,
) -> Result<String, Error> {
    check("label", label, |character| character.is_control())?;
    for (name, value) in [("href", href), ("appid", appid), ("path", path)] {
        check(name, value, ends_an_attribute)?;
    }
    let parts = [
        "<a href=\"",
        href,
        "\" data-miniprogram-appid=\"",
        appid,
        "\" data-miniprogram-path=\"",
        path,
        "\">",
        label,
        "</a>",
    ];
    Ok(parts.concat())
}

/// A link in a text that acts as an item of a menu: a tap sends `content`, with `id` as
/// `bizmsgmenuid`. No page documents it; it was seen to work.
///
/// ```
/// assert_eq!(
///     wxkf_core::text::menu_link("满意", "满意", "101")?,
///     "<a href=\"weixin://bizmsgmenu?msgmenucontent=满意&msgmenuid=101\">满意</a>",
/// );
/// # Ok::<(), wxkf_core::Error>(())
/// ```
///
/// # Errors
/// [`Code::RequestFieldInvalid`] for a part that is empty, or that holds what would end it: `<` and
/// `>` anywhere; quotes, blanks, line breaks, `&`, `#` and `%` outside the label.
pub fn menu_link(label: &str, content: &str, id: &str) -> Result<String, Error> {
    let ends = |character| ends_an_attribute(character) || matches!(character, '&' | '#' | '%');
    check("label", label, |character| character.is_control())?;
    check("content", content, ends)?;
    check("id", id, ends)?;
    let parts = [
        "<a href=\"weixin://bizmsgmenu?msgmenucontent=",
        content,
        "&msgmenuid=",
        id,
        "\">",
        label,
        "</a>",
    ];
    Ok(parts.concat())
}

fn ends_an_attribute(character: char) -> bool {
    character == '"' || character.is_whitespace() || character.is_control()
}

fn check(name: &'static str, value: &str, is_wrong: impl Fn(char) -> bool) -> Result<(), Error> {
    let is_wrong = |character| matches!(character, '<' | '>') || is_wrong(character);
    if value.is_empty() || value.contains(is_wrong) {
        return Err(Error::new(Code::RequestFieldInvalid).field_named(name));
    }
    Ok(())
}

/// A text in parts: see [`split`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Split<'t> {
    /// The parts, in order. Each costs one message of what the user may be sent.
    pub parts: Vec<&'t str>,
    /// What is left after them; often empty.
    pub rest: &'t str,
}

/// Splits a text into at most `max_parts` parts of at most `max_bytes` bytes of UTF-8 each.
///
/// It takes as few parts as there can be, as each costs a message, and of the places to cut the best,
/// and of those the last: between paragraphs, lines, sentences, words, and then anywhere but inside
/// what a reader takes for one character, or inside a link (`<a …>…</a>`). If something has to wait,
/// each part is at least half full. Parts and rest together are the text, byte by byte.
///
/// The rest begins with what does not fit into any part, if there is such a thing. White space that
/// does not fit behind the last word is left there, too: it would be a message of nothing.
///
/// ```
/// use wxkf_core::text::split;
///
/// let split = split("第一段。\n第二段。\n第三段。", 20, 1);
/// assert_eq!(split.parts, ["第一段。\n"]);
/// assert_eq!(split.rest, "第二段。\n第三段。");
/// ```
#[must_use]
pub fn split(text: &str, max_bytes: usize, max_parts: usize) -> Split<'_> {
    let places = Places::of(text, max_bytes);
    let mut parts = Vec::new();
    let mut start = 0;
    match places.earliest_cuts(max_bytes, max_parts) {
        // All fits: cut where it reads best, but never so early that another part is needed.
        Some(earliest) => {
            for least in earliest {
                let cut = places.best(text, least, start, max_bytes);
                parts.extend(text.get(start..cut));
                start = cut;
            }
        }
        // The rest has to wait. A part that is at least half full makes something of its message.
        None => {
            while parts.len() < max_parts {
                let least = start.saturating_add(max_bytes.div_ceil(2));
                let cut = places.best(text, least, start, max_bytes);
                if cut == start {
                    break;
                }
                parts.extend(text.get(start..cut));
                start = cut;
            }
            while let Some(part) = parts.pop_if(|part| part.trim().is_empty()) {
                start = start.saturating_sub(part.len());
            }
        }
    }
    Split { parts, rest: text.get(start..).unwrap_or_default() }
}

/// Where a text may be cut, in order; the first place is 0. They end before the first piece that is
/// larger than a part.
struct Places {
    all: Vec<usize>,
    /// The first of them with nothing but white space behind it.
    words_end: usize,
}

impl Places {
    fn of(text: &str, max_bytes: usize) -> Self {
        let mut links = links(text).into_iter().peekable();
        let mut all = alloc::vec![0];
        let mut last = 0;
        let ends = text.grapheme_indices(true).map(|(at, piece)| at.saturating_add(piece.len()));
        for end in ends {
            while links.next_if(|(_, link_end)| *link_end <= end).is_some() {}
            if links.peek().is_some_and(|(link_start, _)| *link_start < end) {
                continue;
            }
            if end.saturating_sub(last) > max_bytes {
                break;
            }
            all.push(end);
            last = end;
        }
        let mut places = Self { all, words_end: 0 };
        let words = text.get(..places.end()).unwrap_or_default().trim_end();
        places.words_end = places.at_or_after(words.len());
        places
    }

    fn end(&self) -> usize {
        self.all.last().copied().unwrap_or_default()
    }

    /// The last place at or before that one.
    fn at_or_before(&self, at: usize) -> usize {
        let count = self.all.partition_point(|place| *place <= at);
        self.all.get(count.saturating_sub(1)).copied().unwrap_or_default()
    }

    /// The first place at or after that one.
    fn at_or_after(&self, at: usize) -> usize {
        let count = self.all.partition_point(|place| *place < at);
        self.all.get(count).copied().unwrap_or_else(|| self.end())
    }

    /// For each of as few parts as there can be, the earliest place for it to end so that the others
    /// suffice; `None` if it takes more than `max_parts`.
    fn earliest_cuts(&self, max_bytes: usize, max_parts: usize) -> Option<Vec<usize>> {
        let mut cuts = Vec::new();
        let mut place = self.words_end;
        while place > 0 {
            if cuts.len() >= max_parts {
                return None;
            }
            cuts.push(place);
            place = self.at_or_after(place.saturating_sub(max_bytes));
        }
        cuts.reverse();
        Some(cuts)
    }

    /// The place from `least` on that reads best, for a part that begins at `start`.
    fn best(&self, text: &str, least: usize, start: usize, max_bytes: usize) -> usize {
        let most = self.at_or_before(start.saturating_add(max_bytes));
        if most >= self.words_end {
            return most;
        }
        // A part of nothing but white space comes last.
        let part = text.get(start..most).unwrap_or_default();
        let blank = part.len().saturating_sub(part.trim_start().len());
        let blank_end = start.saturating_add(blank);
        let from = self.all.partition_point(|place| *place < least);
        let to = self.all.partition_point(|place| *place <= most);
        let window = self.all.get(from..to).unwrap_or_default().iter().copied();
        let best = window.max_by_key(|place| (*place > blank_end, rank(text, *place), *place));
        best.unwrap_or(most)
    }
}

/// How well a text reads that is cut there.
fn rank(text: &str, at: usize) -> u8 {
    let Some((before, after)) = text.split_at_checked(at) else { return 0 };
    // White space and closing marks belong to what they follow.
    let belongs_before = |character: char| {
        character.is_whitespace() || "”’」』）】》)]}\"'。！？；，、：…,.!?;:".contains(character)
    };
    if after.starts_with(belongs_before) {
        return 0;
    }
    let words = before.trim_end_matches([' ', '\t', '\u{3000}']);
    let lines = words.trim_end();
    let breaks = words.get(lines.len()..).unwrap_or_default().matches('\n').count();
    let sentence = lines.trim_end_matches(['”', '’', '」', '』', '）', '】', '》', ')', '"']);
    match (breaks, words.len() < before.len()) {
        (2.., _) => 4,
        (1, _) => 3,
        _ if sentence.ends_with(['。', '！', '？', '；', '…']) => 2,
        (_, true) if sentence.ends_with(['.', '!', '?', ';']) => 2,
        (_, true) => 1,
        _ if words.ends_with(['，', '、', '：', ',', '>']) || after.starts_with('<') => 1,
        _ => 0,
    }
}

/// Where the links of a text begin and end. A link that is not closed is none.
fn links(text: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut links = Vec::new();
    let mut open = None;
    for at in memchr::memchr_iter(b'<', bytes) {
        match bytes.get(at.saturating_add(1)..).unwrap_or_default() {
            [b'a' | b'A', after, ..] if after.is_ascii_whitespace() || *after == b'>' => {
                open = open.or(Some(at));
            }
            [b'/', b'a' | b'A', rest @ ..] => {
                let blanks = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
                if rest.get(blanks) == Some(&b'>') {
                    let end = at.saturating_add(blanks).saturating_add("</a>".len());
                    links.extend(open.take().map(|start| (start, end)));
                }
            }
            _ => {}
        }
    }
    links
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_come_before_lines_sentences_and_words() {
        for (text, expected) in [
            ("a\n\n|b", 4),
            ("a\r\n\r\n|b", 4),
            ("a\n \n|b", 4),
            ("a\n|b", 3),
            ("a.\n  |b", 3),
            ("好。|然后", 2),
            ("“好。”|然后", 2),
            ("好！|然后", 2),
            ("好； |然后", 2),
            ("Fine. |Then", 2),
            ("\"Fine.\" |Then", 2),
            ("Fine? |Then", 2),
            ("Fine.|Then", 0),
            ("a |b", 1),
            ("a\u{3000}|b", 1),
            ("a, |b", 1),
            ("好，|然后", 1),
            ("a|<a href=\"x\">b</a>", 1),
            ("<a href=\"x\">b</a>|a", 1),
            ("a|b", 0),
            ("字|字", 0),
            // White space and closing marks stay with what they follow.
            ("a| b", 0),
            ("a\n|\nb", 0),
            ("a |\nb", 0),
            ("好|。", 0),
            ("“好。|”", 0),
            ("a|, b", 0),
        ] {
            let (before, after) = text.split_once('|').unwrap();
            let text = [before, after].concat();
            assert_eq!(rank(&text, before.len()), expected, "{before:?} | {after:?}");
        }
    }

    #[test]
    fn a_link_is_an_element_that_is_closed() {
        for (text, expected) in [
            ("<a>b</a>", &[(0, 8)][..]),
            (" <A href='x'>b</ A><a\n>c</a \t>", &[(1, 30)]),
            ("1<A\u{c}>b</A >2<a x>c</a>3", &[(1, 11), (12, 22)]),
            ("<a>b<a>c</a>d</a>", &[(0, 12)]),
            ("<abbr>b</a>", &[]),
            ("<a/>b</a>", &[]),
            ("<b>b</a>", &[]),
            ("<a>b</abbr>", &[]),
            ("<a>b", &[]),
            ("<a", &[]),
            ("<", &[]),
        ] {
            assert_eq!(links(text), expected, "{text}");
        }
    }
}
