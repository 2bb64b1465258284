//! Edits from the command line: what they change, what they refuse, and what is left when one is killed.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that fails may panic"
)]
#![allow(clippy::print_stdout, reason = "a test that is skipped says so")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use demarche::edit::{self, NewRecord, quoted, spliced};
use demarche::model::{Document, RecordKind};
use demarche::text::{FileId, Text};
use proptest::prelude::*;

const GRAPH: &str = r#"// Who is who.
Graph(
    include: ["more.ron"],
    sources: { "note": (title: "A note", date: "2024-05-01") },

    actors: {
        "north": (name: "Northland", kind: State, aliases: ["the North"]), // colder
        // Warmer.
        "south": (name: "Southland", kind: State),

        "union": (name: "A union", kind: Group, members: ["north", "south"]),
    },
    issues: {
        "pact": (name: "A pact", question: "Should there be one?"),
    },
    // The end.
)
"#;

const MORE: &str = r#"Graph(
    stances: [
        (actor: "north", issue: "pact", position: Supports, source: "note"), // said so
        (
            actor: ["north", "south"], /* both */
            issue: "pact",
            position: Opposes,
            toward: "union",
            source: "note",
        ),
    ],
    ties: [(from: "north", to: "south", kind: Rival, over: ["pact"], source: "note")],
)
"#;

/// A folder with a graph, a folder for what the program must know the next time, and the program.
struct Desk {
    folder: tempfile::TempDir,
    state: tempfile::TempDir,
}

/// What marks the edits of the person at the desk.
const SECRET: [u8; 32] = [7; 32];

impl Desk {
    fn new() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("graph.ron"), GRAPH).unwrap();
        fs::write(folder.path().join("more.ron"), MORE).unwrap();
        let state = tempfile::tempdir().unwrap();
        fs::create_dir(state.path().join("demarche")).unwrap();
        let secret = state.path().join("demarche/secret");
        fs::write(&secret, SECRET).unwrap();
        #[cfg(unix)]
        fs::set_permissions(&secret, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
        Desk { folder, state }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        self.bare(&[&["-g", "graph.ron"], arguments].concat())
    }

    /// The same where no graph is named.
    fn bare(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_demarche"));
        command
            .current_dir(self.folder.path())
            .env("XDG_STATE_HOME", self.state.path())
            .args(arguments)
            .stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Runs an edit that must succeed; gives what both files hold afterwards.
    fn edit(&self, arguments: &[&str]) -> [String; 2] {
        let output = self.run(arguments);
        assert!(
            output.status.success(),
            "{arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        self.texts()
    }

    /// Runs an edit that must be refused, and change nothing; gives its words.
    fn refused(&self, arguments: &[&str]) -> String {
        let before = self.texts();
        let output = self.run(arguments);
        assert!(!output.status.success(), "{arguments:?}");
        assert_eq!(before, self.texts());
        assert_eq!(
            fs::read_dir(self.folder.path()).unwrap().count(),
            2,
            "something is left behind"
        );
        String::from_utf8_lossy(&output.stderr).into_owned()
    }

    fn texts(&self) -> [String; 2] {
        ["graph.ron", "more.ron"].map(|name| fs::read_to_string(self.path(name)).unwrap())
    }
}

#[test]
fn an_edit_changes_only_what_it_must() {
    let desk = Desk::new();
    let [graph, more] = desk.edit(&[
        "add",
        "stance",
        "--actor",
        "Southland",
        "--issue",
        "pact",
        "--position",
        "strongly-supports",
        "--source",
        "note",
    ]);
    let added = "        (actor: \"south\", issue: \"pact\", position: StronglySupports, source: \"note\"),\n    ],\n    ties";
    assert_eq!(
        (graph.as_str(), more),
        (GRAPH, MORE.replacen("    ],\n    ties", added, 1))
    );

    let [graph, _] = desk.edit(&["set", "south", "role", "the \"warm\" one"]);
    let expected = GRAPH.replace(
        "\"south\": (name: \"Southland\", kind: State),",
        "\"south\": (name: \"Southland\", kind: State, role: \"the \\\"warm\\\" one\"),",
    );
    assert_eq!(graph, expected);
    assert_eq!(desk.edit(&["set", "south", "role", "--remove"])[0], GRAPH);

    let [_, more] = desk.edit(&["set", "more.ron:6", "note", "Twice."]);
    assert!(
        more.contains("            source: \"note\",\n            note: \"Twice.\",\n        ),\n"),
        "{more}"
    );
    let [_, more] = desk.edit(&["set", "more.ron:6", "salience", "0.5"]);
    assert!(
        more.contains(
            "            toward: \"union\",\n            salience: 0.5,\n            source"
        ),
        "{more}"
    );
    desk.edit(&["set", "more.ron:6", "salience", "--remove"]);
    desk.edit(&["set", "more.ron:6", "note", "--remove"]);
    assert_eq!(
        desk.edit(&["remove", "more.ron:11"]),
        [GRAPH.to_owned(), MORE.to_owned()]
    );

    let [graph, more] = desk.edit(&["rename", "north", "n.land"]);
    assert_eq!(graph, GRAPH.replace("\"north\"", "\"n.land\""));
    assert_eq!(more, MORE.replace("\"north\"", "\"n.land\""));
    assert_eq!(
        desk.edit(&["rename", "n.land", "north"]),
        [GRAPH.to_owned(), MORE.to_owned()]
    );

    let [graph, more] = desk.edit(&["move", "union", "more.ron"]);
    assert!(
        !graph.contains("\"union\": (")
            && graph.contains("\"south\": (name: \"Southland\", kind: State),\n    },"),
        "{graph}"
    );
    assert!(
        more.contains(
            "    actors: {\n        \"union\": (name: \"A union\", kind: Group, members: [\"north\", \"south\"]),\n    },"
        ),
        "{more}"
    );
}

#[test]
fn what_would_break_the_graph_is_refused() {
    let desk = Desk::new();
    for (arguments, expected) in [
        (
            &[
                "add",
                "stance",
                "--actor",
                "nroth",
                "--issue",
                "pact",
                "--position",
                "Supports",
            ][..],
            "did you mean `north`?",
        ),
        (
            &[
                "add",
                "stance",
                "--actor",
                "north",
                "--position",
                "Supports",
            ],
            "needs `--issue`",
        ),
        (
            &["add", "actor", "--name", "SOUTHLAND", "--kind", "State"],
            "already `south`",
        ),
        (
            &[
                "add", "actor", "south", "--name", "Other", "--kind", "State",
            ],
            "declared twice",
        ),
        (
            &["add", "actor", "--name", "Other", "--kind", "Stat"],
            "did you mean `State`?",
        ),
        (
            &["add", "stance", "north", "pact", "Supports"],
            "the fields of a stance are flags\nhelp: `demarche add stance --actor north --issue pact --position Supports`\n",
        ),
        (
            &["add", "tie", "north", "south", "Ally", "--since", "2024"],
            "help: `demarche add tie --from north --to south --kind Ally --since 2024`\n",
        ),
        (
            &["add", "actor", "west", "The West", "State"],
            "help: `demarche add actor west --name 'The West' --kind State`\n",
        ),
        (&["set", "south", "kind", "Sate"], "did you mean `State`?"),
        (&["set", "south", "nmae", "x"], "did you mean `name`?"),
        (&["set", "south", "name", "--remove"], "has no `name`"),
        (&["set", "more.ron:3", "date", "June"], "not a date"),
        (&["remove", "south"], "--with-references"),
        (&["remove", "sauth"], "did you mean `south`?"),
        (
            &["rename", "south", "north"],
            "already the id of another actor",
        ),
        (&["rename", "south", "so uth"], "is not an id"),
        (&["merge", "south", "pact"], "an actor and an issue"),
        (&["move", "south", "none.ron"], "its files are"),
        (
            &["set", "more.ron:1", "note", "x"],
            "the nearest is the stance at line 3",
        ),
    ] {
        let said = desk.refused(arguments);
        assert!(said.contains(expected), "{arguments:?}: {said}");
    }
    let before = desk.texts();
    let near = [
        "add",
        "actor",
        "--name",
        "Southlamd",
        "--kind",
        "State",
        "--dry-run",
    ];
    assert_eq!(
        String::from_utf8_lossy(&desk.run(&near).stderr),
        "note: this may be `south` (Southland): if they are the same, `demarche merge southlamd south` makes them one\n"
    );
    let output = desk.run(&["rename", "south", "sud", "--dry-run"]);
    assert!(String::from_utf8_lossy(&output.stdout).contains("+        \"sud\": ("));
    assert_eq!(before, desk.texts());
}

#[test]
fn a_broken_graph_can_be_edited() {
    let desk = Desk::new();
    let broken = MORE.replace(
        "source: \"note\"), // said so",
        "source: \"nowhere\"), // said so",
    );
    fs::write(desk.path("more.ron"), &broken).unwrap();
    assert_eq!(
        desk.edit(&["rename", "south", "sud"])[1],
        broken.replace("\"south\"", "\"sud\"")
    );
    assert!(
        desk.refused(&["set", "more.ron:5", "source", "elsewhere"])
            .contains("elsewhere")
    );
    desk.edit(&["set", "more.ron:3", "source", "note"]);
    assert!(desk.run(&["check"]).status.success());
}

#[test]
fn what_refers_to_a_record_goes_with_it_or_to_another() {
    let desk = Desk::new();
    let [graph, more] = desk.edit(&["remove", "north", "--with-references"]);
    assert!(
        !graph.contains("north") && !more.contains("\"north\""),
        "{graph}{more}"
    );
    assert!(
        graph.contains("members: [\"south\"]") && graph.contains("// Warmer."),
        "{graph}"
    );
    assert!(
        more.contains("actor: [\"south\"], /* both */") && more.contains("ties: []"),
        "{more}"
    );

    let desk = Desk::new();
    desk.edit(&[
        "add",
        "actor",
        "n2",
        "--name",
        "The north",
        "--kind",
        "State",
        "--aliases",
        "N.",
        "--role",
        "ally",
        "--anyway",
    ]);
    desk.edit(&[
        "add",
        "stance",
        "--actor",
        "n2",
        "--actor",
        "north",
        "--issue",
        "pact",
        "--position",
        "Neutral",
    ]);
    let [graph, more] = desk.edit(&["merge", "n2", "north"]);
    assert!(
        graph.contains("aliases: [\"the North\", \"N.\"]") && graph.contains("role: \"ally\""),
        "{graph}"
    );
    assert!(
        !graph.contains("n2")
            && more.contains("(actor: [\"north\"], issue: \"pact\", position: Neutral)"),
        "{more}"
    );
    assert!(desk.run(&["check"]).status.success());
}

/// A graph of one line a record: what is left of it, and the words, after an edit.
fn edited(lines: &[&str], arguments: &[&str]) -> (bool, String, String) {
    let desk = Desk::new();
    fs::write(
        desk.path("graph.ron"),
        format!("Graph({})", lines.join("\n")),
    )
    .unwrap();
    let output = desk.run(arguments);
    let said = String::from_utf8(output.stderr).unwrap();
    (output.status.success(), desk.texts()[0].clone(), said)
}

/// What a record says on somebody's word, over something, or on the day of its source, is not said without them.
#[test]
fn what_would_say_something_else_without_a_reference_does_not_stay() {
    let about = [
        "sources: {\"s\": (title: \"S\", date: \"2024-01-01\"), \"t\": (title: \"T\", date: \"2024-02-01\")},",
        "actors: {\"n\": (name: \"N\", kind: State), \"o\": (name: \"O\", kind: State), \"p\": (name: \"P\", kind: State)},",
        "issues: {\"d\": (name: \"D\", question: \"?\"), \"e\": (name: \"E\", question: \"?\")},",
    ];
    let with = |section: &str, record: &str| {
        [&about[..], &[&format!("{section}: {record}")]]
            .concat()
            .join("\n")
    };
    let list = |record: &str| format!("[{record}]");
    let map = |record: &str| format!("{{\"x\": {record}}}");
    // What is removed, where, the record, and what is left of it; none where it is refused.
    let cases = [
        (
            "o",
            "stances",
            list("(actor: \"n\", issue: \"d\", position: Opposes, said_by: \"o\", source: \"s\")"),
            Some("[]"),
        ),
        (
            "o",
            "stances",
            list("(actor: [\"n\", \"o\"], issue: \"d\", position: Opposes)"),
            Some("actor: [\"n\"]"),
        ),
        (
            "o",
            "stances",
            list("(actor: \"n\", issue: \"d\", position: Opposes, toward: \"o\")"),
            Some("[]"),
        ),
        (
            "o",
            "stances",
            list("(actor: \"n\", issue: \"d\", position: Opposes, toward: [\"o\", \"p\"])"),
            Some("toward: [\"p\"]"),
        ),
        (
            "o",
            "ties",
            list("(from: \"n\", to: \"p\", kind: Ally, said_by: \"o\")"),
            Some("[]"),
        ),
        (
            "d",
            "ties",
            list("(from: \"n\", to: \"p\", kind: Rival, over: [\"d\"])"),
            Some("[]"),
        ),
        (
            "d",
            "ties",
            list("(from: \"n\", to: \"p\", kind: Rival, over: [\"d\", \"e\"])"),
            Some("over: [\"e\"]"),
        ),
        (
            "s",
            "stances",
            list("(actor: \"n\", issue: \"d\", position: Opposes, source: \"s\")"),
            Some("[]"),
        ),
        (
            "s",
            "stances",
            list("(actor: \"n\", issue: \"d\", position: Opposes, date: \"2023\", source: \"s\")"),
            Some("date: \"2023\")"),
        ),
        ("o", "facts", map("(text: \"F\", said_by: \"o\")"), None),
        ("s", "facts", map("(text: \"F\", source: \"s\")"), None),
        (
            "o",
            "facts",
            map("(text: \"F\", about: [\"o\"])"),
            Some("(text: \"F\")"),
        ),
        (
            "o",
            "meetings",
            map("(title: \"M\", status: Held, said_by: \"o\")"),
            None,
        ),
        (
            "s",
            "meetings",
            map("(title: \"M\", status: Held, source: \"s\")"),
            None,
        ),
        (
            "s",
            "meetings",
            map("(title: \"M\", status: Cancelled, date: \"2024-01\", source: \"s\")"),
            None,
        ),
        (
            "s",
            "meetings",
            map("(title: \"M\", status: Held, date: \"2024-01\", source: \"s\")"),
            Some("date: \"2024-01\")"),
        ),
        (
            "s",
            "meetings",
            map(
                "(title: \"M\", status: Cancelled, on: \"2024-01-01\", earlier: [(status: Planned, source: \"s\")])",
            ),
            None,
        ),
    ];
    for (removed, section, record, left) in cases {
        let whole = with(section, &record);
        let (done, graph, said) = edited(&[&whole], &["remove", removed, "--with-references"]);
        assert_eq!(done, left.is_some(), "{record}: {said}");
        match left {
            Some("[]") => assert!(said.contains("removed with it"), "{said}"),
            None => assert!(
                said.contains("would say something else") && said.contains("\"x\": "),
                "{said}"
            ),
            Some(_) => {}
        }
        assert!(graph.contains(left.unwrap_or(&whole)), "{graph}");
    }
    let (_, _, said) = edited(
        &[&with(
            "meetings",
            &map(
                "(title: \"M\", status: Held, date: \"2024-01-01\", participants: [\"n\", \"o\"])",
            ),
        )],
        &["remove", "o", "--with-references"],
    );
    assert!(
        said.contains("this meeting now has one participant"),
        "{said}"
    );
    let (_, _, said) = edited(
        &[&with(
            "stances",
            &list("(actor: \"n\", issue: \"d\", position: Opposes, source: [\"s\", \"t\"])"),
        )],
        &["remove", "s", "--with-references"],
    );
    assert!(
        said.contains("this stance now has its date from its other sources"),
        "{said}"
    );
}

/// Of parts in a row that go together, the commas go too, whether or not one follows the last.
#[test]
fn parts_that_go_together_leave_no_comma() {
    let graph = |end: &str| {
        format!(
            "actors: {{ \"z\": (name: \"Z\", kind: Group{end}), \"o\": (name: \"O\", kind: Group, speaks_for: [\"z\"], \
             members: [\"z\"]{end}), \"p\": (name: \"P\", kind: Group, members: [\"o\", \"z\", \"z\"{end}]{end}) }}, \
             ties: [(from: \"o\", to: \"p\", kind: Ally), (from: \"z\", to: \"o\", kind: Ally), \
             (from: \"z\", to: \"p\", kind: Ally){end}]"
        )
    };
    for end in ["", ",", ", "] {
        let (done, graph, said) = edited(&[&graph(end)], &["remove", "z", "--with-references"]);
        assert!(done, "{said}");
        assert!(!graph.contains("\"z\""), "{graph}");
        assert!(graph.contains("kind: Ally)"), "{graph}");
    }
}

/// Sources that repeat one another stay one source when one of them goes.
#[test]
fn what_repeats_a_source_repeats_what_that_repeated() {
    let sources = |all: &str| format!("sources: {{{all}}}");
    for (all, left) in [
        (
            "\"s1\": (title: \"1\"), \"s2\": (title: \"2\", via: \"s1\"), \"s3\": (title: \"3\", via: \"s2\")",
            Some("(title: \"3\", via: \"s1\")"),
        ),
        (
            "\"a\": (title: \"1\"), \"b\": (title: \"1\"), \"s2\": (title: \"2\", via: [\"a\", \"b\"]), \"s3\": (title: \"3\", via: [\"b\", \"s2\"])",
            Some("(title: \"3\", via: [\"b\", \"a\"])"),
        ),
        (
            "\"s2\": (title: \"2\"), \"s3\": (title: \"3\", via: \"s2\")",
            Some("(title: \"3\")"),
        ),
        (
            "\"s2\": (title: \"2\"), \"s3\": (title: \"3\", via: \"s2\"), \"s4\": (title: \"4\", via: \"s2\")",
            None,
        ),
    ] {
        let (done, graph, said) = edited(&[&sources(all)], &["remove", "s2", "--with-references"]);
        assert_eq!(done, left.is_some(), "{said}");
        assert!(graph.contains(left.unwrap_or(all)), "{graph}");
        let word = match left {
            None => "would count as independent",
            Some(left) if left.contains("via") => "which `s2` repeated",
            Some(_) => "",
        };
        assert!(said.contains(word), "{said}");
    }
}

/// What is said of the record that stays means what it meant; what it is given is said.
#[test]
fn a_merge_gives_no_scale_to_what_was_said_without() {
    let n =
        "actors: {\"n\": (name: \"N\", kind: State, power: 2), \"m\": (name: \"M\", kind: State)},";
    let issues = |d: &str, e: &str| {
        format!("{n} issues: {{\"d\": (name: \"D\"{d}), \"e\": (name: \"D\"{e})}}")
    };
    for field in [
        "levels: 2",
        "scale: (from: 0, to: 10)",
        "question: \"?\"",
        "outcome: 1",
    ] {
        let with = format!(", {field}");
        let (done, graph, said) = edited(&[&issues("", &with)], &["merge", "e", "d"]);
        assert!(done && !graph.contains(field), "{graph}");
        assert!(
            said.contains(&format!("`e` said `{field}`, which is not kept")),
            "{said}"
        );
        let (done, graph, said) = edited(&[&issues(&with, "")], &["merge", "e", "d"]);
        assert!(done && graph.contains(field), "{graph}");
        assert!(
            said.contains(&format!(
                "what was said of `e` is now under `{field}` of `d`"
            )),
            "{said}"
        );
    }
    let (_, graph, said) = edited(&[n], &["merge", "n", "m"]);
    assert!(graph.contains("power: 2"), "{graph}");
    assert!(said.contains("`m` now has `power: 2` of `n`"), "{said}");
    let letter = "meetings: {\"a\": (title: \"A\", status: Held), \"b\": (title: \"A\", status: Held, kind: Letter)}";
    let (_, graph, said) = edited(&[letter], &["merge", "b", "a"]);
    assert!(
        !graph.contains("Letter") && said.contains("`kind: Letter`, which is not kept"),
        "{graph}{said}"
    );
}

/// What would refer to itself once two are one is not kept, and what told them apart stays: either is said, with its place.
#[test]
fn what_told_two_apart_that_are_one_is_named() {
    let desk = Desk::new();
    let two = r#"        "n2": (name: "EU", kind: State, speaks_for: ["north", "union"]),
        "north": (
            name: "Northland",
            kind: State,
            aliases: [
                "the North", // in the south
            ],
            speaks_for: ["n2"], // or not
        ),
"#;
    let north = "        \"north\": (name: \"Northland\", kind: State, aliases: [\"the North\"]), // colder\n";
    fs::write(desk.path("graph.ron"), GRAPH.replace(north, two)).unwrap();
    let more = r#"Graph(
    meetings: {
        "call": (title: "A call", status: Held, participants: ["n2", "north"]),
        "visit": (title: "A visit", status: Held, participants: ["n2", "south"], host: "north", invited: ["north"]),
    },
    stances: [
        (
            actor: [
                "north",
                "n2", // both
            ],
            issue: "pact",
            position: Opposes,
        ),
        (actor: "north", issue: "pact", position: Opposes, said_by: "n2"),
    ],
    ties: [(from: "n2", to: "north", kind: Ally), (from: "n2", to: "south", kind: Ally)],
)
"#;
    fs::write(desk.path("more.ron"), more).unwrap();
    let merged = desk.run(&["merge", "n2", "north"]);
    assert_eq!(
        String::from_utf8_lossy(&merged.stderr),
        "note: graph.ron:7: `n2` named `north` in `speaks_for`, which is not kept: it would name itself\n\
         note: graph.ron:14: `north` named `n2` in `speaks_for`, which is not kept: it would name itself\n\
         note: more.ron:3: this meeting was between the two: `north` is now its only participant\n\
         note: more.ron:4: this meeting told the two apart, in `participants` and `invited`: both are now `north`\n\
         note: more.ron:15: this stance told the two apart, in `actor` and `said_by`: both are now `north`\n\
         note: more.ron:17: this tie told the two apart, in `from` and `to`: both are now `north`\n"
    );
    let [graph, more] = desk.texts();
    assert!(
        graph.contains("        // or not\n        \"north\": ("),
        "{graph}"
    );
    assert!(
        graph.contains("\"the North\", // in the south\n                \"EU\",\n"),
        "{graph}"
    );
    assert!(
        graph.contains("speaks_for: \"union\"") && !graph.contains("n2"),
        "{graph}"
    );
    assert!(
        more.contains("        // both\n        (\n            actor: [\n                \"north\",\n            ],\n"),
        "{more}"
    );
    assert!(
        more.contains("(from: \"north\", to: \"north\", kind: Ally)") && !more.contains("n2"),
        "{more}"
    );
    // A field of one reference goes with it.
    fs::write(
        desk.path("more.ron"),
        r#"Graph(issues: { "b": (name: "B"), "a": (name: "A", part_of: "b", note: "n") })"#,
    )
    .unwrap();
    let merged = desk.run(&["merge", "b", "a"]);
    assert_eq!(
        String::from_utf8_lossy(&merged.stderr),
        "note: more.ron:1: `a` named `b` in `part_of`, which is not kept: it would name itself\n"
    );
    assert_eq!(
        desk.texts()[1],
        r#"Graph(issues: { "a": (name: "A", aliases: ["B"], note: "n") })"#
    );
}

#[test]
fn comments_go_where_their_record_goes() {
    let desk = Desk::new();
    let [graph, more] = desk.edit(&["move", "south", "more.ron"]);
    let south = "        // Warmer.\n        \"south\": (name: \"Southland\", kind: State),\n";
    assert_eq!(graph, GRAPH.replace(south, ""));
    assert!(
        more.contains(&format!("    actors: {{\n{south}    }},\n")),
        "{more}"
    );
    let [graph, more] = desk.edit(&["move", "north", "more.ron"]);
    let north = "        \"north\": (name: \"Northland\", kind: State, aliases: [\"the North\"]), // colder\n";
    assert!(
        !graph.contains("colder") && more.contains(&format!("{south}{north}    }},\n")),
        "{graph}{more}"
    );
    // As it was laid out, in a text with other line breaks.
    fs::write(
        desk.path("graph.ron"),
        graph.replace('\n', "\r\n").replace("    ", "\t"),
    )
    .unwrap();
    let [graph, more] = desk.edit(&["move", "more.ron:9", "graph.ron"]);
    let stance = "\t\t(\r\n\t\t    actor: [\"north\", \"south\"], /* both */\r\n\t\t    issue: \"pact\",\r\n";
    assert!(
        graph.contains(stance)
            && !graph.replace("\r\n", "").contains('\n')
            && !more.contains("both"),
        "{graph:?}"
    );

    let desk = Desk::new();
    let heads = "        // States.\n        \"east\": (name: \"E\", kind: State),\n        \"west\": (name: \"W\", kind: State),\n";
    let before = GRAPH.replace(
        "    },\n    issues",
        &format!("\n{heads}    }},\n    issues"),
    );
    fs::write(desk.path("graph.ron"), &before).unwrap();
    let east = desk.run(&["remove", "east"]);
    assert!(String::from_utf8_lossy(&east.stderr).contains("the comment above it stays"));
    assert_eq!(
        desk.texts()[0],
        before.replace("        \"east\": (name: \"E\", kind: State),\n", "")
    );
    let west = desk.run(&["remove", "west"]);
    assert!(
        String::from_utf8_lossy(&west.stdout)
            .ends_with("removed an actor with the comment above it\n")
    );
    assert_eq!(desk.texts()[0], GRAPH);
    desk.edit(&[
        "add",
        "actor",
        "n2",
        "--name",
        "The north",
        "--kind",
        "State",
        "--anyway",
    ]);
    let text = desk.texts()[0].replace(
        "        \"n2\": (",
        "        // Or not?\n        \"n2\": ( /* a \"slip\" */ ",
    );
    fs::write(desk.path("graph.ron"), text).unwrap();
    assert_eq!(
        desk.edit(&["merge", "n2", "north"])[0],
        GRAPH.replacen(
            "        \"north\"",
            "        // Or not?\n        /* a \"slip\" */\n        \"north\"",
            1
        )
    );
}

#[test]
fn line_breaks_and_indents_are_those_of_the_file() {
    let desk = Desk::new();
    let windows = MORE.replace('\n', "\r\n").replace("    ", "\t");
    fs::write(desk.path("more.ron"), &windows).unwrap();
    let long =
        "a text that is so long that the record can't stand on one line, as the formatter has it"
            .to_owned();
    let [_, more] = desk.edit(&[
        "add",
        "stance",
        "--actor",
        "north",
        "--issue",
        "pact",
        "--position",
        "Opposes",
        "--summary",
        &long,
    ]);
    let added = format!(
        "\r\n\t\t(\r\n\t\t\tactor: \"north\",\r\n\t\t\tissue: \"pact\",\r\n\t\t\tposition: Opposes,\r\n\t\t\tsummary: \"{long}\",\r\n\t\t),"
    );
    assert_eq!(
        more,
        windows.replacen("\t\t),\r\n\t],", &format!("\t\t),{added}\r\n\t],"), 1)
    );
    let [_, more] = desk.edit(&[
        "add",
        "fact",
        "f",
        "--text",
        "It is so.",
        "--about",
        "pact",
        "--file",
        "./more.ron",
    ]);
    assert!(
        more.ends_with("],\r\n\r\n\tfacts: {\r\n\t\t\"f\": (text: \"It is so.\", about: [\"pact\"]),\r\n\t},\r\n)\r\n"),
        "{more:?}"
    );
    assert!(!more.replace("\r\n", "").contains('\n'));
}

#[test]
fn a_new_graph_is_without_a_fault() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_demarche"))
            .current_dir(folder.path())
            .args(arguments)
            .output()
            .unwrap()
    };
    let made = run(&["new", "de/marche \"x\""]);
    assert!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
    let check = run(&["-g", "de/marche \"x\"", "check", "--strict"]);
    assert!(
        check.status.success() && check.stdout.is_empty(),
        "{}",
        String::from_utf8_lossy(&check.stdout)
    );
    assert!(run(&["fmt", "--check", "de"]).status.success());
    let moved = run(&[
        "-g",
        "de/marche \"x\"",
        "move",
        "minister",
        "de/marche \"x\"/people.ron",
    ]);
    assert!(
        moved.status.success(),
        "{}",
        String::from_utf8_lossy(&moved.stderr)
    );
    let check = run(&["-g", "de/marche \"x\"", "check", "--strict"]);
    assert!(check.status.success() && run(&["fmt", "--check", "de"]).status.success());
    let again = run(&["new", "de/marche \"x\""]);
    assert!(String::from_utf8_lossy(&again.stderr).contains("already holds a graph"));
}

/// What `--dry-run` shows of a new graph is what is then made.
#[test]
fn a_new_graph_is_shown_before_it_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_demarche"))
            .current_dir(folder.path())
            .args(arguments)
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let shown = run(&["new", "fisheries", "--dry-run"]);
    assert!(!folder.path().join("fisheries").exists());
    run(&["new", "fisheries"]);
    let mut made = String::new();
    for name in ["graph.ron", ".gitattributes", ".gitignore"] {
        made += &fs::read_to_string(folder.path().join("fisheries").join(name)).unwrap();
    }
    let added = shown.lines().filter(|line| !line.starts_with("+++"));
    let added: Vec<&str> = added.filter_map(|line| line.strip_prefix('+')).collect();
    assert_eq!(added, made.lines().collect::<Vec<_>>());
    assert!(shown.contains("+++ b/fisheries/.gitattributes"), "{shown}");
}

/// On a terminal, what is missing is asked for; Tab completes.
#[cfg(all(unix, feature = "prompts"))]
#[test]
fn what_is_missing_is_asked_for() {
    if !Command::new("python3")
        .arg("--version")
        .output()
        .is_ok_and(|output| output.status.success())
    {
        println!("skipped: python3, which plays the terminal, is not installed");
        return;
    }
    let desk = Desk::new();
    let talk = |arguments: &[&str], talk: &[&str]| {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/edit/terminal.py");
        let mut command = Command::new("python3");
        command
            .current_dir(desk.folder.path())
            .arg(script)
            .args(talk)
            .args(["--", env!("CARGO_BIN_EXE_demarche")]);
        let output = command
            .args(["-g", "graph.ron", "add"])
            .args(arguments)
            .output()
            .unwrap();
        (
            output.status.code(),
            String::from_utf8_lossy(&output.stderr).into_owned(),
        )
    };
    let (code, said) = talk(
        &["stance"],
        &[
            ("actor (", "colder, the n\t"),
            ("(Northland)", "\r"),
            ("no actor is called `colder`", ""),
            ("actor (", "sou\t, the nor\t"),
            ("(Northland)", "\r"),
            ("issue (", "p\t"),
            ("(A pact)", "\r"),
            ("position (", "strong\t"),
            ("StronglyOpposes", "o\t\r"),
            ("summary (", "na\u{ef}ve \"words\"\r"),
            ("quote (", "\r"),
            ("date (", "2024-5\r"),
            ("not a date", ""),
            ("date (", "2024-05\r"),
            ("source (", "no\t\r"),
            ("at (", "p. 3\r"),
            ("added a stance", ""),
        ]
        .map(|(shown, typed)| [shown, typed])
        .concat(),
    );
    assert_eq!(code, Some(0), "{said}");
    let [graph, more] = desk.texts();
    assert_eq!(graph, GRAPH);
    for line in [
        "actor: [\"south\", \"north\"],",
        "position: StronglyOpposes,",
        "summary: \"na\u{ef}ve \\\"words\\\"\",",
        "date: \"2024-05\",",
        "source: \"note\",",
        "at: \"p. 3\",",
    ] {
        assert!(more.contains(line), "{line} in {more}");
    }

    // One that is there already is offered; what is broken off is not written.
    let (code, said) = talk(
        &["actor", "--kind", "State"],
        &["name (", "SOUTHLAND\r", "this is already `south`", "\r"],
    );
    assert_eq!((code, desk.texts()), (Some(2), [graph, more]), "{said}");
    let (code, said) = talk(
        &["actor"],
        &[
            "name (",
            "Eastland\r",
            "kind (",
            "\u{3}",
            "nothing was added",
            "",
        ],
    );
    assert_eq!((code, desk.texts()[0].as_str()), (Some(2), GRAPH), "{said}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Any text survives being written, quotation marks, line breaks and control characters too.
    #[test]
    fn any_text_reads_back_as_it_was(text in any::<String>(), more in "[\"\\\\\r\n\t\u{0}\u{1b}\u{85}\u{2028}'#a]{0,12}") {
        for text in [text, more] {
            prop_assert_eq!(&ron::from_str::<String>(&quoted(&text)).unwrap(), &text);
            let texts = [Text { name: "a.ron".to_owned(), text: "Graph()".to_owned() }];
            let fields = vec![("text", quoted(&text)), ("tags", format!("[{}]", quoted(&text)))];
            let record = NewRecord { kind: RecordKind::Fact, id: Some("f".to_owned()), fields };
            let splices = edit::add(&texts, FileId(0), &record).unwrap();
            let after = spliced(&texts, &splices).remove(&FileId(0)).unwrap();
            prop_assert!(!after.chars().any(|c| c.is_control() && c != '\n'), "{after:?}");
            let (document, mistakes) = Document::read(&after, FileId(0));
            prop_assert!(mistakes.is_empty(), "{after}");
            prop_assert_eq!(&document.facts.0[0].1.text, &text);
            prop_assert_eq!(&document.facts.0[0].1.tags[0], &text);
        }
    }
}

/// Numbers that look random, the same on every run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// An edit of two folders that is killed between them is named by every command that reads a file of either, and finished
/// by the next edit in either.
/// A graph whose second file lies in a folder of its own.
fn two_folders() -> Desk {
    let desk = Desk::new();
    fs::create_dir(desk.path("sub")).unwrap();
    fs::rename(desk.path("more.ron"), desk.path("sub/more.ron")).unwrap();
    fs::write(
        desk.path("graph.ron"),
        GRAPH.replace("\"more.ron\"", "\"sub/*.ron\""),
    )
    .unwrap();
    desk
}

fn texts_of_both(desk: &Desk) -> [String; 2] {
    ["graph.ron", "sub/more.ron"].map(|name| fs::read_to_string(desk.path(name)).unwrap())
}

#[test]
fn a_killed_edit_is_named_in_every_folder_it_touches() {
    let desk = two_folders();
    let texts = || texts_of_both(&desk);
    let files = || ["", "sub"].map(|name| fs::read_dir(desk.path(name)).unwrap().count());
    let said = |output: Output| String::from_utf8_lossy(&output.stderr).into_owned();
    for (nth, finishes) in [
        &["-g", "graph.ron", "set", "pact", "name", "A treaty"][..],
        &["fmt", "sub"],
    ]
    .iter()
    .enumerate()
    {
        let (old, new) = (["north", "norrland"][nth], ["norrland", "nord"][nth]);
        let before = texts();
        let whole = desk.run(&["rename", old, new]);
        assert!(whole.status.success(), "{}", said(whole));
        let after = texts();
        half_done(&desk, &format!("rename {old} {new}"), &before, &after);
        let edit = format!("`rename {old} {new}` was interrupted: `more.ron` still to be written");
        let again = "sub/more.ron";
        for reads in [
            &["list", "actors", "-g", "graph.ron"][..],
            &["list", "actors", "-g", "sub"],
            &["check", "sub"],
            &["fmt", "--check", again],
            &["fmt", "--diff", "sub"],
            &["diff", again, again],
            &["diff", "--from", "2024-01-01", "-g", again],
            &["draw", "-g", "sub", "-o", "out.dot"],
            &[
                "set",
                "pact",
                "name",
                "A treaty",
                "--dry-run",
                "-g",
                "graph.ron",
            ],
        ] {
            let output = desk.bare(reads).output().unwrap();
            let said = String::from_utf8_lossy(&output.stdout).into_owned() + &said(output);
            assert_eq!(said.matches(&edit).count(), 1, "{reads:?}: {said}");
        }
        // Between two files it is half a graph.
        let list = ["list", "actors", "--format", "json", "-g", "graph.ron"];
        let half = desk.bare(&list).output().unwrap();
        assert_eq!((half.status.code(), half.stdout.len()), (Some(2), 0));
        let partial = desk
            .bare(&[&list[..], &["--partial"]].concat())
            .output()
            .unwrap();
        let partial = String::from_utf8(partial.stdout).unwrap();
        assert!(
            partial.contains("was interrupted: `more.ron` still to be written"),
            "{partial}"
        );
        let _ = fs::remove_file(desk.path("out.dot"));
        let said = said(desk.bare(finishes).output().unwrap());
        assert!(said.contains("it is now finished"), "{finishes:?}: {said}");
        assert!(
            texts()[1].contains(&format!("\"{new}\"")),
            "{finishes:?}: {said}"
        );
        assert_eq!(files(), [2, 1], "something is left behind");
    }
}

/// Of an edit that was killed between files which were changed since, nothing is done and nothing is told, until a person has
/// seen to it in one of the ways that are named.
#[test]
fn half_an_edit_stays_half_until_somebody_sees_to_it() {
    type SeeToIt<'w> = &'w dyn Fn(&Desk, &[String; 2]);
    let ways: [(&str, SeeToIt<'_>); 4] = [
        ("do the rest by hand", &|desk, after| {
            fs::write(desk.path("sub/more.ron"), after[1].clone() + "// so\n").unwrap();
            fs::remove_file(desk.path("sub/.more.ron.edit")).unwrap();
        }),
        ("put what it made in place", &|desk, _| {
            fs::rename(desk.path("sub/.more.ron.edit"), desk.path("sub/more.ron")).unwrap();
        }),
        ("take it back", &|desk, after| {
            let back = after[0].replace("nord", "north");
            fs::write(desk.path("graph.ron"), back).unwrap();
        }),
        ("say that all is right", &|desk, after| {
            // An id that the other file still has.
            fs::write(
                desk.path("graph.ron"),
                after[0].replace("nord", "north") + "//\n",
            )
            .unwrap();
            for name in [".demarche-edit", "sub/.demarche-edit", "sub/.more.ron.edit"] {
                fs::remove_file(desk.path(name)).unwrap();
            }
        }),
    ];
    for (name, see_to_it) in ways {
        let desk = two_folders();
        let before = texts_of_both(&desk);
        assert!(desk.run(&["rename", "north", "nord"]).status.success());
        let after = texts_of_both(&desk);
        half_done(&desk, "rename north nord", &before, &after);
        let saved = [after[0].clone() + "// saved\n", before[1].clone()];
        fs::write(desk.path("graph.ron"), &saved[0]).unwrap();
        let add = ["add", "fact", "f", "--text", "So", "--about", "pact"];
        for _ in 0..2 {
            for command in [
                &["list", "actors", "-g", "graph.ron"][..],
                &["list", "actors", "-g", "sub"],
                &["fmt", "graph.ron"],
                &["fmt", "sub"],
                &["-g", "graph.ron", "rename", "north", "nord"],
                &[&["-g", "sub"], &add[..]].concat(),
                &[&["-g", "graph.ron"], &add[..], &["--dry-run"]].concat(),
                &["check", "graph.ron"],
            ] {
                let output = desk.bare(command).output().unwrap();
                let said =
                    String::from_utf8_lossy(&[output.stderr, output.stdout].concat()).into_owned();
                let code = if command[0] == "check" { 1 } else { 2 };
                assert_eq!(output.status.code(), Some(code), "{command:?}: {said}");
                let edit =
                    "`rename north nord` was interrupted between files that have changed since";
                assert_eq!(said.matches(edit).count(), 1, "{command:?}: {said}");
                assert!(!said.contains("in the way"), "{command:?}: {said}");
                for journal in ["/.demarche-edit`", "sub/.demarche-edit`"] {
                    let journal = journal.trim_start_matches('/');
                    assert!(said.contains(journal), "{command:?}: {said}");
                }
                assert_eq!(texts_of_both(&desk), saved, "{command:?}");
            }
        }
        see_to_it(&desk, &after);
        let list = desk.run(&["list", "actors"]);
        let said = String::from_utf8_lossy(&list.stderr).into_owned();
        assert_eq!(list.status.code(), Some(0), "{name}: {said}");
        let output = desk.run(&add);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{name}: {said}");
        let left = ["", "sub"].map(|folder| fs::read_dir(desk.path(folder)).unwrap().count());
        assert_eq!(left, [2, 1], "{name}: {said}");
    }
}

/// Whoever types the same again after a kill hears that it is done; another edit is made.
#[test]
fn an_edit_that_is_typed_again_is_done_once() {
    let edits: [&[&str]; 5] = [
        &["rename", "north", "nord"],
        &["merge", "north", "south"],
        &["remove", "north", "--with-references"],
        &["set", "north", "name", "North land"],
        &[
            "add",
            "stance",
            "--actor",
            "north",
            "--issue",
            "pact",
            "--position",
            "Opposes",
        ],
    ];
    for (nth, edit) in edits.iter().enumerate() {
        let desk = two_folders();
        let before = texts_of_both(&desk);
        let whole = desk.run(edit);
        assert!(
            whole.status.success(),
            "{}",
            String::from_utf8_lossy(&whole.stderr)
        );
        let after = texts_of_both(&desk);
        let name = match nth {
            3 => "set north name 'North land'".to_owned(),
            _ => edit.join(" "),
        };
        half_done(&desk, &name, &before, &after);
        let again = desk.run(edit);
        let [printed, said] =
            [again.stdout, again.stderr].map(|said| String::from_utf8(said).unwrap());
        assert_eq!(again.status.code(), Some(0), "{said}");
        assert_eq!(printed, "that was this command: nothing is left to do\n");
        assert_eq!(
            said,
            format!("note: `{name}` was interrupted: it is now finished\n")
        );
        assert_eq!(texts_of_both(&desk), after);
    }
    let desk = two_folders();
    let before = texts_of_both(&desk);
    let set = |name: &str| desk.run(&["set", "north", "name", name]);
    assert!(set("One").status.success());
    half_done(&desk, "set north name One", &before, &texts_of_both(&desk));
    assert!(set("Two").status.success());
    assert!(texts_of_both(&desk)[0].contains("\"Two\""));
}

/// Puts things as an edit leaves them that is killed when it has put the first of two new texts in its place.
fn half_done(desk: &Desk, edit: &str, before: &[String; 2], after: &[String; 2]) {
    let planned = |name: &str, nth: usize| {
        let [before, after] = [before, after]
            .map(|texts| hexadecimal(&hmac_sha256::Hash::hash(texts[nth].as_bytes())));
        format!("(name:{name:?},before:Some({before:?}),after:{after:?})")
    };
    let marked = |plan: String| {
        let mark = |text: &str| hexadecimal(&hmac_sha256::HMAC::mac(text, SECRET));
        let ready = format!("ready {}\n", mark(&format!("{plan}\nready")));
        (format!("{plan}\n{}\n", mark(&plan)), mark(&plan), ready)
    };
    let (first, mark, ready) = marked(format!(
        "(by:\"\",edit:{edit:?},files:[{}],elsewhere:[{}],first:None,others:[\"sub\"])",
        planned("graph.ron", 0),
        planned("sub/more.ron", 1)
    ));
    let (other, ..) = marked(format!(
        "(by:\"\",edit:{edit:?},files:[{}],elsewhere:[{}],first:Some((folder:\"..\",mark:{mark:?})),others:[])",
        planned("more.ron", 1),
        planned("../graph.ron", 0)
    ));
    fs::write(desk.path(".demarche-edit"), first + &ready).unwrap();
    fs::write(desk.path("sub/.demarche-edit"), other).unwrap();
    fs::write(desk.path("sub/more.ron"), &before[1]).unwrap();
    fs::write(desk.path("sub/.more.ron.edit"), &after[1]).unwrap();
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn a_killed_edit_leaves_every_file_whole() {
    killed(&Desk::new(), ["graph.ron", "more.ron", "most.ron"], 500);
}

#[test]
fn a_killed_edit_leaves_every_file_of_two_folders_whole() {
    let desk = Desk::new();
    fs::create_dir(desk.path("sub")).unwrap();
    fs::remove_file(desk.path("more.ron")).unwrap();
    killed(&desk, ["graph.ron", "sub/more.ron", "sub/most.ron"], 60);
}

/// Kills edits of three files, each time at a random moment of the whole or of when new texts are put in their places, and
/// does the same edit again until it is done, killed again, too. Each file is always whole, an edit that was half done is
/// named by the next command, and finished by the next edit.
fn killed(desk: &Desk, files: [&str; 3], kills: u32) {
    let actor = |id: u32| format!("\"a{id}\": (name: \"A\", kind: State),");
    let stance = |id: u32| {
        format!("(actor: \"a{id}\", issue: \"pact\", position: Supports, source: \"note\"),\n")
    };
    let texts = |id: u32| {
        [
            GRAPH
                .replace("more.ron", &files[1].replace("more", "m*"))
                .replace("actors: {", &format!("actors: {{ {}", actor(id))),
            MORE.replace(
                "stances: [",
                &format!("stances: [\n{}", stance(id).repeat(100)),
            ),
            format!("Graph(stances: [\n{}])\n", stance(id).repeat(100)),
        ]
    };
    let paths = files.map(|name| desk.path(name));
    for (path, text) in paths.iter().zip(texts(0)) {
        fs::write(path, text).unwrap();
    }
    let rename = |id: u32| {
        [
            "rename".to_owned(),
            format!("a{id}"),
            format!("a{}", id + 1),
        ]
    };
    let command = |id: u32| desk.command(&rename(id).each_ref().map(String::as_str));
    // How long an edit takes that nobody kills.
    let timed = |id: u32| {
        let start = std::time::Instant::now();
        assert!(command(id).output().unwrap().status.success());
        start.elapsed().as_micros() as u64
    };
    let whole = (0..5).map(timed).min().unwrap();
    let is_ready = || {
        fs::read_to_string(desk.path(".demarche-edit"))
            .is_ok_and(|journal| journal.contains("\nready "))
    };
    let mut random = Random(42);
    let (mut id, mut halfway) = (5, 0);
    for nth in 0..kills {
        let mut child = command(id)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        if nth % 2 == 0 {
            std::thread::sleep(Duration::from_micros(random.below(whole * 5 / 4)));
        } else {
            while !is_ready() && child.try_wait().unwrap().is_none() {
                std::thread::sleep(Duration::from_micros(50));
            }
            std::thread::sleep(Duration::from_micros(random.below(whole / 8)));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let [old, new] = [texts(id), texts(id + 1)];
        let now = paths
            .each_ref()
            .map(|path| fs::read_to_string(path).unwrap());
        let is_new: Vec<bool> = (0..3).map(|nth| now[nth] == new[nth]).collect();
        for nth in (0..3).filter(|nth| !is_new[*nth]) {
            assert!(
                now[nth] == old[nth],
                "{} is neither old nor new",
                paths[nth].display()
            );
        }
        if is_new.contains(&true) && is_new.contains(&false) {
            halfway += 1;
            let edit = format!("`{}` was interrupted", rename(id).join(" "));
            let reads = [
                "list",
                "actors",
                "-g",
                files[if halfway % 2 == 0 { 0 } else { 2 }],
            ];
            let said =
                String::from_utf8_lossy(&desk.bare(&reads).output().unwrap().stderr).into_owned();
            assert!(said.contains(&edit), "{reads:?}: {said}");
        }
        id += u32::from(!is_new.contains(&false));
    }
    // The last is done, or the next edit finds it and finishes it, or it is done now.
    let said = String::from_utf8_lossy(&command(id).output().unwrap().stderr).into_owned();
    assert!(
        paths
            .each_ref()
            .map(|path| fs::read_to_string(path).unwrap())
            == texts(id + 1),
        "an edit got lost: {said}"
    );
    let folders: BTreeSet<&Path> = paths.iter().filter_map(|path| path.parent()).collect();
    let left: usize = folders
        .iter()
        .map(|folder| fs::read_dir(folder).unwrap().count())
        .sum();
    assert_eq!(
        left,
        3 + folders.len() - 1,
        "something is left behind: {said}"
    );
    println!("{kills} kills of {id} edits, {halfway} of them between two files");
}

#[test]
fn edits_at_the_same_time_do_not_lose_one() {
    let desk = Desk::new();
    let children: Vec<_> = (0..12)
        .map(|nth| {
            let (id, text) = (format!("f{nth}"), format!("Fact {nth}."));
            desk.command(&["add", "fact", &id, "--text", &text, "--about", "pact"])
                .stdout(Stdio::null())
                .spawn()
                .unwrap()
        })
        .collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let [graph, _] = desk.texts();
    assert_eq!(graph.matches("Fact ").count(), 12);
    assert!(desk.run(&["check"]).status.success());
}

/// The program as a user that may not write everywhere; none where that can't be had.
#[cfg(unix)]
fn as_nobody(desk: &Desk, arguments: &[&str]) -> Option<Output> {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let program = tempfile::tempdir().unwrap();
    let copy = program.path().join("demarche");
    fs::copy(env!("CARGO_BIN_EXE_demarche"), &copy).unwrap();
    for path in [program.path(), &copy] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let mut command = Command::new(&copy);
    command
        .current_dir(desk.folder.path())
        .args(["-g", "graph.ron"])
        .args(arguments)
        .uid(65534)
        .gid(65534);
    command.output().ok()
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_read_only_is_said_to_be() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    fs::set_permissions(desk.folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let Some(output) = as_nobody(&desk, &["rename", "south", "sud"]) else {
        println!("skipped: only the superuser can be somebody else");
        return;
    };
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        !output.status.success() && said.contains("permission denied; nothing was changed"),
        "{said}"
    );
    assert_eq!(desk.texts(), [GRAPH.to_owned(), MORE.to_owned()]);
}

/// On a disk of its own, small enough to be filled.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_to_be() {
    let folder = tempfile::tempdir().unwrap();
    let mounted = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=128k", "tmpfs"])
        .arg(folder.path())
        .output();
    if !mounted.is_ok_and(|mounted| mounted.status.success()) {
        println!("skipped: no disk of its own can be mounted");
        return;
    }
    let full = fill_and_edit(folder.path());
    Command::new("umount").arg(folder.path()).output().unwrap();
    let (output, texts, left) = full;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        !output.status.success() && said.contains("the disk is full; nothing was changed"),
        "{said}"
    );
    assert_eq!(texts, [GRAPH.to_owned(), MORE.to_owned()]);
    assert_eq!(left, 3);
}

#[cfg(target_os = "linux")]
fn fill_and_edit(folder: &Path) -> (Output, [String; 2], usize) {
    use std::io::Write;
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    fs::write(folder.join("graph.ron"), GRAPH).unwrap();
    fs::write(folder.join("more.ron"), MORE).unwrap();
    let mut filler = fs::File::create(folder.join("filler")).unwrap();
    while filler.write_all(&[0; 512]).is_ok() {}
    let output = Command::new(env!("CARGO_BIN_EXE_demarche"))
        .current_dir(folder)
        .args(["-g", "graph.ron", "rename", "south", "sud"])
        .output()
        .unwrap();
    (
        output,
        [read("graph.ron"), read("more.ron")],
        fs::read_dir(folder).unwrap().count(),
    )
}

#[test]
fn what_is_named_is_found_as_questions_find_it_and_a_late_date_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.ron");
    let graph = "Graph(\n    as_of: \"2024-01-31\",\n    actors: { \"a\": (name: \"Jörg Müller\", kind: Person) },\n    \
                 issues: { \"p\": (name: \"P\", question: \"Q?\") },\n)\n";
    fs::write(&file, graph).unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_demarche"));
        command.current_dir(folder.path()).args(["-g", "a.ron"]);
        let output = command.args(arguments).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    let add = |date: &str| {
        let stance = ["add", "stance", "--actor", "joerg mueller", "--issue", "P"];
        run(&[&stance[..], &["--position", "Supports", "--date", date]].concat())
    };
    assert!(!add("2024-01-30").contains("note:"));
    let told = add("2024-05-01");
    assert!(
        told.contains("`as_of`, 2024-01-31: it does not count"),
        "{told}"
    );
    run(&["set", "JORG MULLER", "role", "clerk"]);
    let written = fs::read_to_string(&file).unwrap();
    assert!(
        written.contains("actor: \"a\"") && written.contains("role: \"clerk\""),
        "{written}"
    );
}
