//! Reading what a program wrote: parameters, replies, policies.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::fmt;

use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::value::{Object, Value, at, inside, invalid};
use crate::codec::{MAX_DEPTH, MAX_JSON, MAX_NODES, significant};
use crate::error::Error;

impl<'de> Object<'de> {
    /// Reads a JSON object: texts and numbers are those of the text wherever they stand in it as they are.
    /// A name may stand once at every level, which an error says by its path; text that is no JSON object,
    /// holds U+0000, nests too deep or has too much in it is an error without one.
    pub(crate) fn from_json(json: &'de str) -> Result<Self, Error> {
        let text = significant(json);
        if !text.starts_with('{') {
            return Err(invalid("not a JSON object"));
        }
        if text.len() > MAX_JSON {
            return Err(invalid("too large"));
        }
        let mut reader = Reader::new(text);
        let mut json = serde_json::Deserializer::from_str(text);
        let value = reader.deserialize(&mut json).and_then(|value| json.end().map(|()| value));
        match value {
            Ok(Value::Object(object)) => object.names_differ().map(|()| object),
            // What serde_json says of the text may hold some of it.
            _ => Err(invalid(reader.refused.unwrap_or("not well-formed JSON"))),
        }
    }

    fn names_differ(&self) -> Result<(), Error> {
        for (name, value) in self.all_members() {
            value.names_differ().map_err(|error| inside(name, error))?;
        }
        let mut names: Vec<_> = self.all_members().map(|(name, _)| name).zip(0_u32..).collect();
        names.sort_unstable();
        let mut pairs = names.iter().zip(names.iter().skip(1));
        match pairs.find(|((one, _), (other, _))| one == other) {
            Some(((name, _), _)) => Err(inside(name, invalid("given twice"))),
            None => Ok(()),
        }
    }
}

impl Value<'_> {
    fn names_differ(&self) -> Result<(), Error> {
        match self {
            Self::List(list) => list.iter().enumerate().try_for_each(|(index, value)| {
                value.names_differ().map_err(|error| at(index, error))
            }),
            Self::Object(object) => object.names_differ(),
            _ => Ok(()),
        }
    }
}

/// A text of JSON that stands alone.
pub(crate) fn lone_text(json: &str) -> Option<Cow<'_, str>> {
    let json = json.trim_ascii();
    let text = || Reader::new(json).unescaped::<serde_json::Error>(json).ok();
    json.starts_with('"').then(text).flatten()
}

/// Reads one value after another. serde_json says how a text is put together; of what has nothing in it
/// the very text is kept ([`RawValue`]), because serde_json knows of a number only what a `u64`, an `i64`
/// or an `f64` can say. So it has to be known what comes before it is asked for: that is why the reader
/// keeps up with it.
struct Reader<'de> {
    text: &'de str,
    /// Somewhere behind the last name or value, and before the next.
    at: usize,
    depth: usize,
    values: usize,
    /// Why one of our own rules ended it.
    refused: Option<&'static str>,
}

impl<'de> Reader<'de> {
    const fn new(text: &'de str) -> Self {
        Self { text, at: 0, depth: 0, values: 0, refused: None }
    }

    fn refuse<T, E: de::Error>(&mut self, why: &'static str) -> Result<T, E> {
        self.refused = Some(why);
        Err(E::custom(why))
    }

    /// The first byte of the value that comes next. Between two values stand marks and white space alone:
    /// serde_json has seen to that.
    fn next(&mut self) -> Option<u8> {
        let rest = self.text.as_bytes().get(self.at..)?;
        let is_between =
            |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b',' | b':' | b']' | b'}');
        let begin = rest.iter().position(|byte| !is_between(byte))?;
        self.at = self.at.saturating_add(begin);
        rest.get(begin).copied()
    }

    /// Goes behind a piece of the text.
    fn pass(&mut self, piece: &str) {
        let begin = piece.as_ptr().addr().saturating_sub(self.text.as_ptr().addr());
        self.at = begin.saturating_add(piece.len());
    }

    /// A text that serde_json has passed over: where nothing is escaped it is there already.
    fn string<E: de::Error>(&mut self, json: &'de str) -> Result<Cow<'de, str>, E> {
        let quoted = json.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
        match quoted.filter(|text| memchr::memchr(b'\\', text.as_bytes()).is_none()) {
            Some(text) => Ok(Cow::Borrowed(text)),
            None => self.unescaped(json),
        }
    }

    fn unescaped<E: de::Error>(&mut self, json: &'de str) -> Result<Cow<'de, str>, E> {
        let mut json = serde_json::Deserializer::from_str(json);
        match json.deserialize_any(self).and_then(|value| json.end().map(|()| value)) {
            Ok(Value::Text(text)) => Ok(text),
            _ => Err(E::custom("not a text")),
        }
    }
}

/// What has nothing in it is read by its text.
const ELSEWHERE: &str = "no object, list or text";

impl<'de> DeserializeSeed<'de> for &mut Reader<'de> {
    type Value = Value<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value<'de>, D::Error> {
        self.values = self.values.saturating_add(1);
        if self.values > MAX_NODES {
            return self.refuse("too many values");
        }
        let next = self.next();
        if let Some(b'{' | b'[') = next {
            if self.depth >= MAX_DEPTH {
                return self.refuse("nested too deep");
            }
            self.depth = self.depth.saturating_add(1);
            self.at = self.at.saturating_add(1);
            let value = deserializer.deserialize_any(&mut *self);
            self.depth = self.depth.saturating_sub(1);
            return value;
        }
        let json = <&RawValue>::deserialize(deserializer)?.get();
        self.pass(json);
        Ok(match json {
            "null" => Value::Null,
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            text if text.starts_with('"') => Value::Text(self.string(text)?),
            number => Value::Number(Cow::Borrowed(number)),
        })
    }
}

/// It is asked for an object, a list or a text where there is one. For what never comes there are answers all the
/// same: those that serde has would say what came, and bring the printing of floating numbers into a small module.
impl<'de> Visitor<'de> for &mut Reader<'de> {
    type Value = Value<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object, a list or a text")
    }

    fn visit_bool<E: de::Error>(self, _: bool) -> Result<Value<'de>, E> {
        self.refuse(ELSEWHERE)
    }

    fn visit_i64<E: de::Error>(self, _: i64) -> Result<Value<'de>, E> {
        self.refuse(ELSEWHERE)
    }

    fn visit_u64<E: de::Error>(self, _: u64) -> Result<Value<'de>, E> {
        self.refuse(ELSEWHERE)
    }

    fn visit_f64<E: de::Error>(self, _: f64) -> Result<Value<'de>, E> {
        self.refuse(ELSEWHERE)
    }

    fn visit_unit<E: de::Error>(self) -> Result<Value<'de>, E> {
        self.refuse(ELSEWHERE)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Value<'de>, E> {
        match text.contains('\0') {
            true => self.refuse("U+0000"),
            false => Ok(Value::Text(Cow::Owned(text.into()))),
        }
    }

    fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Value<'de>, E> {
        Ok(Value::Text(Cow::Borrowed(text)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value<'de>, A::Error> {
        let mut object = Object::default();
        while let Some(name) = map.next_key::<&RawValue>()? {
            self.pass(name.get());
            let name = self.string(name.get())?;
            object.push(name, map.next_value_seed(&mut *self)?);
        }
        Ok(Value::Object(object))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value<'de>, A::Error> {
        let mut list = Vec::new();
        while let Some(value) = seq.next_element_seed(&mut *self)? {
            list.push(value);
        }
        Ok(Value::List(list))
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use super::*;

    fn read(json: &str) -> String {
        match Object::from_json(json) {
            Ok(object) => crate::to_json(&object),
            Err(error) => {
                [error.field().unwrap_or("-"), ": ", error.detail().unwrap_or("-")].concat()
            }
        }
    }

    /// Whatever stands between two values, the reader knows which comes next.
    #[test]
    fn what_was_read_is_written_as_it_was() {
        for json in [
            r#"{}"#,
            r#"{"a":{}}"#,
            r#"{"a":[],"b":[[],[{}],{}],"c":0}"#,
            r#"{"a":[[["x"]],"]","}",[{"b":{"c":[1]}},2]],"d":{"e":{"f":true}},"g":"{["}"#,
            r#"{"n":[1.50,1e400,-0,12345678901234567890123,0.1e-7],"":"","\"":"\\"}"#,
            r#"{"你":"好","\u0001":["\u0002"]}"#,
        ] {
            assert_eq!(read(json), json);
            let (mut wide, mut in_text) = (String::new(), false);
            for character in json.chars() {
                in_text ^= character == '"' && !wide.ends_with('\\');
                match character {
                    '{' | '}' | '[' | ']' | ',' | ':' if !in_text => {
                        wide.extend([' ', '\n', character, '\t', '\r']);
                    }
                    _ => wide.push(character),
                }
            }
            assert_eq!(read(&wide), json, "{wide}");
        }
        assert_eq!(read("\u{feff} {\"a\": null, \"b\": [null]}"), r#"{"b":[null]}"#);
    }

    #[test]
    fn what_is_refused_is_said_with_the_way_to_it() {
        let deep = |depth: usize| ["{\"a\":", &"[".repeat(depth), &"]".repeat(depth), "}"].concat();
        let many = |count: usize| ["{\"a\":[0", &",0".repeat(count), "]}"].concat();
        let malformed = "-: not well-formed JSON";
        for (json, expected) in [
            (r#"{"a":1,"a":1}"#, "a: given twice"),
            (r#"{"a":1,"\u0061":null}"#, "a: given twice"),
            (r#"{"n":{"l":[{},{"u":1,"v":2,"u":3}]}}"#, "n.l[1].u: given twice"),
            (r#"{"a":{"b":1,"b":1},"a":1}"#, "a.b: given twice"),
            (r#"{"a":"\u0000"}"#, "-: U+0000"),
            (r#"{"a\u0000":1}"#, "-: U+0000"),
            (r#"{"a":"\ud800"}"#, malformed),
            (r#"{"a":01}"#, malformed),
            (r#"{"a":1.}"#, malformed),
            (r#"{"a":[1 2]}"#, malformed),
            (r#"{"a":1}}"#, malformed),
            (r#"{"a":1,}"#, malformed),
            (r#"{a:1}"#, malformed),
            ("{\"a\":\"\t\"}", malformed),
            ("{", malformed),
            ("[]", "-: not a JSON object"),
            ("", "-: not a JSON object"),
            (&deep(32), "-: nested too deep"),
            (&many(16_382), "-: too many values"),
        ] {
            assert_eq!(read(json), expected, "{json}");
        }
        assert!(Object::from_json(&deep(31)).is_ok());
        assert!(Object::from_json(&many(16_381)).is_ok());
    }
}
