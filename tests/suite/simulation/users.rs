//! What users do, and how the bot hears of it.

use wxkf_core::{AccountKind, Push, Query, Trigger};
use wxkf_platform::{Action, AttemptId, PushAnswer};

use super::checks::FOG;
use super::world::{Event, SECOND, Why, World};

impl World {
    pub(super) fn act(&mut self, user: usize) -> usize {
        // Many do nothing for days.
        let pause = match self.rng.u8(0..100) {
            0..40 if self.terms.haste => self.rng.u64(0..SECOND),
            0..50 => self.rng.u64(SECOND..=20 * SECOND),
            50..80 => self.rng.u64(10 * SECOND..=180 * SECOND),
            80..95 => self.rng.u64(60 * SECOND..=3600 * SECOND),
            _ => self.rng.u64(3600 * SECOND..=60 * 3600 * SECOND),
        };
        self.after(pause, Event::Act(user));
        let is_official = self.terms.kind == AccountKind::OfficialAccount;
        let dice = self.rng.u8(0..100);
        let state = &mut self.users[user];
        // Two events of one second that say the same are one.
        let number = format!("qrscene_{}", state.acted);
        let action = match (dice, is_official) {
            _ if state.has_left => Action::Subscribe(&number),
            (0..40, _) => Action::Write("在吗"),
            (40..50, _) => Action::WriteImage,
            (_, false) => Action::Enter(&number),
            (50..65, _) => Action::TapMenu(&number),
            (65..75, _) => Action::TapMenuMessage { id: "1", content: "满意" },
            (75..85, _) => Action::Scan(&number),
            (85..90, _) => Action::View(&number),
            (90..95, _) if self.terms.unsubscribes => Action::Unsubscribe,
            _ => Action::Write("你好"),
        };
        state.has_left = action == Action::Unsubscribe;
        state.left_untold |= state.has_left;
        if state.has_left {
            // What went either way before is not known to matter any more.
            state.last_left = self.now;
            state.fog_until = state.fog_until.max(self.now.saturating_add(FOG));
        }
        state.acted += 1;
        if matches!(action, Action::Write(_) | Action::WriteImage | Action::TapMenuMessage { .. }) {
            state.traffic = self.now;
        }
        self.platform.act(&state.openid, action, self.now);
        if self.happens(self.terms.others) {
            let pause = self.rng.u64(0..30 * SECOND);
            self.after(pause, Event::Other(user));
        }
        user
    }

    pub(super) fn begin_attempts(&mut self) {
        for attempt in self.platform.attempts(self.now) {
            let query = Query::parse(&attempt.query).unwrap();
            let openid = query.unsigned_openid().unwrap();
            let user = openid[1..].parse().unwrap();
            for arrival in self.pushes.carry(attempt.at) {
                let (query, body) = (attempt.query.clone(), attempt.body.clone());
                self.at(arrival, Event::Push { user, id: attempt.id, query, body });
            }
        }
    }

    /// As a host does it: remember, save, handle, answer. It may end after any of these.
    pub(super) fn receive(&mut self, user: usize, id: AttemptId, query: &str, body: &[u8]) {
        let query = Query::parse(query).unwrap();
        let now = self.bots_now();
        let received = self.account.receive(&query, body, now).unwrap();
        let push = Push::from(received.inbound());
        assert_eq!(received.inbound().from(), Some(&*self.users[user].openid));
        self.tally.pushes += 1;
        let mut conversation = self.load(user);
        let observation = conversation.observe(push, now);
        if self.crashes() {
            return;
        }
        self.save(user, &conversation);
        if observation.since().is_some() {
            self.tally.repeats += 1;
            return self.answer_push(id, true);
        }
        let state = &mut self.users[user];
        let (times, may_again) = state.handled.entry(push.key).or_insert((0, true));
        // A clock that is set may be too far for the memory of a minute.
        let may_forget = self.terms.jumps > 0 || self.terms.rollbacks > 0;
        assert!(*may_again || may_forget, "handled twice");
        state.seen += u64::from(*times == 0);
        let is_first = *times == 0;
        (*times, *may_again) = (*times + 1, false);
        state.change(push.trigger, self.now);
        // Whatever the clocks show: who has just written can be answered.
        let may_know = !self.terms.unsubscribes && !self.terms.policy.is_cautious();
        if is_first && may_know && push.trigger == Some(Trigger::Message) {
            let is_mute = !self.helps_to_wait(user);
            if is_mute && self.tally.mute == 0 {
                println!(
                    "{} at {now:?} is mute: {:?}, {:?}",
                    self.users[user].openid,
                    self.look(user).reserve(now),
                    self.look(user)
                );
            }
            self.tally.mute += u64::from(is_mute);
        }
        if self.crashes() {
            return;
        }
        if self.happens(self.terms.failures) {
            // What a host does when its handler fails, before it answers anything.
            conversation.forget(push.key);
            self.save(user, &conversation);
            self.users[user].handled.entry(push.key).and_modify(|it| it.1 = true);
            return self.answer_push(id, false);
        }
        self.handle(user);
        self.answer_push(id, true);
    }

    /// The bot has something to say about it, now or later.
    fn handle(&mut self, user: usize) {
        for _ in 0..self.rng.u8(0..5) {
            let pause = match self.rng.u8(0..10) {
                0..6 if self.terms.haste => self.rng.u64(0..200),
                0..6 => self.rng.u64(0..5 * SECOND),
                6..9 => self.rng.u64(0..90 * SECOND),
                _ => self.rng.u64(0..50 * 3600 * SECOND),
            };
            self.after(pause, Event::Send(user, Why::First));
        }
        for _ in 0..self.rng.u8(0..4) {
            let pause = self.rng.u64(0..40 * SECOND);
            self.after(pause, Event::Typing(user));
        }
    }

    fn answer_push(&mut self, id: AttemptId, is_good: bool) {
        if self.crashes() {
            return;
        }
        for arrival in self.pushes.carry(self.now) {
            self.at(arrival, Event::PushAnswer(id, is_good));
        }
    }

    pub(super) fn push_answered(&mut self, id: AttemptId, is_good: bool) {
        let answer = if is_good { PushAnswer::Answered(b"success") } else { PushAnswer::Failed };
        self.platform.answer_push(id, answer, self.now);
    }
}
