//! Any text in any reply reads back exactly, in either format, sealed or not, or is refused as reply.*.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| wxkf_tests::fuzz::reply(data));
