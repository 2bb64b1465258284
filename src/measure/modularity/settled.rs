//! Moves nodes between few communities in a graph with many edges. The weight between each node and
//! each community is kept up to date, so that only a move reads edges, not every evaluation.

use crate::spread::spread;

use super::{LEAST, Weighted, numbered};

/// How many times fewer the communities must be than a node's neighbours.
const FEWER: usize = 64;
/// The maximum number of passes over all nodes.
const SWEEPS: usize = 200;

/// Moves nodes, in this order, to the community with the highest gain, until none gains. Returns
/// `None` if there are so many communities, or so few edges, that reading the edges is faster.
pub(super) fn settled(graph: &Weighted, of: &[u32], order: &[usize]) -> Option<Vec<usize>> {
    let mut of = numbered(
        &of.iter()
            .map(|community| *community as usize)
            .collect::<Vec<_>>(),
    );
    let nodes = graph.nodes();
    let count = of.iter().max().map_or(0, |last| last + 1);
    let edges: usize = graph.rows.iter().map(|row| row.to.len()).sum();
    if count * nodes * FEWER > edges {
        return None;
    }
    let row = |node: usize| {
        let mut ties = vec![0.0; count];
        for (to, weight) in graph.neighbours(node) {
            ties[of[to]] += weight;
        }
        ties
    };
    let mut ties: Vec<f64> = spread(nodes, edges / nodes, || (), |(), node| row(node)).concat();
    let mut degrees = vec![0.0; count];
    for (community, degree) in of.iter().zip(&graph.degrees) {
        degrees[*community] += degree;
    }
    for _ in 0..SWEEPS {
        let mut moves = 0;
        for &node in order {
            let (own, degree, row) = (
                of[node],
                graph.degrees[node],
                &ties[node * count..(node + 1) * count],
            );
            degrees[own] -= degree;
            let gain =
                |community: usize| row[community] - degree * degrees[community] / graph.total;
            let (mut best, mut most) = (own, gain(own) + LEAST * graph.total);
            for community in (0..count).filter(|community| row[*community] > 0.0) {
                let gained = gain(community);
                if gained > most {
                    (best, most) = (community, gained);
                }
            }
            degrees[best] += degree;
            if best != own {
                of[node] = best;
                moves += 1;
                for (to, weight) in graph.neighbours(node) {
                    ties[to * count + own] -= weight;
                    ties[to * count + best] += weight;
                }
            }
        }
        if moves == 0 {
            break;
        }
    }
    Some(numbered(&of))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::modularity::modularity;
    use crate::measure::seeded::Seeded;

    /// By the formula, no single move improves the result.
    #[test]
    fn where_it_settles_nobody_gains_by_moving() {
        let mut random = Seeded(5);
        let nodes = 140;
        let pairs = (0..nodes).flat_map(|b| (0..b).map(move |a| (a, b)));
        let weighted = pairs.map(|(a, b)| {
            (
                a,
                b,
                random.below(8) as f64 + if a % 2 == b % 2 { 3.3 } else { 0.0 },
            )
        });
        let graph = Weighted::new(nodes, weighted.collect::<Vec<_>>());
        let start: Vec<u32> = (0..nodes).map(|node| u32::from(node < nodes / 2)).collect();
        let found = settled(&graph, &start, &(0..nodes).collect::<Vec<_>>()).unwrap();
        let reached = modularity(&graph, &found);
        assert!(
            reached
                > modularity(
                    &graph,
                    &start.iter().map(|side| *side as usize).collect::<Vec<_>>()
                )
        );
        for node in 0..nodes {
            let mut moved = found.clone();
            moved[node] = 1 - found[node];
            assert!(modularity(&graph, &moved) <= reached + 1e-12, "{node}");
        }
    }
}
