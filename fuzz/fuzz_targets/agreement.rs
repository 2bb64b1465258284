//! Any text: our reader and the `ron` crate accept the same, and read the same.
#![no_main]

#[path = "../../tests/agreement/both.rs"]
mod both;

libfuzzer_sys::fuzz_target!(|text: &str| assert_eq!(both::difference(text), None));
