//! What a push says, typed: one row a message type or event, in one table.

mod account;
mod cloud;
mod component;
mod messages;
mod sent;
mod session;
mod trade;
pub(crate) mod untyped;
mod user;

pub use crate::fields::{Id, SecretStr};
pub use account::*;
pub use cloud::*;
pub use component::*;
pub use messages::*;
pub use sent::*;
pub use session::*;
pub use trade::*;
pub use user::*;

use crate::codec::Node;
use crate::fields::{self, Record, Structure};

/// The typed content of a push: a view into it, made when asked for.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Content<'a> {
    /// A message from a user.
    Message(Message<'a>),
    /// A question of 微信云托管 to the service behind it: it has an `action`.
    Action(Action<'a>),
    /// An event: `MsgType` is `event`.
    Event(Event<'a>),
    /// A push to a third-party platform (第三方平台) about itself: it has an `InfoType`.
    Info(Info<'a>),
    /// A type or event that this version knows by name but does not type: its `MsgType` or `Event`. Its
    /// fields are in the tree.
    Untyped(&'a str),
    /// A type or event that this version does not know. Nothing of it is lost: see
    /// [`Inbound::tree`](crate::Inbound::tree).
    Unknown,
}

/// One row of the table.
#[derive(Debug)]
pub(crate) struct ContentKind {
    /// The name in JSON and in every language, such as `event.scan`.
    pub(crate) label: &'static str,
    /// The names on the wire, in lower case.
    names: &'static [&'static str],
    pub(crate) record: &'static Record,
    /// An element that some senders put around the fields and others leave out.
    within: &'static [&'static str],
    family: Family,
    /// Its place in its family.
    at: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    Action,
    Event,
    Info,
    Message,
}

/// Apart from the rows, so that a program that takes messages as JSON does not carry them.
type Readers = &'static [for<'a> fn(Node<'a>) -> Content<'a>];

/// Every kind that is typed.
pub(crate) const KINDS: [&[ContentKind]; 4] = [MESSAGES, EVENTS, INFOS, ACTIONS];

impl ContentKind {
    /// The row with that name, whatever its letter case.
    pub(crate) fn find(table: &'static [Self], name: &str) -> Option<&'static Self> {
        table.iter().find(|kind| kind.names.iter().any(|known| known.eq_ignore_ascii_case(name)))
    }

    /// Where the fields of a push of this kind stand.
    pub(crate) fn scope<'a>(&self, root: Node<'a>) -> Node<'a> {
        fields::structure(root, self.within).unwrap_or(root)
    }

    pub(crate) fn read<'a>(&self, root: Node<'a>) -> Content<'a> {
        let readers = match self.family {
            Family::Action => Action::READERS,
            Family::Event => Event::READERS,
            Family::Info => Info::READERS,
            Family::Message => Message::READERS,
        };
        let read = readers.get(usize::from(self.at));
        read.map_or(Content::Unknown, |read| read(self.scope(root)))
    }

    pub(crate) fn is_message(&self) -> bool {
        self.family == Family::Message
    }

    /// What its content in JSON has the fields of.
    pub(crate) fn records(&self) -> impl Iterator<Item = &'static Record> {
        [self.record].into_iter().chain((self.family != Family::Event).then_some(&untyped::BESIDE))
    }
}

macro_rules! kinds {
    ($(#[doc = $doc:literal])+ $family:ident $table:ident $prefix:literal;
     $($variant:ident($record:ident) $name:literal $(| $alias:literal)* $(in $within:literal)?,)+
    ) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum $family<'a> {
            $(#[doc = concat!("`", $name, "`.")] $variant($record<'a>),)+
        }

        impl $family<'_> {
            const READERS: Readers =
                &[$(|node| Content::$family($family::$variant(Structure::read(node))),)+];
        }

        pub(crate) const $table: &[ContentKind] = {
            enum At { $($variant,)+ }
            &[$(ContentKind {
                label: concat!($prefix, $name),
                names: &[$name $(, $alias)*],
                record: $record::RECORD,
                within: &[$($within)?],
                family: Family::$family,
                at: At::$variant as u8,
            },)+]
        };
    };
}

kinds! {
    /// A message from a user. Mini programs are sent text, image and miniprogrampage.
    Message MESSAGES "";
    Text(Text) "text",
    Image(Image) "image",
    Voice(Voice) "voice",
    Video(Video) "video",
    ShortVideo(ShortVideo) "shortvideo",
    Location(Location) "location",
    Link(Link) "link",
    MiniProgramPage(MiniProgramPage) "miniprogrampage",
    File(File) "file",
}

kinds! {
    /// An event. Names are compared without regard to letter case, as senders differ in it.
    Event EVENTS "event.";
    UserEnterTempsession(UserEnterTempsession) "user_enter_tempsession",
    KfCreateSession(KfSession) "kf_create_session",
    KfCloseSession(KfSession) "kf_close_session",
    KfSwitchSession(KfSwitchSession) "kf_switch_session",
    UserEnterSessionFromCard(UserEnterSessionFromCard) "user_enter_session_from_card",
    KfMsgOrEvent(KfMsgOrEvent) "kf_msg_or_event",
    KfAccountAuthChange(KfAccountAuthChange) "kf_account_auth_change",
    DebugDemo(DebugDemo) "debug_demo",
    Subscribe(Subscribe) "subscribe",
    Unsubscribe(Unsubscribe) "unsubscribe",
    Scan(Scan) "scan",
    LocationReport(LocationReport) "location",
    Click(Click) "click",
    View(View) "view",
    ViewMiniprogram(ViewMiniprogram) "view_miniprogram",
    ScancodePush(ScanCode) "scancode_push",
    ScancodeWaitmsg(ScanCode) "scancode_waitmsg",
    PicSysphoto(SendPics) "pic_sysphoto",
    PicPhotoOrAlbum(SendPics) "pic_photo_or_album",
    PicWeixin(SendPics) "pic_weixin",
    LocationSelect(LocationSelect) "location_select",
    GuideQrcodeScanEvent(GuideQrcodeScanEvent) "guide_qrcode_scan_event",
    TemplateSendJobFinish(TemplateSendJobFinish) "templatesendjobfinish",
    MassSendJobFinish(MassSendJobFinish) "masssendjobfinish",
    PublishJobFinish(PublishJobFinish) "publishjobfinish" | "freepublishjobfinish",
    SubscribeMsgPopupEvent(SubscribeMsgPopupEvent) "subscribe_msg_popup_event" in "SubscribeMsgPopupEvent",
    SubscribeMsgChangeEvent(SubscribeMsgChangeEvent) "subscribe_msg_change_event" in "SubscribeMsgChangeEvent",
    SubscribeMsgSentEvent(SubscribeMsgSentEvent) "subscribe_msg_sent_event" in "SubscribeMsgSentEvent",
    WxaMediaCheck(WxaMediaCheck) "wxa_media_check",
    MerchantOrder(MerchantOrder) "merchant_order",
    UserPayFromPayCell(UserPayFromPayCell) "user_pay_from_pay_cell",
    FundsOrderPay(FundsOrderPay) "funds_order_pay",
    OpenProductOrderPay(OpenProductOrderPay) "open_product_order_pay",
    XpayGoodsDeliverNotify(XpayGoodsDeliverNotify) "xpay_goods_deliver_notify",
    XpayCoinPayNotify(XpayCoinPayNotify) "xpay_coin_pay_notify",
    XpayRefundNotify(XpayRefundNotify) "xpay_refund_notify",
    ComplaintCallback(ComplaintCallback) "complaint_callback" | "complaint callback" in "BussiCallBackInfo",
    UserAuthorizeInvoice(UserAuthorizeInvoice) "user_authorize_invoice",
    UserGetCard(UserGetCard) "user_get_card",
    UserConsumeCard(UserConsumeCard) "user_consume_card",
    UserDelCard(UserDelCard) "user_del_card",
    UserViewCard(UserViewCard) "user_view_card",
    UserGiftingCard(UserGiftingCard) "user_gifting_card",
    UserInfoModified(UserAuthorization) "user_info_modified",
    UserAuthorizationRevoke(UserAuthorization) "user_authorization_revoke",
    UserAuthorizationCancellation(UserAuthorization) "user_authorization_cancellation",
    QualificationVerifySuccess(VerifySuccess) "qualification_verify_success",
    QualificationVerifyFail(VerifyFail) "qualification_verify_fail",
    NamingVerifySuccess(VerifySuccess) "naming_verify_success",
    NamingVerifyFail(VerifyFail) "naming_verify_fail",
    AnnualRenew(VerifySuccess) "annual_renew",
    VerifyExpired(VerifySuccess) "verify_expired",
    WeappAuditSuccess(WeappAuditSuccess) "weapp_audit_success",
    WeappAuditFail(WeappAuditFail) "weapp_audit_fail",
    WeappAuditDelay(WeappAuditDelay) "weapp_audit_delay",
}

kinds! {
    /// A push to a third-party platform about itself: answer `success`.
    Info INFOS "info.";
    ComponentVerifyTicket(ComponentVerifyTicket) "component_verify_ticket",
    Authorized(Authorized) "authorized",
    UpdateAuthorized(UpdateAuthorized) "updateauthorized",
    Unauthorized(Unauthorized) "unauthorized",
}

kinds! {
    /// A question of 微信云托管, which signs nothing: answer `success`.
    Action ACTIONS "action.";
    CheckContainerPath(CheckContainerPath) "checkcontainerpath",
}

/// What the key of a [`Subscribe`] event says about how the user came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SceneKey<'a> {
    /// After a payment: the number of the trade.
    LastTradeNo(&'a str),
    /// Something else, as it stands.
    Other(&'a str),
    /// Through a parametric QR code: its scene, with the prefix taken off once.
    Scene(&'a str),
}

impl<'a> Subscribe<'a> {
    /// Takes `EventKey` apart; `None` if it is absent or empty.
    #[must_use]
    pub fn scene_key(&self) -> Option<SceneKey<'a>> {
        let key = self.event_key.filter(|key| !key.is_empty())?;
        Some(if let Some(scene) = key.strip_prefix("qrscene_") {
            SceneKey::Scene(scene)
        } else if let Some(number) = key.strip_prefix("last_trade_no_") {
            SceneKey::LastTradeNo(number)
        } else {
            SceneKey::Other(key)
        })
    }
}
