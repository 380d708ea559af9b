//! Typing, repeats, deadlines, and answers of the platform.

use super::*;
use crate::api::{self, Endpoint as _, Outcome, Response, SendMessage, SetTyping, TypingCommand};
use crate::error::Code;
use crate::message::Inbound;
use crate::message::outbound::Outbound;

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
    let repeat = Observation::Repeat { since: at(0) };
    assert_eq!(see(0, true), (Observation::New, 5));
    assert_eq!(see(MINUTE - 1, false), (repeat, 5));
    assert_eq!(see(MINUTE - 1, true), (Observation::New, 5));
    assert_eq!(see(MINUTE - 1, false), (repeat, 5));
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
fn more_pushes_than_there_is_room_for_are_said_to_be() {
    let mut conversation = Conversation::new(Policy::mini_program());
    let push = |number: usize| {
        let key = DedupeKey::of_text(&number.to_string());
        Push::new(key, Some(Trigger::Message), at(0))
    };
    let most = Conversation::MAX_PUSHES;
    for number in 0..most {
        assert_eq!(conversation.observe(push(number), at(0)), Observation::New);
    }
    let full = conversation.snapshot();
    assert!(full.len() > 9000 && full.len() <= Conversation::MAX_SNAPSHOT, "{}", full.len());
    conversation = Conversation::restore(&full, Policy::mini_program()).unwrap();
    for _ in 0..2 {
        assert_eq!(conversation.observe(push(most), at(1)), Observation::Overflow);
        assert_eq!(conversation.observe(push(0), at(1)), Observation::Repeat { since: at(0) });
    }
    // What it grants counts.
    for _ in 0..5 {
        let id = conversation.reserve(at(2)).unwrap().id;
        let _ = conversation.settle(id, Settlement::Delivered, at(2));
    }
    assert_eq!(conversation.allowance(at(2)).at_most, 0);
    let later = Push { at: Some(at(SECOND)), ..push(most) };
    assert_eq!(conversation.observe(later, at(SECOND)), Observation::Overflow);
    assert_eq!(conversation.allowance(at(SECOND)).at_most, 5);
    // A minute later there is room.
    assert_eq!(conversation.observe(push(most), at(MINUTE)), Observation::New);
    let repeat = Observation::Repeat { since: at(MINUTE) };
    assert_eq!(conversation.observe(push(most), at(MINUTE)), repeat);
    for observation in [Observation::New, repeat, Observation::Overflow] {
        assert!(["new", "repeat", "overflow"].contains(&observation.name()));
    }
}

#[test]
fn deadlines_are_the_next_change_and_the_last() {
    let mut chat = Chat::mini_program();
    assert_eq!((chat.conversation.next_deadline(), chat.conversation.keep_until()), (None, None));
    chat.on(Trigger::Message, 0).on(Trigger::Enter, SECOND);
    assert_eq!(chat.conversation.next_deadline(), Some(at(61 * SECOND)));
    assert_eq!(chat.conversation.keep_until(), Some(at(48 * HOUR)));
    // When nobody says what became of it, it may be under way for another minute.
    let _ = chat.reserve(0);
    assert_eq!(chat.conversation.next_deadline(), Some(at(MINUTE)));
    assert_eq!(chat.conversation.keep_until(), Some(at(48 * HOUR + 2 * MINUTE)));
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
        let response = || Response::new(200, body.as_bytes());
        let sent = SendMessage::new("OPENID", Outbound::text("hi")).decode(response()).unwrap();
        assert_eq!(Settlement::from(&sent), settlement, "{errcode}");
        for name in ["message.custom.send", "message.custom.business.send"] {
            let outcome = api::decode(name, response()).unwrap();
            assert_eq!(Settlement::of(name, &outcome), Ok(settlement), "{errcode}");
        }
        // That of another call says nothing about a message.
        for name in ["message.custom.typing", "customservice.kfaccount.del", "nothing"] {
            let error = Settlement::of(name, &Outcome::Accepted(())).unwrap_err();
            assert_eq!((error.code(), error.field()), (Code::RequestUnsupported, Some("endpoint")));
        }
    }
    for settlement in Settlement::ALL {
        assert_eq!(Settlement::from_name(settlement.name()), Some(*settlement));
    }
}

#[test]
fn an_answer_to_typing_is_a_settlement_of_its_own() {
    for (errcode, settlement) in [
        (0, TypingSettlement::Delivered),
        (-1, TypingSettlement::Unknown),
        (40001, TypingSettlement::NotSent),
        (43004, TypingSettlement::WindowClosed),
        (45015, TypingSettlement::WindowClosed),
        (45072, TypingSettlement::NotSent),
        (45080, TypingSettlement::NoRecentMessage),
        (45081, TypingSettlement::AlreadyTyping),
        (50005, TypingSettlement::WindowClosed),
        (99_999_999, TypingSettlement::Unknown),
    ] {
        let body = std::format!(r#"{{"errcode":{errcode},"errmsg":"x"}}"#);
        let call = SetTyping::new("OPENID", TypingCommand::Typing);
        let outcome = call.decode(Response::new(200, body.as_bytes())).unwrap();
        assert_eq!(TypingSettlement::from(&outcome), settlement, "{errcode}");
    }
    for settlement in TypingSettlement::ALL {
        assert_eq!(TypingSettlement::from_name(settlement.name()), Some(*settlement));
    }
}

#[test]
fn typing_agrees_with_the_platform_once_it_has_answered() {
    let typed = |settlement| {
        let mut chat = Chat::mini_program();
        chat.on(Trigger::Message, 0).conversation.start_typing(at(15 * SECOND)).unwrap();
        chat.conversation.settle_typing(settlement, at(16 * SECOND));
        let refusal = chat.conversation.start_typing(at(17 * SECOND)).err();
        (refusal.map(|it| it.reason), chat)
    };
    for (settlement, reason) in [
        (TypingSettlement::Delivered, Some(RefusalReason::AlreadyTyping)),
        (TypingSettlement::Unknown, Some(RefusalReason::AlreadyTyping)),
        (TypingSettlement::AlreadyTyping, Some(RefusalReason::AlreadyTyping)),
        (TypingSettlement::NotSent, None),
        (TypingSettlement::NoRecentMessage, Some(RefusalReason::NoRecentMessage)),
        (TypingSettlement::WindowClosed, Some(RefusalReason::WindowClosed)),
    ] {
        let (refused, mut chat) = typed(settlement);
        assert_eq!(refused, reason, "{settlement:?}");
        let is_closed = settlement == TypingSettlement::WindowClosed;
        assert_eq!(chat.bounds(17 * SECOND), if is_closed { (0, 0) } else { (5, 5) });
        // The next message makes all good.
        chat.conversation.stop_typing();
        chat.on(Trigger::Message, 18 * SECOND).conversation.start_typing(at(18 * SECOND)).unwrap();
    }
    // It was shown, whoever showed it.
    let mut chat = Chat::mini_program();
    chat.on(Trigger::Message, 0).conversation.settle_typing(TypingSettlement::AlreadyTyping, at(0));
    let refusal = chat.conversation.start_typing(at(SECOND)).unwrap_err();
    assert_eq!(refusal.retry_at, Some(at(15 * SECOND)));
    // What came meanwhile is untouched.
    for settlement in [TypingSettlement::NoRecentMessage, TypingSettlement::WindowClosed] {
        let mut chat = Chat::mini_program();
        chat.on(Trigger::Message, 0).conversation.start_typing(at(29 * SECOND)).unwrap();
        chat.on(Trigger::Message, 30 * SECOND)
            .conversation
            .settle_typing(settlement, at(31 * SECOND));
        assert_eq!(chat.bounds(31 * SECOND), (5, 5));
        chat.conversation.start_typing(at(31 * SECOND)).unwrap();
    }
    // Of a window that has only just opened the platform may not know yet.
    let mut chat = Chat::mini_program();
    chat.on(Trigger::Message, 0).conversation.start_typing(at(SECOND)).unwrap();
    chat.conversation.settle_typing(TypingSettlement::WindowClosed, at(SECOND));
    assert_eq!(chat.bounds(SECOND), (5, 5));
    chat.conversation.start_typing(at(SECOND)).unwrap();
}

#[test]
fn what_was_sent_elsewhere_counts() {
    let mut chat = Chat::mini_program();
    chat.on(Trigger::Message, 0).conversation.start_typing(at(10 * SECOND)).unwrap();
    chat.conversation.sent_elsewhere(at(12 * SECOND), at(14 * SECOND));
    assert_eq!(chat.bounds(14 * SECOND), (4, 4));
    // It has ended the typing, and is a message.
    chat.conversation.start_typing(at(42 * SECOND - 1)).unwrap();
    // A push that is about an earlier moment has been spent by it; so has one of the same second.
    for (happened, left) in [(11, (4, 5)), (12, (4, 5)), (13, (5, 5))] {
        let mut chat = Chat::mini_program();
        chat.on(Trigger::Message, 0).conversation.sent_elsewhere(at(12_300), at(14 * SECOND));
        chat.late(Trigger::Message, happened * SECOND, 15 * SECOND);
        assert_eq!(chat.bounds(15 * SECOND), left, "{happened}");
        // Told of it only then, the purse has been filled since, or perhaps.
        let mut chat = Chat::mini_program();
        chat.on(Trigger::Message, 0).late(Trigger::Message, happened * SECOND, 14 * SECOND);
        chat.conversation.sent_elsewhere(at(12_300), at(15 * SECOND));
        let purse = if happened == 11 { 4 } else { 5 };
        assert_eq!(chat.bounds(15 * SECOND), (4, purse), "{happened}");
    }
    // Typing that began later goes on.
    let mut chat = Chat::mini_program();
    chat.on(Trigger::Message, 0).conversation.start_typing(at(13 * SECOND)).unwrap();
    chat.conversation.sent_elsewhere(at(12 * SECOND), at(14 * SECOND));
    assert!(chat.conversation.start_typing(at(14 * SECOND)).is_err());
}
