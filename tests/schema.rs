//! `docs/schema` has what every answer looks like as JSON, and every answer looks like that. After a change that is meant,
//! `UPDATE=1 cargo test --test schema` writes it anew.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that fails may panic"
)]

mod schemas;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

use demarche::query::SHAPES;
use demarche::render::schema;

#[test]
fn each_answer_has_a_schema() {
    let folder = Path::new("docs/schema");
    let mut written = BTreeSet::new();
    for shape in SHAPES {
        let name = format!("{}.json", shape.name);
        assert!(written.insert(name.clone()), "{name} is there twice");
        let now = serde_json::to_string_pretty(&schema(shape)).unwrap() + "\n";
        let path = folder.join(&name);
        if env::var_os("UPDATE").is_some() {
            fs::write(&path, &now).unwrap();
        }
        let before = fs::read_to_string(&path).unwrap_or_default();
        assert!(before == now, "{} is another", path.display());
    }
    let there = fs::read_dir(folder).unwrap();
    let there = there.map(|file| file.unwrap().file_name().into_string().unwrap());
    assert_eq!(there.collect::<BTreeSet<String>>(), written);
}

#[test]
fn keys_are_plain_words() {
    let is_word =
        |key: &str| !key.is_empty() && key.bytes().all(|c| c == b'_' || c.is_ascii_lowercase());
    for shape in SHAPES {
        assert!(is_word(shape.name), "{}", shape.name);
        for table in shape.tables {
            assert!(is_word(table.key), "{}", table.key);
            assert!(
                table.doc.ends_with('.'),
                "{}.{}: {:?}",
                shape.name,
                table.key,
                table.doc
            );
            for column in table.columns.unwrap_or_default() {
                assert!(is_word(column.key), "{}", column.key);
                assert!(
                    column.doc.ends_with('.'),
                    "{}.{}: {:?}",
                    table.key,
                    column.key,
                    column.doc
                );
            }
        }
    }
}

/// Every question about the graphs of the repository.
#[test]
fn every_answer_is_as_its_schema_says() {
    let questions = [
        (
            "graphs/blinken-2023.ron",
            ["us", "china", "taiwan", "call-qin", "balloon", "report"],
        ),
        (
            "tests/sessions/dam.ron",
            ["bank", "delta", "height", "round", "flood", "daily"],
        ),
        (
            "examples/harbour",
            [
                "aldmar",
                "carrow",
                "concession",
                "piers",
                "strike",
                "gazette",
            ],
        ),
    ];
    let mut seen = BTreeSet::new();
    for (graph, [one, other, issue, meeting, fact, source]) in questions {
        let stake = format!("--cell={one},{issue}");
        let cell = format!("--cell={one},{other}");
        let asked: &[&[&str]] = &[
            &["list"],
            &["list", "actors"],
            &["list", "issues"],
            &["list", "meetings"],
            &["list", "sources"],
            &["list", "ties"],
            &["list", "stances"],
            &["list", "facts"],
            &["show", one],
            &["show", issue],
            &["show", meeting],
            &["show", fact],
            &["show", source],
            &["show", meeting, "--known-by", "1990-01-01"],
            &["brief", one],
            &["brief", issue],
            &["brief", meeting],
            &["positions", "--all"],
            &["meetings"],
            &["path", one, other, "--through", "all"],
            &["compare", one, other],
            &["common", one, other],
            &["common"],
            &["history", one],
            &["history", one, issue],
            &["timeline"],
            &["evidence"],
            &["evidence", "--source", source],
            &["evidence", "--exclude-source", source],
            &["matrix"],
            &["matrix", "issues"],
            &["matrix", &cell],
            &["camps"],
            &["camps", issue],
            &["camps", &cell],
            &["balance"],
            &["balance", "--signs", "both"],
            &["balance", "--signs", "both", &cell],
            &["brokers", "--through", "all"],
            &["brokers", "--through", "all", "--between", one, other],
            &["forecast", issue],
            &["forecast", &stake],
            &["find", "a"],
            &["diff", "--from", "2020-01-01", "--to", "2026-01-01"],
        ];
        for words in asked {
            let output = Command::new(env!("CARGO_BIN_EXE_demarche"))
                .args(["-g", graph])
                .args(*words)
                .args(["--format", "json"])
                .output()
                .unwrap();
            let answer = String::from_utf8(output.stdout).unwrap();
            let said = String::from_utf8(output.stderr).unwrap();
            assert!(!answer.is_empty(), "{graph} {words:?}: {said}");
            if let Err(wrong) = schemas::validated(&answer) {
                panic!("{graph} {words:?}: {wrong}\n{answer}");
            }
            let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
            seen.insert(answer["answer"].as_str().unwrap().to_owned());
        }
    }
    let all: BTreeSet<String> = SHAPES.iter().map(|shape| shape.name.to_owned()).collect();
    assert_eq!(
        seen, all,
        "the answers that are asked for, and all there are"
    );
}
