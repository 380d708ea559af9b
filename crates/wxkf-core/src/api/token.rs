//! Fetching tokens.

use alloc::string::String;
use alloc::vec::Vec;

use super::Secret;
use super::declare::endpoints;
use crate::fields::records;
use crate::params::Rule;

const GRANT_TYPE: (&str, &str) = ("grant_type", "client_credential");

endpoints! {
    /// Fetches an access token (获取接口调用凭据). Every call ends the token before, within about five
    /// minutes: let one process fetch it for all, or use [`GetStableAccessToken`].
    GetAccessToken -> AccessToken;
    "token" Get "/cgi-bin/token" Both None;
    limits "2 000 calls a day. A new token ends the one before; for about 5 minutes both work.";
    source "https://developers.weixin.qq.com/doc/subscription/api/base/api_getaccesstoken.html" read "2026-11-21";
    default GRANT_TYPE;
    new {
        /// The app id.
        appid: String = Query Rule::APP_ID,
        /// The app's secret (AppSecret).
        secret: Secret = Query Rule::PASTED,
    }
    with {
        /// `client_credential`, and that is what is sent.
        grant_type: String = Query Rule::OneOf(&["client_credential"]),
    }

    /// Fetches the stable access token (获取稳定版接口调用凭据): the same one for every process until it
    /// ends, with the time that it has left. It does not disturb the tokens of [`GetAccessToken`].
    GetStableAccessToken -> AccessToken;
    "stable_token" Post "/cgi-bin/stable_token" Both None;
    limits "10 000 calls a minute, 500 000 a day. Forced: 20 a day, at least 30 s apart.";
    source "https://developers.weixin.qq.com/doc/subscription/api/base/api_getstableaccesstoken.html" read "2026-11-21";
    default GRANT_TYPE;
    new {
        /// The app id.
        appid: String = Body Rule::APP_ID,
        /// The app's secret (AppSecret).
        secret: Secret = Body Rule::PASTED,
    }
    with {
        /// `client_credential`, and that is what is sent.
        grant_type: String = Body Rule::OneOf(&["client_credential"]),
        /// Whether to end the present token at once, for one that has leaked.
        force_refresh: bool = Body Rule::Bool,
    }

    /// Fetches a third-party platform's own token (获取令牌).
    GetComponentAccessToken -> ComponentAccessToken;
    "component.api_component_token" Post "/cgi-bin/component/api_component_token" ThirdParty None;
    limits "The ticket is pushed every 10 minutes.";
    source "https://developers.weixin.qq.com/doc/oplatform/openApi/ticket-token/api_getcomponentaccesstoken.html" read "2026-11-21";
    new {
        /// The platform's app id.
        component_appid: String = Body Rule::APP_ID,
        /// The platform's secret.
        component_appsecret: Secret = Body Rule::PASTED,
        /// The ticket that was pushed last (`component_verify_ticket`).
        component_verify_ticket: Secret = Body Rule::PASTED,
    }
    with {}

    /// Exchanges the code of an account's authorisation for its tokens (使用授权码获取授权信息). Keep the refresh
    /// token: the first of them is answered only here.
    QueryAuth -> Authorization;
    "component.api_query_auth" Post "/cgi-bin/component/api_query_auth" ThirdParty ComponentToken;
    limits "The code is used once, and ends soon (61009, 61010).";
    source "https://developers.weixin.qq.com/doc/oplatform/openApi/OpenApiDoc/ticket-token/getAuthorizerRefreshToken.html" read "2026-11-28";
    new {
        /// The platform's app id.
        component_appid: String = Body Rule::APP_ID,
        /// The code: of the redirect after the authorisation, or of the push `authorized`.
        authorization_code: Secret = Body Rule::PASTED,
    }
    with {}

    /// Fetches the token of an account that a third-party platform acts for
    /// (获取授权账号调用令牌). Keep the refresh token that it answers.
    GetAuthorizerAccessToken -> AuthorizerAccessToken;
    "component.api_authorizer_token" Post "/cgi-bin/component/api_authorizer_token" ThirdParty ComponentToken;
    limits "Keep the new refresh token; once lost, the account has to authorise the platform again.";
    source "https://developers.weixin.qq.com/doc/oplatform/openApi/ticket-token/api_getauthorizeraccesstoken.html" read "2026-11-21";
    new {
        /// The platform's app id.
        component_appid: String = Body Rule::APP_ID,
        /// The account's app id.
        authorizer_appid: String = Body Rule::APP_ID,
        /// The refresh token that was answered last, as it was.
        authorizer_refresh_token: Secret = Body Rule::TEXT,
    }
    with {}
}

records! {
    /// What [`GetAccessToken`] and [`GetStableAccessToken`] answer.
    AccessToken {
        /// The token; up to 512 characters.
        access_token: Secret = Need<Secret>("access_token"),
        /// How many seconds it has left: up to 7200, and few for a stable token about to end.
        expires_in: i64 = Need<Int>("expires_in"),
    }

    /// What [`GetComponentAccessToken`] answers.
    ComponentAccessToken {
        /// The token.
        component_access_token: Secret = Need<Secret>("component_access_token"),
        /// How many seconds it has left.
        expires_in: i64 = Need<Int>("expires_in"),
    }

    /// What [`QueryAuth`] answers.
    Authorization {
        /// What the account has authorised.
        authorization_info: AuthorizationInfo = All("authorization_info"),
    }

    /// What an account has authorised a third-party platform to do, and its tokens.
    AuthorizationInfo {
        /// The account.
        authorizer_appid: String = Need<Id>("authorizer_appid"),
        /// The first token.
        authorizer_access_token: Secret = Need<Secret>("authorizer_access_token"),
        /// How many seconds it has left.
        expires_in: i64 = Need<Int>("expires_in"),
        /// For the next time: keep it.
        authorizer_refresh_token: Secret = Need<Secret>("authorizer_refresh_token"),
        /// The sets of permissions (权限集).
        func_info: Vec<AuthorizedFunction> = Many("func_info"),
    }

    /// A set of permissions that was authorised.
    AuthorizedFunction {
        /// Which set.
        funcscope_category: Option<FuncscopeCategory> = One("funcscope_category"),
    }

    /// A set of permissions (权限集).
    FuncscopeCategory {
        /// Its number.
        id: Option<i64> = Int("id"),
    }

    /// What [`GetAuthorizerAccessToken`] answers.
    AuthorizerAccessToken {
        /// The token.
        authorizer_access_token: Secret = Need<Secret>("authorizer_access_token"),
        /// How many seconds it has left.
        expires_in: i64 = Need<Int>("expires_in"),
        /// For the next time: keep it.
        authorizer_refresh_token: Secret = Need<Secret>("authorizer_refresh_token"),
    }
}
