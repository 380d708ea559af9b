//! Every call: its name, its parameters, its request.

use std::collections::BTreeSet;
use std::path::Path;

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use wxkf_core::api::{self, ENDPOINTS, Endpoint, EndpointInfo, Method, Place};
use wxkf_core::{Code, Origin, Outbound, Timestamp};

use super::params::params;
use super::{JPEG, PNG};

#[test]
fn every_call_is_named_after_its_path_and_has_cases_of_its_own() {
    let vectors = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors/api");
    let mut names = BTreeSet::new();
    for info in ENDPOINTS {
        let EndpointInfo { name, path, .. } = info;
        assert!(names.insert(name), "{name} stands twice");
        assert!(path.starts_with('/') && path.bytes().all(|b| b.is_ascii_graphic()), "{path}");
        let rest = path.strip_prefix("/cgi-bin").unwrap_or(path);
        let from_path = rest.trim_start_matches('/').replace('/', ".");
        // Older forms of a call have a suffix that says what is different.
        let suffix = name.strip_prefix(&from_path).unwrap_or_else(|| panic!("{name}: {path}"));
        assert!(["", ".get", ".kf_wx"].contains(&suffix), "{name}: {path}");
        assert!(info.source().starts_with("https://developers.weixin.qq.com/"), "{name}");
        for (case, op, said) in [
            ("request.json", "request", "/expect/ok/path"),
            ("answer.json", "response", "/expect/ok/accepted"),
        ] {
            let file = vectors.join(name).join(case);
            let text = std::fs::read_to_string(&file).unwrap_or_else(|_| panic!("no {file:?}"));
            let case: Value = serde_json::from_str(&text).unwrap();
            assert_eq!(
                (&case["line"]["op"], &case["line"]["endpoint"]),
                (&op.into(), &(*name).into())
            );
            assert!(case.pointer(said).is_some(), "{file:?} expects nothing");
        }
    }
    println!("{} calls, each with a case for its request and one for its answer", names.len());
}

/// The query string, decoded by another hand.
fn pairs(query: &str) -> Map<String, Value> {
    let decode = |text: &str| {
        let mut bytes = Vec::new();
        let mut rest = text.bytes();
        while let Some(byte) = rest.next() {
            match byte {
                b'%' => {
                    let digits = [rest.next().unwrap(), rest.next().unwrap()];
                    let digits = std::str::from_utf8(&digits).unwrap().to_owned();
                    bytes.push(u8::from_str_radix(&digits, 16).unwrap());
                }
                _ => bytes.push(byte),
            }
        }
        String::from_utf8(bytes).unwrap()
    };
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap();
            (name.to_owned(), decode(value).into())
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_parameters_round_trip(
        (info, params) in (0..ENDPOINTS.len()).prop_flat_map(|at| {
            params(ENDPOINTS[at]).prop_map(move |params| (ENDPOINTS[at], params))
        })
    ) {
        let request = api::request(info.name, &params.to_string()).unwrap();
        let mut sent = pairs(request.query());
        for (name, value) in &mut sent {
            // A query string has no numbers.
            if params[name.as_str()].is_number() {
                *value = serde_json::from_str(value.as_str().unwrap()).unwrap();
            }
        }
        let mut expected = params.as_object().unwrap().clone();
        match (expected.contains_key("media_base64"), info.method) {
            (true, _) => {
                for name in ["media_base64", "filename", "random"] {
                    expected.remove(name);
                }
                let body = request.body();
                prop_assert!(body.windows(JPEG.len()).any(|part| part == JPEG));
            }
            (false, Method::Post) => {
                let body: Map<String, Value> = serde_json::from_slice(request.body()).unwrap();
                sent.extend(body);
            }
            _ => prop_assert!(request.body().is_empty()),
        }
        if let Some(grant) = sent.get("grant_type") {
            prop_assert_eq!(grant, "client_credential");
            expected.insert("grant_type".into(), grant.clone());
        }
        prop_assert_eq!(Value::from(sent), Value::from(expected));
        // Raw UTF-8 and no escape of HTML, and nothing of a token or a host.
        let text = format!("{} {}", request.query(), String::from_utf8_lossy(request.body()));
        prop_assert!(!text.contains("\\u00") || text.contains("\\\\u00"), "{}", text);
        prop_assert!(!request.target("T").contains("access_token") || request.auth() != api::Auth::None);
    }

    #[test]
    fn one_wrong_field_is_named(
        (info, params, at) in (0..ENDPOINTS.len()).prop_flat_map(|at| {
            let fields = ENDPOINTS[at].fields.len().max(1);
            (Just(ENDPOINTS[at]), params(ENDPOINTS[at]), 0..fields)
        }),
        unknown in "[a-z]{3,8}x",
    ) {
        let mut with = params.clone();
        with[&unknown] = 1.into();
        let error = api::request(info.name, &with.to_string()).unwrap_err();
        prop_assert_eq!((error.code(), error.field()), (Code::RequestFieldInvalid, Some(&*unknown)));
        let Some(field) = info.fields.get(at) else { return Ok(()) };
        if field.is_required {
            let mut without = params.clone();
            without.as_object_mut().unwrap().remove(field.name);
            let error = api::request(info.name, &without.to_string()).unwrap_err();
            // Without its name, the message itself is what nobody knows.
            if field.name != "msgtype" {
                prop_assert_eq!((error.code(), error.field()), (Code::RequestFieldMissing, Some(field.name)));
            }
        }
        let mut wrong = params;
        wrong[field.name] = json!([]);
        let error = api::request(info.name, &wrong.to_string()).unwrap_err();
        // Both decide what else is checked.
        if !["msgtype", "businessid"].contains(&field.name) {
            prop_assert_eq!((error.code(), error.field()), (Code::RequestFieldInvalid, Some(field.name)));
        }
    }
}

#[test]
fn what_is_typed_and_what_is_named_are_the_same_request() {
    use wxkf_core::api::*;
    let mut names = BTreeSet::new();
    macro_rules! same {
        ($($call:expr),* $(,)?) => {$(
            let call = $call;
            let name = call.info().name;
            let typed = call.request().unwrap_or_else(|error| panic!("{name}: {error:?}"));
            assert_eq!(api::request(name, &call.params()), Ok(typed), "{name}");
            names.insert(name);
        )*};
    }
    let at = Timestamp::from_secs;
    let random = [3; 16];
    same!(
        SendMessage::new("o", Outbound::text("您好")).kf_account("a@b").is_ai_msg(true),
        SendMessage::new("o", Outbound::menu([("1", "满意"), ("2", "不满意")])),
        SendMessage::new("o", Outbound::image("m")).businessid(7),
        SetTyping::new("o", TypingCommand::Typing),
        SetTyping::new("o", TypingCommand::CancelTyping).businessid("7"),
        SetTyping::new("o", TypingCommand::CancelTyping).via_business_path(),
        AddKfAccount::new("a@b", "小明").business_id(7).password("0"),
        AddKfWx::new("wx"),
        UpdateKfAccount::new("a@b", "小明"),
        DeleteKfAccount::new("a@b").business_id("7"),
        DeleteKfAccountByQuery::new().kf_account("a@b"),
        DeleteKfAccountByQuery::new().kf_openid("o"),
        InviteKfWorker::new("a@b", "wx"),
        UploadKfHeadImg::new("a@b", JPEG, random).filename("照片.jpg"),
        SetKfAdmin::new("o"),
        CancelKfAdmin::new("o").business_id(7),
        GetKfList::new().business_id(7),
        GetOnlineKfList::new(),
        CreateKfSession::new("a@b", "o").text("t"),
        CloseKfSession::new("a@b", "o"),
        GetKfSession::new("o"),
        GetKfSessionList::new("a@b"),
        GetWaitCase::new(),
        GetMsgList::new(at(1), at(2), 1, 10),
        UploadMedia::new(PNG, random).filename("a.png"),
        UploadMedia::new(JPEG, random).kind(MediaKind::Thumb),
        GetMedia::new("m"),
        GetJssdkMedia::new("m"),
        RegisterBusiness::new("shop_1", "小店", "m").transfer_to_commkf(true),
        UpdateBusiness::new(7).nickname("小店").icon_media_id("m"),
        GetBusiness::new().account_name("shop_1"),
        GetBusiness::new().business_id("7"),
        ListBusiness::new(0, 200),
        BindKfWork::new("ww"),
        UnbindKfWork::new("ww"),
        GetKfWorkBound::new(),
        ResetApiKfQuota::new("c"),
        GetAccessToken::new("wx", "s"),
        GetStableAccessToken::new("wx", "s").force_refresh(true),
        GetComponentAccessToken::new("wx", "s", "t"),
        QueryAuth::new("wx", "c"),
        GetAuthorizerAccessToken::new("wx", "wx", "r"),
        GetApiDomainIp::new(),
        GetCallbackIp::new(),
        CallbackCheck::new("all", "DEFAULT"),
        ClearQuota::new("wx"),
        ClearQuotaByAppSecret::new("wx", "s"),
        ClearComponentQuota::new("wx"),
        ClearComponentQuotaByAppSecret::new("wx", "wx", "s"),
        ClearApiQuota::new("/cgi-bin/message/custom/send"),
        GetApiQuota::new("/cgi-bin/message/custom/send"),
        GetRidInfo::new("608780e2-4b5d9662-035705c2"),
    );
    assert_eq!(names, ENDPOINTS.iter().map(|info| info.name).collect());
}

#[test]
fn a_typed_call_holds_what_it_is_given_and_shows_no_bytes() {
    use wxkf_core::api::*;
    let [from, to] = [1, 2].map(Timestamp::from_secs);
    is_held(
        GetStableAccessToken::new("wx", "s").force_refresh(true),
        r#"{"appid":"wx","secret":"s","force_refresh":true}"#,
        r#"GetStableAccessToken { appid: "wx", secret: Secret(…), grant_type: None, force_refresh: Some(true) }"#,
    );
    is_held(
        SetTyping::new("o", TypingCommand::CancelTyping).businessid("7"),
        r#"{"touser":"o","command":"CancelTyping","businessid":"7"}"#,
        r#"SetTyping { touser: "o", command: CancelTyping, businessid: Some(LooseId(Text("7"))), is_via_business_path: false }"#,
    );
    is_held(
        GetKfList::new().business_id(7),
        r#"{"business_id":7}"#,
        r#"GetKfList { business_id: Some(LooseId(Number(7))) }"#,
    );
    is_held(
        GetMsgList::new(from, to, 3, 10),
        r#"{"starttime":1,"endtime":2,"msgid":3,"number":10}"#,
        r#"GetMsgList { starttime: Timestamp(1000), endtime: Timestamp(2000), msgid: 3, number: 10 }"#,
    );
    is_held(
        UploadMedia::new([255, 216, 255], [0xa3; 16]).kind(MediaKind::Thumb),
        r#"{"media_base64":"/9j/","type":"thumb","random":"a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3"}"#,
        r#"UploadMedia { length: 3, kind: Some(Thumb), filename: None }"#,
    );
    is_held(
        SendMessage::new("o", Outbound::text("您好")).is_ai_msg(true),
        r#"{"touser":"o","msgtype":"text","text":{"content":"您好"},"aimsgcontext":{"is_ai_msg":1}}"#,
        r#"SendMessage { touser: "o", message: Text { content: "您好" }, kf_account: None, is_ai_msg: Some(true), businessid: None }"#,
    );
}

#[track_caller]
fn is_held<E: Endpoint + core::fmt::Debug>(call: E, params: &str, shown: &str) {
    assert_eq!(call.params(), params);
    assert_eq!(format!("{call:?}"), shown);
}

/// What is no object is not read as one with nothing in it.
#[test]
fn parameters_are_one_object() {
    assert!(api::request("getcallbackip", "{}").is_ok());
    for text in ["", "[]", "[{}]", "\"{}\"", "1", "null", "{", "{}{}", "{},", "<xml></xml>", "\0{}"]
    {
        let error = api::request("getcallbackip", text).unwrap_err();
        assert_eq!(
            (error.code(), error.field()),
            (Code::RequestFieldInvalid, Some("params")),
            "{text}"
        );
    }
}

/// The business of a merchant has a path of its own, and whoever names one has chosen it.
#[test]
fn typing_for_a_merchant_takes_the_path_of_merchants() {
    let typing = || api::SetTyping::new("o", api::TypingCommand::Typing);
    let path = |call: api::SetTyping| call.request().unwrap().path().to_owned();
    assert_eq!(path(typing()), "/cgi-bin/message/custom/typing");
    let business = "/cgi-bin/message/custom/business/typing";
    assert_eq!(path(typing().via_business_path()), business);
    assert_eq!(path(typing().businessid("1")), business);
    // The call says which one it is before it is made.
    assert_eq!(typing().info().name, "message.custom.typing");
    assert_eq!(typing().via_business_path().info().name, "message.custom.business.typing");
    assert_eq!(typing().businessid("1").info().name, "message.custom.business.typing");
}

#[test]
fn a_relay_has_its_own_place_and_the_token_comes_last() {
    let call = api::GetKfSessionList::new("test1@kftest");
    let request = call.request().unwrap();
    assert_eq!(
        request.url("http://127.0.0.1:8080/wx/", "a+b/=&c"),
        "http://127.0.0.1:8080/wx/customservice/kfsession/getsessionlist\
         ?access_token=a%2Bb%2F%3D%26c&kf_account=test1@kftest"
    );
    assert_eq!(request.name(), "customservice.kfsession.getsessionlist");
    let moved = request.clone().with_path("/relay/list").unwrap();
    assert_eq!(moved.target("T"), "/relay/list?access_token=T&kf_account=test1@kftest");
    // The hyphen of a word processor is none.
    for path in ["", "relay", "/a?b", "/a#b", "/a b", "/cgi\u{2010}bin/message/custom/send"] {
        let error = request.clone().with_path(path).unwrap_err();
        assert_eq!((error.code(), error.origin()), (Code::RequestFieldInvalid, Origin::Caller));
    }
    let token = api::GetAccessToken::new("wx", "s+s").request().unwrap();
    let target = token.target("");
    assert_eq!(target, "/cgi-bin/token?appid=wx&secret=s%2Bs&grant_type=client_credential");
}

#[test]
fn places_of_parameters_are_those_of_the_platform() {
    for info in ENDPOINTS {
        let all_in_query = info.fields.iter().all(|field| field.place == Place::Query);
        assert!(info.method == Method::Post || all_in_query, "{} has a GET with a body", info.name);
    }
}
