//! The parameters of a call, or a policy, as plain data, whether they were typed in Rust or read from JSON.

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::ser::{Serialize, Serializer};

use super::media::MediaId;
use super::rule::{Param, Rule, Title};
use crate::codec::Number;
use crate::crypto;
use crate::error::{Code, Error};
use crate::time::Timestamp;

/// One value, of what holds it. Numbers keep their exact text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value<'a> {
    Bool(bool),
    Bytes(Cow<'a, [u8]>),
    List(Vec<Self>),
    Media(Cow<'a, MediaId>),
    Null,
    Number(Cow<'a, str>),
    Object(Object<'a>),
    Text(Cow<'a, str>),
}

/// Named values, in order.
#[expect(unnameable_types, reason = "what the calls of this crate hand on to it")]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Object<'a>(Vec<(Cow<'a, str>, Value<'a>)>);

impl<'a> Object<'a> {
    /// The values that are there, under these names.
    pub(crate) fn new(members: impl IntoIterator<Item = (&'a str, Option<Value<'a>>)>) -> Self {
        let present =
            members.into_iter().filter_map(|(name, value)| Some((Cow::Borrowed(name), value?)));
        Self(present.collect())
    }

    /// The fields of a typed call, in the order of its rows. What it has flat stands where the row has it:
    /// alone in an object, a message beside its type, yes and no as 1 and 0.
    pub(crate) fn of<const N: usize>(
        fields: &'static [Param],
        values: [Option<Value<'a>>; N],
    ) -> Self {
        let mut object = Self::default();
        for (field, value) in fields.iter().zip(values) {
            let Some(value) = value else { continue };
            let value = match (field.rule, value) {
                (Rule::Text(..), Value::Object(Self(message))) => {
                    for (name, inside) in message {
                        object.push(Cow::Borrowed(field.name), Value::Text(name.clone()));
                        object.push(name, inside);
                    }
                    continue;
                }
                (Rule::Object([field]), value) => {
                    Value::Object(Self::of(core::slice::from_ref(field), [Some(value)]))
                }
                (Rule::Int(..), Value::Bool(is_on)) => {
                    Value::Number(Cow::Borrowed(if is_on { "1" } else { "0" }))
                }
                (_, value) => value,
            };
            object.push(Cow::Borrowed(field.name), value);
        }
        object
    }

    /// The same of nobody else's text.
    pub(crate) fn into_owned(self) -> Object<'static> {
        let owned = |(name, value): (Cow<'_, str>, Value<'_>)| {
            (Cow::Owned(name.into_owned()), value.into_owned())
        };
        Object(self.0.into_iter().map(owned).collect())
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Value<'a>> {
        let is_given = |(known, value): &&(_, _)| known == name && *value != Value::Null;
        self.0.iter().find(is_given).map(|(_, value)| value)
    }

    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut Value<'a>> {
        self.0.iter_mut().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        match self.get(name)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The objects of a list.
    pub(crate) fn objects(&self, name: &str) -> impl Iterator<Item = &Self> {
        self.get(name).into_iter().flat_map(Value::objects)
    }

    /// How many bytes its texts take.
    pub(crate) fn length(&self) -> usize {
        self.members().fold(0, |length, (_, value)| {
            length.saturating_add(match value {
                Value::Text(text) => text.len(),
                _ => value.objects().map(Object::length).sum(),
            })
        })
    }

    /// Turns a file that came as base64 into its bytes.
    pub(crate) fn decode_bytes(&mut self, name: &str) -> Result<(), Error> {
        for (known, value) in &mut self.0 {
            if let (true, Value::Text(base64)) = (known == name, &*value) {
                let bytes = STANDARD.decode(base64.trim_ascii());
                let bytes = bytes.map_err(|_| inside(name, invalid("not base64")))?;
                *value = Value::Bytes(bytes.into());
            }
        }
        Ok(())
    }

    /// What is there, in order.
    pub(crate) fn members(&self) -> impl Iterator<Item = (&str, &Value<'a>)> {
        self.all_members().filter(|(_, value)| **value != Value::Null)
    }

    /// What is there or is `null`, in order.
    pub(crate) fn all_members(&self) -> impl Iterator<Item = (&str, &Value<'a>)> {
        self.0.iter().map(|(name, value)| (name.as_ref(), value))
    }

    pub(crate) fn push(&mut self, name: Cow<'a, str>, value: Value<'a>) {
        self.0.push((name, value));
    }
}

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.members())
    }
}

impl<'a> Value<'a> {
    /// The objects of a list.
    pub(crate) fn objects(&self) -> impl Iterator<Item = &Object<'a>> {
        let list = match self {
            Self::List(list) => list.as_slice(),
            _ => &[],
        };
        list.iter().filter_map(|value| match value {
            Self::Object(object) => Some(object),
            _ => None,
        })
    }

    fn into_owned(self) -> Value<'static> {
        match self {
            Self::Bool(flag) => Value::Bool(flag),
            Self::Bytes(bytes) => Value::Bytes(Cow::Owned(bytes.into_owned())),
            Self::List(list) => Value::List(list.into_iter().map(Self::into_owned).collect()),
            Self::Media(id) => Value::Media(Cow::Owned(id.into_owned())),
            Self::Null => Value::Null,
            Self::Number(digits) => Value::Number(Cow::Owned(digits.into_owned())),
            Self::Object(object) => Value::Object(object.into_owned()),
            Self::Text(text) => Value::Text(Cow::Owned(text.into_owned())),
        }
    }
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Bool(flag) => serializer.serialize_bool(*flag),
            Self::Bytes(bytes) => serializer.serialize_str(&crypto::encode_base64(bytes)),
            Self::List(list) => list.serialize(serializer),
            Self::Media(id) => serializer.serialize_str(id.as_str()),
            Self::Null => serializer.serialize_unit(),
            Self::Number(digits) => Number(digits).serialize(serializer),
            Self::Object(object) => object.serialize(serializer),
            Self::Text(text) => serializer.serialize_str(text),
        }
    }
}

/// What a field of a typed call can be. `None` is left out.
pub(crate) trait Argument: fmt::Debug {
    /// Whether there always is one.
    const IS_REQUIRED: bool = true;
    /// What the entries are of a list that it is.
    const TITLE: Title = Title::NONE;
    fn value(&self) -> Option<Value<'_>>;

    /// What `Debug` of a call shows of it.
    fn show(&self, name: &'static str, out: &mut fmt::DebugStruct<'_, '_>)
    where
        Self: Sized,
    {
        out.field(name, self);
    }
}

impl Argument for String {
    fn value(&self) -> Option<Value<'_>> {
        Some(Value::Text(self.into()))
    }
}

/// In whole seconds, as the platform counts.
impl Argument for Timestamp {
    fn value(&self) -> Option<Value<'_>> {
        Some(Value::Number(self.as_secs().to_string().into()))
    }
}

impl Argument for i64 {
    fn value(&self) -> Option<Value<'_>> {
        Some(Value::Number(self.to_string().into()))
    }
}

impl Argument for bool {
    fn value(&self) -> Option<Value<'_>> {
        Some(Value::Bool(*self))
    }
}

/// A file: what `Debug` shows is how long it is.
impl Argument for Vec<u8> {
    fn value(&self) -> Option<Value<'_>> {
        Some(Value::Bytes(self.into()))
    }

    fn show(&self, _: &'static str, out: &mut fmt::DebugStruct<'_, '_>) {
        out.field("length", &self.len());
    }
}

/// Random bytes, which `Debug` does not show, as hexadecimal digits.
impl Argument for [u8; 16] {
    fn value(&self) -> Option<Value<'_>> {
        let digits = alloc::format!("{:032x}", u128::from_be_bytes(*self));
        Some(Value::Text(digits.into()))
    }

    fn show(&self, _: &'static str, _: &mut fmt::DebugStruct<'_, '_>) {}
}

impl<T: Argument> Argument for Option<T> {
    const IS_REQUIRED: bool = false;
    const TITLE: Title = T::TITLE;
    fn value(&self) -> Option<Value<'_>> {
        self.as_ref()?.value()
    }
}

/// What a value is in this crate that was checked before.
pub(crate) trait Given {
    fn given(value: Option<&Value<'_>>) -> Self;
}

impl Given for String {
    fn given(value: Option<&Value<'_>>) -> Self {
        Option::given(value).unwrap_or_default()
    }
}

impl Given for Option<String> {
    fn given(value: Option<&Value<'_>>) -> Self {
        match value? {
            Value::Text(text) => Some(text.as_ref().into()),
            _ => None,
        }
    }
}

impl Given for i64 {
    fn given(value: Option<&Value<'_>>) -> Self {
        match value {
            Some(Value::Number(digits)) => digits.parse().unwrap_or_default(),
            _ => 0,
        }
    }
}

/// A value that the platform's own pages show as a number here and as a text there: it is sent as it
/// was given.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LooseId(Spelling);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Spelling {
    Number(u64),
    Text(String),
}

impl From<u64> for LooseId {
    fn from(number: u64) -> Self {
        Self(Spelling::Number(number))
    }
}

impl From<&str> for LooseId {
    fn from(text: &str) -> Self {
        Self(Spelling::Text(text.into()))
    }
}

impl From<String> for LooseId {
    fn from(text: String) -> Self {
        Self(Spelling::Text(text))
    }
}

impl Argument for LooseId {
    fn value(&self) -> Option<Value<'_>> {
        Some(match &self.0 {
            Spelling::Number(number) => Value::Number(number.to_string().into()),
            Spelling::Text(text) => Value::Text(text.into()),
        })
    }
}

pub(crate) fn invalid(detail: &'static str) -> Error {
    Error::new(Code::RequestFieldInvalid).because(detail)
}

/// The error of a value below the one with that name.
pub(crate) fn inside(name: &str, error: Error) -> Error {
    // Whoever wrote the parameters chose the name.
    const MAX_LENGTH: usize = 64;
    let name = match name.char_indices().nth(MAX_LENGTH) {
        Some((end, _)) => name.get(..end).unwrap_or_default(),
        None if name.is_empty() => "\"\"",
        None => name,
    };
    let path = match error.field() {
        None => String::from(name),
        Some(index) if index.starts_with('[') => [name, index].concat(),
        Some(below) => [name, ".", below].concat(),
    };
    error.field_named(path)
}

/// The error of a value at that place of a list.
pub(crate) fn at(index: usize, error: Error) -> Error {
    inside(&alloc::format!("[{index}]"), error)
}
