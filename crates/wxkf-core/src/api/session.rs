//! Sessions between users and agents (客服会话). For official accounts.

use alloc::string::String;
use alloc::vec::Vec;

use super::declare::endpoints;
use crate::fields::records;
use crate::params::Rule;
use crate::time::Timestamp;

endpoints! {
    /// Gives a user to an agent (创建会话). The agent must be bound and online; a session that exists is
    /// accepted, too.
    CreateKfSession -> ();
    "customservice.kfsession.create" Post "/customservice/kfsession/create" OfficialAccount AccessToken;
    limits "The agent must be bound and online.";
    source "https://developers.weixin.qq.com/doc/service/api/customer/messctrl/api_createkfsession" read "2026-11-21";
    new {
        /// `name@wechat_id`.
        kf_account: String = Body Rule::WORD,
        /// The user.
        openid: String = Body Rule::WORD,
    }
    with {
        /// A remark for the agent, on older pages.
        text: String = Body Rule::FREE,
    }

    /// Ends a session (关闭会话).
    CloseKfSession -> ();
    "customservice.kfsession.close" Post "/customservice/kfsession/close" OfficialAccount AccessToken;
    limits "";
    source "https://developers.weixin.qq.com/doc/service/api/customer/messctrl/api_closesession" read "2026-11-21";
    new {
        /// `name@wechat_id`.
        kf_account: String = Body Rule::WORD,
        /// The user.
        openid: String = Body Rule::WORD,
    }
    with {
        /// A remark for the agent, on older pages.
        text: String = Body Rule::FREE,
    }

    /// Which agent serves a user (获取客户会话状态).
    GetKfSession -> KfSession;
    "customservice.kfsession.getsession" Get "/customservice/kfsession/getsession" OfficialAccount AccessToken;
    limits "";
    source "https://developers.weixin.qq.com/doc/service/api/customer/messctrl/api_getkfsession" read "2026-11-21";
    new {
        /// The user.
        openid: String = Query Rule::WORD,
    }
    with {}

    /// The users that an agent serves (获取客服会话列表).
    GetKfSessionList -> KfSessionList;
    "customservice.kfsession.getsessionlist" Get "/customservice/kfsession/getsessionlist" OfficialAccount AccessToken;
    limits "";
    source "https://developers.weixin.qq.com/doc/service/api/customer/messctrl/api_getkfsessionlist" read "2026-11-21";
    new {
        /// `name@wechat_id`.
        kf_account: String = Query Rule::WORD,
    }
    with {}

    /// The users that wait for an agent (获取未接入会话列表).
    GetWaitCase -> WaitCaseList;
    "customservice.kfsession.getwaitcase" Get "/customservice/kfsession/getwaitcase" OfficialAccount AccessToken;
    limits "At most 100 in the list, first come first; the count may be larger.";
    source "https://developers.weixin.qq.com/doc/service/api/customer/messctrl/api_getwaitcase" read "2026-11-21";
    new {}
    with {}
}

records! {
    /// What [`GetKfSession`] answers.
    KfSession {
        /// When the session began.
        createtime: Option<Timestamp> = Time("createtime"),
        /// The agent; empty if nobody serves the user.
        kf_account: Option<String> = Word("kf_account"),
    }

    /// What [`GetKfSessionList`] answers.
    KfSessionList {
        /// The sessions.
        sessionlist: Vec<OpenKfSession> = Many("sessionlist"),
    }

    /// A session of an agent.
    OpenKfSession {
        /// When it began.
        createtime: Option<Timestamp> = Time("createtime"),
        /// The user.
        openid: Option<String> = Word("openid"),
    }

    /// What [`GetWaitCase`] answers.
    WaitCaseList {
        /// How many wait in all.
        count: Option<i64> = Int("count"),
        /// The first 100 of them, in the order of their arrival.
        waitcaselist: Vec<WaitCase> = Many("waitcaselist"),
    }

    /// A user that waits.
    WaitCase {
        /// When the user last wrote.
        latest_time: Option<Timestamp> = Time("latest_time"),
        /// The user.
        openid: Option<String> = Word("openid"),
        /// The agent that the user asked for, on older pages.
        kf_account: Option<String> = Word("kf_account"),
        /// When the user came, on older pages.
        createtime: Option<Timestamp> = Time("createtime"),
    }
}
