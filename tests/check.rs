//! What `demarche check` says: each graph of `tests/check`, a file or a folder with a `graph.ron`, and beside it what is
//! expected, as text at a width of 100. `UPDATE=1` rewrites what is expected.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that fails may panic"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use demarche::model::Day;
use demarche::render::diagnostics::{Style, text};
use demarche::{Graph, check};

/// What `check` prints about a graph.
fn checked(path: &Path) -> String {
    let mut graph = Graph::open_partial(path).unwrap();
    let found = graph.check(Day::LAST).findings;
    text(
        &check::summed_up(found),
        graph.texts(),
        Style {
            color: false,
            width: Some(100),
        },
    )
}

fn graphs() -> Vec<(PathBuf, PathBuf)> {
    let mut graphs: Vec<_> = fs::read_dir("tests/check")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    graphs.retain(|path| path.extension().is_none_or(|extension| extension == "ron"));
    graphs.sort();
    graphs
        .into_iter()
        .map(|path| {
            (
                if path.is_dir() {
                    path.join("graph.ron")
                } else {
                    path.clone()
                },
                path.with_extension("expected"),
            )
        })
        .collect()
}

#[test]
fn findings_are_as_expected() {
    let mut wrong = Vec::new();
    for (graph, expected) in graphs() {
        let found = checked(&graph);
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&expected, &found).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != found {
            wrong.push(format!("{}: found\n{found}", expected.display()));
        }
    }
    assert!(
        wrong.is_empty(),
        "{}\nUPDATE=1 takes this as expected",
        wrong.join("\n")
    );
}

/// Its files are named by the folder, or by hand, and some once more by an `include`.
#[test]
fn a_file_is_read_once_by_whatever_names() {
    let people = fs::canonicalize("examples/harbour/people.ron").unwrap();
    let graphs = [
        [".", "./"],
        ["./graph.ron", "graph.ron"],
        ["../harbour", "people.ron"],
        ["graph.ron", people.to_str().unwrap()],
    ];
    for [one, other] in graphs {
        let mut command = Command::new(env!("CARGO_BIN_EXE_demarche"));
        let command = command
            .current_dir("examples/harbour")
            .args(["-g", one, "-g", other, "check", "--strict"]);
        let output = command.output().unwrap();
        assert!(
            output.status.success(),
            "{one} {other}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

#[test]
fn many_marks_on_one_line_do_not_hold_the_reader_up() {
    for marks in ["'ab ", "'ab “cd «ef ‘gh ", "'ab' "] {
        let text = format!(
            "Graph(stances: [(actor: {}, issue: 7)])",
            marks.repeat(1_000_000 / marks.len())
        );
        let (_, found) = demarche::resolve::read("marks.ron", &text);
        assert!(!found.is_empty());
    }
}
