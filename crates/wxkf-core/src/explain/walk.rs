//! The walk itself: the checks of `receive`, each followed by the guesses that explain a failure.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Check, Explanation, Finding, Step, Verdict};
use crate::account::{Account, Mode};
use crate::callback::{Query, encrypt_node};
use crate::codec::{self, Document, Format, Reserved};
use crate::crypto;
use crate::error::{Code, Error};
use crate::message::Inbound;
use crate::time::Timestamp;

/// Older than this, a request was captured, not received just now.
const OLD_SECONDS: u64 = 300;

type Facts = Vec<(&'static str, String)>;

pub(super) fn walk(account: &Account, query: &str, body: &[u8], now: Timestamp) -> Explanation {
    let mut walk = Walk { account, body, now, steps: Vec::new() };
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

struct Walk<'a> {
    account: &'a Account,
    body: &'a [u8],
    now: Timestamp,
    steps: Vec<Step>,
}

/// The walk is over: the step that failed is the last one.
struct Failed;

impl Walk<'_> {
    fn url_verification(&mut self, query: &Query<'_>) -> Option<()> {
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
        let (timestamp, nonce) = self.required(query, given.is_some() || is_unsealed, name)?;
        if is_unsealed {
            return self.fails(Check::Mode, Finding::ModeUnsealed, mode_facts(mode));
        }
        let body = self.body;
        let text = codec::utf8(body).unwrap_or_default();
        let outer = codec::parse(text).ok();
        let encrypt = outer.as_ref().and_then(|(_, document)| encrypt(text, document));
        let given = given.as_deref().unwrap_or_default();
        if !is_sealed {
            let finding = Finding::SignaturePlain;
            self.plain_signature(finding, given, timestamp, nonce, encrypt).ok()?;
            self.age(timestamp).ok()?;
            self.outer_document(outer.as_ref().map(|(format, _)| *format))?;
            return self.message(body, None);
        }
        if !crypto::is_signature_shaped(given) {
            // Refused before anything else is looked at; the body can still tell why.
            let encrypt = encrypt.unwrap_or_default();
            return self.sealed_signature(query, given, timestamp, nonce, encrypt).ok();
        }
        self.outer_document(outer.as_ref().map(|(format, _)| *format))?;
        let Some(encrypt) = encrypt else {
            let has_one = outer.is_some_and(|(_, document)| has_encrypt(text, &document));
            return match has_one {
                true => self.fails(Check::Body, Finding::BodyMalformed, self.body_facts()),
                false => self.fails(Check::Mode, Finding::ModeStripped, mode_facts(mode)),
            };
        };
        self.holds(Check::Mode, Finding::ModeAgrees, mode_facts(mode));
        self.sealed_signature(query, given, timestamp, nonce, encrypt).ok()?;
        self.age(timestamp).ok()?;
        let message = self.seal(encrypt)?;
        let outside = outer.as_ref().and_then(|(_, document)| {
            document.reserved(text, Reserved::ToUserName)?.text().map(str::trim_ascii)
        });
        self.message(&message, Some(outside.unwrap_or_default()))
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
        self.fails(Check::Query, Finding::QueryIncomplete, facts)
    }

    fn outer_document(&mut self, format: Option<Format>) -> Option<()> {
        let Some(format) = format else { return self.body_malformed() };
        let mut facts = self.body_facts();
        facts.push(("format", format.name().into()));
        self.holds(Check::Body, Finding::BodyRead, facts);
        Some(())
    }

    fn body_facts(&self) -> Facts {
        alloc::vec![("bytes", self.body.len().to_string())]
    }

    fn body_malformed<T>(&mut self) -> Option<T> {
        let text = String::from_utf8_lossy(self.body);
        let text = text.trim_start_matches('\u{feff}').trim();
        let lower = text.to_ascii_lowercase();
        let finding = if text.is_empty() {
            Finding::BodyEmpty
        } else if codec::lone_string(text).is_some() {
            Finding::BodyQuoted
        } else if lower.starts_with("&lt;xml")
            || lower.starts_with("%3cxml")
            || lower.starts_with("%7b")
        {
            Finding::BodyEscaped
        } else if (text.starts_with('<') && !lower.ends_with("</xml>"))
            || (text.starts_with('{') && !text.ends_with('}'))
        {
            Finding::BodyCut
        } else {
            Finding::BodyMalformed
        };
        let error = codec::utf8(self.body).and_then(|text| codec::parse(text).map(drop)).err();
        let detail = error.as_ref().and_then(Error::detail);
        let mut facts = self.body_facts();
        facts.extend(detail.map(|detail| ("detail", detail.into())));
        self.fails(Check::Body, finding, facts)
    }

    fn plain_signature(
        &mut self,
        good: Finding,
        given: &str,
        timestamp: &str,
        nonce: &str,
        encrypt: Option<&str>,
    ) -> Result<(), Failed> {
        let account = self.account;
        if let Some(index) = account.token_for(given, |token| token.sign([timestamp, nonce])) {
            return self.signed(index, good);
        }
        let covers_encrypt = encrypt.is_some_and(|encrypt| {
            let sealed =
                |token: &crypto::Token| token.sign([timestamp, nonce, encrypt.trim_ascii()]);
            account.token_for(given, sealed).is_some()
        });
        let finding = match covers_encrypt {
            true => Finding::SignatureSwappedBack,
            false => self.guess(given, &[timestamp, nonce]).unwrap_or(Finding::SignatureOther),
        };
        self.unsigned("signature", finding)
    }

    fn sealed_signature(
        &mut self,
        query: &Query<'_>,
        given: &str,
        timestamp: &str,
        nonce: &str,
        encrypt: &str,
    ) -> Result<(), Failed> {
        let account = self.account;
        let covers = |given: &str, encrypt: &str| {
            account.token_for(given, |token| token.sign([timestamp, nonce, encrypt]))
        };
        let plain = |given: &str| {
            account.token_for(given, |token| token.sign([timestamp, nonce])).is_some()
        };
        let trimmed = encrypt.trim_ascii();
        if let Some(index) = covers(given, trimmed).or_else(|| covers(given, encrypt)) {
            return self.signed(index, Finding::SignatureHolds);
        }
        let respelt = |respelt: String| covers(given, &respelt).is_some();
        let finding = if plain(given) {
            Finding::SignatureSwapped
        } else if let Some(finding) = self.guess(given, &[timestamp, nonce, trimmed]) {
            finding
        } else if respelt(trimmed.replace(' ', "+")) {
            Finding::SignaturePlusLost
        } else if respelt(trimmed.split_ascii_whitespace().collect()) {
            Finding::SignatureWrapped
        } else if unescapings(trimmed).into_iter().any(respelt) {
            Finding::SignatureEscaped
        } else if query.signature.as_deref().is_some_and(plain) {
            Finding::SignatureBodyChanged
        } else {
            Finding::SignatureOther
        };
        self.unsigned("msg_signature", finding)
    }

    /// Mistakes that either kind of signature shows.
    fn guess(&self, given: &str, parts: &[&str]) -> Option<Finding> {
        let signed = |token: &crypto::Token, given: &str, parts: &[&str]| match parts {
            [timestamp, nonce] => token.sign([timestamp, nonce]).matches(given),
            [timestamp, nonce, encrypt] => token.sign([timestamp, nonce, encrypt]).matches(given),
            _ => false,
        };
        let tokens = &self.account.tokens;
        let lower = given.trim().to_ascii_lowercase();
        if tokens.iter().any(|token| signed(token, &lower, parts)) {
            return Some(Finding::SignatureUpperCase);
        }
        let decoded: Vec<_> = parts.iter().map(|part| percent_decoded(part)).collect();
        let decoded: Vec<_> = decoded.iter().map(String::as_str).collect();
        let is_twice = tokens.iter().any(|token| signed(token, given, &decoded));
        is_twice.then_some(Finding::SignatureDecodedTwice)
    }

    fn signed(&mut self, token_index: usize, finding: Finding) -> Result<(), Failed> {
        let facts = alloc::vec![("token_index", token_index.to_string())];
        match token_index {
            0 => self.holds(Check::Signature, finding, facts),
            _ => self.warns(Check::Signature, Finding::SignaturePrevious, facts),
        }
        Ok(())
    }

    fn unsigned(&mut self, parameter: &str, finding: Finding) -> Result<(), Failed> {
        let facts = alloc::vec![("parameter", parameter.into())];
        self.fails::<()>(Check::Signature, finding, facts);
        Err(Failed)
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
            let facts = alloc::vec![
                ("inside", self.account.id_inside(encrypt).unwrap_or_default()),
                ("accepted", self.account.accepted_ids.join(", ")),
            ];
            return self.fails(Check::ReceiveId, Finding::IdOther, facts);
        }
        facts.extend(error.detail().map(|detail| ("detail", detail.into())));
        let finding = match ciphertext {
            Err(_) => Finding::SealNotBase64,
            Ok(bytes) => match core::str::from_utf8(&bytes).map(crypto::decode_base64) {
                Ok(Ok(_)) => Finding::SealEncodedTwice,
                _ => Finding::SealOtherKey,
            },
        };
        self.fails(Check::Seal, finding, facts)
    }

    fn message(&mut self, message: &[u8], outside: Option<&str>) -> Option<()> {
        let inbound = match Inbound::decode_unverified(message) {
            Ok(inbound) => inbound,
            Err(error) => {
                let facts = error.detail().map(|detail| ("detail", detail.into()));
                let facts = facts.into_iter().collect();
                return self.fails(Check::Message, Finding::MessageMalformed, facts);
            }
        };
        if outside.is_none() && inbound.is_only_sealed() {
            return self.fails(Check::Mode, Finding::ModeSealed, mode_facts(self.account.mode()));
        }
        if let (Some(outside), Some(inside)) = (outside, inbound.to()) {
            if !outside.is_empty() && outside != inside {
                let facts = alloc::vec![("outside", outside.into()), ("inside", inside.into())];
                return self.fails(Check::Message, Finding::RecipientDiffers, facts);
            }
        }
        let mut facts = alloc::vec![("kind", inbound.kind().into())];
        facts.extend(inbound.from().map(|from| ("from", from.into())));
        facts.push(("dedupe_key", inbound.dedupe_key().to_string()));
        match inbound.kind() {
            "unknown" => self.warns(Check::Message, Finding::MessageUnknown, facts),
            _ => self.holds(Check::Message, Finding::MessageRead, facts),
        }
        Some(())
    }

    fn holds(&mut self, check: Check, finding: Finding, facts: Facts) {
        self.steps.push(Step { check, verdict: Verdict::Holds, finding, facts });
    }

    fn warns(&mut self, check: Check, finding: Finding, facts: Facts) {
        self.steps.push(Step { check, verdict: Verdict::Warns, finding, facts });
    }

    fn fails<T>(&mut self, check: Check, finding: Finding, facts: Facts) -> Option<T> {
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

/// One more round of the escapes that frameworks add.
fn unescapings(text: &str) -> [String; 3] {
    [
        percent_decoded(text),
        text.replace("\\/", "/").replace("\\u003d", "=").replace("\\u002b", "+"),
        text.replace("&#43;", "+")
            .replace("&#47;", "/")
            .replace("&#61;", "=")
            .replace("&#x3D;", "="),
    ]
}

fn percent_decoded(text: &str) -> String {
    Query::decode_value(text).map_or_else(|| text.into(), alloc::borrow::Cow::into_owned)
}
