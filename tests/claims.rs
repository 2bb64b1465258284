//! Every claim of the report is in the graph and is found by a question: a line of `claims/*.txt` each.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that fails may panic"
)]

use std::process::Command;

/// The words of a command line; quotation marks hold words together.
fn words(line: &str) -> Vec<String> {
    let parts = line.split('"').enumerate();
    parts
        .flat_map(|(nth, part)| match nth % 2 {
            0 => part
                .split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>(),
            _ => vec![part.to_owned()],
        })
        .collect()
}

#[test]
fn every_claim_is_found() {
    let root = env!("CARGO_MANIFEST_DIR");
    let claims =
        std::fs::read_to_string(format!("{root}/tests/claims/blinken.txt")).expect("the claims");
    let mut missing = Vec::new();
    let mut asked = 0;
    for line in claims
        .lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
    {
        let [claim, question, fragment] = line.split(" | ").collect::<Vec<_>>()[..] else {
            panic!("not three fields: {line}")
        };
        let answer = Command::new(env!("CARGO_BIN_EXE_demarche"))
            .args([
                "-g",
                &format!("{root}/graphs/blinken-2023.ron"),
                "--as-of",
                "2023-06-19",
            ])
            .args(words(question))
            .env_remove("COLUMNS")
            .output()
            .expect("demarche runs");
        asked += 1;
        let text = String::from_utf8_lossy(&answer.stdout);
        if !answer.status.success() || !text.contains(fragment.trim()) {
            missing.push(format!(
                "{claim}: `{question}` does not say `{fragment}`\n{}",
                String::from_utf8_lossy(&answer.stderr)
            ));
        }
    }
    assert!(
        missing.is_empty(),
        "{} of {asked} claims are not found:\n{}",
        missing.len(),
        missing.join("\n")
    );
}
