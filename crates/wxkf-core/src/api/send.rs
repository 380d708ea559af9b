//! Sending a message, and showing that one is being written.

use alloc::borrow::Cow;
use alloc::string::String;

use super::answer::{Answer, Answers};
use super::declare::endpoints;
use super::endpoint::last_required;
use crate::codec::Node;
use crate::fields::{Field, Record};
use crate::message::outbound::Outbound;
use crate::names::said;
use crate::params::{Argument, LooseId, Param, Rule, Title, Value};

const AGENT: Title = Title { name: "SendingAgent", said: said!("Who is shown to send a message.") };
const AGENT_RULE: Rule = Rule::Object(&[Param::required("kf_account", Rule::WORD)
    .said(said!("The agent whose name and picture are shown (`name@wechat_id`)."))]);
const AI: Title = Title { name: "AiContext", said: said!("What is said of the origin of a text.") };
const AI_RULE: Rule = Rule::Object(&[Param::optional("is_ai_msg", Rule::Int(0, 1))
    .said(said!("1: 「内容由第三方AI生成」 is shown below the message."))]);

endpoints! {
    /// Sends a message to a user (发送客服消息).
    SendMessage -> Sent;
    "message.custom.send" Post "/cgi-bin/message/custom/send" Both AccessToken;
    limits "Per user: what the last action allows (mini program and official account: 5 in 48 h \
            after a message). Per account: 500 000 calls a day. Text: 2048 bytes of UTF-8, measured.";
    source "https://developers.weixin.qq.com/doc/service/api/customer/message/api_sendcustommessage" read "2026-11-21";
    more {
        /// With a [`businessid`](Self::businessid) it goes through `/cgi-bin/message/custom/business/send`.
        /// A [`kf_account`](Self::kf_account) is the agent whose name and picture are shown;
        /// [`is_ai_msg`](Self::is_ai_msg) has 「内容由第三方AI生成」 shown below the message.
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
    }
    business "message.custom.business.send" "/cgi-bin/message/custom/business/send"
        &last_required::<5>(Self::FIELDS), if Self::has_business;
    new {
        /// The openid of the user.
        touser: String = Body Rule::WORD,
        /// What to send: the name of the object beside it.
        message as "msgtype": Outbound = Body Rule::WORD,
    }
    with {
        /// Who is shown to send it.
        kf_account as "customservice": String = Body AGENT_RULE => AGENT,
        /// What is said of the origin of the text.
        is_ai_msg as "aimsgcontext": bool = Body AI_RULE => AI,
        /// The sub merchant (子商户) of a mini program that sends.
        businessid: LooseId = Body Rule::Id,
    }

    /// Shows the user that somebody is typing (客服输入状态).
    SetTyping -> TypingSet;
    "message.custom.typing" Post "/cgi-bin/message/custom/typing" Both AccessToken;
    limits "Needs a message in either direction within the last 30 s. Lasts 15 s; not to be \
            repeated before.";
    source "https://developers.weixin.qq.com/doc/service/api/customer/message/api_typing" read "2026-11-21";
    more {
        /// With a [`businessid`](Self::businessid) it goes through `/cgi-bin/message/custom/business/typing`.
        ///
        /// The page sends mini programs to the second path even without a `businessid`, which was seen to
        /// answer 40101. The first one is used; [`via_business_path`](Self::via_business_path) takes the
        /// other.
    }
    business "message.custom.business.typing" "/cgi-bin/message/custom/business/typing"
        Self::FIELDS, if Self::is_for_business;
    new {
        /// The openid of the user.
        touser: String = Body Rule::WORD,
        /// `Typing`: 「对方正在输入」 is shown for 15 seconds, or until a message comes. `CancelTyping`: it is no longer shown.
        command: TypingCommand = Body Rule::OneOf(COMMANDS),
    }
    with {
        /// The sub merchant (子商户) of a mini program.
        businessid: LooseId = Body Rule::Id,
    }
    switch {
        /// Whether to take the path for sub merchants in any case.
        is_via_business_path
    }
}

impl SendMessage {
    const fn has_business(&self) -> bool {
        self.businessid.is_some()
    }
}

impl SetTyping {
    const fn is_for_business(&self) -> bool {
        self.is_via_business_path || self.businessid.is_some()
    }

    /// Takes the path for sub merchants in any case: once, where the other one answered 40101 or
    /// 40066.
    #[must_use]
    pub const fn via_business_path(mut self) -> Self {
        self.is_via_business_path = true;
        self
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

const COMMANDS: &[&str] = &[TypingCommand::Typing.name(), TypingCommand::CancelTyping.name()];

impl Argument for TypingCommand {
    fn value(&self) -> Option<Value<'_>> {
        Some(Value::Text(Cow::Borrowed(self.name())))
    }
}

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

impl Answers for Sent {
    const ANSWERS: &'static [&'static Record] = <()>::ANSWERS;
}

impl Answer for Sent {
    const FIELDS: &'static [Field] = <()>::FIELDS;
    fn read(_: Node<'_>) -> Self {
        Self
    }
}

impl Answers for TypingSet {
    const ANSWERS: &'static [&'static Record] = <()>::ANSWERS;
}

impl Answer for TypingSet {
    const FIELDS: &'static [Field] = <()>::FIELDS;
    fn read(_: Node<'_>) -> Self {
        Self
    }
}
