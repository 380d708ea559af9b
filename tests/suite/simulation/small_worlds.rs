//! Every short history there can be: one user, grants of two messages and one, sends that are fast or slow,
//! their answers or none, pushes that are late and overtake each other, a crash, time. Under each reading of
//! the rule the platform's number lies between the bounds, what is sure is accepted when it arrives, and the
//! bounds are those that the whole history gives when it is read again from its beginning.

use wxkf_core::Trigger;

use super::naive::{Reading, Step, TRAVEL, World};

/// What the user does, and the bot.
const SENDING: &[Step] = &[
    Step::Act(Trigger::Message),
    Step::ActLate(Trigger::Message),
    Step::PushArrives,
    Step::Act(Trigger::Menu),
    Step::Send(0),
    Step::Send(TRAVEL - 5_000),
    Step::Answer,
    Step::TimeOut,
    Step::Crash,
    // Longer than one window, shorter than the other.
    Step::Wait(40_000),
];

/// Who leaves and comes back, within a second or two, and pushes that overtake each other.
const LEAVING: &[Step] = &[
    Step::Act(Trigger::Message),
    Step::ActLate(Trigger::Unsubscribe),
    Step::ActLate(Trigger::Subscribe),
    Step::ActLate(Trigger::Message),
    Step::PushArrives,
    Step::PushOvertakes,
    Step::Send(0),
    Step::Send(1_000),
    Step::Answer,
];

/// Goes through every history that continues this one. Gives how many there were, and in how many
/// of them the last step was a message that the platform refused.
fn explore(
    world: &World,
    steps: &[Step],
    length: usize,
    reading: Reading,
    history: &mut Vec<Step>,
) -> (u64, u64) {
    if history.len() == length {
        return (0, 0);
    }
    let (mut count, mut refused) = (0, 0);
    for step in steps {
        let mut next = world.clone();
        history.push(*step);
        let shown = HistoryOnPanic(history, reading);
        if next.step(*step, reading) {
            next.check(reading);
            drop(shown);
            refused += next.tally.refused - world.tally.refused;
            let further = explore(&next, steps, length, reading, history);
            (count, refused) = (count + 1 + further.0, refused + further.1);
        } else {
            drop(shown);
        }
        history.pop();
    }
    (count, refused)
}

pub(super) struct HistoryOnPanic<'a>(pub(super) &'a [Step], pub(super) Reading);

impl Drop for HistoryOnPanic<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("{:?}: {:?}", self.1, self.0);
        }
    }
}

/// All of them, and how many messages the platform refused to the cautious and to others.
fn worlds(name: &str, steps: &[Step], length: usize) -> (u64, [u64; 2]) {
    let (mut histories, mut refusals) = (0, [0, 0]);
    for (refusals, is_cautious) in refusals.iter_mut().zip([true, false]) {
        for reading in Reading::ALL {
            let world = World::new(is_cautious);
            let (count, refused) = explore(&world, steps, length, reading, &mut Vec::new());
            println!(
                "{name}, {reading:?}, cautious {is_cautious}: {count} histories of up to {length} \
                 steps, {refused} refused by the platform"
            );
            histories += count;
            *refusals += refused;
        }
    }
    (histories, refusals)
}

#[test]
fn every_short_history_of_sends_keeps_the_bounds() {
    let (histories, [cautious, others]) = worlds("sending", SENDING, 6);
    assert!(histories > 300_000, "{histories}");
    // The cautious are refused only what was under way for longer than the margin.
    assert!(others > 10 * cautious, "{cautious} and {others}");
}

#[test]
fn every_short_history_of_a_user_who_leaves_keeps_the_bounds() {
    let (histories, _) = worlds("leaving", LEAVING, 7);
    assert!(histories > 100_000, "{histories}");
}
