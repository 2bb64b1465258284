//! The server for assistants with the official clients: Python's, JavaScript's and the inspector. Where one is not installed,
//! that is said. `MCP_NODE` names the folder in which npm has installed the last two.
#![cfg(feature = "mcp")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test may panic, and says when it is skipped"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn graph() -> String {
    format!("{ROOT}/examples/harbour/graph.ron")
}

fn run(command: &mut Command) -> (bool, String) {
    let output = command
        .env("DEMARCHE", env!("CARGO_BIN_EXE_demarche"))
        .env("GRAPH", graph())
        .env_remove("DEMARCHE_GRAPH")
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    (output.status.success(), said.into_owned())
}

/// The folder with what npm has installed, if `package` is there.
fn node(package: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(std::env::var_os("MCP_NODE")?);
    Path::new(&folder)
        .join("node_modules")
        .join(package)
        .is_dir()
        .then_some(folder)
}

#[test]
fn python() {
    let python = std::env::var("MCP_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let installed = Command::new(&python).args(["-c", "import mcp"]).output();
    if !installed.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: the Python package mcp is not installed");
        return;
    }
    let (good, said) = run(Command::new(&python).arg(format!("{ROOT}/tests/assistants/client.py")));
    assert!(good && said.contains("ok handshake"), "{said}");
}

#[test]
fn javascript() {
    let Some(folder) = node("@modelcontextprotocol/sdk") else {
        eprintln!("skipped: the npm package @modelcontextprotocol/sdk is not installed");
        return;
    };
    let client = format!("{ROOT}/tests/assistants/client.mjs");
    let (good, said) = run(Command::new("node").arg(client).env("MCP_NODE", folder));
    assert!(good && said.contains("ok"), "{said}");
}

#[test]
fn inspector() {
    let Some(folder) = node("@modelcontextprotocol/inspector") else {
        eprintln!("skipped: the npm package @modelcontextprotocol/inspector is not installed");
        return;
    };
    let asked = |method: &[&str]| {
        let program = folder.join("node_modules/.bin/mcp-inspector");
        let server = [env!("CARGO_BIN_EXE_demarche"), "-g", &graph(), "mcp"].map(str::to_owned);
        let (good, said) = run(Command::new(program).arg("--cli").args(server).args(method));
        assert!(good, "{said}");
        said
    };
    assert!(asked(&["--method", "tools/list"]).contains("\"read_source\""));
    let shown = asked(&[
        "--method",
        "tools/call",
        "--tool-name",
        "show",
        "--tool-arg",
        "name=depth",
    ]);
    assert!(shown.contains("Depth of the channel"), "{shown}");
    assert!(asked(&["--method", "resources/list"]).contains("demarche://text/memorandum"));
    assert!(asked(&["--method", "prompts/list"]).contains("code_article"));
}
