//! The protocol a second time, from its description alone, to hold the core against.

use aes::Aes256;
use aes::cipher::{Array, BlockModeDecrypt, KeyIvInit};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha1::{Digest, Sha1};

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(crate) fn unhex(digits: &str) -> Vec<u8> {
    let digits: Vec<_> = digits.chars().collect();
    digits
        .chunks(2)
        .map(|pair| u8::from_str_radix(&pair.iter().collect::<String>(), 16).unwrap())
        .collect()
}

pub(crate) fn signature(parts: &[&str]) -> String {
    let mut parts = parts.to_vec();
    parts.sort_unstable();
    hex(&Sha1::digest(parts.concat()))
}

/// The content of a sealed message, with the padding taken off: random, length, message, id.
pub(crate) fn decrypt(key: &[u8], base64: &str) -> Vec<u8> {
    let mut buffer = STANDARD.decode(base64).unwrap();
    let (blocks, _) = Array::slice_as_chunks_mut(&mut buffer);
    cbc::Decryptor::<Aes256>::new_from_slices(key, &key[..16]).unwrap().decrypt_blocks(blocks);
    let padding = usize::from(*buffer.last().unwrap());
    buffer.truncate(buffer.len() - padding);
    buffer
}

pub(crate) fn percent_encode(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'-' | b'.' | b'_' | b'~' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

pub(crate) fn query(pairs: &[(&str, &str)]) -> String {
    let pairs: Vec<_> =
        pairs.iter().map(|(name, value)| format!("{name}={}", percent_encode(value))).collect();
    pairs.join("&")
}

/// Whether a request is in time, all in seconds: `timestamp` by the clock, and of a sealed push `created` by
/// `timestamp`, unless it may come late.
pub(crate) fn is_in_time(
    tolerance: u64,
    (now, timestamp): (u64, u64),
    created: Option<u64>,
    may_come_late: bool,
) -> bool {
    let fits = |created: u64| {
        created <= timestamp + tolerance && (may_come_late || created + tolerance >= timestamp)
    };
    now.abs_diff(timestamp) <= tolerance && created.is_none_or(fits)
}
