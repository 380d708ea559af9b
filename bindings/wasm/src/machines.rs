//! The state machines.

use core::time::Duration;

use wasm_bindgen::prelude::wasm_bindgen;
use wxkf_core::{FetchId, FetchedToken, Policy, ReservationId, Timestamp, TokenSource};

use crate::{Thrown, moment, number, thrown};

/// What may be sent to one user.
#[derive(Debug)]
#[wasm_bindgen]
pub struct Conversation(wxkf_core::Conversation);

#[wasm_bindgen]
impl Conversation {
    /// From a snapshot, if there is one.
    #[wasm_bindgen(constructor)]
    pub fn new(policy: &str, snapshot: Option<Vec<u8>>) -> Result<Self, Thrown> {
        let policy = Policy::from_json(policy).map_err(|error| thrown(&error))?;
        match snapshot {
            None => Ok(Self(wxkf_core::Conversation::new(policy))),
            Some(bytes) => wxkf_core::Conversation::restore(&bytes, policy)
                .map(Self)
                .map_err(|error| thrown(&error)),
        }
    }

    /// `new` or `repeat`; nothing if there is no such trigger.
    pub fn observe(
        &mut self,
        key: &str,
        trigger: Option<String>,
        is_message: Option<bool>,
        at: Option<f64>,
        now: f64,
    ) -> Option<String> {
        let push = wxkf_json::push(key, trigger.as_deref(), is_message, at.map(moment))?;
        Some(wxkf_json::observation(self.0.observe(push, moment(now))).into())
    }

    /// Lets the next delivery in.
    pub fn forget(&mut self, key: &str) {
        self.0.forget(wxkf_json::dedupe_key(key));
    }

    /// The JSON of a reservation or of a refusal.
    pub fn reserve(&mut self, now: f64) -> String {
        match self.0.reserve(moment(now)) {
            Ok(reservation) => wxkf_json::reservation(reservation),
            Err(refusal) => wxkf_json::refusal(refusal),
        }
    }

    /// The JSON of what came of it; nothing if there is no such settlement.
    pub fn settle(
        &mut self,
        id: f64,
        settlement: &str,
        errcode: Option<f64>,
        now: f64,
    ) -> Option<String> {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "return codes are small, and it saturates"
        )]
        let settlement = wxkf_json::settlement(settlement, errcode.map(|code| code as i64))?;
        let id = ReservationId::new(moment(id).as_millis());
        Some(wxkf_json::settled(self.0.settle(id, settlement, moment(now))))
    }

    /// The JSON of a refusal, if it is refused.
    pub fn start_typing(&mut self, now: f64) -> Option<String> {
        self.0.start_typing(moment(now)).err().map(wxkf_json::refusal)
    }

    /// Whatever was shown is shown no longer.
    pub fn stop_typing(&mut self) {
        self.0.stop_typing();
    }

    /// The JSON of [`wxkf_json::allowance`].
    pub fn allowance(&self, now: f64) -> String {
        wxkf_json::allowance(&self.0.allowance(moment(now)))
    }

    /// When time alone changes something.
    pub fn next_deadline(&self) -> Option<f64> {
        millis(self.0.next_deadline())
    }

    /// How long a store has to keep it.
    pub fn keep_until(&self) -> Option<f64> {
        millis(self.0.keep_until())
    }

    /// It in bytes.
    pub fn snapshot(&self) -> Vec<u8> {
        self.0.snapshot()
    }
}

/// A memory of push keys.
#[derive(Debug)]
#[wasm_bindgen]
pub struct Dedupe(wxkf_core::Dedupe);

#[wasm_bindgen]
impl Dedupe {
    /// From a snapshot, if there is one.
    #[wasm_bindgen(constructor)]
    pub fn new(capacity: u32, horizon_ms: f64, snapshot: Option<Vec<u8>>) -> Result<Self, Thrown> {
        let capacity = usize::try_from(capacity).unwrap_or(usize::MAX);
        let horizon = Duration::from_millis(moment(horizon_ms).as_millis());
        match snapshot {
            None => Ok(Self(wxkf_core::Dedupe::new(capacity, horizon))),
            Some(bytes) => wxkf_core::Dedupe::restore(&bytes, capacity, horizon)
                .map(Self)
                .map_err(|error| thrown(&error)),
        }
    }

    /// Since when it is known; nothing if it is new.
    pub fn observe(&mut self, key: &str, now: f64) -> Option<f64> {
        millis(wxkf_json::seen(self.0.observe(wxkf_json::dedupe_key(key), moment(now))))
    }

    /// Lets the next delivery in.
    pub fn forget(&mut self, key: &str) {
        self.0.forget(wxkf_json::dedupe_key(key));
    }

    /// How many keys there are.
    pub fn size(&self) -> f64 {
        number(u64::try_from(self.0.len()).unwrap_or(u64::MAX))
    }

    /// It in bytes.
    pub fn snapshot(&self) -> Vec<u8> {
        self.0.snapshot()
    }
}

/// The token of an account.
#[derive(Debug)]
#[wasm_bindgen]
pub struct TokenKeeper(wxkf_core::TokenKeeper);

#[wasm_bindgen]
impl TokenKeeper {
    /// Nothing if there is no such source.
    pub fn of_source(source: &str, refresh_token: Option<String>) -> Option<Self> {
        match (TokenSource::from_name(source)?, refresh_token) {
            (TokenSource::Authorizer, Some(token)) => {
                Some(Self(wxkf_core::TokenKeeper::with_refresh_token(token)))
            }
            (source, _) => Some(Self(wxkf_core::TokenKeeper::new(source))),
        }
    }

    /// From a snapshot.
    pub fn restore(snapshot: &[u8]) -> Result<Self, Thrown> {
        let restored = wxkf_core::TokenKeeper::restore(snapshot);
        restored.map(Self).map_err(|error| thrown(&error))
    }

    /// The JSON of [`wxkf_json::token_step`].
    pub fn step(&mut self, now: f64) -> String {
        wxkf_json::token_step(&self.0.step(moment(now)))
    }

    /// `applied` or `stale`.
    pub fn fetched(
        &mut self,
        id: f64,
        token: &str,
        expires_in_s: f64,
        refresh_token: Option<String>,
        now: f64,
    ) -> String {
        let expires_in = Duration::from_secs(moment(expires_in_s).as_millis());
        let mut answer = FetchedToken::new(token, expires_in);
        if let Some(token) = refresh_token {
            answer = answer.refresh_token(token);
        }
        wxkf_json::token_change(self.0.fetched(fetch(id), answer, moment(now))).into()
    }

    /// Nothing if there is no such failure.
    pub fn fetch_failed(&mut self, id: f64, failure: &str, now: f64) -> Option<String> {
        let failure = wxkf_json::fetch_failure(failure)?;
        let change = self.0.fetch_failed(fetch(id), failure, moment(now));
        Some(wxkf_json::token_change(change).into())
    }

    /// `applied` or `stale`.
    pub fn rejected(&mut self, token: &str, now: f64) -> String {
        wxkf_json::token_change(self.0.rejected(token, moment(now))).into()
    }

    /// The refresh token of an authorizer, to keep.
    pub fn refresh_token(&self) -> Option<String> {
        self.0.refresh_token().map(|token| token.expose().into())
    }

    /// When time alone changes something.
    pub fn next_deadline(&self) -> Option<f64> {
        millis(self.0.next_deadline())
    }

    /// It in bytes.
    pub fn snapshot(&self) -> Vec<u8> {
        self.0.snapshot()
    }
}

fn fetch(id: f64) -> FetchId {
    FetchId::new(moment(id).as_millis())
}

fn millis(at: Option<Timestamp>) -> Option<f64> {
    at.map(|at| number(at.as_millis()))
}
