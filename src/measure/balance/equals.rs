//! Tests whether the split that frustrates least is the only one.

use std::collections::BTreeMap;

use super::Signed;

/// The size of a connected part up to which all its splits are examined. Of larger parts, only the
/// splits that move one node are.
pub const ALL: usize = 18;

/// The number of other splits that frustrate as little as the best one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Equals {
    /// Exactly this many; 0 if the best one is the only one.
    Known(usize),
    /// At least one.
    Some,
    /// None that moves a single node. Others were not examined, because too many nodes are
    /// connected.
    NoneNear,
}

/// Counts the other splits that frustrate as little as the best one, which is given, for each
/// connected part of more than one node. Swapping the two sides gives the same split.
pub fn equals(graph: &Signed, best: &[bool]) -> Vec<Equals> {
    let mut around: Vec<Vec<(usize, f64)>> = vec![Vec::new(); graph.nodes];
    for &(a, b, weight) in graph.edges.iter().filter(|(a, b, _)| a != b) {
        around[a].push((b, weight));
        around[b].push((a, weight));
    }
    let mut parts: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (node, part) in graph.parts().into_iter().enumerate() {
        parts.entry(part).or_default().push(node);
    }
    let parts = parts.values().filter(|part| part.len() > 1);
    let mut split = best.to_vec();
    parts
        .map(|part| of_part(&around, part, &mut split))
        .collect()
}

/// Changes the split of the part, but of no other.
fn of_part(around: &[Vec<(usize, f64)>], part: &[usize], split: &mut [bool]) -> Equals {
    // What moving a node to the other side adds to the frustration.
    let added = |split: &[bool], node: usize| -> f64 {
        let edges = around[node].iter();
        let added = edges.map(|&(other, weight)| {
            match Signed::is_frustrated(split, (node, other, weight)) {
                true => -weight.abs(),
                false => weight.abs(),
            }
        });
        added.sum()
    };
    let edges = part.iter().flat_map(|node| &around[*node]);
    let twice: f64 = edges.map(|(_, weight)| weight.abs()).sum();
    let is_equal = |more: f64| more.abs() <= 1e-9 * (twice / 2.0).max(1.0);
    if part.len() > ALL {
        let is_near = part.iter().any(|node| is_equal(added(split, *node)));
        return if is_near {
            Equals::Some
        } else {
            Equals::NoneNear
        };
    }
    // All splits in the order of a Gray code: each step moves one node. The first node never moves.
    let (mut equal, mut more) = (0, 0.0);
    for step in 1..1_u32 << (part.len() - 1) {
        let node = part[1 + step.trailing_zeros() as usize];
        more += added(split, node);
        split[node] = !split[node];
        equal += usize::from(is_equal(more));
    }
    Equals::Known(equal)
}
