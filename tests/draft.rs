//! Drafts out of texts: what is proposed, that it reads as part of the graph, and that it quotes exactly.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that fails may panic"
)]

use std::collections::BTreeSet;
use std::fs;

use demarche::diagnostic::Severity;
use demarche::edit::draft::{Somebody, SourceOf, draft, ron};
use demarche::{disk, resolve};
use proptest::prelude::*;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// A text, the graph that knows who is who, the source that it is, and the file that shows the draft.
const CASES: &[(&str, &str, &str, &str)] = &[
    (
        "tests/draft/strait.txt",
        "tests/draft/strait.ron",
        "gazette",
        "tests/draft/strait.expected.ron",
    ),
    (
        "tests/draft/ban.txt",
        "tests/draft/ban.ron",
        "courier",
        "tests/draft/ban.expected.ron",
    ),
    (
        "tests/draft/unnamed.txt",
        "tests/draft/ban.ron",
        "courier",
        "tests/draft/unnamed.expected.ron",
    ),
    (
        "examples/harbour/texts/2024-06-03-tidings.md",
        "examples/harbour/graph.ron",
        "tidings",
        "tests/draft/tidings.expected.ron",
    ),
];

#[test]
fn drafts_are_as_shown_and_part_of_their_graphs() {
    for (text, graph, source, expected) in CASES {
        let words = fs::read_to_string(format!("{ROOT}/{text}")).unwrap();
        let (read, _) = disk::read(&[format!("{ROOT}/{graph}")]).unwrap();
        let found = draft(&words, &read, Some(2024));
        let drafted = ron(
            &found,
            &read,
            &SourceOf {
                id: (*source).to_owned(),
                text: None,
            },
        );
        let path = format!("{ROOT}/{expected}");
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, &drafted).unwrap();
        }
        assert_eq!(
            drafted,
            fs::read_to_string(&path).unwrap_or_default(),
            "{expected}: run the test with UPDATE=1 to rewrite it"
        );
        let on_one_line = words.split_whitespace().collect::<Vec<_>>().join(" ");
        for quote in found
            .statements
            .iter()
            .map(|found| &found.quote)
            .chain(found.meetings.iter().map(|found| &found.quote))
        {
            assert!(on_one_line.contains(quote.as_str()), "{quote}");
        }
        // As one graph with the one it is drafted for.
        let (together, mistakes) = disk::read(&[format!("{ROOT}/{graph}"), path]).unwrap();
        let errors: Vec<_> = mistakes
            .iter()
            .filter(|found| found.severity == Severity::Error)
            .collect();
        assert!(errors.is_empty(), "{errors:#?}");
        let sided = found
            .statements
            .iter()
            .filter(|found| found.position.is_some())
            .count();
        assert_eq!(together.stances().len(), read.stances().len() + sided);
    }
}

/// Each line of `sides.txt` is a sentence and what a draft makes of it: `ACTOR+ACTOR ISSUE POSITION`, `?` where the words
/// tell no side, then who says so and to whom.
#[test]
fn sides_are_told_by_the_clause() {
    let folder = std::env::var("SIDES").unwrap_or_else(|_| format!("{ROOT}/tests/draft/sides"));
    let (graph, _) = disk::read(&[format!("{folder}.ron")]).unwrap();
    let id = |who: &Somebody| {
        if let Somebody::Known(id) = who {
            graph[*id].id.to_string()
        } else {
            String::new()
        }
    };
    let ids = |several: &[Somebody]| several.iter().map(id).collect::<Vec<_>>().join("+");
    let mut wrong = Vec::new();
    for line in fs::read_to_string(format!("{folder}.txt")).unwrap().lines() {
        let (sentence, expected) = line.split_once(" | ").unwrap();
        let told = draft(sentence, &graph, None)
            .statements
            .into_iter()
            .map(|found| {
                let position = found.position.map_or("?", |position| position.written());
                let issue = &graph[found.issue].id;
                let by = found.said_by.iter().map(|who| format!(" by {}", id(who)));
                let to = (!found.toward.is_empty()).then(|| format!(" to {}", ids(&found.toward)));
                format!(
                    "{} {issue} {position}{}",
                    ids(&found.actors),
                    by.chain(to).collect::<String>()
                )
            });
        let told: BTreeSet<String> = told.collect();
        if told
            != expected
                .split("; ")
                .filter(|one| *one != "-")
                .map(str::to_owned)
                .collect()
        {
            wrong.push(format!("{sentence}\n    {told:?}, not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn any_text_is_read() {
    let (graph, _) = resolve::read(
        "a.ron",
        "Graph(actors: {\"us\": (name: \"US\", kind: State)}, issues: {\"x\": (name: \"!\")})",
    );
    for text in [
        "",
        " ",
        "\"",
        "“",
        ".",
        "a.",
        "US",
        "US.",
        "\u{1F600}",
        "# ",
        "- ",
        "The US met the US.",
        "May 99999, 2024-13",
        "’s ’s",
        "Élus ministers met. İ ministers' met of ministers from",
        "中国 会见 美国。",
    ] {
        let found = draft(text, &graph, None);
        let drafted = ron(
            &found,
            &graph,
            &SourceOf {
                id: "t\"\\".to_owned(),
                text: Some("a\n.txt".to_owned()),
            },
        );
        let (_, mistakes) = resolve::read("draft.ron", &drafted);
        assert!(
            mistakes.iter().all(|found| found.code != "syntax"),
            "{text}: {mistakes:#?}\n{drafted}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    /// Clauses begin and end wherever words of theirs stand.
    #[test]
    fn any_words_in_any_order_are_read(words in prop::collection::vec(0..WORDS.len(), 0..40)) {
        let (graph, _) = disk::read(&[format!("{ROOT}/tests/draft/sides.ron")]).unwrap();
        let text: String = words.into_iter().map(|nth| WORDS[nth]).collect();
        let found = draft(&text, &graph, None);
        let drafted = ron(&found, &graph, &SourceOf { id: "text".to_owned(), text: None });
        let (_, mistakes) = resolve::read("draft.ron", &drafted);
        prop_assert!(mistakes.iter().all(|found| found.code != "syntax"), "{drafted}");
    }
}

const WORDS: &[&str] = &[
    "Norland ",
    "Sudland",
    "’s ",
    " the ",
    "Pilots' Union ",
    "Ida Berg ",
    "bridge toll ",
    "trawling ban ",
    "Kessel dam",
    "which ",
    "who ",
    "whose ",
    "a critic of ",
    "that ",
    "said ",
    "according to ",
    "was ",
    "rejected ",
    "by ",
    "supports ",
    "opposes ",
    "refuses to ",
    "lift ",
    "must ",
    "never ",
    "not only ",
    "neither ",
    "nor ",
    "and ",
    "or ",
    "to ",
    "but ",
    "although ",
    "because ",
    "if ",
    "it ",
    ", ",
    "; ",
    ": ",
    ". ",
    "“",
    "” ",
    "\"",
    "(",
    ") ",
    "— ",
    "\n\n",
    "a. ",
    "- ",
    "demands are:\n\n",
];
