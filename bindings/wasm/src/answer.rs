//! What a call answers.

use wxkf_core::{Error, Timestamp};

use crate::objects::{self, Object};

/// How each answer crosses is its last byte.
pub(crate) enum Answer {
    /// `0`: the JSON of [`wxkf_json::error`].
    Error(Error),
    /// `1`: there is none.
    Nothing,
    /// `2`.
    Bytes(Vec<u8>),
    /// `3`: the number of a new object, and behind a line break what is known of it.
    Object(Object, String),
    /// `4`: the object that was asked is not there.
    Gone,
}

impl Answer {
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        let (mut bytes, kind) = match self {
            Self::Error(error) => (wxkf_json::error(&error).into(), 0),
            Self::Nothing => (Vec::new(), 1),
            Self::Bytes(bytes) => (bytes, 2),
            Self::Gone => (Vec::new(), 4),
            Self::Object(object, about) => {
                let number = objects::keep(object).to_string();
                ([&number, "\n", &about].concat().into(), 3)
            }
        };
        bytes.push(kind);
        bytes
    }
}

impl From<Vec<u8>> for Answer {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes)
    }
}

impl From<String> for Answer {
    fn from(text: String) -> Self {
        Self::Bytes(text.into())
    }
}

impl From<&str> for Answer {
    fn from(text: &str) -> Self {
        Self::Bytes(text.into())
    }
}

/// A new object of which nothing is to be said.
impl From<Object> for Answer {
    fn from(object: Object) -> Self {
        Self::Object(object, String::new())
    }
}

impl From<usize> for Answer {
    fn from(number: usize) -> Self {
        number.to_string().into()
    }
}

impl From<Timestamp> for Answer {
    fn from(moment: Timestamp) -> Self {
        moment.as_millis().to_string().into()
    }
}

impl<T: Into<Self>> From<Option<T>> for Answer {
    fn from(answer: Option<T>) -> Self {
        answer.map_or(Self::Nothing, Into::into)
    }
}

impl<T: Into<Self>> From<Result<T, Error>> for Answer {
    fn from(answer: Result<T, Error>) -> Self {
        answer.map_or_else(Self::Error, Into::into)
    }
}
