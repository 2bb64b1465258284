//! The reader: any text, odd graphs, and all that `check` does.

use std::ops::ControlFlow;

use demarche::model::SECTIONS;
use demarche::render::diagnostics::{Style, text};

use super::{both, odd};

/// Any text: our reader and the `ron` crate accept the same, and read the same.
pub fn agreement(bytes: &[u8]) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        assert_eq!(both::difference(text), None, "{text}");
    }
}

/// Graphs written in odd ways, as the bytes decide, the last of them with some damage: both readers agree on them too.
pub fn odd(bytes: &[u8]) {
    let (damage, tape) = bytes.split_at(bytes.len().min(12));
    let text = odd::graph(tape);
    assert_eq!(both::difference(&text), None, "{text}");
    let text = odd::damaged(&text, damage);
    assert_eq!(both::difference(&text), None, "{text}");
}

/// Any bytes, whole and cut short: reading, linking, checking and showing what is wrong never panics nor hangs, nor does what
/// the language server and the formatter make of them.
pub fn check(bytes: &[u8]) {
    let whole = String::from_utf8_lossy(bytes);
    let half = &whole[..whole.floor_char_boundary(whole.len() / 2)];
    for part in [&*whole, half] {
        let (graph, mut found) = demarche::resolve::read("fuzz.ron", part);
        found.extend(demarche::check::warnings(&graph));
        demarche::diagnostic::sort(&mut found);
        let style = Style {
            color: false,
            width: Some(80),
        };
        text(&found, graph.texts(), style);
        demarche::syntax::walk(part, SECTIONS, &mut |_, _| ControlFlow::Continue(()));
        let _ = demarche::edit::format(part, demarche::edit::Layout::default());
    }
}

/// The graphs at hand, and the files with mistakes.
pub fn graphs() -> Vec<Vec<u8>> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/");
    let root = root.strip_suffix("fuzz/").unwrap_or(root);
    let mut names: Vec<std::path::PathBuf> = ["graphs", "tests/check", "tests/agreement/found"]
        .iter()
        .flat_map(|folder| {
            std::fs::read_dir(format!("{root}{folder}"))
                .into_iter()
                .flatten()
        })
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "ron"))
        .collect();
    names.sort();
    names
        .iter()
        .filter_map(|name| std::fs::read(name).ok())
        .filter(|bytes| bytes.len() < 20_000)
        .collect()
}
