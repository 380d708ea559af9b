use alloc::string::ToString;
use core::time::Duration;

use super::presets::{self, Preset};
use crate::api::value::{Object, Value};
use crate::codec;
use crate::error::{Code, Error};
use crate::message::Trigger;

/// The numbers by which a [`Conversation`](super::Conversation) decides.
///
/// What WeChat grants has changed at least five times, so it is data: a preset with the tables of
/// a day, which may be overridden row by row, in code or from JSON.
///
/// ```
/// use core::time::Duration;
/// use wxkf_core::{Policy, Rule, Trigger};
///
/// let policy = Policy::mini_program().cautious();
/// assert_eq!(policy.rule(Trigger::Enter), Some(Rule::new(2, Duration::from_secs(60))));
///
/// let same = Policy::from_json(r#"{"preset":"mini_program","cautious":true}"#)?;
/// assert_eq!(policy, same);
///
/// let older = Policy::from_json(r#"{
///     "preset": "official_account",
///     "rules": {"message": {"limit": 20, "window_s": 172800}, "scan": null}
/// }"#)?;
/// assert_eq!(older.rule(Trigger::Scan), None);
/// # Ok::<(), wxkf_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    pub(super) rules: [Option<Rule>; Trigger::COUNT],
    pub(super) is_cautious: bool,
    /// Before the end of a window nothing is promised for this long.
    pub(super) margin: Duration,
    /// After this, a reservation that nobody settled is given up.
    pub(super) hold: Duration,
    /// So long after a user's message the sending side may not yet know of it.
    pub(super) lag: Duration,
    /// When to try again what was refused because of that.
    pub(super) retry: Duration,
    /// For so long a push may be under way; later ones are believed less.
    pub(super) delay: Duration,
    /// For so long a push is known to have been here.
    pub(super) repeat: Duration,
    /// There must have been a message within this time before typing may be shown.
    pub(super) traffic: Duration,
    /// Typing is shown for this long.
    pub(super) typing: Duration,
}

/// What one kind of action grants: so many messages, for so long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rule {
    pub(super) limit: u8,
    pub(super) window: Duration,
}

impl Rule {
    /// `limit` messages within `window`, counted from the action. A window of more than 30 days
    /// counts as 30 days.
    #[must_use]
    pub const fn new(limit: u8, window: Duration) -> Self {
        let window = if window.as_secs() > MAX_WINDOW.as_secs() { MAX_WINDOW } else { window };
        Self { limit, window }
    }

    /// How many messages.
    #[must_use]
    pub const fn limit(&self) -> u8 {
        self.limit
    }

    /// For how long, from the action on; the end itself is outside.
    #[must_use]
    pub const fn window(&self) -> Duration {
        self.window
    }
}

impl Policy {
    /// A mini program or mini game today: a message grants 5 in 48 hours, opening the chat 2 in one
    /// minute (page 发送客服消息, read 2026-11-21).
    #[must_use]
    pub fn mini_program() -> Self {
        Self::of(&presets::MINI_PROGRAM)
    }

    /// An official account today: a message grants 5 in 48 hours; a menu, a scan and a new follower
    /// 3 in one minute each (page 客服接口-发消息, read 2026-11-21).
    #[must_use]
    pub fn official_account() -> Self {
        Self::of(&presets::OFFICIAL_ACCOUNT)
    }

    /// The preset with this name, today's or one of an earlier date: see [`Policy::presets`].
    #[must_use]
    pub fn preset(name: &str) -> Option<Self> {
        presets::ALL.iter().find(|preset| preset.name == name).map(|preset| Self::of(preset))
    }

    /// The names of the presets, each with the time in which it was in force.
    pub fn presets() -> impl Iterator<Item = (&'static str, &'static str)> {
        presets::ALL.iter().map(|preset| (preset.name, preset.in_force))
    }

    fn of(preset: &Preset) -> Self {
        let mut policy = Self {
            rules: [None; Trigger::COUNT],
            is_cautious: false,
            margin: Duration::from_secs(6),
            hold: Duration::from_secs(60),
            lag: Duration::from_secs(10),
            retry: Duration::from_secs(1),
            delay: Duration::from_secs(60),
            repeat: Duration::from_secs(60),
            traffic: Duration::from_secs(30),
            typing: Duration::from_secs(15),
        };
        for (trigger, rule) in preset.rules {
            policy = policy.with_rule(*trigger, Some(*rule));
        }
        policy
    }

    /// Refuses what is not sure: nothing is tried that the platform might refuse.
    #[must_use]
    pub const fn cautious(mut self) -> Self {
        self.is_cautious = true;
        self
    }

    /// Another rule for one kind of action, or none. [`Trigger::Unsubscribe`] never has one.
    #[must_use]
    pub fn with_rule(mut self, trigger: Trigger, rule: Option<Rule>) -> Self {
        if let Some(row) = self.rules.get_mut(trigger.index()) {
            *row = rule.filter(|_| trigger != Trigger::Unsubscribe);
        }
        self
    }

    /// What this kind of action grants.
    #[must_use]
    pub fn rule(&self, trigger: Trigger) -> Option<Rule> {
        self.rules.get(trigger.index()).copied().flatten()
    }

    /// Whether what is not sure is refused.
    #[must_use]
    pub const fn is_cautious(&self) -> bool {
        self.is_cautious
    }

    /// The most that can ever be left.
    pub(super) fn largest_limit(&self) -> u8 {
        self.rules.iter().flatten().map(|rule| rule.limit).max().unwrap_or_default()
    }

    pub(super) fn longest_window(&self) -> Duration {
        self.rules.iter().flatten().map(|rule| rule.window).max().unwrap_or_default()
    }

    /// Reads the name of a preset, as a JSON string, or an object: `preset`, and what shall differ
    /// from it. `cautious` is `true` or `false`; in `rules` each kind of action
    /// ([`Trigger::name`]) has `limit` and `window_s`, or is `null`. In milliseconds, from 0 to a
    /// day: `margin_ms` (6 000: before the end of a window nothing is sure), `hold_ms` (60 000: a
    /// reservation not settled by then is given up), `lag_ms` (10 000: so soon after a message the
    /// platform may not know of it), `retry_ms` (1 000: then it is tried again), `delay_ms` (60 000:
    /// how long a push may be under way), `repeat_ms` (60 000: how long a push is
    /// remembered, to the second).
    ///
    /// # Errors
    /// [`Code::PolicyInvalid`] names the field; unknown fields are errors too.
    pub fn from_json(json: &str) -> Result<Self, Error> {
        let no_object = || {
            Error::new(Code::PolicyInvalid)
                .because("neither a JSON object nor the name of a preset")
        };
        if !json.trim_ascii_start().starts_with('{') {
            let name = codec::lone_string(json).ok_or_else(no_object)?;
            return Self::preset(&name).ok_or_else(|| invalid("preset", "no such preset"));
        }
        let document = codec::parse_params(json).map_err(|_| no_object())?;
        let object = Object::read(document.root(json))
            .map_err(|error| error.recoded(Code::PolicyInvalid))?;
        let name = object.text("preset").ok_or_else(|| invalid("preset", "missing"))?;
        let mut policy = Self::preset(name).ok_or_else(|| invalid("preset", "no such preset"))?;
        for (name, value) in object.members() {
            let duration = match name {
                "preset" => continue,
                "cautious" => {
                    let Value::Bool(is_cautious) = value else {
                        return Err(invalid(name, "neither true nor false"));
                    };
                    policy.is_cautious = *is_cautious;
                    continue;
                }
                "rules" => {
                    policy.read_rules(value)?;
                    continue;
                }
                "margin_ms" => &mut policy.margin,
                "hold_ms" => &mut policy.hold,
                "lag_ms" => &mut policy.lag,
                "retry_ms" => &mut policy.retry,
                "delay_ms" => &mut policy.delay,
                "repeat_ms" => &mut policy.repeat,
                _ => return Err(invalid(name, "no such field")),
            };
            let least = if name == "hold_ms" { 1000 } else { 0 };
            let millis = number(value).filter(|millis| (least..=86_400_000).contains(millis));
            let millis = millis.ok_or_else(|| invalid(name, "not a time in its range"))?;
            *duration = Duration::from_millis(millis);
        }
        Ok(policy)
    }

    fn read_rules(&mut self, rules: &Value) -> Result<(), Error> {
        let Value::Object(rules) = rules else { return Err(invalid("rules", "not an object")) };
        // `null` says something here: this action grants nothing.
        for (name, row) in rules.all_members() {
            let path = || ["rules.", name].concat();
            let trigger = Trigger::from_name(name).filter(|it| *it != Trigger::Unsubscribe);
            let trigger = trigger.ok_or_else(|| invalid(&path(), "no such action"))?;
            *self = self.clone().with_rule(
                trigger,
                match row {
                    Value::Null => None,
                    Value::Object(row) => Some(read_rule(row, &path())?),
                    _ => return Err(invalid(&path(), "neither an object nor null")),
                },
            );
        }
        Ok(())
    }
}

fn read_rule(row: &Object, path: &str) -> Result<Rule, Error> {
    if let Some((name, _)) = row.members().find(|(name, _)| !["limit", "window_s"].contains(name)) {
        return Err(invalid(&[path, ".", name].concat(), "no such field"));
    }
    let read = |name, limit| {
        let value = row.get(name).and_then(number).filter(|value| *value <= limit);
        value.ok_or_else(|| invalid(&[path, ".", name].concat(), "not a number in its range"))
    };
    let limit = u8::try_from(read("limit", MAX_LIMIT)?).unwrap_or(u8::MAX);
    Ok(Rule::new(limit, Duration::from_secs(read("window_s", MAX_WINDOW.as_secs())?)))
}

fn number(value: &Value) -> Option<u64> {
    match value {
        Value::Number(digits) => digits.parse().ok(),
        _ => None,
    }
}

fn invalid(field: &str, detail: &'static str) -> Error {
    Error::new(Code::PolicyInvalid).field_named(field.to_string()).because(detail)
}

const MAX_WINDOW: Duration = Duration::from_secs(30 * 86_400);
const MAX_LIMIT: u64 = 200;
