//! One push has one key however often and however wrapped it comes, and no other push has it.

use wxkf_core::{DedupeKey, Inbound};

fn key(body: &str) -> DedupeKey {
    Inbound::decode_unverified(body.as_bytes()).unwrap().dedupe_key()
}

fn text(to: &str, id: &str, more: &str) -> String {
    format!(
        "<xml><ToUserName>{to}</ToUserName><FromUserName>user</FromUserName><MsgType>text</MsgType>\
         <Content>hi</Content><MsgId>{id}</MsgId>{more}</xml>"
    )
}

fn card(code: &str, more: &str) -> String {
    format!(
        "<xml><ToUserName>gh_0</ToUserName><FromUserName>user</FromUserName>\
         <CreateTime>1763700000</CreateTime><MsgType>event</MsgType><Event>user_get_card</Event>\
         <UserCardCode>{code}</UserCardCode>{more}</xml>"
    )
}

#[test]
fn a_message_is_known_by_account_and_id() {
    let first = key(&text("gh_0", "1", ""));
    assert_eq!(first, key(&text("gh_0", "1", "<New>field</New>")));
    assert_eq!(first, key(r#"{"MsgType":"text","MsgId":1,"ToUserName":"gh_0"}"#));
    assert_ne!(first, key(&text("gh_0", "2", "")));
    assert_ne!(first, key(&text("gh_1", "1", "")));
    // Texts that run into each other are told apart.
    assert_ne!(key(&text("gh_1", "23", "")), key(&text("gh_12", "3", "")));
}

#[test]
fn a_key_is_its_text() {
    let text = "00ff0123456789abcdef0123456789ab";
    let key = DedupeKey::parse(text).unwrap();
    assert_eq!(format!("{key} {key:?}"), format!("{text} {text}"));
    assert_eq!(DedupeKey::from_bytes(*key.as_bytes()), key);
}

#[test]
fn an_id_that_is_no_number_is_no_key() {
    assert_ne!(key(&text("gh_0", "a_1", "<A>1</A>")), key(&text("gh_0", "a_1", "<A>2</A>")));
    assert_eq!(key(&text("gh_0", "a_1", "")), key(&text("gh_0", "a_1", "")));
}

/// A plus sign, a blank: no number that the platform gives.
#[test]
fn only_digits_are_the_number_of_a_message() {
    for id in ["+7", "-7", "7.0", "7e0", "0x7", "７"] {
        assert_ne!(key(&text("gh_0", id, "<A>1</A>")), key(&text("gh_0", id, "<A>2</A>")), "{id}");
    }
    assert_eq!(key(&text("gh_0", " 7 ", "<A>1</A>")), key(&text("gh_0", "7", "<A>2</A>")));
}

/// The event that tells what became of a message has the id of that message, and one for each user.
#[test]
fn an_event_is_not_known_by_an_id() {
    let fate = |status: &str| {
        key(&format!(
            "<xml><ToUserName>gh_0</ToUserName><MsgType>event</MsgType>\
             <Event>TEMPLATESENDJOBFINISH</Event><MsgID>5</MsgID><Status>{status}</Status></xml>"
        ))
    };
    assert_eq!(fate("success"), fate("success"));
    assert_ne!(fate("success"), fate("failed:user block"));
}

#[test]
fn an_event_is_known_by_all_it_says() {
    let first = key(&card("1", ""));
    assert_eq!(first, key(&card("1", "")));
    // Two cards in one second, for one user.
    assert_ne!(first, key(&card("2", "")));
    assert_ne!(first, key(&card("1", "<OuterStr>1</OuterStr>")));
    assert_ne!(key(&card("1", "<A><B>1</B></A>")), key(&card("1", "<A></A><B>1</B>")));
    assert_ne!(key(&card("1", "<A>1</A>")), key(&card("1", "<B>1</B>")));
    assert_ne!(key(&card("1", "<A><C>1</C></A>")), key(&card("1", "<A><D>1</D></A>")));
    assert_ne!(
        key(&card("1", "<A><B>1</B><C>2</C></A>")),
        key(&card("1", "<A><B>1</B></A><C>2</C>"))
    );
    // Layout says nothing.
    assert_eq!(first, key(&card("1", "").replace("><", ">\n  <")));
    assert_eq!(first, key(&card("<![CDATA[1]]>", "")));
    assert_eq!(first, key(&card(" 1\n", "")));
}

#[test]
fn nested_pushes_that_differ_have_two_keys() {
    for (one, other) in [
        // The same names and texts, with other ends.
        (r#"{"A":{"B":"x","\u0002":"C"},"D":"y"}"#, r#"{"A":{"B":"x"},"C":"\u0002","D":"y"}"#),
        (r#"{"A":{"B":"1"},"C":"\u0002"}"#, r#"{"A":"\u0001","B":"1","\u0002":"C","\u0002":""}"#),
        (r#"{"A":{"B":{}},"C":{"D":"1"}}"#, r#"{"A":{"B":{},"C":{"D":"1"}}}"#),
        // What has nothing in it: an object, a list, null.
        (r#"{"A":{}}"#, r#"{"A":[]}"#),
        (r#"{"A":{"B":null}}"#, r#"{"A":{"B":{}}}"#),
        (r#"{"A":["x"]}"#, r#"{"A":{"":"x"}}"#),
        // Only at the top is it the sealed copy.
        (r#"{"A":{"Encrypt":"1"}}"#, r#"{"A":{"Encrypt":"2"}}"#),
    ] {
        assert_ne!(key(one), key(other), "{one} {other}");
    }
    let order = |number: &str| format!("<A><B>1</B><List><No>{number}</No><No>2</No></List></A>");
    assert_eq!(key(&card("1", &order("1"))), key(&card("1", &order(" 1 "))));
    assert_ne!(key(&card("1", &order("1"))), key(&card("1", &order("2"))));
}

/// Hosts store them, and a payment may be repeated for a day: never to be changed.
#[test]
fn keys_of_pushes_without_anything_nested_are_what_they_were() {
    for (body, stored) in [
        (card("1", ""), "42b255833500e2f18473ad9fd2ee12c4"),
        (text("gh_0", "1", ""), "4629252525ca71251c890bff20bdbd66"),
        (
            "<xml><ToUserName>gh_0</ToUserName><FromUserName>user</FromUserName><MsgType>text</MsgType>\
             <Content>hi</Content><MsgId>a_1</MsgId><Encrypt>AAAA</Encrypt></xml>"
                .into(),
            "1f8d6093343a45626b03adeabcc85764",
        ),
        (
            r#"{"ToUserName":"gh_0","FromUserName":"user","CreateTime":1763700000,"MsgType":"event",
                "Event":"user_enter_tempsession","SessionFrom":null,"Flag":true}"#
                .into(),
            "ac032e9342ae1be3148db92450e15e0e",
        ),
        (
            "<xml><AppId>wx0</AppId><CreateTime>1763700000</CreateTime>\
             <InfoType>unauthorized</InfoType><AuthorizerAppid>wx1</AuthorizerAppid></xml>"
                .into(),
            "717c2735575ff549ed3d7c820270d61f",
        ),
        (
            "<xml><ToUserName>gh_0</ToUserName><FromUserName>user</FromUserName>\
             <CreateTime>1763700000</CreateTime><MsgType>event</MsgType>\
             <Event>xpay_goods_deliver_notify</Event><OutTradeNo>t1</OutTradeNo><EventKey></EventKey></xml>"
                .into(),
            "a1860520ade679b65b353593ee88a6cf",
        ),
    ] {
        assert_eq!(key(&body).to_string(), stored, "{body}");
    }
}

/// These, too, since anything nested has a beginning and an end in them.
#[test]
fn keys_of_pushes_with_something_nested_are_what_they_were() {
    for (body, stored) in [
        (
            card(
                "1",
                "<A><B>1</B><List><No>1</No><No>2</No></List><C></C></A><Encrypt>A</Encrypt>",
            ),
            "8a723e35c2c3f080e42ee9664bd4fb5d",
        ),
        (
            r#"{"ToUserName":"gh_0","CreateTime":1763700000,"MsgType":"event","Event":"new",
                "A":{"B":"x","C":[1,true,null,{},[]],"D":{"E":""}},"F":null,"G":"y"}"#
                .into(),
            "0c0bdbf716cc6d4205fb38bd52944a95",
        ),
    ] {
        assert_eq!(key(&body).to_string(), stored, "{body}");
    }
}

/// So are those of what a host knows otherwise.
#[test]
fn keys_of_texts_are_what_they_were() {
    for (text, stored) in [
        ("", "7b4bd72f8493a92c4006dee18c920b9c"),
        ("t1", "58960f29902e8567bbf01a5f0016d240"),
        ("订单 1", "d1f106de48fa9f2d82ed9560c4763078"),
    ] {
        assert_eq!(DedupeKey::of_text(text).to_string(), stored, "{text}");
    }
}

#[test]
fn a_sealed_copy_beside_the_message_is_another_one_each_time() {
    let with = |encrypt: &str| key(&card("1", &format!("<Encrypt>{encrypt}</Encrypt>")));
    assert_eq!(with("AAAA"), with("BBBB"));
    assert_eq!(with("AAAA"), key(&card("1", "")));
}

#[test]
fn the_text_of_a_key_is_its_bytes() {
    let key = key(&card("1", ""));
    assert_eq!(key.to_string(), super::reference::hex(key.as_bytes()));
    assert_eq!(key.to_string().len(), 32);
}

#[test]
fn only_the_text_of_a_key_is_read_as_one() {
    let key = key(&card("1", ""));
    let text = key.to_string();
    assert_eq!(DedupeKey::parse(&text), Some(key));
    for other in ["", "ff", &text[..31], &format!("{text}0"), &text.to_uppercase()] {
        assert_eq!(DedupeKey::parse(other), None, "{other}");
    }
    assert_eq!(DedupeKey::parse(&format!("+{}", &text[1..])), None);
    assert_eq!(DedupeKey::parse(&format!("{}g", &text[1..])), None);
}
