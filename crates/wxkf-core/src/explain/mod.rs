//! Says of a captured request what holds and what fails, step by step, and why.

mod body;
mod findings;
mod guess;
mod signature;
mod walk;

use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

pub use findings::Finding;

use crate::account::Account;
pub use crate::callback::Check;
use crate::error::{Error, Language};
use crate::names::named;
use crate::time::Timestamp;

named! {
    /// How a check ended.
    Verdict {
        /// It fails, and with it the request.
        Fails "fails",
        /// It holds.
        Holds "holds",
        /// It holds, but something about it deserves a look.
        Warns "warns",
    }
}

/// One check with its verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Step {
    /// What was looked at.
    pub check: Check,
    /// How it ended.
    pub verdict: Verdict,
    /// What was found, with a sentence for people.
    pub finding: Finding,
    /// What the sentence is about: names and values. No secret and no valid signature is ever here.
    pub facts: Vec<(&'static str, String)>,
}

impl Serialize for Step {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let facts: alloc::collections::BTreeMap<_, _> =
            self.facts.iter().map(|(name, value)| (name, value)).collect();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("check", self.check.name())?;
        map.serialize_entry("verdict", self.verdict.name())?;
        map.serialize_entry("finding", self.finding.name())?;
        map.serialize_entry("en", self.finding.message(Language::English))?;
        map.serialize_entry("zh", self.finding.message(Language::Chinese))?;
        map.serialize_entry("facts", &facts)?;
        map.end()
    }
}

/// What [`explain`] found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Explanation {
    /// The steps, up to the first that fails.
    pub steps: Vec<Step>,
    /// What [`Account::receive`] or [`Account::verify_url`] answers to the same request.
    pub result: Result<(), Error>,
}

impl Serialize for Explanation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("accepted", &self.result.is_ok())?;
        map.serialize_entry("code", &self.result.as_ref().err().map(|error| error.code().name()))?;
        map.serialize_entry("steps", &self.steps)?;
        map.end()
    }
}

/// Explains a captured request: what holds, what fails, and the likeliest reason.
///
/// Beyond what [`Account::receive`] checks it tries the mistakes that people make, and says which
/// one explains what it sees: the wrong signature parameter, a body that a framework parsed and
/// wrote again or a gateway encoded, the key of another account, another product. It is a pure function; run
/// it in the terminal, on a page, or in a log, but do not answer a stranger with it.
///
/// `query` is the raw query string. With an `echostr` in it the request is taken for the check of
/// the URL, otherwise for a push.
#[must_use]
pub fn explain(account: &Account, query: &str, body: &[u8], now: Timestamp) -> Explanation {
    walk::walk(account, query, body, now)
}
