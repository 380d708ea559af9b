use crate::fields::records;

records! {
    /// An order in the old 微信小店.
    MerchantOrder {
        /// `OrderId`.
        order_id: Word = "OrderId",
        /// `OrderStatus`: 2 = paid.
        order_status: Int = "OrderStatus",
        /// `ProductId`.
        product_id: Word = "ProductId",
        /// `SkuInfo`.
        sku_info: Text = "SkuInfo",
    }

    /// A payment with a card (买单).
    UserPayFromPayCell {
        /// `CardId`.
        card_id: Word = "CardId",
        /// `UserCardCode`.
        user_card_code: Word = "UserCardCode",
        /// `TransId`.
        trans_id: Word = "TransId",
        /// `LocationId`.
        location_id: Id = "LocationId",
        /// `Fee`: fen, numeric text.
        fee: Word = "Fee",
        /// `OriginalFee`: fen, numeric text.
        original_fee: Word = "OriginalFee",
    }

    /// The order.
    FundsOrderInfo {
        /// `trade_no`.
        trade_no: Word = "trade_no",
        /// `transaction_id`.
        transaction_id: Word = "transaction_id",
        /// `pay_time`: yyyy-MM-dd HH:mm:ss.
        pay_time: Word = "pay_time",
    }

    /// An order was paid.
    FundsOrderPay {
        /// `order_info`.
        order_info: One(FundsOrderInfo) = "order_info",
    }

    /// An order was paid; `order_info` varies and stays in the tree.
    OpenProductOrderPay {
        /// `order_info`.
        order_info: Tree = "order_info",
    }

    /// The payment behind it.
    WeChatPayInfo {
        /// `MchOrderNo`.
        mch_order_no: Word = "MchOrderNo",
        /// `TransactionId`.
        transaction_id: Word = "TransactionId",
        /// `PaidTime`.
        paid_time: Int = "PaidTime",
    }

    /// The goods.
    GoodsInfo {
        /// `ProductId`.
        product_id: Word = "ProductId",
        /// `Quantity`.
        quantity: Int = "Quantity",
        /// `OrigPrice`.
        orig_price: Int = "OrigPrice",
        /// `ActualPrice`.
        actual_price: Int = "ActualPrice",
        /// `Attach`.
        attach: Text = "Attach",
    }

    /// Virtual payment: deliver the goods, and answer with
    /// [`Reply::ErrCode`](crate::Reply::ErrCode). Tell repeats by `out_trade_no`.
    XpayGoodsDeliverNotify {
        /// `OpenId`.
        open_id: Word = "OpenId",
        /// `OutTradeNo`.
        out_trade_no: Word = "OutTradeNo",
        /// `Env`.
        env: Int = "Env",
        /// `WeChatPayInfo`.
        we_chat_pay_info: One(WeChatPayInfo) = "WeChatPayInfo",
        /// `GoodsInfo`.
        goods_info: One(GoodsInfo) = "GoodsInfo",
    }

    /// The coins.
    CoinInfo {
        /// `Quantity`.
        quantity: Int = "Quantity",
        /// `OrigPrice`.
        orig_price: Int = "OrigPrice",
        /// `ActualPrice`.
        actual_price: Int = "ActualPrice",
        /// `Attach`.
        attach: Text = "Attach",
    }

    /// Virtual payment: credit the coins, and answer with
    /// [`Reply::ErrCode`](crate::Reply::ErrCode).
    XpayCoinPayNotify {
        /// `OpenId`.
        open_id: Word = "OpenId",
        /// `OutTradeNo`.
        out_trade_no: Word = "OutTradeNo",
        /// `Env`.
        env: Int = "Env",
        /// `WeChatPayInfo`.
        we_chat_pay_info: One(WeChatPayInfo) = "WeChatPayInfo",
        /// `CoinInfo`.
        coin_info: One(CoinInfo) = "CoinInfo",
    }

    /// Virtual payment: a refund ended.
    XpayRefundNotify {
        /// `OpenId`.
        open_id: Word = "OpenId",
        /// `MchRefundId`.
        mch_refund_id: Word = "MchRefundId",
        /// `WxRefundId`.
        wx_refund_id: Word = "WxRefundId",
        /// `MchOrderId`.
        mch_order_id: Word = "MchOrderId",
        /// `WxOrderId`.
        wx_order_id: Word = "WxOrderId",
        /// `WxpayRefundTransactionId`.
        wxpay_refund_transaction_id: Word = "WxpayRefundTransactionId",
        /// `RefundFee`.
        refund_fee: Int = "RefundFee",
        /// `RetCode`.
        ret_code: Int = "RetCode",
        /// `RetMsg`.
        ret_msg: Text = "RetMsg",
        /// `RefundStartTimestamp`.
        refund_start_timestamp: Int = "RefundStartTimestamp",
        /// `RefundSuccTimestamp`.
        refund_succ_timestamp: Int = "RefundSuccTimestamp",
        /// `RetryTimes`.
        retry_times: Int = "RetryTimes",
    }

    /// One step of a complaint.
    ComplaintHistory {
        /// `time`.
        time: Word = "time",
        /// `content`.
        content: Text = "content",
        /// `media_id_list`.
        media_id_list: Words = "media_id_list",
    }

    /// A complaint (维权) about an order; JSON pushes name it with a space.
    ComplaintCallback {
        /// `appid`.
        appid: Word = "appid",
        /// `option_type`.
        option_type: Word = "option_type",
        /// `complaint_order_id`.
        complaint_order_id: Word = "complaint_order_id",
        /// `status`.
        status: Word = "status",
        /// `create_time`.
        create_time: Word = "create_time",
        /// `expire_time`.
        expire_time: Word = "expire_time",
        /// `type`.
        r#type: Word = "type",
        /// `order_id`.
        order_id: Word = "order_id",
        /// `out_trade_no`.
        out_trade_no: Word = "out_trade_no",
        /// `phone_number`.
        phone_number: Word = "phone_number",
        /// `open_id`.
        open_id: Word = "open_id",
        /// `customer_material_content`.
        customer_material_content: Text = "customer_material_content",
        /// `customer_material_media_id_list`.
        customer_material_media_id_list: Words = "customer_material_media_id_list",
        /// `pay_time`.
        pay_time: Word = "pay_time",
        /// `total_cost`.
        total_cost: Word = "total_cost",
        /// `product_name`.
        product_name: Text = "product_name",
        /// `history`.
        history: Many(ComplaintHistory) = "history",
    }

    /// A user filled in an invoice request, or failed to.
    UserAuthorizeInvoice {
        /// `SuccOrderId`.
        succ_order_id: Word = "SuccOrderId",
        /// `FailOrderId`.
        fail_order_id: Word = "FailOrderId",
        /// `AppId`: also named AuthorizeAppId in some docs.
        app_id: Word = "AppId" | "AuthorizeAppId",
        /// `Source`: web, app, wap.
        source: Word = "Source",
    }

    /// A user received a card. Several may come in one second.
    UserGetCard {
        /// `CardId`.
        card_id: Word = "CardId",
        /// `IsGiveByFriend`.
        is_give_by_friend: Int = "IsGiveByFriend",
        /// `UserCardCode`.
        user_card_code: Word = "UserCardCode",
        /// `FriendUserName`: empty when not gifted.
        friend_user_name: Word = "FriendUserName",
        /// `OuterId`.
        outer_id: Int = "OuterId",
        /// `OldUserCardCode`.
        old_user_card_code: Word = "OldUserCardCode",
        /// `OuterStr`.
        outer_str: Text = "OuterStr",
        /// `IsRestoreMemberCard`.
        is_restore_member_card: Int = "IsRestoreMemberCard",
        /// `IsRecommendByFriend`.
        is_recommend_by_friend: Int = "IsRecommendByFriend",
        /// `UnionId`.
        union_id: Word = "UnionId",
        /// `SourceScene`: seen in captures.
        source_scene: Word = "SourceScene",
    }

    /// A card was used.
    UserConsumeCard {
        /// `CardId`.
        card_id: Word = "CardId",
        /// `UserCardCode`.
        user_card_code: Word = "UserCardCode",
        /// `ConsumeSource`.
        consume_source: Word = "ConsumeSource",
        /// `LocationName`.
        location_name: Text = "LocationName",
        /// `StaffOpenId`.
        staff_open_id: Word = "StaffOpenId",
        /// `VerifyCode`.
        verify_code: Word = "VerifyCode",
        /// `RemarkAmount`.
        remark_amount: Text = "RemarkAmount",
        /// `OuterStr`.
        outer_str: Text = "OuterStr",
    }

    /// A user deleted a card.
    UserDelCard {
        /// `CardId`.
        card_id: Word = "CardId",
        /// `UserCardCode`.
        user_card_code: Word = "UserCardCode",
    }

    /// A user opened a card.
    UserViewCard {
        /// `CardId`.
        card_id: Word = "CardId",
        /// `UserCardCode`.
        user_card_code: Word = "UserCardCode",
        /// `OuterStr`.
        outer_str: Text = "OuterStr",
    }

    /// A user passes a card on.
    UserGiftingCard {
        /// `CardId`.
        card_id: Word = "CardId",
        /// `UserCardCode`.
        user_card_code: Word = "UserCardCode",
        /// `IsReturnBack`.
        is_return_back: Int = "IsReturnBack",
        /// `FriendUserName`.
        friend_user_name: Word = "FriendUserName",
        /// `IsChatRoom`.
        is_chat_room: Int = "IsChatRoom",
    }
}
