//! How names and texts are found: as people type them, with other letters, marks and dashes than they are written with.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that fails may panic"
)]
#![allow(clippy::print_stderr, reason = "a test that is skipped says so")]

use std::fs;
use std::process::Command;

use demarche::check;
use demarche::graph::{Graph, Lens};
use demarche::model::Day;
use demarche::query::{self, Answer, Kind};
use demarche::render::{self, Shape, Why};
use demarche::words;

fn read(text: &str) -> Graph {
    demarche::resolve::read("a.ron", text).0
}

const PEOPLE: &str = r#"Graph(
    sources: { "s": (title: "S", date: "2024-01-01") },
    actors: {
        "a1": (name: "Lech Wałęsa", kind: Person), "a2": (name: "Jonas Gahr Støre", kind: Person),
        "a3": (name: "Milo Đukanović", kind: Person), "a4": (name: "Franz Strauß", kind: Person),
        "a5": (name: "Işık Vakfı", kind: Organization), "a6": (name: "Jörg Müller", kind: Person),
        "a7": (name: "Þórður Æsir", kind: Person), "a8": (name: "Côte d’Ivoire", kind: State),
        "a9": (name: "Angela Oeser", kind: Person), "a10": (name: "Håkon Œuvre–Nord", kind: Person),
    },
    issues: { "p": (name: "A pact", question: "Should there be a pact?") },
)"#;

/// What is typed in part comes before words that only have some of its letters.
#[test]
fn proposals_are_what_was_begun_or_misspelt() {
    let graph = read(
        r#"Graph(
        actors: {
            "bid": (name: "A Bid and a Report", kind: Group), "ally": (name: "Interests of the US and its allies", kind: Group),
            "iran": (name: "Iran", kind: State), "northland": (name: "Northland", kind: State),
            "landing": (name: "Landing fees", kind: Group), "lando": (name: "Lando Kay", kind: Person),
            "sg": (name: "Singapore", kind: State), "qin": (name: "Qin Gang", kind: Person),
            "biden": (name: "Joe Biden", kind: Person),
        },
    )"#,
    );
    let cases: [(&str, &[&str]); 7] = [
        ("land", &["lando", "landing", "northland"]),
        ("sing", &["sg"]),
        ("joe bid", &["biden"]),
        ("nrothland", &["northland"]),
        ("Irann", &["iran"]),
        ("landin", &["landing", "lando"]),
        ("qqq", &[]),
    ];
    for (typed, expected) in cases {
        let Err(query::NameError::Unknown(near)) = query::lookup(&graph, Kind::Any, typed) else {
            panic!("{typed} is found");
        };
        let near: Vec<&str> = near.iter().map(|entity| graph.id(*entity)).collect();
        assert_eq!(near, expected, "{typed}");
    }
}

#[test]
fn names_are_found_as_people_type_them() {
    let graph = read(PEOPLE);
    let cases = [
        ("lech walesa", "a1"),
        ("WALESA", "a1"),
        ("Wałęsa", "a1"),
        ("jonas gahr store", "a2"),
        ("Jonas Gahr Stoere", "a2"),
        ("milo dukanovic", "a3"),
        ("franz strauss", "a4"),
        ("FRANZ STRAUSS", "a4"),
        ("FRANZ STRAUẞ", "a4"),
        ("ışık vakfı", "a5"),
        ("ISIK VAKFI", "a5"),
        ("jorg muller", "a6"),
        ("joerg mueller", "a6"),
        ("thordur aesir", "a7"),
        ("cote d'ivoire", "a8"),
        ("Angela Öser", "a9"),
        ("haakon oeuvre-nord", "a10"),
        ("hakon oeuvre-nord", "a10"),
        ("the Côte d'Ivoire", "a8"),
        ("The a7", "a7"),
    ];
    for (typed, id) in cases {
        let found = query::lookup(&graph, Kind::Any, typed).map(|named| named.entity());
        let found = found.map(|entity| graph.id(entity).to_owned());
        assert_eq!(found.as_deref(), Ok(id), "{typed}");
    }
}

#[test]
fn one_name_in_other_letters_is_the_same_name() {
    let graph = read(
        r#"Graph(actors: { "a": (name: "Lech Walesa", kind: Person), "b": (name: "Lech Wałęsa", kind: Person) })"#,
    );
    let found = check::warnings(&graph);
    assert!(
        found.iter().any(|found| found.code == "same-name"),
        "{found:?}"
    );
}

#[test]
fn a_reference_by_a_name_is_told_as_questions_find_it() {
    let (_, found) = demarche::resolve::read(
        "a.ron",
        r#"Graph(
            actors: { "a6": (name: "Jörg Müller", kind: Person), "a": (name: "B", kind: Person, speaks_for: "joerg mueller"),
                      "c": (name: "C", kind: Person, speaks_for: "müller") },
        )"#,
    );
    for finding in found.iter().filter(|finding| finding.code == "unknown-id") {
        assert!(finding.help[0].contains("`a6`"), "{finding:?}");
    }
}

const GRAPH: &str = r#"Graph(
    sources: { "s": (title: "S", date: "2024-01-01", text: "texts/soap.txt", url: "https://example.org/wharf") },
    actors: { "a": (name: "Côte d’Ivoire", kind: State), "b": (name: "B", kind: State, role: "cleaner") },
    issues: {
        "p": (name: "A pact", question: "Should there be a pact?", scale: (from: 0, to: 100, marks: {0: "none", 100: "binding on all"})),
    },
    stances: [
        (actor: "a", issue: "p", position: At(10), source: "s", summary: "it won't sign", at: "paragraph nine"),
        (actor: "a", issue: "p", position: At(90), date: "2024-03-01", source: "s", summary: "it won’t wait", tags: ["press–day"]),
        (actor: "a", issue: "p", position: At(90), source: "s", said_by: "b", note: "hearsay"),
    ],
    meetings: {
        "m": (title: "Talks", status: Cancelled, date: "2024-04-01", participants: ["a", "b"], because: "f", source: "s",
              earlier: [(status: Postponed, because: "f", at: "page seven", tags: ["fog"], source: "s")]),
    },
    ties: [(from: "a", to: "b", kind: Other("trades with"), note: "for ages", source: "s")],
    facts: { "f": (text: "A ship ran aground.", about: ["a"]), "g": (text: "It was the third.", about: ["f", "s"]) },
)"#;

fn told(answer: &dyn Answer, graph: &Graph) -> String {
    render::text(graph, answer, Why::Brief, Shape::default())
}

fn lens() -> Lens {
    Lens::as_of(Day::of(2024, 6, 1))
}

#[test]
fn every_field_that_holds_words_is_looked_through() {
    let graph = read(GRAPH);
    let cases = [
        ("cote d'ivoire", "name"),
        ("BINDING", "scale marks"),
        ("paragraph nine", "at"),
        ("page seven", "earlier at"),
        ("fog", "earlier tags"),
        ("press-day", "tags"),
        ("cleaner", "role"),
        ("wharf", "url"),
        ("soap", "text"),
        ("trades with", "kind"),
        ("for ages", "note"),
        ("should there be", "question"),
        ("ran aground", "text"),
    ];
    for (wanted, field) in cases {
        let answer = query::find(&graph, lens(), wanted);
        let rows = &answer.found.rows;
        assert_eq!(rows.len(), 1, "{wanted}: {rows:?}");
        let text = told(&answer, &graph);
        assert!(text.contains(&format!("  {field}  ")), "{wanted}: {text}");
    }
}

#[test]
fn of_a_statement_it_is_said_what_becomes_of_it() {
    let graph = read(GRAPH);
    let text = told(&query::find(&graph, lens(), "won't"), &graph);
    let line = |words: &str| {
        text.lines()
            .find(|line| line.contains(words))
            .unwrap()
            .to_owned()
    };
    assert!(line("sign").contains("replaced by a newer one"), "{text}");
    assert!(line("wait").contains("in force"), "{text}");
    let text = told(&query::find(&graph, lens(), "hearsay"), &graph);
    assert!(text.contains("attributed: not counted"), "{text}");
}

#[test]
fn what_refers_to_a_thing_is_shown() {
    let graph = read(GRAPH);
    let show = |name: &str| {
        let entity = graph.entity(name).unwrap();
        told(&*query::show(&graph, lens(), entity), &graph)
    };
    let fact = show("f");
    assert!(
        fact.contains("Because of it") && fact.contains("Talks"),
        "{fact}"
    );
    assert!(fact.contains("It was the third."), "{fact}");
    let meeting = show("m");
    assert!(meeting.contains("A ship ran aground."), "{meeting}");
    let source = show("s");
    assert!(
        source.contains("Facts about it") && source.contains("It was the third."),
        "{source}"
    );
}

/// The page's script folds names by the same tables; where node is installed, it is asked.
#[test]
fn the_page_folds_names_as_questions_do() {
    let graph = read(PEOPLE);
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.ron"), PEOPLE).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_demarche"));
    let command = command.current_dir(folder.path());
    let drawn = command
        .args(["-g", "a.ron", "draw", "-o", "a.html"])
        .output()
        .unwrap();
    if !drawn.status.success() {
        eprintln!("skipped: {}", String::from_utf8_lossy(&drawn.stderr));
        return;
    }
    let page = fs::read_to_string(folder.path().join("a.html")).unwrap();
    let lines = [
        "plainLetters",
        "writtenOutLetters",
        "typed",
        "folded",
        "writtenOut",
    ]
    .map(|name| {
        let begins = format!("const {name} = ");
        page.lines()
            .find(|line| line.starts_with(&begins))
            .expect(name)
    });
    let mut names: Vec<&str> = graph.actors().map(|(_, actor)| &*actor.name).collect();
    names.extend([
        "  São \t Tomé ",
        "İstanbul",
        "ÅSA ØRE–Nord",
        "“Ö”",
        "STRAẞE",
        "ﬁne ½",
        "中國",
        "",
    ]);
    let quoted: Vec<String> = names.iter().map(|name| format!("{name:?}")).collect();
    let script = format!(
        "{}\nfor (const name of [{}]) console.log(folded(name) + \"|\" + writtenOut(name));",
        lines.join("\n"),
        quoted.join(", ")
    );
    let Ok(output) = Command::new("node").args(["-e", &script]).output() else {
        eprintln!("skipped: node is not installed");
        return;
    };
    let told = String::from_utf8(output.stdout).unwrap();
    let ours: Vec<String> = names
        .iter()
        .map(|name| format!("{}|{}", words::folded(name), words::written_out(name)))
        .collect();
    assert_eq!(
        told.lines().collect::<Vec<_>>(),
        ours,
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
