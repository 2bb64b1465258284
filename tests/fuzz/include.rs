//! Files that include one another, in a folder that is nowhere: each is read once, and every finding has its place.

use std::collections::BTreeSet;

use demarche::render::diagnostics::{Style, json, text};
use demarche::resolve::{Memory, load};

use super::made::Tape;

const NAMES: &[&str] = &["a.ron", "b.ron", "c.ron", "d/e.ron", "d/f.ron", "g"];
const PATTERNS: &[&str] = &[
    "a.ron",
    "b.ron",
    "c.ron",
    "d/e.ron",
    "d/*.ron",
    "*.ron",
    "**",
    "*",
    "../a.ron",
    "nowhere.ron",
    "[",
    "",
    "/",
    "d",
    "**/*",
    "a.ron/..",
    "\\\\",
    "a**",
];

pub fn run(bytes: &[u8]) {
    let tape = &mut Tape(bytes);
    let files: Vec<(String, String)> = (0..1 + tape.below(NAMES.len()))
        .map(|nth| (NAMES[nth].to_owned(), file(tape)))
        .collect();
    let named: Vec<String> = (0..1 + tape.below(3))
        .map(|_| tape.one_of(NAMES).to_owned())
        .collect();
    let Ok((graph, mut found)) = load(&Memory::from_iter(files), &named) else {
        return;
    };
    let read: BTreeSet<&str> = graph
        .texts()
        .iter()
        .map(|text| text.name.as_str())
        .collect();
    assert_eq!(
        read.len(),
        graph.texts().len(),
        "a file is read once: {named:?}"
    );
    found.extend(demarche::check::warnings(&graph));
    demarche::diagnostic::sort(&mut found);
    for finding in &found {
        let place = finding.place();
        let text = &graph.texts()[place.file.0 as usize].text;
        assert!(text.get(place.span.range()).is_some(), "{finding:?}");
    }
    let style = Style {
        color: true,
        width: Some(80),
    };
    text(&found, graph.texts(), style);
    serde_json::from_str::<serde_json::Value>(&json(&found, &[], graph.texts())).expect("JSON");
}

/// What includes some patterns, and declares and mentions ids that others may declare too.
fn file(tape: &mut Tape<'_>) -> String {
    let mut text = String::from(tape.one_of(&[
        "Graph(",
        "(",
        "Graph (\n// é\n",
        "\u{FEFF}Graph(",
        "Grap(",
        "",
    ]));
    let patterns: Vec<String> = (0..tape.below(4))
        .map(|_| format!("\"{}\"", tape.one_of(PATTERNS)))
        .collect();
    text += &format!("include: [{}],", patterns.join(", "));
    for _ in 0..tape.below(3) {
        let id = tape.one_of(&["x", "y", "z"]);
        let other = tape.one_of(&["x", "y", "w"]);
        text += &match tape.below(4) {
            0 => {
                format!("actors: {{\"{id}\": (name: \"N\", kind: State, members: [\"{other}\"])}},")
            }
            1 => format!("issues: {{\"{id}\": (name: \"I\", part_of: \"{other}\")}},"),
            2 => format!("sources: {{\"{id}\": (title: \"T\", via: \"{other}\")}},"),
            _ => format!("stances: [(actor: \"{id}\", issue: \"{other}\", source: \"z\")],"),
        };
    }
    text + tape.one_of(&[")", ")\n", "", "))"])
}
