//! Any parameters of any call are a request that holds what was given, or an error with a field.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| wxkf_tests::fuzz::request(data));
