//! Graphs as tables and back: nothing is lost, and nothing is taken for something else. With the features
//! `parquet` and `sqlite`, these hold every cell, too.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test that fails may panic"
)]

#[path = "oracle/days.rs"]
#[allow(dead_code, reason = "the oracle uses the rest")]
mod days;
#[path = "oracle/random.rs"]
#[allow(dead_code, reason = "the oracle uses the rest")]
mod random;
#[path = "exchange/stored.rs"]
mod stored;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use demarche::diagnostic::Severity;
use demarche::edit::{Layout, format, quoted};
use demarche::exchange::csv::{Csv, CsvTables};
use demarche::exchange::finding::Findings;
use demarche::exchange::tables::{Row, StanceCountsRow, Table};
use demarche::exchange::{self, Left};
use demarche::graph::{Fate, Graph, Lens, Office};
use demarche::model::{Day, Document, Meeting, RecordKind, Str};
use demarche::query::{self, Version, View};
use demarche::render::Spreadsheet;
use demarche::syntax::OneOrMany;
use demarche::{disk, resolve};
use stored::Cells;

const STYLES: [Option<Spreadsheet>; 3] =
    [None, Some(Spreadsheet::Comma), Some(Spreadsheet::Semicolon)];

fn view(graph: Graph) -> View {
    View::whole(graph, Lens::as_of(Day::of(2024, 1, 1)))
}

/// The tables of a graph, in memory.
fn tables(graph: &Graph, style: Option<Spreadsheet>) -> Vec<(Table, Vec<u8>)> {
    let mut csv = Csv::new(style, |_| Ok(Vec::new())).unwrap();
    exchange::rows(&view(graph.clone()), Left::default(), &mut csv).unwrap();
    let files = csv.finish().unwrap();
    Table::ALL.iter().copied().zip(files).collect()
}

/// The text of the graph that tables hold, and what is wrong with them.
fn text_of(files: Vec<(Table, Vec<u8>)>) -> (String, Findings) {
    let mut found = Findings::default();
    let name = |table: Table| format!("{}.csv", table.name());
    let document = exchange::document(&mut CsvTables::new(files, &name), &mut found);
    (exchange::text(&document).unwrap(), found)
}

/// Writes a list as a graph has it: each name once, `["a"]` as `"a"`.
fn one(list: &mut OneOrMany<'_>) {
    let mut many = list.as_slice().to_vec();
    once(&mut many);
    *list = match &many[..] {
        [one] => OneOrMany::One(one.clone()),
        _ => OneOrMany::Many(many.into()),
    };
}

fn once(list: &mut Vec<Str<'_>>) {
    let mut seen = HashSet::new();
    list.retain(|name| seen.insert(name.clone()));
}

/// All that a graph says, as plain data: its records sorted, `["a"]` as `"a"`.
fn contents(graph: &Graph) -> Document<'_> {
    let mut document = Document {
        title: graph.title().map(Into::into),
        note: graph.note().map(Into::into),
        as_of: graph.asked_as_of().and_then(Day::date),
        ..Document::default()
    };
    for (_, source) in graph.sources() {
        let mut record = graph.written_source(source.place);
        one(&mut record.via);
        document.sources.0.push((source.id.as_ref().into(), record));
    }
    for (_, actor) in graph.actors() {
        let mut record = graph.written_actor(actor.place);
        once(&mut record.members);
        one(&mut record.speaks_for);
        document.actors.0.push((actor.id.as_ref().into(), record));
    }
    for (_, issue) in graph.issues() {
        let record = graph.written_issue(issue.place);
        document.issues.0.push((issue.id.as_ref().into(), record));
    }
    for (_, stance) in graph.stances() {
        let mut record = graph.written_stance(stance.place);
        for list in [&mut record.actor, &mut record.toward, &mut record.source] {
            one(list);
        }
        document.stances.push(record);
    }
    for (_, meeting) in graph.meetings() {
        let mut record = graph.written_meeting(meeting.place);
        one(&mut record.source);
        let Meeting {
            participants,
            invited,
            declined,
            topics,
            ..
        } = &mut record;
        for list in [participants, invited, declined, topics] {
            once(list);
        }
        for earlier in &mut record.earlier {
            one(&mut earlier.source);
        }
        let id = meeting.id.as_ref().into();
        document.meetings.0.push((id, record));
    }
    for (_, tie) in graph.ties() {
        let mut record = graph.written_tie(tie.place);
        once(&mut record.over);
        one(&mut record.source);
        document.ties.push(record);
    }
    // Ties between the same two actors come in any order.
    document.ties.sort_by_key(|tie| format!("{tie:?}"));
    for (_, fact) in graph.facts() {
        let mut record = graph.written_fact(fact.place);
        once(&mut record.about);
        one(&mut record.source);
        document.facts.0.push((fact.id.as_ref().into(), record));
    }
    document
}

/// Exports a graph in every style and imports it again: all records are equal, `diff` says that nothing
/// differs, and the file is laid out.
fn comes_back(name: &str, graph: &Graph) {
    stored::is_whole(name, &view(graph.clone()));
    for style in STYLES {
        let files = tables(graph, style);
        assert!(files == tables(graph, style), "{name}: other bytes");
        let (text, found) = text_of(files);
        assert!(found.is_empty(), "{name}: {}", found.text());
        let (back, findings) = resolve::read("back.ron", &text);
        let errors = findings
            .iter()
            .filter(|finding| finding.severity == Severity::Error);
        assert_eq!(errors.count(), 0, "{name}: {findings:?}");
        let (own, other) = (contents(graph), contents(&back));
        assert!(
            own == other,
            "{name}, {style:?}:\n{}\n{}",
            own.to_ron().unwrap(),
            other.to_ron().unwrap()
        );
        let version = |graph: Graph| Version {
            name: name.to_owned(),
            view: view(graph),
            mistakes: 0,
        };
        let difference = query::diff(version(graph.clone()), version(back));
        assert!(query::is_empty(&difference.answer), "{name} differs");
        assert_eq!(format(&text, Layout::default()).unwrap(), text, "{name}");
    }
}

/// Whether a graph is read without an error.
fn is_sound(findings: &[demarche::diagnostic::Diagnostic]) -> bool {
    findings
        .iter()
        .all(|finding| finding.severity != Severity::Error)
}

fn ron_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("target") {
            ron_files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "ron") {
            found.push(path);
        }
    }
}

/// All graphs in some folders come back. Returns how many there are.
fn graphs_come_back(folders: &[PathBuf]) -> usize {
    let mut all = Vec::new();
    for folder in folders {
        ron_files(folder, &mut all);
    }
    all.sort();
    let mut tried = 0;
    for path in all {
        let Ok((graph, findings)) = disk::read(&[&path]) else {
            continue;
        };
        if graph.is_whole() && is_sound(&findings) {
            tried += 1;
            comes_back(&path.display().to_string(), &graph);
        }
    }
    tried
}

#[test]
fn every_graph_of_the_repository_comes_back() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["graphs", "examples", "tests"].map(|folder| root.join(folder));
    let (harbour, findings) = disk::read(&[root.join("examples/harbour")]).unwrap();
    assert!(is_sound(&findings));
    comes_back("harbour", &harbour);
    let tried = graphs_come_back(&folders);
    assert!(tried > 20, "only {tried} graphs");
}

#[test]
#[ignore = "by hand, on the folder that DEMARCHE_GRAPHS names"]
fn every_graph_of_a_folder_comes_back() {
    let folder = std::env::var_os("DEMARCHE_GRAPHS").expect("DEMARCHE_GRAPHS is set");
    let tried = graphs_come_back(&[PathBuf::from(folder)]);
    assert!(tried > 0);
    eprintln!("{tried} graphs");
}

fn random_graphs_come_back(seeds: std::ops::Range<u64>) {
    let mut tried = 0;
    for seed in seeds.clone() {
        let text = random::Draft::of(seed).text();
        let (graph, findings) = resolve::read("random.ron", &text);
        if is_sound(&findings) {
            tried += 1;
            comes_back(&format!("seed {seed}"), &graph);
        }
    }
    let enough = (seeds.end - seeds.start) / 4;
    assert!(tried >= enough, "only {tried} graphs");
}

#[test]
fn random_graphs_come_back_whole() {
    random_graphs_come_back(0..60);
}

#[test]
#[ignore = "takes minutes: by hand"]
fn many_random_graphs_come_back_whole() {
    random_graphs_come_back(60..2200);
}

/// A graph with every field of every record, whose texts are all `TEXT`.
const FULL: &str = r#"Graph(
    version: 1, title: TEXT, note: TEXT, as_of: "2024-05-01", allow: ["no-date", "unused"],
    sources: {
        "s1": (title: TEXT, publisher: TEXT, date: "2024-06~", url: TEXT, via: ["s2", "s3"], reliability: B, text: "t.txt",
               withdrawn_in: "s4", same_as: ["a:1", "b:2"], note: TEXT, tags: [TEXT, "x"]),
        "s2": (title: TEXT, via: "s3"), "s3": (title: TEXT), "s4": (title: TEXT, date: "2024-02-03"),
    },
    actors: {
        "a": (name: TEXT, kind: Group, aliases: [TEXT, "x"], role: TEXT, power: 1e15, members: ["b"], same_as: ["w:Q1"], note: TEXT, tags: [TEXT]),
        "b": (name: TEXT, kind: Person, speaks_for: "a", power: 0.1), "c": (name: TEXT, kind: State),
    },
    issues: {
        "i": (name: TEXT, question: TEXT, aliases: [TEXT], part_of: "j", levels: 3, decided: "2024", same_as: ["w:Q2"], note: TEXT, tags: [TEXT]),
        "j": (name: TEXT, question: TEXT, scale: (from: -1.5, to: 100, marks: {0: TEXT, 99.25: TEXT}), status_quo: 0, outcome: 3.25),
    },
    stances: [
        (actor: ["a", "c"], issue: "i", position: Supports, condition: TEXT, depends_on: ["c", "j"], toward: ["b", "c"], salience: 0.25, power: 7,
         summary: TEXT, quote: TEXT, said_by: "b", date: "2024-03-01/2024-03-04", until: "2024-12", source: ["s1", "s2"], at: TEXT, credibility: 2,
         withdrawn_in: "s4", note: TEXT, tags: [TEXT]),
        (actor: "a", issue: "j", position: At(40.125), source: "s3"), (actor: "c", issue: "j", salience: 0),
    ],
    meetings: {
        "m": (title: TEXT, kind: Visit, status: Held, date: "2024-04-01", place: TEXT, host: "c", participants: ["a", "b"], invited: ["c"], topics: ["i"],
              part_of: "n", earlier: [(date: "2024-02", status: Postponed, on: "2024-02-01", because: "f", quote: TEXT, said_by: "a",
              source: ["s1", "s3"], at: TEXT, credibility: 6, withdrawn_in: "s4", note: TEXT, tags: [TEXT]), (status: Planned)],
              on: "2024-04-02", because: "i", outcome: TEXT, quote: TEXT, said_by: "c", source: "s1", at: TEXT, credibility: 1,
              withdrawn_in: "s4", same_as: ["x:y"], note: TEXT, tags: [TEXT]),
        "n": (title: TEXT, status: Planned, declined: ["a"], likelihood: VeryLikely, date: "2025/.."),
    },
    ties: [
        (from: "a", to: "c", kind: Other(TEXT), since: "2020", until: "2025-01", over: ["i", "j"], quote: TEXT, said_by: "b", source: ["s1", "s2"],
         at: TEXT, credibility: 3, withdrawn_in: "s4", note: TEXT, tags: [TEXT]),
        (from: "b", to: "c", kind: SpeaksFor, since: "2021"),
    ],
    facts: {
        "f": (text: TEXT, about: ["a", "i", "m", "s1", "g"], date: "2024-02?", quote: TEXT, said_by: "c", source: "s1", at: TEXT, credibility: 4,
              withdrawn_in: "s4", note: TEXT, tags: [TEXT]),
        "g": (text: TEXT),
    },
)"#;

fn full(text: &str) -> Graph {
    let written = FULL.replace("TEXT", &quoted(text));
    let (graph, findings) = resolve::read("full.ron", &written);
    assert!(is_sound(&findings), "{findings:#?}");
    graph
}

/// The graph above has every field that the schema knows, so that what comes back whole has lost none.
#[test]
fn the_full_graph_has_every_field() {
    let (text, _) = text_of(tables(&full("plain"), None));
    assert!(text.contains("allow: [\"no-date\", \"unused\"]"), "{text}");
    for (kind, from, to) in [
        (RecordKind::Source, "sources: {", "    actors: {"),
        (RecordKind::Actor, "actors: {", "    issues: {"),
        (RecordKind::Issue, "issues: {", "    stances: ["),
        (RecordKind::Scale, "scale: (", "status_quo"),
        (RecordKind::Stance, "stances: [", "    meetings: {"),
        (RecordKind::Earlier, "earlier: [(", "(status: Planned)"),
        (RecordKind::Meeting, "", ""),
        (RecordKind::Tie, "ties: [", "    facts: {"),
        (RecordKind::Fact, "facts: {", "\n)"),
    ] {
        let of = |from: &str, to: &str| {
            let rest = FULL.split_once(from).unwrap().1;
            rest.split_once(to).unwrap().0.to_owned()
        };
        // A meeting is written before and after its earlier statuses.
        let written = match kind {
            RecordKind::Meeting => {
                of("meetings: {", "earlier: [(")
                    + "earlier: "
                    + &of("(status: Planned)", "    ties: [")
            }
            _ => of(from, to),
        };
        for field in kind.fields() {
            let is_there = written.contains(&format!("{}: ", field.name));
            assert!(is_there, "{kind:?}: the graph lacks `{}`", field.name);
        }
    }
}

/// Names and texts that some program takes for something else.
fn hostile() -> Vec<String> {
    let mut all: Vec<String> = [
        "plain",
        "\"",
        "\"\"",
        "a\"b",
        "'",
        "''",
        "'=1",
        "=1+1",
        "+1",
        "-1",
        "@x",
        "\tx",
        "\rx",
        "a,b",
        "a;b",
        "a\nb",
        "a\r\nb",
        "\nx",
        " x ",
        "\0",
        "a\0b",
        "]]>",
        "<!--",
        "&amp;",
        "'; DROP TABLE actor; --",
        "NULL",
        "true",
        "1,5",
        "\u{202e}abc",
        "\u{feff}x",
        "שלום",
        "مرحبا",
        "é",
        "e\u{301}",
        "🇨🇳",
        "\\N",
        "\u{7f}\u{1b}[31m",
        "\u{2028}x",
        "=cmd|' /C calc'!A0",
        "#REF!",
        "\\",
        "\\\"",
    ]
    .map(str::to_owned)
    .to_vec();
    all.push("a".repeat(100_000));
    all.push("=\"".repeat(50_000));
    all
}

#[test]
fn hostile_texts_come_back_unchanged() {
    for text in hostile() {
        let shown: String = text.chars().take(20).collect();
        comes_back(&format!("{shown:?}"), &full(&text));
    }
}

/// An empty text is not none.
#[test]
fn empty_texts_come_back_empty() {
    let graph = "Graph(title: \"\", note: \"\", sources: {\"s\": (title: \"t\", url: \"\", note: \"\")}, facts: {\"f\": (text: \"t\", quote: \"\")})";
    let (graph, findings) = resolve::read("empty.ron", graph);
    assert!(is_sound(&findings));
    comes_back("empty", &graph);
}

#[test]
fn fields_that_are_left_out_are_in_no_table() {
    let graph = full("SECRET");
    let all = Left {
        note: true,
        quote: true,
        text: true,
        place: true,
    };
    let mut csv = Csv::new(None, |_| Ok(Vec::new())).unwrap();
    exchange::rows(&view(graph), all, &mut csv).unwrap();
    let files = csv.finish().unwrap();
    for (table, bytes) in Table::ALL.iter().zip(files) {
        let text = String::from_utf8(bytes).unwrap();
        let mut lines = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
        let header = lines.next().unwrap();
        for left in ["note", "quote", "place"] {
            let Some(nth) = header.iter().position(|name| *name == left) else {
                continue;
            };
            assert!(
                lines.clone().all(|line| line[nth].is_empty()),
                "{table:?}: {left}"
            );
        }
        assert!(!text.contains("t.txt"), "{table:?}");
    }
}

/// The table `stance_counts` says of each day for whom a statement counts, as positions do.
#[test]
fn statements_count_on_the_days_on_which_they_make_positions() {
    let mut compared = [0; 2];
    for seed in 0..150 {
        let text = random::Draft::of(seed).text();
        let (graph, _) = resolve::read("random.ron", &text);
        let mut cells = Cells::of(&view(graph.clone()));
        let rows = cells.0.remove(&Table::StanceCounts).unwrap_or_default();
        let rows: Vec<StanceCountsRow<'_>> = rows
            .into_iter()
            .map(|cells| Row::of_cells(cells).unwrap())
            .collect();
        let days = [
            (2023, 3, 1),
            (2023, 7, 9),
            (2023, 12, 31),
            (2024, 4, 2),
            (2025, 1, 1),
        ];
        for day in days.map(|(year, month, day)| Day::of(year, month, day)) {
            let positions = graph.positions(Lens::as_of(day), |_, _| true);
            for ((id, stance), (actor, record)) in graph
                .stances()
                .flat_map(|stance| graph.actors().map(move |actor| (stance, actor)))
            {
                let name = format!("s{}", id.index() + 1);
                let standing = positions.get(&(actor, stance.issue));
                let footing = standing
                    .and_then(|standing| standing.footings.iter().find(|one| one.stance == id));
                let counts = footing.is_some_and(|footing| {
                    !matches!(
                        footing.fate,
                        Fate::Later | Fate::Attributed | Fate::OtherOffice | Fate::Withdrawn
                    )
                });
                let perhaps = footing.is_some_and(|footing| footing.office == Office::Perhaps);
                let row = rows
                    .iter()
                    .find(|row| row.stance == name && *row.actor == *record.id);
                let on = row.filter(|row| {
                    !row.attributed
                        && !row.elsewhere
                        && !row.withdrawn
                        && row.counts_from.is_none_or(|from| from <= day)
                        && row.counts_to.is_none_or(|to| day <= to)
                });
                assert_eq!(
                    on.is_some(),
                    counts,
                    "seed {seed}, {name}, {}, {day}: {row:?}, {footing:?}",
                    record.id
                );
                if let Some(row) = on {
                    let from = row.perhaps_from;
                    assert_eq!(from.is_some_and(|from| from <= day), perhaps, "{row:?}");
                    compared[usize::from(perhaps)] += 1;
                }
            }
        }
    }
    assert!(compared[0] > 1000 && compared[1] > 20, "{compared:?}");
}
