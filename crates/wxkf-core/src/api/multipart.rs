//! The form that a file is uploaded in, built from its bytes.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use sha1::{Digest, Sha1};

use super::endpoint::{AnswerKind, EndpointInfo};
use crate::account::AccountKind;
use crate::codec::write_hex;
use crate::error::{Code, Error};
use crate::params::{Caution, FileType, MediaKind, Object, invalid};

/// A form with one file, named `media` as the platform wants it.
pub(super) struct Multipart {
    pub(super) content_type: String,
    pub(super) body: Vec<u8>,
    /// What the file is uploaded as.
    pub(super) media_kind: Option<MediaKind>,
    pub(super) caution: Option<Caution>,
}

/// The picture of an agent: a JPG of up to 5 MB.
const HEAD_IMAGE_BYTES: usize = 5 << 20;
/// What other pages name as the limit of a mini program's picture.
const SMALL_IMAGE_BYTES: usize = 2 << 20;

/// Makes the form of these bytes, if they are a file that the call takes.
pub(super) fn form(
    bytes: &[u8],
    object: &Object<'_>,
    account: Option<AccountKind>,
    info: &EndpointInfo,
) -> Result<Multipart, Error> {
    let invalid = |detail| invalid(detail).field_named("media_base64");
    if bytes.is_empty() {
        return Err(invalid("empty"));
    }
    let file_type = FileType::of(bytes).ok_or_else(|| invalid("a file of an unknown type"))?;
    let is_media = matches!(info.answer, AnswerKind::Uploaded);
    let given = object.text("type").and_then(MediaKind::from_name);
    let media_kind = is_media.then(|| given.unwrap_or_else(|| file_type.media_kind()));
    let (takes, limit): (&[_], _) = match media_kind {
        Some(kind) => (kind.file_types(), kind.max_bytes()),
        None => (&[FileType::Jpeg], HEAD_IMAGE_BYTES),
    };
    let is_for_mini_program = account == Some(AccountKind::MiniProgram);
    if is_for_mini_program && media_kind.is_some_and(|kind| kind != MediaKind::Image) {
        let unsupported = Error::new(Code::RequestUnsupported);
        let field = if given.is_some() { "type" } else { "media_base64" };
        return Err(unsupported.field_named(field).because("a mini program sends pictures only"));
    }
    if !takes.contains(&file_type) {
        return Err(invalid("a file of another type than the call takes"));
    }
    if bytes.len() > limit {
        return Err(invalid("too large"));
    }
    let is_large = media_kind == Some(MediaKind::Image) && bytes.len() > SMALL_IMAGE_BYTES;
    let boundary = boundary(bytes, object.text("random"));
    let filename = filename(object.text("filename"), file_type);
    let mime = file_type.mime();
    let mut body = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"media\"; filename=\"{filename}\"\r\n\
         Content-Type: {mime}\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(bytes);
    body.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
    Ok(Multipart {
        content_type: format!("multipart/form-data; boundary={boundary}"),
        body,
        media_kind,
        caution: is_large.then_some(Caution::LargeImage),
    })
}

/// A line that the file does not hold. Without random bytes it comes from the file itself, which
/// cannot hold a hash of itself.
fn boundary(bytes: &[u8], random: Option<&str>) -> String {
    let mut boundary = match random {
        Some(digits) => format!("wxkf{}", digits.to_ascii_lowercase()),
        None => hashed("", bytes),
    };
    while holds(bytes, boundary.as_bytes()) {
        boundary = hashed(&boundary, bytes);
    }
    boundary
}

fn hashed(before: &str, bytes: &[u8]) -> String {
    let hash = Sha1::new().chain_update(before).chain_update(bytes).finalize();
    let mut boundary = String::from("wxkf");
    hash.iter().take(16).for_each(|byte| write_hex(&mut boundary, *byte));
    boundary
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// A plain name with the right ending: others are refused with 40005 or 41005. One that is not plain
/// is not sent; it means nothing to the platform.
fn filename(given: Option<&str>, file_type: FileType) -> String {
    const MAX_LENGTH: usize = 64;
    let is_plain = |stem: &str| {
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
        (1..=MAX_LENGTH).contains(&stem.len())
            && stem.bytes().all(is_part)
            && !stem.starts_with('.')
    };
    let endings = file_type.endings();
    let (stem, ending) = match given.map(|name| name.rsplit_once('.').unwrap_or((name, ""))) {
        Some((stem, ending)) if is_plain(stem) => (stem, ending),
        Some((_, ending)) => ("media", ending),
        None => ("media", ""),
    };
    let known = endings.iter().find(|known| known.eq_ignore_ascii_case(ending));
    let ending = known.or_else(|| endings.first()).copied().unwrap_or_default();
    format!("{stem}.{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_are_plain_and_end_as_the_file_is() {
        for (given, name) in [
            (None, "media.jpg"),
            (Some("a.jpg"), "a.jpg"),
            (Some("a-1_b.c.JPEG"), "a-1_b.c.jpeg"),
            (Some("a.png"), "a.jpg"),
            (Some("a"), "a.jpg"),
            (Some("照片.jpg"), "media.jpg"),
            (Some("a\"\r\nb.jpg"), "media.jpg"),
            (Some("../../a.jpg"), "media.jpg"),
            (Some(".jpg"), "media.jpg"),
            (Some(""), "media.jpg"),
        ] {
            assert_eq!(filename(given, FileType::Jpeg), name, "{given:?}");
        }
    }

    #[test]
    fn the_boundary_is_not_in_the_file() {
        let random = "00112233445566778899aabbccddeeff";
        let first = boundary(b"", Some(random));
        assert_eq!(first, format!("wxkf{random}"));
        let second = boundary(first.as_bytes(), Some(random));
        assert_ne!(first, second);
        let both = [first.as_bytes(), second.as_bytes()].concat();
        assert!(!holds(&both, boundary(&both, Some(random)).as_bytes()));
        assert_ne!(boundary(b"a", None), boundary(b"b", None));
    }
}
