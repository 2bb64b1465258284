//! A graph with friendly and unfriendly edges.

use crate::measure::network::joined;

/// An undirected graph whose edges have a signed weight: positive if the ends are friends, negative
/// if they are foes. Nodes are numbers from 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Signed {
    pub(super) nodes: usize,
    pub(super) edges: Vec<(usize, usize, f64)>,
}

/// Returns the weight of the edges that a split frustrates, without their signs.
pub(super) fn frustrated(edges: &[(usize, usize, f64)], split: &[bool]) -> f64 {
    let frustrated = edges
        .iter()
        .filter(|edge| Signed::is_frustrated(split, **edge));
    frustrated.map(|(.., weight)| weight.abs()).sum()
}

impl Signed {
    /// Creates a graph with `nodes` nodes and these edges. Parallel edges are kept, including
    /// friendly ones beside unfriendly ones. Loops, edges to missing nodes, and edges whose weight
    /// is 0 or not finite are left out.
    pub fn new(nodes: usize, edges: impl IntoIterator<Item = (usize, usize, f64)>) -> Signed {
        let is_edge = |(a, b, weight): &(usize, usize, f64)| {
            a != b && (*a).max(*b) < nodes && weight.is_finite() && *weight != 0.0
        };
        Signed {
            nodes,
            edges: edges.into_iter().filter(is_edge).collect(),
        }
    }

    /// Returns the number of nodes.
    pub fn nodes(&self) -> usize {
        self.nodes
    }

    /// Returns the edges: two nodes and the signed weight.
    pub fn edges(&self) -> &[(usize, usize, f64)] {
        &self.edges
    }

    /// Returns the connected parts: for each node, the least node connected with it, possibly
    /// itself.
    pub fn parts(&self) -> Vec<u32> {
        joined(
            self.nodes,
            self.edges.iter().map(|(a, b, _)| (*a as u32, *b as u32)),
        )
    }

    /// Returns the total weight, friendly plus unfriendly.
    pub fn weight(&self) -> f64 {
        self.edges.iter().map(|(.., weight)| weight.abs()).sum()
    }

    /// Returns whether a split frustrates an edge: an unfriendly one within a side, or a friendly
    /// one between the two.
    pub fn is_frustrated(split: &[bool], edge: (usize, usize, f64)) -> bool {
        let (a, b, weight) = edge;
        (split[a] == split[b]) == (weight < 0.0)
    }

    /// Returns the weight of all edges that a split frustrates; `split` has a side for every node.
    pub fn frustrated(&self, split: &[bool]) -> f64 {
        frustrated(&self.edges, split)
    }

    /// Merges parallel edges by summing their weights. In the result, the lesser node comes first
    /// and edges are sorted; edges that cancel out are left out.
    pub fn net(&self) -> Signed {
        let mut edges: Vec<_> = self
            .edges
            .iter()
            .map(|&(a, b, weight)| (a.min(b), a.max(b), weight))
            .collect();
        edges.sort_by_key(|(a, b, _)| (*a, *b));
        edges.dedup_by(|next, kept| {
            let same = (next.0, next.1) == (kept.0, kept.1);
            kept.2 += if same { next.2 } else { 0.0 };
            same
        });
        Signed::new(self.nodes, edges)
    }
}
