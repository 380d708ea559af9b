use crate::fields::records;

records! {
    /// A template message was delivered, or not.
    TemplateSendJobFinish {
        /// `MsgID`: capital D.
        msg_id: Id = "MsgID",
        /// `Status`: success, failed:user block, failed: system failed (spacing differs).
        status: Text = "Status",
    }

    /// The finding on one article.
    CopyrightCheck {
        /// `ArticleIdx`.
        article_idx: Int = "ArticleIdx",
        /// `UserDeclareState`.
        user_declare_state: Int = "UserDeclareState",
        /// `AuditState`.
        audit_state: Int = "AuditState",
        /// `OriginalArticleUrl`.
        original_article_url: Word = "OriginalArticleUrl",
        /// `OriginalArticleType`.
        original_article_type: Int = "OriginalArticleType",
        /// `CanReprint`.
        can_reprint: Int = "CanReprint",
        /// `NeedReplaceContent`.
        need_replace_content: Int = "NeedReplaceContent",
        /// `NeedShowReprintSource`.
        need_show_reprint_source: Int = "NeedShowReprintSource",
    }

    /// The copyright check of a mass message.
    CopyrightCheckResult {
        /// `Count`.
        count: Int = "Count",
        /// `ResultList`.
        result_list: Many(CopyrightCheck) = "ResultList",
        /// `CheckState`.
        check_state: Int = "CheckState",
    }

    /// The address of one article.
    ArticleUrl {
        /// `ArticleIdx`.
        article_idx: Int = "ArticleIdx",
        /// `ArticleUrl`.
        article_url: Word = "ArticleUrl",
    }

    /// The addresses of the articles of a mass message.
    ArticleUrlResult {
        /// `Count`.
        count: Int = "Count",
        /// `ResultList`.
        result_list: Many(ArticleUrl) = "ResultList",
    }

    /// A mass message was sent, or not.
    MassSendJobFinish {
        /// `MsgID`.
        msg_id: Id = "MsgID",
        /// `Status`: send success, send fail, err(NNNNN).
        status: Text = "Status",
        /// `TotalCount`.
        total_count: Int = "TotalCount",
        /// `FilterCount`.
        filter_count: Int = "FilterCount",
        /// `SentCount`.
        sent_count: Int = "SentCount",
        /// `ErrorCount`.
        error_count: Int = "ErrorCount",
        /// `CopyrightCheckResult`.
        copyright_check_result: One(CopyrightCheckResult) = "CopyrightCheckResult",
        /// `ArticleUrlResult`.
        article_url_result: One(ArticleUrlResult) = "ArticleUrlResult",
    }

    /// One published article.
    PublishedArticle {
        /// `idx`.
        idx: Int = "idx",
        /// `article_url`.
        article_url: Word = "article_url",
    }

    /// The articles that were published.
    ArticleDetail {
        /// `count`.
        count: Int = "count",
        /// `item`.
        item: Many(PublishedArticle) = "item",
    }

    /// How a publication ended.
    PublishEventInfo {
        /// `publish_id`.
        publish_id: Id = "publish_id",
        /// `publish_status`.
        publish_status: Int = "publish_status",
        /// `article_id`.
        article_id: Word = "article_id",
        /// `article_detail`.
        article_detail: One(ArticleDetail) = "article_detail",
        /// `fail_idx`.
        fail_idx: Ints = "fail_idx",
    }

    /// A publication ended; SDKs also know it as FREEPUBLISHJOBFINISH.
    PublishJobFinish {
        /// `PublishEventInfo`.
        publish_event_info: One(PublishEventInfo) = "PublishEventInfo",
    }

    /// The answer to one template.
    SubscribePopup {
        /// `TemplateId`.
        template_id: Word = "TemplateId",
        /// `SubscribeStatusString`: accept or reject.
        subscribe_status_string: Word = "SubscribeStatusString",
        /// `PopupScene`: 0,1,2.
        popup_scene: Int = "PopupScene",
    }

    /// A user answered the subscription dialog.
    SubscribeMsgPopupEvent {
        /// `List`.
        list: Many(SubscribePopup) = "List",
    }

    /// The change of one template.
    SubscribeChange {
        /// `TemplateId`.
        template_id: Word = "TemplateId",
        /// `SubscribeStatusString`: reject (accept seen).
        subscribe_status_string: Word = "SubscribeStatusString",
    }

    /// A user changed subscriptions in the settings.
    SubscribeMsgChangeEvent {
        /// `List`.
        list: Many(SubscribeChange) = "List",
    }

    /// The fate of one message.
    SubscribeSent {
        /// `TemplateId`.
        template_id: Word = "TemplateId",
        /// `MsgID`: 64-bit.
        msg_id: Id = "MsgID",
        /// `ErrorCode`.
        error_code: Int = "ErrorCode",
        /// `ErrorStatus`.
        error_status: Text = "ErrorStatus",
    }

    /// Subscription messages were delivered, or not.
    SubscribeMsgSentEvent {
        /// `List`.
        list: Many(SubscribeSent) = "List",
    }

    /// The finding of one strategy.
    MediaCheckDetail {
        /// `strategy`.
        strategy: Word = "strategy",
        /// `errcode`.
        errcode: Int = "errcode",
        /// `suggest`.
        suggest: Word = "suggest",
        /// `label`.
        label: Int = "label",
        /// `prob`.
        prob: Int = "prob",
    }

    /// The verdict.
    MediaCheckResult {
        /// `suggest`: pass, risky, review.
        suggest: Word = "suggest",
        /// `label`.
        label: Int = "label",
    }

    /// A content check ended. The sender is a system account: tell events apart by `trace_id`.
    WxaMediaCheck {
        /// `appid`.
        appid: Word = "appid",
        /// `trace_id`.
        trace_id: Word = "trace_id",
        /// `version`: 2 in the new form.
        version: Int = "version",
        /// `detail`.
        detail: Many(MediaCheckDetail) = "detail",
        /// `result`.
        result: One(MediaCheckResult) = "result",
        /// `isrisky`: v1.
        isrisky: Int = "isrisky",
        /// `extra_info_json`: v1.
        extra_info_json: Text = "extra_info_json",
        /// `status_code`: v1.
        status_code: Int = "status_code",
    }
}
