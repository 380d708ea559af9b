use time::UtcDateTime;
use wxkf_core::Timestamp;

/// How many whole seconds are left until then.
pub(crate) const fn secs_until(end: Timestamp, now: Timestamp) -> u64 {
    end.as_millis().saturating_sub(now.as_millis()) / 1000
}

/// The day in China, where the platform counts: days since 1970.
pub(crate) const fn day(now: Timestamp) -> u64 {
    now.as_secs().saturating_add(EAST_8) / DAY
}

/// Year and month in China; what is outside the calendar is in none.
pub(crate) fn month(now: Timestamp) -> Option<(i32, u8)> {
    let there = i64::try_from(now.as_secs().saturating_add(EAST_8)).ok()?;
    let date = UtcDateTime::from_unix_timestamp(there).ok()?;
    Some((date.year(), date.month().into()))
}

const EAST_8: u64 = 8 * 3600;
const DAY: u64 = 24 * 3600;

#[cfg(test)]
mod tests {
    use core::time::Duration;

    use super::*;

    #[test]
    fn days_and_months_change_at_midnight_in_china() {
        // 2026-11-30 15:59:59 and 16:00:00 UTC.
        let (before, after) = (1_796_054_399, 1_796_054_400);
        let [before, after] = [before, after].map(Timestamp::from_secs);
        assert_eq!(day(before) + 1, day(after));
        assert_eq!((month(before), month(after)), (Some((2026, 11)), Some((2026, 12))));
        assert_eq!(month(after), month(after.saturating_add(Duration::from_secs(31 * DAY - 1))));
        assert_ne!(month(after), month(after.saturating_add(Duration::from_secs(31 * DAY))));
    }
}
