//! What may be sent to one user.

use wxkf_core::{Policy, RefusalReason, ReservationId, Settlement, TypingSettlement};

use crate::boundary::{always, boundary};
use crate::failure::{Failure, Status};
use crate::memory::{
    Buf, Bytes, NONE, Out, free, handle, maybe_moment, millis, moment, shared, unique,
};
use crate::received::Received;

/// What may be sent to one user of one account: window, quota, typing and repeats, in one record. Load it,
/// take one step, save the snapshot, and act on what the step said only then. One thread at a time may use
/// it.
#[derive(Debug)]
pub struct Conversation(wxkf_core::Conversation);

/// What is known of a push: `WXKF_NEW`, `WXKF_REPEAT` or `WXKF_OVERFLOW`.
pub type Observation = u8;

/// It was not here before, or it was forgotten: handle it.
pub const NEW: Observation = 0;

/// It was here: answer `success`, and do nothing.
pub const REPEAT: Observation = 1;

/// Nobody knows: more than 1000 different pushes of this user came within a minute, and there is no room to
/// note this one. What it grants counts. Ask a `wxkf_dedupe` that all processes share, or do not handle it.
pub const OVERFLOW: Observation = 2;

const fn known(observation: wxkf_core::Observation) -> Observation {
    match observation {
        wxkf_core::Observation::New => NEW,
        wxkf_core::Observation::Repeat { .. } => REPEAT,
        wxkf_core::Observation::Overflow => OVERFLOW,
    }
}

/// A no of our own record, and until when.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Refusal {
    /// Why: `window_closed`, `quota_exhausted`, … Static; a NULL `ptr` if nothing was refused.
    pub reason: Bytes,
    /// When to ask again, in milliseconds; `WXKF_NONE` if only the user can change it.
    pub retry_at: u64,
}

impl From<Option<wxkf_core::Refusal>> for Refusal {
    fn from(refusal: Option<wxkf_core::Refusal>) -> Self {
        Self {
            reason: Bytes::maybe(refusal.map(|it| RefusalReason::name(it.reason))),
            retry_at: millis(refusal.and_then(|it| it.retry_at)),
        }
    }
}

/// One message of the quota, held until it is settled, or a no.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Reservation {
    /// By which it is settled; `WXKF_NONE` if it was refused.
    pub id: u64,
    /// Whether WeChat will accept it, as far as one can know. If not, it is worth a try.
    pub sure: bool,
    /// Why there is none.
    pub refusal: Refusal,
}

/// What came of settling.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Settled {
    /// `applied`; `stale`, if it was settled or given up before; `retry_after`: WeChat does not know of the
    /// user's message yet, send the same once more after a pause. Static.
    pub name: Bytes,
    /// How long to wait, in milliseconds; `WXKF_NONE` unless it is `retry_after`.
    pub retry_after_ms: u64,
}

/// How many messages may be sent.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Allowance {
    /// So many are safe to promise.
    pub at_least: u32,
    /// So many are worth a try.
    pub at_most: u32,
    /// So many are held by reservations.
    pub held: u32,
    /// When the last window closes, in milliseconds; `WXKF_NONE` if none is open.
    pub closes_at: u64,
}

/// Makes a record, from a snapshot or, if that is absent, of a user of whom nothing is known. `policy` is
/// JSON: the name of a preset, `"mini_program"` or `"official_account"`, or an object with `preset` and
/// what differs.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_conversation_new(
    policy: Bytes,
    snapshot: Bytes,
    conversation: *mut *mut Conversation,
    error: *mut Buf,
) -> Status {
    let entry = || {
        // SAFETY: the header asks for pointers that hold what their types say.
        let (policy, snapshot, conversation) = unsafe {
            (
                policy.text("policy")?,
                snapshot.maybe_get("snapshot")?,
                Out::new(conversation, "conversation")?,
            )
        };
        let policy = Policy::from_json(policy)?;
        conversation.put(handle(Conversation(match snapshot {
            Some(bytes) => wxkf_core::Conversation::restore(bytes, policy)?,
            None => wxkf_core::Conversation::new(policy),
        })));
        Ok(())
    };
    // SAFETY: `error` is NULL or may be written, as the header asks.
    unsafe { boundary(error, entry) }
}

/// Frees a record. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_conversation_free(conversation: *mut Conversation) {
    // SAFETY: the header asks for a handle that is not used any more.
    always((), || unsafe { free(conversation) });
}

/// Takes note of what was received. A repeat must not be handled again: answer `success`. So ask for
/// `WXKF_REPEAT` and `WXKF_OVERFLOW`, too.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_conversation_observe(
    conversation: *mut Conversation,
    received: *const Received,
    now: u64,
    observation: *mut Observation,
    error: *mut Buf,
) -> Status {
    let entry = || {
        // SAFETY: the header asks for pointers that hold what their types say.
        let (conversation, received, observation) = unsafe {
            (
                unique(conversation, "conversation")?,
                shared(received, "received")?,
                Out::new(observation, "observation")?,
            )
        };
        observation.put(known(conversation.0.observe(received.0.inbound(), moment(now))));
        Ok(())
    };
    // SAFETY: `error` is NULL or may be written, as the header asks.
    unsafe { boundary(error, entry) }
}

/// The same of a push that is known in another way. `key` is a dedupe key, or any other text that is the
/// same for every delivery; `trigger` may be absent; `at`, when it happened, may be `WXKF_NONE`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_conversation_observe_push(
    conversation: *mut Conversation,
    key: Bytes,
    trigger: Bytes,
    at: u64,
    now: u64,
    observation: *mut Observation,
    error: *mut Buf,
) -> Status {
    let entry = || {
        // SAFETY: the header asks for pointers that hold what their types say.
        let (conversation, key, trigger, observation) = unsafe {
            (
                unique(conversation, "conversation")?,
                key.text("key")?,
                trigger.maybe_text("trigger")?,
                Out::new(observation, "observation")?,
            )
        };
        let push = wxkf_json::push(key, trigger, None, maybe_moment(at));
        let push = push.ok_or(Failure::Argument("trigger"))?;
        observation.put(known(conversation.0.observe(push, moment(now))));
        Ok(())
    };
    // SAFETY: `error` is NULL or may be written, as the header asks.
    unsafe { boundary(error, entry) }
}

/// Lets the next delivery of a push in, because handling it failed. It grants nothing again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_conversation_forget(
    conversation: *mut Conversation,
    key: Bytes,
    error: *mut Buf,
) -> Status {
    let entry = || {
        // SAFETY: the header asks for pointers that hold what their types say.
        let (conversation, key) =
            unsafe { (unique(conversation, "conversation")?, key.text("key")?) };
        conversation.0.forget(wxkf_json::dedupe_key(key));
        Ok(())
    };
    // SAFETY: `error` is NULL or may be written, as the header asks.
    unsafe { boundary(error, entry) }
}

/// Holds one message. Save the record, send, and settle.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_conversation_reserve(
    conversation: *mut Conversation,
    now: u64,
    reservation: *mut Reservation,
    error: *mut Buf,
) -> Status {
    let entry = || {
        // SAFETY: the header asks for pointers that hold what their types say.
        let (conversation, reservation) = unsafe {
            (unique(conversation, "conversation")?, Out::new(reservation, "reservation")?)
        };
        reservation.put(match conversation.0.reserve(moment(now)) {
            Ok(it) => Reservation { id: it.id.number(), sure: it.sure, refusal: None.into() },
            Err(refusal) => Reservation { id: NONE, sure: false, refusal: Some(refusal).into() },
        });
        Ok(())
    };
    // SAFETY: `error` is NULL or may be written, as the header asks.
    unsafe { boundary(error, entry) }
}

/// Says what became of a message that was held: `delivered`, `not_sent`, `unknown`, `quota_exhausted`,
/// `window_closed` or `enter_revoked`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_conversation_settle(
    conversation: *mut Conversation,
    id: u64,
    settlement: Bytes,
    now: u64,
    settled: *mut Settled,
    error: *mut Buf,
) -> Status {
    let named = || {
        // SAFETY: the header asks for pointers that hold what their types say.
        let name = unsafe { settlement.text("settlement") }?;
        Settlement::from_name(name).ok_or(Failure::Argument("settlement"))
    };
    // SAFETY: as the header asks.
    unsafe { settle(conversation, id, named, now, settled, error) }
}

/// Says the same by the `errcode` that WeChat answered; 0 is delivered.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_conversation_settle_errcode(
    conversation: *mut Conversation,
    id: u64,
    errcode: i64,
    now: u64,
    settled: *mut Settled,
    error: *mut Buf,
) -> Status {
    let told = || Ok(Settlement::from_errcode(errcode));
    // SAFETY: as the header asks.
    unsafe { settle(conversation, id, told, now, settled, error) }
}

/// # Safety
/// The pointers hold what their types say.
unsafe fn settle(
    conversation: *mut Conversation,
    id: u64,
    settlement: impl FnOnce() -> Result<Settlement, Failure>,
    now: u64,
    settled: *mut Settled,
    error: *mut Buf,
) -> Status {
    let entry = || {
        // SAFETY: as the caller promises.
        let (conversation, settled) =
            unsafe { (unique(conversation, "conversation")?, Out::new(settled, "settled")?) };
        let it = conversation.0.settle(ReservationId::new(id), settlement()?, moment(now));
        settled.put(match it {
            wxkf_core::Settled::RetryAfter(pause) => Settled {
                name: Bytes::of("retry_after"),
                retry_after_ms: u64::try_from(pause.as_millis()).unwrap_or(NONE),
            },
            wxkf_core::Settled::Stale => Settled { name: Bytes::of("stale"), retry_after_ms: NONE },
            _ => Settled { name: Bytes::of("applied"), retry_after_ms: NONE },
        });
        Ok(())
    };
    // SAFETY: as the caller promises.
    unsafe { boundary(error, entry) }
}

/// Asks whether typing may be shown, and takes note that it is. `refusal.reason` is NULL if it may.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_conversation_start_typing(
    conversation: *mut Conversation,
    now: u64,
    refusal: *mut Refusal,
    error: *mut Buf,
) -> Status {
    let entry = || {
        // SAFETY: the header asks for pointers that hold what their types say.
        let (conversation, refusal) =
            unsafe { (unique(conversation, "conversation")?, Out::new(refusal, "refusal")?) };
        refusal.put(conversation.0.start_typing(moment(now)).err());
        Ok(())
    };
    // SAFETY: `error` is NULL or may be written, as the header asks.
    unsafe { boundary(error, entry) }
}

/// Says what came of showing that an answer is being written, so that the record agrees with WeChat:
/// `delivered`, `already_typing` (45081), `no_recent_message` (45080), `not_sent`, `unknown` or `window_closed`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_conversation_settle_typing(
    conversation: *mut Conversation,
    settlement: Bytes,
    now: u64,
    error: *mut Buf,
) -> Status {
    let named = || {
        // SAFETY: the header asks for pointers that hold what their types say.
        let name = unsafe { settlement.text("settlement") }?;
        TypingSettlement::from_name(name).ok_or(Failure::Argument("settlement"))
    };
    // SAFETY: as the header asks.
    unsafe { settle_typing(conversation, named, now, error) }
}

/// Says the same by the `errcode` that WeChat answered; 0 is delivered.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_conversation_settle_typing_errcode(
    conversation: *mut Conversation,
    errcode: i64,
    now: u64,
    error: *mut Buf,
) -> Status {
    let told = || Ok(TypingSettlement::from_errcode(errcode));
    // SAFETY: as the header asks.
    unsafe { settle_typing(conversation, told, now, error) }
}

/// # Safety
/// The pointers hold what their types say.
unsafe fn settle_typing(
    conversation: *mut Conversation,
    settlement: impl FnOnce() -> Result<TypingSettlement, Failure>,
    now: u64,
    error: *mut Buf,
) -> Status {
    let entry = || {
        // SAFETY: as the caller promises.
        let conversation = unsafe { unique(conversation, "conversation") }?;
        conversation.0.settle_typing(settlement()?, moment(now));
        Ok(())
    };
    // SAFETY: as the caller promises.
    unsafe { boundary(error, entry) }
}

/// Takes note of a message that this record did not hold: somebody wrote in the web console, or another
/// program sent. `at`, when WeChat accepted it, may be `WXKF_NONE`: now. Say it once of each.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_conversation_sent_elsewhere(
    conversation: *mut Conversation,
    at: u64,
    now: u64,
    error: *mut Buf,
) -> Status {
    let entry = || {
        // SAFETY: the header asks for a handle, or NULL.
        let conversation = unsafe { unique(conversation, "conversation") }?;
        let at = maybe_moment(at).unwrap_or_else(|| moment(now));
        conversation.0.sent_elsewhere(at, moment(now));
        Ok(())
    };
    // SAFETY: `error` is NULL or may be written, as the header asks.
    unsafe { boundary(error, entry) }
}

/// Takes note that typing is shown no longer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_conversation_stop_typing(
    conversation: *mut Conversation,
    error: *mut Buf,
) -> Status {
    let entry = || {
        // SAFETY: the header asks for a handle, or NULL.
        unsafe { unique(conversation, "conversation") }?.0.stop_typing();
        Ok(())
    };
    // SAFETY: `error` is NULL or may be written, as the header asks.
    unsafe { boundary(error, entry) }
}

/// How many messages may be sent.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_conversation_allowance(
    conversation: *const Conversation,
    now: u64,
    allowance: *mut Allowance,
    error: *mut Buf,
) -> Status {
    let entry = || {
        // SAFETY: the header asks for pointers that hold what their types say.
        let (conversation, allowance) =
            unsafe { (shared(conversation, "conversation")?, Out::new(allowance, "allowance")?) };
        let it = conversation.0.allowance(moment(now));
        allowance.put(Allowance {
            at_least: it.at_least,
            at_most: it.at_most,
            held: it.held,
            closes_at: millis(it.closes_at),
        });
        Ok(())
    };
    // SAFETY: `error` is NULL or may be written, as the header asks.
    unsafe { boundary(error, entry) }
}

/// When time alone changes something next, in milliseconds; `WXKF_NONE` if never, and for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_conversation_next_deadline(conversation: *const Conversation) -> u64 {
    // SAFETY: the header asks for a handle, or NULL.
    let deadline = || unsafe { conversation.as_ref() }.and_then(|it| it.0.next_deadline());
    always(NONE, || millis(deadline()))
}

/// Until when a store has to keep the record, in milliseconds; `WXKF_NONE` if there is nothing worth
/// keeping, and for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_conversation_keep_until(conversation: *const Conversation) -> u64 {
    // SAFETY: the header asks for a handle, or NULL.
    let until = || unsafe { conversation.as_ref() }.and_then(|it| it.0.keep_until());
    always(NONE, || millis(until()))
}

/// The record in bytes: below 100 as a rule, 16 KiB at most. Equal records give equal bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_conversation_snapshot(
    conversation: *const Conversation,
    snapshot: *mut Buf,
    error: *mut Buf,
) -> Status {
    let entry = || {
        // SAFETY: the header asks for pointers that hold what their types say.
        let (conversation, snapshot) =
            unsafe { (shared(conversation, "conversation")?, Out::new(snapshot, "snapshot")?) };
        snapshot.put(conversation.0.snapshot());
        Ok(())
    };
    // SAFETY: `error` is NULL or may be written, as the header asks.
    unsafe { boundary(error, entry) }
}
