//! What a call is given.

use wxkf_core::Timestamp;

/// One argument after another: a number as eight bytes, bytes and texts behind their length in four. The facade
/// writes them and checks them before; of what is missing here there is none.
pub(crate) struct Arguments<'a>(&'a [u8]);

impl<'a> Arguments<'a> {
    pub(crate) const fn new(frame: &'a [u8]) -> Self {
        Self(frame)
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn maybe_bytes(&mut self) -> Option<&'a [u8]> {
        let (length, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        let length = u32::from_le_bytes(*length);
        // What is not given has the largest length that can be written, and no frame is as long.
        let (bytes, rest) = rest.split_at_checked(usize::try_from(length).ok()?)?;
        self.0 = rest;
        Some(bytes)
    }

    pub(crate) fn bytes(&mut self) -> &'a [u8] {
        self.maybe_bytes().unwrap_or_default()
    }

    pub(crate) fn maybe_text(&mut self) -> Option<&'a str> {
        self.maybe_bytes().and_then(|bytes| simdutf8::basic::from_utf8(bytes).ok())
    }

    pub(crate) fn text(&mut self) -> &'a str {
        self.maybe_text().unwrap_or_default()
    }

    /// A number that is not given is `NaN`.
    pub(crate) fn maybe_number(&mut self) -> Option<f64> {
        let (number, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(f64::from_le_bytes(*number)).filter(|number| !number.is_nan())
    }

    /// Of the numbers that cross without loss, the facade lets only whole ones from 0 to 2^53 - 1 through.
    pub(crate) fn number(&mut self) -> u64 {
        self.maybe_number().map_or(0, whole)
    }

    /// Return codes may be below zero.
    #[expect(clippy::cast_possible_truncation, reason = "they are small, and a cast saturates")]
    pub(crate) fn errcode(&mut self) -> Option<i64> {
        self.maybe_number().map(|number| number as i64)
    }

    pub(crate) fn size(&mut self) -> usize {
        usize::try_from(self.number()).unwrap_or(usize::MAX)
    }

    pub(crate) fn moment(&mut self) -> Timestamp {
        Timestamp::from_millis(self.number())
    }

    pub(crate) fn maybe_moment(&mut self) -> Option<Timestamp> {
        self.maybe_number().map(|number| Timestamp::from_millis(whole(number)))
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a number that is none was refused by the facade, and a cast saturates"
)]
const fn whole(number: f64) -> u64 {
    number as u64
}
