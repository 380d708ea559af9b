//! Media (素材): what a file can be, and ids that know what they are good for.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;

use super::value::{Argument, Value};

/// What a file is uploaded as. A mini program uploads pictures only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MediaKind {
    /// A picture: JPG, PNG or GIF of up to 10 MB. Pages about mini programs also say 2 MB.
    Image,
    /// The cover of a video or a piece of music: JPG of up to 64 KB.
    Thumb,
    /// A video: MP4 of up to 10 MB.
    Video,
    /// A voice: AMR or MP3 of up to 2 MB and 60 seconds; the seconds are not checked here.
    Voice,
}

impl MediaKind {
    /// Every kind.
    pub const ALL: &'static [Self] = &[Self::Image, Self::Thumb, Self::Video, Self::Voice];

    /// `image`, `thumb`, `video` or `voice`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Thumb => "thumb",
            Self::Video => "video",
            Self::Voice => "voice",
        }
    }

    /// The kind with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// The most bytes that a file of this kind may have.
    #[must_use]
    pub const fn max_bytes(self) -> usize {
        match self {
            Self::Image | Self::Video => 10 << 20,
            Self::Thumb => 64 << 10,
            Self::Voice => 2 << 20,
        }
    }

    /// The files that may be uploaded as this kind.
    #[must_use]
    pub const fn file_types(self) -> &'static [FileType] {
        match self {
            Self::Image => &[FileType::Gif, FileType::Jpeg, FileType::Png],
            Self::Thumb => &[FileType::Jpeg],
            Self::Video => &[FileType::Mp4],
            Self::Voice => &[FileType::Amr, FileType::Mp3],
        }
    }
}

/// A type of file that the platform takes, told by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FileType {
    /// AMR sound.
    Amr,
    /// A GIF picture.
    Gif,
    /// A JPG picture.
    Jpeg,
    /// MP3 sound.
    Mp3,
    /// An MP4 video.
    Mp4,
    /// A PNG picture.
    Png,
}

impl FileType {
    /// The type of a file; `None` for one that the platform does not take.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        Some(match bytes {
            [0xff, 0xd8, 0xff, ..] => Self::Jpeg,
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Self::Png,
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Self::Gif,
            [b'#', b'!', b'A', b'M', b'R', ..] => Self::Amr,
            [b'I', b'D', b'3', ..] => Self::Mp3,
            // The mark of a frame, and a layer: that is what keeps AAC out.
            [0xff, second, ..] if second & 0xe0 == 0xe0 && second & 0x06 != 0 => Self::Mp3,
            [_, _, _, _, b'f', b't', b'y', b'p', ..] => Self::Mp4,
            _ => return None,
        })
    }

    /// What it is uploaded as unless told otherwise.
    #[must_use]
    pub const fn media_kind(self) -> MediaKind {
        match self {
            Self::Amr | Self::Mp3 => MediaKind::Voice,
            Self::Gif | Self::Jpeg | Self::Png => MediaKind::Image,
            Self::Mp4 => MediaKind::Video,
        }
    }

    /// Its media type, such as `image/jpeg`.
    #[must_use]
    pub const fn mime(self) -> &'static str {
        match self {
            Self::Amr => "audio/amr",
            Self::Gif => "image/gif",
            Self::Jpeg => "image/jpeg",
            Self::Mp3 => "audio/mpeg",
            Self::Mp4 => "video/mp4",
            Self::Png => "image/png",
        }
    }

    pub(crate) const fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Amr => &["amr"],
            Self::Gif => &["gif"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Mp3 => &["mp3"],
            Self::Mp4 => &["mp4"],
            Self::Png => &["png"],
        }
    }
}

/// The id of a file on the platform, ready to be sent.
///
/// One that comes from [`Uploaded::media_id`](crate::api::Uploaded::media_id) knows what kind of file it is, and is refused where
/// another kind belongs. One made from a text is taken at its word: permanent material (永久素材) of
/// an official account has such ids, too.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MediaId {
    id: String,
    kind: Option<MediaKind>,
}

impl MediaId {
    pub(crate) const fn of_kind(id: String, kind: MediaKind) -> Self {
        Self { id, kind: Some(kind) }
    }

    /// The id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.id
    }

    /// The kind of file, if it is known.
    #[must_use]
    pub const fn kind(&self) -> Option<MediaKind> {
        self.kind
    }
}

impl From<&str> for MediaId {
    fn from(id: &str) -> Self {
        Self { id: id.into(), kind: None }
    }
}

impl From<String> for MediaId {
    fn from(id: String) -> Self {
        Self { id, kind: None }
    }
}

impl fmt::Display for MediaId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.id)
    }
}

impl Argument for MediaKind {
    fn value(&self) -> Option<Value<'_>> {
        Some(Value::Text(Cow::Borrowed(self.name())))
    }
}

impl Argument for MediaId {
    fn value(&self) -> Option<Value<'_>> {
        Some(Value::Media(Cow::Borrowed(self)))
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::{String, ToString};

    use super::{MediaId, MediaKind};

    #[test]
    fn an_id_is_its_text_with_or_without_its_kind() {
        let known = MediaId::of_kind("m".into(), MediaKind::Thumb);
        assert_eq!(
            (known.as_str(), &*known.to_string(), known.kind()),
            ("m", "m", Some(MediaKind::Thumb))
        );
        for taken in [MediaId::from("m"), MediaId::from(String::from("m"))] {
            assert_eq!((taken.as_str(), &*taken.to_string(), taken.kind()), ("m", "m", None));
        }
    }
}
