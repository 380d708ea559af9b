//! Exactly once, with real threads and one store between them that can compare and set.

use std::collections::{BTreeMap, HashMap};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use fastrand::Rng;
use wxkf_core::{
    Conversation, DedupeKey, Policy, Push, ReservationId, Settled, Settlement, Timestamp, Trigger,
};

const USERS: usize = 50;
const PUSHES: usize = 20;
const COPIES: usize = 4;
const THREADS: usize = 8;
const NOW: Timestamp = Timestamp::from_secs(1_763_700_000);

#[derive(Default)]
struct Store {
    records: Mutex<HashMap<usize, Vec<u8>>>,
    conflicts: AtomicU64,
}

impl Store {
    /// As a host does it: load, step, set if nobody else has, or again.
    fn change<T>(&self, user: usize, step: impl Fn(&mut Conversation) -> T) -> T {
        loop {
            let old = self.records.lock().unwrap().get(&user).cloned();
            let mut conversation = match &old {
                Some(bytes) => Conversation::restore(bytes, Policy::mini_program()).unwrap(),
                None => Conversation::new(Policy::mini_program()),
            };
            let result = step(&mut conversation);
            std::thread::yield_now();
            let mut records = self.records.lock().unwrap();
            if records.get(&user) == old.as_ref() {
                records.insert(user, conversation.snapshot());
                return result;
            }
            self.conflicts.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// What came of it, for each user.
#[derive(Default)]
struct Outcome {
    handled: Vec<usize>,
    reserved: Vec<ReservationId>,
    refused: u64,
}

#[test]
fn threads_that_share_a_record_handle_each_push_once_and_spend_nothing_twice() {
    let store = Store::default();
    let mut copies: Vec<(usize, usize)> = (0..USERS * PUSHES * COPIES)
        .map(|number| (number % USERS, number / USERS % PUSHES))
        .collect();
    // The copies of one push come close together.
    let mut rng = Rng::with_seed(1200);
    copies.sort_unstable_by_key(|(_, push)| *push);
    copies.chunks_mut(200).for_each(|chunk| rng.shuffle(chunk));
    let queue = Mutex::new(copies);
    let outcomes: Mutex<BTreeMap<usize, Outcome>> = Mutex::default();
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                loop {
                    let Some((user, push)) = queue.lock().unwrap().pop() else { break };
                    handle(&store, &outcomes, user, push);
                }
            });
        }
    });
    let conflicts = store.conflicts.load(Ordering::Relaxed);
    let outcomes = outcomes.into_inner().unwrap();
    let sum = |count: fn(&Outcome) -> u64| outcomes.values().map(count).sum::<u64>();
    let reserved = sum(|outcome| outcome.reserved.len() as u64);
    let refused = sum(|outcome| outcome.refused);
    println!(
        "threads, seed 1200: {} copies of {} pushes, {reserved} reserved, {refused} refused, \
         {conflicts} conflicts",
        USERS * PUSHES * COPIES,
        USERS * PUSHES
    );
    assert!(conflicts > 0 && refused > 0);
    for (user, mut outcome) in outcomes {
        outcome.handled.sort_unstable();
        assert_eq!(outcome.handled, (0..PUSHES).collect::<Vec<_>>(), "each once");
        outcome.reserved.sort_unstable();
        let numbers = outcome.reserved.iter().map(|id| id.ordinal());
        assert!(numbers.eq(1..=outcome.reserved.len() as u64), "each id once");
        store.change(user, |conversation| {
            let allowance = conversation.allowance(NOW);
            assert_eq!(allowance.held, 0, "nothing leaks");
            // Every push was a message of the same second, and the last one refilled all.
            assert!(allowance.at_least <= allowance.at_most && allowance.at_most <= 5);
        });
    }
}

fn handle(store: &Store, outcomes: &Mutex<BTreeMap<usize, Outcome>>, user: usize, push: usize) {
    let key = DedupeKey::of_text(&format!("{user} {push}"));
    let push_now = Push::new(key, Some(Trigger::Message), NOW);
    let observation = store.change(user, |conversation| conversation.observe(push_now, NOW));
    if observation.since().is_some() {
        return;
    }
    outcomes.lock().unwrap().entry(user).or_default().handled.push(push);
    for _ in 0..7 {
        match store.change(user, |conversation| conversation.reserve(NOW)) {
            Ok(reservation) => {
                let settle = |conversation: &mut Conversation| {
                    conversation.settle(reservation.id, Settlement::Delivered, NOW)
                };
                assert_eq!(store.change(user, settle), Settled::Applied);
                assert_eq!(store.change(user, settle), Settled::Stale);
                let mut outcomes = outcomes.lock().unwrap();
                outcomes.entry(user).or_default().reserved.push(reservation.id);
            }
            Err(_) => outcomes.lock().unwrap().entry(user).or_default().refused += 1,
        }
    }
}
