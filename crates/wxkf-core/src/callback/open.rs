//! Opening a seal with one of the account's keys.

use alloc::string::String;
use alloc::vec::Vec;

use super::check::{Check, Failed, Passed, Witness};
use crate::account::Account;
use crate::crypto::{self, Frame};
use crate::error::{Code, Error};

impl Account {
    /// Decrypts with each key in turn until one passes the full check.
    pub(super) fn open_before(
        &self,
        witness: &mut impl Witness,
        encrypt: &str,
    ) -> Result<Opened, Failed> {
        let invalid =
            |detail| Check::Seal.fails(Error::new(Code::CiphertextInvalid).because(detail));
        let ciphertext = crypto::decode_base64(encrypt).map_err(invalid)?;
        let mut ciphertext = Some(ciphertext);
        let (mut is_of_another, mut detail) = (false, "the account has no key");
        for (key_index, key) in self.keys.iter().enumerate() {
            let is_last = key_index.saturating_add(1) == self.keys.len();
            let copy = if is_last { ciphertext.take() } else { ciphertext.clone() };
            let mut buffer = copy.unwrap_or_default();
            match key.open(self.host_cipher(), &mut buffer) {
                Err(why) => detail = why,
                Ok(frame) => match self.accepted_id(&buffer, &frame) {
                    Some(id_index) => {
                        let opened = Opened { buffer, frame, key_index, id_index };
                        witness.holds(Passed::Seal { key_index: Some(key_index) });
                        witness.holds(Passed::ReceiveId { id_index, message: opened.message() });
                        return Ok(opened);
                    }
                    None => is_of_another = true,
                },
            }
        }
        if !is_of_another {
            return Err(invalid(detail));
        }
        witness.holds(Passed::Seal { key_index: None });
        Err(Check::ReceiveId.fails(Code::ReceiveIdMismatch))
    }

    /// The id inside a sealed message that some key opens, accepted or not.
    pub(crate) fn id_inside(&self, encrypt: &str) -> Option<String> {
        let ciphertext = crypto::decode_base64(encrypt).ok()?;
        self.keys.iter().find_map(|key| {
            let mut buffer = ciphertext.clone();
            let frame = key.open(self.host_cipher(), &mut buffer).ok()?;
            Some(String::from_utf8_lossy(buffer.get(frame.receive_id)?).into_owned())
        })
    }

    fn accepted_id(&self, buffer: &[u8], frame: &Frame) -> Option<usize> {
        let id = buffer.get(frame.receive_id.clone())?;
        self.accepted_ids.iter().position(|accepted| accepted.as_bytes() == id)
    }
}

/// A message that a key has opened.
pub(crate) struct Opened {
    buffer: Vec<u8>,
    frame: Frame,
    pub(crate) key_index: usize,
    pub(crate) id_index: usize,
}

impl Opened {
    pub(crate) fn message(&self) -> &[u8] {
        self.buffer.get(self.frame.message.clone()).unwrap_or_default()
    }

    /// The message alone, in the memory that it was opened in.
    pub(super) fn into_message(self) -> Vec<u8> {
        let Self { mut buffer, frame: Frame { message, .. }, .. } = self;
        buffer.truncate(message.end);
        buffer.drain(..message.start.min(buffer.len()));
        buffer
    }
}
