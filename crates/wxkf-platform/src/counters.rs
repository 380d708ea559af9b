use alloc::collections::BTreeMap;

use wxkf_core::Timestamp;

use crate::time::{day, month};

/// How often each call was made today, and how often the counts were set to zero this month.
#[derive(Default)]
pub(crate) struct Counters {
    day: u64,
    used: BTreeMap<&'static str, u64>,
    month: Option<(i32, u8)>,
    clears: u32,
    component_clears: u32,
    single_clears: u32,
}

impl Counters {
    /// Counts a call; the errcode if the day's are used up.
    pub(crate) fn count(
        &mut self,
        path: &'static str,
        limit: u64,
        now: Timestamp,
    ) -> Result<(), i64> {
        self.turn(now);
        let used = self.used.entry(path).or_default();
        if *used >= limit {
            return Err(45_009);
        }
        *used = used.saturating_add(1);
        Ok(())
    }

    /// How often a call was made today.
    pub(crate) fn used(&mut self, path: &str, now: Timestamp) -> u64 {
        self.turn(now);
        self.used.get(path).copied().unwrap_or_default()
    }

    /// Sets all counts of the account to zero, ten times a month.
    pub(crate) fn clear(&mut self, now: Timestamp) -> Result<(), i64> {
        self.turn(now);
        if self.clears >= CLEARS_A_MONTH {
            return Err(48_006);
        }
        self.clears = self.clears.saturating_add(1);
        self.used.retain(|path, _| path.starts_with(COMPONENT_PATHS));
        Ok(())
    }

    /// Sets those of the third-party platform to zero, as often.
    pub(crate) fn clear_component(&mut self, now: Timestamp) -> Result<(), i64> {
        self.turn(now);
        if self.component_clears >= CLEARS_A_MONTH {
            return Err(48_006);
        }
        self.component_clears = self.component_clears.saturating_add(1);
        self.used.retain(|path, _| !path.starts_with(COMPONENT_PATHS));
        Ok(())
    }

    /// Sets one count to zero, fifty times a month.
    pub(crate) fn clear_one(&mut self, path: &str, now: Timestamp) -> Result<(), i64> {
        self.turn(now);
        if self.single_clears >= SINGLE_CLEARS_A_MONTH {
            return Err(48_006);
        }
        self.single_clears = self.single_clears.saturating_add(1);
        self.used.remove(path);
        Ok(())
    }

    fn turn(&mut self, now: Timestamp) {
        if self.day != day(now) {
            self.day = day(now);
            self.used.clear();
        }
        if self.month != month(now) {
            self.month = month(now);
            (self.clears, self.component_clears, self.single_clears) = (0, 0, 0);
        }
    }
}

/// What a third-party platform calls for itself.
const COMPONENT_PATHS: &str = "/cgi-bin/component/";
/// Page 重置 API 调用次数, read 2026-11-21.
const CLEARS_A_MONTH: u32 = 10;
/// Page 重置指定 API 调用次数, read 2026-11-21.
const SINGLE_CLEARS_A_MONTH: u32 = 50;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_end_with_the_day_and_can_be_cleared_ten_times_a_month() {
        let mut counters = Counters::default();
        let start = Timestamp::from_secs(1_796_000_000);
        let tomorrow = Timestamp::from_secs(1_796_000_000 + 24 * 3600);
        assert_eq!(counters.count("/a", 1, start), Ok(()));
        assert_eq!(counters.count("/a", 1, start), Err(45_009));
        assert_eq!(counters.used("/a", start), 1);
        assert_eq!(counters.count("/a", 1, tomorrow), Ok(()));
        for _ in 0..10 {
            assert_eq!(counters.clear(tomorrow), Ok(()));
        }
        assert_eq!(counters.used("/a", tomorrow), 0);
        assert_eq!(counters.clear(tomorrow), Err(48_006));
        assert_eq!(counters.clear_one("/a", tomorrow), Ok(()));
    }
}
