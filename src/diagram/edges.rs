//! The lines of a drawing, and the actors that are drawn together.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagram::look::Look;
use crate::diagram::{Behind, Edge, Group};
use crate::graph::Entity::{self, Actor, Issue, Meeting};
use crate::graph::{ActorId, Graph, StanceId};
use crate::query::{Extract, Line, Lines};

/// Returns all lines of a map except those of single statements.
pub(super) fn of_map<'g>(graph: &'g Graph, extract: &'g Extract) -> Vec<Edge<'g>> {
    let mut edges = between_actors(extract, &extract.actors);
    let parts = extract.part_of.iter();
    edges.extend(parts.map(|&(part, wider)| structure(Issue(part), Issue(wider), Look::PartOf)));
    for met in &extract.meetings {
        let meetings = &extract.meetings;
        let wider = graph[met.id].part_of();
        let wider =
            wider.filter(|wider| meetings.binary_search_by_key(wider, |met| met.id).is_ok());
        edges.extend(wider.map(|wider| structure(Meeting(met.id), Meeting(wider), Look::PartOf)));
        edges.extend(met.parties.iter().map(|&(party, part)| {
            let look = match Look::of_part(met.status, part) {
                Look::TakesPart if graph[met.id].is_in_writing() => Look::Wrote,
                Look::IsToTakePart if met.is_overdue(extract.terms.day) => Look::WasToTakePart,
                look => look,
            };
            Edge::new(Meeting(met.id), Actor(party), look, Behind::Part(met))
        }));
    }
    edges.extend(extract.ties.iter().map(|&id| {
        let tie = &graph[id];
        let (look, behind) = (Look::of_tie(&tie.kind), Behind::Ties(vec![id]));
        Edge::new(Actor(tie.from), Actor(tie.to), look, behind)
    }));
    if let Lines::Positions(lines) = &extract.lines {
        edges.extend(lines.iter().chain(&extract.unknown).map(|line| {
            let look = Look::of_standing(graph, &line.standing);
            Edge::new(
                Actor(line.actor),
                Issue(line.issue),
                look,
                Behind::Position(line),
            )
        }));
    }
    if let Lines::Positions(lines) = &extract.lines {
        let lines = lines.iter().chain(&extract.unknown);
        edges.extend(lines.flat_map(|line| offers(graph, line)));
    }
    edges.sort_by_key(|edge| edge.look);
    edges
}

/// Returns the lines of an actor's offers on an issue, one for each look.
fn offers<'g>(graph: &Graph, line: &'g Line) -> impl Iterator<Item = Edge<'g>> + use<'g> {
    let offers = graph.offers(&line.standing.footings).into_iter();
    let looks: BTreeSet<Look> = offers.map(|offer| Look::of_offer(offer.position)).collect();
    let (actor, issue) = (Actor(line.actor), Issue(line.issue));
    looks
        .into_iter()
        .map(move |look| Edge::new(actor, issue, look, Behind::Offer(line)))
}

/// Returns the statements that are each drawn as a line of their own.
pub(super) fn statements(extract: &Extract) -> &[StanceId] {
    match &extract.lines {
        Lines::Positions(_) => &[],
        Lines::Statements(statements) => statements,
    }
}

/// Returns the lines of these statements, one per actor.
pub(super) fn said<'g>(
    graph: &'g Graph,
    statements: &'g [StanceId],
) -> impl Iterator<Item = Edge<'g>> {
    let stances = statements.iter().map(|id| &graph[*id]);
    stances.flat_map(|stance| {
        let look = stance.position.map(|position| match stance.condition() {
            Some(_) => Look::of_offer(position),
            None => Look::of_position(position),
        });
        let actors = stance.actors.as_slice().iter();
        actors.filter_map(move |&actor| {
            let behind = Behind::Statement;
            Some(Edge::new(Actor(actor), Issue(stance.issue), look?, behind))
        })
    })
}

/// Returns who speaks for whom and who belongs to whom among these actors.
pub(super) fn between_actors<'g>(extract: &Extract, actors: &[ActorId]) -> Vec<Edge<'g>> {
    let spoken = extract.speaks_for.iter().map(|spoken| {
        let look = if spoken.ended {
            Look::SpokeFor
        } else {
            Look::SpeaksFor
        };
        (spoken.speaker, spoken.principal, look)
    });
    // The group comes first, so that a layered layout puts all its members in one column.
    let members = extract.members.iter();
    let members = members.map(|&(member, group)| (group, member, Look::Member));
    let is_drawn = |id: &ActorId| actors.binary_search(id).is_ok();
    spoken
        .chain(members)
        .filter(|(from, to, _)| is_drawn(from) && is_drawn(to))
        .map(|(from, to, look)| structure(Actor(from), Actor(to), look))
        .collect()
}

fn structure<'g>(from: Entity, to: Entity, look: Look) -> Edge<'g> {
    Edge::new(from, to, look, Behind::Structure)
}

/// Groups each of these actors with those of them who speak for it on the day of the drawing. Who
/// speaks for several unrelated actors is in several groups.
pub(super) fn groups(extract: &Extract, actors: &[ActorId]) -> Vec<Group> {
    let is_drawn = |id: &ActorId| actors.binary_search(id).is_ok();
    let mut guests: BTreeMap<ActorId, Vec<ActorId>> = BTreeMap::new();
    for spoken in extract.homes.iter().filter(|spoken| !spoken.ended) {
        if is_drawn(&spoken.speaker) && is_drawn(&spoken.principal) {
            guests
                .entry(spoken.principal)
                .or_default()
                .push(spoken.speaker);
        }
    }
    guests
        .into_iter()
        .map(|(home, guests)| Group { home, guests })
        .collect()
}

/// Maps each actor who speaks for another, or spoke for it, to the one that it is drawn next to:
/// of several the first by id.
pub(crate) fn homes(extract: &Extract) -> BTreeMap<ActorId, ActorId> {
    let mut homes = BTreeMap::new();
    for spoken in &extract.homes {
        homes.entry(spoken.speaker).or_insert(spoken.principal);
    }
    homes
}
