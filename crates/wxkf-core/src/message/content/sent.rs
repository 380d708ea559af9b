use alloc::vec::Vec;

use crate::fields::{Id, records};

records! {
    /// A template message was delivered, or not.
    TemplateSendJobFinish<'a> {
        /// `MsgID`: capital D.
        msg_id: Option<Id<'a>> = Id("MsgID"),
        /// `Status`: success, failed:user block, failed: system failed (spacing differs).
        status: Option<&'a str> = Text("Status"),
    }

    /// The finding on one article.
    CopyrightCheck<'a> {
        /// `ArticleIdx`.
        article_idx: Option<i64> = Int("ArticleIdx"),
        /// `UserDeclareState`.
        user_declare_state: Option<i64> = Int("UserDeclareState"),
        /// `AuditState`.
        audit_state: Option<i64> = Int("AuditState"),
        /// `OriginalArticleUrl`.
        original_article_url: Option<&'a str> = Word("OriginalArticleUrl"),
        /// `OriginalArticleType`.
        original_article_type: Option<i64> = Int("OriginalArticleType"),
        /// `CanReprint`.
        can_reprint: Option<i64> = Int("CanReprint"),
        /// `NeedReplaceContent`.
        need_replace_content: Option<i64> = Int("NeedReplaceContent"),
        /// `NeedShowReprintSource`.
        need_show_reprint_source: Option<i64> = Int("NeedShowReprintSource"),
    }

    /// The copyright check of a mass message.
    CopyrightCheckResult<'a> {
        /// `Count`.
        count: Option<i64> = Int("Count"),
        /// `ResultList`.
        result_list: Vec<CopyrightCheck<'a>> = Many("ResultList"),
        /// `CheckState`.
        check_state: Option<i64> = Int("CheckState"),
    }

    /// The address of one article.
    ArticleUrl<'a> {
        /// `ArticleIdx`.
        article_idx: Option<i64> = Int("ArticleIdx"),
        /// `ArticleUrl`.
        article_url: Option<&'a str> = Word("ArticleUrl"),
    }

    /// The addresses of the articles of a mass message.
    ArticleUrlResult<'a> {
        /// `Count`.
        count: Option<i64> = Int("Count"),
        /// `ResultList`.
        result_list: Vec<ArticleUrl<'a>> = Many("ResultList"),
    }

    /// A mass message was sent, or not.
    MassSendJobFinish<'a> {
        /// `MsgID`.
        msg_id: Option<Id<'a>> = Id("MsgID"),
        /// `Status`: send success, send fail, err(NNNNN).
        status: Option<&'a str> = Text("Status"),
        /// `TotalCount`.
        total_count: Option<i64> = Int("TotalCount"),
        /// `FilterCount`.
        filter_count: Option<i64> = Int("FilterCount"),
        /// `SentCount`.
        sent_count: Option<i64> = Int("SentCount"),
        /// `ErrorCount`.
        error_count: Option<i64> = Int("ErrorCount"),
        /// `CopyrightCheckResult`.
        copyright_check_result: Option<CopyrightCheckResult<'a>> = One("CopyrightCheckResult"),
        /// `ArticleUrlResult`.
        article_url_result: Option<ArticleUrlResult<'a>> = One("ArticleUrlResult"),
    }

    /// One published article.
    PublishedArticle<'a> {
        /// `idx`.
        idx: Option<i64> = Int("idx"),
        /// `article_url`.
        article_url: Option<&'a str> = Word("article_url"),
    }

    /// The articles that were published.
    ArticleDetail<'a> {
        /// `count`.
        count: Option<i64> = Int("count"),
        /// `item`.
        item: Vec<PublishedArticle<'a>> = Many("item"),
    }

    /// How a publication ended.
    PublishEventInfo<'a> {
        /// `publish_id`.
        publish_id: Option<Id<'a>> = Id("publish_id"),
        /// `publish_status`.
        publish_status: Option<i64> = Int("publish_status"),
        /// `article_id`.
        article_id: Option<&'a str> = Word("article_id"),
        /// `article_detail`.
        article_detail: Option<ArticleDetail<'a>> = One("article_detail"),
        /// `fail_idx`.
        fail_idx: Vec<i64> = Ints("fail_idx"),
    }

    /// A publication ended; SDKs also know it as FREEPUBLISHJOBFINISH.
    PublishJobFinish<'a> {
        /// `PublishEventInfo`.
        publish_event_info: Option<PublishEventInfo<'a>> = One("PublishEventInfo"),
    }

    /// The answer to one template.
    SubscribePopup<'a> {
        /// `TemplateId`.
        template_id: Option<&'a str> = Word("TemplateId"),
        /// `SubscribeStatusString`: accept or reject.
        subscribe_status_string: Option<&'a str> = Word("SubscribeStatusString"),
        /// `PopupScene`: 0,1,2.
        popup_scene: Option<i64> = Int("PopupScene"),
    }

    /// A user answered the subscription dialog.
    SubscribeMsgPopupEvent<'a> {
        /// `List`.
        list: Vec<SubscribePopup<'a>> = Many("List"),
    }

    /// The change of one template.
    SubscribeChange<'a> {
        /// `TemplateId`.
        template_id: Option<&'a str> = Word("TemplateId"),
        /// `SubscribeStatusString`: reject (accept seen).
        subscribe_status_string: Option<&'a str> = Word("SubscribeStatusString"),
    }

    /// A user changed subscriptions in the settings.
    SubscribeMsgChangeEvent<'a> {
        /// `List`.
        list: Vec<SubscribeChange<'a>> = Many("List"),
    }

    /// The fate of one message.
    SubscribeSent<'a> {
        /// `TemplateId`.
        template_id: Option<&'a str> = Word("TemplateId"),
        /// `MsgID`: 64-bit.
        msg_id: Option<Id<'a>> = Id("MsgID"),
        /// `ErrorCode`.
        error_code: Option<i64> = Int("ErrorCode"),
        /// `ErrorStatus`.
        error_status: Option<&'a str> = Text("ErrorStatus"),
    }

    /// Subscription messages were delivered, or not.
    SubscribeMsgSentEvent<'a> {
        /// `List`.
        list: Vec<SubscribeSent<'a>> = Many("List"),
    }

    /// The finding of one strategy.
    MediaCheckDetail<'a> {
        /// `strategy`.
        strategy: Option<&'a str> = Word("strategy"),
        /// `errcode`.
        errcode: Option<i64> = Int("errcode"),
        /// `suggest`.
        suggest: Option<&'a str> = Word("suggest"),
        /// `label`.
        label: Option<i64> = Int("label"),
        /// `prob`.
        prob: Option<i64> = Int("prob"),
    }

    /// The verdict.
    MediaCheckResult<'a> {
        /// `suggest`: pass, risky, review.
        suggest: Option<&'a str> = Word("suggest"),
        /// `label`.
        label: Option<i64> = Int("label"),
    }

    /// A content check ended. The sender is a system account: tell events apart by `trace_id`.
    WxaMediaCheck<'a> {
        /// `appid`.
        appid: Option<&'a str> = Word("appid"),
        /// `trace_id`.
        trace_id: Option<&'a str> = Word("trace_id"),
        /// `version`: 2 in the new form.
        version: Option<i64> = Int("version"),
        /// `detail`.
        detail: Vec<MediaCheckDetail<'a>> = Many("detail"),
        /// `result`.
        result: Option<MediaCheckResult<'a>> = One("result"),
        /// `isrisky`: v1.
        isrisky: Option<i64> = Int("isrisky"),
        /// `extra_info_json`: v1.
        extra_info_json: Option<&'a str> = Text("extra_info_json"),
        /// `status_code`: v1.
        status_code: Option<i64> = Int("status_code"),
    }
}
