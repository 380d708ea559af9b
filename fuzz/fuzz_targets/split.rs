//! Any text splits into parts that fit, rejoin, and cut no grapheme and no link.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| wxkf_tests::fuzz::split(data));
