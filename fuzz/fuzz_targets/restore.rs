//! Any bytes are a snapshot that grants no more than its policy, or a typed error.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| wxkf_tests::fuzz::restore(data));
