//! Our reader against the `ron` crate: what it accepts as our types we accept, with equal values; what it refuses, we
//! refuse. The differences that are meant are marked as such in the corpus, `tests/agreement`, and tested at the end.
//!
//! A file of the corpus has on its first line a graph with a gap, `…`; each further line is what is put into it. There `␤`
//! is a line break, `␍` a carriage return. A line that starts with `#` says what is next; `#only we accept` and `#only ron
//! accepts` begin a group of lines on which the two are meant to differ, and an empty line ends it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that fails may panic"
)]

#[path = "agreement/both.rs"]
mod both;
#[path = "agreement/odd.rs"]
mod odd;

use std::fs;

use both::{Difference, difference};
use demarche::model::Document;
use demarche::text::FileId;
use proptest::prelude::*;

/// The lines of the corpus: where each stands, the whole text, and whether the readers are meant to differ about it.
fn corpus() -> Vec<(String, String, &'static str)> {
    let mut files: Vec<_> = fs::read_dir("tests/agreement")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    files.sort();
    let mut texts = Vec::new();
    for path in files {
        let file = fs::read_to_string(&path).unwrap();
        let (frame, lines) = file.split_once('\n').unwrap();
        let mut meant = "";
        for (nth, line) in lines.lines().enumerate() {
            match line {
                "" => meant = "",
                "#only we accept" => meant = "we",
                "#only ron accepts" => meant = "ron",
                line if line.starts_with("# ") => {}
                line => {
                    let text = frame
                        .replace('…', line)
                        .replace('␤', "\n")
                        .replace('␍', "\r");
                    texts.push((
                        format!("{}:{}: {line}", path.display(), nth + 2),
                        text,
                        meant,
                    ));
                }
            }
        }
    }
    assert!(texts.len() > 700);
    texts
}

#[test]
fn on_a_corpus_of_tricky_texts() {
    let mut wrong = Vec::new();
    for (place, text, meant) in corpus() {
        let found = difference(&text);
        let differs = match &found {
            None => "",
            Some(Difference::OnlyWeAccept(_)) => "we",
            Some(Difference::OnlyRonAccepts(_)) => "ron",
            Some(Difference::Values(..)) => "values",
        };
        if differs != meant {
            wrong.push(format!("{place}\n    {found:?}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of the corpus:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// Texts that a fuzzer found the readers to differ about, or one of them to panic at, once.
#[test]
fn on_what_was_found() {
    for entry in fs::read_dir("tests/agreement/found").unwrap() {
        let path = entry.unwrap().path();
        let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
        assert_eq!(difference(&text), None, "{}", path.display());
        demarche::resolve::read("found.ron", &text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn on_graphs_written_in_odd_ways(tape in proptest::collection::vec(any::<u8>(), 0..600)) {
        let text = odd::graph(&tape);
        prop_assert_eq!(difference(&text), None, "{}", text);
    }

    #[test]
    fn on_damaged_graphs(
        tape in proptest::collection::vec(any::<u8>(), 0..400), damage in proptest::collection::vec(any::<u8>(), 4..20),
    ) {
        let text = odd::damaged(&odd::graph(&tape), &damage);
        prop_assert_eq!(difference(&text), None, "{}", text);
    }

    #[test]
    fn on_a_real_graph_damaged(damage in proptest::collection::vec(any::<u8>(), 4..12), start in 0_usize..20) {
        let blinken = include_str!("../graphs/blinken-2023.ron");
        let text = odd::damaged(blinken, &damage);
        prop_assert_eq!(difference(&text), None, "{}", text);
        // Whatever is wrong, nothing breaks: not the checks, not the search for places.
        demarche::resolve::read("damaged.ron", &odd::damaged(&text[..text.floor_char_boundary(start * text.len() / 20)], &damage));
    }

    /// What is built in code, written by `ron` and read by us is what was built.
    #[test]
    fn on_what_ron_writes(tape in proptest::collection::vec(any::<u8>(), 0..600)) {
        let text = odd::graph(&tape);
        let (document, found) = Document::read(&text, FileId::default());
        prop_assume!(found.is_empty());
        let written = document.to_ron().unwrap();
        let (again, found) = Document::read(&written, FileId::default());
        prop_assert!(found.is_empty(), "{found:?}\n{written}");
        prop_assert_eq!(format!("{document:?}"), format!("{again:?}"), "{}", written);
    }
}

/// However deep, a text is refused in a moment and with a stack of any size.
#[test]
fn on_deep_nesting() {
    let deep = 200_000;
    for (open, close) in [
        ("[", "]"),
        ("(", ")"),
        ("{", "}"),
        ("Some(", ")"),
        ("(a:", ")"),
        ("/*", "*/"),
        ("{0:", "}"),
        ("a(", ")"),
    ] {
        let (open, close) = (open.repeat(deep), close.repeat(deep));
        for text in [
            format!("Graph(title: {open}{close})"),
            format!("Graph(stances: [{open}"),
            format!("{open}{close}"),
            open.clone(),
        ] {
            let (_, found) = demarche::resolve::read("deep.ron", &text);
            let comment = open.starts_with("/*");
            assert!(!found.is_empty() || comment, "{}", &text[..40]);
            assert!(
                found.len() < 20,
                "{} findings about {}",
                found.len(),
                &text[..40]
            );
            if !comment {
                assert!(difference(&text).is_none(), "{}", &text[..40]);
            }
        }
    }
}

/// Differences that are meant.
mod meant {
    use super::*;

    /// `ron` takes the last of two equal keys without a word.
    #[test]
    fn a_key_given_twice_is_an_error_with_both_places() {
        let text =
            r#"Graph(actors: {"a": (name: "A", kind: State), "a": (name: "B", kind: State)})"#;
        let (_, found) = demarche::resolve::read("twice.ron", text);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].code, "duplicate-id");
        let places: Vec<_> = found[0]
            .labels
            .iter()
            .map(|label| label.place.span.start as usize)
            .collect();
        assert_eq!(
            places,
            [text.rfind("\"a\"").unwrap(), text.find("\"a\"").unwrap()]
        );
    }

    /// `ron` stops at the first mistake.
    #[test]
    fn every_mistake_is_told_of() {
        let text = "Graph(\n titel: \"a\",\n actors: {\n  \"a\": (name: A, kind: Stat),\n  \"b\": (kind: State),\n }\n)";
        let (_, found) = Document::read(text, FileId::default());
        let codes: Vec<_> = found.iter().map(|finding| finding.code).collect();
        assert_eq!(
            codes,
            [
                "unknown-field",
                "wrong-type",
                "unknown-variant",
                "missing-field"
            ]
        );
    }

    /// A byte order mark is skipped; `ron` refuses it.
    #[test]
    fn a_byte_order_mark_is_skipped() {
        let text = "\u{FEFF}Graph(title: \"a\")";
        let (document, found) = Document::read(text, FileId::default());
        assert!(found.is_empty());
        assert_eq!(document.title.as_deref(), Some("a"));
        assert!(ron::from_str::<Document<'_>>(text).is_err());
    }

    /// Options are bare without an extension being named in the file.
    #[test]
    fn options_are_bare() {
        let text = "Graph(title: \"a\")";
        assert!(ron::from_str::<Document<'_>>(text).is_err());
        assert!(Document::read(text, FileId::default()).1.is_empty());
    }
}
