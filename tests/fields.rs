//! No field is forgotten: each field of a record that the schema knows makes a difference to `diff`, and tells two statements apart.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that fails may panic"
)]

use demarche::diagnostic::Severity;
use demarche::graph::{Graph, Lens};
use demarche::model::{Day, Holds, RecordKind};
use demarche::query::{Version, View, diff};
use demarche::render;

/// What whoever records a statement says of it: that makes no second statement.
const REMARKS: [&str; 4] = ["summary", "credibility", "note", "tags"];

/// What a record is about: with another value it is another record.
const ABOUT: [(RecordKind, &str); 5] = [
    (RecordKind::Stance, "actor"),
    (RecordKind::Stance, "issue"),
    (RecordKind::Tie, "from"),
    (RecordKind::Tie, "to"),
    (RecordKind::Tie, "kind"),
];

/// Two values that a field may have.
fn values(kind: RecordKind, field: &str, holds: Holds) -> [String; 2] {
    let ids = |kinds: &[RecordKind]| match kinds[0] {
        RecordKind::Source => ["s", "t"],
        RecordKind::Actor => ["a", "b"],
        RecordKind::Issue => ["i", "j"],
        RecordKind::Meeting => ["m", "n"],
        RecordKind::Fact => ["f", "g"],
        other => panic!("nothing refers to {other:?}"),
    };
    let quoted = |[one, other]: [&str; 2]| [one, other].map(|value| format!("\"{value}\""));
    let listed = |values: [String; 2]| values.map(|value| format!("[{value}]"));
    match holds {
        Holds::Text => quoted(["one", "two"]),
        Holds::Texts if field == "same_as" => listed(quoted(["a:one", "a:two"])),
        Holds::Texts => listed(quoted(["one", "two"])),
        Holds::Number => match (kind, field) {
            (_, "salience") => ["0.25", "0.5"],
            (RecordKind::Issue, "levels") => ["2", "3"],
            _ => ["1", "2"],
        }
        .map(str::to_owned),
        Holds::Date => match field {
            "until" => quoted(["2023-05-01", "2023-05-02"]),
            _ => quoted(["2023-04-01", "2023-04-02"]),
        },
        Holds::Word(words) => match (kind, field) {
            (RecordKind::Earlier, "status") => ["Planned", "Postponed"].map(str::to_owned),
            _ => [words.words[0], words.words[1]].map(str::to_owned),
        },
        Holds::Id(kinds) | Holds::IdOrIds(kinds) => quoted(ids(kinds)),
        Holds::Ids(kinds) => listed(quoted(ids(kinds))),
        Holds::Record(RecordKind::Scale) => {
            ["(from: 0, to: 10)", "(from: 0, to: 20)"].map(str::to_owned)
        }
        Holds::Marks => ["{1: \"one\"}", "{1: \"two\"}"].map(str::to_owned),
        Holds::Record(other) | Holds::Records(other) => {
            panic!("{other:?} is tested field by field")
        }
    }
}

/// What a record needs besides the field.
fn needed(kind: RecordKind, field: &str) -> &'static [(&'static str, &'static str)] {
    match (kind, field) {
        (RecordKind::Source, _) => &[("title", "\"S\"")],
        (RecordKind::Actor, _) => &[("name", "\"X\""), ("kind", "State")],
        (RecordKind::Issue, "status_quo" | "outcome" | "decided") => &[
            ("name", "\"X\""),
            ("question", "\"?\""),
            ("scale", "(from: 0, to: 10)"),
        ],
        (RecordKind::Issue, _) => &[("name", "\"X\"")],
        (RecordKind::Scale, _) => &[("from", "0"), ("to", "10")],
        (RecordKind::Stance, "depends_on") => &[
            ("actor", "\"c\""),
            ("issue", "\"k\""),
            ("position", "Neutral"),
            ("condition", "\"if\""),
            ("at", "\"p. 1\""),
        ],
        (RecordKind::Stance, _) => &[
            ("actor", "\"c\""),
            ("issue", "\"k\""),
            ("position", "Neutral"),
            // Of what is nearly the same, `diff` tells what changed.
            ("summary", "\"so\""),
            ("at", "\"p. 1\""),
        ],
        (RecordKind::Meeting, _) => &[("title", "\"X\""), ("status", "Planned")],
        (RecordKind::Earlier, _) => &[("status", "Planned")],
        (RecordKind::Tie, _) => &[
            ("from", "\"c\""),
            ("to", "\"d\""),
            ("kind", "Ally"),
            ("quote", "\"so\""),
            ("at", "\"p. 1\""),
        ],
        (RecordKind::Fact, _) => &[("text", "\"X\"")],
        (RecordKind::Graph, _) => &[],
    }
}

/// A record with a field, after what it needs.
fn record(kind: RecordKind, field: &str, value: &str) -> String {
    let needed = needed(kind, field).iter();
    let others = needed.filter(|(name, _)| *name != field);
    let others: String = others
        .map(|(name, value)| format!("{name}: {value}, "))
        .collect();
    format!("({others}{field}: {value})")
}

/// A graph with these records of a kind, beside others to refer to.
fn graph(kind: RecordKind, records: &[String]) -> Graph {
    let records: String = match kind.has_id() {
        true => records
            .iter()
            .enumerate()
            .map(|(nth, record)| format!("\"x{nth}\": {record}, "))
            .collect(),
        false => records.iter().map(|record| format!("{record}, ")).collect(),
    };
    let of = |section: RecordKind| if section == kind { &*records } else { "" };
    let text = format!(
        r#"Graph(
            sources: {{ "s": (title: "One", date: "2023-06-01"), "t": (title: "Two", date: "2023-06-01"), {} }},
            actors: {{ "a": (name: "Ada", kind: State), "b": (name: "Bo", kind: State), "c": (name: "Cy", kind: State), "d": (name: "Di", kind: State), {} }},
            issues: {{ "i": (name: "I", question: "?"), "j": (name: "J", question: "?"), "k": (name: "K", question: "?"), {} }},
            stances: [{}],
            meetings: {{ "m": (title: "M", status: Planned), "n": (title: "N", status: Planned), {} }},
            ties: [{}],
            facts: {{ "f": (text: "F"), "g": (text: "G"), {} }},
        )"#,
        of(RecordKind::Source),
        of(RecordKind::Actor),
        of(RecordKind::Issue),
        of(RecordKind::Stance),
        of(RecordKind::Meeting),
        of(RecordKind::Tie),
        of(RecordKind::Fact),
    );
    let (graph, found) = demarche::resolve::read("a.ron", &text);
    let wrong = found.iter().find(|one| one.severity == Severity::Error);
    assert!(wrong.is_none(), "{text}\n{wrong:#?}");
    graph
}

/// Asserts that `diff` tells two records from each other, and by this field.
fn assert_told(kind: RecordKind, field: &str, told_as: &str, records: [String; 2]) {
    let version = |record: &String| Version {
        name: "a".to_owned(),
        view: View::whole(
            graph(kind, std::slice::from_ref(record)),
            Lens::as_of(Day::of(2024, 1, 1)),
        ),
        mistakes: 0,
    };
    let difference = diff(version(&records[0]), version(&records[1]));
    assert!(!difference.is_empty(), "{kind:?} {field}: {records:?}");
    if ABOUT.contains(&(kind, field)) {
        return;
    }
    let told = render::json(&difference.graph, &difference.answer);
    assert!(
        told.contains(&format!("\"field\": \"{told_as}\"")),
        "{kind:?} {field}: {records:?}: {told}"
    );
}

#[test]
fn diff_tells_every_field() {
    for kind in RecordKind::IN_SECTIONS {
        for field in kind.fields() {
            let (part, told_as) = match field.holds {
                Holds::Records(part) | Holds::Record(part) => (part, field.name),
                _ => {
                    let values = values(kind, field.name, field.holds);
                    let records = values.map(|value| record(kind, field.name, &value));
                    assert_told(kind, field.name, field.name, records);
                    continue;
                }
            };
            for inner in part.fields() {
                let values = values(part, inner.name, inner.holds);
                let records = values.map(|value| {
                    let inner = record(part, inner.name, &value);
                    let whole = match field.holds {
                        Holds::Records(_) => format!("[{inner}]"),
                        _ => inner,
                    };
                    record(kind, field.name, &whole)
                });
                assert_told(kind, inner.name, told_as, records);
            }
        }
    }
}

#[test]
fn every_field_tells_two_statements_apart() {
    let kind = RecordKind::Stance;
    for field in kind.fields() {
        let values = values(kind, field.name, field.holds);
        let records = values.map(|value| record(kind, field.name, &value));
        let is_repeated = |records: &[String]| {
            let report = graph(kind, records).check(Day::of(2024, 1, 1));
            report
                .findings
                .iter()
                .any(|one| one.code == "repeated-statement")
        };
        assert_eq!(
            is_repeated(&records),
            REMARKS.contains(&field.name),
            "{}: {records:?}",
            field.name
        );
        let twice = [records[0].clone(), records[0].clone()];
        assert!(is_repeated(&twice), "{}: {twice:?}", field.name);
    }
}

#[test]
fn every_field_given_twice_is_reported() {
    for kind in RecordKind::IN_SECTIONS {
        let section = kind.section().unwrap();
        for field in kind.fields() {
            // The values mean nothing here.
            let record = format!("({0}: [], {0}: [])", field.name);
            let records = match kind.has_id() {
                true => format!("{{\"x\": {record}}}"),
                false => format!("[{record}]"),
            };
            let (_, found) =
                demarche::resolve::read("g.ron", &format!("Graph({section}: {records})"));
            let is_told = found
                .iter()
                .any(|finding| finding.code == "duplicate-field");
            assert!(is_told, "{section}: {}", field.name);
        }
    }
}
