//! A signature that does not match, and which mistake would make it.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use super::body::standard_base64;
use super::findings::Finding;
use super::walk::Walk;
use crate::callback::Query;
use crate::crypto;

/// The mistake, and the escapes that had to be undone to see it.
type Mistake = (Finding, Option<&'static str>);

impl Walk<'_> {
    pub(super) fn of_plain_signature(&self, encrypt: Option<&str>) -> Option<Mistake> {
        let (given, timestamp, nonce) = self.signed(&self.query.signature);
        let covers_encrypt = encrypt.is_some_and(|encrypt| {
            let sealed =
                |token: &crypto::Token| token.sign([timestamp, nonce, encrypt.trim_ascii()]);
            self.account.token_for(given, sealed).is_some()
        });
        let finding = match covers_encrypt {
            true => Some(Finding::SignatureSwappedBack),
            false => self.of_either(given, &[timestamp, nonce]),
        };
        finding.map(|finding| (finding, None))
    }

    pub(super) fn of_sealed_signature(&self, encrypt: &str) -> Option<Mistake> {
        let (given, timestamp, nonce) = self.signed(&self.query.msg_signature);
        let covers = |encrypt: &str| {
            self.account.token_for(given, |token| token.sign([timestamp, nonce, encrypt])).is_some()
        };
        let plain = |given: &str| {
            self.account.token_for(given, |token| token.sign([timestamp, nonce])).is_some()
        };
        if plain(given) {
            return Some((Finding::SignatureSwapped, None));
        }
        let finding = self.of_either(given, &[timestamp, nonce, encrypt.trim_ascii()]);
        if let Some(finding) = finding {
            return Some((finding, None));
        }
        let respelt = respellings(encrypt).into_iter().find(|(.., text)| covers(text));
        if let Some((finding, undone, _)) = respelt {
            return Some((finding, undone));
        }
        let is_body_changed = self.query.signature.as_deref().is_some_and(plain);
        is_body_changed.then_some((Finding::SignatureBodyChanged, None))
    }

    /// The signature that was given, and what it covers of the query string.
    fn signed<'s>(&'s self, given: &'s Option<Cow<'_, str>>) -> (&'s str, &'s str, &'s str) {
        let (timestamp, nonce) = (self.query.timestamp(), self.query.nonce());
        let given = given.as_deref().unwrap_or_default();
        (given, timestamp.unwrap_or_default(), nonce.unwrap_or_default())
    }

    /// Mistakes that either kind of signature shows.
    fn of_either(&self, given: &str, parts: &[&str]) -> Option<Finding> {
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
        // Of the parameters alone: `Encrypt` has not been in the query string.
        let decoded: Vec<_> = parts.iter().take(2).map(|part| percent_decoded(part)).collect();
        let decoded = decoded.iter().map(String::as_str).chain(parts.iter().skip(2).copied());
        let decoded: Vec<_> = decoded.collect();
        let is_twice = tokens.iter().any(|token| signed(token, given, &decoded));
        is_twice.then_some(Finding::SignatureDecodedTwice)
    }
}

/// What `Encrypt` may have been before something respelt it.
fn respellings(exact: &str) -> Vec<(Finding, Option<&'static str>, String)> {
    let text = exact.trim_ascii();
    let once = percent_decoded(text);
    let json = ["\\/", "\\u002f", "\\u002F", "\\u003d", "\\u003D", "\\u002b", "\\u002B"];
    let json = json.into_iter().zip("///==++".chars());
    let html =
        ["&#43;", "&#x2b;", "&#x2B;", "&plus;", "&#47;", "&#x2f;", "&#x2F;", "&sol;", "&#61;"];
    let html = html.into_iter().zip("++++////=".chars());
    let more = [("&#x3d;", '='), ("&#x3D;", '='), ("&equals;", '=')];
    alloc::vec![
        (Finding::SignaturePlusLost, None, text.replace(' ', "+")),
        // The plus sign may have stood at either end.
        (Finding::SignaturePlusLost, None, exact.replace(' ', "+")),
        (Finding::SignatureWrapped, None, text.split_ascii_whitespace().collect()),
        (Finding::SignatureEscaped, Some("percent"), percent_decoded(&once)),
        (Finding::SignatureEscaped, Some("percent"), once),
        (Finding::SignatureEscaped, Some("JSON"), unescaped(text, json)),
        (Finding::SignatureEscaped, Some("HTML"), unescaped(text, html.chain(more))),
        (Finding::SignatureAlphabet, None, standard_base64(text)),
    ]
}

fn unescaped(text: &str, escapes: impl Iterator<Item = (&'static str, char)>) -> String {
    let mut text = String::from(text);
    for (escape, meant) in escapes {
        text = text.replace(escape, meant.encode_utf8(&mut [0; 4]));
    }
    text
}

fn percent_decoded(text: &str) -> String {
    Query::decode_value(text).map_or_else(|| text.into(), Cow::into_owned)
}
