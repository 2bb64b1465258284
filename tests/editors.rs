//! The language server with real clients: Neovim's own, Emacs's eglot, and pytest-lsp. Where one is not installed, that is said.
#![cfg(feature = "lsp")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test may panic, and says when it is skipped"
)]

use std::fs;
use std::process::Command;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// A folder with a graph of two files, with one mistake: `chna`.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    for name in ["graph.ron", "people.ron"] {
        fs::copy(
            format!("{ROOT}/tests/editors/{name}"),
            folder.path().join(name),
        )
        .unwrap();
    }
    folder
}

fn run(command: &mut Command) -> (bool, String) {
    let folder = folder();
    let output = command
        .env("DEMARCHE", env!("CARGO_BIN_EXE_demarche"))
        .env("FOLDER", folder.path().canonicalize().unwrap())
        .env_remove("DEMARCHE_GRAPH")
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    (output.status.success(), said.into_owned())
}

#[test]
fn neovim() {
    if Command::new("nvim").arg("--version").output().is_err() {
        eprintln!("skipped: Neovim is not installed");
        return;
    }
    let script = format!("{ROOT}/tests/editors/neovim.lua");
    let (good, said) = run(Command::new("nvim").args([
        "--headless",
        "--clean",
        "-n",
        "-c",
        &format!("luafile {script}"),
    ]));
    for part in [
        "diagnostics",
        "hover",
        "completion",
        "rename",
        "rename elsewhere",
        "formatting",
    ] {
        assert!(good && said.contains(&format!("ok {part}")), "{said}");
    }
}

#[test]
fn emacs() {
    let has_eglot = [
        "--batch",
        "-f",
        "package-initialize",
        "--eval",
        "(require 'eglot)",
    ];
    if !Command::new("emacs")
        .args(has_eglot)
        .output()
        .is_ok_and(|output| output.status.success())
    {
        eprintln!("skipped: Emacs with eglot is not installed");
        return;
    }
    let script = format!("{ROOT}/tests/editors/emacs.el");
    let (good, said) = run(Command::new("emacs").args(["--batch", "-l", &script]));
    for part in [
        "diagnostics",
        "completion",
        "rename",
        "rename elsewhere",
        "formatting",
    ] {
        assert!(good && said.contains(&format!("ok {part}")), "{said}");
    }
}

#[test]
fn pytest_lsp() {
    let python = std::env::var("PYTEST_LSP_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let installed = Command::new(&python)
        .args(["-c", "import pytest_lsp"])
        .output();
    if !installed.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: pytest-lsp is not installed");
        return;
    }
    let file = format!("{ROOT}/tests/editors/client.py");
    let (good, said) =
        run(Command::new(&python).args(["-m", "pytest", "-q", "-p", "no:cacheprovider", &file]));
    assert!(good, "{said}");
}
