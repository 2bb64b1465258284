//! What the format says is what answers say. Each file of `contract` is a graph, and below it what is asked of it: `//? QUESTION`,
//! then `//+ WORDS` that the answer has and `//- WORDS` that it has not, whatever the white space. All of that holds, too, where
//! the records stand in the opposite order. `//= QUESTION` is answered alike in both orders, but for places.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that fails may panic"
)]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use demarche::model::Document;
use demarche::text::FileId;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/contract");

/// The graph with its records in the opposite order.
fn reversed(graph: &str) -> String {
    let (mut document, found) = Document::read(graph, FileId(0));
    assert!(found.is_empty(), "{found:?}");
    document.sources.0.reverse();
    document.actors.0.reverse();
    document.issues.0.reverse();
    document.stances.reverse();
    document.meetings.0.reverse();
    document.ties.reverse();
    document.facts.0.reverse();
    document.to_ron().expect("a document can be written")
}

fn answer(graph: &str, question: &str) -> String {
    let mut child = Command::new(env!("CARGO_BIN_EXE_demarche"))
        .args(["-g", "-"])
        .args(question.split_whitespace())
        .env_remove("COLUMNS")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("demarche runs");
    let mut stdin = child.stdin.take().expect("an input");
    stdin.write_all(graph.as_bytes()).expect("it reads");
    drop(stdin);
    let output = child.wait_with_output().expect("demarche ends");
    squeezed(&(String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr)))
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An answer without its places: `-:12`, `-:12:5`, and in JSON `"line": 12`, `"column": 5` and `"place":12`.
fn without_places(answer: &str) -> String {
    let mut rest = answer;
    let mut without = String::new();
    while let Some((at, mark)) = ["-:", "\"line\": ", "\"column\": ", "\"place\":"]
        .iter()
        .filter_map(|mark| Some((rest.find(mark)?, mark)))
        .min()
    {
        let (before, behind) = rest.split_at(at + mark.len());
        without += before;
        rest =
            behind.trim_start_matches(|c: char| c.is_ascii_digit() || (*mark == "-:" && c == ':'));
    }
    without + rest
}

/// What an answer should or should not say and does not, or does.
fn faults(name: &str, text: &str) -> Vec<String> {
    let graphs = [text.to_owned(), reversed(text)];
    let mut faults = Vec::new();
    let mut answers: Option<(&str, [String; 2])> = None;
    for line in text.lines() {
        let line = line.trim();
        if let Some(question) = line.strip_prefix("//? ") {
            let both = [&graphs[0], &graphs[1]].map(|graph| answer(graph, question));
            answers = Some((question, both));
            continue;
        }
        if let Some(question) = line.strip_prefix("//= ") {
            let both =
                [&graphs[0], &graphs[1]].map(|graph| without_places(&answer(graph, question)));
            if both[0] != both[1] {
                let [one, other] = &both;
                faults.push(format!(
                    "{name}: `{question}` depends on the order:\n{one}\n{other}\n"
                ));
            }
            answers = Some((question, both));
            continue;
        }
        let wanted = line.strip_prefix("//+ ").map(|words| (words, true));
        let Some((words, is_wanted)) =
            wanted.or(line.strip_prefix("//- ").map(|words| (words, false)))
        else {
            continue;
        };
        let (question, both) = answers.as_ref().expect("a question stands above");
        for (answer, order) in both.iter().zip(["as written", "in the opposite order"]) {
            if answer.contains(&squeezed(words)) != is_wanted {
                let says = if is_wanted { "does not say" } else { "says" };
                faults.push(format!(
                    "{name}: `{question}`, {order}, {says} `{words}`:\n{answer}\n"
                ));
            }
        }
    }
    assert!(answers.is_some(), "{name} asks nothing");
    faults
}

#[test]
fn answers_are_what_the_format_says() {
    let mut paths: Vec<_> = fs::read_dir(Path::new(FOLDER))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    let faults: Vec<String> = paths
        .iter()
        .flat_map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy();
            faults(&name, &fs::read_to_string(path).expect("a graph"))
        })
        .collect();
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}
