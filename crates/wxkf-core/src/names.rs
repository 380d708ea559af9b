//! What crosses every border: enums whose variants have a name, and ids that are a number.

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

        impl $crate::schema::Named for $enum {
            const NAMES: &'static $crate::schema::Names = &$crate::schema::Names {
                name: stringify!($enum),
                doc: $crate::schema::text!($($enum_doc)+),
                names: &[$(($name, $crate::schema::text!($($doc)+))),+],
            };
        }
    };
}

/// Declares an id: a number that may be written down anywhere.
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
        }
    };
}

pub(crate) use {named, numbered};
