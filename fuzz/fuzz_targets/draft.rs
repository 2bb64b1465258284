//! Any text: a draft out of it is made without a panic, and reads as part of its graph.
#![no_main]

use std::sync::LazyLock;

use demarche::edit::draft::{SourceOf, draft, ron};
use demarche::graph::Graph;

static GRAPH: LazyLock<Graph> =
    LazyLock::new(|| demarche::resolve::read("ban.ron", include_str!("../../tests/draft/ban.ron")).0);

libfuzzer_sys::fuzz_target!(|text: &str| {
    let found = draft(text, &GRAPH, Some(2024));
    let drafted = ron(&found, &GRAPH, &SourceOf { id: "courier".to_owned(), text: None });
    let (_, mistakes) = demarche::resolve::read("draft.ron", &drafted);
    assert!(mistakes.iter().all(|mistake| mistake.code != "syntax"), "{drafted}");
});
