//! What becomes of a token that is rejected.

use super::*;

#[test]
fn only_the_token_that_is_kept_can_be_rejected() {
    let mut keeper = keeping(TokenSource::Token, "A");
    let before = keeper.clone();
    for other in ["", "B", "A ", "a"] {
        assert_eq!(keeper.rejected(other, at(1)), Stale);
    }
    assert_eq!(keeper, before);
    assert_eq!(keeper.rejected("A", at(1)), Applied);
    let before = keeper.clone();
    assert_eq!(keeper.rejected("A", at(1)), Stale, "two calls used it");
    assert_eq!(keeper, before);
    give(&mut keeper, answer("B"), at(2));
    assert_eq!(keeper.rejected("A", at(3)), Stale, "a late answer throws no newer one away");
    assert_eq!(keeper.step(at(3)), using("B"));
    assert_eq!(TokenKeeper::default().rejected("", at(0)), Stale);
}

#[test]
fn a_rejected_token_is_not_used_while_the_next_one_is_fetched() {
    let mut keeper = keeping(TokenSource::StableToken, "A");
    assert_eq!(keeper.rejected("A", at(HOUR)), Applied);
    assert_eq!(keeper.next_deadline(), None);
    assert_eq!(keeper.step(at(HOUR)), fetch(2));
    assert_eq!(keeper.step(at(HOUR)), wait(HOUR + 250));
    keeper.fetch_failed(id(2), FetchFailure::Temporary, at(HOUR));
    assert_eq!(keeper.step(at(HOUR)), wait(HOUR + 1_000));
    assert_eq!(keeper.step(at(HOUR + 1_000)), fetch(3));
    // It is rejected while somebody is fetching already.
    let mut keeper = keeping(TokenSource::StableToken, "A");
    let due = 6900 * SECOND;
    assert_eq!(keeper.step(at(due)), fetch(2));
    assert_eq!(keeper.rejected("A", at(due)), Applied);
    assert_eq!(keeper.step(at(due)), wait(due + 250));
    assert_eq!(keeper.fetched(id(2), answer("B"), at(due)), Applied);
    assert_eq!(keeper.step(at(due)), using("B"));
}

#[test]
fn a_stable_token_that_comes_again_is_forced_and_then_forced_within_the_budget() {
    let mut keeper = keeping(TokenSource::StableToken, "A");
    keeper.rejected("A", at(0));
    give(&mut keeper, answer("A"), at(0));
    assert_eq!(keeper.next_deadline(), None);
    assert_eq!(keeper.step(at(0)), force(3));
    assert_eq!(keeper.fetched(id(3), answer("B"), at(0)), Applied);
    assert_eq!(keeper.step(at(1)), using("B"));

    keeper.rejected("B", at(2));
    give(&mut keeper, answer("B"), at(2));
    assert_eq!(keeper.next_deadline(), Some(at(30_000)));
    assert_eq!(keeper.step(at(29_999)), wait(30_000));
    assert_eq!(keeper.step(at(30_000)), force(5));
    // The platform does not refresh: a failure, and the budget goes on.
    assert_eq!(keeper.fetched(id(5), answer("B"), at(30_000)), Applied);
    assert_eq!(keeper.step(at(30_000)), wait(60_000));
    assert_eq!(keeper.temporary, 1);
    assert_eq!(keeper.step(at(60_000)), force(6));
    // The fetch itself fails.
    keeper.fetch_failed(id(6), FetchFailure::Misconfigured, at(60_000));
    assert_eq!(keeper.step(at(60_000)), wait(120_000), "the back-off lasts longer");
    assert_eq!(keeper.step(at(120_000)), force(7));
    keeper.fetched(id(7), answer("C"), at(120_000));
    assert_eq!(keeper.step(at(120_000)), using("C"));
    assert_eq!((keeper.temporary, keeper.misconfigured), (0, 0));
}

#[test]
fn twenty_forced_fetches_fit_into_any_24_hours() {
    let day = 24 * HOUR;
    let mut keeper = TokenKeeper::default();
    let mut forced = 0;
    for round in 0..20 {
        let token = format!("T{round}");
        let now = at(round * 60 * SECOND);
        give(&mut keeper, FetchedToken::new(token.as_str(), Duration::MAX), now);
        keeper.rejected(&token, now);
        give(&mut keeper, FetchedToken::new(token.as_str(), Duration::MAX), now);
        let TokenStep::Fetch { id, force: true } = keeper.step(now) else { panic!() };
        keeper.fetched(id, FetchedToken::new("B", Duration::from_secs(1)), now);
        forced += 1;
    }
    assert_eq!((forced, keeper.forced.0.len()), (20, 20));
    let now = 20 * 60 * SECOND;
    give(&mut keeper, FetchedToken::new("Z", Duration::MAX), at(now));
    keeper.rejected("Z", at(now));
    give(&mut keeper, FetchedToken::new("Z", Duration::MAX), at(now));
    assert_eq!(keeper.step(at(now)), wait(day));
    assert_eq!(keeper.next_deadline(), Some(at(day)));
    assert_eq!(keeper.step(at(day - 1)), wait(day));
    assert!(matches!(keeper.step(at(day)), TokenStep::Fetch { force: true, .. }));
    assert_eq!(keeper.forced.0.len(), 20, "the oldest has gone");
}

#[test]
fn when_the_rejected_token_is_over_a_plain_fetch_answers_another() {
    let mut keeper = keeping(TokenSource::StableToken, "A");
    keeper.rejected("A", at(0));
    give(&mut keeper, answer("A"), at(0));
    assert_eq!(keeper.step(at(0)), force(3));
    let short = FetchedToken::new("A", Duration::from_secs(5));
    keeper.fetched(id(3), short.clone(), at(0));
    assert_eq!(keeper.next_deadline(), Some(at(5_000)));
    assert_eq!(keeper.step(at(4_999)), wait(5_000));
    assert_eq!(keeper.step(at(5_000)), fetch(4));
    // It comes again all the same, which is no success.
    keeper.fetched(id(4), short, at(5_000));
    assert_eq!(keeper.temporary, 2);
    assert_eq!(keeper.step(at(5_000)), wait(10_000));
    assert_eq!(keeper.step(at(10_000)), fetch(5));
    keeper.fetched(id(5), answer("B"), at(10_000));
    assert_eq!(keeper.step(at(10_000)), using("B"));
}

#[test]
fn without_force_a_rejected_token_that_comes_again_is_a_failure() {
    for source in [TokenSource::Authorizer, TokenSource::Token] {
        let mut keeper = keeping(source, "A");
        keeper.rejected("A", at(HOUR));
        give(&mut keeper, answer("A"), at(HOUR));
        assert_eq!(keeper.step(at(HOUR)), wait(HOUR + 1_000));
        assert_eq!(keeper.step(at(HOUR + 1_000)), fetch(3));
    }
}

#[test]
fn two_programs_that_replace_each_others_token_slow_down() {
    for source in SOURCES {
        let mut keeper = keeping(source, "0");
        let mut now = 0;
        for (round, pause) in [0, 1, 2, 4, 8, 16, 32, 64, 120, 120].into_iter().enumerate() {
            now += 119_999;
            assert_eq!(keeper.rejected(&format!("{round}"), at(now)), Applied);
            let pause = if source == TokenSource::StableToken { 0 } else { pause };
            if pause > 0 {
                assert_eq!(keeper.step(at(now)), wait(now + pause * SECOND));
                now += pause * SECOND;
            }
            give(&mut keeper, answer(&format!("{}", round + 1)), at(now));
        }
        // One that lives longer ends it, whether it is rejected then or not.
        let (mut one, mut other) = (keeper.clone(), keeper);
        assert_eq!(one.rejected("10", at(now + 120_000)), Applied);
        assert!(matches!(one.step(at(now + 120_000)), TokenStep::Fetch { .. }));
        now += 2 * HOUR;
        give(&mut other, answer("11"), at(now));
        assert_eq!(other.rejected("11", at(now)), Applied);
        assert!(matches!(other.step(at(now)), TokenStep::Fetch { .. }));
    }
}

#[test]
fn a_pause_is_not_cut_short_by_a_shorter_one() {
    let mut keeper = TokenKeeper::new(TokenSource::Token);
    let brief = |token: &str| FetchedToken::new(token, Duration::from_secs(10));
    give(&mut keeper, brief("A"), at(0));
    keeper.rejected("A", at(0));
    give(&mut keeper, brief("B"), at(0));
    fail(&mut keeper, FetchFailure::Misconfigured, at(9_500));
    assert_eq!(keeper.rejected("B", at(9_600)), Applied);
    assert_eq!(keeper.step(at(9_600)), wait(69_500));
    // A longer one takes the place of a shorter one, also of one from before the fetch.
    let mut keeper = TokenKeeper::new(TokenSource::Token);
    give(&mut keeper, brief("A"), at(0));
    keeper.rejected("A", at(0));
    give(&mut keeper, brief("B"), at(0));
    assert_eq!(keeper.step(at(9_500)), fetch(3));
    keeper.rejected("B", at(9_600));
    keeper.fetch_failed(id(3), FetchFailure::Misconfigured, at(9_600));
    assert_eq!(keeper.step(at(9_600)), wait(69_600));
}

/// It did not count when the token was rejected, as the clock was set back; it does when the clock is right again.
#[test]
fn a_rejection_that_needs_no_pause_leaves_that_of_a_failure() {
    let mut keeper = keeping(TokenSource::Token, "A");
    let due = 6900 * SECOND;
    fail(&mut keeper, FetchFailure::Temporary, at(due));
    assert_eq!(keeper.rejected("A", at(due - 30 * SECOND)), Applied);
    assert_eq!(keeper.step(at(due)), wait(due + SECOND));
}
