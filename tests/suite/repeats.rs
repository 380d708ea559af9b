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
fn an_id_that_is_no_number_is_no_key() {
    assert_ne!(key(&text("gh_0", "a_1", "<A>1</A>")), key(&text("gh_0", "a_1", "<A>2</A>")));
    assert_eq!(key(&text("gh_0", "a_1", "")), key(&text("gh_0", "a_1", "")));
}

#[test]
fn an_event_is_known_by_all_it_says() {
    let first = key(&card("1", ""));
    assert_eq!(first, key(&card("1", "")));
    // Two cards in one second, for one user.
    assert_ne!(first, key(&card("2", "")));
    assert_ne!(first, key(&card("1", "<OuterStr>1</OuterStr>")));
    assert_ne!(key(&card("1", "<A><B>1</B></A>")), key(&card("1", "<A></A><B>1</B>")));
    // Layout says nothing.
    assert_eq!(first, key(&card("1", "").replace("><", ">\n  <")));
    assert_eq!(first, key(&card("<![CDATA[1]]>", "")));
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
