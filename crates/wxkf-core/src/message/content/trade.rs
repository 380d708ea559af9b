use alloc::vec::Vec;

use crate::codec::Node;
use crate::fields::{Id, records};

records! {
    /// An order in the old 微信小店.
    MerchantOrder<'a> {
        /// `OrderId`.
        order_id: Option<&'a str> = Word("OrderId"),
        /// `OrderStatus`: 2 = paid.
        order_status: Option<i64> = Int("OrderStatus"),
        /// `ProductId`.
        product_id: Option<&'a str> = Word("ProductId"),
        /// `SkuInfo`.
        sku_info: Option<&'a str> = Text("SkuInfo"),
    }

    /// A payment with a card (买单).
    UserPayFromPayCell<'a> {
        /// `CardId`.
        card_id: Option<&'a str> = Word("CardId"),
        /// `UserCardCode`.
        user_card_code: Option<&'a str> = Word("UserCardCode"),
        /// `TransId`.
        trans_id: Option<&'a str> = Word("TransId"),
        /// `LocationId`.
        location_id: Option<Id<'a>> = Id("LocationId"),
        /// `Fee`: fen, numeric text.
        fee: Option<&'a str> = Word("Fee"),
        /// `OriginalFee`: fen, numeric text.
        original_fee: Option<&'a str> = Word("OriginalFee"),
    }

    /// The order.
    FundsOrderInfo<'a> {
        /// `trade_no`.
        trade_no: Option<&'a str> = Word("trade_no"),
        /// `transaction_id`.
        transaction_id: Option<&'a str> = Word("transaction_id"),
        /// `pay_time`: yyyy-MM-dd HH:mm:ss.
        pay_time: Option<&'a str> = Word("pay_time"),
    }

    /// An order was paid.
    FundsOrderPay<'a> {
        /// `order_info`.
        order_info: Option<FundsOrderInfo<'a>> = One("order_info"),
    }

    /// An order was paid; `order_info` varies and stays in the tree.
    OpenProductOrderPay<'a> {
        /// `order_info`.
        order_info: Option<Node<'a>> = Tree("order_info"),
    }

    /// The payment behind it.
    WeChatPayInfo<'a> {
        /// `MchOrderNo`.
        mch_order_no: Option<&'a str> = Word("MchOrderNo"),
        /// `TransactionId`.
        transaction_id: Option<&'a str> = Word("TransactionId"),
        /// `PaidTime`.
        paid_time: Option<i64> = Int("PaidTime"),
    }

    /// The goods.
    GoodsInfo<'a> {
        /// `ProductId`.
        product_id: Option<&'a str> = Word("ProductId"),
        /// `Quantity`.
        quantity: Option<i64> = Int("Quantity"),
        /// `OrigPrice`.
        orig_price: Option<i64> = Int("OrigPrice"),
        /// `ActualPrice`.
        actual_price: Option<i64> = Int("ActualPrice"),
        /// `Attach`.
        attach: Option<&'a str> = Text("Attach"),
    }

    /// Virtual payment: deliver the goods, and answer with
    /// [`Reply::ErrCode`](crate::Reply::ErrCode). Tell repeats by `out_trade_no`.
    XpayGoodsDeliverNotify<'a> {
        /// `OpenId`.
        open_id: Option<&'a str> = Word("OpenId"),
        /// `OutTradeNo`.
        out_trade_no: Option<&'a str> = Word("OutTradeNo"),
        /// `Env`.
        env: Option<i64> = Int("Env"),
        /// `WeChatPayInfo`.
        we_chat_pay_info: Option<WeChatPayInfo<'a>> = One("WeChatPayInfo"),
        /// `GoodsInfo`.
        goods_info: Option<GoodsInfo<'a>> = One("GoodsInfo"),
    }

    /// The coins.
    CoinInfo<'a> {
        /// `Quantity`.
        quantity: Option<i64> = Int("Quantity"),
        /// `OrigPrice`.
        orig_price: Option<i64> = Int("OrigPrice"),
        /// `ActualPrice`.
        actual_price: Option<i64> = Int("ActualPrice"),
        /// `Attach`.
        attach: Option<&'a str> = Text("Attach"),
    }

    /// Virtual payment: credit the coins, and answer with
    /// [`Reply::ErrCode`](crate::Reply::ErrCode).
    XpayCoinPayNotify<'a> {
        /// `OpenId`.
        open_id: Option<&'a str> = Word("OpenId"),
        /// `OutTradeNo`.
        out_trade_no: Option<&'a str> = Word("OutTradeNo"),
        /// `Env`.
        env: Option<i64> = Int("Env"),
        /// `WeChatPayInfo`.
        we_chat_pay_info: Option<WeChatPayInfo<'a>> = One("WeChatPayInfo"),
        /// `CoinInfo`.
        coin_info: Option<CoinInfo<'a>> = One("CoinInfo"),
    }

    /// Virtual payment: a refund ended.
    XpayRefundNotify<'a> {
        /// `OpenId`.
        open_id: Option<&'a str> = Word("OpenId"),
        /// `MchRefundId`.
        mch_refund_id: Option<&'a str> = Word("MchRefundId"),
        /// `WxRefundId`.
        wx_refund_id: Option<&'a str> = Word("WxRefundId"),
        /// `MchOrderId`.
        mch_order_id: Option<&'a str> = Word("MchOrderId"),
        /// `WxOrderId`.
        wx_order_id: Option<&'a str> = Word("WxOrderId"),
        /// `WxpayRefundTransactionId`.
        wxpay_refund_transaction_id: Option<&'a str> = Word("WxpayRefundTransactionId"),
        /// `RefundFee`.
        refund_fee: Option<i64> = Int("RefundFee"),
        /// `RetCode`.
        ret_code: Option<i64> = Int("RetCode"),
        /// `RetMsg`.
        ret_msg: Option<&'a str> = Text("RetMsg"),
        /// `RefundStartTimestamp`.
        refund_start_timestamp: Option<i64> = Int("RefundStartTimestamp"),
        /// `RefundSuccTimestamp`.
        refund_succ_timestamp: Option<i64> = Int("RefundSuccTimestamp"),
        /// `RetryTimes`.
        retry_times: Option<i64> = Int("RetryTimes"),
    }

    /// One step of a complaint.
    ComplaintHistory<'a> {
        /// `time`.
        time: Option<&'a str> = Word("time"),
        /// `content`.
        content: Option<&'a str> = Text("content"),
        /// `media_id_list`.
        media_id_list: Vec<&'a str> = Words("media_id_list"),
    }

    /// A complaint (维权) about an order; JSON pushes name it with a space.
    ComplaintCallback<'a> {
        /// `appid`.
        appid: Option<&'a str> = Word("appid"),
        /// `option_type`.
        option_type: Option<&'a str> = Word("option_type"),
        /// `complaint_order_id`.
        complaint_order_id: Option<&'a str> = Word("complaint_order_id"),
        /// `status`.
        status: Option<&'a str> = Word("status"),
        /// `create_time`.
        create_time: Option<&'a str> = Word("create_time"),
        /// `expire_time`.
        expire_time: Option<&'a str> = Word("expire_time"),
        /// `type`.
        r#type: Option<&'a str> = Word("type"),
        /// `order_id`.
        order_id: Option<&'a str> = Word("order_id"),
        /// `out_trade_no`.
        out_trade_no: Option<&'a str> = Word("out_trade_no"),
        /// `phone_number`.
        phone_number: Option<&'a str> = Word("phone_number"),
        /// `open_id`.
        open_id: Option<&'a str> = Word("open_id"),
        /// `customer_material_content`.
        customer_material_content: Option<&'a str> = Text("customer_material_content"),
        /// `customer_material_media_id_list`.
        customer_material_media_id_list: Vec<&'a str> = Words("customer_material_media_id_list"),
        /// `pay_time`.
        pay_time: Option<&'a str> = Word("pay_time"),
        /// `total_cost`.
        total_cost: Option<&'a str> = Word("total_cost"),
        /// `product_name`.
        product_name: Option<&'a str> = Text("product_name"),
        /// `history`.
        history: Vec<ComplaintHistory<'a>> = Many("history"),
    }

    /// A user filled in an invoice request, or failed to.
    UserAuthorizeInvoice<'a> {
        /// `SuccOrderId`.
        succ_order_id: Option<&'a str> = Word("SuccOrderId"),
        /// `FailOrderId`.
        fail_order_id: Option<&'a str> = Word("FailOrderId"),
        /// `AppId`: also named AuthorizeAppId in some docs.
        app_id: Option<&'a str> = Word("AppId" | "AuthorizeAppId"),
        /// `Source`: web, app, wap.
        source: Option<&'a str> = Word("Source"),
    }

    /// A user received a card. Several may come in one second.
    UserGetCard<'a> {
        /// `CardId`.
        card_id: Option<&'a str> = Word("CardId"),
        /// `IsGiveByFriend`.
        is_give_by_friend: Option<i64> = Int("IsGiveByFriend"),
        /// `UserCardCode`.
        user_card_code: Option<&'a str> = Word("UserCardCode"),
        /// `FriendUserName`: empty when not gifted.
        friend_user_name: Option<&'a str> = Word("FriendUserName"),
        /// `OuterId`.
        outer_id: Option<i64> = Int("OuterId"),
        /// `OldUserCardCode`.
        old_user_card_code: Option<&'a str> = Word("OldUserCardCode"),
        /// `OuterStr`.
        outer_str: Option<&'a str> = Text("OuterStr"),
        /// `IsRestoreMemberCard`.
        is_restore_member_card: Option<i64> = Int("IsRestoreMemberCard"),
        /// `IsRecommendByFriend`.
        is_recommend_by_friend: Option<i64> = Int("IsRecommendByFriend"),
        /// `UnionId`.
        union_id: Option<&'a str> = Word("UnionId"),
        /// `SourceScene`: seen in captures.
        source_scene: Option<&'a str> = Word("SourceScene"),
    }

    /// A card was used.
    UserConsumeCard<'a> {
        /// `CardId`.
        card_id: Option<&'a str> = Word("CardId"),
        /// `UserCardCode`.
        user_card_code: Option<&'a str> = Word("UserCardCode"),
        /// `ConsumeSource`.
        consume_source: Option<&'a str> = Word("ConsumeSource"),
        /// `LocationName`.
        location_name: Option<&'a str> = Text("LocationName"),
        /// `StaffOpenId`.
        staff_open_id: Option<&'a str> = Word("StaffOpenId"),
        /// `VerifyCode`.
        verify_code: Option<&'a str> = Word("VerifyCode"),
        /// `RemarkAmount`.
        remark_amount: Option<&'a str> = Text("RemarkAmount"),
        /// `OuterStr`.
        outer_str: Option<&'a str> = Text("OuterStr"),
    }

    /// A user deleted a card.
    UserDelCard<'a> {
        /// `CardId`.
        card_id: Option<&'a str> = Word("CardId"),
        /// `UserCardCode`.
        user_card_code: Option<&'a str> = Word("UserCardCode"),
    }

    /// A user opened a card.
    UserViewCard<'a> {
        /// `CardId`.
        card_id: Option<&'a str> = Word("CardId"),
        /// `UserCardCode`.
        user_card_code: Option<&'a str> = Word("UserCardCode"),
        /// `OuterStr`.
        outer_str: Option<&'a str> = Text("OuterStr"),
    }

    /// A user passes a card on.
    UserGiftingCard<'a> {
        /// `CardId`.
        card_id: Option<&'a str> = Word("CardId"),
        /// `UserCardCode`.
        user_card_code: Option<&'a str> = Word("UserCardCode"),
        /// `IsReturnBack`.
        is_return_back: Option<i64> = Int("IsReturnBack"),
        /// `FriendUserName`.
        friend_user_name: Option<&'a str> = Word("FriendUserName"),
        /// `IsChatRoom`.
        is_chat_room: Option<i64> = Int("IsChatRoom"),
    }
}
