//! What a terminal would obey, or nobody would see, is in every field that holds words, in names of files and in what is
//! typed: none of it comes out of any command.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that fails may panic"
)]

use demarche::words::is_obeyed;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// A colour that we never paint with, and one that we do, a cleared screen, the end of a line written over, and each mark that turns the
/// direction of writing or is not seen.
const UNSEEN: &str = "\u{1b}[35m\u{1b}[2J\r\u{7}\u{8}\u{7f}\u{9b}31m\u{61c}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2028}\u{2066}\u{2067}\u{2068}\u{2069}\u{2060}\u{feff}\u{e0041}ad\u{200b}min\u{1b}[31m§red";

/// What scripts and emoji need.
const NEEDED: &str = "👩\u{200d}👧 می\u{200c}خواهم";

/// A graph with a `~` in every field that holds words.
const GRAPH: &str = r#"Graph(
    title: "graph~", note: "note~",
    sources: {
        "s": (title: "source~", publisher: "publisher~", date: "2024-05-01", url: "https://example.org/~", note: "note~", tags: ["tag~"]),
        "t": (title: "other~", date: "2024-05-02", via: "s", note: "note~"),
    },
    actors: {
        "a": (name: "Aland~", kind: State, aliases: ["alias~"], role: "role~", note: "note~", tags: ["tag~"]),
        "b": (name: "Bland~", kind: State, members: ["c"]),
        "c": (name: "Clara~", kind: Person, role: "role~", speaks_for: "a"),
        "d": (name: "Dland~", kind: State),
    },
    issues: {
        "i": (name: "Dam~", question: "question~", aliases: ["dyke~"], scale: (from: 0, to: 10, marks: {2: "low~", 9: "high~"}), note: "note~", tags: ["tag~"]),
        "j": (name: "Ice~", part_of: "i"),
    },
    stances: [
        (actor: "a", issue: "i", position: At(2), toward: "b", summary: "summary~", quote: "quote~", said_by: "c", date: "2024-05-01", source: "s", at: "at~", note: "note~", tags: ["tag~"]),
        (actor: "b", issue: "i", position: At(9), summary: "summary~", date: "2024-05-01", source: ["s", "t"]),
        (actor: "d", issue: "i", position: At(8), date: "2024-05-01", source: "t"),
        (actor: "a", issue: "j", position: Supports, summary: "summary~", date: "2024-05-01", source: "s"),
        (actor: "b", issue: "j", position: Opposes, summary: "summary~", date: "2024-05-01", source: "t"),
        (actor: "d", issue: "j", position: Supports, date: "2024-05-01", source: "s"),
    ],
    meetings: {
        "m": (title: "Talks~", status: Held, date: "2024-06-01", place: "place~", participants: ["a", "b", "c"], invited: ["d"], topics: ["i"],
            earlier: [(status: Postponed, date: "2024-05-20", because: "because~", quote: "quote~", source: "s", at: "at~", note: "note~")],
            because: "because~", outcome: "outcome~", quote: "quote~", said_by: "c", source: "s", at: "at~", note: "note~", tags: ["tag~"]),
    },
    ties: [
        (from: "a", to: "b", kind: Other("kind~"), since: "2024", over: ["i"], quote: "quote~", said_by: "c", source: "s", at: "at~", note: "note~", tags: ["tag~"]),
        (from: "b", to: "d", kind: Ally, source: "s"),
    ],
    facts: { "f": (text: "fact~", about: ["a", "i"], date: "2024-05-01", quote: "quote~", source: "s", at: "at~", note: "note~", tags: ["tag~"]) },
)
"#;

const QUESTIONS: &[&[&str]] = &[
    &["list"],
    &["list", "actors"],
    &["list", "issues"],
    &["list", "meetings"],
    &["list", "sources"],
    &["list", "ties"],
    &["list", "stances"],
    &["list", "facts"],
    &["show", "a"],
    &["show", "i"],
    &["show", "m"],
    &["show", "s"],
    &["show", "f"],
    &["positions"],
    &["positions", "--all", "--why"],
    &["meetings"],
    &["path", "c", "d", "--through", "all"],
    &["path", "c", "d", "--through", "ties"],
    &["compare", "a", "b"],
    &["balance"],
    &["brokers"],
    &["forecast"],
    &["history", "a"],
    &["history", "i"],
    &["timeline", "--why"],
    &["evidence", "--why"],
    &["evidence", "--source", "s"],
    &["evidence", "--exclude-source", "s"],
    &["matrix"],
    &["matrix", "positions"],
    &["camps", "--why"],
    &["camps", "i"],
    &["common"],
    &["find", "note", "--why"],
];

struct Ran {
    stdout: String,
    stderr: String,
}

fn run(folder: &Path, arguments: &[&str]) -> Ran {
    let output = Command::new(env!("CARGO_BIN_EXE_demarche"))
        .args(arguments)
        .current_dir(folder)
        .env("COLUMNS", "80")
        .stdin(Stdio::null())
        .output()
        .expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Ran {
        stdout: text(output.stdout),
        stderr: text(output.stderr),
    }
}

/// A text without the colours and weights that we paint with.
fn unpainted(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (code, rest) = part.split_once('m').unwrap_or_default();
        let is_ours = code.split(';').all(|code| {
            matches!(
                code,
                "0" | "1"
                    | "2"
                    | "4"
                    | "31"
                    | "32"
                    | "33"
                    | "34"
                    | "36"
                    | "91"
                    | "92"
                    | "93"
                    | "94"
                    | "96"
            )
        });
        plain += if is_ours { rest } else { "\u{1b}" };
    }
    plain
}

/// The line of the first character that is not seen, or of a colour that is not ours.
fn unseen(text: &str) -> Option<String> {
    let text = unpainted(&text.replace("\u{1b}[31m§", "\u{1b}§"));
    let at = text.find(|c| is_obeyed(c) && !matches!(c, '\n' | '\t'))?;
    let line = text[..at].rfind('\n').map_or(0, |at| at + 1);
    let line = text[line..].lines().next()?;
    Some(line.escape_debug().to_string())
}

/// Runs a command and says what is wrong with what comes out.
fn complaints(folder: &Path, arguments: &[&str]) -> Vec<String> {
    let ran = run(folder, arguments);
    [("stdout", ran.stdout), ("stderr", ran.stderr)]
        .into_iter()
        .filter_map(|(stream, text)| Some(format!("{arguments:?} {stream}: {}", unseen(&text)?)))
        .collect()
}

/// A folder with the graph, a later one, a broken one and an article, the characters written as they are.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let words = format!(" {NEEDED} {UNSEEN} words");
    let graph = GRAPH.replace('~', &words);
    let write =
        |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("written");
    write("g.ron", &graph);
    write(
        "later.ron",
        &graph.replace("At(9)", "At(1)").replace("role", "office"),
    );
    write(
        "broken.ron",
        &graph
            .replace("source: \"s\"", &format!("source: \"s{UNSEEN}\""))
            .replace("kind: State", &format!("kind: \"{UNSEEN}\""))
            .replace("\"f\":", &format!("\"f{UNSEEN}\":")),
    );
    write("cut.ron", &format!("Graph(title: \"{words}\", {UNSEEN}"));
    write(
        "article.txt",
        &format!(
            "Aland{UNSEEN} supports the Dam{UNSEEN}. Clara said: \"We {UNSEEN} want the Dam.\" Aland and Bland met in Oslo{UNSEEN}."
        ),
    );
    folder
}

#[test]
fn no_question_lets_it_out() {
    let folder = folder();
    let mut wrong = Vec::new();
    for question in QUESTIONS {
        for color in ["always", "never"] {
            for format in ["text", "md", "json", "csv"] {
                // What programs read stays as it is, unless a terminal shows it.
                if (format, color) == ("csv", "never") {
                    continue;
                }
                let mut arguments = vec!["-g", "g.ron", "--color", color, "--format", format];
                arguments.splice(4..4, question.iter().copied());
                wrong.extend(complaints(folder.path(), &arguments));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let json = run(
        folder.path(),
        &["-g", "g.ron", "list", "actors", "--format", "json"],
    )
    .stdout;
    assert!(
        json.contains(NEEDED) && json.contains("\\u202e") && json.contains("\\udb40\\udc41"),
        "{json}"
    );
    let csv = run(
        folder.path(),
        &["-g", "g.ron", "list", "facts", "--format", "csv"],
    )
    .stdout;
    assert!(csv.contains(&UNSEEN[..8]), "{csv:?}");
    // A colour in the words of a graph is none of ours, on a terminal either.
    let red = "Graph(actors: {\"n\": (name: \"No\u{1b}[31mrth\", kind: State)})";
    fs::write(folder.path().join("red.ron"), red).expect("written");
    for format in ["text", "md", "json", "csv"] {
        let arguments = ["-g", "red.ron", "--color", "always", "list", "actors"];
        let told = run(
            folder.path(),
            &[&arguments[..], &["--format", format]].concat(),
        )
        .stdout;
        assert!(!told.contains("\u{1b}[31mrth"), "{told:?}");
    }
    let text = run(folder.path(), &["-g", "g.ron", "show", "a"]).stdout;
    assert!(
        text.contains(NEEDED) && text.contains("␛[35m") && text.contains("ad�min"),
        "{text}"
    );
}

#[test]
fn no_other_command_lets_it_out() {
    let folder = folder();
    let named = format!("no{UNSEEN}");
    let new = format!("new{UNSEEN}.ron");
    fs::copy(folder.path().join("g.ron"), folder.path().join(&new)).expect("copied");
    let commands: &[&[&str]] = &[
        &["check", "g.ron"],
        &["check", "broken.ron"],
        &["check", "broken.ron", "--format", "json"],
        &["check", "broken.ron", "--format", "sarif"],
        &["check", "cut.ron"],
        &["check", &new],
        &["check", &named],
        &["-g", "cut.ron", "list"],
        &["-g", "broken.ron", "list"],
        &["-g", &named, "list"],
        &["-g", &new, "show", "a", "--why"],
        &["-g", "g.ron", "show", &named],
        &["-g", "g.ron", "find", &named],
        &["-g", "g.ron", "--as-of", &named, "list"],
        &["-g", "g.ron", "diff", "later.ron"],
        &["-g", "g.ron", "diff", "later.ron", "--format", "md"],
        &["-g", "g.ron", "diff", "later.ron", "--format", "json"],
        &["-g", "g.ron", "draw"],
        &["-g", "g.ron", "draw", "--format", "mermaid"],
        &["-g", "g.ron", "draw", "--format", "svg"],
        &["-g", "g.ron", "draw", "--format", "html"],
        &[
            "-g", "g.ron", "draw", "--view", "network", "--format", "svg",
        ],
        &["-g", "g.ron", "draw", "--view", "matrix"],
        &["-g", "g.ron", "draw", "--view", "agreement"],
        &["-g", "g.ron", "draw", "--view", "spectrum"],
        &["-g", "g.ron", "draw", "--view", "timeline"],
        &[
            "-g", "g.ron", "draw", "--view", "timeline", "--format", "svg",
        ],
        &["-g", "g.ron", "draw", "-o", &named],
        &["-g", "g.ron", "draw", "--focus", &named],
        &["-g", "g.ron", "draft", "article.txt"],
        &["-g", "g.ron", "draft", &named],
        &["-g", "g.ron", "remove", "a"],
        &["-g", "g.ron", "remove", &named],
        &[
            "-g",
            "g.ron",
            "set",
            "a",
            "role",
            "x",
            "--dry-run",
            "--color",
            "always",
        ],
        &[
            "-g",
            "g.ron",
            "set",
            "a",
            "role",
            &named,
            "--dry-run",
            "--color",
            "always",
        ],
        &[
            "-g",
            "g.ron",
            "rename",
            "a",
            "z",
            "--dry-run",
            "--color",
            "always",
        ],
        &["-g", "g.ron", "rename", "a", &named],
        &[
            "-g",
            "g.ron",
            "remove",
            "f",
            "--dry-run",
            "--color",
            "always",
        ],
        &[
            "-g",
            "g.ron",
            "merge",
            "a",
            "d",
            "--dry-run",
            "--color",
            "always",
        ],
        &["-g", &new, "set", "a", "role", &named],
        &["fmt", "--check", &new],
        &["fmt", "--diff", "--color", "always", "g.ron"],
        &["fmt", "cut.ron"],
        &["fmt", &new],
        &["fmt", &named],
        &["new", &new],
        &["explain", &named],
        &["completions", &named],
        &[&named],
        &["list", &format!("--{named}")],
        &["list", &format!("--format={named}")],
    ];
    let wrong: Vec<String> = commands
        .iter()
        .flat_map(|arguments| complaints(folder.path(), arguments))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // What `patch` and other programs read is as it is in the file.
    let diff = run(
        folder.path(),
        &["-g", "g.ron", "rename", "a", "z", "--dry-run"],
    )
    .stdout;
    assert!(diff.contains("\u{1b}[35m\u{1b}[2J"), "{diff:?}");
}
