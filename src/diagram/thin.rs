//! Less of a picture: the most important part of what it would show.

use std::collections::BTreeSet;

use crate::diagram::importance::Importance;
use crate::graph::{Entity, Graph};
use crate::query::{Extract, Lines};

/// Keeps so many of the actors, issues and meetings that a picture would show, of each in turn those with the most lines, and
/// what is between them; counts the others.
pub fn top(
    graph: &Graph,
    extract: Extract,
    many: usize,
    wanted: impl Fn(Entity) -> bool,
) -> Extract {
    let actors = extract.actors.iter().map(|&id| Entity::Actor(id));
    let issues = extract.issues.iter().map(|&id| Entity::Issue(id));
    let meetings = extract.meetings.iter().map(|met| Entity::Meeting(met.id));
    let drawn = actors.chain(issues).chain(meetings);
    let kept = Importance::of(graph, &extract, drawn).first(many, &wanted);
    let keeps = |entity: Entity| kept.contains(&entity) || !wanted(entity);
    let mut thin = extract;
    let before = (thin.actors.len(), thin.issues.len(), thin.meetings.len());
    thin.actors.retain(|&id| keeps(Entity::Actor(id)));
    thin.issues.retain(|&id| keeps(Entity::Issue(id)));
    thin.meetings.retain(|met| keeps(Entity::Meeting(met.id)));
    let actors: BTreeSet<_> = thin.actors.iter().copied().collect();
    let issues: BTreeSet<_> = thin.issues.iter().copied().collect();
    match &mut thin.lines {
        Lines::Positions(lines) => {
            lines.retain(|line| actors.contains(&line.actor) && issues.contains(&line.issue))
        }
        Lines::Statements(ids) => ids.retain(|id| {
            let stance = &graph.stances[id.index()];
            issues.contains(&stance.issue)
                && stance
                    .actors
                    .as_slice()
                    .iter()
                    .any(|actor| actors.contains(actor))
        }),
    }
    thin.unknown
        .retain(|line| actors.contains(&line.actor) && issues.contains(&line.issue));
    for met in &mut thin.meetings {
        met.parties.retain(|(actor, _)| actors.contains(actor));
    }
    thin.ties.retain(|id| {
        let tie = &graph.ties[id.index()];
        actors.contains(&tie.from) && actors.contains(&tie.to)
    });
    thin.speaks_for
        .retain(|spoken| actors.contains(&spoken.speaker) && actors.contains(&spoken.principal));
    thin.members
        .retain(|(member, group)| actors.contains(member) && actors.contains(group));
    thin.part_of
        .retain(|(issue, wider)| issues.contains(issue) && issues.contains(wider));
    thin.left_out.actors += before.0 - thin.actors.len();
    thin.left_out.issues += before.1 - thin.issues.len();
    thin.left_out.meetings += before.2 - thin.meetings.len();
    thin
}
