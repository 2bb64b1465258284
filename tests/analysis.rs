//! Every block of docs/analysis.md runs, where the program that it needs is installed.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
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

/// The files that this program was built to write none of.
const LACKING: &[&str] = &[
    #[cfg(not(feature = "parquet"))]
    "tables.parquet",
    #[cfg(not(feature = "sqlite"))]
    "graph.sqlite",
];

/// Whether a block needs a file that is not there.
fn is_lacking(block: &str) -> bool {
    LACKING.iter().any(|file| block.contains(file))
}

/// Runs a command of the page in a folder.
fn run(command: &str, folder: &Path) {
    let (command, to) = command.split_once(" > ").unwrap_or((command, ""));
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let arguments = command.strip_prefix("demarche ").unwrap().split(' ');
    let arguments = arguments.map(|one| match one.starts_with("graphs/") {
        true => root.join(one).display().to_string(),
        false => one.to_owned(),
    });
    let mut demarche = Command::new(env!("CARGO_BIN_EXE_demarche"));
    let output = demarche.args(arguments).current_dir(folder).output();
    let output = output.unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command}: {said}");
    if !to.is_empty() {
        std::fs::write(folder.join(to), output.stdout).unwrap();
    }
}

/// Runs a block in Python; says where what it imports is not installed.
fn run_python(script: &str, folder: &Path) {
    let is_import = |line: &&str| line.starts_with("import ") || line.starts_with("from ");
    let imports: Vec<&str> = script.lines().filter(is_import).collect();
    let imports = imports.join("\n");
    if !python(&imports, folder).is_some_and(|output| output.status.success()) {
        let name = imports.replace("import ", "").replace('\n', ", ");
        eprintln!("skipped: the Python package {name} is not installed");
        return;
    }
    let output = python(script, folder).unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    let is_well = output.status.success() && !output.stdout.is_empty();
    assert!(is_well, "{script}\n{said}");
}

#[test]
fn every_block_runs() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(root.join("docs/analysis.md")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let commands = blocks(&page, "sh").join("\n");
    let commands = commands
        .lines()
        .filter(|line| line.starts_with("demarche "));
    let commands: Vec<&str> = commands.filter(|line| !is_lacking(line)).collect();
    assert!(commands.len() > 4);
    for command in commands {
        run(command, folder.path());
    }
    let scripts = blocks(&page, "python");
    assert!(scripts.len() > 9);
    for script in scripts.into_iter().filter(|script| !is_lacking(script)) {
        run_python(script, folder.path());
    }
}
