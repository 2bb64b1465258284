//! `watch`: what happens on every save, over a real folder.
#![cfg(all(feature = "watch", feature = "pictures", unix))]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that fails may panic"
)]

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

const GRAPH: &str = "Graph(title: \"First\", include: [\"more/*.ron\"], actors: {\"a\": (name: \"A\", kind: State)}, issues: {\"i\": (name: \"I\", question: \"?\")}, sources: {\"s\": (title: \"S\", date: \"2024\")}, stances: [(actor: \"a\", issue: \"i\", position: Supports, source: \"s\")])";

#[test]
fn it_ends_when_nobody_reads_it_any_more() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("graph.ron"), GRAPH).expect("written");
    let mut watching = Command::new(env!("CARGO_BIN_EXE_demarche"))
        .args(["-g", "graph.ron", "watch"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut out = BufReader::new(watching.stdout.take().expect("a pipe"));
    out.read_line(&mut String::new()).expect("a line");
    drop(out);
    let mut complaints = watching.stderr.take().expect("a pipe");
    let (sender, ended) = mpsc::channel();
    std::thread::spawn(move || {
        let mut said = String::new();
        complaints
            .read_to_string(&mut said)
            .map(|_| sender.send(said))
    });
    let said = ended.recv_timeout(Duration::from_secs(60));
    // It may have ended.
    let _ = watching.kill();
    let status = watching.wait().expect("it ends");
    assert_eq!(said.as_deref(), Ok(""));
    assert!(status.success(), "{status}");
}

struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn start(folder: &Path) -> Watching {
        let mut child = Command::new(env!("CARGO_BIN_EXE_demarche"))
            .args(["-g", "graph.ron", "watch", "-o", "x.svg"])
            .current_dir(folder)
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let out = BufReader::new(child.stdout.take().expect("a pipe"));
        let (sender, lines) = mpsc::channel();
        std::thread::spawn(move || {
            out.lines()
                .map_while(Result::ok)
                .try_for_each(|line| sender.send(line))
        });
        Watching { child, lines }
    }

    /// All that is printed up to a line that holds this.
    fn until(&self, words: &str) -> String {
        let mut all = String::new();
        loop {
            let line = self
                .lines
                .recv_timeout(Duration::from_secs(60))
                .unwrap_or_else(|_| panic!("waits for `{words}` after:\n{all}"));
            all.push_str(&line);
            all.push('\n');
            if line.contains(words) {
                return all;
            }
        }
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn every_save_is_checked_and_drawn() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    let picture = || fs::read_to_string(path("x.svg")).expect("a picture");
    fs::write(path("graph.ron"), GRAPH).expect("written");
    fs::create_dir(path("more")).expect("made");
    fs::write(
        path("more/a.ron"),
        "Graph(actors: {\"old\": (name: \"Old\", kind: State)})",
    )
    .expect("written");
    let mut watching = Watching::start(folder.path());
    watching.until("drawn in");
    assert!(picture().contains("First"));

    // Saved in place, and then as editors do that write beside and rename.
    fs::write(path("graph.ron"), GRAPH.replace("First", "Second")).expect("written");
    watching.until("drawn in");
    assert!(picture().contains("Second"));
    fs::write(path("graph.ron~"), GRAPH.replace("First", "Third")).expect("written");
    fs::rename(path("graph.ron~"), path("graph.ron")).expect("renamed");
    watching.until("drawn in");
    assert!(picture().contains("Third"));

    // Half saved: the error is shown, the picture stays.
    fs::write(path("graph.ron"), &GRAPH[..100]).expect("written");
    let said = watching.until("stays as it was");
    assert!(
        said.contains("error[") && picture().contains("Third"),
        "{said}"
    );
    fs::write(path("graph.ron"), GRAPH).expect("written");
    watching.until("drawn in");

    // A file that it would include comes, and goes again.
    fs::write(
        path("more/b.ron"),
        "Graph(actors: {\"b\": (name: \"Newcomer\", kind: State)})",
    )
    .expect("written");
    watching.until("drawn in");
    assert!(picture().contains("Newcomer"));
    fs::remove_file(path("more/b.ron")).expect("removed");
    watching.until("drawn in");
    assert!(!picture().contains("Newcomer"));

    // Gone, and back.
    fs::remove_file(path("graph.ron")).expect("removed");
    let said = watching.until("stays as it was");
    assert!(said.contains("there is no such file"), "{said}");
    fs::write(path("graph.ron"), GRAPH.replace("First", "Last")).expect("written");
    watching.until("drawn in");
    assert!(picture().contains("Last"));

    // Ctrl-C ends it, without a word of failure and without a trace.
    let stopped = Command::new("kill")
        .args(["-INT", &watching.child.id().to_string()])
        .status()
        .expect("sent");
    assert!(stopped.success() && watching.child.wait().expect("it ends").success());
    let mut left: Vec<_> = fs::read_dir(folder.path())
        .expect("a folder")
        .flatten()
        .map(|entry| entry.file_name())
        .collect();
    left.sort();
    assert_eq!(left, ["graph.ron", "more", "x.svg"]);
}
