//! What the lists in messages and replies hold.

/// Declares entries of lists: structs of texts, with their rows. `new` has the fields that have to be
/// there; one of the others that is empty is left out.
macro_rules! entries {
    ($($(#[doc = $doc:literal])+ $entry:ident {
        new { $($(#[doc = $need_doc:literal])+ $need:ident $(as $need_wire:literal)? = $need_rule:expr,)+ }
        with { $($(#[doc = $may_doc:literal])+ $may:ident $(as $may_wire:literal)? = $may_rule:expr,)* }
    })+) => {$(
        $(#[doc = $doc])+
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct $entry {
            $($(#[doc = $need_doc])+ pub $need: String,)+
            $($(#[doc = $may_doc])+ pub $may: String,)*
        }

        impl $entry {
            pub(crate) const FIELDS: &'static [$crate::params::Param] = &[
                $($crate::params::Param::required(stringify!($need), $need_rule)
                    .said($crate::names::said!($($need_doc)+))$(.wired($need_wire))?,)+
                $($crate::params::Param::optional(stringify!($may), $may_rule)
                    .said($crate::names::said!($($may_doc)+))$(.wired($may_wire))?,)*
            ];

            /// One with what it has to have, in this order, and nothing else yet.
            #[must_use]
            pub fn new($($need: impl Into<String>),+) -> Self {
                Self { $($need: $need.into(),)+ $($may: String::new(),)* }
            }

            $($(#[doc = $may_doc])+
            #[must_use]
            pub fn $may(mut self, $may: impl Into<String>) -> Self {
                self.$may = $may.into();
                self
            })*

            fn object(&self) -> $crate::params::Object<'_> {
                $crate::params::Object::new([
                    $((stringify!($need), $crate::params::Argument::value(&self.$need)),)+
                    $((stringify!($may), Some(&self.$may).filter(|text| !text.is_empty())
                        .and_then($crate::params::Argument::value)),)*
                ])
            }
        }

        impl $crate::params::Argument for alloc::vec::Vec<$entry> {
            const TITLE: $crate::params::Title = $crate::params::Title {
                name: stringify!($entry),
                said: $crate::names::said!($($doc)+),
            };

            fn value(&self) -> Option<$crate::params::Value<'_>> {
                let entries = self.iter().map($entry::object).map($crate::params::Value::Object);
                Some($crate::params::Value::List(entries.collect()))
            }
        }

        impl $crate::params::Given for alloc::vec::Vec<$entry> {
            fn given(value: Option<&$crate::params::Value<'_>>) -> Self {
                let entry = |object: &$crate::params::Object<'_>| $entry {
                    $($need: $crate::params::Given::given(object.get(stringify!($need))),)+
                    $($may: $crate::params::Given::given(object.get(stringify!($may))),)*
                };
                value.into_iter().flat_map($crate::params::Value::objects).map(entry).collect()
            }
        }
    )+};
}

pub(super) use entries;
