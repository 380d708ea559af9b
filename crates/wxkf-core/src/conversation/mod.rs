//! What may be sent to a user now, and which pushes of theirs have been here: one small record for an
//! account and a user.

mod answers;
mod grant;
mod ledger;
mod policy;
mod presets;
mod push;
mod recent;
mod record;
mod record1;
mod sent;
mod settlement;
#[cfg(test)]
mod tests;
mod times;
mod typing;

use alloc::vec::Vec;

pub use self::answers::{Allowance, Refusal, RefusalReason, Reservation, ReservationId};
use self::ledger::{Ledger, MAX_HOLDS};
pub use self::policy::{Policy, QuotaRule};
pub use self::push::Push;
use self::recent::{MAX_SEEN, Recent, Sight};
pub use self::settlement::{Settled, Settlement};
pub use self::times::PolicyTime;
use self::typing::Typing;
pub use self::typing::TypingSettlement;
use crate::error::Error;
use crate::message::{DedupeKey, Observation, Trigger};
use crate::time::Timestamp;

/// What may be sent to one user: window, quota, typing, and which pushes have been here.
///
/// WeChat answers 45015 and 45047 to what is sent too late or too often, and repeats a push that is
/// not answered in time. This is the state to see both coming. It is plain data: load it, let it take
/// one step, save it, before anything else happens because of the step. With a store that can
/// compare and set, several processes may share it: if the set fails, load and step again.
///
/// ```
/// use wxkf_core::{Conversation, Inbound, Observation, Policy, Settled, Settlement, Timestamp};
///
/// let push = Inbound::decode_unverified(
///     br#"{"ToUserName":"gh_1","FromUserName":"o1","CreateTime":1763700000,
///         "MsgType":"text","Content":"hello","MsgId":1}"#,
/// )?;
/// let now = Timestamp::from_millis(1_763_700_000_300);
/// let mut conversation = Conversation::new(Policy::mini_program());
///
/// // 1. A push came. Save before handling it; a repeat is answered `success`, and that is all.
/// assert_eq!(conversation.observe(&push, now), Observation::New);
/// assert_eq!(conversation.observe(&push, now), Observation::Repeat { since: now });
///
/// // 2. Something is to be sent. Save before the bytes leave: then no crash can spend twice.
/// let reservation = conversation.reserve(now).expect("a window is open");
/// assert!(reservation.sure);
/// let saved = conversation.snapshot();
///
/// // 3. The answer came: `Settlement::from(&outcome)`, or `Unknown` if it did not.
/// let mut conversation = Conversation::restore(&saved, Policy::mini_program())?;
/// let settled = conversation.settle(reservation.id, Settlement::Delivered, now);
/// assert_eq!(settled, Settled::Applied);
///
/// let allowance = conversation.allowance(now);
/// assert_eq!((allowance.at_least, allowance.at_most), (4, 4));
/// # Ok::<(), wxkf_core::Error>(())
/// ```
///
/// The platform's number lies between [`at_least`](Allowance::at_least) and
/// [`at_most`](Allowance::at_most), as far as nobody else sends to this user: the web console and
/// other programs spend the same quota unseen, until a refusal corrects both bounds. The rule itself
/// can be read in several ways; the bounds hold for the running maximum, for a refill to the largest
/// limit, and for independent grants (page 客服消息使用指南, 下发条件说明, read 2026-11-21). It is not
/// known whether a message from the web console counts, nor a failed send; here only errcode 0 does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversation {
    policy: Policy,
    ledger: Ledger,
    recent: Recent,
    /// When a message last went either way.
    traffic: Option<Timestamp>,
    typing: Option<Typing>,
}

impl Conversation {
    /// So many different pushes of a user are known within the time of repeats
    /// ([`PolicyTime::Repeat`]); of what comes beyond it is said that nobody knows.
    pub const MAX_PUSHES: usize = MAX_SEEN;

    /// The most bytes that a [`snapshot`](Self::snapshot) may have. It is below 100 as a rule, and grows by
    /// up to 12 with each push of the last minute.
    pub const MAX_SNAPSHOT: usize = record::MAX_RECORD;

    /// With a user of whom nothing is known.
    #[must_use]
    pub fn new(policy: Policy) -> Self {
        Self {
            policy,
            ledger: Ledger::default(),
            recent: Recent::default(),
            traffic: None,
            typing: None,
        }
    }

    /// A push came, an [`Inbound`](crate::Inbound) or what is known of one. What it grants counts
    /// from its own time, which is never later than now. Nothing is to be done about a repeat.
    ///
    /// The record is that of [`Inbound::from`](crate::Inbound::from). A push without a user, such as
    /// one to a third-party platform about itself, belongs to none: a [`Dedupe`](crate::Dedupe)
    /// knows those.
    pub fn observe(&mut self, push: impl Into<Push>, now: Timestamp) -> Observation {
        let Push { key, trigger, at, is_message } = push.into();
        self.advance(now);
        let observation = match self.recent.see(key, now) {
            Sight::Repeat { since } => return Observation::Repeat { since },
            Sight::Again => return Observation::New,
            Sight::New => Observation::New,
            Sight::Overflow => Observation::Overflow,
        };
        let at = at.unwrap_or(now).min(now);
        match trigger {
            Some(Trigger::Unsubscribe) => {
                self.ledger.close(&self.policy, at);
                self.typing = None;
            }
            Some(trigger) => self.ledger.grant(&self.policy, trigger, at, now),
            None => {}
        }
        if is_message {
            self.heard(at, now);
        }
        if let Some(typing) = self.typing.as_mut().filter(|_| trigger.is_some()) {
            typing.is_overtaken = true;
        }
        observation
    }

    /// The push could not be handled: when it comes again it is new. What it granted stays.
    pub fn forget(&mut self, key: DedupeKey) {
        self.recent.forget(key);
    }

    /// Holds one message of the quota. Save the record before the message leaves, and settle it when
    /// the platform has answered; a hold that nobody settles is given up after a minute, and counts
    /// as perhaps sent. So have the request made and the access token at hand before: neither should
    /// fail, or take a while, while something is held. After 40001 and the like the one retry goes out
    /// on the same reservation.
    ///
    /// # Errors
    /// The refusal says why there is nothing to send, and if time alone will help. It takes nothing.
    pub fn reserve(&mut self, now: Timestamp) -> Result<Reservation, Refusal> {
        self.advance(now);
        let is_sure = self.may_reserve(now)?;
        let id = self.ledger.hold(&self.policy, now, is_sure);
        Ok(Reservation { id: ReservationId::new(id), sure: is_sure })
    }

    /// Whether there may be one, and whether it would be sure.
    fn may_reserve(&self, now: Timestamp) -> Result<bool, Refusal> {
        let (policy, ledger) = (&self.policy, &self.ledger);
        if ledger.closes_at(policy).is_none() {
            return Err(RefusalReason::WindowClosed.into());
        }
        if ledger.purse == 0 {
            return Err(RefusalReason::QuotaExhausted.into());
        }
        let refused = |reason, retry_at| Err(Refusal { reason, retry_at });
        let held = ledger.held();
        if held >= ledger.purse || usize::from(held) >= MAX_HOLDS {
            return refused(RefusalReason::QuotaHeld, ledger.room_at(policy));
        }
        if ledger.at_least(policy, now) > 0 {
            return Ok(true);
        }
        let again = ledger.again_at(policy);
        let pause = again.map(|(at, _)| at).filter(|at| now < *at);
        if policy.is_cautious() {
            // What was to be tried again is tried then, one at a time.
            return match again {
                None => refused(RefusalReason::NotSure, None),
                Some(_) if held > 0 || pause.is_some() => {
                    refused(RefusalReason::NotSure, ledger.held_until(policy).max(pause))
                }
                Some(_) => Ok(false),
            };
        }
        let is_tried = again.is_some_and(|(_, is_tried)| is_tried);
        match ledger.sure_until(policy).max(pause.filter(|_| is_tried)) {
            Some(at) => refused(RefusalReason::QuotaHeld, Some(at)),
            None => Ok(false),
        }
    }

    /// Says what became of a reservation. It is safe to say it again.
    pub fn settle(&mut self, id: ReservationId, settlement: Settlement, now: Timestamp) -> Settled {
        self.advance(now);
        let Some((hold, settled)) = self.ledger.settle(&self.policy, id.number(), settlement, now)
        else {
            return Settled::Stale;
        };
        // A message ends the typing, perhaps also one of which nobody knows.
        if matches!(settlement, Settlement::Delivered | Settlement::Unknown) {
            self.typing = None;
        }
        if settlement == Settlement::Delivered {
            self.heard(hold.at, now);
        }
        settled
    }

    /// A message went out that this record did not reserve: somebody wrote in the web console, or another
    /// program sent. `at` is when it was accepted, by the platform's clock, as `getmsglist` says it; of
    /// messages and actions of one second nobody knows which was first. It counts as spent, ends the
    /// typing, and is a message for the next one. Say it once of each.
    pub fn sent_elsewhere(&mut self, at: Timestamp, now: Timestamp) {
        self.advance(now);
        let at = at.min(now);
        self.ledger.sent_elsewhere(&self.policy, at, now);
        self.typing = self.typing.filter(|typing| at.as_secs() < typing.since.as_secs());
        self.heard(at, now);
    }

    /// The user may be shown that an answer is being written (`message.custom.typing`): in an open
    /// window, within 30 s of a message in either direction. It holds for 15 s, or until a message is
    /// sent (page 客服输入状态, read 2026-11-21).
    ///
    /// # Errors
    /// The refusal says what the platform would: 45015, 45080 or 45081.
    pub fn start_typing(&mut self, now: Timestamp) -> Result<(), Refusal> {
        self.advance(now);
        let policy = &self.policy;
        if self.ledger.closes_at(policy).is_none() {
            return Err(RefusalReason::WindowClosed.into());
        }
        if let Some(typing) = self.typing {
            let retry_at = Some(typing.since.saturating_add(policy.time(PolicyTime::Typing)));
            return Err(Refusal { reason: RefusalReason::AlreadyTyping, retry_at });
        }
        if self.traffic.is_none() {
            return Err(RefusalReason::NoRecentMessage.into());
        }
        self.typing = Some(Typing { since: now, is_overtaken: false });
        Ok(())
    }

    /// Says what came of showing that an answer is being written, so that the record agrees with the
    /// platform: typing is shown after 45081, not after 45080 or 45015, and what was refused because of no
    /// message or no window is refused here until there is one again. What came while it was under way is
    /// untouched; so is a window that has only just opened, of which the platform may not know yet.
    pub fn settle_typing(&mut self, settlement: TypingSettlement, now: Timestamp) {
        self.advance(now);
        let typing = self.typing;
        match settlement {
            TypingSettlement::Delivered | TypingSettlement::Unknown => return,
            TypingSettlement::AlreadyTyping => {
                let since_now = Typing { since: now, is_overtaken: false };
                self.typing = typing.or(Some(since_now));
                return;
            }
            TypingSettlement::NotSent => {}
            TypingSettlement::NoRecentMessage => {
                self.traffic = self.traffic.filter(|_| typing.is_none_or(|it| it.is_overtaken));
            }
            TypingSettlement::WindowClosed => {
                if let Some(typing) = typing.filter(|typing| !typing.is_overtaken) {
                    self.ledger.refuse_typing(&self.policy, typing.since);
                }
            }
        }
        self.typing = None;
    }

    /// The user is no longer shown that an answer is being written (`CancelTyping`).
    pub fn stop_typing(&mut self) {
        self.typing = None;
    }

    /// What may be sent now.
    #[must_use]
    pub fn allowance(&self, now: Timestamp) -> Allowance {
        let (policy, mut ledger) = (&self.policy, self.ledger.clone());
        ledger.advance(policy, now);
        Allowance {
            at_least: ledger.at_least(policy, now).into(),
            at_most: ledger.purse.into(),
            held: ledger.held().into(),
            closes_at: ledger.closes_at(policy),
        }
    }

    /// When something changes by itself: a window closes, a hold expires, typing ends. `None` if
    /// nothing will.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Timestamp> {
        self.deadlines().min()
    }

    /// From when on the record says nothing that a new one would not: a store may drop it then.
    #[must_use]
    pub fn keep_until(&self) -> Option<Timestamp> {
        let (policy, ledger) = (&self.policy, &self.ledger);
        let seen = self.recent.0.iter();
        let seen = seen.map(|seen| seen.at.saturating_add(policy.time(PolicyTime::Repeat)));
        let traffic = self.traffic.map(|at| at.saturating_add(policy.time(PolicyTime::Traffic)));
        let typing = self.typing_ends();
        ledger.keep_until(policy).chain(seen).chain(traffic).chain(typing).max()
    }

    fn deadlines(&self) -> impl Iterator<Item = Timestamp> {
        let holds = self.ledger.holds.iter().map(|hold| hold.end(&self.policy));
        self.ledger.ends(&self.policy).chain(holds).chain(self.typing_ends())
    }

    fn typing_ends(&self) -> Option<Timestamp> {
        let length = self.policy.time(PolicyTime::Typing);
        self.typing.map(|typing| typing.since.saturating_add(length))
    }

    /// The record, for a store: at most [`MAX_SNAPSHOT`](Self::MAX_SNAPSHOT) bytes, with neither a secret
    /// nor a text of the user in it. Equal records give equal bytes.
    #[must_use]
    pub fn snapshot(&self) -> Vec<u8> {
        record::write(self)
    }

    /// Reads a record. It may be anything: no bytes can make more be granted, or for longer, than the
    /// policy does from the first `now` on. If the policy is another one than before, its limits and
    /// windows count.
    ///
    /// # Errors
    /// [`Code::SnapshotMalformed`](crate::Code::SnapshotMalformed), or
    /// [`Code::SnapshotVersion`](crate::Code::SnapshotVersion) if a newer version of this crate
    /// wrote it.
    pub fn restore(bytes: &[u8], policy: Policy) -> Result<Self, Error> {
        record::read(bytes, policy)
    }

    /// The policy.
    #[must_use]
    pub const fn policy(&self) -> &Policy {
        &self.policy
    }

    /// A message went either way.
    fn heard(&mut self, at: Timestamp, now: Timestamp) {
        if at.is_within(self.policy.time(PolicyTime::Traffic), now) {
            self.traffic = self.traffic.max(Some(at));
        }
    }

    fn advance(&mut self, now: Timestamp) {
        let policy = &self.policy;
        self.ledger.advance(policy, now);
        self.recent.advance(policy.time(PolicyTime::Repeat), now);
        let traffic = policy.time(PolicyTime::Traffic);
        self.traffic = self.traffic.and_then(|at| at.counted(traffic, now));
        let length = policy.time(PolicyTime::Typing);
        self.typing = self.typing.and_then(|typing| {
            Some(Typing { since: typing.since.counted(length, now)?, ..typing })
        });
    }
}
