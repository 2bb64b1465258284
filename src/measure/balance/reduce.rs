//! Reductions of a signed graph that need no search: parallel edges are merged, nodes with up to
//! three neighbours are replaced by edges between those, and the rest is divided into connected
//! parts.

use super::Signed;
use super::signed::frustrated;

/// A connected graph in which every node has more than three neighbours, as compressed sparse rows.
#[derive(Clone, Debug, Default)]
pub(super) struct Core {
    /// Its nodes' numbers in the whole graph.
    pub(super) nodes: Vec<usize>,
    /// The edges: two of its own nodes, the lesser first, and the signed weight.
    pub(super) edges: Vec<(usize, usize, f64)>,
    starts: Vec<usize>,
    /// For each node its neighbours, and the edge to each.
    ends: Vec<(usize, usize)>,
}

impl Core {
    /// Returns the neighbours of a node, in order, and the edge to each.
    pub(super) fn around(&self, node: usize) -> &[(usize, usize)] {
        &self.ends[self.starts[node]..self.starts[node + 1]]
    }

    /// Returns the edge between two nodes.
    pub(super) fn edge(&self, a: usize, b: usize) -> Option<usize> {
        let around = self.around(a);
        around
            .binary_search_by_key(&b, |(other, _)| *other)
            .ok()
            .map(|nth| around[nth].1)
    }

    /// Returns the weight of all edges that a split frustrates.
    pub(super) fn frustrated(&self, split: &[bool]) -> f64 {
        frustrated(&self.edges, split)
    }

    /// Returns the weights of the edges without their signs.
    pub(super) fn weights(&self) -> Vec<f64> {
        self.edges.iter().map(|(.., weight)| weight.abs()).collect()
    }

    fn new(nodes: Vec<usize>, edges: Vec<(usize, usize, f64)>) -> Core {
        let mut starts = vec![0; nodes.len() + 1];
        for (a, b, _) in &edges {
            for node in &[a, b] {
                starts[**node + 1] += 1;
            }
        }
        for node in 0..nodes.len() {
            starts[node + 1] += starts[node];
        }
        let mut next = starts.clone();
        let mut ends = vec![(0, 0); 2 * edges.len()];
        for (edge, (a, b, _)) in edges.iter().enumerate() {
            for (from, to) in [(*a, *b), (*b, *a)] {
                ends[next[from]] = (to, edge);
                next[from] += 1;
            }
        }
        Core {
            nodes,
            edges,
            starts,
            ends,
        }
    }
}

/// The result of the reductions.
#[derive(Clone, Debug, Default)]
pub(super) struct Reduced {
    /// The weight that every split frustrates, in addition to what it frustrates in the cores.
    pub(super) cost: f64,
    /// The connected parts that are left.
    pub(super) cores: Vec<Core>,
    /// The eliminated nodes, in order, each with the neighbours that it had then.
    gone: Vec<(usize, Vec<(usize, f64)>)>,
}

impl Reduced {
    /// Puts each eliminated node on its better side.
    pub(super) fn restore(&self, sides: &mut [bool]) {
        for (node, around) in self.gone.iter().rev() {
            let pull: f64 = around
                .iter()
                .map(|(other, weight)| if sides[*other] { *weight } else { -weight })
                .sum();
            sides[*node] = pull > 0.0;
        }
    }
}

/// The neighbours of each node, in order, with the weights of the edges to them.
type Rows = Vec<Vec<(usize, f64)>>;

pub(super) fn reduce(graph: &Signed) -> Reduced {
    let net = graph.net();
    let mut rows: Rows = vec![Vec::new(); graph.nodes];
    for &(a, b, weight) in &net.edges {
        rows[a].push((b, weight));
        rows[b].push((a, weight));
    }
    // Of two edges that contradict each other, the lighter one is always frustrated.
    let mut reduced = Reduced {
        cost: (graph.weight() - net.weight()) / 2.0,
        ..Reduced::default()
    };
    let mut few: Vec<usize> = (0..graph.nodes)
        .rev()
        .filter(|node| !rows[*node].is_empty() && rows[*node].len() <= 3)
        .collect();
    let mut is_gone = vec![false; graph.nodes];
    while let Some(node) = few.pop() {
        if rows[node].len() > 3 || std::mem::replace(&mut is_gone[node], true) {
            continue;
        }
        let around = std::mem::take(&mut rows[node]);
        for (other, _) in &around {
            if let Ok(at) = place(&rows[*other], node) {
                rows[*other].remove(at);
            }
        }
        reduced.cost += eliminate(&mut rows, &around);
        few.extend(
            around
                .iter()
                .map(|(other, _)| *other)
                .filter(|other| !is_gone[*other] && rows[*other].len() <= 3),
        );
        reduced.gone.push((node, around));
    }
    reduced.cores = parts(&rows);
    reduced
}

/// Adds to the weight of the edge between two nodes. Returns the weight that every split then
/// frustrates.
fn add(rows: &mut Rows, a: usize, b: usize, weight: f64) -> f64 {
    let before = place(&rows[a], b).map_or(0.0, |at| rows[a][at].1);
    let now = before + weight;
    for (row, other) in [(a, b), (b, a)] {
        let row = &mut rows[row];
        match place(row, other) {
            Ok(at) if now == 0.0 => _ = row.remove(at),
            Ok(at) => row[at].1 = now,
            Err(at) => row.insert(at, (other, now)),
        }
    }
    (before.abs() + weight.abs() - now.abs()) / 2.0
}

/// Returns the index of a neighbour, or where it would be inserted.
fn place(row: &[(usize, f64)], other: usize) -> Result<usize, usize> {
    row.binary_search_by_key(&other, |(other, _)| *other)
}

/// Replaces a node with up to three neighbours, to which it had edges of these weights, by edges
/// between them. For every split of the neighbours, these frustrate as much as the node on its
/// better side did, less the returned amount. (This is the star-triangle transformation of an Ising
/// model at temperature zero.)
fn eliminate(rows: &mut Rows, around: &[(usize, f64)]) -> f64 {
    let weight = |nth: usize| around.get(nth).map_or(0.0, |(_, weight)| *weight);
    let (a, b, c) = (weight(0), weight(1), weight(2));
    let [all, not_c, not_b, not_a] = [a + b + c, a + b - c, a - b + c, b + c - a].map(f64::abs);
    let pulls = [
        (0, 1, all + not_c - not_a - not_b),
        (0, 2, all + not_b - not_a - not_c),
        (1, 2, all + not_a - not_b - not_c),
    ];
    let mut cost = a.abs() + b.abs() + c.abs() - (all + not_a + not_b + not_c) / 4.0;
    let mut merged = 0.0;
    for (one, other, pull) in pulls {
        let pull = pull / 4.0;
        cost -= pull.abs();
        if let (Some((one, _)), Some((other, _))) = (around.get(one), around.get(other))
            && pull != 0.0
        {
            merged += add(rows, *one, *other, pull);
        }
    }
    cost / 2.0 + merged
}

fn parts(rows: &Rows) -> Vec<Core> {
    let mut place: Vec<Option<usize>> = vec![None; rows.len()];
    let mut parts = Vec::new();
    for start in (0..rows.len()).filter(|node| !rows[*node].is_empty()) {
        if place[start].is_some() {
            continue;
        }
        let mut nodes = vec![start];
        place[start] = Some(0);
        let mut next = 0;
        while let Some(&node) = nodes.get(next) {
            next += 1;
            for &(other, _) in &rows[node] {
                if place[other].is_none() {
                    place[other] = Some(nodes.len());
                    nodes.push(other);
                }
            }
        }
        nodes.sort_unstable();
        for (nth, node) in nodes.iter().enumerate() {
            place[*node] = Some(nth);
        }
        let edges = nodes.iter().enumerate().flat_map(|(nth, node)| {
            let onward = rows[*node].iter().filter(|(other, _)| other > node);
            onward
                .filter_map(|(other, weight)| place[*other].map(|other| (nth, other, *weight)))
                .collect::<Vec<_>>()
        });
        let edges = edges.collect();
        parts.push(Core::new(nodes, edges));
    }
    parts
}
