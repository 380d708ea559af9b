//! The floor: OpenSSL 3 with kept contexts, doing SHA-1, base64 and AES-256-CBC on the same bytes
//! and nothing else. It parses nothing, compares nothing and checks nothing.
//!
//! OpenSSL's wrapper returns base64 in a new buffer each time. That is one allocation that a floor
//! need not have, 2 to 3 % of it at half a kilobyte; calling C ourselves to spare it is not worth
//! the unsafe code.

use openssl::base64::{decode_block, encode_block};
use openssl::cipher::Cipher;
use openssl::cipher_ctx::CipherCtx;
use openssl::error::ErrorStack;
use openssl::md::Md;
use openssl::md_ctx::MdCtx;

use crate::account::{ENCODING_AES_KEY, NONCE, TIMESTAMP, TOKEN};

const BLOCK: usize = 16;

pub struct Floor {
    sha1: Md,
    hash: MdCtx,
    decryption: CipherCtx,
    encryption: CipherCtx,
    iv: [u8; BLOCK],
    /// Kept from call to call, as the contexts are.
    buffer: Vec<u8>,
}

/// The four parts of a signature in their order; `None` is where `Encrypt` goes.
pub type Parts = [Option<&'static [u8]>; 4];

/// Sorts once for all calls, as the bytes are always the same.
pub fn sorted_parts(encrypt: &str) -> Parts {
    let mut parts = [(TOKEN, false), (TIMESTAMP, false), (NONCE, false), (encrypt, true)]
        .map(|(part, is_encrypt)| (part.as_bytes(), is_encrypt));
    parts.sort_unstable();
    let known = [TOKEN, TIMESTAMP, NONCE];
    parts.map(|(part, is_encrypt)| {
        let same = known.iter().find(|known| known.as_bytes() == part && !is_encrypt);
        same.map(|known| known.as_bytes())
    })
}

impl Floor {
    pub fn new() -> Result<Self, ErrorStack> {
        let key = decode_block(&format!("{ENCODING_AES_KEY}="))?;
        let iv = *key.first_chunk().expect("a key of 32 bytes");
        // Fetched once: looking them up by name on each call would cost more than the work.
        let sha1 = Md::fetch(None, "SHA1", None)?;
        let aes = Cipher::fetch(None, "AES-256-CBC", None)?;
        let mut decryption = CipherCtx::new()?;
        decryption.decrypt_init(Some(&aes), Some(&key), Some(&iv))?;
        decryption.set_padding(false);
        let mut encryption = CipherCtx::new()?;
        encryption.encrypt_init(Some(&aes), Some(&key), Some(&iv))?;
        encryption.set_padding(false);
        Ok(Self { sha1, hash: MdCtx::new()?, decryption, encryption, iv, buffer: Vec::new() })
    }

    /// What every receiver must do: the hash for the signature, and the frame inside.
    pub fn open(&mut self, parts: &Parts, encrypt: &str) -> Result<([u8; 20], &[u8]), ErrorStack> {
        let hash = self.sign(parts, encrypt)?;
        let ciphertext = decode_block(encrypt)?;
        self.make_room(ciphertext.len());
        self.decryption.decrypt_init(None, None, Some(&self.iv))?;
        let length = self.decryption.cipher_update(&ciphertext, Some(&mut self.buffer))?;
        Ok((hash, &self.buffer[..length]))
    }

    /// What every answer must do, beginning with the padded frame.
    pub fn seal(&mut self, parts: &Parts, frame: &[u8]) -> Result<([u8; 20], String), ErrorStack> {
        self.make_room(frame.len());
        self.encryption.encrypt_init(None, None, Some(&self.iv))?;
        let length = self.encryption.cipher_update(frame, Some(&mut self.buffer))?;
        let encrypt = encode_block(&self.buffer[..length]);
        let hash = self.sign(parts, &encrypt)?;
        Ok((hash, encrypt))
    }

    fn sign(&mut self, parts: &Parts, encrypt: &str) -> Result<[u8; 20], ErrorStack> {
        self.hash.digest_init(&self.sha1)?;
        for part in parts {
            self.hash.digest_update(part.unwrap_or_else(|| encrypt.as_bytes()))?;
        }
        let mut digest = [0; 20];
        self.hash.digest_final(&mut digest)?;
        Ok(digest)
    }

    /// OpenSSL's wrapper wants room for one block more.
    fn make_room(&mut self, length: usize) {
        if self.buffer.len() < length + BLOCK {
            self.buffer.resize(length + BLOCK, 0);
        }
    }
}

pub fn hex(digest: [u8; 20]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
