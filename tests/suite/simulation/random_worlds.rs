//! Long histories of one user, made at random and shortened when one fails.

use proptest::prelude::*;

use super::naive::{Reading, Step, World};

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        3 => Just(Step::Message),
        2 => Just(Step::LateMessage),
        2 => Just(Step::PushArrives),
        2 => Just(Step::Enter),
        6 => Just(Step::Send),
        1 => Just(Step::SendNothing),
        4 => Just(Step::Answer),
        1 => Just(Step::AnswerIsLost),
        1 => Just(Step::Crash),
        2 => (0_u64..20_000).prop_map(Step::Wait),
        1 => (0_u64..120_000).prop_map(Step::Wait),
    ];
    prop::collection::vec(step, 0..120)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn no_history_leaves_the_bounds(steps in steps(), is_cautious: bool) {
        for reading in Reading::ALL {
            let mut world = World::new(is_cautious);
            for step in &steps {
                world.step(*step, reading);
                world.check(reading);
            }
        }
    }

    /// By any clock, and with every preset.
    #[test]
    fn no_steps_break_a_record(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        wxkf_tests::fuzz::conversation(&bytes);
    }
}
