//! Every answer: an outcome or one error, typed and untyped.

use proptest::prelude::*;
use serde_json::Value;
use wxkf_core::api::{self, Auth, ENDPOINTS, Endpoint, Errcode, Outcome, RejectionKind, Response};
use wxkf_core::schema::Shape;
use wxkf_core::{Code, Language, Timestamp};
use wxkf_tests::fuzz;

use super::JPEG;
use super::params::{any_text, json_object};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_answer_is_an_outcome_or_one_error(
        at in 0..ENDPOINTS.len(),
        status in prop_oneof![Just(200u16), Just(500), any::<u16>()],
        body in prop_oneof![
            prop::collection::vec(any::<u8>(), 0..200),
            json_object().prop_map(|object| Value::from(object).to_string().into_bytes()),
            (json_object(), any::<i64>(), any_text()).prop_map(|(mut object, errcode, errmsg)| {
                object.insert("errcode".into(), errcode.into());
                object.insert("errmsg".into(), errmsg.into());
                Value::from(object).to_string().into_bytes()
            }),
        ],
    ) {
        fuzz::check_answer(ENDPOINTS[at].name, status, &body);
    }
}

fn accepted<E: Endpoint>(call: E, body: &str) -> E::Output {
    match call.decode(Response::new(200, body.as_bytes())) {
        Ok(Outcome::Accepted(answer)) => answer,
        other => panic!("{:?}", other.map(|outcome| outcome.into_result().err())),
    }
}

#[test]
fn typed_answers_hold_what_was_answered() {
    use wxkf_core::api::*;
    let at = |secs| Some(Timestamp::from_secs(secs));
    let list = accepted(
        GetKfList::new(),
        r#"{"kf_list":[{"kf_account":" a@b ","kf_nick":" n ","kf_id":9007199254740993,"kf_headimgurl":"u","kf_wx":"w",
            "kf_openid":"o","invite_wx":"i","invite_expire_time":"123456789","invite_status":"waiting"},{}]}"#,
    );
    let [kf, empty] = &*list.kf_list else { panic!("{list:?}") };
    assert_eq!((kf.kf_account.as_deref(), kf.kf_nick.as_deref()), (Some("a@b"), Some(" n ")));
    assert_eq!(
        (kf.kf_id.as_deref(), kf.invite_expire_time),
        (Some("9007199254740993"), at(123_456_789))
    );
    assert_eq!((kf.kf_headimgurl.as_deref(), kf.kf_wx.as_deref()), (Some("u"), Some("w")));
    assert_eq!((kf.kf_openid.as_deref(), kf.invite_wx.as_deref()), (Some("o"), Some("i")));
    assert_eq!((kf.invite_status.as_deref(), &empty.kf_account), (Some("waiting"), &None));

    let online = accepted(
        GetOnlineKfList::new(),
        r#"{"kf_online_list":[{"status":"1","accepted_case":2,"auto_accept":0}]}"#,
    );
    let kf = &online.kf_online_list[0];
    assert_eq!((kf.status, kf.accepted_case, kf.auto_accept), (Some(1), Some(2), Some(0)));

    let session = accepted(GetKfSession::new("o"), r#"{"createtime":5,"kf_account":""}"#);
    assert_eq!((session.createtime, session.kf_account.as_deref()), (at(5), Some("")));
    let waiting = accepted(
        GetWaitCase::new(),
        r#"{"count":150,"waitcaselist":[{"latest_time":5,"openid":"o"}]}"#,
    );
    assert_eq!((waiting.count, waiting.waitcaselist[0].latest_time), (Some(150), at(5)));

    let records = accepted(
        GetMsgList::new(Timestamp::from_secs(1), Timestamp::from_secs(2), 1, 1),
        r#"{"recordlist":[{"openid":"o","opercode":2003,"text":" 你好 ","time":7,"worker":"a@b"}],"number":1,"msgid":20165267}"#,
    );
    let record = &records.recordlist[0];
    assert_eq!(
        (record.opercode, record.text.as_deref(), record.time),
        (Some(2003), Some(" 你好 "), at(7))
    );
    assert_eq!((records.number, records.msgid), (Some(1), Some(20_165_267)));

    let token =
        accepted(GetAccessToken::new("a", "s"), r#"{"access_token":"T","expires_in":"7200"}"#);
    assert_eq!((token.access_token.expose(), token.expires_in), ("T", 7200));
    let business =
        accepted(RegisterBusiness::new("shop_1", "小店", "m"), r#"{"errcode":0,"business_id":12}"#);
    assert_eq!(business.business_id, "12");
    let business = accepted(
        GetBusiness::new().business_id(12),
        r#"{"errcode":0,"business_info":{"business_id":"12","icon_url":"u"}}"#,
    );
    assert_eq!(business.business_info.unwrap().icon_url.as_deref(), Some("u"));
    let bound = accepted(GetKfWorkBound::new(), r#"{"errcode":0,"entityName":"E","bindTime":"9"}"#);
    assert_eq!((bound.entity_name.as_deref(), bound.bind_time), (Some("E"), at(9)));
    let reset = accepted(ResetApiKfQuota::new("c"), r#"{"errcode":0,"success":true}"#);
    assert_eq!(reset.success, Some(true));
    let addresses = accepted(GetCallbackIp::new(), r#"{"ip_list":["101.226.62.77","10.0.0.0/8"]}"#);
    assert_eq!(addresses.ip_list, ["101.226.62.77", "10.0.0.0/8"]);
    let quota = accepted(
        GetApiQuota::new("/cgi-bin/message/custom/send"),
        r#"{"errcode":0,"quota":{"daily_limit":5,"used":2,"remain":3},"rate_limit":{"call_count":1,"refresh_second":60}}"#,
    );
    assert_eq!(quota.quota.unwrap().remain, Some(3));
    assert_eq!(
        (quota.rate_limit.unwrap().refresh_second, quota.component_rate_limit),
        (Some(60), None)
    );
    let rid = accepted(
        GetRidInfo::new("608780e2"),
        r#"{"errcode":0,"request":{"invoke_time":8,"cost_in_ms":30,"request_url":" u ","client_ip":"::1"}}"#,
    );
    let request = rid.request.unwrap();
    assert_eq!((request.invoke_time, request.cost_in_ms), (at(8), Some(30)));
    assert_eq!(request.request_url.as_ref().map(Secret::expose), Some(" u "));
    let file = GetMedia::new("m").decode(
        Response::new(200, JPEG)
            .content_type(" image/jpeg")
            .content_disposition("attachment; filename=\"a.jpg\"; size=6"),
    );
    let Ok(Outcome::Accepted(Download::File { bytes, content_type, filename })) = file else {
        panic!("{file:?}")
    };
    assert_eq!(
        (&*bytes, content_type.as_deref(), filename.as_deref()),
        (JPEG, Some("image/jpeg"), Some("a.jpg"))
    );
}

#[test]
fn what_cannot_be_read_is_told_but_no_secret_of_it() {
    let detail = |name: &str, status, body: &[u8]| {
        let error = api::decode(name, Response::new(status, body)).unwrap_err();
        assert_eq!(error.code(), Code::ResponseMalformed, "{name}");
        error.detail().expect("a detail").to_owned()
    };
    let send = |body: &str| detail("message.custom.send", 502, body.as_bytes());
    assert_eq!(
        send("\u{feff} <html>\r\n\u{1b}[31m502 Bad\u{202e}</html>"),
        "not a JSON object; status 502, 34 bytes: <html>\\r\\n\\u{1b}[31m502 Bad\\u{202e}</html>"
    );
    let long = "网关".repeat(1_000);
    assert_eq!(
        send(&long),
        format!("not a JSON object; status 502, 6000 bytes: {}", "网关".repeat(40))
    );
    assert_eq!(send(""), "not a JSON object; status 502, 0 bytes");
    assert!(detail("message.custom.send", 200, b"<h1>\xff</h1>").ends_with(": <h1>\u{fffd}</h1>"));
    // What may be an answer may be what users wrote, or a token that was cut off.
    for body in ["{}", " {\"text\":\"私\"", "[\"o_1\"]", "\u{feff}\n[1"] {
        let detail = send(body);
        assert!(detail.ends_with(&format!("status 502, {} bytes", body.len())), "{detail}");
    }
    // Nothing at all of calls that answer a secret, or are made with one that is not an access token.
    for info in ENDPOINTS {
        let is_open = info.auth == Auth::AccessToken && info.name != "openapi.rid.get";
        if let Ok(Outcome::Accepted(_)) = api::decode(info.name, Response::new(200, b"word")) {
            panic!("{} accepts a word", info.name);
        }
        assert_eq!(detail(info.name, 200, b"word").ends_with(": word"), is_open, "{}", info.name);
    }
}

/// By what the tables say of each call.
#[test]
fn every_call_tells_its_own_answer_from_any_other_object() {
    const NEITHER: &str = "neither an errcode nor anything that the call answers";
    for info in ENDPOINTS.iter().filter(|info| !info.name.starts_with("media.")) {
        let name = info.name;
        let detail = |body: &str| {
            let error = api::decode(name, Response::new(200, body.as_bytes())).err()?;
            Some(error.detail().unwrap_or_default().to_owned())
        };
        let fields: Vec<_> = info.answers().iter().flat_map(|record| record.fields).collect();
        let lacks_nothing = fields.iter().all(|field| {
            !field.is_required || matches!(field.shape, Shape::Many(_) | Shape::Words)
        });
        for other in
            ["{}", r#"{"x":1}"#, r#"{"code":200,"data":{"errcode":0}}"#, r#"{"errmsg":"ok"}"#]
        {
            let detail = detail(other).unwrap_or_else(|| panic!("{name} accepts {other}"));
            assert!(!lacks_nothing || detail.starts_with(NEITHER), "{name} {detail}");
        }
        for yes in [r#"{"errcode":0}"#, r#"{"errCode":"0"}"#] {
            assert_eq!(detail(yes).is_none(), lacks_nothing, "{name} {yes}");
        }
        for field in fields {
            let alone = format!("{{\"{}\":null}}", field.name);
            assert_eq!(detail(&alone).is_none(), lacks_nothing, "{name} {alone}");
        }
    }
}

#[test]
fn a_rejection_says_what_it_means_and_what_to_do() {
    let decode =
        |name: &str, body: &str| match api::decode(name, Response::new(200, body.as_bytes())) {
            Ok(Outcome::Rejected(rejection)) => rejection,
            other => panic!("{other:?}"),
        };
    let send = |body| decode("message.custom.send", body);
    let quota = send(
        r#"{"errcode":45047,"errmsg":"out of response count limit rid: 608780e2-4b5d9662-035705c2"}"#,
    );
    let row = Errcode::of(45047).unwrap();
    assert_eq!(quota.kind(), RejectionKind::QuotaExhausted);
    for language in [Language::Chinese, Language::English] {
        assert_eq!(quota.meaning(language), Some(row.meaning(language)));
        assert_eq!(quota.advice(language), row.advice(language));
        assert_ne!(row.advice(language), RejectionKind::QuotaExhausted.advice(language));
    }
    assert_eq!(quota.rid_time(), Some(Timestamp::from_secs(1_619_493_090)));
    assert_eq!(
        quota.to_string(),
        "45047 (quota_exhausted): out of response count limit rid: 608780e2-4b5d9662-035705c2"
    );
    // The same code about a token and about a secret.
    let body = r#"{"errcode":40001,"errmsg":"invalid credential"}"#;
    let (token, secret) = (send(body), decode("token", body));
    assert_eq!(token.kind(), RejectionKind::TokenRejected);
    assert_eq!(secret.kind(), RejectionKind::Misconfigured);
    let advice = RejectionKind::Misconfigured.advice(Language::English);
    assert_eq!(secret.advice(Language::English), advice);
    assert_ne!(token.advice(Language::English), advice);
    let unknown = send(r#"{"errcode":-987654321,"errmsg":""}"#);
    assert_eq!(
        (unknown.kind(), unknown.meaning(Language::English)),
        (RejectionKind::Unknown, None)
    );
    assert_eq!(unknown.advice(Language::Chinese), RejectionKind::Unknown.advice(Language::Chinese));
}

/// What is seen of a body that is no answer is said to the host's log.
#[test]
fn what_is_no_object_is_told_apart() {
    let detail = |body: &str| {
        let error = api::decode("clear_quota", Response::new(200, body.as_bytes())).unwrap_err();
        assert_eq!(error.code(), Code::ResponseMalformed, "{body}");
        error.detail().unwrap().to_owned()
    };
    for body in ["[]", "[{\"errcode\":0}]", "\"ok\"", "1", "\0{}", "1}", "\"ok\"}"] {
        assert!(detail(body).starts_with("not a JSON object; "), "{body}: {}", detail(body));
    }
    // No platform writes it, and too many readers end a text there.
    for body in ["{\"errmsg\":\"\0\"}", "{\"\0\":1}", "{\"errmsg\":\"\\u0000\"}"] {
        assert!(detail(body).starts_with("U+0000; "), "{body}: {}", detail(body));
    }
    assert!(detail("{}").starts_with("neither an errcode nor anything that the call answers; "));
}

#[test]
fn a_file_is_printed_by_its_length() {
    let shown = |answer: &[u8]| {
        let response = Response::new(200, answer).content_type("image/png");
        format!("{:?}", api::GetMedia::new("m").decode(response).unwrap())
    };
    assert_eq!(
        shown(b"\xff\xd8\xff"),
        r#"Accepted(File { length: 3, content_type: Some("image/png"), .. })"#
    );
    assert_eq!(shown(br#"{"video_url":"https://example.org/v"}"#), "Accepted(Video { .. })");
    assert_eq!(
        format!("{:?}", api::GetMedia::new("m").info()),
        r#"EndpointInfo { name: "media.get", .. }"#
    );
}

#[test]
fn what_is_no_file_is_told_apart() {
    let detail = |status: u16, body: &[u8]| {
        let error = api::decode("media.get", Response::new(status, body)).unwrap_err();
        assert_eq!(error.code(), Code::ResponseMalformed);
        error.detail().unwrap().to_owned()
    };
    let nothing = "an HTTP error or an empty body in place of a file; ";
    assert!(detail(200, b"").starts_with(nothing), "{}", detail(200, b""));
    assert!(detail(404, b"\xff\xd8\xff\xe0").starts_with(nothing));
    assert!(detail(200, b"sorry").starts_with("text in place of a file; "));
}
