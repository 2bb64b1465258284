//! How much hangs on a node, so that the words of the less important can go where there are too many.

use std::collections::{BTreeSet, HashMap};

use crate::diagram::edges::{of_map, said, statements};
use crate::diagram::{Behind, Look};
use crate::graph::{Entity, Graph};
use crate::query::Extract;

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
        let mut lines: HashMap<Entity, usize> = HashMap::new();
        let edges = of_map(graph, extract).into_iter();
        for edge in edges.chain(said(graph, statements(extract))) {
            // Whoever others speak for, or belong to, stands for them all.
            let is_structure = matches!(edge.behind, Behind::Structure);
            if !is_structure || edge.look == Look::Member {
                *lines.entry(edge.from).or_default() += 1;
            }
            if edge.look != Look::Member {
                *lines.entry(edge.to).or_default() += 1;
            }
        }
        let count = |entity: Entity| lines.get(&entity).copied().unwrap_or(0);
        let drawn = drawn.into_iter();
        let mut ranked: Vec<(usize, Entity)> =
            drawn.map(|entity| (count(entity), entity)).collect();
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
