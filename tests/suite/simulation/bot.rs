//! What the bot sends, by real requests, and what it learns of it.

use core::time::Duration;

use wxkf_core::api::{Endpoint, Outcome, Response, SendMessage, SetTyping, TypingCommand};
use wxkf_core::{
    Outbound, Refusal, Reservation, ReservationId, Settled, Settlement, TypingSettlement,
};
use wxkf_platform::{Answer, Call};

use super::world::{Event, Request, SECOND, Why, World};

/// How long the bot waits for an answer.
pub(super) const TIMEOUT: Duration = Duration::from_secs(12);

impl World {
    pub(super) fn send(&mut self, user: usize, why: Why) {
        let now = self.bots_now();
        let mut conversation = self.load(user);
        match conversation.reserve(now) {
            Ok(Reservation { id, sure, .. }) => {
                if self.crashes() {
                    return;
                }
                self.check_reserved(user, sure);
                self.save(user, &conversation);
                self.tally.reserved += 1;
                self.tally.sure += u64::from(sure);
                let state = &mut self.users[user];
                let is_told = !state.left_untold;
                let request = Request { sure: sure && is_told, left_at: self.now, times: 0 };
                let is_new = state.requests.insert(id, request).is_none();
                state.last_id = state.last_id.max(Some(id));
                let may_forget = self.terms.rollbacks > 0;
                assert!(is_new || may_forget, "a reservation was given out twice");
                if why == Why::AfterLag {
                    state.again.push(id);
                }
                if self.crashes() {
                    return;
                }
                let mut arrivals = self.calls.carry(self.now);
                let (slow, range) = self.terms.slow.clone();
                if self.happens(slow) {
                    let millis = self.rng.u64(range);
                    arrivals = vec![self.later(millis)];
                }
                for arrival in arrivals {
                    self.users[user].under_way += 1;
                    self.at(arrival, Event::Call(user, id));
                }
                if !self.crashes() {
                    self.after(12 * SECOND, Event::Timeout(user, id));
                }
            }
            Err(refusal) => {
                self.tally.refused += 1;
                self.check_refusal(user, refusal, why);
                if let (Refusal { retry_at: Some(retry_at), .. }, Why::First) = (refusal, why) {
                    let pause = retry_at.as_millis().saturating_sub(now.as_millis());
                    self.after(pause, Event::Send(user, Why::Again));
                }
            }
        }
    }

    /// The request arrives.
    pub(super) fn call(&mut self, user: usize, id: ReservationId) {
        let message = SendMessage::new(self.users[user].openid.as_str(), Outbound::text("在的"));
        let answer = self.ask(&message);
        let settlement = Settlement::from(&accepted(&message, &answer.body).unwrap());
        self.check_sent(user, id, &answer);
        // What the bot has given up is traffic that it never hears of.
        let is_late = self.users[user].requests[&id].left_at.distance(self.now) > TIMEOUT;
        if settlement != Settlement::Delivered || is_late {
            self.users[user].fog_until = self.later(31 * SECOND);
        }
        if !self.crashes() {
            let body = match self.happens(self.terms.garbled) {
                true => b"<html><title>502 Bad Gateway</title></html>".into(),
                false => answer.body,
            };
            for arrival in self.pushes.carry(self.now) {
                self.at(arrival, Event::Answer(user, id, body.clone()));
            }
        }
    }

    fn ask<E: Endpoint>(&mut self, endpoint: &E) -> Answer {
        let request = endpoint.request().unwrap();
        let target = request.target(&self.token);
        let call = Call::new(request.method().name(), &target).body(request.body());
        self.platform.call(&call, self.now)
    }

    pub(super) fn answered(&mut self, user: usize, id: ReservationId, body: &[u8]) {
        let message = SendMessage::new("", Outbound::text(""));
        let settlement = match accepted(&message, body) {
            Some(outcome) => Settlement::from(&outcome),
            None => Settlement::Unknown,
        };
        if self.settle(user, id, settlement) {
            self.note_correction(user, id, body);
        }
    }

    /// Whether it is known from now on.
    pub(super) fn settle(
        &mut self,
        user: usize,
        id: ReservationId,
        settlement: Settlement,
    ) -> bool {
        let mut conversation = self.load(user);
        let settled = conversation.settle(id, settlement, self.bots_now());
        let is_stale = settled == Settled::Stale;
        // What was accepted and is not known, or is only known now, is traffic that the bot missed.
        let is_missed = settlement == Settlement::Unknown || is_stale;
        let is_repeated = is_stale && self.users[user].settled.contains(&id);
        if is_missed && !is_repeated {
            self.users[user].fog_until = self.later(31 * SECOND);
        }
        if self.crashes() {
            return false;
        }
        self.save(user, &conversation);
        if !is_stale {
            self.users[user].settled.insert(id);
        }
        if let Settled::RetryAfter(pause) = settled {
            self.check_retry(user, id);
            self.tally.retries += 1;
            let pause = u64::try_from(pause.as_millis()).unwrap();
            let pause = if self.happens(self.terms.impatience) { 0 } else { pause };
            self.after(pause, Event::Send(user, Why::AfterLag));
        }
        !is_stale
    }

    /// Asks the record and then, whatever it says, the platform.
    pub(super) fn show_typing(&mut self, user: usize) -> usize {
        let mut conversation = self.load(user);
        let allowed = conversation.start_typing(self.bots_now());
        if allowed.is_ok() {
            self.save(user, &conversation);
        }
        let mut command = SetTyping::new(self.users[user].openid.as_str(), TypingCommand::Typing);
        let was_typing = self.platform.is_typing(&self.users[user].openid, self.now);
        let answer = self.ask(&command);
        let outcome = command.decode(Response::new(200, &answer.body)).unwrap();
        if allowed.is_ok() {
            conversation.settle_typing(TypingSettlement::from(&outcome), self.bots_now());
            self.save(user, &conversation);
        }
        let errcode = match &outcome {
            Outcome::Accepted(_) => 0,
            Outcome::Rejected(rejection) => rejection.errcode,
        };
        self.tally.typing += 1;
        self.check_typing(user, allowed.map_err(|refusal| refusal.reason), was_typing, errcode);
        if allowed.is_err() && errcode == 0 {
            // The record would not have asked.
            command = SetTyping::new(self.users[user].openid.as_str(), TypingCommand::CancelTyping);
            let _ = self.ask(&command);
        }
        user
    }
}

/// What the platform answered, if it can be read.
fn accepted(
    message: &SendMessage,
    body: &[u8],
) -> Option<Outcome<<SendMessage as Endpoint>::Output>> {
    message.decode(Response::new(200, body)).ok()
}
