//! Thins out a picture: keeps the most important part of what it would show.

use crate::diagram::importance::Importance;
use crate::diagram::nodes;
use crate::graph::{ActorId, Entity, Graph, IssueId};
use crate::query::{Extract, Line, Lines};

/// Keeps the `many` most important of the wanted actors, issues and meetings, and the lines between
/// them. Kinds take turns, each with its best-connected first. Adds the rest to `left_out`.
pub fn top(
    graph: &Graph,
    extract: Extract,
    many: usize,
    wanted: impl Fn(Entity) -> bool,
) -> Extract {
    let drawn = nodes(&extract).map(|node| node.entity());
    let kept = Importance::of(graph, &extract, drawn).first(many, &wanted);
    let keeps = |entity: Entity| kept.contains(&entity) || !wanted(entity);
    let mut thin = extract;
    let before = (thin.actors.len(), thin.issues.len(), thin.meetings.len());
    thin.actors.retain(|&id| keeps(Entity::Actor(id)));
    thin.issues.retain(|&id| keeps(Entity::Issue(id)));
    thin.meetings.retain(|met| keeps(Entity::Meeting(met.id)));
    let actor = |id: &ActorId| keeps(Entity::Actor(*id));
    let issue = |id: &IssueId| keeps(Entity::Issue(*id));
    let line = |line: &Line| actor(&line.actor) && issue(&line.issue);
    match &mut thin.lines {
        Lines::Positions(lines) => lines.retain(line),
        Lines::Statements(ids) => ids.retain(|id| {
            let stance = &graph[*id];
            issue(&stance.issue) && stance.actors.as_slice().iter().any(actor)
        }),
    }
    thin.unknown.retain(line);
    for met in &mut thin.meetings {
        met.parties.retain(|(party, _)| actor(party));
    }
    thin.ties.retain(|id| {
        let tie = &graph[*id];
        actor(&tie.from) && actor(&tie.to)
    });
    thin.speaks_for
        .retain(|spoken| actor(&spoken.speaker) && actor(&spoken.principal));
    thin.members
        .retain(|(member, group)| actor(member) && actor(group));
    thin.part_of
        .retain(|(part, wider)| issue(part) && issue(wider));
    thin.left_out.actors += before.0 - thin.actors.len();
    thin.left_out.issues += before.1 - thin.issues.len();
    thin.left_out.meetings += before.2 - thin.meetings.len();
    thin
}
