//! The parameters of a call, or a policy, as plain data, whether they were typed in Rust or read from JSON.

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::ser::{Serialize, Serializer};

use super::media::MediaId;
use crate::codec::{Node, NodeKind, Number};
use crate::crypto;
use crate::error::{Code, Error};
use crate::schema::Group;
use crate::time::Timestamp;

/// One value. Numbers keep their exact text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Bool(bool),
    Bytes(Vec<u8>),
    List(Vec<Self>),
    Media(MediaId),
    Null,
    Number(String),
    Object(Object),
    Text(String),
}

/// Named values, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Object(Vec<(Cow<'static, str>, Value)>);

impl Object {
    /// The values that are there, under these names.
    pub(crate) fn new(members: impl IntoIterator<Item = (&'static str, Option<Value>)>) -> Self {
        let present =
            members.into_iter().filter_map(|(name, value)| Some((Cow::Borrowed(name), value?)));
        Self(present.collect())
    }

    /// Reads an object. A name may stand once; `null` stands for nothing.
    pub(crate) fn read(node: Node<'_>) -> Result<Self, Error> {
        let mut members: Vec<(Cow<'static, str>, Value)> = Vec::new();
        for child in node.children() {
            let value = Value::read(child).map_err(|error| inside(child.name(), error))?;
            members.push((Cow::Owned(child.name().into()), value));
        }
        let mut names: Vec<&str> = members.iter().map(|(name, _)| name.as_ref()).collect();
        names.sort_unstable();
        match names.windows(2).find(|pair| pair.first() == pair.last()).and_then(<[_]>::first) {
            Some(name) => Err(inside(name, invalid("given twice"))),
            None => Ok(Self(members)),
        }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        let named = self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value);
        named.filter(|value| **value != Value::Null)
    }

    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut Value> {
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
        let list = match self.get(name) {
            Some(Value::List(list)) => list.as_slice(),
            _ => &[],
        };
        list.iter().filter_map(|value| match value {
            Value::Object(object) => Some(object),
            _ => None,
        })
    }

    pub(crate) fn int(&self, name: &str) -> Option<i64> {
        match self.get(name)? {
            Value::Number(digits) => digits.parse().ok(),
            _ => None,
        }
    }

    /// Turns a file that came as base64 into its bytes.
    pub(crate) fn decode_bytes(&mut self, name: &str) -> Result<(), Error> {
        for (known, value) in &mut self.0 {
            if let (true, Value::Text(base64)) = (known == name, &*value) {
                let bytes = STANDARD.decode(base64.trim_ascii());
                let bytes = bytes.map_err(|_| inside(name, invalid("not base64")))?;
                *value = Value::Bytes(bytes);
            }
        }
        Ok(())
    }

    /// What is there, in order.
    pub(crate) fn members(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.all_members().filter(|(_, value)| **value != Value::Null)
    }

    /// What is there or is `null`, in order.
    pub(crate) fn all_members(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_ref(), value))
    }

    pub(crate) fn push(&mut self, name: Cow<'static, str>, value: Value) {
        self.0.push((name, value));
    }
}

impl Serialize for Object {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.members())
    }
}

impl Value {
    fn read(node: Node<'_>) -> Result<Self, Error> {
        let text = || node.exact_text().unwrap_or_default();
        Ok(match node.kind() {
            NodeKind::Array => {
                let mut list = Vec::new();
                for (index, child) in node.children().enumerate() {
                    list.push(Self::read(child).map_err(|error| at(index, error))?);
                }
                Self::List(list)
            }
            NodeKind::Boolean => Self::Bool(text() == "true"),
            NodeKind::Element => Self::Object(Object::read(node)?),
            NodeKind::Null => Self::Null,
            NodeKind::Number => Self::Number(text().into()),
            NodeKind::Text => Self::Text(text().into()),
        })
    }
}

impl Serialize for Value {
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
pub(crate) trait Argument {
    /// Whether there always is one.
    const IS_REQUIRED: bool = true;
    /// What the entries are of a list that it is.
    const ENTRY: Option<&'static Group> = None;
    fn value(&self) -> Option<Value>;
}

impl Argument for String {
    fn value(&self) -> Option<Value> {
        Some(Value::Text(self.clone()))
    }
}

/// In whole seconds, as the platform counts.
impl Argument for Timestamp {
    fn value(&self) -> Option<Value> {
        Some(Value::Number(self.as_secs().to_string()))
    }
}

impl Argument for i64 {
    fn value(&self) -> Option<Value> {
        Some(Value::Number(self.to_string()))
    }
}

impl Argument for bool {
    fn value(&self) -> Option<Value> {
        Some(Value::Bool(*self))
    }
}

impl Argument for Vec<u8> {
    fn value(&self) -> Option<Value> {
        Some(Value::Bytes(self.clone()))
    }
}

impl<T: Argument> Argument for Option<T> {
    const IS_REQUIRED: bool = false;
    const ENTRY: Option<&'static Group> = T::ENTRY;
    fn value(&self) -> Option<Value> {
        self.as_ref()?.value()
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
    fn value(&self) -> Option<Value> {
        Some(match &self.0 {
            Spelling::Number(number) => Value::Number(number.to_string()),
            Spelling::Text(text) => Value::Text(text.clone()),
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
