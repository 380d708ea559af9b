//! The record in bytes.

use alloc::vec::Vec;
use core::time::Duration;

use super::forced::{Forced, MOST};
use super::kept::{Kept, MAX_LIFETIME, Standing, is_token};
use super::span::Span;
use super::{MISCONFIGURED, TokenKeeper, TokenSource};
use crate::api::Secret;
use crate::error::Error;
use crate::names::LAST_ID;
use crate::snapshot::{Kind, Reader, Writer, malformed};
use crate::time::Timestamp;

/// Above what all numbers together take, without the forced fetches.
const NUMBERS: usize = 128;
/// The longest number.
const NUMBER: usize = 10;

impl TokenKeeper {
    /// The record in bytes, to be kept. Equal records have equal bytes.
    ///
    /// **The token and the refresh token are in them, as they are:** keep them as you keep the app's
    /// secret, and out of logs.
    #[must_use]
    pub fn snapshot(&self) -> Vec<u8> {
        let text = |secret: Option<&Secret>| secret.map_or(0, |secret| secret.expose().len());
        let forced = self.forced.moments();
        // Room for all: bytes that move leave the secrets behind.
        let capacity = NUMBERS
            .saturating_add(text(self.refresh_token.as_ref()))
            .saturating_add(text(self.kept.as_ref().map(|kept| &kept.token)))
            .saturating_add(forced.len().saturating_mul(NUMBER));
        let mut to = Writer::new(Kind::Token, capacity);

        to.number(source_number(self.source));
        to.text(self.refresh_token.as_ref().map_or("", Secret::expose));
        match &self.kept {
            None => to.number(0_u8),
            Some(Kept { token, life, standing }) => {
                to.number(standing_number(*standing));
                to.text(token.expose());
                write_span(&mut to, Some(*life));
            }
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
        let mut from = Reader::new(Kind::Token, bytes)?;
        let source = match from.small()? {
            0 => TokenSource::StableToken,
            1 => TokenSource::Token,
            2 => TokenSource::Authorizer,
            _ => return Err(malformed("no such source")),
        };
        // Whatever came is kept; of the first version were none but those that a token could be.
        let refresh_token = Some(from.text(usize::MAX)?).filter(|text| !text.is_empty());
        let refresh_token = refresh_token.map(Secret::from);
        let standing = match from.small()? {
            0 => None,
            1 => Some(Standing::Good),
            2 => Some(Standing::Rejected),
            3 if source == TokenSource::StableToken => Some(Standing::AnsweredAgain),
            _ => return Err(malformed("no such standing")),
        };
        let kept = match standing {
            None => None,
            Some(standing) => {
                let token = token(from.text(Self::MAX_TOKEN_LENGTH)?)?;
                let life = read_span(&mut from, MAX_LIFETIME)?;
                let life = life.ok_or_else(|| malformed("a token without a lifetime"))?;
                Some(Kept { token, life, standing })
            }
        };
        let last_id = from.number()?.min(LAST_ID);
        let answered_id = last_id.saturating_sub(from.number()?);
        let lease = read_span(&mut from, Self::LEASE)?;
        let [_, longest_pause] = MISCONFIGURED;
        let pause = read_span(&mut from, longest_pause)?;
        let temporary = from.small()?;
        let misconfigured = from.small()?;
        let rejected_young = from.small()?;
        let count = from.count(MOST)?;
        let forced: Result<_, Error> =
            (0..count).map(|_| Ok(Timestamp::from_millis(from.number()?))).collect();
        let forced = Forced::new(forced?);
        from.end()?;
        Ok(Self {
            source,
            refresh_token,
            kept,
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

fn token(text: &str) -> Result<Secret, Error> {
    Some(text.into()).filter(is_token).ok_or_else(|| malformed("not a token"))
}

const fn source_number(source: TokenSource) -> u8 {
    match source {
        TokenSource::StableToken => 0,
        TokenSource::Token => 1,
        TokenSource::Authorizer => 2,
    }
}

/// 0 is for no token at all.
const fn standing_number(standing: Standing) -> u8 {
    match standing {
        Standing::Good => 1,
        Standing::Rejected => 2,
        Standing::AnsweredAgain => 3,
    }
}

/// Its length, and from when on; one without a length is none.
fn write_span(to: &mut Writer, span: Option<Span>) {
    let Some(span) = span else {
        return to.number(0_u8);
    };
    to.number(u64::try_from(span.length().as_millis()).unwrap_or(u64::MAX));
    to.number(span.from().as_millis());
}

fn read_span(from: &mut Reader<'_>, longest: Duration) -> Result<Option<Span>, Error> {
    let length = match from.number()? {
        0 => return Ok(None),
        millis => Duration::from_millis(millis).min(longest),
    };
    let from = Timestamp::from_millis(from.number()?);
    Ok(Some(Span::new(from, length)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Code;
    use crate::token::{FetchFailure, FetchId, TokenStep};
    use alloc::vec;

    const NOW: Timestamp = Timestamp::from_secs(1_763_700_000);

    /// Every part of the record is there, and different from the others.
    fn full() -> TokenKeeper {
        let span = |secs| Some(Span::new(Timestamp::from_secs(secs), Duration::from_secs(secs)));
        TokenKeeper {
            source: TokenSource::Authorizer,
            refresh_token: Some("refreshtoken@@@R".into()),
            kept: span(7000).map(|life| Kept {
                token: "T".into(),
                life,
                standing: Standing::Rejected,
            }),
            last_id: 300,
            answered_id: 298,
            lease: span(9),
            pause: span(599),
            temporary: 1,
            misconfigured: 200,
            rejected_young: 3,
            forced: Forced::new(vec![NOW; MOST]),
        }
    }

    #[test]
    fn a_snapshot_is_read_again_and_its_bytes_do_not_move() {
        let mut stable = full();
        stable.source = TokenSource::StableToken;
        for standing in [Standing::Good, Standing::Rejected, Standing::AnsweredAgain] {
            let kept = stable.kept.as_mut().unwrap();
            kept.standing = standing;
            assert_eq!(TokenKeeper::restore(&stable.snapshot()), Ok(stable.clone()));
        }
        for keeper in [TokenKeeper::new(TokenSource::Token), stable, full()] {
            let bytes = keeper.snapshot();
            assert_eq!(TokenKeeper::restore(&bytes), Ok(keeper.clone()));
            assert_eq!(keeper.snapshot(), bytes);
            for end in 0..bytes.len() {
                let error = TokenKeeper::restore(&bytes[..end]).unwrap_err();
                assert_eq!(error.code(), Code::SnapshotMalformed);
            }
            let longer = [&bytes[..], &[0]].concat();
            assert_eq!(TokenKeeper::restore(&longer).unwrap_err().code(), Code::SnapshotMalformed);
        }
        let end_of_time = Timestamp::from_millis(u64::MAX);
        let span = |length| Some(Span::new(end_of_time, length));
        let largest = TokenKeeper {
            refresh_token: Some("r".repeat(TokenKeeper::MAX_TOKEN_LENGTH).into()),
            kept: span(MAX_LIFETIME).map(|life| Kept {
                token: "t".repeat(TokenKeeper::MAX_TOKEN_LENGTH).into(),
                life,
                standing: Standing::Good,
            }),
            last_id: LAST_ID,
            lease: span(TokenKeeper::LEASE),
            pause: span(Duration::from_secs(600)),
            temporary: u8::MAX,
            misconfigured: u8::MAX,
            rejected_young: u8::MAX,
            forced: Forced::new(vec![end_of_time; MOST]),
            ..full()
        };
        let bytes = largest.snapshot();
        // Room for everything was there from the beginning.
        assert_eq!(bytes.capacity(), 128 + 2 * 2048 + 20 * 10);
        assert_eq!(TokenKeeper::restore(&bytes), Ok(largest));
    }

    #[test]
    fn a_record_of_the_first_version_is_read() {
        let begin =
            b"T\x01\x02\x10refreshtoken@@@R\x02\x01T\xc0\x9f\xab\x03\xc0\x9f\xab\x03\xac\x02\x02";
        let spans = b"\xa8\x46\xa8\x46\xd8\xc7\x24\xd8\xc7\x24\x01\xc8\x01\x03\x14";
        let now = b"\x80\x8a\xd9\xa5\xaa\x33".repeat(MOST);
        let mut bytes = [&begin[..], spans, &now].concat();
        assert_eq!(TokenKeeper::restore(&bytes), Ok(full()));
        // The second version differs in what may stand there: any refresh token, and ids that name a life.
        bytes[1] = 2;
        assert_eq!(full().snapshot(), bytes);
    }

    #[test]
    fn what_restore_reads_is_brought_within_the_rules() {
        let code = |bytes: &[u8]| TokenKeeper::restore(bytes).unwrap_err().code();
        assert_eq!(code(b""), Code::SnapshotMalformed);
        assert_eq!(code(b"T\x03"), Code::SnapshotVersion);
        // Source, refresh token, standing, then the token.
        let begin = |source, standing| [b'T', 2, source, 0, standing];
        let rest = [0, 0, 0, 0, 0, 0, 0, 0];
        let read = |parts: &[&[u8]]| TokenKeeper::restore(&parts.concat());
        let long = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1];
        assert!(read(&[&begin(0, 0), &rest]).is_ok());
        for (source, standing) in [(3, 0), (0, 4), (1, 3), (2, 3)] {
            assert!(read(&[&begin(source, standing), &[1, b'A', 1, 1], &rest]).is_err());
        }
        for token in [&[0][..], &[1, b' '], &[2, 0xc3, 0xa9], &[0x81, 0x10]] {
            assert!(read(&[&begin(0, 1), token, &[1, 1], &rest]).is_err(), "{token:?}");
        }
        assert!(read(&[&begin(0, 1), &[1, b'A', 0], &rest]).is_err(), "no lifetime");
        assert!(read(&[&begin(0, 0), &[0, 0, 0, 0, 0, 0, 0, 21], &[0; 21]]).is_err());

        let keeper = read(&[&begin(0, 1), &[1, b'A'], &long, &[1], &rest]).unwrap();
        assert_eq!(keeper.kept.unwrap().life.length(), MAX_LIFETIME);
        let span = [&long[..], &[1]].concat();
        let mut keeper =
            read(&[&begin(0, 0), &long, &[0], &span, &span, &[255, 1, 255, 1, 255, 1, 0]]).unwrap();
        assert_eq!(keeper.lease.unwrap().length(), TokenKeeper::LEASE);
        assert_eq!(keeper.pause.unwrap().length(), Duration::from_secs(600));
        assert_eq!(keeper.last_id, 9_007_199_254_740_991);
        let TokenStep::Fetch { id, force: false } = keeper.step(NOW) else { panic!() };
        assert_eq!(id, FetchId::new((1_763_700_000 << 21) + 1), "the ids begin again");
        keeper.fetch_failed(id, FetchFailure::Temporary, NOW);
        let pause = keeper.pause.unwrap();
        assert_eq!((pause.from(), pause.length()), (NOW, Duration::from_secs(60)));
    }
}
