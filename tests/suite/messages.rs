//! What a push is, beyond its fields: what its answer has to be, and the sentences that stand for something else.

use wxkf_core::content::Id;
use wxkf_core::{Inbound, Timestamp};

fn text(content: &str) -> Inbound {
    let body = format!(
        "<xml><ToUserName>gh_0</ToUserName><FromUserName>user</FromUserName><MsgType>text</MsgType>\
         <Content>{content}</Content><MsgId>7</MsgId></xml>"
    );
    Inbound::decode_unverified(body.as_bytes()).unwrap()
}

/// A push with these members beside its kind, in both formats.
fn both(members: &[(&str, &str)]) -> [Inbound; 2] {
    let xml: String =
        members.iter().map(|(name, text)| format!("<{name}>{text}</{name}>")).collect();
    let json: Vec<_> =
        members.iter().map(|(name, text)| format!("\"{name}\":\"{text}\"")).collect();
    [format!("<xml>{xml}</xml>"), format!("{{{}}}", json.join(","))]
        .map(|body| Inbound::decode_unverified(body.as_bytes()).unwrap())
}

#[test]
fn what_every_push_may_have_is_named() {
    let all = [
        ("ToUserName", "gh_0"),
        ("FromUserName", "user"),
        ("CreateTime", "1763700000"),
        ("MsgType", "event"),
        ("Event", "CLICK"),
        ("EventKey", " k "),
        ("MsgId", "7"),
        ("MsgDataId", "23241477706429916"),
        ("Idx", "2"),
        ("BusinessId", "9"),
    ];
    for inbound in both(&all) {
        assert_eq!((inbound.to(), inbound.from()), (Some("gh_0"), Some("user")));
        assert_eq!(inbound.created(), Some(Timestamp::from_secs(1_763_700_000)));
        assert_eq!((inbound.msg_type(), inbound.event()), (Some("event"), Some("CLICK")));
        assert_eq!(inbound.event_key(), inbound.field("EventKey"));
        assert_eq!(inbound.event_key().map(str::trim), Some("k"));
        assert_eq!(inbound.msg_id().map(Id::as_str), Some("7"));
        assert_eq!(inbound.msg_data_id().map(Id::as_str), Some("23241477706429916"));
        assert_eq!((inbound.idx(), inbound.business_id().map(Id::as_str)), (Some(2), Some("9")));
        assert_eq!(inbound.info_type(), None);
        assert_eq!(
            format!("{inbound:?}"),
            "Inbound { kind: \"event.click\", to: Some(\"gh_0\"), from: Some(\"user\"), \
             created: Some(Timestamp(1763700000000)), msg_id: Some(Id(\"7\")), .. }"
        );
    }
    for inbound in both(&[("InfoType", "unauthorized")]) {
        assert_eq!(inbound.info_type(), Some("unauthorized"));
        assert_eq!((inbound.to(), inbound.from(), inbound.created()), (None, None, None));
        assert_eq!((inbound.msg_type(), inbound.event(), inbound.event_key()), (None, None, None));
        assert_eq!((inbound.msg_id(), inbound.msg_data_id()), (None, None));
        assert_eq!((inbound.idx(), inbound.business_id()), (None, None));
    }
}

/// JavaScript holds milliseconds up to 2^53.
#[test]
fn a_time_that_no_language_holds_is_none() {
    for (seconds, created) in [
        ("9007199254739", Some(Timestamp::from_secs(9_007_199_254_739))),
        ("9007199254740", None),
        ("9007199254741", None),
        ("-1", None),
        ("1.5", None),
    ] {
        for inbound in both(&[("CreateTime", seconds)]) {
            assert_eq!(inbound.created(), created, "{seconds}");
        }
    }
}

#[test]
fn what_has_no_type_of_its_own_is_called_as_it_was() {
    use wxkf_core::content::Content;
    // The second is an event, and its MsgType says no more.
    for (members, called) in [
        (&[("MsgType", "device_text")][..], "device_text"),
        (&[("MsgType", "event"), ("Event", "ShakearoundUserShake")], "ShakearoundUserShake"),
    ] {
        for inbound in both(members) {
            match inbound.content() {
                Content::Untyped(name) => assert_eq!(name, called),
                other => panic!("{other:?}"),
            }
        }
    }
}

fn event(name: &str) -> Inbound {
    let body = format!("<xml><MsgType>event</MsgType><Event>{name}</Event></xml>");
    Inbound::decode_unverified(body.as_bytes()).unwrap()
}

/// These are repeated for a day if `success` is all they hear, and goods are delivered again each time.
#[test]
fn payments_want_an_error_code_for_an_answer() {
    for name in [
        "xpay_goods_deliver_notify",
        "xpay_coin_pay_notify",
        "xpay_refund_notify",
        "xpay_complaint_notify",
        "minigame_deliver_goods",
        "minigame_h5_goods_deliver_notify",
        "minigame_game_pay_goods_deliver_notify",
    ] {
        assert!(event(name).wants_err_code(), "{name}");
        assert!(event(&name.to_uppercase()).wants_err_code(), "{name}");
    }
}

#[test]
fn nothing_else_wants_an_error_code() {
    for name in ["subscribe", "CLICK", "xpay_subscribe_ios_refund_query_notify", "xpay_to_come", ""]
    {
        assert!(!event(name).wants_err_code(), "{name}");
    }
    assert!(!text("xpay_refund_notify").wants_err_code());
}

#[test]
fn a_sticker_comes_as_a_sentence() {
    for sentence in [
        "【收到不支持的消息类型，暂无法显示】",
        "【收到不支持的消息類型，暫無法顯示】",
        "【收到不支援的訊息類型，暫無法顯示】",
        "[Unsupported Message]",
        " [Unsupported Message]\n",
    ] {
        assert!(text(sentence).is_unsupported_placeholder(), "{sentence}");
    }
    for other in ["", "[Unsupported Message]!", "[unsupported message]", "【】"] {
        assert!(!text(other).is_unsupported_placeholder(), "{other}");
    }
    let picture = "<xml><MsgType>image</MsgType><Content>[Unsupported Message]</Content></xml>";
    let picture = Inbound::decode_unverified(picture.as_bytes()).unwrap();
    assert!(!picture.is_unsupported_placeholder());
}
