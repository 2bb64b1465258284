//! The library's door: what opens, what is refused and how, and that answers are those of the
//! command line.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that fails may panic"
)]

use std::error::Error as _;
use std::fs;
use std::process::Command;

use demarche::graph::{Entity, Lens};
use demarche::model::{Date, Day, Grade};
use demarche::picture::{self, Drawing, Format, View};
use demarche::query::{Answer, PositionFilter};
use demarche::render::json;
use demarche::{Error, Graph};

const BLINKEN: &str = "graphs/blinken-2023.ron";

fn blinken() -> Graph {
    Graph::open(BLINKEN).unwrap()
}

#[test]
fn half_a_graph_is_refused_with_file_line_and_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("pact.ron");
    fs::write(&file, "Graph(\n    include: \"nowhere.ron\",\n)\n").unwrap();
    let error = Graph::open(&file).unwrap_err();
    let said = error.to_string();
    assert!(said.contains("pact.ron:2: `nowhere.ron` matches no file; the path is"));
    assert!(error.source().is_none());
    let Error::Half { findings, texts } = error else {
        panic!("{said}")
    };
    assert_eq!((findings.len(), texts.len()), (1, 1));

    let graph = Graph::open_partial(&file).unwrap();
    assert!(!graph.is_whole() && graph.missing() == findings);
    assert!(Graph::read("pact.ron", "Graph(").is_err());
    assert!(!Graph::read_partial("pact.ron", "Graph(").is_whole());
}

#[test]
fn what_is_not_there_can_not_be_read() {
    let error = Graph::open("no-such.ron").unwrap_err();
    assert_eq!(
        error.to_string(),
        "can't read `no-such.ron`: there is no such file"
    );
    assert!(matches!(error, Error::Unreadable(_)) && error.source().is_some());
}

/// On the command line, too, a file that another one includes stands for that graph.
#[test]
fn a_file_that_a_graph_includes_stands_for_the_graph() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    let text = "Graph(include: \"part.ron\", actors: { \"us\": (name: \"US\", kind: State) })";
    fs::write(folder.path().join("graph.ron"), text).unwrap();
    let part = folder.path().join("part.ron");
    let text = "Graph(actors: { \"china\": (name: \"China\", kind: State) })";
    fs::write(&part, text).unwrap();
    assert_eq!(Graph::open(part).unwrap().actors().len(), 2);
}

#[test]
fn names_are_looked_up_in_one_call() {
    let graph = blinken();
    let china = graph.actor("prc").unwrap();
    assert_eq!(graph.record("china"), Ok(Entity::Actor(china)));
    assert_eq!(&*graph[graph.issue("Taiwan").unwrap()].id, "taiwan");

    let error = graph.actor("chna").unwrap_err();
    let said = "no actor is called `chna`; did you mean `china` or";
    assert!(error.to_string().starts_with(said), "{error}");
    let error = graph.record("talks").unwrap_err();
    assert!(matches!(error, Error::AmbiguousName { .. }), "{error}");
    let error = graph.source("taiwan").unwrap_err();
    assert!(matches!(error, Error::UnknownName { .. }), "{error}");
    assert!(matches!("x".parse::<Date>(), Err(Error::Value(_))));
    assert!(matches!("x".parse::<Grade>(), Err(Error::Value(_))));
}

#[test]
fn ids_are_those_of_the_records() {
    let graph = blinken();
    for (id, actor) in graph.actors() {
        assert_eq!(graph[id].id, actor.id);
        assert_eq!(graph.entity(&actor.id), Some(Entity::Actor(id)));
    }
    assert!(graph.stances().all(|(id, stance)| &graph[id] == stance));
}

/// Not only the rows: also what the answer says it leaves out and open.
#[test]
fn answers_are_those_of_the_command_line() {
    let view = blinken().view(Lens::as_of(Day::of(2023, 6, 19)));
    let printed = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_demarche"))
            .args(["-g", BLINKEN, "--as-of", "2023-06-19"])
            .args(arguments)
            .args(["--format", "json"])
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let told = |answer: &dyn Answer| json(&view.graph, answer);
    let taiwan = view.graph.issue("taiwan").unwrap();
    let [us, china] = ["us", "china"].map(|name| view.graph.actor(name).unwrap());
    let all = PositionFilter::default();
    assert_eq!(told(&view.positions(&all)), printed(&["positions"]));
    assert_eq!(
        told(&view.compare(&[us, china])),
        printed(&["compare", "us", "china"])
    );
    assert_eq!(told(&view.common(&[])), printed(&["common"]));
    assert_eq!(told(&view.sides(taiwan)), printed(&["camps", "taiwan"]));
    assert_eq!(
        told(&view.about_issue(taiwan)),
        printed(&["show", "taiwan"])
    );
}

#[test]
fn every_format_is_drawn_or_refused_in_words() {
    let view = blinken().view(Lens::as_of(Day::of(2023, 6, 19)));
    let drawn = |what: View, format: Format| {
        let drawing = Drawing {
            view: what,
            ..Drawing::default()
        };
        picture::draw(&view, &drawing, format)
    };
    let text = Format::Text;
    let begins = |bytes: Vec<u8>, with: &str| bytes.starts_with(with.as_bytes());
    assert!(begins(
        drawn(View::Network, Format::Dot).unwrap(),
        "digraph"
    ));
    assert!(begins(drawn(View::Map, Format::Mermaid).unwrap(), "---"));
    assert!(begins(drawn(View::Matrix, text).unwrap(), "Blinken in"));
    for (what, format) in [(View::Map, text), (View::Timeline, Format::Dot)] {
        assert!(matches!(drawn(what, format), Err(Error::Picture(_))));
    }
    #[cfg(feature = "pictures")]
    {
        assert!(begins(drawn(View::Map, Format::Svg).unwrap(), "<svg"));
        assert!(begins(drawn(View::Spectrum, Format::Pdf).unwrap(), "%PDF"));
        assert!(drawn(View::Matrix, Format::Png).unwrap()[1..].starts_with(b"PNG"));
        assert!(begins(drawn(View::Map, Format::Html).unwrap(), "<!doctype"));
        assert!(begins(
            drawn(View::Matrix, Format::Html).unwrap(),
            "<!doctype"
        ));
    }
}
