use core::time::Duration;

use serde_json::{Value, json};
use wxkf_core::Timestamp;
use wxkf_core::api::FileType;

use super::call::{Answer, Call, CallBody};
use super::files::file;
use crate::desk::Agent;
use crate::platform::Platform;
use crate::tokens::word;

/// Page 添加客服账号, read 2026-11-21.
pub(super) fn add(platform: &mut Platform, call: &Call<'_>, _: Timestamp) -> Result<Answer, i64> {
    let body = call.json()?;
    let kf_account = body.text("kf_account").filter(|name| is_account(name)).ok_or(65_404)?;
    let nickname = nickname(&body)?;
    if platform.desk.agent(kf_account).is_some() {
        return Err(65_406);
    }
    if platform.desk.agents.len() >= MAX_AGENTS {
        return Err(65_405);
    }
    let openid = ["oKf", &word(&mut platform.rng, 25)].concat();
    platform.desk.add(kf_account, nickname, openid);
    Ok(Answer::ok())
}

/// Page 修改客服账号, read 2026-11-21.
pub(super) fn update(
    platform: &mut Platform,
    call: &Call<'_>,
    _: Timestamp,
) -> Result<Answer, i64> {
    let body = call.json()?;
    let nickname = nickname(&body)?;
    agent(platform, body.text("kf_account"))?.nickname = nickname.into();
    Ok(Answer::ok())
}

/// Page 删除客服账号, read 2026-11-21.
pub(super) fn delete(
    platform: &mut Platform,
    call: &Call<'_>,
    _: Timestamp,
) -> Result<Answer, i64> {
    dismiss(platform, call.json()?.text("kf_account"))
}

/// The same in the way of older pages.
pub(super) fn delete_by_query(
    platform: &mut Platform,
    call: &Call<'_>,
    _: Timestamp,
) -> Result<Answer, i64> {
    match call.parameter("kf_openid") {
        None => dismiss(platform, call.parameter("kf_account").as_deref()),
        Some(openid) => {
            let found = by_openid(platform, &openid)?.kf_account.clone();
            dismiss(platform, Some(&found))
        }
    }
}

/// Page 邀请绑定客服账号, read 2026-11-21.
pub(super) fn invite(
    platform: &mut Platform,
    call: &Call<'_>,
    now: Timestamp,
) -> Result<Answer, i64> {
    let body = call.json()?;
    let kf_wx = body.text("invite_wx").ok_or(65_409)?;
    let agent = agent(platform, body.text("kf_account"))?;
    match &agent.invitation {
        _ if agent.kf_wx.is_some() => return Err(65_412),
        Some((invited, ends)) if *ends > now => {
            return Err(if invited == kf_wx { 65_408 } else { 65_411 });
        }
        _ => agent.invitation = Some((kf_wx.into(), now.saturating_add(INVITATION))),
    }
    Ok(Answer::ok())
}

/// Page 设置客服账号的头像, read 2026-11-21.
pub(super) fn upload_picture(
    platform: &mut Platform,
    call: &Call<'_>,
    _: Timestamp,
) -> Result<Answer, i64> {
    let agent = agent(platform, call.parameter("kf_account").as_deref())?;
    file(call, &[FileType::Jpeg], MAX_PICTURE)?;
    agent.has_picture = true;
    Ok(Answer::ok())
}

/// Pages 设置客服管理员 and 取消客服管理员, read 2026-11-21. Nothing else shows who is one.
pub(super) fn set_admin(
    platform: &mut Platform,
    call: &Call<'_>,
    _: Timestamp,
) -> Result<Answer, i64> {
    by_openid(platform, &call.parameter("kf_openid").unwrap_or_default())?;
    Ok(Answer::ok())
}

/// Page 获取所有客服账号, read 2026-11-21.
pub(super) fn list(platform: &mut Platform, _: &Call<'_>, now: Timestamp) -> Result<Answer, i64> {
    let agents = platform.desk.agents.iter().map(|agent| listed(agent, now));
    Ok(Answer::json(&json!({ "kf_list": agents.collect::<Value>() })))
}

/// Page 获取在线客服列表, read 2026-11-21.
pub(super) fn list_online(
    platform: &mut Platform,
    _: &Call<'_>,
    now: Timestamp,
) -> Result<Answer, i64> {
    let online = platform.desk.agents.iter().filter(|agent| agent.is_online);
    let online = online.map(|agent| {
        json!({
            "kf_account": agent.kf_account,
            "status": 1,
            "kf_id": agent.kf_id,
            "accepted_case": platform.desk.served(&agent.kf_account, now).count(),
        })
    });
    Ok(Answer::json(&json!({ "kf_online_list": online.collect::<Value>() })))
}

fn listed(agent: &Agent, now: Timestamp) -> Value {
    let mut row = json!({
        "kf_account": agent.kf_account,
        "kf_nick": agent.nickname,
        "kf_id": agent.kf_id,
        "kf_openid": agent.kf_openid,
        "kf_headimgurl": if agent.has_picture { "http://mmbiz.example/kf/0" } else { "" },
    });
    let Value::Object(fields) = &mut row else { return row };
    if let Some(kf_wx) = &agent.kf_wx {
        fields.insert("kf_wx".into(), kf_wx.as_str().into());
    }
    if let Some((invited, ends)) = &agent.invitation {
        let status = if *ends > now { "waiting" } else { "expired" };
        fields.insert("invite_wx".into(), invited.as_str().into());
        fields.insert("invite_expire_time".into(), ends.as_secs().into());
        fields.insert("invite_status".into(), status.into());
    }
    row
}

fn dismiss(platform: &mut Platform, kf_account: Option<&str>) -> Result<Answer, i64> {
    let kf_account = agent(platform, kf_account)?.kf_account.clone();
    platform.desk.dismiss(&kf_account);
    Ok(Answer::ok())
}

pub(super) fn agent<'a>(
    platform: &'a mut Platform,
    kf_account: Option<&str>,
) -> Result<&'a mut Agent, i64> {
    platform.desk.agent(kf_account.unwrap_or_default()).ok_or(65_401)
}

fn by_openid<'a>(platform: &'a Platform, openid: &str) -> Result<&'a Agent, i64> {
    platform.desk.agents.iter().find(|agent| agent.kf_openid == openid).ok_or(40_003)
}

fn nickname(body: &CallBody) -> Result<&str, i64> {
    let nickname = body.text("nickname").ok_or(65_403)?;
    if nickname.chars().count() > MAX_NICKNAME { Err(65_403) } else { Ok(nickname) }
}

/// `name@wechat_id`.
fn is_account(text: &str) -> bool {
    let is_word = |part: &str, max, extra: &[u8]| {
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || extra.contains(&byte);
        (1..=max).contains(&part.len()) && part.bytes().all(is_part)
    };
    text.split_once('@').is_some_and(|(name, id)| is_word(name, 10, b"_") && is_word(id, 30, b"_-"))
}

const MAX_AGENTS: usize = 100;
const MAX_NICKNAME: usize = 16;
const MAX_PICTURE: usize = 5 << 20;
/// No page says how long an invitation is open.
const INVITATION: Duration = Duration::from_secs(24 * 3600);

#[cfg(test)]
mod tests {
    use alloc::format;

    use crate::api::bench::Bench;
    use crate::setup::Setup;

    #[test]
    fn an_agent_is_added_invited_and_dismissed() {
        let mut bench = Bench::new(Setup::official_account());
        let add = r#"{"kf_account":"a@shop","nickname":"Anna"}"#;
        bench.say("customservice.kfaccount.add", add).unwrap();
        assert_eq!(bench.say("customservice.kfaccount.add", add), Err(65_406));
        let update = add.replace("Anna", "Ann");
        bench.say("customservice.kfaccount.update", &update).unwrap();
        let unknown = update.replace("a@", "b@");
        assert_eq!(bench.say("customservice.kfaccount.update", &unknown), Err(65_401));
        let invite = |who| format!(r#"{{"kf_account":"a@shop","invite_wx":"{who}"}}"#);
        bench.say("customservice.kfaccount.inviteworker", &invite("ann1")).unwrap();
        let mut again = |who| bench.say("customservice.kfaccount.inviteworker", &invite(who));
        assert_eq!(again("ann1"), Err(65_408));
        assert_eq!(again("ann2"), Err(65_411));
        let list = bench.say("customservice.getkflist", "{}").unwrap();
        assert_eq!(list["kf_list"][0]["kf_nick"], "Ann");
        assert_eq!(list["kf_list"][0]["invite_status"], "waiting");
        bench.platform.accept_invitation("a@shop");
        let bound = bench.say("customservice.kfaccount.inviteworker", &invite("ann1"));
        assert_eq!(bound, Err(65_412));
        let online = bench.say("customservice.getonlinekflist", "{}").unwrap();
        assert_eq!(online["kf_online_list"].as_array().map(alloc::vec::Vec::len), Some(0));
        bench.platform.set_online("a@shop", true);
        let online = bench.say("customservice.getonlinekflist", "{}").unwrap();
        assert_eq!(online["kf_online_list"][0]["kf_account"], "a@shop");
        let picture = r#"{"kf_account":"a@shop","media_base64":"/9j/4AAQ"}"#;
        bench.say("customservice.kfaccount.uploadheadimg", picture).unwrap();
        bench.say("customservice.kfaccount.del", r#"{"kf_account":"a@shop"}"#).unwrap();
        let gone = bench.say("customservice.kfaccount.del.get", r#"{"kf_account":"a@shop"}"#);
        assert_eq!(gone, Err(65_401));
    }

    #[test]
    fn names_are_checked_and_there_are_a_hundred_agents() {
        let mut bench = Bench::new(Setup::mini_program());
        let path = "/customservice/kfaccount/add";
        let add =
            |name: &str, nick: &str| format!(r#"{{"kf_account":"{name}","nickname":"{nick}"}}"#);
        assert_eq!(bench.post(path, &add("a", "n")), Err(65_404));
        assert_eq!(bench.post(path, &add("elevenchars@b", "n")), Err(65_404));
        assert_eq!(bench.post(path, &add("a@b", "seventeen-letters")), Err(65_403));
        for number in 0..100 {
            bench.post(path, &add(&format!("a{number}@b"), "n")).unwrap();
        }
        assert_eq!(bench.post(path, &add("a100@b", "n")), Err(65_405));
        let list = bench.say("customservice.getkflist", "{}").unwrap();
        let openid = list["kf_list"][7]["kf_openid"].as_str().unwrap();
        let admin = format!(r#"{{"kf_openid":"{openid}"}}"#);
        bench.say("customservice.kfaccount.setadmin", &admin).unwrap();
        bench.say("customservice.kfaccount.canceladmin", &admin).unwrap();
        bench.say("customservice.kfaccount.del.get", &admin).unwrap();
        assert_eq!(bench.say("customservice.kfaccount.setadmin", &admin), Err(40_003));
    }
}
