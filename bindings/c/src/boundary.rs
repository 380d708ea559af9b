//! The way out of every entry.

use std::panic::{AssertUnwindSafe, catch_unwind};

use wxkf_core::{Code, Error, JsonWriter, Language};

use crate::memory::{Buf, Out};
use crate::status::{OK, Status};

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
    fn to_json(&self) -> String {
        if let Self::Core(error) = self {
            return wxkf_json::error(error);
        }
        let code = self.code();
        let mut json = JsonWriter::default();
        json.object(|json| {
            json.key("code").text(code.name()).key("origin").text(code.origin().name());
            if let Self::Argument(name) = self {
                json.key("field").text(name);
            }
            json.key("message").text(code.message(Language::English));
        });
        json.finish()
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Core(error)
    }
}

/// Runs an entry. A failure goes to `error`, if that is wanted, and nothing else is written then.
///
/// # Safety
/// `error` is NULL, or may be written.
pub(crate) unsafe fn boundary(
    error: *mut Buf,
    entry: impl FnOnce() -> Result<(), Failure>,
) -> Status {
    // What is left behind by a panic is not looked at again, but for a handle: the header says so.
    let failure = match catch_unwind(AssertUnwindSafe(entry)) {
        Ok(Ok(())) => return OK,
        Ok(Err(failure)) => failure,
        Err(_) => Failure::Panicked,
    };
    // SAFETY: as the caller promises.
    unsafe { Out::maybe(error) }.put(failure.to_json());
    failure.code().number().into()
}

/// Runs what cannot fail; should it panic, there is another answer.
pub(crate) fn always<T>(otherwise: T, entry: impl FnOnce() -> T) -> T {
    catch_unwind(AssertUnwindSafe(entry)).unwrap_or(otherwise)
}
