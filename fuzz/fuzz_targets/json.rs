//! Any bytes are a tree or callback.body_malformed, and the tree says what serde_json says.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| wxkf_tests::fuzz::json(data));
