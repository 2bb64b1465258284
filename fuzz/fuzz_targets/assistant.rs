//! `assistant`, see `tests/fuzz`.
#![no_main]

#[path = "../../tests/fuzz/mod.rs"]
mod targets;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::run("assistant", bytes));
