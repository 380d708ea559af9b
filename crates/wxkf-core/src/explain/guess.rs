//! Why a check fails: the mistakes that people make, tried one after the other.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::body;
use super::findings::Finding;
use super::walk::{Facts, Walk, is_corp_id};
use crate::callback::{Check, Failed, encrypt_node};
use crate::codec::{self, Document, Format};
use crate::crypto;
use crate::error::{Code, Error};
use crate::message::Inbound;
use crate::time::Timestamp;

/// What explains a failure.
type Guess = (Finding, Facts);

/// The body, if it is a document.
type Outer<'a> = (&'a str, Format, Document);

impl Walk<'_> {
    pub(super) fn guess(&self, failure: &Failed) -> Guess {
        let Failed { check, error } = failure;
        match check {
            Check::Query => self.of_query(error),
            Check::Body => self.of_body(error),
            Check::Mode => self.of_mode(error),
            Check::Signature => self.of_signature(),
            Check::Age => self.of_age(error),
            Check::Seal => self.of_seal(error),
            Check::ReceiveId => self.of_receive_id(),
            Check::Message => self.of_message(error),
        }
    }

    fn of_query(&self, error: &Error) -> Guess {
        if error.code() == Code::QueryMalformed {
            let field = error.field().map(|field| ("parameter", field.into()));
            return (Finding::QueryBroken, field.into_iter().collect());
        }
        let query = &self.query;
        let signature = match self.is_sealed() {
            true => ("msg_signature", query.msg_signature.is_some() || query.signature.is_some()),
            false => ("signature", query.signature.is_some()),
        };
        let all = [
            ("timestamp", query.timestamp().is_some()),
            ("nonce", query.nonce().is_some()),
            signature,
        ];
        let missing: Vec<_> =
            all.iter().filter(|(_, present)| !present).map(|(name, _)| *name).collect();
        let facts = alloc::vec![("missing", missing.join(", "))];
        if is_not_raw(self.raw_query) {
            (Finding::QueryNotRaw, facts)
        } else if missing.len() == all.len() && is_whole_message(self.body) {
            (Finding::QueryUnsigned, facts)
        } else {
            self.by_cause(Finding::QueryIncomplete, facts)
        }
    }

    fn of_body(&self, error: &Error) -> Guess {
        let mut facts = self.body_facts();
        if error.code() == Code::BodyTooLarge {
            return (Finding::BodyTooLarge, facts);
        }
        if error.field().is_some() {
            // There is an `Encrypt`, but no text.
            return self.by_parsing(Finding::BodyMalformed, facts);
        }
        let (finding, looks_like) = body::of_no_document(self.body);
        facts.extend(looks_like.map(|what| ("looks_like", what.into())));
        facts.extend(detail(error));
        (finding, facts)
    }

    fn of_mode(&self, error: &Error) -> Guess {
        let facts = self.mode_facts();
        if error.field() == Some("msg_signature") {
            self.by_cause(Finding::ModeUnsealed, facts)
        } else if self.is_sealed() {
            self.by_parsing(Finding::ModeStripped, facts)
        } else {
            self.by_cause(Finding::ModeSealed, facts)
        }
    }

    fn of_signature(&self) -> Guess {
        let parameter = if self.is_sealed() { "msg_signature" } else { "signature" };
        let mut facts = alloc::vec![("parameter", parameter.into())];
        let outer = self.outer().filter(|_| !self.query.is_url_verification());
        let encrypt = outer.as_ref().and_then(encrypt);
        let found = match self.is_sealed() {
            true => self.of_sealed_signature(encrypt.unwrap_or_default()),
            false => self.of_plain_signature(encrypt),
        };
        match found {
            Some((finding, undone)) => {
                facts.extend(undone.map(|undone| ("escapes", undone.into())));
                (finding, facts)
            }
            None => self.by_cause(Finding::SignatureOther, facts),
        }
    }

    fn of_age(&self, error: &Error) -> Guess {
        if error.field() != Some("CreateTime") {
            return (Finding::AgeStale, self.age_facts());
        }
        let inbound = Inbound::decode_unverified(&self.opened).ok();
        let created = inbound.and_then(|inbound| inbound.created()).map_or(0, Timestamp::as_secs);
        let facts = alloc::vec![
            ("CreateTime", created.to_string()),
            ("timestamp", self.query.timestamp().unwrap_or_default().into()),
        ];
        (Finding::AgeOtherTime, facts)
    }

    fn of_seal(&self, error: &Error) -> Guess {
        let mut facts = self.seal_facts();
        facts.extend(detail(error));
        let ciphertext = self.encrypt().map(|encrypt| crypto::decode_base64(&encrypt));
        let Some(Ok(bytes)) = ciphertext else { return (Finding::SealNotBase64, facts) };
        match core::str::from_utf8(&bytes).map(crypto::decode_base64) {
            Ok(Ok(_)) => (Finding::SealEncodedTwice, facts),
            _ => self.by_cause(Finding::SealOtherKey, facts),
        }
    }

    fn of_receive_id(&self) -> Guess {
        let inside = self.encrypt().and_then(|encrypt| self.account.id_inside(&encrypt));
        let inside = inside.unwrap_or_default();
        let is_of_corp = is_corp_id(&inside);
        let accepted = self.account.accepted_ids.join(", ");
        let facts = alloc::vec![("inside", inside), ("accepted", accepted)];
        match is_of_corp {
            true => (Finding::OtherProduct, facts),
            false => self.by_cause(Finding::IdOther, facts),
        }
    }

    fn of_message(&self, error: &Error) -> Guess {
        if error.code() != Code::RecipientMismatch {
            return (Finding::MessageMalformed, detail(error).into_iter().collect());
        }
        let to = |body| Inbound::decode_unverified(body).ok()?.to().map(String::from);
        let facts = alloc::vec![
            ("outside", to(self.body).unwrap_or_default()),
            ("inside", to(&self.opened).unwrap_or_default()),
        ];
        (Finding::RecipientDiffers, facts)
    }

    /// The cause that shows elsewhere, or else what explains it best.
    fn by_cause(&self, finding: Finding, mut facts: Facts) -> Guess {
        let cause = match self.query.is_url_verification() {
            true => self.sealed_echo(),
            false => self.cause(),
        };
        let Some((cause, more)) = cause else { return (finding, facts) };
        facts.extend(more);
        (cause, facts)
    }

    /// The same of a body that lacks what it should have: whatever has parsed it has lost it.
    fn by_parsing(&self, finding: Finding, mut facts: Facts) -> Guess {
        let outer = self.outer();
        let parsed = outer.as_ref().and_then(|(text, format, document)| match format {
            Format::Json => body::of_document(document.root(text)),
            Format::Xml => None,
        });
        let Some((finding, looks_like)) = parsed.filter(|_| self.cause().is_none()) else {
            return self.by_cause(finding, facts);
        };
        facts.extend(looks_like.map(|what| ("looks_like", what.into())));
        (finding, facts)
    }

    fn outer(&self) -> Option<Outer<'_>> {
        let text = codec::utf8(self.body).ok()?;
        let (format, document) = codec::parse(text).ok()?;
        Some((text, format, document))
    }

    fn encrypt(&self) -> Option<String> {
        encrypt(&self.outer()?).map(String::from)
    }

    /// What a document says of itself that explains why it is not accepted.
    fn cause(&self) -> Option<Guess> {
        let inbound = Inbound::decode_unverified(self.body).ok()?;
        if inbound.kind() == "action.checkcontainerpath" {
            return Some((Finding::ContainerChecked, Facts::new()));
        }
        let tree = inbound.tree();
        let has_agent = ["AgentID", "AgentId"].iter().any(|name| tree.child(name).is_some());
        let is_of_bot = tree.children().count() == 1 && tree.child("encrypt").is_some();
        let to = inbound.to().map(|to| ("ToUserName", to.into())).into_iter().collect();
        (has_agent || is_of_bot || inbound.to().is_some_and(is_corp_id))
            .then_some((Finding::OtherProduct, to))
    }

    /// The check of the URL by another product, which seals the text.
    fn sealed_echo(&self) -> Option<Guess> {
        // A blank was a plus sign.
        let echo = self.query.echostr.as_deref().unwrap_or_default().replace(' ', "+");
        let length = body::lenient_base64(&echo)?.len();
        let inside = self.account.id_inside(&echo).map(|id| ("inside", id));
        let is_sealed = length >= 32 && length % 16 == 0;
        is_sealed.then(|| (Finding::OtherProduct, inside.into_iter().collect()))
    }
}

fn encrypt<'a>((text, _, document): &'a Outer<'_>) -> Option<&'a str> {
    encrypt_node(document.root(text))?.exact_text()
}

fn detail(error: &Error) -> Option<(&'static str, String)> {
    error.detail().map(|detail| ("detail", detail.into()))
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

#[cfg(test)]
mod tests {
    use super::is_not_raw;

    #[test]
    fn what_somebody_has_had_before_us_is_told_by_the_query() {
        for query in [
            "a=1&amp;b=2",
            "a=1%26b=2",
            "signature%3D1",
            "https://example.org/?a=1",
            "{a=1}",
            "[a]=1",
            "(a=1",
            "?a b=1",
            "a:1",
        ] {
            assert!(is_not_raw(query), "{query}");
        }
        for query in ["", "?", "a=1&b=2", "?a=1", "echostr=a%3D%3D", "a=b:c ?"] {
            assert!(!is_not_raw(query), "{query}");
        }
    }
}
