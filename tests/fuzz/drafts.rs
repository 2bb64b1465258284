//! Drafts: any text gives one that reads as part of its graph.

use std::sync::LazyLock;

use demarche::edit::draft::{SourceOf, draft, ron};
use demarche::graph::Graph;

static GRAPH: LazyLock<Graph> =
    LazyLock::new(|| demarche::resolve::read("sides.ron", include_str!("../draft/sides.ron")).0);

pub fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let found = draft(&text, &GRAPH, Some(2024));
    let source = SourceOf {
        id: "courier".to_owned(),
        text: None,
    };
    let drafted = ron(&found, &GRAPH, &source);
    let (_, mistakes) = demarche::resolve::read("draft.ron", &drafted);
    assert!(
        mistakes.iter().all(|mistake| mistake.code != "syntax"),
        "{drafted}"
    );
}

/// One sentence each: what begins with long texts tries little, and slowly.
pub fn sentences() -> Vec<Vec<u8>> {
    include_str!("../draft/sides.txt")
        .lines()
        .filter_map(|line| Some(line.split_once(" | ")?.0.as_bytes().to_vec()))
        .collect()
}
