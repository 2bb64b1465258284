//! Any bytes, whole and cut short: reading, linking, checking and showing what is wrong never panics nor hangs.
#![no_main]

use demarche::render::diagnostics::{Style, text};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let whole = String::from_utf8_lossy(bytes);
    let half = &whole[..whole.floor_char_boundary(whole.len() / 2)];
    for part in [&*whole, half] {
        let (graph, mut found) = demarche::resolve::read("fuzz.ron", part);
        found.extend(demarche::check::warnings(&graph));
        demarche::diagnostic::sort(&mut found);
        text(&found, &graph.texts, Style { color: false, width: 80 });
    }
});
