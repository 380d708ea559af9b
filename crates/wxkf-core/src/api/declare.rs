//! How calls are declared: each is one row, of which its struct, its entry in the registry and what is said
//! of it are made.

/// Declares calls. `new` has the fields that a call is refused without, `with` those that may be left out,
/// and `always` those that only a call by name may leave out. A `switch` is no parameter. `more` is for
/// readers of this crate alone. `business` is the call in its place for a sub merchant, with its
/// parameters and what asks for it.
macro_rules! endpoints {
    ($($(#[doc = $doc:literal])+ $call:ident -> $answer:ty;
        $name:literal $method:ident $path:literal $accounts:ident $auth:ident;
        limits $limits:literal;
        source $source:literal read $read:literal;
        $(more { $(#[doc = $more:literal])+ })?
        $(default $default:expr;)?
        $(relation $relation:expr;)?
        $(business $business:literal $business_path:literal $business_fields:expr, if $is_business:expr;)?
        new { $($(#[doc = $need_doc:literal])+ $need:ident $(as $need_name:literal)?: $need_type:ty
            = $need_place:ident $need_rule:expr,)* }
        with { $($(#[doc = $may_doc:literal])+ $may:ident $(as $may_name:literal)?: $may_type:ty
            = $may_place:ident $may_rule:expr $(=> $may_holds:expr)?,)* }
        $(always { $($(#[doc = $too_doc:literal])+ $too:ident: $too_type:ty
            = $too_place:ident $too_rule:expr,)+ })?
        $(switch { $(#[doc = $switch_doc:literal])+ $switch:ident })?
    )+) => {
        /// The calls of this family, each beside its page.
        pub(super) const CALLS: &[(&$crate::api::EndpointInfo, $crate::api::endpoint::Page)] = &[$(
            ($call::INFO, $call::PAGE),
            $(({ let _ = $business; $call::BUSINESS }, $call::PAGE),)?
        )+];

        $(
        $(#[doc = $doc])+
        #[doc = ""]
        #[doc = concat!("`", $path, "`: <", $source, ">, read ", $read, ".")]
        $(#[doc = ""] $(#[doc = $more])+)?
        #[derive(Clone, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct $call {
            $($(#[doc = $need_doc])+ pub $need: $need_type,)*
            $($(#[doc = $may_doc])+ pub $may: Option<$may_type>,)*
            $($($(#[doc = $too_doc])+ pub $too: $too_type,)+)?
            $($(#[doc = $switch_doc])+ pub $switch: bool,)?
        }

        #[allow(clippy::new_without_default, reason = "a call is made, not defaulted")]
        impl $call {
            const FIELDS: &'static [$crate::params::Param] = &[
                $($crate::params::Param::required(stringify!($need), $need_rule)
                    $(.called($need_name))?
                    .said($crate::names::said!($($need_doc)+))
                    .placed($crate::params::Place::$need_place),)*
                $($crate::params::Param::optional(stringify!($may), $may_rule)
                    $(.called($may_name))?
                    $(.holding($may_holds))?
                    .said($crate::names::said!($($may_doc)+))
                    .placed($crate::params::Place::$may_place),)*
                $($($crate::params::Param::optional(stringify!($too), $too_rule)
                    .said($crate::names::said!($($too_doc)+))
                    .placed($crate::params::Place::$too_place),)+)?
            ];

            const ROW: $crate::api::EndpointInfo = $crate::api::EndpointInfo {
                name: $name,
                method: $crate::api::Method::$method,
                path: $path,
                accounts: $crate::account::Accounts::$accounts,
                auth: $crate::api::Auth::$auth,
                fields: Self::FIELDS,
                title: $crate::params::Title {
                    name: stringify!($call),
                    said: $crate::names::said!($($doc)+),
                },
                answer: <$answer as $crate::api::endpoint::Output>::ANSWER,
                answers: <$answer as $crate::api::answer::Answers>::ANSWERS,
                defaults: &[$($default)?],
                relations: &[$($relation)?],
                for_business: None,
            };

            const PAGE: $crate::api::endpoint::Page =
                $crate::api::endpoint::Page { limits: $limits, source: $source };

            $(pub(super) const BUSINESS: &'static $crate::api::EndpointInfo =
                &$crate::api::EndpointInfo {
                    name: $business,
                    path: $business_path,
                    accounts: $crate::account::Accounts::MiniProgram,
                    fields: $business_fields,
                    ..Self::ROW
                };)?

            pub(super) const INFO: &'static $crate::api::EndpointInfo =
                &$crate::api::EndpointInfo {
                    $(for_business: {
                        let _ = $business;
                        Some(Self::BUSINESS)
                    },)?
                    ..Self::ROW
                };

            /// The call with what it cannot do without.
            #[must_use]
            pub fn new(
                $($need: impl Into<$need_type>,)*
                $($($too: impl Into<$too_type>,)+)?
            ) -> Self {
                Self {
                    $($need: $need.into(),)*
                    $($may: None,)*
                    $($($too: $too.into(),)+)?
                    $($switch: false,)?
                }
            }

            $($(#[doc = $may_doc])+
            #[must_use]
            pub fn $may(mut self, $may: impl Into<$may_type>) -> Self {
                self.$may = Some($may.into());
                self
            })*
        }

        /// Shows of a file how long it is.
        impl core::fmt::Debug for $call {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                let mut out = f.debug_struct(stringify!($call));
                $($crate::params::Argument::show(&self.$need, stringify!($need), &mut out);)*
                $($crate::params::Argument::show(&self.$may, stringify!($may), &mut out);)*
                $($crate::params::Argument::show(&self.$switch, stringify!($switch), &mut out);)?
                out.finish()
            }
        }

        impl $crate::api::endpoint::sealed::Sealed for $call {
            fn object(&self) -> $crate::params::Object<'_> {
                $crate::params::Object::of(Self::FIELDS, [
                    $($crate::params::Argument::value(&self.$need),)*
                    $($crate::params::Argument::value(&self.$may),)*
                    $($($crate::params::Argument::value(&self.$too),)+)?
                ])
            }
        }

        impl $crate::api::Endpoint for $call {
            type Output = $answer;

            fn info(&self) -> &'static $crate::api::EndpointInfo {
                $(if $is_business(self) {
                    return Self::BUSINESS;
                })?
                Self::INFO
            }

            fn decode(
                &self,
                response: $crate::api::Response<'_>,
            ) -> Result<$crate::api::Outcome<$answer>, $crate::error::Error> {
                $crate::api::endpoint::Output::decode(self.info(), response)
            }
        }
        )+
    };
}

pub(super) use endpoints;
