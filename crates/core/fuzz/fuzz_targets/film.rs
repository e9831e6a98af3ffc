#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| rushes_core_fuzz::film(data));
