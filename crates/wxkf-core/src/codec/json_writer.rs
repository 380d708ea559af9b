//! JSON, written by hand: what a general serializer adds to a small module is larger than all that is
//! written with it.

use alloc::string::String;

use super::any_byte;

/// Writes one JSON value, piece by piece. Commas come by themselves, and what is opened is closed: whatever
/// is called in whatever order, JSON comes out. What has no place is left out: a value without a name in an
/// object, a name in a list, a second value behind the first; a name without a value gets `null`.
///
/// ```
/// let mut json = wxkf_core::JsonWriter::default();
/// json.object(|json| {
///     json.key("touser").text("o_1").key("sent").list(|json| _ = json.int(2));
/// });
/// assert_eq!(json.finish(), r#"{"touser":"o_1","sent":[2]}"#);
/// ```
#[derive(Clone, Debug, Default)]
pub struct JsonWriter {
    out: String,
    place: Place,
}

/// What may come next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Place {
    /// The value.
    #[default]
    Beginning,
    /// A value of a list.
    List,
    /// A name in an object.
    Name,
    /// The value of the name that was just written.
    Value,
    /// Nothing.
    End,
}

impl JsonWriter {
    /// A writer with room for a text of so many bytes.
    #[must_use]
    pub fn with_capacity(bytes: usize) -> Self {
        Self { out: String::with_capacity(bytes), place: Place::Beginning }
    }

    /// An object, with what is written inside.
    pub fn object(&mut self, inside: impl FnOnce(&mut Self)) -> &mut Self {
        self.nest(['{', '}'], Place::Name, inside)
    }

    /// A list, with what is written inside.
    pub fn list(&mut self, inside: impl FnOnce(&mut Self)) -> &mut Self {
        self.nest(['[', ']'], Place::List, inside)
    }

    /// The name of the value that comes next, in an object.
    pub fn key(&mut self, name: &str) -> &mut Self {
        if self.place == Place::Value {
            self.raw("null");
        }
        if self.place == Place::Name {
            self.separate();
            write_text(&mut self.out, name);
            self.out.push(':');
            self.place = Place::Value;
        }
        self
    }

    /// A text: raw UTF-8, with no more escapes than there have to be.
    pub fn text(&mut self, text: &str) -> &mut Self {
        if self.begin() {
            write_text(&mut self.out, text);
        }
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

    /// What is one JSON value already.
    pub(crate) fn raw(&mut self, json: &str) -> &mut Self {
        if self.begin() {
            self.out.push_str(json);
        }
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

    /// The whole; `null` if nothing was written.
    #[must_use]
    pub fn finish(mut self) -> String {
        if self.place == Place::Beginning {
            self.raw("null");
        }
        self.out
    }

    fn nest(
        &mut self,
        [open, close]: [char; 2],
        place: Place,
        inside: impl FnOnce(&mut Self),
    ) -> &mut Self {
        if self.begin() {
            let around = core::mem::replace(&mut self.place, place);
            self.out.push(open);
            inside(self);
            if self.place == Place::Value {
                self.raw("null");
            }
            self.out.push(close);
            self.place = around;
        }
        self
    }

    /// Whether a value has a place here; its comma is written then, if it needs one.
    fn begin(&mut self) -> bool {
        match self.place {
            Place::Beginning => self.place = Place::End,
            Place::Value => self.place = Place::Name,
            Place::List => self.separate(),
            Place::Name | Place::End => return false,
        }
        true
    }

    /// A comma, unless this is the first thing inside.
    fn separate(&mut self) {
        if !matches!(self.out.as_bytes().last(), Some(b'{' | b'[')) {
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
