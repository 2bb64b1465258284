//! Two actors: in which camps they are, and how their agreement comes about.

use crate::graph::{ActorId, Entity, Graph, Lens};
use crate::measure::agreement::Normalise;
use crate::query::matrix::matrix_on;
use crate::query::{Answer, CampsQuestion, Cell, MatrixQuestion, Mode, Row, Section};

use super::Told;

pub(super) fn pair(told: &Told<'_>, lens: Lens, pair: (ActorId, ActorId)) -> Answer {
    let graph = told.counted.graph;
    let mut answer = agreement(graph, lens, told.asked, pair);
    let row = |id: ActorId| {
        let actor = told.counted.actor(id);
        let camp = actor.and_then(|actor| told.division.of[actor]);
        let with = |camp: Option<usize>| {
            actor.zip(camp).map_or(Cell::Nothing, |(actor, camp)| {
                Cell::Number(told.ties[actor][camp])
            })
        };
        let size = camp.map_or(Cell::Nothing, |camp| {
            Cell::count(told.division.camps[camp].len())
        });
        let number = camp.map_or_else(|| Cell::text("none"), |camp| Cell::count(camp + 1));
        let others = (0..told.division.camps.len()).filter(|other| Some(*other) != camp);
        let strength = |camp: &usize| actor.map_or(0.0, |actor| told.ties[actor][*camp]);
        let other = others
            .max_by(|a, b| strength(a).total_cmp(&strength(b)).then(b.cmp(a)))
            .filter(|other| strength(other) > 0.0);
        let next = other.map_or(Cell::Nothing, |other| Cell::count(other + 1));
        Row::new([
            Cell::Thing(Entity::Actor(id)),
            number,
            size,
            with(camp),
            next,
            with(other),
        ])
    };
    let columns = [
        "actor",
        "camp",
        "size",
        "agreement",
        "other",
        "agreement_with_it",
    ];
    let camps =
        Section::new("membership", "In which camp", &columns).with([row(pair.0), row(pair.1)]);
    answer.sections.insert(0, camps);
    answer.notes.splice(0..0, told.notes());
    answer
}

/// How far two agree on the issues asked about, and by which statements.
pub(super) fn agreement(
    graph: &Graph,
    lens: Lens,
    asked: &CampsQuestion,
    (one, other): (ActorId, ActorId),
) -> Answer {
    let question = MatrixQuestion {
        of: Mode::Actors(asked.measure, Normalise::None),
        counting: asked.counting,
        least: 1,
        cell: Some((Entity::Actor(one), Entity::Actor(other))),
        detail: asked.detail,
    };
    let names = [one, other].map(|id| graph.actors[id.index()].name.as_ref());
    Answer {
        title: format!("{} and {}", names[0], names[1]),
        ..matrix_on(graph, lens, &question, &asked.issues)
    }
}
