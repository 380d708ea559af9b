//! Any answer to any call is an outcome or response.malformed.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| wxkf_tests::fuzz::response(data));
