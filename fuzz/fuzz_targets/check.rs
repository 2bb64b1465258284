//! Any bytes, whole and cut short: reading, linking, checking and showing what is wrong never panics nor hangs, nor does what
//! the language server and the formatter make of them.
#![no_main]

use std::ops::ControlFlow;

use demarche::model::SECTIONS;
use demarche::render::diagnostics::{Style, text};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let whole = String::from_utf8_lossy(bytes);
    let half = &whole[..whole.floor_char_boundary(whole.len() / 2)];
    for part in [&*whole, half] {
        let (graph, mut found) = demarche::resolve::read("fuzz.ron", part);
        found.extend(demarche::check::warnings(&graph));
        demarche::diagnostic::sort(&mut found);
        text(&found, &graph.texts, Style { color: false, width: Some(80) });
        demarche::syntax::walk(part, SECTIONS, &mut |_, _| ControlFlow::Continue(()));
        let _ = demarche::edit::format(part, demarche::edit::Layout::default());
    }
});
