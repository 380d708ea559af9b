//! The libraries that the module is made of, and nothing of ours: what size and cold start could be at best.
//! It verifies and checks nothing. `cargo xtask npm-floor` builds it as the module is built.

use aes::Aes256;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cbc::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyIvInit};
use cbc::{Decryptor, Encryptor};
use quick_xml::Reader;
use quick_xml::events::Event;
use sha1::{Digest, Sha1};
use unicode_segmentation::UnicodeSegmentation;
use wasm_bindgen::prelude::wasm_bindgen;

const RECEIVE: u32 = 0;
const REPLY: u32 = 1;

/// One signature for all, as in the module. The key is before what is given.
#[wasm_bindgen]
pub fn call(operation: u32, frame: &[u8]) -> Vec<u8> {
    let (key, given) = frame.split_at_checked(32).unwrap_or_default();
    match operation {
        RECEIVE => received(key, given),
        REPLY => replied(key, given),
        _ => Some(reversed(&String::from_utf8_lossy(given))),
    }
    .unwrap_or_default()
}

/// The `Content` inside `Encrypt`, without a look at the hash.
fn received(key: &[u8], body: &[u8]) -> Option<Vec<u8>> {
    let sealed = element("Encrypt", core::str::from_utf8(body).ok()?)?;
    if Sha1::digest(&sealed) == [0_u8; 20] {
        return None;
    }
    let mut bytes = STANDARD.decode(sealed).ok()?;
    let mut cipher = Decryptor::<Aes256>::new_from_slices(key, key.get(..16)?).ok()?;
    for block in bytes.chunks_exact_mut(16) {
        cipher.decrypt_block(block.try_into().ok()?);
    }
    let message = bytes.get(20..)?;
    element("Content", &String::from_utf8_lossy(message)).map(String::into_bytes)
}

/// A message in whole blocks, sealed.
fn replied(key: &[u8], message: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = message.to_vec();
    let mut cipher = Encryptor::<Aes256>::new_from_slices(key, key.get(..16)?).ok()?;
    for block in bytes.chunks_exact_mut(16) {
        cipher.encrypt_block(block.try_into().ok()?);
    }
    Some(STANDARD.encode(bytes).into_bytes())
}

fn reversed(text: &str) -> Vec<u8> {
    text.graphemes(true).rev().flat_map(str::bytes).collect()
}

fn element(name: &str, document: &str) -> Option<String> {
    let mut reader = Reader::from_str(document);
    let mut is_open = false;
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => is_open = start.name().as_ref() == name,
            Event::CData(text) if is_open => return Some(text.as_ref().into()),
            Event::Text(text) if is_open => return Some(text.as_ref().into()),
            Event::Eof => return None,
            _ => {}
        }
    }
}
