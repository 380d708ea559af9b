//! What crosses every border: enums whose variants have a name, and ids that are a number.

use crate::time::Timestamp;

/// What a row of a table says of itself, for whoever makes types or pages of another language from it. A
/// program carries none of it: without the feature `schema` there is nothing in here. See `said!`.
#[derive(Clone, Copy, Debug)]
pub struct Said(#[cfg(feature = "schema")] &'static str);

impl Said {
    #[cfg(feature = "schema")]
    pub(crate) const fn new(text: &'static str) -> Self {
        Self(text)
    }

    #[cfg(not(feature = "schema"))]
    pub(crate) const fn new(_: &'static str) -> Self {
        Self()
    }

    /// The text, as in the documentation: Markdown, with links to items of this crate.
    #[cfg(feature = "schema")]
    #[must_use]
    pub const fn text(self) -> &'static str {
        self.0
    }
}

/// The lines of a documentation comment as one [`Said`].
macro_rules! said {
    ($($line:literal)+) => { $crate::names::Said::new(concat!($($line, "\n"),+)) };
}

/// Names that cross every border: those of an enum.
#[derive(Debug)]
#[non_exhaustive]
pub struct Names {
    /// The name of the type in this crate.
    pub name: &'static str,
    /// What it is.
    pub doc: Said,
    /// Each name, and what it says.
    pub names: &'static [(&'static str, Said)],
}

/// An enum whose variants have a name in JSON and in every language.
pub trait Named {
    /// The names.
    const NAMES: &'static Names;
}

/// Declares an enum, one row a variant: its docs, its name in Rust and its name everywhere else.
macro_rules! named {
    ($(#[doc = $enum_doc:literal])+ $enum:ident {
        $($(#[doc = $doc:literal])+ $variant:ident $name:literal,)+
    }) => {
        $(#[doc = $enum_doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum $enum {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl $enum {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name in JSON and in every language.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// The one with this name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.name() == name)
            }
        }

        impl $crate::names::Named for $enum {
            const NAMES: &'static $crate::names::Names = &$crate::names::Names {
                name: stringify!($enum),
                doc: $crate::names::said!($($enum_doc)+),
                names: &[$(($name, $crate::names::said!($($doc)+))),+],
            };
        }
    };
}

/// Declares an id: a number that may be written down anywhere. See [`next_id`].
macro_rules! numbered {
    ($(#[doc = $doc:literal])+ $id:ident) => {
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $id(u64);

        impl $id {
            /// The id with this number, from where it was written down.
            #[must_use]
            pub const fn new(number: u64) -> Self {
                Self(number)
            }

            /// The number, to write it down.
            #[must_use]
            pub const fn number(self) -> u64 {
                self.0
            }

            /// Where it stands among those of its record: 1, 2, …
            #[must_use]
            pub const fn ordinal(self) -> u64 {
                self.0 & $crate::names::LAST_ORDINAL
            }
        }
    };
}

pub(crate) use {named, numbered, said};

/// An id is the second in which the life of its record began, and 21 bits that count within it from 1 on.
/// So what a record gave out that was dropped since is never taken for what the next one gives out, and
/// both together are below 2⁵³: exact in every language.
const ORDINAL_BITS: u32 = 21;
pub(crate) const LAST_ORDINAL: u64 = (1 << ORDINAL_BITS) - 1;
/// The largest number that an id can have, in the year 2106.
pub(crate) const LAST_ID: u64 = (1 << 53) - 1;

/// The first life of a record, as the number before its first id.
pub(crate) fn life_of(now: Timestamp) -> u64 {
    now.as_secs().min(LAST_ID >> ORDINAL_BITS) << ORDINAL_BITS
}

/// The second in which the life began in which this was given out.
pub(crate) const fn life_began(id: u64) -> Timestamp {
    Timestamp::from_secs(id >> ORDINAL_BITS)
}

/// What follows an id of the same record: always a larger one. A life that is used up is followed by
/// another, which begins now, or a second after the last if the clock was set back. `None` is said by a
/// record whose clock showed the year 2106 once: whatever it has given out, it has to begin again.
pub(crate) fn next_id(last: u64, now: Timestamp) -> Option<u64> {
    let next = match last & LAST_ORDINAL {
        LAST_ORDINAL => life_of(now).max(last.saturating_add(1)).saturating_add(1),
        _ => last.saturating_add(1),
    };
    Some(next).filter(|next| *next <= LAST_ID)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_763_700_000_999);

    #[test]
    fn ids_of_a_life_count_from_one_and_those_of_a_later_life_are_larger() {
        let life = life_of(NOW);
        assert_eq!(
            (life >> 21, life_began(life)),
            (1_763_700_000, Timestamp::from_secs(1_763_700_000))
        );
        let first = next_id(life, NOW).unwrap();
        assert_eq!((first - life, next_id(first, NOW)), (1, Some(first + 1)));
        // A clock that is set does not disturb a life.
        assert_eq!(next_id(first, Timestamp::from_millis(0)), Some(first + 1));
        let next = next_id(life_of(Timestamp::from_secs(1_763_700_001)), NOW).unwrap();
        assert!(life + LAST_ORDINAL < next);
    }

    #[test]
    fn a_life_that_is_used_up_is_followed_by_a_later_one() {
        let last = life_of(NOW) + LAST_ORDINAL;
        let later = Timestamp::from_secs(1_763_800_000);
        assert_eq!(next_id(last, later), Some(life_of(later) + 1));
        for clock in [NOW, Timestamp::from_millis(0)] {
            assert_eq!(next_id(last, clock), Some(last + 2));
        }
    }

    #[test]
    fn no_id_is_larger_than_every_language_can_hold() {
        let end = Timestamp::from_millis(u64::MAX);
        let life = life_of(end);
        assert_eq!(life + LAST_ORDINAL, LAST_ID);
        assert_eq!(next_id(LAST_ID - 1, end), Some(LAST_ID));
        for last in [LAST_ID, LAST_ID + 1, u64::MAX - 1, u64::MAX] {
            assert_eq!(next_id(last, end), None, "{last}");
            assert_eq!(next_id(last, NOW), None, "{last}");
        }
    }
}
