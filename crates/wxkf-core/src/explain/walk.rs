//! The witness of the one walk: what it sees hold, as steps; what fails is for [`guess`](super::guess).

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Check, Explanation, Finding, Step, Verdict, body};
use crate::account::Account;
use crate::callback::{Failed, Passed, Query, Witness, asks_for_seal, encrypt_node};
use crate::codec::{Format, Node};
use crate::error::Error;
use crate::message::Inbound;
use crate::time::Timestamp;

/// Older than this, a request was captured, not received just now.
const OLD_SECONDS: u64 = 300;

pub(super) type Facts = Vec<(&'static str, String)>;

/// What was looked at, and what is known of it.
pub(super) struct Walk<'a> {
    pub(super) account: &'a Account,
    pub(super) raw_query: &'a str,
    /// Empty, if it cannot be read.
    pub(super) query: Query<'a>,
    pub(super) body: &'a [u8],
    pub(super) now: Timestamp,
    /// The message, once a seal is open.
    pub(super) opened: Vec<u8>,
    steps: Vec<Step>,
}

pub(super) fn walk(account: &Account, raw_query: &str, body: &[u8], now: Timestamp) -> Explanation {
    let parsed = Query::parse(raw_query);
    let query = parsed.clone().unwrap_or_default();
    let (opened, steps) = (Vec::new(), Vec::new());
    let mut walk = Walk { account, raw_query, query, body, now, opened, steps };
    let result = match parsed {
        Err(error) => Err(Check::Query.fails(error)),
        Ok(query) if query.is_url_verification() => {
            account.verify_url_before(&mut walk, &query, now).map(drop)
        }
        Ok(query) => account.receive_before(&mut walk, &query, body, now).map(drop),
    };
    if let Err(failure) = &result {
        walk.fails(failure);
    }
    Explanation { steps: walk.steps, result: result.map_err(Error::from) }
}

impl Witness for Walk<'_> {
    fn holds(&mut self, held: Passed<'_>) {
        let holds = |finding| (Verdict::Holds, finding);
        let warns = |finding| (Verdict::Warns, finding);
        let (check, (verdict, finding), facts) = match held {
            Passed::Query => (Check::Query, holds(Finding::QueryComplete), Facts::new()),
            Passed::Body(format, root) => {
                let mut facts = self.body_facts();
                facts.push(("format", format.name().into()));
                let found = match self.parsed_by(format, root) {
                    Some((finding, looks_like)) => {
                        facts.extend(looks_like.map(|what| ("looks_like", what.into())));
                        warns(finding)
                    }
                    None => holds(Finding::BodyRead),
                };
                (Check::Body, found, facts)
            }
            Passed::Mode => (Check::Mode, holds(Finding::ModeAgrees), self.mode_facts()),
            Passed::Signature { token_index } => {
                let found = match token_index {
                    0 if self.is_sealed() || self.query.is_url_verification() => {
                        holds(Finding::SignatureHolds)
                    }
                    0 => holds(Finding::SignaturePlain),
                    _ => warns(Finding::SignaturePrevious),
                };
                (Check::Signature, found, alloc::vec![("token_index", token_index.to_string())])
            }
            Passed::Age => {
                let found = match self.account.tolerance {
                    Some(_) => holds(Finding::AgeFresh),
                    None if self.seconds_apart() > OLD_SECONDS => warns(Finding::AgeOld),
                    None => holds(Finding::AgeUnchecked),
                };
                (Check::Age, found, self.age_facts())
            }
            Passed::Seal { key_index } => {
                let found = match key_index {
                    Some(0) | None => holds(Finding::SealOpened),
                    Some(_) => warns(Finding::SealPrevious),
                };
                let facts = match key_index {
                    Some(index) => alloc::vec![("key_index", index.to_string())],
                    None => self.seal_facts(),
                };
                (Check::Seal, found, facts)
            }
            Passed::ReceiveId { id_index, message } => {
                self.opened = message.into();
                let id = self.account.accepted_ids.get(id_index).cloned();
                let facts = alloc::vec![("inside", id.unwrap_or_default())];
                (Check::ReceiveId, holds(Finding::IdAccepted), facts)
            }
            Passed::Echo => (Check::Message, holds(Finding::UrlVerified), Facts::new()),
            Passed::Message(inbound) => {
                let (verdict, finding) = of_message(inbound);
                let mut facts = alloc::vec![("kind", inbound.kind().into())];
                facts.extend(inbound.from().map(|from| ("from", from.into())));
                facts.push(("dedupe_key", inbound.dedupe_key().to_string()));
                (Check::Message, (verdict, finding), facts)
            }
        };
        self.steps.push(Step { check, verdict, finding, facts });
    }
}

impl Walk<'_> {
    fn fails(&mut self, failure: &Failed) {
        let (finding, facts) = self.guess(failure);
        let check = failure.check;
        self.steps.push(Step { check, verdict: Verdict::Fails, finding, facts });
    }

    /// Whether `msg_signature` is what counts.
    pub(super) fn is_sealed(&self) -> bool {
        !self.query.is_url_verification() && asks_for_seal(self.account, &self.query)
    }

    /// What has parsed the body and written it again. Where it has lost `Encrypt` to that, the mode fails,
    /// and that is why: it is said there.
    fn parsed_by(&self, format: Format, root: Node<'_>) -> Option<body::Diagnosis> {
        let is_lost = self.is_sealed() && encrypt_node(root).is_none();
        if is_lost || format == Format::Xml { None } else { body::of_document(root) }
    }

    pub(super) fn body_facts(&self) -> Facts {
        alloc::vec![("bytes", self.body.len().to_string())]
    }

    pub(super) fn mode_facts(&self) -> Facts {
        alloc::vec![("mode", self.account.mode().name().into())]
    }

    pub(super) fn seal_facts(&self) -> Facts {
        alloc::vec![("keys_tried", self.account.keys.len().to_string())]
    }

    pub(super) fn age_facts(&self) -> Facts {
        alloc::vec![
            ("timestamp", self.query.timestamp().unwrap_or_default().into()),
            ("now", self.now.as_secs().to_string()),
            ("seconds_apart", self.seconds_apart().to_string()),
        ]
    }

    fn seconds_apart(&self) -> u64 {
        let timestamp = self.query.timestamp().and_then(|timestamp| timestamp.parse().ok());
        let sent = timestamp.map(Timestamp::from_secs);
        sent.map_or(u64::MAX, |sent| sent.distance(self.now).as_secs())
    }
}

fn of_message(inbound: &Inbound) -> (Verdict, Finding) {
    // By its kind: whoever takes messages as JSON does not carry what reads typed content.
    match inbound.kind() {
        "event.kf_msg_or_event" | "event.kf_account_auth_change" => {
            (Verdict::Warns, Finding::OtherProduct)
        }
        _ if inbound.to().is_some_and(is_corp_id) => (Verdict::Warns, Finding::OtherProduct),
        "action.checkcontainerpath" => (Verdict::Holds, Finding::ContainerChecked),
        "unknown" => (Verdict::Warns, Finding::MessageUnknown),
        _ => (Verdict::Holds, Finding::MessageRead),
    }
}

/// An id of 企业微信: of a company, or of a suite.
pub(super) fn is_corp_id(id: &str) -> bool {
    id.len() > 2 && id.starts_with("ww")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::{AccountKind, Mode};
    use crate::error::Code;

    #[test]
    fn a_check_that_is_new_cannot_be_forgotten() {
        const KEY: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
        for mode in Mode::ALL {
            let account = Account::builder(AccountKind::OfficialAccount, "wx0123456789abcdef", "t");
            let account = account.encoding_aes_key(KEY).mode(*mode).build().unwrap();
            for raw_query in ["", "signature=1&nonce=2", "timestamp=1&msg_signature=3", "echostr=4"]
            {
                // Whatever check refuses a request, and with whichever code, known here or not.
                for (check, code) in Check::ALL
                    .iter()
                    .flat_map(|check| Code::ALL.iter().map(move |code| (check, code)))
                {
                    let mut walk = Walk {
                        account: &account,
                        raw_query,
                        query: Query::parse(raw_query).unwrap(),
                        body: b"<xml><ToUserName>gh_0</ToUserName></xml>",
                        now: Timestamp::from_secs(1_763_700_000),
                        opened: Vec::new(),
                        steps: Vec::new(),
                    };
                    walk.fails(&check.fails(*code));
                    let [step] = &walk.steps[..] else { panic!("one step") };
                    assert_eq!((step.check, step.verdict), (*check, Verdict::Fails), "{code}");
                }
            }
        }
    }
}
