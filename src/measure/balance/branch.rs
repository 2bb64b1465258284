//! Branch and bound over the sides of nodes. Given a packing of cycles, the weight that a split
//! frustrates is exactly the sum of the packing's bound, the rest of each frustrated edge, and, for
//! each cycle, its weight times the number of its frustrated edges beyond the first. The lower
//! bound of a partial split is the decided part of that sum plus, for each free node, the cost of
//! its cheaper side.

use super::covering::Covering;
use super::frustration::Grain;
use super::reduce::Core;

/// The number of edges of the placed node for which a partial split counts one more, so that a
/// budget takes about as long in a dense graph.
const EDGES: usize = 16;

pub(super) struct Search<'c> {
    core: &'c Core,
    covering: &'c Covering,
    grain: Grain,
    /// The cycles through each edge.
    through: Vec<Vec<usize>>,
    sides: Vec<Option<bool>>,
    /// What each node would add on the side `false` and on `true`, by edges to decided nodes.
    costs: Vec<[f64; 2]>,
    /// The number of edges of each cycle that are known to be frustrated.
    counts: Vec<usize>,
    /// The lower bound of the partial split.
    bound: f64,
    /// The number of partial splits that may still be explored.
    pub(super) left: usize,
}

impl<'c> Search<'c> {
    pub(super) fn new(
        core: &'c Core,
        covering: &'c Covering,
        grain: Grain,
        left: usize,
    ) -> Search<'c> {
        let mut through = vec![Vec::new(); core.edges.len()];
        for (nth, cycle) in covering.cycles.iter().enumerate() {
            for edge in cycle {
                through[*edge].push(nth);
            }
        }
        let count = core.nodes.len();
        Search {
            core,
            covering,
            grain,
            through,
            sides: vec![None; count],
            costs: vec![[0.0; 2]; count],
            counts: vec![0; covering.cycles.len()],
            bound: covering.bound,
            left,
        }
    }

    /// Looks for splits better than the given one. Returns whether all were ruled out within the
    /// budget.
    pub(super) fn improve(&mut self, best: &mut Vec<bool>, cost: &mut f64) -> bool {
        let weight = |node: &usize| {
            self.core
                .around(*node)
                .iter()
                .map(|(_, edge)| self.core.edges[*edge].2.abs())
                .sum::<f64>()
        };
        let Some(first) = (0..self.core.nodes.len()).max_by(|a, b| weight(a).total_cmp(&weight(b)))
        else {
            return true;
        };
        self.place(first, best[first]);
        self.descend(best, cost)
    }

    fn descend(&mut self, best: &mut Vec<bool>, cost: &mut f64) -> bool {
        let Some(node) = self.most_decided() else {
            let split: Vec<bool> = self.sides.iter().map(|side| *side == Some(true)).collect();
            let found = self.core.frustrated(&split);
            if found < *cost {
                (*cost, *best) = (found, split);
            }
            return true;
        };
        let [one, other] = self.costs[node];
        let first = if one == other {
            best[node]
        } else {
            other < one
        };
        let mut finished = true;
        for side in [first, !first] {
            let worse = self.costs[node][usize::from(side)] - one.min(other);
            if self.grain.reaches(self.bound + worse, *cost) {
                continue;
            }
            let Some(left) = self
                .left
                .checked_sub(1 + self.core.around(node).len() / EDGES)
            else {
                return false;
            };
            self.left = left;
            self.place(node, side);
            if !self.grain.reaches(self.bound, *cost) {
                finished &= self.descend(best, cost);
            }
            self.take_back(node, side);
        }
        finished
    }

    /// Returns the free node whose two sides differ most in cost.
    fn most_decided(&self) -> Option<usize> {
        let free = (0..self.sides.len()).filter(|node| self.sides[*node].is_none());
        let differs = |node: &usize| (self.costs[*node][0] - self.costs[*node][1]).abs();
        free.max_by(|a, b| differs(a).total_cmp(&differs(b)).then(b.cmp(a)))
    }

    fn place(&mut self, node: usize, side: bool) {
        let [one, other] = self.costs[node];
        self.bound += self.costs[node][usize::from(side)] - one.min(other);
        self.sides[node] = Some(side);
        for &(neighbour, edge) in self.core.around(node) {
            let unfriendly = self.core.edges[edge].2 < 0.0;
            match self.sides[neighbour] {
                Some(there) if (there == side) == unfriendly => {
                    for &cycle in &self.through[edge] {
                        self.counts[cycle] += 1;
                        if self.counts[cycle].is_multiple_of(2) {
                            self.bound += 2.0 * self.covering.weights[cycle];
                        }
                    }
                }
                Some(_) => {}
                None => self.shift(neighbour, side != unfriendly, self.covering.rest[edge]),
            }
        }
    }

    fn take_back(&mut self, node: usize, side: bool) {
        for &(neighbour, edge) in self.core.around(node).iter().rev() {
            let unfriendly = self.core.edges[edge].2 < 0.0;
            match self.sides[neighbour] {
                Some(there) if (there == side) == unfriendly => {
                    for &cycle in &self.through[edge] {
                        if self.counts[cycle].is_multiple_of(2) {
                            self.bound -= 2.0 * self.covering.weights[cycle];
                        }
                        self.counts[cycle] -= 1;
                    }
                }
                Some(_) => {}
                None => self.shift(neighbour, side != unfriendly, -self.covering.rest[edge]),
            }
        }
        self.sides[node] = None;
        let [one, other] = self.costs[node];
        self.bound -= self.costs[node][usize::from(side)] - one.min(other);
    }

    /// Adds to the cost of a free node on the side opposite to `wanted`.
    fn shift(&mut self, node: usize, wanted: bool, cost: f64) {
        let [one, other] = self.costs[node];
        self.costs[node][usize::from(!wanted)] += cost;
        let [now, then] = self.costs[node];
        self.bound += now.min(then) - one.min(other);
    }
}
