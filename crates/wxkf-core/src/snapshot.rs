//! The bytes in which the state machines are kept: two bytes that say what this is, then numbers in
//! seven bits a byte, the lowest first (LEB128), and runs of bytes after their length.
//!
//! A store may hand back anything. Reading checks the length of everything before it takes it, and
//! what a number means is clamped by whoever reads it.

use alloc::vec::Vec;

use crate::error::{Code, Error};

/// What a snapshot is of: its first byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum RecordType {
    Conversation = b'C',
    Dedupe = b'D',
    Token = b'T',
}

impl RecordType {
    /// The second byte. A reader must go on reading every version up to its own.
    const fn version(self) -> u8 {
        match self {
            Self::Conversation | Self::Token => 2,
            Self::Dedupe => 1,
        }
    }
}

pub(crate) struct RecordWriter(Vec<u8>);

impl RecordWriter {
    pub(crate) fn new(kind: RecordType, capacity: usize) -> Self {
        let mut bytes = Vec::with_capacity(capacity);
        bytes.extend([kind as u8, kind.version()]);
        Self(bytes)
    }

    pub(crate) fn number(&mut self, number: impl Into<u64>) {
        let mut rest: u64 = number.into();
        while rest >= 0x80 {
            self.0.push(rest.to_le_bytes()[0] | 0x80);
            rest >>= 7;
        }
        self.0.push(rest.to_le_bytes()[0]);
    }

    /// A number of things to come, or a length.
    pub(crate) fn count(&mut self, count: usize) {
        self.number(u64::try_from(count).unwrap_or(u64::MAX));
    }

    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    /// A text after its length.
    pub(crate) fn text(&mut self, text: &str) {
        self.count(text.len());
        self.bytes(text.as_bytes());
    }

    pub(crate) fn finish(self) -> Vec<u8> {
        self.0
    }
}

pub(crate) struct RecordReader<'a> {
    version: u8,
    rest: &'a [u8],
}

impl<'a> RecordReader<'a> {
    pub(crate) fn new(kind: RecordType, bytes: &'a [u8]) -> Result<Self, Error> {
        let [first, version, rest @ ..] = bytes else {
            return Err(malformed("too short"));
        };
        if *first != kind as u8 {
            return Err(malformed("a snapshot of something else"));
        }
        match *version {
            0 => Err(malformed("no such version")),
            version if version > kind.version() => Err(Code::SnapshotVersion.into()),
            version => Ok(Self { version, rest }),
        }
    }

    /// Which version wrote this.
    pub(crate) const fn version(&self) -> u8 {
        self.version
    }

    pub(crate) fn number(&mut self) -> Result<u64, Error> {
        match self.rest {
            [byte @ ..0x80, rest @ ..] => {
                self.rest = rest;
                Ok(u64::from(*byte))
            }
            _ => self.longer_number(),
        }
    }

    /// One of several bytes. The compiler would unroll this into ten steps wherever a number is read.
    #[inline(never)]
    fn longer_number(&mut self) -> Result<u64, Error> {
        let mut number = 0;
        let mut bytes = self.rest.iter();
        for shift in (0..u64::BITS).step_by(7) {
            let byte = u64::from(*bytes.next().ok_or_else(cut_off)?);
            let bits = byte & 0x7f;
            let shifted = bits << shift;
            if shifted >> shift != bits {
                break;
            }
            number |= shifted;
            if byte == bits {
                self.rest = bytes.as_slice();
                return Ok(number);
            }
        }
        Err(malformed("a number of more than 64 bits"))
    }

    /// A number that must be small.
    pub(crate) fn small(&mut self) -> Result<u8, Error> {
        u8::try_from(self.number()?).map_err(|_| malformed("a number is too large"))
    }

    /// How many things follow: at most `limit`.
    pub(crate) fn count(&mut self, limit: usize) -> Result<usize, Error> {
        let count = usize::try_from(self.number()?).ok().filter(|count| *count <= limit);
        count.ok_or_else(|| malformed("too many of something"))
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], Error> {
        let (array, rest) = self.rest.split_first_chunk().ok_or_else(cut_off)?;
        self.rest = rest;
        Ok(*array)
    }

    /// A text of at most `limit` bytes.
    pub(crate) fn text(&mut self, limit: usize) -> Result<&'a str, Error> {
        let length = self.count(limit)?;
        let (text, rest) = self.rest.split_at_checked(length).ok_or_else(cut_off)?;
        self.rest = rest;
        core::str::from_utf8(text).map_err(|_| malformed("a text is not UTF-8"))
    }

    /// Whether nothing follows.
    pub(crate) const fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// Nothing may follow.
    pub(crate) fn end(self) -> Result<(), Error> {
        if self.is_at_end() { Ok(()) } else { Err(malformed("bytes after the end")) }
    }
}

fn cut_off() -> Error {
    malformed("cut off")
}

pub(crate) fn malformed(detail: &'static str) -> Error {
    Error::new(Code::SnapshotMalformed).because(detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let numbers = [0, 1, 0x7f, 0x80, 0x3fff, 0x4000, 1_763_700_000_000, u64::MAX - 1, u64::MAX];
        let mut writer = RecordWriter::new(RecordType::Dedupe, 0);
        numbers.iter().for_each(|number| writer.number(*number));
        writer.text("令牌");
        writer.text("");
        writer.bytes(&[9, 8]);
        let bytes = writer.finish();
        assert_eq!(bytes[..6], [b'D', 1, 0, 1, 0x7f, 0x80]);

        let mut reader = RecordReader::new(RecordType::Dedupe, &bytes).unwrap();
        assert_eq!(reader.version(), 1);
        for number in numbers {
            assert_eq!(reader.number(), Ok(number));
        }
        assert_eq!((reader.text(6), reader.text(0)), (Ok("令牌"), Ok("")));
        assert_eq!(reader.array(), Ok([9, 8]));
        assert_eq!(reader.end(), Ok(()));
    }

    #[test]
    fn what_is_not_a_snapshot_of_this_kind_is_said_to_be() {
        let code = |bytes: &[u8]| match RecordReader::new(RecordType::Token, bytes) {
            Ok(_) => None,
            Err(error) => Some(error.code()),
        };
        assert_eq!((code(b"T\x01"), code(b"T\x02")), (None, None));
        for bytes in [&b""[..], b"T", b"D\x01", b"T\x00", b"\x01T"] {
            assert_eq!(code(bytes), Some(Code::SnapshotMalformed), "{bytes:?}");
        }
        for bytes in [b"T\x03", b"T\xff"] {
            assert_eq!(code(bytes), Some(Code::SnapshotVersion));
        }
    }

    #[test]
    fn what_is_too_long_or_cut_off_is_malformed() {
        let with = |rest: &[u8]| [b"T\x01", rest].concat();
        let read =
            |rest: &[u8]| RecordReader::new(RecordType::Token, &with(rest)).unwrap().number();
        assert_eq!(read(&[0xff; 9].map(|byte| byte)).unwrap_err(), malformed("cut off"));
        let largest = [&[0xff; 9][..], &[1]].concat();
        assert_eq!(read(&largest), Ok(u64::MAX));
        let larger = [&[0xff; 9][..], &[2]].concat();
        assert_eq!(read(&larger).unwrap_err().detail(), Some("a number of more than 64 bits"));
        let longer = [&[0x80; 10][..], &[0]].concat();
        assert_eq!(read(&longer).unwrap_err().detail(), Some("a number of more than 64 bits"));

        let bytes = with(&[5, b'a', b'b']);
        let text = |limit| RecordReader::new(RecordType::Token, &bytes).unwrap().text(limit);
        assert_eq!(text(5).unwrap_err().detail(), Some("cut off"));
        assert_eq!(text(4).unwrap_err().detail(), Some("too many of something"));
        let bytes = with(&[2, 0xff, 0xfe]);
        let reader = RecordReader::new(RecordType::Token, &bytes).unwrap().text(9);
        assert_eq!(reader.unwrap_err().detail(), Some("a text is not UTF-8"));
        let bytes = with(&[0x80, 2]);
        assert_eq!(
            RecordReader::new(RecordType::Token, &bytes).unwrap().small().unwrap_err(),
            malformed("a number is too large")
        );
        assert!(RecordReader::new(RecordType::Token, &with(&[1])).unwrap().end().is_err());
    }
}
