//! Where actors agree, where they differ, and where one of them has not said.

use std::collections::BTreeSet;

use crate::graph::{
    ActorId, Entity, Graph, IssueId, Lens, MeetingId, Positions, Standing, Verdict,
};
use crate::query::ground::{Ground, ground};
use crate::query::meetings::{self, MeetingFilter, Role, role_of};
use crate::query::rows;
use crate::query::{Answer, Cell, Column, Row, Section};

/// Compares two or more actors.
pub fn compare(graph: &Graph, lens: Lens, actors: &[ActorId]) -> Answer {
    let positions = graph.positions(lens, |actor, _| actors.contains(&actor));
    let issues: BTreeSet<IssueId> = positions.keys().map(|(_, issue)| *issue).collect();
    let issues: Vec<(IssueId, Ground)> = issues
        .into_iter()
        .map(|issue| (issue, relation(graph, &positions, actors, issue)))
        .collect();
    let section = |key, heading: &str, relation: Ground| {
        let on = issues.iter().filter(|(_, found)| *found == relation);
        Section {
            columns: columns(graph, actors),
            ..Section::new(key, heading, &[])
        }
        .with(on.map(|(issue, _)| row(graph, &positions, actors, *issue)))
    };
    let names: Vec<&str> = actors
        .iter()
        .map(|id| graph.actors[id.index()].name.as_ref())
        .collect();
    let sections = vec![
        section("agree", "Where they agree", Ground::Common)
            .or_else("On no issue are they known to agree."),
        section("differ", "Where they differ", Ground::Divided)
            .or_else("On no issue are they known to differ."),
        section(
            "unsettled",
            "Where one is mixed or contested",
            Ground::Unsettled,
        ),
        section("unknown", "Where one has not said", Ground::Unknown),
        ties(graph, lens, actors),
        together(graph, lens, actors),
        asked(graph, lens, actors),
    ];
    Answer {
        title: crate::words::joined(&names),
        sections,
        notes: rows::attributed(positions.values().flat_map(|standing| &standing.footings))
            .into_iter()
            .chain(meetings::offices(
                graph,
                lens,
                actors,
                shared(graph, lens, actors),
            ))
            .collect(),
    }
}

fn columns(graph: &Graph, actors: &[ActorId]) -> Vec<Column> {
    let issue = Column {
        key: "issue".to_owned(),
        heading: "issue".to_owned(),
    };
    let of = actors.iter().map(|id| {
        let actor = &graph.actors[id.index()];
        Column {
            key: actor.id.to_string(),
            heading: actor.name.to_string(),
        }
    });
    std::iter::once(issue).chain(of).collect()
}

fn relation(graph: &Graph, positions: &Positions, actors: &[ActorId], issue: IssueId) -> Ground {
    let verdict = |actor: &ActorId| {
        positions
            .get(&(*actor, issue))
            .map_or(Verdict::Unknown, |standing| standing.verdict)
    };
    ground(
        graph,
        issue,
        &actors.iter().map(verdict).collect::<Vec<_>>(),
    )
}

fn row(graph: &Graph, positions: &Positions, actors: &[ActorId], issue: IssueId) -> Row {
    let standings: Vec<Option<&Standing>> = actors
        .iter()
        .map(|actor| positions.get(&(*actor, issue)))
        .collect();
    let cells = standings.iter().map(|standing| {
        standing.map_or(Cell::said(None), |standing| rows::stands(graph, standing))
    });
    let evidence = standings
        .iter()
        .flatten()
        .flat_map(|standing| standing.in_force())
        .map(rows::evidence);
    let row =
        Row::new(std::iter::once(Cell::Thing(Entity::Issue(issue))).chain(cells)).because(evidence);
    match row.evidence.first() {
        Some(first) => {
            let place = first.place(graph);
            row.at(place)
        }
        None => row,
    }
}

fn ties(graph: &Graph, lens: Lens, actors: &[ActorId]) -> Section {
    let between = graph
        .joined()
        .filter(|tie| actors.contains(&tie.from) && actors.contains(&tie.to));
    Section::new("ties", "Ties between them", rows::JOINED)
        .with(between.map(|tie| rows::joined(graph, tie, lens.day)))
        .or_else("No tie between them is recorded.")
}

/// The meetings at which at least two of them are to be, and what these are about.
fn together(graph: &Graph, lens: Lens, actors: &[ActorId]) -> Section {
    let rows = of_two(graph, lens, actors, &|role| role == Role::Attends);
    let rows = rows.into_iter().map(|id| rows::meeting(graph, id));
    Section::new(
        "meetings",
        "Meetings of at least two of them",
        rows::MEETING,
    )
    .with(rows)
    .or_else("No meeting of theirs is recorded.")
}

/// The meetings at which at least two of them are to be or were asked to be, but not two of them attend.
fn asked(graph: &Graph, lens: Lens, actors: &[ActorId]) -> Section {
    let attended = of_two(graph, lens, actors, &|role| role == Role::Attends);
    let rows = of_two(graph, lens, actors, &|_| true)
        .into_iter()
        .filter(|id| !attended.contains(id))
        .map(|id| rows::meeting(graph, id));
    Section::new("asked", meetings::ASKED, rows::MEETING).with(rows)
}

/// The meetings in which at least two of them have a part, be it one that is not counted.
fn shared(graph: &Graph, lens: Lens, actors: &[ActorId]) -> impl Iterator<Item = MeetingId> {
    let all = (0..graph.meetings.len()).map(|nth| MeetingId(nth as u32));
    all.filter(move |id| {
        let meeting = &graph.meetings[id.index()];
        let has_part = |actor: &&ActorId| meetings::has_part(graph, lens, meeting, **actor);
        actors.iter().filter(has_part).nth(1).is_some()
    })
}

/// The meetings in which at least two of these have such a part.
fn of_two(
    graph: &Graph,
    lens: Lens,
    actors: &[ActorId],
    wanted: &dyn Fn(Role) -> bool,
) -> Vec<MeetingId> {
    let every = MeetingFilter::default();
    let mut all = meetings::matching(graph, lens, &every, Role::Attends);
    all.retain(|id| {
        let meeting = &graph.meetings[id.index()];
        let has_part =
            |actor: &&ActorId| role_of(graph, lens, meeting, **actor).is_some_and(wanted);
        actors.iter().filter(has_part).nth(1).is_some()
    });
    all
}
