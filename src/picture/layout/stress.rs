//! Positions whose distances match those in the network.

use crate::picture::random::Random;
use crate::picture::scene::Point;

/// The largest network in which every pair of nodes has a distance; in larger ones, every node has
/// one to each pivot.
const PAIRS: usize = 250;
const PIVOTS: usize = 40;
/// The distance of nodes that belong close together, in steps.
const CLOSE: f32 = 0.55;
/// The number of square roots taken of the total shrinkage of the step, for 2⁵ + 1 iterations.
const HALVINGS: u32 = 5;
/// Large networks need fewer iterations.
const HALVINGS_OF_MANY: u32 = 4;

/// The desired distances of pairs.
pub(super) struct Distances {
    terms: Vec<Term>,
    longest: f32,
    count: usize,
}

#[derive(Clone, Copy)]
struct Term {
    from: u32,
    to: u32,
    length: f32,
    weight: f32,
    /// The share of the movement that each end takes.
    shares: (f32, f32),
}

impl Distances {
    /// Makes distances out of the steps between boxes, each stretched by a factor if there are few
    /// boxes, and of those that belong close together.
    pub(super) fn of(
        beside: &[Vec<usize>],
        close: &[(usize, usize)],
        stretch: impl Fn(usize, usize) -> f32,
    ) -> Distances {
        let count = beside.len();
        let mut terms = Vec::new();
        if count <= PAIRS {
            for from in 0..count {
                let steps = steps_from(from, beside);
                for (to, &steps) in steps.iter().enumerate().skip(from + 1) {
                    terms.push(Term::between(from, to, steps as f32 * stretch(from, to)));
                }
            }
        } else {
            for (from, others) in beside.iter().enumerate() {
                terms.extend(
                    others
                        .iter()
                        .filter(|&&to| to > from)
                        .map(|&to| Term::between(from, to, 1.0)),
                );
            }
            let pivots = pivots(beside);
            let (_, nearest) = regions(&pivots);
            for (nth, (pivot, steps)) in pivots.iter().enumerate() {
                // The distances of the nodes for which this pivot is the nearest: it stands for
                // those near it.
                let mut near: Vec<u32> = steps
                    .iter()
                    .zip(&nearest)
                    .filter(|(_, own)| **own == nth)
                    .map(|(steps, _)| *steps)
                    .collect();
                near.sort_unstable();
                for (node, &steps) in steps
                    .iter()
                    .enumerate()
                    .filter(|(node, steps)| node != pivot && **steps > 1)
                {
                    let stands_for = near.partition_point(|&other| other <= steps / 2).max(1);
                    let mut term = Term::between(*pivot, node, steps as f32);
                    term.weight *= stands_for as f32;
                    term.shares = (0.0, 1.0);
                    terms.push(term);
                }
            }
        }
        for &(a, b) in close {
            let mut term = Term::between(a, b, CLOSE);
            term.weight *= 3.0;
            terms.push(term);
        }
        let longest = terms.iter().map(|term| term.length).fold(1.0_f32, f32::max);
        Distances {
            terms,
            longest,
            count,
        }
    }
}

impl Term {
    fn between(from: usize, to: usize, length: f32) -> Term {
        Term {
            from: from as u32,
            to: to as u32,
            length,
            weight: 1.0 / (length * length),
            shares: (0.5, 0.5),
        }
    }
}

/// Returns the number of steps from one node to each.
fn steps_from(start: usize, beside: &[Vec<usize>]) -> Vec<u32> {
    let mut steps = vec![u32::MAX; beside.len()];
    steps[start] = 0;
    let mut reached = vec![start];
    let mut next = 0;
    while let Some(&node) = reached.get(next) {
        next += 1;
        for &other in &beside[node] {
            if steps[other] == u32::MAX {
                steps[other] = steps[node] + 1;
                reached.push(other);
            }
        }
    }
    steps
}

/// Returns nodes far from one another, each with its steps to all nodes.
fn pivots(beside: &[Vec<usize>]) -> Vec<(usize, Vec<u32>)> {
    let mut pivots: Vec<(usize, Vec<u32>)> = Vec::new();
    let mut least = vec![u32::MAX; beside.len()];
    let mut next = 0;
    while pivots.len() < PIVOTS.min(beside.len()) {
        let steps = steps_from(next, beside);
        for (least, steps) in least.iter_mut().zip(&steps) {
            *least = (*least).min(*steps);
        }
        pivots.push((next, steps));
        next = (0..least.len())
            .max_by_key(|&node| (least[node], std::cmp::Reverse(node)))
            .unwrap_or(0);
    }
    pivots
}

/// Returns the distance of each node to its nearest pivot, and the index of that pivot.
fn regions(pivots: &[(usize, Vec<u32>)]) -> (Vec<u32>, Vec<usize>) {
    let count = pivots.first().map_or(0, |(_, steps)| steps.len());
    let (mut least, mut nearest) = (vec![u32::MAX; count], vec![0; count]);
    for (nth, (_, steps)) in pivots.iter().enumerate() {
        for (node, &steps) in steps.iter().enumerate() {
            if steps < least[node] {
                least[node] = steps;
                nearest[node] = nth;
            }
        }
    }
    (least, nearest)
}

/// Finds positions with these distances, as well as possible, from a random start.
pub(super) fn minimise(distances: &Distances, random: &mut Random) -> Vec<Point> {
    let side = (distances.count as f64).sqrt();
    let mut places: Vec<[f32; 2]> = (0..distances.count)
        .map(|_| [random.unit(), random.unit()].map(|at| (at * side) as f32))
        .collect();
    let mut terms = distances.terms.clone();
    let halvings = if distances.count > PAIRS {
        HALVINGS_OF_MANY
    } else {
        HALVINGS
    };
    // The step shrinks from one that settles the longest distance at once to one that moves the
    // shortest by a tenth.
    let mut step = distances.longest * distances.longest;
    let mut shrink = 0.1 / step;
    for _ in 0..halvings {
        shrink = shrink.sqrt();
    }
    for _ in 0..=(1 << halvings) {
        for nth in (1..terms.len()).rev() {
            terms.swap(nth, random.below(nth + 1));
        }
        for term in &terms {
            let ([ax, ay], [bx, by]) = (places[term.from as usize], places[term.to as usize]);
            let (dx, dy) = (ax - bx, ay - by);
            let length = (dx * dx + dy * dy).sqrt().max(1e-6);
            let moved = (term.weight * step).min(1.0) * (length - term.length) / length;
            let (own, other) = (moved * term.shares.0, moved * term.shares.1);
            places[term.from as usize] = [ax - own * dx, ay - own * dy];
            places[term.to as usize] = [bx + other * dx, by + other * dy];
        }
        step *= shrink;
    }
    places
        .into_iter()
        .map(|[x, y]| Point::new(f64::from(x), f64::from(y)))
        .collect()
}
