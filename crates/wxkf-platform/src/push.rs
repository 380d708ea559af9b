use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;
use core::time::Duration;

use fastrand::Rng;
use wxkf_core::{Account, Error, Fresh, Mode, Timestamp};

use crate::document::PushDocument;
use crate::setup::Setup;

/// Which attempt of which push.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AttemptId {
    push: u64,
    number: u32,
}

/// A push on its way: a POST to the callback URL.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attempt {
    /// Answer it under this id, within five seconds.
    pub id: AttemptId,
    /// The query string of the URL.
    pub query: String,
    /// The body.
    pub body: Vec<u8>,
    /// When it starts.
    pub at: Timestamp,
    /// 1 for the first, then the retries. They carry the same message, sealed and signed anew.
    pub number: u32,
}

/// What became of a push.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PushOutcome {
    /// It was answered in time.
    Acknowledged,
    /// The last attempt failed, too; the user was told.
    GivenUp,
}

/// A push that is over.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FinishedPush {
    /// Whom it was about.
    pub user: String,
    /// How many attempts it took.
    pub attempts: u32,
    /// How it ended.
    pub outcome: PushOutcome,
}

/// A push that is not over.
pub(crate) struct Delivery {
    pub(crate) user: String,
    pub(crate) message: String,
    /// Whether a person wrote it: an event cannot be handed to the agents.
    pub(crate) is_message: bool,
    pub(crate) attempts: u32,
    /// When the present attempt is too old, and the next one starts.
    deadline: Timestamp,
}

/// What a deadline brings.
pub(crate) enum Due {
    Start { id: AttemptId, at: Timestamp },
    GiveUp { push: Delivery, at: Timestamp },
}

/// All pushes that are not over.
#[derive(Default)]
pub(crate) struct Pushes {
    open: BTreeMap<u64, Delivery>,
    deadlines: BTreeSet<(Timestamp, u64)>,
    count: u64,
}

impl Pushes {
    pub(crate) fn add(&mut self, user: &str, message: String, is_message: bool, now: Timestamp) {
        self.count = self.count.saturating_add(1);
        let push = Delivery { user: user.into(), message, is_message, attempts: 0, deadline: now };
        self.open.insert(self.count, push);
        self.deadlines.insert((now, self.count));
    }

    pub(crate) fn next_deadline(&self) -> Option<Timestamp> {
        self.deadlines.first().map(|(at, _)| *at)
    }

    /// Goes on to the next deadline up to now: an attempt starts, or there was none left.
    pub(crate) fn step(&mut self, retries: u32, now: Timestamp) -> Option<Due> {
        let (at, id) = *self.deadlines.first().filter(|(at, _)| *at <= now)?;
        self.deadlines.pop_first();
        let push = self.open.get_mut(&id)?;
        if push.attempts > retries {
            return self.open.remove(&id).map(|push| Due::GiveUp { push, at });
        }
        push.attempts = push.attempts.saturating_add(1);
        push.deadline = at.saturating_add(TIMEOUT);
        self.deadlines.insert((push.deadline, id));
        Some(Due::Start { id: AttemptId { push: id, number: push.attempts }, at })
    }

    /// The push, if this attempt may still be answered.
    pub(crate) fn waiting(&self, id: AttemptId, now: Timestamp) -> Option<&Delivery> {
        let push = self.open.get(&id.push)?;
        (push.attempts == id.number && now < push.deadline).then_some(push)
    }

    pub(crate) fn get(&self, id: AttemptId) -> Option<&Delivery> {
        self.open.get(&id.push)
    }

    pub(crate) fn remove(&mut self, id: AttemptId) -> Option<Delivery> {
        let push = self.open.remove(&id.push)?;
        self.deadlines.remove(&(push.deadline, id.push));
        Some(push)
    }
}

impl AttemptId {
    pub(crate) const fn number(self) -> u32 {
        self.number
    }
}

/// The bytes of a push, signed and sealed as the console is set to.
pub(crate) fn seal(
    setup: &Setup,
    account: &Account,
    rng: &mut Rng,
    push: &Delivery,
    at: Timestamp,
) -> Result<(String, Vec<u8>), Error> {
    let nonce = rng.u32(100_000_000..).to_string();
    let seconds = at.as_secs();
    let signature = account.sign(&seconds.to_string(), &nonce);
    let user = escape(&push.user);
    let query = format!("signature={signature}&timestamp={seconds}&nonce={nonce}&openid={user}");
    if setup.mode == Mode::Plain {
        return Ok((query, push.message.clone().into_bytes()));
    }
    let random = rng.u128(..).to_be_bytes();
    let sealed = account.seal(push.message.as_bytes(), Fresh::new(random, at).nonce(&nonce))?;
    let query = format!("{query}&encrypt_type=aes&msg_signature={}", sealed.msg_signature());
    let body = match setup.mode {
        Mode::Compatible => {
            let mut both = PushDocument::reopened(setup.format, &push.message);
            both.text("Encrypt", sealed.encrypt());
            both.finish()
        }
        _ => sealed.to_push_body(setup.format, &setup.original_id),
    };
    Ok((query, body.into_bytes()))
}

/// The GET with which saving the URL in the console checks it.
pub(crate) fn verification(account: &Account, rng: &mut Rng, now: Timestamp) -> (String, String) {
    let nonce = rng.u32(100_000_000..).to_string();
    let echo = rng.u64(1 << 60..).to_string();
    let seconds = now.as_secs();
    let signature = account.sign(&seconds.to_string(), &nonce);
    let query = format!("signature={signature}&echostr={echo}&timestamp={seconds}&nonce={nonce}");
    (query, echo)
}

/// Percent escapes for what a query string cannot hold.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'-' | b'.' | b'_' | b'~' => out.push(byte.into()),
            _ if byte.is_ascii_alphanumeric() => out.push(byte.into()),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// Shows no content: it is what a user wrote, with a signature that is as good as a password.
impl fmt::Debug for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempt")
            .field("id", &self.id)
            .field("at", &self.at)
            .field("number", &self.number)
            .field("body_length", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// Page 被动回复用户消息, read 2026-11-21.
const TIMEOUT: Duration = Duration::from_secs(5);

#[cfg(test)]
mod tests {
    use super::*;

    fn at(secs: u64) -> Timestamp {
        Timestamp::from_secs(1_796_000_000).saturating_add(Duration::from_secs(secs))
    }

    #[test]
    fn an_attempt_starts_every_five_seconds_until_there_is_none_left() {
        let mut pushes = Pushes::default();
        pushes.add("u", "m".into(), true, at(0));
        let mut seen = Vec::new();
        while let Some(due) = pushes.step(3, at(3600)) {
            seen.push(match due {
                Due::Start { id, at } => (id.number(), at),
                Due::GiveUp { at, .. } => (0, at),
            });
        }
        assert_eq!(seen, [(1, at(0)), (2, at(5)), (3, at(10)), (4, at(15)), (0, at(20))]);
        assert_eq!(pushes.next_deadline(), None);
    }

    #[test]
    fn an_attempt_can_be_answered_for_less_than_five_seconds() {
        let mut pushes = Pushes::default();
        pushes.add("u", "m".into(), true, at(0));
        let Some(Due::Start { id, .. }) = pushes.step(3, at(0)) else { panic!() };
        assert!(pushes.waiting(id, Timestamp::from_millis(at(5).as_millis() - 1)).is_some());
        assert!(pushes.waiting(id, at(5)).is_none());
        let Some(Due::Start { id: second, .. }) = pushes.step(3, at(5)) else { panic!() };
        assert!(pushes.waiting(id, at(4)).is_none());
        assert!(pushes.waiting(second, at(5)).is_some());
        assert!(pushes.remove(second).is_some());
        assert_eq!(pushes.next_deadline(), None);
    }

    #[test]
    fn names_are_escaped_for_a_query() {
        assert_eq!(escape("o-A_1 &你"), "o-A_1%20%26%E4%BD%A0");
    }
}
