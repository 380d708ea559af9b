//! What happened in a world, in numbers.

macro_rules! tally {
    ($($(#[doc = $doc:literal])* $field:ident,)+) => {
        /// What the tests want to know.
        #[derive(Clone, Copy, Debug, Default)]
        pub(super) struct Tally {
            $($(#[doc = $doc])* pub(super) $field: u64,)+
        }

        impl core::ops::AddAssign for Tally {
            fn add_assign(&mut self, other: Self) {
                $(self.$field += other.$field;)+
            }
        }
    };
}

tally! {
    steps,
    pushes,
    repeats,
    reserved,
    /// Of the reservations, those that were sure.
    sure,
    accepted,
    /// Requests that arrived after the bot had given them up.
    late,
    /// Our own state said no.
    refused,
    /// The platform said no: 45047, 45015.
    quota,
    window,
    /// 45015 to somebody who had left.
    gone,
    /// 45094.
    punished,
    /// Those of what was sure that the platform refused; and those that had been under way for longer
    /// than the policy's margin, so that their window had closed meanwhile.
    sure_refused,
    sure_too_slow,
    /// Typing that was asked for, and of that what the platform and the record refused alike.
    typing,
    typing_refused,
    retries,
    /// To be tried again, but refused by the bot's own state.
    retry_denied,
    /// Of those that were to be tried again, so many were refused by the platform again.
    refused_again,
    /// The bot refused what the platform would have accepted, and time did not help.
    stuck,
    /// Who had just written could not be answered.
    mute,
    crashes,
    /// Records that the store had dropped.
    dropped,
    /// How often the platform's number was held against the bounds, both or the lower one.
    checked,
    checked_lower,
}
