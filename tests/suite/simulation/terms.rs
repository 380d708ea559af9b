//! What a world is like: the platform, the bot's policy, the line between them, the clock.

use core::ops::RangeInclusive;
use core::time::Duration;

use wxkf_core::{AccountKind, Policy};
use wxkf_platform::{Clock, Faults, Setup};

pub(super) const APP_ID: &str = "wx2f5b7c91d8e04a63";
pub(super) const SECRET: &str = "5f4dcc3b5aa765d61d8327deb882cf99";

/// What a world is like.
pub(super) struct Terms {
    pub(super) kind: AccountKind,
    pub(super) setup: Setup,
    pub(super) policy: Policy,
    /// Of pushes and of all answers; calls are lost and delayed, but a request is not repeated.
    pub(super) faults: Faults,
    pub(super) call_faults: Faults,
    /// Of a thousand requests so many are slow, and take so many milliseconds instead: what was sent
    /// later arrives earlier, and the bot has long given them up.
    pub(super) slow: (u16, RangeInclusive<u64>),
    /// Of a thousand answers so many are a page of some gateway.
    pub(super) garbled: u16,
    /// Of a thousand operations so many are not finished, at one point or another.
    pub(super) crashes: u16,
    /// Of a thousand pushes so many cannot be handled.
    pub(super) failures: u16,
    /// Of a thousand actions so many are followed by a message from somebody else.
    pub(super) others: u16,
    pub(super) unsubscribes: bool,
    /// Opening the chat allows nothing, and the platform says 45094.
    pub(super) is_punished: bool,
    /// The sending side hears of actions late.
    pub(super) is_late: bool,
    /// Users do several things in one second, and the bot answers at once.
    pub(super) haste: bool,
    /// Of a thousand pauses that a refusal asks for, so many are not made.
    pub(super) impatience: u16,
    /// Whether the store drops a record as soon as it may.
    pub(super) drops: bool,
    /// The bot's clock, and of a thousand steps in how many it is set, up to a day off.
    pub(super) clock: Clock,
    pub(super) jumps: u16,
    /// Of a thousand steps, after how many a record is again what it was some time ago.
    pub(super) rollbacks: u16,
}

impl Terms {
    pub(super) fn new(kind: AccountKind, setup: Setup) -> Self {
        let policy = match kind {
            AccountKind::MiniProgram => Policy::mini_program(),
            _ => Policy::official_account(),
        };
        Self {
            kind,
            // One token for all of it: the token has worlds of its own.
            setup: setup
                .app_id(APP_ID)
                .secret(SECRET)
                .keep_chat(false)
                .token_lifetime(Duration::from_secs(1 << 32)),
            policy,
            faults: Faults::NONE,
            call_faults: Faults::NONE,
            slow: (0, 0..=0),
            garbled: 0,
            crashes: 0,
            failures: 0,
            others: 0,
            unsubscribes: false,
            is_punished: false,
            is_late: false,
            haste: false,
            impatience: 0,
            drops: false,
            clock: Clock::default(),
            jumps: 0,
            rollbacks: 0,
        }
    }

    /// Loss, duplication, reordering, travel times up to 5 s, crashes at any point.
    pub(super) fn bad_line(mut self) -> Self {
        self.faults = Faults::NONE.loss(50).duplication(50).delay(0..=5000);
        self.call_faults = Faults::NONE.loss(50).delay(0..=5000);
        self.garbled = 10;
        self.crashes = 20;
        self
    }

    /// A tenth of the requests take up to so long.
    pub(super) fn slow(mut self, travel: Duration) -> Self {
        self.slow = (100, 0..=u64::try_from(travel.as_millis()).unwrap());
        self
    }

    /// The sending side hears of actions so much late.
    pub(super) fn late(mut self, lateness: Duration) -> Self {
        self.setup = self.setup.lateness(lateness);
        self.is_late = true;
        self
    }

    /// Opening the chat allows nothing.
    pub(super) fn punished(mut self) -> Self {
        self.setup = self.setup.enter_punished(true);
        self.is_punished = true;
        self
    }

    /// So long before the end of a window nothing is promised: it is what `Policy` says of itself.
    pub(super) const fn margin(&self) -> Duration {
        Duration::from_secs(6)
    }

    /// Whether the bot can know all that the platform counts, its clock included: nobody else sends, and
    /// its store forgets nothing.
    pub(super) fn tells_all(&self) -> bool {
        self.others == 0 && self.jumps == 0 && self.rollbacks == 0 && self.clock == Clock::default()
    }
}
