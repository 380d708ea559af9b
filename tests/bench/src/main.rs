//! Measures `wxkf-core` against the goals P1, P2, P3, P9, P10 and P11 of its design.
//!
//! ```sh
//! cargo run --release --manifest-path tests/bench/Cargo.toml              # a minute or two
//! cargo run --release --manifest-path tests/bench/Cargo.toml -- --quick   # does it still run?
//! cargo run --release --manifest-path tests/bench/Cargo.toml -- speed     # one part of it
//! ```
//!
//! The parts are `speed`, `hostile`, `allocations` and `conversations`; without any it runs them all. It links the
//! system's OpenSSL 3, or with `--features vendored` one of its own. Only the ratios say something:
//! they are measured side by side, the times belong to the machine and the moment. A missed goal is
//! shown, not an error; the program fails if the two sides turn out to do different work.

mod account;
mod allocations;
mod conversations;
mod corpus;
mod counting;
mod floor;
mod heading;
mod hostile;
mod measure;
mod speed;
mod table;

use std::env;
use std::process::ExitCode;

use measure::Effort;

#[global_allocator]
static ALLOCATOR: counting::Counting = counting::Counting;

struct Part {
    name: &'static str,
    run: fn(Effort),
}

const PARTS: &[Part] = &[
    Part { name: "speed", run: speed::run },
    Part { name: "hostile", run: hostile::run },
    Part { name: "allocations", run: allocations::run },
    Part { name: "conversations", run: conversations::run },
];

fn main() -> ExitCode {
    let mut effort = Effort::Full;
    let mut chosen = Vec::new();
    for argument in env::args().skip(1) {
        match PARTS.iter().find(|part| part.name == argument) {
            Some(part) => chosen.push(part),
            None if argument == "--quick" => effort = Effort::Quick,
            None => {
                eprintln!(
                    "usage: wxkf-bench [--quick] [speed] [hostile] [allocations] [conversations]"
                );
                return ExitCode::from(2);
            }
        }
    }
    if chosen.is_empty() {
        chosen.extend(PARTS);
    }
    heading::print();
    for part in chosen {
        (part.run)(effort);
    }
    ExitCode::SUCCESS
}
