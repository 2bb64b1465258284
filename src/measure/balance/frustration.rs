//! The frustration index: the smallest weight of edges that contradict a division into two camps,
//! computed exactly as far as the budget allows.

use super::branch::Search;
use super::covering::{Covering, POOL};
use super::reduce::{self, Core};
use super::{Signed, descent};

/// Bounds of the frustration index, and the best split found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Frustration {
    /// The lower bound: no split frustrates less.
    pub lower: f64,
    /// The weight that `split` frustrates.
    pub upper: f64,
    /// The best split found: a side for every node. A node without edges is on the side `false`.
    pub split: Vec<bool>,
    /// Whether a search ran out of budget, so that a larger one may prove more. False if so much is
    /// frustrated that no search was tried.
    pub is_open: bool,
}

impl Frustration {
    /// Returns whether it is proved that no split frustrates less.
    pub fn is_exact(&self) -> bool {
        self.lower >= self.upper
    }
}

/// Computes the frustration index (line index of balance; Harary 1959): over all splits of the
/// nodes into two sides, one of which may be empty, the least weight of unfriendly edges inside a
/// side and friendly ones between the two.
///
/// The problem is NP-hard. Nodes with up to three neighbours are eliminated exactly. Tabu search
/// finds a split. A lower bound comes from packing cycles with an odd number of unfriendly edges,
/// each of which has at least one frustrated edge: triangles greedily, then the covering relaxation
/// by subgradients, if there is time for it. Branch and bound closes the gap, exploring at most
/// `budget` partial splits; beyond that, `lower` stays less than `upper`. The same input gives the
/// same result.
pub fn frustration(graph: &Signed, budget: usize) -> Frustration {
    let reduced = reduce::reduce(graph);
    let grain = Grain::of(graph);
    let mut sides = vec![false; graph.nodes];
    let (mut lower, mut left, mut is_open) = (reduced.cost, budget, false);
    for core in &reduced.cores {
        let (bound, split, ran_out) = solve(core, grain, &mut left);
        lower += bound;
        is_open |= ran_out;
        for (node, side) in core.nodes.iter().zip(split) {
            sides[*node] = side;
        }
    }
    reduced.restore(&mut sides);
    let upper = graph.frustrated(&sides);
    Frustration {
        lower: grain.up(lower).min(upper),
        upper,
        split: sides,
        is_open,
    }
}

/// Returns the lower bound and the best split of one connected graph, and whether the budget was
/// too small for it.
fn solve(core: &Core, grain: Grain, left: &mut usize) -> (f64, Vec<bool>, bool) {
    let mut best = descent::split(core);
    let mut cost = core.frustrated(&best);
    let covering = Covering::of(core, &best, grain);
    if grain.reaches(covering.bound, cost) {
        return (cost, best, false);
    }
    if covering.cycles.len() > POOL {
        // So much is frustrated that no search would end.
        return (covering.bound, best, false);
    }
    let mut search = Search::new(core, &covering, grain, *left);
    let finished = search.improve(&mut best, &mut cost);
    *left = search.left;
    (
        if finished { cost } else { covering.bound },
        best,
        !finished,
    )
}

/// The unit of which all weights are multiples: a sum of weights above `n` units is at least `n +
/// 1` units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Grain {
    /// A power of two, or 0 if no usable unit exists.
    size: f64,
    /// Differences below this are rounding.
    least: f64,
}

impl Grain {
    fn of(graph: &Signed) -> Grain {
        let divides = |size: &f64| {
            graph
                .edges
                .iter()
                .all(|(.., weight)| (weight / size).fract() == 0.0)
        };
        let size = (0..12)
            .map(|power| 0.5_f64.powi(power))
            .find(divides)
            .unwrap_or(0.0);
        Grain {
            size,
            least: 1e-9 * graph.weight().max(f64::MIN_POSITIVE),
        }
    }

    /// Rounds a lower bound up to the least cost that is possible.
    pub(super) fn up(self, bound: f64) -> f64 {
        if self.size > 0.0 {
            ((bound - self.least) / self.size).ceil() * self.size
        } else {
            bound + self.least
        }
    }

    /// Returns whether a lower bound rules out any cost less than this one.
    pub(super) fn reaches(self, bound: f64, cost: f64) -> bool {
        self.up(bound) >= cost - self.least
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::measure::seeded::Seeded;

    /// Finds the least weight that any split frustrates by trying all.
    fn tried(graph: &Signed) -> f64 {
        let splits = 0..1_u32 << graph.nodes().saturating_sub(1);
        let split = |bits: u32| {
            (0..graph.nodes())
                .map(|node| bits >> node & 1 == 1)
                .collect::<Vec<bool>>()
        };
        splits
            .map(|bits| graph.frustrated(&split(bits)))
            .fold(f64::INFINITY, f64::min)
    }

    fn graphs() -> impl Strategy<Value = Signed> {
        let edges = (2_usize..10).prop_flat_map(|count| {
            let weight = prop_oneof![Just(1.0), Just(-1.0), Just(0.5), -3.0..3.0];
            (
                Just(count),
                prop::collection::vec((0..count, 0..count, weight), 0..50),
            )
        });
        edges.prop_map(|(count, edges)| Signed::new(count, edges))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn is_the_least_of_all_splits(graph in graphs(), shift in 0_usize..10) {
            let found = frustration(&graph, usize::MAX);
            prop_assert!((found.upper - tried(&graph)).abs() < 1e-9, "{found:?} {}", tried(&graph));
            prop_assert!(found.is_exact());
            prop_assert_eq!(graph.frustrated(&found.split), found.upper);
            let hurried = frustration(&graph, 0);
            prop_assert!(hurried.lower <= found.upper + 1e-9 && found.upper <= hurried.upper + 1e-9);
            let moved = |node| (node + shift) % graph.nodes();
            let edges = graph.edges().iter().map(|(a, b, weight)| (moved(*a), moved(*b), *weight));
            let relabelled = frustration(&Signed::new(graph.nodes(), edges), usize::MAX);
            prop_assert!((relabelled.upper - found.upper).abs() < 1e-9);
        }

        #[test]
        fn friends_are_balanced(graph in graphs()) {
            let edges = graph.edges().iter().map(|(a, b, weight)| (*a, *b, weight.abs()));
            let friends = Signed::new(graph.nodes(), edges);
            let found = frustration(&friends, 1);
            prop_assert_eq!((found.lower, found.upper), (0.0, 0.0));
            prop_assert!(super::super::triangles(&friends).balance().is_none_or(|balance| balance == 1.0));
            prop_assert!(super::super::walks(&friends).is_none_or(|balance| (balance - 1.0).abs() < 1e-12));
        }
    }

    #[test]
    fn two_camps_with_some_signs_flipped() {
        let mut seeded = Seeded(7);
        let mut edges = std::collections::BTreeMap::new();
        while edges.len() < 600 {
            let (a, b) = (seeded.below(100), seeded.below(100));
            if a != b {
                edges.insert(
                    (a.min(b), a.max(b)),
                    if a % 2 == b % 2 { 1.0 } else { -1.0 },
                );
            }
        }
        let mut flipped = std::collections::BTreeSet::new();
        while flipped.len() < 40 {
            flipped.insert(seeded.below(600));
        }
        let edges = edges
            .into_iter()
            .enumerate()
            .map(|(nth, ((a, b), sign))| (a, b, if flipped.contains(&nth) { -sign } else { sign }));
        let found = frustration(&Signed::new(100, edges), 1000);
        assert!(
            found.is_exact() && found.upper <= 40.0,
            "{} to {}",
            found.lower,
            found.upper
        );
    }
}
