//! Greedily packs triangles that no split satisfies: a lower bound that is quick even for a large
//! graph. The [covering](super::covering) starts from it.

use super::Signed;
use super::covering::{Covering, POOL};
use super::reduce::Core;

/// The maximum number of nodes: one bit per pair of nodes then takes 32 MiB.
const NODES: usize = 1 << 14;

/// Packs triangles with one edge that the split frustrates and two that it satisfies. Each takes as
/// much weight from its edges as the lightest has left. The edges with the fewest such triangles
/// come first.
pub(super) fn triangles(core: &Core, split: &[bool]) -> Covering {
    let mut packed = Covering {
        rest: core.weights(),
        ..Covering::default()
    };
    if core.nodes.len() > NODES {
        return packed;
    }
    let (frustrated, satisfied): (Vec<usize>, Vec<usize>) =
        (0..core.edges.len()).partition(|edge| Signed::is_frustrated(split, core.edges[*edge]));
    let mut open = Open::new(core.nodes.len());
    for edge in &satisfied {
        open.toggle(core.edges[*edge].0, core.edges[*edge].1);
    }
    let mut order: Vec<(u32, usize)> = frustrated
        .iter()
        .map(|edge| (open.common(core.edges[*edge].0, core.edges[*edge].1), *edge))
        .collect();
    order.sort_unstable();
    for (_, edge) in order {
        let (a, b, _) = core.edges[edge];
        while packed.rest[edge] > 0.0
            && let Some(third) = open.first(a, b)
            && let (Some(one), Some(other)) = (core.edge(a, third), core.edge(b, third))
        {
            let cycle = vec![edge, one, other];
            let weight = cycle
                .iter()
                .map(|edge| packed.rest[*edge])
                .fold(f64::INFINITY, f64::min);
            for edge in &cycle {
                packed.rest[*edge] -= weight;
            }
            for (node, _) in [(a, one), (b, other)]
                .iter()
                .filter(|(_, edge)| packed.rest[*edge] <= 0.0)
            {
                open.toggle(*node, third);
            }
            packed.bound += weight;
            // More cycles would not be used.
            if packed.cycles.len() <= POOL {
                packed.cycles.push(cycle);
                packed.weights.push(weight);
            }
        }
    }
    packed
}

/// For every pair of nodes, a bit that says whether an edge with weight left joins them.
struct Open {
    words: usize,
    bits: Vec<u64>,
}

impl Open {
    fn new(nodes: usize) -> Open {
        let words = nodes.div_ceil(64);
        Open {
            words,
            bits: vec![0; words * nodes],
        }
    }

    fn toggle(&mut self, a: usize, b: usize) {
        self.bits[a * self.words + b / 64] ^= 1 << (b % 64);
        self.bits[b * self.words + a / 64] ^= 1 << (a % 64);
    }

    fn both(&self, a: usize, b: usize) -> impl Iterator<Item = u64> {
        let row = |node: usize| &self.bits[node * self.words..(node + 1) * self.words];
        row(a).iter().zip(row(b)).map(|(a, b)| a & b)
    }

    /// Returns the number of common neighbours.
    fn common(&self, a: usize, b: usize) -> u32 {
        self.both(a, b).map(u64::count_ones).sum()
    }

    /// Returns the first common neighbour.
    fn first(&self, a: usize, b: usize) -> Option<usize> {
        let (nth, word) = self.both(a, b).enumerate().find(|(_, word)| *word != 0)?;
        Some(nth * 64 + word.trailing_zeros() as usize)
    }
}
