use crate::fields::records;

records! {
    /// A user changed, revoked or cancelled what you may keep: delete it. The user concerned is
    /// `open_id`, not the sender.
    UserAuthorization {
        /// `OpenID`: lower-case openid in user_info_modified samples.
        open_id: Word = "OpenID" | "openid",
        /// `AppID`: lower-case appid in user_info_modified samples.
        app_id: Word = "AppID" | "appid",
        /// `RevokeInfo`: comma list of revoked item numbers.
        revoke_info: Word = "RevokeInfo",
        /// `PluginID`: MP plugin.
        plugin_id: Word = "PluginID",
        /// `OpenPID`: MP plugin.
        open_pid: Word = "OpenPID",
    }

    /// A verification succeeded or expires.
    VerifySuccess {
        /// `ExpiredTime`.
        expired_time: Int = "ExpiredTime",
    }

    /// A verification failed.
    VerifyFail {
        /// `FailTime`.
        fail_time: Int = "FailTime",
        /// `FailReason`.
        fail_reason: Text = "FailReason",
    }

    /// The mini program passed its review.
    WeappAuditSuccess {
        /// `SuccTime`.
        succ_time: Int = "SuccTime",
    }

    /// The mini program failed its review.
    WeappAuditFail {
        /// `Reason`: holds HTML <br>.
        reason: Text = "Reason",
        /// `FailTime`.
        fail_time: Int = "FailTime",
        /// `ScreenShot`: media ids joined by a vertical bar.
        screen_shot: Word = "ScreenShot",
    }

    /// The review of the mini program takes longer.
    WeappAuditDelay {
        /// `Reason`.
        reason: Text = "Reason",
        /// `DelayTime`.
        delay_time: Int = "DelayTime",
    }
}
