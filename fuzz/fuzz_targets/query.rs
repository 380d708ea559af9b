//! Any text is a query or an error of origin peer, and no URL check that we did not sign echoes.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| wxkf_tests::fuzz::query(data));
