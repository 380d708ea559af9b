//! The host's side, as a server around the library would have it: a store, calls, and the loop around
//! them. Nothing but the store lives longer than a step.

use std::collections::HashMap;

use wxkf_core::api::{
    Endpoint, GetStableAccessToken, Outcome, RejectionKind, Response, Secret, SendMessage,
    SetTyping, TypingCommand,
};
use wxkf_core::{
    Account, Allowance, Conversation, Error, FetchFailure, Fresh, Observation, Outbound, Policy,
    Query, Received, Refusal, Reply, Settled, Settlement, Timestamp, TokenKeeper, TokenSource,
    TokenStep, TypingSettlement,
};
use wxkf_platform::Attempt;

use super::Stop;
use super::world::{World, brief, span};

pub(super) struct Host {
    account: Account,
    app_id: String,
    secret: Secret,
    policy: Policy,
    store: Store,
}

/// What outlives the process. A database in earnest, with compare-and-set if there are several hosts.
#[derive(Default)]
pub(super) struct Store {
    /// One record a user.
    pub(super) conversations: HashMap<String, Vec<u8>>,
    /// One for the account. The token is in it: keep it as a secret.
    pub(super) token: Option<Vec<u8>>,
}

impl Host {
    pub(super) fn new(
        account: Account,
        app_id: &str,
        secret: &str,
        policy: Policy,
        store: Store,
    ) -> Self {
        Self { account, app_id: app_id.into(), secret: secret.into(), policy, store }
    }

    pub(super) fn stop(self) -> Store {
        self.store
    }

    pub(super) const fn account(&self) -> &Account {
        &self.account
    }

    /// Verifies, opens and decodes a push.
    pub(super) fn receive(&self, attempt: &Attempt, world: &World<'_>) -> Result<Received, Error> {
        self.account.receive(&Query::parse(&attempt.query)?, &attempt.body, world.now)
    }

    /// Takes note of a push, and says whether it is to be handled.
    pub(super) fn observe(
        &mut self,
        received: &Received,
        world: &mut World<'_>,
    ) -> Result<Observation, Stop> {
        let inbound = received.inbound();
        let (user, now) = (inbound.from().unwrap_or_default(), world.now);
        let seen = self.change(user, |conversation| conversation.observe(inbound, now))?;
        let allowance = self.allowance(user, world)?;
        world.stage.does(&match seen {
            Observation::New => format!("observe: New; {allowance}"),
            Observation::Repeat { .. } => String::from("observe: Repeat"),
            Observation::Overflow => String::from("observe: Overflow"),
        })?;
        Ok(seen)
    }

    /// Answers a push; what it says has to be known within five seconds.
    pub(super) fn answer(
        &self,
        attempt: &Attempt,
        received: &Received,
        reply: &Reply,
        world: &mut World<'_>,
    ) -> Result<(), Stop> {
        let seal = Fresh::new(world.random(), world.now);
        let answer = self.account.reply(received, reply, seal)?;
        world.answer(attempt, &answer)?;
        Ok(())
    }

    /// Shows the user that an answer is being written.
    pub(super) fn start_typing(&mut self, user: &str, world: &mut World<'_>) -> Result<(), Stop> {
        let now = world.now;
        if let Err(refusal) = self.change(user, |conversation| conversation.start_typing(now))? {
            return refused("start_typing", refusal, world);
        }
        let call = SetTyping::new(user, TypingCommand::Typing);
        let answered = self.call(&call, world);
        let settlement =
            answered.as_ref().map_or(TypingSettlement::Unknown, TypingSettlement::from);
        let now = world.now;
        self.change(user, |conversation| conversation.settle_typing(settlement, now))?;
        answered.map(drop)
    }

    /// Sends a message, if our own state allows one.
    pub(super) fn send(
        &mut self,
        user: &str,
        text: &str,
        world: &mut World<'_>,
    ) -> Result<(), Stop> {
        let (message, now) = (SendMessage::new(user, Outbound::text(text)), world.now);
        // For what cannot be sent nothing is held.
        message.request()?;
        // It is saved before the bytes leave: no crash can spend the same message twice.
        let reservation = match self.change(user, |conversation| conversation.reserve(now))? {
            Ok(reservation) => reservation,
            Err(refusal) => return refused("reserve", refusal, world),
        };
        let answered = self.call(&message, world);
        // No answer, or none that can be read: it may have been sent.
        let settlement = answered.as_ref().map_or(Settlement::Unknown, Settlement::from);
        let (id, now) = (reservation.id, world.now);
        let settled = self.change(user, |conversation| conversation.settle(id, settlement, now))?;
        let (number, sure, name) = (id.ordinal(), reservation.sure, settlement.name());
        let allowance = self.allowance(user, world)?;
        world
            .stage
            .does(&format!("reserve #{number}, sure = {sure}; settle: {name}; {allowance}"))?;
        // WeChat does not know of the user's message yet. It is said once for each of them.
        if let Settled::RetryAfter(pause) = settled {
            world.wait_until(world.now.saturating_add(pause))?;
            return self.send(user, text, world);
        }
        answered.map(drop)
    }

    /// Makes a call, and makes it once more if the token was refused: once, never in a loop. The
    /// platform has done nothing when it refuses a token, so a reservation stays as it is.
    pub(super) fn call<C: Endpoint>(
        &mut self,
        call: &C,
        world: &mut World<'_>,
    ) -> Result<Outcome<C::Output>, Stop> {
        let request = call.request()?;
        let mut is_retry = false;
        loop {
            let token = self.token(world)?;
            let answer = world.http(&request, token.expose())?;
            let outcome = call.decode(Response::new(answer.status, &answer.body))?;
            let is_about_token = matches!(&outcome,
                Outcome::Rejected(rejection) if rejection.kind() == RejectionKind::TokenRejected);
            if is_about_token {
                let now = world.now;
                self.change_token(|keeper| keeper.rejected(token.expose(), now))?;
                world.stage.does(&format!("TokenKeeper: rejected {}", brief(token.expose())))?;
            }
            if is_retry || !is_about_token {
                return Ok(outcome);
            }
            is_retry = true;
        }
    }

    /// A token to call with.
    pub(super) fn token(&mut self, world: &mut World<'_>) -> Result<Secret, Stop> {
        loop {
            let now = world.now;
            let (id, force) = match self.change_token(|keeper| keeper.step(now))? {
                TokenStep::Use(token) => return Ok(token),
                // A host that has to answer somebody gives up instead.
                TokenStep::Wait(until) => {
                    world.wait_until(until)?;
                    continue;
                }
                TokenStep::Fetch { id, force } => (id, force),
            };
            let number = id.ordinal();
            world.stage.does(&format!("TokenKeeper: Fetch #{number}, force = {force}"))?;
            let call = GetStableAccessToken::new(&*self.app_id, self.secret.clone());
            let call = call.force_refresh(force);
            let answer = world.http(&call.request()?, "")?;
            let now = world.now;
            match call.decode(Response::new(answer.status, &answer.body)) {
                Ok(Outcome::Accepted(token)) => {
                    self.change_token(|keeper| keeper.fetched(id, token.clone(), now))?;
                }
                Ok(Outcome::Rejected(rejection)) => {
                    let failure = rejection.kind().into();
                    self.change_token(|keeper| keeper.fetch_failed(id, failure, now))?;
                }
                Err(_) => {
                    let failure = FetchFailure::Temporary;
                    self.change_token(|keeper| keeper.fetch_failed(id, failure, now))?;
                }
            }
        }
    }

    /// What may be sent to the user now.
    pub(super) fn allowance(&self, user: &str, world: &World<'_>) -> Result<String, Error> {
        let Allowance { at_least, at_most, closes_at, .. } =
            self.conversation(user)?.allowance(world.now);
        let closes = in_time(closes_at, world);
        Ok(format!("at_least {at_least}, at_most {at_most}, closes_at {closes}"))
    }

    fn conversation(&self, user: &str) -> Result<Conversation, Error> {
        let policy = self.policy.clone();
        match self.store.conversations.get(user) {
            Some(record) => Conversation::restore(record, policy),
            None => Ok(Conversation::new(policy)),
        }
    }

    /// One step of a conversation: load, step, save, before anything happens because of it.
    fn change<T>(
        &mut self,
        user: &str,
        step: impl FnOnce(&mut Conversation) -> T,
    ) -> Result<T, Error> {
        let mut conversation = self.conversation(user)?;
        let result = step(&mut conversation);
        self.store.conversations.insert(user.into(), conversation.snapshot());
        Ok(result)
    }

    /// The same for the token.
    fn change_token<T>(&mut self, step: impl FnOnce(&mut TokenKeeper) -> T) -> Result<T, Error> {
        let mut keeper = match &self.store.token {
            Some(record) => TokenKeeper::restore(record)?,
            None => TokenKeeper::new(TokenSource::StableToken),
        };
        let result = step(&mut keeper);
        self.store.token = Some(keeper.snapshot());
        Ok(result)
    }
}

/// Our own state says no, and no request is made.
fn refused(step: &str, refusal: Refusal, world: &mut World<'_>) -> Result<(), Stop> {
    let retry = in_time(refusal.retry_at, world);
    world.stage.refuses(&format!("{step}: {refusal}, retry_at {retry}"))?;
    Ok(())
}

fn in_time(moment: Option<Timestamp>, world: &World<'_>) -> String {
    moment.map_or_else(|| "none".into(), |at| format!("+{}", span(at, world.now)))
}
