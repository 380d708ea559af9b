//! How the two formats are spelt.

use alloc::string::String;

use super::{Format, any_byte, find_cdata_end};

/// What stands around values, and between them.
pub(super) trait Markup {
    const NULL: &'static str;
    const TEXT: [&'static str; 2];
    const OBJECT: [&'static str; 2];
    const LIST: [&'static str; 2];
    const ITEM: [&'static str; 2];
    const COMMA: &'static str;

    /// A text, however much of it has to be escaped.
    fn text(out: &mut String, text: &str);

    /// What stands before a value of that name.
    fn open(out: &mut String, name: &str);

    /// What stands behind it.
    fn close(out: &mut String, name: &str);

    /// What is remembered of a name until its value is written.
    type Key: AsRef<str> + Default;

    /// Makes what stands before a value of the name that was written at the end, as JSON. Gives what to
    /// [close](Self::close) it with.
    fn name(out: &mut String, at: usize) -> Self::Key;
}

pub(super) struct JsonMarkup;

impl Markup for JsonMarkup {
    const NULL: &'static str = "null";
    const TEXT: [&'static str; 2] = ["\"", "\""];
    const OBJECT: [&'static str; 2] = ["{", "}"];
    const LIST: [&'static str; 2] = ["[", "]"];
    const ITEM: [&'static str; 2] = ["", ""];
    const COMMA: &'static str = ",";

    fn text(out: &mut String, text: &str) {
        out.reserve(text.len().saturating_add(2));
        out.push('"');
        let mut rest = text;
        // Most texts have nothing to escape: every byte is looked at, many at once.
        let mut has_special = any_byte(text, is_special);
        while has_special {
            let Some(at) = rest.bytes().position(is_special) else { break };
            let (before, special) = rest.split_at_checked(at).unwrap_or((rest, ""));
            out.push_str(before);
            let Some(byte) = special.bytes().next() else { break };
            out.push('\\');
            match byte {
                b'"' | b'\\' => out.push(char::from(byte)),
                0x8 => out.push('b'),
                0xc => out.push('f'),
                b'\n' => out.push('n'),
                b'\r' => out.push('r'),
                b'\t' => out.push('t'),
                _ => {
                    out.push_str("u00");
                    write_hex(out, byte);
                }
            }
            rest = special.get(1..).unwrap_or_default();
            has_special = !rest.is_empty();
        }
        out.push_str(rest);
        out.push('"');
    }

    fn open(out: &mut String, name: &str) {
        Self::text(out, name);
        out.push(':');
    }

    fn close(_: &mut String, _: &str) {}

    /// Nothing is closed by its name.
    type Key = &'static str;

    fn name(out: &mut String, at: usize) -> Self::Key {
        match out.get(at..).is_some_and(|name| name.starts_with('"')) {
            true => out.push(':'),
            false => {
                let name = out.split_off(at);
                Self::open(out, &name);
            }
        }
        ""
    }
}

pub(super) struct XmlMarkup;

/// Every text is a CDATA section, and the entries of a list are `<item>`s.
impl Markup for XmlMarkup {
    const NULL: &'static str = "";
    const TEXT: [&'static str; 2] = ["<![CDATA[", "]]>"];
    const OBJECT: [&'static str; 2] = ["", ""];
    const LIST: [&'static str; 2] = ["", ""];
    const ITEM: [&'static str; 2] = ["<item>", "</item>"];
    const COMMA: &'static str = "";

    fn text(out: &mut String, text: &str) {
        out.push_str(Self::TEXT[0]);
        let mut rest = text;
        while let Some(at) = find_cdata_end(rest) {
            // The end mark cannot stand in a section, so two sections share it.
            let (piece, after) = rest.split_at_checked(at.saturating_add(2)).unwrap_or_default();
            out.extend([piece, "]]><![CDATA["]);
            rest = after;
        }
        out.extend([rest, Self::TEXT[1]]);
    }

    fn open(out: &mut String, name: &str) {
        out.extend(["<", name, ">"]);
    }

    fn close(out: &mut String, name: &str) {
        out.extend(["</", name, ">"]);
    }

    type Key = String;

    fn name(out: &mut String, at: usize) -> String {
        let name: String = out.split_off(at).trim_matches('"').into();
        Self::open(out, &name);
        name
    }
}

const fn is_special(byte: u8) -> bool {
    (byte < b' ') | (byte == b'"') | (byte == b'\\')
}

/// Two hexadecimal digits, in lower case.
pub(crate) fn write_hex(out: &mut String, byte: u8) {
    for digit in [byte >> 4, byte & 15] {
        out.push(char::from_digit(digit.into(), 16).unwrap_or_default());
    }
}

/// Decimal digits.
pub(crate) fn decimal(number: u64) -> String {
    itoa::Buffer::new().format(number).into()
}

/// Whether a document of that format can hold every character of the text. XML 1.0 has no way to
/// write most control characters, and U+0000 ends a text for too many readers of either.
pub(crate) fn can_carry(format: Format, text: &str) -> bool {
    let bytes = text.as_bytes();
    if format != Format::Xml {
        return memchr::memchr(0, bytes).is_none();
    }
    // A byte below a blank is a character of its own. Every one is looked at, many at once.
    let is_control = |byte: u8| (byte < b' ') & (byte != b'\t') & (byte != b'\n') & (byte != b'\r');
    let has_control = any_byte(text, is_control);
    let is_noncharacter = |at| matches!(bytes.get(at..), Some([0xef, 0xbf, 0xbe | 0xbf, ..]));
    !has_control && !memchr::memchr_iter(0xef, bytes).any(is_noncharacter)
}

#[cfg(test)]
mod tests {
    use alloc::collections::BTreeMap;
    use alloc::string::String;

    use super::super::{Format, push_document};

    /// No reply has a map; who serializes one gets it all the same.
    #[test]
    fn a_map_is_written_by_its_keys() {
        let map = BTreeMap::from([("A", "1"), ("B", "]]>")]);
        let written = |format| {
            let mut out = String::new();
            push_document(&mut out, format, &map);
            out
        };
        assert_eq!(written(Format::Json), r#"{"A":"1","B":"]]>"}"#);
        assert_eq!(
            written(Format::Xml),
            "<xml><A><![CDATA[1]]></A><B><![CDATA[]]]]><![CDATA[>]]></B></xml>"
        );
    }
}
