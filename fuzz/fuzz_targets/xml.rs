//! Any bytes are a tree or callback.body_malformed, and everything typed of a tree is total.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| wxkf_tests::fuzz::xml(data));
