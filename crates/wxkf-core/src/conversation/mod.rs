//! What may be sent to a user now, and which pushes of theirs have been here: one small record for an
//! account and a user.

mod ledger;
mod policy;
mod presets;
mod recent;
mod record;
mod settlement;
#[cfg(test)]
mod tests;

use alloc::vec::Vec;

use self::ledger::{Ledger, MAX_HOLDS};
pub use self::policy::{Policy, Rule};
use self::recent::{Recent, Sight};
pub use self::settlement::{Settled, Settlement};
use crate::error::Error;
use crate::message::{DedupeKey, Inbound, Trigger};
use crate::names::{named, numbered};
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
/// assert_eq!(conversation.observe(&push, now), Observation::Repeat);
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
    typing_since: Option<Timestamp>,
}

impl Conversation {
    /// With a user of whom nothing is known.
    #[must_use]
    pub fn new(policy: Policy) -> Self {
        Self {
            policy,
            ledger: Ledger::default(),
            recent: Recent::default(),
            traffic: None,
            typing_since: None,
        }
    }

    /// A push came, an [`Inbound`] or what is known of one. What it grants counts from its own time,
    /// which is never later than now. Nothing is to be done about a repeat.
    ///
    /// The record is that of [`Inbound::from`]. A push without a user, such as one to a third-party
    /// platform about itself, belongs to none: a [`Dedupe`](crate::Dedupe) knows those.
    pub fn observe(&mut self, push: impl Into<Push>, now: Timestamp) -> Observation {
        let Push { key, trigger, at, is_message } = push.into();
        self.advance(now);
        match self.recent.see(key, now) {
            Sight::Repeat => return Observation::Repeat,
            Sight::Again => return Observation::New,
            Sight::New => {}
        }
        let at = at.unwrap_or(now).min(now);
        match trigger {
            Some(Trigger::Unsubscribe) => {
                self.ledger.close(&self.policy, at, now);
                self.typing_since = None;
            }
            Some(trigger) => self.ledger.grant(&self.policy, trigger, at, now),
            None => {}
        }
        if is_message {
            self.heard(at, now);
        }
        Observation::New
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
        let (policy, ledger) = (&self.policy, &self.ledger);
        let is_open = ledger.closes_at(policy, now).is_some();
        let at_most = ledger.at_most(policy, now);
        let sure = ledger.at_least(policy, now) > 0;
        let held = ledger.held(policy, now);
        let may_try = !policy.is_cautious() || (ledger.awaits_retry() && held == 0);
        if !is_open {
            Err(RefusalReason::WindowClosed.into())
        } else if at_most == 0 {
            Err(RefusalReason::QuotaExhausted.into())
        } else if held >= at_most || usize::from(held) >= MAX_HOLDS {
            let retry_at = ledger.room_at(policy, at_most);
            Err(Refusal { reason: RefusalReason::QuotaHeld, retry_at })
        } else if !sure && !may_try {
            Err(RefusalReason::NotSure.into())
        } else {
            Ok(Reservation { id: ReservationId::new(self.ledger.hold(now)), sure })
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
            self.typing_since = None;
        }
        if settlement == Settlement::Delivered {
            self.heard(hold.at, now);
        }
        settled
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
        if self.ledger.closes_at(policy, now).is_none() {
            return Err(RefusalReason::WindowClosed.into());
        }
        if let Some(since) = self.typing_since {
            let retry_at = Some(since.saturating_add(policy.typing));
            return Err(Refusal { reason: RefusalReason::AlreadyTyping, retry_at });
        }
        if self.traffic.is_none() {
            return Err(RefusalReason::NoRecentMessage.into());
        }
        self.typing_since = Some(now);
        Ok(())
    }

    /// The user is no longer shown that an answer is being written (`CancelTyping`).
    pub fn stop_typing(&mut self) {
        self.typing_since = None;
    }

    /// What may be sent now.
    #[must_use]
    pub fn allowance(&self, now: Timestamp) -> Allowance {
        let (policy, ledger) = (&self.policy, &self.ledger);
        Allowance {
            at_least: ledger.at_least(policy, now).into(),
            at_most: ledger.at_most(policy, now).into(),
            held: ledger.held(policy, now).into(),
            closes_at: ledger.closes_at(policy, now),
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
        let closed = self.ledger.closed.map(|at| at.saturating_add(self.policy.longest_window()));
        let sent =
            self.ledger.sent_before.map(|at| at.saturating_add(self.policy.longest_window()));
        let seen = self.recent.0.iter().map(|seen| seen.at.saturating_add(self.policy.repeat));
        self.deadlines().chain(closed).chain(sent).chain(seen).max()
    }

    fn deadlines(&self) -> impl Iterator<Item = Timestamp> {
        let holds = self.ledger.holds.iter().map(|hold| hold.end(&self.policy));
        let typing = self.typing_since.map(|since| since.saturating_add(self.policy.typing));
        self.ledger.ends(&self.policy).chain(holds).chain(typing)
    }

    /// The record, for a store: at most 512 bytes, with neither a secret nor a text of the user in
    /// it. Equal records give equal bytes.
    #[must_use]
    pub fn snapshot(&self) -> Vec<u8> {
        record::write(self)
    }

    /// Reads a record. It may be anything: no bytes can make more be granted than the policy does.
    /// If the policy is another one than before, its limits and windows count.
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
        if at.is_within(self.policy.traffic, now) {
            self.traffic = self.traffic.max(Some(at));
        }
    }

    fn advance(&mut self, now: Timestamp) {
        let policy = &self.policy;
        self.ledger.advance(policy, now);
        self.recent.advance(policy.repeat, now);
        self.traffic = self.traffic.filter(|at| at.is_within(policy.traffic, now));
        self.typing_since = self.typing_since.filter(|at| at.is_within(policy.typing, now));
    }
}

/// What a [`Conversation`] needs to know of a push. An [`Inbound`] says it all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Push {
    /// By which it is known when it comes again.
    pub key: DedupeKey,
    /// What it grants, if anything.
    pub trigger: Option<Trigger>,
    /// When it happened, by WeChat's clock (`CreateTime`); now, if that is not known.
    pub at: Option<Timestamp>,
    /// Whether the user has said something, so that typing may be shown. A tap on an item of a msgmenu
    /// is a message, too, though it grants what a menu does.
    pub is_message: bool,
}

impl Push {
    /// A push that happened at that time; a message, if it grants what a message does.
    #[must_use]
    pub fn new(key: DedupeKey, trigger: Option<Trigger>, at: Timestamp) -> Self {
        let is_message = trigger == Some(Trigger::Message);
        Self { key, trigger, at: Some(at), is_message }
    }
}

impl From<&Inbound> for Push {
    fn from(inbound: &Inbound) -> Self {
        let trigger = inbound.trigger();
        let is_message = trigger.is_some() && !inbound.is_event();
        Self { key: inbound.dedupe_key(), trigger, at: inbound.created(), is_message }
    }
}

/// Whether a push is to be handled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[must_use = "a repeat must not be handled again"]
#[expect(clippy::exhaustive_enums, reason = "it was here or it was not: there is no third")]
pub enum Observation {
    /// It was not here before, or it was forgotten: handle it.
    New,
    /// It was here: answer `success`, and do nothing.
    Repeat,
}

/// One message of the quota, held until it is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[must_use = "what is not settled is given up after a minute, and counts as perhaps sent"]
#[non_exhaustive]
pub struct Reservation {
    /// By which it is settled.
    pub id: ReservationId,
    /// Whether the platform will accept it, as far as one can know. If not, it is worth a try.
    pub sure: bool,
}

numbered! {
    /// The number of a reservation, from 1 in each record. It may be copied, queued and stored.
    ReservationId
}

/// Our own state says: not now. Nothing is wrong, and nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Refusal {
    /// Why.
    pub reason: RefusalReason,
    /// When time alone will help; `None` if only the user can.
    pub retry_at: Option<Timestamp>,
}

impl From<RefusalReason> for Refusal {
    fn from(reason: RefusalReason) -> Self {
        Self { reason, retry_at: None }
    }
}

impl core::fmt::Display for Refusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.reason.name())
    }
}

impl core::error::Error for Refusal {}

named! {
    /// Why our own state says: not now.
    RefusalReason {
        /// Typing is shown already.
        AlreadyTyping "already_typing",
        /// There was no message in either direction in the last 30 s.
        NoRecentMessage "no_recent_message",
        /// The policy is cautious, and the platform might refuse: the window is about to close, or
        /// only a generous reading of the rule would allow it.
        NotSure "not_sure",
        /// No messages are left until the user does something.
        QuotaExhausted "quota_exhausted",
        /// All that is left is held by other reservations.
        QuotaHeld "quota_held",
        /// There is no open window until the user does something.
        WindowClosed "window_closed",
    }
}

/// What may be sent now. The platform's own number lies between the bounds, as far as nobody else
/// sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Allowance {
    /// So many more are safe to promise; what is held is taken off already. 0 shortly before the end
    /// of a window.
    pub at_least: u32,
    /// So many are worth trying, those that are held among them.
    pub at_most: u32,
    /// Reserved and not settled.
    pub held: u32,
    /// When the window closes unless the user does something; `None` if it is closed.
    pub closes_at: Option<Timestamp>,
}
