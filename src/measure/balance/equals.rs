//! Whether the split that frustrates least is the only one.

use super::Signed;

/// Splits of up to so many connected nodes are all looked at; of more, those that one node on the other side makes.
pub const ALL: usize = 18;

/// How many other splits frustrate as little as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Equals {
    /// So many, none where it is the only one.
    Known(usize),
    /// At least one.
    Some,
    /// None that one node on the other side makes; nobody looked at others, since too many nodes are connected.
    NoneNear,
}

/// How many other splits of a part of a graph frustrate as little as the best one, which this is; two sides that change
/// places are the same split. `part` lists the nodes of a connected part.
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
