//! One access token for many processes, which share nothing but a record in a store that can compare
//! and set. Between what one of them loads and what it sets, the others go on.

mod world;

use core::time::Duration;

use self::world::{Outage, START, Tally, Terms, World};
use wxkf_core::{Timestamp, TokenSource};

fn play(name: &str, terms: Terms, seed: u64) -> Tally {
    let processes = terms.processes;
    let tally = World::new(terms, seed).run();
    let Tally { calls, rejected, failed, fetches, lost, refused, late, .. } = &tally;
    let Tally { kills, waits, conflicts, .. } = &tally;
    println!(
        "{name}, {processes} processes, seed {seed}: {calls} calls, {rejected} rejected, {failed} twice, \
         {fetches} fetches, {} of them forced, {lost} lost, {refused} refused, {late} late, {} tokens, \
         {kills} ended, {waits} waits, {conflicts} conflicts",
        tally.forced.len(),
        tally.tokens.len()
    );
    for pair in tally.forced.windows(2) {
        assert!(pair[0].distance(pair[1]) >= Duration::from_secs(28), "forced too soon");
    }
    for first in &tally.forced {
        let in_a_day =
            |it: &&Timestamp| **it >= *first && first.distance(**it).as_secs() < 86_400 - 2;
        assert!(tally.forced.iter().filter(in_a_day).count() <= 20, "forced too often");
    }
    tally
}

#[test]
fn many_processes_make_one_fetch_for_each_token() {
    for source in TokenSource::ALL.iter().copied() {
        for processes in 2..=16 {
            let terms = Terms::new(source, processes, 48);
            let tally = play(&format!("{source:?}"), terms, 800 + processes as u64);
            assert_eq!(tally.rejected, 0);
            assert_eq!(tally.fetches, tally.tokens.len() as u64, "one fetch for each token");
            // 7200 s each, less the margin of 300 s.
            assert!((25..=27).contains(&tally.fetches), "{} in two days", tally.fetches);
            assert!(tally.forced.is_empty());
        }
    }
}

#[test]
fn a_token_that_others_end_is_replaced_once_and_no_call_is_made_a_third_time() {
    for source in TokenSource::ALL.iter().copied() {
        for processes in [2, 3, 5, 8, 13, 16] {
            let terms = Terms { kills: 8, ..Terms::new(source, processes, 96) };
            let tally = play(&format!("{source:?}, ended"), terms, 900 + processes as u64);
            // Each process meets the end of a token at most once, but for what is under way then.
            assert!(tally.rejected <= tally.kills * processes as u64, "{tally:?}");
            assert!(tally.rejected > 0 && tally.failed <= tally.kills);
            // A stable token is asked for once before it is forced.
            let a_kill = if source == TokenSource::StableToken { 2 } else { 1 };
            assert!(tally.fetches <= 53 + a_kill * tally.kills, "{tally:?}");
        }
    }
}

#[test]
fn fetchers_may_die_and_fetches_be_lost() {
    for source in TokenSource::ALL.iter().copied() {
        for processes in [2, 7, 16] {
            let terms =
                Terms { crashes: 100, losses: 100, kills: 8, ..Terms::new(source, processes, 96) };
            let tally = play(&format!("{source:?}, dying"), terms, 1000 + processes as u64);
            assert!(tally.calls > 1000 && tally.lost > 0);
            assert!(tally.fetches <= 2 * (53 + 2 * tally.kills), "{tally:?}");
        }
    }
}

#[test]
fn busy_processes_do_not_fetch_more() {
    for source in TokenSource::ALL.iter().copied() {
        // Answers take so long that some are about a token that has been replaced meanwhile.
        let processes = 16;
        let terms =
            Terms { pause: 400, delay: 6000, kills: 40, ..Terms::new(source, processes, 6) };
        let tally = play(&format!("{source:?}, busy"), terms, 1100);
        assert!(tally.conflicts > 0 && tally.kills > 2, "{tally:?}");
        let a_kill = if source == TokenSource::StableToken { 2 } else { 1 };
        assert!(tally.fetches <= 4 + a_kill * tally.kills, "{tally:?}");
        assert!(tally.rejected <= 2 * tally.kills * processes as u64);
    }
}

#[test]
fn a_stable_token_is_not_forced_more_often_than_the_platform_allows() {
    // Somebody ends it a hundred times a day; past the budget there is nothing but to wait.
    let terms = Terms { kills: 100, ..Terms::new(TokenSource::StableToken, 5, 60) };
    let tally = play("ended all day long", terms, 1600);
    // As often as it may: forty in these hours, and twenty more on the third day.
    assert!(tally.forced.len() == 60, "{tally:?}");
}

#[test]
fn while_no_fetch_succeeds_there_are_pauses_and_then_it_goes_on() {
    for source in TokenSource::ALL.iter().copied() {
        for (outage, most) in [(Outage::Silence, 5 * 70), (Outage::Secret, 5 * 7)] {
            let outage = Some((5, outage));
            let terms = Terms { outage, pause: 5_000, ..Terms::new(source, 7, 12) };
            let name = format!("{source:?}, {outage:?}");
            let tally = play(&name, terms, 1700);
            let hour = |at: &Timestamp| START.distance(*at).as_secs() / 3600;
            let during = tally.fetched.iter().filter(|at| (2..7).contains(&hour(at))).count();
            assert!((10..=most).contains(&during), "{during} fetches in five hours of nothing");
            // The first pauses are short, for what is over soon.
            let begin = tally.fetched.iter().find(|at| hour(at) >= 2).unwrap();
            let soon = |at: &&Timestamp| *at >= begin && begin.distance(**at).as_secs() < 60;
            let soon = tally.fetched.iter().filter(soon).count();
            assert_eq!(soon > 2, matches!(outage, Some((_, Outage::Silence))), "{soon}");
            // And in the end all is well: the longest pause is ten minutes.
            assert!(hour(&tally.last_success) >= 11, "{tally:?}");
            assert!(tally.fetched.iter().any(|at| START.distance(*at).as_secs() < 7 * 3600 + 660));
        }
    }
}

#[test]
fn a_refresh_token_that_comes_late_is_kept() {
    // The platform takes each but once, so an answer that nobody waits for has the only good one.
    for processes in [2, 7] {
        let terms =
            Terms { late: 300, kills: 8, ..Terms::new(TokenSource::Authorizer, processes, 96) };
        let hours = terms.hours;
        let tally = play("refresh tokens come late", terms, 1800 + processes as u64);
        assert!(tally.late > 10 && tally.refused > 0, "{tally:?}");
        let end = START.distance(tally.last_success).as_secs();
        assert!(end > hours * 3600 - 900, "the authorisation is lost: {tally:?}");
    }
}

#[test]
fn programs_that_replace_each_others_token_stay_within_the_calls_of_a_day() {
    // The platform's own limit, 2 000 a day, is looked at with each call.
    let terms = Terms { programs: 2, pause: 3_000, ..Terms::new(TokenSource::Token, 4, 50) };
    let tally = play("two programs", terms, 1900);
    assert!(tally.fetches > 500 && tally.fetches < 2 * 2_000, "{tally:?}");
}
