//! What the documents show is so: the graphs of `graphs/FORMAT.md` are accepted, README's commands print what README says.
#![allow(clippy::expect_used, clippy::panic, reason = "a test that fails may panic")]

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

/// A `console` block is a session: `$ demarche …`, and what that prints. `…` alone on a line stands for any lines.
#[test]
fn readme_shows_what_is_printed() {
    let path = format!("{ROOT}/README.md");
    let text = fs::read_to_string(&path).expect("README");
    let mut mended = text.clone();
    for block in blocks(&text, "console") {
        let (command, shown) = block.split_once('\n').expect("a command and its output");
        let words = command.strip_prefix("$ demarche ").expect("a command of demarche");
        let output = Command::new(env!("CARGO_BIN_EXE_demarche"))
            .args(words.split_whitespace())
            .args(["--as-of", "2023-06-19"].iter().filter(|_| !words.starts_with("check") && !words.starts_with("explain")))
            .current_dir(ROOT)
            .env("COLUMNS", "100")
            .env_remove("DEMARCHE_GRAPH")
            .output()
            .expect("demarche runs");
        let printed = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
        if std::env::var_os("UPDATE").is_some() {
            mended = mended.replace(&block, &format!("{command}\n{printed}"));
        } else {
            assert_eq!(shown, printed, "{command}: run the test with UPDATE=1 to rewrite README");
        }
    }
    if mended != text {
        fs::write(path, mended).expect("README is written");
    }
}
