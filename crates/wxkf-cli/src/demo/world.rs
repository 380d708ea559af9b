//! What is around a host: the time, the network, and WeChat at the other end of it.

use core::time::Duration;
use std::io;

use wxkf_core::api::Request;
use wxkf_core::{HttpBody, Timestamp};
use wxkf_platform::{Action, Answer, Attempt, Call, Platform, PushAnswer};

use super::stage::Stage;
use super::{Stop, USER};

pub(super) struct World<'o> {
    pub(super) stage: Stage<'o>,
    pub(super) wechat: Platform,
    pub(super) now: Timestamp,
    seals: u8,
}

impl<'o> World<'o> {
    pub(super) const fn new(stage: Stage<'o>, wechat: Platform, now: Timestamp) -> Self {
        Self { stage, wechat, now, seals: 0 }
    }

    /// The time is a variable, and nobody sleeps.
    pub(super) fn pass(&mut self, time: Duration, english: &str, chinese: &str) -> io::Result<()> {
        self.now = self.now.saturating_add(time);
        let text = format!("⋯ {}", self.stage.say(english, chinese));
        self.stage.note(&text, &text)
    }

    pub(super) fn wait_until(&mut self, until: Timestamp) -> io::Result<()> {
        let text = format!("⋯ {}", span(until, self.now));
        self.now = until;
        self.stage.note(&text, &text)
    }

    /// The user does something, and WeChat pushes it.
    pub(super) fn act(&mut self, action: Action<'_>) -> Result<Attempt, Stop> {
        self.wechat.act(USER, action, self.now);
        self.push()
    }

    /// The push that WeChat sends now.
    pub(super) fn push(&mut self) -> Result<Attempt, Stop> {
        let attempt = self
            .wechat
            .attempts(self.now)
            .pop()
            .ok_or(Stop::Script("WeChat has nothing to push"))?;
        let body = String::from_utf8_lossy(&attempt.body);
        let line = format!("POST /wechat?…  {body}  ({} bytes)", body.len());
        self.stage.comes(&line)?;
        Ok(attempt)
    }

    /// The host answers a push.
    pub(super) fn answer(&mut self, attempt: &Attempt, answer: &HttpBody) -> io::Result<()> {
        let body = String::from_utf8_lossy(&answer.bytes);
        self.stage.goes(&format!("200 {}  {body}  ({} bytes)", answer.content_type, body.len()))?;
        self.wechat.answer_push(attempt.id, PushAnswer::Answered(&answer.bytes), self.now);
        Ok(())
    }

    /// The host's HTTP client.
    pub(super) fn http(&mut self, request: &Request, token: &str) -> io::Result<Answer> {
        let (method, target) = (request.method().name(), request.target(token));
        let body = String::from_utf8_lossy(request.body());
        self.stage.goes(&brief(&format!("{method} {target}  {body}")))?;
        let mut call = Call::new(method, &target).body(request.body());
        if let Some(content_type) = request.content_type() {
            call = call.content_type(content_type);
        }
        let answer = self.wechat.call(&call, self.now);
        self.now = self.now.saturating_add(ROUND_TRIP);
        self.stage.comes(&brief(&String::from_utf8_lossy(&answer.body)))?;
        Ok(answer)
    }

    /// A host takes 16 fresh random bytes for each seal. Here every run is to look the same.
    pub(super) const fn random(&mut self) -> [u8; 16] {
        self.seals = self.seals.wrapping_add(37);
        [self.seals; 16]
    }
}

/// Tokens, secrets and openids are shown by their first characters.
pub(super) fn brief(text: &str) -> String {
    let is_end = |character: char| !character.is_ascii_alphanumeric() && character != '_';
    let pieces = text.split_inclusive(is_end).map(|piece| {
        let word = piece.trim_end_matches(is_end);
        match (word.get(..SHOWN), piece.strip_prefix(word)) {
            (Some(start), Some(rest)) if word.len() > LONG => format!("{start}…{rest}"),
            _ => piece.into(),
        }
    });
    pieces.collect()
}

/// How far two moments are apart, for people.
pub(super) fn span(one: Timestamp, other: Timestamp) -> String {
    let seconds = one.distance(other).as_millis().saturating_add(500) / 1000;
    match seconds {
        0..120 => format!("{seconds} s"),
        120..3600 => format!("{} min", seconds.saturating_add(30) / 60),
        _ => format!("{} h", seconds.saturating_add(1800) / 3600),
    }
}

const ROUND_TRIP: Duration = Duration::from_millis(100);
const LONG: usize = 24;
const SHOWN: usize = 6;
