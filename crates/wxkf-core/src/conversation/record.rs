//! A conversation in bytes. Times are kept as how long they are before the latest one, in milliseconds.
//!
//! ```text
//! latest  age of the life in seconds  ordinal  grants  purse  back of purse_since  holds  sent
//!   before  closed  traffic  typing  seen
//! grants: count (trigger + 8 * lag, age, left, back of since, if lag: its age, back of its last id)*
//! holds:  count (back of id, 2 * age + is_sure)*
//! sent:   count (2 * age + travels)*
//! before: 0, or 1 + 2 * age + travels           typing: 0, or 1 + 2 * age + is_overtaken
//! closed, traffic: 0, or 1 + age
//! seen:   (key[8], 2 * age + is_forgotten)*, the latest first, to the end
//! ```
//!
//! A `back` is how far an id is before the next one. Version 1 is read by [`record1`](super::record1).

use alloc::vec::Vec;

use super::grant::{Grant, Hold, Lag, LagState};
use super::ledger::{Ledger, MAX_HOLDS};
use super::recent::{MAX_SEEN, Recent, Remembered};
use super::sent::{MAX_SENT, Outgoing, Sending};
use super::typing::Typing;
use super::{Conversation, Policy, record1};
use crate::error::Error;
use crate::message::Trigger;
use crate::names::{LAST_ID, LAST_ORDINAL, life_began, life_of};
use crate::snapshot::{RecordReader, RecordType, RecordWriter, malformed};
use crate::time::Timestamp;

/// A record is never larger.
pub(super) const MAX_RECORD: usize = 16 * 1024;

pub(super) fn write(conversation: &Conversation) -> Vec<u8> {
    let Conversation { ledger, recent, traffic, typing, policy: _ } = conversation;
    let life = life_began(ledger.last_id);
    let latest = moments(conversation).max().unwrap_or_default();
    let age = |at: Timestamp| latest.as_millis().saturating_sub(at.as_millis());
    let marked = |at: Timestamp, mark: bool| age(at).saturating_mul(2) | u64::from(mark);
    let back = |id: u64| ledger.last_id.saturating_add(1).saturating_sub(id);
    let maybe = |age: Option<u64>| age.map_or(0, |age| age.saturating_add(1));

    let seen = recent.0.len().saturating_mul(12);
    let mut out = RecordWriter::new(RecordType::Conversation, seen.saturating_add(96));
    out.number(latest.as_millis());
    out.number(latest.as_secs().saturating_sub(life.as_secs()));
    out.number(ledger.last_id & LAST_ORDINAL);

    out.count(ledger.grants.iter().flatten().count());
    for (trigger, grant) in Trigger::ALL.iter().zip(&ledger.grants) {
        let Some(Grant { at, left, since, lag }) = grant else { continue };
        out.number((*trigger as u64) | lag.map_or(NO_LAG, |lag| state_number(lag.state)));
        out.number(age(*at));
        out.number(*left);
        out.number(back(*since));
        if let Some(lag) = lag {
            out.number(age(lag.refused));
            out.number(back(lag.last_id));
        }
    }
    out.number(ledger.purse);
    out.number(back(ledger.purse_since));

    out.count(ledger.holds.len());
    for Hold { id, at, is_sure } in &ledger.holds {
        out.number(back(*id));
        out.number(marked(*at, *is_sure));
    }
    let sending = |it: &Sending| marked(it.at, it.travels);
    out.count(ledger.sent.each.len());
    ledger.sent.each.iter().for_each(|it| out.number(sending(it)));
    out.number(maybe(ledger.sent.before.as_ref().map(sending)));
    out.number(maybe(ledger.closed.map(age)));
    out.number(maybe(traffic.map(age)));
    out.number(maybe(typing.map(|it| marked(it.since, it.is_overtaken))));
    for Remembered { key, at, is_forgotten } in recent.0.iter().rev() {
        out.bytes(key);
        out.number(marked(*at, *is_forgotten));
    }
    out.finish()
}

/// Every moment that is written.
fn moments(conversation: &Conversation) -> impl Iterator<Item = Timestamp> {
    let Conversation { ledger, recent, traffic, typing, policy: _ } = conversation;
    let grants = ledger.grants.iter().flatten();
    let rare = [
        Some(ledger.last_id).filter(|id| *id > 0).map(life_began),
        ledger.sent.before.map(|it| it.at),
        ledger.closed,
        *traffic,
        typing.map(|it| it.since),
    ];
    grants
        .map(Grant::latest)
        .chain(rare.into_iter().flatten())
        .chain(ledger.holds.iter().map(|hold| hold.at))
        .chain(ledger.sent.each.iter().map(|it| it.at))
        .chain(recent.0.iter().map(|seen| seen.at))
}

/// The state of a grant, beside its trigger.
const NO_LAG: u64 = 0;

const fn state_number(state: LagState) -> u64 {
    match state {
        LagState::Waiting => 8,
        LagState::Over => 16,
        LagState::TriedEarly => 24,
    }
}

/// The trigger and the state.
pub(super) fn read_head(head: u64) -> Result<(Trigger, Option<LagState>), Error> {
    let trigger = Trigger::ALL.iter().find(|trigger| **trigger as u64 == head & 7);
    let trigger = trigger.ok_or_else(|| malformed("an unknown action"))?;
    let states = [LagState::Waiting, LagState::Over, LagState::TriedEarly];
    let state = states.into_iter().find(|state| state_number(*state) == head & !7);
    if state.is_none() && head & !7 != NO_LAG {
        return Err(malformed("an unknown state of a grant"));
    }
    Ok((*trigger, state))
}

/// What every version has: a moment from which the others are counted back, and an id.
pub(super) struct Origin {
    pub(super) latest: Timestamp,
    pub(super) last_id: u64,
}

impl Origin {
    pub(super) fn moment(&self, age: u64) -> Result<Timestamp, Error> {
        let millis = self.latest.as_millis().checked_sub(age);
        millis.map(Timestamp::from_millis).ok_or_else(|| malformed("a time before 1970"))
    }

    /// A moment and the mark beside it.
    fn marked(&self, number: u64) -> Result<(Timestamp, bool), Error> {
        Ok((self.moment(number >> 1)?, number & 1 == 1))
    }

    pub(super) fn id(&self, back: u64) -> Result<u64, Error> {
        let id = self.last_id.saturating_add(1).checked_sub(back);
        id.ok_or_else(|| malformed("an id below 0"))
    }
}

/// What is not there is 0, and everything else one more.
fn maybe<T>(number: u64, read: impl FnOnce(u64) -> Result<T, Error>) -> Result<Option<T>, Error> {
    number.checked_sub(1).map(read).transpose()
}

pub(super) fn read(bytes: &[u8], policy: Policy) -> Result<Conversation, Error> {
    if bytes.len() > MAX_RECORD {
        return Err(malformed("too long"));
    }
    let mut input = RecordReader::new(RecordType::Conversation, bytes)?;
    let mut conversation = Conversation::new(policy);
    match input.version() {
        1 => record1::read(&mut input, &mut conversation)?,
        _ => read_present(&mut input, &mut conversation)?,
    }
    Ok(conversation)
}

fn read_present(input: &mut RecordReader<'_>, to: &mut Conversation) -> Result<(), Error> {
    let latest = Timestamp::from_millis(input.number()?);
    let life = latest.as_secs().checked_sub(input.number()?);
    let life = life.ok_or_else(|| malformed("a time before 1970"))?;
    let ordinal = input.number()?;
    if life > life_began(LAST_ID).as_secs() || ordinal > LAST_ORDINAL {
        return Err(malformed("the last id is out of range"));
    }
    let origin = Origin { latest, last_id: life_of(Timestamp::from_secs(life)) | ordinal };
    let Conversation { policy, ledger, recent, traffic, typing } = to;
    ledger.last_id = origin.last_id;

    for _ in 0..input.count(Trigger::COUNT)? {
        let (trigger, state) = read_head(input.number()?)?;
        let (at, left) = (origin.moment(input.number()?)?, input.small()?);
        let since = origin.id(input.number()?)?;
        let lag = match state {
            None => None,
            Some(state) => {
                let refused = origin.moment(input.number()?)?;
                Some(Lag { refused, last_id: origin.given_out(input.number()?)?, state })
            }
        };
        ledger.put(policy, trigger, Grant { at, left, since, lag });
    }
    ledger.purse = input.small()?.min(policy.largest_limit());
    ledger.purse_since = origin.id(input.number()?)?;

    for _ in 0..input.count(MAX_HOLDS)? {
        let id = origin.given_out(input.number()?)?;
        let (at, is_sure) = origin.marked(input.number()?)?;
        ledger.holds.push(Hold { id, at, is_sure });
    }
    if !ledger.holds.is_sorted_by(|one, next| one.id < next.id) {
        return Err(malformed("the ids do not grow"));
    }
    let sending = |number| {
        let (at, travels) = origin.marked(number)?;
        Ok(Sending { at, travels })
    };
    let count = input.count(MAX_SENT)?;
    let each: Result<Vec<_>, _> = (0..count).map(|_| sending(input.number()?)).collect();
    ledger.sent = Outgoing { each: each?, before: maybe(input.number()?, sending)? };
    if !ledger.sent.each.is_sorted_by_key(|it| it.at) {
        return Err(malformed("the times do not grow"));
    }
    ledger.closed = maybe(input.number()?, |age| origin.moment(age))?;
    *traffic = maybe(input.number()?, |age| origin.moment(age))?;
    *typing = maybe(input.number()?, |number| {
        let (since, is_overtaken) = origin.marked(number)?;
        Ok(Typing { since, is_overtaken })
    })?;
    read_seen(input, recent, |number| origin.marked(number))
}

/// The pushes, to the end.
pub(super) fn read_seen(
    input: &mut RecordReader<'_>,
    recent: &mut Recent,
    marked: impl Fn(u64) -> Result<(Timestamp, bool), Error>,
) -> Result<(), Error> {
    while !input.is_at_end() {
        let key = input.array()?;
        let (at, is_forgotten) = marked(input.number()?)?;
        recent.0.push(Remembered { key, at, is_forgotten });
    }
    recent.0.reverse();
    if recent.0.len() > MAX_SEEN {
        return Err(malformed("too many of something"));
    }
    Ok(())
}

impl Origin {
    /// An id that was given out.
    fn given_out(&self, back: u64) -> Result<u64, Error> {
        match back {
            0 => Err(malformed("an id that was not given out")),
            back => self.id(back),
        }
    }
}

impl Ledger {
    /// What the policy no longer knows is no longer granted.
    pub(super) fn put(&mut self, policy: &Policy, trigger: Trigger, grant: Grant) {
        if let (Some(rule), Some(row)) =
            (policy.rule(trigger), self.grants.get_mut(trigger.index()))
        {
            *row = Some(Grant { left: grant.left.min(rule.limit()), ..grant });
        }
    }
}
