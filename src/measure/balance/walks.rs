//! Walk balance (Estrada and Benzi 2014): of all closed walks, long ones weighing less, the share that is balanced.

use super::Signed;
use super::spectrum::eigenvalues;

/// The most nodes that one connected part may have.
pub const WALKS: usize = 600;

/// Σ exp(λ) of the signed matrix by Σ exp(λ) of the unsigned one, 1 where all is balanced: over the nodes that have an edge.
/// None where there is no edge, and where a connected part has more than [`WALKS`] nodes.
pub fn walks(graph: &Signed) -> Option<f64> {
    let (mut signed, mut unsigned) = (Vec::new(), Vec::new());
    for part in parts(&graph.net()) {
        if part.nodes > WALKS {
            return None;
        }
        signed.extend(eigenvalues(matrix(&part, |weight| weight)));
        unsigned.extend(eigenvalues(matrix(&part, f64::abs)));
    }
    // No eigenvalue of the signed matrix is above the greatest of the unsigned one: e to any other power may be too large.
    let greatest = unsigned.iter().copied().reduce(f64::max)?;
    let sum = |values: &[f64]| {
        values
            .iter()
            .map(|value| (value - greatest).exp())
            .sum::<f64>()
    };
    Some(sum(&signed) / sum(&unsigned))
}

fn matrix(graph: &Signed, value: impl Fn(f64) -> f64) -> Vec<Vec<f64>> {
    let mut matrix = vec![vec![0.0; graph.nodes]; graph.nodes];
    for &(a, b, weight) in &graph.edges {
        (matrix[a][b], matrix[b][a]) = (value(weight), value(weight));
    }
    matrix
}

/// The connected parts, without nodes that have no edge.
fn parts(graph: &Signed) -> Vec<Signed> {
    let least = graph.parts();
    let mut parts: Vec<Signed> = Vec::new();
    let mut places: Vec<Option<(usize, usize)>> = vec![None; graph.nodes];
    for &(a, b, weight) in &graph.edges {
        let least = least[a] as usize;
        for node in [least, a, b] {
            if places[node].is_none() {
                let part = places[least].map_or(parts.len(), |(part, _)| part);
                if part == parts.len() {
                    parts.push(Signed::default());
                }
                places[node] = Some((part, parts[part].nodes));
                parts[part].nodes += 1;
            }
        }
        if let (Some((part, a)), Some((_, b))) = (places[a], places[b]) {
            parts[part].edges.push((a, b, weight));
        }
    }
    parts
}
