//! Betweenness (Freeman 1977) and closeness, from the shortest paths of all nodes or of a random
//! sample. One sweep through the graph handles many sources at once (Then and others 2014), and
//! sweeps run on all cores.

mod sweep;

use crate::measure::network::Network;
use crate::measure::seeded::Seeded;
use crate::progress::step;
use crate::spread::spread;

use sweep::{LANES, Space, Tally};

/// The number of partial sums. It does not depend on the number of cores, so that the same graph
/// gives the same bytes everywhere.
const PARTS: usize = 16;

/// The nodes from which shortest paths are followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sources {
    /// All nodes: exact.
    All,
    /// This many nodes, drawn at random with a fixed seed; all if there are no more.
    Sample(usize),
}

/// The centrality of each node.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Centrality {
    /// Σ over all pairs of other nodes, each once, of the share of their shortest paths that pass
    /// through the node.
    pub betweenness: Vec<f64>,
    /// The standard error of the betweenness; 0 if it is exact.
    pub error: Vec<f64>,
    /// 1 / the mean number of steps to the other nodes of its connected part; `None` if there are
    /// no others.
    pub closeness: Vec<Option<f64>>,
    /// The number of nodes from which shortest paths were followed.
    pub sources: usize,
}

/// Computes the betweenness (Brandes 2001; of a sample, Brandes and Pich 2007) and closeness of all
/// nodes of an undirected graph.
///
/// A sample is stratified: nodes ordered by degree are cut into classes of equal size N, of each of
/// which k are drawn. More are drawn from classes of low degree, whose dependencies concentrate on
/// few nodes. Betweenness is half the sum over classes of N/k Σ δ, where δ is the dependency of a
/// source on the node. Its standard error is half of √(Σ N² (1 − k/N) s²/k), where s² is the
/// variance of δ within a class.
pub fn centrality(network: &Network, sources: Sources) -> Centrality {
    let classes = classes(network, sources);
    let batches: Vec<(usize, &[u32])> = classes
        .iter()
        .enumerate()
        .flat_map(|(class, (_, drawn))| drawn.chunks(LANES).map(move |batch| (class, batch)))
        .collect();
    let tallies = swept(network, classes.len(), &batches);
    let nodes = network.nodes();
    let mut found = Centrality {
        closeness: vec![None; nodes],
        sources: 0,
        ..Centrality::default()
    };
    let (mut steps, mut reached) = (vec![0.0; nodes], vec![0.0; nodes]);
    (found.betweenness, found.error) = (vec![0.0; nodes], vec![0.0; nodes]);
    for ((size, drawn), tally) in classes.iter().zip(&tallies) {
        let (size, count) = (*size as f64, drawn.len() as f64);
        found.sources += drawn.len();
        for node in 0..nodes {
            let (sum, squares) = (tally.shares[node], tally.squares[node]);
            let variance = (squares - sum * sum / count).max(0.0) / (count - 1.0).max(1.0);
            found.betweenness[node] += size / count * sum / 2.0;
            found.error[node] += size * size * (1.0 - count / size) * variance / count / 4.0;
            steps[node] += size / count * tally.steps[node];
            reached[node] += size / count * tally.reached[node];
        }
    }
    for error in &mut found.error {
        *error = error.sqrt();
    }
    let closeness = steps
        .iter()
        .zip(&reached)
        .map(|(steps, reached)| (*steps > 0.0).then(|| reached / steps));
    found.closeness = closeness.collect();
    found
}

/// The number of classes of a sample.
const CLASSES: usize = 8;

/// Returns the classes of nodes: the size of each, and the sources drawn from it.
fn classes(network: &Network, sources: Sources) -> Vec<(usize, Vec<u32>)> {
    let mut all: Vec<u32> = (0..network.nodes() as u32).collect();
    let count = match sources {
        Sources::Sample(count) if count.max(CLASSES * LANES) < all.len() => {
            count.max(CLASSES * LANES)
        }
        _ => {
            return if all.is_empty() {
                Vec::new()
            } else {
                vec![(all.len(), all)]
            };
        }
    };
    all.sort_by_key(|node| network.degree(*node as usize));
    let classes: Vec<&[u32]> = all.chunks(all.len().div_ceil(CLASSES)).collect();
    let wish = |class: &[u32]| {
        let degrees: usize = class
            .iter()
            .map(|node| network.degree(*node as usize))
            .sum();
        class.len() as f64 / (1.0 + degrees as f64 / class.len() as f64).sqrt()
    };
    let wishes: f64 = classes.iter().map(|class| wish(class)).sum();
    let mut seeded = Seeded(0xB0_0CE5);
    let draw = |class: &&[u32]| {
        let batches = (wish(class) / wishes * count as f64 / LANES as f64)
            .round()
            .max(1.0);
        let mut class = class.to_vec();
        let size = class.len();
        let drawn = (batches as usize * LANES).min(size);
        for nth in 0..drawn {
            class.swap(nth, nth + seeded.below(size - nth));
        }
        class.truncate(drawn);
        class.sort_unstable();
        (size, class)
    };
    classes.iter().map(draw).collect()
}

/// Sums the results of the sources of each class.
fn swept(network: &Network, classes: usize, batches: &[(usize, &[u32])]) -> Vec<Tally> {
    let nodes = network.nodes();
    let progress = step("counting shortest paths", batches.len());
    let part = |space: &mut Space, part: usize| {
        let mut tallies: Vec<Option<Tally>> = (0..classes).map(|_| None).collect();
        for (class, batch) in batches.iter().skip(part).step_by(PARTS) {
            space.sweep(
                network,
                batch,
                tallies[*class].get_or_insert_with(|| Tally::new(nodes)),
            );
            progress.advance();
        }
        tallies
    };
    let mut all: Vec<Tally> = (0..classes).map(|_| Tally::new(nodes)).collect();
    for tallies in spread(
        PARTS.min(batches.len()),
        network.size(),
        || Space::new(nodes),
        part,
    ) {
        for (all, tally) in all.iter_mut().zip(&tallies) {
            if let Some(tally) = tally {
                all.add(tally);
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Brandes' algorithm as published, one source at a time.
    fn plainly(network: &Network) -> Vec<f64> {
        let n = network.nodes();
        let mut total = vec![0.0; n];
        for source in 0..n {
            let (mut paths, mut steps) = (vec![0.0; n], vec![usize::MAX; n]);
            (paths[source], steps[source]) = (1.0, 0);
            let mut order = vec![source];
            let mut next = 0;
            while let Some(&at) = order.get(next) {
                next += 1;
                for to in network.neighbours(at).into_iter().map(|to| to as usize) {
                    if steps[to] == usize::MAX {
                        steps[to] = steps[at] + 1;
                        order.push(to);
                    }
                    if steps[to] == steps[at] + 1 {
                        paths[to] += paths[at];
                    }
                }
            }
            let mut shares = vec![0.0; n];
            for &to in order.iter().skip(1).rev() {
                for at in network
                    .neighbours(to)
                    .into_iter()
                    .map(|at| at as usize)
                    .filter(|at| steps[*at] + 1 == steps[to])
                {
                    shares[at] += paths[at] / paths[to] * (1.0 + shares[to]);
                }
                total[to] += shares[to] / 2.0;
            }
        }
        total
    }

    fn lists() -> impl Strategy<Value = (usize, Vec<Vec<u32>>)> {
        (2_usize..50).prop_flat_map(|n| {
            (
                Just(n),
                prop::collection::vec(prop::collection::vec(0..n as u32, 0..5), 0..60),
            )
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn is_what_brandes_gives((nodes, lists) in lists()) {
            let network = Network::new(nodes, lists.iter().map(Vec::as_slice), &[]);
            let found = centrality(&network, Sources::All);
            for (found, plain) in found.betweenness.iter().zip(plainly(&network)) {
                prop_assert!((found - plain).abs() < 1e-9, "{found} {plain}");
            }
            prop_assert!(found.error.iter().all(|error| *error == 0.0));
            let sample = centrality(&network, Sources::Sample(nodes + 1));
            prop_assert_eq!(sample, found);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn crowds_count_as_their_pairs((nodes, lists) in lists(), crowds in prop::collection::vec((0_u32..40, 5_u32..30), 0..6)) {
            let within = |from: u32, count: u32| (from..from + count).filter(|node| (*node as usize) < nodes).collect();
            let crowds: Vec<Vec<u32>> = crowds.iter().map(|(from, count)| within(*from, *count)).collect();
            let lists = || lists.iter().chain(&crowds).map(Vec::as_slice);
            let (kept, plain) = (Network::built(nodes, lists(), &[], 40), Network::new(nodes, lists(), &[]));
            prop_assert!(plain.crowds().is_empty());
            for node in 0..nodes {
                prop_assert_eq!(kept.degree(node), plain.degree(node));
                prop_assert_eq!(kept.neighbours(node), plain.neighbours(node));
            }
            prop_assert_eq!(kept.parts(), plain.parts());
            let (one, other) = (centrality(&kept, Sources::All), centrality(&plain, Sources::All));
            prop_assert!(one.betweenness.iter().zip(&other.betweenness).all(|(a, b)| (a - b).abs() < 1e-9));
            prop_assert_eq!(one.closeness, other.closeness);
        }
    }

    #[test]
    fn a_long_chain() {
        let pairs: Vec<[u32; 2]> = (0..999).map(|n| [n, n + 1]).collect();
        let chain = Network::new(1000, pairs.iter().map(|pair| &pair[..]), &[]);
        let found = centrality(&chain, Sources::All);
        assert_eq!(found.betweenness[500], 500.0 * 499.0);
        assert_eq!(found.closeness[0], Some(999.0 / (999.0 * 1000.0 / 2.0)));
        assert_eq!(
            centrality(&Network::new(0, [], &[]), Sources::All).sources,
            0
        );
    }
}
