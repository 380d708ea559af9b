//! Signature, key, cipher and frame (page 消息加解密说明); everything secret lives here.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::ops::Range;

use aes::Aes256;
use aes::cipher::{Array, BlockModeDecrypt, BlockModeEncrypt, InnerIvInit, KeyInit};
use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use sha1::{Digest, Sha1};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::pasted;

/// Length of an EncodingAESKey: 43 base64 characters are 32 bytes and two bits nobody uses.
const KEY_CHARACTERS: usize = 43;
const KEY_BYTES: usize = 32;
const CIPHER_BLOCK: usize = 16;
/// WeChat pads to 32, not to the cipher's block: page 消息加解密说明, read 2026-11-21.
const PADDING_BLOCK: usize = 32;
const RANDOM_BYTES: usize = 16;
/// Random bytes, then the length of the message in four bytes, big-endian.
pub(crate) const FRAME_HEADER: usize = RANDOM_BYTES + 4;

/// Stray bits in the last character are normal: three real keys of four have them.
const KEY_BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::RequireNone),
);
const BODY_BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true),
);

/// A callback token, wiped when dropped.
pub(crate) struct Token(Zeroizing<String>);

impl Token {
    pub(crate) fn new(token: &str) -> Option<Self> {
        let token = pasted::trimmed(token);
        (!token.is_empty()).then(|| Self(Zeroizing::new(token.into())))
    }

    /// The signature over the token and `parts`: SHA-1 of all of them, sorted by bytes.
    pub(crate) fn sign<const N: usize>(&self, parts: [&str; N]) -> Signature {
        // The members of a tree are sorted beside a number, too: so there is one such function, not two.
        let mut all = [("", 0_u32); 4];
        for ((slot, _), part) in all.iter_mut().zip(parts.into_iter().chain([self.0.as_str()])) {
            *slot = part;
        }
        // The empty strings that fill up the array sort first and add nothing.
        all.sort_unstable();
        let mut hash = Sha1::new();
        for (part, _) in all {
            hash.update(part);
        }
        let mut hex = [0; 40];
        for (pair, byte) in hex.chunks_exact_mut(2).zip(hash.finalize()) {
            pair.copy_from_slice(&[hex_digit(byte >> 4), hex_digit(byte & 15)]);
        }
        Signature(hex)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// A signature in lower-case hexadecimal digits.
pub(crate) struct Signature([u8; 40]);

impl Signature {
    /// Compares in constant time.
    pub(crate) fn matches(&self, given: &str) -> bool {
        self.0.as_slice().ct_eq(given.as_bytes()).into()
    }

    pub(crate) fn as_str(&self) -> &str {
        core::str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// Whether the text can be a signature at all: a scanner's nonsense is refused by this alone.
pub(crate) fn is_signature_shaped(text: &str) -> bool {
    text.len() == 40 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

const fn hex_digit(nibble: u8) -> u8 {
    match nibble {
        0..=9 => nibble.wrapping_add(b'0'),
        _ => nibble.wrapping_add(b'a' - 10),
    }
}

/// AES-256 in CBC mode, without padding, by whatever the host has for it: see
/// [`AccountBuilder::cipher`](crate::AccountBuilder::cipher).
///
/// It is given whole blocks, at least one, and changes them in place. `false` says that it has not
/// touched them; then the crate does it itself.
pub trait Aes256Cbc: Send + Sync {
    /// Decrypts the blocks.
    fn decrypt(&self, key: &[u8; 32], iv: &[u8; 16], blocks: &mut [u8]) -> bool;

    /// Encrypts the blocks.
    fn encrypt(&self, key: &[u8; 32], iv: &[u8; 16], blocks: &mut [u8]) -> bool;
}

/// One EncodingAESKey and its cipher with the schedules made, wiped when dropped. Its first half is
/// the initialisation vector.
pub(crate) struct CipherKey {
    cipher: Aes256,
    key: Zeroizing<[u8; KEY_BYTES]>,
}

/// Where the parts of an opened frame lie in its buffer.
pub(crate) struct Frame {
    pub(crate) message: Range<usize>,
    pub(crate) receive_id: Range<usize>,
}

impl CipherKey {
    pub(crate) fn decode(encoding_aes_key: &str) -> Option<Self> {
        let text = pasted::trimmed(encoding_aes_key);
        if text.len() != KEY_CHARACTERS {
            return None;
        }
        let mut key = Zeroizing::new([0; KEY_BYTES]);
        KEY_BASE64.decode_slice(text, key.as_mut_slice()).ok()?;
        Some(Self { cipher: Aes256::new_from_slice(key.as_slice()).ok()?, key })
    }

    fn iv(&self) -> &[u8; CIPHER_BLOCK] {
        self.key.first_chunk().unwrap_or(&[0; CIPHER_BLOCK])
    }

    /// Decrypts in place and checks padding and frame, every byte of them.
    pub(crate) fn open(
        &self,
        host: Option<&dyn Aes256Cbc>,
        buffer: &mut [u8],
    ) -> Result<Frame, &'static str> {
        if buffer.is_empty() || buffer.len() % CIPHER_BLOCK != 0 {
            return Err("the ciphertext is not a whole number of 16-byte blocks");
        }
        if !host.is_some_and(|host| host.decrypt(&self.key, self.iv(), buffer)) {
            let (blocks, _) = Array::slice_as_chunks_mut(buffer);
            cbc::Decryptor::inner_iv_init(&self.cipher, &Array(*self.iv())).decrypt_blocks(blocks);
        }
        Frame::parse(buffer)
    }

    /// Completes a frame that has the message behind [`FRAME_HEADER`] bytes of room, pads it to 32
    /// and encrypts it in place.
    pub(crate) fn seal(
        &self,
        host: Option<&dyn Aes256Cbc>,
        random: &[u8; RANDOM_BYTES],
        mut frame: Vec<u8>,
        receive_id: &str,
    ) -> Option<Vec<u8>> {
        let (header, message) = frame.split_at_mut_checked(FRAME_HEADER)?;
        let length = u32::try_from(message.len()).ok()?;
        let (before, after) = header.split_at_mut_checked(RANDOM_BYTES)?;
        before.copy_from_slice(random);
        after.copy_from_slice(&length.to_be_bytes());
        frame.extend_from_slice(receive_id.as_bytes());
        let padding = PADDING_BLOCK.checked_sub(frame.len().checked_rem(PADDING_BLOCK)?)?;
        frame.resize(frame.len().checked_add(padding)?, u8::try_from(padding).ok()?);
        if !host.is_some_and(|host| host.encrypt(&self.key, self.iv(), &mut frame)) {
            let (blocks, _) = Array::slice_as_chunks_mut(&mut frame);
            cbc::Encryptor::inner_iv_init(&self.cipher, &Array(*self.iv())).encrypt_blocks(blocks);
        }
        Some(frame)
    }
}

impl fmt::Debug for CipherKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CipherKey(…)")
    }
}

impl Frame {
    fn parse(plain: &[u8]) -> Result<Self, &'static str> {
        let padding = plain.last().map_or(0, |byte| usize::from(*byte));
        if !(1..=PADDING_BLOCK).contains(&padding) {
            return Err("the padding length is not within 1..=32");
        }
        let content = plain.len().checked_sub(padding).ok_or("there is nothing but padding")?;
        if plain.iter().skip(content).any(|byte| usize::from(*byte) != padding) {
            return Err("the padding bytes differ");
        }
        let header = plain.get(..content).and_then(|content| content.get(..FRAME_HEADER));
        let length = header.and_then(|header| header.last_chunk());
        let length = u32::from_be_bytes(*length.ok_or("there is no room for the length field")?);
        let end = usize::try_from(length).ok().and_then(|length| length.checked_add(FRAME_HEADER));
        match end {
            Some(end) if end <= content => {
                Ok(Self { message: FRAME_HEADER..end, receive_id: end..content })
            }
            _ => Err("the length field points beyond the buffer"),
        }
    }
}

/// Decodes the text of `Encrypt`. White space that goes with a line break is dropped; a lone blank
/// is not, because it is a `+` that somebody decoded as a form.
pub(crate) fn decode_base64(text: &str) -> Result<Vec<u8>, &'static str> {
    let text = text.trim_ascii();
    let decoded = if memchr::memchr2(b'\r', b'\n', text.as_bytes()).is_some() {
        let unwrapped: String = text.split(['\r', '\n']).map(str::trim_ascii).collect();
        BODY_BASE64.decode(unwrapped)
    } else {
        // The fast decoder knows no leniency: what it refuses may have stray bits at its end.
        base64_simd::STANDARD.decode_to_vec(text).or_else(|_| BODY_BASE64.decode(text))
    };
    decoded.map_err(|_| "the ciphertext is not base64")
}

pub(crate) fn encode_base64(bytes: &[u8]) -> String {
    base64_simd::STANDARD.encode_to_string(bytes)
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::{CipherKey, KEY_CHARACTERS, Token};

    #[test]
    fn neither_a_token_nor_a_key_is_printed() {
        let both = (Token::new("hush"), CipherKey::decode(&"k".repeat(KEY_CHARACTERS)));
        assert_eq!(format!("{both:?}"), "(Some(Token(…)), Some(CipherKey(…)))");
    }
}
