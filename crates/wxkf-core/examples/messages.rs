//! Every kind of message and the calls around it, as the platform's pages show them: printed, and
//! compared with what the pages print. Run it with `cargo run --example messages`.
#![expect(clippy::expect_used, reason = "an example stops at the first surprise")]

use wxkf_core::api::{
    AddKfAccount, DeleteKfAccount, Endpoint, GetAccessToken, GetKfList, MediaKind, SendMessage,
    SetTyping, TypingCommand, UpdateKfAccount, UploadKfHeadImg, UploadMedia, Uploaded,
};
use wxkf_core::text::{menu_link, mini_program_link, split};
use wxkf_core::{Error, JsonObject, MenuItem, NewsArticle, Outbound, Timestamp};

fn main() -> Result<(), Error> {
    let to = |message| SendMessage::new("OPENID", message);

    show(
        &to(Outbound::text("Hello World")),
        r#"{"touser":"OPENID","msgtype":"text","text":{"content":"Hello World"}}"#,
    )?;

    // A link to a mini program inside a text.
    let link =
        mini_program_link("点击跳小程序", "http://www.qq.com", "appid", "pages/index/index")?;
    show(
        &to(Outbound::text(format!("文本内容{link}"))),
        r#"{"touser":"OPENID","msgtype":"text","text":{"content":"文本内容<a href=\"http://www.qq.com\" data-miniprogram-appid=\"appid\" data-miniprogram-path=\"pages/index/index\">点击跳小程序</a>"}}"#,
    )?;

    // A link that answers like a menu.
    show(
        &to(Outbound::text(menu_link("满意", "满意", "101")?)),
        r#"{"touser":"OPENID","msgtype":"text","text":{"content":"<a href=\"weixin://bizmsgmenu?msgmenucontent=满意&msgmenuid=101\">满意</a>"}}"#,
    )?;

    show(
        &to(Outbound::image("MEDIA_ID")),
        r#"{"touser":"OPENID","msgtype":"image","image":{"media_id":"MEDIA_ID"}}"#,
    )?;
    show(
        &to(Outbound::voice("MEDIA_ID")),
        r#"{"touser":"OPENID","msgtype":"voice","voice":{"media_id":"MEDIA_ID"}}"#,
    )?;
    show(
        &to(Outbound::Video {
            media_id: "MEDIA_ID".into(),
            thumb_media_id: Some("MEDIA_ID".into()),
            title: Some("TITLE".into()),
            description: Some("DESCRIPTION".into()),
        }),
        r#"{"touser":"OPENID","msgtype":"video","video":{"media_id":"MEDIA_ID","thumb_media_id":"MEDIA_ID","title":"TITLE","description":"DESCRIPTION"}}"#,
    )?;
    show(
        &to(Outbound::Music {
            title: Some("MUSIC_TITLE".into()),
            description: Some("MUSIC_DESCRIPTION".into()),
            musicurl: "MUSIC_URL".into(),
            hqmusicurl: Some("HQ_MUSIC_URL".into()),
            thumb_media_id: "THUMB_MEDIA_ID".into(),
        }),
        r#"{"touser":"OPENID","msgtype":"music","music":{"title":"MUSIC_TITLE","description":"MUSIC_DESCRIPTION","musicurl":"MUSIC_URL","hqmusicurl":"HQ_MUSIC_URL","thumb_media_id":"THUMB_MEDIA_ID"}}"#,
    )?;
    show(
        &to(Outbound::news(NewsArticle::new(
            "Happy Day",
            "Is Really A Happy Day",
            "URL",
            "PIC_URL",
        ))),
        r#"{"touser":"OPENID","msgtype":"news","news":{"articles":[{"title":"Happy Day","description":"Is Really A Happy Day","url":"URL","picurl":"PIC_URL"}]}}"#,
    )?;
    show(
        &to(Outbound::MpNews { media_id: "MEDIA_ID".into() }),
        r#"{"touser":"OPENID","msgtype":"mpnews","mpnews":{"media_id":"MEDIA_ID"}}"#,
    )?;
    show(
        &to(Outbound::MpNewsArticle { article_id: "ARTICLE_ID".into() }),
        r#"{"touser":"OPENID","msgtype":"mpnewsarticle","mpnewsarticle":{"article_id":"ARTICLE_ID"}}"#,
    )?;
    show(
        &to(Outbound::MsgMenu {
            head_content: Some("您对本次服务是否满意呢? ".into()),
            list: vec![MenuItem::new("101", "满意"), MenuItem::new("102", "不满意")],
            tail_content: Some("欢迎再次光临".into()),
        }),
        r#"{"touser":"OPENID","msgtype":"msgmenu","msgmenu":{"head_content":"您对本次服务是否满意呢? ","list":[{"id":"101","content":"满意"},{"id":"102","content":"不满意"}],"tail_content":"欢迎再次光临"}}"#,
    )?;
    show(
        &to(Outbound::WxCard { card_id: "123dsdajkasd231jhksad".into(), card_ext: None }),
        r#"{"touser":"OPENID","msgtype":"wxcard","wxcard":{"card_id":"123dsdajkasd231jhksad"}}"#,
    )?;

    // A card: an official account names the mini program, a mini program sends its own.
    let card = |appid: Option<&str>| Outbound::MiniProgramPage {
        title: "title".into(),
        appid: appid.map(Into::into),
        pagepath: "pagepath".into(),
        thumb_media_id: "thumb_media_id".into(),
    };
    show(
        &to(card(Some("appid"))),
        r#"{"touser":"OPENID","msgtype":"miniprogrampage","miniprogrampage":{"title":"title","appid":"appid","pagepath":"pagepath","thumb_media_id":"thumb_media_id"}}"#,
    )?;
    show(
        &to(card(None)),
        r#"{"touser":"OPENID","msgtype":"miniprogrampage","miniprogrampage":{"title":"title","pagepath":"pagepath","thumb_media_id":"thumb_media_id"}}"#,
    )?;
    show(
        &to(Outbound::Link {
            title: "Happy Day".into(),
            description: "Is Really A Happy Day".into(),
            url: "URL".into(),
            thumb_url: "THUMB_URL".into(),
        }),
        r#"{"touser":"OPENID","msgtype":"link","link":{"title":"Happy Day","description":"Is Really A Happy Day","url":"URL","thumb_url":"THUMB_URL"}}"#,
    )?;

    // A type to come.
    show(
        &to(Outbound::Other {
            msgtype: "file".into(),
            object: JsonObject::parse(r#"{"media_id":"MEDIA_ID"}"#)?,
        }),
        r#"{"touser":"OPENID","msgtype":"file","file":{"media_id":"MEDIA_ID"}}"#,
    )?;

    // In the name of an agent, and written by a machine.
    show(
        &to(Outbound::text("Hello World")).kf_account("test1@kftest").is_ai_msg(true),
        r#"{"touser":"OPENID","msgtype":"text","text":{"content":"Hello World"},"customservice":{"kf_account":"test1@kftest"},"aimsgcontext":{"is_ai_msg":1}}"#,
    )?;

    // What is too long becomes as many messages as it needs, and three at the most.
    for part in split(&"很长的一段话。".repeat(200), 2048, 3).parts {
        to(Outbound::text(part)).request()?;
    }

    // Somebody is typing.
    show(
        &SetTyping::new("OPENID", TypingCommand::Typing),
        r#"{"touser":"OPENID","command":"Typing"}"#,
    )?;
    show(
        &SetTyping::new("OPENID", TypingCommand::CancelTyping),
        r#"{"touser":"OPENID","command":"CancelTyping"}"#,
    )?;

    // Agents.
    show(
        &AddKfAccount::new("test1@test", "客服1"),
        r#"{"kf_account":"test1@test","nickname":"客服1"}"#,
    )?;
    show(
        &AddKfAccount::new("test1@test", "客服1").password("pswmd5"),
        r#"{"kf_account":"test1@test","nickname":"客服1","password":"pswmd5"}"#,
    )?;
    show(
        &UpdateKfAccount::new("test1@test", "客服1"),
        r#"{"kf_account":"test1@test","nickname":"客服1"}"#,
    )?;
    show(&DeleteKfAccount::new("test1@test"), r#"{"kf_account":"test1@test"}"#)?;
    show(&GetKfList::new(), "")?;

    // Files: 16 random bytes make the line between the parts of the form.
    let (jpeg, random) = ([0xff, 0xd8, 0xff, 0xe0], [7; 16]);
    let picture = UploadKfHeadImg::new("test1@test", jpeg, random).request()?;
    println!("{}", picture.target("ACCESS_TOKEN"));
    let upload = UploadMedia::new(jpeg, random).filename("service_code.jpg").request()?;
    println!("{}", upload.target("ACCESS_TOKEN"));
    // What was uploaded is good for three days, and for pictures only.
    let now = Timestamp::from_secs(1_763_700_000);
    let uploaded = Uploaded::new(MediaKind::Image, "MEDIA_ID", now);
    to(Outbound::image(uploaded.media_id(now)?)).request()?;

    let token = GetAccessToken::new("APPID", "APPSECRET").request()?;
    println!("{}", token.target(""));
    Ok(())
}

/// Prints the request, and stops if its body is not the one on the page.
fn show(call: &impl Endpoint, expected: &str) -> Result<(), Error> {
    let request = call.request()?;
    let body = core::str::from_utf8(request.body()).expect("JSON");
    println!("{} {}\n{body}\n", request.method().name(), request.target("ACCESS_TOKEN"));
    assert!(body == expected, "{} sends\n{body}\ninstead of\n{expected}", request.name());
    Ok(())
}
