//! Builds a graph in code, writes it as RON, and opens what was written.

#![allow(clippy::print_stdout, reason = "an example prints")]

use demarche::model::{Actor, ActorKind, Document, Issue, Position, Records, Source, Stance};
use demarche::{Error, Graph};

fn main() -> Result<(), Error> {
    let actor = |id: &'static str, name: &'static str| {
        (
            id.into(),
            Actor {
                name: name.into(),
                kind: ActorKind::State,
                ..Actor::default()
            },
        )
    };
    let issue = Issue {
        name: "Carbon tax".into(),
        question: Some("Should carbon be taxed?".into()),
        ..Issue::default()
    };
    let source = Source {
        title: "Minutes of the council".into(),
        date: Some("2024-03-05".parse()?),
        ..Source::default()
    };
    let stance = |actor: &'static str, position| Stance {
        actor: actor.into(),
        issue: "carbon-tax".into(),
        position: Some(position),
        source: "minutes".into(),
        ..Stance::default()
    };
    let document = Document {
        version: Some(1),
        title: Some("A council of two".into()),
        sources: Records(vec![("minutes".into(), source)]),
        actors: Records(vec![actor("norland", "Norland"), actor("sorvik", "Sørvik")]),
        issues: Records(vec![("carbon-tax".into(), issue)]),
        stances: vec![
            stance("norland", Position::Supports),
            stance("sorvik", Position::Opposes),
        ],
        ..Document::default()
    };
    let text = document.to_ron()?;
    print!("{text}");

    let graph = Graph::read("council.ron", &text)?;
    assert_eq!((graph.actors().len(), graph.stances().len()), (2, 2));
    Ok(())
}
