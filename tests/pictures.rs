//! Pictures that `demarche` lays out itself.
#![cfg(feature = "pictures")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails may panic")]

use std::fs;
use std::path::Path;

use demarche::graph::{Graph, Lens, Restriction};
use demarche::model::{Date, Day};
use demarche::picture::{self, Theme};
use demarche::query::{Selection, extract};

fn day(text: &str) -> Day {
    text.parse::<Date>().unwrap().period().to
}

/// The graph of the visit as of the day after.
fn blinken() -> (Graph, Lens) {
    let (graph, _) = demarche::disk::read(&[Path::new("graphs/blinken-2023.ron")]).unwrap();
    let day = day("2023-06-19");
    let (graph, _) = graph.restricted(&Restriction::as_of(day));
    (graph, Lens::as_of(day))
}

/// What `demarche draw --as-of 2023-06-19 -o docs/blinken-map.svg` writes.
#[test]
fn the_picture_in_the_readme_is_up_to_date() {
    let (graph, lens) = blinken();
    let scene = picture::map(&graph, &extract(&graph, lens, &Selection::default())).unwrap();
    let drawn = picture::svg(&scene, Theme::Light);
    let path = "docs/blinken-map.svg";
    if std::env::var_os("UPDATE").is_some() {
        fs::write(path, &drawn).unwrap();
    }
    assert!(drawn == fs::read_to_string(path).unwrap_or_default(), "{path} differs: UPDATE=1 rewrites it");
}
