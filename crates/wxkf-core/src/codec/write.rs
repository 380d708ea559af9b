//! Writing the two formats, element by element.

use alloc::string::String;
use core::fmt::Write as _;

use super::Format;

/// Writes a document of either format: a root with named elements in it.
pub(crate) struct Writer {
    out: String,
    format: Format,
    is_first: bool,
}

impl Writer {
    /// Begins a document that will take about `capacity` bytes.
    pub(crate) fn new(format: Format, capacity: usize) -> Self {
        let mut out = String::with_capacity(capacity);
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
            Format::Json => match serde_json::to_string(value) {
                Ok(quoted) => self.out.push_str(&quoted),
                Err(_) => self.out.push_str("\"\""), // a `str` always has a JSON spelling
            },
            Format::Xml => {
                self.out.push_str("<![CDATA[");
                for (index, piece) in value.split("]]>").enumerate() {
                    if index > 0 {
                        // The end mark cannot stand in a section, so two sections share it.
                        self.out.push_str("]]]]><![CDATA[>");
                    }
                    self.out.push_str(piece);
                }
                self.out.push_str("]]>");
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
    pub(crate) fn number(&mut self, name: &str, value: impl Into<i128>) {
        self.name(name);
        // Writing to a string cannot fail.
        let _ = write!(self.out, "{}", value.into());
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
    let is_beyond_xml = |c| matches!(c, '\u{1}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    !text.chars().any(|c| c == '\0' || (format == Format::Xml && is_beyond_xml(c)))
}
