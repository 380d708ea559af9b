//! How version 1 wrote a conversation.
//!
//! ```text
//! latest  last_id  grants  purse last_id-purse_since  holds  sent  [sent_before closed traffic typing]  seen
//! grants: count (trigger + 8 * lag, age, left, last_id+1-since, if lag: its age)*
//! holds:  count (last_id-id, age)*       sent: count age*       [..]: 0, or age+1
//! seen:   (key[8], 2 * age in seconds + is_forgotten)*, the latest first, to the end
//! ```

use super::Conversation;
use super::grant::{Grant, Hold, Lag};
use super::ledger::MAX_HOLDS;
use super::record::{Origin, read_head, read_seen};
use super::sent::{MAX_SENT, Sending};
use super::typing::Typing;
use crate::error::Error;
use crate::message::Trigger;
use crate::names::LAST_ID;
use crate::snapshot::{RecordReader, malformed};
use crate::time::Timestamp;

pub(super) fn read(input: &mut RecordReader<'_>, to: &mut Conversation) -> Result<(), Error> {
    let latest = Timestamp::from_millis(input.number()?);
    let last_id = input.number()?;
    if last_id >= LAST_ID {
        return Err(malformed("the last id is out of range"));
    }
    let origin = Origin { latest, last_id };
    let Conversation { policy, ledger, recent, traffic, typing } = to;
    ledger.last_id = last_id;

    for _ in 0..input.count(Trigger::COUNT)? {
        let (trigger, state) = read_head(input.number()?)?;
        let (at, left) = (origin.moment(input.number()?)?, input.small()?);
        let since = origin.id(input.number()?)?;
        let lag = match state {
            None => None,
            // What was under way by then may be told once, whether it was reserved before or not.
            Some(state) => Some(Lag { refused: origin.moment(input.number()?)?, last_id, state }),
        };
        ledger.put(policy, trigger, Grant { at, left, since, lag });
    }
    ledger.purse = input.small()?.min(policy.largest_limit());
    ledger.purse_since = origin.id(input.number()?)?;

    for _ in 0..input.count(MAX_HOLDS)? {
        // It was not noted whether it was sure, so nothing waits for it.
        let (id, at) = (origin.id(input.number()?)?, origin.moment(input.number()?)?);
        ledger.holds.push(Hold { id, at, is_sure: false });
    }
    let is_given_out = ledger.holds.iter().all(|hold| hold.id <= last_id);
    if !is_given_out || !ledger.holds.is_sorted_by(|one, next| one.id < next.id) {
        return Err(malformed("the ids do not grow"));
    }
    // Nor which of the messages may still be under way: each may.
    let sending = |age| Ok::<_, Error>(Sending { at: origin.moment(age)?, travels: true });
    for _ in 0..input.count(MAX_SENT)? {
        ledger.sent.each.push(sending(input.number()?)?);
    }
    if !ledger.sent.each.is_sorted_by_key(|it| it.at) {
        return Err(malformed("the times do not grow"));
    }
    let mut rare = || match input.number()?.checked_sub(1) {
        None => Ok(None),
        Some(age) => origin.moment(age).map(Some),
    };
    ledger.sent.before = rare()?.map(|at| Sending { at, travels: false });
    ledger.closed = rare()?;
    *traffic = rare()?;
    *typing = rare()?.map(|since| Typing { since, is_overtaken: true });
    // To the second below; known for their whole minute they are to the second above.
    read_seen(input, recent, |number| {
        let secs = latest.as_secs().checked_sub(number >> 1);
        let second = Timestamp::from_secs(secs.ok_or_else(|| malformed("a time before 1970"))?);
        Ok((Timestamp::from_millis(second.as_millis() | 999), number & 1 == 1))
    })
}
