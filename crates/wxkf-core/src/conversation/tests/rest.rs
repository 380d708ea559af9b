//! Typing, repeats, deadlines, and answers of the platform.

use super::*;
use crate::api::{self, Outcome, Response};
use crate::conversation::recent;

#[test]
fn typing_needs_a_window_and_a_recent_message_and_lasts_15_seconds() {
    let typing =
        |chat: &mut Chat, now| chat.conversation.start_typing(at(now)).map_err(|r| r.reason);
    let mut chat = Chat::mini_program();
    assert_eq!(typing(&mut chat, 0), Err(RefusalReason::WindowClosed));
    chat.on(Trigger::Enter, 0);
    assert_eq!(typing(&mut chat, 0), Err(RefusalReason::NoRecentMessage));
    chat.on(Trigger::Message, SECOND);
    assert_eq!(typing(&mut chat, SECOND), Ok(()));
    let refusal = chat.conversation.start_typing(at(16 * SECOND - 1)).unwrap_err();
    assert_eq!(refusal.reason, RefusalReason::AlreadyTyping);
    assert_eq!(refusal.retry_at, Some(at(16 * SECOND)));
    assert_eq!(chat.conversation.next_deadline(), Some(at(16 * SECOND)));
    assert_eq!(typing(&mut chat, 16 * SECOND), Ok(()));
    chat.conversation.stop_typing();
    assert_eq!(typing(&mut chat, 31 * SECOND - 1), Ok(()));
    chat.conversation.stop_typing();
    assert_eq!(typing(&mut chat, 31 * SECOND), Err(RefusalReason::NoRecentMessage));
    assert_eq!(typing(&mut chat, 49 * HOUR), Err(RefusalReason::WindowClosed));
}

#[test]
fn a_tap_on_a_msgmenu_grants_what_a_menu_does_and_is_a_message() {
    let push = |fields: &str| {
        let head = r#"{"ToUserName":"gh","FromUserName":"o","CreateTime":1763700000,"#;
        Inbound::decode_unverified(std::format!("{head}{fields}}}").as_bytes()).unwrap()
    };
    let tap = push(r#""MsgType":"text","Content":"Yes","bizmsgmenuid":"1","MsgId":1"#);
    let click = push(r#""MsgType":"event","Event":"CLICK","EventKey":"k""#);
    for (inbound, is_message) in [(tap, true), (click, false)] {
        let push = Push::from(&inbound);
        assert_eq!((push.trigger, push.is_message), (Some(Trigger::Menu), is_message));
        assert_eq!((push.key, push.at), (inbound.dedupe_key(), Some(at(0))));
        let mut conversation = Conversation::new(Policy::official_account());
        assert_eq!(conversation.observe(&inbound, at(0)), Observation::New);
        assert_eq!(conversation.allowance(at(0)).at_most, 3);
        assert_eq!(conversation.start_typing(at(0)).is_ok(), is_message);
    }
}

#[test]
fn a_message_ends_the_typing_and_is_traffic() {
    for (settlement, ends) in [
        (Settlement::Delivered, true),
        (Settlement::Unknown, true),
        (Settlement::NotSent, false),
        (Settlement::QuotaExhausted, false),
    ] {
        let mut chat = Chat::mini_program();
        chat.on(Trigger::Message, 0).conversation.start_typing(at(0)).unwrap();
        chat.send(settlement, SECOND);
        assert_eq!(chat.conversation.start_typing(at(SECOND)).is_ok(), ends, "{settlement:?}");
    }
    let mut chat = Chat::mini_program();
    chat.on(Trigger::Message, 0).deliver(1, 20 * SECOND);
    chat.conversation.start_typing(at(45 * SECOND)).unwrap();
    chat.conversation.stop_typing();
    assert!(chat.conversation.start_typing(at(50 * SECOND)).is_err());
    let mut chat = Chat::official_account();
    chat.on(Trigger::Message, 0).conversation.start_typing(at(0)).unwrap();
    chat.on(Trigger::Unsubscribe, SECOND).on(Trigger::Subscribe, 2 * SECOND);
    chat.on(Trigger::Message, 3 * SECOND).conversation.start_typing(at(3 * SECOND)).unwrap();
}

#[test]
fn a_push_is_new_once_until_it_is_forgotten() {
    let mut chat = Chat::mini_program();
    let key = DedupeKey::of_text("a");
    let mut see = |now, forget| {
        if forget {
            chat.conversation.forget(key);
        }
        let push = Push::new(key, Some(Trigger::Message), at(0));
        let observation = chat.conversation.observe(push, at(now));
        (observation, chat.conversation.allowance(at(now)).at_most)
    };
    assert_eq!(see(0, true), (Observation::New, 5));
    assert_eq!(see(MINUTE - 1, false), (Observation::Repeat, 5));
    assert_eq!(see(MINUTE - 1, true), (Observation::New, 5));
    assert_eq!(see(MINUTE - 1, false), (Observation::Repeat, 5));
    assert_eq!(see(MINUTE, false), (Observation::New, 5));

    // What was forgotten does not grant again.
    let mut chat = Chat::mini_program();
    chat.on(Trigger::Message, 0).deliver(5, SECOND);
    let key = DedupeKey::of_text("1");
    chat.conversation.forget(key);
    let push = Push::new(key, Some(Trigger::Message), at(0));
    assert_eq!(chat.conversation.observe(push, at(2 * SECOND)), Observation::New);
    assert_eq!(chat.bounds(2 * SECOND), (0, 0));
}

#[test]
fn a_burst_of_pushes_is_remembered_up_to_a_limit() {
    let mut conversation = Conversation::new(Policy::mini_program());
    let push = |number: usize| Push::new(DedupeKey::of_text(&number.to_string()), None, at(0));
    for number in 0..=recent::MAX_SEEN {
        assert_eq!(conversation.observe(push(number), at(0)), Observation::New);
    }
    assert_eq!(conversation.observe(push(1), at(0)), Observation::Repeat);
    assert_eq!(conversation.observe(push(0), at(0)), Observation::New);
    assert_eq!(conversation.allowance(at(0)).closes_at, None);
}

#[test]
fn deadlines_are_the_next_change_and_the_last() {
    let mut chat = Chat::mini_program();
    assert_eq!((chat.conversation.next_deadline(), chat.conversation.keep_until()), (None, None));
    chat.on(Trigger::Message, 0).on(Trigger::Enter, SECOND);
    assert_eq!(chat.conversation.next_deadline(), Some(at(61 * SECOND)));
    assert_eq!(chat.conversation.keep_until(), Some(at(48 * HOUR)));
    let _ = chat.reserve(0);
    assert_eq!(chat.conversation.next_deadline(), Some(at(MINUTE)));
    let mut chat = Chat::official_account();
    chat.on(Trigger::Unsubscribe, 0);
    assert_eq!(chat.conversation.next_deadline(), None);
    assert_eq!(chat.conversation.keep_until(), Some(at(48 * HOUR)));
    let mut chat = Chat::official_account();
    chat.on(Trigger::Menu, 0).late(Trigger::Scan, 0, 30 * SECOND);
    assert_eq!(chat.conversation.keep_until(), Some(at(90 * SECOND)));
}

#[test]
fn an_answer_of_the_platform_is_a_settlement() {
    for (errcode, settlement) in [
        (0, Settlement::Delivered),
        (-1, Settlement::Unknown),
        (40001, Settlement::NotSent),
        (40003, Settlement::NotSent),
        (43004, Settlement::WindowClosed),
        (45009, Settlement::NotSent),
        (45015, Settlement::WindowClosed),
        (45047, Settlement::QuotaExhausted),
        (45093, Settlement::QuotaExhausted),
        (45094, Settlement::EnterRevoked),
        (48002, Settlement::NotSent),
        (50005, Settlement::WindowClosed),
        (70000, Settlement::NotSent),
        (99_999_999, Settlement::Unknown),
    ] {
        assert_eq!(Settlement::from_errcode(errcode), settlement, "{errcode}");
        let body = std::format!(r#"{{"errcode":{errcode},"errmsg":"x"}}"#);
        let outcome = api::decode("message.custom.send", Response::new(200, body.as_bytes()));
        assert_eq!(Settlement::from(&outcome.unwrap()), settlement, "{errcode}");
    }
    assert_eq!(Settlement::from(&Outcome::Accepted(())), Settlement::Delivered);
    for settlement in Settlement::ALL {
        assert_eq!(Settlement::from_name(settlement.name()), Some(*settlement));
    }
}
