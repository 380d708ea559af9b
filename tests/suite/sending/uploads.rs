//! Files: their sizes and types, and the ids that they get.

use wxkf_core::api::{
    self, Caution, Endpoint, FileType, MediaKind, Outcome, Response, UploadKfHeadImg, UploadMedia,
    Uploaded,
};
use wxkf_core::{AccountKind, Code, Outbound, Timestamp};

use super::{JPEG, PNG};

#[test]
fn uploads_keep_to_sizes_and_types() {
    let file = |head: &[u8], length: usize| {
        let mut bytes = head.to_vec();
        bytes.resize(length, 0);
        bytes
    };
    let amr = b"#!AMR\n";
    let mp4 = b"\0\0\0\x18ftypmp42";
    for (kind, head, limit) in [
        (MediaKind::Image, JPEG, 10 << 20),
        (MediaKind::Image, PNG, 10 << 20),
        (MediaKind::Thumb, JPEG, 64 << 10),
        (MediaKind::Voice, amr, 2 << 20),
        (MediaKind::Video, mp4, 10 << 20),
    ] {
        let upload = |length| UploadMedia::new(file(head, length), [1; 16]).kind(kind).request();
        assert!(upload(limit).is_ok(), "{kind:?}");
        let error = upload(limit + 1).unwrap_err();
        assert_eq!(
            (error.code(), error.field()),
            (Code::RequestFieldInvalid, Some("media_base64"))
        );
    }
    let picture = |length| UploadKfHeadImg::new("a@b", file(JPEG, length), [1; 16]).request();
    assert!(picture(5 << 20).is_ok() && picture((5 << 20) + 1).is_err());
    let large = UploadMedia::new(file(JPEG, (2 << 20) + 1), [1; 16]).request().unwrap();
    assert_eq!(large.caution(), Some(Caution::LargeImage));
    for upload in [file(JPEG, 2 << 20), file(mp4, (2 << 20) + 1)] {
        assert_eq!(UploadMedia::new(upload, [1; 16]).request().unwrap().caution(), None);
    }
    for (kind, head) in [
        (MediaKind::Voice, JPEG),
        (MediaKind::Thumb, PNG),
        (MediaKind::Image, amr),
        (MediaKind::Image, b"RIFF\0\0\0\0WEBP"),
        (MediaKind::Voice, &[0xff, 0xf1, 0x50]),
        (MediaKind::Image, b"{\"a\":1}"),
    ] {
        assert!(UploadMedia::new(head, [1; 16]).kind(kind).request().is_err(), "{kind:?}");
    }
    assert!(UploadMedia::new([], [1; 16]).request().is_err());
    let mini_program = UploadMedia::new(amr, [1; 16]).request_for(AccountKind::MiniProgram);
    assert_eq!(mini_program.unwrap_err().code(), Code::RequestUnsupported);
}

#[test]
fn a_media_id_knows_its_kind_and_its_end() {
    let created = Timestamp::from_secs(1_763_700_000);
    let end = Timestamp::from_secs(1_763_700_000 + 3 * 24 * 3600);
    let picture = Uploaded::new(MediaKind::Image, "m", created);
    assert_eq!(picture.expires_at(), Some(end));
    let before = Timestamp::from_millis(end.as_millis() - 1);
    let error = picture.media_id(end).unwrap_err();
    assert_eq!((error.code(), error.field()), (Code::RequestFieldInvalid, Some("media_id")));
    let id = picture.media_id(before).unwrap();
    let send = |message| api::SendMessage::new("o", message).request().map(drop);
    assert_eq!(send(Outbound::image(id.clone())), Ok(()));
    let error = send(Outbound::voice(id.clone())).unwrap_err();
    assert_eq!((error.code(), error.field()), (Code::RequestFieldInvalid, Some("voice.media_id")));
    // Permanent material is told by nothing but its id.
    assert!(send(Outbound::MpNews { media_id: id }).is_err());
    assert_eq!(send(Outbound::MpNews { media_id: "m".into() }), Ok(()));
    let body = br#"{"type":"thumb","thumb_media_id":"t","created_at":"1763700000"}"#;
    let call = UploadMedia::new(JPEG, [1; 16]).kind(MediaKind::Thumb);
    let Ok(Outcome::Accepted(cover)) = call.decode(Response::new(200, body)) else { panic!() };
    assert_eq!(cover, Uploaded::new(MediaKind::Thumb, "t", created));
}

/// Text that happens to begin like a file, and a file of a kind that no call takes.
#[test]
fn a_file_is_told_by_its_first_bytes() {
    for (head, file_type) in [
        (JPEG, Some(FileType::Jpeg)),
        (PNG, Some(FileType::Png)),
        (b"ID3\x04", Some(FileType::Mp3)),
        // Layer III of MPEG 1, 2 and 2.5.
        (&[0xff, 0xfb, 0x90, 0], Some(FileType::Mp3)),
        (&[0xff, 0xf3, 0x90, 0], Some(FileType::Mp3)),
        (&[0xff, 0xe3, 0x90, 0], Some(FileType::Mp3)),
        // AAC begins alike, but for two bits; so does what has only two of the three bits of a frame.
        (&[0xff, 0xf1, 0x50, 0], None),
        (&[0xff, 0xf9, 0x50, 0], None),
        (&[0xff, 0xc2, 0, 0], None),
        (&[0xff], None),
        (b"", None),
        (b"text", None),
    ] {
        assert_eq!(FileType::of(head), file_type, "{head:?}");
    }
}
