use alloc::collections::VecDeque;
use alloc::string::String;

use serde_json::Value;
use wxkf_core::Timestamp;

/// The calls that were refused last, by the id that stands in their `errmsg`.
#[derive(Default)]
pub(crate) struct Journal {
    /// The id, when, and what is known of the call.
    calls: VecDeque<(String, Timestamp, Value)>,
}

impl Journal {
    pub(crate) fn note(&mut self, rid: String, request: Value, now: Timestamp) {
        if self.calls.len() >= REMEMBERED {
            self.calls.pop_front();
        }
        self.calls.push_back((rid, now, request));
    }

    pub(crate) fn find(&self, rid: &str, now: Timestamp) -> Option<&Value> {
        let known = |(known, at, _): &&(String, Timestamp, Value)| {
            known == rid && now.as_secs().saturating_sub(at.as_secs()) < WEEK
        };
        self.calls.iter().find(known).map(|(_, _, request)| request)
    }
}

/// Page 查询 rid 信息, read 2026-11-21.
pub(crate) const WEEK: u64 = 7 * 24 * 3600;
/// Enough for whoever asks soon; the platform keeps all of a week.
const REMEMBERED: usize = 64;
