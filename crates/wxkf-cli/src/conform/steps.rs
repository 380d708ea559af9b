//! The state machines: each op is a machine and the steps it takes, with one result a step.

use core::time::Duration;

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use wxkf_core::{
    DedupeKey, FetchFailure, FetchId, FetchedToken, Policy, Push, Refusal, Reservation,
    ReservationId, Settled, Settlement, Timestamp, TokenChange, TokenKeeper, TokenSource,
    TokenStep, Trigger, TypingSettlement,
};

use super::{Failure, json};

type Results = Result<Vec<Box<RawValue>>, Failure>;

/// A step and its moment. Those that need none may leave it out.
#[derive(Deserialize)]
struct At<S> {
    #[serde(flatten)]
    step: S,
    now: Option<u64>,
}

impl<S> At<S> {
    fn now(&self) -> Result<Timestamp, Failure> {
        self.now.map(Timestamp::from_millis).ok_or(Failure::BAD_LINE)
    }
}

#[derive(Deserialize)]
pub(super) struct Conversation {
    policy: serde_json::Value,
    steps: Vec<At<ConversationStep>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum ConversationStep {
    Allowance(IgnoredAny),
    Forget(String),
    Observe { trigger: Option<String>, key: String, at: Option<u64> },
    Reload(IgnoredAny),
    Reserve(IgnoredAny),
    SentElsewhere { at: Option<u64> },
    Settle(Settle),
    Typing(Typing),
}

#[derive(Deserialize)]
struct Settle {
    id: u64,
    #[serde(flatten)]
    told: Told,
}

/// By its name, or by the errcode that WeChat answered; beside that one the name may be `rejected`.
#[derive(Deserialize)]
struct Told {
    #[serde(rename = "as")]
    settlement: Option<String>,
    errcode: Option<i64>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Typing {
    Begun(TypingCommand),
    Answered(Told),
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum TypingCommand {
    Start,
    Stop,
}

/// Ids are numbers of a life here, 1, 2, …: that of the last one which was shown.
#[derive(Default)]
struct Life(u64);

impl Life {
    fn show(&mut self, id: u64, ordinal: u64) -> u64 {
        self.0 = id.saturating_sub(ordinal);
        ordinal
    }

    const fn id(&self, ordinal: u64) -> u64 {
        self.0.saturating_add(ordinal)
    }
}

impl Conversation {
    pub(super) fn run(self) -> Results {
        let policy = Policy::from_json(&self.policy.to_string())?;
        let mut conversation = wxkf_core::Conversation::new(policy);
        let mut life = Life::default();
        let mut results = Vec::new();
        for step in self.steps {
            results.push(match &step.step {
                ConversationStep::Allowance(_) => json(&conversation.allowance(step.now()?))?,
                ConversationStep::Forget(key) => {
                    conversation.forget(DedupeKey::of_text(key));
                    json(&"forgotten")?
                }
                ConversationStep::Observe { trigger, key, at } => {
                    let now = step.now()?;
                    let trigger = trigger
                        .as_deref()
                        .map(|name| Trigger::from_name(name).ok_or(Failure::BAD_LINE))
                        .transpose()?;
                    let at = at.map_or(now, Timestamp::from_millis);
                    let push = Push::new(DedupeKey::of_text(key), trigger, at);
                    json(&conversation.observe(push, now).name())?
                }
                ConversationStep::Reload(_) => {
                    let policy = conversation.policy().clone();
                    let bytes = conversation.snapshot();
                    conversation = wxkf_core::Conversation::restore(&bytes, policy)?;
                    json(&"ok")?
                }
                ConversationStep::Reserve(_) => match conversation.reserve(step.now()?) {
                    Ok(Reservation { id, sure, .. }) => {
                        json(&Reserved { id: life.show(id.number(), id.ordinal()), sure })?
                    }
                    Err(refusal) => json(&refused(refusal))?,
                },
                ConversationStep::SentElsewhere { at } => {
                    let now = step.now()?;
                    conversation.sent_elsewhere(at.map_or(now, Timestamp::from_millis), now);
                    json(&"ok")?
                }
                ConversationStep::Settle(settle) => {
                    let id = ReservationId::new(life.id(settle.id));
                    let settlement =
                        settle.told.read(Settlement::from_name, Settlement::from_errcode)?;
                    match conversation.settle(id, settlement, step.now()?) {
                        Settled::Applied => json(&"applied")?,
                        Settled::RetryAfter(pause) => json(&RetryAfter {
                            retry_after_ms: u64::try_from(pause.as_millis()).unwrap_or(u64::MAX),
                        })?,
                        Settled::Stale | _ => json(&"stale")?,
                    }
                }
                ConversationStep::Typing(Typing::Begun(TypingCommand::Start)) => {
                    match conversation.start_typing(step.now()?) {
                        Ok(()) => json(&"ok")?,
                        Err(refusal) => json(&refused(refusal))?,
                    }
                }
                ConversationStep::Typing(Typing::Begun(TypingCommand::Stop)) => {
                    conversation.stop_typing();
                    json(&"ok")?
                }
                ConversationStep::Typing(Typing::Answered(told)) => {
                    let settlement =
                        told.read(TypingSettlement::from_name, TypingSettlement::from_errcode)?;
                    conversation.settle_typing(settlement, step.now()?);
                    json(&"ok")?
                }
            });
        }
        Ok(results)
    }
}

impl Told {
    fn read<T>(
        &self,
        named: impl Fn(&str) -> Option<T>,
        answered: impl Fn(i64) -> T,
    ) -> Result<T, Failure> {
        let settlement = match (self.settlement.as_deref(), self.errcode) {
            (None | Some("rejected"), Some(errcode)) => Some(answered(errcode)),
            (Some(name), None) => named(name),
            _ => None,
        };
        settlement.ok_or(Failure::BAD_LINE)
    }
}

#[derive(Serialize)]
struct Reserved {
    id: u64,
    sure: bool,
}

#[derive(Serialize)]
struct Refused {
    refused: &'static str,
}

fn refused(refusal: Refusal) -> Refused {
    Refused { refused: refusal.reason.name() }
}

#[derive(Serialize)]
struct RetryAfter {
    retry_after_ms: u64,
}

#[derive(Deserialize)]
pub(super) struct Dedupe {
    capacity: usize,
    horizon_ms: u64,
    steps: Vec<At<DedupeStep>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum DedupeStep {
    Forget(String),
    Observe(String),
    Reload(IgnoredAny),
}

impl Dedupe {
    pub(super) fn run(self) -> Results {
        let horizon = Duration::from_millis(self.horizon_ms);
        let mut dedupe = wxkf_core::Dedupe::new(self.capacity, horizon);
        let mut results = Vec::new();
        for step in self.steps {
            results.push(match &step.step {
                DedupeStep::Forget(key) => {
                    dedupe.forget(DedupeKey::of_text(key));
                    json(&"forgotten")?
                }
                DedupeStep::Observe(key) => {
                    let observation = dedupe.observe(DedupeKey::of_text(key), step.now()?);
                    match observation.since() {
                        None => json(&observation.name())?,
                        Some(since) => json(&RepeatSince { repeat_since: since.as_millis() })?,
                    }
                }
                DedupeStep::Reload(_) => {
                    let bytes = dedupe.snapshot();
                    dedupe = wxkf_core::Dedupe::restore(&bytes, self.capacity, horizon)?;
                    json(&"ok")?
                }
            });
        }
        Ok(results)
    }
}

#[derive(Serialize)]
struct RepeatSince {
    repeat_since: u64,
}

#[derive(Deserialize)]
pub(super) struct Token {
    source: Option<String>,
    steps: Vec<At<TokenOp>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum TokenOp {
    FetchFailed { id: u64, failure: Option<String> },
    Fetched { id: u64, token: String, expires_in: u64 },
    Rejected { token: String },
    Reload(IgnoredAny),
    Step(IgnoredAny),
}

impl Token {
    pub(super) fn run(self) -> Results {
        let source = match self.source.as_deref() {
            Some(name) => TokenSource::from_name(name).ok_or(Failure::BAD_LINE)?,
            None => TokenSource::default(),
        };
        let mut keeper = TokenKeeper::new(source);
        let mut life = Life::default();
        let mut results = Vec::new();
        for step in self.steps {
            results.push(match &step.step {
                TokenOp::FetchFailed { id, failure } => {
                    let failure = match failure.as_deref() {
                        Some(name) => FetchFailure::from_name(name).ok_or(Failure::BAD_LINE)?,
                        None => FetchFailure::Temporary,
                    };
                    changed(keeper.fetch_failed(FetchId::new(life.id(*id)), failure, step.now()?))?
                }
                TokenOp::Fetched { id, token, expires_in } => {
                    let expires_in = Duration::from_secs(*expires_in);
                    let answer = FetchedToken::new(token.as_str(), expires_in);
                    changed(keeper.fetched(FetchId::new(life.id(*id)), answer, step.now()?))?
                }
                TokenOp::Rejected { token } => changed(keeper.rejected(token, step.now()?))?,
                TokenOp::Reload(_) => {
                    keeper = TokenKeeper::restore(&keeper.snapshot())?;
                    json(&"ok")?
                }
                TokenOp::Step(_) => match keeper.step(step.now()?) {
                    TokenStep::Fetch { id, force } => {
                        json(&Fetch { fetch: life.show(id.number(), id.ordinal()), force })?
                    }
                    TokenStep::Use(token) => json(&Use { r#use: token.expose() })?,
                    TokenStep::Wait(until) => json(&Wait { wait_until: until.as_millis() })?,
                },
            });
        }
        Ok(results)
    }
}

fn changed(change: TokenChange) -> Result<Box<RawValue>, Failure> {
    json(&match change {
        TokenChange::Applied => "applied",
        TokenChange::Stale => "stale",
    })
}

#[derive(Serialize)]
struct Fetch {
    fetch: u64,
    force: bool,
}

#[derive(Serialize)]
struct Use<'a> {
    r#use: &'a str,
}

#[derive(Serialize)]
struct Wait {
    wait_until: u64,
}
