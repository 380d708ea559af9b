use serde_json::json;
use wxkf_core::Timestamp;

use super::call::{Answer, Call, CallBody};
use crate::platform::Platform;
use crate::setup::Setup;

/// Page 获取接口调用凭据, read 2026-11-21.
pub(super) fn fetch(
    platform: &mut Platform,
    call: &Call<'_>,
    now: Timestamp,
) -> Result<Answer, i64> {
    let Platform { setup, tokens, rng, .. } = platform;
    let [grant_type, appid, secret] =
        ["grant_type", "appid", "secret"].map(|name| call.parameter(name));
    check(setup, grant_type.as_deref(), appid.as_deref(), secret.as_deref())?;
    Ok(issued(tokens.fetch(setup, rng, now)))
}

/// Page 获取稳定版接口调用凭据, read 2026-11-21.
pub(super) fn stable(
    platform: &mut Platform,
    call: &Call<'_>,
    now: Timestamp,
) -> Result<Answer, i64> {
    let Platform { setup, tokens, rng, .. } = platform;
    let body = call.json()?;
    check(setup, body.text("grant_type"), body.text("appid"), body.text("secret"))?;
    Ok(issued(match body.is_on("force_refresh") {
        true => tokens.force(setup, rng, now)?,
        false => tokens.stable(setup, rng, now),
    }))
}

/// Page 获取令牌, read 2026-11-21.
pub(super) fn component(
    platform: &mut Platform,
    call: &Call<'_>,
    now: Timestamp,
) -> Result<Answer, i64> {
    let Platform { setup, tokens, rng, .. } = platform;
    let body = call.json()?;
    check_component(setup, &body)?;
    check_secret(setup, body.text("component_appsecret"))?;
    match (&tokens.ticket, body.text("component_verify_ticket")) {
        (None, _) => return Err(61_005),
        (Some(ticket), Some(given)) if ticket == given => {}
        _ => return Err(61_006),
    }
    let (token, expires_in) = tokens.component(setup, rng, now);
    Ok(Answer::json(&json!({ "component_access_token": token, "expires_in": expires_in })))
}

/// Page 使用授权码获取授权信息, read 2026-11-28.
pub(super) fn authorization(
    platform: &mut Platform,
    call: &Call<'_>,
    now: Timestamp,
) -> Result<Answer, i64> {
    let Platform { setup, tokens, rng, .. } = platform;
    let body = call.json()?;
    check_component(setup, &body)?;
    let code = body.text("authorization_code").ok_or(61_009)?;
    let ((token, expires_in), refresh_token) = tokens.exchange(setup, rng, code, now)?;
    Ok(Answer::json(&json!({ "authorization_info": {
        "authorizer_appid": setup.app_id,
        "authorizer_access_token": token,
        "expires_in": expires_in,
        "authorizer_refresh_token": refresh_token,
        "func_info": [{ "funcscope_category": { "id": 1 } }],
    }})))
}

/// Page 获取授权账号调用令牌, read 2026-11-21.
pub(super) fn authorizer(
    platform: &mut Platform,
    call: &Call<'_>,
    now: Timestamp,
) -> Result<Answer, i64> {
    let Platform { setup, tokens, rng, .. } = platform;
    let body = call.json()?;
    check_component(setup, &body)?;
    if body.text("authorizer_appid") != Some(&setup.app_id) {
        return Err(61_003);
    }
    let refresh_token = body.text("authorizer_refresh_token").ok_or(61_023)?;
    let ((token, expires_in), next) = tokens.refresh(setup, rng, refresh_token, now)?;
    Ok(Answer::json(&json!({
        "authorizer_access_token": token,
        "expires_in": expires_in,
        "authorizer_refresh_token": next,
    })))
}

fn issued((token, expires_in): (alloc::string::String, u64)) -> Answer {
    Answer::json(&json!({ "access_token": token, "expires_in": expires_in }))
}

fn check(
    setup: &Setup,
    grant_type: Option<&str>,
    appid: Option<&str>,
    secret: Option<&str>,
) -> Result<(), i64> {
    if grant_type != Some("client_credential") {
        return Err(40_002);
    }
    check_app(setup, appid, secret)
}

/// That the app is known, and its secret right.
pub(super) fn check_app(
    setup: &Setup,
    appid: Option<&str>,
    secret: Option<&str>,
) -> Result<(), i64> {
    match appid {
        None | Some("") => return Err(41_002),
        Some(appid) if appid != setup.app_id => return Err(40_013),
        Some(_) => {}
    }
    check_secret(setup, secret)
}

pub(super) fn check_secret(setup: &Setup, secret: Option<&str>) -> Result<(), i64> {
    match secret {
        None | Some("") => Err(41_004),
        Some(secret) if secret != setup.secret => Err(40_125),
        Some(_) => Ok(()),
    }
}

pub(super) fn check_component(setup: &Setup, body: &CallBody) -> Result<(), i64> {
    match body.text("component_appid") {
        None => Err(41_002),
        Some(appid) if appid != setup.component_app_id => Err(40_013),
        Some(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::*;
    use crate::api::bench::Bench;

    #[test]
    fn tokens_are_fetched_and_expire() {
        let mut bench = Bench::new(Setup::mini_program());
        bench.say("getcallbackip", "{}").unwrap();
        for (token, errcode) in [("", 41_001), ("nonsense", 40_014)] {
            bench.token = token.into();
            assert_eq!(bench.say("getcallbackip", "{}"), Err(errcode));
        }
        bench.fetch_token();
        bench.wait(7200);
        assert_eq!(bench.say("getcallbackip", "{}"), Err(42_001));
        bench.fetch_token();
        bench.platform.kill_token(bench.now);
        assert_eq!(bench.say("getcallbackip", "{}"), Err(40_001));
    }

    #[test]
    fn who_asks_wrongly_is_told() {
        let mut bench = Bench::new(Setup::mini_program());
        let (id, secret) =
            (bench.platform.setup.app_id.clone(), bench.platform.setup.secret.clone());
        let ask = |id: &str, secret: &str| format!(r#"{{"appid":"{id}","secret":"{secret}"}}"#);
        for name in ["token", "stable_token"] {
            assert_eq!(bench.say(name, &ask("wx1", &secret)), Err(40_013));
            assert_eq!(bench.say(name, &ask(&id, "x")), Err(40_125));
            let answer = bench.say(name, &ask(&id, &secret)).unwrap();
            assert_eq!(answer["expires_in"], 7200);
        }
        assert_eq!(bench.get("/cgi-bin/stable_token"), Err(43_002));
        assert_eq!(bench.post("/cgi-bin/token", "{}"), Err(43_001));
        assert_eq!(bench.get("/cgi-bin/token?grant_type=x"), Err(40_002));
        assert_eq!(bench.get("/cgi-bin/nothing"), Err(40_066));
        assert_eq!(bench.post("/cgi-bin/business/list", "{}"), Err(48_001));
    }

    #[test]
    fn a_stable_token_is_the_same_with_less_time_left() {
        let mut bench = Bench::new(Setup::official_account());
        let (id, secret) =
            (bench.platform.setup.app_id.clone(), bench.platform.setup.secret.clone());
        let ask = format!(r#"{{"appid":"{id}","secret":"{secret}"}}"#);
        let first = bench.say("stable_token", &ask).unwrap();
        bench.wait(100);
        let again = bench.say("stable_token", &ask).unwrap();
        assert_eq!(first["access_token"], again["access_token"]);
        assert_eq!(again["expires_in"], 7100);
        let forced = ask.replace('}', r#","force_refresh":true}"#);
        let forced = bench.say("stable_token", &forced).unwrap();
        assert_ne!(forced["access_token"], again["access_token"]);
    }

    #[test]
    fn a_third_party_platform_acts_for_the_account() {
        let mut bench = Bench::new(Setup::official_account());
        let Setup { component_app_id, app_id, secret, .. } = bench.platform.setup.clone();
        let ask = |ticket: &str| {
            format!(
                r#"{{"component_appid":"{component_app_id}","component_appsecret":"{secret}","component_verify_ticket":"{ticket}"}}"#
            )
        };
        assert_eq!(bench.say("component.api_component_token", &ask("x")), Err(61_005));
        let ticket = bench.platform.verify_ticket();
        assert_eq!(bench.say("component.api_component_token", &ask("x")), Err(61_006));
        let answer = bench.say("component.api_component_token", &ask(&ticket)).unwrap();
        let component = answer["component_access_token"].as_str().unwrap();
        let refresh = |token: &str| {
            format!(
                r#"{{"component_appid":"{component_app_id}","authorizer_appid":"{app_id}","authorizer_refresh_token":"{token}"}}"#
            )
        };
        let code = bench.platform.authorization_code(bench.now);
        let exchange = |code: &str| {
            format!(r#"{{"component_appid":"{component_app_id}","authorization_code":"{code}"}}"#)
        };
        let query = "component.api_query_auth";
        assert_eq!(bench.say(query, &exchange(&code)), Err(40_014));
        let account_token = core::mem::replace(&mut bench.token, component.into());
        assert_eq!(bench.say(query, &exchange("x")), Err(61_009));
        let answer = bench.say(query, &exchange(&code)).unwrap();
        let first = &answer["authorization_info"]["authorizer_refresh_token"];
        let first = alloc::string::String::from(first.as_str().unwrap());
        assert_eq!(bench.say(query, &exchange(&code)), Err(61_009));
        let late = bench.platform.authorization_code(bench.now);
        bench.wait(600);
        assert_eq!(bench.say(query, &exchange(&late)), Err(61_010));
        bench.token = account_token;
        // The account's own token is none of the platform's.
        let name = "component.api_authorizer_token";
        assert_eq!(bench.say(name, &refresh(&first)), Err(40_014));
        bench.token = component.into();
        assert_eq!(bench.say(name, &refresh("x")), Err(61_023));
        let answer = bench.say(name, &refresh(&first)).unwrap();
        assert_ne!(answer["authorizer_refresh_token"], first);
        bench.token = answer["authorizer_access_token"].as_str().unwrap().into();
        bench.say("getcallbackip", "{}").unwrap();
    }
}
