//! All calls, by their names.

use super::EndpointInfo;
use super::endpoint::Page;
use super::{business, download, kf, ops, record, send, session, token, upload};
use crate::error::{Code, Error};

/// Every call, in the order of the platform's pages.
pub const ENDPOINTS: &[&EndpointInfo] = &joined::<{ count(FAMILIES) }>(FAMILIES);

const FAMILIES: &[&[(&EndpointInfo, Page)]] = &[
    send::CALLS,
    kf::CALLS,
    session::CALLS,
    record::CALLS,
    upload::CALLS,
    download::CALLS,
    business::CALLS,
    token::CALLS,
    ops::CALLS,
];

const fn count(mut families: &[&[(&EndpointInfo, Page)]]) -> usize {
    let mut count = 0_usize;
    while let [family, rest @ ..] = families {
        (count, families) = (count.saturating_add(family.len()), rest);
    }
    count
}

#[expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "while it compiles; a mistake ends that"
)]
const fn joined<const N: usize>(
    mut families: &[&[(&'static EndpointInfo, Page)]],
) -> [&'static EndpointInfo; N] {
    let mut out = [families[0][0].0; N];
    let mut at = 0;
    while let [family, rest @ ..] = families {
        let mut calls = *family;
        while let [(call, _), others @ ..] = calls {
            out[at] = *call;
            (at, calls) = (at + 1, others);
        }
        families = rest;
    }
    out
}

/// The call with that name, such as `message.custom.send`: its path without `/cgi-bin/` or the
/// leading slash, with dots.
///
/// # Errors
/// [`Code::RequestUnsupported`] for a name that is none.
pub fn endpoint(name: &str) -> Result<&'static EndpointInfo, Error> {
    let found = ENDPOINTS.iter().copied().find(|info| info.name == name);
    found.ok_or_else(|| Error::new(Code::RequestUnsupported).field_named("endpoint"))
}

impl EndpointInfo {
    /// What else the platform's page says of its limits.
    #[must_use]
    pub fn limits(&self) -> &'static str {
        self.page().map(|page| page.limits).unwrap_or_default()
    }

    /// The platform's page, read 2026-11-21; those of calls that came later, 2026-11-28.
    #[must_use]
    pub fn source(&self) -> &'static str {
        self.page().map(|page| page.source).unwrap_or_default()
    }

    fn page(&self) -> Option<Page> {
        let mut calls = FAMILIES.iter().copied().flatten();
        calls.find(|(call, _)| call.name == self.name).map(|(_, page)| *page)
    }
}
