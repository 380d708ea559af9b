//! Says of a captured request what holds and what fails, step by step, and why.

mod body;
mod findings;
mod guess;
mod signature;
mod walk;

use alloc::string::String;
use alloc::vec::Vec;

use serde::ser::{Serialize, SerializeStruct, Serializer};

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

/// What [`explain`] found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Explanation {
    /// The steps, up to the first that fails.
    pub steps: Vec<Step>,
    /// What [`Account::receive`] or [`Account::verify_url`] answers to the same request.
    pub result: Result<(), Error>,
}

impl Explanation {
    /// The same for a serializer, by its names alone: without the sentences of its findings, which whoever
    /// has [`Finding`] has, too.
    #[must_use]
    pub fn in_names(&self) -> impl Serialize {
        Told::<false>(self)
    }
}

impl Serialize for Explanation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Told::<true>(self).serialize(serializer)
    }
}

impl Serialize for Step {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        ToldStep::<true>(self).serialize(serializer)
    }
}

/// An explanation, with the sentences of its findings or without. Which is a part of the type, so that a program that
/// asks for names alone carries no sentence.
struct Told<'a, const IN_WORDS: bool>(&'a Explanation);

impl<const IN_WORDS: bool> Serialize for Told<'_, IN_WORDS> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(Explanation { steps, result }) = *self;
        let steps: Vec<_> = steps.iter().map(ToldStep::<IN_WORDS>).collect();
        let mut members = serializer.serialize_struct("Explanation", 3)?;
        members.serialize_field("accepted", &result.is_ok())?;
        members.serialize_field("code", &result.as_ref().err().map(|error| error.code().name()))?;
        members.serialize_field("steps", &steps)?;
        members.end()
    }
}

struct ToldStep<'a, const IN_WORDS: bool>(&'a Step);

impl<const IN_WORDS: bool> Serialize for ToldStep<'_, IN_WORDS> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(Step { check, verdict, finding, facts }) = self;
        let mut members = serializer.serialize_struct("Step", if IN_WORDS { 6 } else { 4 })?;
        members.serialize_field("check", check.name())?;
        members.serialize_field("verdict", verdict.name())?;
        members.serialize_field("finding", finding.name())?;
        if IN_WORDS {
            members.serialize_field("en", finding.message(Language::English))?;
            members.serialize_field("zh", finding.message(Language::Chinese))?;
        }
        members.serialize_field("facts", &Facts(facts))?;
        members.end()
    }
}

struct Facts<'a>(&'a [(&'static str, String)]);

impl Serialize for Facts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
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
