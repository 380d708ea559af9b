use serde_json::json;
use wxkf_core::api::{FileType, MediaKind};
use wxkf_core::{AccountKind, Timestamp};

use super::call::{Answer, Call};
use crate::multipart;
use crate::platform::Platform;

/// Page 上传临时素材, read 2026-11-21.
pub(super) fn upload(
    platform: &mut Platform,
    call: &Call<'_>,
    now: Timestamp,
) -> Result<Answer, i64> {
    let kind = call.parameter("type").and_then(|name| MediaKind::from_name(&name));
    let kind = kind.ok_or(40_004)?;
    if platform.setup.kind == AccountKind::MiniProgram && kind != MediaKind::Image {
        return Err(40_004);
    }
    let bytes = file(call, kind.file_types(), kind.max_bytes())?;
    let id = platform.media.add(&mut platform.rng, kind, bytes, now);
    let name = if kind == MediaKind::Thumb { "thumb_media_id" } else { "media_id" };
    Ok(Answer::json(&json!({ "type": kind.name(), name: id, "created_at": now.as_secs() })))
}

/// Page 获取临时素材, read 2026-11-21.
pub(super) fn get(platform: &mut Platform, call: &Call<'_>, now: Timestamp) -> Result<Answer, i64> {
    let id = call.parameter("media_id").filter(|id| !id.is_empty()).ok_or(41_006)?;
    let file = platform.media.find(&id, now).ok_or(40_007)?;
    if file.kind == MediaKind::Video {
        let url = ["http://203.205.158.1/vweixinp.example/", &id, ".mp4"].concat();
        return Ok(Answer::json(&json!({ "video_url": url })));
    }
    let mime = FileType::of(&file.bytes).map_or("application/octet-stream", FileType::mime);
    let (_, ending) = mime.split_once('/').unwrap_or_default();
    Ok(Answer::file(mime, &[&id, ".", ending].concat(), &file.bytes))
}

/// A voice in its better quality, page 获取临时素材, read 2026-11-28. What a page has recorded is here a voice
/// like any other.
pub(super) fn get_jssdk(
    platform: &mut Platform,
    call: &Call<'_>,
    now: Timestamp,
) -> Result<Answer, i64> {
    let id = call.parameter("media_id").filter(|id| !id.is_empty()).ok_or(41_006)?;
    let file = platform.media.find(&id, now).filter(|file| file.kind == MediaKind::Voice);
    let file = file.ok_or(40_007)?;
    Ok(Answer::file("voice/speex", &[&id, ".speex"].concat(), &file.bytes))
}

/// The file of a form, if it is of such a type and size.
pub(super) fn file<'a>(
    call: &Call<'a>,
    types: &[FileType],
    max_bytes: usize,
) -> Result<&'a [u8], i64> {
    let content_type = call.content_type.unwrap_or_default();
    let part = multipart::file(content_type, call.body, "media").ok_or(41_005)?;
    if part.bytes.is_empty() {
        return Err(44_001);
    }
    // A name without an ending is refused whatever the file is.
    let has_ending = part.filename.rsplit_once('.').is_some_and(|(_, ending)| !ending.is_empty());
    if !has_ending || !FileType::of(part.bytes).is_some_and(|it| types.contains(&it)) {
        return Err(40_005);
    }
    if part.bytes.len() > max_bytes {
        return Err(40_006);
    }
    Ok(part.bytes)
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::*;
    use crate::action::Action;
    use crate::api::bench::Bench;
    use crate::setup::Setup;

    /// A JPG and an MP4, as far as their first bytes go.
    const JPG: &str = "/9j/4AAQ";
    const MP4: &str = "AAAAGGZ0eXBtcDQy";
    const AMR: &str = "IyFBTVIK/w==";

    fn form(media: &str, kind: &str) -> alloc::string::String {
        format!(r#"{{"media_base64":"{media}","type":"{kind}"}}"#)
    }

    #[test]
    fn a_picture_is_kept_sent_and_fetched_for_three_days() {
        let mut bench = Bench::new(Setup::mini_program());
        bench.platform.act("u", Action::Write("hi"), bench.now);
        let answer = bench.say("media.upload", &form(JPG, "image")).unwrap();
        let id = answer["media_id"].as_str().unwrap();
        assert_eq!(answer["created_at"], bench.now.as_secs());
        let send = format!(r#"{{"touser":"u","msgtype":"image","image":{{"media_id":"{id}"}}}}"#);
        let get = format!(r#"{{"media_id":"{id}"}}"#);
        bench.say("message.custom.send", &send).unwrap();
        let file = bench.say("media.get", &get).unwrap();
        assert_eq!(file["media_base64"], JPG);
        assert_eq!(file["content_type"], "image/jpeg");
        bench.wait(3 * 24 * 3600);
        bench.fetch_token();
        bench.platform.act("u", Action::Write("hi"), bench.now);
        assert_eq!(bench.say("message.custom.send", &send), Err(40_007));
        assert_eq!(bench.say("media.get", &get), Err(40_007));
    }

    #[test]
    fn a_video_is_a_place_and_a_cover_has_an_id_of_its_own() {
        let mut bench = Bench::new(Setup::official_account());
        bench.platform.act("u", Action::Write("hi"), bench.now);
        let video = bench.say("media.upload", &form(MP4, "video")).unwrap();
        let cover = bench.say("media.upload", &form(JPG, "thumb")).unwrap();
        let (video, cover) =
            (video["media_id"].as_str().unwrap(), cover["media_id"].as_str().unwrap());
        let place = bench.say("media.get", &format!(r#"{{"media_id":"{video}"}}"#)).unwrap();
        assert!(place["video_url"].is_string());
        let send = |media, thumb| {
            format!(
                r#"{{"touser":"u","msgtype":"video","video":{{"media_id":"{media}","thumb_media_id":"{thumb}"}}}}"#
            )
        };
        bench.say("message.custom.send", &send(video, cover)).unwrap();
        assert_eq!(bench.say("message.custom.send", &send(cover, video)), Err(40_004));
    }

    #[test]
    fn a_recorded_voice_is_speex() {
        let mut bench = Bench::new(Setup::official_account());
        let upload = |media: &str, kind: &str| form(media, kind);
        let voice = bench.say("media.upload", &upload(AMR, "voice")).unwrap();
        let image = bench.say("media.upload", &upload(JPG, "image")).unwrap();
        let get = |id: &serde_json::Value| format!(r#"{{"media_id":{id}}}"#);
        let file = bench.say("media.get.jssdk", &get(&voice["media_id"])).unwrap();
        assert_eq!(file["content_type"], "voice/speex");
        assert_eq!(file["media_base64"], AMR);
        assert_eq!(bench.say("media.get.jssdk", &get(&image["media_id"])), Err(40_007));
    }

    #[test]
    fn a_wrong_file_is_refused() {
        let mut bench = Bench::new(Setup::mini_program());
        assert_eq!(bench.say("media.upload", &form(MP4, "video")), Err(40_004));
        let form = |filename: &str, bytes: &str| {
            format!(
                "--b\r\nContent-Disposition: form-data; name=\"media\"; filename=\"{filename}\"\r\n\r\n{bytes}\r\n--b--"
            )
        };
        let mut upload = |body: &str| {
            let target = format!("/cgi-bin/media/upload?type=image&access_token={}", bench.token);
            let call = Call::new("POST", &target)
                .content_type("multipart/form-data; boundary=b")
                .body(body.as_bytes());
            let answer = bench.platform.call(&call, bench.now);
            let answer: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
            answer["errcode"].as_i64().unwrap_or_default()
        };
        assert_eq!(upload(&form("a.gif", "GIF89a")), 0);
        assert_eq!(upload(&form("a", "GIF89a")), 40_005);
        assert_eq!(upload(&form("a.gif", "text")), 40_005);
        assert_eq!(upload(&form("a.gif", "")), 44_001);
        assert_eq!(upload(&form("a.gif", &format!("GIF89a{}", "x".repeat(10 << 20)))), 40_006);
        assert_eq!(upload("{}"), 41_005);
    }

    #[test]
    fn a_picture_of_a_user_can_be_sent_back() {
        let mut bench = Bench::new(Setup::mini_program());
        bench.platform.act("u", Action::WriteImage, bench.now);
        let inbound = bench.receive();
        let id = inbound.field("MediaId").unwrap();
        let send = format!(r#"{{"touser":"u","msgtype":"image","image":{{"media_id":"{id}"}}}}"#);
        bench.say("message.custom.send", &send).unwrap();
    }
}
