use serde_json::json;
use wxkf_core::Timestamp;

use super::call::{Answer, Call};
use super::token::{check_app, check_component, check_secret};
use super::{Route, route};
use crate::platform::Platform;

/// Page 获取微信 API 服务器 IP, read 2026-11-21. The addresses are those that RFC 5737 keeps for
/// documentation.
pub(super) fn api_addresses(_: &mut Platform, _: &Call<'_>, _: Timestamp) -> Result<Answer, i64> {
    Ok(Answer::json(&json!({ "ip_list": ["192.0.2.10", "192.0.2.11", "198.51.100.0/25"] })))
}

/// Page 获取微信推送服务器 IP, read 2026-11-21.
pub(super) fn callback_addresses(
    _: &mut Platform,
    _: &Call<'_>,
    _: Timestamp,
) -> Result<Answer, i64> {
    Ok(Answer::json(&json!({ "ip_list": ["203.0.113.7", "203.0.113.64/26"] })))
}

/// Page 网络通信检测, read 2026-11-21: everything is well.
pub(super) fn callback_check(
    _: &mut Platform,
    call: &Call<'_>,
    _: Timestamp,
) -> Result<Answer, i64> {
    let body = call.json()?;
    let action = body.text("action").ok_or(40_201)?;
    let operator = match body.text("check_operator") {
        Some(name @ ("CHINANET" | "UNICOM" | "CAP")) => name,
        Some("DEFAULT") => "CAP",
        _ => return Err(40_202),
    };
    let dns = json!([{ "ip": "203.0.113.200", "real_operator": operator }]);
    let ping = json!([{
        "ip": "203.0.113.200", "from_operator": operator, "package_loss": "0%", "time": "23.079ms",
    }]);
    Ok(Answer::json(&match action {
        "dns" => json!({ "dns": dns }),
        "ping" => json!({ "ping": ping }),
        "all" => json!({ "dns": dns, "ping": ping }),
        _ => return Err(40_201),
    }))
}

/// Page 重置 API 调用次数, read 2026-11-21.
pub(super) fn clear(
    platform: &mut Platform,
    call: &Call<'_>,
    now: Timestamp,
) -> Result<Answer, i64> {
    if call.json()?.text("appid") != Some(&platform.setup.app_id) {
        return Err(40_013);
    }
    platform.counters.clear(now).map(|()| Answer::ok())
}

/// Page 使用 AppSecret 重置 API 调用次数, read 2026-11-21.
pub(super) fn clear_by_secret(
    platform: &mut Platform,
    call: &Call<'_>,
    now: Timestamp,
) -> Result<Answer, i64> {
    let body = call.json()?;
    check_app(&platform.setup, body.text("appid"), body.text("appsecret"))?;
    platform.counters.clear(now).map(|()| Answer::ok())
}

/// As SDKs agree, read 2026-11-28; the platform's page shows the next one only.
pub(super) fn clear_component(
    platform: &mut Platform,
    call: &Call<'_>,
    now: Timestamp,
) -> Result<Answer, i64> {
    check_component(&platform.setup, &call.json()?)?;
    platform.counters.clear_component(now).map(|()| Answer::ok())
}

/// Page 使用 AppSecret 重置第三方平台 API 调用次数, read 2026-11-28.
pub(super) fn clear_component_by_secret(
    platform: &mut Platform,
    call: &Call<'_>,
    now: Timestamp,
) -> Result<Answer, i64> {
    let Platform { setup, counters, .. } = platform;
    let body = call.json()?;
    check_component(setup, &body)?;
    check_secret(setup, body.text("appsecret"))?;
    match body.text("appid") {
        Some(appid) if *appid == setup.component_app_id => counters.clear_component(now)?,
        Some(appid) if *appid == setup.app_id => counters.clear(now)?,
        _ => return Err(40_013),
    }
    Ok(Answer::ok())
}

/// Page 重置指定 API 调用次数, read 2026-11-21.
pub(super) fn clear_one(
    platform: &mut Platform,
    call: &Call<'_>,
    now: Timestamp,
) -> Result<Answer, i64> {
    let route = named(call)?;
    platform.counters.clear_one(route.path, now).map(|()| Answer::ok())
}

/// Page 查询 API 调用额度, read 2026-11-21.
pub(super) fn quota(
    platform: &mut Platform,
    call: &Call<'_>,
    now: Timestamp,
) -> Result<Answer, i64> {
    let Route { path, daily, .. } = named(call)?;
    let used = platform.counters.used(path, now);
    Ok(Answer::json(&json!({
        "errcode": 0,
        "errmsg": "ok",
        "quota": { "daily_limit": daily, "used": used, "remain": daily.saturating_sub(used) },
    })))
}

fn named(call: &Call<'_>) -> Result<&'static Route, i64> {
    let body = call.json()?;
    let path = body.text("cgi_path").filter(|path| path.starts_with('/')).ok_or(76_003)?;
    route(path).ok_or(76_021)
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use crate::api::bench::Bench;
    use crate::setup::Setup;

    #[test]
    fn calls_are_counted_and_counts_cleared() {
        let mut bench = Bench::new(Setup::mini_program());
        bench.say("getcallbackip", "{}").unwrap();
        let ask = r#"{"cgi_path":"/cgi-bin/getcallbackip"}"#;
        let quota = bench.say("openapi.quota.get", ask).unwrap();
        assert_eq!(quota["quota"]["used"], 1);
        bench.say("openapi.quota.clear", ask).unwrap();
        assert_eq!(bench.say("openapi.quota.get", ask).unwrap()["quota"]["used"], 0);
        let id = bench.platform.setup.app_id.clone();
        let secret = bench.platform.setup.secret.clone();
        bench.say("clear_quota", &format!(r#"{{"appid":"{id}"}}"#)).unwrap();
        let by_secret = format!(r#"{{"appid":"{id}","appsecret":"{secret}"}}"#);
        for _ in 0..9 {
            bench.say("clear_quota.v2", &by_secret).unwrap();
        }
        assert_eq!(bench.say("clear_quota.v2", &by_secret), Err(48_006));
        assert_eq!(bench.say("openapi.quota.get", r#"{"cgi_path":"/x"}"#), Err(76_021));
    }

    #[test]
    fn a_third_party_platform_has_counts_of_its_own() {
        let mut bench = Bench::new(Setup::official_account());
        let Setup { app_id, component_app_id, secret, .. } = bench.platform.setup.clone();
        bench.say("getcallbackip", "{}").unwrap();
        let used = |bench: &mut Bench| {
            let ask = r#"{"cgi_path":"/cgi-bin/getcallbackip"}"#;
            bench.say("openapi.quota.get", ask).unwrap()["quota"]["used"].clone()
        };
        let ask = |appid: &str| {
            format!(
                r#"{{"appid":"{appid}","component_appid":"{component_app_id}","appsecret":"{secret}"}}"#
            )
        };
        let name = "component.clear_quota.v2";
        bench.say(name, &ask(&component_app_id)).unwrap();
        assert_eq!(used(&mut bench), 1);
        bench.say(name, &ask(&app_id)).unwrap();
        assert_eq!(used(&mut bench), 0);
        assert_eq!(bench.say(name, &ask("wx1")), Err(40_013));
        assert_eq!(bench.say(name, &ask(&app_id).replace(&secret, "x")), Err(40_125));
        for _ in 0..9 {
            bench.say(name, &ask(&component_app_id)).unwrap();
        }
        assert_eq!(bench.say(name, &ask(&component_app_id)), Err(48_006));
        // The account's own token is none of the platform's.
        let ask = format!(r#"{{"component_appid":"{component_app_id}"}}"#);
        assert_eq!(bench.say("component.clear_quota", &ask), Err(40_014));
    }

    #[test]
    fn a_day_has_two_thousand_tokens() {
        let mut bench = Bench::new(Setup::mini_program());
        for _ in 0..1999 {
            bench.fetch_token();
        }
        let Setup { app_id, secret, .. } = bench.platform.setup.clone();
        let ask = format!(r#"{{"appid":"{app_id}","secret":"{secret}"}}"#);
        assert_eq!(bench.say("token", &ask), Err(45_009));
        bench.wait(24 * 3600);
        bench.fetch_token();
    }

    #[test]
    fn addresses_and_the_check_of_the_network_are_answered() {
        let mut bench = Bench::new(Setup::mini_program());
        assert!(bench.say("get_api_domain_ip", "{}").unwrap()["ip_list"].is_array());
        let check = r#"{"action":"all","check_operator":"DEFAULT"}"#;
        let report = bench.say("callback.check", check).unwrap();
        assert_eq!(report["ping"][0]["package_loss"], "0%");
    }
}
