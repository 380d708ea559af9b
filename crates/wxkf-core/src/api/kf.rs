//! Agents (客服账号) and who of them is online.

use alloc::string::String;
use alloc::vec::Vec;

use super::Secret;
use super::declare::endpoints;
use super::upload::{FILENAME, RANDOM};
use crate::fields::records;
use crate::params::{Form, LooseId, Rule, Size};
use crate::time::Timestamp;

const NICKNAME: Rule = Rule::Text(Size::Chars(1, 16), Form::Text);

endpoints! {
    /// Adds an agent (添加客服账号). Set the account's 微信号 in the console first.
    AddKfAccount -> ();
    "customservice.kfaccount.add" Post "/customservice/kfaccount/add" Both AccessToken;
    limits "At most 100 agents.";
    source "https://developers.weixin.qq.com/doc/service/api/customer/servicermanage/api_addkfaccount" read "2026-11-21";
    new {
        /// `name@wechat_id`: up to 10 letters of ASCII, digits and underscores, and the account's
        /// own WeChat id of up to 30 characters.
        kf_account: String = Body Rule::Text(Size::Any, Form::KfAccount),
        /// What users see, up to 16 characters.
        nickname: String = Body NICKNAME,
    }
    with {
        /// The sub merchant (子商户) whose agent it is.
        business_id: LooseId = Body Rule::Id,
        /// The MD5 of a password, as the old system (多客服) wanted it; the present pages have none.
        password: Secret = Body Rule::WORD,
    }

    /// Adds an agent of a mini program by the WeChat id of a person: the form of the pages of 2021 to
    /// 2024. [`AddKfAccount`] is the present one.
    AddKfWx -> ();
    "customservice.kfaccount.add.kf_wx" Post "/customservice/kfaccount/add" MiniProgram AccessToken;
    limits "Form of 2021 to 2024. At most 100 agents.";
    source "https://developers.weixin.qq.com/doc/service/api/customer/servicermanage/api_addkfaccount" read "2026-11-21";
    new {
        /// The WeChat id of the person.
        kf_wx: String = Body Rule::WORD,
    }
    with {}

    /// Changes an agent's nickname (修改客服账号).
    UpdateKfAccount -> ();
    "customservice.kfaccount.update" Post "/customservice/kfaccount/update" OfficialAccount AccessToken;
    limits "Nickname of 1 to 16 characters.";
    source "https://developers.weixin.qq.com/doc/service/api/customer/servicermanage/api_updatekfaccount" read "2026-11-21";
    new {
        /// `name@wechat_id`.
        kf_account: String = Body Rule::WORD,
        /// What users see, up to 16 characters.
        nickname: String = Body NICKNAME,
    }
    with {
        /// The MD5 of a password, as the old system (多客服) wanted it; the present pages have none.
        password: Secret = Body Rule::WORD,
    }

    /// Removes an agent (删除客服账号).
    DeleteKfAccount -> ();
    "customservice.kfaccount.del" Post "/customservice/kfaccount/del" Both AccessToken;
    limits "";
    source "https://developers.weixin.qq.com/doc/service/api/customer/servicermanage/api_delkfaccount" read "2026-11-21";
    new {
        /// `name@wechat_id`.
        kf_account: String = Body Rule::WORD,
    }
    with {
        /// The sub merchant (子商户) whose agent it is.
        business_id: LooseId = Body Rule::Id,
    }

    /// Removes an agent in the way of older pages: with everything in the query string.
    /// [`DeleteKfAccount`] is the present one.
    DeleteKfAccountByQuery -> ();
    "customservice.kfaccount.del.get" Get "/customservice/kfaccount/del" Both AccessToken;
    limits "Older form. One of kf_account (official account) and kf_openid (mini program). The @ stays raw.";
    source "https://developers.weixin.qq.com/doc/service/api/customer/servicermanage/api_delkfaccount" read "2026-11-21";
    relation |object| super::exactly_one(object, ["kf_account", "kf_openid"]);
    new {}
    with {
        /// Of an official account: `name@wechat_id`.
        kf_account: String = Query Rule::WORD,
        /// Of a mini program: the agent's openid.
        kf_openid: String = Query Rule::WORD,
    }

    /// Invites a person to be an agent (邀请绑定客服账号): it is a WeChat id that answers for the agent.
    InviteKfWorker -> ();
    "customservice.kfaccount.inviteworker" Post "/customservice/kfaccount/inviteworker" Both AccessToken;
    limits "";
    source "https://developers.weixin.qq.com/doc/service/api/customer/servicermanage/api_invitekfworker" read "2026-11-21";
    new {
        /// `name@wechat_id`.
        kf_account: String = Body Rule::WORD,
        /// The WeChat id of the person.
        invite_wx: String = Body Rule::WORD,
    }
    with {}

    /// Uploads the picture of an agent (设置客服账号的头像).
    UploadKfHeadImg -> ();
    "customservice.kfaccount.uploadheadimg" Post "/customservice/kfaccount/uploadheadimg" OfficialAccount AccessToken;
    limits "JPG, at most 5 MB, best 640 × 640. HTTPS only.";
    source "https://developers.weixin.qq.com/doc/service/api/customer/servicermanage/api_uploadkfheadimg" read "2026-11-21";
    new {
        /// The agent: `name@wechat_id`.
        kf_account: String = Query Rule::WORD,
        /// The bytes of the picture.
        media as "media_base64": Vec<u8> = Body Rule::Bytes,
    }
    with {
        /// Its name. Only plain ASCII is sent, and the ending is that of the file's type.
        filename: String = Body FILENAME,
    }
    always {
        /// 16 fresh random bytes as hexadecimal digits, for the line between the parts of the form.
        random: [u8; 16] = Body RANDOM,
    }

    /// Makes an agent of a mini program an administrator (设置客服管理员).
    SetKfAdmin -> ();
    "customservice.kfaccount.setadmin" Get "/customservice/kfaccount/setadmin" MiniProgram AccessToken;
    limits "The page calls the parameter the agent's number; it is the openid.";
    source "https://developers.weixin.qq.com/miniprogram/dev/server/API/kf-mgnt/kf-message/api_setkfadmin" read "2026-11-21";
    new {
        /// The agent's openid, as [`GetKfList`] answers it.
        kf_openid: String = Query Rule::WORD,
    }
    with {
        /// The sub merchant (子商户) whose agent it is.
        business_id: LooseId = Query Rule::Id,
    }

    /// Takes that back (取消客服管理员).
    CancelKfAdmin -> ();
    "customservice.kfaccount.canceladmin" Get "/customservice/kfaccount/canceladmin" MiniProgram AccessToken;
    limits "";
    source "https://developers.weixin.qq.com/miniprogram/dev/server/API/kf-mgnt/kf-message/api_cancelkfadmin" read "2026-11-21";
    new {
        /// The agent's openid, as [`GetKfList`] answers it.
        kf_openid: String = Query Rule::WORD,
    }
    with {
        /// The sub merchant (子商户) whose agent it is.
        business_id: LooseId = Query Rule::Id,
    }

    /// All agents (获取所有客服账号).
    GetKfList -> KfList;
    "customservice.getkflist" Get "/cgi-bin/customservice/getkflist" Both AccessToken;
    limits "";
    source "https://developers.weixin.qq.com/doc/service/api/customer/servicermanage/api_getkflist" read "2026-11-21";
    new {}
    with {
        /// The agents of this sub merchant (子商户).
        business_id: LooseId = Query Rule::Id,
    }

    /// The agents that are online (获取在线客服列表).
    GetOnlineKfList -> OnlineKfList;
    "customservice.getonlinekflist" Get "/cgi-bin/customservice/getonlinekflist" Both AccessToken;
    limits "";
    source "https://developers.weixin.qq.com/doc/service/api/customer/servicermanage/api_getonlinekflist" read "2026-11-21";
    new {}
    with {
        /// The agents of this sub merchant (子商户).
        business_id: LooseId = Query Rule::Id,
    }
}

records! {
    /// What [`GetKfList`] answers.
    KfList {
        /// The agents.
        kf_list: Vec<Kf> = Many("kf_list"),
    }

    /// An agent.
    Kf {
        /// `name@wechat_id`.
        kf_account: Option<String> = Word("kf_account"),
        /// The nickname.
        kf_nick: Option<String> = Text("kf_nick" | "kf_nickname"),
        /// The number.
        kf_id: Option<String> = Id("kf_id"),
        /// The picture.
        kf_headimgurl: Option<String> = Word("kf_headimgurl" | "kf_headimg"),
        /// The WeChat id that answers, once bound.
        kf_wx: Option<String> = Word("kf_wx"),
        /// The openid, at a mini program.
        kf_openid: Option<String> = Word("kf_openid"),
        /// The WeChat id that is invited.
        invite_wx: Option<String> = Word("invite_wx"),
        /// When the invitation ends.
        invite_expire_time: Option<Timestamp> = Time("invite_expire_time"),
        /// `waiting`, `rejected` or `expired`.
        invite_status: Option<String> = Word("invite_status"),
    }

    /// What [`GetOnlineKfList`] answers.
    OnlineKfList {
        /// The agents that are online.
        kf_online_list: Vec<OnlineKf> = Many("kf_online_list"),
    }

    /// An agent that is online.
    OnlineKf {
        /// `name@wechat_id`.
        kf_account: Option<String> = Word("kf_account"),
        /// 0 offline, 1 on the web. Older pages: 1 on a computer, 2 on a phone, 3 on both.
        status: Option<i64> = Int("status"),
        /// The number.
        kf_id: Option<String> = Id("kf_id"),
        /// How many sessions the agent has now.
        accepted_case: Option<i64> = Int("accepted_case"),
        /// How many the agent takes by itself, on older pages.
        auto_accept: Option<i64> = Int("auto_accept"),
        /// The openid, at a mini program.
        kf_openid: Option<String> = Word("kf_openid"),
    }
}
