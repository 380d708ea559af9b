use crate::fields::records;

records! {
    /// The ticket that is pushed to a third-party platform every ten minutes: store it, answer
    /// `success`.
    ComponentVerifyTicket {
        /// `AppId`: component appid.
        app_id: Word = "AppId",
        /// `ComponentVerifyTicket`.
        component_verify_ticket: Secret = "ComponentVerifyTicket",
    }

    /// An account authorized the platform.
    Authorized {
        /// `AppId`.
        app_id: Word = "AppId",
        /// `AuthorizerAppid`.
        authorizer_appid: Word = "AuthorizerAppid",
        /// `AuthorizationCode`.
        authorization_code: Secret = "AuthorizationCode",
        /// `AuthorizationCodeExpiredTime`.
        authorization_code_expired_time: Int = "AuthorizationCodeExpiredTime",
        /// `PreAuthCode`.
        pre_auth_code: Secret = "PreAuthCode",
    }

    /// An account changed what it authorized.
    UpdateAuthorized {
        /// `AppId`.
        app_id: Word = "AppId",
        /// `AuthorizerAppid`.
        authorizer_appid: Word = "AuthorizerAppid",
        /// `AuthorizationCode`.
        authorization_code: Secret = "AuthorizationCode",
        /// `AuthorizationCodeExpiredTime`.
        authorization_code_expired_time: Int = "AuthorizationCodeExpiredTime",
        /// `PreAuthCode`.
        pre_auth_code: Secret = "PreAuthCode",
    }

    /// An account withdrew its authorization.
    Unauthorized {
        /// `AppId`.
        app_id: Word = "AppId",
        /// `AuthorizerAppid`.
        authorizer_appid: Word = "AuthorizerAppid",
    }
}
