//! How much hangs on a node, so that the words of the less important can go where there are too many.

use std::collections::BTreeSet;

use crate::graph::{Entity, Graph};
use crate::query::{Extract, Lines};

/// So many boxes have words.
#[cfg(feature = "pictures")]
pub(crate) const NAMED: usize = 150;

/// Which nodes are the more important.
pub(crate) struct Importance {
    /// All nodes with the number of their lines, the most important first.
    ranked: Vec<(usize, Entity)>,
}

impl Importance {
    /// Ranks these actors, issues and meetings by how many lines they have, then by their order.
    pub(crate) fn of(
        graph: &Graph,
        extract: &Extract,
        drawn: impl IntoIterator<Item = Entity>,
    ) -> Importance {
        let mut actors = vec![0_usize; graph.actors.len()];
        let mut issues = vec![0_usize; graph.issues.len()];
        let mut meetings = vec![0_usize; graph.meetings.len()];
        match &extract.lines {
            Lines::Positions(lines) => {
                for line in lines.iter().chain(&extract.unknown) {
                    actors[line.actor.index()] += 1;
                    issues[line.issue.index()] += 1;
                }
            }
            Lines::Statements(ids) => {
                for stance in ids.iter().map(|id| &graph.stances[id.index()]) {
                    issues[stance.issue.index()] += 1;
                    for actor in stance.actors.as_slice() {
                        actors[actor.index()] += 1;
                    }
                }
            }
        }
        for met in &extract.meetings {
            meetings[met.id.index()] = met.parties.len();
            for (actor, _) in &met.parties {
                actors[actor.index()] += 1;
            }
        }
        for tie in extract.ties.iter().map(|id| &graph.ties[id.index()]) {
            actors[tie.from.index()] += 1;
            actors[tie.to.index()] += 1;
        }
        // Whoever others speak for, or belong to, stands for them all.
        for spoken in &extract.speaks_for {
            actors[spoken.principal.index()] += 1;
        }
        for (_, group) in &extract.members {
            actors[group.index()] += 1;
        }
        for (_, wider) in &extract.part_of {
            issues[wider.index()] += 1;
        }
        let lines = |entity: Entity| match entity {
            Entity::Actor(id) => actors[id.index()],
            Entity::Issue(id) => issues[id.index()],
            Entity::Meeting(id) => meetings[id.index()],
            Entity::Source(_) | Entity::Fact(_) => 0,
        };
        let drawn = drawn.into_iter();
        let mut ranked: Vec<(usize, Entity)> =
            drawn.map(|entity| (lines(entity), entity)).collect();
        ranked.sort_by_key(|&(lines, _)| std::cmp::Reverse(lines));
        Importance { ranked }
    }

    /// Those that have words: the most important.
    #[cfg(feature = "pictures")]
    pub(crate) fn named(&self) -> BTreeSet<Entity> {
        let most = self.ranked.iter().take(NAMED);
        most.map(|&(_, entity)| entity).collect()
    }

    /// So many of those that pass, the most important of actors, issues and meetings in turn: by their lines alone, all of
    /// one kind might come before any of another.
    pub(crate) fn first(&self, many: usize, wanted: impl Fn(Entity) -> bool) -> BTreeSet<Entity> {
        let mut seen = [0_usize; 3];
        let mut turns: Vec<(usize, Entity)> = Vec::new();
        for entity in self
            .ranked
            .iter()
            .map(|&(_, entity)| entity)
            .filter(|&entity| wanted(entity))
        {
            let kind = match entity {
                Entity::Actor(_) => 0,
                Entity::Issue(_) => 1,
                _ => 2,
            };
            turns.push((seen[kind], entity));
            seen[kind] += 1;
        }
        turns.sort_by_key(|&(turn, _)| turn);
        turns
            .into_iter()
            .take(many)
            .map(|(_, entity)| entity)
            .collect()
    }
}
