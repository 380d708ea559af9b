//! Any sequence of calls of the C ABI ends, says a status that has a name, and leaves nothing behind.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| wxkf_tests::fuzz::abi(data));
