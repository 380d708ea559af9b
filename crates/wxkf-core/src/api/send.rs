//! Sending a message, and showing that one is being written.

use alloc::string::String;

use super::answer::{Answer, Answers};
use super::declare::requests;
use super::endpoint::{Endpoint, EndpointInfo, Output, Params, sealed};
use super::request::{Auth, Method};
use super::response::{Outcome, Response};
use crate::account::Accounts;
use crate::codec::Node;
use crate::error::Error;
use crate::fields::Row;
use crate::message::outbound::Outbound;
use crate::params::{Argument, Form, LooseId, Object, Param, Rule, Size, Value};
use crate::schema::{self, Call, Member, Record};

/// What [`SendMessage`] answers: nothing but that the message was accepted. So its outcome, and that of no
/// other call, is a [`Settlement`](crate::Settlement).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Sent;

/// What [`SetTyping`] answers: nothing but that it was accepted. Its outcome is a
/// [`TypingSettlement`](crate::TypingSettlement).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct TypingSet;

const OPENID: Rule = Rule::Text(Size::Any, Form::Word);
const BUSINESS: Param = Param::required("businessid", Rule::Id);

/// Sends a message to a user (发送客服消息).
///
/// `/cgi-bin/message/custom/send`, or `/cgi-bin/message/custom/business/send` with a
/// [`businessid`](Self::businessid):
/// <https://developers.weixin.qq.com/doc/service/api/customer/message/api_sendcustommessage>, read
/// 2026-11-21.
///
/// The platform answers no id and knows no key against repeats: whoever repeats a call that was not
/// answered may send the message twice.
///
/// ```
/// use wxkf_core::Outbound;
/// use wxkf_core::api::{Endpoint, SendMessage};
///
/// let call = SendMessage::new("OPENID", Outbound::text("你好")).kf_account("test1@kftest");
/// let request = call.request()?;
/// assert_eq!(request.path(), "/cgi-bin/message/custom/send");
/// assert_eq!(
///     core::str::from_utf8(request.body()).unwrap(),
///     r#"{"touser":"OPENID","msgtype":"text","text":{"content":"你好"},"customservice":{"kf_account":"test1@kftest"}}"#,
/// );
/// # Ok::<(), wxkf_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SendMessage {
    /// The openid of the user.
    pub touser: String,
    /// What to send.
    pub message: Outbound,
    /// `customservice.kf_account`: the agent whose name and picture are shown.
    pub kf_account: Option<String>,
    /// `aimsgcontext.is_ai_msg`: whether 「内容由第三方AI生成」 is shown below.
    pub is_ai_msg: Option<bool>,
    /// `businessid`: the sub merchant (子商户) of a mini program that sends.
    pub businessid: Option<LooseId>,
}

const fn send(
    name: &'static str,
    path: &'static str,
    accounts: Accounts,
    fields: &'static [Param],
    for_business: Option<&'static EndpointInfo>,
) -> EndpointInfo {
    EndpointInfo {
        name,
        method: Method::Post,
        path,
        accounts,
        auth: Auth::AccessToken,
        fields,
        answer: <()>::ANSWER,
        defaults: &[],
        relation: None,
        takes_message: true,
        for_business,
    }
}

/// The fields around a message, with the one about the sub merchant.
macro_rules! envelope {
    ($business:expr) => {
        &[
            Param::required("touser", OPENID),
            Param::required("msgtype", Rule::Text(Size::Any, Form::Word)),
            Param::optional(
                "customservice",
                Rule::Object(&[Param::required("kf_account", Rule::Text(Size::Any, Form::Word))]),
            ),
            Param::optional(
                "aimsgcontext",
                Rule::Object(&[Param::optional("is_ai_msg", Rule::Int(0, 1))]),
            ),
            $business,
        ]
    };
}

impl SendMessage {
    pub(super) const CALL: &'static Call = &Call {
        params: schema::group(
            "SendMessage",
            "Sends a message to a user (发送客服消息).",
            &[
                schema::member("touser", "The openid of the user."),
                schema::member("msgtype", "What to send: the name of the object beside it."),
                Member {
                    name: "customservice",
                    doc: "Who is shown to send it.",
                    entry: Some(&schema::group(
                        "SendingAgent",
                        "Who is shown to send a message.",
                        &[schema::member(
                            "kf_account",
                            "The agent whose name and picture are shown (`name@wechat_id`).",
                        )],
                    )),
                },
                Member {
                    name: "aimsgcontext",
                    doc: "What is said of the origin of the text.",
                    entry: Some(&schema::group(
                        "AiContext",
                        "What is said of the origin of a text.",
                        &[schema::member(
                            "is_ai_msg",
                            "1: 「内容由第三方AI生成」 is shown below the message.",
                        )],
                    )),
                },
                schema::member(
                    "businessid",
                    "The sub merchant (子商户) of a mini program that sends.",
                ),
            ],
        ),
        limits: "Per user: what the last action allows (mini program and official account: 5 in 48 h \
                 after a message). Per account: 500 000 calls a day. Text: 2048 bytes of UTF-8, measured.",
        source: "https://developers.weixin.qq.com/doc/service/api/customer/message/api_sendcustommessage",
        answers: <()>::ANSWERS,
    };
    pub(super) const BUSINESS: &'static EndpointInfo = &send(
        "message.custom.business.send",
        "/cgi-bin/message/custom/business/send",
        Accounts::MiniProgram,
        envelope!(BUSINESS),
        None,
    );
    pub(super) const INFO: &'static EndpointInfo = &send(
        "message.custom.send",
        "/cgi-bin/message/custom/send",
        Accounts::Both,
        envelope!(Param::optional("businessid", Rule::Id)),
        Some(Self::BUSINESS),
    );

    /// Sends this to the user with that openid.
    #[must_use]
    pub fn new(touser: impl Into<String>, message: Outbound) -> Self {
        Self { touser: touser.into(), message, kf_account: None, is_ai_msg: None, businessid: None }
    }

    /// Shows the name and picture of that agent (`name@wechat_id`).
    #[must_use]
    pub fn kf_account(mut self, kf_account: impl Into<String>) -> Self {
        self.kf_account = Some(kf_account.into());
        self
    }

    /// Whether 「内容由第三方AI生成」 is shown below the message.
    #[must_use]
    pub const fn is_ai_msg(mut self, is_ai_msg: bool) -> Self {
        self.is_ai_msg = Some(is_ai_msg);
        self
    }

    /// Sends for that sub merchant of a mini program, through the path that is made for it.
    #[must_use]
    pub fn businessid(mut self, businessid: impl Into<LooseId>) -> Self {
        self.businessid = Some(businessid.into());
        self
    }
}

impl Answers for Sent {
    const ANSWERS: &'static [&'static Record] = <()>::ANSWERS;
}

impl Answer for Sent {
    const ROWS: &'static [Row] = <()>::ROWS;
    fn read(_: Node<'_>) -> Self {
        Self
    }
}

impl sealed::Sealed for SendMessage {}

impl Params for SendMessage {
    fn object(&self) -> Object {
        let mut object = Object::new([
            ("touser", self.touser.value()),
            ("msgtype", Some(Value::Text(self.message.msgtype().into()))),
        ]);
        object.push(
            String::from(self.message.msgtype()).into(),
            Value::Object(self.message.object()),
        );
        let wrapped =
            |name, value: Option<Value>| Some(Value::Object(Object::new([(name, Some(value?))])));
        let is_ai_msg = self.is_ai_msg.map(|on| if on { "1" } else { "0" });
        let is_ai_msg = is_ai_msg.map(|digit| Value::Number(digit.into()));
        for (name, value) in [
            ("customservice", wrapped("kf_account", self.kf_account.value())),
            ("aimsgcontext", wrapped("is_ai_msg", is_ai_msg)),
            ("businessid", self.businessid.value()),
        ] {
            if let Some(value) = value {
                object.push(name.into(), value);
            }
        }
        object
    }
}

impl Endpoint for SendMessage {
    type Output = Sent;

    requests!();

    fn info(&self) -> &'static EndpointInfo {
        match self.businessid {
            Some(_) => Self::BUSINESS,
            None => Self::INFO,
        }
    }

    fn decode(&self, response: Response<'_>) -> Result<Outcome<Sent>, Error> {
        Output::decode(Self::INFO, response)
    }
}

/// What [`SetTyping`] tells the user's client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TypingCommand {
    /// 「对方正在输入」 is shown for 15 seconds, or until a message comes.
    Typing,
    /// It is no longer shown.
    CancelTyping,
}

impl TypingCommand {
    /// `Typing` or `CancelTyping`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Typing => "Typing",
            Self::CancelTyping => "CancelTyping",
        }
    }
}

/// Shows the user that somebody is typing (客服输入状态).
///
/// `/cgi-bin/message/custom/typing`, or `/cgi-bin/message/custom/business/typing` with a
/// [`businessid`](Self::businessid):
/// <https://developers.weixin.qq.com/doc/service/api/customer/message/api_typing>, read 2026-11-21.
///
/// The page sends mini programs to the second path even without a `businessid`, which was seen to
/// answer 40101. The first one is used; [`via_business_path`](Self::via_business_path) takes the
/// other.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SetTyping {
    /// The openid of the user.
    pub touser: String,
    /// Whether to show it or to take it back.
    pub command: TypingCommand,
    /// The sub merchant (子商户) of a mini program.
    pub businessid: Option<LooseId>,
    /// Whether to take the path for sub merchants in any case.
    pub is_via_business_path: bool,
}

const COMMANDS: &[&str] = &[TypingCommand::Typing.name(), TypingCommand::CancelTyping.name()];
const TYPING: &[Param] = &[
    Param::required("touser", OPENID),
    Param::required("command", Rule::OneOf(COMMANDS)),
    Param::optional("businessid", Rule::Id),
];

const fn typing(
    name: &'static str,
    path: &'static str,
    accounts: Accounts,
    for_business: Option<&'static EndpointInfo>,
) -> EndpointInfo {
    EndpointInfo {
        name,
        method: Method::Post,
        path,
        accounts,
        auth: Auth::AccessToken,
        fields: TYPING,
        answer: <()>::ANSWER,
        defaults: &[],
        relation: None,
        takes_message: false,
        for_business,
    }
}

impl SetTyping {
    pub(super) const CALL: &'static Call = &Call {
        params: schema::group(
            "SetTyping",
            "Shows the user that somebody is typing (客服输入状态).",
            &[
                schema::member("touser", "The openid of the user."),
                schema::member(
                    "command",
                    "`Typing`: 「对方正在输入」 is shown for 15 seconds, or until a message comes. \
                     `CancelTyping`: it is no longer shown.",
                ),
                schema::member("businessid", "The sub merchant (子商户) of a mini program."),
            ],
        ),
        limits: "Needs a message in either direction within the last 30 s. Lasts 15 s; not to be \
                 repeated before.",
        source: "https://developers.weixin.qq.com/doc/service/api/customer/message/api_typing",
        answers: <()>::ANSWERS,
    };
    pub(super) const BUSINESS: &'static EndpointInfo = &typing(
        "message.custom.business.typing",
        "/cgi-bin/message/custom/business/typing",
        Accounts::MiniProgram,
        None,
    );
    pub(super) const INFO: &'static EndpointInfo = &typing(
        "message.custom.typing",
        "/cgi-bin/message/custom/typing",
        Accounts::Both,
        Some(Self::BUSINESS),
    );

    /// Tells that user's client.
    #[must_use]
    pub fn new(touser: impl Into<String>, command: TypingCommand) -> Self {
        Self { touser: touser.into(), command, businessid: None, is_via_business_path: false }
    }

    /// Types for that sub merchant of a mini program, through the path that is made for it.
    #[must_use]
    pub fn businessid(mut self, businessid: impl Into<LooseId>) -> Self {
        self.businessid = Some(businessid.into());
        self
    }

    /// Takes the path for sub merchants in any case: once, where the other one answered 40101 or
    /// 40066.
    #[must_use]
    pub const fn via_business_path(mut self) -> Self {
        self.is_via_business_path = true;
        self
    }
}

impl Answers for TypingSet {
    const ANSWERS: &'static [&'static Record] = <()>::ANSWERS;
}

impl Answer for TypingSet {
    const ROWS: &'static [Row] = <()>::ROWS;
    fn read(_: Node<'_>) -> Self {
        Self
    }
}

impl sealed::Sealed for SetTyping {}

impl Params for SetTyping {
    fn object(&self) -> Object {
        Object::new([
            ("touser", self.touser.value()),
            ("command", Some(Value::Text(self.command.name().into()))),
            ("businessid", self.businessid.value()),
        ])
    }
}

impl Endpoint for SetTyping {
    type Output = TypingSet;

    requests!();

    fn info(&self) -> &'static EndpointInfo {
        match self.is_via_business_path || self.businessid.is_some() {
            true => Self::BUSINESS,
            false => Self::INFO,
        }
    }

    fn decode(&self, response: Response<'_>) -> Result<Outcome<TypingSet>, Error> {
        Output::decode(self.info(), response)
    }
}
