//! The page of every rule is true: its first example breaks this rule and no other, its second keeps it; and every code
//! that a finding can have is a rule.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that fails may panic"
)]

use std::fs;
use std::path::Path;

use demarche::check::{self, RULES, Rule};
use demarche::diagnostic::{Diagnostic, Severity};
use demarche::model::Day;
use demarche::resolve::{self, Files, Included, Memory, ReadError};

/// It takes a killed edit, a file that can't be opened, one that is not UTF-8 or has such a name, one of 4 GiB, or hundreds of actors to show
/// these.
const NOT_SHOWN: [&str; 9] = [
    "foreign-edit",
    "half-an-edit",
    "import-map",
    "include-unreadable",
    "long-chain",
    "not-utf8",
    "passed-over",
    "too-large",
    "unfinished-edit",
];

/// The text of a fence with this info string.
fn fence<'p>(page: &'p str, info: &str) -> Option<&'p str> {
    let (_, rest) = page.split_once(&format!("\n```{info}\n"))?;
    rest.split_once("\n```\n").map(|(text, _)| text)
}

/// Reads an example: one file, or several that each begin with a line `// file: NAME`. The first is the graph.
fn findings(example: &str) -> Vec<Diagnostic> {
    let named = |part: &str| {
        part.split_once('\n')
            .map(|(name, text)| (name.to_owned(), text.to_owned()))
            .unwrap()
    };
    let files: Vec<(String, String)> = match example.strip_prefix("// file: ") {
        Some(parts) => parts.split("\n// file: ").map(named).collect(),
        None => vec![("graph.ron".to_owned(), example.to_owned())],
    };
    let first = files[0].0.clone();
    let files = Memory::from_iter(files);
    let (mut graph, mut found) = resolve::load(&files, &[first]).unwrap();
    found.extend(resolve::read_copies(&files, &mut graph));
    found.extend(check::warnings(&graph));
    found.extend(check::misquotes(&graph));
    found.extend(check::by_day(&graph, Day::of(2026, 1, 1)));
    found
}

fn page_is_true(rule: &Rule) -> Result<(), String> {
    let example =
        |info| fence(rule.page, info).ok_or(format!("{}: no example `{info}`", rule.code));
    let (broken, mended) = (
        findings(example("ron triggers")?),
        findings(example("ron fixed")?),
    );
    let others = |found: &[Diagnostic]| -> Vec<String> {
        let other = |d: &&Diagnostic| d.severity == Severity::Error && d.code != rule.code;
        found
            .iter()
            .filter(other)
            .map(|d| format!("{}: {}", d.code, d.message))
            .collect()
    };
    let this = |found: &[Diagnostic]| found.iter().any(|d| d.code == rule.code);
    let severe = broken
        .iter()
        .filter(|d| d.code == rule.code)
        .all(|d| d.severity == rule.severity);
    if !this(&broken) {
        Err(format!(
            "{}: not broken, but {:?}",
            rule.code,
            others(&broken)
        ))
    } else if !others(&broken).is_empty() {
        Err(format!("{}: also broken: {:?}", rule.code, others(&broken)))
    } else if !severe {
        Err(format!("{}: of another severity", rule.code))
    } else if this(&mended) || !others(&mended).is_empty() {
        Err(format!(
            "{}: not mended: {:?}",
            rule.code,
            mended
                .iter()
                .map(|d| (d.code, &d.message))
                .collect::<Vec<_>>()
        ))
    } else {
        Ok(())
    }
}

#[test]
fn pages_are_true() {
    let shown = RULES.iter().filter(|rule| !NOT_SHOWN.contains(&rule.code));
    let wrong: Vec<String> = shown.filter_map(|rule| page_is_true(rule).err()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn pages_have_a_heading_and_a_meaning() {
    for rule in RULES {
        assert!(
            rule.page.starts_with(&format!("# {}\n\n", rule.code)),
            "{}",
            rule.code
        );
        assert!(
            rule.short().ends_with('.') && rule.full().len() > rule.short().len(),
            "{}: {}",
            rule.code,
            rule.full()
        );
    }
    assert!(RULES.is_sorted_by_key(|rule| rule.code));
}

/// All of `src`, the rules and their tests apart.
fn sources(folder: &Path, all: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, all);
        } else if path.extension().is_some_and(|extension| extension == "rs")
            && !path.ends_with("check/rules.rs")
        {
            all.push_str(
                fs::read_to_string(&path)
                    .unwrap()
                    .split("#[cfg(test)]")
                    .next()
                    .unwrap(),
            );
        }
    }
}

/// The codes with which findings are made: what stands first in `error("…` and `warning("…`.
fn codes(sources: &str) -> Vec<&str> {
    let calls = ["error(", "warning("]
        .into_iter()
        .flat_map(|call| sources.split(call).skip(1));
    let first = calls.filter_map(|rest| {
        rest.trim_start()
            .strip_prefix('"')?
            .split_once("\",")
            .map(|(code, _)| code)
    });
    first
        .filter(|code| {
            code.chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        })
        .collect()
}

#[test]
fn every_code_is_a_rule() {
    let mut all = String::new();
    sources(Path::new("src"), &mut all);
    for code in codes(&all) {
        assert!(check::page(code).is_some(), "`{code}` has no page");
    }
    for rule in RULES {
        assert!(
            all.contains(&format!("\"{}\"", rule.code)),
            "no finding has the code `{}`",
            rule.code
        );
    }
    let pages = fs::read_dir("src/check/pages").unwrap().count();
    assert_eq!(pages, RULES.len());
}

/// One file includes another, which nobody may read.
struct Locked;

impl Files for Locked {
    fn read(&self, name: &str) -> Result<Vec<u8>, ReadError> {
        match name {
            "graph.ron" => Ok(b"Graph(include: [\"locked.ron\"])".to_vec()),
            _ => Err(ReadError {
                name: name.to_owned(),
                reason: "permission denied".to_owned(),
            }),
        }
    }

    fn included(&self, _: &str, _: &str, pattern: &str) -> Included {
        Included::Files(vec![pattern.to_owned()], Vec::new())
    }
}

#[test]
fn a_file_that_cannot_be_opened() {
    let (graph, found) = resolve::load(&Locked, &["graph.ron".to_owned()]).unwrap();
    let [finding] = found.as_slice() else {
        panic!("{found:?}")
    };
    assert_eq!(
        (finding.code, graph.slice(finding.place())),
        ("include-unreadable", "\"locked.ron\"")
    );
}
