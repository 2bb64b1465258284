//! A graph with friendly and unfriendly edges.

use crate::measure::network::joined;

/// An undirected graph whose edges have a sign and a weight: positive where its ends are friends, negative where they are
/// foes. Nodes are numbers from 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Signed {
    pub(super) nodes: usize,
    pub(super) edges: Vec<(usize, usize, f64)>,
}

impl Signed {
    /// A graph of so many nodes with these edges. Parallel edges are kept, friendly ones beside unfriendly ones; an edge that
    /// ends where it starts or at no node, or whose weight is 0 or no finite number, is left out.
    pub fn new(nodes: usize, edges: impl IntoIterator<Item = (usize, usize, f64)>) -> Signed {
        let is_edge = |(a, b, weight): &(usize, usize, f64)| {
            a != b && (*a).max(*b) < nodes && weight.is_finite() && *weight != 0.0
        };
        Signed {
            nodes,
            edges: edges.into_iter().filter(is_edge).collect(),
        }
    }

    /// How many nodes.
    pub fn nodes(&self) -> usize {
        self.nodes
    }

    /// The edges: two nodes and the signed weight.
    pub fn edges(&self) -> &[(usize, usize, f64)] {
        &self.edges
    }

    /// The connected parts: for each node the least node that it is connected with, be it itself.
    pub fn parts(&self) -> Vec<u32> {
        joined(
            self.nodes,
            self.edges.iter().map(|(a, b, _)| (*a as u32, *b as u32)),
        )
    }

    /// All weight, friendly and unfriendly.
    pub fn weight(&self) -> f64 {
        self.edges.iter().map(|(.., weight)| weight.abs()).sum()
    }

    /// Whether an edge is frustrated by a split: unfriendly within a side, or friendly between the two.
    pub fn is_frustrated(split: &[bool], edge: (usize, usize, f64)) -> bool {
        let (a, b, weight) = edge;
        (split[a] == split[b]) == (weight < 0.0)
    }

    /// The weight of all edges that a split frustrates; it has a side for every node.
    pub fn frustrated(&self, split: &[bool]) -> f64 {
        self.edges
            .iter()
            .filter(|edge| Signed::is_frustrated(split, **edge))
            .map(|(.., weight)| weight.abs())
            .sum()
    }

    /// The same with one edge between two nodes at most, whose weight is the sum of theirs; the lesser node comes first, and
    /// edges are in order. Where friendly and unfriendly edges cancel out there is none.
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
