//! Pushes that are not typed: those that are known by name, and what JSON has of them.

use crate::fields::{Field, Id, Record, shape};
use crate::names::said;

/// What stands before the name of an event, where it is the name of a kind.
const EVENT: &str = "event.";

/// The kinds of which no more is known than the name: messages of the retired hardware platform, which no user
/// wrote, and events that have nothing to do with customer service.
#[rustfmt::skip]
pub(crate) const KINDS: &[&str] = &[
    "device_event", "device_text", "event.enter", "event.shakearoundusershake",
    "event.wificonnected", "event.poi_check_notify", "event.card_pass_check",
    "event.card_not_pass_check", "event.card_merchant_check_result", "event.card_pay_order",
    "event.card_sku_remind", "event.update_member_card", "event.submit_membercard_user_info",
    "event.giftcard_pay_done", "event.giftcard_send_to_friend", "event.giftcard_user_accept",
    "event.submit_invoice_title", "event.update_invoice_status",
    "event.cloud_invoice_invoiceresult_event", "event.apply_merchant_audit_info",
    "event.create_map_poi_audit_info", "event.add_store_audit_info",
    "event.modify_store_audit_info", "event.add_nearby_poi_audit_info",
    "event.nearby_category_audit_info", "event.add_express_path", "event.update_waybill_status",
    "event.ewaybill_push_path", "event.trade_manage_remind_access_api",
    "event.trade_manage_remind_shipping", "event.trade_manage_order_settlement",
    "event.funds_order_refund", "event.funds_order_profitsharing", "event.complaint_notify",
    "event.withdraw_notify", "event.retail_refund_notify", "event.charge_service_quota_notify",
    "event.secvod_upload_event", "event.secvod_audit_event", "event.secbook_audit_event",
    "event.wxalive_follow_notify", "event.wxalive_push_message_notify", "event.wx_verify_pay_succ",
    "event.wx_verify_dispatch", "event.wxa_category_audit", "event.wxa_nickname_audit",
    "event.wxa_privacy_apply", "event.wxa_appeal_record", "event.wxa_comment_bad_score",
    "event.notify_3rd_wxa_auth", "event.notify_3rd_wxa_wxverify",
    "event.notify_third_fastverifybetaapp", "event.betaapp_verify_apply_event",
    "event.betaapp_verify_event", "event.betaapp_authorization_apply_event",
    "event.minigame_coin_deliver_completed", "event.minigame_deliver_goods",
    "event.minigame_h5_goods_deliver_notify", "event.minigame_game_pay_goods_deliver_notify",
    "event.xpay_complaint_notify", "event.xpay_apple_subscribe_signing_result_notify",
    "event.xpay_subscribe_ios_refund_query_notify", "event.open_product_order_cancel",
    "event.open_product_order_confirm", "event.open_product_order_refund",
    "event.open_product_order_settle", "event.open_product_receive_coupon",
    "event.open_product_spu_audit", "event.open_product_spu_status_update",
    "event.open_product_category_audit", "event.open_product_brand_audit",
    "event.open_product_account_register", "event.aftersale_new_order",
    "event.aftersale_refund_success", "event.aftersale_update_order", "event.aftersale_user_cancel",
    "event.commkf_send_msg_to_kf", "event.channels_ec_order_new", "event.channels_ec_order_pay",
    "event.channels_ec_order_deliver", "event.channels_ec_order_confirm",
    "event.channels_ec_order_settle", "event.channels_ec_order_cancel",
    "event.channels_ec_aftersale_update", "event.channels_ec_complaint_update",
    "event.channels_ec_guarantee_update", "event.transport_add_order",
    "event.transport_cancel_order", "event.transport_query_order_status",
    "event.transport_precreate_order", "event.check_biz", "event.get_quota", "event.add_waybill",
    "event.cancel_waybill", "event.get_pre_auth_code", "event.get_auth_info",
    "event.cancel_auth_account",
];

/// The kind of that name, if it is one of these.
pub(crate) fn find(is_event: bool, name: &str) -> Option<&'static str> {
    let named = |kind: &&str| match kind.strip_prefix(EVENT) {
        Some(event) => is_event && event.eq_ignore_ascii_case(name),
        None => !is_event && kind.eq_ignore_ascii_case(name),
    };
    KINDS.iter().copied().find(named)
}

/// What the content of a kind without fields of its own has in JSON.
pub(crate) fn records(kind: &str) -> impl Iterator<Item = &'static Record> {
    [&TYPE].into_iter().chain((!kind.starts_with(EVENT)).then_some(&BESIDE))
}

/// What a push says of its type, if that type is not typed.
pub(crate) const TYPE: Record = Record {
    name: "Untyped",
    doc: said!("What a push says of its type, if that type is not typed."),
    fields: &[
        Field::of::<shape::Word, Option<&str>>(
            "msg_type",
            &["MsgType"],
            said!("`MsgType`, as it stands."),
        ),
        Field::of::<shape::Word, Option<&str>>(
            "event",
            &["Event"],
            said!("`Event`, as it stands; senders differ in letter case."),
        ),
        Field::of::<shape::Text, Option<&str>>(
            "event_key",
            &["EventKey"],
            said!("`EventKey`, as it stands: an opaque string, often empty."),
        ),
        Field::of::<shape::Word, Option<&str>>(
            "info_type",
            &["InfoType"],
            said!("`InfoType` of a push to a third-party platform about itself."),
        ),
    ],
};

/// What may stand beside the fields of a push that is no event.
pub(crate) const BESIDE: Record = Record {
    name: "Extra",
    doc: said!("What may stand beside the fields of a push that is no event."),
    fields: &[
        Field::of::<shape::Id, Option<Id<'_>>>(
            "msg_data_id",
            &["MsgDataId"],
            said!(
                "`MsgDataId`: the article from which the message was sent. Official accounts only."
            ),
        ),
        Field::of::<shape::Int, Option<i64>>(
            "idx",
            &["Idx"],
            said!("`Idx`: which article of several, from 1."),
        ),
        Field::of::<shape::Id, Option<Id<'_>>>(
            "business_id",
            &["BusinessId"],
            said!(
                "`BusinessId`: the sub-merchant of a mini program that the user wrote to; the answer needs it."
            ),
        ),
        Field::of::<shape::Word, Option<&str>>(
            "msg_data_format",
            &["MsgDataFormat"],
            said!("`MsgDataFormat`."),
        ),
    ],
};
