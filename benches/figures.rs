//! Figures of pictures, one table for all inputs: how many lines pass behind a box that is not theirs (of how
//! many pairs that are joined), how many labels lie on lines of others, and how large most of
//! the text is on a slide (1280 × 720 pixels; 12 can be read) and on A4 (8 points can be read), as the picture is, and with
//! `--page`. Graphs of your own: `cargo bench --bench figures -- a.ron b.ron`.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a bench prints, and stops where it can't go on"
)]

#[path = "../tests/pictures/measured.rs"]
mod measured;
#[path = "../tests/pictures/sized.rs"]
mod sized;

use std::fs;
use std::path::{Path, PathBuf};

use demarche::Graph;
use demarche::graph::Lens;
use demarche::model::Day;
use demarche::picture::{Drawing, Format, View, draw};
use demarche::query;

/// The sides of the pages, in pixels.
const SLIDE: (f64, f64) = (1280.0, 720.0);
const A4: (f64, f64) = (794.0, 1123.0);
/// The points of a pixel.
const POINTS: f64 = 0.75;

/// The graphs of the project, or those that are named.
fn inputs() -> Vec<PathBuf> {
    let named = std::env::args().skip(1);
    let named: Vec<PathBuf> = named
        .map(PathBuf::from)
        .filter(|path| path.exists())
        .collect();
    if !named.is_empty() {
        return named;
    }
    let mut all = vec![PathBuf::from("examples/harbour/graph.ron")];
    for folder in ["graphs", "examples", "tests/golden/inputs"] {
        let found = fs::read_dir(folder)
            .unwrap()
            .flatten()
            .map(|entry| entry.path());
        all.extend(found.filter(|path| path.extension().is_some_and(|ending| ending == "ron")));
    }
    all.sort();
    all
}

fn svg(graph: &query::View, view: View, page: &str) -> Result<String, String> {
    let drawing = Drawing {
        view,
        page: page.parse().unwrap(),
        ..Drawing::default()
    };
    let svg = draw(graph, &drawing, Format::Svg).map_err(|error| error.to_string())?;
    Ok(String::from_utf8(svg).unwrap())
}

/// The width and height of a picture, in pixels.
fn sides(svg: &str) -> (f64, f64) {
    let document = roxmltree::Document::parse(svg).unwrap();
    let side = |name: &str| {
        document
            .root_element()
            .attribute(name)
            .unwrap()
            .parse()
            .unwrap()
    };
    (side("width"), side("height"))
}

/// How many times as large a picture is on a page.
fn scale((width, height): (f64, f64), page: (f64, f64)) -> f64 {
    (page.0 / width).min(page.1 / height)
}

fn print(name: &str, graph: &query::View, view: View) {
    let free = match svg(graph, view, "free") {
        Ok(svg) => svg,
        Err(why) => {
            println!("{name:14} {:9} {why}", view.key());
            return;
        }
    };
    let (sides, text) = (sides(&free), sized::text_size(&free));
    let read = measured::read(&free);
    let pairs = read.pairs().len();
    let lines = format!("{}/{pairs}", read.hidden().len());
    let labels = read.covered().len();
    let paper = scale(sides, A4).max(scale(sides, (A4.1, A4.0)));
    let on = |page: &str, unit: f64| match svg(graph, view, page) {
        Ok(svg) => format!("{:.1}", sized::text_size(&svg) * unit),
        Err(_) => "refused".to_owned(),
    };
    println!(
        "{name:14} {:9} {lines:>7} {labels:>6} {:>6.0} {:>6.0} {:>5.2} {:>6.1} {:>7} {:>6.1} {:>7}",
        view.key(),
        sides.0,
        sides.1,
        sides.1 / sides.0,
        text * scale(sides, SLIDE),
        on("slide", 1.0),
        text * paper * POINTS,
        on("a4", POINTS),
    );
}

fn main() {
    println!(
        "{:14} {:9} {:>7} {:>6} {:>6} {:>6} {:>5} {:>6} {:>7} {:>6} {:>7}",
        "graph",
        "view",
        "behind",
        "labels",
        "width",
        "height",
        "h/w",
        "slide",
        "--page",
        "A4, pt",
        "--page"
    );
    for path in inputs() {
        let Ok(graph) = Graph::open(&path) else {
            println!("{}: has mistakes", path.display());
            continue;
        };
        let day = graph.asked_as_of().unwrap_or(Day::LAST);
        let name = match path.file_stem().unwrap().to_string_lossy() {
            stem if stem == "graph" => folder(&path),
            stem => stem.into_owned(),
        };
        let view = graph.view(Lens::as_of(day));
        for shown in View::ALL {
            print(&name, &view, *shown);
        }
    }
}

/// The name of the folder that a file is in.
fn folder(path: &Path) -> String {
    let parent = path.parent().and_then(Path::file_name);
    parent.unwrap_or_default().to_string_lossy().into_owned()
}
