//! Temporary media (临时素材): a file on the platform, and how long it is there.

use alloc::string::String;
use core::time::Duration;

use crate::error::Error;
use crate::params::{MediaId, MediaKind, invalid};
use crate::time::Timestamp;

/// How long the platform keeps temporary media.
pub const MEDIA_LIFETIME: Duration = Duration::from_secs(3 * 24 * 3600);

/// A file on the platform: its id, its kind, and when it ends. Keep the three together for as long as
/// the id is used; [`new`](Self::new) puts them together again.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Uploaded {
    /// What it was uploaded as.
    pub kind: MediaKind,
    /// Its id: `media_id`, or `thumb_media_id` for a cover.
    pub id: String,
    /// When it was uploaded, if the platform said so.
    pub created_at: Option<Timestamp>,
}

impl Uploaded {
    /// What is known of a file that was uploaded before.
    #[must_use]
    pub fn new(kind: MediaKind, id: impl Into<String>, created_at: Timestamp) -> Self {
        Self { kind, id: id.into(), created_at: Some(created_at) }
    }

    /// When the platform forgets it: three days after the upload.
    #[must_use]
    pub fn expires_at(&self) -> Option<Timestamp> {
        let millis = u64::try_from(MEDIA_LIFETIME.as_millis()).unwrap_or(u64::MAX);
        self.created_at.map(|at| Timestamp::from_millis(at.as_millis().saturating_add(millis)))
    }

    /// The id to send now.
    ///
    /// # Errors
    /// [`Code::RequestFieldInvalid`](crate::Code::RequestFieldInvalid) once the three days are over: upload the file again.
    pub fn media_id(&self, now: Timestamp) -> Result<MediaId, Error> {
        if self.expires_at().is_some_and(|end| end <= now) {
            return Err(invalid("uploaded more than three days ago").field_named("media_id"));
        }
        Ok(MediaId::of_kind(self.id.clone(), self.kind))
    }
}
