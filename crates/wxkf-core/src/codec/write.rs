//! Writing the two formats, element by element.

use alloc::string::String;

use super::{Format, any_byte, find_cdata_end, write_json_text};

/// Writes a document of either format: a root with named elements in it.
pub(crate) struct Writer {
    out: String,
    format: Format,
    is_first: bool,
}

impl Writer {
    /// Begins a document behind `room` bytes of U+0000, all of which will take about `capacity`.
    pub(crate) fn new(format: Format, room: usize, capacity: usize) -> Self {
        let mut out = String::with_capacity(capacity);
        out.extend(core::iter::repeat_n('\0', room));
        out.push_str(match format {
            Format::Json => "{",
            Format::Xml => "<xml>",
        });
        Self { out, format, is_first: true }
    }

    /// A text element: CDATA in XML, a string in JSON.
    pub(crate) fn text(&mut self, name: &str, value: &str) {
        self.name(name);
        match self.format {
            Format::Json => write_json_text(&mut self.out, value),
            Format::Xml => {
                self.out.push_str("<![CDATA[");
                let mut rest = value;
                while let Some(at) = find_cdata_end(rest) {
                    // The end mark cannot stand in a section, so two sections share it.
                    let (piece, after) =
                        rest.split_at_checked(at.saturating_add(2)).unwrap_or_default();
                    self.out.extend([piece, "]]><![CDATA["]);
                    rest = after;
                }
                self.out.extend([rest, "]]>"]);
            }
        }
        self.end(name);
    }

    /// A text element whose value is known to need no escaping, pushed by `write`.
    pub(crate) fn text_unescaped(&mut self, name: &str, write: impl FnOnce(&mut String)) {
        self.name(name);
        let (before, after) = match self.format {
            Format::Json => ("\"", "\""),
            Format::Xml => ("<![CDATA[", "]]>"),
        };
        self.out.push_str(before);
        write(&mut self.out);
        self.out.push_str(after);
        self.end(name);
    }

    /// A whole number.
    pub(crate) fn number(&mut self, name: &str, value: impl itoa::Integer) {
        self.name(name);
        self.out.push_str(itoa::Buffer::new().format(value));
        self.end(name);
    }

    /// An element with elements in it.
    pub(crate) fn element(&mut self, name: &str, inside: impl FnOnce(&mut Self)) {
        self.name(name);
        self.object(inside);
        self.end(name);
    }

    /// A list: `<item>` elements in XML, an array in JSON.
    pub(crate) fn list<T>(&mut self, name: &str, items: &[T], mut each: impl FnMut(&mut Self, &T)) {
        self.name(name);
        if self.format == Format::Json {
            self.out.push('[');
        }
        for (index, item) in items.iter().enumerate() {
            match self.format {
                Format::Json if index > 0 => self.out.push(','),
                Format::Json => {}
                Format::Xml => self.out.push_str("<item>"),
            }
            self.object(|writer| each(writer, item));
            if self.format == Format::Xml {
                self.out.push_str("</item>");
            }
        }
        if self.format == Format::Json {
            self.out.push(']');
        }
        self.end(name);
    }

    /// Ends the document.
    pub(crate) fn finish(mut self) -> String {
        self.out.push_str(match self.format {
            Format::Json => "}",
            Format::Xml => "</xml>",
        });
        self.out
    }

    fn object(&mut self, inside: impl FnOnce(&mut Self)) {
        if self.format == Format::Json {
            self.out.push('{');
        }
        self.is_first = true;
        inside(self);
        self.is_first = false;
        if self.format == Format::Json {
            self.out.push('}');
        }
    }

    fn name(&mut self, name: &str) {
        match self.format {
            Format::Json => {
                if !self.is_first {
                    self.out.push(',');
                }
                self.out.extend(["\"", name, "\":"]);
            }
            Format::Xml => self.out.extend(["<", name, ">"]),
        }
        self.is_first = false;
    }

    fn end(&mut self, name: &str) {
        if self.format == Format::Xml {
            self.out.extend(["</", name, ">"]);
        }
    }
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
