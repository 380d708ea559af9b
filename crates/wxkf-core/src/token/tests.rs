//! The rules, each in a test of its own.

#![allow(clippy::arithmetic_side_effects, reason = "the numbers of a test are small")]

use super::*;
use crate::api::RejectionKind;
use TokenChange::{Applied, Stale};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

const SECOND: u64 = 1000;
const HOUR: u64 = 3600 * SECOND;
const TWO_HOURS: Duration = Duration::from_secs(7200);
const SOURCES: [TokenSource; 3] =
    [TokenSource::Authorizer, TokenSource::StableToken, TokenSource::Token];

/// Milliseconds after a moment of this century.
fn at(millis: u64) -> Timestamp {
    Timestamp::from_millis(millis.saturating_add(1_763_700_000_000))
}

/// Of the life that begins then.
fn id(number: u64) -> FetchId {
    FetchId::new((1_763_700_000 << 21) + number)
}

fn answer(token: &str) -> FetchedToken {
    FetchedToken::new(token, TWO_HOURS)
}

fn fetch(number: u64) -> TokenStep {
    TokenStep::Fetch { id: id(number), force: false }
}

fn force(number: u64) -> TokenStep {
    TokenStep::Fetch { id: id(number), force: true }
}

fn wait(millis: u64) -> TokenStep {
    TokenStep::Wait(at(millis))
}

fn using(token: &str) -> TokenStep {
    TokenStep::Use(token.into())
}

/// What a fetch at this moment answers.
fn give(keeper: &mut TokenKeeper, answer: FetchedToken, now: Timestamp) {
    let TokenStep::Fetch { id, .. } = keeper.step(now) else { panic!("no fetch at {now:?}") };
    assert_eq!(keeper.fetched(id, answer, now), Applied);
}

/// Has fetched this one at the beginning.
fn keeping(source: TokenSource, token: &str) -> TokenKeeper {
    let mut keeper = TokenKeeper::new(source);
    give(&mut keeper, answer(token), at(0));
    keeper
}

/// A fetch at this moment fails.
fn fail(keeper: &mut TokenKeeper, failure: FetchFailure, now: Timestamp) {
    let TokenStep::Fetch { id, .. } = keeper.step(now) else { panic!("no fetch at {now:?}") };
    assert_eq!(keeper.fetch_failed(id, failure, now), Applied);
}

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
    assert_eq!((forced, keeper.forced.moments().len()), (20, 20));
    let now = 20 * 60 * SECOND;
    give(&mut keeper, FetchedToken::new("Z", Duration::MAX), at(now));
    keeper.rejected("Z", at(now));
    give(&mut keeper, FetchedToken::new("Z", Duration::MAX), at(now));
    assert_eq!(keeper.step(at(now)), wait(day));
    assert_eq!(keeper.next_deadline(), Some(at(day)));
    assert_eq!(keeper.step(at(day - 1)), wait(day));
    assert!(matches!(keeper.step(at(day)), TokenStep::Fetch { force: true, .. }));
    assert_eq!(keeper.forced.moments().len(), 20, "the oldest has gone");
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

#[test]
fn the_refresh_token_is_replaced_with_the_token_and_never_lost() {
    let text = |keeper: &TokenKeeper| keeper.refresh_token().map(|it| String::from(it.expose()));
    let mut keeper = TokenKeeper::with_refresh_token("R1");
    assert_eq!(text(&keeper).as_deref(), Some("R1"));
    give(&mut keeper, answer("A"), at(0));
    assert_eq!(text(&keeper).as_deref(), Some("R1"), "none came");
    keeper.rejected("A", at(HOUR));
    give(&mut keeper, answer("B").refresh_token("R2"), at(HOUR));
    assert_eq!(text(&keeper).as_deref(), Some("R2"));
    assert_eq!(keeper.step(at(HOUR)), using("B"));
    assert_eq!(text(&TokenKeeper::with_refresh_token("")), None);
    keeper.rejected("B", at(2 * HOUR));
    give(&mut keeper, answer("B").refresh_token(""), at(2 * HOUR));
    assert_eq!(text(&keeper).as_deref(), Some("R2"), "an empty one is none");
    give(&mut keeper, answer("B2"), at(2 * HOUR + SECOND));
    keeper.rejected("B2", at(3 * HOUR));
    give(&mut keeper, answer("B"), at(3 * HOUR));
    // The token is of no use, what comes with it is.
    keeper.rejected("B", at(4 * HOUR));
    give(&mut keeper, answer("").refresh_token("R3"), at(4 * HOUR));
    assert_eq!(text(&keeper).as_deref(), Some("R3"));
    let stale = answer("C").refresh_token("R4");
    assert_eq!(keeper.fetched(id(1), stale, at(4 * HOUR)), Stale);
    assert_eq!(text(&keeper).as_deref(), Some("R3"));

    // A fetch that took too long may have used the old one up; its token is not taken.
    let mut keeper = TokenKeeper::with_refresh_token("R1");
    assert_eq!(keeper.step(at(0)), fetch(1));
    assert_eq!(keeper.step(at(11 * SECOND)), fetch(2));
    let late = answer("A").refresh_token("R2");
    assert_eq!(keeper.fetched(id(1), late.clone(), at(12 * SECOND)), Applied);
    assert_eq!(text(&keeper).as_deref(), Some("R2"));
    assert_eq!(keeper.fetched(id(1), late.clone(), at(12 * SECOND)), Stale);
    assert_eq!(keeper.fetched(id(3), late.clone(), at(12 * SECOND)), Stale);
    assert!(matches!(keeper.step(at(12 * SECOND)), TokenStep::Wait(_)));
    let next = answer("B").refresh_token("R3");
    assert_eq!(keeper.fetched(id(2), next, at(13 * SECOND)), Applied);
    assert_eq!(keeper.fetched(id(1), late, at(13 * SECOND)), Stale);
    assert_eq!(text(&keeper).as_deref(), Some("R3"));
}

#[test]
fn a_refresh_token_is_kept_whatever_it_consists_of() {
    let long = "x".repeat(5000);
    for unusual in ["a b", "刷新令牌", "tab\t", "\u{1}", " ", &long] {
        let begun = TokenKeeper::with_refresh_token(unusual);
        let mut given = TokenKeeper::new(TokenSource::Authorizer);
        give(&mut given, answer("A").refresh_token(unusual), at(0));
        for keeper in [begun, given] {
            let restored = TokenKeeper::restore(&keeper.snapshot()).unwrap();
            assert_eq!(restored.refresh_token().map(Secret::expose), Some(unusual));
            assert_eq!(restored, keeper);
        }
    }
}

#[test]
fn an_id_of_another_life_settles_nothing() {
    let mut keeper = TokenKeeper::with_refresh_token("R1");
    assert_eq!(keeper.step(at(0)), fetch(1));
    // The record was lost, and the next one begins in another second.
    let mut keeper = TokenKeeper::with_refresh_token("R1");
    let TokenStep::Fetch { id: next, .. } = keeper.step(at(SECOND)) else { panic!("no fetch") };
    assert!(next > id(1) && next.ordinal() == 1);
    let before = keeper.clone();
    let late = answer("A").refresh_token("R2");
    assert_eq!(keeper.fetch_failed(id(1), FetchFailure::Misconfigured, at(SECOND)), Stale);
    assert_eq!((keeper.fetched(id(1), answer("A"), at(SECOND)), &keeper), (Stale, &before));
    // But a refresh token that is not known yet is worth keeping from wherever it comes.
    assert_eq!(keeper.fetched(id(1), late, at(SECOND)), Applied);
    assert_eq!(keeper.refresh_token().map(Secret::expose), Some("R2"));
    assert_eq!(keeper.fetched(next, answer("B"), at(SECOND)), Applied);
}

#[test]
fn ids_go_on_where_a_forged_record_ends() {
    let mut keeper = TokenKeeper { last_id: (1 << 53) - 2, ..TokenKeeper::default() };
    keeper.answered_id = keeper.last_id;
    let TokenStep::Fetch { id: last, .. } = keeper.step(at(0)) else { panic!("no fetch") };
    assert_eq!(last.number(), (1 << 53) - 1);
    assert_eq!(TokenKeeper::restore(&keeper.snapshot()).as_ref(), Ok(&keeper));
    assert_eq!(
        keeper.step(at(10 * SECOND)),
        TokenStep::Fetch { id: FetchId::new((1_763_700_010 << 21) + 1), force: false }
    );
    // And what comes of this one counts, its refresh token, too.
    let TokenStep::Fetch { id: next, .. } = keeper.step(at(20 * SECOND)) else {
        panic!("no fetch")
    };
    assert_eq!(keeper.step(at(31 * SECOND)), fetch_after(next));
    assert_eq!(keeper.fetched(next, answer("A").refresh_token("R"), at(32 * SECOND)), Applied);
    assert_eq!(keeper.refresh_token().map(Secret::expose), Some("R"));
    assert_eq!(TokenKeeper::restore(&keeper.snapshot()), Ok(keeper));
}

fn fetch_after(id: FetchId) -> TokenStep {
    TokenStep::Fetch { id: FetchId::new(id.number() + 1), force: false }
}

#[test]
fn a_clock_that_steps_back_or_was_ahead_holds_nothing_up_for_ever() {
    let far = 1000 * HOUR;
    // A lease: by its length on either side.
    let mut keeper = TokenKeeper::default();
    let first = keeper.step(at(far));
    let TokenStep::Fetch { id: first, force: false } = first else { panic!("{first:?}") };
    let id = |number| FetchId::new(first.number() - 1 + number);
    let fetch = |number| TokenStep::Fetch { id: id(number), force: false };
    let force = |number| TokenStep::Fetch { id: id(number), force: true };
    assert_eq!(keeper.clone().step(at(far - 9_999)), wait(far - 9_749));
    assert_eq!(keeper.clone().step(at(far - 10_000)), fetch(2));
    // A back-off.
    keeper.fetch_failed(id(1), FetchFailure::Misconfigured, at(far));
    assert_eq!(keeper.clone().step(at(far - 59_999)), wait(far + 60_000));
    assert_eq!(keeper.clone().step(at(far - 60_000)), fetch(2));
    // A token.
    let mut keeper = TokenKeeper::default();
    give(&mut keeper, answer("A"), at(far));
    assert_eq!(keeper.clone().step(at(far - 2 * HOUR + 1)), using("A"));
    assert_eq!(keeper.clone().step(at(far - 2 * HOUR)), fetch(2));
    // The budget.
    keeper.rejected("A", at(far));
    give(&mut keeper, answer("A"), at(far));
    assert_eq!(keeper.step(at(far)), force(3));
    let again = |now| {
        let mut keeper = keeper.clone();
        keeper.fetched(id(3), answer("A"), now);
        keeper.pause = None;
        keeper
    };
    let back = at(far - 29_999);
    assert_eq!(again(back).step(back), wait(far + 30_000));
    let back = at(far - 30_000);
    assert_eq!(again(back).step(back), force(4));
    // The edges of time.
    for now in [Timestamp::default(), Timestamp::from_millis(u64::MAX)] {
        let mut keeper = keeper.clone();
        let _ = (keeper.step(now), keeper.next_deadline());
        keeper.fetched(id(4), answer("A"), now);
        let _ = (keeper.step(now), keeper.next_deadline());
    }
}

#[test]
fn nothing_secret_is_printed() {
    let mut keeper = TokenKeeper::with_refresh_token("refreshtoken@@@R");
    give(&mut keeper, answer("T2"), at(0));
    let shown = format!(
        "{keeper:?} {:?} {:?} {:?}",
        keeper.step(at(0)),
        using("T2"),
        answer("T2").refresh_token("@@@R")
    );
    assert!(!shown.contains("T2") && !shown.contains("@@@R"), "{shown}");
}
