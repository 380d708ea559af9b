//! What every language is given: the JSON that the borders pass on, letter by letter, and what they read.

use core::time::Duration;

use wxkf_core::api::{self, Errcode, Response};
use wxkf_core::{
    Account, AccountBuilder, AccountKind, Code, Conversation, FetchFailure, Format, Fresh, Inbound,
    Language, Policy, Query, Settled, Settlement, Timestamp, TokenKeeper, TokenSource, Trigger,
    TypingSettlement, explain,
};

const KEY: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
const OTHER_KEY: &str = "0123456789ABCDEFGabcdefghijklmnopqrstuvwxyz";
const NOW: Timestamp = Timestamp::from_secs(1_763_700_000);
const PAYMENT: &str = "<xml><ToUserName>gh_0</ToUserName><FromUserName>user</FromUserName>\
                       <CreateTime>1763700000</CreateTime><MsgType>event</MsgType>\
                       <Event>xpay_refund_notify</Event><OpenId>o</OpenId></xml>";

fn builder() -> AccountBuilder {
    Account::builder(AccountKind::MiniProgram, "wx0123456789abcdef", "token")
}

fn options(options: &[(&str, &str)]) -> Option<AccountBuilder> {
    options.iter().try_fold(builder(), |builder, (name, value)| {
        wxkf_json::account_option(builder, name, value)
    })
}

/// A push with this token and key, at an account with these options.
fn push(token: &str, key: &str, given: &[(&str, &str)]) -> Option<String> {
    let sender = Account::builder(AccountKind::MiniProgram, "wx0123456789abcdef", token);
    let sender = sender.encoding_aes_key(key).build().unwrap();
    let sealed = sender.seal(PAYMENT.as_bytes(), Fresh::new([1; 16], NOW).nonce("n")).unwrap();
    let query = format!("timestamp=1763700000&nonce=n&msg_signature={}", sealed.msg_signature());
    let body = sealed.to_push_body(Format::Xml, "gh_0");
    let account = options(given).unwrap().build().unwrap();
    let received = account.receive(&Query::parse(&query).unwrap(), body.as_bytes(), NOW).ok()?;
    Some(wxkf_json::received(&received))
}

#[test]
fn the_options_of_an_account_do_what_they_say() {
    let key = ("encoding_aes_key", KEY);
    assert!(push("token", KEY, &[key]).is_some());
    assert!(push("token", OTHER_KEY, &[key]).is_none());
    assert!(push("token", OTHER_KEY, &[key, ("previous_encoding_aes_key", OTHER_KEY)]).is_some());
    assert!(push("old", KEY, &[key]).is_none());
    assert!(push("old", KEY, &[key, ("previous_token", "old")]).is_some());
    let mode = |name| options(&[key, ("mode", name)]).unwrap().build().unwrap().mode().name();
    assert_eq!([mode("plain"), mode("compatible")], ["plain", "compatible"]);
    let other_id = Account::builder(AccountKind::MiniProgram, "wx1", "token");
    let accepts = wxkf_json::account_option(other_id, "accept_id", "wx2").unwrap();
    assert!(format!("{accepts:?}").contains("wx2"));
}

#[test]
fn a_tolerance_is_in_milliseconds() {
    let account = options(&[("mode", "plain"), ("tolerance_ms", "5000")]).unwrap();
    let account = account.build().unwrap();
    let echoes = |seconds: u64| {
        let timestamp = (1_763_700_000 - seconds).to_string();
        let signature = account.sign(&timestamp, "n");
        let query = format!("signature={signature}&timestamp={timestamp}&nonce=n&echostr=1");
        account.verify_url(&Query::parse(&query).unwrap(), NOW).is_ok()
    };
    assert!(echoes(5) && !echoes(6));
}

#[test]
fn a_largest_body_is_in_bytes() {
    let account = options(&[("mode", "plain"), ("max_body", "3000")]).unwrap().build().unwrap();
    assert_eq!(account.largest_body(), 3000);
}

#[test]
fn an_option_that_cannot_be_is_refused() {
    for (name, value) in [
        ("mode", "Plain"),
        ("mode", ""),
        ("tolerance_ms", "-1"),
        ("tolerance_ms", "1.5"),
        ("tolerance_ms", ""),
        ("max_body", "many"),
        ("max_body", "-1"),
        ("max_body", ""),
        ("token", "token"),
        ("", ""),
    ] {
        assert!(options(&[(name, value)]).is_none(), "{name}={value}");
    }
}

#[test]
fn a_push_is_told_with_all_that_its_answer_has_to_match() {
    let given = [
        ("encoding_aes_key", KEY),
        ("previous_encoding_aes_key", OTHER_KEY),
        ("previous_token", "old"),
    ];
    assert_eq!(
        push("old", OTHER_KEY, &given).unwrap(),
        r#"{"sealed":true,"format":"xml","key_index":1,"token_index":1,"reply_to":"{\"format\":\"xml\",\"from\":\"user\",\"to\":\"gh_0\",\"kind\":\"event.xpay_refund_notify\",\"nonce\":\"n\",\"is_event\":true,\"token_index\":1,\"key_index\":1,\"id_index\":0}","wants_err_code":true,"inbound":{"to":"gh_0","from":"user","created":1763700000,"dedupe_key":"5820c36a51e0d47582839648f12b7b48","trigger":null,"kind":"event.xpay_refund_notify","content":{"open_id":"o"}}}"#
    );
}

#[test]
fn a_plain_push_is_told_apart() {
    let account = options(&[("mode", "plain")]).unwrap().build().unwrap();
    let query = format!("signature={}&timestamp=1&nonce=n", account.sign("1", "n"));
    let body =
        r#"{"ToUserName":"gh_0","FromUserName":"user","MsgType":"text","Content":"hi","MsgId":7}"#;
    let received = account.receive(&Query::parse(&query).unwrap(), body.as_bytes(), NOW).unwrap();
    assert_eq!(
        wxkf_json::received(&received),
        r#"{"sealed":false,"format":"json","key_index":null,"token_index":0,"reply_to":"{\"format\":\"json\",\"from\":\"user\",\"to\":\"gh_0\",\"kind\":\"text\",\"nonce\":\"n\",\"is_event\":false,\"token_index\":0,\"key_index\":null,\"id_index\":0}","wants_err_code":false,"inbound":{"to":"gh_0","from":"user","created":null,"msg_id":"7","dedupe_key":"d580571592c225937896c51a422933f7","trigger":"message","kind":"text","content":{"content":"hi"}}}"#
    );
}

#[test]
fn a_message_without_a_gate_is_told_twice() {
    let inbound = Inbound::decode_unverified(br#"{"MsgType":"x","A":[1.50,"b"]}"#).unwrap();
    assert_eq!(
        wxkf_json::decoded(&inbound),
        r#"{"format":"json","inbound":{"to":null,"from":null,"created":null,"dedupe_key":"89ba5601e02bb416897ebfa4cab6b6bf","trigger":null,"kind":"unknown","content":{"msg_type":"x"}}}"#
    );
    assert_eq!(wxkf_json::tree(&inbound), r#"{"MsgType":"x","A":[1.50,"b"]}"#);
}

/// In typed content a number that not every language can hold is a text; in the tree it stays what it is.
#[test]
fn a_message_is_told_as_it_is_written_and_a_failure_of_a_border_as_an_error() {
    let inbound = Inbound::decode_unverified(PAYMENT.as_bytes()).unwrap();
    assert_eq!(wxkf_json::inbound(&inbound), wxkf_core::to_json(&inbound));
    assert!(wxkf_json::inbound(&inbound).contains(r#""kind":"event.xpay_refund_notify""#));
    let message = Code::QueryMalformed.message(Language::English);
    assert_eq!(
        wxkf_json::failure(Code::QueryMalformed, Some("query")),
        format!(
            r#"{{"code":"callback.query_malformed","origin":"peer","field":"query","message":"{message}"}}"#
        )
    );
}

#[test]
fn numbers_of_a_typed_tree_keep_their_digits() {
    let numbers =
        r#"{"id":9007199254740992,"least":-9007199254740991,"minus":-0,"price":1.50,"one":1}"#;
    let push =
        format!(r#"{{"MsgType":"event","Event":"open_product_order_pay","order_info":{numbers}}}"#);
    let inbound = Inbound::decode_unverified(push.as_bytes()).unwrap();
    let typed = r#""order_info":{"id":"9007199254740992","least":-9007199254740991,"minus":"-0","price":"1.50","one":1}"#;
    let told = wxkf_json::decoded(&inbound);
    assert!(told.contains(typed), "{told}");
    assert_eq!(wxkf_json::tree(&inbound), push);
}

#[test]
fn a_sealed_message_is_told_by_its_parts() {
    let account = options(&[("encoding_aes_key", KEY)]).unwrap().build().unwrap();
    let sealed = account.seal(b"x", Fresh::new([1; 16], NOW).nonce("n")).unwrap();
    assert_eq!(
        wxkf_json::sealed(&sealed),
        r#"{"encrypt":"RmuqF3ktNNTQlQFPZ9cI5pkLYcMhLfDJaCTNVYaPhxnqr0pOP/fhzNXnEUUwNX7TCVbVeHn6k7Ke+Ik3wVrElw==","msg_signature":"daef07c0d77d0c63b3f141ae4d1a0d12ae1b87e3","timestamp":1763700000,"nonce":"n"}"#
    );
}

#[test]
fn an_explanation_says_whether_it_was_accepted() {
    let account = options(&[("mode", "plain")]).unwrap().build().unwrap();
    let query = |signature: &str| format!("signature={signature}&timestamp=1763700000&nonce=n");
    let good = query(&account.sign("1763700000", "n"));
    let said = wxkf_json::explanation(&explain(&account, &good, b"{\"MsgType\":\"text\"}", NOW));
    assert!(
        said.starts_with(r#"{"accepted":true,"code":null,"steps":[{"check":"query""#),
        "{said}"
    );
    let found = explain(&account, &query("0"), b"{}", NOW);
    let said = wxkf_json::explanation(&found);
    assert!(
        said.starts_with(
            r#"{"accepted":false,"code":"callback.signature_mismatch","steps":[{"check":"query","verdict":"holds","finding":"query.complete","facts":{}},{"check":"signature","verdict":"fails","finding":"signature.other","facts":{"#
        ),
        "{said}"
    );
    // In words it is the same, with a sentence in two languages behind each finding.
    let mut words = wxkf_json::explanation_in_words(&found);
    for step in &found.steps {
        let [en, zh] = [Language::English, Language::Chinese].map(|it| step.finding.message(it));
        let with = format!(r#","en":"{en}","zh":"{zh}""#);
        assert!(words.contains(&with), "{words}");
        words = words.replacen(&with, "", 1);
    }
    assert_eq!(words, said);
}

#[test]
fn an_answer_that_will_go_wrong_is_told_by_name() {
    let long = format!(r#"{{"type":"text","content":"{}"}}"#, "x".repeat(2049));
    assert_eq!(wxkf_json::reply_caution(&long), Ok(Some("long_reply")));
    assert_eq!(wxkf_json::reply_caution(r#"{"type":"text","content":"x"}"#), Ok(None));
    let error = wxkf_json::reply_caution(r#"{"type":"dance"}"#).unwrap_err();
    assert_eq!((error.code(), error.field()), (Code::ReplyUnsupported, Some("MsgType")));
}

#[test]
fn a_request_is_told_without_its_body() {
    let head = |name, params: &str| wxkf_json::request(&api::request(name, params).unwrap());
    let text = |content: &str| {
        head(
            "message.custom.send",
            &format!(r#"{{"touser":"o","msgtype":"text","text":{{"content":"{content}"}}}}"#),
        )
    };
    assert_eq!(
        text("hi"),
        r#"{"endpoint":"message.custom.send","method":"POST","path":"/cgi-bin/message/custom/send","query":"","content_type":"application/json; charset=utf-8","auth":"access_token"}"#
    );
    assert_eq!(
        text(&"x".repeat(2049)),
        r#"{"endpoint":"message.custom.send","method":"POST","path":"/cgi-bin/message/custom/send","query":"","content_type":"application/json; charset=utf-8","auth":"access_token","caution":"long_text"}"#
    );
    assert_eq!(
        head("customservice.kfsession.getsessionlist", r#"{"kf_account":"a@b"}"#),
        r#"{"endpoint":"customservice.kfsession.getsessionlist","method":"GET","path":"/customservice/kfsession/getsessionlist","query":"kf_account=a@b","auth":"access_token"}"#
    );
}

#[test]
fn what_the_platform_answered_is_accepted_or_rejected() {
    let told = |body: &str| {
        let response = Response::new(200, body.as_bytes());
        wxkf_json::outcome(&api::decode("message.custom.send", response).unwrap())
    };
    assert_eq!(told(r#"{"errcode":0,"errmsg":"ok"}"#), r#"{"accepted":{}}"#);
    assert_eq!(
        told(
            r#"{"errcode":45047,"errmsg":"out of response count limit rid: 608780e2-4b5d9662-035705c2"}"#
        ),
        r#"{"rejected":{"errcode":45047,"errmsg":"out of response count limit rid: 608780e2-4b5d9662-035705c2","rid":"608780e2-4b5d9662-035705c2","kind":"quota_exhausted"}}"#
    );
    assert_eq!(
        told(r#"{"errcode":-1,"errmsg":"system error"}"#),
        r#"{"rejected":{"errcode":-1,"errmsg":"system error","kind":"busy"}}"#
    );
}

#[test]
fn a_return_code_is_told_in_two_languages() {
    let row = Errcode::of(45_047).unwrap();
    let [en, zh] = [Language::English, Language::Chinese];
    let texts = [row.meaning(en), row.meaning(zh), row.advice(en), row.advice(zh)];
    let [meaning, meaning_zh, advice, advice_zh] = texts;
    assert_eq!(
        wxkf_json::errcode(row),
        format!(
            r#"{{"errcode":45047,"kind":"quota_exhausted","meaning":{{"en":"{meaning}","zh":"{meaning_zh}"}},"advice":{{"en":"{advice}","zh":"{advice_zh}"}}}}"#
        )
    );
}

#[test]
fn a_text_is_told_by_its_parts_and_its_rest() {
    let split = wxkf_core::text::split("one two three", 8, 1);
    assert_eq!(wxkf_json::split(&split), r#"{"parts":["one two "],"rest":"three"}"#);
}

#[test]
fn an_error_is_told_with_what_was_seen() {
    let error = Inbound::decode_unverified(b"<xml><a></xml>").unwrap_err();
    assert_eq!(
        wxkf_json::error(&error),
        r#"{"code":"callback.body_malformed","origin":"peer","detail":"not well-formed XML","message":"the body is not the XML or JSON that WeChat sends"}"#
    );
    let error = api::request("message.custom.send", "{}").unwrap_err();
    assert_eq!(
        wxkf_json::error(&error),
        r#"{"code":"request.field_missing","origin":"caller","field":"touser","message":"a field that the API requires is missing"}"#
    );
}

#[test]
fn a_push_to_count_is_made_of_what_json_has() {
    let at = Some(Timestamp::from_secs(5));
    let text = wxkf_json::push("k", Some("message"), None, at).unwrap();
    assert_eq!((text.trigger, text.is_message, text.at), (Some(Trigger::Message), true, at));
    assert_eq!(text.key, wxkf_core::DedupeKey::of_text("k"));
    let counted = |is_message| {
        wxkf_json::push("k", Some("message"), Some(is_message), None).unwrap().is_message
    };
    assert!(counted(true) && !counted(false));
    let none = wxkf_json::push("k", None, None, None).unwrap();
    assert_eq!((none.trigger, none.at), (None, None));
    assert!(wxkf_json::push("k", Some("Message"), None, at).is_none());
    assert!(wxkf_json::push("k", Some(""), None, at).is_none());
}

#[test]
fn the_key_of_a_push_is_taken_as_it_is_and_any_other_text_is_made_one() {
    let key = wxkf_json::dedupe_key("any");
    assert_eq!(wxkf_json::dedupe_key(&key.to_string()), key);
    assert_ne!(wxkf_json::dedupe_key(&key.to_string().to_uppercase()), key);
}

#[test]
fn what_may_be_sent_is_told_in_milliseconds() {
    let mut conversation = Conversation::new(Policy::mini_program());
    let refused = conversation.reserve(NOW).unwrap_err();
    assert_eq!(wxkf_json::refusal(refused), r#"{"refused":"window_closed","retry_at":null}"#);
    let push = wxkf_json::push("k", Some("message"), None, None).unwrap();
    assert_eq!(wxkf_json::observation(conversation.observe(push, NOW)), "new");
    let held = conversation.reserve(NOW).unwrap();
    let told = wxkf_json::reservation(held);
    assert_eq!(told, format!(r#"{{"id":{},"sure":true}}"#, held.id.number()));
    assert_eq!(
        wxkf_json::allowance(&conversation.allowance(NOW)),
        r#"{"at_least":4,"at_most":5,"held":1,"closes_at":1763872800000}"#
    );
    let settled = conversation.settle(held.id, Settlement::Delivered, NOW);
    assert_eq!(wxkf_json::settled(settled), r#"{"settled":"applied"}"#);
    let again = conversation.settle(held.id, Settlement::Delivered, NOW);
    assert_eq!(wxkf_json::settled(again), r#"{"settled":"stale"}"#);
    assert_eq!(
        wxkf_json::settled(Settled::RetryAfter(Duration::from_millis(1500))),
        r#"{"settled":"retry_after","retry_after_ms":1500}"#
    );
}

/// Typing has a pause, which ends at a moment.
#[test]
fn a_refusal_says_when_to_ask_again() {
    let mut conversation = Conversation::new(Policy::mini_program());
    let push = wxkf_json::push("k", Some("message"), None, None).unwrap();
    let _ = conversation.observe(push, NOW);
    conversation.start_typing(NOW).unwrap();
    let refused = conversation.start_typing(NOW).unwrap_err();
    assert_eq!(
        wxkf_json::refusal(refused),
        r#"{"refused":"already_typing","retry_at":1763700015000}"#
    );
}

#[test]
fn settlements_are_told_by_name_or_by_code() {
    assert_eq!(wxkf_json::settlement("not_sent", None), Some(Settlement::NotSent));
    assert_eq!(wxkf_json::settlement("x", Some(45_047)), Some(Settlement::QuotaExhausted));
    assert_eq!(wxkf_json::settlement("x", None), None);
    let typing = wxkf_json::typing_settlement;
    assert_eq!(typing("already_typing", None), Some(TypingSettlement::AlreadyTyping));
    assert_eq!(typing("x", Some(45_080)), Some(TypingSettlement::from_errcode(45_080)));
    assert_eq!(typing("x", None), None);
}

#[test]
fn a_memory_tells_since_when() {
    let mut memory = wxkf_core::Dedupe::new(9, Duration::from_secs(60));
    let key = wxkf_json::dedupe_key("k");
    assert_eq!(memory.observe(key, NOW).since(), None);
    let later = Timestamp::from_secs(1_763_700_001);
    assert_eq!(memory.observe(key, later).since(), Some(NOW));
}

#[test]
fn a_keeper_tells_what_to_do() {
    let mut keeper = TokenKeeper::new(TokenSource::StableToken);
    let step = keeper.step(NOW);
    let wxkf_core::TokenStep::Fetch { id, .. } = step else { panic!("{step:?}") };
    assert_eq!(
        wxkf_json::token_step(&step),
        format!(r#"{{"fetch":{},"force":false}}"#, id.number())
    );
    let waits = wxkf_json::token_step(&keeper.step(NOW));
    assert_eq!(waits, r#"{"wait_until":1763700000250}"#);
    let fetched = wxkf_core::FetchedToken::new("T", Duration::from_secs(7200));
    assert_eq!(wxkf_json::token_change(keeper.fetched(id, fetched, NOW)), "applied");
    assert_eq!(wxkf_json::token_step(&keeper.step(NOW)), r#"{"use":"T"}"#);
    let late = wxkf_core::FetchedToken::new("U", Duration::from_secs(7200));
    assert_eq!(wxkf_json::token_change(keeper.fetched(id, late, NOW)), "stale");
}

/// By its own name, or by what the platform said.
#[test]
fn a_fetch_that_failed_is_told_by_name_or_by_kind() {
    for (name, failure) in [
        ("temporary", FetchFailure::Temporary),
        ("misconfigured", FetchFailure::Misconfigured),
        ("busy", FetchFailure::Temporary),
        ("rate_limited", FetchFailure::Temporary),
        ("unknown", FetchFailure::Temporary),
        ("token_rejected", FetchFailure::Temporary),
        ("invalid_request", FetchFailure::Misconfigured),
        ("not_permitted", FetchFailure::Misconfigured),
        ("quota_exhausted", FetchFailure::Misconfigured),
    ] {
        assert_eq!(wxkf_json::fetch_failure(name), Some(failure), "{name}");
    }
    assert_eq!(wxkf_json::fetch_failure("Temporary"), None);
    assert_eq!(wxkf_json::fetch_failure(""), None);
}
