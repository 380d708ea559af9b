use crate::fields::{SecretStr, records};

records! {
    /// The ticket that is pushed to a third-party platform every ten minutes: store it, answer
    /// `success`.
    ComponentVerifyTicket<'a> {
        /// `AppId`: component appid.
        app_id: Option<&'a str> = Word("AppId"),
        /// `ComponentVerifyTicket`.
        component_verify_ticket: Option<SecretStr<'a>> = Secret("ComponentVerifyTicket"),
    }

    /// An account authorized the platform.
    Authorized<'a> {
        /// `AppId`.
        app_id: Option<&'a str> = Word("AppId"),
        /// `AuthorizerAppid`.
        authorizer_appid: Option<&'a str> = Word("AuthorizerAppid"),
        /// `AuthorizationCode`.
        authorization_code: Option<SecretStr<'a>> = Secret("AuthorizationCode"),
        /// `AuthorizationCodeExpiredTime`.
        authorization_code_expired_time: Option<i64> = Int("AuthorizationCodeExpiredTime"),
        /// `PreAuthCode`.
        pre_auth_code: Option<SecretStr<'a>> = Secret("PreAuthCode"),
    }

    /// An account changed what it authorized.
    UpdateAuthorized<'a> {
        /// `AppId`.
        app_id: Option<&'a str> = Word("AppId"),
        /// `AuthorizerAppid`.
        authorizer_appid: Option<&'a str> = Word("AuthorizerAppid"),
        /// `AuthorizationCode`.
        authorization_code: Option<SecretStr<'a>> = Secret("AuthorizationCode"),
        /// `AuthorizationCodeExpiredTime`.
        authorization_code_expired_time: Option<i64> = Int("AuthorizationCodeExpiredTime"),
        /// `PreAuthCode`.
        pre_auth_code: Option<SecretStr<'a>> = Secret("PreAuthCode"),
    }

    /// An account withdrew its authorization.
    Unauthorized<'a> {
        /// `AppId`.
        app_id: Option<&'a str> = Word("AppId"),
        /// `AuthorizerAppid`.
        authorizer_appid: Option<&'a str> = Word("AuthorizerAppid"),
    }
}
