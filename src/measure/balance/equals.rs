//! Tests whether the split that frustrates least is the only one.

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

/// Counts the other splits of a connected part of a graph that frustrate as little as the best one,
/// which is given. Swapping the two sides gives the same split. `part` lists the nodes of the part.
pub fn equals(graph: &Signed, part: &[usize], best: &[bool]) -> Equals {
    let mut place = vec![None; graph.nodes];
    for (nth, node) in part.iter().enumerate() {
        place[*node] = Some(nth);
    }
    let edges: Vec<(usize, usize, f64)> = graph
        .edges
        .iter()
        .filter_map(|(a, b, weight)| Some((place[*a]?, place[*b]?, *weight)))
        .collect();
    let own = Signed::new(part.len(), edges);
    let mut split: Vec<bool> = part.iter().map(|node| best[*node]).collect();
    let least = own.frustrated(&split);
    let is_equal = |cost: f64| (cost - least).abs() <= 1e-9 * own.weight().max(1.0);
    if part.len() <= ALL {
        let count = 1_u32 << (part.len().max(1) - 1);
        let equal = (0..count).filter(|sides| {
            let side = |nth: &usize| *nth > 0 && sides >> (nth - 1) & 1 == 1;
            let split: Vec<bool> = (0..part.len()).map(|nth| side(&nth)).collect();
            is_equal(own.frustrated(&split))
        });
        return Equals::Known(equal.count().saturating_sub(1));
    }
    for nth in 0..part.len() {
        split[nth] = !split[nth];
        let cost = own.frustrated(&split);
        split[nth] = !split[nth];
        if is_equal(cost) {
            return Equals::Some;
        }
    }
    Equals::NoneNear
}
