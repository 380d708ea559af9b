//! What a push is, beyond its fields: what its answer has to be, and the sentences that stand for something else.

use wxkf_core::Inbound;

fn text(content: &str) -> Inbound {
    let body = format!(
        "<xml><ToUserName>gh_0</ToUserName><FromUserName>user</FromUserName><MsgType>text</MsgType>\
         <Content>{content}</Content><MsgId>7</MsgId></xml>"
    );
    Inbound::decode_unverified(body.as_bytes()).unwrap()
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
