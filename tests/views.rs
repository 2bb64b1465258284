//! Matrix, spectrum and timeline: what they say in characters, as files beside the graphs.
#![cfg(feature = "pictures")]
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test that fails may panic")]

use std::fs;
use std::path::{Path, PathBuf};

use demarche::graph::{Graph, Lens};
use demarche::model::Day;
use demarche::picture::{View, characters};
use demarche::query::Selection;
use unicode_width::UnicodeWidthStr;

fn lens() -> Lens {
    Lens::as_of(Day::of(2024, 7, 1))
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/views")
}

fn port() -> Graph {
    let (graph, mistakes) = demarche::disk::read(&[folder().join("port.ron")]).expect("the file is there");
    assert!(mistakes.is_empty(), "{mistakes:?}");
    graph
}

const VIEWS: [(&str, View); 3] = [("matrix", View::Matrix), ("spectrum", View::Spectrum), ("timeline", View::Timeline)];

fn text(graph: &Graph, view: View, width: usize) -> String {
    characters(graph, lens(), &Selection::default(), view, None, width)
}

/// Compares with a file beside the graph; `UPDATE=1` writes it.
fn assert_same(name: &str, found: &str) {
    let path = folder().join(name);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, found).expect("the folder can be written to");
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(found == expected, "{name} is not what {} says:\n{found}", path.display());
}

#[test]
fn views_in_characters() {
    let graph = port();
    for (name, view) in VIEWS {
        assert_same(&format!("{name}.txt"), &text(&graph, view, 80));
        assert_same(&format!("{name}.44.txt"), &text(&graph, view, 44));
    }
}

#[test]
fn no_line_is_wider_than_asked_for() {
    let blinken = Path::new(env!("CARGO_MANIFEST_DIR")).join("graphs/blinken-2023.ron");
    let (blinken, _) = demarche::disk::read(&[blinken]).expect("the file is there");
    for graph in [&port(), &blinken] {
        for width in [40, 44, 60, 80, 132] {
            for (name, view) in VIEWS {
                for line in text(graph, view, width).lines() {
                    assert!(line.width() <= width, "{name} at {width}: {line}");
                }
            }
        }
    }
}

#[test]
fn little_is_drawn_of_little() {
    for written in ["Graph()", "Graph(actors: { \"a\": (name: \"A\", kind: State) }, issues: { \"i\": (name: \"I\") })"] {
        let (graph, _) = demarche::resolve::read("a.ron", written);
        assert!(text(&graph, View::Matrix, 80).contains("Nobody is known to stand anywhere."));
        assert!(text(&graph, View::Spectrum, 80).contains("Nobody is known to stand anywhere."));
        assert!(text(&graph, View::Timeline, 80).contains("Nothing dated is recorded."));
    }
}
