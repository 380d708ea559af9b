use alloc::string::String;
use core::fmt;

use sha1::{Digest, Sha1};

use super::content::Id;
use crate::codec::{Node, NodeKind, write_hex};

/// The same for every delivery of one push: see [`Inbound::dedupe_key`](crate::Inbound::dedupe_key).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DedupeKey([u8; 16]);

impl DedupeKey {
    pub(super) fn of_message(account: &str, id: Id<'_>) -> Self {
        let mut hash = Parts::new("message");
        hash.add(account);
        hash.add(id.as_str());
        hash.finish()
    }

    /// A push that has no id of its own is known by all it says. `Encrypt` is another one on each
    /// delivery.
    pub(super) fn of_everything(tree: Node<'_>) -> Self {
        let told = || tree.children().filter(|child| child.name() != "Encrypt");
        let mut hash = Parts::new("push");
        if told().any(|child| matches!(child.kind(), NodeKind::Array | NodeKind::Element)) {
            told().for_each(|child| hash.add_field(child));
        } else {
            told().for_each(|child| hash.add_flat_field(child));
        }
        hash.finish()
    }

    /// The key of something that is not a push of this crate's, by any text that is the same for every
    /// delivery of it, such as the order number of a payment.
    #[must_use]
    pub fn of_text(text: &str) -> Self {
        let mut hash = Parts::new("text");
        hash.add(text);
        hash.finish()
    }

    /// The key with these bytes, from a store.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The key with this text: 32 hexadecimal digits in lower case.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        let is_key = text.len() == 32 && text.bytes().all(is_digit);
        let number = u128::from_str_radix(text, 16).ok().filter(|_| is_key)?;
        Some(Self(number.to_be_bytes()))
    }

    /// The key, for a store that takes bytes; others take its text, 32 hexadecimal digits.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl DedupeKey {
    pub(super) fn to_text(self) -> String {
        let mut text = String::with_capacity(32);
        self.0.iter().for_each(|byte| write_hex(&mut text, *byte));
        text
    }
}

impl fmt::Display for DedupeKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_text())
    }
}

impl fmt::Debug for DedupeKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Where something nested begins, and where it ends.
#[derive(Clone, Copy)]
enum Mark {
    Object,
    List,
    Nothing,
    End,
}

/// A hash over texts that cannot run into each other: each comes after its length.
struct Parts(Sha1);

impl Parts {
    fn new(what: &str) -> Self {
        let mut parts = Self(Sha1::new());
        parts.add(what);
        parts
    }

    fn add(&mut self, text: &str) {
        self.0.update((text.len() as u64).to_be_bytes());
        self.0.update(text);
    }

    /// A field of a push in which nothing is nested: name and text. Hosts store these keys, so they stay
    /// as they are.
    fn add_flat_field(&mut self, field: Node<'_>) {
        self.add(field.name());
        match field.text() {
            Some(text) => self.add(text.trim_ascii()),
            None => ["\u{1}", "\u{2}"].into_iter().for_each(|mark| self.add(mark)),
        }
    }

    /// A field with all that is in it.
    fn add_field(&mut self, field: Node<'_>) {
        self.add(field.name());
        let Some(text) = field.text() else {
            self.mark(match field.kind() {
                NodeKind::Array => Mark::List,
                NodeKind::Element => Mark::Object,
                _ => Mark::Nothing,
            });
            field.children().for_each(|inside| self.add_field(inside));
            return self.mark(Mark::End);
        };
        self.add(text.trim_ascii());
    }

    /// Stands where a length would, and is one that no text has.
    fn mark(&mut self, mark: Mark) {
        self.0.update((u64::MAX ^ mark as u64).to_be_bytes());
    }

    fn finish(self) -> DedupeKey {
        let mut key = [0; 16];
        for (byte, digest) in key.iter_mut().zip(self.0.finalize()) {
            *byte = digest;
        }
        DedupeKey(key)
    }
}
