use alloc::collections::{BTreeMap, VecDeque};
use alloc::string::String;
use alloc::vec::Vec;
use core::time::Duration;

use fastrand::Rng;
use wxkf_core::Timestamp;
use wxkf_core::api::MediaKind;

use crate::tokens::word;

/// Temporary media (临时素材): what the account has uploaded, and what users have sent.
#[derive(Default)]
pub(crate) struct Media {
    files: BTreeMap<String, File>,
    /// In the order in which they end.
    ends: VecDeque<(Timestamp, String)>,
}

pub(crate) struct File {
    pub(crate) kind: MediaKind,
    pub(crate) bytes: Vec<u8>,
    ends: Timestamp,
}

impl Media {
    /// Keeps a file for three days, and gives its id.
    pub(crate) fn add(
        &mut self,
        rng: &mut Rng,
        kind: MediaKind,
        bytes: &[u8],
        now: Timestamp,
    ) -> String {
        while self.ends.front().is_some_and(|(ends, _)| *ends <= now) {
            if let Some((_, id)) = self.ends.pop_front() {
                self.files.remove(&id);
            }
        }
        let id = word(rng, 64);
        // Counted from the whole seconds of `created_at`, which is all that the uploader knows.
        let ends = Timestamp::from_secs(now.as_secs()).saturating_add(LIFETIME);
        self.files.insert(id.clone(), File { kind, bytes: bytes.into(), ends });
        self.ends.push_back((ends, id.clone()));
        id
    }

    /// The file, unless its three days are over.
    pub(crate) fn find(&self, id: &str, now: Timestamp) -> Option<&File> {
        self.files.get(id).filter(|file| file.ends > now)
    }
}

/// A picture of one dot, for what users send.
pub(crate) const DOT: &[u8] =
    b"GIF89a\x01\0\x01\0\0\0\0!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x01D\0;";
/// Page 上传临时素材, read 2026-11-21.
const LIFETIME: Duration = Duration::from_secs(3 * 24 * 3600);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_end_after_three_days_and_are_forgotten() {
        let (mut media, mut rng) = (Media::default(), Rng::with_seed(1));
        let start = Timestamp::from_millis(1_796_000_000_900);
        let id = media.add(&mut rng, MediaKind::Image, DOT, start);
        let end = Timestamp::from_secs(1_796_000_000 + 3 * 24 * 3600);
        assert!(media.find(&id, Timestamp::from_millis(end.as_millis() - 1)).is_some());
        assert!(media.find(&id, end).is_none());
        media.add(&mut rng, MediaKind::Image, DOT, end);
        assert_eq!((media.files.len(), media.ends.len()), (1, 1));
    }
}
