//! How long loading a large graph takes beside the `ron` crate, and asking a small one beside a program that only starts.
//! Prints the tables of README: `cargo bench --bench load`, or `cargo bench --bench load -- FILE` for a graph of one's own.
//!
//! Every figure is the median of several fresh processes of this program, taken in turn, so that a machine that slows
//! down slows all of them. Each times itself, and says how much memory it needed.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark that fails may panic, and prints"
)]

mod synthetic;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use clap::Parser;
use demarche::model::{self, Document, Record, Split, Stance};
use demarche::text::FileId;

const STANCES: usize = 1_000_000;
const ROUNDS: usize = 7;
const STARTS: usize = 101;

/// What a large graph is loaded by, and how the table calls it.
const WAYS: [(&str, &str); 4] = [
    ("ron", "the `ron` crate, into our records"),
    ("one", "our reader, into the same records, one thread"),
    ("read", "our reader, into the same records"),
    (
        "load",
        "the whole load: references resolved, petgraph built",
    ),
];

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["only-start", ..] => only_start(),
        ["time", way, file] => time(way, file),
        [file] => tables(Path::new(file)),
        _ => {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("graph.ron");
            fs::write(
                &file,
                synthetic::graph(STANCES, STANCES / 100, STANCES / 200),
            )
            .unwrap();
            tables(&file);
        }
    }
}

fn tables(file: &Path) {
    let size = fs::metadata(file).unwrap().len() as f64;
    println!(
        "| {:.0} MB of text | time | speed | peak memory |\n| --- | ---: | ---: | ---: |",
        size / 1e6
    );
    let mut runs = WAYS.map(|_| Vec::new());
    for _ in 0..ROUNDS {
        for ((way, _), runs) in WAYS.iter().zip(&mut runs) {
            runs.push(figures(way, file));
        }
    }
    let medians = runs.map(|runs| {
        (
            median(runs.iter().map(|run| run.0)),
            median(runs.iter().map(|run| run.1)),
        )
    });
    for ((_, name), (seconds, peak)) in WAYS.iter().zip(medians) {
        let speed = medians[0].0 / seconds;
        println!(
            "| {name} | {seconds:.2} s | {speed:.1} × | {:.1} × the text |",
            peak * 1024.0 / size
        );
    }
    println!("\n| a question on the Blinken graph | time | ratio |\n| --- | ---: | ---: |");
    let own = std::env::current_exe().unwrap();
    let mut starts = [Vec::new(), Vec::new()];
    for _ in 0..STARTS {
        starts[0].push(started(Command::new(&own).args([
            "only-start",
            "-g",
            "graphs/blinken-2023.ron",
            "show",
            "taiwan",
        ])));
        starts[1].push(started(
            Command::new(env!("CARGO_BIN_EXE_demarche")).args([
                "-g",
                "graphs/blinken-2023.ron",
                "show",
                "taiwan",
            ]),
        ));
    }
    let [start, show] = starts.map(|starts| median(starts.iter().map(Duration::as_secs_f64)));
    println!(
        "| a program that only parses its arguments | {:.2} ms | 1 |",
        start * 1e3
    );
    println!(
        "| `demarche show taiwan` | {:.2} ms | {:.2} |",
        show * 1e3,
        show / start
    );
}

fn median(figures: impl Iterator<Item = f64>) -> f64 {
    let mut figures: Vec<f64> = figures.collect();
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

fn started(command: &mut Command) -> Duration {
    let start = Instant::now();
    assert!(command.stdout(Stdio::null()).status().unwrap().success());
    start.elapsed()
}

/// Seconds and peak memory in KiB of one way in a process of its own.
fn figures(way: &str, file: &Path) -> (f64, f64) {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["time", way])
        .arg(file)
        .output()
        .unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let mut figures = printed
        .split_whitespace()
        .map(|figure| figure.parse().unwrap());
    (figures.next().unwrap(), figures.next().unwrap())
}

/// Prints the seconds that one way takes, and the peak memory of this process.
fn time(way: &str, file: &str) {
    let read = || fs::read_to_string(file).unwrap();
    let (seconds, stances) = match way {
        "load" => clocked(
            || {
                demarche::disk::read(&[file])
                    .map(|(graph, _)| (graph.net().graph.edge_count() > 0, graph))
                    .unwrap()
                    .1
            },
            |graph| graph.stances().len(),
        ),
        "one" => {
            let text = read();
            clocked(|| one_thread(&text), |(stances, _)| stances.len())
        }
        "read" => {
            let text = read();
            clocked(
                || Document::read(&text, FileId::default()).0,
                |document| document.stances.len(),
            )
        }
        _ => {
            let text = read();
            let options = ron::Options::default()
                .with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
            clocked(
                || options.from_str::<Document<'_>>(&text).unwrap(),
                |document| document.stances.len(),
            )
        }
    };
    assert!(stances > 0);
    println!("{seconds} {}", peak_memory());
}

/// The records of a text, read by one thread.
fn one_thread(text: &str) -> (Vec<Stance<'_>>, Vec<Record<'_>>) {
    let (mut stances, mut others) = (Vec::new(), Vec::new());
    model::read(
        text,
        FileId::default(),
        Split::default(),
        |entry| match &mut entry.record {
            Record::Stance(stance) => stances.push(std::mem::take(stance)),
            other => others.push(std::mem::replace(other, Record::Unreadable(""))),
        },
    );
    (stances, others)
}

/// How long it takes to make something, and a figure of it so that it is made.
fn clocked<T>(make: impl FnOnce() -> T, figure: impl FnOnce(&T) -> usize) -> (f64, usize) {
    let start = Instant::now();
    let made = make();
    let seconds = start.elapsed().as_secs_f64();
    let figure = figure(&made);
    // Nobody waits for it to be taken apart.
    std::mem::forget(made);
    (seconds, figure)
}

/// In KiB, as Linux has it; 0 elsewhere.
fn peak_memory() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.and_then(|peak| peak.trim().split(' ').next()?.parse().ok())
        .unwrap_or(0.0)
}

/// The arguments that `demarche show` would take, as far as this program knows.
#[derive(Parser)]
struct Arguments {
    /// The graph.
    #[arg(short, long)]
    graph: Vec<String>,
    #[command(subcommand)]
    command: Question,
}

#[derive(clap::Subcommand)]
enum Question {
    /// Everything about one thing.
    Show {
        /// Its name.
        name: String,
    },
}

fn only_start() {
    let arguments = Arguments::parse_from(std::env::args_os().skip(1));
    let Question::Show { name } = arguments.command;
    assert!(!name.is_empty() && !arguments.graph.is_empty());
}
