//! Any bytes are received or an error of origin peer; what we seal opens as it was; explain agrees.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| wxkf_tests::fuzz::envelope(data));
