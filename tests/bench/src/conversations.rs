//! P10: ten million conversations in the memory of one process, each kept as its snapshot: a step is
//! to restore it, to do one thing, and to keep the new snapshot.

use std::hint::black_box;

use wxkf_core::{
    Conversation, DedupeKey, Policy, Push, ReservationId, Settled, Settlement, Timestamp, Trigger,
};

use crate::measure::{Effort, now_nanos};
use crate::table::{Table, verdict};

const BYTES: f64 = 100.0;
const STEPS_A_SECOND: f64 = 1e6;
const START: u64 = 1_763_700_000_000;

pub fn run(effort: Effort) {
    let count = match effort {
        Effort::Full => 10_000_000,
        Effort::Quick => 20_000,
    };
    println!(
        "\n## P10: {count} conversations (goals: at most {BYTES} bytes each, at least {STEPS_A_SECOND} \
         steps a second)\n"
    );
    let policy = Policy::mini_program();
    let mut table =
        Table::new(["step", "ns", "steps/s", "met", "snapshot", "with its place", "met"]);
    let start = now_nanos();
    let new = || Conversation::new(policy.clone()).snapshot().into_boxed_slice();
    let mut records: Vec<Box<[u8]>> = (0..count).map(|_| new()).collect();
    row(&mut table, "none yet", now_nanos() - start, &records);

    let mut pass = |name: &str, step: &dyn Fn(&mut Conversation, u64)| {
        let start = now_nanos();
        for (number, record) in (0_u64..).zip(&mut records) {
            let mut conversation = Conversation::restore(record, policy.clone()).expect("our own");
            step(&mut conversation, number);
            *record = conversation.snapshot().into_boxed_slice();
        }
        row(&mut table, name, now_nanos() - start, &records);
    };
    let at = |number: u64, later: u64| Timestamp::from_millis(START + number % 1000 + later);
    let observe = |conversation: &mut Conversation, number: u64, key: u64, later: u64| {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&(number ^ (key << 56)).to_le_bytes());
        let now = at(number, later);
        let created = Timestamp::from_secs(now.as_secs());
        let push = Push::new(DedupeKey::from_bytes(bytes), Some(Trigger::Message), created);
        let _ = black_box(conversation.observe(push, now));
    };
    let reserve = |conversation: &mut Conversation, number: u64, later: u64| {
        let reservation = conversation.reserve(at(number, later)).expect("a window is open");
        let _ = black_box(reservation);
    };
    // Each record began in the second of its first push.
    let life = at(0, 0).as_secs() << 21;
    let settle = |conversation: &mut Conversation, number: u64, id: u64, later: u64| {
        let id = ReservationId::new(life + id);
        let settled = conversation.settle(id, Settlement::Delivered, at(number, later));
        assert_eq!(black_box(settled), Settled::Applied);
    };
    pass("observe a message", &|conversation, number| observe(conversation, number, 0, 0));
    pass("reserve", &|conversation, number| reserve(conversation, number, 900));
    pass("settle", &|conversation, number| settle(conversation, number, 1, 1_100));
    pass("reserve a second", &|conversation, number| reserve(conversation, number, 2_000));
    pass("settle it", &|conversation, number| settle(conversation, number, 2, 2_300));
    pass("observe another", &|conversation, number| observe(conversation, number, 1, 9_000));
    pass("ask what is left", &|conversation, number| {
        black_box(conversation.allowance(at(number, 9_500)));
    });
    table.print();
}

/// What a pass over all records took, and how large they are now.
fn row(table: &mut Table, name: &str, nanos: f64, records: &[Box<[u8]>]) {
    let count = records.len() as f64;
    let (nanos, bytes) = (nanos / count, records.iter().map(|it| it.len()).sum::<usize>() as f64);
    let bytes = bytes / count;
    let with_place = bytes + size_of::<Box<[u8]>>() as f64;
    table.row([
        name.into(),
        format!("{nanos:.0}"),
        format!("{:.2} M", 1e3 / nanos),
        verdict(nanos, 1e9 / STEPS_A_SECOND),
        format!("{bytes:.1}"),
        format!("{with_place:.1}"),
        verdict(with_place, BYTES),
    ]);
}
