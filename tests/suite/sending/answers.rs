//! Every answer: an outcome or one error, typed and untyped.

use proptest::prelude::*;
use serde_json::Value;
use wxkf_core::api::{self, ENDPOINTS, Endpoint, Errcode, Outcome, RejectionKind, Response};
use wxkf_core::{Language, Timestamp};
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
