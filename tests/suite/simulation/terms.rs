//! What a world is like: the platform, the bot's policy, the line between them, the clock.

use wxkf_core::{AccountKind, Policy};
use wxkf_platform::{Clock, Faults, Setup};

/// What a world is like.
pub(super) struct Terms {
    pub(super) kind: AccountKind,
    pub(super) setup: Setup,
    pub(super) policy: Policy,
    /// Of pushes and of all answers; calls are lost and delayed, but a request is not repeated.
    pub(super) faults: Faults,
    pub(super) call_faults: Faults,
    /// Of a thousand operations so many are not finished, at one point or another.
    pub(super) crashes: u16,
    /// Of a thousand pushes so many cannot be handled.
    pub(super) failures: u16,
    /// Of a thousand actions so many are followed by a message from somebody else.
    pub(super) others: u16,
    pub(super) unsubscribes: bool,
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
            setup: setup.keep_chat(false),
            policy,
            faults: Faults::NONE,
            call_faults: Faults::NONE,
            crashes: 0,
            failures: 0,
            others: 0,
            unsubscribes: false,
            clock: Clock::default(),
            jumps: 0,
            rollbacks: 0,
        }
    }

    /// Loss, duplication, reordering, travel times up to 5 s, crashes at any point.
    pub(super) fn bad_line(mut self) -> Self {
        self.faults = Faults::NONE.loss(50).duplication(50).delay(0..=5000);
        self.call_faults = Faults::NONE.loss(50).delay(0..=5000);
        self.crashes = 20;
        self
    }
}
