//! Colour changes nothing but colour: what a terminal shows of a coloured answer is the answer without colours.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that fails may panic"
)]

use std::process::Command;

/// What is printed on a terminal of so many columns.
fn printed(columns: usize, color: &str, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_demarche"))
        .env_remove("DEMARCHE_GRAPH")
        .env("COLUMNS", columns.to_string())
        .args(["--color", color])
        .args(arguments)
        .output()
        .unwrap();
    assert_ne!(output.status.code(), Some(2), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// What a terminal shows of it, line by line.
fn shown(columns: usize, text: &str) -> String {
    // Room for every line, broken ones too.
    let rows = text.lines().count() * 4 + 1;
    let size = |count: usize| u16::try_from(count).unwrap().try_into().unwrap();
    let mut terminal = vt100::Parser::new(size(rows), size(columns), 0);
    terminal.process(text.replace('\n', "\r\n").as_bytes());
    terminal.screen().contents()
}

#[test]
fn a_coloured_answer_is_the_answer() {
    let harbour = ["-g", "examples/harbour/graph.ron"];
    let questions: [&[&str]; 21] = [
        &["show", "signing"],
        &["show", "piers"],
        &["list"],
        &["list", "actors"],
        &["list", "issues"],
        &["list", "meetings"],
        &["list", "sources"],
        &["list", "ties"],
        &["positions", "--why"],
        &["positions", "--all"],
        &["meetings"],
        &["timeline"],
        &["evidence"],
        &["matrix"],
        &["matrix", "issues"],
        &["camps"],
        &["brokers"],
        &["balance"],
        &["common"],
        &["find", "the"],
        &["diff", "--from", "2024-03-01", "--to", "2025-03-01"],
    ];
    let blinken = ["-g", "graphs/blinken-2023.ron"];
    let others: [&[&str]; 4] = [
        &["show", "taiwan"],
        &["show", "china", "--why"],
        &["compare", "us", "china"],
        &["positions", "china"],
    ];
    let mistakes: [&[&str]; 3] = [
        &["check", "tests/check/names.ron"],
        &["check", "tests/check/long-line.ron"],
        &["explain", "held-alone"],
    ];
    let asked = questions
        .iter()
        .map(|question| [&harbour[..], question].concat())
        .chain(
            others
                .iter()
                .map(|question| [&blinken[..], question].concat()),
        )
        .chain(mistakes.iter().map(|question| question.to_vec()));
    let mut painted = 0;
    for arguments in asked {
        for columns in [80, 100, 140] {
            let plain = printed(columns, "never", &arguments);
            let coloured = printed(columns, "always", &arguments);
            assert!(!plain.contains('\u{1b}'), "{arguments:?}");
            assert_eq!(
                shown(columns, &coloured),
                shown(columns, &plain),
                "{arguments:?} at {columns}"
            );
            painted += usize::from(coloured.contains('\u{1b}'));
        }
    }
    assert!(painted > 60, "{painted}");
}

#[test]
fn headings_are_painted_whole() {
    let coloured = printed(
        100,
        "always",
        &["-g", "graphs/blinken-2023.ron", "list", "actors"],
    );
    for heading in ["kind", "speaks for", "where"] {
        assert!(
            coloured.contains(&format!("\u{1b}[4m{heading}\u{1b}[0m")),
            "{heading}: {}",
            coloured.escape_debug()
        );
    }
}
