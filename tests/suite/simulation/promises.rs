//! What the conversation promises, in worlds of many steps.

use core::time::Duration;
use std::io::{IsTerminal as _, Write as _};

use wxkf_core::{AccountKind, Format, Mode};
use wxkf_platform::{Clock, Faults, Reading, Setup};

use super::tally::Tally;
use super::terms::Terms;
use super::world::World;

const READINGS: [Reading; 3] = [Reading::Independent, Reading::Refill, Reading::RunningMaximum];
const KINDS: [AccountKind; 2] = [AccountKind::MiniProgram, AccountKind::OfficialAccount];
const MODES: [Mode; 3] = [Mode::Plain, Mode::Compatible, Mode::Secure];
const FORMATS: [Format; 2] = [Format::Json, Format::Xml];
const USERS: usize = 40;
/// So long a request may be under way without any promise being broken: the policy's own time.
const TRAVEL: Duration = Duration::from_secs(60);

/// Of one world; each promise is held against several. `WXKF_WORLDS` makes all of them so many times
/// as long; `./test --all` says 6.
fn steps() -> u64 {
    100_000 * times()
}

fn times() -> u64 {
    std::env::var("WXKF_WORLDS").map_or(1, |times| times.parse().unwrap())
}

/// The seed chooses mode and format of the pushes: six in a row are all of them.
fn setup(kind: AccountKind, reading: Reading, seed: u64) -> Setup {
    let setup = match kind {
        AccountKind::MiniProgram => Setup::mini_program(),
        _ => Setup::official_account(),
    };
    let place = usize::try_from(seed).unwrap();
    setup.reading(reading).mode(MODES[place % 3]).format(FORMATS[place / 3 % 2])
}

/// Lets a world run, and shows on a terminal how far it is.
fn run(name: &str, seed: u64, terms: Terms, mut check: impl FnMut(&mut World, usize)) -> World {
    let mut world = World::new(terms, USERS, seed);
    let shows = std::io::stderr().is_terminal();
    while world.tally.steps < steps() {
        if let Some(user) = world.step() {
            check(&mut world, user);
        }
        if shows && world.tally.steps % 50_000 == 0 {
            eprint!("\r{name}: {} %   ", world.tally.steps * 100 / steps());
            let _ = std::io::stderr().flush();
        }
    }
    if shows {
        eprint!("\r");
    }
    let (handled, again) = world.handled();
    println!("{name}, seed {seed}: {:?}, {handled} handled, {again} again", world.tally);
    assert!(handled > 1000 && world.tally.accepted > 1000);
    // Whatever the world is like, who has just written can be answered, and what is sure is accepted.
    assert_eq!((world.tally.mute, world.tally.sure_refused), (0, 0));
    world
}

/// Every reading with every kind of account, each with a seed of its own.
fn worlds(first_seed: u64) -> impl Iterator<Item = (u64, AccountKind, Reading)> {
    let worlds = READINGS.iter().flat_map(|reading| KINDS.map(|kind| (kind, *reading)));
    (first_seed..).zip(worlds).map(|(seed, (kind, reading))| (seed, kind, reading))
}

fn sum(tallies: &[Tally]) -> Tally {
    let mut sum = Tally::default();
    tallies.iter().for_each(|tally| sum += *tally);
    sum
}

#[test]
fn safety_the_cautious_are_never_refused() {
    let mut tallies = Vec::new();
    for (seed, kind, reading) in worlds(100) {
        let mut terms = Terms::new(kind, setup(kind, reading, seed)).bad_line();
        terms.policy = terms.policy.cautious();
        // The store drops what it may: a record that is gone grants no more than one that is there.
        terms.drops = true;
        let name = format!("safety, {kind:?}, {reading:?}");
        let world = run(&name, seed, terms, |world, _| {
            let Tally { quota, window, .. } = world.tally;
            assert_eq!((quota, window), (0, 0), "45047 and 45015 at {:?}", world.now);
        });
        tallies.push(world.tally);
    }
    assert!(sum(&tallies).dropped > 100);
    // Two kinds of accounts under each reading: with all that a release runs, a million steps.
    for pair in tallies.chunks(2) {
        assert!(sum(pair).steps >= if times() < 6 { 200_000 } else { 1_000_000 });
    }
}

#[test]
fn truth_the_number_lies_between_the_bounds() {
    let mut tallies = Vec::new();
    for (seed, kind, reading) in worlds(200) {
        let mut terms = Terms::new(kind, setup(kind, reading, seed)).bad_line();
        terms.unsubscribes = kind == AccountKind::OfficialAccount;
        (terms.failures, terms.impatience) = (30, 300);
        let name = format!("truth, {kind:?}, {reading:?}");
        tallies.push(run(&name, seed, terms, World::check_bounds).tally);
    }
    let sum = sum(&tallies);
    assert!(sum.checked > 250_000 * times(), "{sum:?}");
    // Nor did the bot refuse what would have been accepted, also of users who left and came back.
    assert_eq!(sum.stuck, 0);
    // What is not sure is tried, and the stricter readings refuse some of it.
    assert!(sum.quota > 100, "{sum:?}");
}

#[test]
fn truth_one_refusal_corrects_what_others_changed() {
    let mut tallies = Vec::new();
    for (seed, kind, reading) in worlds(300) {
        let mut terms = Terms::new(kind, setup(kind, reading, seed)).bad_line();
        terms.others = 300;
        let name = format!("others, {kind:?}, {reading:?}");
        tallies.push(run(&name, seed, terms, World::check_bounds).tally);
    }
    assert!(sum(&tallies).quota > 1000);
}

#[test]
fn exactly_once_each_push_is_handled_and_each_reservation_spent() {
    for (seed, kind, reading) in worlds(350) {
        let mut terms = Terms::new(kind, setup(kind, reading, seed)).bad_line();
        (terms.crashes, terms.failures) = (100, 100);
        // That nothing is handled or spent twice is looked at on each step.
        let world = run(&format!("once, {kind:?}, {reading:?}"), seed, terms, |_, _| ());
        world.check_all_is_over();
        let (handled, again) = world.handled();
        let (acted, seen) = world.acted_and_seen();
        assert_eq!(handled, seen);
        // What is missing is under way, or WeChat has given it up after its last attempt.
        let given_up = world.platform.stats().given_up;
        assert!(acted - seen <= given_up + 40, "{acted} and {seen}, {given_up} given up");
        assert!(again.min(world.tally.repeats) > 500 * times(), "{again}, {:?}", world.tally);
    }
}

#[test]
fn liveness_what_the_platform_would_accept_is_granted() {
    for (seed, kind) in (400..).zip(KINDS) {
        let mut terms = Terms::new(kind, setup(kind, Reading::Refill, seed)).bad_line();
        terms.failures = 30;
        let tally = run(&format!("liveness, {kind:?}"), seed, terms, |_, _| ()).tally;
        assert_eq!(tally.stuck, 0);
        assert!(tally.refused > 1000);
    }
}

#[test]
fn truth_requests_may_take_longer_than_the_bot_waits() {
    let mut tallies = Vec::new();
    for (seed, kind, reading) in worlds(1300) {
        let mut terms = Terms::new(kind, setup(kind, reading, seed)).bad_line().slow(TRAVEL);
        terms.unsubscribes = kind == AccountKind::OfficialAccount;
        terms.drops = true;
        if seed % 2 == 0 {
            terms.policy = terms.policy.cautious();
        }
        let name = format!("slow, {kind:?}, {reading:?}");
        tallies.push(run(&name, seed, terms, World::check_bounds).tally);
    }
    let sum = sum(&tallies);
    assert!(sum.late > 1000, "{sum:?}");
}

#[test]
fn truth_several_things_happen_in_one_second() {
    let mut tallies = Vec::new();
    for (seed, kind, reading) in worlds(1400) {
        let mut terms = Terms::new(kind, setup(kind, reading, seed));
        terms.faults = Faults::NONE.duplication(50).delay(0..=300);
        terms.call_faults = Faults::NONE.delay(0..=50);
        terms.haste = true;
        terms.unsubscribes = kind == AccountKind::OfficialAccount;
        let name = format!("haste, {kind:?}, {reading:?}");
        tallies.push(run(&name, seed, terms, World::check_bounds).tally);
    }
    assert_eq!(sum(&tallies).stuck, 0);
}

#[test]
fn truth_one_refusal_tells_of_the_penalty() {
    let mut tallies = Vec::new();
    for (seed, reading) in (1500..).zip(READINGS) {
        let kind = AccountKind::MiniProgram;
        let terms = Terms::new(kind, setup(kind, reading, seed)).punished();
        let name = format!("penalty, {reading:?}");
        tallies.push(run(&name, seed, terms, World::check_bounds).tally);
    }
    let sum = sum(&tallies);
    assert!(sum.punished > 1000 && sum.typing > 1000, "{sum:?}");
}

#[test]
fn liveness_a_grant_that_is_late_costs_one_retry() {
    let mut tallies = Vec::new();
    for (seed, kind, reading) in worlds(500) {
        for is_cautious in [false, true] {
            let setup = setup(kind, reading, seed);
            let mut terms = Terms::new(kind, setup).late(Duration::from_millis(900));
            terms.faults = Faults::NONE.delay(0..=50);
            terms.call_faults = terms.faults;
            if is_cautious {
                terms.policy = terms.policy.cautious();
            }
            let name = format!("lateness, {kind:?}, {reading:?}, cautious {is_cautious}");
            let tally = run(&name, seed, terms, |_, _| ()).tally;
            // Of several that were refused at once one may have to wait for another grant's pause, and
            // what is tried without being sure may take the place of what is tried again.
            let few = tally.retries / 50;
            assert!(tally.retry_denied <= few, "{tally:?}");
            assert!(tally.refused_again <= if is_cautious { 0 } else { few }, "{tally:?}");
            // Whoever is cautious is refused for that reason alone.
            assert!(!is_cautious || tally.quota + tally.window == tally.retries, "{tally:?}");
            tallies.push(tally);
        }
    }
    assert!(sum(&tallies).retries > 1000);
}

#[test]
fn liveness_no_clock_wedges() {
    for (seed, kind) in (600..).zip(KINDS) {
        for clock in [-86_400_000, 86_400_000] {
            let mut terms = Terms::new(kind, setup(kind, Reading::Refill, seed)).bad_line();
            terms.clock = Clock::new(clock);
            let name = format!("clock off by {clock} ms, {kind:?}");
            let tally = run(&name, seed, terms, |_, _| ()).tally;
            // A clock that is ahead takes a minute to be over before it began.
            assert!(tally.stuck == 0 || clock > 0, "{tally:?}");
        }
        let mut terms = Terms::new(kind, setup(kind, Reading::Refill, seed)).bad_line();
        terms.jumps = 20;
        run(&format!("clock that is set, {kind:?}"), seed, terms, |_, _| ());
    }
}

#[test]
fn liveness_no_older_record_wedges() {
    for (seed, kind) in (700..).zip(KINDS) {
        let mut terms = Terms::new(kind, setup(kind, Reading::Refill, seed)).bad_line();
        terms.rollbacks = 20;
        run(&format!("records rolled back, {kind:?}"), seed, terms, |_, _| ());
    }
}
