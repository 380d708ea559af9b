//! A conversation in bytes. Times are kept as how long they are before the latest one.
//!
//! ```text
//! latest  last_id  grants  purse last_id-purse_since  holds  sent  [sent_before closed traffic typing]  seen
//! grants: count (trigger + 8 * lag, age, left, last_id+1-since, if lag: its age)*
//! holds:  count (last_id-id, age)*       sent: count age*       [..]: 0, or age+1
//! seen:   (key[8], 2 * age in seconds + is_forgotten)*, the latest first, to the end
//! ```
//!
//! All but the pushes takes at most 384 bytes; of them as many as there is room for are kept.

use alloc::vec::Vec;

use super::ledger::{Grant, Hold, Lag, Ledger, MAX_HOLDS, MAX_SENT};
use super::recent::{MAX_SEEN, Recent, Seen};
use super::{Conversation, Policy};
use crate::error::Error;
use crate::message::Trigger;
use crate::snapshot::{Kind, Reader, Writer, malformed};
use crate::time::Timestamp;

pub(super) fn write(conversation: &Conversation) -> Vec<u8> {
    let Conversation { ledger, recent, traffic, typing_since, policy: _ } = conversation;
    let rare = [ledger.sent_before, ledger.closed, *traffic, *typing_since];
    let grants = ledger.grants.iter().flatten();
    let latest = grants
        .flat_map(|grant| [Some(grant.at), grant.lag.map(|lag| lag.refused)])
        .flatten()
        .chain(ledger.holds.iter().map(|hold| hold.at))
        .chain(ledger.sent.iter().copied())
        .chain(rare.iter().flatten().copied())
        .chain(recent.0.iter().map(|seen| seen.at))
        .max()
        .unwrap_or_default();
    let age = |at: Timestamp| latest.as_millis().saturating_sub(at.as_millis());
    let back = |id: u64| ledger.last_id.saturating_add(1).saturating_sub(id);

    let mut out = Writer::new(Kind::Conversation, 96);
    out.number(latest.as_millis());
    out.number(ledger.last_id);

    out.count(ledger.grants.iter().flatten().count());
    for (trigger, grant) in Trigger::ALL.iter().zip(&ledger.grants) {
        let Some(Grant { at, left, since, lag }) = grant else { continue };
        let state = lag.map_or(NO_LAG, |lag| if lag.is_over { LAG_OVER } else { LAG });
        out.number((*trigger as u64) | state);
        out.number(age(*at));
        out.number(*left);
        out.number(back(*since));
        if let Some(lag) = lag {
            out.number(age(lag.refused));
        }
    }
    out.number(ledger.purse);
    out.number(back(ledger.purse_since));

    out.count(ledger.holds.len());
    for Hold { id, at } in &ledger.holds {
        out.number(back(*id));
        out.number(age(*at));
    }
    out.count(ledger.sent.len());
    ledger.sent.iter().for_each(|sent| out.number(age(*sent)));
    for moment in rare {
        out.number(moment.map_or(0, |moment| age(moment).saturating_add(1)));
    }
    for Seen { key, at, is_forgotten } in recent.0.iter().rev() {
        if out.len().saturating_add(MAX_PUSH) > MAX_RECORD {
            break;
        }
        out.bytes(key);
        let age = latest.as_secs().saturating_sub(at.as_secs());
        out.number(age.saturating_mul(2) | u64::from(*is_forgotten));
    }
    out.finish()
}

/// A record is never larger.
const MAX_RECORD: usize = 512;
/// No push takes more.
const MAX_PUSH: usize = 18;

/// Ids stay numbers that are exact in every language.
const MAX_ID: u64 = 1 << 53;

/// The state of a grant, beside its trigger.
const NO_LAG: u64 = 0;
const LAG: u64 = 8;
const LAG_OVER: u64 = 16;

pub(super) fn read(bytes: &[u8], policy: Policy) -> Result<Conversation, Error> {
    if bytes.len() > MAX_RECORD {
        return Err(malformed("too long"));
    }
    let mut input = Reader::new(Kind::Conversation, bytes)?;
    let latest = Timestamp::from_millis(input.number()?);
    let last_id = input.number()?;
    let after = last_id.saturating_add(1);
    if after >= MAX_ID {
        return Err(malformed("the last id is out of range"));
    }
    let moment = |age: u64| {
        let millis = latest.as_millis().checked_sub(age);
        millis.map(Timestamp::from_millis).ok_or_else(|| malformed("a time before 1970"))
    };
    let id = |back: u64| after.checked_sub(back).ok_or_else(|| malformed("an id below 0"));
    let mut ledger = Ledger { last_id, ..Ledger::default() };

    for _ in 0..input.count(Trigger::COUNT)? {
        let head = input.number()?;
        let state = head & !7;
        let trigger = Trigger::ALL.iter().find(|trigger| **trigger as u64 == head & 7);
        let grant = Grant {
            at: moment(input.number()?)?,
            left: input.small()?,
            since: id(input.number()?)?,
            lag: match state {
                NO_LAG => None,
                LAG | LAG_OVER => {
                    Some(Lag { refused: moment(input.number()?)?, is_over: state == LAG_OVER })
                }
                _ => return Err(malformed("an unknown state of a grant")),
            },
        };
        let trigger = trigger.ok_or_else(|| malformed("an unknown action"))?;
        // What the policy no longer knows is no longer granted.
        if let (Some(rule), Some(row)) =
            (policy.rule(*trigger), ledger.grants.get_mut(trigger.index()))
        {
            *row = Some(Grant { left: grant.left.min(rule.limit()), ..grant });
        }
    }
    ledger.purse = input.small()?.min(policy.largest_limit());
    ledger.purse_since = id(input.number()?)?;

    for _ in 0..input.count(MAX_HOLDS)? {
        let hold = Hold { id: id(input.number()?)?, at: moment(input.number()?)? };
        if hold.id == after || ledger.holds.last().is_some_and(|last| last.id >= hold.id) {
            return Err(malformed("the ids do not grow"));
        }
        ledger.holds.push(hold);
    }
    for _ in 0..input.count(MAX_SENT)? {
        ledger.sent.push(moment(input.number()?)?);
    }
    if !ledger.sent.is_sorted() {
        return Err(malformed("the times do not grow"));
    }
    let mut rare = || match input.number()? {
        0 => Ok(None),
        age => moment(age.saturating_sub(1)).map(Some),
    };
    ledger.sent_before = rare()?;
    ledger.closed = rare()?;
    let (traffic, typing_since) = (rare()?, rare()?);

    let mut recent = Recent::default();
    while !input.is_at_end() {
        let key = input.array()?;
        let state = input.number()?;
        let secs = latest.as_secs().checked_sub(state >> 1);
        let at = Timestamp::from_secs(secs.ok_or_else(|| malformed("a time before 1970"))?);
        recent.0.insert(0, Seen { key, at, is_forgotten: state & 1 == 1 });
    }
    if recent.0.len() > MAX_SEEN {
        return Err(malformed("too many of something"));
    }
    Ok(Conversation { policy, ledger, recent, traffic, typing_since })
}
