//! The record in bytes.

use alloc::vec::Vec;
use core::time::Duration;

use super::rules::{
    Forced, Kept, LONGEST_PAUSE, MAX_LIFETIME, MOST_FORCED, Period, State, is_token,
};
use super::{TokenKeeper, TokenSource};
use crate::api::Secret;
use crate::error::Error;
use crate::names::LAST_ID;
use crate::snapshot::{RecordReader, RecordType, RecordWriter, malformed};
use crate::time::Timestamp;

/// Above what all numbers together take, without the forced fetches.
const NUMBERS: usize = 128;
/// The longest number.
const NUMBER: usize = 10;

/// Each by its number.
const SOURCES: [TokenSource; 3] =
    [TokenSource::StableToken, TokenSource::Token, TokenSource::Authorizer];

impl TokenKeeper {
    /// The record in bytes, to be kept. Equal records have equal bytes.
    ///
    /// **The token and the refresh token are in them, as they are:** keep them as you keep the app's
    /// secret, and out of logs.
    #[must_use]
    pub fn snapshot(&self) -> Vec<u8> {
        let text = |secret: Option<&Secret>| secret.map_or(0, |secret| secret.expose().len());
        let (standing, kept) = match &self.state {
            State::Empty => (0_u8, None),
            State::Good(kept) => (1, Some(kept)),
            State::Rejected(kept) => (2, Some(kept)),
            State::AnsweredAgain(kept) => (3, Some(kept)),
        };
        let Forced(forced) = &self.forced;
        // Room for all: bytes that move leave the secrets behind.
        let capacity = NUMBERS
            .saturating_add(text(self.refresh_token.as_ref()))
            .saturating_add(text(kept.map(|kept| &kept.token)))
            .saturating_add(forced.len().saturating_mul(NUMBER));
        let mut to = RecordWriter::new(RecordType::Token, capacity);

        let source = SOURCES.iter().position(|source| *source == self.source);
        to.count(source.unwrap_or_default());
        to.text(self.refresh_token.as_ref().map_or("", Secret::expose));
        to.number(standing);
        if let Some(Kept { token, life }) = kept {
            to.text(token.expose());
            write_span(&mut to, Some(*life));
        }
        to.number(self.last_id);
        to.number(self.last_id.saturating_sub(self.answered_id));
        write_span(&mut to, self.lease);
        write_span(&mut to, self.pause);
        [self.temporary, self.misconfigured, self.rejected_young]
            .into_iter()
            .for_each(|count| to.number(count));
        to.count(forced.len());
        forced.iter().for_each(|moment| to.number(moment.as_millis()));
        to.finish()
    }

    /// Reads the record again. The bytes need not be trusted: what they say is brought within the
    /// rules, and whatever they are, [`step`](Self::step) keeps to the budget of forced fetches from
    /// then on.
    ///
    /// # Errors
    /// [`Code::SnapshotMalformed`](crate::Code::SnapshotMalformed) for bytes that no keeper wrote,
    /// [`Code::SnapshotVersion`](crate::Code::SnapshotVersion) for those of a newer version.
    pub fn restore(bytes: &[u8]) -> Result<Self, Error> {
        let mut from = RecordReader::new(RecordType::Token, bytes)?;
        let source = SOURCES.get(usize::from(from.small()?)).copied();
        let source = source.ok_or_else(|| malformed("no such source"))?;
        // Whatever came is kept; of the first version were none but those that a token could be.
        let refresh_token = Some(from.text(usize::MAX)?).filter(|text| !text.is_empty());
        let refresh_token = refresh_token.map(Secret::from);
        let state = match from.small()? {
            0 => State::Empty,
            1 => State::Good(read_kept(&mut from)?),
            2 => State::Rejected(read_kept(&mut from)?),
            3 if source == TokenSource::StableToken => State::AnsweredAgain(read_kept(&mut from)?),
            _ => return Err(malformed("no such standing")),
        };
        let last_id = from.number()?.min(LAST_ID);
        let answered_id = last_id.saturating_sub(from.number()?);
        let lease = read_span(&mut from, Self::LEASE)?;
        let pause = read_span(&mut from, LONGEST_PAUSE)?;
        let temporary = from.small()?;
        let misconfigured = from.small()?;
        let rejected_young = from.small()?;
        let count = from.count(MOST_FORCED)?;
        let forced: Result<_, Error> =
            (0..count).map(|_| Ok(Timestamp::from_millis(from.number()?))).collect();
        let forced = Forced(forced?);
        from.end()?;
        Ok(Self {
            source,
            refresh_token,
            state,
            last_id,
            answered_id,
            lease,
            pause,
            temporary,
            misconfigured,
            rejected_young,
            forced,
        })
    }
}

fn read_kept(from: &mut RecordReader<'_>) -> Result<Kept, Error> {
    let token = Some(from.text(TokenKeeper::MAX_TOKEN_LENGTH)?.into()).filter(is_token);
    let token = token.ok_or_else(|| malformed("not a token"))?;
    let life = read_span(from, MAX_LIFETIME)?;
    let life = life.ok_or_else(|| malformed("a token without a lifetime"))?;
    Ok(Kept { token, life })
}

/// Its length, and from when on; one without a length is none.
fn write_span(to: &mut RecordWriter, span: Option<Period>) {
    let Some(span) = span else {
        return to.number(0_u8);
    };
    to.number(u64::try_from(span.length().as_millis()).unwrap_or(u64::MAX));
    to.number(span.from().as_millis());
}

fn read_span(from: &mut RecordReader<'_>, longest: Duration) -> Result<Option<Period>, Error> {
    let length = match from.number()? {
        0 => return Ok(None),
        millis => Duration::from_millis(millis).min(longest),
    };
    let from = Timestamp::from_millis(from.number()?);
    Ok(Some(Period::new(from, length)))
}
