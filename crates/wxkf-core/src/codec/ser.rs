//! Writing. A value says once what it holds, by [`serde::Serialize`]; this is the serializer that writes
//! it: JSON, or the XML of a passive reply.
//!
//! It is our own, because a number of the platform's keeps its exact text in our JSON, and no general
//! serializer takes one that is neither a `u64` nor an `i64` nor an `f64`: see [`Number`]. Another one
//! may be given any of our values all the same.

use alloc::string::String;
use core::any::type_name;
use core::fmt::{self, Display, Write as _};
use core::marker::PhantomData;

use serde::ser::{self, Serialize, Serializer};

use super::Format;
use super::json::is_number;
use super::write::{JsonMarkup, Markup, XmlMarkup};

/// A value as JSON: compact, raw UTF-8 with no more escapes than there have to be, and every number of a
/// [`Node`](crate::Node) as it was written.
///
/// A key that is no text becomes one, and so does what JSON has no word for: a number that is none is
/// `null`. All values of this crate can be written; what another one's `Serialize` refuses is `null`, too.
///
/// ```
/// let push = wxkf_core::Inbound::decode_unverified(br#"{"MsgType":"text","price":1.50}"#)?;
/// assert_eq!(wxkf_core::to_json(&push.tree()), r#"{"MsgType":"text","price":1.50}"#);
/// # Ok::<(), wxkf_core::Error>(())
/// ```
#[must_use]
pub fn to_json(value: &(impl Serialize + ?Sized)) -> String {
    let mut json = String::with_capacity(ROOM);
    push_json(&mut json, value);
    json
}

/// Most answers of a state machine take less.
const ROOM: usize = 128;

/// The same behind a text: for one that has room already, or begins with something else.
pub fn push_json(out: &mut String, value: &(impl Serialize + ?Sized)) {
    let before = out.len();
    if value.serialize(Writer::<JsonMarkup>::new(out)).is_err() {
        out.truncate(before);
        out.push_str(JsonMarkup::NULL);
    }
}

/// Writes a document that WeChat reads behind a text: a root with the members of a struct.
pub(crate) fn push_document(out: &mut String, format: Format, value: &impl Serialize) {
    match format {
        Format::Json => push_json(out, value),
        Format::Xml => {
            out.push_str("<xml>");
            // Fails for no value of ours.
            let _ = value.serialize(Writer::<XmlMarkup>::new(out));
            out.push_str("</xml>");
        }
    }
}

/// A number of JSON, by its exact text. Our own serializer is given the text, and writes it bare; any other
/// one the narrowest number that is written with this very text, or else the text, too.
#[derive(Clone, Copy)]
pub(crate) struct Number<'a>(pub(crate) &'a str);

/// Tells our own serializer that a text is a number. To any other one it is a name that nobody reads.
const NUMBER: &str = "Number";

impl Serialize for Number<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(text) = *self;
        // Besides, a module in which nobody else serializes does without the tables of powers by which
        // floating numbers are read and written: a tenth of its size.
        if is_ours::<S>() {
            return serializer.serialize_newtype_struct(NUMBER, text);
        }
        if let Ok(number) = text.parse() {
            return serializer.serialize_u64(number);
        }
        // JSON has a zero below zero, and no other whole number with two spellings.
        if let Some(number) = text.parse().ok().filter(|number| *number != 0) {
            return serializer.serialize_i64(number);
        }
        match text.parse().ok().filter(|number| is_written(*number, text)) {
            Some(number) => serializer.serialize_f64(number),
            None => serializer.serialize_newtype_struct(NUMBER, text),
        }
    }
}

/// Whether that is the serializer in here. One of another crate has another path, and if it had not, it
/// would be given texts.
fn is_ours<S>() -> bool {
    [type_name::<Writer<'_, JsonMarkup>>(), type_name::<Writer<'_, XmlMarkup>>()]
        .contains(&type_name::<S>())
}

/// Whether that is how the number is written.
fn is_written(number: f64, text: &str) -> bool {
    struct Rest<'a>(&'a str);

    impl fmt::Write for Rest<'_> {
        fn write_str(&mut self, piece: &str) -> fmt::Result {
            self.0 = self.0.strip_prefix(piece).ok_or(fmt::Error)?;
            Ok(())
        }
    }

    let mut rest = Rest(text);
    write!(rest, "{number:?}").is_ok() && rest.0.is_empty()
}

/// What a `Serialize` that is not ours may say instead of a value.
#[derive(Debug)]
struct Refused;

impl Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("refused by its own `Serialize`")
    }
}

impl ser::StdError for Refused {}

impl ser::Error for Refused {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}

type Done = Result<(), Refused>;

/// Writes one value.
struct Writer<'o, M> {
    out: &'o mut String,
    markup: PhantomData<M>,
}

impl<'o, M: Markup> Writer<'o, M> {
    const fn new(out: &'o mut String) -> Self {
        Self { out, markup: PhantomData }
    }

    fn word(self, word: &str) -> Done {
        self.out.push_str(word);
        Ok(())
    }

    fn int(self, number: impl itoa::Integer) -> Done {
        self.word(itoa::Buffer::new().format(number))
    }

    fn object(self, variant: Option<&'static str>) -> Result<Inside<'o, M>, Refused> {
        Ok(self.inside(variant, M::OBJECT))
    }

    fn list(self, variant: Option<&'static str>) -> Result<Inside<'o, M>, Refused> {
        Ok(self.inside(variant, M::LIST))
    }

    /// What is named after a variant stands in an object of its own.
    fn inside(
        self,
        variant: Option<&'static str>,
        [open, close]: [&'static str; 2],
    ) -> Inside<'o, M> {
        if let Some(variant) = variant {
            self.out.push_str(M::OBJECT[0]);
            M::open(self.out, variant);
        }
        self.out.push_str(open);
        Inside { out: self.out, is_first: true, key: M::Key::default(), close, variant }
    }
}

impl<'o, M: Markup> Serializer for Writer<'o, M> {
    type Ok = ();
    type Error = Refused;
    type SerializeSeq = Inside<'o, M>;
    type SerializeTuple = Inside<'o, M>;
    type SerializeTupleStruct = Inside<'o, M>;
    type SerializeTupleVariant = Inside<'o, M>;
    type SerializeMap = Inside<'o, M>;
    type SerializeStruct = Inside<'o, M>;
    type SerializeStructVariant = Inside<'o, M>;

    fn serialize_bool(self, flag: bool) -> Done {
        self.word(if flag { "true" } else { "false" })
    }

    fn serialize_i8(self, number: i8) -> Done {
        self.int(number)
    }

    fn serialize_i16(self, number: i16) -> Done {
        self.int(number)
    }

    fn serialize_i32(self, number: i32) -> Done {
        self.int(number)
    }

    fn serialize_i64(self, number: i64) -> Done {
        self.int(number)
    }

    fn serialize_i128(self, number: i128) -> Done {
        self.int(number)
    }

    fn serialize_u8(self, number: u8) -> Done {
        self.int(number)
    }

    fn serialize_u16(self, number: u16) -> Done {
        self.int(number)
    }

    fn serialize_u32(self, number: u32) -> Done {
        self.int(number)
    }

    fn serialize_u64(self, number: u64) -> Done {
        self.int(number)
    }

    fn serialize_u128(self, number: u128) -> Done {
        self.int(number)
    }

    fn serialize_f32(self, number: f32) -> Done {
        match number.is_finite() {
            true => write!(self.out, "{number:?}").map_err(|_| Refused),
            false => self.serialize_unit(),
        }
    }

    fn serialize_f64(self, number: f64) -> Done {
        match number.is_finite() {
            true => write!(self.out, "{number:?}").map_err(|_| Refused),
            false => self.serialize_unit(),
        }
    }

    fn serialize_char(self, character: char) -> Done {
        self.serialize_str(character.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, text: &str) -> Done {
        M::text(self.out, text);
        Ok(())
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Done {
        self.collect_seq(bytes)
    }

    fn serialize_none(self) -> Done {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Done {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Done {
        self.word(M::NULL)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Done {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Done {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Done {
        let at = self.out.len();
        value.serialize(Writer::<M>::new(self.out))?;
        let [open, close] = M::TEXT;
        let written = self.out.get(at..).unwrap_or_default();
        let text = written.strip_prefix(open).and_then(|text| text.strip_suffix(close));
        // Whoever else has a type of that name writes no more than a number with it.
        if name == NUMBER && text.is_some_and(is_number) {
            self.out.truncate(self.out.len().saturating_sub(close.len()));
            self.out.replace_range(at..at.saturating_add(open.len()), "");
        }
        Ok(())
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Done {
        let mut object = self.object(None)?;
        object.member(variant, value)?;
        object.finish()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Inside<'o, M>, Refused> {
        self.list(None)
    }

    fn serialize_tuple(self, _: usize) -> Result<Inside<'o, M>, Refused> {
        self.list(None)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Inside<'o, M>, Refused> {
        self.list(None)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Inside<'o, M>, Refused> {
        self.list(Some(variant))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Inside<'o, M>, Refused> {
        self.object(None)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Inside<'o, M>, Refused> {
        self.object(None)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Inside<'o, M>, Refused> {
        self.object(Some(variant))
    }
}

/// Writes what stands in an object or a list.
struct Inside<'o, M: Markup> {
    out: &'o mut String,
    is_first: bool,
    /// What is left of the name of the value that comes next, in a map.
    key: M::Key,
    close: &'static str,
    variant: Option<&'static str>,
}

impl<M: Markup> Inside<'_, M> {
    fn separate(&mut self) {
        if !self.is_first {
            self.out.push_str(M::COMMA);
        }
        self.is_first = false;
    }

    fn name(&mut self, name: &str) {
        self.separate();
        M::open(self.out, name);
    }

    fn member<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Done {
        self.name(name);
        value.serialize(Writer::<M>::new(self.out))?;
        M::close(self.out, name);
        Ok(())
    }

    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        self.separate();
        self.out.push_str(M::ITEM[0]);
        value.serialize(Writer::<M>::new(self.out))?;
        self.out.push_str(M::ITEM[1]);
        Ok(())
    }

    fn finish(self) -> Done {
        self.out.push_str(self.close);
        if let Some(variant) = self.variant {
            M::close(self.out, variant);
            self.out.push_str(M::OBJECT[1]);
        }
        Ok(())
    }
}

impl<M: Markup> ser::SerializeSeq for Inside<'_, M> {
    type Ok = ();
    type Error = Refused;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        self.item(value)
    }

    fn end(self) -> Done {
        self.finish()
    }
}

impl<M: Markup> ser::SerializeTuple for Inside<'_, M> {
    type Ok = ();
    type Error = Refused;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        self.item(value)
    }

    fn end(self) -> Done {
        self.finish()
    }
}

impl<M: Markup> ser::SerializeTupleStruct for Inside<'_, M> {
    type Ok = ();
    type Error = Refused;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        self.item(value)
    }

    fn end(self) -> Done {
        self.finish()
    }
}

impl<M: Markup> ser::SerializeTupleVariant for Inside<'_, M> {
    type Ok = ();
    type Error = Refused;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        self.item(value)
    }

    fn end(self) -> Done {
        self.finish()
    }
}

impl<M: Markup> ser::SerializeMap for Inside<'_, M> {
    type Ok = ();
    type Error = Refused;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Done {
        self.separate();
        let at = self.out.len();
        key.serialize(Writer::<JsonMarkup>::new(self.out))?;
        self.key = M::name(self.out, at);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        value.serialize(Writer::<M>::new(self.out))?;
        M::close(self.out, self.key.as_ref());
        Ok(())
    }

    fn end(self) -> Done {
        self.finish()
    }
}

impl<M: Markup> ser::SerializeStruct for Inside<'_, M> {
    type Ok = ();
    type Error = Refused;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Done {
        self.member(name, value)
    }

    fn end(self) -> Done {
        self.finish()
    }
}

impl<M: Markup> ser::SerializeStructVariant for Inside<'_, M> {
    type Ok = ();
    type Error = Refused;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Done {
        self.member(name, value)
    }

    fn end(self) -> Done {
        self.finish()
    }
}
