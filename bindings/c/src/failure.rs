//! Why an entry did nothing, and the number that says so.

use wxkf_core::{Code, Error};

/// How a call went: `WXKF_OK`, or the number of a code. Numbers and names never change; there may be new ones.
pub type Status = u32;

/// All went well.
pub const OK: Status = 0;

/// Why an entry did nothing.
pub(crate) enum Failure {
    /// An argument that cannot be taken, by its name.
    Argument(&'static str),
    /// What the core says.
    Core(Error),
    /// A fault of the library. None is known.
    Panicked,
}

impl Failure {
    pub(crate) fn code(&self) -> Code {
        match self {
            Self::Argument(_) => Code::ArgumentInvalid,
            Self::Core(error) => error.code(),
            Self::Panicked => Code::Panicked,
        }
    }

    /// In the shape of [`wxkf_json::error`].
    pub(crate) fn to_json(&self) -> String {
        match self {
            Self::Argument(name) => wxkf_json::failure(self.code(), Some(name)),
            Self::Core(error) => wxkf_json::error(error),
            Self::Panicked => wxkf_json::failure(self.code(), None),
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Core(error)
    }
}
