use alloc::string::ToString;
use core::time::Duration;

use super::presets::{self, Preset};
use super::times::{self, PolicyTime};
use crate::error::{Code, Error};
use crate::message::Trigger;
use crate::params::{Object, Value, lone_text};

/// The numbers by which a [`Conversation`](super::Conversation) decides.
///
/// What WeChat grants has changed at least five times, so it is data: a preset with the tables of
/// a day, which may be overridden row by row, in code or from JSON; so may each [`PolicyTime`].
///
/// ```
/// use core::time::Duration;
/// use wxkf_core::{Policy, PolicyTime, QuotaRule, Trigger};
///
/// let policy = Policy::mini_program().cautious();
/// assert_eq!(policy.rule(Trigger::Enter), Some(QuotaRule::new(2, Duration::from_secs(60))));
///
/// let same = Policy::from_json(r#"{"preset":"mini_program","cautious":true}"#)?;
/// assert_eq!(policy, same);
///
/// let older = Policy::from_json(r#"{
///     "preset": "official_account",
///     "rules": {"message": {"limit": 20, "window_s": 172800}, "scan": null}
/// }"#)?;
/// assert_eq!(older.rule(Trigger::Scan), None);
///
/// let patient = Policy::mini_program().with_time(PolicyTime::Travel, Duration::from_secs(120))?;
/// assert_eq!(patient, Policy::from_json(r#"{"preset":"mini_program","travel_ms":120000}"#)?);
/// # Ok::<(), wxkf_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    pub(super) rules: [Option<QuotaRule>; Trigger::COUNT],
    pub(super) is_cautious: bool,
    /// By the index of [`PolicyTime`].
    times: [Duration; PolicyTime::ALL.len()],
}

/// What one kind of action grants: so many messages, for so long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct QuotaRule {
    pub(super) limit: u8,
    pub(super) window: Duration,
}

impl QuotaRule {
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
        let mut policy =
            Self { rules: [None; Trigger::COUNT], is_cautious: false, times: times::defaults() };
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
    pub fn with_rule(mut self, trigger: Trigger, rule: Option<QuotaRule>) -> Self {
        if let Some(row) = self.rules.get_mut(trigger.index()) {
            *row = rule.filter(|_| trigger != Trigger::Unsubscribe);
        }
        self
    }

    /// What this kind of action grants.
    #[must_use]
    pub fn rule(&self, trigger: Trigger) -> Option<QuotaRule> {
        self.rules.get(trigger.index()).copied().flatten()
    }

    /// Another time. Each doc of [`PolicyTime`] says what it is for and what it is by default.
    ///
    /// # Errors
    /// [`Code::PolicyInvalid`] for more than a day, and for a [`Hold`](PolicyTime::Hold) below a second.
    /// What is finer than a millisecond is cut off.
    pub fn with_time(mut self, time: PolicyTime, length: Duration) -> Result<Self, Error> {
        let field = || [time.name(), "_ms"].concat();
        let length = u64::try_from(length.as_millis()).unwrap_or(u64::MAX);
        if !times::range(time).contains(&length) {
            return Err(invalid(&field(), "not a time in its range"));
        }
        if let Some(row) = self.times.get_mut(time as usize) {
            *row = Duration::from_millis(length);
        }
        Ok(self)
    }

    /// One of the times.
    #[must_use]
    pub fn time(&self, time: PolicyTime) -> Duration {
        self.times.get(time as usize).copied().unwrap_or_default()
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
    /// ([`Trigger::name`]) has `limit` and `window_s`, or is `null`. Each [`PolicyTime`] is its name with
    /// `_ms`, in milliseconds and within the range of [`with_time`](Self::with_time): `margin_ms`,
    /// `hold_ms`, `lag_ms`, `retry_ms`, `delay_ms`, `travel_ms`, `repeat_ms`, `traffic_ms` and
    /// `typing_ms`.
    ///
    /// # Errors
    /// [`Code::PolicyInvalid`] names the field; unknown fields are errors too.
    pub fn from_json(json: &str) -> Result<Self, Error> {
        let no_object = || {
            Error::new(Code::PolicyInvalid)
                .because("neither a JSON object nor the name of a preset")
        };
        if !json.trim_ascii_start().starts_with('{') {
            let name = lone_text(json).ok_or_else(no_object)?;
            return Self::preset(&name).ok_or_else(|| invalid("preset", "no such preset"));
        }
        let object = Object::from_json(json).map_err(|error| match error.field() {
            None => no_object(),
            Some(_) => error.recoded(Code::PolicyInvalid),
        })?;
        let name = object.text("preset").ok_or_else(|| invalid("preset", "missing"))?;
        let mut policy = Self::preset(name).ok_or_else(|| invalid("preset", "no such preset"))?;
        for (name, value) in object.members() {
            match name {
                "preset" => {}
                "cautious" => {
                    let Value::Bool(is_cautious) = value else {
                        return Err(invalid(name, "neither true nor false"));
                    };
                    policy.is_cautious = *is_cautious;
                }
                "rules" => policy.read_rules(value)?,
                _ => {
                    let time = name.strip_suffix("_ms").and_then(PolicyTime::from_name);
                    let time = time.ok_or_else(|| invalid(name, "no such field"))?;
                    // What is no number is in no range.
                    let millis = number(value).unwrap_or(u64::MAX);
                    policy = policy.with_time(time, Duration::from_millis(millis))?;
                }
            }
        }
        Ok(policy)
    }

    fn read_rules(&mut self, rules: &Value<'_>) -> Result<(), Error> {
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

fn read_rule(row: &Object<'_>, path: &str) -> Result<QuotaRule, Error> {
    if let Some((name, _)) = row.members().find(|(name, _)| !["limit", "window_s"].contains(name)) {
        return Err(invalid(&[path, ".", name].concat(), "no such field"));
    }
    let read = |name, limit| {
        let value = row.get(name).and_then(number).filter(|value| *value <= limit);
        value.ok_or_else(|| invalid(&[path, ".", name].concat(), "not a number in its range"))
    };
    let limit = u8::try_from(read("limit", MAX_LIMIT)?).unwrap_or(u8::MAX);
    Ok(QuotaRule::new(limit, Duration::from_secs(read("window_s", MAX_WINDOW.as_secs())?)))
}

fn number(value: &Value<'_>) -> Option<u64> {
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
