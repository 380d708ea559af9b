use super::fields::records;

records! {
    /// The ticket that is pushed to a third-party platform every ten minutes: store it, answer
    /// `success`.
    ComponentVerifyTicket {
        /// `AppId`: component appid.
        app_id: Word = "AppId",
        /// `ComponentVerifyTicket`.
        component_verify_ticket: Word = "ComponentVerifyTicket",
    }

    /// An account authorized the platform.
    Authorized {
        /// `AppId`.
        app_id: Word = "AppId",
        /// `AuthorizerAppid`.
        authorizer_appid: Word = "AuthorizerAppid",
        /// `AuthorizationCode`.
        authorization_code: Word = "AuthorizationCode",
        /// `AuthorizationCodeExpiredTime`.
        authorization_code_expired_time: Int = "AuthorizationCodeExpiredTime",
        /// `PreAuthCode`.
        pre_auth_code: Word = "PreAuthCode",
    }

    /// An account changed what it authorized.
    Updateauthorized {
        /// `AppId`.
        app_id: Word = "AppId",
        /// `AuthorizerAppid`.
        authorizer_appid: Word = "AuthorizerAppid",
        /// `AuthorizationCode`.
        authorization_code: Word = "AuthorizationCode",
        /// `AuthorizationCodeExpiredTime`.
        authorization_code_expired_time: Int = "AuthorizationCodeExpiredTime",
        /// `PreAuthCode`.
        pre_auth_code: Word = "PreAuthCode",
    }

    /// An account withdrew its authorization.
    Unauthorized {
        /// `AppId`.
        app_id: Word = "AppId",
        /// `AuthorizerAppid`.
        authorizer_appid: Word = "AuthorizerAppid",
    }
}
