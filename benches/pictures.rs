//! Pictures against Graphviz: crossings and area, then time. It prints tables and asserts nothing; without Graphviz it
//! prints our columns alone.
//!
//! Crossings are those of straight lines between the middles of boxes. Sizes are of the whole picture: ours with title, legend
//! and what it rests on, theirs with nothing but the graph, in text of 12 points; `neato` as it comes lets boxes overlap. Times
//! are of whole processes, from a file to an SVG, the best of some runs in turn.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench prints, and may stop at what never happens"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use demarche::diagram;
use demarche::graph::Lens;
use demarche::model::Day;
use demarche::picture::{self, Bounds, Form, Item, Point, Scene};
use demarche::query::{Excerpt, extract};

/// A network: names of nodes, how many of them are actors, and the lines between.
struct Case {
    names: Vec<String>,
    actors: usize,
    lines: Vec<(usize, usize)>,
}

struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % end
    }
}

/// Actors and issues, in quarters that keep mostly to themselves, as people do.
fn map_case(nodes: usize, lines: usize) -> Case {
    let mut random = Random(nodes as u64 * 77 + 1);
    let actors = nodes * 3 / 5;
    let issues = nodes - actors;
    let quarters = (nodes / 15).max(1);
    let mut drawn = std::collections::BTreeSet::new();
    while drawn.len() < lines.min(actors * issues / 2) {
        let (actor, issue) = (random.below(actors), random.below(issues));
        if actor % quarters == issue % quarters || random.below(6) == 0 {
            drawn.insert((actor, actors + issue));
        }
    }
    let name = |nth: usize| {
        if nth < actors {
            format!("Actor number {nth}")
        } else {
            format!("Issue number {nth}")
        }
    };
    Case {
        names: (0..nodes).map(name).collect(),
        actors,
        lines: drawn.into_iter().collect(),
    }
}

/// Actors who met, in circles that keep mostly to themselves.
fn network_case(nodes: usize, lines: usize) -> Case {
    let mut random = Random(nodes as u64 * 31 + 5);
    let circles = (nodes / 12).max(1);
    let mut drawn = std::collections::BTreeSet::new();
    while drawn.len() < lines.min(nodes * (nodes - 1) / 4) {
        let (a, b) = (random.below(nodes), random.below(nodes));
        if a != b && (a % circles == b % circles || random.below(6) == 0) {
            drawn.insert((a.min(b), a.max(b)));
        }
    }
    let names = (0..nodes)
        .map(|nth| format!("Actor number {nth}"))
        .collect();
    Case {
        names,
        actors: nodes,
        lines: drawn.into_iter().collect(),
    }
}

impl Case {
    fn ron(&self) -> String {
        let mut text = String::from("Graph(title: \"Made up\", actors: {");
        for (nth, name) in self.names.iter().enumerate().take(self.actors) {
            let _ = write!(text, "\"n{nth}\": (name: \"{name}\", kind: State),");
        }
        text.push_str("}, issues: {");
        for (nth, name) in self.names.iter().enumerate().skip(self.actors) {
            let _ = write!(text, "\"n{nth}\": (name: \"{name}\", question: \"?\"),");
        }
        text.push_str("}, stances: [");
        for (a, b) in self.lines.iter().filter(|(_, b)| *b >= self.actors) {
            let _ = write!(
                text,
                "(actor: \"n{a}\", issue: \"n{b}\", position: Supports),"
            );
        }
        text.push_str("], ties: [");
        for (a, b) in self.lines.iter().filter(|(_, b)| *b < self.actors) {
            let _ = write!(text, "(from: \"n{a}\", to: \"n{b}\", kind: Partner),");
        }
        text.push_str("])");
        text
    }

    fn dot(&self) -> String {
        let mut text = String::from(
            "digraph { rankdir=LR; node [shape=box, fontsize=12, height=0.3, margin=\"0.11,0.055\"];",
        );
        // A network has no ranks: with all nodes in one, `dot` would have next to nothing to do.
        if self.actors < self.names.len() {
            for rank in [0..self.actors, self.actors..self.names.len()] {
                let _ = write!(
                    text,
                    "{{ rank=same; {} }}",
                    rank.map(|nth| format!("n{nth};")).collect::<String>()
                );
            }
        }
        for (nth, name) in self.names.iter().enumerate() {
            let _ = write!(text, "n{nth} [label=\"{name}\"];");
        }
        for (a, b) in &self.lines {
            let _ = write!(text, "n{a} -> n{b};");
        }
        text.push('}');
        text
    }

    fn scene(&self) -> Scene {
        let (graph, _) = demarche::resolve::read("case.ron", &self.ron());
        let lens = Lens::as_of(Day::LAST);
        let extract = extract(&graph, lens, &Excerpt::default());
        let is_map = self.actors < self.names.len();
        let drawn = if is_map {
            picture::map(&diagram::map(&graph, &extract))
        } else {
            picture::network(&diagram::network(&graph, lens, &extract))
        };
        drawn.unwrap()
    }
}

/// The middles of all boxes, by the ids of what they stand for.
fn middles(items: &[Item], at: Point, found: &mut BTreeMap<String, Point>) {
    for item in items {
        let Item::Group(group) = item else { continue };
        let at = at.plus(group.at);
        if matches!(group.class, "actor" | "issue") {
            let around = group.items.iter().filter_map(|item| match item {
                Item::Shape(shape) => Some(bounds(&shape.form)),
                _ => None,
            });
            if let Some(around) = around.reduce(|all, one| all.with(&one)) {
                found.insert(group.data[0].1.clone(), around.moved(at).center());
            }
        }
        middles(&group.items, at, found);
    }
}

fn bounds(form: &Form) -> Bounds {
    match form {
        Form::Rect(bounds, _) => *bounds,
        Form::Circle(center, radius) => Bounds::new(center.x, center.y, 0.0, 0.0).grown(*radius),
        Form::Path(steps) => {
            let points = steps.iter().filter_map(|step| match step {
                picture::Step::Move(to)
                | picture::Step::Line(to)
                | picture::Step::Curve(_, _, to) => Some(Bounds::new(to.x, to.y, 0.0, 0.0)),
                picture::Step::Close => None,
            });
            points.reduce(|all, one| all.with(&one)).unwrap_or_default()
        }
    }
}

/// Crossings of straight lines that share no end.
fn crossings(case: &Case, middles: &BTreeMap<String, Point>) -> usize {
    let lines: Vec<(usize, usize, Point, Point)> = case
        .lines
        .iter()
        .filter_map(|&(a, b)| {
            Some((
                a,
                b,
                *middles.get(&format!("n{a}"))?,
                *middles.get(&format!("n{b}"))?,
            ))
        })
        .collect();
    assert_eq!(lines.len(), case.lines.len());
    let turn = |a: Point, b: Point, c: Point| (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
    let mut count = 0;
    for (nth, (a, b, from, to)) in lines.iter().enumerate() {
        for (c, d, other, end) in &lines[..nth] {
            let shared = a == c || a == d || b == c || b == d;
            let apart =
                |p: Point, q: Point, r: Point, s: Point| turn(p, q, r) * turn(p, q, s) < 0.0;
            count += usize::from(
                !shared && apart(*from, *to, *other, *end) && apart(*other, *end, *from, *to),
            );
        }
    }
    count
}

/// Runs a program of Graphviz; none where it is not installed.
fn graphviz(engine: &str, format: &str, dot: &str) -> Option<(String, Duration)> {
    let start = Instant::now();
    let mut run = Command::new(engine)
        .arg(format)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    run.stdin.take()?.write_all(dot.as_bytes()).ok()?;
    let output = run.wait_with_output().ok()?;
    Some((
        String::from_utf8_lossy(&output.stdout).into_owned(),
        start.elapsed(),
    ))
}

/// The area of Graphviz's picture and the middles of its boxes.
fn read_plain(plain: &str) -> (f64, BTreeMap<String, Point>) {
    let (mut area, mut middles) = (0.0, BTreeMap::new());
    for line in plain.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        let number = |nth: usize| {
            words
                .get(nth)
                .and_then(|word| word.parse::<f64>().ok())
                .unwrap_or_default()
                * 72.0
        };
        match words.first() {
            Some(&"graph") => area = number(2) * number(3),
            Some(&"node") => {
                middles.insert(words[1].to_owned(), Point::new(number(2), number(3)));
            }
            _ => {}
        }
    }
    (area, middles)
}

fn compare(view: &str, engine: &str, case: impl Fn(usize) -> Case) {
    println!("{view}: crossings, and area in thousands, beside {engine}");
    println!(
        "{:>6} {:>6} {:>10} {:>10} {:>8} {:>8}",
        "nodes", "lines", "ours", engine, "area", engine
    );
    let mean = |sums: f64| sums / 20.0;
    let (mut logs, mut areas, mut theirs) = ((0.0, 0.0), (0.0, 0.0), 0);
    for nodes in (1..=20).map(|nth| nth * 10) {
        let case = case(nodes);
        let scene = case.scene();
        let mut own = BTreeMap::new();
        middles(&scene.items, Point::default(), &mut own);
        let (crossed, area) = (crossings(&case, &own), scene.width * scene.height);
        logs.0 += ((crossed + 1) as f64).ln();
        areas.0 += area;
        let Some((plain, _)) = graphviz(engine, "-Tplain", &case.dot()) else {
            println!(
                "{nodes:>6} {:>6} {crossed:>10} {:>10} {:>8.0} {:>8}",
                case.lines.len(),
                "",
                area / 1e3,
                ""
            );
            continue;
        };
        let (its_area, its_middles) = read_plain(&plain);
        let its_crossed = crossings(&case, &its_middles);
        logs.1 += ((its_crossed + 1) as f64).ln();
        areas.1 += its_area;
        theirs += 1;
        println!(
            "{nodes:>6} {:>6} {crossed:>10} {its_crossed:>10} {:>8.0} {:>8.0}",
            case.lines.len(),
            area / 1e3,
            its_area / 1e3
        );
    }
    println!(
        "mean of ln(crossings + 1): {:.3} ours, {:.3} {engine}",
        mean(logs.0),
        mean(logs.1)
    );
    if theirs > 0 {
        println!("total area: {:.2} of {engine}'s\n", areas.0 / areas.1);
    } else {
        println!("skipped: {engine} is not installed\n");
    }
}

/// The least of some runs of the program: read, lay out, write SVG.
fn ours(case: &Case, view: &str, runs: usize) -> Duration {
    let folder = tempfile::tempdir().unwrap();
    let (graph, svg) = (
        folder.path().join("graph.ron"),
        folder.path().join("picture.svg"),
    );
    std::fs::write(&graph, case.ron()).unwrap();
    let run = || {
        let start = Instant::now();
        let mut draw = Command::new(env!("CARGO_BIN_EXE_demarche"));
        let status = draw
            .arg("-g")
            .arg(&graph)
            .args(["draw", "--view", view, "-o"])
            .arg(&svg)
            .status()
            .unwrap();
        assert!(status.success());
        start.elapsed()
    };
    (0..runs).map(|_| run()).min().unwrap_or_default()
}

fn race(view: &str, engine: &str, case: &Case, runs: usize) {
    let mut best = (Duration::MAX, None::<Duration>);
    for _ in 0..runs {
        best.0 = best.0.min(ours(case, view, 1));
        if let Some((_, took)) = graphviz(engine, "-Tsvg", &case.dot()) {
            best.1 = Some(best.1.map_or(took, |least| least.min(took)));
        }
    }
    let ratio = best.1.map_or("skipped".to_owned(), |its| {
        format!(
            "{its:.1?} {engine}, ratio {:.3}",
            best.0.as_secs_f64() / its.as_secs_f64()
        )
    });
    println!(
        "{view}, {} nodes, {} lines: {:.1?} ours, {ratio}",
        case.names.len(),
        case.lines.len(),
        best.0
    );
}

fn main() {
    compare("map", "dot", |nodes| map_case(nodes, nodes * 8 / 5));
    compare("network", "neato", |nodes| {
        network_case(nodes, nodes * 8 / 5)
    });
    if std::env::args().any(|argument| argument == "compare") {
        return;
    }
    for (nodes, lines, runs) in [(50, 80, 20), (1000, 1600, 2)] {
        race("map", "dot", &map_case(nodes, lines), runs);
        race("network", "dot", &network_case(nodes, lines), runs);
    }
    for (view, case) in [
        ("map", map_case(10_000, 50_000)),
        ("network", network_case(10_000, 50_000)),
    ] {
        println!(
            "{view}, {} nodes, {} lines: {:.1?} ours",
            case.names.len(),
            case.lines.len(),
            ours(&case, view, 1)
        );
    }
}
