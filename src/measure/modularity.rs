//! Communities of a weighted graph by modularity (Newman and Girvan 2004): Q = Σ_c (in_c / 2m −
//! (tot_c / 2m)²), where in_c is twice the weight inside a community, tot_c the sum of its nodes'
//! degrees and m the total weight. They are found by the Louvain method (Blondel and others 2008),
//! rerun from its own result until that is stable, in seeded orders of the nodes.

mod settled;

use crate::measure::seeded::Seeded;
use crate::spread::spread;

use settled::settled;

/// The minimum gain for a node to move: less is rounding.
const LEAST: f64 = 1e-12;

/// An undirected graph with weights above 0. Nodes are numbers from 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Weighted {
    rows: Vec<Row>,
    /// The weight of all edges of a node, counting its loop twice.
    degrees: Vec<f64>,
    /// Twice the weight of a node's loop: the inside of a community that became a node.
    loops: Vec<f64>,
    /// The sum of all degrees.
    total: f64,
}

/// The neighbours of a node, with the weights of its edges.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Row {
    pub(crate) to: Vec<u32>,
    pub(crate) weight: Vec<f64>,
}

impl Weighted {
    /// Creates a graph with `nodes` nodes and these edges, each given once. Loops, edges to missing
    /// nodes, and edges without a finite weight above 0 are left out.
    pub fn new(nodes: usize, edges: impl IntoIterator<Item = (usize, usize, f64)>) -> Weighted {
        let mut rows = vec![Row::default(); nodes];
        for (a, b, weight) in edges {
            if a != b && a.max(b) < nodes && weight > 0.0 && weight.is_finite() {
                for (from, to) in [(a, b), (b, a)] {
                    rows[from].to.push(to as u32);
                    rows[from].weight.push(weight);
                }
            }
        }
        Weighted::of(rows, vec![0.0; nodes])
    }

    /// Creates a graph from rows that list every edge twice, once from each end.
    pub(crate) fn of(rows: Vec<Row>, loops: Vec<f64>) -> Weighted {
        let degrees: Vec<f64> = rows
            .iter()
            .zip(&loops)
            .map(|(row, own)| row.weight.iter().sum::<f64>() + own)
            .collect();
        Weighted {
            total: degrees.iter().sum(),
            rows,
            degrees,
            loops,
        }
    }

    /// Returns the number of nodes.
    pub fn nodes(&self) -> usize {
        self.rows.len()
    }

    /// Iterates over the neighbours of a node and the weights of its edges.
    pub fn neighbours(&self, node: usize) -> impl Iterator<Item = (usize, f64)> {
        let row = &self.rows[node];
        row.to
            .iter()
            .zip(&row.weight)
            .map(|(to, weight)| (*to as usize, *weight))
    }

    /// Returns the weight of all edges of a node.
    pub fn degree(&self, node: usize) -> f64 {
        self.degrees[node]
    }

    /// Returns the graph whose nodes are the communities of this one.
    fn merged(&self, of: &[usize]) -> Weighted {
        let count = of.iter().max().map_or(0, |last| last + 1);
        let mut members: Vec<Vec<usize>> = vec![Vec::new(); count];
        for (node, community) in of.iter().enumerate() {
            members[*community].push(node);
        }
        let (mut rows, mut loops) = (Vec::with_capacity(count), vec![0.0; count]);
        let names: Vec<u32> = of.iter().map(|community| *community as u32).collect();
        let mut sums = Sums::new(count);
        for (community, nodes) in members.iter().enumerate() {
            for node in nodes {
                loops[community] += self.loops[*node];
                sums.add(self, *node, &names);
            }
            let mut row = Row::default();
            sums.touched.sort_unstable();
            for to in sums.touched.iter().map(|to| *to as usize) {
                if to == community {
                    loops[community] += sums.of[to];
                } else {
                    row.to.push(to as u32);
                    row.weight.push(sums.of[to]);
                }
            }
            sums.clear();
            rows.push(row);
        }
        Weighted::of(rows, loops)
    }
}

/// The weight of a node's edges to each community.
struct Sums {
    of: Vec<f64>,
    touched: Vec<u32>,
}

impl Sums {
    fn new(communities: usize) -> Sums {
        Sums {
            of: vec![0.0; communities],
            touched: Vec::new(),
        }
    }

    fn add(&mut self, graph: &Weighted, node: usize, community: &[u32]) {
        let row = &graph.rows[node];
        for (to, weight) in row.to.iter().zip(&row.weight) {
            let sum = &mut self.of[community[*to as usize] as usize];
            if *sum == 0.0 {
                self.touched.push(community[*to as usize]);
            }
            *sum += weight;
        }
    }

    fn clear(&mut self) {
        for community in self.touched.drain(..) {
            self.of[community as usize] = 0.0;
        }
    }
}

/// Returns the modularity of a division, which has a community for every node; 0 if there are no
/// edges.
pub fn modularity(graph: &Weighted, communities: &[usize]) -> f64 {
    let count = communities.iter().max().map_or(0, |last| last + 1);
    let within = |node: usize| {
        let inside = graph
            .neighbours(node)
            .filter(|(to, _)| communities[*to] == communities[node]);
        graph.loops[node] + inside.map(|(_, weight)| weight).sum::<f64>()
    };
    let nodes = graph.nodes();
    // Reading an edge is far cheaper than one step as `spread` counts them.
    let steps = graph.rows.first().map_or(0, |row| row.to.len()) / 32;
    let (mut inside, mut degrees) = (vec![0.0; count], vec![0.0; count]);
    for (node, within) in spread(nodes, steps, || (), |(), node| within(node))
        .into_iter()
        .enumerate()
    {
        degrees[communities[node]] += graph.degrees[node];
        inside[communities[node]] += within;
    }
    quality(&inside, &degrees, graph.total)
}

/// Computes the modularity from twice the weight inside each community and the sum of its nodes'
/// degrees.
fn quality(inside: &[f64], degrees: &[f64], total: f64) -> f64 {
    if total <= 0.0 {
        return 0.0;
    }
    inside
        .iter()
        .zip(degrees)
        .map(|(inside, degrees)| inside / total - (degrees / total).powi(2))
        .sum()
}

/// Finds communities of high modularity: a number for each node, from 0 in the order of their first
/// nodes. It is the best of `runs` runs; the same input gives the same result. A node without edges
/// is a community of its own.
pub fn communities(graph: &Weighted, runs: usize) -> Vec<usize> {
    let apart: Vec<usize> = (0..graph.nodes()).collect();
    let found = (0..runs.max(1)).map(|run| improved(graph, &apart, run as u64));
    found
        .reduce(|best, found| better(graph, best, found))
        .unwrap_or(apart)
}

/// Returns the division with the higher modularity, or the first if they are equal.
pub(crate) fn better(graph: &Weighted, first: Vec<usize>, second: Vec<usize>) -> Vec<usize> {
    if modularity(graph, &second) > modularity(graph, &first) + LEAST {
        second
    } else {
        first
    }
}

/// Returns a division at least as good as the given one, visiting nodes in the seed's order. A node
/// without edges becomes a community of its own, because it adds nothing to any.
#[doc(hidden)]
pub fn improved(graph: &Weighted, communities: &[usize], seed: u64) -> Vec<usize> {
    let mut random = Seeded(seed);
    let after = communities.iter().max().map_or(0, |last| last + 1);
    let tied = |node: usize, community: &usize| {
        if graph.degrees[node] > 0.0 {
            *community
        } else {
            after + node
        }
    };
    let mut best = numbered(
        &communities
            .iter()
            .enumerate()
            .map(|(node, community)| tied(node, community))
            .collect::<Vec<_>>(),
    );
    let mut most = modularity(graph, &best);
    loop {
        let mut of = moved(graph, best.clone(), &mut random);
        let mut merged = graph.merged(&of);
        loop {
            let level = moved(&merged, (0..merged.nodes()).collect(), &mut random);
            let above = merged.merged(&level);
            if above.nodes() == merged.nodes() {
                break;
            }
            for community in &mut of {
                *community = level[*community];
            }
            merged = above;
        }
        let reached = quality(&merged.loops, &merged.degrees, merged.total);
        if reached <= most + LEAST {
            return best;
        }
        (best, most) = (numbered(&of), reached);
    }
}

/// Moves nodes, one at a time, to the neighbouring community with the highest gain, until none
/// gains.
fn moved(graph: &Weighted, of: Vec<usize>, random: &mut Seeded) -> Vec<usize> {
    if graph.total <= 0.0 {
        return numbered(&of);
    }
    let mut of: Vec<u32> = of.into_iter().map(|community| community as u32).collect();
    let nodes = graph.nodes();
    let mut degrees = vec![0.0; nodes.max(of.iter().max().map_or(0, |last| *last as usize + 1))];
    for (node, community) in of.iter().enumerate() {
        degrees[*community as usize] += graph.degrees[node];
    }
    let mut order: Vec<usize> = (0..nodes).collect();
    for last in (1..nodes).rev() {
        order.swap(last, random.below(last + 1));
    }
    let mut sums = Sums::new(degrees.len());
    // Whether a node's neighbourhood changed since it was last examined.
    let mut stirred = vec![true; nodes];
    loop {
        if let Some(settled) = settled(graph, &of, &order) {
            return settled;
        }
        let mut moves = 0;
        for node in order.iter().copied() {
            if !std::mem::take(&mut stirred[node]) {
                continue;
            }
            sums.add(graph, node, &of);
            let (own, degree) = (of[node] as usize, graph.degrees[node]);
            degrees[own] -= degree;
            let gain =
                |community: usize| sums.of[community] - degree * degrees[community] / graph.total;
            let (mut best, mut most) = (own, gain(own) + LEAST * graph.total);
            for community in sums.touched.iter().map(|community| *community as usize) {
                let gained = gain(community);
                if gained > most || (gained == most && best != own && community < best) {
                    (best, most) = (community, gained);
                }
            }
            degrees[best] += degree;
            sums.clear();
            if best != own {
                of[node] = best as u32;
                moves += 1;
                let row = &graph.rows[node];
                for to in row.to.iter().filter(|to| of[**to as usize] != best as u32) {
                    stirred[*to as usize] = true;
                }
            }
        }
        if moves == 0 {
            return numbered(
                &of.into_iter()
                    .map(|community| community as usize)
                    .collect::<Vec<_>>(),
            );
        }
    }
}

/// Renumbers communities from 0 in the order of their first nodes.
fn numbered(communities: &[usize]) -> Vec<usize> {
    let mut names = vec![usize::MAX; communities.iter().max().map_or(0, |last| last + 1)];
    let mut next = 0;
    let name = |community: &usize| {
        if names[*community] == usize::MAX {
            (names[*community], next) = (next, next + 1);
        }
        names[*community]
    };
    communities.iter().map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_triangles_and_a_bridge_are_two_communities() {
        let edges = [(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5), (2, 3)];
        let graph = Weighted::new(6, edges.map(|(a, b)| (a, b, 1.0)));
        let found = communities(&graph, 3);
        assert_eq!(found, [0, 0, 0, 1, 1, 1]);
        // 6/7 of the weight is inside, and half of all degrees is in each.
        assert!((modularity(&graph, &found) - (6.0 / 7.0 - 0.5)).abs() < 1e-12);
    }

    #[test]
    fn without_edges_everybody_is_alone() {
        let graph = Weighted::new(3, []);
        assert_eq!(communities(&graph, 2), [0, 1, 2]);
        assert_eq!(modularity(&graph, &[0, 1, 2]), 0.0);
        assert_eq!(communities(&Weighted::new(0, []), 2), Vec::<usize>::new());
    }
}
