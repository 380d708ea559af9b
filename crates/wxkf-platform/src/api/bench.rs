//! A platform with a client that makes its calls by `wxkf_core::api`, for the tests.

use alloc::format;
use alloc::string::String;
use core::time::Duration;

use serde_json::Value;
use wxkf_core::api::{self, Outcome, Response};
use wxkf_core::{Fresh, Inbound, Query, Received, Reply, Timestamp};

use super::{Answer, Call};
use crate::callback::PushAnswer;
use crate::platform::Platform;
use crate::push::AttemptId;
use crate::setup::Setup;

pub(crate) struct Bench {
    pub(crate) platform: Platform,
    pub(crate) now: Timestamp,
    pub(crate) token: String,
}

impl Bench {
    pub(crate) fn new(setup: Setup) -> Self {
        let now = Timestamp::from_secs(1_796_000_000);
        let platform = Platform::new(setup, 1).unwrap();
        let mut bench = Self { platform, now, token: String::new() };
        bench.fetch_token();
        bench
    }

    pub(crate) fn wait(&mut self, secs: u64) {
        self.now = self.now.saturating_add(Duration::from_secs(secs));
    }

    pub(crate) fn fetch_token(&mut self) {
        let Setup { app_id, secret, .. } = &self.platform.setup;
        let ask = format!(r#"{{"appid":"{app_id}","secret":"{secret}"}}"#);
        let answer = self.say("token", &ask).unwrap();
        self.token = answer["access_token"].as_str().unwrap().into();
    }

    /// A call by its name: what was answered, as the core decodes it, or the errcode.
    pub(crate) fn say(&mut self, name: &str, params: &str) -> Result<Value, i64> {
        let request = api::request(name, params).unwrap();
        let target = request.target(&self.token);
        let mut call = Call::new(request.method().name(), &target).body(request.body());
        call.content_type = request.content_type();
        let answer = self.platform.call(&call, self.now);
        let mut response = Response::new(answer.status, &answer.body);
        response = response.content_type(&answer.content_type);
        match api::decode(name, response).unwrap() {
            Outcome::Accepted(json) => Ok(serde_json::from_str(&json).unwrap()),
            Outcome::Rejected(rejection) => {
                let time = rejection.rid_time().map(Timestamp::as_secs);
                assert_eq!(time, Some(self.now.as_secs()));
                assert!(!rejection.errmsg.starts_with("system error"), "{rejection}");
                Err(rejection.errcode)
            }
        }
    }

    /// A call that the core would not make.
    pub(crate) fn post(&mut self, path: &str, body: &str) -> Result<Value, i64> {
        let target = format!("{path}?access_token={}", self.token);
        let answer =
            self.platform.call(&Call::new("POST", &target).body(body.as_bytes()), self.now);
        plain(&answer)
    }

    pub(crate) fn get(&mut self, target: &str) -> Result<Value, i64> {
        plain(&self.platform.call(&Call::new("GET", target), self.now))
    }

    /// The one push of this moment.
    pub(crate) fn attempt(&mut self) -> (AttemptId, Received) {
        let attempts = self.platform.attempts(self.now);
        let [attempt] = attempts.as_slice() else { panic!("{attempts:?}") };
        let query = Query::parse(&attempt.query).unwrap();
        let received = self.platform.account.receive(&query, &attempt.body, self.now).unwrap();
        (attempt.id, received)
    }

    /// The one push of this moment, answered with `success`.
    pub(crate) fn receive(&mut self) -> Inbound {
        let (id, received) = self.attempt();
        assert!(self.answer(id, b"success"));
        received.into_inbound()
    }

    /// Whether the platform takes these bytes for an answer.
    pub(crate) fn answer(&mut self, id: AttemptId, bytes: &[u8]) -> bool {
        let before = self.platform.stats().acknowledged;
        self.platform.answer_push(id, PushAnswer::Answered(bytes), self.now);
        self.platform.stats().acknowledged > before
    }

    /// Whether it takes this reply to the one push of this moment.
    pub(crate) fn reply(&mut self, reply: &Reply) -> bool {
        let (id, received) = self.attempt();
        let seal = Fresh::new([1; 16], self.now);
        let body = self.platform.account.reply(&received, reply, seal).unwrap();
        self.answer(id, &body.bytes)
    }
}

fn plain(answer: &Answer) -> Result<Value, i64> {
    let value: Value = serde_json::from_slice(&answer.body).unwrap();
    match value.get("errcode").and_then(Value::as_i64).unwrap_or_default() {
        0 => Ok(value),
        errcode => Err(errcode),
    }
}
