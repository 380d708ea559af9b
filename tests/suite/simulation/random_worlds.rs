//! Long histories of one user, made at random and shortened when one fails.

use proptest::prelude::*;
use wxkf_core::Trigger;

use super::naive::{MARGIN, Reading, Step, TRAVEL, World};
use super::small_worlds::HistoryOnPanic;

fn triggers() -> impl Strategy<Value = Trigger> {
    prop_oneof![
        6 => Just(Trigger::Message),
        3 => Just(Trigger::Menu),
        1 => Just(Trigger::Unsubscribe),
        2 => Just(Trigger::Subscribe),
    ]
}

/// How long a request is under way: at once, within the margin, up to what the policy knows of, and up to
/// `longest`.
fn delays(longest: u64) -> impl Strategy<Value = u64> {
    prop_oneof![3 => Just(0), 3 => 0..=MARGIN, 2 => 0..=TRAVEL, 1 => 0..=longest]
}

fn steps(longest: u64) -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        5 => triggers().prop_map(Step::Act),
        3 => triggers().prop_map(Step::ActLate),
        2 => Just(Step::PushArrives),
        1 => Just(Step::PushOvertakes),
        6 => delays(longest).prop_map(Step::Send),
        1 => Just(Step::SendNothing),
        1 => Just(Step::SendElsewhere),
        4 => Just(Step::Answer),
        2 => Just(Step::TimeOut),
        1 => Just(Step::Crash),
        2 => (0_u64..20_000).prop_map(Step::Wait),
        1 => (0_u64..120_000).prop_map(Step::Wait),
    ];
    prop::collection::vec(step, 0..120)
}

fn run(steps: &[Step], is_cautious: bool) -> u64 {
    let mut haunted = 0;
    for reading in Reading::ALL {
        let mut world = World::new(is_cautious);
        for (place, step) in steps.iter().enumerate() {
            let _shown = HistoryOnPanic(steps.get(..=place).unwrap_or(steps), reading);
            world.step(*step, reading);
            world.check(reading);
        }
        haunted += world.tally.haunted;
    }
    haunted
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// No request is under way for longer than the policy knows of.
    #[test]
    fn no_history_leaves_the_bounds(steps in steps(TRAVEL), is_cautious: bool) {
        prop_assert_eq!(run(&steps, is_cautious), 0);
    }

    /// By any clock, and with every preset.
    #[test]
    fn no_steps_break_a_record(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        wxkf_tests::fuzz::conversation(&bytes);
    }
}

/// One that is under way for longer takes what another was promised: counted, and rare.
#[test]
fn what_is_under_way_for_longer_than_the_policy_knows_of_is_counted() {
    use proptest::strategy::ValueTree as _;
    use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[14; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let (mut haunted, mut histories) = (0, 0);
    for _ in 0..1000 {
        let steps = steps(10 * TRAVEL).new_tree(&mut runner).unwrap().current();
        haunted += run(&steps, true);
        histories += 1;
    }
    println!("{histories} cautious histories with longer delays: {haunted} sure sends refused");
    assert!(haunted > 0, "none was under way for longer");
}
