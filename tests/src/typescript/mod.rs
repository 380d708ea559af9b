//! The types of the npm package, printed from the tables of the core.

mod calls;
mod inbound;
mod names;
mod print;
mod replies;
mod texts;

pub use texts::texts;

const NOTE: &str =
    "// Made from the tables of wxkf-core by `WXKF_UPDATE=1 cargo test -p wxkf-tests generated`.\n";

/// `types.ts`: all that crosses the border.
pub fn types() -> String {
    [NOTE, &names::types(), &inbound::types(), &replies::types(), &calls::types()].concat()
}
