//! Half a graph is no graph: what can't be read in whole is refused, or what is missing is said; single bad records are left
//! out, and that is said too.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that fails may panic"
)]

use demarche::graph::{Actor, ActorId};
use demarche::picture::View;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const ACTORS: &str = r#"
    actors: { "north": (name: "Northland", kind: State), "south": (name: "Southland", kind: State) },
"#;

const HEAD: &str = r#"
    actors: { "north": (name: "Northland", kind: State), "south": (name: "Southland", kind: State) },
    issues: { "pact": (name: "Pact", question: "Should it pass?") },
"#;

fn demarche(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_demarche"))
        .current_dir(folder)
        .env_remove("DEMARCHE_GRAPH")
        .args(arguments)
        .output()
        .unwrap()
}

fn words(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A text as some editors save it.
fn utf16(text: &[u8]) -> Vec<u8> {
    let text = format!("\u{FEFF}{}", words(text));
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// What is wrong with a file, the file, and the code and the line of each place that can't be read.
type Half = (
    &'static str,
    Vec<u8>,
    &'static [(&'static str, &'static str)],
);

/// Files of which half a graph is left.
fn halves() -> Vec<Half> {
    let graph = |rest: &str| format!("Graph({HEAD}{rest}").into_bytes();
    let stance = r#"(actor: "north", issue: "pact", position: Supports, date: "2024"),"#;
    vec![
        (
            "a bracket is missing",
            graph(&format!(" stances: [\n        {stance}\n    ties: [],\n)")),
            &[("syntax", "graph.ron:6")],
        ),
        (
            "a section is misspelt",
            graph(&format!(" stance: [\n        {stance}\n    ],\n)")),
            &[("unknown-field", "graph.ron:4")],
        ),
        (
            "a section is in other brackets",
            graph(&format!(" stances: {{\n        {stance}\n    }},\n)")),
            &[("wrong-type", "graph.ron:4")],
        ),
        (
            "a section is there twice",
            graph(" stances: [], stances: [],\n)"),
            &[("duplicate-field", "graph.ron:4")],
        ),
        (
            "an include matches nothing",
            graph(" include: [\"2025/*.rno\", \"b.ron\"],\n)"),
            &[
                ("include-nothing", "graph.ron:4"),
                ("include-nothing", "graph.ron:4"),
            ],
        ),
        (
            "an include leads out",
            graph(" include: [\"../b.ron\"],\n)"),
            &[("include-outside", "graph.ron:4")],
        ),
        (
            "the version is another",
            graph(" version: 7,\n)"),
            &[("bad-version", "graph.ron:4")],
        ),
        (
            "the day of the graph is no day",
            graph(" as_of: \"2024-05\",\n)"),
            &[("bad-date", "graph.ron:4")],
        ),
        (
            "cut off at the end of a record",
            graph(&format!(" stances: [\n        {stance}")),
            &[("syntax", "graph.ron:5")],
        ),
        ("empty", Vec::new(), &[("syntax", "graph.ron:1")]),
        (
            "not UTF-8",
            [graph(" note: \""), vec![0xE9], b"\",\n)".to_vec()].concat(),
            &[("not-utf8", "graph.ron:4")],
        ),
        (
            "UTF-16",
            utf16(&graph(&format!(" stances: [\n        {stance}    ],\n)"))),
            &[("not-utf8", "graph.ron:1")],
        ),
        (
            "an id stands for two",
            graph(" facts: { \"pact\": (text: \"A pact.\") },\n)"),
            &[("duplicate-id", "graph.ron:4")],
        ),
        (
            "a conflict around a record",
            graph(&format!(
                " stances: [\n<<<<<<< HEAD\n        {stance}\n=======\n        {}\n>>>>>>> other\n    ],\n)",
                stance.replace("Supports", "Opposes")
            )),
            &[("merge-conflict", "graph.ron:5")],
        ),
        (
            "a conflict within a record",
            graph(
                " stances: [\n        (actor: \"north\", issue: \"pact\",\n<<<<<<< HEAD\n         position: Supports),\n=======\n         position: Opposes),\n>>>>>>> other\n    ],\n)",
            ),
            &[("merge-conflict", "graph.ron:6")],
        ),
        (
            "a conflict around the file",
            b"<<<<<<< HEAD\nGraph()\n=======\nGraph(title: \"B\")\n>>>>>>> other\n".to_vec(),
            &[("merge-conflict", "graph.ron:1")],
        ),
    ]
}

#[test]
fn half_a_graph_is_refused() {
    for (what, text, places) in halves() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("graph.ron"), text).unwrap();
        let questions: [&[&str]; 8] = [
            &["list"],
            &["positions"],
            &["matrix", "--format", "json"],
            &["list", "--format", "csv"],
            &["draw", "--view", "matrix"],
            &["draw", "-o", "a.svg"],
            &["diff", "graph.ron", "graph.ron"],
            &["set", "north", "power", "3"],
        ];
        for question in questions {
            let named: &[&str] = if question[0] == "diff" {
                &[]
            } else {
                &["-g", "graph.ron"]
            };
            let output = demarche(folder.path(), &[named, question].concat());
            let said = words(&output.stderr);
            assert_eq!(
                output.status.code(),
                Some(2),
                "{what}: {question:?}: {said}"
            );
            assert_eq!(words(&output.stdout), "", "{what}: {question:?}");
            let found: Vec<&str> = said
                .lines()
                .filter(|line| line.starts_with("error["))
                .collect();
            assert_eq!(found.len(), places.len(), "{what}: {said}");
            for (code, place) in places {
                assert!(
                    said.contains(&format!("error[{code}]"))
                        && said.contains(&format!("--> {place}:")),
                    "{what}: {code} {place}: {said}"
                );
            }
        }
        for goes_on in [["check", "graph.ron"], ["explain", "syntax"]] {
            let output = demarche(folder.path(), &goes_on);
            assert_ne!(output.status.code(), Some(2), "{what}: {goes_on:?}");
        }
    }
}

#[test]
fn a_part_is_told_as_a_part() {
    for (what, text, places) in halves() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("graph.ron"), text).unwrap();
        let asked = |question: &[&str]| {
            let arguments = [&["-g", "graph.ron", "--partial"], question].concat();
            let output = demarche(folder.path(), &arguments);
            let said = words(&output.stderr);
            // In half a graph there may be nothing to draw.
            let is_refused = question[0] == "draw" && said.contains("error: there is no");
            let told = if is_refused {
                &output.stderr
            } else {
                &output.stdout
            };
            assert_eq!(
                output.status.code(),
                Some(if is_refused { 2 } else { 0 }),
                "{what}: {question:?}: {said}"
            );
            (words(told), said)
        };
        let (_, place) = places[0];
        let answers: [&[&str]; 7] = [
            &["list"],
            &["list", "--format", "json"],
            &["list", "--format", "md"],
            &["draw", "--view", "matrix"],
            &["draw", "--view", "timeline"],
            &["draw", "--format", "mermaid"],
            &["draw", "--format", "dot"],
        ];
        for question in answers {
            let (told, _) = asked(question);
            let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(
                told.to_lowercase().contains("half a graph")
                    && (question.contains(&"mermaid") || told.contains(place)),
                "{what}: {question:?}: {told}"
            );
        }
        for question in [&["list", "--format", "csv"][..], &["draw"]] {
            let (_, said) = asked(question);
            assert!(
                said.starts_with("warning: half a graph") && said.contains(place),
                "{what}: {said}"
            );
        }
        let partial = ["-g", "graph.ron", "--partial", "set", "north", "power", "3"];
        assert_eq!(demarche(folder.path(), &partial).status.code(), Some(2));
    }
}

/// The foot of every picture says what is missing.
#[cfg(feature = "pictures")]
#[test]
fn a_picture_of_a_part_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let issues =
        ["x", "y", "z"].map(|id| format!("{id:?}: (name: {id:?}, question: \"Is it?\"), "));
    let said = ["x", "y", "z"].map(|id| {
        format!(
            "(actor: [\"north\", \"south\"], issue: {id:?}, position: Supports, date: \"2024\"), "
        )
    });
    let (issues, said) = (issues.concat(), said.concat());
    let graph = |include: &str| {
        format!(
            "Graph({ACTORS}    issues: {{ {issues} }},\n{include}    stances: [{said}],
    meetings: {{ \"talks\": (title: \"Talks\", status: Held, date: \"2024-02\", participants: [\"north\", \"south\"]) }},
)"
        )
    };
    let half = graph("    include: [\"nowhere.ron\"],\n");
    fs::write(folder.path().join("half.ron"), half).unwrap();
    fs::write(folder.path().join("whole.ron"), graph("\n")).unwrap();
    let draw = |file: &str, view: &str, format: &str| {
        let mut arguments = vec!["-g", file, "--partial", "--as-of", "2024-12-31", "draw"];
        arguments.extend(["--view", view, "--format", format]);
        let output = demarche(folder.path(), &arguments);
        let said = words(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{view} {format}: {said}");
        output.stdout
    };
    let missing = ["Half a graph", "half.ron:4"];
    for view in View::ALL.iter().map(|view| view.key()) {
        let told = words(&draw("half.ron", view, "svg"));
        assert!(
            missing.iter().all(|words| told.contains(words)),
            "{view}: {told}"
        );
        let told = words(&draw("whole.ron", view, "svg"));
        assert!(!told.contains("Half a graph"), "{view}: {told}");
    }
    // These are not read as easily; they are made of the same scene.
    for format in ["png", "pdf"] {
        let [half, whole] = ["half.ron", "whole.ron"].map(|file| draw(file, "map", format));
        assert_ne!(half, whole, "{format}");
    }
    let page = words(&draw("half.ron", "map", "html"));
    assert!(missing.iter().all(|words| page.contains(words)));
}

#[test]
fn of_an_id_for_two_neither_is_used() {
    let (graph, found) = demarche::resolve::read(
        "a.ron",
        r#"Graph(
    actors: {
        "a": (name: "A", kind: State),
        "b": (name: "B", kind: State),
        "a": (name: "Another", kind: Person, speaks_for: "b"),
        "c": (name: "C", kind: State, speaks_for: "a"),
    },
    issues: { "i": (name: "I", question: "?") },
    stances: [
        (actor: ["a", "b"], issue: "i", position: Supports),
        (actor: "c", issue: "i", position: Opposes),
    ],
)"#,
    );
    assert!(!graph.is_whole());
    let ids: Vec<&str> = graph.actors().map(|(_, actor)| &*actor.id).collect();
    assert_eq!(ids, ["b", "c"]);
    assert_eq!(found.len(), 1, "{found:?}");
    // Whose the first is can't be told in whole.
    assert_eq!(graph.stances().len(), 1);
    assert!(graph.actors().nth(1).unwrap().1.speaks_for.is_empty());
    // What falls with it is counted.
    let notes: Vec<String> = (demarche::query::missing(&graph).into_iter())
        .map(|note| note.text)
        .collect();
    let fallen = "1 record left out, 1 read in part because of what is missing or can't be read.";
    assert!(notes.iter().any(|note| note == fallen), "{notes:?}");
}

#[test]
fn the_same_record_twice_is_one() {
    let (graph, found) = demarche::resolve::read(
        "a.ron",
        r#"Graph(
    actors: {
        "a": (name: "A", kind: State, aliases: ["B"]),
        "a": (kind: State, // as above
              name: "A", aliases: ["B",],),
        "b": (name: "B", kind: State),
    },
    meetings: {
        "m": (title: "M", status: Held, participants: ["a", "b"]),
        "m": (title: "M", status: Held, participants: ["a", "b"],),
        "n": (title: "N", status: Held, participants: ["b", "a"]),
    },
)"#,
    );
    let codes: Vec<&str> = found.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["repeated-record", "repeated-record"]);
    assert!(graph.is_whole());
    assert_eq!((graph.left_out(), graph.read_in_part()), (0, 0));
    assert_eq!((graph.actors().len(), graph.meetings().len()), (2, 2));
    assert_eq!(&*graph.meetings().nth(1).unwrap().1.id, "n");
}

#[test]
fn a_bad_record_is_left_out_and_told() {
    let folder = tempfile::tempdir().unwrap();
    let text = format!(
        "Graph({HEAD}    stances: [
        (actor: \"north\", issue: \"pact\", position: Supports, date: \"2024\"),
        (actor: \"nroth\", issue: \"pact\", position: Opposes, date: \"2025\"),
        (actor: \"north\", issue: \"pact\" position: Opposes, date: \"2025\"),
        (actor: \"north\", issue: \"pact\", position: Opposes, date: \"2025-13\"),
    ],
)"
    );
    fs::write(folder.path().join("graph.ron"), text).unwrap();
    let output = demarche(folder.path(), &["-g", "graph.ron", "positions", "north"]);
    let (told, said) = (words(&output.stdout), words(&output.stderr));
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert_eq!(
        said,
        "warning: 3 records left out because of mistakes, the first at graph.ron:6: unknown actor `nroth`; `demarche check` shows all\n"
    );
    assert!(
        told.contains("supports") && !told.contains("opposes"),
        "{told}"
    );
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        told.contains("3 records left out because of mistakes, the first at graph.ron:6"),
        "{told}"
    );
}

#[test]
fn of_a_circle_no_link_counts() {
    let (graph, found) = demarche::resolve::read(
        "a.ron",
        r#"Graph(
    actors: {
        "a": (name: "A", kind: Person, speaks_for: ["b", "d"]),
        "b": (name: "B", kind: Person, speaks_for: "c"),
        "c": (name: "C", kind: Person, speaks_for: "a"),
        "d": (name: "D", kind: Person, speaks_for: ["b", "e"]),
        "e": (name: "E", kind: State),
    },
)"#,
    );
    assert!(found.iter().all(|finding| finding.code == "cycle"));
    let speaks_for = |(_, actor): (ActorId, &Actor)| {
        let whom = actor.speaks_for.iter();
        whom.map(|id| &*graph[*id].id).collect::<Vec<_>>()
    };
    let all: Vec<Vec<&str>> = graph.actors().map(speaks_for).collect();
    assert_eq!(all, [vec![], vec![], vec![], vec!["e"], vec![]]);
}

/// The graph in a folder, asked.
fn told(folder: &Path, arguments: &[&str]) -> String {
    let output = demarche(folder, &[&["-g", "graph.ron"], arguments].concat());
    assert_eq!(output.status.code(), Some(0), "{}", words(&output.stderr));
    let told = words(&output.stdout);
    told.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn what_cannot_be_read_is_unknown_not_the_default() {
    let folder = tempfile::tempdir().unwrap();
    let text = r#"Graph(
    sources: {"s": (title: "S", date: "2023-06-20")},
    actors: {"n": (name: "North", kind: State), "o": (name: "Other", kind: State), "w": (name: "West", kind: State)},
    issues: {
        "levels": (name: "Levels", question: "?", levels: "two"),
        "end": (name: "End", question: "?", scale: (from: 5, to: "ten"), outcome: 7, decided: "2023-13"),
        "done": (name: "Done", question: "?", scale: (from: 0, to: 10), outcome: 7, decided: "2023-13"),
    },
    stances: [
        (actor: "n", issue: "levels", position: Supports, source: "s"),
        (actor: "w", issue: "levels", position: Supports, source: "s"),
        (actor: "o", issue: "levels", position: StronglyOpposes, source: "s"),
        (actor: "n", issue: "end", position: At(7), source: "s"),
        (actor: "o", issue: "end", position: Supports, source: "s"),
        (actor: "n", issue: "done", position: At(7), source: "s"),
    ],
    meetings: {
        "m": (title: "Visit", status: Postponed, on: "2023-13", participants: ["n", "o"], source: "s", credibility: 0),
        "x": (title: "Talks", status: Holed, participants: ["n", "o"], source: "s"),
    },
)"#;
    fs::write(folder.path().join("graph.ron"), text).unwrap();
    let asked: [(&[&str], &[&str], &[&str]); 8] = [
        (
            &["forecast", "levels"],
            &[
                "Its levels can't be read",
                "North place on the scale unknown",
            ],
            &["North supports [1/1,"],
        ),
        (
            &["camps", "levels"],
            &["Its levels can't be read"],
            &["van der Eijk"],
        ),
        (
            &["forecast", "end"],
            &["Its scale can't be read", "nothing to forecast"],
            &["5 0"],
        ),
        (&["show", "end"], &["scale unknown"], &["5 to 0"]),
        (&["compare", "n", "w"], &["Levels supports"], &["mixed"]),
        (
            &["forecast", "done"],
            &["When it was decided can't be read"],
            &["outcome"],
        ),
        (&["meetings", "--status", "unknown"], &["Talks"], &["Visit"]),
        (
            &["meetings", "n", "--as-of", "2023-06-25"],
            &[
                "When their status was set is not recorded: “Visit” (postponed, on a date that can't be read)",
                "and “Talks” (unknown)",
            ],
            &[],
        ),
    ];
    for (question, with, without) in &asked {
        let told = told(folder.path(), question);
        for words in *with {
            assert!(told.contains(words), "{question:?} lacks {words}:\n{told}");
        }
        for words in *without {
            assert!(!told.contains(words), "{question:?} has {words}:\n{told}");
        }
    }
    // A grade that there is not is none.
    let graded = told(folder.path(), &["meetings", "--min-grade", "2"]);
    assert!(
        !graded.contains("Visit (") && graded.contains("Left out of the graph: 2 meetings"),
        "{graded}"
    );
    let scores = told(folder.path(), &["matrix", "--measure", "subtract"]);
    assert!(scores.contains("because the levels of the issue can't be read, and not counted: North on Levels and West on Levels"), "{scores}");
    assert!(
        scores.contains(
            "because the scale of the issue can't be read, and not counted: North on End"
        ),
        "{scores}"
    );
}

#[test]
fn a_graph_of_two_days_is_edited_where_the_day_is_given() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(
        path("graph.ron"),
        format!("Graph(\n    as_of: \"2024-05-01\",\n    include: [\"b.ron\"],{HEAD})"),
    )
    .unwrap();
    fs::write(path("b.ron"), "Graph(as_of: \"2024-06-01\")").unwrap();
    let edit = ["-g", "graph.ron", "set", "north", "name", "The North"];
    let refused = demarche(folder.path(), &edit);
    assert_eq!(refused.status.code(), Some(2));
    assert!(words(&refused.stderr).contains("error[two-days]"));
    let read = || fs::read_to_string(path("graph.ron")).unwrap();
    assert!(!read().contains("The North"));
    let made = demarche(
        folder.path(),
        &[&edit[..], &["--as-of", "2024-07-01"]].concat(),
    );
    assert_eq!(made.status.code(), Some(0), "{}", words(&made.stderr));
    assert!(read().contains("The North") && read().contains("as_of: \"2024-05-01\""));
}

#[test]
fn a_split_of_many_is_not_called_the_only_one() {
    let folder = tempfile::tempdir().unwrap();
    let ids: Vec<String> = (0..20).map(|nth| format!("a{nth:02}")).collect();
    let actor = |id: &String| format!("\"{id}\": (name: \"{id}\", kind: State), ");
    let tie = |one: usize, other: usize, kind: &str| {
        format!(
            "(from: \"{}\", to: \"{}\", kind: {kind}),\n",
            ids[one], ids[other]
        )
    };
    // Two groups of friends; between them one friendly tie and one that is not: either group may change sides as a whole.
    let mut ties = String::new();
    for group in [0..10_usize, 10..20] {
        for one in group.clone() {
            for other in one + 1..group.end {
                ties += &tie(one, other, "Ally");
            }
        }
    }
    ties += &tie(0, 10, "Ally");
    ties += &tie(1, 11, "Rival");
    let actors: String = ids.iter().map(actor).collect();
    let text = format!("Graph(actors: {{ {actors} }}, ties: [{ties}])");
    fs::write(folder.path().join("graph.ron"), text).unwrap();
    let told = told(folder.path(), &["balance"]);
    assert!(
        told.contains("Other splits may have as little frustration"),
        "{told}"
    );
    assert!(
        told.contains("A split with the least frustration"),
        "{told}"
    );
}

/// A folder with a graph of one statement, in which something else is made.
fn folder_with(make: impl FnOnce(&Path)) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let graphs = folder.path().join("graphs");
    fs::create_dir_all(&graphs).unwrap();
    let first = format!(
        "Graph({HEAD}    stances: [(actor: \"north\", issue: \"pact\", position: Supports, date: \"2024\")],\n)"
    );
    fs::write(graphs.join("a.ron"), first).unwrap();
    make(&graphs);
    folder
}

const LATER: &str =
    r#"stances: [(actor: "north", issue: "pact", position: Opposes, date: "2025")]"#;

#[test]
fn a_folder_leaves_out_no_file_that_may_be_of_the_graph() {
    let broken: [(&str, String); 9] = [
        (
            "a conflict before its name",
            format!("<<<<<<< ours\nGraph({LATER})\n=======\nGraph()\n>>>>>>> theirs\n"),
        ),
        ("nothing", String::new()),
        ("a comment only", "// to be written\n".to_owned()),
        ("a misspelt name", format!("Grpah({LATER})")),
        ("no head", format!("ph({LATER})")),
        ("less of it", format!("ances: [], {LATER})")),
        ("half of it without a name", format!("({LATER}")),
        ("zeros", "\0\0\0\0".to_owned()),
        ("another encoding", format!("G\0r\0a\0p\0h\0({LATER})")),
    ];
    for (what, text) in broken {
        let folder = folder_with(|graphs| fs::write(graphs.join("b.ron"), text).unwrap());
        let asked = demarche(folder.path(), &["-g", "graphs", "positions", "north"]);
        let said = words(&asked.stderr);
        assert_eq!(asked.status.code(), Some(2), "{what}: {said}");
        assert!(said.contains("--> graphs/b.ron:"), "{what}: {said}");
        assert_eq!(words(&asked.stdout), "", "{what}");
        let checked = demarche(folder.path(), &["-g", "graphs", "check"]);
        assert_eq!(checked.status.code(), Some(1), "{what}");
        assert!(
            words(&checked.stdout).contains("--> graphs/b.ron:"),
            "{what}"
        );
        // None of two is the only graph file there.
        let at_hand = demarche(folder.path(), &["positions", "north"]);
        assert_eq!(at_hand.status.code(), Some(2), "{what}");
    }
    let late = format!("{}Graph({LATER})", "// a long history\n".repeat(5000));
    for (what, text) in [("no name", format!("({LATER})")), ("a long head", late)] {
        let folder = folder_with(|graphs| fs::write(graphs.join("b.ron"), text).unwrap());
        let asked = demarche(folder.path(), &["-g", "graphs", "positions", "north"]);
        assert!(words(&asked.stdout).contains("opposes"), "{what}");
    }
}

#[test]
fn what_is_plainly_no_graph_is_passed_over_with_a_word() {
    for (text, what) in [
        ("Config(size: 1, broken", "a `Config`"),
        ("(width: 800, title: \"x\")", "a struct without a name"),
        ("[1, 2]", "a list"),
    ] {
        let folder = folder_with(|graphs| fs::write(graphs.join("b.ron"), text).unwrap());
        let asked = demarche(folder.path(), &["-g", "graphs", "positions", "north"]);
        let said =
            format!("warning: `graphs/b.ron` was passed over: it is {what}, not a `Graph`\n");
        assert_eq!(words(&asked.stderr), said);
        let answer = words(&asked.stdout);
        assert!(answer.contains("supports") && asked.status.success());
        let note = format!("Files passed over: `b.ron` (it is {what}, not a `Graph`).");
        assert!(answer.contains(&note), "{answer}");
        assert!(
            demarche(folder.path(), &["positions", "north"])
                .status
                .success()
        );
    }
}

/// What can't be opened is part of the graph all the same. The superuser opens everything, so links that lead nowhere stand
/// for what nobody may read.
#[cfg(unix)]
#[test]
fn a_file_that_can_not_be_opened_is_missing() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let folder = folder_with(|graphs| {
        symlink("missing", graphs.join("b.ron")).unwrap();
        fs::create_dir(graphs.join("in")).unwrap();
        symlink("c.ron", graphs.join("in/c.ron")).unwrap();
        let including = "Graph(include: [\"a.ron\", \"in/*.ron\"])";
        fs::write(graphs.join("in.graph"), including).unwrap();
    });
    for (graph, named) in [
        (
            "graphs",
            "can't read `graphs/b.ron`: it is a link that leads nowhere",
        ),
        ("graphs", "can't read `graphs/in/c.ron`: "),
        ("graphs/in.graph", "can't read `graphs/in/c.ron`: "),
    ] {
        let asked = demarche(folder.path(), &["-g", graph, "positions", "north"]);
        let said = words(&asked.stderr);
        assert!(
            said.contains(named) && asked.status.code() == Some(2),
            "{said}"
        );
        let partial = [
            "-g",
            graph,
            "--partial",
            "positions",
            "north",
            "--format",
            "json",
        ];
        let told = demarche(folder.path(), &partial);
        assert!(words(&told.stdout).contains(named) && told.status.success());
        let checked = demarche(folder.path(), &["check", graph]);
        assert!(words(&checked.stdout).contains(named));
        assert_eq!(checked.status.code(), Some(1));
    }
    let folder = folder_with(|graphs| {
        fs::create_dir(graphs.join("in")).unwrap();
        fs::write(graphs.join("in/b.ron"), "Graph()").unwrap();
        let including = "Graph(include: [\"a.ron\", \"**/*.ron\"])";
        fs::write(graphs.join("all.graph"), including).unwrap();
    });
    let locked = folder.path().join("graphs/in");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
    let is_locked = fs::read_dir(&locked).is_err();
    for graph in ["graphs", "graphs/all.graph"] {
        let asked = demarche(folder.path(), &["-g", graph, "positions", "north"]);
        let named = words(&asked.stderr).contains("can't read `graphs/in`: permission denied");
        assert_eq!(named, is_locked, "{graph}");
        assert_eq!(asked.status.success(), !is_locked, "{graph}");
    }
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o700)).unwrap();
}

#[cfg(unix)]
#[test]
fn a_file_under_two_names_is_one() {
    use std::os::unix::fs::symlink;

    let folder = folder_with(|graphs| {
        symlink("a.ron", graphs.join("A.ron")).unwrap();
        symlink("a.ron", graphs.join("link.ron")).unwrap();
        symlink("graphs", graphs.parent().unwrap().join("again")).unwrap();
    });
    let ways: [&[&str]; 5] = [
        &["-g", "graphs"],
        &["-g", "graphs/a.ron", "-g", "graphs/link.ron"],
        &["-g", "graphs/link.ron", "-g", "graphs"],
        &["-g", "again", "-g", "graphs"],
        &["-g", "graphs", "-g", "./graphs/../graphs/a.ron"],
    ];
    for way in ways {
        let told = demarche(folder.path(), &[way, &["positions", "north"]].concat());
        let told = words(&told.stdout);
        assert!(told.contains("supports [1/0,"), "{way:?}: {told}");
    }
    let renamed = demarche(folder.path(), &["-g", "graphs", "rename", "north", "n"]);
    assert!(renamed.status.success(), "{}", words(&renamed.stderr));
    let written = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert!(written("graphs/a.ron").contains("actor: \"n\""));
    assert!(folder.path().join("graphs/link.ron").is_symlink());
}

/// The answer to a question about a graph, white space squeezed, and what is said beside it.
fn answer(text: &str, question: &[&str]) -> (String, String) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("graph.ron"), text).unwrap();
    let output = demarche(folder.path(), &[&["-g", "graph.ron"], question].concat());
    let told = words(&output.stdout);
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    (told, words(&output.stderr))
}

#[test]
fn a_date_that_can_not_be_read_is_neither_old_nor_new() {
    let graph = |date: &str, meeting: &str| {
        format!(
            "Graph({HEAD}    as_of: \"2024-06-01\",
    sources: {{ \"old\": (title: \"O\", date: \"2023-01-01\"), \"new\": (title: \"N\", date: \"{date}\") }},
    stances: [
        (actor: \"north\", issue: \"pact\", position: Supports, source: \"old\"),
        (actor: \"north\", issue: \"pact\", position: Opposes, source: \"new\"),
        (actor: \"south\", issue: \"pact\", position: Opposes, source: [\"new\", \"old\"]),
        (actor: \"south\", issue: \"pact\", position: Supports, date: \"2023-02\"),
    ],
    meetings: {{ \"m\": (title: \"Talks\", status: Held, {meeting}participants: [\"north\", \"south\"], source: \"new\") }},
)"
        )
    };
    for date in ["2024-99-01", "2024/..", "soon"] {
        let graph = graph(date, "");
        for actor in ["north", "south"] {
            let (told, _) = answer(&graph, &["positions", actor]);
            assert!(told.contains("contested: opposes / supports"), "{told}");
        }
        // What was said first nobody knows.
        let (told, _) = answer(&graph, &["history", "north", "pact"]);
        assert!(
            told.contains("contested") && !told.contains("opposes first known"),
            "{told}"
        );
        let (told, _) = answer(&graph, &["path", "north", "south", "--through", "meetings"]);
        assert!(!told.contains("Talks"), "{told}");
    }
    let read = graph("2024-01-01", "");
    assert!(answer(&read, &["positions", "north"]).0.contains("opposes"));
    assert!(
        !answer(&read, &["positions", "north"])
            .0
            .contains("contested")
    );
    let (told, _) = answer(&read, &["path", "north", "south", "--through", "meetings"]);
    assert!(told.contains("Talks"), "{told}");
    // What is written for a date is not replaced by the source's date.
    let unread = graph("2024-01-01", "date: \"2023-99\", ");
    let (told, _) = answer(&unread, &["timeline"]);
    let (dated, undated) = told.split_once("Without a date").expect("an undated event");
    assert!(
        !dated.contains("Talks") && undated.contains("Talks: held"),
        "{told}"
    );
    // A date of its own does not need the source's.
    let own = graph("soon", "date: \"2024-02\", ");
    let (told, _) = answer(&own, &["path", "north", "south", "--through", "meetings"]);
    assert!(told.contains("Talks"), "{told}");
}

#[test]
fn what_is_off_the_scale_is_unknown() {
    let graph = |scale: &str| {
        format!(
            "Graph({HEAD}    as_of: \"2024-06-01\",
    issues: {{ \"dam\": (name: \"Dam\", {scale}, status_quo: 20, outcome: 7, decided: \"2024-02\") }},
    stances: [
        (actor: \"north\", issue: \"dam\", position: At(4), salience: 1, power: 1, date: \"2024\"),
        (actor: \"south\", issue: \"dam\", position: At(6), salience: 1, power: 1, date: \"2024\"),
    ],
)"
        )
        .replacen("    issues: { \"pact\": (name: \"Pact\", question: \"Should it pass?\") },\n", "", 1)
    };
    let short = graph("scale: (from: 0, to: 10, marks: { 0: \"nothing\", 33: \"everything\" })");
    for question in [
        &["forecast", "dam"][..],
        &["show", "dam"],
        &["draw", "--view", "spectrum", "--issue", "dam"],
    ] {
        let (told, said) = answer(&short, question);
        assert!(!told.is_empty(), "{question:?}: {said}");
        for wrong in ["status quo 20", "everything"] {
            assert!(!told.contains(wrong), "{question:?}: {told}");
        }
    }
    let (told, _) = answer(&short, &["show", "dam"]);
    assert!(
        told.contains("nothing") && told.contains("outcome 7"),
        "{told}"
    );
    let (told, _) = answer(&graph("scale: (from: 5, to: 5)"), &["show", "dam"]);
    assert!(
        !told.contains("status quo") && !told.contains("outcome"),
        "{told}"
    );
}

#[test]
fn a_wildcard_may_match_the_file_it_stands_in() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: String| fs::write(folder.path().join(name), text).unwrap();
    let stance =
        "stances: [(actor: \"north\", issue: \"pact\", position: Supports, date: \"2024\")]";
    write(
        "graph.ron",
        format!("Graph({HEAD} include: [\"**/*.ron\"], {stance})"),
    );
    write("b.ron", "Graph(include: [\"*.ron\"])".to_owned());
    let checked = demarche(folder.path(), &["check", "graph.ron"]);
    let said = words(&checked.stdout);
    assert!(
        checked.status.success() && !said.contains("error"),
        "{said}"
    );
    let told = demarche(folder.path(), &["-g", "graph.ron", "positions", "north"]);
    assert!(
        words(&told.stdout).contains("supports [1/0,"),
        "{}",
        words(&told.stdout)
    );
    // By name it is a mistake.
    write("b.ron", "Graph(include: [\"graph.ron\"])".to_owned());
    write(
        "graph.ron",
        format!("Graph({HEAD} include: [\"b.ron\"], {stance})"),
    );
    let checked = demarche(folder.path(), &["check", "graph.ron"]);
    assert!(words(&checked.stdout).contains("error[cycle]"));
}

/// A chain of speakers has as many pairs as the square of its length.
#[test]
fn a_chain_of_speakers_is_followed_to_its_end_unless_that_takes_too_much() {
    let chain = |links: usize| {
        let mut graph = String::from("Graph(actors: {\n");
        for nth in 0..links {
            let next = nth + 1;
            graph +=
                &format!("\"a{nth}\": (name: \"A{nth}\", kind: State, speaks_for: \"a{next}\"),\n");
        }
        graph += &format!("\"a{links}\": (name: \"The last\", kind: State) }},\n");
        graph += "issues: { \"i\": (name: \"I\", question: \"?\") },\n";
        graph += "stances: [(actor: \"a0\", issue: \"i\", position: Supports, date: \"2024\")])";
        answer(&graph, &["positions", &format!("a{links}")])
    };
    let (told, said) = chain(300);
    assert!(told.contains("The last I supports"), "{told} {said}");
    // What is made to take up time is cut, and every answer says so.
    let (told, said) = chain(30_000);
    assert!(told.contains("the position is unknown"), "{told} {said}");
    assert!(
        told.contains("followed through 16 steps only"),
        "{told} {said}"
    );
}
