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

/// `constants.ts`: what the package must not write a second time.
pub fn constants() -> String {
    let (url, bytes) = (wxkf_core::api::BASE_URL, wxkf_core::text::MAX_TEXT_BYTES);
    format!(
        "{NOTE}\n/** Where the API is. */\nexport const BASE_URL = {url:?};\n\n\
         /** The most bytes of a text that WeChat was seen to take. */\nexport const MAX_TEXT_BYTES = {bytes};\n{}",
        names::expected()
    )
}

/// `types.ts`: all that crosses the border.
pub fn types() -> String {
    [NOTE, &names::types(), &inbound::types(), &replies::types(), &calls::types()].concat()
}
