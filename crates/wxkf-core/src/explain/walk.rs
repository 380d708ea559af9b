//! The walk itself: the checks of `receive`, each followed by what explains a failure.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Check, Explanation, Finding, Step, Verdict, body};
use crate::account::{Account, Mode};
use crate::callback::{Query, encrypt_node};
use crate::codec::{self, Document, Format, Reserved};
use crate::crypto;
use crate::error::{Code, Error};
use crate::message::Inbound;
use crate::message::content::{Content, Event};
use crate::time::Timestamp;

/// Older than this, a request was captured, not received just now.
const OLD_SECONDS: u64 = 300;

pub(super) type Facts = Vec<(&'static str, String)>;

pub(super) fn walk(account: &Account, query: &str, body: &[u8], now: Timestamp) -> Explanation {
    let mut walk = Walk { account, query, body, now, cause: None, steps: Vec::new() };
    let result = match Query::parse(query) {
        Ok(query) if query.is_url_verification() => {
            walk.url_verification(&query);
            account.verify_url(&query, now).map(drop)
        }
        Ok(query) => {
            walk.push(&query);
            account.receive(&query, body, now).map(drop)
        }
        Err(error) => {
            walk.fails::<()>(Check::Query, Finding::QueryBroken, field_of(&error));
            Err(error)
        }
    };
    Explanation { steps: walk.steps, result }
}

pub(super) struct Walk<'a> {
    pub(super) account: &'a Account,
    query: &'a str,
    body: &'a [u8],
    now: Timestamp,
    /// What explains a failure, whichever check it is that fails.
    cause: Option<(Finding, Facts)>,
    steps: Vec<Step>,
}

/// The walk is over: the step that failed is the last one.
pub(super) struct Failed;

impl Walk<'_> {
    fn url_verification(&mut self, query: &Query<'_>) -> Option<()> {
        let echo = query.echostr.as_deref().unwrap_or_default();
        self.cause = self.sealed_echo(echo);
        let (timestamp, nonce) = self.required(query, query.signature.is_some(), "signature")?;
        let given = query.signature.as_deref().unwrap_or_default();
        self.plain_signature(Finding::SignatureHolds, given, timestamp, nonce, None).ok()?;
        self.age(timestamp).ok()?;
        self.holds(Check::Message, Finding::UrlVerified, Facts::new());
        Some(())
    }

    fn push(&mut self, query: &Query<'_>) -> Option<()> {
        let mode = self.account.mode();
        let is_sealed = mode != Mode::Plain && query.msg_signature.is_some();
        let (name, given) = match (is_sealed, mode) {
            (false, Mode::Plain | Mode::Compatible) => ("signature", &query.signature),
            _ => ("msg_signature", &query.msg_signature),
        };
        let is_unsealed = mode == Mode::Secure && !is_sealed && query.signature.is_some();
        if self.account.is_too_large(self.body) {
            return self.fails(Check::Body, Finding::BodyTooLarge, self.body_facts());
        }
        let body = self.body;
        let text = codec::utf8(body).unwrap_or_default();
        let outer = codec::parse(text).ok();
        self.cause = Inbound::decode_unverified(body).ok().and_then(|inbound| cause_in(&inbound));
        let (timestamp, nonce) = self.required(query, given.is_some() || is_unsealed, name)?;
        if is_unsealed {
            return self.fails_by_cause(Check::Mode, Finding::ModeUnsealed, mode_facts(mode));
        }
        let parsed = outer.as_ref().and_then(|(format, document)| match format {
            Format::Json => body::of_document(document.root(text)),
            Format::Xml => None,
        });
        let encrypt = outer.as_ref().and_then(|(_, document)| encrypt(text, document));
        let given = given.as_deref().unwrap_or_default();
        if !is_sealed {
            let finding = Finding::SignaturePlain;
            self.plain_signature(finding, given, timestamp, nonce, encrypt).ok()?;
            self.age(timestamp).ok()?;
            self.outer_document(outer.as_ref().map(|(format, _)| *format), parsed)?;
            return self.message(body, None);
        }
        if !crypto::is_signature_shaped(given) {
            // Refused before anything else is looked at; the body can still tell why.
            let encrypt = encrypt.unwrap_or_default();
            return self.sealed_signature(query, given, timestamp, nonce, encrypt).ok();
        }
        let Some(encrypt) = encrypt else {
            let has_one = outer.as_ref().is_some_and(|(_, document)| has_encrypt(text, document));
            if !has_one {
                self.outer_document(outer.as_ref().map(|(format, _)| *format), None)?;
            }
            // Whatever has parsed the body is why nothing sealed is in it.
            let (check, finding, mut facts) = match has_one {
                true => (Check::Body, Finding::BodyMalformed, self.body_facts()),
                false => (Check::Mode, Finding::ModeStripped, mode_facts(mode)),
            };
            let Some((finding, looks_like)) = parsed.filter(|_| self.cause.is_none()) else {
                return self.fails_by_cause(check, finding, facts);
            };
            facts.extend(looks_like.map(|what| ("looks_like", what.into())));
            return self.fails(check, finding, facts);
        };
        self.outer_document(outer.as_ref().map(|(format, _)| *format), parsed)?;
        self.holds(Check::Mode, Finding::ModeAgrees, mode_facts(mode));
        self.sealed_signature(query, given, timestamp, nonce, encrypt).ok()?;
        self.age(timestamp).ok()?;
        let message = self.seal(encrypt)?;
        let outside = outer.as_ref().and_then(|(_, document)| {
            document.reserved(text, Reserved::ToUserName)?.text().map(str::trim_ascii)
        });
        self.message(&message, Some((outside.unwrap_or_default(), timestamp)))
    }

    /// The parameters of every request.
    fn required<'q>(
        &mut self,
        query: &'q Query<'_>,
        has_signature: bool,
        signature: &str,
    ) -> Option<(&'q str, &'q str)> {
        let (timestamp, nonce) = (query.timestamp(), query.nonce());
        let all = [
            ("timestamp", timestamp.is_some()),
            ("nonce", nonce.is_some()),
            (signature, has_signature),
        ];
        let missing: Vec<_> =
            all.iter().filter(|(_, present)| !present).map(|(name, _)| *name).collect();
        if missing.is_empty() {
            self.holds(Check::Query, Finding::QueryComplete, Facts::new());
            return timestamp.zip(nonce);
        }
        let facts = alloc::vec![("missing", missing.join(", "))];
        let finding = if is_not_raw(self.query) {
            Finding::QueryNotRaw
        } else if missing.len() == all.len() && is_whole_message(self.body) {
            Finding::QueryUnsigned
        } else {
            return self.fails_by_cause(Check::Query, Finding::QueryIncomplete, facts);
        };
        self.fails(Check::Query, finding, facts)
    }

    fn outer_document(
        &mut self,
        format: Option<Format>,
        parsed: Option<body::Diagnosis>,
    ) -> Option<()> {
        let Some(format) = format else { return self.body_malformed() };
        let mut facts = self.body_facts();
        facts.push(("format", format.name().into()));
        match parsed {
            Some((finding, looks_like)) => {
                facts.extend(looks_like.map(|what| ("looks_like", what.into())));
                self.warns(Check::Body, finding, facts);
            }
            None => self.holds(Check::Body, Finding::BodyRead, facts),
        }
        Some(())
    }

    fn body_facts(&self) -> Facts {
        alloc::vec![("bytes", self.body.len().to_string())]
    }

    fn body_malformed<T>(&mut self) -> Option<T> {
        let (finding, looks_like) = body::of_no_document(self.body);
        let detail = codec::utf8(self.body)
            .and_then(|text| codec::parse(text).map(drop))
            .err()
            .and_then(|error| error.detail().map(String::from));
        let mut facts = self.body_facts();
        facts.extend(looks_like.map(|what| ("looks_like", what.into())));
        facts.extend(detail.map(|detail| ("detail", detail)));
        self.fails(Check::Body, finding, facts)
    }

    fn age(&mut self, timestamp: &str) -> Result<(), Failed> {
        let distance = timestamp
            .parse()
            .map(|secs| Timestamp::from_secs(secs).distance(self.now).as_secs())
            .unwrap_or(u64::MAX);
        let facts = alloc::vec![
            ("timestamp", timestamp.into()),
            ("now", self.now.as_secs().to_string()),
            ("seconds_apart", distance.to_string()),
        ];
        match (self.account.check_age(timestamp, self.now), self.account.has_tolerance()) {
            (Err(_), _) => {
                self.fails::<()>(Check::Age, Finding::AgeStale, facts);
                return Err(Failed);
            }
            (Ok(()), true) => self.holds(Check::Age, Finding::AgeFresh, facts),
            (Ok(()), false) if distance > OLD_SECONDS => {
                self.warns(Check::Age, Finding::AgeOld, facts);
            }
            (Ok(()), false) => self.holds(Check::Age, Finding::AgeUnchecked, facts),
        }
        Ok(())
    }

    fn seal(&mut self, encrypt: &str) -> Option<Vec<u8>> {
        let ciphertext = crypto::decode_base64(encrypt);
        let opened = self.account.open_sealed(encrypt);
        let error = match opened {
            Ok(opened) => {
                let facts = alloc::vec![("key_index", opened.key_index.to_string())];
                match opened.key_index {
                    0 => self.holds(Check::Seal, Finding::SealOpened, facts),
                    _ => self.warns(Check::Seal, Finding::SealPrevious, facts),
                }
                let id = self.account.accepted_ids.get(opened.id_index).cloned();
                let facts = alloc::vec![("inside", id.unwrap_or_default())];
                self.holds(Check::ReceiveId, Finding::IdAccepted, facts);
                return Some(opened.message().into());
            }
            Err(error) => error,
        };
        let mut facts = alloc::vec![("keys_tried", self.account.keys.len().to_string())];
        if error.code() == Code::ReceiveIdMismatch {
            self.holds(Check::Seal, Finding::SealOpened, facts);
            let inside = self.account.id_inside(encrypt).unwrap_or_default();
            if is_corp_id(&inside) {
                self.cause = Some((Finding::OtherProduct, Facts::new()));
            }
            let accepted = self.account.accepted_ids.join(", ");
            let facts = alloc::vec![("inside", inside), ("accepted", accepted)];
            return self.fails_by_cause(Check::ReceiveId, Finding::IdOther, facts);
        }
        facts.extend(error.detail().map(|detail| ("detail", detail.into())));
        let finding = match ciphertext {
            Err(_) => Finding::SealNotBase64,
            Ok(bytes) => match core::str::from_utf8(&bytes).map(crypto::decode_base64) {
                Ok(Ok(_)) => Finding::SealEncodedTwice,
                _ => return self.fails_by_cause(Check::Seal, Finding::SealOtherKey, facts),
            },
        };
        self.fails(Check::Seal, finding, facts)
    }

    /// Of a sealed message, with `ToUserName` outside the seal and the `timestamp` it came with.
    fn message(&mut self, message: &[u8], sealed: Option<(&str, &str)>) -> Option<()> {
        let inbound = match Inbound::decode_unverified(message) {
            Ok(inbound) => inbound,
            Err(error) => {
                let facts = error.detail().map(|detail| ("detail", detail.into()));
                let facts = facts.into_iter().collect();
                return self.fails(Check::Message, Finding::MessageMalformed, facts);
            }
        };
        if sealed.is_none() && inbound.is_only_sealed() {
            let facts = mode_facts(self.account.mode());
            return self.fails_by_cause(Check::Mode, Finding::ModeSealed, facts);
        }
        if let (Some((outside, _)), Some(inside)) = (sealed, inbound.to()) {
            if !outside.is_empty() && outside != inside {
                let facts = alloc::vec![("outside", outside.into()), ("inside", inside.into())];
                return self.fails(Check::Message, Finding::RecipientDiffers, facts);
            }
        }
        if let Some((_, timestamp)) = sealed {
            if self.account.check_created(timestamp, &inbound).is_err() {
                let created = inbound.created().map_or(0, Timestamp::as_secs);
                let facts = alloc::vec![
                    ("CreateTime", created.to_string()),
                    ("timestamp", timestamp.into()),
                ];
                return self.fails(Check::Age, Finding::AgeOtherTime, facts);
            }
        }
        let mut facts = alloc::vec![("kind", inbound.kind().into())];
        facts.extend(inbound.from().map(|from| ("from", from.into())));
        facts.push(("dedupe_key", inbound.dedupe_key().to_string()));
        let is_of_corp = inbound.to().is_some_and(is_corp_id);
        match inbound.content() {
            Content::Event(Event::KfMsgOrEvent(_) | Event::KfAccountAuthChange(_)) => {
                self.warns(Check::Message, Finding::OtherProduct, facts);
            }
            _ if is_of_corp => self.warns(Check::Message, Finding::OtherProduct, facts),
            Content::Action(_) => self.holds(Check::Message, Finding::ContainerChecked, facts),
            Content::Unknown => self.warns(Check::Message, Finding::MessageUnknown, facts),
            _ => self.holds(Check::Message, Finding::MessageRead, facts),
        }
        Some(())
    }

    /// Fails with what explains it best, or with the cause that was seen before.
    pub(super) fn fails_by_cause<T>(
        &mut self,
        check: Check,
        finding: Finding,
        mut facts: Facts,
    ) -> Option<T> {
        let Some((cause, more)) = self.cause.take() else {
            return self.fails(check, finding, facts);
        };
        facts.extend(more);
        self.fails(check, cause, facts)
    }

    /// The check of the URL by another product, which seals the text.
    fn sealed_echo(&self, echo: &str) -> Option<(Finding, Facts)> {
        // A blank was a plus sign.
        let echo = echo.replace(' ', "+");
        let length = body::lenient_base64(&echo)?.len();
        let inside = self.account.id_inside(&echo).map(|id| ("inside", id));
        let is_sealed = length >= 32 && length % 16 == 0;
        is_sealed.then(|| (Finding::OtherProduct, inside.into_iter().collect()))
    }

    pub(super) fn holds(&mut self, check: Check, finding: Finding, facts: Facts) {
        self.steps.push(Step { check, verdict: Verdict::Holds, finding, facts });
    }

    pub(super) fn warns(&mut self, check: Check, finding: Finding, facts: Facts) {
        self.steps.push(Step { check, verdict: Verdict::Warns, finding, facts });
    }

    pub(super) fn fails<T>(&mut self, check: Check, finding: Finding, facts: Facts) -> Option<T> {
        self.steps.push(Step { check, verdict: Verdict::Fails, finding, facts });
        None
    }
}

fn encrypt<'a>(text: &'a str, document: &'a Document) -> Option<&'a str> {
    encrypt_node(text, document)?.exact_text()
}

fn has_encrypt(text: &str, document: &Document) -> bool {
    encrypt_node(text, document).is_some()
}

fn mode_facts(mode: Mode) -> Facts {
    alloc::vec![("mode", mode.name().into())]
}

fn field_of(error: &Error) -> Facts {
    error.field().map(|field| ("parameter", String::from(field))).into_iter().collect()
}

/// What a document says of itself that explains why it is not accepted.
fn cause_in(inbound: &Inbound) -> Option<(Finding, Facts)> {
    if matches!(inbound.content(), Content::Action(_)) {
        return Some((Finding::ContainerChecked, Facts::new()));
    }
    let tree = inbound.tree();
    let has_agent = ["AgentID", "AgentId"].iter().any(|name| tree.child(name).is_some());
    let is_of_bot = tree.children().count() == 1 && tree.child("encrypt").is_some();
    let to = inbound.to().map(|to| ("ToUserName", to.into())).into_iter().collect();
    (has_agent || is_of_bot || inbound.to().is_some_and(is_corp_id))
        .then_some((Finding::OtherProduct, to))
}

/// An id of 企业微信: of a company, or of a suite.
fn is_corp_id(id: &str) -> bool {
    id.len() > 2 && id.starts_with("ww")
}

/// Whether somebody has had a query string before us: an escape for HTML or for a URL, a whole URL, or
/// what a framework makes of the parameters.
fn is_not_raw(query: &str) -> bool {
    let query = query.strip_prefix('?').unwrap_or(query);
    let lower = query.to_ascii_lowercase();
    let (first, _) = query.split_once('=').unwrap_or((query, ""));
    lower.contains("&amp;")
        || lower.contains("%26")
        || lower.contains("%3d") && !query.contains('=')
        || first.contains(['?', '{', '[', '(', ' ', ':'])
}

/// Whether a body is a message that nothing protects.
fn is_whole_message(body: &[u8]) -> bool {
    Inbound::decode_unverified(body)
        .is_ok_and(|inbound| inbound.msg_type().is_some() || inbound.info_type().is_some())
}
