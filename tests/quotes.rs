//! Quotes against texts: of forty real ones all are found, and of a changed one the place is told; whatever a text is made
//! of, there is an answer.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that fails may panic"
)]
#![allow(clippy::print_stderr, reason = "a test that is skipped says so")]

use std::fs;
use std::path::{Path, PathBuf};

use demarche::check::{self, Checked};
use demarche::diagnostic::{Diagnostic, Severity};
use demarche::disk;
use demarche::graph::Graph;
use demarche::model::{Actor, ActorKind, Document, Issue, Position, Source, Stance};
use demarche::render::diagnostics;
use demarche::resolve::{self, Memory};

/// The rows of a table, each the values of these columns.
fn table<const N: usize>(file: &Path, columns: [&str; N]) -> Vec<[String; N]> {
    let mut reader = csv::Reader::from_path(file).unwrap();
    let headers = reader.headers().unwrap().clone();
    let at = columns.map(|column| {
        headers
            .iter()
            .position(|header| header == column)
            .expect(column)
    });
    reader
        .records()
        .map(|row| row.unwrap())
        .map(|row| at.map(|nth| row[nth].to_owned()))
        .collect()
}

/// A name as an id.
fn id(name: &str) -> String {
    let words: Vec<&str> = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    words.join("-").to_lowercase()
}

/// Statements about documents, coded elsewhere, as a graph with the documents beside it: its file.
fn discourse(data: &Path, folder: &Path) -> PathBuf {
    fs::create_dir(folder.join("texts")).unwrap();
    let mut document = Document {
        version: Some(1),
        ..Document::default()
    };
    for [number, title, date, text] in table(
        &data.join("documents.csv"),
        ["document_id", "title", "date", "text"],
    ) {
        let path = format!("texts/{number}.txt");
        fs::write(folder.join(&path), text).unwrap();
        let source = Source {
            title: title.into(),
            date: Some(date[..10].parse().unwrap()),
            text: Some(path.into()),
            ..Source::default()
        };
        document
            .sources
            .0
            .push((format!("d{number}").into(), source));
    }
    let statements = table(
        &data.join("statements.csv"),
        [
            "type",
            "document_id",
            "person",
            "organization",
            "concept",
            "agreement",
            "quote",
        ],
    );
    for [
        kind,
        number,
        person,
        organization,
        concept,
        agreement,
        quote,
    ] in statements
    {
        if kind != "DNA Statement" {
            continue;
        }
        let actor = |name: &str, kind, speaks_for: &str| {
            let principal = if speaks_for.is_empty() {
                Default::default()
            } else {
                speaks_for.to_owned().into()
            };
            (
                id(name).into(),
                Actor {
                    name: name.to_owned().into(),
                    kind,
                    speaks_for: principal,
                    ..Actor::default()
                },
            )
        };
        let organization_id = id(&organization);
        let actors = [
            actor(&organization, ActorKind::Organization, ""),
            actor(&person, ActorKind::Person, &organization_id),
        ];
        for actor in actors {
            if document.actors.0.iter().all(|(known, _)| *known != actor.0) {
                document.actors.0.push(actor);
            }
        }
        let issue = Issue {
            name: concept.clone().into(),
            question: Some(format!("Is it so that: {concept}").into()),
            levels: Some(2),
            ..Issue::default()
        };
        if document
            .issues
            .0
            .iter()
            .all(|(known, _)| *known != id(&concept))
        {
            document.issues.0.push((id(&concept).into(), issue));
        }
        document.stances.push(Stance {
            actor: id(&person).into(),
            issue: id(&concept).into(),
            position: Some(if agreement == "1" {
                Position::Supports
            } else {
                Position::Opposes
            }),
            quote: quote.into(),
            source: format!("d{number}").into(),
            ..Stance::default()
        });
    }
    let file = folder.join("graph.ron");
    fs::write(&file, document.to_ron().unwrap()).unwrap();
    file
}

fn checked(file: &Path) -> (Graph, Vec<Diagnostic>) {
    let (mut graph, mut found) = disk::read(&[file]).unwrap();
    found.extend(disk::read_copies(&mut graph));
    found.extend(check::misquotes(&graph));
    (graph, found)
}

#[test]
#[ignore = "it needs the data of others, in the folder that DEMARCHE_DATA names"]
fn forty_real_quotes() {
    let data = std::env::var_os("DEMARCHE_DATA").expect("DEMARCHE_DATA names the folder");
    let data = Path::new(&data).join("dna-climate");
    let folder = tempfile::tempdir().unwrap();
    let file = discourse(&data, folder.path());
    let (graph, found) = checked(&file);
    assert!(found.is_empty(), "{found:#?}");
    let quotes = check::quotes(&graph);
    assert_eq!(
        (
            quotes.len(),
            quotes
                .iter()
                .filter(|quote| quote.verdict == Checked::Found)
                .count()
        ),
        (40, 40)
    );

    // One letter of one.
    let text = fs::read_to_string(&file).unwrap();
    let changed = text
        .replacen("Gas prices will be higher", "Gas prices will be lower", 1)
        .replacen("switching to gas will", "switching to gas mill", 1);
    assert_ne!(text, changed);
    fs::write(&file, &changed).unwrap();
    let (graph, found) = checked(&file);
    let [finding] = &found[..] else {
        panic!("{found:#?}")
    };
    assert_eq!(
        (finding.code, finding.severity),
        ("quote-not-found", Severity::Error)
    );
    assert_eq!(graph.slice(finding.labels[0].place), "mill");
    assert_eq!(finding.labels[0].text, "the text has `will`");
    let passage = graph.slice(finding.labels[1].place);
    assert!(
        passage.contains("switching to gas will not be the most economic choice"),
        "{passage}"
    );
    let name = &graph.texts()[finding.labels[1].place.file.0 as usize].name;
    assert!(name.ends_with("texts/1.txt"), "{name}");
    let json = diagnostics::json(&found, &[], graph.texts());
    let line = fs::read_to_string(folder.path().join("texts/1.txt"))
        .unwrap()
        .split(passage)
        .next()
        .unwrap()
        .lines()
        .count();
    assert!(
        json.contains("texts/1.txt\",\n        \"start\": {\n          \"line\": "),
        "{json}"
    );
    assert!(
        json.contains(&format!("\"line\": {line},")),
        "{line} {json}"
    );
    let sarif = diagnostics::sarif(&found, &[], graph.texts());
    let (_, related) = sarif.split_once("\"relatedLocations\"").unwrap();
    assert!(
        related.contains("texts/1.txt\"") && related.contains(&format!("\"startLine\": {line}\n")),
        "{related}"
    );
}

/// A graph with one fact that quotes a text, and what is found in it: codes and messages.
fn one(text: Option<&[u8]>, quote: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    if let Some(text) = text {
        fs::write(folder.path().join("text.txt"), text).unwrap();
    }
    let file = folder.path().join("graph.ron");
    let graph = format!(
        "Graph(sources: {{\"s\": (title: \"S\", date: \"2024\", text: \"text.txt\")}}, actors: {{\"a\": (name: \"A\", kind: State)}},
        facts: {{\"f\": (text: \"F\", about: [\"a\"], quote: {quote:?}, source: \"s\"), \"g\": (text: \"G\", about: [\"a\"], quote: {quote:?}, source: \"s\")}})"
    );
    fs::write(&file, graph).unwrap();
    let (graph, mut found) = checked(&file);
    // They can be shown too.
    for style in [40, 200].map(|width| diagnostics::Style {
        color: false,
        width: Some(width),
    }) {
        assert_eq!(
            diagnostics::text(&found, graph.texts(), style).is_empty(),
            found.is_empty()
        );
    }
    demarche::diagnostic::sort(&mut found);
    let place = |finding: &Diagnostic| graph.slice(finding.place()).to_owned();
    found
        .iter()
        .map(|finding| {
            format!(
                "{}: {}",
                finding.code,
                finding.message.replace(&place(finding), "…")
            )
        })
        .collect()
}

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

#[test]
fn texts_of_all_kinds() {
    let words = "We shall not yield – «not an inch» – said the minister.";
    let quote = "not yield-\"not an inch\"";
    let bom = [&[0xEF, 0xBB, 0xBF], words.as_bytes()].concat();
    let readable = [
        words.as_bytes().to_vec(),
        bom,
        words.replace(' ', "\r\n").into_bytes(),
        words.replace(' ', "\r").into_bytes(),
        utf16(&format!("\u{FEFF}{words}"), u16::to_le_bytes),
        utf16(&format!("\u{FEFF}{words}"), u16::to_be_bytes),
        utf16(&format!("{words}{words}"), u16::to_le_bytes),
    ];
    for text in readable {
        assert_eq!(one(Some(&text), quote), Vec::<String>::new(), "{text:?}");
    }
    let unreadable: [(&[u8], &str); 8] = [
        (b"", "is empty"),
        (b" \r\n\t", "is empty"),
        (b"\xEF\xBB\xBF", "is empty"),
        (b"%PDF-1.7 \x00\xFF", "is a PDF, not a text"),
        (
            b"PK\x03\x04\x14",
            "is an archive or a word processor document, not a text",
        ),
        (b"abc\x00def", "is not a text: byte 0 at offset 3"),
        (b"one\ntwo \xE9t\xE9", "is not UTF-8: byte 0xE9 in line 2"),
        (b"\xFF\xFE\x00\xD8", "is broken UTF-16"),
    ];
    for (text, problem) in unreadable {
        // Once for the source, not once for each of the two quotes.
        assert_eq!(
            one(Some(text), quote),
            [format!(
                "text-unreadable: the text of `s`, `text.txt`, {problem}"
            )]
        );
    }
    assert_eq!(
        one(None, quote),
        ["text-unreadable: the text of `s`, `text.txt`, does not exist"]
    );
}

#[test]
fn quotes_of_all_kinds() {
    let text = "Sure. We shall not yield, not now – not ever.\nToday we re-sign the old-\nfashioned pact. 我们不会让步。";
    let found = |quote: &str| {
        let found = one(Some(text.as_bytes()), quote);
        assert!(found.len() != 1, "{quote}: {found:?}");
        found
            .iter()
            .map(|finding| finding.split(':').next().unwrap().to_owned())
            .next()
            .unwrap_or_default()
    };
    for quote in [
        "We shall not yield",
        "“We shall not yield”",
        "Sure. … not ever.",
        "Sure [...] yield",
        "re-sign the old-fashioned pact",
        "re-sign the oldfashioned pact",
        "不会让步",
        "… not now—not ever …",
    ] {
        assert_eq!(found(quote), "", "{quote}");
    }
    for quote in [
        "We shall yield",
        "we shall not yield",
        "We sh",
        "resign the old-fashioned pact",
        "not ever … Sure",
        "something else entirely",
        "不會讓步",
        &text.repeat(3),
        &"very ".repeat(5000),
        "x",
    ] {
        assert_eq!(found(quote), "quote-not-found", "{quote}");
    }
    for quote in ["", " ", "…", "[…] – ..."] {
        assert_eq!(found(quote), "empty-quote", "{quote}");
    }
}

#[test]
fn any_of_several_sources_may_have_it() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("a.txt"),
        "They will not sign the treaty this year.",
    )
    .unwrap();
    fs::write(
        folder.path().join("b.md"),
        "They **may** sign it.\n\nThey will *not* sign the treaty this year.",
    )
    .unwrap();
    let file = folder.path().join("graph.ron");
    let found = |sources: &str, quote: &str| {
        let graph = format!(
            "Graph(sources: {{\"a\": (title: \"A\", text: \"a.txt\"), \"b\": (title: \"B\", text: \"b.md\"), \"c\": (title: \"C\")}},
            actors: {{\"x\": (name: \"X\", kind: State)}},
            facts: {{\"f\": (text: \"F\", about: [\"x\"], quote: {quote:?}, source: {sources})}})"
        );
        fs::write(&file, graph).unwrap();
        let (graph, found) = checked(&file);
        let [quote] = &check::quotes(&graph)[..] else {
            panic!()
        };
        assert_eq!(
            matches!(quote.verdict, Checked::NotFound(_)),
            !found.is_empty()
        );
        (
            matches!(quote.verdict, Checked::Found),
            quote.passages.len(),
            found.len(),
        )
    };
    assert_eq!(
        found(r#"["a", "b"]"#, "will not sign the treaty"),
        (true, 2, 0)
    );
    assert_eq!(found(r#"["a", "b"]"#, "They may sign it"), (true, 1, 0));
    assert_eq!(
        found(r#"["a", "b"]"#, "They shall never sign a thing"),
        (false, 0, 1)
    );
    // It may be in what can't be looked at, unless something so close is there that it must be meant.
    assert_eq!(
        found(r#"["a", "c"]"#, "They shall never sign a thing"),
        (false, 0, 0)
    );
    assert_eq!(
        found(r#"["a", "c"]"#, "They will now sign the treaty this year"),
        (false, 0, 1)
    );
    assert_eq!(found(r#""c""#, "Whatever"), (false, 0, 0));
}

/// What texts are made of here: words and accents, marks and dashes of all sorts, line breaks, what takes no room.
const CHUNKS: [&str; 22] = [
    "no",
    "yes",
    "é",
    "e\u{301}",
    "\u{FB01}sh",
    "中文",
    "мир",
    "\u{212B}",
    "’",
    "“",
    "«",
    "—",
    "-",
    "li-\nne",
    "\n",
    "\r\n",
    "\u{A0}",
    "li\u{AD}\nne",
    "\u{200B}",
    ",",
    "!",
    "２",
];

/// As somebody else might type it.
fn retyped(text: &str) -> String {
    text.replace("\u{AD}\n", "")
        .replace("\r\n", "\n")
        .replace('\n', "  ")
        .replace(['“', '«', '’'], "\"")
        .replace('—', " – ")
        .replace('\u{AD}', "")
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 300, failure_persistence: None, ..Default::default() })]

    #[test]
    fn what_stands_in_a_text_is_found_there(
        before in proptest::collection::vec(0..CHUNKS.len(), 0..20),
        words in proptest::collection::vec(0..CHUNKS.len(), 1..12),
        behind in proptest::collection::vec(0..CHUNKS.len(), 0..20),
    ) {
        let text_of = |chunks: &[usize]| chunks.iter().map(|nth| CHUNKS[*nth]).collect::<String>();
        let quoted = format!("so{}so", text_of(&words));
        let (before, behind) = (text_of(&before), text_of(&behind));
        let text = format!("{before} {quoted} {behind}");
        // A hyphen at the end of a line may be typed or not; as it stands it need not be tried here.
        for quote in [quoted.clone(), retyped(&quoted.replace("li-\nne", "line")), retyped(&quoted.replace("li-\nne", "li-ne"))] {
            let graph = format!(
                "Graph(sources: {{\"s\": (title: \"S\", text: \"t.txt\")}}, facts: {{\"f\": (text: \"F\", quote: {quote:?}, source: \"s\")}})"
            );
            let files = Memory::from_iter([("g.ron".to_owned(), graph), ("t.txt".to_owned(), text.clone())]);
            let (mut graph, _) = resolve::load(&files, &["g.ron".to_owned()]).unwrap();
            resolve::read_copies(&files, &mut graph);
            let quotes = check::quotes(&graph);
            let places = quotes[0].passages.iter().map(|(_, place)| place.span.range());
            let expected = before.len() + 1..before.len() + 1 + quoted.len();
            proptest::prop_assert!(places.clone().any(|place| place == expected), "{text:?} {quote:?} {:?}", quotes[0]);
        }
    }
}
