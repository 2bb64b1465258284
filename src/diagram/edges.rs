//! The lines of a drawing, and who is drawn together.

use std::collections::BTreeMap;

use crate::diagram::look::Look;
use crate::diagram::{Behind, Edge, Group};
use crate::graph::{ActorId, Entity, Graph, MeetingId};
use crate::query::{Extract, Lines, Met};

/// All that a map shows, but for single statements.
pub(super) fn of_map<'g>(graph: &'g Graph, extract: &'g Extract) -> Vec<Edge<'g>> {
    let mut edges = between_actors(extract, &extract.actors);
    for &(issue, wider) in &extract.part_of {
        edges.push(structure(
            Entity::Issue(issue),
            Entity::Issue(wider),
            Look::PartOf,
        ));
    }
    for (meeting, wider) in parts_of_meetings(graph, extract) {
        edges.push(structure(
            Entity::Meeting(meeting),
            Entity::Meeting(wider),
            Look::PartOf,
        ));
    }
    for met in &extract.meetings {
        edges.extend(met.parties.iter().map(|&(party, part)| Edge {
            from: Entity::Meeting(met.id),
            to: Entity::Actor(party),
            look: Look::of_part(met.status, part),
            behind: Behind::Part(met),
        }));
    }
    for &id in &extract.ties {
        let tie = &graph.ties[id.index()];
        edges.push(Edge {
            from: Entity::Actor(tie.from),
            to: Entity::Actor(tie.to),
            look: Look::of_tie(&tie.kind),
            behind: Behind::Ties(vec![id]),
        });
    }
    if let Lines::Positions(lines) = &extract.lines {
        edges.extend(lines.iter().chain(&extract.unknown).map(|line| Edge {
            from: Entity::Actor(line.actor),
            to: Entity::Issue(line.issue),
            look: Look::of_standing(&line.standing),
            behind: Behind::Position(line),
        }));
    }
    edges.sort_by_key(|edge| edge.look);
    edges
}

/// Who speaks for whom, and who belongs to whom, among these.
pub(super) fn between_actors<'g>(extract: &Extract, actors: &[ActorId]) -> Vec<Edge<'g>> {
    let is_drawn = |id: ActorId| actors.binary_search(&id).is_ok();
    let mut edges = Vec::new();
    for spoken in &extract.speaks_for {
        let look = if spoken.ended {
            Look::SpokeFor
        } else {
            Look::SpeaksFor
        };
        if is_drawn(spoken.speaker) && is_drawn(spoken.principal) {
            let (speaker, principal) = (spoken.speaker, spoken.principal);
            edges.push(structure(
                Entity::Actor(speaker),
                Entity::Actor(principal),
                look,
            ));
        }
    }
    // A group stands before its members, so that they are all in one column.
    for &(member, group) in &extract.members {
        if is_drawn(member) && is_drawn(group) {
            edges.push(structure(
                Entity::Actor(group),
                Entity::Actor(member),
                Look::Member,
            ));
        }
    }
    edges
}

fn structure<'g>(from: Entity, to: Entity, look: Look) -> Edge<'g> {
    Edge {
        from,
        to,
        look,
        behind: Behind::Structure,
    }
}

/// Which of the meetings drawn belongs to which.
fn parts_of_meetings(graph: &Graph, extract: &Extract) -> Vec<(MeetingId, MeetingId)> {
    let part = |met: &Met| Some((met.id, graph.meetings[met.id.index()].part_of()?));
    let mut parts: Vec<_> = extract.meetings.iter().filter_map(part).collect();
    // Meetings are in the order of the graph.
    parts.retain(|(_, wider)| {
        extract
            .meetings
            .binary_search_by_key(wider, |met| met.id)
            .is_ok()
    });
    parts
}

/// Each of these actors with those of them who speak for it.
pub(super) fn groups(extract: &Extract, actors: &[ActorId]) -> Vec<Group> {
    let is_drawn = |id: &ActorId| actors.binary_search(id).is_ok();
    let mut guests: BTreeMap<ActorId, Vec<ActorId>> = BTreeMap::new();
    for (guest, home) in homes(extract) {
        if is_drawn(&guest) && is_drawn(&home) {
            guests.entry(home).or_default().push(guest);
        }
    }
    guests
        .into_iter()
        .map(|(home, guests)| Group { home, guests })
        .collect()
}

/// Whom those who speak for others are drawn next to: the last in the row of those they speak for.
pub(crate) fn homes(extract: &Extract) -> BTreeMap<ActorId, ActorId> {
    let mut first: BTreeMap<ActorId, ActorId> = BTreeMap::new();
    for ended in [false, true] {
        for spoken in extract
            .speaks_for
            .iter()
            .filter(|spoken| spoken.ended == ended)
        {
            first.entry(spoken.speaker).or_insert(spoken.principal);
        }
    }
    let mut homes: BTreeMap<ActorId, Option<ActorId>> = BTreeMap::new();
    for &speaker in first.keys() {
        let (mut way, mut at) = (Vec::new(), speaker);
        let home = loop {
            if let Some(known) = homes.get(&at) {
                break *known;
            }
            let Some(&next) = first.get(&at) else {
                break Some(at);
            };
            // Where they speak for one another, in a circle over the years, it has no end.
            homes.insert(at, None);
            way.push(at);
            at = next;
        };
        homes.extend(way.into_iter().map(|speaker| (speaker, home)));
    }
    homes
        .into_iter()
        .filter_map(|(speaker, home)| Some((speaker, home?)))
        .collect()
}
