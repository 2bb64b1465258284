//! Triangles: those with no or two unfriendly edges are balanced (a friend of a friend is a friend,
//! and two friends have the same foe), those with one or three are not (Heider 1946, Cartwright and
//! Harary 1956).

use super::Signed;

/// The triangles of a signed graph.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Triangles {
    /// The numbers of triangles with none, one, two and three unfriendly edges.
    pub counts: [usize; 4],
    /// For each edge of the net graph ([`Signed::net`]), the numbers of balanced and of unbalanced
    /// triangles that it is in.
    pub of_edges: Vec<[usize; 2]>,
}

impl Triangles {
    /// Returns the number of all triangles.
    pub fn all(&self) -> usize {
        self.counts.iter().sum()
    }

    /// Returns the share of balanced triangles, (n₊₊₊ + n₊₋₋) / n, or `None` if there are no
    /// triangles.
    pub fn balance(&self) -> Option<f64> {
        let balanced = self.counts[0] + self.counts[2];
        (self.all() > 0).then(|| balanced as f64 / self.all() as f64)
    }
}

/// Counts the triangles of the net graph for all edges at once, in O(m^1.5) for m edges.
pub fn triangles(graph: &Signed) -> Triangles {
    let net = graph.net();
    // Bit sets read one word per 64 nodes, whether or not these are neighbours.
    if net.edges.len() > net.nodes * net.nodes / 64 {
        dense(&net)
    } else {
        sparse(&net)
    }
}

/// Counts triangles in a graph with many edges, by the numbers of friends and foes that the ends of
/// each edge share.
fn dense(net: &Signed) -> Triangles {
    let mut sets = vec![
        [
            vec![0_u64; net.nodes.div_ceil(64)],
            vec![0_u64; net.nodes.div_ceil(64)]
        ];
        net.nodes
    ];
    for &(a, b, weight) in &net.edges {
        for (one, other) in [(a, b), (b, a)] {
            sets[one][usize::from(weight < 0.0)][other / 64] |= 1 << (other % 64);
        }
    }
    let shared = |a: &[u64], b: &[u64]| {
        a.iter()
            .zip(b)
            .map(|(a, b)| (a & b).count_ones() as usize)
            .sum::<usize>()
    };
    let mut found = Triangles {
        counts: [0; 4],
        of_edges: Vec::with_capacity(net.edges.len()),
    };
    for &(a, b, weight) in &net.edges {
        let ([friends, foes], [others_friends, others_foes]) = (&sets[a], &sets[b]);
        let (alike, both_foes) = (shared(friends, others_friends), shared(foes, others_foes));
        let unlike = shared(friends, others_foes) + shared(foes, others_friends);
        if weight < 0.0 {
            found.counts[1] += alike;
            found.counts[3] += both_foes;
            found.of_edges.push([unlike, alike + both_foes]);
        } else {
            found.counts[0] += alike;
            found.counts[2] += both_foes;
            found.of_edges.push([alike + both_foes, unlike]);
        }
    }
    // Triangles of three friends or three foes are counted from all three edges, the others only
    // from the edge that differs from the other two.
    found.counts[0] /= 3;
    found.counts[3] /= 3;
    found
}

/// Counts triangles in a graph with few edges, by following them one after another.
fn sparse(net: &Signed) -> Triangles {
    let mut degrees = vec![0_usize; net.nodes];
    for (a, b, _) in &net.edges {
        for node in &[a, b] {
            degrees[**node] += 1;
        }
    }
    // Each edge leads from its end with fewer edges to the other, so that no node has more than
    // √(2m) outgoing edges.
    let mut onward: Vec<Vec<(usize, usize)>> = vec![Vec::new(); net.nodes];
    for (edge, &(a, b, _)) in net.edges.iter().enumerate() {
        let (from, to) = if (degrees[a], a) < (degrees[b], b) {
            (a, b)
        } else {
            (b, a)
        };
        onward[from].push((to, edge));
    }
    let mut found = Triangles {
        counts: [0; 4],
        of_edges: vec![[0; 2]; net.edges.len()],
    };
    let mut edge_to: Vec<Option<usize>> = vec![None; net.nodes];
    for node in 0..net.nodes {
        for (other, edge) in &onward[node] {
            edge_to[*other] = Some(*edge);
        }
        for &(other, first) in &onward[node] {
            for &(third, second) in &onward[other] {
                let Some(last) = edge_to[third] else { continue };
                let edges = [first, second, last];
                let unfriendly = edges
                    .iter()
                    .filter(|edge| net.edges[**edge].2 < 0.0)
                    .count();
                found.counts[unfriendly] += 1;
                for edge in &edges {
                    found.of_edges[*edge][unfriendly % 2] += 1;
                }
            }
        }
        for (other, _) in &onward[node] {
            edge_to[*other] = None;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::seeded::Seeded;

    #[test]
    fn sets_of_bits_find_the_same_triangles() {
        let mut seeded = Seeded(3);
        let edges: Vec<_> = (0..2000)
            .map(|_| {
                (
                    seeded.below(70),
                    seeded.below(70),
                    if seeded.below(3) > 0 { 1.0 } else { -1.0 },
                )
            })
            .collect();
        let net = Signed::new(70, edges).net();
        assert_eq!(dense(&net), sparse(&net));
    }
}
