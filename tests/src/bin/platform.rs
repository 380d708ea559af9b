//! The model of the platform behind a pipe: one JSON object a line comes in, one goes out, in order.
//! Whoever wants to be called over HTTP puts a server in front of it (`bindings/wasm/npm/test/support`).
//!
//! The first line is `{"op":"new", …}`, with the account as the other side configures it. Bodies are
//! texts; uploads do not come through here.

use std::collections::HashMap;
use std::io::{self, BufRead, Write};
use std::time::Duration;

use serde_json::{Value, json};
use wxkf_core::{Format, Mode, Timestamp};
use wxkf_platform::{
    Action, AttemptId, Call, Line, Platform, PushAnswer, Remaining, Setup, Speaker,
};

fn main() -> io::Result<()> {
    let (input, mut output) = (io::stdin().lock(), io::stdout().lock());
    let mut bridge = None;
    for line in input.lines() {
        let answer = match serde_json::from_str(&line?) {
            Ok(order) => obey(&mut bridge, &Order(order)),
            Err(error) => Err(error.to_string()),
        };
        let answer = answer.unwrap_or_else(|error| json!({ "error": error }));
        writeln!(output, "{answer}")?;
        output.flush()?;
    }
    Ok(())
}

/// The platform, and the attempts that it has begun, by numbers that fit into JSON.
struct Bridge {
    platform: Platform,
    attempts: HashMap<u64, AttemptId>,
    last: u64,
    /// Moments must not go back.
    now: Timestamp,
}

struct Order(Value);

impl Order {
    fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).and_then(Value::as_str)
    }

    fn need(&self, name: &str) -> Result<&str, String> {
        self.text(name).ok_or_else(|| format!("no {name}"))
    }

    fn number(&self, name: &str) -> Option<u64> {
        self.0.get(name).and_then(Value::as_u64)
    }

    fn millis(&self, name: &str) -> Option<Duration> {
        self.number(name).map(Duration::from_millis)
    }
}

fn obey(bridge: &mut Option<Bridge>, order: &Order) -> Result<Value, String> {
    let now = Timestamp::from_millis(order.number("now").unwrap_or_default());
    match (order.need("op")?, bridge) {
        ("new", bridge) => {
            let seed = order.number("seed").unwrap_or(1);
            let platform = Platform::new(setup(order)?, seed).map_err(|error| error.to_string())?;
            *bridge = Some(Bridge { platform, attempts: HashMap::new(), last: 0, now });
            Ok(json!({}))
        }
        (_, None) => Err("the first order has to be new".into()),
        (op, Some(bridge)) => {
            bridge.now = bridge.now.max(now);
            bridge.obey(op, order)
        }
    }
}

fn setup(order: &Order) -> Result<Setup, String> {
    let mut setup = match order.need("kind")? {
        "mini_program" => Setup::mini_program(),
        "official_account" => Setup::official_account(),
        kind => return Err(format!("no kind {kind}")),
    };
    setup = setup.app_id(order.need("app_id")?).secret(order.need("secret")?);
    setup = setup.token(order.need("token")?).encoding_aes_key(order.need("encoding_aes_key")?);
    if let Some(mode) = order.text("mode").and_then(Mode::from_name) {
        setup = setup.mode(mode);
    }
    if let Some(format) = order.text("format").and_then(Format::from_name) {
        setup = setup.format(format);
    }
    if let Some(lateness) = order.millis("lateness_ms") {
        setup = setup.lateness(lateness);
    }
    if let Some(lifetime) = order.millis("token_lifetime_ms") {
        setup = setup.token_lifetime(lifetime);
    }
    if let Some(overlap) = order.millis("token_overlap_ms") {
        setup = setup.token_overlap(overlap);
    }
    Ok(setup)
}

impl Bridge {
    fn obey(&mut self, op: &str, order: &Order) -> Result<Value, String> {
        let now = self.now;
        match op {
            "act" => self.platform.act(order.need("user")?, action(order)?, now),
            "attempts" => return Ok(self.attempts()),
            "answer" => {
                let id = order.number("id").and_then(|id| self.attempts.remove(&id));
                let id = id.ok_or("no such attempt")?;
                let answer = match order.text("body") {
                    Some(body) => PushAnswer::Answered(body.as_bytes()),
                    None => PushAnswer::Failed,
                };
                self.platform.answer_push(id, answer, now);
            }
            "call" => {
                let mut call = Call::new(order.need("method")?, order.need("target")?);
                call = call.body(order.text("body").unwrap_or_default().as_bytes());
                if let Some(content_type) = order.text("content_type") {
                    call = call.content_type(content_type);
                }
                let answer = self.platform.call(&call, now);
                return Ok(json!({
                    "status": answer.status,
                    "content_type": answer.content_type,
                    "body": String::from_utf8_lossy(&answer.body),
                }));
            }
            "kill_token" => self.platform.kill_token(now),
            "stats" => return Ok(self.stats()),
            "user" => return self.user(order.need("user")?),
            "verification" => {
                let (query, echo) = self.platform.verification(now);
                return Ok(json!({ "query": query, "echo": echo }));
            }
            op => return Err(format!("no op {op}")),
        }
        Ok(json!({}))
    }

    /// What is to be posted now, and when to ask again.
    fn attempts(&mut self) -> Value {
        let started = self.platform.attempts(self.now);
        let started: Vec<_> = started
            .into_iter()
            .map(|attempt| {
                self.last += 1;
                self.attempts.insert(self.last, attempt.id);
                json!({
                    "id": self.last,
                    "number": attempt.number,
                    "query": attempt.query,
                    "body": String::from_utf8_lossy(&attempt.body),
                })
            })
            .collect();
        let next = self.platform.next_deadline().map(Timestamp::as_millis);
        json!({ "attempts": started, "next": next })
    }

    fn stats(&self) -> Value {
        let stats = self.platform.stats();
        json!({
            "pushes": stats.pushes,
            "attempts": stats.attempts,
            "acknowledged": stats.acknowledged,
            "given_up": stats.given_up,
            "sent": stats.sent,
            "refused": stats.refused,
            "calls": stats.calls,
        })
    }

    fn user(&self, user: &str) -> Result<Value, String> {
        let Remaining { count, closes_at, .. } = self.platform.remaining(user, self.now);
        let chat: Vec<_> = self.platform.chat(user).iter().map(line).collect();
        Ok(json!({
            "remaining": count,
            "closes_at": closes_at.map(Timestamp::as_millis),
            "typing": self.platform.is_typing(user, self.now),
            "chat": chat,
        }))
    }
}

fn action(order: &Order) -> Result<Action<'_>, String> {
    let text = order.text("text").unwrap_or_default();
    Ok(match order.need("action")? {
        "enter" => Action::Enter(text),
        "menu" => Action::TapMenu(text),
        "scan" => Action::Scan(text),
        "subscribe" => Action::Subscribe(text),
        "unsubscribe" => Action::Unsubscribe,
        "write" => Action::Write(text),
        action => return Err(format!("no action {action}")),
    })
}

fn line(line: &Line) -> Value {
    let speaker = match line.speaker {
        Speaker::Bot => "bot",
        Speaker::User => "user",
        Speaker::System => "system",
        _ => "elsewhere",
    };
    json!({ "speaker": speaker, "msg_type": line.msg_type, "text": line.text })
}
