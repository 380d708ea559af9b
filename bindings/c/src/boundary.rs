//! The way out of every entry.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::failure::{Failure, OK, Status};
use crate::memory::{Buf, Out};

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
