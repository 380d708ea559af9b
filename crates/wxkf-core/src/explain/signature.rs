//! A signature that does not match, and which mistake would make it.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::body::standard_base64;
use super::walk::{Failed, Walk};
use super::{Check, Finding};
use crate::callback::Query;
use crate::crypto;

impl Walk<'_> {
    pub(super) fn plain_signature(
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
        self.unsigned("signature", finding, None)
    }

    pub(super) fn sealed_signature(
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
        let finding = if plain(given) {
            Finding::SignatureSwapped
        } else if let Some(finding) = self.guess(given, &[timestamp, nonce, trimmed]) {
            finding
        } else if let Some((finding, undone)) = respellings(encrypt)
            .into_iter()
            .find_map(|(finding, undone, text)| covers(given, &text).map(|_| (finding, undone)))
        {
            return self.unsigned("msg_signature", finding, undone);
        } else if query.signature.as_deref().is_some_and(plain) {
            Finding::SignatureBodyChanged
        } else {
            Finding::SignatureOther
        };
        self.unsigned("msg_signature", finding, None)
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
        // Of the parameters alone: `Encrypt` has not been in the query string.
        let decoded: Vec<_> = parts.iter().take(2).map(|part| percent_decoded(part)).collect();
        let decoded = decoded.iter().map(String::as_str).chain(parts.iter().skip(2).copied());
        let decoded: Vec<_> = decoded.collect();
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

    fn unsigned(
        &mut self,
        parameter: &str,
        finding: Finding,
        undone: Option<&'static str>,
    ) -> Result<(), Failed> {
        let mut facts = alloc::vec![("parameter", parameter.into())];
        facts.extend(undone.map(|undone| ("escapes", undone.into())));
        match finding {
            Finding::SignatureOther => self.fails_by_cause::<()>(Check::Signature, finding, facts),
            _ => self.fails::<()>(Check::Signature, finding, facts),
        };
        Err(Failed)
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
    Query::decode_value(text).map_or_else(|| text.into(), alloc::borrow::Cow::into_owned)
}
