//! What WeChat sends to a host, and what does not come from WeChat: an official account.

use core::time::Duration;

use wxkf_core::{Policy, Query, Reply};
use wxkf_platform::{Action, Attempt};

use super::host::{Host, Store};
use super::world::World;
use super::{OFFICIAL_ACCOUNT, SECRET, START, Stop, USER};

pub(super) fn play(world: &mut World<'_>) -> Result<(), Stop> {
    let account = world.wechat.setup().account()?;
    let policy = Policy::official_account();
    let mut host = Host::new(account, OFFICIAL_ACCOUNT, SECRET, policy, Store::default());
    url(&host, world)?;
    let push = text(&mut host, world)?;
    forgeries(&host, &push, world)
}

fn url(host: &Host, world: &mut World<'_>) -> Result<(), Stop> {
    world
        .stage
        .scene("The console saves the URL: WeChat checks it", "后台保存 URL：微信发起验证")?;
    let (query, _) = world.wechat.verification(world.now);
    // The echo is in the middle, and is not to be cut out.
    world.stage.comes_whole(&format!("GET /wechat?{query}"))?;
    world.stage.checks(host.account(), &query, b"", world.now)?;
    let echo = host.account().verify_url(&Query::parse(&query)?, world.now)?;
    world.stage.goes(&format!("200 text/plain  {}", String::from_utf8_lossy(&echo)))?;
    Ok(())
}

fn text(host: &mut Host, world: &mut World<'_>) -> Result<Attempt, Stop> {
    world.stage.scene(
        "An official account: a sealed push, and a reply in the answer to it",
        "公众号：密文推送与被动回复",
    )?;
    world.now = world.now.saturating_add(Duration::from_secs(5));
    let attempt = world.act(Action::Write("你好，请问 3]]> 怎么写？ 😀"))?;
    world.stage.checks(host.account(), &attempt.query, &attempt.body, world.now)?;
    let received = host.receive(&attempt, world)?;
    // All of it: this is what the host gets.
    world.stage.reads(&serde_json::to_string(received.inbound()).unwrap_or_default())?;
    let _ = host.observe(&received, world)?;
    let reply = Reply::text("您好！CDATA 里的 ]]> 会被拆成两段。");
    host.answer(&attempt, &received, &reply, world)?;
    let seen = world.wechat.chat(USER).last().map(|line| line.text.clone()).unwrap_or_default();
    world.stage.note(
        &format!("WeChat opens it, and the user sees: {seen}"),
        &format!("微信解密后，用户看到：{seen}"),
    )?;
    Ok(attempt)
}

fn forgeries(host: &Host, push: &Attempt, world: &mut World<'_>) -> Result<(), Stop> {
    world.stage.scene("Forgeries are refused", "伪造的推送被拒绝")?;
    world.stage.note(
        "The same push, with one character of the ciphertext changed:",
        "同一推送，改动密文中的一个字符：",
    )?;
    let mark = "Encrypt><![CDATA[";
    let body = String::from_utf8_lossy(&push.body);
    let (before, after) = body.split_once(mark).unwrap_or_default();
    let swapped = if after.starts_with('A') { "B" } else { "A" };
    let forged = format!("{before}{mark}{swapped}{}", after.get(1..).unwrap_or_default());
    refuse(host, push, &forged, world)?;
    world.stage.note(
        "The seal is left out, and the text written in the clear:",
        "去掉密文，直接写明文：",
    )?;
    let plain = format!(
        "<xml><ToUserName>gh_5d1c0a7e93b2</ToUserName><FromUserName>{USER}</FromUserName><CreateTime>\
         {}</CreateTime><MsgType>text</MsgType><Content>transfer all</Content><MsgId>1</MsgId></xml>",
        START.as_secs()
    );
    refuse(host, push, &plain, world)
}

/// A forger has the query string of a real push, and another body.
fn refuse(host: &Host, push: &Attempt, forged: &str, world: &mut World<'_>) -> Result<(), Stop> {
    let mut attempt = push.clone();
    attempt.body = forged.as_bytes().into();
    world.stage.comes(&format!("POST /wechat?…  {forged}  ({} bytes)", forged.len()))?;
    world.stage.checks(host.account(), &attempt.query, &attempt.body, world.now)?;
    match host.receive(&attempt, world) {
        Ok(_) => Err(Stop::Script("a forgery is accepted")),
        Err(error) => Ok(world.stage.error(&error)?),
    }
}
