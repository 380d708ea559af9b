//! The Rust driver of the conformance protocol, asked one line.
//!
//! With `WXKF_CONFORM_LINES` every line that the suite asks is also added to that file, so that the
//! drivers of other surfaces can be asked the same.

use std::fs::OpenOptions;
use std::io::Write as _;

use serde_json::Value;

pub(crate) fn ask(line: &str) -> Value {
    // A file of lines cannot hold one that is broken.
    if let Some(path) = std::env::var_os("WXKF_CONFORM_LINES").filter(|_| !line.contains('\n')) {
        let mut file = OpenOptions::new().create(true).append(true).open(path).unwrap();
        // One write a line: the tests run side by side.
        file.write_all([line, "\n"].concat().as_bytes()).unwrap();
    }
    serde_json::from_str(&wxkf_cli::conform::answer(line)).unwrap()
}
