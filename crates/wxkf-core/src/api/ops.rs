//! Looking after the connection: addresses, limits, single requests.

use alloc::string::String;
use alloc::vec::Vec;

use super::Secret;
use super::declare::endpoints;
use crate::fields::records;
use crate::params::{Form, Rule, Size};
use crate::time::Timestamp;

const CGI_PATH: Rule = Rule::Text(Size::Any, Form::CgiPath);

endpoints! {
    /// The addresses that calls go to (获取微信 API 服务器 IP).
    GetApiDomainIp -> IpList;
    "get_api_domain_ip" Get "/cgi-bin/get_api_domain_ip" Both AccessToken;
    limits "Ask once a day.";
    source "https://developers.weixin.qq.com/doc/subscription/api/base/api_getapidomainip.html" read "2026-11-21";
    new {}
    with {}

    /// The addresses that pushes come from (获取微信推送服务器 IP).
    GetCallbackIp -> IpList;
    "getcallbackip" Get "/cgi-bin/getcallbackip" Both AccessToken;
    limits "Ask once a day; single addresses and ranges (CIDR) are mixed.";
    source "https://developers.weixin.qq.com/doc/subscription/api/base/api_getcallbackip.html" read "2026-11-21";
    new {}
    with {}

    /// Has the platform try to reach the callback URL (网络通信检测).
    CallbackCheck -> CallbackReport;
    "callback.check" Post "/cgi-bin/callback/check" Both AccessToken;
    limits "";
    source "https://developers.weixin.qq.com/doc/subscription/api/base/api_callbackcheck.html" read "2026-11-21";
    new {
        /// `dns`, `ping` or `all`.
        action: String = Body Rule::OneOf(&["dns", "ping", "all"]),
        /// From whose network: `CHINANET`, `UNICOM`, `CAP` (Tencent's own) or `DEFAULT`.
        check_operator: String = Body Rule::OneOf(&["CHINANET", "UNICOM", "CAP", "DEFAULT"]),
    }
    with {}

    /// Sets the account's counts of calls to zero (重置 API 调用次数).
    ClearQuota -> ();
    "clear_quota" Post "/cgi-bin/clear_quota" Both AccessToken;
    limits "10 a month, together with clear_quota.v2 and the console.";
    source "https://developers.weixin.qq.com/doc/subscription/api/apimanage/api_clearquota.html" read "2026-11-21";
    new {
        /// The app id.
        appid: String = Body Rule::APP_ID,
    }
    with {}

    /// The same without a token (使用 AppSecret 重置 API 调用次数): for when fetching tokens is what is
    /// used up.
    ClearQuotaByAppSecret -> ();
    "clear_quota.v2" Post "/cgi-bin/clear_quota/v2" Both None;
    limits "10 a month, together with clear_quota and the console.";
    source "https://developers.weixin.qq.com/doc/subscription/api/apimanage/api_clearquotabyappsecret.html" read "2026-11-21";
    new {
        /// The app id.
        appid: String = Body Rule::APP_ID,
        /// The app's secret (AppSecret).
        appsecret: Secret = Body Rule::PASTED,
    }
    with {}

    /// Sets a third-party platform's own counts to zero, such as that of fetching its token; those of the
    /// accounts that it acts for stay.
    ClearComponentQuota -> ();
    "component.clear_quota" Post "/cgi-bin/component/clear_quota" ThirdParty ComponentToken;
    limits "48006 once used up. The platform's page shows component.clear_quota.v2 only.";
    source "https://developers.weixin.qq.com/doc/oplatform/openApi/OpenApiDoc/openapi/clearComponentQuotaByAppSecret.html" read "2026-11-28";
    new {
        /// The platform's app id.
        component_appid: String = Body Rule::APP_ID,
    }
    with {}

    /// The same without a token, for the platform or an account that it acts for
    /// (使用 AppSecret 重置第三方平台 API 调用次数).
    ClearComponentQuotaByAppSecret -> ();
    "component.clear_quota.v2" Post "/cgi-bin/component/clear_quota/v2" ThirdParty None;
    limits "10 a month for each account, together with the console.";
    source "https://developers.weixin.qq.com/doc/oplatform/openApi/OpenApiDoc/openapi/clearComponentQuotaByAppSecret.html" read "2026-11-28";
    new {
        /// The account whose counts are meant; the platform's own app id for its own.
        appid: String = Body Rule::APP_ID,
        /// The platform's app id.
        component_appid: String = Body Rule::APP_ID,
        /// The platform's secret.
        appsecret: Secret = Body Rule::PASTED,
    }
    with {}

    /// Sets the count of one call to zero (重置指定 API 调用次数).
    ClearApiQuota -> ();
    "openapi.quota.clear" Post "/cgi-bin/openapi/quota/clear" Both AccessToken;
    limits "50 a month.";
    source "https://developers.weixin.qq.com/doc/subscription/api/apimanage/api_clearapiquota.html" read "2026-11-21";
    new {
        /// The path of the call, such as `/cgi-bin/message/custom/send`.
        cgi_path: String = Body CGI_PATH,
    }
    with {}

    /// How often a call may be made, and has been (查询 API 调用额度). This is the account's limit, not
    /// the number of messages that a user can be sent.
    GetApiQuota -> ApiQuota;
    "openapi.quota.get" Post "/cgi-bin/openapi/quota/get" Both AccessToken;
    limits "";
    source "https://developers.weixin.qq.com/doc/subscription/api/apimanage/api_getapiquota.html" read "2026-11-21";
    new {
        /// The path of the call, such as `/cgi-bin/message/custom/send`.
        cgi_path: String = Body CGI_PATH,
    }
    with {}

    /// What the platform knows of one call (查询 rid 信息): see
    /// [`Rejection::rid`](crate::api::Rejection::rid).
    GetRidInfo -> RidInfo;
    "openapi.rid.get" Post "/cgi-bin/openapi/rid/get" Both AccessToken;
    limits "Calls of the last 7 days, of the same account.";
    source "https://developers.weixin.qq.com/doc/subscription/api/apimanage/api_getridinfo.html" read "2026-11-21";
    new {
        /// The id of the call.
        rid: String = Body Rule::Text(Size::Any, Form::Rid),
    }
    with {}
}

records! {
    /// What [`GetApiDomainIp`] and [`GetCallbackIp`] answer.
    IpList {
        /// Addresses and ranges.
        ip_list: Vec<String> = Words("ip_list"),
    }

    /// What [`CallbackCheck`] answers.
    CallbackReport {
        /// What the name of the host resolves to.
        dns: Vec<CallbackDns> = Many("dns"),
        /// How it answers.
        ping: Vec<CallbackPing> = Many("ping"),
    }

    /// An address of the host.
    CallbackDns {
        /// The address.
        ip: Option<String> = Word("ip"),
        /// Whose network it is in.
        real_operator: Option<String> = Word("real_operator"),
    }

    /// How an address answers.
    CallbackPing {
        /// The address.
        ip: Option<String> = Word("ip"),
        /// Whose network it was tried from.
        from_operator: Option<String> = Word("from_operator"),
        /// `0%` or `100%`.
        package_loss: Option<String> = Word("package_loss"),
        /// Such as `23.079ms`.
        time: Option<String> = Word("time"),
    }

    /// What [`GetApiQuota`] answers.
    ApiQuota {
        /// The calls of a day.
        quota: Option<DailyQuota> = One("quota"),
        /// The calls of a shorter time.
        rate_limit: Option<RateLimit> = One("rate_limit"),
        /// The same for calls of a third-party platform.
        component_rate_limit: Option<RateLimit> = One("component_rate_limit"),
    }

    /// The calls of a day.
    DailyQuota {
        /// As many may be made.
        daily_limit: Option<i64> = Int("daily_limit"),
        /// As many have been made.
        used: Option<i64> = Int("used"),
        /// As many are left.
        remain: Option<i64> = Int("remain"),
    }

    /// The calls of a short time.
    RateLimit {
        /// As many may be made.
        call_count: Option<i64> = Int("call_count"),
        /// In so many seconds.
        refresh_second: Option<i64> = Int("refresh_second"),
    }

    /// What [`GetRidInfo`] answers.
    RidInfo {
        /// The call.
        request: Option<RidRequest> = One("request"),
    }

    /// A call that was made.
    RidRequest {
        /// When.
        invoke_time: Option<Timestamp> = Time("invoke_time"),
        /// How long it took, in milliseconds.
        cost_in_ms: Option<i64> = Int("cost_in_ms"),
        /// Where to. **It holds the token**, so it is not shown by `Debug`.
        request_url: Option<Secret> = SecretText("request_url"),
        /// What was sent.
        request_body: Option<Secret> = SecretText("request_body"),
        /// What was answered.
        response_body: Option<Secret> = SecretText("response_body"),
        /// From which address.
        client_ip: Option<String> = Word("client_ip"),
    }
}
