//! How long an editor waits: a graph of 100,000 stances over 50 files, served by the program itself. After each keystroke
//! (a part of one file changed, spoilt and mended in turn) the findings, and completions in the same place.
//!
//! `cargo bench --bench lsp` prints the percentiles.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench may panic, and prints"
)]

use std::fmt::Write as _;
use std::fs;
use std::io::{BufReader, BufWriter};
use std::path::Path;
use std::process::{ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use lsp_server::{Message, Notification, Request, RequestId};
use serde_json::{Value, json};

const FILES: usize = 50;
const STANCES: usize = 2000;
const ACTORS: usize = 2000;
const ISSUES: usize = 500;
const KEYSTROKES: usize = 200;

struct Server {
    to: BufWriter<ChildStdin>,
    from: BufReader<ChildStdout>,
}

impl Server {
    fn tell(&mut self, method: &str, params: Value) {
        Message::Notification(Notification {
            method: method.to_owned(),
            params,
        })
        .write(&mut self.to)
        .unwrap();
    }

    fn ask(&mut self, id: usize, method: &str, params: Value) -> Value {
        let id = RequestId::from(id as i32);
        Message::Request(Request {
            id: id.clone(),
            method: method.to_owned(),
            params,
        })
        .write(&mut self.to)
        .unwrap();
        loop {
            match self.read() {
                Message::Response(response) if response.id == id => {
                    return response.response_result.expect("an answer");
                }
                _ => {}
            }
        }
    }

    fn read(&mut self) -> Message {
        Message::read(&mut self.from)
            .unwrap()
            .expect("the server is there")
    }

    /// Waits for findings; how many there are.
    fn findings(&mut self) -> usize {
        loop {
            match self.read() {
                Message::Notification(note) if note.method.ends_with("publishDiagnostics") => {
                    return note.params["diagnostics"].as_array().unwrap().len();
                }
                _ => {}
            }
        }
    }
}

fn stances(file: usize) -> String {
    let mut text = String::from("Graph(\n    stances: [\n");
    let words = [
        "Supports",
        "Opposes",
        "Neutral",
        "StronglySupports",
        "StronglyOpposes",
    ];
    for nth in file * STANCES..(file + 1) * STANCES {
        let (actor, issue) = (nth % ACTORS, (nth / ACTORS * 7 + nth) % ISSUES);
        let (word, year, month) = (words[nth % 5], 2000 + nth % 23, 1 + nth % 12);
        let _ = writeln!(
            text,
            "        (actor: \"a{actor}\", issue: \"i{issue}\", position: {word}, date: \"{year}-{month:02}-11\", summary: \"said at length and in public, number {nth}\", source: \"s\"),"
        );
    }
    text.push_str("    ],\n)\n");
    text
}

fn write_graph(folder: &Path) {
    let mut graph = String::from(
        "Graph(\n    include: [\"part-*.ron\"],\n    sources: { \"s\": (title: \"A source\", date: \"2023\") },\n    actors: {\n",
    );
    for actor in 0..ACTORS {
        let _ = writeln!(
            graph,
            "        \"a{actor}\": (name: \"Actor number {actor}\", kind: State),"
        );
    }
    graph.push_str("    },\n    issues: {\n");
    for issue in 0..ISSUES {
        let _ = writeln!(
            graph,
            "        \"i{issue}\": (name: \"Issue number {issue}\", question: \"Should {issue} be?\"),"
        );
    }
    graph.push_str("    },\n)\n");
    fs::write(folder.join("graph.ron"), graph).unwrap();
    for file in 0..FILES {
        fs::write(folder.join(format!("part-{file:02}.ron")), stances(file)).unwrap();
    }
}

fn show(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1000.0;
    println!(
        "| {what} | {:.1} | {:.1} | {:.1} | {:.1} |",
        at(0.5),
        at(0.9),
        at(0.99),
        at(1.0)
    );
}

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().canonicalize().unwrap();
    write_graph(&folder);
    let mut child = Command::new(env!("CARGO_BIN_EXE_demarche"))
        .arg("lsp")
        .env_remove("DEMARCHE_GRAPH")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("demarche starts");
    let mut server = Server {
        to: BufWriter::new(child.stdin.take().unwrap()),
        from: BufReader::new(child.stdout.take().unwrap()),
    };
    server.ask(
        0,
        "initialize",
        json!({"capabilities": {"general": {"positionEncodings": ["utf-8"]}}}),
    );
    let text = stances(FILES / 2);
    let uri = format!("file://{}/part-{:02}.ron", folder.display(), FILES / 2);
    let start = Instant::now();
    server.tell(
        "textDocument/didOpen",
        json!({"textDocument": {"uri": uri, "languageId": "ron", "version": 1, "text": text.replacen("Graph(", "Graph( x: 1,", 1)}}),
    );
    server.findings();
    let opened = start.elapsed();
    let whole =
        json!({"textDocument": {"uri": uri, "version": 2}, "contentChanges": [{"text": text}]});
    server.tell("textDocument/didChange", whole);
    server.findings();
    // A letter in the issue of a record in the middle is typed and taken back.
    let line = 2 + STANCES / 2;
    let column = text.lines().nth(line).unwrap().find("issue: \"i").unwrap() + "issue: \"i".len();
    let (before, behind) = (
        json!({"line": line, "character": column}),
        json!({"line": line, "character": column + 1}),
    );
    let (mut findings, mut completions) = (Vec::new(), Vec::new());
    for nth in 0..KEYSTROKES {
        let change = match nth % 2 {
            0 => json!({"range": {"start": before, "end": before}, "text": "x"}),
            _ => json!({"range": {"start": before, "end": behind}, "text": ""}),
        };
        let params =
            json!({"textDocument": {"uri": uri, "version": nth + 3}, "contentChanges": [change]});
        let start = Instant::now();
        server.tell("textDocument/didChange", params);
        let position = json!({"textDocument": {"uri": uri}, "position": behind});
        server.ask(2 * nth + 1, "textDocument/completion", position.clone());
        completions.push(start.elapsed());
        let found = server.findings();
        findings.push(start.elapsed());
        assert_eq!(found, usize::from(nth % 2 == 0));
    }
    println!(
        "{} stances over {FILES} files, opened in {:.0} ms; after a keystroke, in ms:\n",
        FILES * STANCES,
        opened.as_secs_f64() * 1000.0
    );
    println!("| | median | 90 % | 99 % | most |\n| --- | ---: | ---: | ---: | ---: |");
    show("findings (aim: 100)", findings);
    show("completion (aim: 30)", completions);
    server.ask(1_000_000, "shutdown", Value::Null);
    server.tell("exit", Value::Null);
    child.wait().unwrap();
}
