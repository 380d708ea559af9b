use crate::fields::records;

records! {
    /// A user changed, revoked or cancelled what you may keep: delete it. The user concerned is
    /// `open_id`, not the sender.
    UserAuthorization<'a> {
        /// `OpenID`: lower-case openid in user_info_modified samples.
        open_id: Option<&'a str> = Word("OpenID" | "openid"),
        /// `AppID`: lower-case appid in user_info_modified samples.
        app_id: Option<&'a str> = Word("AppID" | "appid"),
        /// `RevokeInfo`: comma list of revoked item numbers.
        revoke_info: Option<&'a str> = Word("RevokeInfo"),
        /// `PluginID`: MP plugin.
        plugin_id: Option<&'a str> = Word("PluginID"),
        /// `OpenPID`: MP plugin.
        open_pid: Option<&'a str> = Word("OpenPID"),
    }

    /// A verification succeeded or expires.
    VerifySuccess<'a> {
        /// `ExpiredTime`.
        expired_time: Option<i64> = Int("ExpiredTime"),
    }

    /// A verification failed.
    VerifyFail<'a> {
        /// `FailTime`.
        fail_time: Option<i64> = Int("FailTime"),
        /// `FailReason`.
        fail_reason: Option<&'a str> = Text("FailReason"),
    }

    /// The mini program passed its review.
    WeappAuditSuccess<'a> {
        /// `SuccTime`.
        succ_time: Option<i64> = Int("SuccTime"),
    }

    /// The mini program failed its review.
    WeappAuditFail<'a> {
        /// `Reason`: holds HTML <br>.
        reason: Option<&'a str> = Text("Reason"),
        /// `FailTime`.
        fail_time: Option<i64> = Int("FailTime"),
        /// `ScreenShot`: media ids joined by a vertical bar.
        screen_shot: Option<&'a str> = Word("ScreenShot"),
    }

    /// The review of the mini program takes longer.
    WeappAuditDelay<'a> {
        /// `Reason`.
        reason: Option<&'a str> = Text("Reason"),
        /// `DelayTime`.
        delay_time: Option<i64> = Int("DelayTime"),
    }
}
