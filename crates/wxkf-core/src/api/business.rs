//! Sub merchants (客服子商户) of a mini program, and its binding to WeCom (微信客服).

use alloc::string::String;
use alloc::vec::Vec;

use super::declare::endpoints;
use crate::error::Error;
use crate::fields::records;
use crate::params::{Form, LooseId, MediaId, MediaKind, Object, Rule, Size};
use crate::time::Timestamp;

const ACCOUNT_NAME: Rule = Rule::Text(Size::Chars(6, 30), Form::AccountName);
const NICKNAME: Rule = Rule::Text(Size::Columns(4, 30), Form::Text);
const ICON: Rule = Rule::Media(&[MediaKind::Image]);

endpoints! {
    /// Registers a sub merchant (注册子商户). For mini programs of the category 电商平台.
    RegisterBusiness -> BusinessId;
    "business.register" Post "/cgi-bin/business/register" MiniProgram AccessToken;
    limits "Category 电商平台 only; not for third-party platforms. A name can be registered once.";
    source "https://developers.weixin.qq.com/miniprogram/dev/server/API/kf-mgnt/kf-management/api_registerbusiness" read "2026-11-21";
    new {
        /// 6 to 30 letters of ASCII, digits and underscores. It cannot be changed.
        account_name: String = Body ACCOUNT_NAME,
        /// What users see: 4 to 30, where a Chinese character counts twice.
        nickname: String = Body NICKNAME,
        /// An uploaded picture.
        icon_media_id: MediaId = Body ICON,
    }
    with {
        /// Whether its messages go to the mini program's own agents.
        transfer_to_commkf: bool = Body Rule::Bool,
    }

    /// Changes a sub merchant (更新子商户).
    UpdateBusiness -> ();
    "business.update" Post "/cgi-bin/business/update" MiniProgram AccessToken;
    limits "Nickname of 4 to 30, a Chinese character counts twice.";
    source "https://developers.weixin.qq.com/miniprogram/dev/server/API/kf-mgnt/kf-management/api_updatebusiness" read "2026-11-21";
    new {
        /// The sub merchant.
        business_id: LooseId = Body Rule::Id,
    }
    with {
        /// What users see.
        nickname: String = Body NICKNAME,
        /// An uploaded picture.
        icon_media_id: MediaId = Body ICON,
    }

    /// One sub merchant, by its id or its name (获取子商户).
    GetBusiness -> BusinessAnswer;
    "business.get" Post "/cgi-bin/business/get" MiniProgram AccessToken;
    limits "One of business_id and account_name.";
    source "https://developers.weixin.qq.com/miniprogram/dev/server/API/kf-mgnt/kf-management/api_getbusiness" read "2026-11-21";
    relation one_name;
    new {}
    with {
        /// The sub merchant.
        business_id: LooseId = Body Rule::Id,
        /// Its name.
        account_name: String = Body ACCOUNT_NAME,
    }

    /// The sub merchants (获取子商户列表). A page of fewer than `count` is the last.
    ListBusiness -> BusinessList;
    "business.list" Post "/cgi-bin/business/list" MiniProgram AccessToken;
    limits "At most 200 a page; fewer than count: the last page.";
    source "https://developers.weixin.qq.com/miniprogram/dev/server/API/kf-mgnt/kf-management/api_listbusiness" read "2026-11-21";
    new {
        /// From 0.
        offset: i64 = Body Rule::Int(0, i64::MAX),
        /// Up to 200.
        count: i64 = Body Rule::Int(1, 200),
    }
    with {}

    /// Binds a mini program to a company of WeCom (绑定微信客服), whose rules hold from then on.
    BindKfWork -> ();
    "customservice.work.bind" Post "/customservice/work/bind" MiniProgram AccessToken;
    limits "Not for personal accounts; the company must be of the same entity.";
    source "https://developers.weixin.qq.com/miniprogram/dev/server/API/kf-work/api_bindkfwork" read "2026-11-21";
    new {
        /// The company.
        corpid: String = Body Rule::WORD,
    }
    with {}

    /// Takes that back (解绑微信客服).
    UnbindKfWork -> ();
    "customservice.work.unbind" Post "/customservice/work/unbind" MiniProgram AccessToken;
    limits "";
    source "https://developers.weixin.qq.com/miniprogram/dev/server/API/kf-work/api_unbindkfwork" read "2026-11-21";
    new {
        /// The company.
        corpid: String = Body Rule::WORD,
    }
    with {}

    /// Which company of WeCom it is bound to (查询绑定).
    GetKfWorkBound -> KfWorkBound;
    "customservice.work.get" Get "/customservice/work/get" MiniProgram AccessToken;
    limits "";
    source "https://developers.weixin.qq.com/miniprogram/dev/server/API/kf-work/api_getkfworkbound" read "2026-11-21";
    new {}
    with {}

    /// Refills the quota of customer-service messages after a buyer's review (重置 Api 客服 quota), part
    /// of 交易保障. The page does not say what exactly it refills.
    ResetApiKfQuota -> ResetQuota;
    "wxaapi.comment.apikfquota.reset" Post "/wxaapi/comment/apikfquota/reset" MiniProgram AccessToken;
    limits "";
    source "https://developers.weixin.qq.com/miniprogram/dev/server/API/transaction-guarantee/comment/api_resetapikfquota.html" read "2026-11-21";
    new {
        /// The review (评价).
        comment_id as "commentId": String = Body Rule::WORD,
    }
    with {}
}

fn one_name(object: &Object<'_>) -> Result<(), Error> {
    super::exactly_one(object, ["business_id", "account_name"])
}

records! {
    /// What [`RegisterBusiness`] answers.
    BusinessId {
        /// The sub merchant.
        business_id: String = Need<Id>("business_id"),
    }

    /// What [`GetBusiness`] answers.
    BusinessAnswer {
        /// The sub merchant.
        business_info: Option<Business> = One("business_info"),
    }

    /// What [`ListBusiness`] answers.
    BusinessList {
        /// The sub merchants.
        list: Vec<Business> = Many("list"),
    }

    /// A sub merchant.
    Business {
        /// Its id.
        business_id: Option<String> = Id("business_id"),
        /// Its name.
        account_name: Option<String> = Word("account_name"),
        /// What users see.
        nickname: Option<String> = Text("nickname"),
        /// Its picture, as media.
        icon_media_id: Option<String> = Word("icon_media_id"),
        /// Its picture, as an address.
        icon_url: Option<String> = Word("icon_url"),
    }

    /// What [`GetKfWorkBound`] answers: nothing if it is not bound.
    KfWorkBound {
        /// The entity behind the mini program.
        entity_name: Option<String> = Text("entityName"),
        /// The company.
        corpid: Option<String> = Word("corpid"),
        /// When it was bound.
        bind_time: Option<Timestamp> = Time("bindTime"),
    }

    /// What [`ResetApiKfQuota`] answers.
    ResetQuota {
        /// Whether it was done.
        success: Option<bool> = Bool("success"),
    }
}
