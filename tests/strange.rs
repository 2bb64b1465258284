//! Files of other people: names that are not UTF-8, pipes and devices, links that lead round, files too large, an output that
//! can't be written. Nothing hangs, nothing crashes, and what is not read is named.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that fails may panic"
)]
#![allow(clippy::print_stdout, reason = "a test that is skipped says so")]

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// What takes longer than this hangs.
const FOR_EVER: Duration = Duration::from_secs(120);

fn latin1() -> &'static OsStr {
    OsStr::from_bytes(b"caf\xE9.ron")
}

fn graph(id: &str) -> String {
    format!("Graph(actors: {{\"{id}\": (name: \"{id}\", kind: State)}})\n")
}

fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

/// A folder with a graph, and with much that is none.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("in")).unwrap();
    fs::write(at("a.ron"), graph("north")).unwrap();
    fs::write(at("in/b.ron"), graph("south")).unwrap();
    fs::write(folder.path().join(latin1()), graph("west")).unwrap();
    pipe(&at("pipe.ron"));
    drop(UnixListener::bind(at("socket.ron")).unwrap());
    symlink("/dev/zero", at("zero.ron")).unwrap();
    symlink("..", at("in/up")).unwrap();
    symlink(folder.path(), at("in/again")).unwrap();
    folder
}

/// What a command says, if it ends.
fn ended(command: &mut Command) -> Output {
    let mut child = command.spawn().unwrap();
    let since = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if since.elapsed() > FOR_EVER {
            child.kill().unwrap();
            panic!("it hangs: {command:?}");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    child.wait_with_output().unwrap()
}

fn demarche(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_demarche"));
    command
        .current_dir(folder)
        .env_remove("DEMARCHE_GRAPH")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// What is printed, what is said on standard error, and the exit code.
fn run<S: AsRef<OsStr>>(folder: &Path, arguments: &[S]) -> (String, String, i32) {
    let output = ended(demarche(folder).args(arguments));
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    let code = output.status.code().expect("an exit");
    (text(output.stdout), text(output.stderr), code)
}

const PASSED: [&str; 4] = [
    "`caf\\xE9.ron` was passed over: its name is not UTF-8",
    "`pipe.ron` was passed over: it is a pipe, not a file",
    "`socket.ron` was passed over: it is a socket, not a file",
    "`zero.ron` was passed over: it is a device, not a file",
];

#[test]
fn in_a_folder_what_is_no_graph_file_is_passed_over_with_a_word() {
    let folder = folder();
    let (told, _, _) = run(folder.path(), &["check", "."]);
    let (listed, said, code) = run(folder.path(), &["list", "actors", "-g", "."]);
    for passed in PASSED {
        assert_eq!(told.matches(passed).count(), 1, "{told}");
        assert_eq!(said.matches(passed).count(), 1, "{said}");
    }
    assert!(
        listed.contains("north") && listed.contains("south"),
        "{listed}"
    );
    assert!(!listed.contains("west") && code == 0, "{listed}");
    let note = "Files passed over: `caf\\xE9.ron` (its name is not UTF-8); \
                `pipe.ron` (it is a pipe, not a file); `socket.ron` (it is a socket, not a file); 1 more.";
    assert!(listed.contains(note), "{listed}");
    let (json, ..) = run(
        folder.path(),
        &["list", "actors", "-g", ".", "--format", "json"],
    );
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["notes"][0]["text"], note);
    assert_eq!(json["notes"][0]["count"], 4);
    let (picture, ..) = run(folder.path(), &["draw", "-g", ".", "--format", "dot"]);
    assert!(picture.contains("Files passed over: "), "{picture}");
    let (_, said, _) = run(folder.path(), &["fmt", "--check", "."]);
    assert!(PASSED.iter().all(|passed| said.contains(passed)), "{said}");
}

#[test]
fn a_wildcard_passes_over_the_same() {
    let folder = folder();
    let main = folder.path().join("main");
    fs::write(
        &main,
        "Graph(include: [\"*.ron\", \"**/*.ron\", \"**/**/in/*.ron\"])",
    )
    .unwrap();
    let (told, _, code) = run(folder.path(), &["check", "main"]);
    for passed in PASSED {
        assert_eq!(told.matches(passed).count(), 1, "{told}");
    }
    assert!(code == 0 && !told.contains("error["), "{told}");
    let (listed, _, _) = run(folder.path(), &["list", "actors", "-g", "main"]);
    assert!(
        listed.contains("north") && listed.contains("south"),
        "{listed}"
    );
}

#[test]
fn what_is_named_itself_is_passed_over_by_no_wildcard() {
    let folder = tempfile::tempdir().unwrap();
    let including = graph("west").replace("Graph(", "Graph(include: [\"*.ron\"], ");
    fs::write(folder.path().join(latin1()), including).unwrap();
    let arguments = [
        OsStr::new("-g"),
        latin1(),
        OsStr::new("list"),
        OsStr::new("actors"),
    ];
    let (listed, said, _) = run(folder.path(), &arguments);
    assert!(listed.contains("west"), "{said}");
    assert!(!(listed + &said).contains("passed over"), "{said}");
}

#[test]
fn what_is_named_and_is_no_file_is_refused_by_what_it_is() {
    let folder = folder();
    let read = |name: &str| run(folder.path(), &["list", "-g", name]).1;
    assert_eq!(
        read("pipe.ron"),
        "error: can't read `pipe.ron`: it is a pipe, not a file; `-` reads what is piped in\n"
    );
    assert_eq!(
        read("zero.ron"),
        "error: can't read `zero.ron`: it is a device, not a file\n"
    );
    assert_eq!(
        read("/dev/zero"),
        "error: can't read `/dev/zero`: it is a device, not a file\n"
    );
    assert_eq!(
        read("socket.ron"),
        "error: can't read `socket.ron`: it is a socket, not a file\n"
    );
    File::create(folder.path().join("large.ron"))
        .and_then(|file| file.set_len(5 << 30))
        .unwrap();
    assert_eq!(
        read("large.ron"),
        "error: can't read `large.ron`: it is larger than 4 GiB\n"
    );

    let includes = "Graph(include: [\"pipe.ron\", \"zero.ron\", \"large.ron\"])";
    fs::write(folder.path().join("main"), includes).unwrap();
    let texts = "Graph(sources: {\"p\": (title: \"P\", text: \"pipe.ron\"), \"z\": (title: \"L\", text: \"large.ron\")})";
    fs::write(folder.path().join("texts"), texts).unwrap();
    let (told, _, code) = run(folder.path(), &["check", "main"]);
    assert_eq!(code, 1);
    let told = told + &run(folder.path(), &["check", "texts"]).0;
    for expected in [
        "error[include-unreadable]: can't read `pipe.ron`: it is a pipe, not a file",
        "error[include-outside]: `zero.ron` leads out of the folder of the graph",
        "error[include-unreadable]: can't read `large.ron`: it is larger than 4 GiB",
        "`pipe.ron`, can't be read: it is a pipe, not a file",
        "`large.ron`, can't be read: it is larger than 4 GiB",
    ] {
        assert!(told.contains(expected), "{expected}\n{told}");
    }
}

#[test]
fn a_journal_that_is_a_pipe_holds_nobody_up() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.ron"), graph("north")).unwrap();
    pipe(&folder.path().join(".demarche-edit"));
    assert_eq!(run(folder.path(), &["list", "-g", "a.ron"]).2, 0);
    let add = [
        "add", "actor", "x", "--name", "X", "--kind", "State", "-g", "a.ron",
    ];
    let (_, said, code) = run(folder.path(), &add);
    assert!(
        said.contains("it is not a plain file; nothing was changed"),
        "{said}"
    );
    assert_eq!(code, 2);
}

#[test]
fn a_file_whose_name_is_not_utf8_opens_when_it_is_named() {
    let folder = folder();
    let named = |arguments: &[&str]| {
        let mut all: Vec<OsString> = arguments.iter().map(OsString::from).collect();
        all.extend(["-g".into(), latin1().to_owned()]);
        run(folder.path(), &all)
    };
    let (listed, _, code) = named(&["list", "actors"]);
    assert!(
        listed.contains("west") && listed.contains("caf\\xE9.ron:1") && code == 0,
        "{listed}"
    );
    let (told, _, _) = named(&["check"]);
    assert!(told.contains("--> caf\\xE9.ron:1:16"), "{told}");
    let (said, complaint, _) = named(&["add", "actor", "x", "--name", "X", "--kind", "State"]);
    assert_eq!(said, "caf\\xE9.ron:1: added actor `x`\n", "{complaint}");
    assert!(
        fs::read_to_string(folder.path().join(latin1()))
            .unwrap()
            .contains("\"x\"")
    );
}

#[test]
fn completion_ends_too() {
    let folder = folder();
    fs::write(folder.path().join("main"), "Graph(include: [\"**/*.ron\"])").unwrap();
    for (named, expected) in [
        ("main", "north"),
        (".", "north"),
        ("pipe.ron", ""),
        ("zero.ron", ""),
    ] {
        let mut command = demarche(folder.path());
        command
            .env("COMPLETE", "bash")
            .env("_CLAP_COMPLETE_INDEX", "4");
        command.env("_CLAP_COMPLETE_COMP_TYPE", "9");
        let output = ended(command.args(["--", "demarche", "show", "-g", named, "nor"]));
        assert_eq!(String::from_utf8_lossy(&output.stdout), expected, "{named}");
    }
}

/// A device that is always full.
fn full() -> Option<Stdio> {
    File::options()
        .write(true)
        .open("/dev/full")
        .ok()
        .map(Stdio::from)
}

#[test]
fn an_answer_that_cant_be_printed_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.ron");
    let commands: [(&str, &str); 11] = [
        ("check a.ron", ""),
        ("list -g a.ron", ""),
        ("draw -g a.ron", ""),
        ("draw -g a.ron -o /dev/stdout", ""),
        ("man", ""),
        ("completions bash", ""),
        ("--help", ""),
        ("--version", ""),
        (
            "add actor x --name X --kind State -g a.ron",
            "help: it was done anyway: a.ron:1: added actor `x`\n",
        ),
        ("fmt a.ron", "help: it was done anyway: a.ron: laid out\n"),
        ("new n.ron", "help: it was done anyway: n.ron\n"),
    ];
    for (command, help) in commands {
        fs::write(&file, graph("north")).unwrap();
        let Some(full) = full() else { return };
        let output = ended(
            demarche(folder.path())
                .args(command.split(' '))
                .stdout(full),
        );
        let said = String::from_utf8_lossy(&output.stderr);
        let expected = format!("error: can't write to standard output: the disk is full\n{help}");
        assert!(said.starts_with(&expected), "{command}: {said}");
        assert_eq!(output.status.code(), Some(2), "{command}");
        assert_eq!(
            help.is_empty(),
            said == expected && help.is_empty(),
            "{command}: {said}"
        );
    }
    // Whoever closes a pipe has seen enough.
    let quiet = "\"$0\" list -g a.ron | true; exit \"${PIPESTATUS[0]}\"";
    let output = ended(
        Command::new("bash")
            .args(["-c", quiet, env!("CARGO_BIN_EXE_demarche")])
            .current_dir(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped()),
    );
    assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
}

#[test]
fn a_picture_goes_into_a_pipe() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.ron"), graph("north")).unwrap();
    let begins = |script: &str, expected: &str| {
        let output = ended(
            Command::new("bash")
                .args(["-c", script, env!("CARGO_BIN_EXE_demarche")])
                .current_dir(folder.path())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped()),
        );
        let (printed, said) = (
            output.stdout,
            String::from_utf8_lossy(&output.stderr).into_owned(),
        );
        assert!(
            String::from_utf8_lossy(&printed).starts_with(expected),
            "{script}: {said}"
        );
    };
    begins("\"$0\" draw -g a.ron -o /dev/stdout", "digraph");
    begins(
        "{ echo first; \"$0\" draw -g a.ron -o /dev/stdout; } > x; cat x",
        "first\ndigraph",
    );
    begins(
        "mkfifo p.dot; cat p.dot & \"$0\" draw -g a.ron -o p.dot; wait",
        "digraph",
    );
    begins(
        "\"$0\" draw -g a.ron --format dot -o >(cat) | cat",
        "digraph",
    );
    begins(
        "\"$0\" list actors -g a.ron --format csv -o /dev/stdout",
        "actor,",
    );
    begins(
        "\"$0\" list actors -g a.ron --format csv -o >(cat) | cat",
        "actor,",
    );
}

/// What can't be looked at is named itself, not the folder that it is in.
#[test]
fn what_can_not_be_looked_at_is_named() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let (folder, program) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let at = |name: &str| folder.path().join(name);
    let copy = program.path().join("demarche");
    fs::copy(env!("CARGO_BIN_EXE_demarche"), &copy).unwrap();
    let mode = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    for path in [folder.path(), program.path(), &copy] {
        mode(path, 0o755);
    }
    fs::create_dir_all(at("g/sub")).unwrap();
    fs::write(at("g/sub/x.ron"), graph("north")).unwrap();
    fs::write(at("file"), "").unwrap();
    // The folder, its mode, and what is named.
    let cases = [
        ("g/sub", 0o000, "`g/sub`: permission denied"),
        ("g", 0o644, "`g/sub`: permission denied"),
        ("g", 0o000, "`g`: permission denied"),
        ("g/sub/x.ron", 0o000, "`g/sub/x.ron`: permission denied"),
    ];
    for (closed, closed_mode, named) in cases {
        let open = at(closed).metadata().unwrap().permissions();
        mode(&at(closed), closed_mode);
        for command in [
            &["list", "actors", "-g", "g"][..],
            &["check", "g"],
            &["fmt", "g"],
        ] {
            let ran = Command::new(&copy)
                .current_dir(folder.path())
                .args(command)
                .uid(65534)
                .gid(65534)
                .output();
            let Ok(output) = ran else {
                println!("skipped: only the superuser can be somebody else");
                fs::set_permissions(at(closed), open).unwrap();
                return;
            };
            let said =
                String::from_utf8_lossy(&[output.stderr, output.stdout].concat()).into_owned();
            assert!(
                !output.status.success() && said.contains(named),
                "{closed} {closed_mode:o} {command:?}: {said}"
            );
        }
        fs::set_permissions(at(closed), open).unwrap();
    }
    let under = Command::new(&copy)
        .current_dir(folder.path())
        .args(["list", "actors", "-g", "file/x.ron"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&under.stderr).into_owned();
    assert!(
        said.contains("`file/x.ron`: part of its path is a file, not a folder"),
        "{said}"
    );
}

#[test]
fn a_folder_holds_the_tables_of_one_answer() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("graph.ron"), graph("north")).unwrap();
    let (_, said, code) = run(folder.path(), &["show", "north", "-o", "out"]);
    assert!(code == 0 && at("out/positions.csv").is_file(), "{said}");
    let (_, said, code) = run(
        folder.path(),
        &["matrix", "-o", "out", "--spreadsheet", "semicolon"],
    );
    assert!(code == 0 && at("out/matrix.csv").is_file(), "{said}");
    assert!(!at("out/positions.csv").exists() && at("out/notes.csv").is_file());
    let (_, said, code) = run(folder.path(), &["list", "actors", "-o", "out"]);
    assert!(code == 0 && !at("out/matrix.csv").exists(), "{said}");
    // A folder is replaced as a whole, so the one that the program is in has to be named.
    let graph = at("graph.ron").to_str().unwrap().to_owned();
    for (here, why) in [("out", "can't be `.`"), (".", "holds `")] {
        let words = ["-g", &graph, "list", "actors", "--format", "csv", "-o", "."];
        let (_, said, code) = run(&at(here), &words);
        assert!(
            code == 2 && said.contains(why) && said.contains("help: "),
            "{said}"
        );
    }
    // What is not ours is neither written over nor left beside.
    for (name, words) in [("notes.csv", "day,what\n"), ("readme.txt", "mine\n")] {
        let own = at(name.split('.').next().unwrap());
        fs::create_dir(&own).unwrap();
        fs::write(own.join(name), words).unwrap();
        let (_, said, code) = run(
            folder.path(),
            &[
                "list",
                "actors",
                "--format",
                "csv",
                "-o",
                own.to_str().unwrap(),
            ],
        );
        assert!(
            code == 2
                && said.contains(&format!(
                    "holds `{name}`, which was not written by this command"
                )),
            "{said}"
        );
        assert_eq!(fs::read_dir(&own).unwrap().count(), 1);
        assert_eq!(fs::read_to_string(own.join(name)).unwrap(), words);
    }
}

#[test]
fn a_draft_is_of_the_source_that_has_the_text() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let graph = "Graph(\n    sources: {\"wire\": (title: \"A wire\", date: \"2024\", text: \"report.txt\")},\n    \
        actors: {\"north\": (name: \"North\", kind: State)},\n    issues: {\"dam\": (name: \"Dam\", question: \"?\")},\n)\n";
    fs::write(at("graph.ron"), graph).unwrap();
    for name in ["report.txt", "other.txt"] {
        fs::write(at(name), "North supports the dam.\n").unwrap();
    }
    let (draft, said, code) = run(folder.path(), &["draft", "report.txt"]);
    assert!(code == 0 && draft.contains("source: \"wire\""), "{draft}");
    assert!(!draft.contains("sources:"), "{draft}");
    assert!(
        said.contains("note: 1 statement and 0 meetings proposed"),
        "{said}"
    );
    let (draft, ..) = run(folder.path(), &["draft", "other.txt"]);
    assert!(draft.contains("\"other\": (title:"), "{draft}");
}

#[test]
fn a_word_that_fits_on_no_line_is_broken() {
    let folder = tempfile::tempdir().unwrap();
    let long = "x".repeat(504);
    let graph = format!(
        "Graph(actors: {{\"n\": (name: \"{long}\", kind: State), \"m\": (name: \"Moor\", kind: State, role: \"{long}\")}},
        facts: {{\"f\": (text: \"A {long}\", about: [\"n\"])}}, ties: [(from: \"n\", to: \"m\", kind: Other(\"{long}\"), note: \"{long}\")])"
    );
    fs::write(folder.path().join("graph.ron"), graph).unwrap();
    for question in [
        "list actors",
        "list facts",
        "list ties",
        "show n",
        "show m",
        "compare n m",
        "path n m",
        "timeline",
    ] {
        for why in [&[][..], &["--why"]] {
            let mut command = demarche(folder.path());
            command
                .env("COLUMNS", "80")
                .args(question.split(' '))
                .args(why);
            let told = String::from_utf8(ended(&mut command).stdout).unwrap();
            let wide = told.lines().find(|line| line.chars().count() > 80);
            assert_eq!(wide, None, "{question} {why:?}: {told}");
        }
    }
}

#[test]
fn what_programs_read_keeps_its_lines() {
    let folder = tempfile::tempdir().unwrap();
    let graph = "Graph(sources: {\"s\": (title: \"S\", date: \"2024\")}, actors: {\"n\": (name: \"North\", kind: State)},
        issues: {\"d\": (name: \"Dam\", question: \"?\")},
        stances: [(actor: \"n\", issue: \"d\", position: Supports, source: \"s\", quote: \"one\\n  two\", at: \"p. 1\\nbelow\")])";
    fs::write(folder.path().join("graph.ron"), graph).unwrap();
    let (csv, ..) = run(
        folder.path(),
        &["positions", "n", "--why", "--format", "csv"],
    );
    assert!(
        csv.contains("\"one\n  two\"") && csv.contains("\"p. 1\nbelow\""),
        "{csv}"
    );
    let (json, ..) = run(folder.path(), &["positions", "n", "--format", "json"]);
    assert!(json.contains("one\\n  two"), "{json}");
    let (text, ..) = run(folder.path(), &["positions", "n", "--why"]);
    assert!(text.contains("“one two”"), "{text}");
}
