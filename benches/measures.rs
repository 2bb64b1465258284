//! How long measures take, from text to answer, beside what one would use in Python. Prints the table of README:
//! `cargo bench --bench measures`. Peers need `polars`, `numpy` and `igraph`, of the Python that `PYTHON` names, else of
//! `python3`; a peer that is missing is said to be.
//!
//! Every figure is the median of several whole processes, taken in turn, so that a machine that slows down slows all.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark that fails may panic, and prints"
)]

mod synthetic;

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

const ROUNDS: usize = 9;

/// A row of the table: what is asked of which graph, and the script that answers the same.
struct Question {
    what: &'static str,
    graph: &'static str,
    command: &'static [&'static str],
    peer: Option<(&'static str, &'static [&'static str])>,
}

const QUESTIONS: [Question; 7] = [
    Question {
        what: "agreement of all pairs of 2,000 actors, 100,000 stances: the highest and the lowest",
        graph: "middle",
        command: &["matrix", "--measure", "net"],
        peer: Some(("polars and numpy", &["agreement.py"])),
    },
    Question {
        what: "the same: all 4 million cells as CSV",
        graph: "middle",
        command: &["matrix", "--measure", "net", "--format", "csv"],
        peer: Some(("polars and numpy", &["agreement.py", "matrix.csv"])),
    },
    Question {
        what: "who stands between whom at 10,000 meetings of them: exact betweenness",
        graph: "middle",
        command: &["brokers", "--through", "meetings"],
        peer: Some(("igraph", &["between.py"])),
    },
    Question {
        what: "balance of their positions, bounds of frustration",
        graph: "middle",
        command: &["balance", "--signs", "positions"],
        peer: None,
    },
    Question {
        what: "camps of 10,000 actors, a million stances",
        graph: "large",
        command: &["camps"],
        peer: None,
    },
    Question {
        what: "who stands between them at 100,000 meetings: estimated, with its error",
        graph: "large",
        command: &["brokers"],
        peer: None,
    },
    Question {
        what: "the frustration of 100 actors, 600 ties in two camps, 40 of the wrong sign: proved",
        graph: "ties",
        command: &["balance"],
        peer: None,
    },
];

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(
        folder.join("middle.ron"),
        synthetic::graph(100_000, 2_000, 500),
    )
    .unwrap();
    fs::write(
        folder.join("large.ron"),
        synthetic::graph(1_000_000, 10_000, 5_000),
    )
    .unwrap();
    fs::write(folder.join("ties.ron"), ties()).unwrap();
    tables_of(folder);
    let mut times: Vec<[Vec<f64>; 2]> =
        QUESTIONS.iter().map(|_| [Vec::new(), Vec::new()]).collect();
    for _ in 0..ROUNDS {
        for (question, times) in QUESTIONS.iter().zip(&mut times) {
            let mut ours = Command::new(env!("CARGO_BIN_EXE_demarche"));
            ours.arg("-g")
                .arg(folder.join(question.graph).with_extension("ron"))
                .args(question.command);
            times[0].extend(clocked(&mut ours));
            times[1].extend(
                question
                    .peer
                    .and_then(|(_, script)| clocked(&mut peer(folder, script))),
            );
        }
    }
    println!("| from text to answer | demarche | a script | |\n| --- | ---: | ---: | ---: |");
    for (question, [ours, theirs]) in QUESTIONS.iter().zip(times) {
        let ours = median(ours);
        let (theirs, times) = match (question.peer, theirs.is_empty()) {
            (None, _) => (String::new(), String::new()),
            (Some((name, _)), true) => (format!("skipped: no {name}"), String::new()),
            (Some((name, _)), false) => {
                let theirs = median(theirs);
                (
                    format!("{theirs:.2} s ({name})"),
                    format!("{:.1} ×", theirs / ours),
                )
            }
        };
        println!("| {} | {ours:.2} s | {theirs} | {times} |", question.what);
    }
}

/// The seconds that a program takes; none where it fails.
fn clocked(command: &mut Command) -> Option<f64> {
    let start = Instant::now();
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    status
        .is_ok_and(|status| status.success())
        .then(|| start.elapsed().as_secs_f64())
}

fn peer(folder: &Path, script: &[&str]) -> Command {
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers");
    let mut command = Command::new(std::env::var_os("PYTHON").unwrap_or("python3".into()));
    command
        .arg(scripts.join(script[0]))
        .arg(folder)
        .args(script[1..].iter().map(|file| folder.join(file)));
    command
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

/// The middle graph as tables, which is what scripts read.
fn tables_of(folder: &Path) {
    let (graph, _) = demarche::disk::read(&[folder.join("middle.ron")]).unwrap();
    let (mut actors, mut issues) = (String::from("id\n"), String::from("id\n"));
    for (_, actor) in graph.actors() {
        writeln!(actors, "{}", actor.id).unwrap();
    }
    for (_, issue) in graph.issues() {
        writeln!(issues, "{}", issue.id).unwrap();
    }
    let mut stances = String::from("actor,issue,position,date\n");
    for (_, stance) in graph.stances() {
        let (actor, issue) = (
            &graph[stance.actors.as_slice()[0]].id,
            &graph[stance.issue].id,
        );
        let (position, date) = (
            stance.position.unwrap().written(),
            graph.stance_date(stance).unwrap(),
        );
        writeln!(stances, "{actor},{issue},{position},{date}").unwrap();
    }
    let mut participants = String::from("meeting,actor\n");
    for (_, meeting) in graph.meetings() {
        for actor in &meeting.participants {
            writeln!(participants, "{},{}", meeting.id, graph[*actor].id).unwrap();
        }
    }
    for (name, table) in [
        ("actors", actors),
        ("issues", issues),
        ("stances", stances),
        ("participants", participants),
    ] {
        fs::write(folder.join(name).with_extension("csv"), table).unwrap();
    }
}

/// Two camps of 50, friends inside and foes outside, with the wrong sign on 40 of 600 ties.
fn ties() -> String {
    let mut state = 7_u64;
    let mut below = |bound: usize| {
        // Knuth's constants.
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % bound
    };
    let mut pairs = Vec::new();
    while pairs.len() < 600 {
        let (a, b) = (below(100), below(100));
        if a < b && !pairs.contains(&(a, b)) {
            pairs.push((a, b));
        }
    }
    let mut wrong = Vec::new();
    while wrong.len() < 40 {
        let tie = below(600);
        if !wrong.contains(&tie) {
            wrong.push(tie);
        }
    }
    let mut text = String::from("Graph(actors: {");
    for actor in 0..100 {
        write!(
            text,
            "\"a{actor}\": (name: \"Actor {actor}\", kind: State), "
        )
        .unwrap()
    }
    text += "}, ties: [";
    for (nth, (a, b)) in pairs.into_iter().enumerate() {
        let kind = if ((a < 50) == (b < 50)) == wrong.contains(&nth) {
            "Hostile"
        } else {
            "Ally"
        };
        write!(text, "(from: \"a{a}\", to: \"a{b}\", kind: {kind}), ").unwrap();
    }
    text + "])"
}
