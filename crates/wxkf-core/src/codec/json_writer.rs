//! JSON, written by hand: what a general serializer adds to a small module is larger than all that is
//! written with it.

use alloc::string::String;

use super::any_byte;

/// Writes one JSON text, value by value. Commas come by themselves; what is opened has to be closed.
///
/// ```
/// let mut json = wxkf_core::JsonWriter::default();
/// json.open('{').key("touser").text("o_1").key("sent").int(2).close('}');
/// assert_eq!(json.finish(), r#"{"touser":"o_1","sent":2}"#);
/// ```
#[derive(Clone, Debug, Default)]
pub struct JsonWriter {
    out: String,
}

impl JsonWriter {
    /// A writer with room for a text of so many bytes.
    #[must_use]
    pub fn with_capacity(bytes: usize) -> Self {
        Self { out: String::with_capacity(bytes) }
    }

    /// Opens an object with `{`, or a list with `[`.
    pub fn open(&mut self, bracket: char) -> &mut Self {
        self.separate();
        self.out.push(bracket);
        self
    }

    /// Closes what was opened, with `}` or `]`.
    pub fn close(&mut self, bracket: char) -> &mut Self {
        self.out.push(bracket);
        self
    }

    /// The name of the value that comes next.
    pub fn key(&mut self, name: &str) -> &mut Self {
        self.text(name);
        self.out.push(':');
        self
    }

    /// A text: raw UTF-8, with no more escapes than there have to be.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.separate();
        write_text(&mut self.out, text);
        self
    }

    /// A whole number.
    pub fn int(&mut self, number: i64) -> &mut Self {
        self.raw(itoa::Buffer::new().format(number))
    }

    /// A number that cannot be negative.
    pub fn number(&mut self, number: u64) -> &mut Self {
        self.raw(itoa::Buffer::new().format(number))
    }

    /// `true` or `false`.
    pub fn flag(&mut self, flag: bool) -> &mut Self {
        self.raw(if flag { "true" } else { "false" })
    }

    /// What is JSON already.
    pub fn raw(&mut self, json: &str) -> &mut Self {
        self.separate();
        self.out.push_str(json);
        self
    }

    /// A text, or `null`.
    pub fn maybe_text(&mut self, text: Option<&str>) -> &mut Self {
        match text {
            Some(text) => self.text(text),
            None => self.raw("null"),
        }
    }

    /// A number, or `null`.
    pub fn maybe_number(&mut self, number: Option<u64>) -> &mut Self {
        match number {
            Some(number) => self.number(number),
            None => self.raw("null"),
        }
    }

    /// The whole.
    #[must_use]
    pub fn finish(self) -> String {
        self.out
    }

    /// A comma, unless this is the first value of what was opened, or belongs to a name.
    fn separate(&mut self) {
        if !matches!(self.out.as_bytes().last(), None | Some(b'{' | b'[' | b':')) {
            self.out.push(',');
        }
    }
}

/// Writes a JSON string.
pub(crate) fn write_text(out: &mut String, text: &str) {
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

const fn is_special(byte: u8) -> bool {
    (byte < b' ') | (byte == b'"') | (byte == b'\\')
}
