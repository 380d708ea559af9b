use alloc::string::String;

use serde_json::{Value, json};
use wxkf_core::Timestamp;

use super::agents::agent;
use super::call::{Answer, Call, CallBody};
use crate::platform::Platform;

/// Page 创建会话, read 2026-11-21.
pub(super) fn create(
    platform: &mut Platform,
    call: &Call<'_>,
    now: Timestamp,
) -> Result<Answer, i64> {
    let (user, kf_account) = parties(platform, &call.json()?)?;
    let agent = agent(platform, Some(&kf_account))?;
    if agent.kf_wx.is_none() {
        return Err(65_402);
    }
    if !agent.is_online {
        return Err(65_415);
    }
    match platform.desk.session(&user, now) {
        Some(session) if session.kf_account != kf_account => return Err(65_414),
        Some(_) => {}
        None => platform.begin_session(&user, &kf_account, now),
    }
    Ok(Answer::ok())
}

/// Page 关闭会话, read 2026-11-21.
pub(super) fn close(
    platform: &mut Platform,
    call: &Call<'_>,
    now: Timestamp,
) -> Result<Answer, i64> {
    let (user, kf_account) = parties(platform, &call.json()?)?;
    match platform.desk.session(&user, now) {
        None => return Err(65_413),
        Some(session) if session.kf_account != kf_account => return Err(65_414),
        Some(_) => {}
    }
    platform.desk.end(&user);
    platform.push_event(&user, "kf_close_session", &[("KfAccount", &kf_account)], now);
    Ok(Answer::ok())
}

/// Page 获取客户会话状态, read 2026-11-21.
pub(super) fn get(platform: &mut Platform, call: &Call<'_>, now: Timestamp) -> Result<Answer, i64> {
    let user = call.parameter("openid");
    let user = user.filter(|user| platform.users.contains_key(user)).ok_or(40_003)?;
    let session = platform.desk.session(&user, now);
    Ok(Answer::json(&json!({
        "createtime": session.map_or(0, |session| session.since.as_secs()),
        "kf_account": session.map_or("", |session| &session.kf_account),
    })))
}

/// Page 获取客服会话列表, read 2026-11-21.
pub(super) fn list(
    platform: &mut Platform,
    call: &Call<'_>,
    now: Timestamp,
) -> Result<Answer, i64> {
    let kf_account = agent(platform, call.parameter("kf_account").as_deref())?.kf_account.clone();
    let sessions = platform.desk.served(&kf_account, now);
    let sessions = sessions
        .map(|(user, session)| json!({ "createtime": session.since.as_secs(), "openid": user }));
    Ok(Answer::json(&json!({ "sessionlist": sessions.collect::<Value>() })))
}

/// Page 获取未接入会话列表, read 2026-11-21.
pub(super) fn waiting(platform: &mut Platform, _: &Call<'_>, _: Timestamp) -> Result<Answer, i64> {
    let waiting = platform.desk.waiting();
    let first = waiting.iter().take(MAX_WAITING);
    let first =
        first.map(|(user, latest)| json!({ "latest_time": latest.as_secs(), "openid": user }));
    let first = first.collect::<Value>();
    Ok(Answer::json(&json!({ "count": waiting.len(), "waitcaselist": first })))
}

fn parties(platform: &mut Platform, body: &CallBody) -> Result<(String, String), i64> {
    let kf_account = agent(platform, body.text("kf_account"))?.kf_account.clone();
    let user = body.text("openid").filter(|user| platform.users.contains_key(*user));
    Ok((user.ok_or(40_003)?.into(), kf_account))
}

const MAX_WAITING: usize = 100;

#[cfg(test)]
mod tests {
    use alloc::format;

    use crate::action::Action;
    use crate::api::bench::Bench;
    use crate::setup::Setup;

    #[test]
    fn an_agent_serves_a_user_and_ends() {
        let mut bench = Bench::new(Setup::official_account());
        let session = |agent: &str| format!(r#"{{"kf_account":"{agent}","openid":"u"}}"#);
        let (create, close) = ("customservice.kfsession.create", "customservice.kfsession.close");
        assert_eq!(bench.say(create, &session("a@s")), Err(65_401));
        for name in ["a@s", "b@s"] {
            let add = format!(r#"{{"kf_account":"{name}","nickname":"n"}}"#);
            bench.say("customservice.kfaccount.add", &add).unwrap();
        }
        assert_eq!(bench.say(create, &session("a@s")), Err(40_003));
        bench.platform.act("u", Action::Write("hi"), bench.now);
        assert_eq!(bench.receive().kind(), "text");
        assert_eq!(bench.say(create, &session("a@s")), Err(65_402));
        for name in ["a@s", "b@s"] {
            let invite = format!(r#"{{"kf_account":"{name}","invite_wx":"w"}}"#);
            bench.say("customservice.kfaccount.inviteworker", &invite).unwrap();
            bench.platform.accept_invitation(name);
        }
        assert_eq!(bench.say(create, &session("a@s")), Err(65_415));
        bench.platform.set_online("a@s", true);
        bench.platform.set_online("b@s", true);
        bench.say(create, &session("a@s")).unwrap();
        assert_eq!(bench.receive().kind(), "event.kf_create_session");
        assert_eq!(bench.say(create, &session("b@s")), Err(65_414));
        assert_eq!(bench.say(close, &session("b@s")), Err(65_414));

        // What the user writes now is for the agent, and the agent answers from the same count.
        bench.platform.act("u", Action::Write("for Anna"), bench.now);
        assert!(bench.platform.attempts(bench.now).is_empty());
        assert_eq!(bench.platform.send_elsewhere("u", "yes?", bench.now), 0);
        assert_eq!(bench.platform.remaining("u", bench.now).count, 4);
        let state = bench.say("customservice.kfsession.getsession", r#"{"openid":"u"}"#).unwrap();
        assert_eq!(state["kf_account"], "a@s");
        let list = r#"{"kf_account":"a@s"}"#;
        let list = bench.say("customservice.kfsession.getsessionlist", list).unwrap();
        assert_eq!(list["sessionlist"][0]["openid"], "u");

        bench.say(close, &session("a@s")).unwrap();
        assert_eq!(bench.receive().kind(), "event.kf_close_session");
        assert_eq!(bench.say(close, &session("a@s")), Err(65_413));

        let (start, end) = (bench.now.as_secs(), bench.now.as_secs() + 60);
        let ask = |msgid, number| {
            format!(r#"{{"starttime":{start},"endtime":{end},"msgid":{msgid},"number":{number}}}"#)
        };
        let name = "customservice.msgrecord.getmsglist";
        let page = bench.say(name, &ask(1, 2)).unwrap();
        assert_eq!(page["recordlist"][1]["text"], "for Anna");
        assert_eq!(page["recordlist"][1]["opercode"], 2003);
        assert_eq!(page["recordlist"][1]["worker"], "a@s");
        let page = bench.say(name, &ask(page["msgid"].as_u64().unwrap(), 2)).unwrap();
        assert_eq!(page["recordlist"].as_array().unwrap().len(), 1);
        assert_eq!(page["recordlist"][0]["opercode"], 2002);
        let path = "/customservice/msgrecord/getmsglist";
        let long = r#"{"starttime":1,"endtime":86402,"msgid":1,"number":1}"#;
        assert_eq!(bench.post(path, long), Err(65_417));
        assert_eq!(bench.post(path, "{}"), Err(65_416));
    }
}
