//! The way out: what WeChat would refuse, and the document.

use alloc::string::String;

use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::{Reply, ReplyType};
use crate::account::AccountKind;
use crate::codec;
use crate::error::{Code, Error};
use crate::message::ReplyTo;
use crate::params::{Object, Param, Rule};
use crate::time::Timestamp;

/// The only answer that is no message.
const ERR_CODE: &str = "err_code";

impl Reply {
    /// What WeChat would drop or refuse, said beforehand.
    pub(crate) fn checked(
        &self,
        account: AccountKind,
        to: &ReplyTo<'_>,
    ) -> Result<CheckedReply<'_>, Error> {
        let unsupported = |detail| Err(Error::new(Code::ReplyUnsupported).because(detail));
        let row = self.row().ok_or(Code::ReplyUnsupported)?;
        let answer = CheckedReply { row, fields: self.object() };
        answer.row.check(&answer.fields, &|text| match codec::can_carry(to.format, text) {
            true => Ok(()),
            false => Err("a character that this format cannot carry"),
        })?;
        if matches!(self, Self::ErrCode { .. }) {
            return Ok(answer);
        }
        for name in [&to.from, &to.to] {
            if name.is_empty() || !codec::can_carry(to.format, name) {
                return unsupported("the push names no sender or no recipient to write to");
            }
        }
        if to.kind == "event.unsubscribe" {
            return unsupported("the user has unsubscribed");
        }
        match (self, account) {
            (Self::TransferCustomerService { .. }, _) if to.is_event => {
                unsupported("only messages can be handed to the agents, not events")
            }
            (Self::TransferCustomerService { kf_account: None }, AccountKind::MiniProgram) => {
                Ok(answer)
            }
            (Self::TransferCustomerService { .. }, AccountKind::MiniProgram) => {
                unsupported("a mini program cannot choose the agent")
            }
            (_, AccountKind::MiniProgram) => {
                unsupported("a mini program answers through the customer-service API")
            }
            (Self::News { articles }, _) if articles.len() > 1 && is_shown_one(&to.kind) => {
                let invalid = Error::new(Code::ReplyFieldInvalid).field_named("Articles");
                Err(invalid.because("more than WeChat shows here"))
            }
            _ => Ok(answer),
        }
    }
}

/// Whether a push of that kind is answered with one article at the most.
fn is_shown_one(kind: &str) -> bool {
    matches!(kind, "text" | "image" | "voice" | "video" | "location")
}

/// A reply that can be written: its row, and its fields.
pub(crate) struct CheckedReply<'a> {
    row: &'static ReplyType,
    fields: Object<'a>,
}

impl CheckedReply<'_> {
    /// The document, behind some room for what sealing puts in front of it.
    pub(crate) fn document(&self, to: &ReplyTo<'_>, room: usize, now: Timestamp) -> String {
        let mut out = String::with_capacity(self.fields.length().saturating_add(640));
        out.extend(core::iter::repeat_n('\0', room));
        codec::push_document(&mut out, to.format, &ReplyDocument { answer: self, to, now });
        out
    }

    fn members(&self) -> Members<'_> {
        Members { rows: self.row.fields, object: &self.fields }
    }
}

/// An answer as WeChat reads it.
struct ReplyDocument<'a> {
    answer: &'a CheckedReply<'a>,
    to: &'a ReplyTo<'a>,
    now: Timestamp,
}

impl Serialize for ReplyDocument<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { answer, to, now } = self;
        let mut out = serializer.serialize_struct("xml", 6)?;
        if answer.row.name == ERR_CODE {
            answer.members().write(&mut out)?;
            if answer.fields.get("err_msg").is_none() {
                out.serialize_field("ErrMsg", "success")?;
            }
            return out.end();
        }
        out.serialize_field("ToUserName", &to.from)?;
        out.serialize_field("FromUserName", &to.to)?;
        out.serialize_field("CreateTime", &now.as_secs())?;
        out.serialize_field("MsgType", answer.row.name)?;
        match answer.row.element {
            None => answer.members().write(&mut out)?,
            Some(_) if answer.fields.members().next().is_none() => {}
            Some(element) => out.serialize_field(element, &answer.members())?,
        }
        out.end()
    }
}

/// Fields by WeChat's names.
struct Members<'a> {
    rows: &'static [Param],
    object: &'a Object<'a>,
}

impl Members<'_> {
    fn write<S: SerializeStruct>(&self, out: &mut S) -> Result<(), S::Error> {
        for row in self.rows {
            match (self.object.get(row.name), row.rule) {
                (None, _) => {}
                (Some(list), Rule::List(rows, ..)) => {
                    let entries = || list.objects().map(|object| Entry(Members { rows, object }));
                    out.serialize_field("ArticleCount", &entries().count())?;
                    out.serialize_field(row.wire, &EachEntry(entries))?;
                }
                (Some(value), _) => out.serialize_field(row.wire, value)?,
            }
        }
        Ok(())
    }
}

impl Serialize for Members<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("xml", self.rows.len())?;
        self.write(&mut out)?;
        out.end()
    }
}

struct EachEntry<F>(F);

impl<I: Iterator<Item: Serialize>, F: Fn() -> I> Serialize for EachEntry<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0())
    }
}

/// One of a list: whoever reads it finds every field of it.
struct Entry<'a>(Members<'a>);

impl Serialize for Entry<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(Members { rows, object }) = self;
        let mut out = serializer.serialize_struct("xml", rows.len())?;
        for row in *rows {
            out.serialize_field(row.wire, object.text(row.name).unwrap_or_default())?;
        }
        out.end()
    }
}
