//! Graphs written in odd ways, as the bytes decide, the last of them with some damage: both readers agree on them too.
#![no_main]

#[path = "../../tests/agreement/both.rs"]
mod both;
#[path = "../../tests/agreement/odd.rs"]
mod odd;

libfuzzer_sys::fuzz_target!(|tape: &[u8]| {
    let (damage, tape) = tape.split_at(tape.len().min(12));
    let text = odd::graph(tape);
    assert_eq!(both::difference(&text), None, "{text}");
    let text = odd::damaged(&text, damage);
    assert_eq!(both::difference(&text), None, "{text}");
});
