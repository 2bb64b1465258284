//! Golden pictures: each view of each graph as a small raster, so that a review sees what a change of the layout
//! does. `UPDATE=1 cargo test --test golden` draws them anew.
#![cfg(feature = "pictures")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that fails may panic"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use demarche::graph::{Graph, Lens};
use demarche::model::Day;
use demarche::picture::{self, Drawing, Format, View};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::Database;
use resvg::usvg::{Options, Tree};

/// The width of a raster, in dots.
const WIDTH: u32 = 180;
/// The levels that a raster has in each of red, green and blue.
const LEVELS: u16 = 8;
/// A dot differs where a colour is off by more than this, of 255: by two levels or more.
const OFF: u8 = 40;
/// The share of dots that may differ, since machines round differently.
const SHARE: f64 = 0.001;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

/// The graphs with their names, and the day each is looked at.
fn inputs() -> Vec<(String, PathBuf, Day)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let of_the_project = [
        ("blinken", "graphs/blinken-2023.ron", Day::of(2023, 6, 19)),
        ("harbour", "examples/harbour/graph.ron", Day::of(2025, 3, 1)),
        ("emissions", "examples/emissions.ron", Day::LAST),
        ("florence", "examples/florence.ron", Day::LAST),
        ("tribes", "examples/tribes.ron", Day::LAST),
        ("port", "tests/views/port.ron", Day::of(2024, 7, 1)),
    ]
    .map(|(name, path, day)| (name.to_owned(), root.join(path), day));
    let made = fs::read_dir(folder().join("inputs")).unwrap().flatten();
    let made = made.map(|entry| {
        let path = entry.path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        (name, path, Day::of(2026, 1, 1))
    });
    let mut all: Vec<_> = of_the_project.into_iter().chain(made).collect();
    all.sort();
    all
}

/// Draws a view small, in few colours, with no other font than the one that comes with the program.
fn raster(svg: &[u8], options: &Options<'_>) -> Pixmap {
    let tree = Tree::from_str(std::str::from_utf8(svg).unwrap(), options).unwrap();
    let scale = WIDTH as f32 / tree.size().width();
    let height = (tree.size().height() * scale).ceil() as u32;
    let mut pixmap = Pixmap::new(WIDTH, height).unwrap();
    resvg::render(
        &tree,
        Transform::from_scale(scale, scale),
        &mut pixmap.as_mut(),
    );
    for byte in pixmap.data_mut() {
        let level = (u16::from(*byte) * (LEVELS - 1) + 127) / 255;
        *byte = (level * 255 / (LEVELS - 1)) as u8;
    }
    pixmap
}

/// Returns the share of the dots that differ; all do if the sizes do.
fn difference(one: &Pixmap, other: &Pixmap) -> f64 {
    if (one.width(), one.height()) != (other.width(), other.height()) {
        return 1.0;
    }
    let dots = one.data().chunks(4).zip(other.data().chunks(4));
    let differs =
        |(one, other): &(&[u8], &[u8])| one.iter().zip(*other).any(|(a, b)| a.abs_diff(*b) > OFF);
    let differing = dots.filter(differs).count();
    differing as f64 / f64::from(one.width() * one.height())
}

#[test]
fn every_view_looks_as_it_did() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut fonts = Database::new();
    for font in [notosans::REGULAR_TTF, notosans::BOLD_TTF] {
        fonts.load_font_data(font.to_vec());
    }
    let options = Options {
        fontdb: Arc::new(fonts),
        ..Options::default()
    };
    let (mut drawn, mut refused, mut wrong) = (BTreeSet::new(), BTreeMap::new(), Vec::new());
    for (name, path, day) in inputs() {
        let graph = Graph::open_partial(&path).unwrap();
        let asked = graph.view(Lens::as_of(day));
        for view in View::ALL {
            let name = format!("{name}-{}", view.key());
            let drawing = Drawing {
                view: *view,
                ..Drawing::default()
            };
            let svg = match picture::draw(&asked, &drawing, Format::Svg) {
                Ok(svg) => svg,
                Err(error) => {
                    refused.insert(name, error.to_string());
                    continue;
                }
            };
            let found = raster(&svg, &options);
            let golden = folder().join(format!("{name}.png"));
            drawn.insert(golden.clone());
            if update {
                fs::write(&golden, found.encode_png().unwrap()).unwrap();
                continue;
            }
            let share = fs::read(&golden)
                .ok()
                .and_then(|bytes| Pixmap::decode_png(&bytes).ok())
                .map_or(1.0, |expected| difference(&found, &expected));
            if share > SHARE {
                let beside = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.png"));
                fs::write(&beside, found.encode_png().unwrap()).unwrap();
                wrong.push(format!(
                    "{name}: {:.2} % of its dots differ; now it is {}",
                    share * 100.0,
                    beside.display()
                ));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "UPDATE=1 keeps these, if they are as meant:\n{}",
        wrong.join("\n")
    );
    let refusals: String = refused
        .iter()
        .map(|(name, why)| format!("{name}: {why}\n"))
        .collect();
    let (list, stale) = (folder().join("refused.txt"), stale(&drawn));
    if update {
        fs::write(&list, &refusals).unwrap();
        for path in &stale {
            fs::remove_file(path).unwrap();
        }
        return;
    }
    assert_eq!(fs::read_to_string(list).unwrap(), refusals);
    assert!(stale.is_empty(), "no view draws these: {stale:?}");
}

/// The rasters that nothing is compared with.
fn stale(drawn: &BTreeSet<PathBuf>) -> Vec<PathBuf> {
    let files = fs::read_dir(folder()).unwrap().flatten();
    let files = files.map(|entry| entry.path());
    files
        .filter(|path| path.extension().is_some_and(|ending| ending == "png"))
        .filter(|path| !drawn.contains(path))
        .collect()
}

#[test]
fn a_change_of_one_line_is_seen() {
    let picture = |y: u32| {
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"800\" height=\"900\"><rect width=\"800\" height=\"900\" fill=\"#fff\"/><path d=\"M300 {y}H500\" stroke=\"#0072B2\" stroke-width=\"1.6\"/></svg>"
        );
        raster(svg.as_bytes(), &Options::default())
    };
    assert_eq!(difference(&picture(400), &picture(400)), 0.0);
    assert!(difference(&picture(400), &picture(410)) > SHARE);
}
