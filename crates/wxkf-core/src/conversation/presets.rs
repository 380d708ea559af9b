//! What an action of the user grants, by account and date.

use core::time::Duration;

use super::policy::QuotaRule;
use crate::message::Trigger;

/// One table of the platform, as it stood for a while.
pub(super) struct Preset {
    pub(super) name: &'static str,
    /// From when to when.
    pub(super) in_force: &'static str,
    pub(super) rules: &'static [(Trigger, QuotaRule)],
}

const fn two_days(limit: u8) -> QuotaRule {
    QuotaRule::new(limit, Duration::from_secs(48 * 3600))
}

const fn one_minute(limit: u8) -> QuotaRule {
    QuotaRule::new(limit, Duration::from_secs(60))
}

/// 48 hours of 20 messages, whatever the user did.
const OFFICIAL_ACCOUNT_2017: [(Trigger, QuotaRule); 5] = [
    (Trigger::Menu, two_days(20)),
    (Trigger::Message, two_days(20)),
    (Trigger::Pay, two_days(20)),
    (Trigger::Scan, two_days(20)),
    (Trigger::Subscribe, two_days(20)),
];

/// Pages 发送客服消息 (mini program guide) and 客服消息使用指南, read 2026-11-21.
pub(super) const MINI_PROGRAM: Preset = Preset {
    name: "mini_program",
    in_force: "2024-12 and since",
    rules: &[(Trigger::Enter, one_minute(2)), (Trigger::Message, two_days(5))],
};

/// Pages 客服接口-发消息 and 客服消息 (guide), read 2026-11-21.
pub(super) const OFFICIAL_ACCOUNT: Preset = Preset {
    name: "official_account",
    in_force: "2023-08 and since; accounts of 2023-06-12 and later at once",
    rules: &[
        (Trigger::Menu, one_minute(3)),
        (Trigger::Message, two_days(5)),
        (Trigger::Scan, one_minute(3)),
        (Trigger::Subscribe, one_minute(3)),
    ],
};

/// Older tables are those of dated copies of the same pages and of the announcement of 2023-05-30,
/// read 2026-11-21. The complaints (用户维权) of the oldest are left out: no call or push knows them.
pub(super) const ALL: &[&Preset] = &[
    &MINI_PROGRAM,
    &Preset {
        name: "mini_program_2022",
        in_force: "about 2022 to 2024",
        rules: &[(Trigger::Message, two_days(5))],
    },
    &Preset {
        name: "mini_program_2017",
        in_force: "2017 to about 2022",
        rules: &[(Trigger::Enter, one_minute(1)), (Trigger::Message, two_days(5))],
    },
    &Preset {
        name: "mini_program_2017_02",
        in_force: "2017-02",
        rules: &[(Trigger::Enter, one_minute(1)), (Trigger::Message, two_days(3))],
    },
    &OFFICIAL_ACCOUNT,
    // The guide for service accounts (服务号) still prints 支付成功 as unlimited, the announcement of
    // 2023-05-30 cancelled it. Who knows better may opt in to the last number that was printed.
    &Preset {
        name: "official_account_with_pay",
        in_force: "disputed: as official_account, and a payment counts",
        rules: &[
            (Trigger::Menu, one_minute(3)),
            (Trigger::Message, two_days(5)),
            (Trigger::Pay, two_days(20)),
            (Trigger::Scan, one_minute(3)),
            (Trigger::Subscribe, one_minute(3)),
        ],
    },
    &Preset {
        name: "official_account_2021",
        in_force: "2021-06-01 to 2023-08",
        rules: &[
            (Trigger::Menu, one_minute(3)),
            (Trigger::Message, two_days(20)),
            (Trigger::Pay, two_days(20)),
            (Trigger::Scan, one_minute(3)),
            (Trigger::Subscribe, one_minute(3)),
        ],
    },
    &Preset {
        name: "official_account_2017",
        in_force: "2017 to 2021-05",
        rules: &OFFICIAL_ACCOUNT_2017,
    },
];
