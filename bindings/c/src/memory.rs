//! What crosses the border: borrowed bytes, owned buffers, handles, and places for results.

use core::mem::ManuallyDrop;
use core::{ptr, slice};

use wxkf_core::{Code, Error, Timestamp};

use crate::failure::Failure;

/// Instead of a moment or a number: there is none.
pub const NONE: u64 = u64::MAX;

/// Instead of an index: there is none.
pub const NO_INDEX: u32 = u32::MAX;

/// Bytes that are borrowed. What you pass has to stay for the call; what you get says how long it stays.
/// Texts are UTF-8 and have no zero at their end. `ptr` may be NULL: with `len` 0 that is no bytes, and nothing
/// at all where a parameter may be absent.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Bytes {
    /// The first byte.
    pub ptr: *const u8,
    /// How many there are.
    pub len: usize,
}

impl Bytes {
    pub(crate) const NONE: Self = Self { ptr: ptr::null(), len: 0 };

    pub(crate) const fn of(text: &str) -> Self {
        Self { ptr: text.as_ptr(), len: text.len() }
    }

    pub(crate) fn maybe(text: Option<&str>) -> Self {
        text.map_or(Self::NONE, Self::of)
    }

    /// # Safety
    /// There are as many bytes there, and they stay as they are for `'a`.
    pub(crate) unsafe fn get<'a>(self, name: &'static str) -> Result<&'a [u8], Failure> {
        if self.len == 0 {
            return Ok(&[]);
        }
        if self.ptr.is_null() || isize::try_from(self.len).is_err() {
            return Err(Failure::Argument(name));
        }
        // SAFETY: the pointer is not NULL, the length fits, and the caller promises the rest.
        Ok(unsafe { slice::from_raw_parts(self.ptr, self.len) })
    }

    /// # Safety
    /// As [`get`](Self::get).
    pub(crate) unsafe fn text<'a>(self, name: &'static str) -> Result<&'a str, Failure> {
        // SAFETY: as the caller promises.
        let bytes = unsafe { self.get(name) }?;
        simdutf8::basic::from_utf8(bytes).map_err(|_| Failure::Argument(name))
    }

    /// A query string. Bytes that are no text are what somebody has sent, and no mistake of the program.
    ///
    /// # Safety
    /// As [`get`](Self::get).
    pub(crate) unsafe fn query<'a>(self) -> Result<&'a str, Failure> {
        // SAFETY: as the caller promises.
        let bytes = unsafe { self.get("query") }?;
        core::str::from_utf8(bytes).map_err(|_| Error::from(Code::QueryMalformed).into())
    }

    /// # Safety
    /// As [`get`](Self::get).
    pub(crate) unsafe fn maybe_get<'a>(
        self,
        name: &'static str,
    ) -> Result<Option<&'a [u8]>, Failure> {
        if self.ptr.is_null() && self.len == 0 {
            return Ok(None);
        }
        // SAFETY: as the caller promises.
        unsafe { self.get(name) }.map(Some)
    }

    /// # Safety
    /// As [`get`](Self::get).
    pub(crate) unsafe fn maybe_text<'a>(
        self,
        name: &'static str,
    ) -> Result<Option<&'a str>, Failure> {
        if self.ptr.is_null() && self.len == 0 {
            return Ok(None);
        }
        // SAFETY: as the caller promises.
        unsafe { self.text(name) }.map(Some)
    }
}

/// Bytes that you own, until `wxkf_buf_free`. One that was zeroed is empty, and may be freed as well.
#[repr(C)]
#[derive(Debug)]
pub struct Buf {
    /// The first byte; NULL if there are none.
    pub ptr: *mut u8,
    /// How many there are.
    pub len: usize,
    /// How much room they have. It belongs to the library.
    pub cap: usize,
}

impl Buf {
    const EMPTY: Self = Self { ptr: ptr::null_mut(), len: 0, cap: 0 };
}

impl From<Vec<u8>> for Buf {
    fn from(bytes: Vec<u8>) -> Self {
        if bytes.capacity() == 0 {
            return Self::EMPTY;
        }
        let mut bytes = ManuallyDrop::new(bytes);
        Self { ptr: bytes.as_mut_ptr(), len: bytes.len(), cap: bytes.capacity() }
    }
}

impl From<String> for Buf {
    fn from(text: String) -> Self {
        text.into_bytes().into()
    }
}

/// Frees what a buffer holds and empties it, so that to free it again changes nothing. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_buf_free(buf: *mut Buf) {
    // SAFETY: NULL, or a buffer that nobody else uses now.
    let Some(buf) = (unsafe { buf.as_mut() }) else { return };
    let Buf { ptr, len, cap } = core::mem::replace(buf, Buf::EMPTY);
    if !ptr.is_null() {
        // SAFETY: the three were taken out of a `Vec` that was not dropped, and are gone from the buffer.
        drop(unsafe { Vec::from_raw_parts(ptr, len, cap) });
    }
}

/// A place for a result, which is written only if all went well.
pub(crate) struct Out<T>(*mut T);

impl<T> Out<T> {
    /// # Safety
    /// The pointer is NULL, or what it points to may be written for as long as this lives.
    pub(crate) unsafe fn new(place: *mut T, name: &'static str) -> Result<Self, Failure> {
        if place.is_null() { Err(Failure::Argument(name)) } else { Ok(Self(place)) }
    }

    /// As [`new`](Self::new), where nobody need want the result.
    ///
    /// # Safety
    /// As [`new`](Self::new).
    pub(crate) unsafe fn maybe(place: *mut T) -> Self {
        Self(place)
    }

    pub(crate) fn put(self, value: impl Into<T>) {
        if !self.0.is_null() {
            // SAFETY: who made this has promised that it may be written. What is there may be no value at
            // all, so it is not dropped.
            unsafe { self.0.write(value.into()) }
        }
    }
}

/// A handle for C.
pub(crate) fn handle<T>(value: T) -> *mut T {
    Box::into_raw(Box::new(value))
}

/// # Safety
/// NULL, or a handle that was not freed and that nobody changes meanwhile.
pub(crate) unsafe fn shared<'a, T>(handle: *const T, name: &'static str) -> Result<&'a T, Failure> {
    // SAFETY: as the caller promises.
    unsafe { handle.as_ref() }.ok_or(Failure::Argument(name))
}

/// # Safety
/// NULL, or a handle that was not freed and that nobody else uses meanwhile.
pub(crate) unsafe fn unique<'a, T>(
    handle: *mut T,
    name: &'static str,
) -> Result<&'a mut T, Failure> {
    // SAFETY: as the caller promises.
    unsafe { handle.as_mut() }.ok_or(Failure::Argument(name))
}

/// # Safety
/// NULL, or a handle that was not freed and that nobody uses any more.
pub(crate) unsafe fn free<T>(handle: *mut T) {
    if !handle.is_null() {
        // SAFETY: it was made by `handle`, and the caller gives it up.
        drop(unsafe { Box::from_raw(handle) });
    }
}

pub(crate) const fn moment(millis: u64) -> Timestamp {
    Timestamp::from_millis(millis)
}

pub(crate) fn maybe_moment(millis: u64) -> Option<Timestamp> {
    (millis != NONE).then(|| moment(millis))
}

pub(crate) fn millis(at: Option<Timestamp>) -> u64 {
    at.map_or(NONE, Timestamp::as_millis)
}

pub(crate) fn size(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
