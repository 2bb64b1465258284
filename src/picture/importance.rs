//! How much hangs on a node, so that the words of the less important can go where there are too many.

use std::collections::BTreeSet;

use crate::graph::{Entity, Graph};
use crate::query::{Extract, Lines};

/// So many boxes have words.
pub(crate) const NAMED: usize = 150;

/// Which nodes are the more important.
pub(crate) struct Importance {
    /// All nodes with the number of their lines, the most important first.
    ranked: Vec<(usize, Entity)>,
    named: BTreeSet<Entity>,
}

impl Importance {
    /// Ranks actors, issues and meetings by how many lines they have, then by the order of the graph.
    pub(crate) fn of(graph: &Graph, extract: &Extract) -> Importance {
        let mut actors = vec![0_usize; graph.actors.len()];
        let mut issues = vec![0_usize; graph.issues.len()];
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
        for &(actor, _) in extract.meetings.iter().flat_map(|met| &met.parties) {
            actors[actor.index()] += 1;
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
        let mut ranked: Vec<(usize, Entity)> = Vec::new();
        ranked.extend(
            extract
                .actors
                .iter()
                .map(|&id| (actors[id.index()], Entity::Actor(id))),
        );
        ranked.extend(
            extract
                .issues
                .iter()
                .map(|&id| (issues[id.index()], Entity::Issue(id))),
        );
        ranked.extend(
            extract
                .meetings
                .iter()
                .map(|met| (met.parties.len(), Entity::Meeting(met.id))),
        );
        ranked.sort_by_key(|&(lines, _)| std::cmp::Reverse(lines));
        let named = ranked
            .iter()
            .take(NAMED)
            .map(|&(_, entity)| entity)
            .collect();
        Importance { ranked, named }
    }

    pub(crate) fn is_named(&self, entity: Entity) -> bool {
        self.ranked.len() <= NAMED || self.named.contains(&entity)
    }

    /// How many have no words.
    pub(crate) fn unnamed(&self) -> usize {
        self.ranked.len().saturating_sub(NAMED)
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
