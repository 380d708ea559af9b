//! The record in bytes.

use super::*;
use crate::error::Code;
use crate::names::LAST_ID;
use crate::token::rules::{Kept, MAX_LIFETIME, MOST_FORCED};
use alloc::vec;

const NOW: Timestamp = Timestamp::from_secs(1_763_700_000);

fn span(secs: u64) -> Period {
    Period::new(Timestamp::from_secs(secs), Duration::from_secs(secs))
}

/// Every part of the record is there, and different from the others.
fn full() -> TokenKeeper {
    TokenKeeper {
        source: TokenSource::Authorizer,
        refresh_token: Some("refreshtoken@@@R".into()),
        state: State::Rejected(Kept { token: "T".into(), life: span(7000) }),
        last_id: 300,
        answered_id: 298,
        lease: Some(span(9)),
        pause: Some(span(599)),
        temporary: 1,
        misconfigured: 200,
        rejected_young: 3,
        forced: Forced(vec![NOW; MOST_FORCED]),
    }
}

#[test]
fn a_snapshot_is_read_again_and_its_bytes_do_not_move() {
    let mut stable = full();
    stable.source = TokenSource::StableToken;
    for state in [State::Good, State::Rejected, State::AnsweredAgain] {
        stable.state = state(Kept { token: "T".into(), life: span(7000) });
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
    let span = |length| Period::new(end_of_time, length);
    let largest = TokenKeeper {
        refresh_token: Some("r".repeat(TokenKeeper::MAX_TOKEN_LENGTH).into()),
        state: State::Good(Kept {
            token: "t".repeat(TokenKeeper::MAX_TOKEN_LENGTH).into(),
            life: span(MAX_LIFETIME),
        }),
        last_id: LAST_ID,
        lease: Some(span(TokenKeeper::LEASE)),
        pause: Some(span(Duration::from_secs(600))),
        temporary: u8::MAX,
        misconfigured: u8::MAX,
        rejected_young: u8::MAX,
        forced: Forced(vec![end_of_time; MOST_FORCED]),
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
    let now = b"\x80\x8a\xd9\xa5\xaa\x33".repeat(MOST_FORCED);
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
    let State::Good(kept) = keeper.state else { panic!() };
    assert_eq!(kept.life.length(), MAX_LIFETIME);
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
