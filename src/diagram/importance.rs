//! How much depends on each node, so that less important labels can be dropped where there are too
//! many.

use std::collections::{BTreeSet, HashMap};

use crate::diagram::edges::{of_map, said, statements};
use crate::diagram::{Behind, Look};
use crate::graph::{Entity, Graph};
use crate::query::Extract;

/// Notes how many nodes have no name, where only so many have one; `None` if all have theirs.
pub(crate) fn unnamed(count: usize, named: usize) -> Option<String> {
    (count > 0).then(|| {
        format!(
            "Without a name: {count} of lesser importance; the {named} with the most lines have names."
        )
    })
}

/// The nodes of a drawing, ranked.
pub(crate) struct Importance {
    /// Each node with its number of lines, the most important first.
    ranked: Vec<(usize, Entity)>,
}

impl Importance {
    /// Ranks these actors, issues and meetings by their number of lines, then in the given order.
    pub(crate) fn of(
        graph: &Graph,
        extract: &Extract,
        drawn: impl IntoIterator<Item = Entity>,
    ) -> Importance {
        let mut lines: HashMap<Entity, usize> = HashMap::new();
        let edges = of_map(graph, extract).into_iter();
        for edge in edges.chain(said(graph, statements(extract))) {
            // Structure counts for the principal or the group only: it stands for its speakers or
            // members.
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

    /// Returns this many nodes that have words: the most important ones.
    pub(crate) fn named(&self, most: usize) -> BTreeSet<Entity> {
        let most = self.ranked.iter().take(most);
        most.map(|&(_, entity)| entity).collect()
    }
}
