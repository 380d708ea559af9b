//! Refresh tokens, ids, and clocks that are wrong.

use super::*;

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
