//! What may be sent to one user.

use wxkf_core::{Conversation, Policy, ReservationId};

use crate::answer::Answer;
use crate::arguments::Arguments;
use crate::objects::Object;

pub(crate) fn restored(given: &mut Arguments<'_>) -> Answer {
    let restored = Policy::from_json(given.text()).and_then(|policy| match given.maybe_bytes() {
        None => Ok(Conversation::new(policy)),
        Some(bytes) => Conversation::restore(bytes, policy),
    });
    restored.map(|it| Object::Conversation(Box::new(it))).into()
}

pub(crate) fn observe(conversation: &mut Conversation, given: &mut Arguments<'_>) -> Answer {
    let (key, trigger) = (given.text(), given.maybe_text());
    let is_message = given.maybe_number().map(|number| number != 0.0);
    let push = wxkf_json::push(key, trigger, is_message, given.maybe_moment());
    let observe = |push| conversation.observe(push, given.moment());
    push.map(observe).map(wxkf_json::observation).into()
}

pub(crate) fn forget(conversation: &mut Conversation, given: &mut Arguments<'_>) -> Answer {
    conversation.forget(wxkf_json::dedupe_key(given.text()));
    Answer::Nothing
}

pub(crate) fn reserve(conversation: &mut Conversation, given: &mut Arguments<'_>) -> Answer {
    let reserved = conversation.reserve(given.moment());
    reserved.map_or_else(wxkf_json::refusal, wxkf_json::reservation).into()
}

pub(crate) fn settle(conversation: &mut Conversation, given: &mut Arguments<'_>) -> Answer {
    let id = ReservationId::new(given.number());
    let settlement = wxkf_json::settlement(given.text(), given.errcode());
    let settle = |settlement| conversation.settle(id, settlement, given.moment());
    settlement.map(settle).map(wxkf_json::settled).into()
}

pub(crate) fn start_typing(conversation: &mut Conversation, given: &mut Arguments<'_>) -> Answer {
    conversation.start_typing(given.moment()).err().map(wxkf_json::refusal).into()
}

pub(crate) fn settle_typing(conversation: &mut Conversation, given: &mut Arguments<'_>) -> Answer {
    let settlement = wxkf_json::typing_settlement(given.text(), given.errcode());
    let settle = |settlement| conversation.settle_typing(settlement, given.moment());
    settlement.map(settle).map(|()| "settled").into()
}

pub(crate) fn sent_elsewhere(conversation: &mut Conversation, given: &mut Arguments<'_>) -> Answer {
    let (at, now) = (given.maybe_moment(), given.moment());
    conversation.sent_elsewhere(at.unwrap_or(now), now);
    Answer::Nothing
}

pub(crate) fn stop_typing(conversation: &mut Conversation, _: &mut Arguments<'_>) -> Answer {
    conversation.stop_typing();
    Answer::Nothing
}

pub(crate) fn allowance(conversation: &mut Conversation, given: &mut Arguments<'_>) -> Answer {
    wxkf_json::allowance(&conversation.allowance(given.moment())).into()
}

pub(crate) fn next_deadline(conversation: &mut Conversation, _: &mut Arguments<'_>) -> Answer {
    conversation.next_deadline().into()
}

pub(crate) fn keep_until(conversation: &mut Conversation, _: &mut Arguments<'_>) -> Answer {
    conversation.keep_until().into()
}

pub(crate) fn snapshot(conversation: &mut Conversation, _: &mut Arguments<'_>) -> Answer {
    conversation.snapshot().into()
}
