//! Every short history there can be: one user, two kinds of grants of two messages and one, sends,
//! their answers, a push that is late, a crash, time. Under each reading of the rule the platform's
//! number lies between the bounds, and the bounds are those that the whole history gives when it is
//! read again from its beginning.

use wxkf_core::Settlement;

use super::naive::{Reading, Step, World};

const LENGTH: usize = 7;

const STEPS: [Step; 8] = [
    Step::Message,
    Step::LateMessage,
    Step::PushArrives,
    Step::Enter,
    Step::Send,
    Step::Answer,
    Step::Crash,
    // Longer than one window, shorter than the other.
    Step::Wait(40_000),
];

/// Goes through every history that continues this one. Gives how many there were, and in how many
/// of them the last step was a message that the platform refused.
fn explore(world: &World, reading: Reading, history: &mut Vec<Step>) -> (u64, u64) {
    if history.len() == LENGTH {
        return (0, 0);
    }
    let (mut count, mut refused) = (0, 0);
    for step in STEPS {
        let mut next = world.clone();
        history.push(step);
        let shown = HistoryOnPanic(history, reading);
        if next.step(step, reading) {
            next.check(reading);
            drop(shown);
            let last = next.unanswered.last().filter(|_| step == Step::Send);
            refused += u64::from(last.is_some_and(|last| last.1 == Settlement::QuotaExhausted));
            let further = explore(&next, reading, history);
            (count, refused) = (count + 1 + further.0, refused + further.1);
        } else {
            drop(shown);
        }
        history.pop();
    }
    (count, refused)
}

struct HistoryOnPanic<'a>(&'a [Step], Reading);

impl Drop for HistoryOnPanic<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("{:?}: {:?}", self.1, self.0);
        }
    }
}

#[test]
fn every_history_of_up_to_seven_steps_keeps_the_bounds() {
    let mut histories = 0;
    for is_cautious in [false, true] {
        for reading in Reading::ALL {
            let world = World::new(is_cautious);
            let (count, refused) = explore(&world, reading, &mut Vec::new());
            println!(
                "small worlds, {reading:?}, cautious {is_cautious}: {count} histories, \
                 {refused} refused by the platform"
            );
            // The cautious are never refused; whoever tries what is not sure is, now and then.
            assert_eq!(refused == 0, is_cautious);
            histories += count;
        }
    }
    println!("small worlds: {histories} histories of up to {LENGTH} steps, none out of bounds");
    assert!(histories > 1_000_000);
}
