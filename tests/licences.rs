//! What others wrote of the program, and on what terms: `THIRD-PARTY.md` is made of the crates that `Cargo.lock` names, and
//! ships with the program. `UPDATE=1` writes it anew.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that fails may panic"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// What cargo knows of the crates, where it has them all.
fn metadata(arguments: &[&str]) -> Option<Value> {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--locked",
            "--all-features",
            "--format-version",
            "1",
        ])
        .args(arguments)
        .current_dir(ROOT)
        .output()
        .expect("cargo runs");
    let is_there = output.status.success();
    is_there.then(|| serde_json::from_slice(&output.stdout).expect("JSON"))
}

/// The crates that are part of the program or of the wheel for Python, on any system: not those that only build or test them.
fn shipped(metadata: &Value) -> Vec<&Value> {
    let list = |value: &'_ Value| value.as_array().cloned().unwrap_or_default();
    let nodes: BTreeMap<String, Vec<Value>> = list(&metadata["resolve"]["nodes"])
        .into_iter()
        .map(|node| (node["id"].to_string(), list(&node["deps"])))
        .collect();
    let members = list(&metadata["workspace_members"]);
    let members: BTreeSet<String> = members.iter().map(Value::to_string).collect();
    let (mut found, mut next) = (BTreeSet::new(), members.iter().cloned().collect::<Vec<_>>());
    while let Some(id) = next.pop() {
        let parts = nodes[&id].iter().filter(|part| {
            list(&part["dep_kinds"])
                .iter()
                .any(|kind| kind["kind"].is_null())
        });
        for part in parts.map(|part| part["pkg"].to_string()) {
            if found.insert(part.clone()) {
                next.push(part);
            }
        }
    }
    let packages = metadata["packages"].as_array().expect("packages");
    let mut shipped: Vec<&Value> = packages
        .iter()
        .map(|package| (package, package["id"].to_string()))
        .filter(|(_, id)| found.contains(id) && !members.contains(id))
        .map(|(package, _)| package)
        .collect();
    shipped.sort_by_key(|package| name(package));
    shipped
}

fn name(package: &Value) -> String {
    let text = |field: &str| package[field].as_str().unwrap_or_default();
    format!("{} {}", text("name"), text("version"))
}

fn licence(package: &Value) -> String {
    let written = package["license"].as_str().unwrap_or("see its text");
    written.replace('/', " OR ")
}

/// The texts of a crate's terms: where it offers several, the one that is shortest to keep to.
fn terms(package: &Value) -> Vec<String> {
    let manifest = package["manifest_path"].as_str().expect("a path");
    let folder = Path::new(manifest).parent().expect("a folder");
    let mut files: Vec<String> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .filter(|file| {
            let file = file.to_uppercase();
            ["LICEN", "COPYING", "NOTICE", "COPYRIGHT"]
                .iter()
                .any(|word| file.starts_with(word))
        })
        .filter(|file| folder.join(file).is_file())
        .collect();
    files.sort();
    let short = files
        .iter()
        .find(|file| file.to_uppercase().contains("MIT"))
        .cloned();
    if package["license"]
        .as_str()
        .is_some_and(|licence| !licence.contains("AND"))
        && let Some(short) = short
    {
        files = vec![short];
    }
    files
        .iter()
        .map(|file| {
            fs::read_to_string(folder.join(file))
                .expect("a text")
                .replace("\r\n", "\n")
        })
        .collect()
}

fn is_copyright(line: &str) -> bool {
    let line = line.trim().to_lowercase();
    line.starts_with("copyright")
        && !line.starts_with("copyright notice")
        && line.contains(['(', '©', '1', '2'])
}

/// The whole file.
fn third_party(packages: &[&Value]) -> String {
    // By what they say, whoever holds the rights and however the lines are broken.
    let mut texts: BTreeMap<String, (String, BTreeSet<String>, BTreeSet<String>)> = BTreeMap::new();
    let mut without = Vec::new();
    for package in packages {
        let terms = terms(package);
        if terms.is_empty() {
            without.push(format!("- {}: {}", name(package), licence(package)));
        }
        for text in terms {
            let (rights, rest): (Vec<&str>, Vec<&str>) =
                text.lines().partition(|line| is_copyright(line));
            let key = rest
                .join(" ")
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
                .to_lowercase();
            let body = rest.join("\n").trim_matches('\n').to_owned();
            let (_, crates, holders) = texts
                .entry(key)
                .or_insert_with(|| (body, BTreeSet::new(), BTreeSet::new()));
            crates.insert(name(package));
            holders.extend(rights.iter().map(|line| line.trim().to_owned()));
        }
    }
    let mut out = String::from(
        "# What others wrote\n\n`demarche` is made with the crates below, some of them only in its wheel for Python. Each comes on the terms that it names; where it offers several, the\nshortest are taken. The texts follow, each once, with the crates that it is of and who holds the rights in them.\n\n",
    );
    for package in packages {
        out += &format!("- {}: {}\n", name(package), licence(package));
    }
    let mut texts: Vec<_> = texts.into_values().collect();
    texts.sort_by_key(|(body, crates, _)| (std::cmp::Reverse(crates.len()), body.clone()));
    for (body, crates, holders) in texts {
        let crates: Vec<String> = crates.into_iter().collect();
        out += &format!("\n## Of {}\n\n", crates.join(", "));
        for holder in holders {
            out += &format!("    {holder}\n");
        }
        out += "\n";
        for line in body.lines() {
            out += format!("    {line}").trim_end();
            out += "\n";
        }
    }
    if !without.is_empty() {
        out += &format!(
            "\n## Without a text of their own\n\nThese come on the terms that they name, as they stand above.\n\n{}\n",
            without.join("\n")
        );
    }
    out
}

#[test]
fn what_others_wrote_is_named_with_its_terms() {
    let file = format!("{ROOT}/THIRD-PARTY.md");
    let shown = fs::read_to_string(&file).unwrap_or_default();
    let Some(all) = metadata(&["--offline"]).or_else(|| metadata(&[])) else {
        // Without a network there are only the crates of this system.
        let version = Command::new("rustc")
            .arg("-vV")
            .output()
            .expect("rustc runs");
        let version = String::from_utf8_lossy(&version.stdout).into_owned();
        let host = version
            .lines()
            .find_map(|line| line.strip_prefix("host: "))
            .expect("a host");
        let here = metadata(&["--offline", "--filter-platform", host])
            .expect("what is built can be named");
        for package in shipped(&here) {
            assert!(
                shown.contains(&format!("- {}: {}\n", name(package), licence(package))),
                "{}",
                name(package)
            );
        }
        return;
    };
    let packages = shipped(&all);
    assert!(packages.len() > 100);
    let expected = third_party(&packages);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&file, &expected).expect("written");
    } else {
        assert!(
            shown == expected,
            "THIRD-PARTY.md is not of these crates: UPDATE=1 cargo test --test licences"
        );
    }
}

#[test]
fn the_program_prints_it() {
    let output = Command::new(env!("CARGO_BIN_EXE_demarche"))
        .arg("licences")
        .output()
        .expect("it runs");
    let printed = String::from_utf8(output.stdout).expect("UTF-8");
    assert_eq!(
        printed,
        fs::read_to_string(format!("{ROOT}/THIRD-PARTY.md")).expect("a text")
    );
}
