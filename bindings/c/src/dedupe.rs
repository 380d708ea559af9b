//! A memory of pushes.

use core::time::Duration;

use crate::boundary::{always, boundary};
use crate::failure::Status;
use crate::memory::{Buf, Bytes, NONE, Out, free, handle, millis, moment, shared, size, unique};

/// A memory of pushes, of all users, for one process. One thread at a time may use it.
#[derive(Debug)]
pub struct Dedupe(wxkf_core::Dedupe);

/// Makes a memory of at most `capacity` pushes, each for `horizon_ms`, from a snapshot or, if that is
/// absent, an empty one. WeChat repeats a push within a minute.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_dedupe_new(
    capacity: u64,
    horizon_ms: u64,
    snapshot: Bytes,
    dedupe: *mut *mut Dedupe,
    error: *mut Buf,
) -> Status {
    let entry = || {
        // SAFETY: the header asks for pointers that hold what their types say.
        let (snapshot, dedupe) =
            unsafe { (snapshot.maybe_get("snapshot")?, Out::new(dedupe, "dedupe")?) };
        let (capacity, horizon) = (size(capacity), Duration::from_millis(horizon_ms));
        dedupe.put(handle(Dedupe(match snapshot {
            Some(bytes) => wxkf_core::Dedupe::restore(bytes, capacity, horizon)?,
            None => wxkf_core::Dedupe::new(capacity, horizon),
        })));
        Ok(())
    };
    // SAFETY: `error` is NULL or may be written, as the header asks.
    unsafe { boundary(error, entry) }
}

/// Frees a memory. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_dedupe_free(dedupe: *mut Dedupe) {
    // SAFETY: the header asks for a handle that is not used any more.
    always((), || unsafe { free(dedupe) });
}

/// Takes note of a push by its dedupe key or any other text: `since` is when it was here first, in
/// milliseconds, or `WXKF_NONE` if it is new.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_dedupe_observe(
    dedupe: *mut Dedupe,
    key: Bytes,
    now: u64,
    since: *mut u64,
    error: *mut Buf,
) -> Status {
    let entry = || {
        // SAFETY: the header asks for pointers that hold what their types say.
        let (dedupe, key, since) =
            unsafe { (unique(dedupe, "dedupe")?, key.text("key")?, Out::new(since, "since")?) };
        let seen = dedupe.0.observe(wxkf_json::dedupe_key(key), moment(now));
        since.put(seen.since().map_or(NONE, |at| millis(Some(at))));
        Ok(())
    };
    // SAFETY: `error` is NULL or may be written, as the header asks.
    unsafe { boundary(error, entry) }
}

/// Lets the next delivery in, because handling it failed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_dedupe_forget(
    dedupe: *mut Dedupe,
    key: Bytes,
    error: *mut Buf,
) -> Status {
    let entry = || {
        // SAFETY: the header asks for pointers that hold what their types say.
        let (dedupe, key) = unsafe { (unique(dedupe, "dedupe")?, key.text("key")?) };
        dedupe.0.forget(wxkf_json::dedupe_key(key));
        Ok(())
    };
    // SAFETY: `error` is NULL or may be written, as the header asks.
    unsafe { boundary(error, entry) }
}

/// How many pushes it remembers; 0 for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_dedupe_len(dedupe: *const Dedupe) -> usize {
    // SAFETY: the header asks for a handle, or NULL.
    always(0, || unsafe { dedupe.as_ref() }.map_or(0, |dedupe| dedupe.0.len()))
}

/// The memory in bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_dedupe_snapshot(
    dedupe: *const Dedupe,
    snapshot: *mut Buf,
    error: *mut Buf,
) -> Status {
    let entry = || {
        // SAFETY: the header asks for pointers that hold what their types say.
        let (dedupe, snapshot) =
            unsafe { (shared(dedupe, "dedupe")?, Out::new(snapshot, "snapshot")?) };
        snapshot.put(dedupe.0.snapshot());
        Ok(())
    };
    // SAFETY: `error` is NULL or may be written, as the header asks.
    unsafe { boundary(error, entry) }
}
