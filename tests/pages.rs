//! What the documents show is so: the graphs of `graphs/FORMAT.md` are accepted, the sessions in README, `docs` and `sessions` print what they show.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that fails may panic"
)]

use std::fs;
use std::process::Command;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The fenced blocks of a Markdown text whose info string is this.
fn blocks(text: &str, info: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut inside: Option<(bool, String)> = None;
    for line in text.lines() {
        match (&mut inside, line.strip_prefix("```")) {
            (None, Some(found)) => inside = Some((found.trim() == info, String::new())),
            (Some((wanted, block)), Some(_)) => {
                if *wanted {
                    blocks.push(std::mem::take(block));
                }
                inside = None;
            }
            (Some((_, block)), None) => {
                block.push_str(line);
                block.push('\n');
            }
            (None, None) => {}
        }
    }
    blocks
}

#[test]
fn the_graphs_that_documents_show_are_accepted() {
    let read = |name: &str| fs::read_to_string(format!("{ROOT}/{name}")).expect("a document");
    let graphs = blocks(&(read("graphs/FORMAT.md") + &read("README.md")), "ron");
    assert!(graphs.len() > 4);
    for graph in graphs {
        let (_, diagnostics) = demarche::resolve::read("a document", &graph);
        assert!(diagnostics.is_empty(), "{diagnostics:#?}\n{graph}");
    }
}

/// The documents that show sessions, and what the commands in them are told beside.
fn documents() -> Vec<(String, &'static [&'static str])> {
    let mut documents: Vec<(String, &[&str])> =
        vec![("README.md".to_owned(), &["--as-of", "2023-06-19"])];
    for folder in ["docs", "tests/sessions"] {
        let entries = fs::read_dir(format!("{ROOT}/{folder}"))
            .expect("a folder")
            .map(|entry| entry.expect("an entry"));
        let names = entries.map(|entry| entry.file_name().into_string().expect("a name"));
        documents.extend(
            names
                .filter(|name| name.ends_with(".md"))
                .map(|name| (format!("{folder}/{name}"), &[][..])),
        );
    }
    documents
}

/// A `console` block is a session: `$ demarche …`, and what that prints.
#[test]
fn documents_show_what_is_printed() {
    for (document, beside) in documents() {
        let path = format!("{ROOT}/{document}");
        let text = fs::read_to_string(&path).expect("a document");
        let mut mended = text.clone();
        for block in blocks(&text, "console") {
            let (command, shown) = block.split_once('\n').expect("a command and its output");
            let words = command
                .strip_prefix("$ demarche ")
                .expect("a command of demarche");
            let printed = printed(words, beside);
            if std::env::var_os("UPDATE").is_some() {
                mended = mended.replacen(
                    &format!("{block}```"),
                    &format!("{command}\n{printed}```"),
                    1,
                );
            } else {
                assert_eq!(
                    shown, printed,
                    "{document}: {command}: run the test with UPDATE=1 to rewrite it"
                );
            }
        }
        if mended != text {
            fs::write(path, mended).expect("the document is written");
        }
    }
}

fn printed(words: &str, beside: &[&str]) -> String {
    // What names its graph or its days says itself when.
    let is_question = !["check", "explain", "diff", "-g"]
        .iter()
        .any(|start| words.starts_with(start));
    let output = Command::new(env!("CARGO_BIN_EXE_demarche"))
        .args(words.split_whitespace())
        .args(beside.iter().filter(|_| is_question))
        .current_dir(ROOT)
        .env("COLUMNS", "100")
        .env_remove("DEMARCHE_GRAPH")
        .output()
        .expect("demarche runs");
    let printed = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    // A new graph is of today; in a document, of a day long ago.
    let mut parts = printed.split("date: \"");
    let first = parts.next().unwrap_or_default().to_owned();
    match words.starts_with("new ") {
        true => parts.fold(first, |before, part| {
            before + "date: \"2024-06-01" + part.get(10..).unwrap_or_default()
        }),
        false => printed.into_owned(),
    }
}
