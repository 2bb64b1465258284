//! Findings as text, JSON and SARIF, whatever the text they speak of: any characters, any spans, any size.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that fails may panic"
)]

use demarche::diagnostic::Diagnostic;
use demarche::render::diagnostics::{Style, json, sarif, summary, text};
use demarche::resolve;
use demarche::text::{FileId, Place, Span, Text};
use proptest::prelude::*;
use serde_json::Value;

const STYLE: Style = Style {
    color: false,
    width: Some(100),
};

fn place(file: u32, start: usize, end: usize) -> Place {
    Place {
        file: FileId(file),
        span: Span::new(start, end),
    }
}

fn named(name: &str, text: &str) -> Text {
    Text {
        name: name.to_owned(),
        text: text.to_owned(),
    }
}

const GRAPH: &str = "Graph(\n    actors: {\"😀\": (name: \"café\", kind: Sttate),\n        \"b\": (name: \"B\", kind: State, speaks_for: \"x\u{9b}\")},\n)";

#[test]
fn json_has_all_that_was_promised() {
    let (graph, found) = resolve::read("a b.ron", GRAPH);
    let output = json(&found, &[], graph.texts());
    let all: Vec<Value> = serde_json::from_str(&output).unwrap();
    let kind = all
        .iter()
        .find(|finding| finding["code"] == "unknown-variant")
        .unwrap();
    assert_eq!(kind["severity"], "error");
    assert_eq!(kind["file"], "a b.ron");
    assert_eq!(kind["start"], serde_json::json!({"line": 2, "column": 40}));
    assert_eq!(kind["end"], serde_json::json!({"line": 2, "column": 46}));
    assert_eq!(kind["labels"][0]["text"], "not a kind of actor");
    assert_eq!(kind["labels"][0]["start"]["column"], 40);
    assert_eq!(kind["help"], serde_json::json!(["did you mean `State`?"]));
    assert_eq!(kind["fix"]["replacement"], "State");
    assert_eq!(kind["fix"]["start"], kind["start"]);
    let unknown = all
        .iter()
        .find(|finding| finding["code"] == "unknown-id")
        .unwrap();
    assert_eq!(unknown["fix"], Value::Null);
    assert!(
        output.contains("x\\u009b") && !output.contains('\u{9b}'),
        "a terminal would obey this"
    );
    assert_eq!(json(&[], &[], &[]), "[]\n");
}

#[test]
fn sarif_has_what_the_standard_requires() {
    let (graph, found) = resolve::read("a b.ron", GRAPH);
    let log: Value = serde_json::from_str(&sarif(&found, &[], graph.texts())).unwrap();
    assert_eq!(log["version"], "2.1.0");
    assert!(log["$schema"].is_string());
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "utf16CodeUnits");
    assert_eq!(run["tool"]["driver"]["name"], "demarche");
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for rule in rules {
        assert!(
            rule["id"].is_string() && rule["shortDescription"]["text"].is_string(),
            "{rule}"
        );
        assert!(
            rule["fullDescription"]["text"].is_string()
                && rule["defaultConfiguration"]["level"].is_string(),
            "{rule}"
        );
    }
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), found.len());
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(
            result["message"]["text"].is_string() && result["level"] == "error",
            "{result}"
        );
        let location = &result["locations"][0]["physicalLocation"];
        assert_eq!(location["artifactLocation"]["uri"], "a%20b.ron");
        for number in ["startLine", "startColumn", "endLine", "endColumn"] {
            assert!(
                location["region"][number].as_u64().unwrap() >= 1,
                "{location}"
            );
        }
    }
    let kind = results
        .iter()
        .find(|result| result["ruleId"] == "unknown-variant")
        .unwrap();
    // Behind 😀, which takes two units: one more than in characters.
    assert_eq!(
        kind["locations"][0]["physicalLocation"]["region"]["startColumn"],
        41
    );
    let change = &kind["fixes"][0]["artifactChanges"][0];
    assert_eq!(change["artifactLocation"]["uri"], "a%20b.ron");
    assert_eq!(
        change["replacements"][0]["insertedContent"]["text"],
        "State"
    );
    assert_eq!(
        change["replacements"][0]["deletedRegion"]["startColumn"],
        41
    );
}

#[test]
fn labels_of_other_files_are_related_locations() {
    let texts = [named("a.ron", "one\n"), named("/b.ron", "two\nthree\n")];
    let found = [
        Diagnostic::error("duplicate-id", "twice", place(0, 0, 3), "again")
            .label(place(1, 4, 9), "first"),
    ];
    let log: Value = serde_json::from_str(&sarif(&found, &[], &texts)).unwrap();
    let related = &log["runs"][0]["results"][0]["relatedLocations"][0];
    assert_eq!(
        related["physicalLocation"]["artifactLocation"]["uri"],
        "file:///b.ron"
    );
    assert_eq!(related["physicalLocation"]["region"]["startLine"], 2);
    assert_eq!(related["message"]["text"], "first");
}

#[test]
fn colour_only_where_it_is_asked_for() {
    let (graph, found) = resolve::read("a.ron", GRAPH);
    assert!(!text(&found, graph.texts(), STYLE).contains('\u{1b}'));
    assert!(
        text(
            &found,
            graph.texts(),
            Style {
                color: true,
                width: Some(100)
            }
        )
        .contains("\u{1b}[")
    );
}

#[test]
fn findings_are_counted() {
    let error = |file| Diagnostic::error("syntax", "", place(file, 0, 0), "");
    let warning = |file| Diagnostic::warning("unused", "", place(file, 0, 0), "");
    assert_eq!(summary(&[error(0)]), "1 error in 1 file");
    assert_eq!(
        summary(&[error(0), error(1), error(1), warning(0), warning(2)]),
        "3 errors, 2 warnings in 3 files"
    );
    assert_eq!(summary(&[warning(0), warning(0)]), "2 warnings in 1 file");
}

/// Cost must not grow with findings times size: each of these would take seconds if it did.
#[test]
fn many_findings_in_a_large_text() {
    let line = format!("{}\n", "x".repeat(99));
    for large in [line.repeat(200_000), "y".repeat(20_000_000)] {
        let texts = [named("large.ron", &large)];
        let found: Vec<Diagnostic> = (0..1000)
            .map(|nth| {
                Diagnostic::error(
                    "syntax",
                    "",
                    place(0, nth * 20_000 + 7, nth * 20_000 + 9),
                    "here",
                )
            })
            .collect();
        let start = std::time::Instant::now();
        let shown = text(&found, &texts, STYLE);
        assert_eq!(shown.matches("here").count(), 1000);
        assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
    }
}

/// Texts of the characters that make trouble.
fn troublesome() -> impl Strategy<Value = String> {
    let pieces = [
        "a",
        "b c",
        "\n",
        "\r\n",
        "\r",
        "\t",
        "中国",
        "😀",
        "👨\u{200D}👩",
        "e\u{301}",
        "مصر",
        "\u{202E}",
        "\u{1b}[31m",
        "\u{9b}",
        "\0",
        "\u{FEFF}",
        "\u{FFFE}",
        "\u{2028}",
        "(\"x\": 1)",
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    ];
    proptest::collection::vec(proptest::sample::select(pieces.to_vec()), 0..30)
        .prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_breaks_or_gets_through(
        one in troublesome(), other in troublesome(), message in troublesome(), width in 0_usize..200,
        spans in proptest::collection::vec((0_u32..3, 0_usize..200, 0_usize..200), 1..5), fix in troublesome(),
    ) {
        let texts = [named("one.ron", &one), named(&message, &other)];
        let at = |(file, start, end): (u32, usize, usize)| place(file, start, end);
        let mut diagnostic = Diagnostic::warning("syntax", message.clone(), at(spans[0]), message.clone()).help(message.clone()).fix(at(spans[0]), fix);
        for span in &spans[1..] {
            diagnostic = diagnostic.label(at(*span), message.clone());
        }
        let found = [diagnostic];
        let shown = text(&found, &texts, Style { color: false, width: Some(width) });
        prop_assert!(!shown.chars().any(|c| demarche::words::is_obeyed(c) && c != '\n'), "{shown:?}");
        for output in [json(&found, &[], &texts), sarif(&found, &[], &texts)] {
            prop_assert!(!output.chars().any(|c| demarche::words::is_obeyed(c) && c != '\n'), "{output:?}");
            prop_assert!(serde_json::from_str::<Value>(&output).is_ok());
        }
    }
}

/// The fix and the proposals of the only finding.
fn mends(text: &str) -> (Option<String>, Vec<String>) {
    let (_, found) = demarche::resolve::read("a.ron", text);
    let [only] = &found[..] else {
        panic!("{found:#?}")
    };
    let words = |fix: &demarche::diagnostic::Fix| fix.replacement.clone();
    (
        only.fix.as_ref().map(words),
        only.proposals.iter().map(words).collect(),
    )
}

#[test]
fn a_fix_is_right_and_else_there_are_proposals() {
    let source = |field: &str| format!("Graph(sources: {{ \"s\": (title: \"S\", {field}) }})");
    let via = |ids: &[&str], via: &str| {
        let sources: Vec<String> = ids
            .iter()
            .map(|id| format!("\"{id}\": (title: \"S\")"))
            .collect();
        format!(
            "Graph(sources: {{ {}, \"s\": (title: \"S\", via: \"{via}\") }})",
            sources.join(", ")
        )
    };
    let cases: [(String, Option<&str>, &[&str]); 11] = [
        (source("date: \"5 May 2024\""), Some("\"2024-05-05\""), &[]),
        (
            source("date: \"05/03/2024\""),
            None,
            &["\"2024-03-05\"", "\"2024-05-03\""],
        ),
        (
            source("date: \"2024-05/2023-05\""),
            None,
            &["\"2023-05/2024-05\""],
        ),
        (source("pubilsher: \"T\""), Some("publisher"), &[]),
        // It would give the title twice.
        (source("tilte: \"T\""), None, &[]),
        (via(&["report"], "reprot"), Some("\"report\""), &[]),
        // Of few letters it may well be another one.
        (via(&["wire"], "wier"), None, &["\"wire\""]),
        (
            via(&["wire", "wine"], "wide"),
            None,
            &["\"wine\"", "\"wire\""],
        ),
        // Another number is no slip of the pen.
        (via(&["un-1"], "un-2"), None, &["\"un-1\""]),
        (
            "Graph(actors: {\"a\": (name: \"A\", kind: State)}, issues: {\"i\": (name: \"I\")}, \
             stances: [(actor: \"a\", issue: \"i\", salience: 5)])"
                .to_owned(),
            None,
            &["0.05", "0.5"],
        ),
        (
            "Graph(actors: {\"a\": (name: \"A\", kind: State)}, issues: {\"i\": (name: \"I\")}, \
             stances: [(actor: \"a\", issue: \"i\", salience: 80)])"
                .to_owned(),
            None,
            &["0.8"],
        ),
    ];
    for (text, fix, proposals) in cases {
        let proposals: Vec<String> = proposals.iter().map(|text| (*text).to_owned()).collect();
        assert_eq!(mends(&text), (fix.map(str::to_owned), proposals), "{text}");
    }
}
