//! The state machines against a model of WeChat, in many worlds: what they promise holds in each.

mod naive;
mod random_worlds;
mod small_worlds;
