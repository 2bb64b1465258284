//! A lower bound by packing cycles. A cycle with an odd number of unfriendly edges has a frustrated
//! edge in every split. If such cycles are given weights that together take no more of any edge
//! than its weight, their sum is at most the frustration: a packing, the dual of covering the
//! cycles by edges.
//!
//! The largest packing is sought by subgradients (Held and Karp 1971) over a pool of cycles, to
//! which the most violated ones are added (found as shortest paths; Barahona and Mahjoub 1986).

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use super::frustration::Grain;
use super::reduce::Core;
use super::{Signed, packing};

/// The maximum number of cycles examined.
pub(super) const POOL: usize = 20_000;
/// How many times cycles are added to the pool.
const ROUNDS: usize = 30;
/// The number of subgradient steps per round.
const STEPS: usize = 60;
/// The approximate limit for the number of edges read.
const EFFORT: usize = 150_000_000;

/// A packing: cycles, each with the weight that it takes from all its edges.
#[derive(Clone, Debug, Default)]
pub(super) struct Covering {
    /// The edges of each cycle.
    pub(super) cycles: Vec<Vec<usize>>,
    /// The weight of each cycle.
    pub(super) weights: Vec<f64>,
    /// The part of each edge's weight that no cycle takes.
    pub(super) rest: Vec<f64>,
    /// The sum of the cycles' weights: no split frustrates less.
    pub(super) bound: f64,
}

impl Covering {
    /// Returns the best packing found. Cycles are sought through each edge that the split
    /// frustrates.
    pub(super) fn of(core: &Core, split: &[bool], grain: Grain) -> Covering {
        let cost = core.frustrated(split);
        let mut best = packing::triangles(core, split);
        if best.cycles.len() > POOL || grain.reaches(best.bound, cost) {
            return best;
        }
        let mut pool = Pool::new(core, split);
        for cycle in &best.cycles {
            pool.add(cycle.clone());
        }
        pool.triangles(core);
        let flat = vec![0.0; core.edges.len()];
        pool.shortest(core, &flat, f64::INFINITY);
        let mut ascent = Ascent {
            pace: 1.0,
            ..Ascent::default()
        };
        for round in 1..=ROUNDS {
            let mean = ascent.climb(core, &pool.cycles, cost);
            let found = Covering::packed(core, &pool.cycles, &ascent.best);
            if found.bound > best.bound {
                best = found;
            }
            if round == ROUNDS {
                break;
            }
            let added = pool.shortest(core, &mean, 0.97);
            if grain.reaches(best.bound, cost)
                || added == 0
                || pool.effort > EFFORT
                || ascent.effort > EFFORT
            {
                break;
            }
        }
        best
    }

    /// Turns weights that may take too much of an edge into a packing: the excess is taken from the
    /// cycles through the edge, and what remains is distributed again.
    fn packed(core: &Core, cycles: &[Vec<usize>], weights: &[f64]) -> Covering {
        let mut weights = weights.to_vec();
        let mut rest = core.weights();
        for (cycle, weight) in cycles.iter().zip(&weights) {
            for edge in cycle {
                rest[*edge] -= weight;
            }
        }
        let mut lightest: Vec<usize> = (0..cycles.len())
            .filter(|nth| weights[*nth] > 0.0)
            .collect();
        lightest.sort_by(|a, b| weights[*a].total_cmp(&weights[*b]));
        for nth in lightest {
            let excess = cycles[nth]
                .iter()
                .map(|edge| -rest[*edge])
                .fold(0.0, f64::max)
                .min(weights[nth]);
            weights[nth] -= excess;
            for edge in &cycles[nth] {
                rest[*edge] += excess;
            }
        }
        for (cycle, weight) in cycles.iter().zip(&mut weights) {
            let room = cycle
                .iter()
                .map(|edge| rest[*edge])
                .fold(f64::INFINITY, f64::min);
            if room > 0.0 {
                *weight += room;
                for edge in cycle {
                    rest[*edge] -= room;
                }
            }
        }
        let kept = (0..cycles.len()).filter(|nth| weights[*nth] > 0.0);
        let (cycles, weights): (Vec<_>, Vec<_>) =
            kept.map(|nth| (cycles[nth].clone(), weights[nth])).unzip();
        Covering {
            bound: weights.iter().sum(),
            cycles,
            weights,
            rest,
        }
    }
}

/// Subgradient ascent on the Lagrangian of the covering relaxation.
#[derive(Debug, Default)]
struct Ascent {
    weights: Vec<f64>,
    best: Vec<f64>,
    bound: f64,
    pace: f64,
    effort: usize,
}

impl Ascent {
    /// Takes some steps. Returns how much of each edge is frustrated on average over them.
    fn climb(&mut self, core: &Core, cycles: &[Vec<usize>], cost: f64) -> Vec<f64> {
        let mut mean = vec![0.0; core.edges.len()];
        self.best.resize(cycles.len(), 0.0);
        self.weights.clone_from(&self.best);
        let mut waited = 0;
        for step in 0..STEPS {
            let mut rest = core.weights();
            for (cycle, weight) in cycles
                .iter()
                .zip(&self.weights)
                .filter(|(_, weight)| **weight > 0.0)
            {
                for edge in cycle {
                    rest[*edge] -= weight;
                }
            }
            let bound = self.weights.iter().sum::<f64>()
                + rest.iter().map(|rest| rest.min(0.0)).sum::<f64>();
            if bound > self.bound {
                (self.bound, waited) = (bound, 0);
                self.best.clone_from(&self.weights);
            } else {
                waited += 1;
                if waited % 8 == 0 {
                    self.pace = (self.pace * 0.7).max(0.01);
                }
            }
            let frustrated: Vec<f64> = rest
                .iter()
                .map(|rest| f64::from(u8::from(*rest < 0.0)))
                .collect();
            let share = 2.0 / (step as f64 + 2.0);
            for (mean, now) in mean.iter_mut().zip(&frustrated) {
                *mean += share * (now - *mean);
            }
            let slope =
                |cycle: &[usize]| 1.0 - cycle.iter().map(|edge| frustrated[*edge]).sum::<f64>();
            let slopes: Vec<f64> = cycles.iter().map(|cycle| slope(cycle)).collect();
            let moving = |(slope, weight): &(&f64, &f64)| **slope > 0.0 || **weight > 0.0;
            let steepness: f64 = slopes
                .iter()
                .zip(&self.weights)
                .filter(moving)
                .map(|(slope, _)| slope * slope)
                .sum();
            if steepness == 0.0 {
                break;
            }
            let length = self.pace * (cost - bound).max(0.0) / steepness;
            for (weight, slope) in self.weights.iter_mut().zip(&slopes) {
                *weight = (*weight + length * slope).max(0.0);
            }
            self.effort += 4 * cycles.len() + core.edges.len();
        }
        mean
    }
}

/// Cycles with an odd number of unfriendly edges.
struct Pool {
    cycles: Vec<Vec<usize>>,
    known: BTreeSet<Vec<usize>>,
    /// Whether the split frustrates each edge; every cycle of the pool has an odd number of such
    /// edges.
    frustrated: Vec<bool>,
    effort: usize,
}

impl Pool {
    fn new(core: &Core, split: &[bool]) -> Pool {
        let frustrated = core
            .edges
            .iter()
            .map(|edge| Signed::is_frustrated(split, *edge))
            .collect();
        Pool {
            cycles: Vec::new(),
            known: BTreeSet::new(),
            frustrated,
            effort: 0,
        }
    }

    fn add(&mut self, mut cycle: Vec<usize>) -> usize {
        cycle.sort_unstable();
        let is_new =
            cycle.windows(2).all(|pair| pair[0] != pair[1]) && self.known.insert(cycle.clone());
        if is_new {
            self.cycles.push(cycle);
        }
        usize::from(is_new)
    }

    /// Adds the triangles that no split satisfies.
    fn triangles(&mut self, core: &Core) {
        let mut edge_to: Vec<Option<usize>> = vec![None; core.nodes.len()];
        for node in 0..core.nodes.len() {
            for (other, edge) in core.around(node) {
                edge_to[*other] = Some(*edge);
            }
            for &(other, first) in core.around(node).iter().filter(|(other, _)| *other > node) {
                self.effort += core.around(other).len();
                for &(third, second) in core
                    .around(other)
                    .iter()
                    .filter(|(third, _)| *third > other)
                {
                    let Some(last) = edge_to[third] else { continue };
                    let odd =
                        self.frustrated[first] ^ self.frustrated[second] ^ self.frustrated[last];
                    if odd && self.cycles.len() < POOL {
                        self.add(vec![first, second, last]);
                    }
                }
            }
            for (other, _) in core.around(node) {
                edge_to[*other] = None;
            }
            if self.cycles.len() >= POOL || self.effort > EFFORT {
                return;
            }
        }
    }

    /// Adds, for each frustrated edge, the shortest cycle through it if that is shorter than
    /// `most`. Returns the number of new cycles.
    fn shortest(&mut self, core: &Core, lengths: &[f64], most: f64) -> usize {
        let mut added = 0;
        for edge in (0..core.edges.len())
            .filter(|edge| self.frustrated[*edge])
            .collect::<Vec<_>>()
        {
            if self.cycles.len() >= POOL || self.effort > EFFORT {
                break;
            }
            if let Some(cycle) = self.through(core, lengths, edge, most) {
                added += self.add(cycle);
            }
        }
        added
    }

    /// Returns an edge together with the shortest path between its ends that uses an even number of
    /// frustrated edges.
    fn through(
        &mut self,
        core: &Core,
        lengths: &[f64],
        edge: usize,
        most: f64,
    ) -> Option<Vec<usize>> {
        let (from, to, _) = core.edges[edge];
        let state = |node: usize, odd: bool| 2 * node + usize::from(odd);
        let mut best = vec![f64::INFINITY; 2 * core.nodes.len()];
        let mut came: Vec<(usize, usize)> = vec![(0, 0); 2 * core.nodes.len()];
        let mut queue = BinaryHeap::from([(Reverse(Length(0.0)), state(from, false))]);
        best[state(from, false)] = 0.0;
        while let Some((Reverse(Length(length)), at)) = queue.pop() {
            if at == state(to, false) {
                break;
            }
            if length > best[at] || lengths[edge] + length >= most + 1.0 {
                continue;
            }
            let (node, odd) = (at / 2, at % 2 == 1);
            self.effort += core.around(node).len();
            for &(other, by) in core.around(node).iter().filter(|(_, by)| *by != edge) {
                let next = state(other, odd ^ self.frustrated[by]);
                // Prefer the path with fewer edges among equally long ones.
                let through = length + lengths[by] + 1e-4;
                if through < best[next] {
                    best[next] = through;
                    came[next] = (at, by);
                    queue.push((Reverse(Length(through)), next));
                }
            }
        }
        let (start, mut at) = (state(from, false), state(to, false));
        if !best[at].is_finite() {
            return None;
        }
        let mut cycle = vec![edge];
        while at != start {
            let (before, by) = came[at];
            cycle.push(by);
            at = before;
        }
        (cycle.iter().map(|edge| lengths[*edge]).sum::<f64>() < most).then_some(cycle)
    }
}

/// A path length, ordered for the queue.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Length(f64);

impl Eq for Length {}

impl PartialOrd for Length {
    fn partial_cmp(&self, other: &Length) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Length {
    fn cmp(&self, other: &Length) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}
