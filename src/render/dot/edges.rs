//! The lines of a picture, one look after the other.

use std::collections::BTreeMap;

use crate::graph::{ActorId, Entity, Graph, MeetingId, TieId};
use crate::query::{Extract, Line, Lines, Met};
use crate::render::dot::look::Look;

/// What a line stands for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shown<'e> {
    Position(&'e Line),
    Statement,
    Tie(TieId),
    Meeting(&'e Met),
    /// One speaks for the other, belongs to it, is part of it.
    Structure,
}

/// A line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edge<'e> {
    pub(crate) from: Entity,
    pub(crate) to: Entity,
    pub(crate) shown: Shown<'e>,
}

/// Every line of one look, in the order of the graph. It stops at the first failure.
pub(crate) fn try_each<'e, E>(
    graph: &Graph,
    extract: &'e Extract,
    look: Look,
    mut each: impl FnMut(Edge<'e>) -> Result<(), E>,
) -> Result<(), E> {
    let mut line = |from, to, shown| each(Edge { from, to, shown });
    let actor = Entity::Actor;
    match look {
        Look::SpeaksFor | Look::SpokeFor => {
            for spoken in extract
                .speaks_for
                .iter()
                .filter(|spoken| spoken.ended == (look == Look::SpokeFor))
            {
                line(
                    actor(spoken.speaker),
                    actor(spoken.principal),
                    Shown::Structure,
                )?;
            }
        }
        // A group stands before its members, so that they are all in one column.
        Look::Member => {
            for &(member, group) in &extract.members {
                line(actor(group), actor(member), Shown::Structure)?;
            }
        }
        Look::PartOf => {
            for &(issue, wider) in &extract.part_of {
                line(Entity::Issue(issue), Entity::Issue(wider), Shown::Structure)?;
            }
            for (meeting, wider) in parts_of_meetings(graph, extract) {
                line(
                    Entity::Meeting(meeting),
                    Entity::Meeting(wider),
                    Shown::Structure,
                )?;
            }
        }
        Look::TakesPart
        | Look::IsToTakePart
        | Look::WasToTakePart
        | Look::Invited
        | Look::Declined => {
            for met in &extract.meetings {
                for &(party, _) in met
                    .parties
                    .iter()
                    .filter(|(_, part)| Look::of_part(met.status, *part) == look)
                {
                    line(Entity::Meeting(met.id), actor(party), Shown::Meeting(met))?;
                }
            }
        }
        Look::Ally
        | Look::Partner
        | Look::Agreement
        | Look::Rival
        | Look::Hostile
        | Look::Other => {
            for &id in extract
                .ties
                .iter()
                .filter(|id| Look::of_tie(&graph.ties[id.index()].kind) == look)
            {
                let tie = &graph.ties[id.index()];
                line(actor(tie.from), actor(tie.to), Shown::Tie(id))?;
            }
        }
        _ => positions(graph, extract, look, line)?,
    }
    Ok(())
}

fn positions<'e, E>(
    graph: &Graph,
    extract: &'e Extract,
    look: Look,
    mut line: impl FnMut(Entity, Entity, Shown<'e>) -> Result<(), E>,
) -> Result<(), E> {
    match &extract.lines {
        Lines::Positions(lines) => {
            for shown in lines
                .iter()
                .filter(|line| Look::of_standing(&line.standing) == Some(look))
            {
                line(
                    Entity::Actor(shown.actor),
                    Entity::Issue(shown.issue),
                    Shown::Position(shown),
                )?;
            }
        }
        Lines::Statements(ids) => {
            for &id in ids {
                let stance = &graph.stances[id.index()];
                if stance
                    .position
                    .is_some_and(|position| Look::of_position(position) == look)
                {
                    for &actor in stance.actors.as_slice() {
                        line(
                            Entity::Actor(actor),
                            Entity::Issue(stance.issue),
                            Shown::Statement,
                        )?;
                    }
                }
            }
        }
    }
    Ok(())
}

/// Which of the meetings drawn belongs to which.
pub(crate) fn parts_of_meetings(graph: &Graph, extract: &Extract) -> Vec<(MeetingId, MeetingId)> {
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
