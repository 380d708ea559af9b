//! What holds for every call, every message, every answer and every text that is split.

use std::collections::BTreeSet;
use std::path::Path;

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use wxkf_core::api::{
    self, Accounts, ENDPOINTS, Endpoint, EndpointInfo, Field, Form, MESSAGE_TYPES, MediaKind,
    Method, Outcome, Place, Response, Rule, Size, UploadKfHeadImg, UploadMedia, Uploaded,
};
use wxkf_core::text::split;
use wxkf_core::{AccountKind, Code, Origin, Outbound, Timestamp};
use wxkf_tests::fuzz;

const JPEG: &[u8] = &[0xff, 0xd8, 0xff, 0xe0, 0, 16];
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

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
        assert!(info.source.starts_with("https://developers.weixin.qq.com/"), "{name}");
        for case in ["request.json", "answer.json"] {
            assert!(vectors.join(name).join(case).is_file(), "tests/vectors/api/{name}/{case}");
        }
    }
    println!("{} calls, each with a case for its request and one for its answer", names.len());
}

/// Parameters that a call takes: all that it requires, some of the others.
fn params(info: &'static EndpointInfo) -> BoxedStrategy<Value> {
    let fields = object(info.fields);
    let is_message = info.fields.iter().any(|field| field.name == "msgtype");
    if is_message {
        let message = prop_oneof![
            8 => (0..MESSAGE_TYPES.len()).prop_flat_map(|at| {
                let row = &MESSAGE_TYPES[at];
                object(row.fields).prop_map(|object| (row.name.to_owned(), object))
            }),
            1 => ("[a-z]{4}_[a-z0-9]{1,8}", json_object()),
        ];
        return (fields, message)
            .prop_filter("of a mini program", move |(fields, (name, object))| {
                let for_mini_program =
                    info.accounts == Accounts::MiniProgram || fields.contains_key("businessid");
                let row = MESSAGE_TYPES.iter().find(|row| row.name == name);
                !for_mini_program
                    || (row.is_none_or(|row| row.accounts != Accounts::OfficialAccount)
                        && !object.contains_key("appid"))
            })
            .prop_map(|(mut fields, (name, object))| {
                fields.insert("msgtype".into(), name.clone().into());
                fields.insert(name, object.into());
                fields.into()
            })
            .boxed();
    }
    let name = info.name;
    fields
        .prop_map(move |mut fields| {
            // What has to do with each other.
            match name {
                "customservice.msgrecord.getmsglist" => {
                    let start = fields["starttime"].as_i64().unwrap() / 2;
                    fields.insert("starttime".into(), start.into());
                    fields.insert("endtime".into(), (start + 86_400).into());
                }
                "customservice.kfaccount.del.get" => {
                    fields.remove("kf_openid");
                    fields.insert("kf_account".into(), "a@b".into());
                }
                "business.get" => {
                    fields.remove("account_name");
                    fields.insert("business_id".into(), 7.into());
                }
                "media.upload" => {
                    fields.insert("media_base64".into(), BASE64_JPEG.into());
                    fields.insert("type".into(), "thumb".into());
                }
                "customservice.kfaccount.uploadheadimg" => {
                    fields.insert("media_base64".into(), BASE64_JPEG.into());
                }
                _ => {}
            }
            fields.into()
        })
        .boxed()
}

const BASE64_JPEG: &str = "/9j/4AAQ";

fn object(fields: &'static [Field]) -> BoxedStrategy<Map<String, Value>> {
    let members: Vec<_> = fields
        .iter()
        .map(|field| {
            let present = value(&field.rule).prop_map(move |value| Some((field.name, value)));
            match field.is_required {
                true => present.boxed(),
                false => prop_oneof![Just(None), present].boxed(),
            }
        })
        .collect();
    members
        .prop_map(|members| {
            members.into_iter().flatten().map(|(name, value)| (name.to_owned(), value)).collect()
        })
        .boxed()
}

fn json_object() -> BoxedStrategy<Map<String, Value>> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any_text().prop_map(Value::from),
    ];
    let tree = leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-z]{1,6}", inner, 0..4).prop_map(Value::from_iter),
        ]
    });
    prop::collection::btree_map("[a-z]{1,6}", tree, 0..4)
        .prop_map(|map| map.into_iter().collect())
        .boxed()
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[^\\x00-\\x07\\x0b\\x0e-\\x1f]{1,40}",
        "[a-zA-Z0-9中文 ，。<>&=\"'\\\\/\t\n\r]{1,40}",
    ]
}

fn value(rule: &'static Rule) -> BoxedStrategy<Value> {
    const WORD: &str = "[A-Za-z0-9_:/?=&%.中-]{1,24}";
    match rule {
        Rule::Any => json_object().prop_map(Value::from).boxed(),
        Rule::Bool => any::<bool>().prop_map(Value::from).boxed(),
        Rule::Bytes => Just(Value::from(BASE64_JPEG)).boxed(),
        Rule::Id => {
            prop_oneof![any::<u64>().prop_map(Value::from), WORD.prop_map(Value::from)].boxed()
        }
        Rule::Int(least, most) => (*least..=*most).prop_map(Value::from).boxed(),
        Rule::List(fields, least, most) => {
            prop::collection::vec(object(fields), *least..=(*most).min(*least + 3))
                .prop_map(|list| Value::from_iter(list.into_iter().map(Value::from)))
                .boxed()
        }
        Rule::Media(_) => WORD.prop_map(Value::from).boxed(),
        Rule::Object(fields) => object(fields).prop_map(Value::from).boxed(),
        Rule::OneOf(choices) => prop::sample::select(*choices).prop_map(Value::from).boxed(),
        Rule::Text(size, form) => {
            let pattern = match (form, size) {
                (Form::AccountName, _) => "[A-Za-z0-9_]{6,30}",
                (Form::CgiPath, _) => "/[a-z]{1,8}/[a-z_]{1,8}",
                (Form::KfAccount, _) => "[A-Za-z0-9_]{1,10}@[a-z0-9_-]{1,30}",
                (Form::Random, _) => "[0-9a-f]{32}",
                (Form::Rid, _) => "[0-9a-f]{8}(-[0-9a-f]{8}){0,2}",
                (Form::Word, _) => WORD,
                (_, Size::Chars(..)) => "[a-z中文😀]{1,16}",
                (_, Size::Columns(..)) => "[a-z中文]{4,15}",
                _ => return any_text().prop_map(Value::from).boxed(),
            };
            pattern.prop_map(Value::from).boxed()
        }
        other => panic!("no strategy for {other:?}"),
    }
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

    #[test]
    fn every_text_is_split_into_parts_that_fit(
        pieces in prop::collection::vec(prop_oneof![
            Just("字"), Just("a"), Just(" "), Just("\n"), Just("\n\n"), Just("。"), Just("word "),
            Just("👨‍👩‍👧‍👦"), Just("🇨🇳"), Just("e\u{301}"), Just("\r\n"), Just("❤️"), Just("<a "), Just("</a>"),
            Just("<a href=\"x\">链接</a>"), Just("<A data-miniprogram-path='p'>x y</A >"), Just("<"), Just(">"),
            Just("”"), Just("，"), Just("\u{200d}"), Just("\u{301}"), Just("한"),
        ], 0..60),
        max_bytes in 0..120usize,
        max_parts in 0..9usize,
    ) {
        fuzz::check_split(&pieces.concat(), max_bytes, max_parts);
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
        GetAuthorizerAccessToken::new("wx", "wx", "r"),
        GetApiDomainIp::new(),
        GetCallbackIp::new(),
        CallbackCheck::new("all", "DEFAULT"),
        ClearQuota::new("wx"),
        ClearQuotaByAppSecret::new("wx", "s"),
        ClearApiQuota::new("/cgi-bin/message/custom/send"),
        GetApiQuota::new("/cgi-bin/message/custom/send"),
        GetRidInfo::new("608780e2-4b5d9662-035705c2"),
    );
    assert_eq!(names, ENDPOINTS.iter().map(|info| info.name).collect());
}

#[test]
fn uploads_keep_to_sizes_and_types() {
    let file = |head: &[u8], length: usize| {
        let mut bytes = head.to_vec();
        bytes.resize(length, 0);
        bytes
    };
    let amr = b"#!AMR\n";
    let mp4 = b"\0\0\0\x18ftypmp42";
    for (kind, head, limit) in [
        (MediaKind::Image, JPEG, 10 << 20),
        (MediaKind::Image, PNG, 10 << 20),
        (MediaKind::Thumb, JPEG, 64 << 10),
        (MediaKind::Voice, amr, 2 << 20),
        (MediaKind::Video, mp4, 10 << 20),
    ] {
        let upload = |length| UploadMedia::new(file(head, length), [1; 16]).kind(kind).request();
        assert!(upload(limit).is_ok(), "{kind:?}");
        let error = upload(limit + 1).unwrap_err();
        assert_eq!(
            (error.code(), error.field()),
            (Code::RequestFieldInvalid, Some("media_base64"))
        );
    }
    let picture = |length| UploadKfHeadImg::new("a@b", file(JPEG, length), [1; 16]).request();
    assert!(picture(5 << 20).is_ok() && picture((5 << 20) + 1).is_err());
    let large = UploadMedia::new(file(JPEG, (2 << 20) + 1), [1; 16]).request().unwrap();
    assert_eq!(large.caution(), Some(api::Caution::LargeImage));
    for upload in [file(JPEG, 2 << 20), file(mp4, (2 << 20) + 1)] {
        assert_eq!(UploadMedia::new(upload, [1; 16]).request().unwrap().caution(), None);
    }
    for (kind, head) in [
        (MediaKind::Voice, JPEG),
        (MediaKind::Thumb, PNG),
        (MediaKind::Image, amr),
        (MediaKind::Image, b"RIFF\0\0\0\0WEBP"),
        (MediaKind::Voice, &[0xff, 0xf1, 0x50]),
        (MediaKind::Image, b"{\"a\":1}"),
    ] {
        assert!(UploadMedia::new(head, [1; 16]).kind(kind).request().is_err(), "{kind:?}");
    }
    assert!(UploadMedia::new([], [1; 16]).request().is_err());
    let mini_program = UploadMedia::new(amr, [1; 16]).request_for(AccountKind::MiniProgram);
    assert_eq!(mini_program.unwrap_err().code(), Code::RequestUnsupported);
}

#[test]
fn a_media_id_knows_its_kind_and_its_end() {
    let created = Timestamp::from_secs(1_763_700_000);
    let end = Timestamp::from_secs(1_763_700_000 + 3 * 24 * 3600);
    let picture = Uploaded::new(MediaKind::Image, "m", created);
    assert_eq!(picture.expires_at(), Some(end));
    let before = Timestamp::from_millis(end.as_millis() - 1);
    let error = picture.media_id(end).unwrap_err();
    assert_eq!((error.code(), error.field()), (Code::RequestFieldInvalid, Some("media_id")));
    let id = picture.media_id(before).unwrap();
    let send = |message| api::SendMessage::new("o", message).request().map(drop);
    assert_eq!(send(Outbound::image(id.clone())), Ok(()));
    let error = send(Outbound::voice(id.clone())).unwrap_err();
    assert_eq!((error.code(), error.field()), (Code::RequestFieldInvalid, Some("voice.media_id")));
    // Permanent material is told by nothing but its id.
    assert!(send(Outbound::MpNews { media_id: id }).is_err());
    assert_eq!(send(Outbound::MpNews { media_id: "m".into() }), Ok(()));
    let body = br#"{"type":"thumb","thumb_media_id":"t","created_at":"1763700000"}"#;
    let call = UploadMedia::new(JPEG, [1; 16]).kind(MediaKind::Thumb);
    let Ok(Outcome::Accepted(cover)) = call.decode(Response::new(200, body)) else { panic!() };
    assert_eq!(cover, Uploaded::new(MediaKind::Thumb, "t", created));
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
fn links_hold_what_they_are_given_or_are_refused() {
    use wxkf_core::text::{menu_link, mini_program_link};
    let app = |parts: [&str; 4]| mini_program_link(parts[0], parts[1], parts[2], parts[3]);
    let menu = |parts: [&str; 3]| menu_link(parts[0], parts[1], parts[2]);
    assert_eq!(
        app(["点 \"我\" & 我", "http://x/?a=1&b=%20#c", "wx0", "pages/index?x=1&y='中'"])
            .as_deref(),
        Ok("<a href=\"http://x/?a=1&b=%20#c\" data-miniprogram-appid=\"wx0\" \
            data-miniprogram-path=\"pages/index?x=1&y='中'\">点 \"我\" & 我</a>")
    );
    assert_eq!(
        menu(["满 意", "满意", "101"]).as_deref(),
        Ok("<a href=\"weixin://bizmsgmenu?msgmenucontent=满意&msgmenuid=101\">满 意</a>")
    );
    let refused = |result: Result<String, wxkf_core::Error>, field: &str, what: &str| {
        let error = result.expect_err(what);
        assert_eq!(
            (error.code(), error.field()),
            (Code::RequestFieldInvalid, Some(field)),
            "{what:?}"
        );
    };
    let names = ["label", "href", "appid", "path"];
    for (at, name) in names.iter().enumerate() {
        let outside_the_label = ["a\"b", "a b", "a\u{3000}b"];
        let anywhere = ["", "a<b", "a>b", "a\nb", "a\u{7}b", "a\u{85}b"];
        for wrong in anywhere.iter().chain(outside_the_label.iter().filter(|_| at > 0)) {
            let mut parts = ["l", "h", "wx0", "p"];
            parts[at] = wrong;
            refused(app(parts), name, wrong);
        }
    }
    for (at, name) in ["label", "content", "id"].iter().enumerate() {
        let outside_the_label = ["a\"b", "a b", "a&b", "a#b", "a%b"];
        for wrong in
            ["", "a<b", "a>b", "a\tb"].iter().chain(outside_the_label.iter().filter(|_| at > 0))
        {
            let mut parts = ["l", "c", "1"];
            parts[at] = wrong;
            refused(menu(parts), name, wrong);
        }
    }
    // The splitter takes for a link what these write.
    let text = format!("字字{}", app(["点我", "h", "wx0", "p"]).unwrap());
    let cut = split(&text, text.len() - 1, 5);
    assert_eq!((cut.parts.len(), cut.parts[0]), (2, "字字"));
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

#[test]
fn splitting_takes_as_long_as_the_text() {
    // Many cuts, many links, one endless character: all of them have to end.
    for text in [
        format!("a{}b", " ".repeat(600_000)),
        format!("a{}b", "\n\n".repeat(300_000)),
        "a\n\n".repeat(200_000),
        "好。」".repeat(60_000),
        "字".repeat(400_000),
        "<a ".repeat(300_000),
        "\u{301}".repeat(300_000),
        " \n".repeat(300_000),
    ] {
        for (max_bytes, max_parts) in [(1, usize::MAX), (3, usize::MAX), (2048, 5), (usize::MAX, 1)]
        {
            let split = split(&text, max_bytes, max_parts);
            let length: usize = split.parts.iter().map(|part| part.len()).sum();
            assert_eq!(length + split.rest.len(), text.len());
        }
    }
}
