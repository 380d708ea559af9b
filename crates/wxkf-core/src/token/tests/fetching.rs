//! When the next token is fetched, by whom, and how failures space that out.

use super::*;

#[test]
fn one_caller_fetches_and_the_others_wait() {
    for source in SOURCES {
        let mut keeper = TokenKeeper::new(source);
        assert_eq!(keeper.step(at(0)), fetch(1));
        assert_eq!(keeper.step(at(0)), wait(250));
        assert_eq!(keeper.step(at(9_749)), wait(9_999));
        assert_eq!(keeper.step(at(9_900)), wait(10_000), "the lease ends sooner");
        assert_eq!(keeper.fetched(id(1), answer("A"), at(9_950)), Applied);
        assert_eq!(keeper.step(at(9_950)), using("A"));
    }
}

#[test]
fn a_fetcher_that_does_not_come_back_is_replaced_and_its_answer_is_stale() {
    let mut keeper = TokenKeeper::default();
    assert_eq!(keeper.step(at(0)), fetch(1));
    assert_eq!(keeper.step(at(9_999)), wait(10_000));
    assert_eq!(keeper.step(at(10_000)), fetch(2));
    let before = keeper.clone();
    for other in [id(0), id(1), id(3), FetchId::new(2), FetchId::new(u64::MAX)] {
        assert_eq!(keeper.fetched(other, answer("A"), at(10_001)), Stale);
        let failed = keeper.fetch_failed(other, FetchFailure::Temporary, at(10_001));
        assert_eq!(failed, Stale);
    }
    assert_eq!(keeper, before);
    // Late, but nobody has taken its place.
    assert_eq!(keeper.fetched(id(2), answer("B"), at(30_000)), Applied);
    let before = keeper.clone();
    assert_eq!(keeper.fetched(id(2), answer("C"), at(30_000)), Stale);
    let failed = keeper.fetch_failed(id(2), FetchFailure::Temporary, at(30_000));
    assert_eq!((failed, &keeper), (Stale, &before));
    assert_eq!(keeper.step(at(30_000)), using("B"));
}

#[test]
fn use_and_wait_change_nothing() {
    let mut keeper = TokenKeeper::default();
    let is_unchanged = |keeper: &mut TokenKeeper, now| {
        let before = keeper.snapshot();
        let step = keeper.step(now);
        let is_fetch = matches!(step, TokenStep::Fetch { .. });
        assert_eq!(before == keeper.snapshot(), !is_fetch, "{step:?}");
        is_fetch
    };
    assert!(is_unchanged(&mut keeper, at(0)));
    assert!(!is_unchanged(&mut keeper, at(1)), "the lease");
    keeper.fetched(id(1), answer("A"), at(0));
    assert!(!is_unchanged(&mut keeper, at(1)), "the token");
    assert!(is_unchanged(&mut keeper, at(2 * HOUR)));
    keeper.fetch_failed(id(2), FetchFailure::Temporary, at(2 * HOUR));
    assert!(!is_unchanged(&mut keeper, at(2 * HOUR)), "the back-off");
}

#[test]
fn near_the_end_one_fetches_and_the_others_use_the_old_one() {
    // The margin is a tenth, and at most 300 seconds.
    for (expires_in, due) in
        [(7200, 6_900_000), (3000, 2_700_000), (2900, 2_610_000), (345, 310_500), (1, 900)]
    {
        let mut keeper = TokenKeeper::default();
        let life = Duration::from_secs(expires_in);
        give(&mut keeper, FetchedToken::new("A", life), at(0));
        assert_eq!(keeper.next_deadline(), Some(at(due)));
        assert_eq!(keeper.step(at(due - 1)), using("A"));
        assert_eq!(keeper.step(at(due)), fetch(2));
        assert_eq!(keeper.step(at(due)), using("A"));
    }
    // The fetch fails: the old one is used to its hard end, then there is none.
    let mut keeper = keeping(TokenSource::StableToken, "A");
    let end = 2 * HOUR;
    assert_eq!(keeper.step(at(end - 500)), fetch(2));
    assert_eq!(keeper.step(at(end - 1)), using("A"));
    assert_eq!(keeper.step(at(end)), wait(end + 250));
    keeper.fetch_failed(id(2), FetchFailure::Temporary, at(end - 100));
    assert_eq!(keeper.step(at(end - 1)), using("A"));
    assert_eq!(keeper.step(at(end)), wait(end + 900));
}

#[test]
fn a_lifetime_has_bounds() {
    let mut keeper = TokenKeeper::default();
    give(&mut keeper, FetchedToken::new("A", Duration::MAX), at(0));
    assert_eq!(keeper.next_deadline(), Some(at(24 * HOUR - 300 * SECOND)));
    // Nothing is left of it, or less than the clock can tell.
    for nothing in [Duration::ZERO, Duration::from_micros(999)] {
        let mut keeper = TokenKeeper::default();
        give(&mut keeper, FetchedToken::new("A", nothing), at(0));
        assert_eq!(keeper.step(at(0)), wait(1_000));
    }
}

#[test]
fn an_answer_of_no_use_is_a_failure_that_backs_off() {
    let longest = "x".repeat(TokenKeeper::MAX_TOKEN_LENGTH);
    let longer = format!("{longest}x");
    for token in ["", "a b", "a\n", "a\0", "a\u{7f}", "令牌", &longer] {
        let mut keeper = TokenKeeper::default();
        give(&mut keeper, answer(token), at(0));
        assert_eq!(keeper.step(at(999)), wait(1_000), "{token:?}");
        give(&mut keeper, answer(token), at(1_000));
        assert_eq!(keeper.step(at(1_000)), wait(3_000));
        give(&mut keeper, answer("A"), at(3_000));
        assert_eq!(keeper.step(at(3_000)), using("A"));
    }
    assert_eq!(keeping(TokenSource::Token, &longest).step(at(1)), using(&longest));
    assert_eq!(keeping(TokenSource::Token, "!~").step(at(1)), using("!~"));
}

#[test]
fn failures_are_spaced_out_until_a_success() {
    for (failure, pauses) in [
        (FetchFailure::Temporary, [1, 2, 4, 8, 16, 32, 60, 60, 60]),
        (FetchFailure::Misconfigured, [60, 120, 240, 480, 600, 600, 600, 600, 600]),
    ] {
        let mut keeper = TokenKeeper::default();
        let mut now = 0;
        for pause in pauses {
            fail(&mut keeper, failure, at(now));
            let end = now + pause * SECOND;
            assert_eq!(keeper.next_deadline(), Some(at(end)));
            assert_eq!(keeper.step(at(now)), wait(end));
            assert_eq!(keeper.step(at(end - 1)), wait(end));
            now = end;
        }
        give(&mut keeper, FetchedToken::new("A", Duration::from_secs(60)), at(now));
        now += 60 * SECOND;
        let [first, ..] = pauses;
        fail(&mut keeper, failure, at(now));
        assert_eq!(keeper.step(at(now)), wait(now + first * SECOND), "success clears it");
    }
    // Each kind has its own count.
    let mut keeper = TokenKeeper::default();
    let mut now = 0;
    for (failure, pause) in [
        (FetchFailure::Temporary, 1),
        (FetchFailure::Misconfigured, 60),
        (FetchFailure::Temporary, 2),
        (FetchFailure::Misconfigured, 120),
    ] {
        fail(&mut keeper, failure, at(now));
        assert_eq!(keeper.step(at(now)), wait(now + pause * SECOND));
        now += pause * SECOND;
    }
    for _ in 0..300 {
        fail(&mut keeper, FetchFailure::Temporary, at(now));
        now += 60 * SECOND;
    }
}

#[test]
fn what_the_platform_says_decides_how_long_to_wait() {
    let temporary: Vec<_> = RejectionKind::ALL
        .iter()
        .filter(|kind| FetchFailure::from(**kind) == FetchFailure::Temporary)
        .map(|kind| kind.name())
        .collect();
    assert_eq!(temporary, ["busy", "rate_limited", "token_rejected", "unknown"]);
}
