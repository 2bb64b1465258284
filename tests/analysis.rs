//! Every block of docs/analysis.md runs, where the program that it needs is installed.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that fails may panic"
)]

use std::path::Path;
use std::process::{Command, Output};

/// The blocks of a page in some language.
fn blocks<'p>(page: &'p str, language: &str) -> Vec<&'p str> {
    let start = format!("```{language}\n");
    page.split(start.as_str())
        .skip(1)
        .map(|rest| rest.split("\n```").next().unwrap())
        .collect()
}

fn python(script: &str, folder: &Path) -> Option<Output> {
    let mut python = Command::new("python3");
    python.args(["-c", script]).current_dir(folder);
    python.output().ok()
}

#[test]
fn every_block_runs() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(root.join("docs/analysis.md")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_demarche"));
    let commands = blocks(&page, "sh").concat();
    assert!(commands.lines().count() > 4);
    for command in commands.lines() {
        let (command, to) = command.split_once(" > ").unwrap_or((command, ""));
        let arguments = command.strip_prefix("demarche ").unwrap().split(' ');
        let arguments = arguments.map(|one| match one.starts_with("graphs/") {
            true => root.join(one).display().to_string(),
            false => one.to_owned(),
        });
        let mut run = Command::new(program);
        let output = run.args(arguments).current_dir(folder.path()).output().unwrap();
        assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
        if !to.is_empty() {
            std::fs::write(folder.path().join(to), output.stdout).unwrap();
        }
    }
    let scripts = blocks(&page, "python");
    assert!(scripts.len() > 6);
    for script in scripts {
        let imports = script.lines().filter(|line| line.starts_with("import ") || line.starts_with("from "));
        let imports = imports.collect::<Vec<_>>().join("\n");
        if !python(&imports, folder.path()).is_some_and(|output| output.status.success()) {
            let name = imports.replace("import ", "").replace('\n', ", ");
            eprintln!("skipped: {name} is not installed");
            continue;
        }
        let output = python(script, folder.path()).unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && !output.stdout.is_empty(), "{script}\n{said}");
    }
}
