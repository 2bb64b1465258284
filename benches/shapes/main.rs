//! Texts of every shape that the format knows, at n, 2n and 4n: how the time grows that is spent on each. An exponent of 1
//! is a time that grows with the text, one of 2 a time that grows with its square.
//!
//! `cargo bench --bench shapes` prints, for each shape, what grows fastest, and at the end all that is over 1.2; with
//! `-- WORD` only the shapes with this word in their names, and every step of them.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench may panic, and prints"
)]

mod texts;

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use demarche::edit::draft::{SourceOf, draft, ron};
use demarche::edit::{self, Layout};
use demarche::graph::{ActorId, Entity, Graph, IssueId, Lens, SourceId};
use demarche::model::Day;
use demarche::query::{self, Answer, History, HistoryOf, List, PositionFilter, Version, View};
use demarche::render::diagnostics::{Style, json, text};
use demarche::render::{self, Why};
use demarche::{check, diagnostic, disk};

/// Bytes of the smallest of the three texts.
const BYTES: usize = 100_000;
/// Each text is gone through so many times; the fastest counts.
const RUNS: usize = 3;
/// What takes less at 4n is too short to say anything about.
const WORTH_SAYING: Duration = Duration::from_millis(10);
/// What takes longer is not run again at a larger size.
const LONG: Duration = Duration::from_secs(20);
/// What grows faster is named at the end.
const FAST: f64 = 1.2;

/// How long each step took.
type Times = BTreeMap<&'static str, Duration>;

fn main() {
    let wanted = std::env::args().skip(1).find(|word| !word.starts_with('-'));
    let folder = tempfile::tempdir().unwrap();
    let graphs = texts::GRAPHS.iter().map(|shape| (shape, true));
    let shapes = graphs.chain(texts::TEXTS.iter().map(|shape| (shape, false)));
    let mut over = Vec::new();
    for ((name, bytes, make), is_graph) in shapes {
        if !wanted.as_ref().is_none_or(|word| name.contains(word)) {
            continue;
        }
        let n = BYTES / bytes;
        let measured = [n, 2 * n, 4 * n].map(|n| {
            let text = make(n);
            let run = || {
                if is_graph {
                    of_graph(&text, folder.path())
                } else {
                    of_draft(&text)
                }
            };
            let first = run();
            let again = if first.values().sum::<Duration>() < LONG {
                RUNS
            } else {
                1
            };
            (1..again).map(|_| run()).fold(first, fastest)
        });
        over.extend(report(name, n, &measured, wanted.is_some()));
    }
    println!("\n{} over {FAST}", over.len());
    for line in &over {
        println!("{line}");
    }
}

fn fastest(one: Times, other: Times) -> Times {
    other
        .into_iter()
        .map(|(step, time)| (step, one.get(step).map_or(time, |known| time.min(*known))))
        .collect()
}

/// Prints what a shape took; gives what grows too fast.
fn report(name: &str, n: usize, measured: &[Times; 3], all: bool) -> Vec<String> {
    let [small, middle, large] = measured;
    let exponent = |from: Duration, to: Duration, times: f64| {
        (to.as_secs_f64() / from.as_secs_f64()).log(times)
    };
    let mut lines: Vec<(f64, String)> = large
        .iter()
        .filter(|(_, time)| **time >= WORTH_SAYING)
        .map(|(step, time)| {
            let grows = exponent(small[step], *time, 4.0);
            let times = [small[step], middle[step], *time]
                .map(|time| format!("{:9.1}", time.as_secs_f64() * 1e3));
            (
                grows,
                format!(
                    "{grows:5.2}  {name:44} {step:12} n = {n:6} {} ms",
                    times.join("")
                ),
            )
        })
        .collect();
    lines.sort_by(|one, other| other.0.total_cmp(&one.0));
    let shown = if all { lines.len() } else { 1 };
    for (_, line) in lines.iter().take(shown) {
        println!("{line}");
    }
    if lines.is_empty() {
        println!(" none  {name:44} too short to say");
    }
    lines
        .into_iter()
        .filter(|(grows, _)| *grows > FAST)
        .map(|(_, line)| line)
        .collect()
}

/// Does one thing, and notes how long it took.
fn timed<T>(times: &mut Times, step: &'static str, act: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let done = black_box(act());
    times.insert(step, start.elapsed());
    done
}

/// Checks a graph, lays it out, asks it.
fn of_graph(source: &str, folder: &Path) -> Times {
    let mut times = Times::new();
    let file = folder.join("graph.ron");
    std::fs::write(&file, source).unwrap();
    let (graph, mut found) = timed(&mut times, "read", || disk::read(&[&file]).unwrap());
    timed(&mut times, "warnings", || {
        found.extend(check::warnings(&graph));
        found.extend(check::misquotes(&graph));
        diagnostic::sort(&mut found);
    });
    let style = Style {
        color: false,
        width: Some(80),
    };
    timed(&mut times, "show found", || {
        text(&found, &graph.texts, style).len()
    });
    timed(&mut times, "json", || json(&found, &[], &graph.texts).len());
    timed(&mut times, "fmt", || {
        edit::format(source, Layout::default()).is_ok()
    });
    timed(&mut times, "mentions", || {
        edit::mentions(&graph.texts, "a").len()
    });
    timed(&mut times, "rename", || {
        edit::rename(&graph.texts, "a", "z").is_ok()
    });
    ask(&graph, &mut times);
    times
}

fn ask(graph: &Graph, times: &mut Times) {
    let lens = Lens::as_of(Day::of(2024, 1, 1));
    let mut ask = |step, answer: &dyn Fn() -> Answer| {
        timed(times, step, || {
            let answer = answer();
            let shown = render::text(
                graph,
                &answer,
                Why::Shown,
                render::Shape {
                    width: Some(80),
                    ..Default::default()
                },
            );
            shown.len() + render::json(graph, &answer).len()
        });
    };
    let all = PositionFilter {
        history: History::All,
        ..PositionFilter::default()
    };
    let (actor, issue, source) = (ActorId(0), IssueId(0), SourceId(0));
    if graph.actors.len() < 2 || graph.issues.is_empty() || graph.sources.is_empty() {
        return;
    }
    let last = ActorId(graph.actors.len() as u32 - 1);
    ask("overview", &|| query::overview(graph, lens));
    let lists = [
        ("list actors", List::Actors),
        ("list issues", List::Issues),
        ("list meetings", List::Meetings),
        ("list sources", List::Sources),
        ("list ties", List::Ties),
        ("list stances", List::Stances),
        ("list facts", List::Facts),
    ];
    for (step, what) in lists {
        ask(step, &|| query::list(graph, lens, what));
    }
    ask("show actor", &|| {
        query::show(graph, lens, Entity::Actor(actor))
    });
    ask("show last", &|| {
        query::show(graph, lens, Entity::Actor(last))
    });
    ask("show issue", &|| {
        query::show(graph, lens, Entity::Issue(issue))
    });
    ask("show source", &|| {
        query::show(graph, lens, Entity::Source(source))
    });
    ask("positions", &|| query::positions(graph, lens, &all));
    ask("history", &|| {
        query::history(graph, lens, HistoryOf::Issue(issue))
    });
    ask("compare", &|| query::compare(graph, lens, &[actor, last]));
    ask("evidence", &|| {
        query::footing(graph, lens, 2, &check::quotes(graph))
    });
    ask("passages", &|| {
        query::passages(graph, source, &check::quotes(graph))
    });
    ask("timeline", &|| {
        query::timeline(graph, lens, &Default::default())
    });
    ask("find", &|| query::find(graph, lens, "land"));
    ask("path", &|| {
        query::path(graph, lens, actor, last, query::Through::All, 3)
    });
    let version = |name: &str| Version {
        name: name.to_owned(),
        view: View::whole(graph.clone(), lens),
        mistakes: 0,
    };
    ask("diff", &|| {
        query::diff(version("old"), version("new")).answer
    });
    timed(times, "dot", || {
        let extract = query::extract(graph, lens, &Default::default());
        let mut out = Vec::new();
        render::dot::dot(graph, &extract, &mut out).unwrap();
        out.len()
    });
}

/// Drafts out of a text.
fn of_draft(source: &str) -> Times {
    let mut times = Times::new();
    let (graph, _) = demarche::resolve::read("pact.ron", &(texts::GRAPHS[0].2)(0));
    let found = timed(&mut times, "draft", || draft(source, &graph, Some(2024)));
    let of = SourceOf {
        id: "text".to_owned(),
        text: None,
    };
    timed(&mut times, "write", || ron(&found, &graph, &of).len());
    times
}
