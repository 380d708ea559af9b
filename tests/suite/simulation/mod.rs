//! The state machines against a model of WeChat, in many worlds: what they promise holds in each.

mod bot;
mod checks;
mod independence;
mod memory;
mod naive;
mod promises;
mod random_worlds;
mod small_worlds;
mod tally;
mod terms;
mod threads;
mod tokens;
mod users;
mod world;
