//! Who may use whom, read off the imports: a module uses only modules above it in the list.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that fails may panic"
)]

use std::fs;
use std::path::{Path, PathBuf};

/// The modules of the crate; each uses only those before it.
const ORDER: &[&str] = &[
    "words",
    "text",
    "diagnostic",
    "error",
    "progress",
    "spread",
    "sum",
    "buckets",
    "syntax",
    "model",
    "graph",
    "resolve",
    "disk",
    "check",
    "open",
    "measure",
    "query",
    "render",
    "diagram",
    "picture",
    "edit",
    "exchange",
    "lsp",
    "mcp",
    "cli",
];

/// What only some modules may name.
const RESERVED: &[(&str, &[&str])] = &[
    ("std::fs", &["disk", "cli"]),
    ("std::env", &["cli"]),
    ("std::process", &["cli"]),
    ("std::net", &[]),
    ("SystemTime", &[]),
    ("jiff::", &["cli"]),
    ("petgraph::", &["graph", "measure"]),
    ("graphviz_rust::", &["cli"]),
    ("clap::", &["cli"]),
    ("annotate_snippets", &["render"]),
    ("similar::", &["render", "lsp"]),
    ("same_file::", &["disk"]),
    ("pulldown_cmark", &["check"]),
    (
        "serde_json::",
        &["render", "picture", "exchange", "lsp", "mcp", "cli"],
    ),
    ("base64::", &["picture"]),
    ("sha2::", &["sum"]),
    ("hmac::", &["sum"]),
    ("getrandom::", &["disk"]),
    ("rustix::", &["disk"]),
    ("krilla::", &["picture"]),
    ("krilla_svg::", &["picture"]),
    ("lsp_server::", &["lsp", "cli"]),
    ("gen_lsp_types", &["lsp"]),
    ("use notify::", &["cli"]),
    ("ctrlc::", &["cli"]),
    ("notosans::", &["picture"]),
    ("resvg::", &["picture", "disk"]),
    ("rusqlite::", &["exchange"]),
    ("calamine::", &["exchange"]),
    ("quick_xml::", &["exchange"]),
    (" zip::", &["exchange"]),
    (" ::parquet::", &["exchange"]),
    ("rustyline", &["cli"]),
    ("subsetter::", &["picture"]),
    ("ttf_parser::", &["picture"]),
    ("write_fonts::", &["picture"]),
    ("unicode_linebreak::", &["picture"]),
];

fn source_files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            source_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The code of a file: without comments, and without its tests at the end.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("a source file");
    let text = text
        .split("#[cfg(test)]\nmod tests")
        .next()
        .unwrap_or_default();
    text.lines()
        .map(|line| line.split("//").next().unwrap_or_default())
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn the_front_page_lists_the_modules_in_this_order() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let page = fs::read_to_string(root.join("lib.rs")).expect("the front page");
    let rows = page.lines().filter_map(|line| line.strip_prefix("//! | "));
    let listed: Vec<&str> = rows
        .filter_map(|row| row.split('|').next())
        .map(|name| name.trim().trim_matches(['[', ']', '`']))
        .filter(|name| !["module", "---"].contains(name))
        .collect();
    assert_eq!(listed, ORDER);
}

#[test]
fn modules_use_only_those_above_them() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    source_files(&root, &mut files);
    let mut wrong = Vec::new();
    for path in files {
        let within = path.strip_prefix(&root).expect("in src");
        let module = within
            .components()
            .next()
            .expect("a name")
            .as_os_str()
            .to_string_lossy()
            .replace(".rs", "");
        if module == "lib" || module == "main" {
            continue;
        }
        let rank = ORDER
            .iter()
            .position(|known| *known == module)
            .unwrap_or_else(|| panic!("`{module}` is not in the list of modules"));
        let code = code(&path);
        for used in code.split("crate::").skip(1).map(|rest| {
            rest.split(|c: char| !c.is_alphanumeric() && c != '_')
                .next()
                .unwrap_or_default()
        }) {
            if ORDER
                .iter()
                .position(|known| *known == used)
                .is_some_and(|used| used > rank)
            {
                wrong.push(format!(
                    "{}: `{module}` is above `{used}` and may not use it",
                    within.display()
                ));
            }
        }
        for (name, allowed) in RESERVED.iter().filter(|(name, _)| code.contains(name)) {
            if !allowed.contains(&module.as_str()) {
                wrong.push(format!(
                    "{}: only {allowed:?} may name `{name}`",
                    within.display()
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
