//! Finds a good split by tabu search: in each step the node whose change of side helps most changes
//! it, and may not change again for a while.

use super::reduce::Core;
use crate::measure::seeded::Seeded;

/// The number of changes per node without a better split after which a search ends.
const PATIENCE: usize = 60;
/// The approximate limit for the number of edges read.
const EFFORT: usize = 40_000_000;
/// The number of starting splits.
const STARTS: usize = 6;

/// Returns the best split found.
pub(super) fn split(core: &Core) -> Vec<bool> {
    let count = core.nodes.len();
    let mut seeded = Seeded(0x5EED);
    let changes = (EFFORT / STARTS / (1 + count + 2 * core.edges.len() / count.max(1)))
        .min(PATIENCE * count)
        .max(1);
    let starts = (0..STARTS).map(|start| match start {
        0 => grown(core),
        _ => (0..count).map(|_| seeded.bits() & 1 == 1).collect(),
    });
    let starts: Vec<Vec<bool>> = starts.collect();
    let mut best: Option<(f64, Vec<bool>)> = None;
    for start in starts {
        let found = tabu(core, start, changes, &mut seeded);
        if best.as_ref().is_none_or(|(cost, _)| found.0 < *cost) {
            best = Some(found);
        }
    }
    let split = best.map(|(_, split)| split).unwrap_or_default();
    let first = split.first() == Some(&true);
    split.into_iter().map(|side| side != first).collect()
}

/// Grows a split node by node along the edges, each placed on the side to which its placed
/// neighbours pull it.
fn grown(core: &Core) -> Vec<bool> {
    let count = core.nodes.len();
    let (mut split, mut placed, mut pull) =
        (vec![false; count], vec![false; count], vec![0.0_f64; count]);
    for _ in 0..count {
        let free = (0..count).filter(|node| !placed[*node]);
        let Some(node) = free.max_by(|a, b| pull[*a].abs().total_cmp(&pull[*b].abs())) else {
            break;
        };
        placed[node] = true;
        split[node] = pull[node] < 0.0;
        for &(other, edge) in core.around(node) {
            let (.., weight) = core.edges[edge];
            pull[other] += if split[node] { -weight } else { weight };
        }
    }
    split
}

fn tabu(
    core: &Core,
    mut split: Vec<bool>,
    changes: usize,
    seeded: &mut Seeded,
) -> (f64, Vec<bool>) {
    let count = split.len();
    // By how much the cost grows if a node changes sides.
    let mut growth = vec![0.0; count];
    for &(a, b, weight) in &core.edges {
        let satisfied = if split[a] == split[b] {
            weight
        } else {
            -weight
        };
        growth[a] += satisfied;
        growth[b] += satisfied;
    }
    let mut cost = core.frustrated(&split);
    let mut best = (cost, split.clone());
    let mut rests = vec![0_usize; count];
    let mut waited = 0;
    for step in 1.. {
        let allowed =
            (0..count).filter(|node| rests[*node] < step || cost + growth[*node] < best.0);
        let Some(node) = allowed.min_by(|a, b| growth[*a].total_cmp(&growth[*b])) else {
            continue;
        };
        cost += growth[node];
        growth[node] = -growth[node];
        split[node] = !split[node];
        for &(other, edge) in core.around(node) {
            let (.., weight) = core.edges[edge];
            growth[other] += if split[node] == split[other] {
                2.0 * weight
            } else {
                -2.0 * weight
            };
        }
        rests[node] = step + (count / 8).min(20) + 1 + seeded.below(1 + count / 8);
        waited += 1;
        if cost < best.0 - 1e-12 {
            best = (cost, split.clone());
            waited = 0;
        }
        if waited >= changes {
            break;
        }
    }
    best
}
