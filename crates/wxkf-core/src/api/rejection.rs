use alloc::string::String;
use core::fmt;

use super::endpoint::EndpointInfo;
use super::errcode::{Errcode, RejectionKind};
use super::request::Auth;
use crate::error::Language;
use crate::time::Timestamp;

/// The platform said no.
///
/// [`kind`](Self::kind) says what to do; `errcode` stays there because the table will lag behind the
/// platform.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rejection {
    /// The platform's return code (全局返回码), not 0.
    pub errcode: i64,
    /// Its text, as it came. Do not compare it: it ends in ids, and it changes.
    pub errmsg: String,
    kind: RejectionKind,
}

impl Rejection {
    pub(super) fn new(errcode: i64, errmsg: String, info: &EndpointInfo) -> Self {
        let kind = match RejectionKind::of(errcode) {
            // Where no token was sent, it is the secret that is wrong. Asking again changes nothing.
            RejectionKind::TokenRejected if info.auth == Auth::None => RejectionKind::Misconfigured,
            kind => kind,
        };
        Self { errcode, errmsg, kind }
    }

    /// What the caller should do about it.
    #[must_use]
    pub const fn kind(&self) -> RejectionKind {
        self.kind
    }

    /// What the code means; `None` for one that this version does not know.
    #[must_use]
    pub fn meaning(&self, language: Language) -> Option<&'static str> {
        Errcode::of(self.errcode).map(|row| row.meaning(language))
    }

    /// What to do about it, in a sentence.
    #[must_use]
    pub fn advice(&self, language: Language) -> &'static str {
        match Errcode::of(self.errcode) {
            Some(row) if row.kind() == Some(self.kind) => row.advice(language),
            _ => self.kind.advice(language),
        }
    }

    /// The id of the request, for `openapi/rid/get` and for Tencent's support.
    #[must_use]
    pub fn rid(&self) -> Option<&str> {
        let (_, after) = self.errmsg.rsplit_once("rid:")?;
        let after = after.trim_ascii_start();
        let is_part = |byte: &u8| byte.is_ascii_hexdigit() || *byte == b'-';
        let rid = after.get(..after.bytes().take_while(is_part).count())?.trim_end_matches('-');
        let first = rid.split('-').next()?;
        (first.len() == 8).then_some(rid)
    }

    /// When the platform took the call, to the second: the first group of the [`rid`](Self::rid).
    #[must_use]
    pub fn rid_time(&self) -> Option<Timestamp> {
        rid_time(self.rid()?)
    }

    /// What older servers wrote in place of the rid, in `hint: […]`.
    #[must_use]
    pub fn hint(&self) -> Option<&str> {
        let (_, after) = self.errmsg.split_once("hint")?;
        let (between, after) = after.split_once('[')?;
        let (hint, _) = after.split_once(']')?;
        if !matches!(between.trim_ascii(), ":" | "s:") {
            return None;
        }
        let hint = hint.trim_ascii();
        Some(hint.strip_prefix("req_id:").map_or(hint, str::trim_ascii_start))
    }
}

/// The moment in the first group of a rid.
pub(super) fn rid_time(rid: &str) -> Option<Timestamp> {
    let first = rid.split('-').next().filter(|first| first.len() == 8)?;
    u32::from_str_radix(first, 16).ok().map(|secs| Timestamp::from_secs(secs.into()))
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}): {}", self.errcode, self.kind.name(), self.errmsg)
    }
}

impl core::error::Error for Rejection {}
