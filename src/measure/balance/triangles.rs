//! Triangles: two friends of one another with the same friend or the same foe are balanced, three foes and two friends of
//! foes are not (Heider 1946, Cartwright and Harary 1956).

use super::Signed;

/// The triangles of a signed graph.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Triangles {
    /// How many have none, one, two and three unfriendly edges.
    pub counts: [usize; 4],
    /// For each edge of the net graph ([`Signed::net`]) how many balanced ones it is in, and how many others.
    pub of_edges: Vec<[usize; 2]>,
}

impl Triangles {
    /// How many there are.
    pub fn all(&self) -> usize {
        self.counts.iter().sum()
    }

    /// The share of balanced ones, (n₊₊₊ + n₊₋₋) / n; none where there is no triangle.
    pub fn balance(&self) -> Option<f64> {
        let balanced = self.counts[0] + self.counts[2];
        (self.all() > 0).then(|| balanced as f64 / self.all() as f64)
    }
}

/// Counts the triangles of the net graph, for all edges at once, in the time that m edges need to meet: O(m^1.5).
pub fn triangles(graph: &Signed) -> Triangles {
    let net = graph.net();
    let mut degrees = vec![0_usize; net.nodes];
    net.edges.iter().for_each(|(a, b, _)| [a, b].iter().for_each(|node| degrees[**node] += 1));
    // Each edge leads from its end with fewer edges to the other: no node has more than √(2m) that way.
    let mut onward: Vec<Vec<(usize, usize)>> = vec![Vec::new(); net.nodes];
    for (edge, &(a, b, _)) in net.edges.iter().enumerate() {
        let (from, to) = if (degrees[a], a) < (degrees[b], b) { (a, b) } else { (b, a) };
        onward[from].push((to, edge));
    }
    let mut found = Triangles { counts: [0; 4], of_edges: vec![[0; 2]; net.edges.len()] };
    let mut edge_to: Vec<Option<usize>> = vec![None; net.nodes];
    for node in 0..net.nodes {
        onward[node].iter().for_each(|(other, edge)| edge_to[*other] = Some(*edge));
        for &(other, first) in &onward[node] {
            for &(third, second) in &onward[other] {
                let Some(last) = edge_to[third] else { continue };
                let edges = [first, second, last];
                let unfriendly = edges.iter().filter(|edge| net.edges[**edge].2 < 0.0).count();
                found.counts[unfriendly] += 1;
                edges.iter().for_each(|edge| found.of_edges[*edge][unfriendly % 2] += 1);
            }
        }
        onward[node].iter().for_each(|(other, _)| edge_to[*other] = None);
    }
    found
}
