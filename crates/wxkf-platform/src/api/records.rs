use alloc::vec::Vec;

use serde_json::{Value, json};
use wxkf_core::Timestamp;

use super::call::{Answer, Call};
use crate::chat::{Line, Speaker};
use crate::platform::Platform;

/// Page 获取聊天记录, read 2026-11-21: everything that was said to users and by them, as far as the
/// setup keeps it. `msgid` counts the records of the time asked for, from 1.
pub(super) fn list(platform: &mut Platform, call: &Call<'_>, _: Timestamp) -> Result<Answer, i64> {
    let body = call.json()?;
    let number = |name| body.number(name).ok_or(65_416);
    let (start, end) = (number("starttime")?, number("endtime")?);
    let (first, count) = (number("msgid")?, number("number")?);
    if end < start || first == 0 || !(1..=MAX_RECORDS).contains(&count) {
        return Err(65_416);
    }
    if end.saturating_sub(start) > DAY {
        return Err(65_417);
    }
    let lines = platform.users.iter().flat_map(|(user, state)| {
        state.chat.iter().map(move |line| (line.at, user.as_str(), line))
    });
    let mut lines: Vec<_> = lines
        .filter(|(at, _, line)| (start..=end).contains(&at.as_secs()) && is_said(line))
        .collect();
    // Lines of one user and one moment stay in their order.
    lines.sort_by_key(|(at, user, _)| (*at, *user));
    let skipped = usize::try_from(first.saturating_sub(1)).unwrap_or(usize::MAX);
    let page = lines.into_iter().skip(skipped).zip(0..count);
    let records: Vec<Value> = page.map(|((_, user, line), _)| record(user, line)).collect();
    let taken = u64::try_from(records.len()).unwrap_or(u64::MAX);
    Ok(Answer::json(&json!({
        "number": taken,
        "msgid": first.saturating_add(taken),
        "recordlist": records,
    })))
}

fn is_said(line: &Line) -> bool {
    line.speaker != Speaker::System && line.msg_type != "event"
}

fn record(user: &str, line: &Line) -> Value {
    json!({
        "openid": user,
        "opercode": if line.speaker == Speaker::User { 2003 } else { 2002 },
        "text": line.text,
        "time": line.at.as_secs(),
        "worker": line.kf_account.as_deref().unwrap_or_default(),
    })
}

const DAY: u64 = 24 * 3600;
const MAX_RECORDS: u64 = 10_000;
