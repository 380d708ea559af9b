use core::time::Duration;

use wxkf_core::Timestamp;

/// The moment that much later.
pub(crate) fn after(at: Timestamp, duration: Duration) -> Timestamp {
    let millis = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
    Timestamp::from_millis(at.as_millis().saturating_add(millis))
}

/// How many whole seconds are left until then.
pub(crate) const fn secs_until(end: Timestamp, now: Timestamp) -> u64 {
    end.as_millis().saturating_sub(now.as_millis()) / 1000
}

/// The day in China, where the platform counts: days since 1970.
pub(crate) const fn day(now: Timestamp) -> u64 {
    now.as_secs().saturating_add(EAST_8) / DAY
}

/// The month in China: months since March of year 0.
pub(crate) fn month(now: Timestamp) -> u64 {
    // Years that begin in March have their leap day last, which leaves months of a fixed length
    // before it (Howard Hinnant's civil calendar). It matters when the number changes, no more.
    let days = day(now).saturating_add(719_468);
    let (era, of_era) = (days / 146_097, days % 146_097);
    let leap = of_era / 1460;
    let years = of_era.saturating_sub(leap).saturating_add(of_era / 36_524);
    let year = years.saturating_sub(of_era / 146_096) / 365;
    let before = year.saturating_mul(365).saturating_add(year / 4).saturating_sub(year / 100);
    let of_year = of_era.saturating_sub(before);
    let month = of_year.saturating_mul(5).saturating_add(2) / 153;
    era.saturating_mul(400).saturating_add(year).saturating_mul(12).saturating_add(month)
}

const EAST_8: u64 = 8 * 3600;
const DAY: u64 = 24 * 3600;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_months_change_at_midnight_in_china() {
        // 2026-11-30 15:59:59 and 16:00:00 UTC.
        let (before, after) = (1_796_054_399, 1_796_054_400);
        let [before, after] = [before, after].map(Timestamp::from_secs);
        assert_eq!(day(before) + 1, day(after));
        assert_eq!(month(before) + 1, month(after));
        assert_eq!(month(after), month(super::after(after, Duration::from_secs(31 * DAY - 1))));
        assert_ne!(month(after), month(super::after(after, Duration::from_secs(31 * DAY))));
    }
}
