//! P11: how often a receive asks for memory.

use std::hint::black_box;

use wxkf_core::{Account, Format};

use crate::account::{self, Push};
use crate::corpus::{self, Kind};
use crate::counting::{Counts, counted};
use crate::measure::Effort;
use crate::table::{Table, verdict};

const KB: usize = 1024;
const GOAL: isize = 3;
const FEW_FIELDS: usize = 5;
const MANY_FIELDS: usize = 40;

pub fn run(_: Effort) {
    println!("\n## P11: allocations (goal: at most {GOAL} a receive, however many fields)\n");
    let account = account::secure();
    let mut table =
        Table::new(["what", "message", "KB", "allocations", "peak bytes", "and reading", "met"]);
    for format in [Format::Xml, Format::Json] {
        let mut row = |message: &str, size: usize, body: &str| {
            let (receive, reading) = counts(&account, format, body);
            table.row([
                format!("receive {}", format.name()),
                message.into(),
                format!("{}", size as f64 / KB as f64),
                receive.calls.to_string(),
                receive.peak_bytes.to_string(),
                format!("+{}", reading.calls),
                verdict(receive.calls as f64, GOAL as f64),
            ]);
        };
        for size in [KB / 2, KB, 4 * KB, 64 * KB] {
            row(Kind::Mixed.name(), size, &corpus::inbound(Kind::Mixed, format, size));
        }
        row(Kind::Nested.name(), KB, &corpus::inbound(Kind::Nested, format, KB));
        for fields in [FEW_FIELDS, MANY_FIELDS] {
            let message = corpus::with_fields(format, fields, 4 * KB);
            row(&format!("{fields} fields"), 4 * KB, &message);
        }
    }
    table.print();
}

/// What receiving takes, and what looking at the typed content takes on top.
fn counts(account: &Account, format: Format, message: &str) -> (Counts, Counts) {
    let push = Push::sealed(account, format, message);
    let (received, receive) = counted(|| push.receive(account));
    let ((), reading) = counted(|| account::touch(black_box(received.inbound())));
    (receive, reading)
}
