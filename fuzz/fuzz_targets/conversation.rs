//! Whatever happens to a conversation, its bounds are in order and its snapshot is the whole record.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| wxkf_tests::fuzz::conversation(data));
