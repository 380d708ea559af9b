//! The half of the platform that calls the other side: pushes, and what is answered to them.

use alloc::string::String;
use alloc::vec::Vec;

use wxkf_core::{AccountKind, Timestamp};

use crate::action::PushHead;
use crate::chat::{self, Line, Speaker};
use crate::platform::Platform;
use crate::push::{
    self, Attempt, AttemptId, Delivery, Due, FinishedPush, PushOutcome, verification,
};
use crate::reply::{self, Passive};
use crate::setup::Setup;

/// What the other side answered to a push.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PushAnswer<'a> {
    /// HTTP 200 with these bytes.
    Answered(&'a [u8]),
    /// Anything else: another status, a broken connection.
    Failed,
}

impl Platform {
    /// The attempts that start up to now and have not been given out, in their order.
    pub fn attempts(&mut self, now: Timestamp) -> Vec<Attempt> {
        let mut started = Vec::new();
        while let Some(due) = self.pushes.step(self.setup.retries, now) {
            match due {
                Due::Start { id, at } => started.extend(self.attempt(id, at)),
                Due::GiveUp { push, at } => self.give_up(push, at),
            }
        }
        started
    }

    /// The other side answers an attempt. `success` and the empty answer end the push; so does a
    /// passive reply, which the user sees and which costs nothing. Anything else, and whatever comes
    /// five seconds after the attempt or later, leads to the next attempt; after the last one the
    /// user is told that something is wrong.
    pub fn answer_push(&mut self, id: AttemptId, answer: PushAnswer<'_>, now: Timestamp) {
        let Some(push) = self.pushes.waiting(id, now) else { return };
        let passive = match answer {
            PushAnswer::Answered(bytes) => {
                reply::read(&self.setup, &self.account, push, bytes, now)
            }
            PushAnswer::Failed => None,
        };
        let is_last = id.number() > self.setup.retries;
        match passive.filter(|passive| self.can_show(passive, now)) {
            Some(passive) => {
                let Some(push) = self.pushes.remove(id) else { return };
                self.stats.acknowledged = self.stats.acknowledged.saturating_add(1);
                self.show(&push.user, passive, now);
                self.finish(push, PushOutcome::Acknowledged);
            }
            None if is_last => {
                let Some(push) = self.pushes.remove(id) else { return };
                self.give_up(push, now);
            }
            None => {}
        }
    }

    /// When [`attempts`](Self::attempts) has something to do next.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Timestamp> {
        self.pushes.next_deadline()
    }

    /// Saving the URL in the console: the query string of the GET, and the echo that it expects.
    pub fn verification(&mut self, now: Timestamp) -> (String, String) {
        verification(&self.account, &mut self.rng, now)
    }

    /// The pushes that are over, in the order in which they ended. Empty if the setup does not keep
    /// the chat.
    #[must_use]
    pub fn finished_pushes(&self) -> &[FinishedPush] {
        &self.finished
    }

    /// An event that the platform tells by itself.
    pub(crate) fn push_event(
        &mut self,
        user: &str,
        name: &str,
        fields: &[(&str, &str)],
        now: Timestamp,
    ) {
        let message = self.envelope(user, now).event(name, fields);
        self.push(user, message, false, now);
    }

    pub(crate) fn envelope<'a>(&'a self, user: &'a str, now: Timestamp) -> PushHead<'a> {
        let Setup { original_id, format, .. } = &self.setup;
        PushHead { to: original_id, from: user, created: now.as_secs(), format: *format }
    }

    pub(crate) fn push(&mut self, user: &str, message: String, is_message: bool, now: Timestamp) {
        self.stats.pushes = self.stats.pushes.saturating_add(1);
        self.pushes.add(user, message, is_message, now);
    }

    fn attempt(&mut self, id: AttemptId, at: Timestamp) -> Option<Attempt> {
        let push = self.pushes.get(id)?;
        // The account has a key wherever the mode wants one, so sealing does not fail.
        let (query, body) = push::seal(&self.setup, &self.account, &mut self.rng, push, at).ok()?;
        self.stats.attempts = self.stats.attempts.saturating_add(1);
        Some(Attempt { id, query, body, at, number: id.number() })
    }

    fn can_show(&self, passive: &Passive, now: Timestamp) -> bool {
        match passive {
            Passive::Shown { media_id: Some(id), .. } => self.media.find(id, now).is_some(),
            _ => true,
        }
    }

    fn show(&mut self, user: &str, passive: Passive, now: Timestamp) {
        let Some(state) = self.users.get_mut(user).filter(|state| !state.has_left) else { return };
        match passive {
            Passive::Nothing => {}
            Passive::Shown { msg_type, text, .. } => {
                state.was_told(now);
                if self.setup.keep_chat {
                    let line = Line::new(now, Speaker::Bot, &msg_type, &text);
                    chat::insert(&mut state.chat, line);
                }
            }
            Passive::Transfer { kf_account } => self.hand_over(user, kf_account.as_deref(), now),
        }
    }

    fn give_up(&mut self, push: Delivery, at: Timestamp) {
        self.stats.given_up = self.stats.given_up.saturating_add(1);
        let notice = match self.setup.kind {
            AccountKind::MiniProgram => MINI_PROGRAM_FAILED,
            _ => ACCOUNT_FAILED,
        };
        let state = self.users.get_mut(&push.user).filter(|state| !state.has_left);
        if let Some(state) = state.filter(|_| self.setup.keep_chat) {
            chat::insert(&mut state.chat, Line::new(at, Speaker::System, "notice", notice));
        }
        self.finish(push, PushOutcome::GivenUp);
    }

    fn finish(&mut self, push: Delivery, outcome: PushOutcome) {
        if self.setup.keep_chat {
            let Delivery { user, attempts, .. } = push;
            self.finished.push(FinishedPush { user, attempts, outcome });
        }
    }
}

/// Page 被动回复用户消息, read 2026-11-21.
const ACCOUNT_FAILED: &str = "该公众号提供的服务出现故障，请稍后再试";
/// As users of mini programs have quoted it.
const MINI_PROGRAM_FAILED: &str = "该小程序提供的服务出现故障，请稍候再试";

#[cfg(test)]
mod tests {
    use core::time::Duration;

    use wxkf_core::{Account, Format, Fresh, Mode, Query, Received, Reply};

    use super::*;
    use crate::action::Action;

    const START: Timestamp = Timestamp::from_millis(1_796_000_000_300);

    fn at(secs: u64) -> Timestamp {
        START.saturating_add(Duration::from_secs(secs))
    }

    fn pair(setup: Setup) -> (Platform, Account) {
        let account = setup.account().unwrap();
        (Platform::new(setup, 1).unwrap(), account)
    }

    fn receive(account: &Account, attempt: &Attempt) -> Received {
        let query = Query::parse(&attempt.query).unwrap();
        assert_eq!(query.unsigned_openid(), Some("u"));
        account.receive(&query, &attempt.body, attempt.at).unwrap()
    }

    fn shown(platform: &Platform) -> Vec<&str> {
        platform.chat("u").iter().map(|line| &*line.text).collect()
    }

    #[test]
    fn pushes_are_received_and_answered_in_every_mode_and_format() {
        for mode in [Mode::Plain, Mode::Compatible, Mode::Secure] {
            for format in [Format::Json, Format::Xml] {
                let setup = Setup::official_account().mode(mode).format(format);
                let (mut platform, account) = pair(setup);
                let mut last = 0;
                for text in ["1", "2 ]]> <&\"", "3"] {
                    platform.act("u", Action::Write(text), START);
                    let attempts = platform.attempts(START);
                    let received = receive(&account, &attempts[0]);
                    assert_eq!(received.was_sealed(), mode != Mode::Plain);
                    let inbound = received.inbound();
                    assert_eq!((inbound.format(), inbound.kind()), (format, "text"));
                    assert_eq!(inbound.field("Content"), Some(text));
                    assert_eq!(inbound.created().map(Timestamp::as_secs), Some(START.as_secs()));
                    let id = inbound.msg_id().and_then(|id| id.as_u64()).unwrap();
                    assert!(id > last && id > 1 << 53);
                    last = id;
                    let seal = Fresh::new([3; 16], START);
                    let reply = account.reply(&received, &Reply::text("re"), seal).unwrap();
                    let answer = PushAnswer::Answered(&reply.bytes);
                    platform.answer_push(attempts[0].id, answer, START);
                }
                assert_eq!(shown(&platform), ["1", "re", "2 ]]> <&\"", "re", "3", "re"]);
                assert_eq!(platform.next_deadline(), None);
                assert_eq!(platform.remaining("u", at(1)).count, 5);
            }
        }
    }

    #[test]
    fn a_push_is_tried_four_times_with_the_same_message() {
        let (mut platform, account) = pair(Setup::official_account());
        platform.act("u", Action::Write("hi"), START);
        let mut keys = Vec::new();
        let mut bodies = Vec::new();
        for number in 1..=4 {
            let due = platform.next_deadline().unwrap();
            assert_eq!(due, at(5 * (u64::from(number) - 1)));
            let before = Timestamp::from_millis(due.as_millis() - 1);
            assert!(platform.attempts(before).is_empty());
            let attempts = platform.attempts(due);
            assert_eq!((attempts.len(), attempts[0].number, attempts[0].at), (1, number, due));
            keys.push(receive(&account, &attempts[0]).inbound().dedupe_key());
            bodies.push(attempts[0].body.clone());
            match number {
                1 => {}
                2 => platform.answer_push(attempts[0].id, PushAnswer::Failed, due),
                3 => platform.answer_push(attempts[0].id, PushAnswer::Answered(b"oops"), due),
                // Too late.
                _ => platform.answer_push(attempts[0].id, PushAnswer::Answered(b""), at(20)),
            }
        }
        assert!(platform.attempts(at(3600)).is_empty());
        keys.dedup();
        bodies.dedup();
        assert_eq!((keys.len(), bodies.len()), (1, 4));
        assert_eq!(shown(&platform), ["hi", ACCOUNT_FAILED]);
        assert_eq!(platform.chat("u")[1].at, at(20));
        let finished = &platform.finished_pushes()[0];
        assert_eq!((finished.attempts, finished.outcome), (4, PushOutcome::GivenUp));
    }

    #[test]
    fn an_answer_in_time_ends_the_push() {
        for answer in [&b""[..], b"success"] {
            let (mut platform, _) = pair(Setup::mini_program());
            platform.act("u", Action::Enter("shop"), START);
            let first = platform.attempts(START);
            let second = platform.attempts(at(5));
            // The first attempt is over, whatever is said to it.
            platform.answer_push(first[0].id, PushAnswer::Answered(answer), at(6));
            assert_eq!(platform.next_deadline(), Some(at(10)));
            platform.answer_push(second[0].id, PushAnswer::Answered(answer), at(9));
            assert_eq!(platform.next_deadline(), None);
            assert!(platform.attempts(at(3600)).is_empty());
            let finished = &platform.finished_pushes()[0];
            assert_eq!((finished.attempts, finished.outcome), (2, PushOutcome::Acknowledged));
            assert_eq!(platform.stats().acknowledged, 1);
        }
    }

    #[test]
    fn pushes_start_in_the_order_of_time_even_if_looked_at_late() {
        let (mut platform, _) = pair(Setup::mini_program().retries(1));
        platform.act("u", Action::Write("a"), at(0));
        platform.act("u", Action::Write("b"), at(2));
        let attempts = platform.attempts(at(60));
        let seen: Vec<_> = attempts.iter().map(|attempt| (attempt.at, attempt.number)).collect();
        assert_eq!(seen, [(at(0), 1), (at(2), 1), (at(5), 2), (at(7), 2)]);
        assert_eq!(shown(&platform).len(), 4);
        assert_eq!(platform.stats().given_up, 2);
    }

    #[test]
    fn the_url_is_verified() {
        let (mut platform, account) = pair(Setup::official_account());
        let (query, echo) = platform.verification(START);
        let query = Query::parse(&query).unwrap();
        assert_eq!(account.verify_url(&query, START).unwrap(), echo.as_bytes());
    }

    #[test]
    fn whoever_left_is_not_heard_until_subscribing() {
        let (mut platform, _) = pair(Setup::official_account());
        platform.act("u", Action::Write("hi"), START);
        platform.act("u", Action::Unsubscribe, START);
        platform.act("u", Action::Write("into the void"), START);
        assert_eq!(platform.send("u", START), 45_015);
        platform.act("u", Action::Subscribe(""), START);
        assert_eq!(platform.attempts(START).len(), 3);
        assert_eq!(platform.remaining("u", START).count, 3);
        assert_eq!(platform.send("u", START), 0);
    }
}
