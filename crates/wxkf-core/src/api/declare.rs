//! How calls are declared: each is a struct, a row of the registry, and the sentences about it.

/// Declares calls: structs with their fields, and what the registry knows of them. `new` has the
/// fields that a call is refused without.
macro_rules! endpoints {
    ($($(#[doc = $doc:literal])+ $call:ident -> $answer:ty;
        $name:literal $method:ident $path:literal $accounts:ident $auth:ident;
        limits $limits:literal;
        source $source:literal;
        $(read $read:literal;)?
        $(defaults $defaults:expr;)?
        $(relation $relation:expr;)?
        $(for_business $business:expr;)?
        new { $($(#[doc = $need_doc:literal])+ $need:ident $(as $need_name:literal)?: $need_type:ty
            = $need_place:ident $need_rule:expr,)* }
        with { $($(#[doc = $may_doc:literal])+ $may:ident: $may_type:ty
            = $may_place:ident $may_rule:expr,)* }
    )+) => {$(
        $(#[doc = $doc])+
        #[doc = ""]
        #[doc = concat!("`", $path, "`: <", $source, ">, read ",
            $crate::api::declare::given!($($read,)? else "2026-11-21"), ".")]
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct $call {
            $($(#[doc = $need_doc])+ pub $need: $need_type,)*
            $($(#[doc = $may_doc])+ pub $may: Option<$may_type>,)*
        }

        #[allow(clippy::new_without_default, reason = "a call is made, not defaulted")]
        impl $call {
            pub(super) const INFO: &'static $crate::api::EndpointInfo =
                &$crate::api::EndpointInfo {
                    name: $name,
                    method: $crate::api::Method::$method,
                    path: $path,
                    accounts: $crate::api::Accounts::$accounts,
                    auth: $crate::api::Auth::$auth,
                    fields: &[
                        $($crate::api::Param::required(
                            $crate::api::declare::given!($($need_name,)? else stringify!($need)),
                            $need_rule,
                        )
                        .placed($crate::params::Place::$need_place),)*
                        $($crate::api::Param::optional(stringify!($may), $may_rule)
                            .placed($crate::params::Place::$may_place),)*
                    ],
                    answer: <$answer as $crate::api::endpoint::Output>::ANSWER,
                    defaults: $crate::api::declare::given!($($defaults,)? else &[]),
                    relation: $crate::api::declare::given!($(Some($relation),)? else None),
                    takes_message: false,
                    for_business: $crate::api::declare::given!($(Some($business),)? else None),
                };

            pub(super) const CALL: &'static $crate::schema::Call = &$crate::schema::Call {
                params: $crate::schema::group(
                    stringify!($call),
                    $crate::schema::text!($($doc)+),
                    &[
                        $($crate::schema::member(
                            $crate::api::declare::given!($($need_name,)? else stringify!($need)),
                            $crate::schema::text!($($need_doc)+),
                        ),)*
                        $($crate::schema::member(
                            stringify!($may),
                            $crate::schema::text!($($may_doc)+),
                        ),)*
                    ],
                ),
                limits: $limits,
                source: $source,
                answers: <$answer as $crate::api::answer::Answers>::ANSWERS,
            };

            /// The call with what it cannot do without.
            #[must_use]
            pub fn new($($need: impl Into<$need_type>),*) -> Self {
                Self { $($need: $need.into(),)* $($may: None,)* }
            }

            $($(#[doc = $may_doc])+
            #[must_use]
            pub fn $may(mut self, $may: impl Into<$may_type>) -> Self {
                self.$may = Some($may.into());
                self
            })*
        }

        impl $crate::api::endpoint::sealed::Sealed for $call {}

        impl $crate::api::endpoint::Params for $call {
            fn object(&self) -> $crate::params::Object {
                $crate::params::Object::new([
                    $(($crate::api::declare::given!($($need_name,)? else stringify!($need)),
                        $crate::params::Argument::value(&self.$need)),)*
                    $((stringify!($may), $crate::params::Argument::value(&self.$may)),)*
                ])
            }
        }

        impl $crate::api::Endpoint for $call {
            type Output = $answer;

            $crate::api::declare::requests!();

            fn info(&self) -> &'static $crate::api::EndpointInfo {
                Self::INFO
            }

            fn decode(
                &self,
                response: $crate::api::Response<'_>,
            ) -> Result<$crate::api::Outcome<$answer>, $crate::Error> {
                $crate::api::endpoint::Output::decode(Self::INFO, response)
            }
        }
    )+};
}

macro_rules! given {
    ($given:expr, else $otherwise:expr) => {
        $given
    };
    (else $otherwise:expr) => {
        $otherwise
    };
}

/// What all calls make of their parameters.
macro_rules! requests {
    () => {
        fn request(&self) -> Result<$crate::api::Request, $crate::Error> {
            self.info().request($crate::api::endpoint::Params::object(self), None)
        }

        fn request_for(
            &self,
            kind: $crate::AccountKind,
        ) -> Result<$crate::api::Request, $crate::Error> {
            self.info().request($crate::api::endpoint::Params::object(self), Some(kind))
        }

        fn params(&self) -> alloc::string::String {
            $crate::to_json(&$crate::api::endpoint::Params::object(self))
        }
    };
}

pub(super) use {endpoints, given, requests};
