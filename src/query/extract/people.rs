//! Thins out people, who can drown a picture: those who only speak for somebody are left out first.

use crate::graph::{ActorId, Graph};
use crate::model::ActorKind;
use crate::query::extract::{Extract, Line, Lines, MANY_PEOPLE};

/// Leaves out people without a line of their own if there are many people, and counts them.
pub(super) fn thin_out_people(graph: &Graph, kept: &mut [bool], extract: &mut Extract) {
    let is_person = |index: usize| graph.actors[index].kind == Some(ActorKind::Person);
    if (0..graph.actors.len())
        .filter(|&index| is_person(index))
        .count()
        <= MANY_PEOPLE
    {
        return;
    }
    let busy = with_lines(graph, extract);
    for index in 0..kept.len() {
        if kept[index] && !busy[index] && is_person(index) {
            kept[index] = false;
            extract.left_out.people += 1;
        }
    }
    let both = |one: ActorId, other: ActorId| kept[one.index()] && kept[other.index()];
    extract
        .speaks_for
        .retain(|spoken| both(spoken.speaker, spoken.principal));
    extract
        .members
        .retain(|&(member, group)| both(member, group));
}

/// Returns which actors have a line other than to those they speak for or belong to.
fn with_lines(graph: &Graph, extract: &Extract) -> Vec<bool> {
    let mut busy = vec![false; graph.actors.len()];
    let mut mark = |actor: ActorId| busy[actor.index()] = true;
    match &extract.lines {
        Lines::Positions(lines) => {
            for line in lines {
                mark(line.actor);
            }
        }
        Lines::Statements(stances) => {
            for id in stances {
                for &actor in graph[*id].actors.as_slice() {
                    mark(actor);
                }
            }
        }
    }
    // An offer is a line too.
    let offers = |line: &&Line| line.standing.offered().next().is_some();
    for line in extract.unknown.iter().filter(offers) {
        mark(line.actor);
    }
    for met in &extract.meetings {
        for &(actor, _) in &met.parties {
            mark(actor);
        }
    }
    for tie in extract.ties.iter().map(|id| &graph[*id]) {
        mark(tie.from);
        mark(tie.to);
    }
    // An actor that others speak for is more than a speaker.
    for spoken in &extract.speaks_for {
        mark(spoken.principal);
    }
    busy
}
